//! From the sequences of a series to leads in millivolts at one sampling rate.

use std::collections::HashSet;

use super::document::{Sequence, SequenceSet, Series};
use super::time::Moment;
use crate::record::fault::{AecgFault, NamedSignal};
use crate::record::lead_name::{is_other_signal, lead_name, numbered};
use crate::record::lead_set::equalise;
use crate::record::units::{assume_unit, millivolts_per};
use crate::record::{Lead, Remark};

/// More leads than any recorder has.
const MOST_LEADS: usize = 64;

/// A series, put together.
pub struct Assembled {
    pub leads: Vec<Lead>,
    /// In Hz, where the series tells it.
    pub fs: Option<f64>,
    /// When its first sample was taken.
    pub head: Option<Moment>,
}

/// Puts a series together. Sets of sequences that were recorded after each other are placed at their times.
///
/// # Errors
/// Where none of its sequences is a lead.
pub fn assemble(series: &mut Series, remarks: &mut Vec<Remark>) -> Result<Assembled, AecgFault> {
    let longest = series.sets.iter().max_by_key(|set| set.n_samples());
    let increment = longest.and_then(|set| set.increment);
    let mut sets = std::mem::take(&mut series.sets);
    let n_all = sets.len();
    sets.retain(|set| set.increment == increment);
    if sets.len() < n_all {
        remarks.push(Remark::OtherRateSequences);
    }
    let fs = increment.map(|increment| {
        let fs = 1.0 / increment;
        // Increments come rounded: 0.001953 s for 512 Hz.
        if (fs - fs.round()).abs() < 5e-4 * fs { fs.round() } else { fs }
    });
    drop_other_signals(&mut sets, remarks);
    let scales = Scales::of(&sets, remarks);
    let head = sets.iter().filter_map(|set| set.head).reduce(|first, other| match first.until(other) {
        Some(seconds) if seconds < 0.0 => other,
        _ => first,
    });
    let mut leads = match sets.len() {
        0 => return Err(AecgFault::NoLead),
        1 => {
            let sequences = &sets[0].sequences;
            let names = numbered(sequences.iter().map(name_of).collect());
            names
                .into_iter()
                .zip(sequences)
                .map(|(name, s)| Lead { name, samples: scales.samples(s).collect() })
                .collect()
        }
        _ => {
            let starts = starts(&sets, head, fs, remarks);
            if is_mostly_empty(&sets, &starts) {
                return Err(AecgFault::Pieces);
            }
            place(&sets, &starts, &scales, remarks)
        }
    };
    if leads.len() > MOST_LEADS {
        remarks.push(Remark::FirstLeads { leads: leads.len(), shown: MOST_LEADS });
        leads.truncate(MOST_LEADS);
    }
    equalise(&mut leads, remarks);
    Ok(Assembled { leads, fs, head })
}

/// `MDC_ECG_LEAD_AVR`: aVR.
fn name_of(sequence: &Sequence) -> String {
    lead_name(sequence.code.strip_prefix("MDC_ECG_LEAD_").unwrap_or(&sequence.code))
}

fn drop_other_signals(sets: &mut Vec<SequenceSet>, remarks: &mut Vec<Remark>) {
    let mut left: Vec<String> = Vec::new();
    for set in sets.iter_mut() {
        set.sequences.retain(|sequence| {
            let unit = sequence.scale.unit.as_deref();
            let other = unit.is_some_and(|unit| millivolts_per(unit).is_none()) || is_other_signal(&sequence.code);
            if other && left.len() < MOST_LEADS && !left.contains(&sequence.code) {
                left.push(sequence.code.clone());
            }
            !other
        });
    }
    sets.retain(|set| !set.sequences.is_empty());
    if !left.is_empty() {
        let signals = left.into_iter().map(|name| NamedSignal { name, unit: None }).collect();
        remarks.push(Remark::NotEcg { signals });
    }
}

/// Millivolts for sequences that name no unit.
struct Scales {
    assumed: f64,
}

