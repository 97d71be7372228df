//! The page.
//!
//! - [`geometry`] and [`colour`]: where things stand and which colour they have, as plain functions without a page.
//! - [`link`]: a recording and its view as a link, and back; [`export`]: the same as tables, documents and prints.
//! - [`report`]: an evaluation as files.
//! - [`spoken`]: where the importance lies, for those who hear the page.
//! - `page` (feature `page`): the page itself.

pub mod colour;
pub mod export;
pub mod geometry;
pub mod link;
#[cfg(feature = "page")]
mod page;
pub mod report;
pub mod spoken;

#[cfg(feature = "page")]
pub use page::open_page;
