//! What is said about the second trace.

use crate::network::{Class, Layer};

/// What is said about the second trace.
pub trait Compare: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    fn compare(&self) -> &'static str;
    fn compare_title(&self) -> &'static str;
    fn second(&self) -> &'static str;
    fn recording(&self) -> &'static str;
    fn same(&self) -> &'static str;
    fn class(&self) -> &'static str;
    fn next_class(&self) -> &'static str;
    fn answer(&self) -> &'static str;

    /// A recording that cannot be shown.
    fn no_rate(&self, name: &str) -> String;

    /// "Atrial fibrillation, 97.2 % sure. In colour: importance for Other rhythm, stage 6 (last)."
    fn said(&self, answer: &str, sure: &str, explained: Class, of: Layer) -> String;
}
