//! From the weights file (see `weights_file`) into the burn module, and back.

use std::collections::HashMap;

use burn::{
    module::Param,
    nn::conv::Conv1d,
    tensor::{Device, Tensor, TensorData},
};
use safetensors::SafeTensors;

use super::{
    Convolution, Network, SetThresholds,
    weights_file::{self, NamedTensor, WeightsError},
};

impl Network {
    /// The network with the weights of a safetensors file; batch normalisation is taken to be folded in.
    pub fn from_safetensors(bytes: &[u8], device: &Device) -> Result<Self, WeightsError> {
        let file = weights_file::open(bytes)?;
        let mut network = Self::new(device);
        for (name, convolution) in network.convolutions_mut() {
            convolution.norm = None;
            let Conv1d { weight, bias, .. } = &mut convolution.conv;
            let (shape, channels) = (weight.dims(), weight.dims()[0]);
            *weight = Param::from_tensor(tensor(&file, &format!("{name}.weight"), shape, device)?);
            *bias = Some(Param::from_tensor(tensor(&file, &format!("{name}.bias"), [channels], device)?));
        }
        let [inputs, outputs] = network.head.weight.dims();
        // burn keeps a linear layer's weight as [inputs, outputs]; the file as everybody else does.
        let weight: Tensor<2> = tensor(&file, "head.weight", [outputs, inputs], device)?;
        network.head.weight = Param::from_tensor(weight.transpose());
        network.head.bias = Some(Param::from_tensor(tensor(&file, "head.bias", [outputs], device)?));
        network.set_thresholds = SetThresholds::from_metadata(&weights_file::metadata(bytes));
        #[cfg(feature = "cpu")]
        if *device == Device::flex() {
            network.pack();
        }
        Ok(network)
    }

    /// The weights as a safetensors file in half precision, batch normalisation folded in.
    pub fn to_safetensors(&self, metadata: HashMap<String, String>) -> Vec<u8> {
        let mut tensors: Vec<NamedTensor> = Vec::new();
        let mut add = |name: String, shape: &[usize], values: Vec<f32>| tensors.push((name, shape.to_vec(), values));
        for (name, convolution) in self.clone().convolutions_mut() {
            let (weight, bias) = convolution.folded();
            add(format!("{name}.weight"), &convolution.conv.weight.dims(), weight);
            add(format!("{name}.bias"), &[bias.len()], bias);
        }
        let head = self.head.weight.val().transpose();
        add("head.weight".into(), &head.dims(), values(head.clone()));
        let bias = self.head.bias.as_ref().map(|bias| values(bias.val())).unwrap_or_default();
        add("head.bias".into(), &[bias.len()], bias);
        weights_file::write(&tensors, metadata)
    }

    /// Every convolution with its name in the weights file.
    pub fn convolutions_mut(&mut self) -> Vec<(String, &mut Convolution)> {
        let mut named = vec![("stem".to_owned(), &mut self.stem)];
        for (index, stage) in self.stages.iter_mut().enumerate() {
            let stage_name = format!("stage{}", index + 1);
            named.push((format!("{stage_name}.first"), &mut stage.first));
            named.push((format!("{stage_name}.second"), &mut stage.second));
            if let Some(shortcut) = &mut stage.shortcut {
                named.push((format!("{stage_name}.shortcut"), shortcut));
            }
        }
        named
    }
}

impl Convolution {
    /// Weight (`[channels_out, channels_in, width]`, flat) and bias (`[channels_out]`) with the batch normalisation
    /// folded in: `w · γ/√(σ² + ε)` and `(b − μ) · γ/√(σ² + ε) + β`.
    pub fn folded(&self) -> (Vec<f32>, Vec<f32>) {
        let mut weight = values(self.conv.weight.val());
        let channels = self.conv.weight.dims()[0];
        let mut bias = match &self.conv.bias {
            Some(bias) => values(bias.val()),
            None => vec![0.0; channels],
        };
        if let Some(norm) = &self.norm {
            let gamma = values(norm.gamma.val());
            let beta = values(norm.beta.val());
            let mean = values(norm.running_mean.value());
            let variance = values(norm.running_var.value());
            let per_channel = weight.len() / channels;
            for channel in 0..channels {
                let scale = gamma[channel] / (variance[channel] + norm.epsilon as f32).sqrt();
                weight[channel * per_channel..][..per_channel].iter_mut().for_each(|value| *value *= scale);
                bias[channel] = (bias[channel] - mean[channel]) * scale + beta[channel];
            }
        }
        (weight, bias)
    }
}

/// Reads a tensor of a plain or a training device back, in C order; only where a synchronous read is possible (not from a
/// GPU in a browser).
pub(in crate::network) fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.without_autodiff().into_data().try_to_vec().expect("weights are f32")
}

fn tensor<const D: usize>(
    file: &SafeTensors,
    name: &str,
    shape: [usize; D],
    device: &Device,
) -> Result<Tensor<D>, WeightsError> {
    let values = weights_file::values(file, name, &shape)?;
    Ok(Tensor::from_data(TensorData::new(values, shape), device))
}
