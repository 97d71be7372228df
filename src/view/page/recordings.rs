//! The recordings that can be opened: the demonstrations, and what somebody dropped.

use leptos::prelude::*;

use super::state::{Heading, Page, Shared};
use crate::reader::message::{Finding, Listed};
use crate::record::{ReadError, Record};
use crate::synthetic::Demo;
use crate::view::i18n::{Sentence, Word};

/// The lists, and what is wrong with some of what was dropped.
#[derive(Clone, Copy)]
pub struct Recordings {
    pub demos: RwSignal<Vec<Row>>,
    /// What was dropped, the latest first.
    pub yours: RwSignal<Vec<Row>>,
    pub problems: RwSignal<Vec<Problem>>,
    /// Files or recordings looked at, of how many, while that goes on.
    pub progress: RwSignal<Option<(usize, usize)>>,
    /// The recording whose sampling rate is asked for.
    pub asking: RwSignal<Option<RateQuestion>>,
    next: StoredValue<u32>,
}

impl Default for Recordings {
    fn default() -> Self {
        Self {
            demos: RwSignal::default(),
            yours: RwSignal::default(),
            problems: RwSignal::default(),
            progress: RwSignal::default(),
            asking: RwSignal::default(),
            next: StoredValue::new(1),
        }
    }
}

/// One recording in the list.
#[derive(Clone)]
pub struct Row {
    pub id: u32,
    pub name: Sentence,
    pub source: Source,
    /// What a first look at it found; `None` before.
    pub finding: Option<Finding>,
    /// The sampling rate that somebody gave, in Hz.
    pub rate: Option<f64>,
}

/// Where a recording comes from when it is opened.
#[derive(Clone)]
pub enum Source {
    /// Made when it is opened.
    Demo(&'static Demo),
    /// Read anew each time, from the file that stands for it in a set of the reader's: a thousand recordings would not
    /// fit.
    Files { set: u32, path: String },
    /// Kept here: it came in a link, or was kept from an earlier visit.
    Held(Shared<Record>),
}

/// A sentence about something that could not be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The file, as [`ReadError`] names it; empty where there is none.
    pub file: String,
    pub sentence: Sentence,
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        Self { file: error.file.clone(), sentence: Sentence::read_error(error) }
    }
}

impl Problem {
    /// One in which no file has a part.
    pub fn of_nothing(word: Word) -> Self {
        Self { file: String::new(), sentence: Sentence::word(word) }
    }

    /// What the page itself has to say of a file.
    pub fn of_file(file: &str, word: Word) -> Self {
        let named = file.to_owned();
        let sentence = Sentence::new(move |words| words.read_errors().of_file(&named, word(words)));
        Self { file: file.to_owned(), sentence }
    }
}

/// A recording that lacks its sampling rate.
#[derive(Clone, Debug, PartialEq)]
pub struct RateQuestion {
    pub row: u32,
    pub name: Sentence,
    pub samples: usize,
    /// In Hz, to offer.
    pub suggestion: Option<f64>,
}

impl Row {
    /// What stands above it when it is open.
    pub fn heading(&self) -> Heading {
        let note = match self.source {
            Source::Demo(demo) => Some(Sentence::new(|words| words.demo_description(demo).to_owned())),
            Source::Files { .. } | Source::Held(_) => None,
        };
        Heading { name: self.name.clone(), note }
    }
}

impl Recordings {
    pub fn new_id(self) -> u32 {
        self.next.try_update_value(|next| std::mem::replace(next, *next + 1)).unwrap_or_default()
    }

