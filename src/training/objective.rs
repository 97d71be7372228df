//! What training minimises, and its gradient over a batch, shard by shard.

use rayon::prelude::*;

use super::{
    map::with_pool,
    model::{CLASSES, Mode, Model, Trail},
    onsets::Change,
};
use crate::network::Class;

/// Windows of one batch as the network reads them.
pub struct Batch {
    /// `[windows, length]`
    pub windows: Vec<f32>,
    pub length: usize,
    /// `[windows, 4]`: the wanted probability of each class, times the window's weight in the loss.
    pub targets: Vec<f32>,
    /// `[windows, 2]`: how much it counts that Normal is more likely than AF, and the other way round.
    pub rather: Vec<f32>,
    /// What one unit of each normalised window is in mV.
    pub millivolts: Vec<f32>,
    /// Of windows in which AF starts or stops: what their moments should know of it.
    pub changes: Vec<Option<Moments>>,
}

/// What every moment of a window should know by itself.
#[derive(Clone, Copy)]
pub struct Moments {
    pub change: Change,
    /// How much it counts that a moment's own logits tell its rhythm.
    pub rhythm: f32,
}

/// Windows that pass through the network together and share their batch statistics. Small shards normalise with a little
/// noise, which helps (Hoffer et al. 2017, arXiv:1705.08741), and a batch is the same on however many cores.
const SHARD: usize = 16;

/// A batch's loss and its gradient.
pub struct Outcome {
    pub loss: f32,
    /// Of every parameter.
    pub gradient: Vec<f32>,
}

/// What a network answers to windows (`[windows, length]`): `[windows, 4]`.
pub fn answers(model: &Model, windows: &[f32], length: usize) -> Vec<f32> {
    with_pool(|pool| {
        let trail = model.forward(windows, length, Mode::Running, pool);
        let logits = trail.logits.clone();
        trail.finish(pool);
        logits
    })
}

impl Batch {
    pub fn len(&self) -> usize {
        self.millivolts.len()
    }

    /// The windows of these places.
    pub fn part(&self, places: &[usize]) -> Batch {
        let rows =
            |values: &[f32], len: usize| places.iter().flat_map(|&at| &values[at * len..][..len]).copied().collect();
        Batch {
            windows: rows(&self.windows, self.length),
            length: self.length,
            targets: rows(&self.targets, CLASSES),
            rather: rows(&self.rather, 2),
            millivolts: rows(&self.millivolts, 1),
            changes: places.iter().map(|&at| self.changes[at]).collect(),
        }
    }

    /// Loss (the sum over windows) and gradients.
    pub fn outcome(&self, model: &Model) -> Outcome {
        let shards: Vec<(f32, Vec<f32>)> = self
            .shards()
            .zip(self.changes.par_chunks(SHARD))
            .map(|((windows, wanted), changes)| {
                with_pool(|pool| {
                    let trail = model.forward(windows, self.length, Mode::Own, pool);
                    let (mut loss, of_logits) = wanted.loss(&trail.logits);
                    let mut local = trail.spread(&of_logits);
                    loss += self.local_loss(model, &trail, changes, &mut local);
                    let mut gradient = vec![0.0; model.parameters.len()];
                    model.backward(&trail, &local, Some(&mut gradient), false, pool);
                    trail.finish(pool);
                    (loss, gradient)
                })
            })
            .collect();
        let mut outcome = Outcome { loss: 0.0, gradient: vec![0.0; model.parameters.len()] };
        for (loss, gradient) in shards {
            outcome.loss += loss;
            outcome.gradient.iter_mut().zip(gradient).for_each(|(to, from)| *to += from);
        }
        outcome
    }

    /// How badly the moments of windows with a change know their own rhythm; adds its gradient to `gradient`.
    fn local_loss(&self, model: &Model, trail: &Trail, changes: &[Option<Moments>], gradient: &mut [f32]) -> f32 {
        if changes.iter().all(Option::is_none) {
            return 0.0;
        }
        let local = model.local_logits(trail);
        let moments = trail.last().length;
        let stride = self.length as f32 / moments as f32;
        let mut loss = 0.0;
        for (window, change) in changes.iter().enumerate() {
            let Some(Moments { change, rhythm }) = change else { continue };
            for moment in 0..moments {
                let Some(own) = change.rhythm_at(moment as f32 * stride) else { continue };
                let place = (window * moments + moment) * CLASSES;
                let target = Class::ALL.map(|class| if class == own { rhythm / moments as f32 } else { 0.0 });
                let (more, of_logits) = cross_entropy(&local[place..place + CLASSES], &target);
                loss += more;
                gradient[place..place + CLASSES].iter_mut().zip(of_logits).for_each(|(to, from)| *to += from);
            }
        }
        loss
    }

    /// What a network answers, `[windows, 4]`.
    pub fn logits(&self, model: &Model) -> Vec<f32> {
        let shards: Vec<Vec<f32>> = self.shards().map(|(windows, _)| answers(model, windows, self.length)).collect();
        shards.concat()
    }

    /// The loss's gradient with respect to the windows, `[windows, length]`.
    pub fn loss_gradient(&self, model: &Model, mode: Mode) -> Vec<f32> {
        self.window_gradient(model, mode, |logits, wanted| wanted.loss(logits).1)
    }

