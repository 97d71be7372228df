//! An exponential moving average of the weights (Polyak & Juditsky 1992): steadier than any one step's.

/// All of a network's parameters, averaged.
#[derive(Clone, Debug)]
pub struct WeightAverage {
    values: Vec<f32>,
    steps: usize,
}

impl WeightAverage {
    /// Starts from the parameters as they are.
    pub fn new(parameters: &[f32]) -> Self {
        Self { values: parameters.to_vec(), steps: 0 }
    }

    /// Takes in the parameters after a step. `decay` is reached gradually, so that the random start is soon forgotten.
    pub fn update(&mut self, parameters: &[f32], decay: f32) {
        self.steps += 1;
        let steps = self.steps as f32;
        let keep = decay.min(steps / (steps + 9.0));
        for (average, current) in self.values.iter_mut().zip(parameters) {
            *average = keep * *average + (1.0 - keep) * current;
        }
    }

    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Goes on from a saved average.
    pub fn resume(values: Vec<f32>, steps: usize) -> Self {
        Self { values, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_what_stays() {
        let mut average = WeightAverage::new(&[0.0]);
        (0..2000).for_each(|_| average.update(&[1.0], 0.99));
        assert!((average.values()[0] - 1.0).abs() < 1e-4);
    }
}
