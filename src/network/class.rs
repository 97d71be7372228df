//! The four classes of PhysioNet/CinC Challenge 2017.

use serde::{Deserialize, Serialize};

/// What the network can answer, in the order of its logits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Normal sinus rhythm.
    Normal,
    /// Atrial fibrillation.
    AtrialFibrillation,
    /// Any other rhythm.
    Other,
    /// Too noisy to say.
    Noisy,
}

impl Class {
    /// All classes, in the order of the logits.
    pub const ALL: [Class; 4] = [Class::Normal, Class::AtrialFibrillation, Class::Other, Class::Noisy];

    /// Place among the logits.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The challenge's code: `N`, `A`, `O`, `~`.
    pub fn code(self) -> &'static str {
        ["N", "A", "O", "~"][self.index()]
    }

    /// The class for a challenge code.
    pub fn from_code(code: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.code() == code)
    }

    /// In words, as a heading shows it.
    pub fn name(self) -> &'static str {
        ["Normal", "Atrial fibrillation", "Other rhythm", "Too noisy"][self.index()]
    }

    /// In a word, where space is short.
    pub fn short_name(self) -> &'static str {
        ["Normal", "AF", "Other", "Noisy"][self.index()]
    }

    /// The classes whose probability is at least `threshold`, the most probable first; never none.
    pub fn set_above(probabilities: &[f32; 4], threshold: f32) -> Vec<Class> {
        let mut classes = Class::ALL;
        classes.sort_by(|a, b| probabilities[b.index()].total_cmp(&probabilities[a.index()]));
        let enough = classes.iter().take_while(|class| probabilities[class.index()] >= threshold).count();
        classes[..enough.max(1)].to_vec()
    }

    /// The class with the highest score; the first of equals. Scores are logits or probabilities in logit order.
    pub fn of_highest(scores: &[f32; 4]) -> Class {
        let mut best = 0;
        for index in 1..4 {
            if scores[index] > scores[best] {
                best = index;
            }
        }
        Class::ALL[best]
    }
}

/// Probabilities of logits.
pub fn softmax(logits: &[f32; 4]) -> [f32; 4] {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| (logit - highest).exp());
    let total: f32 = powers.iter().sum();
    powers.map(|power| power / total)
}
