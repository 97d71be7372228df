//! Recordings, and the files they come in.
//!
//! - [`Record`]: what every format is read into: leads in millivolts at one sampling rate.
//! - [`file_set`]: the files somebody dropped, zip archives opened up; bytes stay where they are until they are read.
//! - [`fault`]: why a file could not be read, as a value.
//! - [`remark`]: what to know of how a recording was read, as a value.
//! - [`catalog`]: which recordings a [`file_set::FileSet`] holds, and reading one of them.
//! - [`long`]: recordings of hours, of which stretches are read without the rest.
//! - [`formats`]: one file or folder per format, and the registry that finds the format by content.
//! - [`mod@reference`]: labels that come with a set of recordings (`REFERENCE.csv`).
//! - [`lead_name`], [`lead_set`], [`units`], [`timeline`]: what the formats share: names of leads, limb leads, millivolts,
//!   one sampling rate.
//!
//! All but the plain types and names stands behind the feature `read`: the page's own module reads no files, its worker for that
//! does.
//!
//! ```
//! use ecg_lens::record::{catalog::{catalog, read}, file_set::FileSet};
//!
//! let mut files = FileSet::default();
//! files.add("beat.hea", b"beat 1 250 2\nbeat.dat 16 200 16 0 0 0 0 II\n".to_vec());
//! files.add("beat.dat", vec![100, 0, 200, 0]);
//! let found = catalog(&files);
//! assert_eq!(found.entries[0].name, "beat");
//! assert!(read(&files, &found.entries[0]).is_ok());
//! ```

#[cfg(feature = "read")]
mod archive;
#[cfg(feature = "read")]
pub mod catalog;
pub mod fault;
#[cfg(feature = "read")]
pub mod file_set;
#[cfg(feature = "read")]
pub mod formats;
pub mod lead_name;
#[cfg(feature = "read")]
pub mod lead_set;
#[cfg(feature = "read")]
pub mod long;
#[cfg(feature = "read")]
mod natural_order;
#[cfg(feature = "read")]
pub mod reference;
pub mod remark;
#[cfg(feature = "read")]
pub mod timeline;
#[cfg(feature = "read")]
pub mod units;

use serde::{Deserialize, Serialize};

pub use fault::{Fault, InFile, ReadError};
pub use remark::Remark;

/// An ECG recording: one or more leads sampled together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The record's name, as people call it: `A00004`, `100`; the file's stem where the file has no name for itself.
    pub name: String,
    /// Sampling rate in Hz, the same for all leads.
    pub fs: f64,
    /// At least one lead; all of one length.
    pub leads: Vec<Lead>,
    /// When the recording began, as the file says it (ISO 8601 where the format allows), if it does.
    pub start: Option<String>,
    /// Marks along the recording: beats, rhythm changes.
    pub annotations: Vec<Annotation>,
    pub provenance: Provenance,
}

impl Record {
    /// The lead that the network reads unless another is chosen: lead I, like the recordings it learned from; else the
    /// first.
    pub fn preferred_lead(&self) -> usize {
        self.leads.iter().position(|lead| lead.name == "I").unwrap_or(0)
    }

    /// Samples in each lead.
    pub fn len(&self) -> usize {
        self.leads.first().map_or(0, |lead| lead.samples.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Duration in seconds.
    pub fn duration(&self) -> f64 {
        self.len() as f64 / self.fs
    }

    /// A number that tells what was recorded from anything else, however its files are called: the leads' names and
    /// samples, the start, the annotations. The sampling rate has no part in it: a file may not tell it.
    pub fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        for lead in &self.leads {
            digest.text(&lead.name);
            lead.samples.iter().for_each(|sample| digest.word(sample.to_bits().into()));
        }
        digest.text(self.start.as_deref().unwrap_or_default());
        for mark in &self.annotations {
            digest.word(mark.time.to_bits());
            digest.text(&mark.text);
        }
        digest.0
    }
}

/// FNV-1a over words of 64 bits instead of bytes, each turned afterwards: quick, and nobody here forges recordings.
struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn word(&mut self, word: u64) {
        // The product reaches upwards only; turned, its upper half reaches the lower one.
        self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    }

    fn text(&mut self, text: &str) {
        self.word(text.len() as u64);
        text.bytes().for_each(|byte| self.word(byte.into()));
    }
}

/// One lead of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// The field's name for it (`I`, `aVR`, `V1`, `MLII`), or the file's own; `ECG` where the file has none.
    pub name: String,
    /// Amplitude in mV; NaN where a sample is missing.
    pub samples: Vec<f32>,
}

/// A mark at one moment of the recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Seconds from the recording's first sample.
    pub time: f64,
    /// What it says, in the file's own code: `N`, `V`, `(AFIB`.
    pub text: String,
}

impl Annotation {
    /// The rhythm that begins here: `AFIB` of `(AFIB`, as WFDB writes it. A bare `(` is the onset of a wave.
    pub fn rhythm(&self) -> Option<&str> {
        self.text.strip_prefix('(').filter(|name| !name.is_empty())
    }
}

/// Where a recording came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The format in words: `WFDB`, `CSV`, `synthetic`.
    pub format: String,
    /// The files it was read from, as they were named.
    pub files: Vec<String>,
    /// What a reader of the trace should know: a scale that was assumed, a checksum that did not match.
    pub remarks: Vec<Remark>,
    /// Made by a model, not taken from a person. Said wherever the recording shows.
    pub synthetic: bool,
}

/// What a file held: a recording, or one that lacks its sampling rate.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    Complete(Record),
    /// The file does not tell its sampling rate; somebody must be asked.
    NeedsSamplingRate(Unsampled),
}

/// A recording whose sampling rate the file does not tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsampled {
    record: Record,
    suggested_fs: Option<f64>,
}

impl Unsampled {
    /// Wraps a record whose `fs` is not known; whatever `fs` it carries is ignored.
    pub fn new(record: Record) -> Self {
        Self { record, suggested_fs: None }
    }

    /// The same, with the sampling rate in Hz that files of this kind usually have.
    pub fn with_suggestion(self, fs: f64) -> Self {
        Self { suggested_fs: Some(fs), ..self }
    }

    /// A sampling rate in Hz to offer when asking, where files of this kind usually have it (300 for a lone `.mat`
    /// of CinC 2017). The file does not say it, so it must not be taken unasked.
    pub fn suggested_fs(&self) -> Option<f64> {
        self.suggested_fs
    }

    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// Samples in each lead.
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// As [`Record::digest`].
    pub fn digest(&self) -> u64 {
        self.record.digest()
    }

    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// The recording at `fs` Hz.
    pub fn at(self, fs: f64) -> Record {
        Record { fs, ..self.record }
    }
}
