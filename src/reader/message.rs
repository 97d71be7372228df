//! The messages between the page and the reader, one enum each way.
//!
//! A message travels as a JavaScript array: first its [postcard](https://docs.rs/postcard) bytes in a transferred
//! `Uint8Array`, then what needs no encoding: `File` objects one way, which are handles and copy nothing, and samples
//! as transferred `Float32Array`s the other way.

use serde::{Deserialize, Serialize};

use crate::record::{FormatError, Reading, Record};

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
    /// The answer to this `Read` is not wanted any more.
    Forget { id: u32 },
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
    Catalog { set: u32, entries: Vec<Listed>, problems: Vec<FormatError> },
    /// What was found at some of the paths in `Look`, in that order.
    Looked { set: u32, findings: Vec<(String, Finding)> },
    /// The first good recording among them; each lead's samples lie beside the message.
    First { set: u32, path: String, record: Box<Record> },
    /// All paths in `Look` have been looked at.
    LookedThrough { set: u32 },
    /// The answer to `Read`; a good recording comes along, each lead's samples beside the message.
    Read { id: u32, finding: Finding, record: Option<Box<Record>> },
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
    /// It can be read; its duration in s and its leads.
    Good { seconds: f64, leads: usize },
    /// It lacks its sampling rate: so many samples in each lead, and a rate in Hz to offer.
    NeedsRate { samples: usize, suggestion: Option<f64> },
    /// It cannot be read; why.
    Broken(FormatError),
}

impl Finding {
    pub fn of(reading: &Result<Reading, FormatError>) -> Self {
        match reading {
            Ok(Reading::Complete(record)) => Self::good(record),
            Ok(Reading::NeedsSamplingRate(unsampled)) => {
                Self::NeedsRate { samples: unsampled.len(), suggestion: unsampled.suggested_fs() }
            }
            Err(error) => Self::Broken(error.clone()),
        }
    }

    pub fn good(record: &Record) -> Self {
        Self::Good { seconds: record.duration(), leads: record.leads.len() }
    }
}
