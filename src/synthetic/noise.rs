//! What a recording holds besides the heart.

use std::f64::consts::{PI, TAU};

use super::random::Random;
use super::recorder::{self, HIGHEST};
use super::within;

/// Disturbances of a recording. All in mV, before the recorder's filters; zero is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Noise {
    /// The sensor's own noise: root mean square within the recorder's band.
    pub sensor: f64,
    /// Baseline wander, 0.1 to 0.8 Hz: root mean square.
    pub wander: f64,
    /// Mains hum: amplitude.
    pub mains: f64,
    /// Mains frequency in Hz.
    pub mains_frequency: f64,
    /// Muscle activity, from 10 Hz up: root mean square while it lasts.
    pub muscle: f64,
    /// Bursts of muscle activity a second, of 0.5 to 2.5 s each.
    pub muscle_rate: f64,
    /// Jolts of the electrodes: typical height.
    pub motion: f64,
    /// Jolts a second.
    pub motion_rate: f64,
}

impl Noise {
    /// None at all.
    pub const NONE: Noise = Noise {
        sensor: 0.0,
        wander: 0.0,
        mains: 0.0,
        mains_frequency: 50.0,
        muscle: 0.0,
        muscle_rate: 0.0,
        motion: 0.0,
        motion_rate: 0.0,
    };

    /// A handheld recorder, held well.
    pub const HANDHELD: Noise = Noise {
        sensor: 0.007,
        wander: 0.07,
        mains: 0.002,
        muscle: 0.02,
        muscle_rate: 0.12,
        motion: 0.08,
        motion_rate: 0.12,
        ..Noise::NONE
    };

    /// Moving hands, tense arms, a bad contact: no rhythm can be read.
    pub const UNREADABLE: Noise = Noise {
        sensor: 0.03,
        wander: 0.35,
        mains: 0.02,
        muscle: 0.22,
        muscle_rate: 0.9,
        motion: 1.1,
        motion_rate: 1.3,
        ..Noise::NONE
    };

    /// `count` values in mV at `fs` Hz. Bursts and jolts come at most 20 times a second: beyond that they merge anyway.
    pub fn samples(&self, fs: f64, count: usize, random: &mut Random) -> Vec<f64> {
        self.bounded().sum(fs, count, random)
    }

    /// The same with every figure brought into a range that can be computed.
    fn bounded(&self) -> Self {
        let height = |mv: f64| within(mv, 0.0, 10.0, 0.0);
        let rate = |per_second: f64| within(per_second, 0.0, 20.0, 0.0);
        Self {
            sensor: height(self.sensor),
            wander: height(self.wander),
            mains: height(self.mains),
            mains_frequency: within(self.mains_frequency, 0.0, 1000.0, 50.0),
            muscle: height(self.muscle),
            muscle_rate: rate(self.muscle_rate),
            motion: height(self.motion),
            motion_rate: rate(self.motion_rate),
        }
    }

    fn sum(&self, fs: f64, count: usize, random: &mut Random) -> Vec<f64> {
        let mut noise = vec![0.0; count];
        // White noise spreads up to fs/2; only the recorder's share of it counts.
        let sensor = self.sensor * (fs / 2.0 / HIGHEST).max(1.0).sqrt();
        let mains_phase = TAU * random.uniform();
        for (index, value) in noise.iter_mut().enumerate() {
            let turn = TAU * self.mains_frequency * index as f64 / fs;
            *value = sensor * random.normal() + self.mains * (turn + mains_phase).sin();
        }
        self.add_wander(&mut noise, fs, random);
        self.add_muscle(&mut noise, fs, random);
        self.add_motion(&mut noise, fs, random);
        noise
    }

    fn add_wander(&self, noise: &mut [f64], fs: f64, random: &mut Random) {
        // Slow waves weigh more: amplitude falls with the square root of frequency.
        let mut waves = [(0.0, 0.0, 0.0); 12];
        for (index, wave) in waves.iter_mut().enumerate() {
            let frequency = 0.1 + 0.7 * (index as f64 + random.uniform()) / 12.0;
            *wave = (frequency, frequency.sqrt().recip(), TAU * random.uniform());
        }
        let power: f64 = waves.iter().map(|(_, amplitude, _)| amplitude * amplitude / 2.0).sum();
        let scale = self.wander / power.sqrt();
        for (index, value) in noise.iter_mut().enumerate() {
            let time = index as f64 / fs;
            *value += scale
                * waves
                    .iter()
                    .map(|(frequency, height, phase)| height * (TAU * frequency * time + phase).sin())
                    .sum::<f64>();
        }
    }

    fn add_muscle(&self, noise: &mut [f64], fs: f64, random: &mut Random) {
        let duration = noise.len() as f64 / fs;
        let mut activity = vec![0.0f64; noise.len()];
        let mut time = random.waiting_time(self.muscle_rate);
        while time < duration {
            let (length, strength) = (random.between(0.5, 2.5), random.between(0.6, 1.4));
            for index in span(time, time + length, fs, noise.len()) {
                let along = (index as f64 / fs - time) / length;
                activity[index] = activity[index].max(strength * (PI * along).sin().max(0.0));
            }
            time += random.waiting_time(self.muscle_rate);
        }
        let mut muscle: Vec<f64> = (0..noise.len()).map(|_| random.normal()).collect();
        recorder::high_pass(&mut muscle, 15.0, fs);
        // Of the white noise the recorder keeps 15 to 40 Hz.
        let scale = self.muscle * (fs / 2.0 / (HIGHEST - 10.0)).sqrt();
        for ((value, muscle), level) in noise.iter_mut().zip(muscle).zip(activity) {
            *value += scale * muscle * level;
        }
    }

    /// Each jolt stretches the skin at once and lets go slowly, or bounces back.
    fn add_motion(&self, noise: &mut [f64], fs: f64, random: &mut Random) {
        let duration = noise.len() as f64 / fs;
        let mut time = random.waiting_time(self.motion_rate);
        while time < duration {
            let sign = if random.chance(0.5) { -1.0 } else { 1.0 };
            let height = sign * self.motion * (0.5 * random.normal()).exp();
            let (rise, fall) = (random.between(0.02, 0.10), random.between(0.06, 0.35));
            let rebound = random.between(0.0, 0.8);
            for index in span(time, time + 8.0 * fall, fs, noise.len()) {
                let since = index as f64 / fs - time;
                let push = (1.0 - (-since / rise).exp()) * (-since / fall).exp();
                noise[index] += height * push * (1.0 - rebound * since / fall);
            }
            time += random.waiting_time(self.motion_rate);
        }
    }
}

/// Samples from one time to another, both in s, as far as there are any.
fn span(from: f64, to: f64, fs: f64, count: usize) -> std::ops::Range<usize> {
    let first = ((from * fs).ceil().max(0.0) as usize).min(count);
    let last = ((to * fs).ceil().max(0.0) as usize).min(count);
    first..last.max(first)
}
