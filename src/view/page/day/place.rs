//! Where a long recording stands on the page.

use leptos::prelude::*;

use super::sheet::DaySheet;
use crate::view::page::state::Page;

/// The place of a recording of more than a minute on the page, empty until there is one.
#[component]
pub fn DayPlace() -> impl IntoView {
    let page = expect_context::<Page>();
    let day = page.day;
    Effect::new(move |before: Option<Option<u32>>| {
        let shown = day.shown.get();
        let row = shown.as_ref().map(|holter| holter.row);
        page.forget_day();
        if let Some(holter) = shown {
            page.look_through(&holter);
            if before.flatten() != row && !holter.is_whole() {
                page.open_moment(0.0);
            }
        }
        row
    });
    // Another recording, or another lead of it.
    Effect::new(move |_| {
        day.lead.track();
        match day.shown.get() {
            Some(holter) => page.classify_day(&holter),
            None => page.end_run_of_day(),
        }
    });
    // Of a strip, the lead that is looked at.
    let lead = Memo::new(move |_| page.open.with(|open| open.as_ref().map(|open| open.lead)));
    Effect::new(move |_| {
        let Some(lead) = lead.get() else { return };
        let strip = day.shown.get_untracked().filter(|holter| holter.is_whole());
        if let Some(strip) = strip.filter(|_| day.lead.get_untracked() != lead) {
            day.lead.set(lead);
            page.outline_strip(&strip);
        }
    });
    page.follow_window();
    page.follow_neighbours();
    move || day.shown.get().map(|holter| view! { <DaySheet holter /> })
}
