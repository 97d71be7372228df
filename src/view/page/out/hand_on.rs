//! Two quiet buttons by the trace. What they open is fetched when the first answer has been shown a while, or when it is
//! asked for.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::{keep, link, panels, print};
use crate::view::page::language::t;
use crate::view::page::lazily::{Part, lazily};
use crate::view::page::state::Page;
use crate::view::page::toolbar::pressed;

/// What a button opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Export,
    Share,
}

/// Whether the page's address brings a recording with it (see `view::link`); then the first demonstration stays away.
pub fn has_link() -> bool {
    window().location().hash().is_ok_and(|hash| hash.starts_with("#demo=") || hash.starts_with("#ecg="))
}

#[component]
pub fn HandOn() -> impl IntoView {
    let page = expect_context::<Page>();
    let shown = RwSignal::new(None::<Panel>);
    let is_asked = RwSignal::new(has_link());
    let toggle = move |panel: Panel| {
        is_asked.set(true);
        shown.update(|shown| *shown = (*shown != Some(panel)).then_some(panel));
    };
    let expanded = move |panel: Panel| pressed(shown.get() == Some(panel));
    let nothing_open = move || page.open.with(Option::is_none);
    let is_wanted = Memo::new(move |_| is_asked.get() || page.is_settled.get());
    view! {
        <div class="hand-on" id="hand-on">
            <button type="button" class="button small" id="export"
                title=t(|words| words.export().export_title()) aria-haspopup="true"
                disabled=nothing_open aria-expanded=move || expanded(Panel::Export)
                on:click=move |_| toggle(Panel::Export)>{t(|words| words.export().export())}</button>
            <button type="button" class="button small" id="share"
                title=t(|words| words.export().share_title()) aria-haspopup="true"
                disabled=nothing_open aria-expanded=move || expanded(Panel::Share)
                on:click=move |_| toggle(Panel::Share)>{t(|words| words.export().share())}</button>
            {move || is_wanted.get().then(|| lazily(move || whole_part(page, shown)))}
        </div>
    }
}

/// All that the buttons open, and what is begun unasked: opening links, printing, keeping the page.
#[wasm_split(out, wasm_split_path = leptos::wasm_split, fallible)]
fn whole_part(page: Page, shown: RwSignal<Option<Panel>>) -> Part {
    link::follow(page);
    let paper = print::Paper::new(page);
    keep::keep(page);
    Ok(panels::panels(page, shown, paper))
}
