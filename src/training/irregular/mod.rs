//! Rhythms that are irregular though nothing fibrillates, made of real recordings.
//!
//! Many a network takes a rhythm with extrasystoles for AF, since both are irregular; the training set has few of them,
//! and one lead of one device. What is made here follows the textbooks.
//!
//! - `ventricular`: beats that are early and wide, without a P wave, their T wave opposite to their QRS complex.
//! - `timing`: the recording's own beats at other moments: early beats from above the ventricles, sinus arrhythmia.
//! - `dropped`: beats that the atrioventricular node does not let through.

mod dropped;
mod timing;
mod ventricular;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::model::normal;
use crate::{
    network::Class,
    signal::{NETWORK_FS, r_peaks},
};

const FS: f32 = NETWORK_FS as f32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Irregular {
    /// Ventricular premature beats: single ones, in every second or third place, couplets, short runs.
    Ventricular,
    /// Supraventricular premature beats, likewise.
    Supraventricular,
    /// Second-degree atrioventricular block: now and then a P wave with no QRS complex after it.
    DroppedBeats,
    /// The sinus node's own rise and fall with breathing.
    SinusArrhythmia,
}

impl Irregular {
    /// One that leaves a recording of `class` what it is, or makes of a Normal one one of other rhythm; none of noise.
    pub fn befitting(class: Class, rng: &mut ChaCha8Rng) -> Option<Self> {
        let (ventricular, supraventricular) = match class {
            Class::Normal => (0.5, 0.4),
            Class::AtrialFibrillation => (1.0, 0.0),
            Class::Other => (0.7, 0.3),
            Class::Noisy => return None,
        };
        let which = rng.random::<f32>();
        Some(if which < ventricular {
            Self::Ventricular
        } else if which < ventricular + supraventricular {
            Self::Supraventricular
        } else {
            Self::DroppedBeats
        })
    }
}

/// `samples` (mV, network's rate and band) with another rhythm; of the same length or a little shorter or longer. `None`
/// where there are too few beats.
pub fn draw(samples: &[f32], kind: Irregular, rng: &mut ChaCha8Rng) -> Option<Vec<f32>> {
    let peaks = r_peaks(samples, NETWORK_FS);
    (peaks.len() >= 8).then_some(())?;
    Some(match kind {
        Irregular::Ventricular => ventricular::put_in(samples, &peaks, rng),
        Irregular::Supraventricular => timing::supraventricular(samples, &peaks, rng),
        Irregular::DroppedBeats => dropped::leave_out(samples, &peaks, rng),
        Irregular::SinusArrhythmia => timing::sinus_arrhythmia(samples, &peaks, rng),
    })
}

/// Premature beats in a row: the first comes in place of `beat`.
struct Run {
    beat: usize,
    length: usize,
}

/// Where premature beats are among `beats` beats: never the first two or the last, and a beat of the heart's own between
/// any two runs.
fn runs(beats: usize, rng: &mut ChaCha8Rng) -> Vec<Run> {
    let last = beats - 2;
    let from = rng.random_range(2..=last);
    let single = |beat: usize| Run { beat, length: 1 };
    match rng.random_range(0..6) {
        0 => (from..=last).step_by(2).map(single).collect(),
        1 => (2..=last).step_by(3).map(single).collect(),
        2 => (2..=last).step_by(2).map(single).collect(),
        _ => {
            let share = rng.random_range(0.03..0.25);
            let in_rows = if rng.random_bool(0.5) { rng.random_range(0.1..0.6) } else { 0.0 };
            let mut runs = vec![];
            let mut beat = 2;
            while beat <= last {
                if rng.random_bool(share) {
                    let length =
                        if rng.random_bool(in_rows) { rng.random_range(2..=5).min(last + 1 - beat) } else { 1 };
                    runs.push(Run { beat, length });
                    beat += length;
                }
                beat += 1;
            }
            if runs.is_empty() { vec![single(from)] } else { runs }
        }
    }
}

/// The line from what is at `from` to what is at `to`, with `noise` (its deviation, mV), in place of what is between.
fn bridge(samples: &mut [f32], from: usize, to: usize, noise: f32, rng: &mut ChaCha8Rng) {
    let to = to.min(samples.len() - 1);
    if from >= to {
        return;
    }
    let (left, right) = (samples[from], samples[to]);
    for (place, value) in samples[from..to].iter_mut().enumerate() {
        *value = left + (right - left) * place as f32 / (to - from) as f32 + noise * normal(rng);
    }
}

