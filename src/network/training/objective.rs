//! What training minimises, and its gradient over a batch, shard by shard.

use std::cell::RefCell;

use rayon::prelude::*;

use super::{
    map::Pool,
    model::{CLASSES, Mode, Model},
};

/// Windows of one batch as the network reads them.
pub struct Batch {
    /// `[windows, length]`
    pub windows: Vec<f32>,
    pub length: usize,
    /// `[windows, 4]`: the wanted probability of each class, times the window's weight in the loss.
    pub targets: Vec<f32>,
    /// What one unit of each normalised window is in mV.
    pub millivolts: Vec<f32>,
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

/// Buffers stay with their thread.
pub fn with_pool<R>(run: impl FnOnce(&mut Pool) -> R) -> R {
    thread_local! { static POOL: RefCell<Pool> = RefCell::default(); }
    POOL.with(|pool| run(&mut pool.borrow_mut()))
}

impl Batch {
    pub fn len(&self) -> usize {
        self.millivolts.len()
    }

    /// Loss (the sum over windows) and gradients.
    pub fn outcome(&self, model: &Model) -> Outcome {
        let shards: Vec<(f32, Vec<f32>)> = self
            .shards()
            .map(|(windows, targets)| {
                with_pool(|pool| {
                    let trail = model.forward(windows, self.length, Mode::Own, pool);
                    let (loss, of_logits) = cross_entropy(&trail.logits, targets);
                    let mut gradient = vec![0.0; model.parameters.len()];
                    model.backward(&trail, &of_logits, Some(&mut gradient), false, pool);
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

    /// What a network answers, `[windows, 4]`.
    pub fn logits(&self, model: &Model) -> Vec<f32> {
        let shards: Vec<Vec<f32>> = self
            .shards()
            .map(|(windows, _)| {
                with_pool(|pool| {
                    let trail = model.forward(windows, self.length, Mode::Running, pool);
                    let logits = trail.logits.clone();
                    trail.finish(pool);
                    logits
                })
            })
            .collect();
        shards.concat()
    }

    /// The loss's gradient with respect to the windows, `[windows, length]`.
    pub fn loss_gradient(&self, model: &Model, mode: Mode) -> Vec<f32> {
        self.window_gradient(model, mode, |logits, targets| cross_entropy(logits, targets).1)
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
        of_logits: impl Fn(&[f32], &[f32]) -> Vec<f32> + Sync,
    ) -> Vec<f32> {
        let shards: Vec<Vec<f32>> = self
            .shards()
            .map(|(windows, targets)| {
                with_pool(|pool| {
                    let trail = model.forward(windows, self.length, mode, pool);
                    let gradient = model.backward(&trail, &of_logits(&trail.logits, targets), None, true, pool);
                    trail.finish(pool);
                    gradient.unwrap_or_default()
                })
            })
            .collect();
        shards.concat()
    }

    fn shards(&self) -> impl IndexedParallelIterator<Item = (&[f32], &[f32])> {
        self.windows.par_chunks(SHARD * self.length).zip(self.targets.par_chunks(SHARD * CLASSES))
    }
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
