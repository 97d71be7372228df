//! The page.
//!
//! - [`geometry`] and [`colour`]: where things stand and which colour they have, as plain functions without a page.
//! - [`clock`]: the time of day along a recording.
//! - [`consensus`]: what the leads of one recording say together.
//! - [`link`]: a recording and its view as a link, and back; [`export`]: the same as tables, documents and prints.
//! - [`dataset`]: a labelled set, and what is looked at of it; [`report`]: an evaluation as files.
//! - [`listing`]: which recordings of the list are one and the same.
//! - [`i18n`]: every word, in each language.
//! - [`spoken`]: where the importance lies, for those who hear the page.
//! - [`measure`]: calipers, RR intervals and small charts, as plain functions too.
//! - `page` (feature `page`): the page's components. All else is compiled and tested natively too (feature `view`).

pub mod clock;
pub mod colour;
pub mod consensus;
pub mod dataset;
pub mod export;
pub mod geometry;
pub mod i18n;
pub mod link;
pub mod listing;
pub mod measure;
#[cfg(feature = "page")]
mod page;
pub mod report;
pub mod spoken;

#[cfg(feature = "page")]
pub use page::open_page;
