//! AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101) over one vector of parameters.

use std::ops::Range;

const FIRST_DECAY: f32 = 0.9;
const SECOND_DECAY: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// The moments of the gradient, and how many steps they have seen.
#[derive(Clone, Debug, Default)]
pub struct AdamW {
    pub first: Vec<f32>,
    pub second: Vec<f32>,
    pub steps: usize,
}

impl AdamW {
    pub fn new(parameters: usize) -> Self {
        Self { first: vec![0.0; parameters], second: vec![0.0; parameters], steps: 0 }
    }

    /// One step against `gradient`, whose length is cut at `longest`. What lies in `decays` shrinks by
    /// `learning_rate · weight_decay` as well.
    pub fn step(
        &mut self,
        parameters: &mut [f32],
        gradient: &[f32],
        longest: f32,
        learning_rate: f32,
        weight_decay: f32,
        decays: &[Range<usize>],
    ) {
        self.steps += 1;
        let length = gradient.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt() as f32;
        let cut = if length > longest { longest / length } else { 1.0 };
        let steps = self.steps as i32;
        let correction = (1.0 - SECOND_DECAY.powi(steps)).sqrt() / (1.0 - FIRST_DECAY.powi(steps));
        for range in decays {
            parameters[range.clone()].iter_mut().for_each(|value| *value *= 1.0 - learning_rate * weight_decay);
        }
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((parameter, gradient), (first, second)) in parameters.iter_mut().zip(gradient).zip(moments) {
            let gradient = gradient * cut;
            *first += (1.0 - FIRST_DECAY) * (gradient - *first);
            *second += (1.0 - SECOND_DECAY) * (gradient * gradient - *second);
            *parameter -= learning_rate * correction * *first / (second.sqrt() + EPSILON);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first step of Adam is the learning rate against the gradient's sign, whatever its size.
    #[test]
    fn the_first_step_is_the_learning_rate() {
        let mut parameters = [1.0, 1.0, 1.0];
        AdamW::new(3).step(&mut parameters, &[0.3, -0.01, 0.0], 10.0, 0.1, 0.5, std::slice::from_ref(&(2..3)));
        let expected = [0.9, 1.1, 0.95];
        assert!(parameters.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4), "{parameters:?}");
    }
}
