//! Signal quality: which stretches of a lead hold no electrocardiogram, and why.
//!
//! Each detector looks for one reason, at any sampling rate, and knows nothing of the others:
//!
//! - `missing`: samples that the file does not have.
//! - `flat`: one value, again and again.
//! - `saturated`: held at the converter's limit.
//! - `lead_off`: a jump far larger than a QRS complex, until the level has settled.
//! - `noise`: mains hum or motion in which no beat can be seen.
//!
//! They are made to find what no heart makes, not what is merely noisy: a noisy recording is for the network to call so.
//! The reasons are those of G. D. Clifford, J. Behar, Q. Li, I. Rezek, "Signal quality indices and data fusion for
//! determining clinical acceptability of electrocardiograms", Physiol Meas 33(9):1419–1433, 2012, whose indices of noise
//! are replaced by two limits that ordinary noise does not reach.

mod flat;
mod lead_off;
mod level;
mod missing;
mod noise;
mod saturated;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Why a stretch is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// The file has no samples there.
    Missing,
    /// One value throughout.
    Flat,
    /// Held at the converter's limit.
    Saturated,
    /// An electrode came off: the level jumped, and has not settled.
    LeadOff,
    /// Mains hum or another even tone, and no beat in it.
    Hum,
    /// Motion that hides every beat.
    Motion,
    /// Nothing is wrong with it, but it lies between such stretches and is too short for a rhythm to show.
    TooShort,
}

impl Reason {
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Flat, Self::Saturated, Self::LeadOff, Self::Hum, Self::Motion, Self::TooShort];

    /// Its name in documents that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Flat => "flat",
            Self::Saturated => "saturated",
            Self::LeadOff => "lead off",
            Self::Hum => "hum",
            Self::Motion => "motion",
            Self::TooShort => "too short",
        }
    }
}

/// A stretch of a lead that holds no electrocardiogram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Which samples.
    pub part: Range<usize>,
    pub reason: Reason,
}

/// The stretches of a lead in which there is nothing to read, in order and without overlap. `samples` in mV (NaN where
/// missing), `fs` in Hz. Empty where `fs` is no number above nought. Time is linear in the length.
pub fn unusable(samples: &[f32], fs: f64) -> Vec<Stretch> {
    if !(fs.is_finite() && fs > 0.0) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // The surest first: what they have found, the others neither look at nor call by another name.
    add(&mut found, missing::stretches(samples, fs), Reason::Missing);
    add(&mut found, saturated::stretches(samples, fs), Reason::Saturated);
    add(&mut found, flat::stretches(samples, fs), Reason::Flat);
    let sound = without(samples, &found);
    add(&mut found, lead_off::stretches(&sound, fs), Reason::LeadOff);
    let sound = without(&sound, &found);
    add(&mut found, noise::hum(&sound, fs), Reason::Hum);
    add(&mut found, noise::motion(&sound, fs), Reason::Motion);
    found
}

/// The same samples, missing where [`unusable`]: what is measured.
pub fn usable_samples(samples: &[f32], fs: f64) -> Cow<'_, [f32]> {
    // What is missing is so already.
    let mut stretches = unusable(samples, fs);
    stretches.retain(|stretch| stretch.reason != Reason::Missing);
    without(samples, &stretches)
}

fn without<'a>(samples: &'a [f32], stretches: &[Stretch]) -> Cow<'a, [f32]> {
    if stretches.is_empty() {
        return Cow::Borrowed(samples);
    }
    let mut rest = samples.to_vec();
    stretches.iter().for_each(|stretch| rest[stretch.part.clone()].fill(f32::NAN));
    Cow::Owned(rest)
}

/// Adds the parts of `more` that are not yet found, and keeps the order.
fn add(found: &mut Vec<Stretch>, more: Vec<Range<usize>>, reason: Reason) {
    let known: Vec<Range<usize>> = found.iter().map(|stretch| stretch.part.clone()).collect();
    for part in more {
        let mut start = part.start;
        for taken in known.iter().filter(|taken| taken.start < part.end && taken.end > part.start) {
            if taken.start > start {
                found.push(Stretch { part: start..taken.start, reason });
            }
            start = start.max(taken.end);
        }
        if start < part.end {
            found.push(Stretch { part: start..part.end, reason });
        }
    }
    found.sort_by_key(|stretch| stretch.part.start);
}

/// The runs in which `holds`, of at least `least` samples.
fn runs(len: usize, least: usize, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for index in 0..=len {
        if index < len && holds(index) {
            continue;
        }
        if index - start >= least.max(1) {
            runs.push(start..index);
        }
        start = index + 1;
    }
    runs
}

/// Parts that follow each other within `gap` samples, as one.
fn joined(parts: Vec<Range<usize>>, gap: usize) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.start <= last.end + gap => last.end = last.end.max(part.end),
            _ => joined.push(part),
        }
    }
    joined
}
