//! Which moments made the network say so.
//!
//! - [`Explanation`]: an answer and its importance map on the network's own time grid.
//! - `grid`: from that grid to the recording's samples. No tensors, so that the page can do it.
//! - `signs`: where the answer and the measured signs of atrial fibrillation contradict each other.
//! - `grad_cam` (feature `engine`): Grad-CAM over any layer of the network.
//! - `lead` (feature `engine`): a whole lead, in windows: prepared, classified, explained, joined.

#[cfg(feature = "engine")]
mod grad_cam;
mod grid;
#[cfg(feature = "engine")]
mod lead;
mod signs;

#[cfg(feature = "engine")]
pub use grad_cam::{GradCam, grad_cam, score_gradient};
pub use grid::{ImportanceMap, TimeGrid};
#[cfg(feature = "engine")]
pub use lead::{classify_leads, classify_prepared, classify_readings, explain_lead, explain_prepared, explain_reading};
pub use signs::Disagreement;

use serde::{Deserialize, Serialize};

use crate::network::{Class, Layer, PredictionSets};

/// Which score of a class Grad-CAM takes the gradient of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Score {
    /// The logit: the gradient does not vanish where the answer is sure.
    #[default]
    Logit,
    /// The softmax probability, as MATLAB's `gradCAM` takes it.
    Softmax,
}

/// What to explain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Question {
    /// The class to explain; `None`: the one that the network answers.
    pub class: Option<Class>,
    pub layer: Layer,
    pub score: Score,
}

/// What the network made of one lead of a recording, and where it looked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// One per class, in [`Class::ALL`]'s order; they sum to 1.
    pub probabilities: [f32; 4],
    /// The same before softmax; of a recording longer than 30 s, the mean over its windows.
    pub logits: [f32; 4],
    /// The network's answer: the class with the highest logit.
    pub label: Class,
    /// The classes that the answer leaves open, where the network's weights tell how to say it.
    pub sets: Option<PredictionSets>,
    /// The class that the importance speaks for.
    pub class: Class,
    pub layer: Layer,
    pub score: Score,
    /// Raw, un-normalised importance.
    pub importance: ImportanceMap,
}

impl Explanation {
    /// The classes that the 90 % set leaves open, the most probable first; empty where that is one, or not known.
    pub fn left_open(&self) -> &[Class] {
        let open = self.sets.as_ref().map(|sets| sets.at_90.as_slice());
        open.filter(|open| open.len() > 1).unwrap_or_default()
    }

    /// Whether nothing but the answer is left open.
    pub fn is_certain(&self) -> bool {
        self.left_open().is_empty()
    }
}
