//! Second-order filters, Butterworth's and notches, and zero-phase filtering by them.

use std::f64::consts::PI;

/// Removes what is slower than `cutoff_hz`: a second-order Butterworth filter run forwards and backwards, so that no
/// wave is shifted or skewed; the two passes together are 6 dB down at `cutoff_hz`.
///
/// Ends are extended by odd reflection and the filter starts in its steady state, as in SciPy's `filtfilt`
/// (Gustafsson's simpler forerunner): no transient where the recording begins.
pub fn high_pass(samples: &[f32], fs: f64, cutoff_hz: f64) -> Vec<f32> {
    // Three seconds hold the filter's memory at 0.5 Hz to under a thousandth.
    zero_phase(&[Biquad::butterworth_high_pass(fs, cutoff_hz)], samples, (1.5 * fs / cutoff_hz) as usize)
}

/// Runs `sections` one after the other, forwards and then backwards. Both ends are extended by `padding` samples, as
/// far as there are as many.
pub(super) fn zero_phase(sections: &[Biquad], samples: &[f32], padding: usize) -> Vec<f32> {
    let len = samples.len();
    if len < 2 {
        return vec![0.0; len];
    }
    let padding = padding.min(len - 1);
    let (first, last) = (samples[0] as f64, samples[len - 1] as f64);
    let mut extended: Vec<f64> = Vec::with_capacity(len + 2 * padding);
    extended.extend((1..=padding).rev().map(|i| 2.0 * first - samples[i] as f64));
    extended.extend(samples.iter().map(|&sample| sample as f64));
    extended.extend((1..=padding).map(|i| 2.0 * last - samples[len - 1 - i] as f64));
    for _ in 0..2 {
        sections.iter().for_each(|section| section.run(&mut extended));
        extended.reverse();
    }
    extended[padding..padding + len].iter().map(|&value| value as f32).collect()
}

/// A second-order filter, by the bilinear transform of the analogue prototype (Robert Bristow-Johnson's Audio EQ
/// Cookbook; Butterworth's have Q = 1/√2).
pub(super) struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
}

impl Biquad {
    pub(super) fn butterworth_low_pass(fs: f64, cutoff_hz: f64) -> Self {
        let omega = 2.0 * PI * cutoff_hz / fs;
        let alpha = omega.sin() / std::f64::consts::SQRT_2;
        let cos = omega.cos();
        let scale = 1.0 / (1.0 + alpha);
        let outer = (1.0 - cos) / 2.0 * scale;
        Self { b: [outer, 2.0 * outer, outer], a: [-2.0 * cos * scale, (1.0 - alpha) * scale] }
    }

    pub(super) fn butterworth_high_pass(fs: f64, cutoff_hz: f64) -> Self {
        let omega = 2.0 * PI * cutoff_hz / fs;
        let alpha = omega.sin() / std::f64::consts::SQRT_2;
        let cos = omega.cos();
        let scale = 1.0 / (1.0 + alpha);
        Self {
            b: [(1.0 + cos) / 2.0 * scale, -(1.0 + cos) * scale, (1.0 + cos) / 2.0 * scale],
            a: [-2.0 * cos * scale, (1.0 - alpha) * scale],
        }
    }

    /// Takes `hz` away and passes the rest; 3 dB down `hz / q` apart.
    pub(super) fn notch(fs: f64, hz: f64, q: f64) -> Self {
        let omega = 2.0 * PI * hz / fs;
        // Of that width exactly, as SciPy's `iirnotch`, where the Cookbook's is as wide on a logarithmic scale.
        let scale = 1.0 / (1.0 + (omega / q / 2.0).tan());
        let middle = -2.0 * omega.cos() * scale;
        Self { b: [scale, middle, scale], a: [middle, 2.0 * scale - 1.0] }
    }

    /// Filters in place, from the state that a constant input equal to the first value would have left.
    fn run(&self, values: &mut [f64]) {
        // Transposed direct form II: what a constant comes out as fixes both states.
        let start = values[0];
        let settled = self.b.iter().sum::<f64>() / (1.0 + self.a[0] + self.a[1]) * start;
        let mut state = [settled - self.b[0] * start, self.b[2] * start - self.a[1] * settled];
        for value in values {
            *value = self.step(&mut state, *value);
        }
    }

    /// The next output. `state` is the filter's memory: all zero before a signal that begins at nought.
    pub(super) fn step(&self, state: &mut [f64; 2], x: f64) -> f64 {
        let y = self.b[0] * x + state[0];
        state[0] = self.b[1] * x - self.a[0] * y + state[1];
        state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_and_a_drift_go_and_a_beat_stays_where_it_was() {
        let fs = 100.0;
        let flat = high_pass(&[3.0; 1000], fs, 0.5);
        assert!(flat.iter().all(|value| value.abs() < 1e-6));
        let drifting: Vec<f32> = (0..3000)
            .map(|i| {
                let t = i as f64 / fs;
                (2.0 * (2.0 * PI * 0.05 * t).sin() + (-((t - 15.0) / 0.02).powi(2)).exp()) as f32
            })
            .collect();
        let filtered = high_pass(&drifting, fs, 0.5);
        let peak = (0..3000).max_by(|&a, &b| filtered[a].total_cmp(&filtered[b])).unwrap();
        assert_eq!(peak, 1500);
        assert!(filtered[200..1300].iter().all(|value| value.abs() < 0.02));
    }

    /// |H|² of the two passes at a frequency f is 1 / (1 + (fc/f)⁴), up to the bilinear transform's warping.
    #[test]
    fn passes_what_butterworth_says() {
        for (hz, gain) in [(0.5, 0.5), (1.0, 16.0 / 17.0), (5.0, 1.0)] {
            let sine: Vec<f32> = (0..6000).map(|i| (2.0 * PI * hz * i as f64 / 100.0).sin() as f32).collect();
            let filtered = high_pass(&sine, 100.0, 0.5);
            let highest = filtered[2000..4000].iter().copied().fold(0.0, f32::max) as f64;
            assert!((highest - gain).abs() < 0.01, "{hz} Hz: {highest}");
        }
    }
}
