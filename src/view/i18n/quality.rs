//! What is said about stretches of a recording that were not read.

use crate::signal::quality::Reason;

/// What is said about stretches of a recording that were not read.
pub trait Quality: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    /// At a moment that was not read, in the place of its importance.
    fn unread_here(&self) -> &'static str;

    /// Over the stretch: why it was not read, as short as can be.
    fn reason(&self, reason: Reason) -> &'static str;

    /// The same as a sentence with its times, in s.
    fn stretch_not_read(&self, reason: Reason, from: f64, to: f64) -> String;
}
