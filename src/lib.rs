//! ECG Lens: a web page on which an ECG recording is classified by a convolutional network and explained by Grad-CAM.
//!
//! Data flows one way, and a room knows only the rooms before it:
//!
//! | room | what it holds | feature |
//! | --- | --- | --- |
//! | [`record`] | recordings; behind `read`, the file formats they come in | `read` |
//! | [`signal`] | what is done to samples before the network reads them | |
//! | [`network`] | the network: classes and layers; as a burn module with its weights behind `engine` | `engine` |
//! | [`synthetic`] | recordings made by a published ECG model, for demonstration | |
//! | [`explain`] | importance on a time grid; Grad-CAM itself behind `engine` | `engine` |
//! | [`evaluate`] | figures over labelled sets, and the model card | |
//! | [`training`] | how the network's weights are made, and their model card measured | `training` |
//! | `web_worker` | starting Web Workers | `page` |
//! | [`reader`] | the worker that reads files, its messages, and the page's side of it | `reader`, `page` |
//! | [`engine`] | the messages between page and worker, the worker, and the choice of device | `worker`, `page` |
//! | [`view`] | the page: what it shows as plain functions, and its components | `view`, `page` |
//! | [`cli`] | the native command line | `cli` |
//!
//! `tests/architecture.rs` checks that. Entry points are in `src/bin`: the page, the three workers (the reader and an engine
//! for each kind of device), and the command line `ecg-lens`.

#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod evaluate;
pub mod explain;
pub mod network;
pub mod reader;
pub mod record;
pub mod signal;
pub mod synthetic;
#[cfg(feature = "training")]
pub mod training;
// Behind its feature whole, so that a change to the page builds no engine anew.
#[cfg(feature = "view")]
pub mod view;
#[cfg(feature = "page")]
mod web_worker;
