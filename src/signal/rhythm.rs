//! What a clinician looks at before saying atrial fibrillation: the beats of one lead, whether they come irregularly, and
//! whether a P wave stands before them. Signs, and not a diagnosis: premature beats make a rhythm irregular too, noise
//! hides P waves, and flutter may beat like a clock.

use std::ops::Range;

use super::beat_average::{BeatAverage, PWave, beat_average};
use super::quality::usable_samples;
use super::r_peaks;
use super::rr::{Beats, Irregularity, RrInterval, Timing, heart_rate, heart_rate_range, irregularity, rr_intervals};

/// The beats of a longer recording are measured in blocks of this many seconds: the one that is looked at.
pub const BLOCK_SECONDS: f64 = 3600.0;
/// With fewer RR intervals nothing is said of their regularity.
pub const FEWEST_INTERVALS: usize = 8;
/// Coefficients of variation, premature beats and their pauses left out: below the first a rhythm is regular, from the
/// second on irregular.
///
/// In PhysioNet's `training2017`, 88 % of the recordings labelled atrial fibrillation and 15 % of those labelled normal
/// are irregular by this, 4 % and 62 % regular (`tests/beats.rs`).
pub const REGULAR_BELOW: f64 = 0.06;
pub const IRREGULAR_FROM: f64 = 0.10;
/// The P wave that must be visible at a recording's noise, in mV, before its absence is worth a word.
pub const SMALL_P_WAVE_MV: f64 = 0.05;
/// Where a P wave stands, in s before the R peak: from the first to the second.
pub const P_WINDOW: (f64, f64) = (0.2, 0.06);
/// An importance map with fewer values a second, in Hz, cannot tell the P wave's place from the QRS complex'.
const COARSEST_MAP_HZ: f64 = 10.0;

/// The beats of one lead, or of a part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// Sampling rate in Hz.
    pub fs: f64,
    /// Which samples were measured; all indices count from the lead's first sample.
    pub measured: Range<usize>,
    pub peaks: Vec<usize>,
    pub intervals: Vec<RrInterval>,
    pub average: Option<BeatAverage>,
}

impl Rhythm {
    /// Measures `samples[part]`, in mV at `fs` Hz. Nothing is found where they are unusable, and no interval spans that.
    pub fn of(samples: &[f32], fs: f64, part: Range<usize>) -> Self {
        let end = part.end.min(samples.len());
        let measured = part.start.min(end)..end;
        let samples = &usable_samples(&samples[measured.clone()], fs);
        let mut peaks = r_peaks(samples, fs);
        let intervals = rr_intervals(&peaks, samples, fs);
        let average = beat_average(samples, fs, &peaks, &intervals);
        peaks.iter_mut().for_each(|peak| *peak += measured.start);
        Self { fs, measured, peaks, intervals, average }
    }

    /// Where the beats are in a part of what was measured: the R peaks alone, without intervals and average.
    pub fn places_within(&self, part: &Range<usize>) -> Self {
        let start = part.start.max(self.measured.start);
        let measured = start..part.end.min(self.measured.end).max(start);
        let peaks = self.peaks.iter().copied().filter(|peak| measured.contains(peak)).collect();
        Self { fs: self.fs, measured, peaks, intervals: Vec::new(), average: None }
    }

    /// Time of an R peak, in s from the lead's first sample.
    pub fn time(&self, beat: usize) -> f64 {
        self.peaks[beat] as f64 / self.fs
    }

    /// Mean heart rate, and the lowest and highest over eight intervals, in beats a minute.
    pub fn rates(&self) -> Option<(f64, (f64, f64))> {
        heart_rate(&self.intervals).zip(heart_rate_range(&self.intervals, 8))
    }

    pub fn irregularity(&self, beats: Beats) -> Option<Irregularity> {
        irregularity(&self.intervals, beats)
    }

    /// How many beats are premature, and how many there are, outside stretches of atrial fibrillation (in samples, in any
    /// order): where no beat is expected at any time, none is early.
    pub fn premature_outside(&self, fibrillation: &[Range<usize>]) -> (usize, usize) {
        let is_outside = |peak: usize| !fibrillation.iter().any(|stretch| stretch.contains(&peak));
        let early = self.intervals.iter().filter(|it| it.timing == Timing::Premature);
        let count = early.filter(|it| self.peaks.get(it.beat).is_some_and(|peak| is_outside(*peak))).count();
        (count, self.peaks.iter().filter(|peak| is_outside(**peak)).count())
    }

