//! Why a file could not be read, as the faults themselves say it.

use super::English;
use crate::record::Fault;
use crate::view::i18n::ReadErrors;

impl ReadErrors for English {
    fn fault(&self, fault: &Fault) -> String {
        fault.to_string()
    }

    fn of_file(&self, file: &str, sentence: &str) -> String {
        format!("{file}: {sentence}")
    }
}
