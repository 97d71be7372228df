//! Where a day stands on the page.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::sheet::DaySheet;
use crate::view::page::lazily::{Part, lazily};
use crate::view::page::state::Page;

/// The day's place on the page, empty until there is one.
#[component]
pub fn DayPlace() -> impl IntoView {
    let page = expect_context::<Page>();
    let is_wanted = Memo::new(move |before: Option<&bool>| {
        before.is_some_and(|before| *before) || page.day.shown.with(Option::is_some)
    });
    move || is_wanted.get().then(|| lazily(move || whole_day(page)))
}

/// All of the day.
#[wasm_split(sets, wasm_split_path = leptos::wasm_split, fallible)]
fn whole_day(page: Page) -> Part {
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
    let sheet = move || day.shown.get().map(|holter| view! { <DaySheet holter /> });
    Ok(view! { {sheet} }.into_any())
}
