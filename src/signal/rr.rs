//! RR intervals: heart rate, irregularity, Poincaré points.
//!
//! Terms and figures as in "Heart rate variability: standards of measurement, physiological interpretation, and
//! clinical use", Task Force of the European Society of Cardiology and the North American Society of Pacing and
//! Electrophysiology, Circulation 93(5):1043–1065, 1996; SD1 and SD2 as in M. Brennan, M. Palaniswami, P. Kamen, "Do
//! existing measures of Poincaré plot geometry reflect nonlinear features of heart rate variability?", IEEE Trans
//! Biomed Eng 48(11):1342–1347, 2001.
//!
//! **Premature beats.** A beat is called premature where its RR interval is less than 0.8 of the median of the
//! ten intervals around it; the interval after it is its pause. Leaving both out gives what is nearest to the
//! normal-to-normal (NN) intervals of the Task Force. Timing alone cannot tell a premature beat from atrial
//! fibrillation, in which short intervals are called so too. But fibrillation stays irregular without them, while sinus
//! rhythm with premature beats becomes regular: compare [`Irregularity`] of [`Beats::All`] with that of
//! [`Beats::Normal`].

use serde::{Deserialize, Serialize};

/// An RR interval shorter than this share of the median around it ends in a premature beat.
const PREMATURE: f64 = 0.8;
/// So many intervals to either side make that median.
const AROUND: usize = 5;
/// Samples missing for longer than this, in s, may hide a beat.
const GAP_SECONDS: f64 = 0.1;
/// No heart that beats waits longer, in s: beats were missed.
const LONGEST_SECONDS: f64 = 10.0;
/// In pNN50: differences above this count, in s.
const NN50_SECONDS: f64 = 0.05;

/// What the timing of an interval says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// From one beat in time to the next.
    Usual,
    /// Ends in a premature beat.
    Premature,
    /// Follows a premature beat, without ending in another: its pause.
    Pause,
}

/// The time from one R peak to the next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RrInterval {
    /// Which of the R peaks it ends in: from peak `beat − 1` to peak `beat`.
    pub beat: usize,
    /// In s.
    pub seconds: f64,
    pub timing: Timing,
}

/// The RR intervals between the R peaks (increasing indices into `samples`, at `fs` Hz), in order. Those during which
/// samples are missing for more than 0.1 s, or that last more than 10 s, are left out: a beat may have been missed.
pub fn rr_intervals(peaks: &[usize], samples: &[f32], fs: f64) -> Vec<RrInterval> {
    let longest_hole = (GAP_SECONDS * fs) as usize;
    let mut intervals: Vec<RrInterval> = peaks
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] < pair[1] && longest_gap(samples, pair[0], pair[1]) <= longest_hole)
        .map(|(index, pair)| (index + 1, (pair[1] - pair[0]) as f64 / fs))
        .filter(|(_, seconds)| *seconds > 0.0 && *seconds <= LONGEST_SECONDS)
        .map(|(beat, seconds)| RrInterval { beat, seconds, timing: Timing::Usual })
        .collect();
    let is_premature: Vec<bool> = (0..intervals.len()).map(|index| is_premature(&intervals, index)).collect();
    for index in 0..intervals.len() {
        let follows = index > 0 && is_premature[index - 1] && are_adjacent(&intervals[index - 1], &intervals[index]);
        intervals[index].timing = match (is_premature[index], follows) {
            (true, _) => Timing::Premature,
            (false, true) => Timing::Pause,
            (false, false) => Timing::Usual,
        };
    }
    intervals
}

/// The longest run of missing samples between two peaks.
fn longest_gap(samples: &[f32], from: usize, to: usize) -> usize {
    let between = samples.get(from..to).unwrap_or(&[]);
    between.split(|sample| sample.is_finite()).map(<[f32]>::len).max().unwrap_or(0)
}

fn is_premature(intervals: &[RrInterval], index: usize) -> bool {
    let around = index.saturating_sub(AROUND)..(index + AROUND + 1).min(intervals.len());
    let others: Vec<f64> = around.filter(|&other| other != index).map(|other| intervals[other].seconds).collect();
    // Of two beats none can be said to be early.
    others.len() >= 3 && intervals[index].seconds < PREMATURE * median(others)
}

/// The middle value, or the mean of the two middle ones: with a premature beat in every other, that of both kinds.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2] + values[(values.len() - 1) / 2]) / 2.0
}

fn are_adjacent(first: &RrInterval, second: &RrInterval) -> bool {
    first.beat + 1 == second.beat
}

