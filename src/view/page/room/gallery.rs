//! The recordings of one selection side by side, the first two of them large; more of them as one asks for them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::averages::Averages;
use super::card::Card;
use super::state::Excerpt;
use crate::network::Class;
use crate::view::dataset::{MemberSource, Order, Selection};
use crate::view::geometry::significant;
use crate::view::i18n::format;
use crate::view::page::colour_bar::ramp_stops;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

/// Cards at first, and so many more each time: two large ones, and full rows of three.
const PORTION: usize = 14;
const MORE: usize = 30;

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
    // What follows the gallery stays within reach: no more cards come by scrolling alone.
    let more = Memo::new(move |_| indices.with(Vec::len).saturating_sub(portion.get()).min(MORE));
    let visible = move || {
        let shown = portion.get();
        // Recordings that come back are drawn anew.
        let set = room.set.get();
        let is_missing = |index: usize| {
            let member = set.as_ref().and_then(|set| set.members.get(index));
            member.is_some_and(|member| matches!(member.source, MemberSource::Missing))
        };
        let card = |(at, index): (usize, usize)| (at, index, is_missing(index));
        indices.with(|indices| indices.iter().take(shown).copied().enumerate().map(card).collect::<Vec<_>>())
    };
    let title = move || room.selection.get().map(|selection| selection.title(words()));
    view! {
        <section id="set-gallery" class="set-gallery" aria-label=t(|words| words.evaluation().gallery())
            data-count=move || indices.with(Vec::len).to_string()>
            <div class="gallery-head">
                <h3>{title} <span class="count">{move || format::count(indices.with(Vec::len))}</span></h3>
                <Choices />
                <Sort />
                <Excerpts />
            </div>
            <Bar />
            <Show when=move || indices.with(Vec::is_empty)>
                <p class="hint">{t(|words| words.evaluation().none_here())}</p>
            </Show>
            <ul class="cards" on:keydown=move |event| step(&event)>
                <For each=visible key=move |card| (*card, room.selection.get_untracked()) let((at, index, _))>
                    <Card index at />
                </For>
            </ul>
            <Show when=move || { more.get() > 0 }>
                <button type="button" class="button" id="more-cards" on:click=move |_| portion.update(|portion| *portion += MORE)>
                    {move || words().evaluation().show_more(more.get())}
                </button>
            </Show>
            <Averages />
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

/// Which part of its recording every card shows.
#[component]
fn Excerpts() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let excerpts = [
        (Excerpt::Highest, t(|words| words.evaluation().around_highest()), "highest"),
        (Excerpt::Start, t(|words| words.evaluation().beginning()), "start"),
    ];
    view! {
        <div class="segments" role="group" aria-label=t(|words| words.evaluation().excerpt())>
            <span class="hint">{t(|words| words.evaluation().excerpt())}</span>
            {excerpts.map(|(excerpt, name, code)| view! {
                <button type="button" class="choice" data-excerpt=code on:click=move |_| room.excerpt.set(excerpt)
                    aria-pressed=move || (room.excerpt.get() == excerpt).to_string()>{name}</button>
            }).collect_view()}
        </div>
    }
}

/// The colour bar of all cards.
#[component]
fn Bar() -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <div class="colour-bar" id="gallery-bar">
            <span class="colour-bar-title">{t(|words| words.importance())}</span>
            <div class="colour-bar-scale">
                <svg width="100%" height="10" aria-hidden="true">
                    <defs>
                        <linearGradient id="gallery-gradient" inner_html=move || ramp_stops(page.theme.get()) />
                    </defs>
                    <rect width="100%" height="10" fill="url(#gallery-gradient)" />
                </svg>
                <div class="colour-bar-ticks">
                    {[0.0, 0.5, 1.0].map(|share| view! { <span>{significant(share)}</span> }).collect_view()}
                </div>
            </div>
            <span class="hint">{t(|words| words.evaluation().card_scale())}</span>
        </div>
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
