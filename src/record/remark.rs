//! What a reader of the trace should know of how a recording was read, as a value: what was assumed, left out, or does
//! not match. The page says it in its own language (`view::i18n::Remarks`); `Display` is the English sentence.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::fault::SignalList;

/// Something worth knowing about a recording: a whole sentence each.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum Remark {
    // Units and scales.
    #[error("The file does not say in which unit its amplitudes are; {unit} were assumed from how large they are.")]
    AssumedUnit { unit: VoltageUnit },
    /// Microvolts in one unit of the samples.
    #[error("The file does not say its resolution; {microvolts} µV were assumed.")]
    AssumedResolution { microvolts: f64 },
    /// ADC units in a millivolt.
    #[error("The file does not say its scale; {gain} ADC units per mV were assumed.")]
    AssumedScale { gain: f64 },
    /// The same of one lead, by the specification of WFDB.
    #[error("{lead} is not calibrated; WFDB's {gain} ADC units per mV were assumed.")]
    AssumedGain { lead: String, gain: f64 },
    #[error("Digital values were scaled by the sensor's data sheet: the whole range is ±1.5 mV.")]
    SensorScale,

    // What is not shown.
    #[error("Signals that are no ECG were left out: {signals}.")]
    NotEcg { signals: SignalList },
    #[error("Signals with far fewer samples than the others were left out: {signals}.")]
    Sparse { signals: SignalList },
    #[error("Signals that are no ECG, or have far fewer samples, were left out: {signals}.")]
    NotEcgOrSparse { signals: SignalList },
    #[error("Columns that are no ECG were left out: {}.", .names.join(", "))]
    OtherColumns { names: Vec<String> },
    #[error("None of its signals is labelled as an ECG; all that are in volts are shown.")]
    NoneLabelled,
    #[error("No field is called an ECG; the longest list of numbers was taken for it.")]
    NoneCalledEcg,
    /// In Hz.
    #[error("Waveforms of another sampling rate than {fs} Hz were left out.")]
    OtherRates { fs: f64 },
    #[error("Sequences of another sampling rate than the longest are not shown.")]
    OtherRateSequences,
    #[error("It has {leads} leads, of which the first {shown} are shown.")]
    FirstLeads { leads: usize, shown: usize },
    #[error("The file holds {count} recordings; the longest is shown.")]
    SeveralRecordings { count: usize },
    #[error("The file holds {count} series; the longest rhythm is shown.")]
    SeveralSeries { count: usize },
    #[error("The file holds no rhythm, only the beat averaged from one (Median); that is shown.")]
    OnlyMedian,
    /// `kind`: in the file's own words.
    #[error("The file holds no rhythm, only what was calculated from one ({kind}); that is shown.")]
    OnlyDerived { kind: String },
    #[error("This recording is long; its annotations were not read.")]
    AnnotationsNotRead,

    // Leads.
    /// In Hz.
    #[error(
        "Leads of a lower sampling rate were brought to {fs} Hz, drawn along straight lines: {}.",
        .leads.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    DrawnOut { fs: f64, leads: Vec<LeadRate> },
    #[error("Shorter than the other leads, the rest shown as missing: {}.", .leads.join(", "))]
    ShorterLeads { leads: Vec<String> },
    #[error("Leads that end early, the rest shown as missing: {}.", .leads.join(", "))]
    EarlyLeads { leads: Vec<String> },
    #[error("The lead {lead} is empty and was left out.")]
    EmptyLead { lead: String },
    #[error("Calculated from I and II, as the file does not hold them: {}.", .leads.join(", "))]
    CalculatedLeads { leads: Vec<String> },
    #[error("The machine notes that the electrode of {lead} was off.")]
    ElectrodeOff { lead: String },
    #[error("Each row was taken for a lead, since they are few and long.")]
    RowsAreLeads,
    /// In Hz for the mains.
    #[error("Filtered by the recorder: {filters}.")]
    Filtered { filters: Filters },
    /// In s from the first sample.
    #[error("From {seconds:.1} s on, all leads show the machine's calibration pulse of 1 mV, which is no ECG.")]
    CalibrationPulse { seconds: f64 },

    // Time.
    #[error("{}", interrupted(*.times))]
    Interrupted { times: usize },
    #[error("Of {records} data records the time is missing or out of order; they were taken to follow the one before.")]
    DoubtfulTimes { records: usize },
    #[error("{empty} of the {all} segments hold no samples; they show as gaps.")]
    EmptySegments { empty: usize, all: usize },
    #[error("Its sequences of samples are shown one after another, without the time between them.")]
    OneAfterAnother,
    #[error("Some of its samples were recorded twice; those that come first are shown.")]
    RecordedTwice,
    #[error("The time column is uneven; even steps of its average were assumed.")]
    UnevenTime,
    /// Both in Hz.
    #[error("The file states {stated} Hz, its time column runs at {measured:.2} Hz; the time column was believed.")]
    OtherRateByTime { stated: f64, measured: f64 },
    #[error("The first column rises steadily and was taken for the time.")]
    FirstColumnIsTime,
    #[error("The first row rises steadily and was taken for the time.")]
    FirstRowIsTime,
    #[error("The time column leaves out {samples} samples, which are shown as missing.")]
    TimeGaps { samples: usize },
    #[error("The time column leaves out more than the file holds; the pauses are not shown.")]
    PausesNotShown,
    #[error(
        "This recording is over an hour long and was read whole; a time line of the day is there for WFDB records of \
         packed samples in one segment, for EDF and BDF without gaps, and for ISHNE files."
    )]
    LongReadWhole,

    // Damage, and what does not match.
    #[error("The file ends before the recording does; what is missing was left out.")]
    EndsEarly,
    #[error("The file's end is missing or damaged; what stood there was left out.")]
    DamagedEnd,
    #[error("The annotation file {file} is cut off or in another format; it was read as far as it goes.")]
    DamagedAnnotations { file: String },
    #[error("The record's checksum does not match; its data may be damaged.")]
    RecordChecksum,
    #[error("The checksum of the header does not match; lead names and scales may be damaged.")]
    HeaderChecksum,
    #[error("The checksum of {lead} does not match; its samples may be damaged.")]
    LeadChecksum { lead: String },
    #[error("The checksum of the block \"{block}\" does not match; its data may be damaged.")]
    BlockChecksum { block: String },
    #[error("Its leads should have {stated} samples, but one has {there}.")]
    FewerSamples { stated: usize, there: usize },
    #[error("{lead} should have {stated} samples and has {there}.")]
    LeadSamples { lead: String, stated: usize, there: usize },
    #[error("The header promises {promised} samples of each lead, but the file holds {there}, which were read.")]
    OtherSampleCount { promised: u64, there: u64 },
    #[error("The header promises {promised} data records, but the file holds {there}, which were read.")]
    OtherRecordCount { promised: u64, there: u64 },
    #[error(
        "The header leaves open how many data records there are, as if the recording was not ended; the {there} that \
         are there were read."
    )]
    OpenRecordCount { there: u64 },

    #[error("Made by a mathematical model of the ECG, not taken from a person.")]
    Synthetic,
}

