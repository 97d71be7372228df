//! Where the importance of several recordings lies in relation to their heartbeats: at the P wave's place, at the QRS
//! complex, or wherever the rhythm breaks.

use crate::explain::ImportanceMap;
use crate::signal::beat_average::{importance_shares, mean_around};
use crate::signal::quality::usable_samples;
use crate::signal::r_peaks;
use crate::signal::rr::{Beats, heart_rate, irregularity, rr_intervals};

/// Moments a second.
const FS: f64 = 100.0;
/// Moments before the R peak, and after it: ±0.6 s.
const REACH: usize = 60;

/// Where the P wave of a beat begins and ends, in s after its R peak, in most resting adults: a PR interval of 0.12 to
/// 0.20 s, to which the way from the beginning of the QRS complex to the R peak is added.
pub const P_PLACE: (f64, f64) = (-0.25, -0.09);
/// The same of the QRS complex.
pub const QRS_PLACE: (f64, f64) = (-0.06, 0.06);

/// Bounds between the groups of beats: how far an RR interval is from the one before, as a share of their mean.
pub const CHANGES: [f64; 4] = [0.05, 0.1, 0.2, 0.4];

/// The beats of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChangeGroup {
    pub beats: usize,
    /// Their mean importance; 1 is the mean of the recording that a beat is in.
    pub importance: f64,
}

/// A middle value and the quarters around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quartiles {
    pub lower: f64,
    pub median: f64,
    pub upper: f64,
}

/// Sums over recordings, each of which counts alike.
#[derive(Clone, Debug, Default)]
pub struct AroundBeats {
    /// Recordings in which beats were found and something is important.
    pub recordings: usize,
    importance: Vec<f64>,
    beat: Vec<f64>,
    groups: [ChangeGroup; CHANGES.len() + 1],
    heart_rates: Vec<f64>,
    variations: Vec<f64>,
    rmssds: Vec<f64>,
}

impl AroundBeats {
    /// Adds a recording: a lead's `samples` in mV at `fs` Hz, and where the network looked.
    pub fn add(&mut self, samples: &[f32], fs: f64, importance: &ImportanceMap) {
        let samples = &usable_samples(samples, fs);
        let peaks = r_peaks(samples, fs);
        // Everything from here on the same grid of moments, whatever the sampling rate.
        let len = (samples.len() as f64 / fs * FS) as usize;
        let curve = importance.at_samples(len, FS);
        let known = || curve.iter().filter(|value| value.is_finite());
        let mean = known().map(|value| f64::from(*value)).sum::<f64>() / known().count().max(1) as f64;
        let at_moments: Vec<usize> = peaks.iter().map(|peak| (*peak as f64 / fs * FS).round() as usize).collect();
        let Some(around) = mean_around(&curve, &at_moments, REACH).filter(|_| mean > 0.0) else { return };
        add_to(&mut self.importance, around.iter().map(|value| value / mean));
        self.recordings += 1;

        let sample = |moment: usize| samples.get((moment as f64 / FS * fs).round() as usize).copied();
        let trace: Vec<f32> = (0..len).map(|moment| sample(moment).unwrap_or(f32::NAN)).collect();
        // Beats at a gap are left out; where none is left, the recording has no part in the mean beat.
        if let Some(beat) = mean_around(&trace, &at_moments, REACH) {
            add_to(&mut self.beat, upright(&beat).into_iter());
        }

        let intervals = rr_intervals(&peaks, samples, fs);
        let shares = importance_shares(&curve, &at_moments);
        for pair in intervals.windows(2).filter(|pair| pair[1].beat == pair[0].beat + 1) {
            let (before, now, beat) = (pair[0].seconds, pair[1].seconds, pair[1].beat);
            // A beat's share of the time reaches as far as its share of the importance: half-way to its neighbours.
            let Some(next) = at_moments.get(beat + 1) else { continue };
            let time = (next - at_moments[beat - 1]) as f64 / 2.0 / known().count().max(1) as f64;
            let change = 2.0 * (now - before).abs() / (now + before);
            let group = &mut self.groups[CHANGES.iter().take_while(|bound| change >= **bound).count()];
            group.importance += (shares[beat] / time - group.importance) / (group.beats + 1) as f64;
            group.beats += 1;
        }
        self.heart_rates.extend(heart_rate(&intervals));
        if let Some(it) = irregularity(&intervals, Beats::All) {
            self.variations.push(it.variation);
            self.rmssds.push(it.rmssd);
        }
    }

