//! What the reader does with long recordings: stretches of them, and a look through them from end to end.

use std::ops::Range;

use super::message::{Finding, FromReader};
use super::work::{TELL_EVERY, Tell, gone};
use crate::record::catalog::{entry_at, open_long};
use crate::record::file_set::FileSet;
use crate::record::long::Long;
use crate::record::{Fault, ReadError, Record};

/// Samples of all leads together that are decoded in one step: some tens of milliseconds' work, 4 MB.
const SAMPLES_A_STEP: u64 = 1 << 20;
/// The longest stretch that is handed out at once, in samples of all leads together: 256 MB. A minute needs a
/// thousandth.
const LONGEST_STRETCH: u64 = 1 << 26;
/// More pieces than any screen has columns are not counted.
const MOST_PIECES: u32 = 1 << 16;

/// The long recording that was asked about last, so that its header is read once and not for every window.
#[derive(Default)]
pub struct LongOnes {
    last: Option<(u32, String, Long)>,
}

impl LongOnes {
    /// The recording at `path`, its files in archives unpacked into memory.
    fn open<'a>(
        &'a mut self,
        set: u32,
        path: &str,
        files: Option<&'a mut FileSet>,
    ) -> Result<(&'a Long, &'a FileSet), ReadError> {
        let files = files.ok_or_else(|| gone(path))?;
        if self.last.as_ref().is_none_or(|(its_set, its, _)| (*its_set, its.as_str()) != (set, path)) {
            self.last = None;
            let entry = entry_at(files, path)?;
            let long = open_long(files, &entry)?.ok_or_else(|| ReadError::new(path, Fault::NotLong))?;
            files.hold(&long.record.provenance.files)?;
            self.last = Some((set, path.to_owned(), long));
        }
        let (_, _, long) = self.last.as_ref().ok_or_else(|| gone(path))?;
        Ok((long, files))
    }

    /// Some samples of a recording, of one lead or of all.
    pub fn stretch(
        &mut self,
        set: u32,
        path: &str,
        files: Option<&mut FileSet>,
        samples: Range<u64>,
        lead: Option<u32>,
    ) -> Result<Record, ReadError> {
        let (long, files) = self.open(set, path, files)?;
        let n_leads = long.record.leads.len() as u64;
        let end = samples.end.min(samples.start.saturating_add(LONGEST_STRETCH / n_leads.max(1)));
        let mut record = long.record_of(files, samples.start..end)?;
        if let Some(lead) = lead {
            record.leads = record.leads.into_iter().skip(lead as usize).take(1).collect();
        }
        if record.is_empty() {
            return Err(ReadError::new(path, Fault::NoSuchStretch));
        }
        Ok(record)
    }
}

/// A long recording that is being looked through.
pub struct Overviewing {
    pub id: u32,
    pub set: u32,
    path: String,
    pieces: u32,
    /// The next piece.
    next: u32,
    /// Pieces that have not been told yet begin with this one.
    first: u32,
    /// Of each lead.
    found: Vec<Vec<(f32, f32)>>,
    told: f64,
}

impl Overviewing {
    pub fn new(id: u32, set: u32, path: String, pieces: u32, now: f64) -> Self {
        let pieces = pieces.clamp(1, MOST_PIECES);
        Self { id, set, path, pieces, next: 0, first: 0, found: Vec::new(), told: now }
    }

    /// Looks at some more of it; false at the end, or where it cannot be read.
    pub fn step(
        &mut self,
        files: Option<&mut FileSet>,
        long_ones: &mut LongOnes,
        clock: fn() -> f64,
        tell: Tell,
    ) -> bool {
        let id = self.id;
        tell(FromReader::Reading { set: self.set, path: self.path.clone() }, Vec::new());
        let finding = match self.look(files, long_ones) {
            Ok(None) => {
                if clock() - self.told > TELL_EVERY {
                    self.told = clock();
                    self.tell_found(tell);
                }
                return true;
            }
            Ok(Some(finding)) => finding,
            Err(error) => Finding::Broken(error),
        };
        self.tell_found(tell);
        tell(FromReader::Read { id, finding, record: None }, Vec::new());
        false
    }

    /// Looks at as many whole pieces as make up one step; the recording's finding at the end.
    fn look(&mut self, files: Option<&mut FileSet>, long_ones: &mut LongOnes) -> Result<Option<Finding>, ReadError> {
        let (long, files) = long_ones.open(self.set, &self.path, files)?;
        let n_leads = long.record.leads.len() as u64;
        let beginning = |piece: u32| (u128::from(long.len) * u128::from(piece) / u128::from(self.pieces)) as u64;
        let piece = (long.len / u64::from(self.pieces)).max(1) * n_leads;
        let end = self.next.saturating_add((SAMPLES_A_STEP / piece).clamp(1, self.pieces.into()) as u32);
        let end = end.min(self.pieces);
        let start = beginning(self.next);
        let leads = long.read(files, start..beginning(end))?;
        self.found.resize(leads.len(), Vec::new());
        for (found, samples) in self.found.iter_mut().zip(&leads) {
            found.extend((self.next..end).map(|piece| {
                let own = (beginning(piece) - start) as usize..(beginning(piece + 1) - start) as usize;
                lowest_and_highest(samples.get(own).unwrap_or_default())
            }));
        }
        self.next = end;
        Ok((end == self.pieces).then(|| Finding::long(long)))
    }

    fn tell_found(&mut self, tell: Tell) {
        let leads = std::mem::take(&mut self.found);
        if leads.iter().any(|pieces| !pieces.is_empty()) {
            tell(FromReader::Overview { id: self.id, first: self.first, leads }, Vec::new());
        }
        self.first = self.next;
    }
}

/// NaN where there are no samples.
fn lowest_and_highest(samples: &[f32]) -> (f32, f32) {
    // `min` and `max` pass over NaN.
    samples.iter().fold((f32::NAN, f32::NAN), |(low, high), &sample| (low.min(sample), high.max(sample)))
}

#[cfg(test)]
mod tests;
