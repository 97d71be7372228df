//! The network.
//!
//! - [`Class`], [`Layer`]: what it answers, and the places whose feature maps can be looked at. No tensors, so that the
//!   page can name them.
//! - `architecture` (feature `engine`): the burn module.
//! - `kernel`, `lanes` (feature `engine`): its convolutions on the CPU, by hand.
//! - `weights` (feature `engine`): its weights as one safetensors file, with tensor names and layout.
//! - `onnx` (feature `cli`): the network as an ONNX file.
//! - `training` (feature `cli`): how those weights are made.

#[cfg(feature = "engine")]
mod architecture;
mod class;
#[cfg(feature = "engine")]
mod kernel;
#[cfg(feature = "engine")]
mod lanes;
mod layer;
#[cfg(feature = "cli")]
pub mod onnx;
#[cfg(feature = "cli")]
pub mod training;
#[cfg(feature = "engine")]
mod weights;

#[cfg(feature = "engine")]
pub use architecture::{Convolution, Network, ResidualBlock};
pub use class::Class;
pub use layer::Layer;
#[cfg(feature = "engine")]
pub use weights::WeightsError;
