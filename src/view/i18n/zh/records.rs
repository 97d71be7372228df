//! What is said about the list of recordings.

use super::Chinese;
use crate::view::i18n::Records;

impl Records for Chinese {
    says! {
        remove_key: "按 Delete 键将记录移出列表。",
    }

    fn remove(&self, name: &str) -> String {
        format!("将 {name} 移出列表")
    }

    fn of_that_name(&self, number: usize) -> String {
        format!("（{number}）")
    }
}
