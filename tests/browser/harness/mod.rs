//! The words the browser tests are written in.
//!
//! - `page`: [`Page`], a browser with the page open; what a person does and sees
//! - `driver`: one chromedriver and one Chromium with a fresh profile, over WebDriver
//! - `server`: a static host on a free port, under a sub-path
//! - `recordings`: real recordings, where this machine has them

mod driver;
mod page;
pub mod recordings;
mod server;

pub use driver::Webgpu;
pub use page::Page;
