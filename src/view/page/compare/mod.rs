//! A second trace under the first, which pans with it: the same recording for another class or layer, or another
//! recording.
//!
//! - `place`: where it goes, the only part that is there from the start (see `lazily`).
//! - `second`: what the second trace shows, and how it is asked for; `choices`: what one chooses about it.
//! - `trace`: its drawing.

mod choices;
mod place;
mod second;
mod trace;

pub use place::{Compare, ComparePlace};
