//! Perturbations made to mislead the network.
//!
//! Projected gradient descent (Madry et al. 2018, arXiv:1706.06083) within a maximum norm given in the recording's own
//! mV; with a single step from a random start it is what "Fast is better than free" (Wong et al. 2020, arXiv:2001.03994)
//! trains with.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::{
    model::{Mode, Model},
    objective::Batch,
};

/// How hard the adversary tries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adversary {
    /// The largest change of any sample, in mV.
    pub millivolts: f32,
    pub steps: usize,
    /// One step's length as a share of the largest change.
    pub step: f32,
}

impl Adversary {
    /// Twenty steps of a tenth: what robustness is measured with.
    pub fn measuring(millivolts: f32) -> Self {
        Self { millivolts, steps: 20, step: 0.1 }
    }

    /// Changes those of the batch's windows for which `strength`, a factor of the largest change, is above nought, so
    /// that its loss rises.
    pub fn perturb(&self, model: &Model, batch: &mut Batch, strength: impl Fn(usize) -> f32, rng: &mut ChaCha8Rng) {
        let chosen: Vec<usize> = (0..batch.len()).filter(|&window| strength(window) > 0.0).collect();
        let mut part = batch.part(&chosen);
        self.climb(&mut part, |window| strength(chosen[window]), rng, |batch| batch.loss_gradient(model, Mode::Own));
        for (window, changed) in chosen.iter().zip(part.windows.chunks_exact(part.length)) {
            batch.windows[window * batch.length..][..batch.length].copy_from_slice(changed);
        }
    }

    /// Changes the batch's windows so that the logit of class `wrong` rises above that of `right`.
    pub fn perturb_margin(&self, model: &Model, batch: &mut Batch, right: usize, wrong: usize, rng: &mut ChaCha8Rng) {
        self.climb(batch, |_| 1.0, rng, |batch| batch.margin_gradient(model, right, wrong));
    }

    fn climb(
        &self,
        batch: &mut Batch,
        strength: impl Fn(usize) -> f32,
        rng: &mut ChaCha8Rng,
        gradient_of: impl Fn(&Batch) -> Vec<f32>,
    ) {
        let length = batch.length;
        let clean = batch.windows.clone();
        let bounds: Vec<f32> =
            batch.millivolts.iter().enumerate().map(|(i, unit)| strength(i) * self.millivolts / unit).collect();
        for (window, bound) in batch.windows.chunks_exact_mut(length).zip(&bounds) {
            window.iter_mut().for_each(|value| *value += bound * rng.random_range(-1.0..1.0f32));
        }
        for _ in 0..self.steps {
            let gradient = gradient_of(batch);
            let windows = batch.windows.chunks_exact_mut(length).zip(clean.chunks_exact(length));
            for (((window, clean), gradient), bound) in windows.zip(gradient.chunks_exact(length)).zip(&bounds) {
                for ((value, clean), gradient) in window.iter_mut().zip(clean).zip(gradient) {
                    let moved = *value + self.step * bound * sign(*gradient);
                    *value = moved.clamp(clean - bound, clean + bound);
                }
            }
        }
    }
}

/// Unlike `signum`, nought of nought: where no gradient comes through there is nothing to gain.
fn sign(value: f32) -> f32 {
    if value == 0.0 { 0.0 } else { value.signum() }
}
