//! The network: a fully convolutional residual network in one dimension.
//!
//! | stage | layers | values a second | channels |
//! | --- | --- | --- | --- |
//! | stem | convolution 15 wide, stride 2 | 50 | 32 |
//! | stage1 | residual block, 9 wide, stride 2 | 25 | 32 |
//! | stage2 | residual block, 9 wide, stride 2 | 12.5 | 56 |
//! | stage3 | residual block, 9 wide, stride 2 | 6.25 | 80 |
//! | stage4 | residual block, 5 wide | 6.25 | 80 |
//! | stage5 | residual block, 5 wide, every third moment | 6.25 | 80 |
//! | stage6 | residual block, 5 wide, every sixth moment | 6.25 | 80 |
//! | head | mean over time, linear | | 4 logits |
//!
//! A residual block (He et al. 2016, arXiv:1512.03385) is two convolutions, each followed by batch normalisation, with
//! the block's input added before the last ReLU. The last stages are dilated (Yu & Koltun 2016, arXiv:1511.07122), so that
//! the last feature map sees 16 s of signal at each place, a score of beats, without becoming coarser. Global average
//! pooling (Zhou et al. 2016, arXiv:1512.04150) keeps the map and the answer tied to each other.

#[cfg(feature = "cpu")]
use std::sync::Arc;

use burn::{
    module::Module,
    nn::{BatchNorm, BatchNormConfig, Linear, LinearConfig, PaddingConfig1d, conv::Conv1d, conv::Conv1dConfig},
    tensor::{Device, Tensor, activation::relu},
};

#[cfg(feature = "cpu")]
use super::kernel::PackedNetwork;
use super::{Layer, SetThresholds, shape};

/// A convolution and its batch normalisation. `norm` is gone once it has been folded into the convolution.
#[derive(Module, Debug)]
pub struct Convolution {
    pub conv: Conv1d,
    pub norm: Option<BatchNorm>,
}

impl Convolution {
    fn new(from: usize, to: usize, [width, stride, dilation]: [usize; 3], device: &Device) -> Self {
        let reach = width / 2 * dilation;
        let conv = Conv1dConfig::new(from, to, width)
            .with_stride(stride)
            .with_dilation(dilation)
            // Symmetric, so that output i is centred on input i · stride and the time grid starts at 0.
            .with_padding(PaddingConfig1d::Explicit(reach, reach))
            .init(device);
        Self { conv, norm: Some(BatchNormConfig::new(to).init(device)) }
    }

    /// `[batch, channels_in, length]` to `[batch, channels_out, ⌈length / stride⌉]`.
    pub fn forward(&self, input: Tensor<3>) -> Tensor<3> {
        let output = self.conv.forward(input);
        match &self.norm {
            Some(norm) => norm.forward(output),
            None => output,
        }
    }
}

/// Two convolutions around which the input takes a shortcut.
#[derive(Module, Debug)]
pub struct ResidualBlock {
    pub first: Convolution,
    pub second: Convolution,
    /// One wide; present where the number of channels or the length changes.
    pub shortcut: Option<Convolution>,
}

impl ResidualBlock {
    fn new(from: usize, to: usize, [width, stride, dilation]: [usize; 3], device: &Device) -> Self {
        Self {
            first: Convolution::new(from, to, [width, stride, dilation], device),
            second: Convolution::new(to, to, [width, 1, dilation], device),
            shortcut: (from != to || stride != 1).then(|| Convolution::new(from, to, [1, stride, 1], device)),
        }
    }

    /// `[batch, channels_in, length]` to `[batch, channels_out, ⌈length / stride⌉]`, zero or more.
    pub fn forward(&self, input: Tensor<3>) -> Tensor<3> {
        let shortcut = match &self.shortcut {
            Some(shortcut) => shortcut.forward(input.clone()),
            None => input.clone(),
        };
        relu(self.second.forward(relu(self.first.forward(input))) + shortcut)
    }
}

/// The network. Input: `[batch, 1, length]`, one lead at 100 Hz in the preprocessing contract of `signal`.
#[derive(Module, Debug)]
pub struct Network {
    pub stem: Convolution,
    pub stages: Vec<ResidualBlock>,
    pub head: Linear,
    /// How sets of classes are made from its probabilities, where its weights file tells.
    #[module(skip)]
    pub set_thresholds: Option<SetThresholds>,
    /// The convolutions packed for the CPU, on a CPU device with weights that will not change.
    #[cfg(feature = "cpu")]
    #[module(skip)]
    packed: Option<Arc<PackedNetwork>>,
}

impl Network {
    /// Channels of the stem and of each stage.
    pub const CHANNELS: [usize; Layer::ALL.len()] = shape::CHANNELS;
    /// Width of the convolutions of the stem and of each stage.
    pub const WIDTHS: [usize; Layer::ALL.len()] = shape::WIDTHS;
    /// Stride of the stem and of each stage.
    pub const STRIDES: [usize; Layer::ALL.len()] = shape::STRIDES;
    /// How far apart the taps of the stem and of each stage are.
    pub const DILATIONS: [usize; Layer::ALL.len()] = shape::DILATIONS;

