//! A flat line: one value, again and again.

use std::ops::Range;

/// A value that stays for so long, in s, is no electrode's: between beats even a made-up recording without noise rests
/// shorter, and a real heart that pauses leaves noise.
const LEAST_SECONDS: f64 = 2.0;
/// Values that differ by less, relative to their size, are one value that went through arithmetic.
const ROUNDING: f32 = 4.0 * f32::EPSILON;

/// Where the value does not change for long.
pub fn stretches(samples: &[f32], fs: f64) -> Vec<Range<usize>> {
    let least = (LEAST_SECONDS * fs).ceil() as usize;
    let mut parts = Vec::new();
    let mut start = 0;
    for index in 1..=samples.len() {
        // Held against the run's first value: a slow drift is not flat.
        if index < samples.len() && is_same(samples[start], samples[index]) {
            continue;
        }
        if index - start >= least.max(2) && samples[start].is_finite() {
            parts.push(start..index);
        }
        start = index;
    }
    parts
}

/// Whether two samples have one value.
pub fn is_same(a: f32, b: f32) -> bool {
    a == b || (a.is_finite() && b.is_finite() && (a - b).abs() <= ROUNDING * a.abs().max(b.abs()))
}
