//! The network's convolutions on the CPU, by hand.
//!
//! A general convolution unrolls its input into a matrix (im2col) and multiplies. With the channels of a moment next to
//! each other (`[length, channels]`) that matrix is already there: row `t` of it is the stretch of
//! `width · channels_in` numbers that starts at moment `t · stride`, overlapping its neighbours. So a convolution is a
//! matrix product over overlapping rows, with nothing copied, and bias, shortcut and ReLU are taken along before the
//! result is stored. A dilated stage takes the moments apart so that its taps are neighbours again. Against burn-flex, which computes the same, see `make bench`.

use super::{Network, lanes::Lanes};

/// Output channels that one pass computes: two vectors of four.
const BLOCK: usize = 8;
/// Output moments that one pass computes: with two vectors of sums each, as many as sixteen vector registers hold beside
/// the weights. Five were measured slower in V8.
const ROWS: usize = 6;
/// Steps along a row that are taken together, so that their addresses are computed once.
const UNROLL: usize = 4;
/// Zeros before and after each feature map, in moments: half the widest convolution.
const MARGIN: usize = 7;

/// A feature map, `[length, channels]`, with margins of zeros.
struct FeatureMap {
    values: Vec<f32>,
    length: usize,
    channels: usize,
}

impl FeatureMap {
    fn zeros(length: usize, channels: usize) -> Self {
        Self { values: vec![0.0; (length + 2 * MARGIN) * channels], length, channels }
    }

    fn moment(&self, time: usize) -> &[f32] {
        &self.values[(MARGIN + time) * self.channels..][..self.channels]
    }

    fn moment_mut(&mut self, time: usize) -> &mut [f32] {
        &mut self.values[(MARGIN + time) * self.channels..][..self.channels]
    }

    /// Every `step`-th moment from `first` on.
    fn every(&self, step: usize, first: usize) -> Self {
        let mut taken = Self::zeros((self.length + step - 1 - first) / step, self.channels);
        for time in 0..taken.length {
            taken.moment_mut(time).copy_from_slice(self.moment(first + time * step));
        }
        taken
    }
}

/// A convolution with its weights in the order in which they are read.
#[derive(Clone, Debug)]
struct PackedConvolution {
    /// `[channels_out / BLOCK][width · channels_in][BLOCK]`
    weights: Vec<f32>,
    bias: Vec<f32>,
    channels_in: usize,
    width: usize,
    stride: usize,
}

#[derive(Clone, Debug)]
struct PackedBlock {
    first: PackedConvolution,
    second: PackedConvolution,
    shortcut: Option<PackedConvolution>,
    dilation: usize,
}

/// The network's stem and stages, packed. The head is too small to matter.
#[derive(Clone, Debug)]
pub struct PackedNetwork {
    stem: PackedConvolution,
    stages: Vec<PackedBlock>,
}

impl PackedNetwork {
    /// Packs a network whose batch normalisation is folded in. Reads its tensors synchronously.
    pub fn new(network: &Network) -> Self {
        let pack = PackedConvolution::new;
        Self {
            stem: pack(&network.stem),
            stages: network
                .stages
                .iter()
                .map(|stage| PackedBlock {
                    first: pack(&stage.first),
                    second: pack(&stage.second),
                    shortcut: stage.shortcut.as_ref().map(pack),
                    dilation: stage.second.conv.dilation,
                })
                .collect(),
        }
    }

    /// The feature map after `stages` stages (0: the stem's), `[channels, length]`, of one window.
    pub fn features(&self, stages: usize, window: &[f32]) -> Vec<f32> {
        let mut input = FeatureMap::zeros(window.len(), 1);
        input.values[MARGIN..MARGIN + window.len()].copy_from_slice(window);
        let mut map = self.stem.apply(&input, None, true);
        for stage in &self.stages[..stages] {
            map = stage.apply(&map);
        }
        let mut channels_first = vec![0.0; map.length * map.channels];
        for time in 0..map.length {
            for (channel, value) in map.moment(time).iter().enumerate() {
                channels_first[channel * map.length + time] = *value;
            }
        }
        channels_first
    }
}

impl PackedBlock {
    fn apply(&self, map: &FeatureMap) -> FeatureMap {
        if self.dilation == 1 {
            return self.apply_to_neighbours(map);
        }
        // Taps `dilation` apart are neighbours among every dilation-th moment.
        let mut output = FeatureMap::zeros(map.length, self.second.bias.len());
        for first in 0..self.dilation.min(map.length) {
            let part = self.apply_to_neighbours(&map.every(self.dilation, first));
            for time in 0..part.length {
                output.moment_mut(first + time * self.dilation).copy_from_slice(part.moment(time));
            }
        }
        output
    }

    fn apply_to_neighbours(&self, map: &FeatureMap) -> FeatureMap {
        let inner = self.first.apply(map, None, true);
        let shortcut = self.shortcut.as_ref().map(|shortcut| shortcut.apply(map, None, false));
        self.second.apply(&inner, Some(shortcut.as_ref().unwrap_or(map)), true)
    }
}

