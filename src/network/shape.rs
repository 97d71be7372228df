//! What the network looks like, in numbers. No tensors, so that training by hand and the burn module share them.

/// The stem and the stages.
const PARTS: usize = 7;

/// Channels of the stem and of each stage.
pub const CHANNELS: [usize; PARTS] = [32, 32, 56, 80, 80, 80, 80];
/// Width of the convolutions of the stem and of each stage, in taps.
pub const WIDTHS: [usize; PARTS] = [15, 9, 9, 9, 5, 5, 5];
/// Stride of the stem and of each stage.
pub const STRIDES: [usize; PARTS] = [2, 2, 2, 2, 1, 1, 1];
/// How far apart the taps of a stage's convolutions are in its input; 1 where it strides.
pub const DILATIONS: [usize; PARTS] = [1, 1, 1, 1, 1, 3, 6];
