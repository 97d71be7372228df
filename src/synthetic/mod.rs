//! Recordings made by a published ECG model, for demonstration and tests. Everything here is said to be synthetic
//! ([`crate::record::Provenance::synthetic`]) and follows from a seed.
//!
//! The model is ECGSYN: P. E. McSharry, G. D. Clifford, L. Tarassenko, L. A. Smith, "A dynamical model for generating
//! synthetic electrocardiogram signals", IEEE Trans Biomed Eng 50(3):289–294, 2003. What goes past it is described
//! where it is done.
//!
//! - [`Demo`]: the recordings that the page shows.
//! - [`labelled_set`]: two hundred recordings with labels, to try an evaluation on.
//! - [`Recipe`]: what a recording is made from: rhythm, rate, amplitude, noise, seed. A set of any size can be drawn.
//! - [`Rhythm`]: when the heart beats; sinus rhythm, atrial fibrillation, premature beats, a paroxysm.
//! - `tachogram`: ECGSYN's RR intervals, with their respiratory and Mayer waves.
//! - `morphology`: the waves (P, Q, R, S, T) of one beat.
//! - `oscillator`: ECGSYN's three coupled differential equations.
//! - [`FibrillatoryWaves`]: the atria in fibrillation (Stridh and Sörnmo 2001).
//! - [`Noise`]: sensor noise, baseline wander, mains, muscle and electrode motion.
//! - `recorder`: the band and the steps of a handheld recorder.
//! - `random`: a seeded generator of random numbers.

mod demos;
mod fibrillation;
mod labelled;
mod morphology;
mod noise;
mod oscillator;
mod random;
mod recipe;
mod recorder;
mod rhythm;
mod tachogram;
#[cfg(test)]
mod tests;

pub use demos::{Demo, demos};
pub use fibrillation::FibrillatoryWaves;
pub use labelled::{Labelled, labelled_set};
pub use noise::Noise;
pub use recipe::Recipe;
pub use rhythm::Rhythm;

/// A recipe's value brought into a range; the usual one for what is no number.
fn within(value: f64, low: f64, high: f64, usual: f64) -> f64 {
    if value.is_nan() { usual } else { value.clamp(low, high) }
}
