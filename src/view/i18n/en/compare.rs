//! What is said about the second trace.

use super::English;
use crate::network::{Class, Layer};
use crate::view::i18n::{Compare, Main};

impl Compare for English {
    says! {
        compare: "Compare",
        compare_title: "A second trace under this one: another class, another layer, or another recording",
        second: "Second trace",
        recording: "Compare with",
        same: "This recording",
        class: "Importance for",
        next_class: "the next class",
        answer: "its answer",
    }

    fn no_rate(&self, name: &str) -> String {
        format!("{name}: its file does not tell the sampling rate. Open it from the list to say it.")
    }

    fn said(&self, answer: &str, sure: &str, explained: Class, of: Layer) -> String {
        format!(
            "{}, {}. In colour: importance for {}, {}.",
            answer,
            sure,
            self.class_name(explained),
            self.layer_name(of).to_lowercase()
        )
    }
}
