//! Predictions and figures as files to keep.

use js_sys::Array;
use leptos::prelude::*;

use super::state::Room;
use crate::evaluate::Outcome;
use crate::view::page::language::{t, words_now};
use crate::view::page::out::{NOT_SAVED, save_text};
use crate::view::page::recordings::Problem;
use crate::view::page::state::Page;
use crate::view::report::{Line, figures_json, predictions_csv};

#[component]
pub fn Downloads() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let csv = move |_| save(page, "predictions.csv", "text/csv", predictions(room));
    let json = move |_| save(page, "figures.json", "application/json", figures(room));
    let has_labels = move || room.set.with(|set| set.as_ref().is_some_and(|set| set.has_labels()));
    view! {
        <div class="downloads">
            <button type="button" class="button" id="save-predictions" on:click=csv>
                {t(|words| words.evaluation().save_predictions())}
            </button>
            <Show when=has_labels>
                <button type="button" class="button" id="save-figures" on:click=json>
                    {t(|words| words.evaluation().save_figures())}
                </button>
            </Show>
            <button type="button" class="button quiet" id="forget-evaluation"
                title=t(|words| words.evaluation().forget_why())
                on:click=move |_| page.forget_evaluation()>{t(|words| words.evaluation().forget())}</button>
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
        let left_out = set.failures(outcomes, words_now());
        figures_json(&set.predictions(outcomes), &left_out)
    })
}

fn save(page: Page, name: &str, kind: &str, text: String) {
    if save_text(name, kind, &Array::of1(&text.into())).is_err() {
        page.recordings.complain(Problem::of_nothing(NOT_SAVED));
    }
}
