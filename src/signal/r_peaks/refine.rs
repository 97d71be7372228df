//! From a QRS complex to its R peak.

use super::envelope::Candidate;

/// How far from the complex' middle its peak may lie, in s: not as far as P and T waves.
const REACH_SECONDS: f64 = 0.1;
/// The level on either side is the median from there to this far, in s.
const LEVEL_SECONDS: f64 = 0.2;
/// R peaks closer than this, in s, are one.
const CLOSEST_SECONDS: f64 = 0.15;
/// A deflection so many times as large as that to the other side is the peak, whatever the beats before it did.
const CLEARLY: f32 = 1.5;
/// By how much of itself the memory of polarity fades with each beat.
const FADING: f32 = 0.1;

/// The sample of each complex' peak: the larger of its two deflections from the straight line between the levels before
/// and after it, which takes wander and steps away.
///
/// Where they are about equal, the one to the side to which the beats before it went, so that RR intervals are measured
/// between like points.
pub fn peaks(samples: &[f32], fs: f64, complexes: &[Candidate]) -> Vec<usize> {
    let reach = |seconds: f64| (seconds * fs).round() as usize;
    let mut found: Vec<(usize, f64)> = Vec::with_capacity(complexes.len());
    // From −1 where beats go down to 1 where they go up.
    let mut polarity = 0.0f32;
    for complex in complexes {
        let middle = (complex.time * fs).round().max(0.0) as usize;
        let line = Line::around(samples, middle, reach(REACH_SECONDS), reach(LEVEL_SECONDS));
        let Some((up, down)) = line.and_then(|line| extremes(samples, middle, reach(REACH_SECONDS), line)) else {
            continue;
        };
        let ((up, rise), (down, fall)) = (up, (down.0, -down.1));
        let upright = if rise > CLEARLY * fall {
            true
        } else if fall > CLEARLY * rise {
            false
        } else if polarity != 0.0 {
            polarity > 0.0
        } else {
            rise >= fall
        };
        polarity += FADING * ((rise - fall) / (rise + fall).max(f32::MIN_POSITIVE) - polarity);
        let peak = if upright { up } else { down };
        if peak == 0 || peak + 1 == samples.len() {
            // A recording may begin or end in the middle of a complex, or with a jump.
            continue;
        }
        match found.last_mut() {
            Some((last, height)) if peak < *last + reach(CLOSEST_SECONDS) => {
                if complex.height > *height {
                    // Of two complexes in doubt the later may have the earlier peak: order is kept.
                    (*last, *height) = (peak.max(*last), complex.height);
                }
            }
            _ => found.push((peak, complex.height)),
        }
    }
    found.into_iter().map(|(peak, _)| peak).collect()
}

fn around(samples: &[f32], middle: usize, reach: usize) -> std::ops::Range<usize> {
    let end = (middle + reach + 1).min(samples.len());
    middle.saturating_sub(reach).min(end)..end
}

/// The level of the trace around a complex.
#[derive(Clone, Copy)]
struct Line {
    middle: f32,
    /// By sample.
    slope: f32,
    centre: usize,
}

impl Line {
    /// Through the medians from `near` to `far` samples before and after `centre`; level where one is missing.
    fn around(samples: &[f32], centre: usize, near: usize, far: usize) -> Option<Self> {
        let before = centre.saturating_sub(far).min(samples.len())..centre.saturating_sub(near).min(samples.len());
        let after = (centre + near).min(samples.len())..(centre + far).min(samples.len());
        match (median(&samples[before]), median(&samples[after])) {
            (Some(before), Some(after)) => {
                Some(Self { middle: (before + after) / 2.0, slope: (after - before) / (near + far) as f32, centre })
            }
            (before, after) => before.or(after).map(|middle| Self { middle, slope: 0.0, centre }),
        }
    }

    fn at(&self, index: usize) -> f32 {
        self.middle + self.slope * (index as f64 - self.centre as f64) as f32
    }
}

fn median(samples: &[f32]) -> Option<f32> {
    let mut finite: Vec<f32> = samples.iter().copied().filter(|sample| sample.is_finite()).collect();
    let half = finite.len() / 2;
    (!finite.is_empty()).then(|| *finite.select_nth_unstable_by(half, f32::total_cmp).1)
}

/// The samples furthest above and below the line around `middle`, and how far; the first of equals.
fn extremes(samples: &[f32], middle: usize, reach: usize, line: Line) -> Option<((usize, f32), (usize, f32))> {
    let mut found = None;
    for index in around(samples, middle, reach).filter(|&index| samples[index].is_finite()) {
        let height = samples[index] - line.at(index);
        let (up, down) = found.get_or_insert(((index, height), (index, height)));
        if height > up.1 {
            *up = (index, height);
        }
        if height < down.1 {
            *down = (index, height);
        }
    }
    found
}
