//! What a person sees, tested in headless Chromium: the published files, served from a sub-path as a static host would,
//! driven over WebDriver.
//!
//! `make test` builds the page and runs these. By hand:
//! `ECG_LENS_DIST=dist cargo test --test browser -- --test-threads=2`.
//!
//! | file | what it tests |
//! | --- | --- |
//! | `harness/` | no test: the browser, the server, and the words the tests are written in |
//! | `smoke` | the page starts, from a sub-path, within its content security policy, without a foreign request |

#[allow(dead_code, reason = "a vocabulary; not every word of it is in use at all times")]
mod harness;
mod smoke;
