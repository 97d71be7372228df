//! A second trace under the first, which pans with it: the same recording for another class or layer, or another
//! recording.
//!
//! - `place`: where it goes.
//! - `second`: what the second trace shows, and how it is asked for; `choices`: what one chooses about it.
//! - `trace`: its drawing.

mod choices;
mod place;
mod second;
mod trace;

pub use place::{Compare, ComparePlace};
