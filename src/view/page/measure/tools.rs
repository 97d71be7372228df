//! The tools' buttons, above the trace.

use leptos::prelude::*;

use super::parts::OptionsPlace;
use crate::signal::display_filter::{Band, Mains};
use crate::view::page::state::Page;
use crate::view::page::toolbar::pressed;
use crate::view::page::words::measure as words;

const NOTCHES: [Option<Mains>; 3] = [None, Some(Mains::Fifty), Some(Mains::Sixty)];

#[component]
pub fn Tools() -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    let band_options = Band::ALL.map(|band| {
        view! { <option selected=move || measure.filter.get().band == band>{words::band(band)}</option> }
    });
    let notch_options = NOTCHES.map(|notch| {
        view! { <option selected=move || measure.filter.get().notch == notch>{words::notch(notch)}</option> }
    });
    let choose_band = move |event| {
        let chosen = event_target_value(&event);
        if let Some(band) = Band::ALL.into_iter().find(|band| words::band(*band) == chosen) {
            measure.filter.update(|filter| filter.band = band);
        }
    };
    let choose_notch = move |event| {
        let chosen = event_target_value(&event);
        if let Some(notch) = NOTCHES.into_iter().find(|notch| words::notch(*notch) == chosen) {
            measure.filter.update(|filter| filter.notch = notch);
        }
    };
    view! {
        <div class="toolbar tools" class:hidden=move || page.shows_all_leads() role="group" aria-label=words::TOOLS>
            <div class="segments">
                <button type="button" class="choice" id="calipers" title=words::CALIPERS_TITLE
                    aria-pressed=move || pressed(measure.calipers.get())
                    on:click=move |_| measure.calipers.update(|on| *on = !*on)>{words::CALIPERS}</button>
                <button type="button" class="choice" id="measure" title=words::MEASUREMENTS_TITLE
                    aria-pressed=move || pressed(measure.panel.get())
                    on:click=move |_| measure.show_panel(!measure.panel.get_untracked())>{words::MEASUREMENTS}</button>
            </div>
            <label class="select" title=words::FILTER_TITLE>
                <span>{words::FILTER}</span>
                <select id="filter" on:change=choose_band>{band_options.collect_view()}</select>
            </label>
            <label class="select" title=words::NOTCH_TITLE>
                <span>{words::NOTCH}</span>
                <select id="notch" on:change=choose_notch>{notch_options.collect_view()}</select>
            </label>
            <OptionsPlace />
        </div>
    }
}
