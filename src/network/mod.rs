//! The network.
//!
//! - [`Class`], [`Layer`]: what it answers, and the places whose feature maps can be looked at. No tensors, so that the
//!   page can name them.

mod class;
mod layer;

pub use class::Class;
pub use layer::Layer;
