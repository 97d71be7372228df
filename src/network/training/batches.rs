//! Windows of one length, put together afresh each epoch.

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{augment, data::LabelledRecording};
use crate::signal::WINDOW_SAMPLES;

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

/// The windows of a batch, one after the other: `[members, window_len]`, flat.
pub fn assemble(recordings: &[LabelledRecording], plan: &BatchPlan, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut windows = Vec::with_capacity(plan.members.len() * plan.window_len);
    for &member in &plan.members {
        let mut own = ChaCha8Rng::from_rng(rng);
        windows.extend(augment::window(&recordings[member].prepared.samples, plan.window_len, &mut own));
    }
    windows
}
