//! Recordings in which AF starts or stops part-way, and whether its map lies on it.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{
    augment::Window,
    data::LabelledRecording,
    map::with_pool,
    model::{CLASSES, Mode, Model},
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

    /// The rhythm at `sample`; none in the cross-fade, where there is a little of both. Right after it there is one: a map
    /// that peaks at the change itself, for that is what is odd there, would else be as good as one that peaks in AF.
    pub fn rhythm_at(&self, sample: f32) -> Option<Class> {
        let after = sample - self.at;
        ((after.abs() > 0.5 * FADE as f32).then_some(()))?;
        Some(if (after > 0.0) == self.af_last { Class::AtrialFibrillation } else { Class::Normal })
    }
}

/// What a class's map does on one of them.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Its highest point lies in the half that is of this class.
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
///
/// It begins as its first recording does, or ends as its last, in one of three: a device's filter settles there, and a map
/// should know that this is no rhythm.
pub fn draw(af: &[f32], normal: &[f32], len: usize, rng: &mut ChaCha8Rng) -> Option<(Vec<f32>, Change)> {
    let af_len = ((rng.random_range(0.35..0.8f32) * len as f32) as usize).min(af.len());
    let normal_len = len - af_len + FADE;
    if af_len < 5 * FADE || normal_len < 2 * FADE || normal.len() < normal_len {
        return None;
    }
    let af_last = rng.random_bool(0.5);
    let mut stretch = |samples: &[f32], len: usize, comes_first: bool| {
        let spare = samples.len() - len;
        let outermost = if comes_first { 0 } else { spare };
        let start = if rng.random_bool(1.0 / 3.0) { outermost } else { rng.random_range(0..=spare) };
        samples[start..][..len].to_vec()
    };
    let af = stretch(af, af_len, !af_last);
    let mut normal = stretch(normal, normal_len, af_last);
    let gain = typical_deviation(&af) / typical_deviation(&normal).max(1e-6);
    normal.iter_mut().for_each(|value| *value *= gain);
    let (first, second) = if af_last { (normal, af) } else { (af, normal) };
    let at = first.len() as f32 - FADE as f32 / 2.0;
    Some((cross_fade(&first, &second), Change { at, af_last }))
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

/// What the map for `class`, AF or Normal, does: Grad-CAM at the last layer, where with global average pooling it is the
/// head's weights times the feature map.
pub fn place(model: &Model, onset: &Onset, class: Class) -> Placed {
    let window = Window::plain(&onset.samples).samples;
    let map: Vec<f32> = with_pool(|pool| {
        let trail = model.forward(&window, window.len(), Mode::Running, pool);
        let channels = trail.last().channels;
        let (weights, _) = model.head();
        let of_class: Vec<f32> = weights.chunks_exact(CLASSES).map(|row| row[class.index()]).collect();
        let map = trail
            .last()
            .inner()
            .flat_map(|window| window.chunks_exact(channels))
            .map(|moment| moment.iter().zip(&of_class).map(|(a, b)| a * b).sum::<f32>().max(0.0))
            .collect();
        trail.finish(pool);
        map
    });
    let (first, second) = map.split_at(map.len() / 2);
    let comes_second = onset.af_last == (class == Class::AtrialFibrillation);
    let (inside, outside) = if comes_second { (second, first) } else { (first, second) };
    let highest = |part: &[f32]| part.iter().copied().fold(0.0, f32::max);
    let mean = |part: &[f32]| part.iter().sum::<f32>() / part.len() as f32;
    Placed { highest_inside: highest(inside) > highest(outside), ratio: mean(inside) / mean(outside).max(1e-9) }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    /// A ramp each, so that a sample tells where in its recording it was: AF rises, Normal falls.
    #[test]
    fn what_is_drawn_says_where_it_changes_and_often_has_its_recordings_ends() {
        let af: Vec<f32> = (1..=4000).map(|i| i as f32 * 1e-3).collect();
        let normal: Vec<f32> = af.iter().map(|value| -value).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (mut first_whole, mut last_whole) = (0, 0);
        for _ in 0..300 {
            let (samples, change) = draw(&af, &normal, 3000, &mut rng).expect("long enough");
            assert_eq!(samples.len(), 3000);
            for (index, &value) in samples.iter().enumerate() {
                let rhythm = change.rhythm_at(index as f32);
                assert!(rhythm.is_none_or(|class| (class == Class::AtrialFibrillation) == (value > 0.0)), "{index}");
                assert_eq!(rhythm.is_none(), (index as f32 - change.at).abs() <= 50.0);
            }
            // AF keeps its amplitude, Normal is brought to it.
            if change.af_last {
                last_whole += usize::from(samples[2999] == af[3999]);
            } else {
                first_whole += usize::from(samples[0] == af[0]);
            }
        }
        assert!((35..75).contains(&first_whole), "{first_whole}");
        assert!((35..75).contains(&last_whole), "{last_whole}");
    }
}
