//! On a strip, the network is asked about the window in the middle of the view, and its map is placed on the recording's
//! time. What is not a strip is asked about whole.

use std::ops::Range;

use leptos::prelude::*;

use crate::evaluate::burden::{is_strip, window_at, windows};
use crate::explain::Explanation;
use crate::view::geometry::Span;
use crate::view::i18n::{Sentence, Words};
use crate::view::page::language::words;
use crate::view::page::state::{Open, Page};

/// Seconds that a sheet of all leads shows, about.
const SHEET_SECONDS: f64 = 10.0;

/// The samples of a lead of `len` at `fs` Hz that the network is asked about when somebody looks at `time` (in s), and the
/// number of that window; all of them, and none, where that is no strip.
pub fn part(len: usize, fs: f64, time: f64) -> (Range<usize>, Option<usize>) {
    if !is_strip(len as u64, fs) {
        return (0..len, None);
    }
    let windows = windows(len as u64, fs);
    let window = window_at(&windows, fs, time);
    let own = window.and_then(|window| windows.get(window)).map(|own| own.start as usize..own.end as usize);
    (own.unwrap_or(0..len), window)
}

/// What the network says of samples `part` of a lead of `len` at `fs` Hz, on the time of the whole.
pub fn placed(explanation: Explanation, part: &Range<usize>, len: usize, fs: f64) -> Explanation {
    if part.len() >= len {
        return explanation;
    }
    let importance = explanation.importance.placed_at(part.start as f64 / fs, part.len() as f64 / fs);
    Explanation { importance, ..explanation }
}

impl Page {
    /// What shows of a strip.
    pub fn strip_span(self) -> Span {
        match self.shows_all_leads() {
            true => {
                let start = self.all_leads.start.get();
                Span { start, end: start + SHEET_SECONDS }
            }
            false => self.span.get(),
        }
    }

    /// The moment in the middle of the view.
    pub fn middle(self) -> f64 {
        let span = self.strip_span();
        (span.start + span.end) / 2.0
    }

    /// The samples of `open`'s leads that the network is asked about now.
    pub fn part_in_view(self, open: &Open) -> (Range<usize>, Option<usize>) {
        untrack(|| part(open.record.len(), open.record.fs, self.middle()))
    }

    /// The network is asked about `window`.
    pub fn note_asked(self, window: Option<usize>) {
        self.day.asked.set_value(window);
    }

    /// `answer`, or that there is none, is about the window that was asked about.
    pub fn note_answered(self, answer: Option<&Explanation>) {
        let window = self.day.asked.get_value();
        self.pass_on(answer, window);
        self.day.answered.set(window);
    }

    /// Another recording, or another lead: nothing is answered.
    pub fn forget_answered(self) {
        self.forget_neighbours();
        self.day.answered.set(None);
    }

    /// The samples of a window of the strip that is on the paper.
    pub fn samples_of(self, window: usize) -> Option<Range<usize>> {
        self.day.shown.with_untracked(|shown| {
            let own = shown.as_ref().filter(|holter| holter.is_whole())?.windows.get(window)?;
            Some(own.start as usize..own.end as usize)
        })
    }

    /// The samples that were asked about last, of the recording that is open.
    pub fn part_asked(self) -> Option<Range<usize>> {
        self.samples_of(self.day.asked.get_value()?)
    }

    /// What the network says of the window that it was asked about, on the recording's time.
    pub fn on_recordings_time(self, explanation: Explanation) -> Explanation {
        let Some(part) = self.part_asked() else { return explanation };
        match self.open.with_untracked(|open| open.as_ref().map(|open| (open.record.len(), open.record.fs))) {
            Some((len, fs)) => placed(explanation, &part, len, fs),
            None => explanation,
        }
    }

    /// The stretch that the answer is about, in s, and how it is named; nothing where that is all of the recording.
    pub fn answered_window(self) -> Option<(Span, Sentence)> {
        let window = self.day.answered.get()?;
        let holter = self.day.shown.get().filter(|holter| holter.is_whole())?;
        let (start, end) = holter.stretch(window)?;
        let count = holter.windows.len();
        let name = move |words: &dyn Words| {
            let (from, to) = (holter.time_in(words, start), holter.time_in(words, end));
            words.strip().window(window + 1, count, &from, &to)
        };
        Some((Span { start, end }, Sentence::new(name)))
    }

    /// The samples that the answer is about, where that is not the whole recording.
    pub fn answered_part(self) -> Option<Range<usize>> {
        self.samples_of(self.day.answered.get_untracked()?)
    }

    /// Asks about the window that has come into view, on a strip.
    pub fn follow_window(self) {
        let in_view = Memo::new(move |_| {
            let holter = self.day.shown.get().filter(|holter| holter.is_whole())?;
            window_at(&holter.windows, holter.record.fs, self.middle())
        });
        Effect::new(move |_| {
            let window = in_view.get();
            if window.is_some() && self.day.asked.get_value() != window {
                self.ask_anew();
            }
        });
    }
}

/// Which window the answer below is about.
#[component]
pub fn WindowLine() -> impl IntoView {
    let page = expect_context::<Page>();
    move || {
        page.answered_window().map(|(_, name)| view! { <p class="of-window" id="of-window">{name.say(words())}</p> })
    }
}
