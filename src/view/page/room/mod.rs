//! A labelled set, classified whole and looked at.
//!
//! - [`crate::view::dataset`]: the recordings and their labels; what one asks to see of them.
//! - `state`: what the room knows; `run`: the way of every recording through reader and engine;
//!   `networks`: more engines for it.
//! - `offer`: where it begins; `sheet`: the room's place on the page, with the run's progress.
//! - Figures: `matrix`, `figures` (the table), `curves` (ROC, precision and recall, reliability).
//! - `gallery`: recordings side by side, each a `card`; `cards` has them explained; `walk`: one after the other, whole.
//! - `averages`: a gallery's recordings taken together.
//! - `keeping`: an evaluation outlives the page.
//! - `out`: predictions and figures as files; `pictures`: drawings.

mod averages;
mod card;
mod cards;
mod curves;
mod figures;
mod gallery;
mod keeping;
mod matrix;
mod networks;
mod offer;
mod out;
mod pictures;
mod run;
mod sheet;
mod state;
mod walk;

pub use keeping::{MARK as EVALUATION_MARK, NAME as EVALUATION};
pub use offer::{DemoSet, RoomPlace};
pub use state::Room;
pub use walk::WalkLabel;
