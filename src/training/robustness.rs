//! How much of the answer survives an adversary.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{
    adversary::Adversary,
    augment::own_windows,
    data::LabelledRecording,
    model::Model,
    objective::{Batch, answers},
};
use crate::network::Class;

/// Whether each recording is still told right, Normal against AF (the higher of the two logits), when an adversary
/// changes every sample by up to `adversary.millivolts`. Recordings of other classes are left out.
///
/// The change is of the signal as the network's band leaves it, at 100 Hz, in the recording's own mV. All windows of a
/// recording are changed, each against its own answer.
pub fn told_right(model: &Model, recordings: &[&LabelledRecording], adversary: &Adversary) -> Vec<bool> {
    recordings
        .par_iter()
        .filter(|recording| matches!(recording.class, Class::Normal | Class::AtrialFibrillation))
        .map(|recording| {
            let windows = own_windows(&recording.prepared.samples);
            let count = windows.len();
            let target = Class::ALL.map(|class| if class == recording.class { 1.0 } else { 0.0 });
            let mut batch = Batch {
                length: windows.first().map_or(0, |window| window.samples.len()),
                rather: vec![0.0; 2 * count],
                millivolts: windows.iter().map(|window| window.millivolts).collect(),
                windows: windows.into_iter().flat_map(|window| window.samples).collect(),
                targets: target.repeat(count),
                changes: vec![None; count],
            };
            if adversary.millivolts > 0.0 {
                let mut rng = ChaCha8Rng::seed_from_u64(20);
                let (normal, af) = (Class::Normal.index(), Class::AtrialFibrillation.index());
                let (right, wrong) = if recording.class == Class::Normal { (normal, af) } else { (af, normal) };
                adversary.perturb_margin(model, &mut batch, right, wrong, &mut rng);
            }
            let logits = answers(model, &batch.windows, batch.length);
            let sum = |class: Class| logits.iter().skip(class.index()).step_by(4).sum::<f32>();
            (sum(Class::AtrialFibrillation) > sum(Class::Normal)) == (recording.class == Class::AtrialFibrillation)
        })
        .collect()
}
