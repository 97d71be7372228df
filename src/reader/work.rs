//! What the reader does, one step after the other, so that a question can come between two steps.

use std::collections::{HashMap, VecDeque};

use super::long::{LongOnes, Overviewing};
use super::message::{Added, Finding, FromReader, Listed, ToReader};
use crate::record::catalog::{self, catalog_telling, entry_at};
use crate::record::file_set::{FileSet, source::ByteSource};
use crate::record::long::{LONG_SECONDS, Long};
use crate::record::{Fault, ReadError, Reading, Record, Remark, reference};

/// Larger files are not read whole: their samples would not fit beside them in a module's memory.
const LARGEST_WHOLE: u64 = 512 << 20;
/// Findings and progress are told this often, in ms.
pub(super) const TELL_EVERY: f64 = 100.0;

/// Says something to the page; the samples of the leads go beside a message that holds a record.
pub type Tell<'a> = &'a mut dyn FnMut(FromReader, Vec<Vec<f32>>);

/// The sets of files, and what is still to be done with them.
pub struct Work {
    sets: HashMap<u32, FileSet>,
    adding: VecDeque<Adding>,
    /// Recordings and stretches to read.
    reads: VecDeque<ToReader>,
    /// Long recordings that are looked through.
    overviews: VecDeque<Overviewing>,
    /// Whether the last step was one of an overview.
    has_looked: bool,
    long_ones: LongOnes,
    /// Sets whose recordings are to be found.
    listing: VecDeque<u32>,
    /// The latest set last: somebody waits for that one.
    looking: Vec<Looking>,
    /// Milliseconds from any moment on.
    clock: fn() -> f64,
}

/// Files to take into a set.
struct Adding {
    set: u32,
    files: VecDeque<(Added, Box<dyn ByteSource>)>,
    without: Vec<String>,
    /// Archives of which some paths alone are wanted, with a slash behind, and those paths.
    only: Vec<(String, Vec<String>)>,
}

/// Recordings to look at.
struct Looking {
    set: u32,
    paths: VecDeque<String>,
    first: bool,
    /// Found, and not told yet.
    findings: Vec<(String, Finding)>,
    told: f64,
}

impl Work {
    pub fn new(clock: fn() -> f64) -> Self {
        Self {
            sets: HashMap::new(),
            adding: VecDeque::new(),
            reads: VecDeque::new(),
            overviews: VecDeque::new(),
            has_looked: false,
            long_ones: LongOnes::default(),
            listing: VecDeque::new(),
            looking: Vec::new(),
            clock,
        }
    }

    /// Takes a message with the files beside it; nothing is read yet.
    pub fn take(&mut self, message: ToReader, sources: Vec<Box<dyn ByteSource>>) {
        match message {
            ToReader::Add { set, files, without } => {
                let files = files.into_iter().zip(sources).collect();
                self.adding.push_back(Adding { set, files, without, only: Vec::new() });
            }
            ToReader::List { set } => self.listing.push_back(set),
            ToReader::Look { set, paths, first } => {
                let told = (self.clock)();
                self.looking.push(Looking { set, paths: paths.into(), first, findings: Vec::new(), told });
            }
            ToReader::Read { .. } | ToReader::Stretch { .. } => self.reads.push_back(message),
            ToReader::Overview { id, set, path, pieces } => {
                self.overviews.push_back(Overviewing::new(id, set, path, pieces, (self.clock)()));
            }
            ToReader::Forget { id } => {
                self.reads.retain(|read| read.about().is_none_or(|(its, ..)| its != id));
                self.overviews.retain(|overview| overview.id != id);
            }
        }
    }

    /// Does what is most urgent: files are taken in, then questions answered, then lists made, then recordings looked
    /// at. Long ones are looked through between any two questions, since the windows of a whole day are asked for
    /// without end. False where nothing is left to do.
    pub fn step(&mut self, tell: Tell) -> bool {
        if let Some(adding) = self.adding.front_mut() {
            let files = self.sets.entry(adding.set).or_insert_with(|| FileSet::reading_at_most(LARGEST_WHOLE));
            if !adding.step(files, tell) {
                self.adding.pop_front();
            }
        } else if !self.reads.is_empty() && (self.has_looked || self.overviews.is_empty()) {
            self.has_looked = false;
            if let Some(read) = self.reads.pop_front() {
                self.answer(read, tell);
            }
        } else if !self.reads.is_empty() {
            self.look_through(tell);
        } else if let Some(set) = self.listing.pop_front() {
            list(set, self.sets.get(&set), self.clock, tell);
        } else if let Some(looking) = self.looking.last_mut() {
            if !looking.step(self.sets.get(&looking.set), self.clock, tell) {
                self.looking.pop();
            }
        } else if !self.overviews.is_empty() {
            self.look_through(tell);
        } else {
            return false;
        }
        true
    }

    /// Looks at some more of the long recording that is being looked through.
    fn look_through(&mut self, tell: Tell) {
        self.has_looked = true;
        if let Some(overview) = self.overviews.front_mut() {
            let files = self.sets.get_mut(&overview.set);
            if !overview.step(files, &mut self.long_ones, self.clock, tell) {
                self.overviews.pop_front();
            }
        }
    }

    /// Reads a recording or a stretch of one.
    fn answer(&mut self, question: ToReader, tell: Tell) {
        let Some((id, set, path)) = question.about() else { return };
        tell(FromReader::Reading { set, path: path.to_owned() }, Vec::new());
        let (finding, record, samples) = match question {
            ToReader::Stretch { samples: (from, to), lead, .. } => {
                let read = self.long_ones.stretch(set, path, self.sets.get_mut(&set), from..to, lead);
                let read = read.map(Reading::Complete);
                let finding = Finding::of(&read);
                let (record, samples) = apart(read);
                (finding, record, samples)
            }
            ToReader::Read { fs, .. } => told_of(read_at(self.sets.get(&set), path, fs)),
            _ => return,
        };
        tell(FromReader::Read { id, finding, record }, samples);
    }
}

