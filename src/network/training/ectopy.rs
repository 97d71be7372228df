//! Premature beats put into real recordings.
//!
//! Many a network takes a rhythm with extrasystoles for AF, since both are irregular; the training set has few of them,
//! and one lead of one device. What is put in follows the textbooks: a ventricular beat is early, wide, without a P wave,
//! its T wave opposite to its QRS complex, and the next beat keeps its time (compensatory pause); a supraventricular one
//! is early and looks like its neighbours.

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{augment::interpolate, model::normal};
use crate::signal::{HIGH_PASS_HZ, NETWORK_FS, high_pass, r_peaks};

/// Where premature beats come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Ventricular,
    Supraventricular,
}

const FS: f32 = NETWORK_FS as f32;

/// `samples` (mV, network's rate and band) with premature beats: single ones, or every second or third beat. `None` where
/// there are too few beats to put one between.
pub fn draw(samples: &[f32], origin: Origin, rng: &mut ChaCha8Rng) -> Option<Vec<f32>> {
    let peaks = r_peaks(samples, NETWORK_FS);
    (peaks.len() >= 8).then_some(())?;
    let early = which(peaks.len(), rng);
    // The coupling interval hardly changes from one extrasystole to the next of the same origin.
    let coupling = rng.random_range(0.5..0.85);
    Some(match origin {
        Origin::Ventricular => ventricular(samples, &peaks, &early, coupling, rng),
        Origin::Supraventricular => supraventricular(samples, &peaks, &early, coupling, rng),
    })
}

/// Which of `beats` beats come early: never the first two, the last one, or two in a row.
fn which(beats: usize, rng: &mut ChaCha8Rng) -> Vec<usize> {
    let last = beats - 2;
    let from = rng.random_range(2..=last);
    match rng.random_range(0..6) {
        0 => (from..=last).step_by(2).collect(),
        1 => (2..=last).step_by(3).collect(),
        2 => (2..=last).step_by(2).collect(),
        _ => {
            let share = rng.random_range(0.05..0.25);
            let mut chosen = vec![];
            for beat in 2..=last {
                if chosen.last().is_none_or(|before| beat > before + 1) && rng.random_bool(share) {
                    chosen.push(beat);
                }
            }
            if chosen.is_empty() { vec![from] } else { chosen }
        }
    }
}

/// A sum of bells: when it is highest (s from the QRS complex), how high, and its deviation (s).
type Shape = Vec<(f32, f32, f32)>;

fn ventricular_shape(height: f32, rng: &mut ChaCha8Rng) -> Shape {
    let height = height * rng.random_range(0.8..2.2) * *[-1.0, 1.0].choose(rng).unwrap_or(&1.0);
    let width = rng.random_range(0.022..0.05);
    vec![
        (0.0, height, width),
        (
            rng.random_range(1.8..3.0) * width,
            -height * rng.random_range(0.0..0.8f32),
            width * rng.random_range(0.8..1.3),
        ),
        (rng.random_range(0.22..0.34), -height * rng.random_range(0.1..0.5f32), rng.random_range(0.045..0.08)),
    ]
}

fn ventricular(samples: &[f32], peaks: &[usize], early: &[usize], coupling: f32, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut changed = samples.to_vec();
    let height = typical_height(samples, peaks);
    let shapes = [ventricular_shape(height, rng), ventricular_shape(height, rng)];
    let two_kinds = rng.random_bool(0.25);
    for &beat in early {
        let interval = (peaks[beat] - peaks[beat - 1]) as f32;
        let following = (peaks[beat + 1] - peaks[beat]) as f32;
        // The beat that it takes the place of: the line between what is before and after it.
        let from = (peaks[beat] as f32 - (0.3 * FS).min(0.4 * interval)) as usize;
        let to = ((peaks[beat] as f32 + (0.45 * FS).min(0.6 * following)) as usize).min(changed.len() - 1);
        let (left, right) = (changed[from], changed[to]);
        for (place, value) in changed[from..to].iter_mut().enumerate() {
            *value = left + (right - left) * place as f32 / (to - from) as f32 + 0.02 * height * normal(rng);
        }
        let at = peaks[beat - 1] as f32 + (coupling + rng.random_range(-0.02..0.02)) * interval;
        let shape = &shapes[usize::from(two_kinds && rng.random_bool(0.5))];
        let reach = ((at - 0.2 * FS).max(0.0) as usize)..((at + 0.7 * FS) as usize).min(changed.len());
        for (value, place) in changed[reach.clone()].iter_mut().zip(reach) {
            let seconds = (place as f32 - at) / FS;
            *value +=
                shape.iter().map(|(at, high, wide)| high * (-0.5 * ((seconds - at) / wide).powi(2)).exp()).sum::<f32>();
        }
    }
    high_pass(&changed, NETWORK_FS, HIGH_PASS_HZ)
}