    /// With random weights.
    pub fn new(device: &Device) -> Self {
        let looks = |index: usize| [Self::WIDTHS[index], Self::STRIDES[index], Self::DILATIONS[index]];
        let stage = |index: usize| {
            let (from, to) = (Self::CHANNELS[index - 1], Self::CHANNELS[index]);
            ResidualBlock::new(from, to, looks(index), device)
        };
        Self {
            stem: Convolution::new(1, Self::CHANNELS[0], looks(0), device),
            stages: (1..Layer::ALL.len()).map(stage).collect(),
            head: LinearConfig::new(Self::CHANNELS[Layer::default() as usize], 4).init(device),
            set_thresholds: None,
            #[cfg(feature = "cpu")]
            packed: None,
        }
    }

    /// Logits, `[batch, 4]`, of `[batch, 1, length]`.
    pub fn forward(&self, input: Tensor<3>) -> Tensor<2> {
        let layer = Layer::default();
        self.logits_from(layer, self.features_at(layer, input))
    }

    /// From now on runs its convolutions by the kernels of `kernel`. For a CPU device, and for weights that have batch
    /// normalisation folded in and will not change any more.
    #[cfg(feature = "cpu")]
    pub fn pack(&mut self) {
        self.packed = Some(Arc::new(PackedNetwork::new(self)));
    }

    /// Runs its convolutions by burn again, with gradients.
    #[cfg(all(test, feature = "cpu"))]
    pub fn unpack(&mut self) {
        self.packed = None;
    }

    /// The feature map of `layer`, `[batch, channels, length / stride of the layer]`, of `[batch, 1, length]`.
    pub fn features_at(&self, layer: Layer, input: Tensor<3>) -> Tensor<3> {
        #[cfg(feature = "cpu")]
        if let Some(packed) = &self.packed {
            return run_packed(packed, layer, input);
        }
        let features = relu(self.stem.forward(input));
        self.stages[..layer as usize].iter().fold(features, |features, stage| stage.forward(features))
    }

    /// Logits, `[batch, 4]`, from the feature map of `layer`.
    pub fn logits_from(&self, layer: Layer, features: Tensor<3>) -> Tensor<2> {
        let features = self.stages[layer as usize..].iter().fold(features, |features, stage| stage.forward(features));
        self.head.forward(features.mean_dim(2).squeeze_dim::<2>(2))
    }

    /// Input samples from one value of `layer`'s feature map to the next.
    pub fn stride(layer: Layer) -> usize {
        Self::STRIDES[..=layer as usize].iter().product()
    }

    /// Multiply-accumulates for an input of `length` samples, the shortcuts and the head included.
    pub fn multiply_accumulates(length: usize) -> usize {
        let mut length = length.div_ceil(Self::STRIDES[0]);
        let mut total = length * Self::CHANNELS[0] * Self::WIDTHS[0];
        for stage in 1..Layer::ALL.len() {
            let (from, to) = (Self::CHANNELS[stage - 1], Self::CHANNELS[stage]);
            length = length.div_ceil(Self::STRIDES[stage]);
            total += length * Self::WIDTHS[stage] * (from * to + to * to);
            if from != to || Self::STRIDES[stage] != 1 {
                total += length * from * to;
            }
        }
        total + Self::CHANNELS[Layer::default() as usize] * 4
    }

    /// Seconds of signal that one value of the last feature map sees.
    pub fn receptive_field_seconds() -> f64 {
        let mut samples = Self::WIDTHS[0];
        let mut step = Self::STRIDES[0];
        for stage in 1..Layer::ALL.len() {
            let reach = (Self::WIDTHS[stage] - 1) * Self::DILATIONS[stage];
            samples += reach * step;
            step *= Self::STRIDES[stage];
            samples += reach * step;
        }
        samples as f64 / crate::signal::NETWORK_FS
    }
}

#[cfg(feature = "cpu")]
fn run_packed(packed: &PackedNetwork, layer: Layer, input: Tensor<3>) -> Tensor<3> {
    let [batch, _, length] = input.dims();
    let device = input.device();
    let windows: Vec<f32> = input.into_data().try_to_vec().expect("windows are f32");
    let features: Vec<f32> =
        windows.chunks_exact(length).flat_map(|window| packed.features(layer as usize, window)).collect();
    let shape = [batch, Network::CHANNELS[layer as usize], length.div_ceil(Network::stride(layer))];
    Tensor::from_data(burn::tensor::TensorData::new(features, shape), &device)
}

#[cfg(all(test, feature = "cpu"))]
mod tests {
    use super::*;

    #[test]
    fn keeps_to_what_a_page_can_carry() {
        assert!(Network::multiply_accumulates(3000) <= 100_000_000, "{}", Network::multiply_accumulates(3000));
        assert!(Network::receptive_field_seconds() >= 10.0, "{}", Network::receptive_field_seconds());
        assert!(100.0 / Network::stride(Layer::default()) as f64 >= 6.0);
        assert!(Network::new(&Device::flex()).num_params() <= 1_000_000);
    }

    #[test]
    fn any_length_gives_four_logits_and_a_map_of_the_layers_stride() {
        let device = Device::flex();
        let network = Network::new(&device);
        for length in [500usize, 777, 3000] {
            let input = Tensor::zeros([2, 1, length], &device);
            for layer in Layer::ALL {
                let [_, channels, cells] = network.features_at(layer, input.clone()).dims();
                assert_eq!(channels, Network::CHANNELS[layer as usize]);
                assert_eq!(cells, length.div_ceil(Network::stride(layer)));
            }
            assert_eq!(network.forward(input).dims(), [2, 4]);
        }
    }
}
