//! The recordings that can be opened: the demonstrations, and what somebody dropped.

use std::collections::HashMap;

use leptos::prelude::*;

use super::state::{Heading, Page, Shared};
use crate::reader::message::{Finding, Listed};
use crate::record::{ReadError, Record};
use crate::synthetic::Demo;
use crate::view::i18n::{Sentence, Word};
use crate::view::listing::{Content, Standing};

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
    /// What was taken out of the list last: its name and content.
    pub taken_out: RwSignal<Option<(String, Content)>>,
    next: StoredValue<u32>,
    /// Rows by name.
    namesakes: StoredValue<HashMap<String, Vec<u32>>>,
    /// Rows that turned out to be the same recording as an earlier one, and that one.
    same: StoredValue<HashMap<u32, u32>>,
}

impl Default for Recordings {
    fn default() -> Self {
        Self {
            demos: RwSignal::default(),
            yours: RwSignal::default(),
            problems: RwSignal::default(),
            progress: RwSignal::default(),
            asking: RwSignal::default(),
            taken_out: RwSignal::default(),
            next: StoredValue::new(1),
            namesakes: StoredValue::default(),
            same: StoredValue::default(),
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
    /// What tells its content, once that is known.
    pub content: Option<Content>,
    /// Of several recordings of one name, which it is, from 1 on.
    pub number: usize,
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
    fn new(id: u32, name: Sentence, source: Source) -> Self {
        Self { id, name, source, finding: None, content: None, number: 1, rate: None }
    }

    /// Whether somebody brought it, and may take it out of the list.
    pub fn is_yours(&self) -> bool {
        !matches!(self.source, Source::Demo(_))
    }

    /// Whether it can be opened without another question.
    fn is_ready(&self) -> bool {
        match self.finding {
            Some(Finding::Broken(_)) => false,
            Some(Finding::NeedsRate { .. }) => self.rate.is_some(),
            _ => true,
        }
    }

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
        let row = |demo: &'static Demo| {
            Row::new(self.new_id(), Sentence::new(|words| words.demo_title(demo).to_owned()), Source::Demo(demo))
        };
        self.demos.update(|rows| rows.extend(demos.iter().map(row)));
    }

    /// Lists recordings that were dropped together, before those that were dropped earlier; their ids.
    pub fn add(self, set: u32, entries: Vec<Listed>) -> Vec<u32> {
        let rows: Vec<Row> = entries
            .into_iter()
            .map(|entry| {
                let id = self.new_id();
                self.namesakes.update_value(|names| names.entry(entry.name.clone()).or_default().push(id));
                Row::new(id, Sentence::text(entry.name), Source::Files { set, path: entry.path })
            })
            .collect();
        let ids = rows.iter().map(|row| row.id).collect();
        self.yours.update(|yours| {
            yours.splice(0..0, rows);
        });
        ids
    }

    /// Lists a recording that is kept here, before all others; its id. One that is listed already moves there.
    pub fn hold(self, record: Shared<Record>) -> u32 {
        let (id, name, finding) = (self.new_id(), Heading::of(&record).name, Finding::good(&record));
        self.namesakes.update_value(|names| names.entry(name.key()).or_default().push(id));
        self.yours.update(|rows| rows.insert(0, Row::new(id, name, Source::Held(record))));
        self.note(&[(id, finding)]);
        self.canonical(id)
    }

    /// The row that stands for `id` in the list, where that is the same recording as an earlier one.
    pub fn canonical(self, id: u32) -> u32 {
        self.same.with_value(|same| {
            let mut id = id;
            // From later to earlier, so that it ends.
            while let Some(earlier) = same.get(&id).filter(|earlier| **earlier < id) {
                id = *earlier;
            }
            id
        })
    }

    pub fn row(self, id: u32) -> Option<Row> {
        let id = self.canonical(id);
        let find = |rows: &Vec<Row>| rows.iter().find(|row| row.id == id).cloned();
        self.yours.with_untracked(find).or_else(|| self.demos.with_untracked(find))
    }

    /// Notes what was found about some recordings. Of those that are listed already, the earlier row takes the place of the
    /// later one, and what the later one was read from; those of the same name alone are numbered.
    pub fn note(self, findings: &[(u32, Finding)]) {
        self.note_with(findings, |_| None);
    }

    /// The same, with what else may tell the content of a row.
    pub fn note_with(self, findings: &[(u32, Finding)], content_of: impl Fn(&Row) -> Option<Content>) {
        if findings.is_empty() {
            return;
        }
        self.yours.update(|rows| {
            let mut places: HashMap<u32, usize> = rows.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
            let mut gone = Vec::new();
            // One after the other: what one row turns out to be decides what the next one is compared with.
            for (id, finding) in findings {
                let Some(&here) = places.get(&self.canonical(*id)) else { continue };
                let row = &mut rows[here];
                row.finding = Some(finding.clone());
                row.content = Content::of(finding).or_else(|| content_of(row));
                let (id, name) = (row.id, row.name.key());
                let namesakes = self.namesakes.with_value(|names| names.get(&name).cloned()).unwrap_or_default();
                let others = namesakes.iter().filter(|other| **other != id);
                let others: Vec<usize> = others.filter_map(|other| places.get(other).copied()).collect();
                if let Some((earlier, later)) = self.unite(rows, here, &others) {
                    // The row that stays has the place and the files of the later, and is still the earlier.
                    places.remove(&rows[later].id);
                    places.insert(rows[earlier].id, later);
                    rows[later].id = rows[earlier].id;
                    gone.push(earlier);
                }
            }
            gone.sort_unstable();
            gone.iter().rev().for_each(|place| drop(rows.remove(*place)));
        });
    }

