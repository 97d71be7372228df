//! The messages between the page and a worker, one enum each way.
//!
//! They travel as [postcard](https://docs.rs/postcard) bytes in a transferred `Uint8Array`: one copy, no JavaScript
//! objects for samples.

use serde::{Deserialize, Serialize};

use crate::explain::{Explanation, Question};

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeviceKind {
    /// WebGPU.
    Webgpu,
    /// burn-flex with WebAssembly SIMD.
    Cpu,
}

impl DeviceKind {
    /// The name in `?engine=` and on the page.
    pub fn name(self) -> &'static str {
        match self {
            DeviceKind::Webgpu => "webgpu",
            DeviceKind::Cpu => "cpu",
        }
    }
}

/// From the page to a worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToEngine {
    /// The weights file, first of all: the page fetches it once for both workers, which need no network at all.
    Start { weights: Vec<u8> },
    /// Classify and explain one lead. Answered by `Explained` or `Failed` with the same `id`.
    Explain {
        id: u32,
        /// Amplitude in mV; NaN where missing.
        samples: Vec<f32>,
        /// Sampling rate in Hz.
        fs: f64,
        question: Question,
    },
    /// Classify several leads and explain none: of each, its samples in mV (NaN where missing) and its sampling rate in
    /// Hz. Answered by `Classified` with the same `id`.
    Classify { id: u32, leads: Vec<(Vec<f32>, f64)> },
}

/// The probabilities of one lead in [`Class::ALL`](crate::network::Class::ALL)'s order, or why it cannot be classified
/// (too short, flat), as a clause that goes on from the recording's name.
pub type Classified = Result<[f32; 4], String>;

/// From a worker to the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FromEngine {
    /// The engine's answer to a known input agrees with the stored one; it takes work from now on.
    Ready(SelfTest),
    /// This engine cannot be used here; why, in a person's words.
    Unavailable { reason: String },
    /// The answer to `ToEngine::Explain`.
    Explained {
        id: u32,
        explanation: Box<Explanation>,
        /// From the samples' arrival in the worker to the finished map.
        milliseconds: f64,
    },
    /// This recording cannot be explained (too short, flat); why, as a clause that goes on from its name. The engine
    /// lives on.
    Failed { id: u32, reason: String },
    /// The device went away; nothing sent since the last answer will be answered.
    Lost { reason: String },
    /// The answer to `ToEngine::Classify`, in the order of its leads.
    Classified { id: u32, answers: Vec<Classified> },
}

/// What an engine's self-test found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelfTest {
    pub device: DeviceKind,
    /// The adapter, as the browser names it; empty for the CPU.
    pub adapter: String,
    /// A software adapter is correct, and never preferred.
    pub software: bool,
    /// Milliseconds for a 30-s recording, warm, the fastest of a few.
    pub milliseconds: f64,
}
