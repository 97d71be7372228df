//! What is said where the answer is in doubt.

use crate::explain::{Disagreement, Explanation};

/// What is said where the answer is in doubt.
pub trait Doubt: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    /// In place of a number of premature beats, where the rhythm is atrial fibrillation.
    fn not_counted_in_fibrillation(&self) -> &'static str;

    /// The class; or, where the 90 % set holds several, "Uncertain: AF or Normal". Four classes: "Uncertain".
    fn heading(&self, explanation: &Explanation) -> String;

    /// "97.2 % sure"; or of each class that is left open how probable it is.
    fn how_sure(&self, explanation: &Explanation) -> String;

    /// Which measured signs speak against the answer, in numbers.
    fn disagreement(&self, disagreement: &Disagreement) -> String;
}