impl PackedConvolution {
    fn new(convolution: &super::Convolution) -> Self {
        let (weight, bias) = convolution.folded();
        let [channels_out, channels_in, width] = convolution.conv.weight.dims();
        let depth = width * channels_in;
        let mut weights = vec![0.0; channels_out * depth];
        for out in 0..channels_out {
            for input in 0..channels_in {
                for tap in 0..width {
                    let place = (out / BLOCK * depth + tap * channels_in + input) * BLOCK + out % BLOCK;
                    weights[place] = weight[(out * channels_in + input) * width + tap];
                }
            }
        }
        Self { weights, bias, channels_in, width, stride: convolution.conv.stride }
    }

    /// Convolution, plus `shortcut`, then ReLU if asked for.
    fn apply(&self, input: &FeatureMap, shortcut: Option<&FeatureMap>, relu: bool) -> FeatureMap {
        debug_assert_eq!(input.channels, self.channels_in);
        let channels = self.bias.len();
        let mut output = FeatureMap::zeros(input.length.div_ceil(self.stride), channels);
        let depth = self.width * self.channels_in;
        let step = self.stride * self.channels_in;
        let first = (MARGIN - self.width / 2) * self.channels_in;
        for (block, weights) in self.weights.chunks_exact(depth * BLOCK).enumerate() {
            let mut time = 0;
            while time < output.length {
                let rows = (output.length - time).min(ROWS);
                let rest =
                    Rest { bias: &self.bias[block * BLOCK..][..BLOCK], shortcut, relu, time, channel: block * BLOCK };
                let rows_from = &input.values[first + time * step..];
                match rows {
                    ROWS => pass::<ROWS>(rows_from, step, weights, rest, &mut output),
                    5 => pass::<5>(rows_from, step, weights, rest, &mut output),
                    4 => pass::<4>(rows_from, step, weights, rest, &mut output),
                    3 => pass::<3>(rows_from, step, weights, rest, &mut output),
                    2 => pass::<2>(rows_from, step, weights, rest, &mut output),
                    _ => pass::<1>(rows_from, step, weights, rest, &mut output),
                }
                time += rows;
            }
        }
        output
    }
}

/// What is done to the sums, and where they go.
struct Rest<'a> {
    bias: &'a [f32],
    shortcut: Option<&'a FeatureMap>,
    relu: bool,
    time: usize,
    channel: usize,
}

/// `R` moments of `BLOCK` output channels.
#[inline(always)]
fn pass<const R: usize>(input: &[f32], step: usize, weights: &[f32], rest: Rest, output: &mut FeatureMap) {
    let depth = weights.len() / BLOCK;
    let rows: [&[f32]; R] = std::array::from_fn(|row| &input[row * step..][..depth]);
    let mut sums = [[Lanes::load(&rest.bias[..4]), Lanes::load(&rest.bias[4..])]; R];
    let (weights, weights_left) = weights.as_chunks::<{ UNROLL * BLOCK }>();
    for (place, weights) in weights.iter().enumerate() {
        let values: [&[f32; UNROLL]; R] = std::array::from_fn(|row| &rows[row].as_chunks().0[place]);
        for (step, weights) in weights.as_chunks::<BLOCK>().0.iter().enumerate() {
            add_products(&mut sums, std::array::from_fn(|row| values[row][step]), weights);
        }
    }
    for (weights, place) in weights_left.as_chunks::<BLOCK>().0.iter().zip(depth / UNROLL * UNROLL..) {
        add_products(&mut sums, std::array::from_fn(|row| rows[row][place]), weights);
    }
    let channels = output.channels;
    for (row, sums) in sums.into_iter().enumerate() {
        let place = (MARGIN + rest.time + row) * channels + rest.channel;
        for (half, mut sum) in sums.into_iter().enumerate() {
            let place = place + 4 * half;
            if let Some(shortcut) = rest.shortcut {
                sum = sum.add(Lanes::load(&shortcut.values[place..place + 4]));
            }
            if rest.relu {
                sum = sum.max_zero();
            }
            sum.store(&mut output.values[place..place + 4]);
        }
    }
}

#[inline(always)]
fn add_products<const R: usize>(sums: &mut [[Lanes; 2]; R], values: [f32; R], weights: &[f32; BLOCK]) {
    let (low, high) = (Lanes::load(&weights[..4]), Lanes::load(&weights[4..]));
    for (sums, value) in sums.iter_mut().zip(values) {
        let value = Lanes::splat(value);
        sums[0] = sums[0].add_product(value, low);
        sums[1] = sums[1].add_product(value, high);
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, Distribution, Tensor};

    use super::*;
    use crate::network::Layer;

    /// burn-flex is the other implementation.
    #[test]
    fn agrees_with_burns_own_convolutions_at_every_layer_and_length() {
        let device = Device::flex();
        device.seed(3);
        let network = Network::new(&device);
        let packed = PackedNetwork::new(&network);
        for length in [500, 777, 1501, 3000] {
            let input = Tensor::<3>::random([1, 1, length], Distribution::Normal(0.0, 1.0), &device);
            let window: Vec<f32> = input.clone().into_data().try_to_vec().unwrap();
            for layer in Layer::ALL {
                let expected: Vec<f32> = network.features_at(layer, input.clone()).into_data().try_to_vec().unwrap();
                let found = packed.features(layer as usize, &window);
                assert_eq!(found.len(), expected.len());
                let largest = expected.iter().copied().fold(0.0, f32::max);
                assert!(largest > 0.1);
                for (a, b) in found.iter().zip(&expected) {
                    assert!((a - b).abs() <= 1e-5 * largest, "{layer:?}, {length}: {a} against {b}");
                }
            }
        }
    }
}
