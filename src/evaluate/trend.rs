//! The heart's beats along a long recording: the rate of each window, the extremes, the pauses.
//!
//! Rates are means over successive RR intervals; lowest and highest are over eight of them, as monitors count. What lies in a
//! window that the network calls too noisy, or could not read, is left out: there, what looks like a beat may be none.

use std::ops::Range;

use super::burden::Verdict;
use crate::signal::quality::usable_samples;
use crate::signal::r_peaks;
use crate::signal::rr::{RrInterval, heart_rate, heart_rate_range, rr_intervals};

/// An RR interval longer than this, in s, is a pause.
pub const PAUSE_SECONDS: f64 = 2.0;
/// Successive intervals of the lowest and the highest rate.
const INTERVALS: usize = 8;

/// The beats of one window. Rates in beats a minute.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WindowBeats {
    /// The mean; `None` without an interval.
    pub rate: Option<f64>,
    /// The lowest and the highest over eight intervals; `None` where there are fewer.
    pub range: Option<(f64, f64)>,
    /// The longest RR interval: when it begins, in s from the recording's first sample, and how long it is.
    pub longest: Option<(f64, f64)>,
    /// Intervals of more than [`PAUSE_SECONDS`].
    pub pauses: usize,
}

impl WindowBeats {
    /// Of successive `intervals`, of which each begins at the moment that `begins` says, in s.
    fn of(intervals: &[RrInterval], begins: impl Fn(&RrInterval) -> f64) -> Self {
        let longest = intervals.iter().max_by(|a, b| a.seconds.total_cmp(&b.seconds));
        Self {
            rate: heart_rate(intervals),
            range: (intervals.len() >= INTERVALS).then(|| heart_rate_range(intervals, INTERVALS)).flatten(),
            longest: longest.map(|it| (begins(it), it.seconds)),
            pauses: intervals.iter().filter(|it| it.seconds > PAUSE_SECONDS).count(),
        }
    }

    /// The same window, which begins `start` s into the recording.
    pub fn placed_at(self, start: f64) -> Self {
        Self { longest: self.longest.map(|(begins, seconds)| (begins + start, seconds)), ..self }
    }
}

/// The beats of each of the `windows` of `samples` (in mV at `fs` Hz). An interval belongs to the window in which it ends.
pub fn beats_of_windows(samples: &[f32], fs: f64, windows: &[Range<u64>]) -> Vec<WindowBeats> {
    let samples = &usable_samples(samples, fs);
    let peaks = r_peaks(samples, fs);
    let intervals = rr_intervals(&peaks, samples, fs);
    let ends_before = |sample: u64| intervals.partition_point(|it| (peaks[it.beat] as u64) < sample);
    let of_window = |window: &Range<u64>| {
        let own = &intervals[ends_before(window.start)..ends_before(window.end)];
        WindowBeats::of(own, |interval| peaks[interval.beat - 1] as f64 / fs)
    };
    windows.iter().map(of_window).collect()
}

/// The beats of a whole recording. Times in s from its first sample.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extremes {
    /// The lowest and the highest rate, in beats a minute, each with the place of its window.
    pub lowest: Option<(f64, usize)>,
    pub highest: Option<(f64, usize)>,
    /// When the longest RR interval begins, and how long it is.
    pub longest: Option<(f64, f64)>,
    /// RR intervals of more than [`PAUSE_SECONDS`].
    pub pauses: usize,
}

/// Whether the beats that were found in a window are to be believed.
pub fn is_trusted(verdict: Verdict) -> bool {
    verdict.is_analysed()
}

