//! From the trace to the places where a QRS complex may be.

use super::super::filter::Biquad;

/// The band of a QRS complex, in Hz.
const BAND: (f64, f64) = (8.0, 16.0);
/// The slope is taken over this long, in s.
const SLOPE_SECONDS: f64 = 0.01;
/// And averaged over this long: about a QRS complex.
const AVERAGE_SECONDS: f64 = 0.08;
/// Of peaks closer than this, in s, one is kept: the heart cannot beat again so soon.
const REFRACTORY_SECONDS: f64 = 0.2;
/// Rates of which whole fractions above this, in Hz, hold all that the band needs.
const ENOUGH_FS: f64 = 200.0;
/// Missing samples for longer than this, in s, are a gap in which a beat may have been missed.
const GAP_SECONDS: f64 = 0.1;

/// A peak of the envelope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// In s from the first sample, filter delay taken off: within the complex.
    pub time: f64,
    /// Of the envelope: mean magnitude of the band's slope, in mV per 10 ms.
    pub height: f64,
    /// Steepest slope of the trace itself up to there, in mV per 10 ms.
    pub slope: f64,
    /// Samples are missing between the candidate before and this one.
    pub after_gap: bool,
}

/// All peaks of the envelope, at least 0.2 s apart.
pub fn candidates(samples: &[f32], fs: f64) -> Vec<Candidate> {
    let block = ((fs / ENOUGH_FS) as usize).max(1);
    let rate = fs / block as f64;
    let mut envelope = Envelope::new(rate);
    let delay = Envelope::new(rate).delay() / rate;
    let refractory = (REFRACTORY_SECONDS * rate) as usize;
    let longest_hole = (GAP_SECONDS * rate) as usize;

    let mut found: Vec<Candidate> = Vec::new();
    // The highest peak so far that no later one has been far enough from.
    let mut pending: Option<(usize, Candidate)> = None;
    let (mut before_last, mut last) = (0.0, 0.0);
    let (mut hole, mut after_gap) = (0, false);
    // Added to samples, so that the trace goes on after a gap where it stopped before it: the filters take a constant
    // away, but would ring at a step.
    let (mut level, mut shift) = (0.0, None);
    for (index, part) in samples.chunks(block).enumerate() {
        match mean_of_finite(part) {
            Some(mean) => {
                level = mean + *shift.get_or_insert(level - mean);
                hole = 0;
            }
            None => {
                shift = None;
                hole += 1;
                if hole > longest_hole {
                    after_gap = true;
                }
            }
        }
        let height = envelope.step(level);
        if last > before_last && last >= height {
            let time = (index as f64 - 0.5) / rate - delay;
            let peak = Candidate { time, height: last, slope: envelope.steepest(), after_gap };
            match &mut pending {
                Some((at, held)) if index - *at < refractory => {
                    if held.height < last {
                        (*at, *held) = (index, Candidate { after_gap: held.after_gap || after_gap, ..peak });
                        after_gap = false;
                    }
                }
                _ => {
                    found.extend(pending.replace((index, peak)).map(|(_, held)| held));
                    after_gap = false;
                }
            }
        }
        (before_last, last) = (last, height);
    }
    found.extend(pending.map(|(_, candidate)| candidate));
    found
}

fn mean_of_finite(part: &[f32]) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0);
    for &sample in part.iter().filter(|sample| sample.is_finite()) {
        sum += f64::from(sample);
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// The filters, with what they remember.
struct Envelope {
    high_pass: (Biquad, [f64; 2]),
    low_pass: (Biquad, [f64; 2]),
    /// Of the band, and of the trace.
    slopes: [Difference; 2],
    averaged: Ring,
    sum: f64,
    steepness: Ring,
    /// Brings a slope to mV per 10 ms where the rate does not hold a whole number of samples in that time.
    slope_scale: f64,
}

impl Envelope {
    fn new(rate: f64) -> Self {
        let samples = |seconds: f64| ((seconds * rate).round() as usize).max(1);
        let lag = samples(SLOPE_SECONDS);
        Self {
            high_pass: (Biquad::butterworth_high_pass(rate, BAND.0), [0.0; 2]),
            low_pass: (Biquad::butterworth_low_pass(rate, BAND.1), [0.0; 2]),
            slopes: [Difference(Ring::new(lag)), Difference(Ring::new(lag))],
            averaged: Ring::new(samples(AVERAGE_SECONDS)),
            sum: 0.0,
            steepness: Ring::new(samples(AVERAGE_SECONDS + 0.1)),
            slope_scale: SLOPE_SECONDS * rate / lag as f64,
        }
    }

    fn band(&mut self, level: f64) -> f64 {
        let high = self.high_pass.0.step(&mut self.high_pass.1, level);
        self.low_pass.0.step(&mut self.low_pass.1, high)
    }

    /// The envelope's next value.
    fn step(&mut self, level: f64) -> f64 {
        let banded = self.band(level);
        let slope = self.slopes[0].step(banded).abs() * self.slope_scale;
        self.sum += slope - self.averaged.push(slope);
        let steepness = self.slopes[1].step(level).abs() * self.slope_scale;
        self.steepness.push(steepness);
        // Rounding may leave a running sum a hair below nought.
        self.sum.max(0.0) / self.averaged.values.len() as f64
    }

    /// The trace's steepest slope within the envelope's reach.
    fn steepest(&self) -> f64 {
        self.steepness.values.iter().copied().fold(0.0, f64::max)
    }

    /// By how many samples the envelope lags behind the trace: the centre of the band filter's answer to an impulse, by
    /// energy, and half of each of the two steps after it.
    fn delay(mut self) -> f64 {
        let steps = 8 * self.averaged.values.len();
        let (mut energy, mut moment) = (0.0, 0.0);
        for index in 0..steps {
            let answer = self.band(if index == 0 { 1.0 } else { 0.0 }).powi(2);
            energy += answer;
            moment += answer * index as f64;
        }
        let after = self.slopes[0].0.values.len() + self.averaged.values.len();
        moment / energy + after as f64 / 2.0
    }
}

/// The value now less the one some samples ago.
struct Difference(Ring);

impl Difference {
    fn step(&mut self, value: f64) -> f64 {
        value - self.0.push(value)
    }
}

/// The last few values.
struct Ring {
    values: Vec<f64>,
    next: usize,
}

impl Ring {
    fn new(len: usize) -> Self {
        Self { values: vec![0.0; len], next: 0 }
    }

    /// Takes a value in and gives the oldest out.
    fn push(&mut self, value: f64) -> f64 {
        let oldest = std::mem::replace(&mut self.values[self.next], value);
        self.next = (self.next + 1) % self.values.len();
        oldest
    }
}
