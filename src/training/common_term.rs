//! What all four logits have in common: softmax does not see it, Grad-CAM does.
//!
//! One function of the feature map added to every logit changes no probability, so that training does not settle it: it is
//! left over from how the run began. The map of a class, though, is drawn from that class's logit alone, and shows where a
//! moment's share of it is above nought. So this term is chosen once the network is trained, such that a moment speaks for
//! the rhythm it is in and against the others; every answer stays what it was.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{
    augment::{Window, own_windows},
    data::LabelledRecording,
    map::with_pool,
    model::{CLASSES, Mode, Model},
    objective::{sigmoid, softplus},
    onsets,
    optimizer::AdamW,
};
use crate::{network::Class, signal::WINDOW_SAMPLES};

/// How often each AF recording is joined with a Normal one.
const JOINED: usize = 3;
/// Of so many moments one is looked at; neighbours see nearly the same.
const EVERY: usize = 3;
/// Moments that one core takes at a time.
const SHARE: usize = 4096;
const STEPS: usize = 400;
const LEARNING_RATE: f32 = 0.02;

/// How much it counts, at the moments of a rhythm (row), that the logit of a class (column) is above nought, or below where
/// the number is negative; in the order of [`Class::ALL`]. AF comes first: where it starts is what most is asked of a map.
/// A recording of Other rhythm is not Other at every moment, nor a noisy one noisy.
const WANTED: [[f32; CLASSES]; CLASSES] =
    [[0.3, -1.0, 0.0, 0.0], [-0.3, 1.0, 0.0, 0.0], [0.0, -0.3, 0.3, 0.0], [0.0, -0.3, 0.0, 0.3]];

/// Adds to every logit of `model` the same function of its last feature map, the one with which its maps fit
/// `recordings` best. Normal and AF are learned from joined recordings, since there a map has to choose.
pub fn settle(model: &mut Model, recordings: &[&LabelledRecording]) {
    let moments = KnownMoments::of(model, recordings);
    let mut common = vec![0.0f32; moments.channels];
    let mut optimizer = AdamW::new(moments.channels);
    for step in 0..STEPS {
        let rate = LEARNING_RATE * (1.0 - step as f32 / STEPS as f32);
        let (_, gradient) = moments.loss(&common);
        optimizer.step(&mut common, &gradient, f32::INFINITY, rate, 0.0, &[]);
    }
    model.add_to_all_logits(&common);
}

/// Moments of the last feature map, and the rhythm of each.
struct KnownMoments {
    /// `[moments, channels]`
    features: Vec<f32>,
    /// What the network's own head says of each, without the bias, which Grad-CAM does not see either.
    logits: Vec<[f32; CLASSES]>,
    rhythms: Vec<Class>,
    channels: usize,
}

impl KnownMoments {
    fn of(model: &Model, recordings: &[&LabelledRecording]) -> Self {
        let normals: Vec<&LabelledRecording> =
            recordings.iter().copied().filter(|recording| recording.class == Class::Normal).collect();
        let all: Vec<Self> = recordings
            .par_iter()
            .enumerate()
            .flat_map_iter(|(index, recording)| {
                let samples = &recording.prepared.samples;
                let mut rng = ChaCha8Rng::seed_from_u64(index as u64);
                let joined = (0..JOINED).filter(|_| recording.class == Class::AtrialFibrillation).filter_map(|_| {
                    let normal = normals.get(rng.random_range(0..normals.len().max(1)))?;
                    let (samples, change) = onsets::draw(samples, &normal.prepared.samples, WINDOW_SAMPLES, &mut rng)?;
                    Some(Self::of_window(model, &Window::plain(&samples), |sample| change.rhythm_at(sample)))
                });
                let mut moments: Vec<Self> = joined.collect();
                if matches!(recording.class, Class::Other | Class::Noisy) {
                    let windows = own_windows(samples);
                    moments
                        .extend(windows.iter().map(|window| Self::of_window(model, window, |_| Some(recording.class))));
                }
                moments
            })
            .collect();
        let channels = model.head().0.len() / CLASSES;
        let mut moments = Self::none(channels);
        for more in all {
            moments.features.extend(more.features);
            moments.logits.extend(more.logits);
            moments.rhythms.extend(more.rhythms);
        }
        moments
    }

    fn none(channels: usize) -> Self {
        Self { features: vec![], logits: vec![], rhythms: vec![], channels }
    }

