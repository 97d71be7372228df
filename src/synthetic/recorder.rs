//! A handheld recorder: its band, and its steps of one microvolt.
//!
//! AliveCor's recordings in PhysioNet/CinC 2017 span about 0.5 to 40 Hz at 1000 steps a millivolt.

use std::f64::consts::PI;

/// Upper end of the band, in Hz.
pub const HIGHEST: f64 = 40.0;
/// Lower end of the band, in Hz.
const LOWEST: f64 = 0.5;
/// Seconds that the high-pass takes to settle; what is recorded before is dropped.
pub const SETTLING: f64 = 2.0;

/// Passes millivolts at `fs` Hz through the recorder.
pub fn record(mut trace: Vec<f64>, fs: f64) -> Vec<f32> {
    // Both ways: no delay, so that annotations stay on their beats.
    for _ in 0..2 {
        low_pass(&mut trace, HIGHEST.min(0.4 * fs), fs);
        trace.reverse();
    }
    high_pass(&mut trace, LOWEST, fs);
    trace.into_iter().map(|mv| ((mv * 1000.0).round() / 1000.0) as f32).collect()
}

/// Second-order Butterworth low-pass, bilinear transform.
pub fn low_pass(trace: &mut [f64], frequency: f64, fs: f64) {
    let warped = (PI * frequency / fs).tan();
    let norm = 1.0 / (1.0 + std::f64::consts::SQRT_2 * warped + warped * warped);
    let gain = warped * warped * norm;
    let (back1, back2) =
        (2.0 * (warped * warped - 1.0) * norm, (1.0 - std::f64::consts::SQRT_2 * warped + warped * warped) * norm);
    let first = trace.first().copied().unwrap_or(0.0);
    let (mut in1, mut in2, mut out1, mut out2) = (first, first, first, first);
    for value in trace {
        let out = gain * (*value + 2.0 * in1 + in2) - back1 * out1 - back2 * out2;
        (in2, in1, out2, out1) = (in1, *value, out1, out);
        *value = out;
    }
}

/// First-order high-pass, bilinear transform: the alternating-current coupling of an amplifier.
pub fn high_pass(trace: &mut [f64], frequency: f64, fs: f64) {
    let warped = (PI * frequency / fs).tan();
    let (gain, keep) = (1.0 / (1.0 + warped), (1.0 - warped) / (1.0 + warped));
    let (mut in1, mut out1) = (trace.first().copied().unwrap_or(0.0), 0.0);
    for value in trace {
        let out = gain * (*value - in1) + keep * out1;
        (in1, out1) = (*value, out);
        *value = out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn gain_at(frequency: f64) -> f64 {
        let fs = 300.0;
        let trace = (0..3000).map(|index| (TAU * frequency * index as f64 / fs).sin()).collect();
        record(trace, fs)[1000..2000].iter().fold(0.0, |peak: f64, mv| peak.max(mv.abs() as f64))
    }

    #[test]
    fn passes_its_band_and_little_else() {
        assert!((gain_at(10.0) - 1.0).abs() < 0.03);
        assert!((gain_at(HIGHEST) - 0.5).abs() < 0.05, "half at the edge, as it is passed twice");
        assert!(gain_at(100.0) < 0.03);
        assert!(gain_at(0.1) < 0.25);
    }
}
