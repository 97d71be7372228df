//! What one chooses about the trace: the view, the time axis, the lead, the layer, the score.

use leptos::prelude::*;

use super::language::{t, words};
use super::out::HandOn;
use super::state::{Page, TimeUnit};
use crate::explain::Score;
use crate::network::Layer;
use crate::view::geometry::{Arrangement, standard_twelve};
use crate::view::i18n::format;

#[component]
pub fn Toolbar() -> impl IntoView {
    let page = expect_context::<Page>();
    let is_view = move |which: fn(&super::state::Open) -> crate::view::geometry::Span| {
        let span = page.span.get();
        let is_fitted = page.measure.paper.with(Option::is_none);
        is_fitted && page.open.with(|open| open.as_ref().is_some_and(|open| which(open) == span))
    };
    let units = [
        (TimeUnit::Samples, t(|words| words.samples()), "unit-samples"),
        (TimeUnit::Seconds, t(|words| words.seconds()), "unit-seconds"),
    ];
    view! {
        <div class="toolbar">
            <LeadViews />
            <div class="segments" class:hidden=move || page.shows_all_leads() role="group" aria-label=t(|words| words.views())>
                <button type="button" class="choice" id="view-first" title=t(|words| words.first_view_title())
                    aria-pressed=move || pressed(is_view(super::state::Open::first_view))
                    on:click=move |_| page.show_first()>{move || words().first_view(page.open.with(|open| open.as_ref().is_some_and(super::state::Open::has_twelve_leads)))}</button>
                <button type="button" class="choice" id="view-whole" title=t(|words| words.whole_view_title())
                    aria-pressed=move || pressed(is_view(super::state::Open::whole))
                    on:click=move |_| page.show_whole()>{t(|words| words.whole_view())}</button>
                <button type="button" class="choice" id="view-paper" title=t(|words| words.measurements().paper_title())
                    aria-pressed=move || pressed(page.measure.paper.with(Option::is_some))
                    on:click=move |_| page.measure.toggle_paper()>{t(|words| words.measurements().paper())}</button>
            </div>
            <div class="segments" class:hidden=move || page.shows_all_leads() role="group" aria-label=t(|words| words.time_axis())>
                {units
                    .map(|(unit, label, id)| view! {
                        <button type="button" class="choice" id=id
                            aria-pressed=move || pressed(page.time_unit.get() == unit)
                            on:click=move |_| page.time_unit.set(unit)>{label}</button>
                    })
                    .collect_view()}
            </div>
            <span class="gap"></span>
            <LeadChoice />
            <label class="select">
                <span>{t(|words| words.layer())}</span>
                <select id="layer" on:change=move |event| {
                    if let Some(layer) = Layer::from_name(&event_target_value(&event)) {
                        page.choose_layer(layer);
                    }
                }>
                    {Layer::ALL.into_iter().rev().map(|layer| view! {
                        <option value=layer.name() selected=move || page.question.with(|it| it.layer == layer)>
                            {move || words().layer_name(layer)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
            <label class="select">
                <span>{t(|words| words.score())}</span>
                <select id="score" on:change=move |event| {
                    let softmax = event_target_value(&event) == "softmax";
                    page.choose_score(if softmax { Score::Softmax } else { Score::Logit });
                }>
                    {[("logit", Score::Logit), ("softmax", Score::Softmax)].map(|(value, score)| view! {
                        <option value=value selected=move || page.question.with(|it| it.score == score)>
                            {move || words().score_name(score)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
            <HandOn />
        </div>
    }
}

/// One lead or all of them, and how those are arranged. Only where there are several.
#[component]
fn LeadViews() -> impl IntoView {
    let page = expect_context::<Page>();
    // Whether there are several leads, and whether they are the standard twelve.
    let choice = Memo::new(move |_| {
        page.open.with(|open| {
            let names: Vec<&str> = open.as_ref()?.record.leads.iter().map(|lead| lead.name.as_str()).collect();
            (names.len() > 1).then(|| standard_twelve(&names).is_some())
        })
    });
    let arrangements = move || {
        (page.shows_all_leads() && choice.get() == Some(true)).then(|| {
            view! {
                <div class="segments" role="group" aria-label=t(|words| words.arrangement())>
                    {Arrangement::ALL.map(|it| view! {
                        <button type="button" class="choice" id=id_of(it)
                            aria-pressed=move || pressed(page.all_leads.arrangement.get() == it)
                            on:click=move |_| page.all_leads.arrangement.set(it)>{format::arrangement(it)}</button>
                    }).collect_view()}
                </div>
            }
        })
    };
    let choices =
        [("leads-one", t(|words| words.one_lead()), false), ("leads-all", t(|words| words.all_leads()), true)];
    move || {
        choice.get()?;
        Some(view! {
            <div class="segments" role="group" aria-label=t(|words| words.leads())>
                {choices.map(|(id, label, all)| view! {
                    <button type="button" class="choice" id=id aria-pressed=move || pressed(page.shows_all_leads() == all)
                        on:click=move |_| page.show_all_leads(all)>{label}</button>
                }).collect_view()}
            </div>
            {arrangements}
        })
    }
}

fn id_of(arrangement: Arrangement) -> &'static str {
    match arrangement {
        Arrangement::ThreeByFour => "leads-3x4",
        Arrangement::SixByTwo => "leads-6x2",
        Arrangement::OneColumn => "leads-12x1",
    }
}

/// Only where there is a choice.
#[component]
fn LeadChoice() -> impl IntoView {
    let page = expect_context::<Page>();
    let record = Memo::new(move |_| page.open.with(|open| open.as_ref().map(|open| open.record.clone())));
    move || {
        let record = record.get().filter(|record| record.leads.len() > 1)?;
        Some(view! {
            <label class="select">
                <span>{t(|words| words.lead())}</span>
                <select id="lead" on:change=move |event| {
                    if let Ok(lead) = event_target_value(&event).parse() {
                        page.choose_lead(lead);
                    }
                }>
                    {record.leads.iter().enumerate().map(|(index, lead)| view! {
                        <option value=index.to_string()
                            selected=move || page.open.with(|open| open.as_ref().is_some_and(|open| open.lead == index))>
                            {lead.name.clone()}
                        </option>
                    }).collect_view()}
                </select>
            </label>
        })
    }
}

pub fn pressed(it: bool) -> &'static str {
    if it { "true" } else { "false" }
}
