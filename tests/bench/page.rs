//! How fast the published page is, in headless Chromium on this machine. `make bench` builds the page and runs this.
//!
//! | file | what it measures |
//! | --- | --- |
//! | `explain` | a whole explanation on the CPU engine, beside onnxruntime-web's forward pass alone |
//! | `first_trace` | from the navigation to the first coloured trace, with an empty cache |
//! | `panning` | frames while a trace of a minute is dragged about |

#[allow(dead_code, unused_imports, reason = "the browser tests' vocabulary, of which a benchmark needs little")]
#[path = "../browser/harness/mod.rs"]
mod harness;

mod explain;
mod first_trace;
mod panning;

fn main() {
    // `cargo bench` says so; `cargo test --bench page` only wants it compiled.
    if std::env::args().all(|argument| argument != "--bench") {
        return;
    }
    explain::run();
    first_trace::run();
    panning::run();
}

/// One line of the table: what was measured, its median, and from where to where the measurements reach.
fn row(what: &str, unit: &str, measured: &[f64]) {
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (least, most) = (sorted[0], sorted[sorted.len() - 1]);
    let spread =
        if sorted.len() == 1 { String::new() } else { format!("{least:.1} … {most:.1}, n = {}", sorted.len()) };
    println!("{what:<58} {:>8.1} {unit:<4} {spread}", median(&sorted));
}

/// Of sorted values.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}
