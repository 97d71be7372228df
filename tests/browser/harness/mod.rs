//! The words the browser tests are written in.
//!
//! - `page`: [`Page`], a browser with the page open; what a person does and sees
//! - `driver`: one chromedriver and one Chromium with a fresh profile, over WebDriver
//! - `pdf`: what the browser printed, measured on the PDF
//! - `server`: a static host on a free port, under a sub-path
//! - `shown`: [`Shown`], an answer as it stands on the page, held against what the network says
//! - `native`: what the network says when the test itself runs it
//! - `made`: files made from synthetic recordings
//! - `recordings`: real recordings, where this machine has them

mod driver;
pub mod made;
pub mod native;
mod page;
pub mod pdf;
pub mod recordings;
mod server;
mod shown;

pub use driver::Webgpu;
pub use page::Page;
pub use shown::Shown;
