//! Recordings in which AF starts or stops part-way, and whether its map lies on it.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{
    augment::Window,
    data::LabelledRecording,
    model::{CLASSES, Mode, Model},
    objective::with_pool,
};
use crate::{
    network::Class,
    signal::{NETWORK_FS, typical_deviation},
};

/// Fifteen seconds of one rhythm and fifteen of the other, with a cross-fade of one.
const HALF: usize = 15 * NETWORK_FS as usize;
const FADE: usize = NETWORK_FS as usize;

/// A Normal and an AF recording joined.
pub struct Onset {
    /// In mV, at the network's rate; 30 s.
    pub samples: Vec<f32>,
    /// Whether AF comes second.
    pub af_last: bool,
}

/// Where one rhythm gives way to the other.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// The middle of the cross-fade, in samples.
    pub at: f32,
    pub af_last: bool,
}

impl Change {
    /// The same in a window that was cut from the signal.
    pub fn within(self, window: &Window) -> Self {
        Self { at: (self.at - window.start) / window.speed, ..self }
    }

    /// The rhythm at `sample`; none within a second and a half of the change, where there is a little of both.
    pub fn rhythm_at(&self, sample: f32) -> Option<Class> {
        let after = sample - self.at;
        ((after.abs() > 1.5 * NETWORK_FS as f32).then_some(()))?;
        Some(if (after > 0.0) == self.af_last { Class::AtrialFibrillation } else { Class::Normal })
    }
}

/// What the map for AF does on one of them.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Its highest point lies in the half that is AF.
    pub highest_inside: bool,
    /// Mean importance there over mean importance in the other half.
    pub ratio: f32,
}

/// Joins every AF recording of at least 16 s with a Normal one of like amplitude (within a quarter), in both orders.
pub fn join(recordings: &[&LabelledRecording]) -> Vec<Onset> {
    let long = |class| recordings.iter().filter(move |r| r.class == class && r.prepared.samples.len() >= HALF + FADE);
    let beginning = |r: &LabelledRecording| r.prepared.samples[..HALF + FADE / 2].to_vec();
    let mut taken = vec![];
    let mut joined = vec![];
    for af in long(Class::AtrialFibrillation) {
        let af_samples = beginning(af);
        let amplitude = typical_deviation(&af_samples);
        let fits = |normal: &&&LabelledRecording| {
            let ratio = typical_deviation(&beginning(normal)) / amplitude;
            (0.8..1.25).contains(&ratio)
        };
        let Some(normal) = long(Class::Normal).filter(|n| !taken.contains(&n.name)).find(fits) else { continue };
        taken.push(normal.name.clone());
        let normal_samples = beginning(normal);
        joined.push(Onset { samples: cross_fade(&normal_samples, &af_samples), af_last: true });
        joined.push(Onset { samples: cross_fade(&af_samples, &normal_samples), af_last: false });
    }
    joined
}

/// A signal of `len` samples in which AF takes from a third to all but a fifth, at the beginning or at the end, beside a
/// Normal stretch brought to its amplitude, and where. `None` where the recordings are too short for that.
pub fn draw(af: &[f32], normal: &[f32], len: usize, rng: &mut ChaCha8Rng) -> Option<(Vec<f32>, Change)> {
    let af_len = ((rng.random_range(0.35..0.8f32) * len as f32) as usize).min(af.len());
    let normal_len = len - af_len + FADE;
    if af_len < 5 * FADE || normal_len < 2 * FADE || normal.len() < normal_len {
        return None;
    }
    let start = rng.random_range(0..=af.len() - af_len);
    let af = &af[start..][..af_len];
    let start = rng.random_range(0..=normal.len() - normal_len);
    let normal = &normal[start..][..normal_len];
    let gain = typical_deviation(af) / typical_deviation(normal).max(1e-6);
    let normal: Vec<f32> = normal.iter().map(|value| gain * value).collect();
    let af_last = rng.random_bool(0.5);
    let (first, second) = if af_last { (normal.as_slice(), af) } else { (af, normal.as_slice()) };
    let at = first.len() as f32 - FADE as f32 / 2.0;
    Some((cross_fade(first, second), Change { at, af_last }))
}

/// `first`, then `second`, with [`FADE`] samples of both.
fn cross_fade(first: &[f32], second: &[f32]) -> Vec<f32> {
    let start = first.len() - FADE;
    let mut joined = first[..start].to_vec();
    for (into, (leaving, coming)) in first[start..].iter().zip(second).enumerate() {
        let share = (into as f32 + 0.5) / FADE as f32;
        joined.push((1.0 - share) * leaving + share * coming);
    }
    joined.extend(&second[FADE..]);
    joined
}

/// Grad-CAM for AF at the last layer, where with global average pooling it is the head's weights times the feature map.
pub fn place(model: &Model, onset: &Onset) -> Placed {
    let window = Window::plain(&onset.samples).samples;
    let map: Vec<f32> = with_pool(|pool| {
        let trail = model.forward(&window, window.len(), Mode::Running, pool);
        let channels = trail.last().channels;
        let (weights, _) = model.head();
        let of_af: Vec<f32> = weights.chunks_exact(CLASSES).map(|row| row[Class::AtrialFibrillation.index()]).collect();
        let map = trail
            .last()
            .inner()
            .flat_map(|window| window.chunks_exact(channels))
            .map(|moment| moment.iter().zip(&of_af).map(|(a, b)| a * b).sum::<f32>().max(0.0))
            .collect();
        trail.finish(pool);
        map
    });
    let (first, second) = map.split_at(map.len() / 2);
    let (inside, outside) = if onset.af_last { (second, first) } else { (first, second) };
    let highest = |part: &[f32]| part.iter().copied().fold(0.0, f32::max);
    let mean = |part: &[f32]| part.iter().sum::<f32>() / part.len() as f32;
    Placed { highest_inside: highest(inside) > highest(outside), ratio: mean(inside) / mean(outside).max(1e-9) }
}
