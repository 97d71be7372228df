//! What is said about stretches of a recording that were not read.

use super::English;
use crate::signal::quality::Reason;
use crate::view::i18n::{Quality, format};

impl Quality for English {
    says! {
        unread_here: "not read",
    }

    fn reason(&self, reason: Reason) -> &'static str {
        match reason {
            Reason::Missing => "no signal",
            Reason::Flat => "flat line",
            Reason::Saturated => "saturated",
            Reason::LeadOff => "lead off",
            Reason::Hum => "hum alone",
            Reason::Motion => "motion",
            Reason::TooShort => "too short",
        }
    }

    fn stretch_not_read(&self, reason: Reason, from: f64, to: f64) -> String {
        let why = match reason {
            Reason::Missing => "the file has no samples there",
            Reason::Flat => "it is a flat line",
            Reason::Saturated => "the amplifier was at its limit",
            Reason::LeadOff => "an electrode came off, and the level has not settled",
            Reason::Hum => "there is mains hum and no beat to be seen",
            Reason::Motion => "motion hides every beat",
            Reason::TooShort => "it lies between such stretches, and is too short for a rhythm",
        };
        format!("Not read from {} to {}: {why}.", format::seconds(from), format::seconds(to))
    }
}
