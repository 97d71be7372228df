//! The network as it is trained: its parameters in one vector, its forward pass and its gradients by hand.
//!
//! burn's own CPU device trains this network at some 30 GFLOP/s a core and these matrix products at 250 (AVX-512; see
//! `convolution`), which makes a run minutes instead of an hour. It is the same network: a test compares its answers
//! with the burn module that ships, and its gradients with burn's automatic ones.

use std::ops::Range;

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::{
    convolution::Shape,
    map::{Maps, Pool},
    norm::{EPSILON, Statistics},
};
use crate::network::shape;

/// What a network looks like: a stem and residual stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Architecture {
    /// Of the stem and of each stage.
    pub channels: Vec<usize>,
    pub widths: Vec<usize>,
    pub strides: Vec<usize>,
    /// Of the convolutions of each stage that do not stride, the stem's first; 1 where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dilations: Vec<usize>,
}

/// Classes, and logits.
pub const CLASSES: usize = 4;

/// A convolution with its normalisation, and where its numbers lie.
#[derive(Clone, Debug)]
pub struct Layer {
    /// As in the weights file: `stage1.first`.
    pub name: String,
    pub shape: Shape,
    weights: Range<usize>,
    gamma: Range<usize>,
    beta: Range<usize>,
    /// Its place among the statistics.
    place: usize,
}

/// Two convolutions and a shortcut.
#[derive(Clone, Debug)]
struct Block {
    first: Layer,
    second: Layer,
    shortcut: Option<Layer>,
}

/// A network that can be trained.
#[derive(Clone, Debug)]
pub struct Model {
    pub parameters: Vec<f32>,
    /// Running statistics of every normalisation.
    pub statistics: Vec<Statistics>,
    /// Which parameters shrink by weight decay: the weights, not the normalisations and biases.
    pub decays: Vec<Range<usize>>,
    stem: Layer,
    blocks: Vec<Block>,
    head_weights: Range<usize>,
    head_bias: Range<usize>,
}

/// Which statistics normalise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The windows' own, as in training.
    Own,
    /// The running ones, as when it answers.
    Running,
}

/// What a forward pass leaves for the backward one.
pub struct Trail {
    mode: Mode,
    input: Maps,
    stem: Normalised,
    blocks: Vec<BlockTrail>,
    /// `[windows, 4]`
    pub logits: Vec<f32>,
}

struct BlockTrail {
    first: Normalised,
    second: Normalised,
    shortcut: Option<Normalised>,
}

/// A convolution's output, its statistics, and what became of it after ReLU (of a shortcut: nothing, it is added).
struct Normalised {
    raw: Maps,
    statistics: Statistics,
    output: Option<Maps>,
}

impl Default for Architecture {
    /// The network that ships.
    fn default() -> Self {
        Self {
            channels: shape::CHANNELS.into(),
            widths: shape::WIDTHS.into(),
            strides: shape::STRIDES.into(),
            dilations: shape::DILATIONS.into(),
        }
    }
}

impl Architecture {
    fn stage(&self, index: usize) -> (usize, usize, usize, usize) {
        (self.channels[index - 1], self.channels[index], self.widths[index], self.strides[index])
    }
}

/// Hands out places in the vectors.
#[derive(Default)]
struct Plan {
    parameters: usize,
    places: usize,
    decays: Vec<Range<usize>>,
}

impl Plan {
    fn take(&mut self, count: usize) -> Range<usize> {
        self.parameters += count;
        self.parameters - count..self.parameters
    }

    fn layer(&mut self, name: String, shape: Shape) -> Layer {
        let weights = self.take(shape.weights());
        self.decays.push(weights.clone());
        let (gamma, beta) = (self.take(shape.channels_out), self.take(shape.channels_out));
        self.places += 1;
        Layer { name, shape, weights, gamma, beta, place: self.places - 1 }
    }
}

