//! Predictions and figures as files to keep.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use super::state::Room;
use crate::evaluate::Outcome;
use crate::view::page::state::Page;
use crate::view::page::words::room as words;
use crate::view::report::{Line, figures_json, predictions_csv};

#[component]
pub fn Downloads() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let csv = move |_| save("predictions.csv", "text/csv", &predictions(room));
    let json = move |_| save("figures.json", "application/json", &figures(room));
    let has_labels = move || room.set.with(|set| set.as_ref().is_some_and(|set| set.has_labels()));
    view! {
        <div class="downloads">
            <button type="button" class="button" id="save-predictions" on:click=csv>{words::SAVE_PREDICTIONS}</button>
            <Show when=has_labels>
                <button type="button" class="button" id="save-figures" on:click=json>{words::SAVE_FIGURES}</button>
            </Show>
            <button type="button" class="button quiet" id="forget-evaluation" title=words::FORGET_WHY
                on:click=move |_| page.forget_evaluation()>{words::FORGET}</button>
        </div>
    }
}

fn predictions(room: Room) -> String {
    let Some(set) = room.set.get_untracked() else { return String::new() };
    room.outcomes.with_untracked(|outcomes| {
        let lines = set.members.iter().zip(outcomes.iter()).filter_map(|(member, outcome)| match outcome {
            Outcome::Classified(probabilities) => {
                Some(Line { record: &member.name, truth: member.class(), probabilities: *probabilities })
            }
            _ => None,
        });
        predictions_csv(lines)
    })
}

fn figures(room: Room) -> String {
    let Some(set) = room.set.get_untracked() else { return String::new() };
    room.outcomes.with_untracked(|outcomes| {
        let left_out: Vec<String> = set.failures(outcomes).into_iter().map(str::to_owned).collect();
        figures_json(&set.predictions(outcomes), &left_out)
    })
}

/// Hands a file to the browser's downloads.
fn save(name: &str, kind: &str, text: &str) {
    let attempt = || -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let link: HtmlElement = document().create_element("a")?.unchecked_into();
        link.set_attribute("href", &address)?;
        link.set_attribute("download", name)?;
        link.click();
        // The browser has taken the blob by now.
        Url::revoke_object_url(&address)
    };
    // A browser that saves no files has said so itself.
    let _ = attempt();
}
