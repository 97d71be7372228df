//! The axes of the trace.

use leptos::prelude::*;

use super::language::{t, words};
use super::measure::squares;
use super::state::{Page, TimeUnit};
use super::trace::Layout;
use crate::view::geometry::{Frame, STANDARD_FS, pixels, tick_step, ticks};

/// Along the left edge, in mV. In the plot's own coordinates.
#[component]
pub fn AmplitudeAxis(frame: Memo<Frame>, layout: Memo<Layout>) -> impl IntoView {
    let labels = move || {
        let frame = frame.get();
        let step = tick_step(36.0 / frame.pixels_per_millivolt());
        ticks(frame.limits.low, frame.limits.high, step)
            .into_iter()
            .map(|(value, label)| {
                let y = pixels(frame.y(value));
                view! {
                    <line x1="-4" x2="0" y1=y.clone() y2=y.clone() />
                    <text x="-9" y=y dy="0.32em" text-anchor="end">{label}</text>
                }
            })
            .collect_view()
    };
    let title_place = move || {
        let Layout { left, height, .. } = layout.get();
        format!("translate({} {}) rotate(-90)", pixels(13.0 - left), pixels(height / 2.0))
    };
    view! {
        <g class="axis">
            {labels}
            <text class="axis-title" id="amplitude-title" text-anchor="middle" transform=title_place>
                {t(|words| words.amplitude())}
            </text>
        </g>
    }
}

/// Along the bottom, below the ribbon, in samples or seconds.
#[component]
pub fn TimeAxis(frame: Memo<Frame>, layout: Memo<Layout>) -> impl IntoView {
    let page = expect_context::<Page>();
    let labels = move || {
        let frame = frame.get();
        let (per_second, least) = match page.time_unit.get() {
            TimeUnit::Samples => (STANDARD_FS, 1.0),
            TimeUnit::Seconds => (1.0, 0.0),
        };
        let step = tick_step((80.0 / frame.pixels_per_second() * per_second).max(least));
        ticks(frame.span.start * per_second, frame.span.end * per_second, step)
            .into_iter()
            .map(|(value, label)| {
                let x = frame.x(value / per_second);
                // The first and last label stay inside.
                let anchor = if x < 12.0 {
                    "start"
                } else if x > frame.width - 12.0 {
                    "end"
                } else {
                    "middle"
                };
                let x = pixels(x);
                view! {
                    <line x1=x.clone() x2=x.clone() y1="0" y2="4" />
                    <text x=x y="6" dy="0.9em" text-anchor=anchor>{label}</text>
                }
            })
            .collect_view()
    };
    let place = move || {
        let Layout { left, ribbon_top, ribbon_height, .. } = layout.get();
        format!("translate({} {})", pixels(left), pixels(ribbon_top + ribbon_height))
    };
    let title = move || match page.time_unit.get() {
        TimeUnit::Samples => words().samples(),
        TimeUnit::Seconds => words().seconds(),
    };
    let square = move || {
        let (time, amplitude) = squares(page, &frame.get());
        words().small_square(time.fine, amplitude.fine)
    };
    view! {
        <g class="axis">
            <g transform=place>{labels}</g>
            <text class="axis-title" id="time-title" text-anchor="middle" y=move || pixels(layout.get().bottom)
                x=move || pixels(layout.get().left + layout.get().width / 2.0)>{title}</text>
            <text class="square" text-anchor="end" y=move || pixels(layout.get().bottom)
                x=move || pixels(layout.get().left + layout.get().width)>
                {move || (layout.get().width > 620.0).then(square)}
            </text>
        </g>
    }
}
