//! What the network says of signals that are no ECG.

use std::f64::consts::TAU;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{LabelledRecording, Model, predict};
use crate::{
    evaluate::{Figure, FigureGroup, Prediction, intervals::share},
    network::Class,
    signal::prepare,
};

const FS: f64 = 300.0;
const SAMPLES: usize = 9000;
/// Draws of each kind.
const DRAWS: u64 = 20;

/// Kinds of signal, each a function of time in s, of a number that differs from draw to draw (0…1), and of a noise.
type Kind = (&'static str, fn(f64, f64, &mut ChaCha8Rng) -> f64);

/// Made here and not as the ones shown in training, at another rate, and through the whole of `prepare`.
const KINDS: [Kind; 10] = [
    ("Flat line", |_, _, _| 0.0),
    ("White noise", |_, _, noise| uniform(noise)),
    ("Sine, 0.5 to 20 Hz", |t, draw, _| (TAU * 0.5 * 40f64.powf(draw) * t).sin()),
    ("Square wave, 0.5 to 4 Hz", |t, draw, _| (TAU * 0.5 * 8f64.powf(draw) * t).sin().signum()),
    ("Mains hum, 50 Hz", |t, draw, _| (TAU * 50.0 * t + draw).sin()),
    ("Mains hum under a little noise", |t, _, noise| (TAU * 50.0 * t).sin() + 0.1 * uniform(noise)),
    ("Muscle bursts", |t, draw, noise| {
        let swell = (TAU * (0.2 + 0.4 * draw) * t).sin().max(0.0).powi(4);
        (0.02 + swell) * uniform(noise)
    }),
    ("A swelling tone", |t, draw, _| (TAU * 0.3 * t).sin() * (TAU * (4.0 + 8.0 * draw) * t).sin()),
    ("Half-waves, as of a rectifier", |t, draw, _| (TAU * (0.6 + 2.0 * draw) * t).sin().max(0.0)),
    ("Speech-like: a tone in syllables", |t, draw, _| {
        let syllable = (TAU * (2.0 + 3.0 * draw) * t).sin() * (TAU * 0.7 * t).sin();
        syllable.max(0.0) * (TAU * 17.0 * t + 3.0 * (TAU * 1.3 * t).sin()).sin()
    }),
];

fn uniform(noise: &mut ChaCha8Rng) -> f64 {
    noise.random_range(-1.0..1.0)
}

/// The share of each kind's draws that is refused, called too noisy or another rhythm, or called Normal or AF with less
/// than an even chance.
pub fn figures(model: &Model) -> FigureGroup {
    let figures = KINDS.map(|(name, kind)| {
        let usable: Vec<LabelledRecording> = (0..DRAWS)
            .filter_map(|draw| {
                let mut noise = ChaCha8Rng::seed_from_u64(draw);
                let place = (draw as f64 + 0.5) / DRAWS as f64;
                let samples: Vec<f32> = (0..SAMPLES).map(|i| kind(i as f64 / FS, place, &mut noise) as f32).collect();
                let prepared = prepare(&samples, FS).ok()?;
                Some(LabelledRecording { name: name.to_owned(), class: Class::Noisy, prepared })
            })
            .collect();
        let answers = predict(model, &usable.iter().collect::<Vec<_>>());
        let mistaken = answers.iter().filter(|answer| is_confident_heart(answer)).count();
        Figure { name: name.to_owned(), estimate: share(DRAWS as usize - mistaken, DRAWS as usize) }
    });
    FigureGroup {
        title: "Not an ECG".to_owned(),
        how:
            "The share that is refused, or not called Normal or AF with more than an even chance; 20 draws of each, of \
            kinds made apart from those shown in training."
                .to_owned(),
        figures: figures.into(),
    }
}

fn is_confident_heart(answer: &Prediction) -> bool {
    [Class::Normal, Class::AtrialFibrillation].iter().any(|class| answer.probabilities[class.index()] > 0.5)
}