/// Mean heart rate in beats a minute, premature beats included; `None` without an interval.
pub fn heart_rate(intervals: &[RrInterval]) -> Option<f64> {
    let total: f64 = intervals.iter().map(|interval| interval.seconds).sum();
    (!intervals.is_empty()).then(|| 60.0 * intervals.len() as f64 / total)
}

/// The lowest and the highest heart rate, in beats a minute, over `window` successive intervals without a gap between
/// them (8 are usual); over all of them where there are fewer in the whole recording. `None` without an interval.
pub fn heart_rate_range(intervals: &[RrInterval], window: usize) -> Option<(f64, f64)> {
    let window = window.clamp(1, intervals.len().max(1));
    let rates = intervals.windows(window).filter(|part| part[0].beat + window - 1 == part[window - 1].beat);
    let range = rates.filter_map(heart_rate).fold(None, |range: Option<(f64, f64)>, rate| {
        Some(range.map_or((rate, rate), |(low, high)| (low.min(rate), high.max(rate))))
    });
    range.or_else(|| heart_rate(intervals).map(|rate| (rate, rate)))
}

/// Which intervals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beats {
    All,
    /// Premature beats' intervals and the pauses after them are left out.
    Normal,
}

impl Beats {
    fn include(self, interval: &RrInterval) -> bool {
        self == Beats::All || interval.timing == Timing::Usual
    }
}

/// How irregular the heart beats. Sample deviations (with n − 1).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Irregularity {
    /// Intervals that count.
    pub intervals: usize,
    /// Their mean, in s.
    pub mean: f64,
    /// Their standard deviation (SDNN), in s.
    pub deviation: f64,
    /// Standard deviation over mean: the coefficient of variation, a share of 1.
    pub variation: f64,
    /// Root mean square of the differences between adjacent intervals, in s.
    pub rmssd: f64,
    /// Adjacent intervals that differ by more than 50 ms, over the number of intervals: a share of 1.
    pub pnn50: f64,
}

/// `None` with fewer than three intervals that count, or fewer than two pairs of neighbours among them.
pub fn irregularity(intervals: &[RrInterval], beats: Beats) -> Option<Irregularity> {
    let counted: Vec<f64> = intervals.iter().filter(|rr| beats.include(rr)).map(|rr| rr.seconds).collect();
    let differences: Vec<f64> = poincare_points(intervals, beats).iter().map(|(now, next)| next - now).collect();
    if counted.len() < 3 || differences.len() < 2 {
        return None;
    }
    let (mean, deviation) = (mean(&counted), deviation(&counted));
    let squares: f64 = differences.iter().map(|difference| difference * difference).sum();
    let large = differences.iter().filter(|difference| difference.abs() > NN50_SECONDS).count();
    Some(Irregularity {
        intervals: counted.len(),
        mean,
        deviation,
        variation: deviation / mean,
        rmssd: (squares / differences.len() as f64).sqrt(),
        pnn50: large as f64 / counted.len() as f64,
    })
}

/// Points of the Poincaré plot, in s: each interval that counts, and the next one, where that is adjacent and counts
/// too.
pub fn poincare_points(intervals: &[RrInterval], beats: Beats) -> Vec<(f64, f64)> {
    let pairs = intervals.windows(2).filter(|pair| are_adjacent(&pair[0], &pair[1]));
    let counted = pairs.filter(|pair| pair.iter().all(|interval| beats.include(interval)));
    counted.map(|pair| (pair[0].seconds, pair[1].seconds)).collect()
}