    /// Those of a window whose rhythm is known; asked by the sample.
    fn of_window(model: &Model, window: &Window, rhythm_at: impl Fn(f32) -> Option<Class>) -> Self {
        with_pool(|pool| {
            let trail = model.forward(&window.samples, window.samples.len(), Mode::Running, pool);
            let last = trail.last();
            let stride = window.samples.len() as f32 / last.length as f32;
            let mut moments = Self::none(last.channels);
            let all = last.inner().flat_map(|window| window.chunks_exact(last.channels)).enumerate();
            for (index, features) in all.step_by(EVERY) {
                let Some(rhythm) = rhythm_at(index as f32 * stride) else { continue };
                let mut logits = [0.0f32; CLASSES];
                for (feature, row) in features.iter().zip(model.head().0.chunks_exact(CLASSES)) {
                    logits.iter_mut().zip(row).for_each(|(logit, weight)| *logit += feature * weight);
                }
                moments.features.extend_from_slice(features);
                moments.logits.push(logits);
                moments.rhythms.push(rhythm);
            }
            trail.finish(pool);
            moments
        })
    }

    /// How badly maps fit where `common` is added to every logit, and the gradient with respect to it.
    fn loss(&self, common: &[f32]) -> (f32, Vec<f32>) {
        let mut counts = [0.0f32; CLASSES];
        self.rhythms.iter().for_each(|rhythm| counts[rhythm.index()] += 1.0);
        let known = self.logits.par_chunks(SHARE).zip(self.rhythms.par_chunks(SHARE));
        let shares: Vec<(f32, Vec<f32>)> = self
            .features
            .par_chunks(SHARE * self.channels)
            .zip(known)
            .map(|(features, (logits, rhythms))| {
                let (mut loss, mut gradient) = (0.0, vec![0.0f32; self.channels]);
                let moments = features.chunks_exact(self.channels).zip(logits).zip(rhythms);
                for ((features, logits), rhythm) in moments {
                    let added: f32 = features.iter().zip(common).map(|(feature, weight)| feature * weight).sum();
                    let mut of_common = 0.0;
                    for (logit, wanted) in logits.iter().zip(WANTED[rhythm.index()]) {
                        let (weight, outwards) = (wanted.abs() / counts[rhythm.index()], wanted.signum());
                        let against = -outwards * (logit + added);
                        loss += weight * softplus(against);
                        of_common -= weight * outwards * sigmoid(against);
                    }
                    gradient.iter_mut().zip(features).for_each(|(to, feature)| *to += of_common * feature);
                }
                (loss, gradient)
            })
            .collect();
        shares.into_iter().fold((0.0, vec![0.0; self.channels]), |(loss, mut gradient), (more, of_share)| {
            gradient.iter_mut().zip(of_share).for_each(|(to, from)| *to += from);
            (loss + more, gradient)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        signal::Prepared,
        training::{
            model::{Architecture, normal},
            trainer::logits,
        },
    };

    /// Recordings of 35 s: AF is noise, Normal a slow wave.
    fn recordings() -> Vec<LabelledRecording> {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let recording = |index: usize| {
            let af = index.is_multiple_of(2);
            let wave = |i: usize| (i as f32 * (0.05 + 0.01 * index as f32)).sin();
            let samples = (0..3500).map(|i| if af { normal(&mut rng) } else { wave(i) }).collect();
            let class = if af { Class::AtrialFibrillation } else { Class::Normal };
            LabelledRecording { name: index.to_string(), class, prepared: Prepared { samples } }
        };
        (0..8).map(recording).collect()
    }

    #[test]
    fn maps_fit_better_and_probabilities_stay() {
        let architecture =
            Architecture { channels: vec![4, 6], widths: vec![7, 5], strides: vec![2, 2], dilations: vec![] };
        let mut model = Model::new(&architecture, &mut ChaCha8Rng::seed_from_u64(5));
        let recordings = recordings();
        let recordings: Vec<&LabelledRecording> = recordings.iter().collect();
        let moments = KnownMoments::of(&model, &recordings);
        let nothing = vec![0.0; moments.channels];
        let before = (moments.loss(&nothing), logits(&model, &recordings));
        settle(&mut model, &recordings);
        let after = (KnownMoments::of(&model, &recordings).loss(&nothing), logits(&model, &recordings));
        assert!(after.0.0 < 0.9 * before.0.0, "{} {}", before.0.0, after.0.0);
        // It is convex: where the gradient is nought there is nothing better.
        let length = |gradient: &[f32]| gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        assert!(length(&after.0.1) < 0.05 * length(&before.0.1), "{:?}", after.0.1);
        for (before, after) in before.1.iter().zip(&after.1) {
            for class in 1..CLASSES {
                let (was, is) = (before[class] - before[0], after[class] - after[0]);
                assert!((was - is).abs() < 1e-4, "{was} {is}");
            }
        }
    }
}
