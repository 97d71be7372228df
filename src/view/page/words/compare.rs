//! Every word about the second trace.

use super::{class, layer, percent};
use crate::network::{Class, Layer};

pub const COMPARE: &str = "Compare";
pub const COMPARE_TITLE: &str = "A second trace under this one: another class, another layer, or another recording";
pub const SECOND: &str = "Second trace";
pub const RECORDING: &str = "Compare with";
pub const SAME: &str = "This recording";
pub const CLASS: &str = "Importance for";
pub const NEXT_CLASS: &str = "the next class";
pub const ANSWER: &str = "its answer";

/// A recording that cannot be shown.
pub fn no_rate(name: &str) -> String {
    format!("{name}: its file does not tell the sampling rate. Open it from the list to say it.")
}

/// "Atrial fibrillation, 97.2 %. In colour: importance for Other rhythm, stage 6 (last)."
pub fn said(label: Class, probability: f32, explained: Class, of: Layer) -> String {
    format!(
        "{}, {}. In colour: importance for {}, {}.",
        class(label),
        percent(probability),
        class(explained),
        layer(of).to_lowercase()
    )
}
