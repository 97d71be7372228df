//! The page.
//!
//! - [`geometry`] and [`colour`]: where things stand and which colour they have, as plain functions without a page.
//! - `page` (feature `page`): the page itself.

pub mod colour;
pub mod geometry;
#[cfg(feature = "page")]
mod page;

#[cfg(feature = "page")]
pub use page::open_page;
