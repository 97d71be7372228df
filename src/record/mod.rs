//! Recordings, and the files they come in.
//!
//! - [`Record`]: what every format is read into: leads in millivolts at one sampling rate.
//! - `file_set`: the files somebody dropped, zip archives opened up; bytes stay where they are until they are read.
//! - `formats`: one file per format, and the registry that finds the format by content.

pub mod formats;

use thiserror::Error;

/// An ECG recording: one or more leads sampled together.
#[derive(Clone, Debug, PartialEq)]
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
}

/// One lead of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// The field's name for it (`I`, `aVR`, `V1`, `MLII`), or the file's own; `ECG` where the file has none.
    pub name: String,
    /// Amplitude in mV; NaN where a sample is missing.
    pub samples: Vec<f32>,
}

/// A mark at one moment of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Seconds from the recording's first sample.
    pub time: f64,
    /// What it says, in the file's own code: `N`, `V`, `(AFIB`.
    pub text: String,
}

/// Where a recording came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// The format in words: `WFDB`, `CSV`, `synthetic`.
    pub format: String,
    /// The files it was read from, as they were named.
    pub files: Vec<String>,
    /// What a reader of the trace should know: a scale that was assumed, a checksum that did not match.
    pub remarks: Vec<String>,
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
pub struct Unsampled(Record);

impl Unsampled {
    /// Wraps a record whose `fs` is not known; whatever `fs` it carries is ignored.
    pub fn new(record: Record) -> Self {
        Self(record)
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Samples in each lead.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The recording at `fs` Hz.
    pub fn at(self, fs: f64) -> Record {
        Record { fs, ..self.0 }
    }
}

/// Why a file could not be read: a sentence for a person, which names the file and says what to do.
#[derive(Clone, Debug, Error, PartialEq)]
#[error("{file}: {reason}")]
pub struct FormatError {
    /// The file at fault, as it was named.
    pub file: String,
    /// A whole sentence: what is wrong, and what to do about it.
    pub reason: String,
}

impl FormatError {
    pub fn new(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), reason: reason.into() }
    }
}
