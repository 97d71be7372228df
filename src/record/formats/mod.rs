//! The file formats, one file or folder each, and the registry that finds a format by content.
//!
//! A new format is one module with a `pub const FORMAT: Format` and one line in [`FORMATS`]. What can be wrong with its
//! files is an enum in [`super::fault`], which each language of the page puts into words.
//!
//! | format | module | what reads it |
//! | --- | --- | --- |
//! | WFDB | [`wfdb`] | the crate `claxon` for FLAC; the rest by hand, from header(5), signal(5) and annot(5): the crates that read WFDB call themselves unstable and lack FLAC or WebAssembly |
//! | MATLAB 4 to 7 `.mat` | [`matlab`] | the crate `flate2` unpacks; the rest by hand, from "MAT-File Format": the crates read no structs (`matfile`) or panic on damage (`matrw`) |
//! | EDF, EDF+, BDF | [`edf`] | by hand, from the specifications: of the crates, `edf-reader` is from 2019 and `edf-rs` calls itself unstable; neither reads BDF |
//! | ISHNE Holter | [`ishne`] | by hand, from Badilini 1998: no crate was found |
//! | HL7 aECG | [`aecg`] | the crate `quick-xml`; what its elements mean, by hand |
//! | GE MUSE XML | [`muse`] | the crates `quick-xml` and `base64` |
//! | Philips Sierra XML | [`sierra`] | the crates `quick-xml` and `base64`; its compression (XLI) by hand: no crate has its LZW |
//! | JSON | [`json`] | the crate `serde_json`, without its tree of values; which field is what, by hand |
//! | AliveCor / Kardia `.atc` | [`alivecor`] | by hand, from AliveCor's own specification: no crate reads it |
//! | SCP-ECG | [`scp`] | by hand, from EN 1064: no crate reads it |
//! | DICOM waveforms | [`dicom`] | by hand, from PS3.5 and PS3.10: the crates `dicom-object` and `dicom-parser` add 184 and 174 KB (brotli), most of it tables |
//! | CSV and other columns of numbers | [`delimited`] | the crate `csv`; which column is what, by hand |
//! | zip archives and gzip files around any of these | [`super::file_set`] | the crate `flate2` decompresses; the directory by hand: the crate `zip` adds 25 KB |
//!
//! Recordings of over an hour are read in stretches where the format gives any stretch without the rest: WFDB records of
//! one segment with packed samples, EDF and BDF without gaps, ISHNE ([`Format::long`], [`super::long`]). All others are
//! read whole.

pub mod aecg;
pub mod alivecor;
mod bytes;
mod date;
pub mod delimited;
pub mod dicom;
pub mod edf;
pub mod ishne;
pub mod json;
mod lead_code;
mod leads_in_turn;
pub mod matlab;
pub mod muse;
pub mod scp;
pub mod sierra;
mod text;

pub mod wfdb;
mod xml;

use super::file_set::{FileSet, Head};
use super::long::Long;
use super::{Fault, ReadError, Reading};

/// All formats, in the order in which they are tried: those that claim further files first, those that recognise
/// the least last.
pub const FORMATS: &[Format] = &[
    wfdb::FORMAT,
    matlab::FORMAT,
    alivecor::FORMAT,
    scp::FORMAT,
    dicom::FORMAT,
    edf::FORMAT,
    ishne::FORMAT,
    aecg::FORMAT,
    muse::FORMAT,
    sierra::FORMAT,
    json::FORMAT,
    delimited::FORMAT,
];

/// What a format must tell about itself.
#[derive(Debug)]
pub struct Format {
    /// In words, as people call it.
    pub name: &'static str,
    /// Whether a file that begins like this is of this format. By content; the name may only decide between
    /// readings that the content allows.
    pub recognise: fn(&Head) -> bool,
    /// The recording's name and the other files that belong to it, as far as that takes no decoding of samples.
    pub outline: fn(&FileSet, &str) -> Result<Outline, ReadError>,
    /// Reads the recording that the file at this path holds.
    pub read: fn(&FileSet, &str) -> Result<Reading, ReadError>,
    /// What to tell somebody about a file that no format recognises, where this one knows: a signal file without
    /// its header.
    pub hint: fn(&FileSet, &Head) -> Option<Fault>,
    /// Opens the recording without its samples, of which any stretch can then be read; where the format allows it.
    pub long: Option<OpenLong>,
}

/// Opens a recording for reading in stretches; `None` where this one has to be read whole (compressed samples, joined
/// segments).
pub type OpenLong = fn(&FileSet, &str) -> Result<Option<Long>, ReadError>;

/// What is known of a recording before its samples are decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    pub name: String,
    /// Paths of further files that are part of this recording and no recordings of their own.
    pub parts: Vec<String>,
}

impl Outline {
    /// Of a recording that is one file, named after it.
    pub fn of_file(path: &str) -> Self {
        Self { name: super::file_set::stem_of(path).to_string(), parts: Vec::new() }
    }
}

/// The format that recognises a file, if any does.
pub fn recognise(head: &Head) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.recognise)(head))
}

/// Why a file that no format recognises is not read, and what is.
pub fn explain_unknown(files: &FileSet, head: &Head) -> Fault {
    if head.size == 0 {
        return Fault::Empty;
    }
    FORMATS.iter().find_map(|format| (format.hint)(files, head)).unwrap_or_else(|| {
        // Columns of numbers have no name of their own.
        let names = FORMATS.iter().map(|format| format.name).filter(|name| *name != delimited::FORMAT.name);
        Fault::UnknownFormat { known: names.map(str::to_owned).collect() }
    })
}
