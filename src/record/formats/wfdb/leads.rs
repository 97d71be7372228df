//! From digital values to leads in millivolts.

use super::header::{DEFAULT_GAIN, Header, Signal};
use super::source::Source;
use crate::record::fault::{NamedSignal, SignalList, WfdbFault};
use crate::record::file_set::name_of;
use crate::record::lead_name::{is_other_signal, lead_name};
use crate::record::timeline::{drawn_out, is_dense_enough};
use crate::record::units::millivolts_per;
use crate::record::{ReadError, Remark};

/// The signals that are leads of an ECG; what is left out is said in the remarks.
///
/// # Errors
/// Where there are none.
pub fn choose_leads(path: &str, signals: &[Signal], remarks: &mut Vec<Remark>) -> Result<Vec<usize>, ReadError> {
    let named =
        |signal: &Signal| NamedSignal { name: lead_name(&signal.description), unit: Some(signal.units.clone()) };
    let indexed = || signals.iter().enumerate();
    let densest = signals.iter().filter(|signal| is_lead(signal)).map(|signal| signal.samples_per_frame).max();
    let Some(densest) = densest else {
        return Err(ReadError::new(path, WfdbFault::NoEcg { signals: signals.iter().map(named).collect() }));
    };
    let list = |wanted: fn(&Signal, usize) -> bool| -> SignalList {
        signals.iter().filter(|signal| wanted(signal, densest)).map(named).collect()
    };
    let others = list(|signal, _| !is_lead(signal));
    if !others.is_empty() {
        remarks.push(Remark::NotEcg { signals: others });
    }
    let sparse = list(|signal, densest| is_lead(signal) && !is_dense_enough(signal.samples_per_frame, densest));
    if !sparse.is_empty() {
        remarks.push(Remark::Sparse { signals: sparse });
    }
    let is_chosen = |signal: &Signal| is_lead(signal) && is_dense_enough(signal.samples_per_frame, densest);
    Ok(indexed().filter(|(_, signal)| is_chosen(signal)).map(|(index, _)| index).collect())
}

/// Whether a signal is an ECG, by its unit and its description.
pub fn is_lead(signal: &Signal) -> bool {
    millivolts_per(&signal.units).is_some() && !is_other_signal(&signal.description)
}

/// Frames to read: as many as the header promises, or all where it does not say. `signals`: each signal's file and how
/// many frames it holds.
///
/// # Errors
/// Where a signal file holds fewer than promised.
pub fn frame_count<'a>(
    path: &str,
    header: &Header,
    signals: impl Iterator<Item = (&'a str, u64)>,
) -> Result<u64, ReadError> {
    let Some((shortest, there)) = signals.min_by_key(|(_, n_frames)| *n_frames) else {
        return Err(ReadError::new(path, WfdbFault::NothingStored));
    };
    let promised = header.n_frames.unwrap_or(there);
    if promised > there {
        let (header, file) = (name_of(path).to_owned(), name_of(shortest).to_owned());
        return Err(ReadError::new(shortest, WfdbFault::CutOff { header, promised, file, there }));
    }
    Ok(promised)
}

/// The same in memory.
///
/// # Errors
/// As [`frame_count`].
pub fn frames_of(path: &str, header: &Header, sources: &[Option<Source>]) -> Result<usize, ReadError> {
    let signals = sources.iter().flatten().map(|source| (source.path, source.n_frames));
    let promised = frame_count(path, header, signals)?;
    usize::try_from(promised).map_err(|_| ReadError::new(path, WfdbFault::TooLong))
}

/// Notes a gain that was assumed.
pub fn gain_remark(signal: &Signal) -> Option<Remark> {
    let remark = || Remark::AssumedGain { lead: lead_name(&signal.description), gain: DEFAULT_GAIN };
    signal.gain.is_none().then(remark)
}

/// How a signal's digital values become mV; NaN for the value that stands for a missing sample.
pub fn in_millivolts(signal: &Signal, missing: Option<i32>) -> impl Fn(i32) -> f32 + use<> {
    let millivolts = millivolts_per(&signal.units).unwrap_or(1.0) / signal.gain.unwrap_or(DEFAULT_GAIN);
    let baseline = signal.baseline;
    move |digital| match Some(digital) == missing {
        true => f32::NAN,
        false => ((f64::from(digital) - baseline) * millivolts) as f32,
    }
}

/// Notes a gain that was assumed, and a checksum that does not match. A checksum of 0 is what writers leave that
/// compute none (CinC 2017 throughout), so it is not checked.
pub fn check(signal: &Signal, source: &Source, n_frames: usize, remarks: &mut Vec<Remark>) {
    remarks.extend(gain_remark(signal));
    let Some(expected) = signal.checksum.filter(|&sum| sum != 0) else { return };
    let mut sum: i64 = 0;
    source.each(0..n_frames, |digital| sum = sum.wrapping_add(digital.into()));
    if sum.wrapping_sub(expected) & 0xffff != 0 {
        remarks.push(Remark::LeadChecksum { lead: lead_name(&signal.description) });
    }
}

/// A lead's first `n_frames` frames, which the source must have, at `densest` samples a frame, in mV. Its skew is
/// undone: sample 0 of the record is the one that lies as many samples later in the file.
pub fn samples_in_millivolts(signal: &Signal, source: &Source, n_frames: usize, densest: usize) -> Vec<f32> {
    let in_millivolts = in_millivolts(signal, source.missing);
    // What lies beyond the recording's end is not read, as in wfdb-python.
    let frames = signal.skew.min(n_frames)..n_frames;
    let mut samples = Vec::with_capacity(n_frames * signal.samples_per_frame);
    source.each(frames, |digital| samples.push(in_millivolts(digital)));
    samples.resize(n_frames * signal.samples_per_frame, f32::NAN);
    drawn_out(samples, signal.samples_per_frame, densest)
}
