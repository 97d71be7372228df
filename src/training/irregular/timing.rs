//! A recording's own beats at other moments.

use std::f32::consts::TAU;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{FS, runs};
use crate::training::augment::interpolate;

/// Early beats that look like their neighbours, or, where the ventricles have not recovered yet, a little wider; a pause
/// after them that does not make good for it. Some come so early that they are not conducted: only a pause is left.
pub fn supraventricular(samples: &[f32], peaks: &[usize], rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut wanted = own_intervals(peaks);
    let runs = runs(peaks.len(), rng);
    // The coupling interval hardly changes from one extrasystole to the next of the same origin; it does with several.
    let coupling = rng.random_range(0.5..0.85);
    let spread = if rng.random_bool(0.3) { 0.08 } else { 0.02 };
    let pause = rng.random_range(0.3..1.0f32);
    let blocked = if rng.random_bool(0.15) { rng.random_range(0.2..1.0) } else { 0.0 };
    let mut source = samples.to_vec();
    let aberrant = rng.random_bool(0.15);
    for run in &runs {
        if run.length == 1 && rng.random_bool(blocked) {
            wanted[run.beat - 1] *= rng.random_range(1.3..1.9);
            continue;
        }
        let mut earlier = 0.0;
        for beat in run.beat..run.beat + run.length {
            let own = wanted[beat - 1];
            wanted[beat - 1] = own * (coupling + rng.random_range(-spread..spread));
            earlier = own - wanted[beat - 1];
            if aberrant {
                widen(&mut source, peaks[beat]);
            }
        }
        if let Some(after) = wanted.get_mut(run.beat + run.length - 1) {
            *after += pause * earlier;
        }
    }
    retime(&source, peaks, &wanted)
}

/// The interval up to a fifth longer and shorter: with 10 to 20 breaths a minute, and with the slower waves of blood
/// pressure (Mayer waves, 0.1 Hz).
pub fn sinus_arrhythmia(samples: &[f32], peaks: &[usize], rng: &mut ChaCha8Rng) -> Vec<f32> {
    let depth = rng.random_range(0.04..0.2f32);
    let of_pressure = rng.random_range(0.0..0.6f32);
    let mut wave = |depth: f32, shortest: f32, longest: f32| {
        let period = rng.random_range(shortest..longest) * FS;
        let phase = TAU * rng.random::<f32>();
        move |peak: usize| depth * (TAU * peak as f32 / period + phase).sin()
    };
    let (breathing, pressure) = (wave((1.0 - of_pressure) * depth, 3.0, 6.0), wave(of_pressure * depth, 8.0, 13.0));
    let wanted: Vec<f32> = own_intervals(peaks)
        .iter()
        .zip(peaks)
        .map(|(own, &peak)| own * (1.0 + breathing(peak) + pressure(peak) + rng.random_range(-0.01..0.01)))
        .collect();
    retime(samples, peaks, &wanted)
}

/// From each R peak to the next, in samples.
fn own_intervals(peaks: &[usize]) -> Vec<f32> {
    peaks.windows(2).map(|pair| (pair[1] - pair[0]) as f32).collect()
}

/// Gives each RR interval the length `wanted` (samples). Diastole gives and takes, from the T wave to the P wave; only
/// where that is not enough, the rest of the interval, but for the QRS complexes.
fn retime(samples: &[f32], peaks: &[usize], wanted: &[f32]) -> Vec<f32> {
    // How much longer each of the samples lasts.
    let mut lengths = vec![1.0f32; samples.len()];
    for ((pair, &own), &wanted) in peaks.windows(2).zip(&own_intervals(peaks)).zip(wanted) {
        let part = |share: f32| pair[0] + (share * own) as usize;
        let diastole = part(0.5)..part(0.75);
        let room = diastole.len().max(1) as f32;
        let of_diastole = (wanted - own).max(-0.85 * room);
        lengths[diastole].fill(1.0 + of_diastole / room);
        let of_rest = wanted - own - of_diastole;
        if of_rest < 0.0 {
            let rest = part(0.2)..part(0.92);
            let left: f32 = lengths[rest.clone()].iter().sum();
            lengths[rest].iter_mut().for_each(|length| *length *= (1.0 + of_rest / left.max(1.0)).max(0.2));
        }
    }
    stretch(samples, &lengths)
}

/// `samples` where each lasts as many samples as `lengths` says.
pub fn stretch(samples: &[f32], lengths: &[f32]) -> Vec<f32> {
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

/// A QRS complex as the bundle branches conduct it late: smoothed over 70 ms, and as high as before.
fn widen(samples: &mut [f32], peak: usize) {
    const REACH: usize = 12;
    if peak < REACH + 3 || peak + REACH + 4 > samples.len() {
        return;
    }
    let own = samples[peak - REACH - 3..peak + REACH + 4].to_vec();
    let smooth: Vec<f32> = own.windows(7).map(|near| near.iter().sum::<f32>() / 7.0).collect();
    let lift = own[REACH + 3].abs() / smooth[REACH].abs().max(0.25 * own[REACH + 3].abs()).max(1e-6);
    for (offset, smooth) in smooth.into_iter().enumerate() {
        // Faded in and out, so that nothing jumps.
        let share = 0.5 - 0.5 * (TAU * (offset as f32 + 0.5) / (2 * REACH + 1) as f32).cos();
        let value = &mut samples[peak - REACH + offset];
        *value += share.sqrt() * (lift.min(2.0) * smooth - *value);
    }
}
