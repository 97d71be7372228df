//! What is open, and what the network says of it.

use leptos::prelude::*;

use super::day::WindowLine;
use super::language::{t, words};
use super::room::WalkLabel;
use super::state::{Open, Page};
use crate::view::i18n::format;

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
        Some(answer) => words().class_name(answer.explanation.label),
        None if page.failure.with(Option::is_some) => words().no_answer(),
        None => words().reading(),
    };
    let sure = move || {
        let answer = page.answer.get();
        let probability = answer.map(|answer| answer.explanation.probabilities[answer.explanation.label.index()]);
        page.failure.get().map(|why| why.say(words())).or_else(|| probability.map(|it| words().sure(it)))
    };
    let sets = move || {
        page.answer.with(|it| it.as_ref().and_then(|it| it.explanation.sets.as_ref().map(|sets| words().sets(sets))))
    };
    let of_answer = move |read: fn(&super::state::Answer) -> &'static str| page.answer.with(|it| it.as_ref().map(read));
    view! {
        <section id="answer" class="answer"
            data-state=state
            data-class=move || of_answer(|answer| answer.explanation.label.code())
            data-explained=move || of_answer(|answer| answer.explanation.class.code())
            data-layer=move || of_answer(|answer| answer.explanation.layer.name())
            data-device=move || of_answer(|answer| answer.device.name())
            data-window=move || page.day.answered.get().map(|window| window.to_string())
            data-record=move || page.open.with(|open| open.as_ref().map(Open::name))>
            {move || page.open.with(|open| open.as_ref().map(about))}
            <WalkLabel />
            <div aria-live="polite">
                <WindowLine />
                <h2 class="class-name" class:faint=move || page.answer.with(Option::is_none)>{heading}</h2>
                <p class="sure">{sure}</p>
                <p class="sets" title=t(|words| words.sets_why())>{sets}</p>
            </div>
        </section>
    }
}

/// Name, length, sampling rate, lead, format; that it is synthetic.
fn about(open: &Open) -> impl IntoView + use<> {
    let record = &open.record;
    // That it is synthetic is said by the mark.
    let synthetic = record.provenance.synthetic;
    let facts = [
        format::seconds(record.duration()),
        format::rate(record.fs),
        words().lead_name(&record.leads[open.lead].name),
        if synthetic { String::new() } else { open.format() },
    ];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    view! {
        <p class="about">
            <strong>{open.name()}</strong>
            {synthetic.then(|| view! {
                <span class="tag" title=t(|words| words.synthetic_why())>{t(|words| words.synthetic())}</span>
            })}
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
                true => vec![words().synthetic_why().to_owned()],
                false => words().remarks().all_remarks(&provenance.remarks),
            };
            Some(open.heading.note.iter().map(|note| note.say(words())).chain(remarks).collect::<Vec<_>>().join(" "))
        })
    };
    view! { <p id="notes" class="notes">{notes}</p> }
}
