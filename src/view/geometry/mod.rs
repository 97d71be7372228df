//! Where things stand on the trace: plain functions of numbers, without components.
//!
//! - `span`: which part of the recording shows, panned and zoomed.
//! - `scale`: from seconds and millivolts to pixels; where ticks and paper lines go; numbers in print.
//! - `polyline`: samples to one SVG path, min and max per pixel column where there are more samples than pixels.
//! - `envelope`: minima and maxima of blocks, so that an hour is as quick to draw as a minute.
//! - `stops`: importance to the gradient's stops and to the ribbon's outline.

mod envelope;
mod polyline;
mod scale;
mod span;
mod stops;

pub use envelope::Envelope;
pub use polyline::trace_path;
pub use scale::{Frame, Limits, PaperStep, decimal, grid_lines, paper_steps, significant, tick_step, ticks};
pub use span::{DEFAULT_SAMPLES, Span};
pub use stops::{Stop, StopWindow, ribbon_path, round_top};
