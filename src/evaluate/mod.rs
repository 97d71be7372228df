//! Figures over labelled sets.
//!
//! - `figures`: confusion matrix, F1, the N-against-A figures, area under the ROC curve.

mod figures;

pub use figures::{Confusion, Detection, Prediction, area_under_roc};
