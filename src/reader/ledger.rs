//! What the reader was asked and has not answered yet, and what to do when it dies: the file it died at is left out
//! and named, and everything else is asked again. No browser in it.

use std::collections::{BTreeMap, VecDeque};

use super::message::{Added, Finding, FromReader, ToReader};
use crate::record::fault::WorkerCause;
use crate::record::{Fault, ReadError};

/// The questions, and the sets of files that they are about; `F` is a handle of a file.
pub struct Ledger<F> {
    sets: BTreeMap<u32, Set<F>>,
    /// Questions about one recording, by their number.
    reads: BTreeMap<u32, ToReader>,
    next: u32,
    /// Whether the present reader has said that it is there.
    is_ready: bool,
    /// The file that it reads.
    reading: Option<(u32, String)>,
}

struct Set<F> {
    files: Vec<(Added, F)>,
    /// Whether the present reader has been given the files.
    is_given: bool,
    /// At these a reader died.
    without: Vec<ReadError>,
    stage: Stage,
}

enum Stage {
    Listing,
    Looking { left: VecDeque<String>, first: bool },
    Done,
}

/// A message for the reader, and the files to put beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Post<F> {
    pub message: ToReader,
    pub files: Vec<F>,
}

/// What follows from a reader's death.
pub struct Aftermath<F> {
    /// Answers in its stead.
    pub answers: Vec<FromReader>,
    /// What a new reader is asked; nothing where none is needed yet.
    pub posts: Vec<Post<F>>,
}

impl<F> Default for Ledger<F> {
    fn default() -> Self {
        Self { sets: BTreeMap::new(), reads: BTreeMap::new(), next: 0, is_ready: false, reading: None }
    }
}

impl<F: Clone> Ledger<F> {
    /// Notes files that were dropped together. The number of the set, and what to post.
    pub fn add(&mut self, files: Vec<(Added, F)>) -> (u32, Vec<Post<F>>) {
        let set = self.number();
        self.sets.insert(set, Set { files, is_given: false, without: Vec::new(), stage: Stage::Listing });
        (set, self.about(set, ToReader::List { set }))
    }

    /// The recordings `paths` of a set are to be looked at, and the first good one is wanted.
    pub fn look(&mut self, set: u32, paths: Vec<String>) -> Vec<Post<F>> {
        if let Some(known) = self.sets.get_mut(&set) {
            known.stage = Stage::Looking { left: paths.iter().cloned().collect(), first: true };
        }
        self.about(set, ToReader::Look { set, paths, first: true })
    }

    /// A recording is to be read. The number of the question, and what to post.
    pub fn read(&mut self, set: u32, path: &str, fs: Option<f64>) -> (u32, Vec<Post<F>>) {
        self.ask(set, |id| ToReader::Read { id, set, path: path.to_owned(), fs })
    }

    /// A stretch of a long recording is to be read: these samples, of one lead or of all.
    pub fn stretch(&mut self, set: u32, path: &str, samples: (u64, u64), lead: Option<u32>) -> (u32, Vec<Post<F>>) {
        self.ask(set, |id| ToReader::Stretch { id, set, path: path.to_owned(), samples, lead })
    }

    /// A long recording is to be looked through, in so many pieces.
    pub fn overview(&mut self, set: u32, path: &str, pieces: u32) -> (u32, Vec<Post<F>>) {
        self.ask(set, |id| ToReader::Overview { id, set, path: path.to_owned(), pieces })
    }

    fn ask(&mut self, set: u32, question: impl FnOnce(u32) -> ToReader) -> (u32, Vec<Post<F>>) {
        let id = self.number();
        let question = question(id);
        self.reads.insert(id, question.clone());
        (id, self.about(set, question))
    }

    /// The answer to `id` is not wanted any more.
    pub fn forget(&mut self, id: u32) -> Vec<Post<F>> {
        let asked = self.reads.remove(&id).is_some();
        Vec::from_iter(asked.then_some(Post { message: ToReader::Forget { id }, files: Vec::new() }))
    }

