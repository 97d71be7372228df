//! Where the network runs: a Web Worker, on the GPU or the CPU.
//!
//! - `message`: what page and worker say to each other.

pub mod message;
