//! ECG Lens: a web page on which an ECG recording is classified by a convolutional network and explained by Grad-CAM.
//!
//! Data flows one way, and a room knows only the rooms before it:
//!
//! | room | what it holds | feature |
//! | --- | --- | --- |
//! | [`record`] | recordings; behind `read`, the file formats they come in | `read` |
//! | [`reader`] | the worker that reads files, its messages, and the page's side of it | `reader`, `page` |
//! | [`synthetic`] | recordings made by a published ECG model, for demonstration | |
//! | [`signal`] | what is done to samples before the network reads them | |
//! | [`network`] | the network: classes and layers; as a burn module with its weights behind `engine` | `engine` |
//! | [`explain`] | importance on a time grid; Grad-CAM itself behind `engine` | `engine` |
//! | [`evaluate`] | figures over labelled sets | |
//! | [`engine`] | the messages between page and worker, the worker, and the choice of device | `worker`, `page` |
//! | [`view`] | the page: what it shows as plain functions, and its components | `view`, `page` |
//!
//! `web_worker` starts the workers of [`reader`] and [`engine`]. Entry points are in `src/bin`: the page, the three
//! workers (the reader and an engine for each kind of device), and the native command line `ecg-lens` (feature `cli`).

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
// Behind its feature whole, so that a change to the page builds no engine anew.
#[cfg(feature = "view")]
pub mod view;
#[cfg(feature = "page")]
mod web_worker;
