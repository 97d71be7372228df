//! The places of what is fetched when it is first wanted.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::follow::follow;
use super::keys::KeyList;
use super::options::Options;
use super::overlay::Overlay;
use super::panel::Panel;
use super::screen_match::ScreenMatch;
use super::state::TracePlace;
use crate::view::page::lazily::{Part, lazily};
use crate::view::page::state::Page;

/// Among the tools: choices about those in use. The part is fetched from here.
#[component]
pub fn OptionsPlace() -> impl IntoView {
    let page = expect_context::<Page>();
    let is_wanted =
        Memo::new(move |before: Option<&bool>| before.is_some_and(|before| *before) || page.measure.is_wanted());
    move || is_wanted.get().then(|| lazily(move || options(page)))
}

/// Over the trace.
#[component]
pub fn OverlayPlace(place: TracePlace) -> impl IntoView {
    let page = expect_context::<Page>();
    move || page.measure.is_fetched.get().then(|| lazily(move || overlay(page, place)))
}

/// Under the trace.
#[component]
pub fn PanelPlace() -> impl IntoView {
    let page = expect_context::<Page>();
    move || page.measure.is_fetched.get().then(|| lazily(move || panel(page)))
}

#[wasm_split(measure, wasm_split_path = leptos::wasm_split, fallible)]
fn options(page: Page) -> Part {
    page.measure.is_fetched.set(true);
    Ok(view! { <Options /> <ScreenMatch /> <KeyList /> }.into_any())
}

#[wasm_split(measure, wasm_split_path = leptos::wasm_split, fallible)]
fn overlay(page: Page, place: TracePlace) -> Part {
    follow(page, place);
    Ok(view! { <Overlay place /> }.into_any())
}

#[wasm_split(measure, wasm_split_path = leptos::wasm_split, fallible)]
fn panel(page: Page) -> Part {
    Ok((move || page.measure.panel.get().then(|| view! { <Panel /> })).into_any())
}
