//! A moment of a long recording comes into view: a minute of hours goes on the paper, as an ordinary trace with its
//! explanation; on a strip, all of which is on the paper, the view moves.

use super::state::{Holter, Samples};
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::clock::{elapsed, short_elapsed};
use crate::view::geometry::Span;
use crate::view::i18n::{Sentence, Words};
use crate::view::page::errands::Read;
use crate::view::page::language::words;
use crate::view::page::state::{Heading, Open, Page, Shared};

use leptos::prelude::*;

/// Seconds of a recording of hours that are shown at once: two of the windows that are classified.
pub const MINUTE: f64 = 60.0;
/// Seconds that are seen at first.
const STRIP: f64 = 10.0;
/// Views of other lengths, in s, show too few beats or too many for somebody who is sent to a moment.
const READABLE: (f64, f64) = (5.0, 30.0);

impl Holter {
    /// The moment `time` as the time line shows it: the time of day, or the time since the beginning.
    pub fn time(&self, time: f64) -> String {
        self.time_in(words(), time)
    }

    pub fn time_in(&self, words: &dyn Words, time: f64) -> String {
        match self.clock {
            Some(clock) => words.holter().time_of_day(&clock.time(time), clock.days(time)),
            None if self.seconds() <= 3600.0 => short_elapsed(time),
            None => elapsed(time),
        }
    }

    /// Where the minute begins in which `time` lies; the last one ends at the recording's end. On a strip a view begins
    /// anywhere.
    pub fn minute(&self, time: f64) -> f64 {
        if self.is_whole() {
            return time.clamp(0.0, self.seconds());
        }
        let last = (self.seconds() - MINUTE).max(0.0);
        ((time / MINUTE).floor() * MINUTE).clamp(0.0, last)
    }
}

impl Page {
    /// Opens the minute in which `time` lies, in s from the beginning; of a strip, what begins there.
    pub fn open_moment(self, time: f64) {
        let day = self.day;
        let Some(holter) = day.shown.get_untracked() else { return };
        let Samples::InStretches { set, path } = &holter.source else { return self.move_strip(time) };
        let start = holter.minute(time);
        if let Some(before) = day.opening.try_update_value(Option::take).flatten() {
            self.forget_read(before);
        }
        day.moment.set(Some(start));
        let sample = |time: f64| (time * holter.record.fs).round().max(0.0) as u64;
        let samples = (sample(start), sample(start + MINUTE).min(holter.samples));
        let question = self.with_reader(|reader| reader.stretch(*set, path, samples, None));
        day.opening.set_value(question);
        if let Some(question) = question {
            let holter = holter.clone();
            self.when_read(question, Box::new(move |read| self.put_moment(&holter, start, read)));
        }
    }

    /// Beyond the end of the minute on the paper (`direction` above 0) or its beginning, the next one or the one before is
    /// opened; false where the view has not come to that, or there is none.
    pub fn turn_minute(self, direction: f64) -> bool {
        let Some(holter) = self.day.shown.get_untracked().filter(|holter| !holter.is_whole()) else { return false };
        let (Some(moment), Some(whole)) = (
            self.day.moment.get_untracked(),
            self.open.with_untracked(|open| open.as_ref().filter(|open| open.row == holter.row).map(Open::whole)),
        ) else {
            return false;
        };
        // What comes next is on its way.
        if self.day.opening.with_value(Option::is_some) {
            return true;
        }
        let span = self.span.get_untracked();
        let is_at_end = if direction > 0.0 { span.end >= whole.end } else { span.start <= whole.start };
        let next = holter.minute(moment + direction * MINUTE);
        let turns = is_at_end && next != moment;
        if turns {
            self.open_moment(next);
        }
        turns
    }

    /// Seconds that show of a strip once somebody is sent to a moment of it.
    pub fn view_seconds(self) -> f64 {
        let before = untrack(|| self.strip_span()).length();
        if (READABLE.0..=READABLE.1).contains(&before) { before } else { STRIP }
    }

    /// The view begins at `time`, in s.
    fn move_strip(self, time: f64) {
        self.with_open(|page, open| {
            let view = Span { start: 0.0, end: page.view_seconds() }.placed_at(time, open.whole());
            page.all_leads.start.set(view.start);
            page.show_span(open, view);
        });
    }

    /// What is looked at of the long recording, in s.
    pub fn looked_at(self) -> Option<Span> {
        match self.day.shown.with(|shown| shown.as_ref().map(|holter| holter.is_whole()))? {
            true => Some(self.strip_span()),
            false => self.day.moment.get().map(|start| Span { start, end: start + MINUTE }),
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