impl Model {
    /// With random weights (He et al. 2015, arXiv:1502.01852).
    pub fn new(architecture: &Architecture, rng: &mut ChaCha8Rng) -> Self {
        let mut plan = Plan::default();
        let (width, stride) = (architecture.widths[0], architecture.strides[0]);
        let shape = Shape { channels_in: 1, channels_out: architecture.channels[0], width, stride, dilation: 1 };
        let stem = plan.layer("stem".to_owned(), shape);
        let blocks = (1..architecture.channels.len())
            .map(|index| {
                let (channels_in, channels_out, width, stride) = architecture.stage(index);
                let dilation = architecture.dilations.get(index).copied().unwrap_or(1);
                let second = Shape { channels_in: channels_out, channels_out, width, stride: 1, dilation };
                let dilation = if stride == 1 { dilation } else { 1 };
                let first = Shape { channels_in, channels_out, width, stride, dilation };
                let shortcut = Shape { channels_in, channels_out, width: 1, stride, dilation: 1 };
                Block {
                    first: plan.layer(format!("stage{index}.first"), first),
                    second: plan.layer(format!("stage{index}.second"), second),
                    shortcut: (channels_in != channels_out || stride != 1)
                        .then(|| plan.layer(format!("stage{index}.shortcut"), shortcut)),
                }
            })
            .collect();
        let channels = *architecture.channels.last().unwrap_or(&0);
        let head_weights = plan.take(channels * CLASSES);
        plan.decays.push(head_weights.clone());
        let head_bias = plan.take(CLASSES);
        let mut model = Self {
            parameters: vec![0.0; plan.parameters],
            statistics: vec![],
            decays: plan.decays,
            stem,
            blocks,
            head_weights,
            head_bias,
        };
        let mut statistics = Vec::new();
        for layer in model.layers().into_iter().cloned().collect::<Vec<_>>() {
            let deviation = (2.0 / (layer.shape.width * layer.shape.channels_in) as f32).sqrt();
            model.parameters[layer.weights].fill_with(|| deviation * normal(rng));
            model.parameters[layer.gamma].fill(1.0);
            let channels = layer.shape.channels_out;
            statistics.push(Statistics { mean: vec![0.0; channels], variance: vec![1.0; channels] });
        }
        model.statistics = statistics;
        let deviation = (1.0 / channels as f32).sqrt();
        model.parameters[model.head_weights.clone()].fill_with(|| deviation * normal(rng));
        model
    }

    /// Every convolution, in the order of the statistics.
    pub fn layers(&self) -> Vec<&Layer> {
        let mut layers = vec![&self.stem];
        for block in &self.blocks {
            layers.extend([&block.first, &block.second]);
            layers.extend(&block.shortcut);
        }
        layers
    }

