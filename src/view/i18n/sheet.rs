//! What is said on the sheet of all leads.

use crate::view::consensus::{Colours, Consensus};

/// What is said on the sheet of all leads.
pub trait Sheet: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    /// While the calipers are in use on the sheet of all leads.
    fn measure_hint(&self) -> &'static str;
    fn measure_keys(&self) -> &'static str;

    /// "9 of 12 leads: Normal; 2: Atrial fibrillation; 1: no answer."
    fn consensus(&self, leads: &Consensus) -> String;

    /// "Colours: importance for Atrial fibrillation"; nothing where there are none yet.
    fn colours(&self, colours: Option<Colours>) -> String;

    /// Before the calipers' reading: in which lead they stand.
    fn measured_in(&self, lead: &str) -> String;
}
