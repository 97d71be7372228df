//! Frames while a trace of a minute is dragged to and fro for three seconds, ten seconds of it in view.
//!
//! The pointer's moves are made in the page, one a frame: the driver's own come at 26 a second, and would be what is
//! measured.

use serde::Deserialize;

use crate::harness::{Page, Webgpu, made};
use crate::row;

#[derive(Deserialize)]
struct Frames {
    /// Moments at which frames began, in ms.
    times: Vec<f64>,
    /// How many of them had another trace than the one before.
    drawn: usize,
}

pub fn run() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    let record = made::sinus(60.0);
    page.drop_files(&made::wfdb("minute", record.fs, &[("I", &record.leads[0].samples)]));
    page.answer_to("minute");
    page.type_into("#trace", "--------");
    page.until("ten seconds in view", || page.span().1 > 9.0);

    let Frames { times, drawn } = serde_json::from_value(page.run(SCRIPT)).expect("frames");
    assert!(drawn > 10, "the trace did not move");

    let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let seconds = (times[times.len() - 1] - times[0]) / 1000.0;
    row("frames a second while panning a trace of 60 s", "/s", &[gaps.len() as f64 / seconds]);
    row("  of them with another trace", "/s", &[drawn as f64 / seconds]);
    row("  longest gap between two frames", "ms", &[gaps.iter().copied().fold(0.0, f64::max)]);
}

const SCRIPT: &str = r##"
    const trace = document.querySelector("#trace"), path = document.querySelector("#trace-path");
    const box = trace.getBoundingClientRect();
    const point = (type, x) => trace.dispatchEvent(new PointerEvent(type, {
        bubbles: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0, buttons: 1,
        clientX: box.x + box.width * x, clientY: box.y + box.height * 0.4,
    }));
    const seen = { times: [], drawn: 0 };
    let before = path.getAttribute("d");
    point("pointerdown", 0.5);
    await new Promise(resolve => requestAnimationFrame(function frame(time) {
        seen.times.push(time);
        const now = path.getAttribute("d");
        seen.drawn += Number(now !== before);
        before = now;
        const elapsed = time - seen.times[0];
        if (elapsed >= 3000) return resolve();
        point("pointermove", 0.5 - 0.35 * Math.sin(elapsed / 1000 * 2 * Math.PI));
        requestAnimationFrame(frame);
    }));
    point("pointerup", 0.5);
    return seen;
"##;
