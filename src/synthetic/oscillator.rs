//! ECGSYN's dynamical model: a point that circles once a beat, and a height that the waves push up and down.
//!
//! x' = αx − ωy, y' = αy + ωx with α = 1 − √(x² + y²): attracted to the unit circle, at angular frequency ω = 2π/RR.
//! z' = −Σ aᵢ Δθᵢ exp(−Δθᵢ²/2bᵢ²) − (z − z₀), z₀ = A sin(2πf₂t): each event's Gaussian, and a pull towards a baseline
//! that breathes. The R peak is at θ = 0.
//!
//! One thing is added: the events are those of the beat at hand rather than the same ones in every turn, and the waves
//! of neighbours run on past the R peak, so that RR intervals may change abruptly.

use std::f64::consts::TAU;

use super::morphology::Wave;

/// Seconds between integration steps, at most: the narrowest wave is ten times as wide.
const LONGEST_STEP: f64 = 1.0 / 500.0;
/// Widths from its peak beyond which a wave is zero for all purposes: exp(−6²/2) is 10⁻⁸.
const REACH: f64 = 6.0;

/// A beat as the oscillator needs it.
pub struct Turn {
    /// Time of the R peak, in s.
    pub start: f64,
    /// Angular frequency from this R peak to the next, in rad/s.
    pub omega: f64,
    pub waves: Vec<Wave>,
}

/// The baseline that the trace is drawn back to.
#[derive(Clone, Copy)]
pub struct Breathing {
    /// In mV (A in the paper).
    pub amplitude: f64,
    /// In Hz (f₂).
    pub frequency: f64,
}

/// Integrates the model by fourth-order Runge–Kutta: `count` values in mV at `fs` Hz, the first at `start` s.
///
/// `turns` must not be empty, and the first must begin at or before `start`; the last lasts as long as it must.
pub fn integrate(turns: &[Turn], breathing: Breathing, start: f64, fs: f64, count: usize) -> Vec<f64> {
    let mut turn = 0;
    while turn + 1 < turns.len() && turns[turn + 1].start <= start {
        turn += 1;
    }
    let angle = turns[turn].omega * (start - turns[turn].start);
    let mut state = [angle.cos(), angle.sin(), 0.0];
    let mut time = start;
    let mut samples = Vec::with_capacity(count);
    for index in 0..count {
        samples.push(state[2]);
        let sample_end = start + (index + 1) as f64 / fs;
        // Steps end at R peaks, where ω jumps; across the jump Runge–Kutta would lose its order, and beats their times.
        while time < sample_end {
            let turn_end = turns.get(turn + 1).map_or(f64::INFINITY, |next| next.start);
            let end = sample_end.min(turn_end);
            let steps = ((end - time) / LONGEST_STEP).ceil().max(1.0) as usize;
            let step = (end - time) / steps as f64;
            for _ in 0..steps {
                state = runge_kutta(turns, turn, breathing, time, state, step);
                time += step;
            }
            time = end;
            if end == turn_end {
                turn += 1;
            }
        }
    }
    samples
}

fn runge_kutta(turns: &[Turn], turn: usize, breathing: Breathing, time: f64, state: [f64; 3], step: f64) -> [f64; 3] {
    let moved = |slope: [f64; 3], by: f64| [0, 1, 2].map(|axis| state[axis] + by * slope[axis]);
    let one = slope(turns, turn, breathing, time, state);
    let two = slope(turns, turn, breathing, time + step / 2.0, moved(one, step / 2.0));
    let three = slope(turns, turn, breathing, time + step / 2.0, moved(two, step / 2.0));
    let four = slope(turns, turn, breathing, time + step, moved(three, step));
    [0, 1, 2].map(|axis| state[axis] + step / 6.0 * (one[axis] + 2.0 * two[axis] + 2.0 * three[axis] + four[axis]))
}

fn slope(turns: &[Turn], turn: usize, breathing: Breathing, time: f64, [x, y, z]: [f64; 3]) -> [f64; 3] {
    let omega = turns[turn].omega;
    let alpha = 1.0 - x.hypot(y);
    let theta = y.atan2(x);
    // The angle since this turn's R peak: θ, put into the turn that the time says.
    let expected = omega * (time - turns[turn].start);
    let angle = theta + TAU * ((expected - theta) / TAU).round();

    let mut rise = 0.0;
    for near in turn.saturating_sub(1)..=(turn + 1).min(turns.len() - 1) {
        // A beat's own clock: its waves before R run at the speed of the turn before, those after R at its own.
        let turned = angle + TAU * (turn as f64 - near as f64);
        let clock = if turned < 0.0 { turns[near.saturating_sub(1)].omega } else { turns[near].omega };
        let since_peak = turned / clock;
        for wave in &turns[near].waves {
            let widths = (since_peak - wave.time) / wave.width;
            if widths.abs() < REACH {
                rise -= wave.height / wave.width * widths * (-0.5 * widths * widths).exp() * omega / clock;
            }
        }
    }
    let baseline = breathing.amplitude * (TAU * breathing.frequency * time).sin();
    [alpha * x - omega * y, alpha * y + omega * x, rise - (z - baseline)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_has_its_height_at_its_time_however_the_intervals_change() {
        let starts = [0.0, 0.9, 1.3, 2.4];
        let turns: Vec<Turn> = (0..4)
            .map(|index| Turn {
                start: starts[index],
                omega: TAU / if index < 3 { starts[index + 1] - starts[index] } else { 1.0 },
                waves: vec![Wave { time: 0.0, width: 0.01, height: 1.0 }],
            })
            .collect();
        let still = Breathing { amplitude: 0.0, frequency: 0.25 };
        let trace = integrate(&turns, still, 0.5, 1000.0, 2400);
        for start in &starts[1..] {
            let near = ((start - 0.5) * 1000.0).round() as usize;
            let (peak, height) =
                (near - 20..near + 20).map(|i| (i, trace[i])).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert!(peak.abs_diff(near) <= 1, "R at sample {peak} instead of {near}");
            assert!((height - 1.0).abs() < 0.03, "R of {height} mV");
        }
    }
}