fn interrupted(times: usize) -> String {
    match times {
        1 => "The recording was interrupted once; the trace has a gap there.".to_owned(),
        _ => format!("The recording was interrupted {times} times; the trace has gaps there."),
    }
}

/// A unit of voltage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VoltageUnit {
    Volts,
    Millivolts,
    Microvolts,
}

impl VoltageUnit {
    pub const ALL: [Self; 3] = [Self::Volts, Self::Millivolts, Self::Microvolts];
}

impl fmt::Display for VoltageUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Volts => "volts",
            Self::Millivolts => "millivolts",
            Self::Microvolts => "microvolts",
        })
    }
}

/// A lead and the sampling rate, in Hz, that it has in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeadRate {
    pub lead: String,
    pub fs: f64,
}

impl fmt::Display for LeadRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} Hz)", self.lead, self.fs)
    }
}

/// What a recorder did to its samples before it stored them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// Against hum of so many Hz.
    pub mains: Option<u8>,
    /// Against a wandering baseline.
    pub baseline: bool,
    /// AliveCor's "enhanced" filter.
    pub enhanced: bool,
}

impl fmt::Display for Filters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            self.mains.map(|hertz| format!("{hertz} Hz mains")),
            self.baseline.then(|| "baseline".to_owned()),
            self.enhanced.then(|| "AliveCor's enhanced filter".to_owned()),
        ];
        f.write_str(&names.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// All remarks in English.
#[cfg(test)]
pub fn joined(remarks: &[Remark]) -> String {
    remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
