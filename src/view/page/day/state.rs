//! What is known of a long recording.

use std::collections::HashMap;
use std::ops::Range;

use leptos::prelude::*;

use super::run::Underway;
use crate::evaluate::burden::Verdict;
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::clock::Clock;
use crate::view::page::recordings::Source;
use crate::view::page::state::{Page, Shared};

/// A long recording of the list.
pub struct Holter {
    /// Its row in the list.
    pub row: u32,
    /// The reader's set of files, and the path in it.
    pub set: u32,
    pub path: String,
    /// Everything but the samples.
    pub record: Record,
    /// Samples in each lead.
    pub samples: u64,
    pub clock: Option<Clock>,
}

impl Holter {
    /// Duration in seconds.
    pub fn seconds(&self) -> f64 {
        self.samples as f64 / self.record.fs
    }
}

/// How far the classification is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Windows that are classified or cannot be, of all.
    pub done: usize,
    pub all: usize,
    /// Windows done in this run, and the seconds it took.
    pub done_now: usize,
    pub seconds: f64,
    pub is_running: bool,
}

/// What was found in one lead, kept while other recordings are looked at.
#[derive(Clone)]
pub struct Found {
    pub windows: Shared<Vec<Range<u64>>>,
    pub verdicts: Vec<Verdict>,
}

/// The state of the day; handles, copied freely.
#[derive(Clone, Copy)]
pub struct Day {
    /// The long recording on the sheet.
    pub shown: RwSignal<Option<Shared<Holter>>>,
    /// The lead that is classified.
    pub lead: RwSignal<usize>,
    /// Of each lead, the lowest and highest amplitude of the pieces that have been looked through.
    pub overview: RwSignal<Vec<Vec<(f32, f32)>>>,
    pub windows: RwSignal<Shared<Vec<Range<u64>>>>,
    /// Of each window, as of a moment ago.
    pub verdicts: RwSignal<Shared<Vec<Verdict>>>,
    pub progress: RwSignal<Option<Progress>>,
    /// Where the minute on the paper begins, in s.
    pub moment: RwSignal<Option<f64>>,
    /// The question whose answers make the overview.
    pub(super) looking: StoredValue<Option<u32>>,
    /// The question whose answer is the minute that goes on the paper.
    pub(super) opening: StoredValue<Option<u32>>,
    pub(super) underway: StoredValue<Option<Underway>>,
    /// By row and lead.
    pub(super) known: StoredValue<HashMap<(u32, usize), Found>>,
}

impl Default for Day {
    fn default() -> Self {
        Self {
            shown: RwSignal::new(None),
            lead: RwSignal::new(0),
            overview: RwSignal::default(),
            windows: RwSignal::new(Shared::new(Vec::new())),
            verdicts: RwSignal::new(Shared::new(Vec::new())),
            progress: RwSignal::new(None),
            moment: RwSignal::new(None),
            looking: StoredValue::default(),
            opening: StoredValue::default(),
            underway: StoredValue::default(),
            known: StoredValue::default(),
        }
    }
}

impl Day {
    /// The sheet belongs to row `row` now; another recording's day goes.
    pub fn keep_only(self, row: u32) {
        if self.shown.with_untracked(|shown| shown.as_ref().is_some_and(|holter| holter.row != row)) {
            self.shown.set(None);
        }
    }

    /// Pieces that were looked through, if this day waits for them.
    pub fn hear_overview(self, question: u32, leads: Vec<Vec<(f32, f32)>>) {
        if self.looking.get_value() == Some(question) {
            self.overview.update(|overview| {
                overview.resize(leads.len(), Vec::new());
                overview.iter_mut().zip(leads).for_each(|(known, more)| known.extend(more));
            });
        }
    }
}

impl Page {
    /// Puts a recording of row `id` on the paper as it was read, or a long one's day on the sheet.
    pub fn put_on_sheet(self, id: u32, finding: Option<Finding>, record: Record) {
        let id = self.recordings.canonical(id);
        let row = self.recordings.row(id);
        match (finding, row.map(|row| row.source)) {
            (Some(Finding::Long { samples, .. }), Some(Source::Files { set, path })) => {
                self.recordings.asking.set(None);
                let clock = record.start.as_deref().and_then(Clock::of);
                let lead = record.preferred_lead();
                let holter = Holter { row: id, set, path, record, samples, clock };
                self.day.lead.set(lead);
                self.day.shown.set(Some(Shared::new(holter)));
            }
            _ => self.put_on_paper(id, record),
        }
    }
}
