//! What the network looks like, in numbers. No tensors, so that training by hand and the burn module share them.

/// Channels of the stem and of each stage.
pub const CHANNELS: [usize; 5] = [32, 32, 64, 96, 96];
/// Width of the convolutions of the stem and of each stage.
pub const WIDTHS: [usize; 5] = [15, 9, 9, 9, 7];
/// Stride of the stem and of each stage.
pub const STRIDES: [usize; 5] = [2, 2, 2, 2, 1];
