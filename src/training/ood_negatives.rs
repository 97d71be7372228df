//! Signals that are no ECG, for the network to call too noisy.
//!
//! Shown in training beside real recordings (outlier exposure, Hendrycks et al. 2019, arXiv:1812.04606): a network that
//! only ever saw hearts must else find a heart in anything.

use std::f32::consts::TAU;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::model::normal;
use crate::signal::{HIGH_PASS_HZ, NETWORK_FS, high_pass};

/// `len` samples at the network's rate, in mV, of a kind and a height drawn at random, in the network's band.
pub fn draw(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut samples = match rng.random_range(0..10) {
        0 => noise(len, rng.random_range(0.0..0.99), rng),
        1 | 2 => wave(len, rng),
        3 | 4 => periodic(len, rng),
        5 | 6 => bursts(len, rng),
        7 => tone(len, rng),
        8 => steps(len, rng),
        _ => chirp(len, rng),
    };
    let height = 10f32.powf(rng.random_range(-2.0..1.0));
    let background = 10f32.powf(rng.random_range(-4.0..-0.7));
    for sample in &mut samples {
        *sample = height * (*sample + background * normal(rng));
    }
    // Resampling has smoothed what a recording brings; a little of that, then the network's own high-pass.
    let smoothed: Vec<f32> = (0..len)
        .map(|i| {
            let at = |i: usize| samples[i.min(len - 1)];
            0.25 * at(i.saturating_sub(1)) + 0.5 * at(i) + 0.25 * at(i + 1)
        })
        .collect();
    high_pass(&smoothed, NETWORK_FS, HIGH_PASS_HZ)
}

/// From white (`memory` 0) to nearly a random walk.
fn noise(len: usize, memory: f32, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut value = 0.0;
    let fresh = (1.0 - memory * memory).sqrt();
    (0..len)
        .map(|_| {
            value = memory * value + fresh * normal(rng);
            value
        })
        .collect()
}

/// A sine, square, triangle, sawtooth or pulse wave of 0.2 to 40 Hz, now and then two of them.
fn wave(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut samples = vec![0.0; len];
    for _ in 0..rng.random_range(1..3) {
        let hz = 0.2 * 200f32.powf(rng.random::<f32>());
        let (phase, duty) = (rng.random::<f32>(), rng.random_range(0.03..0.5f32));
        let shape = rng.random_range(0..5);
        let height = rng.random_range(0.2..1.0f32);
        for (i, sample) in samples.iter_mut().enumerate() {
            let turn = (hz * i as f32 / NETWORK_FS as f32 + phase).fract();
            *sample += height
                * match shape {
                    0 => (TAU * turn).sin(),
                    1 => f32::from(turn < 0.5),
                    2 => (2.0 * turn - 1.0).abs(),
                    3 => turn,
                    _ => f32::from(turn < duty),
                };
        }
    }
    samples
}

/// Some smooth shape or other, again and again: a few harmonics of a heart's rates, each weaker than the one before.
fn periodic(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let hz = 0.4 * 10f32.powf(rng.random::<f32>());
    let fall = rng.random_range(0.8..2.5f32);
    let harmonics: Vec<(f32, f32, f32)> = (1..=rng.random_range(2..8))
        .map(|n| (n as f32 * hz, rng.random::<f32>(), (n as f32).powf(-fall) * rng.random_range(0.3..1.0f32)))
        .collect();
    (0..len)
        .map(|i| {
            let t = i as f32 / NETWORK_FS as f32;
            harmonics.iter().map(|(hz, phase, height)| height * (TAU * (hz * t + phase)).sin()).sum()
        })
        .collect()
}

/// A tone that wavers, in pieces with pauses between, as of a voice.
fn tone(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let hz = 3.0 * 12f32.powf(rng.random::<f32>());
    let (depth, waver) = (rng.random_range(0.0..0.3f32), rng.random_range(0.2..3.0f32));
    let (mut turn, mut loudness, mut wanted, mut left) = (0.0, 0.0f32, 0.0, 0usize);
    // How fast a piece swells and dies away: 0.02 to 0.3 s.
    let ease = 1.0 / (rng.random_range(0.02..0.3f32) * NETWORK_FS as f32);
    (0..len)
        .map(|i| {
            if left == 0 {
                wanted = if wanted == 0.0 { rng.random_range(0.2..1.0f32) } else { 0.0 };
                left = (6.0 * 15f32.powf(rng.random::<f32>())) as usize;
            }
            left -= 1;
            loudness += ease * (wanted - loudness);
            turn += hz * (1.0 + depth * (TAU * waver * i as f32 / NETWORK_FS as f32).sin()) / NETWORK_FS as f32;
            loudness * (TAU * turn).sin()
        })
        .collect()
}

/// Bursts of noise, as of a muscle that is tensed, over near silence.
fn bursts(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut samples = vec![0.0; len];
    for _ in 0..rng.random_range(1..12) {
        let width = rng.random_range(20..len / 2);
        let from = rng.random_range(0..len - width);
        let (height, memory) = (rng.random_range(0.2..1.0f32), rng.random_range(0.0..0.7));
        let burst = noise(width, memory, rng);
        for (i, value) in burst.iter().enumerate() {
            let swell = (std::f32::consts::PI * i as f32 / width as f32).sin();
            samples[from + i] += height * swell * value;
        }
    }
    samples
}

/// An electrode that comes loose and back: levels that last from a tenth of a second to several.
fn steps(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut samples = Vec::with_capacity(len);
    while samples.len() < len {
        let level = normal(rng);
        let last = (10.0 * 50f32.powf(rng.random::<f32>())) as usize;
        samples.extend(std::iter::repeat_n(level, last.min(len - samples.len())));
    }
    samples
}

/// A sine whose frequency glides.
fn chirp(len: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let (from, to) = (rng.random_range(0.3..20.0f32), rng.random_range(0.3..20.0f32));
    let mut turn = rng.random::<f32>();
    (0..len)
        .map(|i| {
            turn += (from + (to - from) * i as f32 / len as f32) / NETWORK_FS as f32;
            (TAU * turn).sin()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn every_draw_is_finite_and_moves() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for len in [500, 3000] {
            for _ in 0..100 {
                let samples = draw(len, &mut rng);
                assert_eq!(samples.len(), len);
                assert!(samples.iter().all(|sample| sample.is_finite()));
                assert!(samples.iter().any(|sample| sample.abs() > 1e-6));
            }
        }
    }
}
