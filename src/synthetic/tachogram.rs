//! ECGSYN's RR intervals: a spectrum with two peaks, given a time course by random phases.

use std::f64::consts::TAU;

use super::random::Random;

/// Frequency of the Mayer waves of blood pressure, in Hz (f₁ in the paper).
const MAYER: f64 = 0.1;
/// Width (standard deviation) of both spectral peaks, in Hz (c₁, c₂).
const PEAK_WIDTH: f64 = 0.01;
/// Power at the Mayer peak over power at the respiratory one (σ₁²/σ₂²).
const LF_TO_HF: f64 = 0.5;

/// RR intervals of sinus rhythm over time.
///
/// The paper puts amplitudes √S(f) with random phases into an inverse Fourier transform; as the spectrum is narrow, the
/// Fourier series is summed here as it stands, at the moments of beats only.
pub struct Tachogram {
    mean: f64,
    /// Frequency in Hz, amplitude in s, phase.
    lines: Vec<(f64, f64, f64)>,
}

impl Tachogram {
    /// `mean` and `deviation` (standard deviation) in s; `breathing` in Hz; unrepeated over `duration` s.
    pub fn new(mean: f64, deviation: f64, breathing: f64, duration: f64, random: &mut Random) -> Self {
        let spacing = (0.5 / duration.max(1.0)).min(PEAK_WIDTH / 2.0);
        let reach = (3.0 * PEAK_WIDTH / spacing).floor() as i64;
        let mut lines = Vec::new();
        for (centre, power) in [(MAYER, LF_TO_HF), (breathing, 1.0)] {
            for step in -reach..=reach {
                let offset = step as f64 * spacing;
                let density = power * (-0.5 * (offset / PEAK_WIDTH).powi(2)).exp();
                lines.push((centre + offset, density.sqrt(), TAU * random.uniform()));
            }
        }
        // A line of amplitude a has power a²/2.
        let power: f64 = lines.iter().map(|(_, amplitude, _)| amplitude * amplitude / 2.0).sum();
        for line in &mut lines {
            line.1 *= deviation / power.sqrt();
        }
        Self { mean, lines }
    }

    /// The RR interval, in s, at a moment in s. At least 0.6 of the mean: the sinus node is never premature.
    pub fn at(&self, time: f64) -> f64 {
        let variation: f64 = self
            .lines
            .iter()
            .map(|(frequency, amplitude, phase)| amplitude * (TAU * frequency * time + phase).cos())
            .sum();
        (self.mean + variation).max(0.6 * self.mean)
    }
}
