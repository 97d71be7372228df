//! What the network says of each lead, and the way to open one alone.

use leptos::prelude::*;

use super::language::words;
use super::lead_answers::LeadAnswer;
use super::state::Page;
use crate::view::geometry::in_usual_order;
use crate::view::i18n::format;

#[component]
pub fn LeadList() -> impl IntoView {
    let page = expect_context::<Page>();
    let names = Memo::new(move |_| {
        let names = |open: &super::state::Open| open.record.leads.iter().map(|lead| lead.name.clone()).collect();
        let names: Option<Vec<String>> = page.open.with(|open| open.as_ref().map(names));
        names.filter(|_| page.shows_all_leads())
    });
    let chosen = Memo::new(move |_| page.open.with(|open| open.as_ref().map(|open| open.lead)));
    move || {
        let names = names.get()?;
        let all = names.clone();
        let whose = move || chosen.get().and_then(|lead| all.get(lead)).map(|name| words().answer_is_of(name));
        let order = in_usual_order(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let leads = order.into_iter().map(move |lead| view! { <Said lead name=names[lead].clone() chosen /> });
        Some(view! {
            <section id="lead-answers" class="lead-answers" aria-labelledby="lead-answers-head">
                <p id="lead-answers-head">{whose}</p>
                <ul>{leads.collect_view()}</ul>
            </section>
        })
    }
}

/// One lead's name, class and probability.
#[component]
fn Said(lead: usize, name: String, chosen: Memo<Option<usize>>) -> impl IntoView {
    let page = expect_context::<Page>();
    let answer = Memo::new(move |_| page.all_leads.answers.with(|answers| answers.get(lead).cloned()));
    let label = move || page.lead_explanation(lead).map(|it| it.label);
    let (class, sure) = (
        move || match answer.get() {
            Some(LeadAnswer::Known(it)) => words().doubt().heading(&it),
            Some(LeadAnswer::Refused(_)) => words().no_answer().to_owned(),
            _ => "\u{2026}".to_owned(),
        },
        move || page.lead_explanation(lead).map(|it| format::percent(it.probabilities[it.label.index()])),
    );
    // Why there is none, or what a click does.
    let open_it = name.clone();
    let title = move || match answer.get() {
        Some(LeadAnswer::Refused(why)) => why.say(words()),
        _ => words().open_alone(&open_it),
    };
    let is_chosen = move || chosen.get() == Some(lead);
    view! {
        <li>
            <button type="button" data-lead=name.clone() data-class=move || label().map(|it| it.code()) title=title
                aria-current=move || is_chosen().then_some("true")
                on:click=move |_| page.open_alone(lead, None)>
                <span class="said-lead">{name.clone()}</span>
                <span class="said-class">{class}</span>
                <span class="said-sure">{sure}</span>
            </button>
        </li>
    }
}