    /// Logits of `windows` (`[windows, 1, length]`, flat), and what the backward pass needs.
    pub fn forward(&self, windows: &[f32], length: usize, mode: Mode, pool: &mut Pool) -> Trail {
        let count = windows.len() / length;
        let mut input = Maps::new(count, length, 1, pool);
        input.inner_mut().zip(windows.chunks_exact(length)).for_each(|(to, from)| to.copy_from_slice(from));
        let stem = self.normalised(&self.stem, &input, None, mode, pool);
        let mut blocks: Vec<BlockTrail> = Vec::new();
        for block in &self.blocks {
            let before = blocks.last().map_or(&stem, |block| &block.second).after();
            let first = self.normalised(&block.first, before, None, mode, pool);
            let shortcut = block.shortcut.as_ref().map(|layer| {
                let raw = layer.shape.forward(self.weights(layer), before, pool);
                let statistics = self.statistics_of(layer, &raw, mode);
                Normalised { raw, statistics, output: None }
            });
            let added = match (&block.shortcut, &shortcut) {
                (Some(layer), Some(shortcut)) => {
                    let (scale, offset) = self.scale_and_offset(layer, &shortcut.statistics);
                    Added::Scaled(&shortcut.raw, scale, offset)
                }
                _ => Added::AsIs(before),
            };
            let second = self.normalised(&block.second, first.after(), Some(added), mode, pool);
            blocks.push(BlockTrail { first, second, shortcut });
        }
        let last = blocks.last().map_or(&stem, |block| &block.second).after();
        let channels = last.channels;
        let mut pooled = vec![0.0f32; count * channels];
        for (mean, window) in pooled.chunks_exact_mut(channels).zip(last.inner()) {
            for moment in window.chunks_exact(channels) {
                mean.iter_mut().zip(moment).for_each(|(mean, value)| *mean += value);
            }
            mean.iter_mut().for_each(|mean| *mean /= last.length as f32);
        }
        let weights = &self.parameters[self.head_weights.clone()];
        let mut logits = Vec::with_capacity(count * CLASSES);
        for features in pooled.chunks_exact(channels) {
            for class in 0..CLASSES {
                let sum: f32 =
                    features.iter().zip(weights.chunks_exact(CLASSES)).map(|(feature, row)| feature * row[class]).sum();
                logits.push(sum + self.parameters[self.head_bias.start + class]);
            }
        }
        Trail { mode, input, stem, blocks, logits }
    }

