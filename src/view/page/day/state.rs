//! What is known of a recording of more than a minute.

use std::collections::HashMap;
use std::ops::Range;

use leptos::prelude::*;

use super::neighbours::Neighbour;
use super::run::Underway;
use crate::evaluate::agreement::{MarkedRhythm, marked_rhythms};
use crate::evaluate::burden::{Verdict, is_strip, windows};
use crate::evaluate::trend::WindowBeats;
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::clock::Clock;
use crate::view::page::recordings::Source;
use crate::view::page::state::{Open, Page, Shared};

/// A recording of more than a minute.
pub struct Holter {
    /// Its row in the list.
    pub row: u32,
    pub source: Samples,
    /// Of one that is read in stretches, everything but the samples.
    pub record: Shared<Record>,
    /// Samples in each lead.
    pub samples: u64,
    pub windows: Shared<Vec<Range<u64>>>,
    /// The rhythms that its file marks.
    pub marked: Vec<MarkedRhythm>,
    pub clock: Option<Clock>,
}

/// Where the samples of a long recording are.
#[derive(Clone, Debug, PartialEq)]
pub enum Samples {
    /// In the reader's set of files, at this path: one of hours, of which a minute at a time is on the paper.
    InStretches { set: u32, path: String },
    /// Here: all of it is on the paper.
    Whole,
}

impl Holter {
    pub fn new(row: u32, source: Samples, record: Shared<Record>, samples: u64) -> Self {
        let fs = record.fs;
        let windows = Shared::new(windows(samples, fs));
        let marked = marked_rhythms(&record.annotations, samples as f64 / fs);
        let clock = record.start.as_deref().and_then(Clock::of);
        Self { row, source, record, samples, windows, marked, clock }
    }

    /// Duration in seconds.
    pub fn seconds(&self) -> f64 {
        self.samples as f64 / self.record.fs
    }

    /// Whether all of it is on the paper.
    pub fn is_whole(&self) -> bool {
        self.source == Samples::Whole
    }

    /// When a window begins and ends, in s.
    pub fn stretch(&self, window: usize) -> Option<(f64, f64)> {
        self.windows.get(window).map(|it| (it.start as f64 / self.record.fs, it.end as f64 / self.record.fs))
    }

    /// When a window begins, in s.
    pub fn begins(&self, window: usize) -> f64 {
        self.stretch(window).map_or(0.0, |(start, _)| start)
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
    /// Of each window, once it was read.
    pub beats: Vec<Option<WindowBeats>>,
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
    pub beats: RwSignal<Shared<Vec<Option<WindowBeats>>>>,
    pub progress: RwSignal<Option<Progress>>,
    /// Where the minute on the paper begins, in s; nothing where all of the recording is on it.
    pub moment: RwSignal<Option<f64>>,
    /// The window that the answer is about, where all of the recording is on the paper.
    pub answered: RwSignal<Option<usize>>,
    /// Other windows that are explained, for the class that the answer's explanation is for; and the question about the
    /// next.
    pub(super) neighbours: RwSignal<Vec<Neighbour>>,
    pub(super) neighbour_asked: StoredValue<Option<u32>>,
    /// The window that the network was asked about last.
    pub(super) asked: StoredValue<Option<usize>>,
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
            beats: RwSignal::new(Shared::new(Vec::new())),
            progress: RwSignal::new(None),
            moment: RwSignal::new(None),
            answered: RwSignal::new(None),
            neighbours: RwSignal::default(),
            neighbour_asked: StoredValue::default(),
            asked: StoredValue::default(),
            looking: StoredValue::default(),
            opening: StoredValue::default(),
            underway: StoredValue::default(),
            known: StoredValue::default(),
        }
    }
}

impl Day {
    /// `open` goes on the paper: as a strip where it is long enough, or as a minute of its row's day, which stays. Another
    /// recording's day goes.
    pub fn make_room(self, open: &Open) {
        let samples = open.record.len() as u64;
        if is_strip(samples, open.record.fs) {
            self.moment.set(None);
            self.lead.set(open.lead);
            self.shown.set(Some(Shared::new(Holter::new(open.row, Samples::Whole, open.record.clone(), samples))));
            return;
        }
        let is_other = |holter: &Shared<Holter>| holter.row != open.row || holter.is_whole();
        if self.shown.with_untracked(|shown| shown.as_ref().is_some_and(is_other)) {
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
                let lead = record.preferred_lead();
                let holter = Holter::new(id, Samples::InStretches { set, path }, Shared::new(record), samples);
                self.day.lead.set(lead);
                self.day.shown.set(Some(Shared::new(holter)));
            }
            _ => self.put_on_paper(id, record),
        }
    }
}