    /// The gradient of `logit[wrong] − logit[right]` with respect to the windows, `[windows, length]`.
    pub fn margin_gradient(&self, model: &Model, right: usize, wrong: usize) -> Vec<f32> {
        self.window_gradient(model, Mode::Running, |logits, _| {
            let mut gradient = vec![0.0; logits.len()];
            for row in gradient.chunks_exact_mut(CLASSES) {
                (row[wrong], row[right]) = (1.0, -1.0);
            }
            gradient
        })
    }

    fn window_gradient(
        &self,
        model: &Model,
        mode: Mode,
        of_logits: impl Fn(&[f32], Wanted) -> Vec<f32> + Sync,
    ) -> Vec<f32> {
        let shards: Vec<Vec<f32>> = self
            .shards()
            .map(|(windows, wanted)| {
                with_pool(|pool| {
                    let trail = model.forward(windows, self.length, mode, pool);
                    let local = trail.spread(&of_logits(&trail.logits, wanted));
                    let gradient = model.backward(&trail, &local, None, true, pool);
                    trail.finish(pool);
                    gradient.unwrap_or_default()
                })
            })
            .collect();
        shards.concat()
    }

    fn shards(&self) -> impl IndexedParallelIterator<Item = (&[f32], Wanted<'_>)> {
        let wanted = self.targets.par_chunks(SHARD * CLASSES).zip(self.rather.par_chunks(SHARD * 2));
        self.windows.par_chunks(SHARD * self.length).zip(wanted.map(|(targets, rather)| Wanted { targets, rather }))
    }
}

/// What the logits of a shard's windows should say; as in [`Batch`].
#[derive(Clone, Copy)]
struct Wanted<'a> {
    targets: &'a [f32],
    rather: &'a [f32],
}

impl Wanted<'_> {
    /// The sum over windows, and its gradient with respect to the logits.
    fn loss(self, logits: &[f32]) -> (f32, Vec<f32>) {
        const NORMAL: usize = Class::Normal.index();
        const AF: usize = Class::AtrialFibrillation.index();
        let (mut loss, mut gradient) = cross_entropy(logits, self.targets);
        let rows = logits.chunks_exact(CLASSES).zip(gradient.chunks_exact_mut(CLASSES));
        for ((logits, gradient), rather) in rows.zip(self.rather.as_chunks::<2>().0) {
            let ahead = logits[NORMAL] - logits[AF];
            // −log σ(±ahead)
            loss += rather[0] * softplus(-ahead) + rather[1] * softplus(ahead);
            let of_ahead = rather[1] * sigmoid(ahead) - rather[0] * sigmoid(-ahead);
            gradient[NORMAL] += of_ahead;
            gradient[AF] -= of_ahead;
        }
        (loss, gradient)
    }
}

/// −log σ(−x), without overflow.
pub fn softplus(x: f32) -> f32 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The sum over windows of −Σ target · log softmax(logits), and its gradient with respect to the logits.
pub fn cross_entropy(logits: &[f32], targets: &[f32]) -> (f32, Vec<f32>) {
    let mut loss = 0.0;
    let mut gradient = Vec::with_capacity(logits.len());
    for (logits, targets) in logits.chunks_exact(CLASSES).zip(targets.chunks_exact(CLASSES)) {
        let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = logits.iter().map(|logit| (logit - highest).exp()).sum();
        let weight: f32 = targets.iter().sum();
        for (logit, target) in logits.iter().zip(targets) {
            let log_probability = logit - highest - total.ln();
            loss -= target * log_probability;
            gradient.push(weight * log_probability.exp() - target);
        }
    }
    (loss, gradient)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::training::model::{Architecture, normal};

    /// Along the gradient, by central differences, with a window in which AF starts.
    #[test]
    fn the_gradient_of_a_batch_matches_central_differences() {
        let architecture =
            Architecture { channels: vec![4, 6], widths: vec![7, 5], strides: vec![2, 2], dilations: vec![] };
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let model = Model::new(&architecture, &mut rng);
        let length = 800;
        let change = Change { at: 390.0, af_last: true };
        let windows: Vec<f32> = (0..3 * length).map(|_| normal(&mut rng)).collect();
        let batch_with = |moments: Option<Moments>| Batch {
            length,
            windows: windows.clone(),
            targets: vec![0.5, 0.0, 0.0, 0.0, 0.0, 0.3, 0.1, 0.0, 0.0, 0.0, 0.0, 0.1],
            rather: vec![0.4, 0.0, 0.0, 0.6, 0.0, 0.0],
            millivolts: vec![1.0; 3],
            changes: vec![None, moments, None],
        };
        let batch = batch_with(Some(Moments { change, rhythm: 2.0 }));
        let outcome = batch.outcome(&model);
        assert!(outcome.loss > batch_with(None).outcome(&model).loss);
        let norm = outcome.gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        let at = |step: f32| {
            let mut moved = model.clone();
            let steps = outcome.gradient.iter().map(|g| step * g / norm);
            moved.parameters.iter_mut().zip(steps).for_each(|(parameter, step)| *parameter += step);
            f64::from(batch.outcome(&moved).loss)
        };
        let measured = (at(3e-3) - at(-3e-3)) / 6e-3;
        assert!((measured - f64::from(norm)).abs() < 0.02 * f64::from(norm), "{measured} {norm}");
    }
}
