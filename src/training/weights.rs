//! From the model to the weights file and back.

use std::collections::HashMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{
    convolution::Shape,
    model::{Architecture, CLASSES, Model},
};
use crate::network::weights_file::{self, NamedTensor, WeightsError};

impl Model {
    /// The weights as a safetensors file in half precision, batch normalisation folded in.
    pub fn to_safetensors(&self, metadata: HashMap<String, String>) -> Vec<u8> {
        let mut tensors: Vec<NamedTensor> = Vec::new();
        for layer in self.layers() {
            let Shape { channels_in, channels_out, width, .. } = layer.shape;
            let (weight, bias) = self.folded(layer);
            tensors.push((format!("{}.weight", layer.name), vec![channels_out, channels_in, width], weight));
            tensors.push((format!("{}.bias", layer.name), vec![channels_out], bias));
        }
        let (weight, bias) = self.head();
        let channels = weight.len() / CLASSES;
        // Here [channels, classes], in the file as everybody else has it.
        let transposed = (0..CLASSES).flat_map(|class| weight.iter().skip(class).step_by(CLASSES).copied()).collect();
        tensors.push(("head.weight".to_owned(), vec![CLASSES, channels], transposed));
        tensors.push(("head.bias".to_owned(), vec![CLASSES], bias.to_vec()));
        weights_file::write(&tensors, metadata)
    }

    /// The network of a weights file, with normalisations that do nothing.
    pub fn from_safetensors(bytes: &[u8], architecture: &Architecture) -> Result<Self, WeightsError> {
        let file = weights_file::open(bytes)?;
        let mut model = Self::new(architecture, &mut ChaCha8Rng::seed_from_u64(0));
        for layer in model.layers().into_iter().cloned().collect::<Vec<_>>() {
            let Shape { channels_in, channels_out, width, .. } = layer.shape;
            let shape = [channels_out, channels_in, width];
            let weight = weights_file::values(&file, &format!("{}.weight", layer.name), &shape)?;
            let bias = weights_file::values(&file, &format!("{}.bias", layer.name), &[channels_out])?;
            model.set_folded(&layer, &weight, &bias);
        }
        let channels = model.head().0.len() / CLASSES;
        let weight = weights_file::values(&file, "head.weight", &[CLASSES, channels])?;
        let bias = weights_file::values(&file, "head.bias", &[CLASSES])?;
        model.set_head(&weight, &bias);
        Ok(model)
    }
}