impl Scales {
    fn of(sets: &[SequenceSet], remarks: &mut Vec<Remark>) -> Self {
        let sequences = || sets.iter().flat_map(|set| &set.sequences);
        if sequences().all(|sequence| sequence.scale.unit.is_some()) {
            return Self { assumed: 1.0 };
        }
        let without = sequences().filter(|sequence| sequence.scale.unit.is_none());
        let plain: Vec<Vec<f32>> = without.map(|sequence| Self { assumed: 1.0 }.samples(sequence).collect()).collect();
        let unit = assume_unit(plain.iter().map(Vec::as_slice));
        remarks.push(unit.remark());
        Self { assumed: unit.millivolts }
    }

    fn samples<'a>(&self, sequence: &'a Sequence) -> impl Iterator<Item = f32> + use<'a> {
        let (origin, scale) = (&sequence.origin, &sequence.scale);
        let unit = scale.unit.as_deref().and_then(millivolts_per).unwrap_or(self.assumed);
        let origin_unit = origin.unit.as_deref().and_then(millivolts_per).unwrap_or(unit);
        let (origin, scale) = (origin.value.unwrap_or(0.0) * origin_unit, scale.value.unwrap_or(1.0) * unit);
        sequence.digits.iter().map(move |digits| (origin + scale * f64::from(*digits)) as f32)
    }
}

/// The place of each set's first sample.
fn starts(sets: &[SequenceSet], head: Option<Moment>, fs: Option<f64>, remarks: &mut Vec<Remark>) -> Vec<usize> {
    let n_samples: usize = sets.iter().map(SequenceSet::n_samples).sum();
    let places = sets.iter().map(|set| {
        let place = (head?.until(set.head?)? * fs?).round();
        // Pauses longer than all that was recorded would be mostly emptiness.
        (place <= 2.0 * n_samples as f64).then_some(place as usize)
    });
    if let Some(places) = places.collect::<Option<Vec<usize>>>() {
        return places;
    }
    remarks.push(Remark::OneAfterAnother);
    let mut next = 0;
    let mut after = |set: &SequenceSet| {
        let start = next;
        next += set.n_samples();
        start
    };
    sets.iter().map(&mut after).collect()
}

/// Whether the leads would be empty for most of the time: twelve that are recorded one after another are for eleven
/// twelfths.
fn is_mostly_empty(sets: &[SequenceSet], starts: &[usize]) -> bool {
    let sequences = || sets.iter().flat_map(|set| &set.sequences);
    let codes: HashSet<&str> = sequences().map(|sequence| sequence.code.as_str()).collect();
    let end = sets.iter().zip(starts).map(|(set, start)| start + set.n_samples()).max().unwrap_or(0);
    let n_samples: usize = sequences().map(|sequence| sequence.digits.len()).sum();
    codes.len().saturating_mul(end) > n_samples.saturating_mul(16)
}

/// Leads of several sets at their places; missing where a lead was not recorded. What was recorded twice is shown as
/// it came first.
fn place(sets: &[SequenceSet], starts: &[usize], scales: &Scales, remarks: &mut Vec<Remark>) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    let mut twice = false;
    for (set, &start) in sets.iter().zip(starts) {
        for sequence in &set.sequences {
            let name = name_of(sequence);
            let index = leads.iter().position(|lead| lead.name == name).unwrap_or(leads.len());
            if index == leads.len() {
                if leads.len() > MOST_LEADS {
                    continue;
                }
                leads.push(Lead { name, samples: Vec::new() });
            }
            let samples = &mut leads[index].samples;
            let end = start + sequence.digits.len();
            if samples.len() < end {
                samples.resize(end, f32::NAN);
            }
            for (place, sample) in samples[start..end].iter_mut().zip(scales.samples(sequence)) {
                twice |= !place.is_nan();
                *place = if place.is_nan() { sample } else { *place };
            }
        }
    }
    if twice {
        remarks.push(Remark::RecordedTwice);
    }
    leads
}