    pub fn regularity(&self) -> Regularity {
        let figures = self.irregularity(Beats::Normal).filter(|_| self.intervals.len() >= FEWEST_INTERVALS);
        match figures {
            None => Regularity::TooFewBeats,
            Some(figures) if figures.variation < REGULAR_BELOW => Regularity::Regular,
            Some(figures) if figures.variation < IRREGULAR_FROM => Regularity::Between,
            Some(_) => Regularity::Irregular,
        }
    }

    pub fn atrial_wave(&self) -> AtrialWave {
        match self.average.as_ref().and_then(|average| average.p_wave) {
            None => AtrialWave::TooFewBeats,
            Some(wave) if wave.is_present() => AtrialWave::Present(wave),
            Some(wave) if wave.would_show(SMALL_P_WAVE_MV) => AtrialWave::NotSeen(wave),
            Some(wave) => AtrialWave::HiddenByNoise(wave),
        }
    }

    /// How densely the importance lies where a P wave would stand, over how densely it lies in all of what was
    /// measured: 1 where it is spread evenly. `importance` at a time in s (NaN where it is not known), from a map of `map_hz`
    /// values a second.
    /// `None` with a map too coarse to tell, without beats, or without importance.
    pub fn importance_before_qrs(&self, importance: impl Fn(f64) -> f32, map_hz: f64) -> Option<f64> {
        if map_hz < COARSEST_MAP_HZ {
            return None;
        }
        // As fine as the map; evenly spread moments for the whole, and the P wave's place before every beat.
        let step = 1.0 / (4.0 * map_hz);
        let mean = |from: f64, to: f64| {
            let count = ((to - from) / step).ceil().max(1.0) as usize;
            let at = |index: usize| from + (to - from) * (index as f64 + 0.5) / count as f64;
            let known = (0..count).map(|index| f64::from(importance(at(index)))).filter(|it| it.is_finite());
            let (sum, count) = known.fold((0.0, 0.0), |(sum, count), it| (sum + it, count + 1.0));
            sum / count
        };
        let (start, end) = (self.measured.start as f64 / self.fs, self.measured.end as f64 / self.fs);
        let overall = mean(start, end);
        let places: Vec<f64> = (0..self.peaks.len())
            .map(|beat| self.time(beat))
            .filter(|time| time - P_WINDOW.0 >= start)
            .map(|time| mean(time - P_WINDOW.0, time - P_WINDOW.1))
            .filter(|mean| mean.is_finite())
            .collect();
        let before = places.iter().sum::<f64>() / places.len() as f64;
        (overall > 0.0 && before.is_finite()).then_some(before / overall)
    }
}

/// Which samples of `len` at `fs` Hz are measured for somebody who looks at `time`: all, or of a long recording the
/// block of [`BLOCK_SECONDS`] that holds it.
pub fn measured_part(len: usize, fs: f64, time: f64) -> Range<usize> {
    let block = (BLOCK_SECONDS * fs) as usize;
    // A little over an hour is better read in one.
    if block == 0 || len <= block + block / 4 {
        return 0..len;
    }
    let last = (len - 1) / block;
    let index = ((time / BLOCK_SECONDS).max(0.0) as usize).min(last);
    index * block..((index + 1) * block).min(len)
}

/// Whether beats come at even distances, premature ones left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regularity {
    TooFewBeats,
    Regular,
    /// Neither clearly the one nor the other.
    Between,
    Irregular,
}