/// The ellipse of a Poincaré plot, in s: standard deviations across the line of identity (SD1, from beat to beat) and
/// along it (SD2, in the long run). `None` with fewer than two points.
pub fn poincare_deviations(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let across: Vec<f64> = points.iter().map(|(now, next)| (next - now) / std::f64::consts::SQRT_2).collect();
    let along: Vec<f64> = points.iter().map(|(now, next)| (next + now) / std::f64::consts::SQRT_2).collect();
    (points.len() >= 2).then(|| (deviation(&across), deviation(&along)))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Sample standard deviation.
fn deviation(values: &[f64]) -> f64 {
    let centre = mean(values);
    (values.iter().map(|value| (value - centre).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Intervals of these lengths, in ms, sampled at 1000 Hz.
    fn series(milliseconds: &[usize]) -> Vec<RrInterval> {
        let mut peaks = vec![100];
        for length in milliseconds {
            peaks.push(peaks[peaks.len() - 1] + length);
        }
        rr_intervals(&peaks, &vec![0.0; peaks[peaks.len() - 1] + 1], 1000.0)
    }

    fn assert_near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
    }

    const ONE_PREMATURE: [usize; 12] = [800, 820, 790, 810, 520, 1080, 800, 830, 780, 800, 840, 770];

    /// The expected values were computed with NeuroKit2 0.2.13 (`hrv_time`, `hrv_nonlinear`, the peaks given at
    /// 1000 Hz): MeanNN, SDNN, CVNN, RMSSD, pNN50, SD1, SD2.
    #[test]
    fn figures_are_those_of_neurokit() {
        let intervals = series(&ONE_PREMATURE);
        let all = irregularity(&intervals, Beats::All).unwrap();
        assert_near(all.mean, 0.8033333333333334);
        assert_near(all.deviation, 0.12100588515615364);
        assert_near(all.variation, 0.15062973255952736);
        assert_near(all.rmssd, 0.2106483497982533);
        assert_near(all.pnn50, 0.3333333333333333);
        let (sd1, sd2) = poincare_deviations(&poincare_points(&intervals, Beats::All)).unwrap();
        assert_near(sd1, 0.15620790342011856);
        assert_near(sd2, 0.08769264507357498);
    }

    /// By hand: without 520 and 1080 the differences are 20, −30, 20 and 30, −50, 20, 40, −70.
    #[test]
    fn a_premature_beat_and_its_pause_can_be_left_out() {
        let intervals = series(&ONE_PREMATURE);
        let odd: Vec<(usize, Timing)> = intervals
            .iter()
            .filter(|interval| interval.timing != Timing::Usual)
            .map(|interval| (interval.beat, interval.timing))
            .collect();
        assert_eq!(odd, [(5, Timing::Premature), (6, Timing::Pause)]);
        let normal = irregularity(&intervals, Beats::Normal).unwrap();
        assert_eq!(normal.intervals, 10);
        assert_near(normal.mean, 0.804);
        assert_near(normal.rmssd, (0.012f64 / 8.0).sqrt());
        assert_near(normal.pnn50, 0.1);
        assert_eq!(poincare_points(&intervals, Beats::Normal).len(), 8);
    }

    #[test]
    fn in_bigeminy_every_other_beat_is_premature() {
        let intervals = series(&[500, 1100, 500, 1100, 500, 1100, 500, 1100]);
        let premature = intervals.iter().filter(|interval| interval.timing == Timing::Premature);
        assert!(premature.map(|interval| interval.beat).eq([1, 3, 5, 7]));
    }

    /// By hand: 12 intervals in 9.64 s; over three, the slowest are 1080 + 800 + 830, the fastest 810 + 520 + 790 + …
    #[test]
    fn rates_are_means_over_time() {
        let intervals = series(&ONE_PREMATURE);
        assert_near(heart_rate(&intervals).unwrap(), 60.0 * 12.0 / 9.64);
        let (low, high) = heart_rate_range(&intervals, 3).unwrap();
        assert_near(low, 180.0 / (1.08 + 0.8 + 0.83));
        assert_near(high, 180.0 / (0.79 + 0.81 + 0.52));
        let (low, high) = heart_rate_range(&intervals, 99).unwrap();
        assert!(low == high && low == heart_rate(&intervals).unwrap());
    }

    #[test]
    fn no_interval_spans_a_gap() {
        let mut samples = vec![0.0f32; 6000];
        samples[2200..2301].fill(f32::NAN);
        let peaks = [0, 1000, 2000, 3000, 4000, 5000];
        let intervals = rr_intervals(&peaks, &samples, 1000.0);
        assert!(intervals.iter().map(|interval| interval.beat).eq([1, 2, 4, 5]));
        assert_eq!(poincare_points(&intervals, Beats::All).len(), 2);
        samples[2300] = 0.0;
        assert_eq!(rr_intervals(&peaks, &samples, 1000.0).len(), 5, "a tenth of a second hides no beat");
    }

    #[test]
    fn nothing_is_said_of_too_little() {
        assert!(rr_intervals(&[], &[], 300.0).is_empty() && rr_intervals(&[5], &[0.0; 9], 300.0).is_empty());
        for fs in [0.0, f64::NAN, f64::INFINITY, -1.0] {
            assert!(rr_intervals(&[1, 4], &[0.0; 9], fs).is_empty());
        }
        assert_eq!((heart_rate(&[]), heart_rate_range(&[], 8)), (None, None));
        assert_eq!(irregularity(&series(&[800, 810]), Beats::All), None);
        assert_eq!(poincare_deviations(&[(0.8, 0.9)]), None);
    }
}
