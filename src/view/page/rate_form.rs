//! Asks for the sampling rate that a file does not tell.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::language::{t, words};
use super::recordings::RateQuestion;
use super::state::Page;
use crate::view::geometry::decimal;

/// What a sampling rate may be, in Hz.
const POSSIBLE: std::ops::RangeInclusive<f64> = 50.0..=10_000.0;

#[component]
pub fn RateForm() -> impl IntoView {
    let asking = expect_context::<Page>().recordings.asking;
    move || asking.get().map(|question| view! { <Question question /> })
}

#[component]
fn Question(question: RateQuestion) -> impl IntoView {
    let page = expect_context::<Page>();
    let recordings = page.recordings;
    let rate = NodeRef::<Input>::new();
    let for_all = RwSignal::new(true);
    let wrong = RwSignal::new(false);
    let (row, name) = (question.row, question.name);
    let others = Memo::new(move |_| recordings.without_rate().into_iter().filter(|id| *id != row).count());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = rate.get_untracked() else { return };
        match input.value().trim().replace(',', ".").parse::<f64>() {
            Ok(fs) if POSSIBLE.contains(&fs) => {
                let mut rows = vec![row];
                if for_all.get_untracked() {
                    rows.extend(recordings.without_rate().into_iter().filter(|id| *id != row));
                }
                page.give_rate(&rows, fs);
            }
            _ => wrong.set(true),
        }
    };
    // The question comes where somebody is reading, and can be answered at once.
    Effect::new(move |_| {
        if let Some(input) = rate.get() {
            let _ = input.focus();
            input.select();
        }
    });
    view! {
        <form id="rate-form" class="rate-form" on:submit=submit novalidate>
            <h2>{t(|words| words.rate_question())}</h2>
            <p>{move || words().rate_why(&name.say(words()), question.samples)}</p>
            <div class="rate-line">
                <label for="rate">{t(|words| words.rate_label())}</label>
                <input type="text" inputmode="decimal" id="rate" autocomplete="off" node_ref=rate
                    value=question.suggestion.map(|fs| decimal(fs, if fs.fract() == 0.0 { 0 } else { 2 }))
                    aria-invalid=move || wrong.get().then_some("true") aria-describedby="rate-wrong" />
                <button type="submit" class="button strong">{t(|words| words.rate_open())}</button>
                <button type="button" class="button quiet" on:click=move |_| recordings.asking.set(None)>
                    {t(|words| words.dismiss())}
                </button>
            </div>
            <Show when=move || { others.get() > 0 }>
                <label class="check">
                    <input type="checkbox" prop:checked=for_all on:change=move |event| for_all.set(event_target_checked(&event)) />
                    {move || words().rate_same_for(others.get())}
                </label>
            </Show>
            <p id="rate-wrong" role="alert">{move || wrong.get().then(|| words().rate_impossible())}</p>
        </form>
    }
}