    /// Mean importance at moments around the R peak, as (s after it, importance); 1 is a recording's mean.
    pub fn importance(&self) -> Vec<(f64, f64)> {
        self.mean_of(&self.importance, self.recordings as f64)
    }

    /// The mean beat, as (s after the R peak, share of the R wave's height), the R wave upwards.
    pub fn beat(&self) -> Vec<(f64, f64)> {
        self.mean_of(&self.beat, self.beat.get(REACH).copied().unwrap_or(1.0))
    }

    fn mean_of(&self, sums: &[f64], of: f64) -> Vec<(f64, f64)> {
        sums.iter().enumerate().map(|(at, sum)| ((at as f64 - REACH as f64) / FS, sum / of)).collect()
    }

    /// Mean importance between two moments, in s after the R peak.
    pub fn importance_between(&self, (from, to): (f64, f64)) -> f64 {
        let inside: Vec<f64> =
            self.importance().into_iter().filter(|(time, _)| (from..=to).contains(time)).map(|(_, it)| it).collect();
        inside.iter().sum::<f64>() / inside.len() as f64
    }

    /// Beats by how much the RR interval that ends in them differs from the one before; see [`CHANGES`].
    pub fn groups(&self) -> &[ChangeGroup] {
        &self.groups
    }

    /// Beats a minute, over the recordings.
    pub fn heart_rate(&self) -> Option<Quartiles> {
        quartiles(&self.heart_rates)
    }

    /// Coefficient of variation of the RR intervals.
    pub fn variation(&self) -> Option<Quartiles> {
        quartiles(&self.variations)
    }

    /// Root mean square of successive differences, in s.
    pub fn rmssd(&self) -> Option<Quartiles> {
        quartiles(&self.rmssds)
    }
}

