//! Samples that are not there.

use std::ops::Range;

/// Shorter gaps, in s, are bridged before the network reads: a straight line that long looks like rest.
const LEAST_SECONDS: f64 = 0.5;
/// What lies between two gaps and is shorter, in s, belongs to them.
const BETWEEN_SECONDS: f64 = 0.5;

/// Where no sample is finite for long.
pub fn stretches(samples: &[f32], fs: f64) -> Vec<Range<usize>> {
    let least = (LEAST_SECONDS * fs).ceil() as usize;
    let gaps = super::runs(samples.len(), least, |index| !samples[index].is_finite());
    super::joined(gaps, (BETWEEN_SECONDS * fs) as usize)
}
