//! Where a day stands on the page.

use leptos::prelude::*;

use super::sheet::DaySheet;
use crate::view::page::state::Page;

/// The day's place on the page, empty until there is one.
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
            if before.flatten() != row {
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
    move || day.shown.get().map(|holter| view! { <DaySheet holter /> })
}
