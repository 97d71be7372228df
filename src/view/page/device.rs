//! Which device answered, how fast, and why the GPU did not.

use leptos::prelude::*;

use super::language::words;
use super::state::Page;

#[component]
pub fn DeviceLine() -> impl IntoView {
    let page = expect_context::<Page>();
    let answered = move || match page.answer.get() {
        Some(answer) => Some(words().answered_by(answer.device, answer.milliseconds)),
        None if page.failure.with(Option::is_none) => Some(words().engine_starting().to_owned()),
        None => None,
    };
    view! {
        <p id="device" class="device"
            data-device=move || page.answer.with(|answer| answer.as_ref().map(|answer| answer.device.name()))
            data-milliseconds=move || {
                page.answer.with(|answer| answer.as_ref().map(|answer| crate::view::geometry::decimal(answer.milliseconds, 2)))
            }>
            <span>{answered}</span>
            <span id="gpu-unused">{move || page.gpu_unused.get().map(|why| words().gpu_unused(&why))}</span>
        </p>
    }
}
