//! "About this network": its model card, fetched when it is asked for.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::words;
use crate::evaluate::{Figure, FigureGroup, ModelCard};
use crate::view::geometry::decimal;

/// Next to the page, as everything.
const CARD: &str = "model-card.json";

#[derive(Clone)]
enum State {
    NotAsked,
    Fetching,
    Here(ModelCard),
    Failed,
}

#[component]
pub fn About() -> impl IntoView {
    let state = RwSignal::new(State::NotAsked);
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
        if !matches!(state.get_untracked(), State::Fetching | State::Here(_)) {
            state.set(State::Fetching);
            spawn_local(async move {
                state.set(fetch_card().await.map_or(State::Failed, State::Here));
            });
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // A click beside the sheet meets the dialog itself.
    let close_beside = move |event: web_sys::MouseEvent| {
        let beside =
            dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.unchecked_ref()));
        if beside {
            close();
        }
    };
    view! {
        <button type="button" class="link" id="about-open" on:click=open>{words::ABOUT}</button>
        <dialog id="about" class="card" aria-labelledby="about-title" node_ref=dialog on:click=close_beside>
            <div class="card-sheet">
                <div class="card-head">
                    <h2 id="about-title">{words::ABOUT}</h2>
                    <button type="button" class="button quiet" on:click=move |_| close()>{words::CLOSE}</button>
                </div>
                {move || match state.get() {
                    State::Here(card) => contents(card).into_any(),
                    State::Failed => view! { <p>{words::CARD_FAILED}</p> }.into_any(),
                    _ => view! { <p class="hint">{words::CARD_FETCHING}</p> }.into_any(),
                }}
            </div>
        </dialog>
    }
}

fn contents(card: ModelCard) -> impl IntoView {
    let [train, validation, calibration, test] = card.parts;
    view! {
        <dl class="card-facts">
            <dt>{words::CARD_PURPOSE}</dt><dd>{card.purpose}</dd>
            <dt>{words::CARD_LIMITS}</dt><dd>{card.limits}</dd>
            <dt>{words::CARD_DATA}</dt><dd>{card.data} " " {words::card_parts(train, validation, calibration, test)}</dd>
            <dt>{words::CARD_TRAINING}</dt><dd>{card.training}</dd>
        </dl>
        {card.groups.into_iter().map(group).collect_view()}
        <p class="hint">{words::card_version(&card.weights)}</p>
    }
}

fn group(group: FigureGroup) -> impl IntoView {
    view! {
        <section class="card-group">
            <h3>{group.title}</h3>
            <p class="hint">{group.how}</p>
            <table>
                <thead><tr>
                    <th scope="col">{words::CARD_FIGURE}</th>
                    <th scope="col" class="number">{words::CARD_VALUE}</th>
                    <th scope="col" class="number">{words::CARD_INTERVAL}</th>
                    <th scope="col" class="number">{words::CARD_RECORDINGS}</th>
                </tr></thead>
                <tbody>{group.figures.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn row(Figure { name, estimate }: Figure) -> impl IntoView {
    // Shares to a thousandth; ratios, which are larger than one, to a tenth.
    let number = |value: f64| decimal(value, if estimate.value > 4.0 { 1 } else { 3 });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number">{number(estimate.value)}</td>
            <td class="number">{format!("{}\u{2013}{}", number(estimate.low), number(estimate.high))}</td>
            <td class="number">{estimate.recordings}</td>
        </tr>
    }
}

async fn fetch_card() -> Option<ModelCard> {
    let response: web_sys::Response = JsFuture::from(window().fetch_with_str(CARD)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
