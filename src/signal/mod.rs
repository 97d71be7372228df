//! What is done to samples before the network reads them. Pure functions of `&[f32]` and a sampling rate.
//!
//! - `gaps`: missing samples are bridged.
//! - `resample`: any sampling rate to any other, band-limited (windowed sinc).
//! - `filter`: zero-phase high-pass against baseline wander.
//! - `windows`: where a long recording is cut.
//! - `preprocess`: all of it in order, the network's contract: [`Prepared`].

mod filter;
mod gaps;
mod preprocess;
mod resample;
mod windows;

pub use filter::high_pass;
pub use gaps::bridge_gaps;
pub use preprocess::{
    HIGH_PASS_HZ, LOW_PASS_HZ, MIN_SECONDS, NETWORK_FS, Prepared, Unusable, normalise, prepare, typical_deviation,
};
pub use resample::resample;
pub use windows::{WINDOW_SAMPLES, window_starts};
