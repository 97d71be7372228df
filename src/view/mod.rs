//! The page.
//!
//! - `app`: the whole of it; `state`: what it knows and what one can do; `words`: every word on it.
//! - Ways in: `drop` (drops and pickers), `reading` (files to recordings), `recordings` (the lists), and on the page
//!   `gallery`, `rate_form`, `problems`.
//! - The answer: `answer` (the class in words), `probabilities` (the bars, and which class to explain), `device`.
//! - The trace: `trace` (the drawing), made of `paper`, `gradient`, `ribbon`, `axes`, `cursor`; around it `toolbar`,
//!   `colour_bar`, and `gestures` (pan and zoom).
//! - [`geometry`] and [`colour`]: where things stand and which colour they have, as plain functions without a page.
//! - `theme`: light or dark; `timing`: User Timing measures.

pub mod colour;
pub mod geometry;

#[cfg(feature = "page")]
mod answer;
#[cfg(feature = "page")]
mod app;
#[cfg(feature = "page")]
mod axes;
#[cfg(feature = "page")]
mod colour_bar;
#[cfg(feature = "page")]
mod cursor;
#[cfg(feature = "page")]
mod device;
#[cfg(feature = "page")]
mod drop;
#[cfg(feature = "page")]
mod gallery;
#[cfg(feature = "page")]
mod gestures;
#[cfg(feature = "page")]
mod gradient;
#[cfg(feature = "page")]
mod paper;
#[cfg(feature = "page")]
mod probabilities;
#[cfg(feature = "page")]
mod problems;
#[cfg(feature = "page")]
mod rate_form;
#[cfg(feature = "page")]
mod reading;
#[cfg(feature = "page")]
mod recordings;
#[cfg(feature = "page")]
mod ribbon;
#[cfg(feature = "page")]
mod state;
#[cfg(feature = "page")]
mod theme;
#[cfg(feature = "page")]
mod timing;
#[cfg(feature = "page")]
mod toolbar;
#[cfg(feature = "page")]
mod trace;
#[cfg(feature = "page")]
mod words;

#[cfg(feature = "page")]
pub use app::open_page;
