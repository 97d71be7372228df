//! What physics allows to happen to a recording without changing its rhythm.

use std::f32::consts::TAU;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::signal::{NETWORK_FS, WINDOW_SAMPLES, normalise, typical_deviation, window_starts};

/// A window as the network reads it, and what one unit of it is in mV.
pub struct Window {
    pub samples: Vec<f32>,
    pub millivolts: f32,
    /// Where in the recording it begins, and how many of the recording's samples one of its own is.
    pub start: f32,
    pub speed: f32,
}

impl Window {
    /// Normalised, not changed otherwise.
    pub fn plain(samples: &[f32]) -> Self {
        Self { samples: normalise(samples), millivolts: typical_deviation(samples).max(1e-6), start: 0.0, speed: 1.0 }
    }
}

/// A recording's own windows, where it is cut when the network reads it; all of one length.
pub fn own_windows(samples: &[f32]) -> Vec<Window> {
    let len = samples.len().min(WINDOW_SAMPLES);
    window_starts(samples.len()).iter().map(|&start| Window::plain(&samples[start..][..len])).collect()
}

/// A window of `len` samples from a random place of `samples` (at the network's rate), changed a little and normalised.
///
/// - time: stretched or squeezed by up to 8 %, as a heart that beats a little slower or faster;
/// - polarity: inverted in three of ten, as electrodes swapped;
/// - response: the high frequencies weakened or lifted, as by another machine's filter or another lead;
/// - baseline: slow waves (0.5 to 1 Hz: what the high-pass lets through), up to a third of the deviation;
/// - muscle: noise in the network's band, mostly faint, now and then in a burst.
///
/// Gain needs none, since every window is normalised. Mains hum needs none, since the low-pass ends below it.
pub fn window(samples: &[f32], len: usize, rng: &mut ChaCha8Rng) -> Window {
    let slowest = (samples.len() - 1) as f32 / len as f32;
    let speed = rng.random_range(0.92..1.08f32).min(slowest);
    let spare = samples.len() as f32 - 1.0 - speed * (len as f32 - 1.0);
    let start = if spare > 0.0 { rng.random_range(0.0..spare) } else { 0.0 };
    let cut: Vec<f32> = (0..len).map(|i| interpolate(samples, start + speed * i as f32)).collect();
    let Window { samples: mut window, millivolts, .. } = Window::plain(&cut);
    if rng.random_bool(0.3) {
        window.iter_mut().for_each(|value| *value = -*value);
    }
    if rng.random_bool(0.4) {
        change_response(&mut window, rng.random_range(-0.5..0.8f32));
    }
    if rng.random_bool(0.5) {
        add_wander(&mut window, rng);
    }
    if rng.random_bool(0.5) {
        let height = 0.15 * rng.random::<f32>();
        add_muscle(&mut window, height, rng);
    }
    if rng.random_bool(0.1) {
        let width = rng.random_range(len / 20..len / 5);
        let from = rng.random_range(0..len - width);
        let height = rng.random_range(0.2..0.8);
        add_muscle(&mut window[from..from + width], height, rng);
    }
    let changed = Window::plain(&window);
    Window { millivolts: millivolts * changed.millivolts, start, speed, ..changed }
}

/// Cubic (Catmull–Rom) interpolation: linear would dull the R peaks.
fn interpolate(samples: &[f32], position: f32) -> f32 {
    let left = (position as usize).min(samples.len() - 2);
    let t = position - left as f32;
    let at = |offset: isize| samples[(left as isize + offset).clamp(0, samples.len() as isize - 1) as usize];
    let (a, b, c, d) = (at(-1), at(0), at(1), at(2));
    b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
}

/// Adds `lift` times what a smoothing over five samples (8 Hz) takes away: below nought duller, above it sharper.
fn change_response(window: &mut [f32], lift: f32) {
    let original = window.to_vec();
    for (index, value) in window.iter_mut().enumerate() {
        let near = &original[index.saturating_sub(2)..(index + 3).min(original.len())];
        let smooth = near.iter().sum::<f32>() / near.len() as f32;
        *value += lift * (*value - smooth);
    }
}

fn add_wander(window: &mut [f32], rng: &mut ChaCha8Rng) {
    let height = 0.33 * rng.random::<f32>();
    let hz = rng.random_range(0.5..1.0f32);
    let phase = TAU * rng.random::<f32>();
    for (index, value) in window.iter_mut().enumerate() {
        *value += height * (TAU * hz * index as f32 / NETWORK_FS as f32 + phase).sin();
    }
}

/// Uniform noise smoothed over two samples: flat up to about 25 Hz and gone at 50, as muscle looks after the low-pass.
fn add_muscle(window: &mut [f32], height: f32, rng: &mut ChaCha8Rng) {
    // A uniform pair's mean has deviation 1/√6 of the half-width.
    let half_width = height * 6f32.sqrt();
    let mut previous = 0.0;
    for value in window {
        let next = rng.random_range(-1.0..1.0f32);
        *value += half_width * (previous + next) / 2.0;
        previous = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn windows_have_the_asked_length_and_unit_deviation() {
        let samples: Vec<f32> = (0..1200).map(|i| 0.2 * (i as f32 * 0.4).sin()).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for len in [600, 1100, 1199, 1200] {
            for _ in 0..20 {
                let Window { samples: window, millivolts, .. } = window(&samples, len, &mut rng);
                assert_eq!(window.len(), len);
                let deviation = (window.iter().map(|v| v * v).sum::<f32>() / len as f32).sqrt();
                assert!((0.9..1.1).contains(&deviation), "{deviation}");
                // A sine 0.2 mV high deviates by 0.14 mV; a lifted response and noise leave it in that region.
                assert!((0.1..0.3).contains(&millivolts), "{millivolts}");
            }
        }
    }
}
