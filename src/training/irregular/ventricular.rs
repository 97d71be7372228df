//! Ventricular premature beats.

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{FS, Run, bridge, noise, runs, timing::stretch, typical_height};
use crate::{
    signal::{HIGH_PASS_HZ, NETWORK_FS, high_pass},
    training::augment::interpolate,
};

/// A beat's course from [`BEFORE`] on, at the network's rate, in mV.
type Shape = Vec<f32>;

/// How long a shape begins before its R peak and ends after it, in samples.
const BEFORE: usize = 30;
const AFTER: usize = 75;

/// Beats of one or two foci. The heart's own beats that meet them are gone, and those after keep their time (compensatory
/// pause); in some recordings the sinus node is reset instead, or the beat falls between two of its own (interpolated),
/// or meets one and fuses with it.
pub fn put_in(samples: &[f32], peaks: &[usize], rng: &mut ChaCha8Rng) -> Vec<f32> {
    let (height, noise) = (typical_height(samples, peaks), noise(samples));
    let foci = if rng.random_bool(0.3) { 2 } else { 1 };
    let shapes: Vec<Shape> = (0..foci).map(|_| shape(samples, peaks, height, rng)).collect();
    let fusing = rng.random_bool(0.08);
    let coupling = if fusing { rng.random_range(0.88..1.0) } else { rng.random_range(0.45..0.85) };
    let spread = if rng.random_bool(0.25) { 0.08 } else { 0.02 };
    let interpolated = !fusing && coupling < 0.6 && rng.random_bool(0.4);
    let cycle = rng.random_range(0.45..0.8f32);
    let reset = rng.random_bool(0.3).then(|| rng.random_range(0.2..0.9f32));

    let mut changed = samples.to_vec();
    let mut lengths = vec![1.0f32; samples.len()];
    for Run { beat, length } in runs(peaks.len(), rng) {
        let interval = (peaks[beat] - peaks[beat - 1]) as f32;
        let first = peaks[beat - 1] as f32 + (coupling + rng.random_range(-spread..spread)) * interval;
        let step = (cycle * interval).max(0.28 * FS);
        let last = first + (length - 1) as f32 * step;
        let between = interpolated && length == 1;
        let gone_until = last + if between { 0.25 } else { 0.6 } * interval;
        let met = (beat..peaks.len() - 1).take_while(|&own| (peaks[own] as f32) < gone_until);
        for own in met.clone() {
            erase(&mut changed, peaks, own, if fusing { 0.5 } else { 1.0 }, noise, rng);
        }
        for index in 0..length {
            let scale = rng.random_range(0.9..1.1f32) * if fusing { 0.6 } else { 1.0 };
            add(&mut changed, shapes.choose(rng).unwrap_or(&shapes[0]), first + index as f32 * step, scale);
        }
        if let Some(reset) = reset.filter(|_| !between)
            && let Some(next) = met.last().and_then(|own| peaks.get(own + 1))
        {
            let pause = (last + 0.45 * FS) as usize..next.saturating_sub((0.3 * FS) as usize);
            if pause.start < pause.end {
                lengths[pause].fill(reset);
            }
        }
    }
    high_pass(&stretch(&changed, &lengths), NETWORK_FS, HIGH_PASS_HZ)
}

/// Takes `share` of a beat of the heart's own away.
fn erase(samples: &mut [f32], peaks: &[usize], beat: usize, share: f32, noise: f32, rng: &mut ChaCha8Rng) {
    let interval = (peaks[beat] - peaks[beat - 1]) as f32;
    let following = (peaks[beat + 1] - peaks[beat]) as f32;
    let from = (peaks[beat] as f32 - (0.3 * FS).min(0.4 * interval)) as usize;
    let to = ((peaks[beat] as f32 + (0.45 * FS).min(0.6 * following)) as usize).min(samples.len() - 1);
    let own = samples[from..to].to_vec();
    bridge(samples, from, to, noise, rng);
    for (value, own) in samples[from..to].iter_mut().zip(own) {
        *value += (1.0 - share) * (own - *value);
    }
}

fn add(samples: &mut [f32], shape: &Shape, at: f32, scale: f32) {
    let start = at - BEFORE as f32;
    let end = ((at + AFTER as f32) as usize).min(samples.len());
    // The last of a run may come after the recording's end.
    let reach = (start.max(0.0).ceil() as usize).min(end)..end;
    for (value, place) in samples[reach.clone()].iter_mut().zip(reach) {
        *value += scale * interpolate(shape, place as f32 - start);
    }
}

/// Either bells alone, or the recording's own QRS complex, slowed; then a T wave the other way.
fn shape(samples: &[f32], peaks: &[usize], height: f32, rng: &mut ChaCha8Rng) -> Shape {
    let height = height * rng.random_range(0.8..2.2) * *[-1.0, 1.0].choose(rng).unwrap_or(&1.0);
    let width = rng.random_range(0.022..0.05);
    let mut bells =
        vec![(rng.random_range(0.22..0.36), -height * rng.random_range(0.05..0.6f32), rng.random_range(0.045..0.09))];
    let mut course = vec![0.0; BEFORE + AFTER];
    if rng.random_bool(0.4) {
        let slowed = rng.random_range(1.8..3.2f32);
        let peak = *peaks[1..peaks.len() - 1].choose(rng).unwrap_or(&peaks[0]) as f32;
        let own = samples[peak as usize].abs().max(1e-6);
        let half = 0.07 * FS * slowed;
        for (index, value) in course.iter_mut().enumerate() {
            let after = index as f32 - BEFORE as f32;
            if after.abs() < half {
                let fade = 0.5 + 0.5 * (std::f32::consts::PI * after / half).cos();
                *value = height / own * fade.sqrt() * interpolate(samples, peak + after / slowed);
            }
        }
    } else {
        bells.push((0.0, height, width));
        bells.push((
            rng.random_range(1.8..3.0) * width,
            -height * rng.random_range(-0.4..0.8f32),
            width * rng.random_range(0.8..1.3),
        ));
    }
    for (index, value) in course.iter_mut().enumerate() {
        let seconds = (index as f32 - BEFORE as f32) / FS;
        *value +=
            bells.iter().map(|(at, high, wide)| high * (-0.5 * ((seconds - at) / wide).powi(2)).exp()).sum::<f32>();
    }
    course
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_beat_only_what_lies_in_the_recording_is_added() {
        let shape: Shape = vec![1.0; BEFORE + AFTER];
        let added = |at: f32| {
            let mut samples = vec![0.0; 200];
            add(&mut samples, &shape, at, 2.0);
            samples.iter().filter(|value| **value == 2.0).count()
        };
        assert_eq!(added(100.0), BEFORE + AFTER);
        assert_eq!(added(190.0), BEFORE + 10);
        assert_eq!(added(10.0), AFTER + 10);
        assert_eq!((added(231.0), added(400.0)), (0, 0));
    }
}