    /// Lists the demonstrations.
    pub fn add_demos(self, demos: &'static [Demo]) {
        let row = |demo: &'static Demo| Row {
            id: self.new_id(),
            name: Sentence::new(|words| words.demo_title(demo).to_owned()),
            source: Source::Demo(demo),
            finding: None,
            rate: None,
        };
        self.demos.update(|rows| rows.extend(demos.iter().map(row)));
    }

    /// Lists recordings that were dropped together, before those that were dropped earlier; their ids.
    pub fn add(self, set: u32, entries: Vec<Listed>) -> Vec<u32> {
        let rows: Vec<Row> = entries
            .into_iter()
            .map(|entry| Row {
                id: self.new_id(),
                name: Sentence::text(entry.name),
                source: Source::Files { set, path: entry.path },
                finding: None,
                rate: None,
            })
            .collect();
        let ids = rows.iter().map(|row| row.id).collect();
        self.yours.update(|yours| {
            yours.splice(0..0, rows);
        });
        ids
    }

    /// Lists a recording that is kept here, before all others; its id.
    pub fn hold(self, record: Shared<Record>) -> u32 {
        let (id, name, finding) = (self.new_id(), Heading::of(&record).name, Some(Finding::good(&record)));
        self.yours.update(|rows| rows.insert(0, Row { id, name, source: Source::Held(record), finding, rate: None }));
        id
    }

    pub fn row(self, id: u32) -> Option<Row> {
        let find = |rows: &Vec<Row>| rows.iter().find(|row| row.id == id).cloned();
        self.yours.with_untracked(find).or_else(|| self.demos.with_untracked(find))
    }

    /// Notes what was found about some recordings.
    pub fn note(self, findings: &[(u32, Finding)]) {
        if findings.is_empty() {
            return;
        }
        self.yours.update(|rows| {
            for (id, finding) in findings {
                if let Some(row) = rows.iter_mut().find(|row| row.id == *id) {
                    row.finding = Some(finding.clone());
                }
            }
        });
    }

    /// Says what is wrong; what was said before is not said twice.
    pub fn complain(self, problem: impl Into<Problem>) {
        let problem = problem.into();
        self.problems.update(|problems| {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        });
    }

    /// Rows that wait for a sampling rate.
    pub fn without_rate(self) -> Vec<u32> {
        let waits = |row: &&Row| matches!(row.finding, Some(Finding::NeedsRate { .. })) && row.rate.is_none();
        self.yours.with(|rows| rows.iter().filter(waits).map(|row| row.id).collect())
    }
}

impl Page {
    /// Opens a recording of the list. One that cannot be read is complained about, and what is on the paper stays.
    pub fn open_row(self, id: u32) {
        let Some(row) = self.recordings.row(id) else { return };
        self.room.leave();
        match &row.source {
            Source::Demo(demo) => {
                self.forget_reading();
                self.put_on_paper(id, demo.record());
            }
            Source::Files { set, path } => self.read(id, *set, path, row.rate),
            Source::Held(record) => {
                self.forget_reading();
                self.recordings.asking.set(None);
                self.show(id, record.clone(), row.heading());
            }
        }
    }

    /// Shows a recording of the list.
    pub fn put_on_paper(self, id: u32, record: Record) {
        self.recordings.asking.set(None);
        let heading = self.recordings.row(id).map_or_else(|| Heading::of(&record), |row| row.heading());
        self.show(id, Shared::new(record), heading);
    }

    /// Asks for the sampling rate of a recording of the list.
    pub fn ask_for_rate(self, id: u32, samples: usize, suggestion: Option<f64>) {
        let Some(row) = self.recordings.row(id) else { return };
        self.recordings.asking.set(Some(RateQuestion { row: id, name: row.name, samples, suggestion }));
    }

    /// Opens the demonstration called `wanted`, or the first one.
    pub fn open_demo(self, wanted: Option<&str>) {
        let named = |name: &str| {
            self.recordings.demos.with_untracked(|rows| {
                let is = |row: &&Row| matches!(row.source, Source::Demo(demo) if demo.id == name);
                rows.iter().find(is).map(|row| row.id)
            })
        };
        let first = self.recordings.demos.with_untracked(|rows| rows.first().map(|row| row.id));
        let found = wanted.and_then(named);
        if let (Some(wanted), None) = (wanted, found) {
            self.recordings.complain(Problem::of_file(wanted, |words| words.unknown_demo()));
        }
        if let Some(id) = found.or(first) {
            self.open_row(id);
        }
    }

    /// Somebody gave the sampling rate of the recordings `rows`; the first of them is opened.
    pub fn give_rate(self, rows: &[u32], fs: f64) {
        self.recordings.yours.update(|yours| {
            for row in yours.iter_mut().filter(|row| rows.contains(&row.id)) {
                row.rate = Some(fs);
            }
        });
        if let Some(&first) = rows.first() {
            self.open_row(first);
        }
    }
}
