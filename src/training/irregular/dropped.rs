//! Beats that the atrioventricular node does not let through.

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{FS, bridge, noise};

/// Every third to fifth beat, or one now and then, loses its QRS complex and T wave; its P wave stays, the others keep
/// their time (Mobitz II).
pub fn leave_out(samples: &[f32], peaks: &[usize], rng: &mut ChaCha8Rng) -> Vec<f32> {
    let inner = 2..peaks.len() - 1;
    let every = rng.random_range(3..=5);
    let mut dropped: Vec<usize> = if rng.random_bool(0.4) {
        inner.step_by(every).collect()
    } else {
        let share = rng.random_range(0.04..0.2);
        let drawn: Vec<usize> = inner.clone().filter(|_| rng.random_bool(share)).collect();
        if drawn.is_empty() { inner.collect::<Vec<_>>().choose(rng).copied().into_iter().collect() } else { drawn }
    };
    // Two in a row would be a high-degree block.
    dropped.dedup_by(|next, before| *next == *before + 1);
    let mut changed = samples.to_vec();
    let noise = noise(samples);
    for beat in dropped {
        let peak = peaks[beat] as f32;
        let following = (peaks[beat + 1] - peaks[beat]) as f32;
        let to = peak + (0.45 * FS).min(0.6 * following);
        bridge(&mut changed, (peak - 0.06 * FS) as usize, to as usize, noise, rng);
    }
    changed
}
