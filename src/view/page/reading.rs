//! From what somebody dropped or picked to rows of the list and recordings on the paper, by way of the reader.

use std::collections::HashMap;

use leptos::prelude::*;

use super::recordings::{Row, Source};
use super::state::Page;
use crate::reader::client::Client;
use crate::reader::message::{Added, Finding, FromReader, Listed};
use crate::record::{ReadError, Record};
use crate::view::dataset::{Member, MemberSource, TestSet};
use crate::view::listing::Content;

/// A file as the browser holds it, with the path that says where among the others it lay.
pub struct Picked {
    pub path: String,
    pub file: web_sys::File,
}

/// So many files are kept for a later drop; a broken archive may have thousands.
const MOST_LEFT_OVER: usize = 100;

/// The reader, and what the page waits for.
#[derive(Clone, Copy)]
pub struct Reader {
    client: StoredValue<Option<Client>, LocalStorage>,
    /// Sets of files that are being looked through.
    underway: StoredValue<HashMap<u32, Underway>>,
    /// Files that lacked their companion when they were dropped, by the path that was complained about: a later drop
    /// may bring it.
    left_over: StoredValue<Vec<(String, Added, web_sys::File)>, LocalStorage>,
    /// The question whose answer goes on the paper, and its row in the list.
    pub opening: RwSignal<Option<(u32, u32)>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            client: StoredValue::new_local(None),
            underway: StoredValue::default(),
            left_over: StoredValue::new_local(Vec::new()),
            opening: RwSignal::new(None),
        }
    }
}

/// A set of files that is being looked through.
#[derive(Default)]
struct Underway {
    /// Paths that were left over from an earlier drop.
    carried: Vec<String>,
    /// The row of each recording, by its path.
    rows: HashMap<String, u32>,
    looked_at: usize,
    has_opened: bool,
    /// The first row that lacks its sampling rate, its samples, and a rate to offer.
    to_ask: Option<(u32, usize, Option<f64>)>,
}

impl Page {
    pub fn start_reader(self) {
        self.reader.client.set_value(Some(Client::new(move |answer| self.hear_reader(answer))));
    }

    pub fn with_reader<T>(self, ask: impl FnOnce(&Client) -> T) -> Option<T> {
        // Not borrowed while it is asked: an answer may be on its way to somebody who asks again.
        self.reader.client.get_value().as_ref().map(ask)
    }

    /// Has the browser fetch the reader at its leisure.
    pub fn prefetch_reader(self) {
        self.with_reader(Client::prefetch);
    }

    /// Lists the recordings in `files`, opens the first good one, and says what is wrong with the others.
    pub fn open_files(self, files: Vec<Picked>) {
        self.room.leave();
        let problems = self.recordings.problems.get_untracked();
        let mut left_over = self.reader.left_over.try_update_value(std::mem::take).unwrap_or_default();
        left_over.retain(|(path, added, _)| {
            let is_complained_about = problems.iter().any(|problem| problem.file == *path);
            is_complained_about && files.iter().all(|picked| picked.path != added.path)
        });
        let carried = left_over.iter().map(|(path, ..)| path.clone()).collect();
        let earlier = left_over.into_iter().map(|(_, added, file)| (added, file));
        let now = files.into_iter().map(|Picked { path, file }| (Added { path, only: None }, file));
        let files: Vec<_> = earlier.chain(now).collect();
        self.recordings.progress.set(Some((0, files.len())));
        if let Some(set) = self.with_reader(|reader| reader.add(files)) {
            let underway = Underway { carried, ..Underway::default() };
            self.reader.underway.update_value(|all| drop(all.insert(set, underway)));
        }
    }

    /// Reads the recording of row `id` from a file of a set, and opens it; nothing that was to be opened before.
    pub fn read(self, id: u32, set: u32, path: &str, fs: Option<f64>) {
        self.forget_reading();
        let question = self.with_reader(|reader| reader.read(set, path, fs));
        self.reader.opening.set(question.map(|question| (question, id)));
    }

    /// What was to be opened is not wanted any more.
    pub fn forget_reading(self) {
        if let Some((question, _)) = self.reader.opening.get_untracked() {
            self.reader.opening.set(None);
            self.with_reader(|reader| reader.forget(question));
        }
    }

    fn hear_reader(self, answer: FromReader) {
        match answer {
            FromReader::Progress { done, all, .. } => {
                self.recordings.progress.set(Some((done as usize, all as usize)));
            }
            FromReader::Catalog { set, entries, problems } => self.list(set, entries, problems),
            FromReader::Looked { set, findings } => self.note_findings(set, findings),
            FromReader::First { set, path, record } => self.open_first(set, &path, *record),
            FromReader::LookedThrough { set } => self.finish(set),
            FromReader::Read { id, finding, record } => self.open_answer(id, finding, record),
            FromReader::Overview { id, leads, .. } => self.day.hear_overview(id, leads),
            // Of no concern to anybody but the client.
            FromReader::Ready | FromReader::Reading { .. } => {}
        }
    }

    /// Changes what is known of a set that is being looked through.
    fn update<T>(self, set: u32, change: impl FnOnce(&mut Underway) -> T) -> Option<T> {
        self.reader.underway.try_update_value(|all| all.get_mut(&set).map(change)).flatten()
    }