/// Time is squeezed before the early beats, mostly between the T wave before and the P wave, and stretched after them.
fn supraventricular(
    samples: &[f32],
    peaks: &[usize],
    early: &[usize],
    coupling: f32,
    rng: &mut ChaCha8Rng,
) -> Vec<f32> {
    // How fast the recording's time passes at each of its samples; more is squeezed.
    let mut lengths = vec![1.0f32; samples.len()];
    let pause = rng.random_range(0.3..1.0f32);
    for &beat in early {
        let interval = peaks[beat] - peaks[beat - 1];
        let following = peaks[beat + 1] - peaks[beat];
        let part = |from: usize, share: f32, len: usize| from + (share * len as f32) as usize;
        let diastole = part(peaks[beat - 1], 0.5, interval)..part(peaks[beat - 1], 0.75, interval);
        let rest = part(peaks[beat - 1], 0.2, interval)..part(peaks[beat - 1], 0.92, interval);
        let earlier = (1.0 - coupling) * interval as f32;
        let of_diastole = earlier.min(0.85 * diastole.len() as f32);
        let of_rest = earlier - of_diastole;
        lengths[diastole.clone()].fill(1.0 - of_diastole / diastole.len().max(1) as f32);
        let left: f32 = lengths[rest.clone()].iter().sum();
        lengths[rest].iter_mut().for_each(|length| *length *= (1.0 - of_rest / left.max(1.0)).max(0.2));
        let pause_at = part(peaks[beat], 0.5, following)..part(peaks[beat], 0.75, following);
        let longer = 1.0 + pause * earlier / pause_at.len().max(1) as f32;
        lengths[pause_at].fill(longer);
    }
    // When each sample is now; then what is at each moment.
    let mut now = 0.0;
    let times: Vec<f32> = lengths
        .iter()
        .map(|length| {
            now += length;
            now - length
        })
        .collect();
    let mut place = 0;
    (0..now as usize)
        .map(|moment| {
            while place + 1 < times.len() && times[place + 1] <= moment as f32 {
                place += 1;
            }
            interpolate(samples, place as f32 + (moment as f32 - times[place]) / lengths[place])
        })
        .collect()
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

    /// A minute of even beats, 0.8 s apart: R waves of 1 mV and T waves.
    fn sinus() -> Vec<f32> {
        let bell = |seconds: f32, high: f32, wide: f32| high * (-0.5 * (seconds / wide).powi(2)).exp();
        let raw: Vec<f32> = (0..6000)
            .map(|i| {
                let since = (i as f32 / FS + 0.4) % 0.8 - 0.4;
                bell(since, 1.0, 0.012) + bell(since - 0.25, 0.2, 0.04)
            })
            .collect();
        high_pass(&raw, NETWORK_FS, HIGH_PASS_HZ)
    }

    #[test]
    fn beats_come_early_and_the_rest_keeps_its_time() {
        let even = sinus();
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for origin in [Origin::Ventricular, Origin::Supraventricular] {
            for _ in 0..50 {
                let changed = draw(&even, origin, &mut rng).unwrap();
                assert!(changed.iter().all(|value| value.is_finite() && value.abs() < 4.0));
                assert!(changed.len() + 600 > even.len(), "{}", changed.len());
                if origin == Origin::Ventricular {
                    assert_eq!(changed.len(), even.len());
                }
                // Some interval is shorter than the heart's own.
                let peaks = r_peaks(&changed, NETWORK_FS);
                let intervals = peaks.windows(2).map(|pair| (pair[1] - pair[0]) as f32 / FS);
                let shortest = intervals.fold(f32::INFINITY, f32::min);
                assert!(shortest < 0.76, "{origin:?}: {shortest}");
            }
        }
    }

    #[test]
    fn too_few_beats_are_left_alone() {
        assert!(draw(&sinus()[..400], Origin::Ventricular, &mut ChaCha8Rng::seed_from_u64(1)).is_none());
    }
}
