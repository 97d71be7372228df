//! The recording's annotations, above the trace: beats and other marks by their codes, rhythms as labelled lines.

use leptos::prelude::*;

use super::state::{Open, Page};
use crate::view::geometry::{Frame, is_rhythm, marks, pixels, rhythms};

/// What each of the two kinds takes above the plot, in pixels.
const STRIP: f64 = 20.0;

/// Room above the plot for the annotations of `open`, in pixels.
pub fn room(open: &Open) -> f64 {
    let annotations = &open.record.annotations;
    let has_rhythms = annotations.iter().any(is_rhythm);
    let has_marks = annotations.iter().any(|it| !is_rhythm(it));
    STRIP * f64::from(u8::from(has_rhythms) + u8::from(has_marks))
}

/// In the plot's own coordinates, upwards from its top.
#[component]
pub fn Annotations(frame: Memo<Frame>) -> impl IntoView {
    let page = expect_context::<Page>();
    let marks = move || {
        let marks = page.open.with(|open| Some(marks(&open.as_ref()?.record.annotations, &frame.get())));
        let mark = |it: crate::view::geometry::Mark| {
            let x = pixels(it.x);
            view! {
                <line class="mark" x1=x.clone() x2=x.clone() y1="-5" y2="0" />
                {it.label.map(|label| view! { <text class="mark" x=x y="-8" text-anchor="middle">{label}</text> })}
            }
        };
        marks.unwrap_or_default().into_iter().map(mark).collect_view()
    };
    let rhythms = move || {
        let frame = frame.get();
        let (lines, top) = page.open.with(|open| {
            let open = open.as_ref()?;
            Some((rhythms(&open.record.annotations, &frame), -room(open)))
        })?;
        let (line_y, tick_y, text_y) = (pixels(top + 15.5), pixels(top + 19.5), pixels(top + 11.5));
        let line = move |it: crate::view::geometry::Rhythm| {
            let (from, to) = (pixels(it.from), pixels(it.to));
            let tick = it.begins.then(|| {
                view! {
                    <line class="rhythm" x1=from.clone() x2=from.clone() y1=line_y.clone() y2=tick_y.clone() />
                }
            });
            view! {
                <line class="rhythm" x1=from.clone() x2=to y1=line_y.clone() y2=line_y.clone() />
                {tick}
                <text class="rhythm" x=from y=text_y.clone()>{it.label}</text>
            }
        };
        Some(lines.into_iter().map(line).collect_view())
    };
    view! { <g class="annotations">{rhythms}{marks}</g> }
}
