//! Noise in which no beat can be seen. The limits are far above what a noisy recording has: that is a class of the
//! network's, and not for these to decide.

use std::ops::Range;

use super::level::{Blocks, median, usual_range};

/// Blocks that are judged, in s: each holds a beat.
const BLOCK_SECONDS: f64 = 1.5;
/// Blocks in a row.
const LEAST_BLOCKS: usize = 2;
/// Motion covers so many times what the lead usually covers in 2 s, and at least so many mV.
const MOTION_RANGES: f32 = 20.0;
const MOTION_MV: f32 = 10.0;
/// Hum is so high, in mV from trough to peak, and so many times as high as usual.
const HUM_MV: f32 = 0.3;
const HUM_RANGES: f32 = 3.0;
/// Without it so little is left, in mV and as a share of what the lead usually has.
const LEFT_MV: f32 = 0.05;
const LEFT: f32 = 0.1;

/// Motion: many times as high as everything else, for several beats.
pub fn motion(samples: &[f32], fs: f64) -> Vec<Range<usize>> {
    let Some(usual) = usual_range(samples, fs) else { return Vec::new() };
    let limit = (MOTION_RANGES * usual).max(MOTION_MV);
    let blocks = Blocks::of(samples, fs, BLOCK_SECONDS);
    in_samples(&blocks, samples.len(), |block| blocks.ranges[block] > limit)
}

/// Mains hum where nothing else is: smoothed over a period of 50 and one of 60 Hz, the line is all but straight.
pub fn hum(samples: &[f32], fs: f64) -> Vec<Range<usize>> {
    // Below twice the mains' own rate there is none to be seen.
    if fs < 130.0 {
        return Vec::new();
    }
    let smooth = smoothed(&smoothed(samples, fs / 50.0), fs / 60.0);
    let left = Blocks::of(&smooth, fs, BLOCK_SECONDS);
    let rest: Vec<f32> = samples.iter().zip(&smooth).map(|(sample, smooth)| sample - smooth).collect();
    let hum = Blocks::of(&rest, fs, BLOCK_SECONDS);
    let (Some(usual_left), Some(usual_hum)) = (left.usual_range(), median_range(&hum)) else { return Vec::new() };
    let is_hum = |block: usize| {
        hum.ranges[block] > HUM_MV.max(HUM_RANGES * usual_hum) && left.ranges[block] < LEFT_MV.min(LEFT * usual_left)
    };
    in_samples(&hum, samples.len(), is_hum)
}

fn median_range(blocks: &Blocks) -> Option<f32> {
    median(blocks.ranges.iter().copied().filter(|range| range.is_finite()).collect())
}

fn in_samples(blocks: &Blocks, len: usize, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let runs = super::runs(blocks.ranges.len(), LEAST_BLOCKS, holds);
    runs.into_iter().map(|run| run.start * blocks.len..(run.end * blocks.len).min(len)).collect()
}

/// The mean over `width` samples around each, in fractions of one; missing where one of them is.
fn smoothed(samples: &[f32], width: f64) -> Vec<f32> {
    let half = ((width - 1.0) / 2.0).max(0.0);
    let whole = half.floor() as usize;
    let share = half - half.floor();
    let mut sums = vec![0.0f64; samples.len() + 1];
    let mut holes = vec![0usize; samples.len() + 1];
    for (index, sample) in samples.iter().enumerate() {
        let is_there = sample.is_finite();
        sums[index + 1] = sums[index] + if is_there { f64::from(*sample) } else { 0.0 };
        holes[index + 1] = holes[index] + usize::from(!is_there);
    }
    let at = |index: Option<usize>| index.and_then(|it| samples.get(it)).map(|value| f64::from(*value));
    (0..samples.len())
        .map(|index| {
            let (start, end) = (index.saturating_sub(whole), (index + whole + 1).min(samples.len()));
            if holes[end] > holes[start] {
                return f32::NAN;
            }
            let (mut sum, mut weight) = (sums[end] - sums[start], (end - start) as f64);
            for edge in [at(start.checked_sub(1)), at(Some(end))].into_iter().flatten().filter(|it| it.is_finite()) {
                sum += share * edge;
                weight += share;
            }
            (sum / weight) as f32
        })
        .collect()
}
