//! What is wrong with WFDB records.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::SignalList;

/// What is wrong with a WFDB record.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum WfdbFault {
    #[error("Its first line is not the record line of a WFDB header (name, number of signals, sampling rate).")]
    NoRecordLine,
    #[error("This WFDB header cannot be understood.")]
    UnclearHeader,
    /// Signals are counted from 1; `line` is shortened.
    #[error("The header's line for signal {signal} cannot be understood: \"{line}\".")]
    UnclearSignalLine { signal: usize, line: String },
    #[error("This header describes no signals; there is nothing to show.")]
    NoSignals,
    #[error("This header describes no signals that are stored in a file.")]
    NothingStored,
    #[error("The header promises {promised} signals and describes {there}; it may be cut off.")]
    FewerSignals { promised: usize, there: usize },
    #[error("The header promises {promised} segments and lists {there}; it may be cut off.")]
    FewerSegments { promised: usize, there: usize },
    /// A signal or annotation file by itself.
    #[error("This looks like {part}, which cannot be read without its header {header}; drop both together.")]
    WithoutHeader { part: WfdbPart, header: String },
    #[error("Its signal file {missing} is missing; drop {header} and {missing} together.")]
    SignalFileMissing { header: String, missing: String },
    /// What is wrong with the signal file called `name`.
    #[error("{name}: {fault}")]
    SignalFile { name: String, fault: SignalFileFault },
    #[error("None of its signals is an ECG in millivolts or another voltage: {signals}.")]
    NoEcg { signals: SignalList },
    /// Samples of each signal.
    #[error(
        "The header {header} promises {promised} samples of each signal, but {file} holds {there}; the file is cut off \
         or belongs to another header."
    )]
    CutOff { header: String, promised: u64, file: String, there: u64 },
    #[error("This recording is too long to be read here.")]
    TooLong,

    #[error("It joins several segments, of which {file} is missing; drop all files of the record together.")]
    SegmentMissing { file: String },
    #[error("It names {file} as a segment, which has segments of its own.")]
    NestedSegments { file: String },
    /// Frames a second.
    #[error(
        "Its segment {segment} has {fs} frames a second where the record has {of_record}; they do not fit together."
    )]
    SegmentRate { segment: String, fs: f64, of_record: f64 },
    #[error("All its segments are empty; there is nothing to show.")]
    EmptySegments,
    #[error(
        "Of the {frames} frames that this header promises nearly all are gaps or repetitions; drop a segment's own \
         header and files instead."
    )]
    MostlyGaps { frames: u64 },
}

/// What is wrong with a signal file.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum SignalFileFault {
    #[error("The header gives its signals different storage formats.")]
    MixedFormats,
    /// A number of signal(5).
    #[error("It is stored in WFDB format {format}, which is not read.")]
    UnknownFormat { format: u16 },
    #[error("The header gives its signals different numbers of samples a frame, which FLAC cannot have.")]
    UnevenFlac,
    #[error("This is no FLAC stream, or only a piece of one; it may be damaged.")]
    NoFlac,
    #[error(
        "It holds {channels} signals of {bits} bits where the header says {promised} of {promised_bits}; it belongs to \
         another header."
    )]
    OtherChannels { channels: usize, bits: u32, promised: usize, promised_bits: u32 },
    #[error("Its FLAC stream is damaged or cut off.")]
    DamagedFlac,
    #[error("Its FLAC stream changes the number of its channels; it is damaged.")]
    FlacChannels,
}

/// A file of a record beside its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WfdbPart {
    Signals,
    Annotations,
}

impl fmt::Display for WfdbPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signals => "a WFDB signal file",
            Self::Annotations => "a WFDB annotation file",
        })
    }
}
