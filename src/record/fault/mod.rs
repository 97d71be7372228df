//! Why a file could not be read, as a value: what is wrong, with its facts as fields.
//!
//! A [`ReadError`] crosses the reader's worker as it is, and the page says it in its own language
//! (`view::i18n::ReadErrors`). `Display` is the English sentence, which the command line prints.
//!
//! - [`Fault`]: what is wrong with a file; what several formats have in common stands here, the rest by format:
//! - [`archive`], [`text`] (XML, JSON, columns of numbers), [`wfdb`], [`binary`] (MATLAB, EDF, ISHNE, SCP-ECG, DICOM,
//!   AliveCor), [`exports`] (Sierra, HL7 aECG).

pub mod archive;
pub mod binary;
pub mod exports;
pub mod text;
pub mod wfdb;

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use archive::ArchiveFault;
pub use binary::{AliveCorFault, DicomFault, EdfFault, IshneFault, MatlabFault, ScpFault, WaveformPart};
pub use exports::{AecgFault, SierraFault};
pub use text::{ColumnsFault, JsonFault, XmlFault};
pub use wfdb::{SignalFileFault, WfdbFault, WfdbPart};

/// Why a file could not be read. `Display` names the file and goes on with the [`Fault`]'s sentence.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
#[error("{file}: {fault}")]
pub struct ReadError {
    /// The file at fault, as it was named.
    pub file: String,
    pub fault: Fault,
}

impl ReadError {
    pub fn new(file: impl Into<String>, fault: impl Into<Fault>) -> Self {
        Self { file: file.into(), fault: fault.into() }
    }
}

/// Says of which file a fault is.
pub trait InFile<T> {
    fn in_file(self, path: &str) -> Result<T, ReadError>;
}

impl<T, F: Into<Fault>> InFile<T> for Result<T, F> {
    fn in_file(self, path: &str) -> Result<T, ReadError> {
        self.map_err(|fault| ReadError::new(path, fault))
    }
}

