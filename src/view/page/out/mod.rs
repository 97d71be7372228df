//! What is taken away from the page, and the page itself, kept for use without a network.
//!
//! - `hand_on`: the two buttons; `panels`: what they open.
//! - Files: `files` (tables, documents), `picture` (drawings and pictures of what shows), `print` (one page).
//! - `share` makes links, `link` opens them.
//! - `keep`: the service worker, newer versions, and files that the desktop hands over.
//! - `recent`: recordings kept for the next visit, where somebody asks for that.
//! - `browser`: the browser's own functions that web-sys is not built with here.

mod browser;
mod files;
mod hand_on;
mod keep;
mod link;
mod panels;
mod picture;
mod print;
mod recent;
mod share;

pub use browser::save_text;
pub use files::NOT_SAVED;
pub use hand_on::{HandOn, has_link};
pub use picture::save_drawings;
pub use recent::RecentRecordings;