impl Extremes {
    /// `beats` and `verdicts` go together; `None` where a window's beats are not known yet.
    pub fn of(beats: &[Option<WindowBeats>], verdicts: &[Verdict]) -> Self {
        let mut extremes = Self::default();
        let trusted = beats.iter().zip(verdicts).enumerate().filter(|(_, (_, verdict))| is_trusted(**verdict));
        for (place, beats) in trusted.filter_map(|(place, (beats, _))| Some((place, (*beats)?))) {
            if let Some((low, high)) = beats.range {
                if extremes.lowest.is_none_or(|(lowest, _)| low < lowest) {
                    extremes.lowest = Some((low, place));
                }
                if extremes.highest.is_none_or(|(highest, _)| high > highest) {
                    extremes.highest = Some((high, place));
                }
            }
            if let Some(longest) = beats.longest
                && extremes.longest.is_none_or(|(_, seconds)| longest.1 > seconds)
            {
                extremes.longest = Some(longest);
            }
            extremes.pauses += beats.pauses;
        }
        extremes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Class;
    use crate::synthetic::{Recipe, Rhythm};

    fn interval(beat: usize, seconds: f64) -> RrInterval {
        RrInterval { beat, seconds, timing: crate::signal::rr::Timing::Usual }
    }

    /// By hand: ten intervals of 1 s and one of 2.5 s after the fifth, beats at 0, 1, … 5, 7.5, 8.5 … s.
    #[test]
    fn pauses_and_extremes_are_those_of_a_hand() {
        let lengths = [1.0, 1.0, 1.0, 1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 1.0, 1.0];
        let intervals: Vec<RrInterval> = lengths.iter().enumerate().map(|(at, it)| interval(at + 1, *it)).collect();
        let begins = |it: &RrInterval| lengths[..it.beat - 1].iter().sum::<f64>();
        let window = WindowBeats::of(&intervals, begins);
        assert_eq!((window.pauses, window.longest), (1, Some((5.0, 2.5))));
        assert!((window.rate.unwrap() - 60.0 * 11.0 / 12.5).abs() < 1e-9);
        // Each eight of them hold the pause: eight in 9.5 s.
        let (low, high) = window.range.unwrap();
        assert!((low - 480.0 / 9.5).abs() < 1e-9 && (high - 480.0 / 9.5).abs() < 1e-9);
        assert_eq!(window.placed_at(60.0).longest, Some((65.0, 2.5)));
        assert_eq!(WindowBeats::of(&intervals[..3], begins).range, None);

        let fast =
            WindowBeats { rate: Some(150.0), range: Some((140.0, 160.0)), longest: Some((31.0, 0.5)), pauses: 0 };
        let normal = Verdict::Called(Class::Normal);
        let all = Extremes::of(&[Some(window), Some(fast), None], &[normal; 3]);
        assert_eq!((all.highest, all.longest, all.pauses), (Some((160.0, 1)), Some((5.0, 2.5)), 1));
        assert_eq!(all.lowest.map(|it| it.1), Some(0));
        // In noise nothing is believed.
        let noisy = Extremes::of(&[Some(window), Some(fast)], &[Verdict::Called(Class::Noisy), normal]);
        assert_eq!((noisy.pauses, noisy.lowest), (0, Some((140.0, 1))));
        assert_eq!(Extremes::of(&[Some(fast)], &[Verdict::Unusable]), Extremes::default());
    }

    #[test]
    fn beats_of_a_synthetic_minute_are_in_their_windows() {
        let record = Recipe { duration: 60.0, ..Recipe::new(Rhythm::Sinus, 75.0, 3) }.record("sinus");
        let samples = &record.leads[0].samples;
        let windows = crate::evaluate::burden::windows(samples.len() as u64, record.fs);
        let beats = beats_of_windows(samples, record.fs, &windows);
        assert_eq!(beats.len(), 2);
        for window in &beats {
            assert!((window.rate.unwrap() - 75.0).abs() < 5.0, "{window:?}");
            assert_eq!(window.pauses, 0);
        }
        assert!(beats[1].longest.unwrap().0 > 28.0);
        let flat = beats_of_windows(&[0.0; 100], 100.0, std::slice::from_ref(&(0..100)));
        assert!(flat[0].rate.is_none());
    }
}