impl Adding {
    /// Takes in one file; false where all have been.
    fn step(&mut self, files: &mut FileSet, tell: Tell) -> bool {
        let Some((file, source)) = self.files.pop_front() else {
            let unwanted = |path: &str| {
                let of_archive = |(archive, _): &&(String, Vec<String>)| path.starts_with(archive.as_str());
                let mut chosen = self.only.iter().filter(of_archive).map(|(_, only)| only).peekable();
                let is_among_them = chosen.peek().is_none() || chosen.flatten().any(|it| it == path);
                !is_among_them || self.without.iter().any(|it| it == path)
            };
            if !(self.without.is_empty() && self.only.is_empty()) {
                files.retain(|path| !unwanted(path));
            }
            return false;
        };
        if !self.without.contains(&file.path) {
            tell(FromReader::Reading { set: self.set, path: file.path.clone() }, Vec::new());
            self.only.extend(file.only.map(|only| (format!("{}/", file.path), only)));
            files.add_source(file.path, source);
        }
        true
    }
}

impl Looking {
    /// Looks at one recording; false where all have been.
    fn step(&mut self, files: Option<&FileSet>, clock: fn() -> f64, tell: Tell) -> bool {
        let set = self.set;
        let Some(path) = self.paths.pop_front() else {
            self.tell_findings(tell);
            tell(FromReader::LookedThrough { set }, Vec::new());
            return false;
        };
        tell(FromReader::Reading { set, path: path.clone() }, Vec::new());
        let (finding, record, samples) = told_of(read_at(files, &path, None));
        self.findings.push((path.clone(), finding));
        if self.first
            && let Some(record) = record
        {
            self.first = false;
            self.tell_findings(tell);
            tell(FromReader::First { set, path, record }, samples);
        }
        if clock() - self.told > TELL_EVERY {
            self.told = clock();
            self.tell_findings(tell);
        }
        true
    }

    fn tell_findings(&mut self, tell: Tell) {
        if !self.findings.is_empty() {
            tell(FromReader::Looked { set: self.set, findings: std::mem::take(&mut self.findings) }, Vec::new());
        }
    }
}

/// Tells the recordings in a set, and on the way how many of its files have been looked at.
fn list(set: u32, files: Option<&FileSet>, clock: fn() -> f64, tell: Tell) {
    let nothing = FileSet::default();
    let files = files.unwrap_or(&nothing);
    let (mut done, mut told) = (0, clock());
    let found = catalog_telling(files, |path| {
        tell(FromReader::Reading { set, path: path.to_owned() }, Vec::new());
        if clock() - told > TELL_EVERY {
            told = clock();
            tell(FromReader::Progress { set, done, all: files.len() as u32 }, Vec::new());
        }
        done += 1;
    });
    let labels = reference::read(files).unwrap_or_default();
    let listed = |entry: catalog::Entry| Listed {
        label: labels.get(&entry.name).map(str::to_owned),
        name: entry.name,
        path: entry.path,
    };
    let entries = found.entries.into_iter().map(listed).collect();
    tell(FromReader::Catalog { set, entries, problems: found.problems }, Vec::new());
}

/// A recording that was read, or a long one that was only opened.
enum Opened {
    Whole(Reading),
    Long(Long),
}

/// Reads the recording at `path`; the rate `fs` is taken where the file tells none. A long one, of which stretches can
/// be read, is only opened.
fn read_at(files: Option<&FileSet>, path: &str, fs: Option<f64>) -> Result<Opened, ReadError> {
    let files = files.ok_or_else(|| gone(path))?;
    let entry = entry_at(files, path)?;
    if let Some(long) = catalog::open_long(files, &entry)? {
        return Ok(Opened::Long(long));
    }
    Ok(Opened::Whole(match (catalog::read(files, &entry)?, fs) {
        (Reading::NeedsSamplingRate(unsampled), Some(fs)) => Reading::Complete(read_whole(unsampled.at(fs))),
        (Reading::Complete(record), _) => Reading::Complete(read_whole(record)),
        (reading, _) => reading,
    }))
}

/// Says of a long recording that it was read whole, and what would show its day.
fn read_whole(mut record: Record) -> Record {
    if record.duration() > LONG_SECONDS {
        record.provenance.remarks.push(Remark::LongReadWhole);
    }
    record
}

/// That a file went away.
pub(super) fn gone(path: &str) -> ReadError {
    ReadError::new(path, Fault::Gone)
}

/// What is told of a recording, and its samples.
fn told_of(opened: Result<Opened, ReadError>) -> (Finding, Option<Box<Record>>, Vec<Vec<f32>>) {
    let reading = match opened {
        Ok(Opened::Long(long)) => return (Finding::long(&long), Some(Box::new(long.record)), Vec::new()),
        Ok(Opened::Whole(reading)) => Ok(reading),
        Err(error) => Err(error),
    };
    let finding = Finding::of(&reading);
    let (record, samples) = apart(reading);
    (finding, record, samples)
}

/// A record without its samples, and these; nothing where it was not read or is not complete.
fn apart(reading: Result<Reading, ReadError>) -> (Option<Box<Record>>, Vec<Vec<f32>>) {
    match reading {
        Ok(Reading::Complete(mut record)) => {
            let samples = record.leads.iter_mut().map(|lead| std::mem::take(&mut lead.samples)).collect();
            (Some(Box::new(record)), samples)
        }
        _ => (None, Vec::new()),
    }
}

#[cfg(test)]
mod tests;
