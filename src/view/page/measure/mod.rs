//! Measuring on the trace: paper, calipers, beats, filters for the eye.
//!
//! - `state`: what is chosen, and what was measured; `tools`: the buttons.
//! - `follow`: what follows from what is chosen.
//! - `options`: choices about what is in use; `screen_match`: the dialog in which a screen is held against a bank card.
//! - `overlay`: what is drawn over the trace: calipers, RR intervals, notes; `hand` moves the calipers, `ground` is what
//!   they stand on: the trace, or a lead on the sheet of all leads.
//! - `panel`: the measurements under the trace; `keys`: the list of keys.

mod follow;
mod ground;
mod hand;
mod keys;
mod options;
mod overlay;
mod panel;
mod screen_match;
mod state;
mod tools;

pub use ground::OnSheet;
pub use keys::KeysButton;
pub use overlay::{Overlay, SheetOverlay};
pub use panel::Panel;
pub use state::{Measure, Source, TracePlace, squares};
pub use tools::Tools;
