//! Where the network runs: a Web Worker, on the GPU or the CPU.
//!
//! - `message`: what page and worker say to each other.
//! - `choice`: which device answers, and why; the rules alone.
//! - `client`: the page's side of the workers (feature `page`).

pub mod choice;
#[cfg(feature = "page")]
pub mod client;
pub mod message;