    /// The logits of every moment of the last feature map, `[windows, length, 4]`: what the head says of that moment alone.
    /// Their mean over time are the logits.
    pub fn local_logits(&self, trail: &Trail) -> Vec<f32> {
        let channels = trail.last().channels;
        let (weights, bias) = self.head();
        let mut local = Vec::new();
        for moment in trail.last().inner().flat_map(|window| window.chunks_exact(channels)) {
            let mut row = [0.0f32; CLASSES];
            row.copy_from_slice(bias);
            for (feature, weights) in moment.iter().zip(weights.chunks_exact(CLASSES)) {
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += feature * weight);
            }
            local.extend(row);
        }
        local
    }

    /// From the gradient of the local logits (`[windows, length of the last map, 4]`) to that of the parameters, which is
    /// added to `parameters` if that is asked for, and that of the windows, which is returned if that is.
    pub fn backward(
        &self,
        trail: &Trail,
        local: &[f32],
        mut parameters: Option<&mut [f32]>,
        of_windows: bool,
        pool: &mut Pool,
    ) -> Option<Vec<f32>> {
        let last = trail.last();
        let channels = last.channels;
        let weights = &self.parameters[self.head_weights.clone()];
        let moments = trail.last().inner().flat_map(|window| window.chunks_exact(channels));
        if let Some(gradient) = parameters.as_deref_mut() {
            for (features, local) in moments.zip(local.chunks_exact(CLASSES)) {
                let head = &mut gradient[self.head_weights.clone()];
                for (feature, row) in features.iter().zip(head.chunks_exact_mut(CLASSES)) {
                    row.iter_mut().zip(local).for_each(|(to, from)| *to += feature * from);
                }
                gradient[self.head_bias.clone()].iter_mut().zip(local).for_each(|(to, from)| *to += from);
            }
        }
        let mut gradient = Maps::new(last.windows, last.length, channels, pool);
        let moments = gradient.inner_mut().flat_map(|window| window.chunks_exact_mut(channels));
        for (moment, local) in moments.zip(local.chunks_exact(CLASSES)) {
            for (value, row) in moment.iter_mut().zip(weights.chunks_exact(CLASSES)) {
                *value = row.iter().zip(local).map(|(a, b)| a * b).sum();
            }
        }
        for (index, block) in self.blocks.iter().enumerate().rev() {
            let own = &trail.blocks[index];
            let before = if index == 0 { &trail.stem } else { &trail.blocks[index - 1].second }.after();
            own.second.through_relu(&mut gradient);
            let mut through = Maps::new(before.windows, before.length, before.channels, pool);
            match (&block.shortcut, &own.shortcut) {
                (Some(layer), Some(normalised)) => {
                    through.inner_mut().for_each(|window| window.fill(0.0));
                    let mut branch = copy(&gradient, pool);
                    self.layer_backward(layer, before, normalised, &mut branch, trail.mode, parameters.as_deref_mut());
                    layer.shape.input_gradient(self.weights(layer), &branch, &mut through, pool);
                    pool.give_maps(branch);
                }
                _ => through.values.copy_from_slice(&gradient.values),
            }
            let inner = own.first.after();
            self.layer_backward(
                &block.second,
                inner,
                &own.second,
                &mut gradient,
                trail.mode,
                parameters.as_deref_mut(),
            );
            let mut of_inner = Maps::new(inner.windows, inner.length, inner.channels, pool);
            of_inner.inner_mut().for_each(|window| window.fill(0.0));
            block.second.shape.input_gradient(self.weights(&block.second), &gradient, &mut of_inner, pool);
            pool.give_maps(gradient);
            own.first.through_relu(&mut of_inner);
            self.layer_backward(&block.first, before, &own.first, &mut of_inner, trail.mode, parameters.as_deref_mut());
            block.first.shape.input_gradient(self.weights(&block.first), &of_inner, &mut through, pool);
            pool.give_maps(of_inner);
            gradient = through;
        }
        trail.stem.through_relu(&mut gradient);
        self.layer_backward(&self.stem, &trail.input, &trail.stem, &mut gradient, trail.mode, parameters);
        let windows = of_windows.then(|| {
            let mut of_input = Maps::new(trail.input.windows, trail.input.length, 1, pool);
            of_input.inner_mut().for_each(|window| window.fill(0.0));
            self.stem.shape.input_gradient(self.weights(&self.stem), &gradient, &mut of_input, pool);
            let values = of_input.inner().flatten().copied().collect();
            pool.give_maps(of_input);
            values
        });
        pool.give_maps(gradient);
        windows
    }

    /// Through a layer's normalisation, in place; the gradients of its parameters are added.
    fn layer_backward(
        &self,
        layer: &Layer,
        input: &Maps,
        normalised: &Normalised,
        gradient: &mut Maps,
        mode: Mode,
        parameters: Option<&mut [f32]>,
    ) {
        let gamma = &self.parameters[layer.gamma.clone()];
        let own = mode == Mode::Own;
        let Some(parameters) = parameters else {
            return normalised.statistics.backward(&normalised.raw, gamma, gradient, own, None);
        };
        // Weights, γ and β of a layer lie one after the other.
        let (weights, norms) = parameters[layer.weights.start..layer.beta.end].split_at_mut(layer.weights.len());
        let of_norms = Some(norms.split_at_mut(layer.gamma.len()));
        normalised.statistics.backward(&normalised.raw, gamma, gradient, own, of_norms);
        layer.shape.weight_gradient(input, gradient, weights);
    }

    fn weights(&self, layer: &Layer) -> &[f32] {
        &self.parameters[layer.weights.clone()]
    }

    fn statistics_of(&self, layer: &Layer, raw: &Maps, mode: Mode) -> Statistics {
        match mode {
            Mode::Own => Statistics::of(raw),
            Mode::Running => self.statistics[layer.place].clone(),
        }
    }

    fn scale_and_offset(&self, layer: &Layer, statistics: &Statistics) -> (Vec<f32>, Vec<f32>) {
        statistics.scale_and_offset(&self.parameters[layer.gamma.clone()], &self.parameters[layer.beta.clone()])
    }

    /// Convolution, normalisation, what is added, ReLU.
    fn normalised(&self, layer: &Layer, input: &Maps, added: Option<Added>, mode: Mode, pool: &mut Pool) -> Normalised {
        let raw = layer.shape.forward(self.weights(layer), input, pool);
        let statistics = self.statistics_of(layer, &raw, mode);
        let (scale, mut offset) = self.scale_and_offset(layer, &statistics);
        if let Some(Added::Scaled(_, _, more)) = &added {
            offset.iter_mut().zip(more).for_each(|(offset, more)| *offset += more);
        }
        let channels = raw.channels;
        let ones = vec![1.0; channels];
        let mut output = Maps::new(raw.windows, raw.length, channels, pool);
        match &added {
            None => {
                for (to, from) in output.inner_mut().zip(raw.inner()) {
                    for (to, from) in to.chunks_exact_mut(channels).zip(from.chunks_exact(channels)) {
                        for c in 0..channels {
                            to[c] = (scale[c] * from[c] + offset[c]).max(0.0);
                        }
                    }
                }
            }
            Some(added) => {
                let (maps, slope) = match added {
                    Added::AsIs(maps) => (*maps, &ones),
                    Added::Scaled(maps, slope, _) => (*maps, slope),
                };
                for ((to, from), more) in output.inner_mut().zip(raw.inner()).zip(maps.inner()) {
                    let moments = to.chunks_exact_mut(channels).zip(from.chunks_exact(channels));
                    for ((to, from), more) in moments.zip(more.chunks_exact(channels)) {
                        for c in 0..channels {
                            to[c] = (scale[c] * from[c] + slope[c] * more[c] + offset[c]).max(0.0);
                        }
                    }
                }
            }
        }
        Normalised { raw, statistics, output: Some(output) }
    }

    /// Takes the mean of measured statistics as the running ones.
    pub fn set_statistics(&mut self, measured: &[Vec<Statistics>]) {
        for (place, running) in self.statistics.iter_mut().enumerate() {
            let mean = |of: fn(&Statistics) -> &[f32], channel: usize| {
                measured.iter().map(|all| of(&all[place])[channel]).sum::<f32>() / measured.len() as f32
            };
            for channel in 0..running.mean.len() {
                running.mean[channel] = mean(|one| &one.mean, channel);
                running.variance[channel] = mean(|one| &one.variance, channel);
            }
        }
    }

    /// A convolution whose normalisation is folded in already: from now on its own does nothing.
    pub fn set_folded(&mut self, layer: &Layer, weight: &[f32], bias: &[f32]) {
        let Shape { channels_in, channels_out, width, .. } = layer.shape;
        for output in 0..channels_out {
            for input in 0..channels_in {
                for tap in 0..width {
                    self.parameters[layer.weights.start + (tap * channels_in + input) * channels_out + output] =
                        weight[(output * channels_in + input) * width + tap];
                }
            }
        }
        self.parameters[layer.gamma.clone()].fill(1.0);
        self.parameters[layer.beta.clone()].copy_from_slice(bias);
        let statistics = &mut self.statistics[layer.place];
        statistics.mean.fill(0.0);
        statistics.variance.fill(1.0 - EPSILON);
    }

    /// The head's weights, `[4, channels]`, and bias.
    pub fn set_head(&mut self, weight: &[f32], bias: &[f32]) {
        let channels = weight.len() / CLASSES;
        for (place, value) in self.parameters[self.head_weights.clone()].iter_mut().enumerate() {
            *value = weight[place % CLASSES * channels + place / CLASSES];
        }
        self.parameters[self.head_bias.clone()].copy_from_slice(bias);
    }

    /// The head: weights `[channels, 4]` and bias.
    pub fn head(&self) -> (&[f32], &[f32]) {
        (&self.parameters[self.head_weights.clone()], &self.parameters[self.head_bias.clone()])
    }

    /// Adds to the logits, by adding to the head's bias.
    pub fn shift_logits(&mut self, shift: [f32; CLASSES]) {
        self.parameters[self.head_bias.clone()].iter_mut().zip(shift).for_each(|(bias, shift)| *bias += shift);
    }

    /// Adds one function of the feature map to every logit: `common`, a weight for each channel.
    pub fn add_to_all_logits(&mut self, common: &[f32]) {
        let weights = &mut self.parameters[self.head_weights.clone()];
        for (row, common) in weights.chunks_exact_mut(CLASSES).zip(common) {
            row.iter_mut().for_each(|weight| *weight += common);
        }
    }

    /// Divides the logits, by dividing the head.
    pub fn divide_logits(&mut self, divisor: f32) {
        for range in [self.head_weights.clone(), self.head_bias.clone()] {
            self.parameters[range].iter_mut().for_each(|value| *value /= divisor);
        }
    }

    /// A convolution with its normalisation folded in: weights `[channels_out, channels_in, width]` and bias.
    pub fn folded(&self, layer: &Layer) -> (Vec<f32>, Vec<f32>) {
        let (scale, offset) = self.scale_and_offset(layer, &self.statistics[layer.place]);
        let Shape { channels_in, channels_out, width, .. } = layer.shape;
        let weights = self.weights(layer);
        let mut folded = Vec::with_capacity(weights.len());
        for (output, scale) in scale.iter().enumerate() {
            for input in 0..channels_in {
                for tap in 0..width {
                    folded.push(scale * weights[(tap * channels_in + input) * channels_out + output]);
                }
            }
        }
        (folded, offset)
    }
}

