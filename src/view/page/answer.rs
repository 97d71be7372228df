//! What is open, and what the network says of it.

use leptos::prelude::*;

use super::day::WindowLine;
use super::language::{t, words};
use super::measure::Source;
use super::room::WalkLabel;
use super::state::{Open, Page, Shared};
use crate::evaluate::burden::is_strip;
use crate::explain::Disagreement;
use crate::signal::rhythm::Rhythm;
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
        Some(answer) => words().doubt().heading(&answer.explanation),
        None if page.failure.with(Option::is_some) => words().no_answer().to_owned(),
        None => words().reading().to_owned(),
    };
    let sure = move || {
        let sure = page.answer.with(|it| it.as_ref().map(|it| words().doubt().how_sure(&it.explanation)));
        page.failure.get().map(|why| why.say(words())).or(sure)
    };
    let sets = move || {
        page.answer.with(|it| it.as_ref().and_then(|it| it.explanation.sets.as_ref().map(|sets| words().sets(sets))))
    };
    follow_disagreement(page);
    let disagreement = move || page.disagreement.get().map(|it| words().doubt().disagreement(&it));
    let of_answer = move |read: fn(&super::state::Answer) -> &'static str| page.answer.with(|it| it.as_ref().map(read));
    view! {
        <section id="answer" class="answer"
            data-state=state
            data-class=move || of_answer(|answer| answer.explanation.label.code())
            data-certain=move || of_answer(|answer| if answer.explanation.is_certain() { "true" } else { "false" })
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
                <p class="disagreement" id="disagreement">{disagreement}</p>
                <p class="sets" title=t(|words| words.sets_why())>{sets}</p>
            </div>
        </section>
    }
}

/// Holds the answer against the beats of what it is about: of the lead, or on a strip of the window that is answered.
fn follow_disagreement(page: Page) {
    let lead = Memo::new(move |_| page.open.with(|open| open.as_ref().map(Source::of)));
    let rhythm = Memo::new(move |_| {
        let of = lead.get()?;
        // Read for its own sake: the part below does not say when it changes.
        page.day.answered.track();
        let (len, fs) = (of.record.len(), of.record.fs);
        let part = if is_strip(len as u64, fs) { page.answered_part()? } else { 0..len };
        Some(Shared::new(Rhythm::of(of.samples(), fs, part)))
    });
    Effect::new(move |_| {
        // Not before there is an answer: it comes first.
        let label = page.answer.with(|it| it.as_ref().map(|it| it.explanation.label));
        let found = label.and_then(|label| rhythm.with(|it| Disagreement::of(label, it.as_ref()?)));
        if page.disagreement.get_untracked() != found {
            page.disagreement.set(found);
        }
    });
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
