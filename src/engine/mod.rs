//! Where the network runs: a Web Worker, on the GPU or the CPU.
//!
//! - `message`: what page and worker say to each other.
//! - `choice`: which device answers, and why; the rules alone.
//! - `client`: the page's side of the workers (feature `page`).
//! - `self_test` (feature `engine`): a known input whose stored answer every device must reproduce.
//! - `seal` (feature `cli`): storing that answer in a weights file.
//! - `worker` (feature `worker`): the worker around an engine.
//! - `webgpu` (features `worker` and `gpu`): getting hold of the browser's GPU.

pub mod choice;
#[cfg(feature = "page")]
pub mod client;
pub mod message;
#[cfg(feature = "cli")]
pub mod seal;
#[cfg(feature = "engine")]
pub mod self_test;
#[cfg(all(feature = "worker", feature = "gpu", target_arch = "wasm32"))]
pub mod webgpu;
#[cfg(all(feature = "worker", target_arch = "wasm32"))]
pub mod worker;