/// Whether there is a P wave before the QRS complex.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AtrialWave {
    /// Or beats that follow each other too fast: the T wave lies where the P wave would be.
    TooFewBeats,
    Present(PWave),
    /// None, and a small one would show.
    NotSeen(PWave),
    /// None, but a small one would not show either.
    HiddenByNoise(PWave),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::demos;

    fn rhythm(demo: &str) -> Rhythm {
        let record = demos().iter().find(|it| it.id == demo).expect("a demonstration").record();
        Rhythm::of(&record.leads[0].samples, record.fs, 0..record.len())
    }

    #[test]
    fn beats_of_a_part_keep_their_places() {
        let all = rhythm("sinus");
        let part = all.places_within(&(3000..6000));
        let expected: Vec<usize> = all.peaks.iter().copied().filter(|peak| (3000..6000).contains(peak)).collect();
        assert!(part.peaks == expected && part.peaks.len() > 8 && part.measured == (3000..6000));
        assert_eq!(all.places_within(&(0..usize::MAX)).peaks, all.peaks);
        assert!(all.places_within(&(20_000..30_000)).peaks.is_empty());
    }

    #[test]
    fn reads_the_signs_of_the_demonstrations() {
        let sinus = rhythm("sinus");
        assert_eq!(sinus.regularity(), Regularity::Regular);
        assert!(
            matches!(sinus.atrial_wave(), AtrialWave::Present(wave) if wave.time < -0.1),
            "{:?}",
            sinus.atrial_wave()
        );
        let (rate, (low, high)) = sinus.rates().expect("beats");
        assert!((66.0..74.0).contains(&rate) && low <= rate && rate <= high, "{low} {rate} {high}");
        for id in ["af", "af-slow"] {
            let fibrillation = rhythm(id);
            assert_eq!(fibrillation.regularity(), Regularity::Irregular);
            assert!(!matches!(fibrillation.atrial_wave(), AtrialWave::Present(_)), "{:?}", fibrillation.atrial_wave());
        }
        assert_ne!(rhythm("ectopic").regularity(), Regularity::Irregular, "premature beats are left out");
    }

    #[test]
    fn no_beat_is_premature_in_fibrillation() {
        let ectopic = rhythm("ectopic");
        let (count, beats) = ectopic.premature_outside(&[]);
        assert!(count >= 2 && beats == ectopic.peaks.len(), "{count} of {beats}");
        let early = ectopic.intervals.iter().find(|it| it.timing == Timing::Premature).expect("a premature beat");
        let peak = ectopic.peaks[early.beat];
        assert_eq!(ectopic.premature_outside(std::slice::from_ref(&(peak..peak + 1))), (count - 1, beats - 1));
        assert_eq!(ectopic.premature_outside(&[0..peak, peak..usize::MAX]), (0, 0));
    }

    #[test]
    fn measures_a_part_in_the_recordings_own_indices() {
        let record = demos()[2].record();
        let samples = &record.leads[0].samples;
        let whole = Rhythm::of(samples, record.fs, 0..record.len());
        let part = Rhythm::of(samples, record.fs, 3000..6000);
        assert!(part.peaks.iter().all(|peak| (3000..6000).contains(peak)) && part.peaks.len() >= 10);
        assert!(part.peaks[1..part.peaks.len() - 1].iter().all(|peak| whole.peaks.contains(peak)));
    }

    #[test]
    fn says_nothing_of_too_little() {
        for (samples, fs) in
            [(vec![], 300.0), (vec![0.0; 900], 300.0), (vec![f32::NAN; 900], 300.0), (vec![1.0; 9], 0.0)]
        {
            let rhythm = Rhythm::of(&samples, fs, 0..samples.len() + 5);
            assert_eq!((rhythm.regularity(), rhythm.atrial_wave()), (Regularity::TooFewBeats, AtrialWave::TooFewBeats));
            assert_eq!((rhythm.rates(), rhythm.importance_before_qrs(|_| 1.0, 12.5)), (None, None));
        }
        let few = Rhythm::of(&demos()[2].record().leads[0].samples, 300.0, 0..1500);
        assert_eq!(few.regularity(), Regularity::TooFewBeats);
    }

    #[test]
    fn weighs_the_importance_before_the_qrs_against_an_even_spread() {
        let rhythm = rhythm("sinus");
        let even = rhythm.importance_before_qrs(|_| 0.3, 12.5).expect("beats");
        assert!((even - 1.0).abs() < 1e-6);
        let times: Vec<f64> = (0..rhythm.peaks.len()).map(|beat| rhythm.time(beat)).collect();
        let near = |time: f64, from: f64, to: f64| times.iter().any(|peak| (peak - from..peak - to).contains(&time));
        let all_there = rhythm.importance_before_qrs(|time| f32::from(near(time, 0.2, 0.06)), 50.0).expect("beats");
        // 140 ms of about 857.
        assert!((5.0..7.5).contains(&all_there), "{all_there}");
        let on_qrs = rhythm.importance_before_qrs(|time| f32::from(near(time, 0.05, -0.05)), 50.0).expect("beats");
        assert!(on_qrs < 0.01, "{on_qrs}");
        assert_eq!(rhythm.importance_before_qrs(|_| 0.3, 6.25), None, "160 ms a value");
        assert_eq!(rhythm.importance_before_qrs(|_| 0.0, 12.5), None);
    }

    #[test]
    fn measures_the_hour_that_is_looked_at() {
        assert_eq!(measured_part(9000, 300.0, 12.0), 0..9000);
        assert_eq!(measured_part(4_000_000, 1000.0, 0.0), 0..4_000_000);
        assert_eq!(measured_part(24 * 900_000, 250.0, 7300.0), 1_800_000..2_700_000);
        assert_eq!(measured_part(24 * 900_000, 250.0, 1e9), 23 * 900_000..24 * 900_000);
        assert_eq!(measured_part(0, 250.0, f64::NAN), 0..0);
    }
}