    /// Compares the row at place `here` with those of the same name, at the places `others`, as far as they have been looked
    /// at. Where it is one of them, the later row is made to stand for both: the places of the earlier, which is to go, and
    /// of the later are returned.
    fn unite(self, rows: &mut [Row], here: usize, others: &[usize]) -> Option<(usize, usize)> {
        let content = rows[here].content?;
        let others: Vec<usize> = others.iter().copied().filter(|place| rows[*place].finding.is_some()).collect();
        let known: Vec<_> = others.iter().map(|place| (rows[*place].content, rows[*place].number)).collect();
        match Standing::of(content, &known) {
            Standing::Number(number) => {
                // One that has a number keeps it.
                let is_free = known.iter().all(|(_, its)| *its != rows[here].number);
                rows[here].number = if is_free { rows[here].number } else { number };
                None
            }
            Standing::Same(other) => {
                let there = others[other];
                let (later, earlier) = if rows[here].id > rows[there].id { (here, there) } else { (there, here) };
                let (later_id, before) = (rows[later].id, rows[earlier].clone());
                let row = &mut rows[later];
                row.number = before.number;
                row.rate = row.rate.or(before.rate);
                // What is known of it with the rate that somebody gave.
                if matches!(row.finding, Some(Finding::NeedsRate { .. })) && row.rate.is_some() {
                    (row.finding, row.content) = (before.finding, before.content);
                }
                self.same.update_value(|same| {
                    same.insert(later_id, before.id);
                });
                self.namesakes.update_value(|names| {
                    if let Some(ids) = names.get_mut(&before.name.key()) {
                        ids.retain(|it| *it != later_id);
                    }
                });
                Some((earlier, later))
            }
        }
    }

    /// Takes a row out of the list: the row, and the nearest one that can be opened in its place.
    fn take_out(self, id: u32) -> Option<(Row, Option<u32>)> {
        let taken = self.yours.try_update(|rows| {
            let place = rows.iter().position(|row| row.id == id)?;
            let row = rows.remove(place);
            let (before, after) = rows.split_at(place);
            let neighbour = after.iter().chain(before.iter().rev()).find(|row| row.is_ready()).map(|row| row.id);
            Some((row, neighbour))
        });
        let (row, neighbour) = taken.flatten()?;
        self.namesakes.update_value(|names| {
            if let Some(ids) = names.get_mut(&row.name.key()) {
                ids.retain(|it| *it != id);
            }
        });
        Some((row, neighbour))
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
        let id = row.id;
        self.room.leave();
        match &row.source {
            Source::Demo(demo) => {
                self.forget_reading();
                self.put_on_paper(id, demo.record());
                if demo.opens_whole() {
                    self.show_whole();
                }
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
        let id = self.recordings.canonical(id);
        let heading = self.recordings.row(id).map_or_else(|| Heading::of(&record), |row| row.heading());
        self.show(id, Shared::new(record), heading);
    }

    /// Asks for the sampling rate of a recording of the list.
    pub fn ask_for_rate(self, id: u32, samples: usize, suggestion: Option<f64>) {
        let Some(row) = self.recordings.row(id) else { return };
        self.recordings.asking.set(Some(RateQuestion { row: row.id, name: row.name, samples, suggestion }));
    }

    /// Takes a recording of one's own out of the list. If it is the one that is open, its neighbour is opened, or the first
    /// demonstration where it was the last.
    pub fn remove_row(self, id: u32) {
        let recordings = self.recordings;
        let Some((row, neighbour)) = recordings.take_out(recordings.canonical(id)) else { return };
        let id = row.id;
        if recordings.asking.with_untracked(|asking| asking.as_ref().is_some_and(|question| question.row == id)) {
            recordings.asking.set(None);
        }
        if self.reader.opening.get_untracked().is_some_and(|(_, opening)| opening == id) {
            self.forget_reading();
        }
        if let Some(content) = row.content {
            recordings.taken_out.set(Some((row.name.key(), content)));
        }
        if self.open.with_untracked(|open| open.as_ref().is_some_and(|open| open.row == id)) {
            let first = || recordings.demos.with_untracked(|rows| rows.first().map(|row| row.id));
            if let Some(next) = neighbour.or_else(first) {
                // Nobody goes back to what is not there.
                self.visits.in_place(next);
                self.open_row(next);
            }
        }
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
