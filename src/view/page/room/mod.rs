//! A labelled set, classified whole and looked at.
//!
//! - `set`: the recordings and their labels; what one asks to see of them.
//! - `state`: what the room knows; `run`: the way of every recording through reader and engine.
//! - `offer`: where it begins, and the only part that is there from the start (see `lazily`); `sheet`: the room's place on the page, with the run's progress.
//! - Figures: `matrix`, `figures` (the table), `curves` (ROC, precision and recall, reliability).
//! - `gallery`: recordings side by side, each a `card`; `cards` has them explained; `walk`: one after the other, whole.
//! - `out`: predictions and figures as files.

mod card;
mod cards;
mod curves;
mod figures;
mod gallery;
mod matrix;
mod offer;
mod out;
mod run;
mod set;
mod sheet;
mod state;
mod walk;

pub use offer::{DemoSet, RoomPlace};
pub use set::{Member, MemberSource, TestSet};
pub use state::Room;