/// What is added before ReLU.
enum Added<'a> {
    AsIs(&'a Maps),
    /// Times the first, plus the second, a number each for every channel.
    Scaled(&'a Maps, Vec<f32>, Vec<f32>),
}

impl Normalised {
    fn after(&self) -> &Maps {
        self.output.as_ref().unwrap_or(&self.raw)
    }

    /// ReLU lets a gradient through where its output is above nought.
    fn through_relu(&self, gradient: &mut Maps) {
        for (gradient, output) in gradient.inner_mut().zip(self.after().inner()) {
            for (gradient, output) in gradient.iter_mut().zip(output) {
                *gradient = if *output > 0.0 { *gradient } else { 0.0 };
            }
        }
    }

    fn give_back(self, pool: &mut Pool) -> Statistics {
        pool.give_maps(self.raw);
        if let Some(output) = self.output {
            pool.give_maps(output);
        }
        self.statistics
    }
}

impl Trail {
    /// The gradient of the logits (`[windows, 4]`) as one of the local logits, whose mean they are.
    pub fn spread(&self, logits: &[f32]) -> Vec<f32> {
        let length = self.last().length;
        logits
            .chunks_exact(CLASSES)
            .flat_map(|row| row.iter().map(move |value| value / length as f32).collect::<Vec<_>>().repeat(length))
            .collect()
    }

    /// The last feature map.
    pub fn last(&self) -> &Maps {
        self.blocks.last().map_or(&self.stem, |block| &block.second).after()
    }

    /// Gives the memory back; the statistics of every normalisation, in the order of [`Model::layers`].
    pub fn finish(self, pool: &mut Pool) -> Vec<Statistics> {
        pool.give_maps(self.input);
        let mut statistics = vec![self.stem.give_back(pool)];
        for block in self.blocks {
            statistics.push(block.first.give_back(pool));
            statistics.push(block.second.give_back(pool));
            statistics.extend(block.shortcut.map(|shortcut| shortcut.give_back(pool)));
        }
        statistics
    }
}

fn copy(maps: &Maps, pool: &mut Pool) -> Maps {
    let mut values = pool.take(maps.values.len());
    values.copy_from_slice(&maps.values);
    Maps { values, ..*maps }
}

/// A standard normal number (Box & Muller 1958).
pub fn normal(rng: &mut ChaCha8Rng) -> f32 {
    let (radius, angle) = (1.0 - rng.random::<f32>(), std::f32::consts::TAU * rng.random::<f32>());
    (-2.0 * radius.ln()).sqrt() * angle.cos()
}

#[cfg(test)]
mod tests;