    fn list(self, set: u32, entries: Vec<Listed>, problems: Vec<ReadError>) {
        let recordings = self.recordings;
        let carried = self.update(set, |it| std::mem::take(&mut it.carried)).unwrap_or_default();
        recordings.problems.update(|problems| problems.retain(|problem| !carried.contains(&problem.file)));
        let file = |problem: &ReadError| {
            let (added, file) = self.with_reader(|reader| reader.file(set, &problem.file)).flatten()?;
            Some((problem.file.clone(), added, file))
        };
        self.reader.left_over.set_value(problems.iter().take(MOST_LEFT_OVER).filter_map(file).collect());
        problems.into_iter().for_each(|problem| recordings.complain(problem));

        let paths: Vec<String> = entries.iter().map(|entry| entry.path.clone()).collect();
        if !paths.is_empty() {
            recordings.progress.set(Some((0, paths.len())));
        }
        let labelled: Vec<_> = entries.iter().map(|entry| (entry.name.clone(), entry.label.clone())).collect();
        let rows = recordings.add(set, entries);
        self.offer_set(set, labelled, &rows, &paths);
        let rows = paths.iter().cloned().zip(rows).collect();
        self.update(set, |it| it.rows = rows);
        self.with_reader(|reader| reader.look(set, paths));
    }

    /// Offers to classify the recordings of a drop, where they are more than one.
    fn offer_set(self, set: u32, labelled: Vec<(String, Option<String>)>, rows: &[u32], paths: &[String]) {
        let places = rows.iter().zip(paths);
        let member = |((name, label), (row, path)): ((String, Option<String>), (&u32, &String))| {
            let source = MemberSource::File { row: *row, set, path: path.clone() };
            Member::labelled(name, label.as_deref(), source)
        };
        self.room.offer(TestSet::dropped(labelled.into_iter().zip(places).map(member).collect()));
    }

    /// Marks the recordings that were looked at, and complains about the broken ones.
    fn note_findings(self, set: u32, findings: Vec<(String, Finding)>) {
        let recordings = self.recordings;
        let noted = self.update(set, |it| {
            it.looked_at += findings.len();
            let row = |(path, finding): (String, Finding)| Some((*it.rows.get(&path)?, finding));
            let findings: Vec<(u32, Finding)> = findings.into_iter().filter_map(row).collect();
            let needs_rate = |(row, finding): &(u32, Finding)| match finding {
                Finding::NeedsRate { samples, suggestion, .. } => Some((*row, *samples, *suggestion)),
                _ => None,
            };
            it.to_ask = it.to_ask.or_else(|| findings.iter().find_map(needs_rate));
            (findings, it.looked_at, it.rows.len())
        });
        let Some((findings, done, all)) = noted else { return };
        recordings.note_with(&findings, |row| self.content_of_file(row));
        recordings.progress.set(Some((done, all)));
        for (_, finding) in findings {
            if let Finding::Broken(error) = finding {
                recordings.complain(error);
            }
        }
    }

    /// What tells a recording whose samples nobody has read, or can read: where it lies, and in which file.
    fn content_of_file(self, row: &Row) -> Option<Content> {
        let Source::Files { set, path } = &row.source else { return None };
        let is_unread = matches!(row.finding, Some(Finding::Long { .. } | Finding::Broken(_)));
        let (_, file) = self.with_reader(|reader| reader.file(*set, path)).flatten().filter(|_| is_unread)?;
        Some(Content::of_file(path, file.size(), file.last_modified()))
    }

    /// The first good recording of a set goes on the paper, unless somebody has chosen another meanwhile.
    fn open_first(self, set: u32, path: &str, record: Record) {
        let row = self.update(set, |it| {
            it.has_opened = true;
            it.rows.get(path).copied()
        });
        let row = row.flatten().map(|row| self.recordings.canonical(row));
        if let (Some(row), None) = (row, self.reader.opening.get_untracked()) {
            let finding = self.recordings.row(row).and_then(|row| row.finding);
            self.put_on_sheet(row, finding, record);
        }
    }

    /// If none of a set was good but one lacks only its sampling rate, that is asked for.
    fn finish(self, set: u32) {
        let underway = self.reader.underway.try_update_value(|all| (all.remove(&set), all.is_empty()));
        let Some((underway, is_last)) = underway else { return };
        if is_last {
            self.recordings.progress.set(None);
        }
        if let Some(Underway { has_opened: false, to_ask: Some((row, samples, suggestion)), .. }) = underway {
            // Somebody gave its rate when the same recording was opened before.
            match self.recordings.row(row).is_some_and(|row| row.rate.is_some()) {
                true => self.open_row(row),
                false => self.ask_for_rate(row, samples, suggestion),
            }
        }
    }

    fn open_answer(self, id: u32, finding: Finding, record: Option<Box<Record>>) {
        let Some((finding, record)) = self.unless_read_errand(id, (finding, record)) else { return };
        let Some((_, row)) = self.reader.opening.get_untracked().filter(|(question, _)| *question == id) else {
            return;
        };
        self.reader.opening.set(None);
        self.recordings.note_with(&[(row, finding.clone())], |row| self.content_of_file(row));
        let row = self.recordings.canonical(row);
        match (finding, record) {
            (finding @ (Finding::Good { .. } | Finding::Long { .. }), Some(record)) => {
                self.put_on_sheet(row, Some(finding), *record);
            }
            (Finding::NeedsRate { samples, suggestion, .. }, _) => self.ask_for_rate(row, samples, suggestion),
            (Finding::Broken(error), _) => self.recordings.complain(error),
            (Finding::Good { .. } | Finding::Long { .. }, None) => {}
        }
    }
}
