//! How the network's weights are made.
//!
//! - `data`: labelled recordings, prepared; the split into parts.
//! - `augment`: what physics allows to happen to a recording without changing its rhythm.
//! - `batches`: windows of one length, put together afresh each epoch.
//! - `average`: the moving average of the weights that is what ships.
//! - `trainer`: the loop, its schedule, checkpoints and resuming.

mod augment;
mod average;
mod batches;
mod data;
mod trainer;

pub use data::{LabelledRecording, Part, split};
pub use trainer::{Progress, TrainError, TrainingConfig, train};
