//! ECG paper under the trace.

use leptos::prelude::*;

use super::measure::squares;
use super::state::Page;
use crate::view::geometry::{Frame, calibration_pulse, paper_paths, pixels};

#[component]
pub fn Paper(frame: Memo<Frame>) -> impl IntoView {
    let page = expect_context::<Page>();
    let paths = Memo::new(move |_| {
        let frame = frame.get();
        paper_paths(&frame, squares(page, &frame))
    });
    let pulse = Memo::new(move |_| calibration_pulse(&frame.get()));
    view! {
        <rect class="paper" width=move || pixels(frame.get().width) height=move || pixels(frame.get().height) />
        <path class="grid-fine" d=move || paths.with(|paths| paths.0.clone()) />
        <path class="grid-heavy" d=move || paths.with(|paths| paths.1.clone()) />
        <g class="calibration">
            <path d=move || pulse.with(|pulse| pulse.as_ref().map(|(path, ..)| path.clone())) />
            {move || pulse.get().map(|(_, x, y)| view! {
                <text x=pixels(x + 6.0) y=pixels(y)>"1 mV"</text>
            })}
        </g>
    }
}
