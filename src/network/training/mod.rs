//! How the network's weights are made, by hand and without burn, whose CPU device takes ten times as long.
//!
//! - `data`: labelled recordings, prepared; the split into parts.
//! - `augment`: what physics allows to happen to a recording without changing its rhythm.
//! - `not_an_ecg`: signals that are none.
//! - `batches`: windows of one length, put together afresh each epoch.
//! - `map`, `convolution`, `norm`, `model`: the network with its gradients.
//! - `weights`: from the model to the weights file and back.
//! - `objective`: the loss over a batch.
//! - `adversary`: windows changed so as to mislead the network; `robustness`: how much survives it.
//! - `onsets`: recordings in which AF starts or stops part-way, and whether its map lies on it.
//! - `optimizer`: AdamW.
//! - `average`: the moving average of the weights that is what ships.
//! - `trainer`: the loop, its schedule; `checkpoint`: resuming it.
//! - `calibrate`: the last step: probabilities that mean what they say, and sets of classes.

mod adversary;
mod augment;
mod average;
mod batches;
mod calibrate;
mod checkpoint;
mod convolution;
mod data;
mod map;
mod model;
mod norm;
mod not_an_ecg;
mod objective;
pub mod onsets;
mod optimizer;
pub mod robustness;
mod trainer;
mod weights;

pub use adversary::Adversary;
pub use calibrate::{Calibration, calibrate};
pub use data::{LabelledRecording, Part, split};
pub use model::{Architecture, Model};
pub use trainer::{BEST, Progress, TrainError, TrainingConfig, logits, predict, train};
