//! What is wrong with files of the binary formats.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::SignalList;

/// What is wrong with a MATLAB file.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum MatlabFault {
    #[error(
        "This file is of MATLAB 7.3 (HDF5), which is not read here; save it again in MATLAB with save('x.mat','-v7') \
         and drop that."
    )]
    Hdf5,
    #[error("This MATLAB file holds no matrix of samples.")]
    NoMatrix,
    /// `there`: numbers in the file.
    #[error(
        "The matrix {name} should have {rows} × {columns} numbers, but the file ends after {there}; it is cut off."
    )]
    CutOff { name: String, rows: usize, columns: usize, there: usize },
    #[error("The matrix {name} has {rows} rows and {columns} columns, which are not leads and samples.")]
    NotLeads { name: String, rows: usize, columns: usize },
    #[error(
        "This MATLAB file would unpack to far more than a recording; save only the signal and its sampling rate in a \
         file."
    )]
    WouldGrow,
}

/// What is wrong with an EDF or BDF file.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum EdfFault {
    #[error("This EDF header cannot be understood; the file may be damaged.")]
    UnclearHeader,
    #[error("The header should describe {signals} signals, but the file ends before; it is cut off.")]
    HeaderCutOff { signals: usize },
    #[error("Its data records have no duration, so that nothing tells the sampling rate.")]
    NoDuration,
    #[error("It holds not one whole data record; it is cut off.")]
    NoRecord,
    #[error("By their times, its records lie so far apart that nearly all would be gaps; it may be damaged.")]
    MostlyGaps,
    #[error("It holds annotations and no signals; there is nothing to show.")]
    NoSignals,
    #[error("None of its signals is labelled as an ECG or in volts: {signals}.")]
    NoEcg { signals: SignalList },
}

/// What is wrong with an ISHNE file.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum IshneFault {
    #[error("These are ISHNE annotations, which are not read; drop the recording itself, its .ecg file.")]
    Annotations,
    #[error("This ISHNE file ends within its header; it is cut off.")]
    HeaderCutOff,
    #[error("The header says that there are {leads} leads, which cannot be; it is damaged.")]
    LeadCount { leads: i16 },
    #[error("This ISHNE file ends before its first samples; it is cut off.")]
    NoSamples,
}

/// What is wrong with an SCP-ECG record.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum ScpFault {
    #[error("This SCP-ECG record does not say which leads it has.")]
    NoLeadDefinition,
    #[error("This SCP-ECG record holds no rhythm data (section 6), only what was made of it.")]
    NoRhythm,
    #[error(
        "This SCP-ECG record is without the reference beat or the beats' places, which its rhythm data depend on; \
         export it again."
    )]
    NoReferenceBeat,
    /// Both in µs.
    #[error(
        "The reference beat of this SCP-ECG record has a sample each {reference} µs, its rhythm data each {rhythm} µs, \
         which do not fit together."
    )]
    Intervals { reference: u16, rhythm: u16 },
}

/// What is wrong with a DICOM file.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum DicomFault {
    #[error("This DICOM file is big-endian, a retired way that is not read here; export it as explicit little endian.")]
    BigEndian,
    #[error("This DICOM file holds no waveform, but an image or a report; drop the file of the ECG itself.")]
    NoWaveform,
    #[error("The waveform of this DICOM file is without its {part}; it is damaged.")]
    Missing { part: WaveformPart },
    #[error("The samples of this DICOM file are sound or of another kind that is no ECG.")]
    NotSamples,
    #[error("This DICOM file holds only an averaged beat, no recording over several beats.")]
    OnlyAverage,
    #[error("None of the waveforms in this DICOM file is an ECG.")]
    NoEcg,
}

/// What a DICOM waveform must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaveformPart {
    SamplingFrequency,
    NumberOfSamples,
    ChannelDefinitions,
}

impl WaveformPart {
    pub const ALL: [Self; 3] = [Self::SamplingFrequency, Self::NumberOfSamples, Self::ChannelDefinitions];
}

impl fmt::Display for WaveformPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SamplingFrequency => "sampling frequency",
            Self::NumberOfSamples => "number of samples",
            Self::ChannelDefinitions => "channel definitions",
        })
    }
}

/// What is wrong with an AliveCor recording.
#[derive(Clone, Copy, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum AliveCorFault {
    #[error("Its format block is missing; the file is damaged or cut off.")]
    NoFormatBlock,
    #[error("Its format block is too short; copy the file again.")]
    ShortFormatBlock,
    #[error("Its samples are not stored as 16-bit numbers, the only way that is known.")]
    OtherCoding,
    #[error("This file holds no ECG; it is damaged or cut off.")]
    NoEcg,
}
