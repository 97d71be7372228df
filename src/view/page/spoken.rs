//! A sentence under the trace that says where the importance lies, or that it lies nowhere; screen readers say it too.

use leptos::prelude::*;

use super::language::words;
use super::state::Page;
use crate::signal::{quality::usable_samples, r_peaks};
use crate::view::spoken::{highest_stretch, peaks_between};

#[component]
pub fn Spoken() -> impl IntoView {
    let page = expect_context::<Page>();
    let lead = Memo::new(move |_| page.open.with(|open| open.as_ref().map(|open| (open.record.clone(), open.lead))));
    let peaks = Memo::new(move |_| {
        let (record, lead) = lead.get()?;
        Some(r_peaks(&usable_samples(&record.leads[lead].samples, record.fs), record.fs))
    });
    let said = move || {
        let (record, _) = lead.get()?;
        let explanation = page.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.clone()))?;
        let Some(stretch) = highest_stretch(&explanation.importance, record.duration()) else {
            return Some(words().nothing_important(explanation.class));
        };
        let beats = peaks.with(|peaks| peaks.as_ref().map_or(0, |peaks| peaks_between(peaks, record.fs, stretch)));
        Some(words().highest_importance(explanation.class, stretch, beats))
    };
    // Under all leads it would speak of one of them only.
    let is_heard_only = move || page.shows_all_leads();
    view! { <p id="spoken" class="map-says" class:visually-hidden=is_heard_only role="status">{said}</p> }
}
