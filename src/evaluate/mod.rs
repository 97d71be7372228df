//! Figures over labelled sets.
//!
//! - `figures`: confusion matrix, F1, the N-against-A figures, area under the ROC curve.
//! - `summary`: all of these with their intervals, for the page; `curves`: ROC, precision and recall, reliability.
//! - [`around_beats`]: where the importance of several recordings lies in relation to their beats.
//! - [`burden`]: AF in a recording of more than a minute: windows, episodes, burden; [`Overall`]: that in one sentence.
//! - [`trend`]: heart rate, pauses and extremes along it; [`agreement`]: against the rhythms that the file marks.
//! - [`Run`]: through a set, a few recordings at a time.
//! - [`intervals`]: how far a figure may be off.
//! - [`ModelCard`]: every figure of the network that ships.
//! - `calibration`: expected calibration error, conformal sets.

pub mod agreement;
pub mod around_beats;
pub mod burden;
mod calibration;
mod card;
mod curves;
mod figures;
pub mod intervals;
mod overall;
mod run;
mod summary;
pub mod trend;

pub use calibration::{conformal_threshold, coverage, expected_calibration_error};
pub use card::{Figure, FigureGroup, ModelCard};
pub use curves::{Curves, ReliabilityBin, reliability};
pub use figures::{Confusion, Detection, Prediction, area_under_roc};
pub use overall::Overall;
pub use run::{Failure, Outcome, Run};
pub use summary::{ClassFigures, DetectionFigures, Summary};

/// Sixty made-up predictions, for comparison with figures that scikit-learn gave for the same sixty: a linear congruential
/// generator (a 1103515245, c 12345, m 2³¹, the upper bits) draws the truth and four weights, of which the truth's grows.
#[cfg(test)]
fn sample_predictions() -> Vec<Prediction> {
    use crate::network::Class;
    let mut state = 1u64;
    let mut next = || {
        state = (state * 1_103_515_245 + 12_345) % (1 << 31);
        (state >> 16) as usize
    };
    (0..60)
        .map(|number| {
            let truth = [0, 0, 0, 0, 1, 2, 2, 3][next() % 8];
            let mut weights = [(); 4].map(|()| 1 + next() % 10);
            weights[truth] += next() % 20;
            let sum: usize = weights.iter().sum();
            Prediction {
                record: format!("S{number:02}"),
                truth: Class::ALL[truth],
                probabilities: weights.map(|weight| weight as f32 / sum as f32),
            }
        })
        .collect()
}