fn add_to(sums: &mut Vec<f64>, values: impl Iterator<Item = f64>) {
    sums.resize(2 * REACH + 1, 0.0);
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

/// From its own level, with the R wave upwards and 1 high.
fn upright(beat: &[f64]) -> Vec<f64> {
    let mut sorted = beat.to_vec();
    sorted.sort_by(f64::total_cmp);
    let level = sorted[sorted.len() / 2];
    let height = beat[REACH] - level;
    beat.iter().map(|value| if height == 0.0 { 0.0 } else { (value - level) / height }).collect()
}

/// As `numpy.percentile` has them: linear between neighbours.
fn quartiles(values: &[f64]) -> Option<Quartiles> {
    let last = values.len().checked_sub(1)? as f64;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let (left, rest) = ((share * last) as usize, (share * last).fract());
        let right = (left + 1).min(sorted.len() - 1);
        sorted[left] * (1.0 - rest) + sorted[right] * rest
    };
    Some(Quartiles { lower: at(0.25), median: at(0.5), upper: at(0.75) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::TimeGrid;

    const SAMPLING_RATE: f64 = 250.0;

    /// Sharp beats at these moments, in s, on a flat line of `seconds`.
    fn trace(beats: &[f64], height: f32, seconds: f64) -> Vec<f32> {
        let mut samples = vec![0.0; (seconds * SAMPLING_RATE) as usize];
        for beat in beats {
            let peak = (beat * SAMPLING_RATE) as usize;
            for (offset, share) in [(0, 1.0), (1, 0.7), (2, 0.3), (3, 0.1)] {
                for at in [peak - offset, peak + offset] {
                    samples[at] = height * share;
                }
            }
        }
        samples
    }

    /// Importance of 1 in ±0.1 s around these moments, and of `rest` elsewhere.
    fn map(around: &[f64], rest: f32, seconds: f64) -> ImportanceMap {
        let near = |time: f64| around.iter().any(|moment| (time - moment).abs() <= 0.1);
        let values = (0..(seconds * 50.0) as usize).map(|i| if near(i as f64 / 50.0) { 1.0 } else { rest }).collect();
        ImportanceMap { grid: TimeGrid { start: 0.0, fs: 50.0 }, values, unusable: Vec::new() }
    }

    #[test]
    fn importance_at_the_qrs_complexes_is_found_there() {
        let beats: Vec<f64> = (1..19).map(f64::from).collect();
        let mut averages = AroundBeats::default();
        averages.add(&trace(&beats, 1.0, 20.0), SAMPLING_RATE, &map(&beats, 0.0, 20.0));
        // Upside down: the same.
        averages.add(&trace(&beats, -0.5, 20.0), SAMPLING_RATE, &map(&beats, 0.0, 20.0));
        assert_eq!(averages.recordings, 2);
        // 18 beats of 0.2 s in 20 s; its slopes add half of 0.02 s to either side.
        let expected = 20.0 / (18.0 * 0.22);
        let qrs = averages.importance_between(QRS_PLACE);
        assert!((qrs / expected - 1.0).abs() < 0.06, "{qrs}, not {expected}");
        assert!(averages.importance_between(P_PLACE) < 0.3 * qrs);
        let beat = averages.beat();
        assert_eq!(beat.len(), 121);
        assert!(beat[60] == (0.0, 1.0) && beat[0].0 == -0.6 && beat[30].1.abs() < 0.01, "{beat:?}");
        assert_eq!(averages.heart_rate().map(|it| it.median.round()), Some(60.0));
        assert!(averages.variation().is_some_and(|it| it.median < 0.01));
        let groups = averages.groups();
        assert!(groups[0].beats > 20 && groups[1..].iter().all(|group| group.beats == 0), "{groups:?}");
        // Every beat is alike, and all beats together are almost the whole time.
        assert!((groups[0].importance - 1.0).abs() < 0.15, "{groups:?}");
    }

    #[test]
    fn importance_where_the_rhythm_breaks_is_found_there() {
        // Every fourth beat comes 0.35 s early.
        let beats: Vec<f64> = (1..29).map(|i| f64::from(i) - if i % 4 == 0 { 0.35 } else { 0.0 }).collect();
        let early: Vec<f64> = beats.iter().skip(3).step_by(4).copied().collect();
        let mut averages = AroundBeats::default();
        averages.add(&trace(&beats, 1.0, 30.0), SAMPLING_RATE, &map(&early, 0.02, 30.0));
        let groups = averages.groups();
        // The usual beats have 0.02 of a mean of 0.066, of which the early ones have most.
        // 1.00 after 1.00 s is no change; 0.65 after 1.00 s, and 1.35 after 0.65 s, are changes of 0.42 and 0.70;
        // 1.00 after 1.35 s is one of 0.30.
        assert!(groups[0].beats >= 5 && groups[3].beats >= 5 && groups[4].beats >= 10, "{groups:?}");
        assert!(groups[4].importance > 1.5 && groups[0].importance < 0.32, "{groups:?}");
    }

    #[test]
    fn what_has_no_beats_or_no_importance_is_left_out() {
        let mut averages = AroundBeats::default();
        averages.add(&[0.0; 5000], SAMPLING_RATE, &map(&[3.0], 0.1, 20.0));
        averages.add(&[], SAMPLING_RATE, &map(&[], 0.1, 20.0));
        let beats: Vec<f64> = (1..19).map(f64::from).collect();
        averages.add(&trace(&beats, 1.0, 20.0), SAMPLING_RATE, &map(&[], 0.0, 20.0));
        assert_eq!((averages.recordings, averages.heart_rate()), (0, None));
        assert!(averages.importance().is_empty() && averages.beat().is_empty());
    }

    /// `numpy.percentile([7, 1, 4, 10], [25, 50, 75])` gives 3.25, 5.5 and 7.75.
    #[test]
    fn quartiles_are_as_numpy_has_them() {
        let found = quartiles(&[7.0, 1.0, 4.0, 10.0]).expect("values");
        assert_eq!((found.lower, found.median, found.upper), (3.25, 5.5, 7.75));
        assert_eq!(quartiles(&[]), None);
    }
}
