//! Two quiet buttons by the trace, what they open, and what belongs to them and begins unasked: opening links, printing,
//! keeping the page for use without a network.

use leptos::prelude::*;

use super::{keep, link, panels, print};
use crate::view::page::language::t;
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
    let toggle = move |panel: Panel| shown.update(|shown| *shown = (*shown != Some(panel)).then_some(panel));
    let expanded = move |panel: Panel| pressed(shown.get() == Some(panel));
    let nothing_open = move || page.open.with(Option::is_none);
    link::follow(page);
    let paper = print::Paper::new(page);
    keep::keep_later(page);
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
            {panels::panels(page, shown, paper)}
        </div>
    }
}
