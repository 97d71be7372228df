//! The atria in fibrillation: a saw-tooth whose frequency and height wander.
//!
//! Model: M. Stridh, L. Sörnmo, "Spatiotemporal QRST cancellation techniques for analysis of atrial fibrillation",
//! IEEE Trans Biomed Eng 48(1):105–111, 2001: f(t) = −Σₘ aₘ(t) sin(mθ(t)), aₘ(t) = 2/(mπ) (a + Δa sin 2πf_a t),
//! θ(t) = 2πf₀t + (Δf/f_f) sin 2πf_f t. Added: f₀ drifts at random, as strict periods do not last in people.

use std::f64::consts::{PI, TAU};

use super::random::Random;

/// Harmonics of the saw-tooth (M in the paper).
const HARMONICS: usize = 5;

/// Fibrillatory waves, as a lead shows them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FibrillatoryWaves {
    /// Height of the fundamental from the baseline, in mV: 0.03 is fine fibrillation, 0.1 coarse.
    pub amplitude: f64,
    /// Mean frequency in Hz, 4 to 9 in untreated people.
    pub frequency: f64,
}

impl Default for FibrillatoryWaves {
    fn default() -> Self {
        Self { amplitude: 0.06, frequency: 6.2 }
    }
}

impl FibrillatoryWaves {
    /// `count` values in mV at `fs` Hz, the first at `start` s; none before `onset`.
    pub fn samples(&self, onset: f64, start: f64, fs: f64, count: usize, random: &mut Random) -> Vec<f64> {
        let (sway_rate, swell_rate) = (random.between(0.08, 0.18), random.between(0.15, 0.35));
        let (sway_phase, swell_phase) = (TAU * random.uniform(), TAU * random.uniform());
        let mut theta = TAU * random.uniform();
        // An Ornstein–Uhlenbeck drift: returns within half a second, strays by 0.4 Hz.
        let (mut drift, keep) = (0.0, (-2.0 / fs).exp());
        let kick = 0.4 * (1.0 - keep * keep).sqrt();
        (0..count)
            .map(|index| {
                let time = start + index as f64 / fs;
                drift = keep * drift + kick * random.normal();
                let sway = 0.3 * (TAU * sway_rate * time + sway_phase).cos();
                theta += TAU * (self.frequency + sway + drift) / fs;
                // The fundamental's share in the paper is 2/π; dividing by it makes the amplitude the fundamental's.
                let swell = 1.0 + 0.3 * (TAU * swell_rate * time + swell_phase).sin();
                let arrival = ((time - onset) / 0.8).clamp(0.0, 1.0);
                let saw: f64 = (1..=HARMONICS).map(|m| (2.0 / (m as f64 * PI)) * (m as f64 * theta).sin()).sum();
                -self.amplitude * arrival * swell * saw * PI / 2.0
            })
            .collect()
    }
}
