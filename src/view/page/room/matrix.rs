//! The confusion matrix: counts, and shares of each row; every cell opens its recordings.

use leptos::prelude::*;

use crate::evaluate::{Confusion, Outcome};
use crate::network::Class;
use crate::view::dataset::Selection;
use crate::view::geometry::decimal;
use crate::view::i18n::format;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

#[component]
pub fn Matrix() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let has_labels = move || room.set.with(|set| set.as_ref().is_some_and(|set| set.has_labels()));
    let confusion = Memo::new(move |_| {
        let set = room.set.get()?;
        Some(room.outcomes.with(|outcomes| Confusion::of(&set.predictions(outcomes))))
    });
    let called = Memo::new(move |_| {
        let mut counts = [0usize; 4];
        room.outcomes.with(|outcomes| {
            for outcome in outcomes.iter() {
                if let Outcome::Classified(probabilities) = outcome {
                    counts[Class::of_highest(probabilities).index()] += 1;
                }
            }
        });
        counts
    });
    let heads =
        || Class::ALL.map(|class| view! { <th scope="col">{move || words().class_short(class)}</th> }).collect_view();
    view! {
        <section class="matrix-holder">
            <h3>{move || if has_labels() { words().evaluation().matrix() } else { words().evaluation().answers() }}</h3>
            <Show when=has_labels fallback=move || view! {
                <table class="matrix" id="answers">
                    <thead><tr>{heads()}</tr></thead>
                    <tbody><tr>{Class::ALL.map(|class| view! {
                        <td><Cell selection=Selection::Called(class)
                            count=Signal::derive(move || called.get()[class.index()])
                            of=Signal::derive(move || called.get().iter().sum()) /></td>
                    }).collect_view()}</tr></tbody>
                </table>
            }>
                <table class="matrix" id="matrix">
                    <thead>
                        <tr>
                            <th scope="col"><span class="visually-hidden">{t(|words| words.evaluation().label())}</span></th>
                            {heads()}
                        </tr>
                    </thead>
                    <tbody>
                        {Class::ALL.map(|truth| {
                            let row = move || confusion.with(|it| it.as_ref().map_or([0; 4], |it| it.0[truth.index()]));
                            view! {
                                <tr>
                                    <th scope="row">{move || words().class_short(truth)}</th>
                                    {Class::ALL.map(|predicted| view! {
                                        <td><Cell selection=Selection::Cell(truth, predicted)
                                            count=Signal::derive(move || row()[predicted.index()])
                                            of=Signal::derive(move || row().iter().sum()) /></td>
                                    }).collect_view()}
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
                <p class="hint">{t(|words| words.evaluation().matrix_hint())}</p>
            </Show>
        </section>
    }
}

#[component]
fn Cell(selection: Selection, count: Signal<usize>, of: Signal<usize>) -> impl IntoView {
    let room = expect_context::<Page>().room;
    let share = move || count.get() as f64 / of.get() as f64;
    let (truth, predicted) = match selection {
        Selection::Cell(truth, predicted) => (Some(truth), predicted),
        Selection::Missed(class) | Selection::Wrongly(class) | Selection::Called(class) => (None, class),
    };
    // For those who hear it; as a part of the text, so that it can be said by what is seen of it too.
    let label = move || match truth {
        Some(truth) => words().evaluation().cell_title(truth, predicted),
        None => words().evaluation().called(predicted),
    };
    view! {
        <button type="button" class="cell" class:right=truth == Some(predicted)
            data-truth=truth.map(Class::code) data-predicted=predicted.code() data-count=move || count.get().to_string()
            aria-pressed=move || (room.selection.get() == Some(selection)).to_string()
            on:click=move |_| room.choose(selection)>
            <span class="visually-hidden">{label} " "</span>
            <span class="cell-count">{move || format::count(count.get())}</span> " "
            <span class="cell-share">{move || format::whole_percent(share())}</span>
            <span class="cell-bar" aria-hidden="true"
                style:width=move || decimal(if share().is_finite() { share() * 100.0 } else { 0.0 }, 1) + "%"></span>
        </button>
    }
}
