//! What a recording is made from.

use std::f64::consts::TAU;

use super::fibrillation::FibrillatoryWaves;
use super::morphology::Morphology;
use super::noise::Noise;
use super::oscillator::{self, Breathing, Turn};
use super::random::Random;
use super::recorder;
use super::rhythm::{self, Beat, Pace, Rhythm};
use super::within;
use crate::record::{Annotation, Lead, Provenance, Record, Remark};

/// A synthetic recording before it is made. The same recipe makes the same recording.
///
/// Values that no recording has are brought into range: rates of 20 to 250 beats a minute, 1 to 600 s, sampling rates of
/// 100 to 2000 Hz, amplitudes of a few mV; what is no number becomes the usual value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    pub rhythm: Rhythm,
    /// Mean beats a minute; of the sinus node, where it paces.
    pub heart_rate: f64,
    /// Coefficient of variation (standard deviation over mean) of the sinus node's RR intervals.
    pub sinus_variation: f64,
    /// The same in atrial fibrillation.
    pub fibrillation_variation: f64,
    /// Height of the R wave in mV; negative as with electrodes reversed.
    pub amplitude: f64,
    /// Seen only while the atria fibrillate.
    pub fibrillatory_waves: FibrillatoryWaves,
    pub noise: Noise,
    /// In s.
    pub duration: f64,
    /// Sampling rate in Hz.
    pub fs: f64,
    pub seed: u64,
}

impl Recipe {
    /// Thirty seconds from a handheld recorder at 300 Hz, as in PhysioNet/CinC 2017.
    pub const fn new(rhythm: Rhythm, heart_rate: f64, seed: u64) -> Self {
        Self {
            rhythm,
            heart_rate,
            sinus_variation: 0.03,
            fibrillation_variation: 0.23,
            amplitude: 1.1,
            fibrillatory_waves: FibrillatoryWaves { amplitude: 0.05, frequency: 6.2 },
            noise: Noise::HANDHELD,
            duration: 30.0,
            fs: 300.0,
            seed,
        }
    }

    /// Makes the recording: one lead, `I`, with its beats (`N`, `A`, `V`) and rhythms (`(N`, `(AFIB`) annotated.
    pub fn record(&self, name: impl Into<String>) -> Record {
        let fs = within(self.fs, 100.0, 2000.0, 300.0);
        let duration = within(self.duration, 1.0, 600.0, 30.0);
        let kept = (duration * fs).round() as usize;
        let settling = (recorder::SETTLING * fs).round() as usize;
        let start = -(settling as f64) / fs;

        let mut person = Random::for_purpose(self.seed, 1);
        let breathing = Breathing { amplitude: 0.04, frequency: person.between(0.23, 0.27) };
        let mean_rr = 60.0 / within(self.heart_rate, 20.0, 250.0, 70.0);
        let pace = Pace {
            rhythm: self.rhythm,
            mean_rr,
            sinus_variation: within(self.sinus_variation, 0.0, 0.15, 0.03),
            fibrillation_variation: within(self.fibrillation_variation, 0.0, 0.5, 0.23),
            breathing: breathing.frequency,
        };
        let beats = rhythm::beats(&pace, start, duration + 1.0, &mut Random::for_purpose(self.seed, 2));
        let morphology = Morphology::draw(within(self.amplitude, -5.0, 5.0, 1.1), mean_rr, &mut person);
        let turns = turns(&beats, &morphology, breathing, &mut person);

        let count = settling + kept;
        let mut trace = oscillator::integrate(&turns, breathing, start, fs, count);
        let noise = self.noise.samples(fs, count, &mut Random::for_purpose(self.seed, 3));
        add(&mut trace, &noise);
        if let Some(onset) = self.rhythm.fibrillation_onset() {
            let mut random = Random::for_purpose(self.seed, 4);
            add(&mut trace, &self.fibrillatory_waves.samples(onset, start, fs, count, &mut random));
        }
        let samples = recorder::record(trace, fs).split_off(settling);

        Record {
            name: name.into(),
            fs,
            leads: vec![Lead { name: "I".to_owned(), samples }],
            start: None,
            annotations: annotations(self.rhythm, &beats, duration),
            provenance: Provenance {
                format: "synthetic (ECGSYN)".to_owned(),
                files: Vec::new(),
                remarks: vec![Remark::Synthetic],
                synthetic: true,
            },
        }
    }
}

fn add(trace: &mut [f64], other: &[f64]) {
    for (sum, value) in trace.iter_mut().zip(other) {
        *sum += value;
    }
}

fn turns(beats: &[Beat], morphology: &Morphology, breathing: Breathing, random: &mut Random) -> Vec<Turn> {
    let interval = |index: usize| match (beats.get(index), beats.get(index + 1)) {
        (Some(beat), Some(next)) => next.time - beat.time,
        _ => 1.0,
    };
    beats
        .iter()
        .enumerate()
        .map(|(index, beat)| {
            // The chest turns the heart's axis as it breathes: R waves grow and shrink with it.
            let breath = 0.05 * (TAU * breathing.frequency * beat.time).sin();
            let gain = 1.0 + breath + 0.02 * random.normal();
            let rr_before = interval(index.saturating_sub(1));
            Turn {
                start: beat.time,
                omega: TAU / interval(index),
                waves: morphology.waves(beat.origin, rr_before, gain),
            }
        })
        .collect()
}

fn annotations(rhythm: Rhythm, beats: &[Beat], duration: f64) -> Vec<Annotation> {
    let change = |time: f64, text: &str| Annotation { time, text: text.to_owned() };
    let mut annotations = match rhythm.fibrillation_onset() {
        None => vec![change(0.0, "(N")],
        Some(onset) if onset <= 0.0 => vec![change(0.0, "(AFIB")],
        Some(onset) => vec![change(0.0, "(N"), change(onset, "(AFIB")],
    };
    let shown = beats.iter().filter(|beat| (0.0..duration).contains(&beat.time));
    annotations.extend(shown.map(|beat| change(beat.time, beat.origin.code())));
    annotations.retain(|annotation| annotation.time < duration);
    annotations.sort_by(|a, b| a.time.total_cmp(&b.time));
    annotations
}
