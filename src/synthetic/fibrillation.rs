//! The atria in fibrillation: a saw-tooth whose frequency and height wander.
//!
//! Model: M. Stridh, L. Sörnmo, "Spatiotemporal QRST cancellation techniques for analysis of atrial fibrillation",
//! IEEE Trans Biomed Eng 48(1):105–111, 2001: f(t) = −Σₘ aₘ(t) sin(mθ(t)), aₘ(t) = 2/(mπ) (a + Δa sin 2πf_a t),
//! θ(t) = 2πf₀t + (Δf/f_f) sin 2πf_f t. Added: f₀ drifts at random, as strict periods do not last in people.

use std::f64::consts::TAU;

use super::random::Random;
use super::within;

/// Harmonics of the saw-tooth (M in the paper, where it is 5): in lead I of handheld recorders they round off sooner.
const HARMONICS: usize = 3;

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
        Self { amplitude: 0.05, frequency: 6.2 }
    }
}

impl FibrillatoryWaves {
    /// `count` values in mV at `fs` Hz, the first at `start` s; none before `onset`.
    pub fn samples(&self, onset: f64, start: f64, fs: f64, count: usize, random: &mut Random) -> Vec<f64> {
        let (amplitude, centre) = (within(self.amplitude, 0.0, 1.0, 0.05), within(self.frequency, 2.0, 15.0, 6.2));
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
                theta += TAU * (centre + sway + drift) / fs;
                let swell = 1.0 + 0.3 * (TAU * swell_rate * time + swell_phase).sin();
                let arrival = ((time - onset) / 0.8).clamp(0.0, 1.0);
                // Without the paper's factor 2/π, so that the amplitude is the fundamental's.
                let saw: f64 = (1..=HARMONICS).map(|m| (m as f64 * theta).sin() / m as f64).sum();
                -amplitude * arrival * swell * saw
            })
            .collect()
    }
}
