//! What is open, and what the network says of it.

use leptos::prelude::*;

use super::state::{Open, Page};
use super::words;

#[component]
pub fn AnswerHeading() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = move || {
        if page.failure.with(Option::is_some) {
            "failed"
        } else if page.waiting.with(Option::is_some) {
            "working"
        } else if page.answer.with(Option::is_some) {
            "answered"
        } else {
            "empty"
        }
    };
    let heading = move || match page.answer.get() {
        Some(answer) => words::class(answer.explanation.label),
        None if page.failure.with(Option::is_some) => words::NO_ANSWER,
        None => words::READING,
    };
    let sure = move || {
        let answer = page.answer.get();
        let probability = answer.map(|answer| answer.explanation.probabilities[answer.explanation.label.index()]);
        page.failure.get().or_else(|| probability.map(words::sure))
    };
    let sets = move || page.answer.with(|it| it.as_ref().and_then(|it| it.explanation.sets.as_ref().map(words::sets)));
    let of_answer = move |read: fn(&super::state::Answer) -> &'static str| page.answer.with(|it| it.as_ref().map(read));
    view! {
        <section id="answer" class="answer"
            data-state=state
            data-class=move || of_answer(|answer| answer.explanation.label.code())
            data-explained=move || of_answer(|answer| answer.explanation.class.code())
            data-layer=move || of_answer(|answer| answer.explanation.layer.name())
            data-device=move || of_answer(|answer| answer.device.name())
            data-record=move || page.open.with(|open| open.as_ref().map(|open| open.record.name.clone()))>
            {move || page.open.with(|open| open.as_ref().map(about))}
            <div aria-live="polite">
                <h2 class="class-name" class:faint=move || page.answer.with(Option::is_none)>{heading}</h2>
                <p class="sure">{sure}</p>
                <p class="sets" title=words::SETS_WHY>{sets}</p>
            </div>
        </section>
    }
}

/// Name, length, sampling rate, lead, format; that it is synthetic.
fn about(open: &Open) -> impl IntoView + use<> {
    let record = &open.record;
    let provenance = &record.provenance;
    let facts = [
        words::seconds(record.duration()),
        words::rate(record.fs),
        words::lead(&record.leads[open.lead].name),
        provenance.format.clone(),
    ];
    let synthetic = provenance.synthetic;
    // That it is synthetic is said by the mark.
    let said = |fact: &String| fact.is_empty() || synthetic && *fact == provenance.format;
    let facts = facts.into_iter().filter(|fact| !said(fact));
    view! {
        <p class="about">
            <strong>{record.name.clone()}</strong>
            {synthetic.then(|| view! { <span class="tag" title=words::SYNTHETIC_WHY>{words::SYNTHETIC}</span> })}
            {facts.map(|fact| view! { <span>{fact}</span> }).collect_view()}
        </p>
    }
}

/// What to look at, and what the file's reader remarked. Below the trace, so that the trace stays where it is.
#[component]
pub fn Notes() -> impl IntoView {
    let page = expect_context::<Page>();
    let notes = move || {
        page.open.with(|open| {
            let open = open.as_ref()?;
            // What a synthetic recording says of itself, the page says in its own language.
            let provenance = &open.record.provenance;
            let remarks = match provenance.synthetic {
                true => vec![words::SYNTHETIC_WHY],
                false => provenance.remarks.iter().map(String::as_str).collect(),
            };
            Some(open.note.into_iter().chain(remarks).collect::<Vec<_>>().join(" "))
        })
    };
    view! { <p id="notes" class="notes">{notes}</p> }
}
