//! The mean shape of a beat, whether there is a P wave in front of it, and beat by beat what share of the importance.
//!
//! Beats are averaged as signal-averaged electrocardiography does it: G. Breithardt, M. E. Cain, N. el-Sherif et al.,
//! "Standards for analysis of ventricular late potentials using high-resolution or signal-averaged
//! electrocardiography", J Am Coll Cardiol 17(5):999–1006, 1991: aligned on the QRS complex, without premature and
//! misshapen beats.
//!
//! - [`BeatAverage`]: the mean shape, from 0.6 s before the R peak to 0.6 s after it.
//! - [`PWave`]: the P wave, told by a template in each beat, and what it is worth against its own noise.
//! - [`importance_shares`]: each beat's share of an importance curve; [`mean_around`]: such a curve's mean around R
//!   peaks.

mod importance;
mod p_wave;
#[cfg(test)]
mod tests;

pub use importance::{importance_shares, mean_around};
pub use p_wave::PWave;

use super::r_peaks::RATES;
use super::rr::{RrInterval, Timing};

/// How far the shape reaches to either side of the R peak, in s.
pub const REACH_SECONDS: f64 = 0.6;
/// The QRS complex reaches so far to either side of its R peak, in s; a beat is compared with the others there.
const QRS_SECONDS: f64 = 0.1;
/// Beats whose QRS complex correlates less than this with the median beat's are of another kind, or spoilt.
const ALIKE: f64 = 0.9;
/// After shorter intervals, in s, the T wave of the beat before reaches to where the P wave would be.
const RESTED_SECONDS: f64 = 0.55;
/// So many beats, evenly spread, make the median beat.
const TEMPLATE_BEATS: usize = 101;

/// The mean shape of a lead's beats.
#[derive(Clone, Debug, PartialEq)]
pub struct BeatAverage {
    /// Sampling rate in Hz.
    pub fs: f64,
    /// Which of `mean` is the R peak; as many come after it.
    pub r_peak: usize,
    /// In mV, from each beat's own median level.
    pub mean: Vec<f64>,
    /// Beats that were averaged, as indices into the R peaks.
    pub beats: Vec<usize>,
    /// Of the beats whose RR interval is 0.55 s or longer, so that the T wave before is over; `None` with fewer than
    /// five of them: in fast rhythms the P wave cannot be told.
    pub p_wave: Option<PWave>,
}

impl BeatAverage {
    /// Time of a value of `mean`, in s after the R peak.
    pub fn time(&self, index: usize) -> f64 {
        (index as f64 - self.r_peak as f64) / self.fs
    }
}

/// Averages the beats of a lead: `samples` in mV (NaN where missing) at `fs` Hz, the R peaks in it, the intervals
/// between them.
///
/// Left out are premature beats, beats less than 0.6 s from an end or with a sample missing, and those whose QRS
/// complex is unlike most others' (correlation below 0.9 with the median beat's). `None` where no beat is left.
///
/// Memory is bounded; time is linear in the number of beats.
pub fn beat_average(samples: &[f32], fs: f64, peaks: &[usize], intervals: &[RrInterval]) -> Option<BeatAverage> {
    if !RATES.contains(&fs) {
        return None;
    }
    let reach = (REACH_SECONDS * fs).round() as usize;
    let premature: Vec<usize> =
        intervals.iter().filter(|rr| rr.timing == Timing::Premature).map(|rr| rr.beat).collect();
    let whole: Vec<usize> = (0..peaks.len())
        .filter(|beat| premature.binary_search(beat).is_err())
        .filter(|&beat| segment(samples, peaks[beat], reach).is_some())
        .collect();
    let step = whole.len().div_ceil(TEMPLATE_BEATS).max(1);
    let few: Vec<Vec<f64>> =
        whole.iter().step_by(step).filter_map(|&beat| segment(samples, peaks[beat], reach)).collect();
    let template = median_shape(&few)?;
    let qrs = {
        let half = ((QRS_SECONDS * fs).round() as usize).min(reach);
        reach - half..reach + half + 1
    };
    let mut mean = vec![0.0; 2 * reach + 1];
    let mut beats = Vec::new();
    for beat in whole {
        let Some(shape) = segment(samples, peaks[beat], reach) else { continue };
        if correlation(&shape[qrs.clone()], &template[qrs.clone()]) < ALIKE {
            continue;
        }
        mean.iter_mut().zip(&shape).for_each(|(sum, value)| *sum += value);
        beats.push(beat);
    }
    if beats.is_empty() {
        return None;
    }
    mean.iter_mut().for_each(|sum| *sum /= beats.len() as f64);
    let is_rested = |beat: usize| {
        let before = intervals.binary_search_by_key(&beat, |rr| rr.beat);
        before.is_ok_and(|index| intervals[index].seconds >= RESTED_SECONDS)
    };
    let rested = beats.iter().filter(|&&beat| is_rested(beat));
    let shapes = rested.filter_map(|&beat| segment(samples, peaks[beat], reach));
    let p_wave = p_wave::measure(&mean, reach, fs, shapes);
    Some(BeatAverage { fs, r_peak: reach, mean, beats, p_wave })
}

/// The samples around a peak, from their median on; `None` where one is missing.
fn segment(samples: &[f32], peak: usize, reach: usize) -> Option<Vec<f64>> {
    let around = samples.get(peak.checked_sub(reach)?..=peak.checked_add(reach)?)?;
    if !around.iter().all(|sample| sample.is_finite()) {
        return None;
    }
    let mut sorted = around.to_vec();
    let level = f64::from(*sorted.select_nth_unstable_by(reach, f32::total_cmp).1);
    Some(around.iter().map(|&sample| f64::from(sample) - level).collect())
}

/// The median of each value over all shapes.
fn median_shape(shapes: &[Vec<f64>]) -> Option<Vec<f64>> {
    let len = shapes.first()?.len();
    let mut values = vec![0.0; shapes.len()];
    let median = |index: usize| {
        values.iter_mut().zip(shapes).for_each(|(value, shape)| *value = shape[index]);
        *values.select_nth_unstable_by(shapes.len() / 2, f64::total_cmp).1
    };
    Some((0..len).map(median).collect())
}

/// Pearson's correlation; 0 where one is flat.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / count, b.iter().sum::<f64>() / count);
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        both += (x - mean_a) * (y - mean_b);
        of_a += (x - mean_a).powi(2);
        of_b += (y - mean_b).powi(2);
    }
    let scale = (of_a * of_b).sqrt();
    if scale > 0.0 { both / scale } else { 0.0 }
}
