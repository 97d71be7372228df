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

#[derive(Clone, Copy)]
pub enum Place {
    /// Among the tools: choices about those in use, and the dialogs. From here the part is fetched.
    Options,
    /// Over the trace.
    Overlay(TracePlace),
    /// Under the trace.
    Panel,
}

/// Empty until something is wanted.
pub fn place(page: Page, place: Place) -> AnyView {
    let measure = page.measure;
    let is_wanted = Memo::new(move |before: Option<&bool>| match place {
        Place::Options => before.is_some_and(|before| *before) || measure.is_wanted(),
        _ => measure.is_fetched.get(),
    });
    (move || is_wanted.get().then(|| lazily(move || part(page, place)))).into_any()
}

#[wasm_split(tools, wasm_split_path = leptos::wasm_split, fallible)]
fn part(page: Page, place: Place) -> Part {
    Ok(match place {
        Place::Options => {
            page.measure.is_fetched.set(true);
            view! { <Options /> <ScreenMatch /> <KeyList /> }.into_any()
        }
        Place::Overlay(place) => {
            follow(page, place);
            view! { <Overlay place /> }.into_any()
        }
        Place::Panel => (move || page.measure.panel.get().then(|| view! { <Panel /> })).into_any(),
    })
}
