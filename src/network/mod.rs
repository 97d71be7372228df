//! The network.
//!
//! - [`Class`], [`Layer`]: what it answers, and the places whose feature maps can be looked at. No tensors, so that the
//!   page can name them.
//! - `architecture` (feature `engine`): the burn module.
//! - `kernel`, `lanes` (feature `cpu`): its convolutions on the CPU, by hand.
//! - [`PredictionSets`]: the classes that an answer leaves open.
//! - [`shape`]: its channels, widths, strides and dilations. No tensors either.
//! - `weights_file` (feature `weights`): its weights as one safetensors file, with tensor names and layout.
//! - `weights` (feature `engine`): from that file into the burn module and back.
//! - `onnx` (feature `cli`): the network as an ONNX file.

#[cfg(feature = "engine")]
mod architecture;
mod class;
#[cfg(feature = "cpu")]
mod kernel;
#[cfg(feature = "cpu")]
mod lanes;
mod layer;
#[cfg(feature = "cli")]
pub mod onnx;
mod sets;
pub mod shape;
#[cfg(feature = "engine")]
mod weights;
#[cfg(feature = "weights")]
pub mod weights_file;

#[cfg(feature = "engine")]
pub use architecture::{Convolution, Network, ResidualBlock};
pub use class::{Class, softmax};
pub use layer::Layer;
pub use sets::{PredictionSets, SetThresholds};
#[cfg(feature = "weights")]
pub use weights_file::WeightsError;
