//! Over what the network did not read: a shade, and a word that says why.

use leptos::prelude::*;

use super::language::words;
use super::state::Shared;
use crate::explain::Explanation;
use crate::signal::NotRead;
use crate::view::geometry::{Frame, pixels};

/// A word stands in a stretch that is at least so wide, in pixels: in every other, the pointer finds it.
const WORD_WIDTH: f64 = 64.0;

#[component]
pub fn NotReadParts(
    frame: Memo<Frame>,
    explanation: impl Fn() -> Option<Shared<Explanation>> + Send + Sync + 'static,
) -> impl IntoView {
    let shaded = move || {
        let (frame, explanation) = (frame.get(), explanation()?);
        let shows = |it: &&NotRead| it.from < frame.span.end && it.to > frame.span.start;
        Some(explanation.importance.unusable.iter().filter(shows).map(|it| part(it, &frame)).collect_view())
    };
    view! { <g class="not-read-parts">{shaded}</g> }
}

fn part(it: &NotRead, frame: &Frame) -> impl IntoView + use<> {
    let (left, right) = (frame.x(it.from.max(frame.span.start)), frame.x(it.to.min(frame.span.end)));
    let words = words().quality();
    let word = (right - left >= WORD_WIDTH).then(|| {
        view! {
            <text class="not-read-reason" x=pixels((left + right) / 2.0) y=pixels(frame.height - 6.0) text-anchor="middle">
                {words.reason(it.reason)}
            </text>
        }
    });
    view! {
        <g class="not-read" role="img" aria-label=words.stretch_not_read(it.reason, it.from, it.to) data-reason=it.reason.name()
            data-from=it.from.to_string() data-to=it.to.to_string()>
            <title>{words.stretch_not_read(it.reason, it.from, it.to)}</title>
            <rect x=pixels(left) width=pixels((right - left).max(0.0)) height=pixels(frame.height) />
            {word}
        </g>
    }
}