    /// The dropped file that is at `path`, or the archive that holds it and of which no more than that is wanted.
    pub fn file(&self, set: u32, path: &str) -> Option<(Added, F)> {
        let holds = |file: &Added| path.strip_prefix(file.path.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let files = &self.sets.get(&set)?.files;
        if let Some((_, handle)) = files.iter().find(|(file, _)| file.path == path) {
            return Some((Added { path: path.to_owned(), only: None }, handle.clone()));
        }
        let (archive, handle) = files.iter().find(|(file, _)| holds(file))?;
        Some((Added { path: archive.path.clone(), only: Some(vec![path.to_owned()]) }, handle.clone()))
    }

    /// Notes what the reader says; what of it concerns the page.
    pub fn hear(&mut self, message: FromReader) -> Option<FromReader> {
        match message {
            FromReader::Ready => {
                self.is_ready = true;
                return None;
            }
            FromReader::Reading { set, path } => {
                self.reading = Some((set, path));
                return None;
            }
            FromReader::Progress { .. } => {}
            // Nobody waits for it any more.
            FromReader::Overview { id, .. } if !self.reads.contains_key(&id) => return None,
            FromReader::Overview { .. } => {}
            FromReader::Catalog { set, entries, mut problems } => {
                self.reading = None;
                if let Some(known) = self.sets.get_mut(&set) {
                    known.stage = Stage::Done;
                    problems.extend(known.without.iter().cloned());
                }
                return Some(FromReader::Catalog { set, entries, problems });
            }
            FromReader::Looked { set, ref findings } => {
                if let Some(Stage::Looking { left, .. }) = self.sets.get_mut(&set).map(|known| &mut known.stage) {
                    // Nearly always the first ones.
                    for (path, _) in findings {
                        if let Some(place) = left.iter().position(|it| it == path) {
                            left.remove(place);
                        }
                    }
                }
            }
            FromReader::First { set, .. } => {
                if let Some(Stage::Looking { first, .. }) = self.sets.get_mut(&set).map(|known| &mut known.stage) {
                    *first = false;
                }
            }
            FromReader::LookedThrough { set } => {
                self.reading = None;
                if let Some(known) = self.sets.get_mut(&set) {
                    known.stage = Stage::Done;
                }
            }
            FromReader::Read { id, .. } => {
                self.reading = None;
                // Nobody waits for it any more.
                self.reads.remove(&id)?;
            }
        }
        Some(message)
    }

    /// The reader died, of `cause`. The file that it was reading is given up; or everything that waits, where it
    /// never came up, or died twice in the same way.
    pub fn died(&mut self, cause: &WorkerCause) -> Aftermath<F> {
        let mut answers = Vec::new();
        let blamed = match self.reading.take().filter(|_| self.is_ready) {
            Some((set, path)) => self.blame(set, path, &mut answers),
            None => false,
        };
        if !blamed {
            return self.useless(cause);
        }
        self.is_gone();
        Aftermath { answers, posts: self.again() }
    }

    /// The reader is of no use, for `cause`: everything that waits is given up, until something else is asked.
    pub fn useless(&mut self, cause: &WorkerCause) -> Aftermath<F> {
        let mut answers = Vec::new();
        self.is_gone();
        self.give_up(cause, &mut answers);
        Aftermath { answers, posts: Vec::new() }
    }

    fn is_gone(&mut self) {
        self.is_ready = false;
        self.reading = None;
        self.sets.values_mut().for_each(|set| set.is_given = false);
    }

    /// Gives up what is wanted of the file at `path`; false where nothing is.
    fn blame(&mut self, set: u32, path: String, answers: &mut Vec<FromReader>) -> bool {
        let error = ReadError::new(path.as_str(), Fault::ReaderDied);
        let is_about_it =
            |question: &ToReader| question.about().is_some_and(|(_, its_set, its)| (its_set, its) == (set, &path));
        let asked: Vec<u32> =
            self.reads.iter().filter(|(_, question)| is_about_it(question)).map(|(id, _)| *id).collect();
        for &id in &asked {
            self.reads.remove(&id);
            answers.push(FromReader::Read { id, finding: Finding::Broken(error.clone()), record: None });
        }
        let Some(known) = self.sets.get_mut(&set) else { return !asked.is_empty() };
        if let Stage::Looking { left, .. } = &mut known.stage
            && let Some(place) = left.iter().position(|it| *it == path)
        {
            left.remove(place);
            answers.push(FromReader::Looked { set, findings: vec![(path, Finding::Broken(error))] });
            return true;
        }
        // It died on the way to the recordings: by the file's beginning, or by an archive's directory.
        if asked.is_empty() && known.without.iter().all(|it| it.file != path) {
            known.without.push(error);
            return true;
        }
        !asked.is_empty()
    }

    /// Answers everything that waits with the reason why it is not read.
    fn give_up(&mut self, cause: &WorkerCause, answers: &mut Vec<FromReader>) {
        let unread = |path: &str| ReadError::new(path, Fault::ReaderDoesNotStart { cause: cause.clone() });
        for (id, question) in std::mem::take(&mut self.reads) {
            let error = unread(question.about().map_or("", |(_, _, path)| path));
            answers.push(FromReader::Read { id, finding: Finding::Broken(error), record: None });
        }
        for (&set, known) in &mut self.sets {
            match std::mem::replace(&mut known.stage, Stage::Done) {
                Stage::Listing => {
                    let name = known.files.first().map_or("", |(file, _)| file.path.as_str());
                    let problems = vec![unread(name)];
                    answers.push(FromReader::Catalog { set, entries: Vec::new(), problems });
                }
                Stage::Looking { mut left, .. } => {
                    // The others stay in the list, and can be tried again.
                    let findings = left.pop_front().map(|path| {
                        let error = unread(&path);
                        (path, Finding::Broken(error))
                    });
                    answers.push(FromReader::Looked { set, findings: Vec::from_iter(findings) });
                    answers.push(FromReader::LookedThrough { set });
                }
                Stage::Done => {}
            }
        }
    }

    /// Everything that waits, for a new reader.
    fn again(&mut self) -> Vec<Post<F>> {
        let mut messages: Vec<(u32, ToReader)> = Vec::new();
        for question in self.reads.values() {
            messages.extend(question.about().map(|(_, set, _)| (set, question.clone())));
        }
        for (&set, known) in &self.sets {
            match &known.stage {
                Stage::Listing => messages.push((set, ToReader::List { set })),
                Stage::Looking { left, first } => {
                    messages.push((set, ToReader::Look { set, paths: left.iter().cloned().collect(), first: *first }));
                }
                Stage::Done => {}
            }
        }
        messages.into_iter().flat_map(|(set, message)| self.about(set, message)).collect()
    }

    /// A message about a set, after its files where the reader has not got them.
    fn about(&mut self, set: u32, message: ToReader) -> Vec<Post<F>> {
        let mut posts = Vec::new();
        if let Some(known) = self.sets.get_mut(&set).filter(|known| !known.is_given) {
            known.is_given = true;
            let (added, files) = known.files.iter().cloned().unzip();
            let without = known.without.iter().map(|error| error.file.clone()).collect();
            posts.push(Post { message: ToReader::Add { set, files: added, without }, files });
        }
        posts.push(Post { message, files: Vec::new() });
        posts
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

#[cfg(test)]
mod tests;
