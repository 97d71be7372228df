//! Reading files: a Web Worker of its own, so that neither a large archive nor a slow file holds up the page, and so
//! that the page's module carries no file formats.
//!
//! - [`message`]: what page and reader say to each other.
//! - [`ledger`]: what the reader was asked and has not answered, and what to do when it dies; the rules alone.
//! - `client` (feature `page`): the page's side.
//! - [`work`] (feature `read`): what the reader does, one step after the other; no browser in it.
//! - [`long`] (feature `read`): the part of it that is about long recordings, of which stretches are read.
//! - [`block_cache`] (feature `read`): pieces of files kept for a while, since a browser is slow to hand out each.
//! - `worker` (feature `reader`): the worker around that.

#[cfg(feature = "read")]
pub mod block_cache;
#[cfg(feature = "page")]
pub mod client;
pub mod ledger;
#[cfg(feature = "read")]
pub mod long;
pub mod message;
#[cfg(feature = "read")]
pub mod work;
#[cfg(all(feature = "reader", target_arch = "wasm32"))]
pub mod worker;
