//! A recording of hours: its time line, the AF along it, and any minute of it as an ordinary trace.
//!
//! - `state`: what is known of it.
//! - `place`: where it stands on the page.
//! - `run`: the way of every window through reader and engine; `moment`: a minute of it goes on the paper.
//! - `sheet`: burden, episodes, progress; `line`: the time line.

mod line;
mod moment;
mod place;
mod run;
mod sheet;
mod state;

pub use place::DayPlace;
pub use state::Day;
