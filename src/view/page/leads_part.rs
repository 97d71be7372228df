//! The places of what shows all leads at once, which is fetched when it is first wanted.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::all_leads::AllLeads;
use super::lazily::{Part, lazily};
use super::lead_list::LeadList;
use super::state::Page;

#[derive(Clone, Copy)]
pub enum LeadsPlace {
    /// In the trace's stead.
    Sheet,
    /// Below it, what the network says of each.
    List,
}

/// Empty until all leads are wanted.
pub fn leads_place(page: Page, place: LeadsPlace) -> AnyView {
    let is_wanted =
        Memo::new(move |before: Option<&bool>| before.is_some_and(|before| *before) || page.shows_all_leads());
    (move || is_wanted.get().then(|| lazily(move || part(place)))).into_any()
}

#[wasm_split(tools, wasm_split_path = leptos::wasm_split, fallible)]
fn part(place: LeadsPlace) -> Part {
    Ok(match place {
        LeadsPlace::Sheet => view! { <AllLeads /> }.into_any(),
        LeadsPlace::List => view! { <LeadList /> }.into_any(),
    })
}