/// What is wrong with a file, and what to do about it: a whole sentence each.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum Fault {
    /// It has no bytes.
    #[error("This file is empty; it may not have been copied whole.")]
    Empty,
    /// Larger than is read whole; both in MB.
    #[error("This file has {megabytes} MB; up to {limit} MB can be opened. Cut it, or open a part of it.")]
    TooLarge { megabytes: u64, limit: u64 },
    /// It was never there.
    #[error("This file is not here; drop it too.")]
    NotHere,
    /// It was there once.
    #[error("This file is not here any more; drop it again.")]
    Gone,
    #[error("This file has become shorter since it was opened; drop it again.")]
    BecameShorter,
    /// Its bytes could not be fetched.
    #[error("This file could not be read ({cause}); it may have been moved or locked.")]
    Unreadable { cause: IoCause },
    /// Of none of the `known` formats, which are named as people call them, and no columns of numbers in a text.
    #[error("This is in no format that is read here; these are: {}, CSV or text.", .known.join(", "))]
    UnknownFormat { known: Vec<String> },
    /// Called like a file of this kind, and none.
    #[error("This is no {kind}, or only a piece of one; it may be damaged or cut off.")]
    NotOne { kind: FileKind },
    #[error("This {kind} is damaged or cut off; copy or export it again.")]
    Damaged { kind: FileKind },

    #[error("This recording holds no samples.")]
    NoSamples,
    /// A time line was asked for.
    #[error("This recording is short.")]
    NotLong,
    #[error("This recording has no such stretch.")]
    NoSuchStretch,
    #[error("This {kind} holds no waveform, so there is nothing to show.")]
    NoWaveform { kind: FileKind },
    /// By their places, the leads would be gaps for nearly all of the time.
    #[error("The leads of this {kind} are far apart in time; it is damaged.")]
    FarApart { kind: FileKind },
    #[error("This {kind} gives no sampling rate or no amplitude; it is damaged.")]
    NoRateOrAmplitude { kind: FileKind },
    #[error("It should have {leads} leads, more than any machine records; the file is damaged.")]
    TooManyLeads { leads: usize },
    #[error("Its samples are not of 16 bits (2 bytes) each, which is not read.")]
    Not16Bits,

    /// The worker that reads files came to an end at this one.
    #[error(
        "Reading this file took more memory than there is here, or met with a mistake in this page; it was left out."
    )]
    ReaderDied,
    /// The worker that reads files does not come up.
    #[error(
        "This file was not read, because the part of this page that reads files does not start ({cause}); reload the \
         page and drop the file again."
    )]
    ReaderDoesNotStart { cause: WorkerCause },

    #[error(transparent)]
    Archive(#[from] ArchiveFault),
    #[error(transparent)]
    Xml(#[from] XmlFault),
    #[error(transparent)]
    Json(#[from] JsonFault),
    #[error(transparent)]
    Columns(#[from] ColumnsFault),
    #[error(transparent)]
    Wfdb(#[from] WfdbFault),
    #[error(transparent)]
    Matlab(#[from] MatlabFault),
    #[error(transparent)]
    Edf(#[from] EdfFault),
    #[error(transparent)]
    Ishne(#[from] IshneFault),
    #[error(transparent)]
    Scp(#[from] ScpFault),
    #[error(transparent)]
    Dicom(#[from] DicomFault),
    #[error(transparent)]
    AliveCor(#[from] AliveCorFault),
    #[error(transparent)]
    Sierra(#[from] SierraFault),
    #[error(transparent)]
    Aecg(#[from] AecgFault),
}

/// What a file should be, where several kinds have a fault in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    Matlab,
    Edf,
    ScpEcg,
    Dicom,
    AliveCor,
    Muse,
    Sierra,
    Aecg,
}

impl FileKind {
    pub const ALL: [Self; 8] =
        [Self::Matlab, Self::Edf, Self::ScpEcg, Self::Dicom, Self::AliveCor, Self::Muse, Self::Sierra, Self::Aecg];
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Matlab => "MATLAB file",
            Self::Edf => "EDF or BDF file",
            Self::ScpEcg => "SCP-ECG record",
            Self::Dicom => "DICOM file",
            Self::AliveCor => "AliveCor recording",
            Self::Muse => "MUSE file",
            Self::Sierra => "Sierra ECG",
            Self::Aecg => "annotated ECG",
        })
    }
}

/// Why a file's bytes could not be fetched.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum IoCause {
    #[error("the browser refused it")]
    Refused,
    #[error("it ended too early")]
    EndedEarly,
    #[error("there is not enough memory")]
    OutOfMemory,
    /// In the operating system's own words.
    #[error("{0}")]
    System(String),
}

impl From<&io::Error> for IoCause {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            _ if error.raw_os_error().is_some() => Self::System(error.to_string()),
            // The browser says no more than that.
            io::ErrorKind::PermissionDenied => Self::Refused,
            io::ErrorKind::UnexpectedEof => Self::EndedEarly,
            io::ErrorKind::OutOfMemory => Self::OutOfMemory,
            _ => Self::System(error.to_string()),
        }
    }
}

/// Why a worker does not come up.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum WorkerCause {
    #[error("it belongs to another version of this page")]
    OtherVersion,
    #[error("it could not be loaded")]
    NotLoaded,
    #[error("it broke")]
    Broke,
    #[error("the browser refused it")]
    Refused,
    /// In the browser's own words.
    #[error("{0}")]
    Browser(String),
}

/// The signals that a file holds, as it calls them: for sentences about what is none of an ECG's leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalList {
    pub named: Vec<NamedSignal>,
    /// So many further ones are not named.
    pub more: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedSignal {
    pub name: String,
    /// As the file writes it; `None` where it names none.
    pub unit: Option<String>,
}

impl SignalList {
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.more == 0
    }
}

impl FromIterator<NamedSignal> for SignalList {
    fn from_iter<I: IntoIterator<Item = NamedSignal>>(signals: I) -> Self {
        Self { named: signals.into_iter().collect(), more: 0 }
    }
}

impl fmt::Display for SignalList {
    /// `EEG Fp1-Ref in uV, POL E in uV and 38 more`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, NamedSignal { name, unit }) in self.named.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            match unit {
                Some(unit) => write!(f, "{comma}{name} in {unit}")?,
                None => write!(f, "{comma}{name}")?,
            }
        }
        if self.more > 0 {
            write!(f, " and {} more", self.more)?;
        }
        Ok(())
    }
}
