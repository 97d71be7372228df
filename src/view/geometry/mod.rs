//! Where things stand on the trace: plain functions of numbers, without components.
//!
//! - `span`: which part of the recording shows, panned and zoomed.
//! - `scale`: from seconds and millivolts to pixels; where ticks go; numbers in print.
//! - `paper`: the squares of ECG paper, and the calibration pulse.
//! - `true_scale`: paper in true millimetres, on a screen that was held against a bank card.
//! - `polyline`: samples to one SVG path, min and max per pixel column where there are more samples than pixels.
//! - `envelope`: minima and maxima of blocks, so that an hour is as quick to draw as a minute.
//! - [`day`]: the time line of a long recording.
//! - `lead_sheet`: several leads on one sheet of paper.
//! - `marks`: a recording's annotations along the trace.
//! - `stops`: importance to the gradient's stops and to the ribbon's outline.

pub mod day;
mod envelope;
mod lead_sheet;
mod marks;
mod paper;
mod polyline;
mod scale;
mod span;
mod stops;
mod true_scale;

pub use envelope::Envelope;
pub use lead_sheet::{
    Arrangement, Cell, LeadSheet, MM_PER_MILLIVOLT, MM_PER_SECOND, Reach, in_usual_order, standard_twelve,
};
pub use marks::{Mark, Rhythm, is_rhythm, marks, rhythms};
pub use paper::{PaperStep, calibration_pulse, paper_paths, paper_squares};
pub use polyline::{pixels, trace_path};
pub use scale::{Frame, Limits, decimal, grid_lines, significant, tick_step, ticks};
pub use span::{STANDARD_FS, STANDARD_SAMPLES, STANDARD_SECONDS_OF_TWELVE, Span};
pub use stops::{Stop, StopWindow, ribbon_path, round_top};
pub use true_scale::{CARD_MM, PaperScale, Screen, Sheet, pixels_per_millimetre};
