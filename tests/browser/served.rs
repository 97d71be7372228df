//! The page as `make serve` serves it. `.ci/run` starts that command in its clean clone and then asks for this test.

use std::collections::BTreeSet;

use crate::harness::{Page, Webgpu};

#[test]
#[ignore = "needs `make serve`, whose host and port ECG_LENS_SERVED names; `.ci/run` does both"]
fn shows_a_coloured_trace() {
    let address = std::env::var("ECG_LENS_SERVED").expect("ECG_LENS_SERVED, such as 127.0.0.1:8080");
    let page = Page::served_at(Webgpu::Absent, &address);
    page.open("");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    let shown = page.shown();
    assert_eq!(shown.stroke, "url(#trace-gradient)");
    let colours: BTreeSet<&str> = shown.stops.iter().map(|stop| stop.colour.as_str()).collect();
    assert!(colours.len() > 3, "the trace has the colours {colours:?}");
    assert!(!shown.path.is_empty());
}
