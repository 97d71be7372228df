//! The messages between the page and the reader, one enum each way.
//!
//! A message travels as a JavaScript array: first its [postcard](https://docs.rs/postcard) bytes in a transferred
//! `Uint8Array`, then what needs no encoding: `File` objects one way, which are handles and copy nothing, and samples
//! as transferred `Float32Array`s the other way.

use serde::{Deserialize, Serialize};

use crate::record::{ReadError, Reading, Record};

/// From the page to the reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToReader {
    /// Files that were dropped together; their `File` objects lie beside the message in the same order. Paths in
    /// `without` are left out.
    Add { set: u32, files: Vec<Added>, without: Vec<String> },
    /// Find the recordings in a set. Answered by `Catalog`.
    List { set: u32 },
    /// Look at these recordings of a set, one after the other. Answered by `Looked` and in the end by `LookedThrough`;
    /// with `first`, also by `First` for the first good one.
    Look { set: u32, paths: Vec<String>, first: bool },
    /// Read one recording, before looking at others; `fs` in Hz is for a file that does not tell it. Answered by
    /// `Read`.
    Read { id: u32, set: u32, path: String, fs: Option<f64> },
    /// Read a stretch of a long recording: the samples from one index up to another, of one lead or of all. Answered
    /// by `Read`.
    Stretch { id: u32, set: u32, path: String, samples: (u64, u64), lead: Option<u32> },
    /// Look through a long recording from end to end, for so many pieces of equal length. Answered by `Overview` again
    /// and again, and in the end by `Read`, without a record.
    Overview { id: u32, set: u32, path: String, pieces: u32 },
    /// The answer to this `Read`, `Stretch` or `Overview` is not wanted any more.
    Forget { id: u32 },
}

impl ToReader {
    /// Of a question about one recording: its number, the set and the path.
    pub fn about(&self) -> Option<(u32, u32, &str)> {
        match self {
            Self::Read { id, set, path, .. }
            | Self::Stretch { id, set, path, .. }
            | Self::Overview { id, set, path, .. } => Some((*id, *set, path)),
            Self::Add { .. } | Self::List { .. } | Self::Look { .. } | Self::Forget { .. } => None,
        }
    }
}

/// A file that was dropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Added {
    /// Where it lay among the others.
    pub path: String,
    /// Of an archive, only these paths are wanted; all where `None`.
    pub only: Option<Vec<String>>,
}

/// From the reader to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromReader {
    /// It is there, and listens.
    Ready,
    /// This file is the next to be read: the one to name if the reader dies.
    Reading { set: u32, path: String },
    /// So many files of a set have been looked at, before its recordings are known.
    Progress { set: u32, done: u32, all: u32 },
    /// The answer to `List`: the recordings in natural order, and what stood in the way of others.
    Catalog { set: u32, entries: Vec<Listed>, problems: Vec<ReadError> },
    /// What was found at some of the paths in `Look`, in that order.
    Looked { set: u32, findings: Vec<(String, Finding)> },
    /// The first good recording among them; each lead's samples lie beside the message.
    First { set: u32, path: String, record: Box<Record> },
    /// All paths in `Look` have been looked at.
    LookedThrough { set: u32 },
    /// The answer to `Read` or `Stretch`; a good recording comes along, each lead's samples beside the message. A long
    /// one comes without them.
    Read { id: u32, finding: Finding, record: Option<Box<Record>> },
    /// Of some pieces of a long recording, beginning with the one numbered `first`: lowest and highest amplitude in mV,
    /// for each lead. NaN where all samples are missing.
    Overview { id: u32, first: u32, leads: Vec<Vec<(f32, f32)>> },
}

/// A recording in a catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    pub name: String,
    /// The file that stands for it.
    pub path: String,
    /// Its class, in the set's own code, where the set came with a list of labels.
    pub label: Option<String>,
}

/// What was found when a recording was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Finding {
    /// It can be read; its duration in s, its leads, and what tells its content ([`Record::digest`]).
    Good { seconds: f64, leads: usize, digest: u64 },
    /// It is long, and read in stretches; its duration in s, its leads, and the samples in each.
    Long { seconds: f64, leads: usize, samples: u64 },
    /// It lacks its sampling rate: so many samples in each lead, a rate in Hz to offer, and what tells its content.
    NeedsRate { samples: usize, suggestion: Option<f64>, digest: u64 },
    /// It cannot be read; why.
    Broken(ReadError),
}

impl Finding {
    pub fn of(reading: &Result<Reading, ReadError>) -> Self {
        match reading {
            Ok(Reading::Complete(record)) => Self::good(record),
            Ok(Reading::NeedsSamplingRate(unsampled)) => {
                let digest = unsampled.digest();
                Self::NeedsRate { samples: unsampled.len(), suggestion: unsampled.suggested_fs(), digest }
            }
            Err(error) => Self::Broken(error.clone()),
        }
    }

    #[cfg(feature = "read")]
    pub fn long(long: &crate::record::long::Long) -> Self {
        Self::Long { seconds: long.seconds(), leads: long.record.leads.len(), samples: long.len }
    }

    pub fn good(record: &Record) -> Self {
        Self::Good { seconds: record.duration(), leads: record.leads.len(), digest: record.digest() }
    }
}
