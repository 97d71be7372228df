//! A minute of a long recording goes on the paper, as an ordinary trace with its explanation.

use super::state::Holter;
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::clock::elapsed;
use crate::view::geometry::Span;
use crate::view::i18n::{Sentence, Words};
use crate::view::page::errands::Read;
use crate::view::page::language::words;
use crate::view::page::state::{Heading, Page, Shared};

use leptos::prelude::*;

/// Seconds of a recording that are shown at once: two of the windows that are classified.
pub const MINUTE: f64 = 60.0;
/// Seconds that are seen at first.
const STRIP: f64 = 10.0;

impl Holter {
    /// The moment `time` as the time line shows it: the time of day, or the time since the beginning.
    pub fn time(&self, time: f64) -> String {
        self.time_in(words(), time)
    }

    fn time_in(&self, words: &dyn Words, time: f64) -> String {
        match self.clock {
            Some(clock) => words.holter().time_of_day(&clock.time(time), clock.days(time)),
            None => elapsed(time),
        }
    }

    /// Where the minute begins in which `time` lies; the last one ends at the recording's end.
    pub fn minute(&self, time: f64) -> f64 {
        let last = (self.seconds() - MINUTE).max(0.0);
        ((time / MINUTE).floor() * MINUTE).clamp(0.0, last)
    }
}

impl Page {
    /// Opens the minute in which `time` lies, in s from the beginning.
    pub fn open_moment(self, time: f64) {
        let day = self.day;
        let Some(holter) = day.shown.get_untracked() else { return };
        let start = holter.minute(time);
        if let Some(before) = day.opening.try_update_value(Option::take).flatten() {
            self.forget_read(before);
        }
        day.moment.set(Some(start));
        let sample = |time: f64| (time * holter.record.fs).round().max(0.0) as u64;
        let samples = (sample(start), sample(start + MINUTE).min(holter.samples));
        let question = self.with_reader(|reader| reader.stretch(holter.set, &holter.path, samples, None));
        day.opening.set_value(question);
        if let Some(question) = question {
            self.when_read(question, Box::new(move |read| self.put_moment(&holter, start, read)));
        }
    }

    fn put_moment(self, holter: &Shared<Holter>, start: f64, (finding, record): Read) {
        self.day.opening.set_value(None);
        match (finding, record) {
            (Finding::Good { .. }, Some(record)) => {
                let name = Heading::of(&record).name;
                let (is_at, shown) = (start, holter.clone());
                let name =
                    Sentence::new(move |words| words.holter().moment(&name.say(words), &shown.time_in(words, is_at)));
                let begins = holter.clock.map(|clock| clock.iso(start)).or(record.start.clone());
                let record = Record { start: begins, ..*record };
                self.show(holter.row, Shared::new(record), Heading { name, note: None });
                let lead = self.day.lead.get_untracked();
                if self.open.with_untracked(|open| open.as_ref().is_some_and(|open| open.lead != lead)) {
                    self.choose_lead(lead);
                }
                self.with_open(|page, open| page.show_span(open, Span { start: 0.0, end: STRIP }));
            }
            (Finding::Broken(error), _) => self.recordings.complain(error),
            _ => {}
        }
    }
}
