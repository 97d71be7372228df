//! What is said about the list of recordings.

use super::English;
use crate::view::i18n::Records;

impl Records for English {
    says! {
        remove_key: "Delete takes a recording out of the list.",
    }

    fn remove(&self, name: &str) -> String {
        format!("Take {name} out of the list")
    }

    fn of_that_name(&self, number: usize) -> String {
        format!("({number})")
    }
}
