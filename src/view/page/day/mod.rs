//! A recording of more than a minute: its time line, the AF along it, and any moment of it on the paper.
//!
//! Two kinds of it look alike. Of a recording of hours, which is read in stretches, a minute at a time is an ordinary trace
//! with its explanation. A strip (more than a minute, and up to an hour: [`crate::evaluate::burden::STRIP_SECONDS`]) is on
//! the paper whole, is panned from end to end, and the window in view is the one that is explained.
//!
//! - `state`: what is known of it.
//! - `place`: where it stands on the page.
//! - `run`: the way of every window through reader and engine; `moment`: some of it comes into view; `window`: which part of a
//!   strip is explained; `neighbours`: colours beyond that, where the view reaches beyond.
//! - `sheet`: the headline, burden, episodes, progress; `line`: the time line; `out`: episodes as a table and in print.

mod line;
mod moment;
mod neighbours;
mod out;
mod place;
mod run;
mod sheet;
mod state;
mod window;

pub use neighbours::Unexplained;
pub use out::printed;
pub use place::DayPlace;
pub use state::Day;
pub use window::{WindowLine, part, placed};
