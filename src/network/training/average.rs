//! An exponential moving average of the weights (Polyak & Juditsky 1992): steadier than any one step's.

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    tensor::{Device, Tensor, TensorData},
};

use crate::network::{Network, weights::values};

/// All of a network's floats, the running statistics included, in the order in which burn visits them.
pub struct WeightAverage {
    values: Vec<Vec<f32>>,
    steps: usize,
}

impl WeightAverage {
    /// Starts from the network as it is.
    pub fn new(network: &Network) -> Self {
        Self { values: floats(network), steps: 0 }
    }

    /// Takes in the network after a step. `decay` is reached gradually, so that the random start is soon forgotten.
    pub fn update(&mut self, network: &Network, decay: f32) {
        self.steps += 1;
        let steps = self.steps as f32;
        let keep = decay.min(steps / (steps + 9.0));
        for (average, current) in self.values.iter_mut().flatten().zip(floats(network).into_iter().flatten()) {
            *average = keep * *average + (1.0 - keep) * current;
        }
    }

    /// A network that carries the average, on `device`.
    pub fn network(&self, device: &Device) -> Network {
        struct Write<'a>(std::slice::Iter<'a, Vec<f32>>);
        impl ModuleMapper for Write<'_> {
            fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
                let values = self.0.next().expect("the same architecture").clone();
                param.map(|tensor| {
                    let (shape, device) = (tensor.dims(), tensor.device());
                    Tensor::from_data(TensorData::new(values, shape), &device)
                })
            }
        }
        Network::new(device).map(&mut Write(self.values.iter()))
    }

    /// Goes on from a saved average.
    pub fn resume(network: &Network, steps: usize) -> Self {
        Self { values: floats(network), steps }
    }
}

fn floats(network: &Network) -> Vec<Vec<f32>> {
    struct Read(Vec<Vec<f32>>);
    impl ModuleVisitor for Read {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.push(values(param.val()));
        }
    }
    let mut read = Read(Vec::new());
    network.visit(&mut read);
    read.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_every_float_over() {
        let device = Device::flex();
        let network = Network::new(&device);
        let copy = WeightAverage::new(&network).network(&device);
        assert_eq!(floats(&network), floats(&copy));
        assert_ne!(floats(&network), floats(&Network::new(&device)));
    }
}
