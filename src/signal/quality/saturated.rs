//! Saturation: the converter at its limit.

use std::ops::Range;

use super::flat::is_same;
use super::level::median;

/// At its limit for so long, in s: longer than any wave is flat at its top.
const LEAST_SECONDS: f64 = 0.4;
/// Between two such moments, in s, the amplifier is not itself either.
const BETWEEN_SECONDS: f64 = 1.0;
/// The limit is so far from the usual level, as a share of all between the highest and the lowest: the level of rest of a
/// recording without noise may be its lowest value too.
const AWAY: f32 = 0.25;

/// Where the lead stays at its own highest or lowest value, far from its usual level.
pub fn stretches(samples: &[f32], fs: f64) -> Vec<Range<usize>> {
    let finite = || samples.iter().copied().filter(|sample| sample.is_finite());
    let (low, high) = (finite().fold(f32::INFINITY, f32::min), finite().fold(f32::NEG_INFINITY, f32::max));
    let range = high - low;
    if !(range > 0.0 && range.is_finite()) {
        return Vec::new();
    }
    let step = samples.len() / 20_000 + 1;
    let usual = samples.iter().step_by(step).copied().filter(|value| value.is_finite()).collect();
    let Some(usual) = median(usual) else { return Vec::new() };
    let least = (LEAST_SECONDS * fs).ceil() as usize;
    let mut parts = Vec::new();
    for limit in [low, high] {
        if (limit - usual).abs() >= AWAY * range {
            parts.extend(super::runs(samples.len(), least.max(4), |index| is_same(samples[index], limit)));
        }
    }
    parts.sort_by_key(|part| part.start);
    super::joined(parts, (BETWEEN_SECONDS * fs) as usize)
}