/// The deviation of the recording's noise, in mV: of white noise, a second difference is √6 times as large, and waves of
/// the heart hardly show in the median of it.
fn noise(samples: &[f32]) -> f32 {
    let mut bends: Vec<f32> = samples.windows(3).map(|near| (near[0] - 2.0 * near[1] + near[2]).abs()).collect();
    bends.sort_by(f32::total_cmp);
    bends.get(bends.len() / 2).map_or(0.0, |median| median / (0.6745 * 6f32.sqrt()))
}

/// The median height of the R peaks above nought, whichever their sign.
fn typical_height(samples: &[f32], peaks: &[usize]) -> f32 {
    let mut heights: Vec<f32> = peaks.iter().map(|&peak| samples[peak].abs()).collect();
    heights.sort_by(f32::total_cmp);
    heights[heights.len() / 2]
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;
    use crate::signal::{HIGH_PASS_HZ, high_pass};

    /// A minute of even beats, 0.8 s apart: P, R and T waves, R of 1 mV.
    fn sinus() -> Vec<f32> {
        let bell = |seconds: f32, high: f32, wide: f32| high * (-0.5 * (seconds / wide).powi(2)).exp();
        let raw: Vec<f32> = (0..6000)
            .map(|i| {
                let since = (i as f32 / FS + 0.4) % 0.8 - 0.4;
                bell(since + 0.16, 0.12, 0.025) + bell(since, 1.0, 0.012) + bell(since - 0.25, 0.2, 0.04)
            })
            .collect();
        high_pass(&raw, NETWORK_FS, HIGH_PASS_HZ)
    }

    fn intervals(samples: &[f32]) -> Vec<f32> {
        r_peaks(samples, NETWORK_FS).windows(2).map(|pair| (pair[1] - pair[0]) as f32 / FS).collect()
    }

    #[test]
    fn premature_beats_come_early() {
        let even = sinus();
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for kind in [Irregular::Ventricular, Irregular::Supraventricular] {
            let mut early = 0;
            for _ in 0..100 {
                let changed = draw(&even, kind, &mut rng).unwrap();
                assert!(changed.iter().all(|value| value.is_finite() && value.abs() < 4.0));
                assert!((even.len() * 2 / 3..even.len() * 4 / 3).contains(&changed.len()), "{}", changed.len());
                let shortest = intervals(&changed).into_iter().fold(f32::INFINITY, f32::min);
                early += usize::from(shortest < 0.76);
            }
            // The rest fuse with the heart's own, or are not conducted.
            assert!(early > 80, "{kind:?}: {early}");
        }
    }

    #[test]
    fn a_dropped_beat_doubles_the_interval() {
        let even = sinus();
        let mut rng = ChaCha8Rng::seed_from_u64(4);
        for _ in 0..50 {
            let changed = draw(&even, Irregular::DroppedBeats, &mut rng).unwrap();
            assert_eq!(changed.len(), even.len());
            let intervals = intervals(&changed);
            assert!(intervals.iter().any(|seconds| (1.55..1.65).contains(seconds)), "{intervals:?}");
            // Nothing else moves.
            assert!(intervals.iter().all(|seconds| (seconds / 0.8 - (seconds / 0.8).round()).abs() < 0.04));
        }
    }

    #[test]
    fn sinus_arrhythmia_is_smooth() {
        let even = sinus();
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        for _ in 0..50 {
            let intervals = intervals(&draw(&even, Irregular::SinusArrhythmia, &mut rng).unwrap());
            assert!(intervals.iter().all(|seconds| (0.6..1.0).contains(seconds)), "{intervals:?}");
            let (low, high) = intervals
                .iter()
                .fold((f32::INFINITY, 0f32), |(low, high), &seconds| (low.min(seconds), high.max(seconds)));
            assert!(high - low > 0.04, "{low} {high}");
        }
    }

    #[test]
    fn too_few_beats_are_left_alone() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for kind in [Irregular::Ventricular, Irregular::DroppedBeats] {
            assert!(draw(&sinus()[..400], kind, &mut rng).is_none());
        }
    }

    #[test]
    fn runs_never_touch() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        for beats in 8..60 {
            for _ in 0..40 {
                let runs = runs(beats, &mut rng);
                assert!(!runs.is_empty());
                assert!(runs.windows(2).all(|pair| pair[0].beat + pair[0].length < pair[1].beat));
                assert!(runs.iter().all(|run| run.beat >= 2 && run.beat + run.length < beats));
            }
        }
    }
}
