//! The tools' buttons, above the trace.

use leptos::prelude::*;

use super::options::Options;
use super::{keys::KeyList, screen_match::ScreenMatch};
use crate::signal::display_filter::{Band, Mains};
use crate::view::i18n::Word;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;
use crate::view::page::toolbar::pressed;

const NOTCHES: [Option<Mains>; 3] = [None, Some(Mains::Fifty), Some(Mains::Sixty)];

#[component]
pub fn Tools() -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    // Calipers and filters serve all leads too; the others speak of one.
    let button = |id: &'static str, label: Word, title: Word, on: RwSignal<bool>, press: fn(Page)| {
        let is_hidden = move || id != "calipers" && page.shows_all_leads();
        view! {
            <button type="button" class="choice" class:hidden=is_hidden id=id title=t(title) aria-pressed=move || pressed(on.get())
                on:click=move |_| press(page)>{t(label)}</button>
        }
    };
    let choose_band = move |event| {
        let band = chosen(&event, &Band::ALL).unwrap_or_default();
        measure.filter.update(|filter| filter.band = band);
    };
    let choose_notch = move |event| {
        let notch = chosen(&event, &NOTCHES).flatten();
        measure.filter.update(|filter| filter.notch = notch);
    };
    view! {
        <div class="toolbar tools" role="group"
            aria-label=t(|words| words.measurements().tools())>
            <div class="segments">
                {button("calipers", |words| words.measurements().calipers(), |words| words.measurements().calipers_title(),
                    measure.calipers, |page| page.measure.calipers.update(|on| *on = !*on))}
                {button("measure", |words| words.measurements().measurements(),
                    |words| words.measurements().measurements_title(), measure.panel,
                    |page| page.measure.show_panel(!page.measure.panel.get_untracked()))}
                {button("compare", |words| words.compare().compare(), |words| words.compare().compare_title(),
                    page.compare.is_shown, |page| page.compare.is_shown.update(|on| *on = !*on))}
            </div>
            <label class="select" title=t(|words| words.measurements().filter_title())>
                <span>{t(|words| words.measurements().filter())}</span>
                <select id="filter" on:change=choose_band>
                    {Band::ALL.into_iter().enumerate().map(|(index, band)| view! {
                        <option value=index.to_string() prop:selected=move || measure.filter.get().band == band>
                            {move || words().measurements().band_name(band)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
            <label class="select" title=t(|words| words.measurements().notch_title())>
                <span>{t(|words| words.measurements().notch())}</span>
                <select id="notch" on:change=choose_notch>
                    {NOTCHES.into_iter().enumerate().map(|(index, notch)| view! {
                        <option value=index.to_string() prop:selected=move || measure.filter.get().notch == notch>
                            {move || words().measurements().notch_name(notch)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
            <Options />
            <ScreenMatch />
            <KeyList />
        </div>
    }
}

/// The one of `options` that was chosen in a `select` whose values are their indices.
fn chosen<T: Copy>(event: &web_sys::Event, options: &[T]) -> Option<T> {
    options.get(event_target_value(event).parse::<usize>().ok()?).copied()
}
