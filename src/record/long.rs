//! Recordings of hours, of which any stretch is read without the rest: a day of three leads has a quarter of a billion
//! samples, which nobody needs in memory at once.
//!
//! A stretch holds the very numbers that reading the whole recording gives there. What belongs to the whole alone is
//! left out and said: checksums of all samples are not compared.

use std::ops::Range;

use super::file_set::FileSet;
use super::units::{AssumedUnit, assume_unit};
use super::{Annotation, Fault, Lead, ReadError, Record};

/// A recording above this duration, in s, is opened in stretches. An hour: the half hours of the arrhythmia databases
/// are read as a trace is, from one end to the other, and fit into memory many times over (20 MB a lead at 1000 Hz);
/// beyond, there are Holter recordings, of which one wants to know when to look.
pub const LONG_SECONDS: f64 = 3600.0;

/// From the first so many seconds the unit is assumed, where the file names none.
const SECONDS_FOR_UNIT: f64 = 600.0;

/// A recording without its samples, and how to read these.
pub struct Long {
    /// Everything but the samples: its leads are empty.
    pub record: Record,
    /// Samples in each lead.
    pub len: u64,
    stretches: Box<dyn Stretches>,
}

/// What a format knows of one file.
pub trait Stretches {
    /// All leads' samples from one index up to another, in mV; the range lies within the recording.
    ///
    /// # Errors
    /// Where the file cannot be read any more.
    fn read(&self, files: &FileSet, samples: Range<u64>) -> Result<Vec<Vec<f32>>, ReadError>;
}

impl Long {
    pub fn new(record: Record, len: u64, stretches: impl Stretches + 'static) -> Self {
        Self { record, len, stretches: Box::new(stretches) }
    }

    /// Duration in seconds.
    pub fn seconds(&self) -> f64 {
        self.len as f64 / self.record.fs
    }

    /// The samples of each lead from one index up to another, as far as the recording goes, in mV.
    ///
    /// # Errors
    /// Where the file cannot be read any more, or has become shorter.
    pub fn read(&self, files: &FileSet, samples: Range<u64>) -> Result<Vec<Vec<f32>>, ReadError> {
        let end = samples.end.min(self.len);
        let range = samples.start.min(end)..end;
        let wanted = (range.end - range.start) as usize;
        let leads = self.stretches.read(files, range)?;
        match leads.len() == self.record.leads.len() && leads.iter().all(|lead| lead.len() == wanted) {
            true => Ok(leads),
            false => {
                let file = self.record.provenance.files.last().map_or(self.record.name.as_str(), String::as_str);
                Err(ReadError::new(file, Fault::BecameShorter))
            }
        }
    }

    /// A stretch as a recording of its own, with the annotations in it; its start time stays that of the whole.
    ///
    /// # Errors
    /// As [`Long::read`].
    pub fn record_of(&self, files: &FileSet, samples: Range<u64>) -> Result<Record, ReadError> {
        let (from, to) = (samples.start.min(self.len), samples.end.min(self.len));
        let leads = self.read(files, samples)?;
        let Record { name, fs, leads: names, start, annotations, provenance } = &self.record;
        let leads = names.iter().zip(leads).map(|(lead, samples)| Lead { name: lead.name.clone(), samples });
        let (begin, end) = (from as f64 / fs, to as f64 / fs);
        // A day has a hundred thousand beats, so only those are copied that are wanted.
        let marks = annotations.iter().filter(|mark| (begin..end).contains(&mark.time));
        Ok(Record {
            name: name.clone(),
            fs: *fs,
            leads: leads.collect(),
            start: start.clone(),
            annotations: marks.map(|mark| Annotation { time: mark.time - begin, text: mark.text.clone() }).collect(),
            provenance: provenance.clone(),
        })
    }

    /// The unit of the leads that `is_unknown` names by their place, assumed from the recording's beginning.
    pub(super) fn assume_unit(
        &self,
        files: &FileSet,
        is_unknown: impl Fn(usize) -> bool,
    ) -> Result<AssumedUnit, ReadError> {
        let leads = self.read(files, 0..(SECONDS_FOR_UNIT * self.record.fs) as u64)?;
        let unknown = leads.iter().enumerate().filter(|(place, _)| is_unknown(*place));
        Ok(assume_unit(unknown.map(|(_, lead)| lead.as_slice())))
    }
}

/// Of samples that begin at the frame in which `samples` begin: those in `samples`, with `per_frame` in a frame.
pub(super) fn within(frames: Vec<f32>, samples: &Range<u64>, per_frame: u64) -> Vec<f32> {
    let before = (samples.start % per_frame) as usize;
    let wanted = (samples.end - samples.start) as usize;
    let mut frames = frames;
    frames.truncate(before + wanted);
    frames.drain(..before.min(frames.len()));
    frames
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::record::Reading;
    use crate::record::formats::Format;

    fn bits(samples: &[f32]) -> Vec<u32> {
        samples.iter().map(|sample| sample.to_bits()).collect()
    }

    /// Checks that stretches of the recording at `path` hold what reading it whole gives, and gives it back.
    pub fn stretches_agree(format: &Format, files: &FileSet, path: &str) -> Long {
        let Ok(Reading::Complete(whole)) = (format.read)(files, path) else { panic!("{path} cannot be read whole") };
        let long = format.long.expect("stretches")(files, path).expect("a recording").expect("stretches of it");
        assert_eq!(long.len, whole.len() as u64);
        let empty: Vec<Lead> =
            whole.leads.iter().map(|lead| Lead { name: lead.name.clone(), samples: Vec::new() }).collect();
        assert_eq!((&long.record.leads, long.record.fs), (&empty, whole.fs));
        assert_eq!((&long.record.name, &long.record.start), (&whole.name, &whole.start));
        assert_eq!(long.record.provenance.files, whole.provenance.files);
        let len = whole.len();
        let ranges = (0..len).flat_map(|start| [1, 2, 3, 7, 64, len].map(|count| start..(start + count).min(len)));
        for range in ranges {
            let leads = long.read(files, range.start as u64..range.end as u64).unwrap();
            for (lead, expected) in leads.iter().zip(&whole.leads) {
                assert_eq!(bits(lead), bits(&expected.samples[range.clone()]), "{path} {range:?} {}", expected.name);
            }
        }
        assert_eq!(long.read(files, 0..u64::MAX).unwrap()[0].len(), len);
        assert!(long.read(files, u64::MAX - 1..u64::MAX).unwrap()[0].is_empty());
        long
    }
}
