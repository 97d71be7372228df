//! Four bars: how probable the network finds each class. Beside each, the question why.

use leptos::prelude::*;

use super::language::{t, words};
use super::state::Page;
use crate::network::Class;
use crate::view::i18n::format;

#[component]
pub fn Probabilities() -> impl IntoView {
    view! {
        <div id="probabilities" class="probabilities" role="group" aria-label=t(|words| words.probabilities())>
            {Class::ALL.map(|class| view! { <Bar class /> }).collect_view()}
        </div>
    }
}

#[component]
fn Bar(class: Class) -> impl IntoView {
    let page = expect_context::<Page>();
    let probability = Memo::new(move |_| {
        page.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.probabilities[class.index()]))
    });
    let answered =
        move || page.answer.with(|answer| answer.as_ref().is_some_and(|answer| answer.explanation.label == class));
    let explained = move || page.explained_class() == Some(class);
    view! {
        <div class="probability" class:answered=answered data-class=class.code()
            data-probability=move || probability.get().map(|it| crate::view::geometry::decimal(f64::from(it), 4))>
            <span class="probability-class">{move || words().class_name(class)}</span>
            <span class="bar" aria-hidden="true">
                <span style:width=move || crate::view::geometry::decimal(f64::from(probability.get().unwrap_or(0.0)) * 100.0, 2) + "%">
                </span>
            </span>
            <span class="number">{move || probability.get().map(format::percent)}</span>
            <button type="button" class="choice" data-class=class.code()
                aria-pressed=move || if explained() { "true" } else { "false" }
                on:click=move |_| page.choose_class(class)>{move || words().why(class)}</button>
        </div>
    }
}
