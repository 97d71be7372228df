//! The recordings of one selection side by side; more of them as one scrolls.

use leptos::html::Ul;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::averages::Averages;
use super::card::Card;
use crate::network::Class;
use crate::view::dataset::{Order, Selection};
use crate::view::i18n::format;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

/// Cards at first, and so many more each time the end comes into view.
const PORTION: usize = 14;

#[component]
pub fn SetGallery() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let indices = Memo::new(move |_| room.selected());
    let portion = RwSignal::new(PORTION);
    // Another selection or order begins at its beginning.
    let begun = Memo::new(move |_| (room.selection.get(), room.order.get()));
    Effect::new(move |_| {
        begun.track();
        portion.set(PORTION);
    });
    let grid = NodeRef::<Ul>::new();
    let more = move || {
        let Some(grid) = grid.get_untracked() else { return };
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
        if grid.get_bounding_client_rect().bottom() < 2.0 * height
            && portion.get_untracked() < indices.with_untracked(Vec::len)
        {
            portion.update(|portion| *portion += PORTION);
        }
    };
    let listener = window_event_listener(leptos::ev::scroll, move |_| more());
    on_cleanup(move || listener.remove());
    let visible = move || {
        let shown = portion.get();
        indices.with(|indices| indices.iter().take(shown).copied().enumerate().collect::<Vec<_>>())
    };
    let title = move || room.selection.get().map(|selection| selection.title(words()));
    view! {
        <section id="set-gallery" class="set-gallery" aria-label=t(|words| words.evaluation().gallery())
            data-count=move || indices.with(Vec::len).to_string()>
            <div class="gallery-head">
                <h3>{title} <span class="count">{move || format::count(indices.with(Vec::len))}</span></h3>
                <Choices />
                <Sort />
            </div>
            <Show when=move || indices.with(Vec::is_empty)>
                <p class="hint">{t(|words| words.evaluation().none_here())}</p>
            </Show>
            <Averages />
            <ul class="cards" node_ref=grid on:keydown=move |event| step(&event)>
                <For each=visible key=move |(at, index)| (*at, *index, room.selection.get_untracked()) let((at, index))>
                    <Card index at />
                </For>
            </ul>
        </section>
    }
}

/// The arrow keys go from card to card.
fn step(event: &KeyboardEvent) {
    let forward = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => true,
        "ArrowLeft" | "ArrowUp" => false,
        _ => return,
    };
    let Ok(cards) = document().query_selector_all("#set-gallery .card-open") else { return };
    let focused = document().active_element();
    let place = (0..cards.length()).find(|at| cards.get(*at).and_then(|card| card.dyn_into().ok()) == focused);
    let next = match (place, forward) {
        (Some(place), true) => place + 1,
        (Some(place), false) => place.saturating_sub(1),
        (None, _) => return,
    };
    event.prevent_default();
    if let Some(card) = cards.get(next).and_then(|card| card.dyn_into::<HtmlElement>().ok()) {
        // It is a button, which can always be focused.
        let _ = card.focus();
    }
}

/// The three galleries that one looks for first.
#[component]
pub fn Choices() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let af = Class::AtrialFibrillation;
    let choices = [
        (Selection::Cell(af, af), t(|words| words.evaluation().af_found()), "af-found"),
        (Selection::Missed(af), t(|words| words.evaluation().af_missed()), "af-missed"),
        (Selection::Wrongly(af), t(|words| words.evaluation().af_wrongly()), "af-wrongly"),
    ];
    let has_labels = move || room.set.with(|set| set.as_ref().is_some_and(|set| set.has_labels()));
    view! {
        <Show when=has_labels>
            <div class="segments" role="group" aria-label=t(|words| words.evaluation().gallery())>
                {choices.map(|(selection, name, id)| view! {
                    <button type="button" class="choice" id=id on:click=move |_| room.choose(selection)
                        aria-pressed=move || (room.selection.get() == Some(selection)).to_string()>{name}</button>
                }).collect_view()}
            </div>
        </Show>
    }
}

#[component]
fn Sort() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let orders = [
        (Order::Probability, t(|words| words.evaluation().by_probability()), "probability"),
        (Order::Doubt, t(|words| words.evaluation().by_doubt()), "doubt"),
        (Order::Name, t(|words| words.evaluation().by_name()), "name"),
    ];
    view! {
        <div class="segments" role="group" aria-label=t(|words| words.evaluation().sort())>
            <span class="hint">{t(|words| words.evaluation().sort())}</span>
            {orders.map(|(order, name, code)| view! {
                <button type="button" class="choice" data-order=code on:click=move |_| room.order.set(order)
                    aria-pressed=move || (room.order.get() == order).to_string()>{name}</button>
            }).collect_view()}
        </div>
    }
}
