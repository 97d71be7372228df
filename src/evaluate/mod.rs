//! Figures over labelled sets.
//!
//! - `figures`: confusion matrix, F1, the N-against-A figures, area under the ROC curve.
//! - [`intervals`]: how far a figure may be off.
//! - [`ModelCard`]: every figure of the network that ships.
//! - `calibration`: temperature, expected calibration error, conformal sets.

mod calibration;
mod card;
mod figures;
pub mod intervals;

pub use calibration::{conformal_threshold, coverage, expected_calibration_error, temperature};
pub use card::{Figure, FigureGroup, ModelCard};
pub use figures::{Confusion, Detection, Prediction, area_under_roc};
