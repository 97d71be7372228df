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
/// - lead: in `other_lead` of windows the phase of all frequencies is turned by up to 45°, which makes of an upright R wave
///   a biphasic one, as another lead might, and leaves the rhythm and the spectrum as they are;
/// - baseline: slow waves (0.5 to 1 Hz: what the high-pass lets through), up to a third of the deviation;
/// - muscle: noise in the network's band, mostly faint, now and then in a burst.
///
/// Gain needs none, since every window is normalised. Mains hum needs none, since the low-pass ends below it.
pub fn window(samples: &[f32], len: usize, other_lead: f32, rng: &mut ChaCha8Rng) -> Window {
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
    if rng.random::<f32>() < other_lead {
        turn_phase(&mut window, rng.random_range(-TAU / 8.0..TAU / 8.0));
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
pub(super) fn interpolate(samples: &[f32], position: f32) -> f32 {
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

/// cos(angle) · x + sin(angle) · H(x), H the Hilbert transform: from about 1.5 Hz, by a filter of 121 taps (Hamming).
fn turn_phase(window: &mut [f32], angle: f32) {
    const REACH: usize = 60;
    let taps: Vec<f32> = (1..=REACH)
        .step_by(2)
        .map(|n| {
            let n = n as f32;
            let hamming = 0.54 + 0.46 * (TAU / 2.0 * n / (REACH + 1) as f32).cos();
            hamming * 4.0 / (TAU * n)
        })
        .collect();
    let original = window.to_vec();
    let at = |index: usize| original.get(index).copied().unwrap_or(0.0);
    for (index, value) in window.iter_mut().enumerate() {
        let turned: f32 = taps
            .iter()
            .zip((1..).step_by(2))
            .map(|(tap, n)| tap * (if index >= n { at(index - n) } else { 0.0 } - at(index + n)))
            .sum();
        *value = angle.cos() * *value + angle.sin() * turned;
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
                let Window { samples: window, millivolts, .. } = window(&samples, len, 0.5, &mut rng);
                assert_eq!(window.len(), len);
                let deviation = (window.iter().map(|v| v * v).sum::<f32>() / len as f32).sqrt();
                assert!((0.9..1.1).contains(&deviation), "{deviation}");
                // A sine 0.2 mV high deviates by 0.14 mV; a lifted response and noise leave it in that region.
                assert!((0.1..0.3).contains(&millivolts), "{millivolts}");
            }
        }
    }
    /// H(cos) = sin; away from the ends.
    #[test]
    fn a_quarter_turn_makes_a_sine_of_a_cosine() {
        for hz in [2.0f32, 7.0, 31.0] {
            let phase = |i: usize| TAU * hz * i as f32 / 100.0;
            let mut window: Vec<f32> = (0..600).map(|i| phase(i).cos()).collect();
            turn_phase(&mut window, TAU / 4.0);
            for (i, value) in window.iter().enumerate().skip(100).take(400) {
                assert!((value - phase(i).sin()).abs() < 0.05, "{hz} Hz: {value} at {i}");
            }
        }
    }
}
