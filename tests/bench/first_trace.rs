//! From the navigation to the first coloured trace, each time in a new browser: empty cache, nothing compiled. The host
//! is on the same machine, so that this is the time to compile, classify, explain and draw, and not the network's.

use crate::harness::{Page, Webgpu};
use crate::row;

const VISITS: usize = 5;

pub fn run() {
    let first_trace = |_| {
        let page = Page::new(Webgpu::Absent);
        page.open("");
        page.until("the first trace", || !page.measures("ecg-lens:first-trace").is_empty());
        page.measures("ecg-lens:first-trace")[0]
    };
    let measured: Vec<f64> = (0..VISITS).map(first_trace).collect();
    row("first coloured trace, new browser, empty cache", "ms", &measured);
}
