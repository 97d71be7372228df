//! Frames while a trace of a minute is dragged to and fro for three seconds, ten seconds of it in view.

use serde::Deserialize;

use crate::harness::{Page, Webgpu, made};
use crate::row;

/// Times of a move, in ms, and how many there are: three seconds.
const STEP: u32 = 16;
const STEPS: usize = 188;

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

    page.run(
        "window.seen = { times: [], drawn: 0 };
         let before = '';
         const frame = time => {
             const path = document.querySelector('#trace-path').getAttribute('d');
             window.seen.times.push(time);
             window.seen.drawn += Number(path !== before);
             before = path;
             window.handle = requestAnimationFrame(frame);
         };
         window.handle = requestAnimationFrame(frame)",
    );
    let places: Vec<(f64, f64)> = (0..STEPS)
        .map(|step| (0.5 - 0.35 * (step as f64 / STEPS as f64 * 3.0 * std::f64::consts::TAU).sin(), 0.4))
        .collect();
    page.drag_along("#trace", &places, STEP);
    let seen = page.run("cancelAnimationFrame(window.handle); return window.seen");
    let Frames { times, drawn } = serde_json::from_value(seen).expect("frames");

    let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let seconds = (times[times.len() - 1] - times[0]) / 1000.0;
    row("frames a second while panning a trace of 60 s", "/s", &[gaps.len() as f64 / seconds]);
    row("  of them with another trace", "/s", &[drawn as f64 / seconds]);
    row("  longest gap between two frames", "ms", &[gaps.iter().copied().fold(0.0, f64::max)]);
}
