//! What is taken away of a long recording: its episodes as a table, and the head of its print.

use std::fmt::Write;

use js_sys::Array;
use leptos::prelude::*;

use super::state::Holter;
use crate::evaluate::Overall;
use crate::evaluate::agreement::Agreement;
use crate::evaluate::burden::{Burden, Verdict};
use crate::evaluate::trend::Extremes;
use crate::view::export::episodes_csv;
use crate::view::geometry::day::{WIDTH, bars};
use crate::view::i18n::format;
use crate::view::page::language::words;
use crate::view::page::out::{NOT_SAVED, save_text};
use crate::view::page::recordings::Problem;
use crate::view::page::state::{Page, Shared};

/// So many episodes are printed: more do not fit the page beside the trace.
const MOST_PRINTED: usize = 9;
/// Units of the printed lane.
const LANE: f64 = 18.0;

/// What is known of a long recording at a moment.
pub struct Whole {
    pub holter: Shared<Holter>,
    pub verdicts: Shared<Vec<Verdict>>,
    pub burden: Burden,
}

impl Whole {
    /// Followed by whoever asks.
    pub fn now(page: Page) -> Option<Self> {
        let holter = page.day.shown.get()?;
        let verdicts = page.day.verdicts.get();
        let burden = Burden::of(&holter.windows, &verdicts, holter.record.fs);
        Some(Self { holter, verdicts, burden })
    }

    pub fn overall(&self) -> Overall {
        Overall::of(&self.burden, &self.holter.windows, &self.verdicts, self.holter.record.fs)
    }

    pub fn agreement(&self) -> Option<Agreement> {
        Agreement::of(&self.holter.marked, &self.holter.windows, &self.verdicts, self.holter.record.fs)
    }
}

impl Page {
    /// Whether windows of the long recording are still being classified.
    pub fn is_classifying(self) -> bool {
        self.day.progress.with(|progress| progress.is_some_and(|it| it.is_running))
    }

    /// The AF episodes as CSV.
    pub fn save_episodes(self) {
        let Some(found) = untrack(|| Whole::now(self)) else { return };
        let fs = found.holter.record.fs;
        let text = episodes_csv(&found.burden, &found.holter.windows, &found.verdicts, fs);
        // The recording's name may be a person's.
        if save_text("ecg-lens-episodes.csv", "text/csv", &Array::of1(&text.into())).is_err() {
            self.recordings.complain(Problem::of_nothing(NOT_SAVED));
        }
    }
}

/// What the print of a strip says before it speaks of the window that is printed: markup, and about how high it is on an
/// upright page, in mm; empty for any other recording.
pub fn printed(page: Page) -> (String, f64) {
    let Some(found) = Whole::now(page).filter(|found| found.holter.is_whole()) else { return Default::default() };
    let (holter, burden) = (&found.holter, &found.burden);
    let (fs, duration) = (holter.record.fs, holter.seconds());
    let words = words();
    let overall = found.overall();
    let extremes = Extremes::of(&page.day.beats.get(), &found.verdicts);
    let mut facts = vec![(words.strip().time_in_af(), words.strip().part_of(burden.af, burden.analysed))];
    if let (Some((low, _)), Some((high, _))) = (extremes.lowest, extremes.highest) {
        facts.push((words.strip().rates(), format!("{}\u{2013}{}", format::beats(low), format::beats(high))));
    }
    if let Some((begins, seconds)) = extremes.longest {
        facts.push((words.strip().longest_rr(), words.strip().rr_at(seconds, &holter.time(begins))));
        facts.push((words.strip().pauses(), extremes.pauses.to_string()));
    }
    let share = |sample: u64| sample as f64 / fs / duration;
    let spans: Vec<(f64, f64)> = holter.windows.iter().map(|it| (share(it.start), share(it.end))).collect();
    let lane = |is_there: fn(Verdict) -> bool| {
        bars(&spans, |at| found.verdicts.get(at).is_some_and(|verdict| is_there(*verdict)), LANE)
    };
    let mut html =
        format!("<section class=\"print-strip\"><h2>{}</h2>", words.strip().headline(&overall, page.is_classifying()));
    let _ = write!(
        html,
        "<svg viewBox=\"0 0 {WIDTH} {LANE}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\"><path fill=\"#e7e5e0\" \
         d=\"{}\"/><path fill=\"#b4420c\" d=\"{}\"/></svg><dl>",
        words.holter().af(),
        lane(|verdict| verdict != Verdict::Waiting),
        lane(Verdict::is_af)
    );
    let facts_listed = facts.len();
    for (name, value) in facts {
        let _ = write!(html, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    let entries = facts_listed + burden.episodes.len().min(MOST_PRINTED);
    for episode in burden.episodes.iter().take(MOST_PRINTED) {
        let (name, at) = (words.strip().begins(), holter.time(holter.begins(episode.windows.start)));
        let length = format::length(episode.seconds(&holter.windows, fs));
        let _ = write!(html, "<div><dt>{name}</dt><dd>{at}, {} {length}</dd></div>", words.strip().lasts());
    }
    html += "</dl>";
    let more = burden.episodes.len().saturating_sub(MOST_PRINTED);
    if more > 0 {
        let _ = write!(html, "<p>{}</p>", words.strip().more_episodes(more));
    }
    if let Some(agreement) = found.agreement() {
        let _ = write!(html, "<p>{}</p>", words.strip().agreement(&agreement));
    }
    if let Some((_, window)) = page.answered_window() {
        let _ = write!(html, "<p>{}</p>", window.say(words));
    }
    // Heading, lane and gaps; rows of three; lines of text.
    let height = 20.0 + 9.5 * entries.div_ceil(3) as f64 + 5.0 * html.matches("<p>").count() as f64;
    (html + "</section>", height)
}
