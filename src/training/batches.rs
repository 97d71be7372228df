//! Windows of one length, put together afresh each epoch.

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{
    augment::{self, Window},
    config::TrainingConfig,
    data::LabelledRecording,
    irregular::{self, Irregular},
    lost,
    onsets::{self, Change},
    ood_negatives,
};
use crate::{
    network::Class,
    signal::{HIGH_PASS_HZ, WINDOW_SAMPLES},
};

/// Which recordings go together, and how long their windows are.
pub struct BatchPlan {
    pub members: Vec<usize>,
    pub window_len: usize,
}

/// An epoch's batches over `candidates` (indices of recordings): every recording once, those under 30 s with others of
/// like length, in random order.
pub fn plan_epoch(
    recordings: &[LabelledRecording],
    candidates: &[usize],
    batch_size: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<BatchPlan> {
    let mut order: Vec<(usize, usize)> = candidates
        .iter()
        .map(|&index| {
            let len = recordings[index].prepared.samples.len().min(WINDOW_SAMPLES);
            // Some jitter, so that short recordings do not always meet the same neighbours.
            let jitter =
                if len < WINDOW_SAMPLES { rng.random_range(0..100) } else { rng.random_range(0..usize::MAX / 2) };
            (len + jitter, index)
        })
        .collect();
    order.sort_unstable();
    let mut plans: Vec<BatchPlan> = order
        .chunks(batch_size)
        .map(|chunk| {
            let members: Vec<usize> = chunk.iter().map(|&(_, index)| index).collect();
            let shortest = members.iter().map(|&i| recordings[i].prepared.samples.len()).min().unwrap_or(0);
            BatchPlan { members, window_len: shortest.min(WINDOW_SAMPLES) }
        })
        .collect();
    plans.shuffle(rng);
    plans
}

/// A window with its class.
pub struct Drawn {
    /// Of which recording; of none where it is no ECG.
    pub member: Option<usize>,
    pub window: Window,
    pub class: Class,
    /// Where AF starts or stops, of a window that was joined of two recordings.
    pub change: Option<Change>,
    /// What was made of its rhythm.
    pub irregular: Option<Irregular>,
}

/// The windows of a batch, one for each member, and a few that are no ECG.
pub fn assemble(
    recordings: &[LabelledRecording],
    plan: &BatchPlan,
    normals: &[usize],
    config: &TrainingConfig,
    rng: &mut ChaCha8Rng,
) -> Vec<Drawn> {
    let others = config.not_an_ecg * plan.members.len() as f32;
    let others = others as usize + usize::from(rng.random::<f32>() < others.fract());
    let drawn = plan.members.iter().copied().map(Some).chain(std::iter::repeat_n(None, others));
    // Each draws from a generator of its own, so that the order in which they are made does not matter.
    let own: Vec<(Option<usize>, ChaCha8Rng)> = drawn.map(|member| (member, ChaCha8Rng::from_rng(rng))).collect();
    own.into_par_iter()
        .map(|(member, mut rng)| {
            let rng = &mut rng;
            let Some(member) = member else {
                let window = Window::plain(&ood_negatives::draw(plan.window_len, rng));
                return Drawn { member: None, window, class: Class::Noisy, change: None, irregular: None };
            };
            let recording = &recordings[member];
            let samples = &recording.prepared.samples;
            let joined = (recording.class == Class::AtrialFibrillation
                && !normals.is_empty()
                && rng.random::<f32>() < config.onsets)
                .then(|| {
                    let normal = &recordings[normals[rng.random_range(0..normals.len())]].prepared.samples;
                    onsets::draw(samples, normal, plan.window_len + plan.window_len / 10, rng)
                })
                .flatten();
            let irregular = (joined.is_none()).then(|| made_irregular(recording, config, rng)).flatten();
            let (samples, change) = match (&joined, &irregular) {
                (Some((joined, change)), _) => (joined, Some(*change)),
                (_, Some((_, changed))) => (changed, None),
                _ => (samples, None),
            };
            // Drawn for only where it is wanted: without it, training is as it was.
            let lost = (config.lost_stretches > 0.0 && change.is_none() && rng.random::<f32>() < config.lost_stretches)
                .then(|| lost::draw(samples, HIGH_PASS_HZ, rng));
            let samples = lost.as_ref().unwrap_or(samples);
            let window = augment::window(samples, plan.window_len, config.other_lead, rng);
            let change = change.map(|change| change.within(&window));
            let irregular = irregular.map(|(kind, _)| kind);
            Drawn { member: Some(member), window, class: recording.class, change, irregular }
        })
        .collect()
}

/// A recording with another rhythm, in as many of them as the config asks for.
fn made_irregular(
    recording: &LabelledRecording,
    config: &TrainingConfig,
    rng: &mut ChaCha8Rng,
) -> Option<(Irregular, Vec<f32>)> {
    let which = rng.random::<f32>();
    let kind = if which < config.ectopy {
        Irregular::befitting(recording.class, rng)?
    } else if which < config.ectopy + config.sinus_arrhythmia && matches!(recording.class, Class::Normal | Class::Other)
    {
        Irregular::SinusArrhythmia
    } else {
        return None;
    };
    Some((kind, irregular::draw(&recording.prepared.samples, kind, rng)?))
}

/// Those of `candidates` that are Normal.
pub fn normals_among(recordings: &[LabelledRecording], candidates: &[usize]) -> Vec<usize> {
    candidates.iter().copied().filter(|&index| recordings[index].class == Class::Normal).collect()
}
