//! What is done to samples before the network reads them, and what can be measured on them without it. Pure functions
//! of `&[f32]` and a sampling rate.
//!
//! - [`quality`]: stretches that hold no electrocardiogram, and why.
//! - `reading`: what the network reads of a lead: the other stretches, each prepared by itself: [`Reading`].
//! - `gaps`: a few missing samples are bridged.
//! - `resample`: any sampling rate to any other, band-limited (windowed sinc).
//! - `filter`: zero-phase high-pass against baseline wander.
//! - `windows`: where a long recording is cut.
//! - `preprocess`: all of it in order, the network's contract: [`Prepared`].
//! - [`r_peaks()`]: where the heart beats.
//! - [`display_filter`]: bands and notches for the eye alone; nothing that measures reads what comes out.
//! - [`rr`]: the intervals between: heart rate, irregularity, Poincaré points.
//! - [`beat_average`]: the mean shape of a beat, its P wave, and each beat's share of an importance curve.
//! - [`rhythm`]: all of these for one lead, and the clinician's signs of atrial fibrillation in them.

pub mod beat_average;
pub mod display_filter;
mod filter;
mod gaps;
mod preprocess;
pub mod quality;
mod r_peaks;
mod reading;
mod resample;
pub mod rhythm;
pub mod rr;
mod windows;

pub use filter::high_pass;
pub use gaps::bridge_gaps;
pub use preprocess::{
    HIGH_PASS_HZ, LOW_PASS_HZ, MIN_SECONDS, NETWORK_FS, Prepared, Unusable, normalise, prepare, typical_deviation,
};
pub use r_peaks::r_peaks;
pub use reading::{NotRead, Part, Reading, read};
pub use resample::resample;
pub use windows::{CELL_SAMPLES, WINDOW_SAMPLES, window_starts};
