//! Precision, recall and F1 of each class and of AF against Normal, each with its interval; mean F1 and accuracy.

use leptos::prelude::*;

use crate::evaluate::Summary;
use crate::evaluate::intervals::Estimate;
use crate::network::Class;
use crate::view::page::state::Page;
use crate::view::page::words::room as words;

#[component]
pub fn FiguresTable() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let summary = Memo::new(move |_| {
        let set = room.set.get().filter(|set| set.has_labels())?;
        Some(Summary::of(&room.outcomes.with(|outcomes| set.predictions(outcomes))))
    });
    let table = move |summary: Summary| {
        let rows = Class::ALL
            .map(|class| {
                let figures = summary.classes[class.index()];
                row(class.short_name(), [figures.precision, figures.recall, figures.f1])
            })
            .collect_view();
        let detection = summary.n_vs_a;
        view! {
            <table class="figures" id="figures">
                <thead>
                    <tr>
                        <th scope="col">{words::CLASS}</th>
                        <th scope="col">{words::PRECISION}</th>
                        <th scope="col">{words::RECALL}</th>
                        <th scope="col">{words::F1}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    {row(words::N_AGAINST_A, [detection.precision, detection.recall, detection.f1])}
                </tbody>
            </table>
            <dl class="headline">
                <div><dt>{words::MEAN_F1}</dt><dd id="mean-f1">{estimate(summary.mean_f1_nao)}</dd></div>
                <div><dt>{words::ACCURACY}</dt><dd id="accuracy">{estimate(summary.accuracy)}</dd></div>
            </dl>
            <p class="hint">{words::INTERVAL_HINT}</p>
        }
    };
    move || {
        summary.get().map(|summary| {
            view! { <section class="figures-holder"><h3>{words::FIGURES}</h3>{table(summary)}</section> }
        })
    }
}

fn row(name: &'static str, figures: [Estimate; 3]) -> impl IntoView {
    let cells = figures.map(|figure| view! { <td>{estimate(figure)}</td> }).collect_view();
    view! { <tr><th scope="row">{name}</th>{cells}</tr> }
}

fn estimate(estimate: Estimate) -> impl IntoView {
    view! {
        <span class="figure-value">{words::figure(estimate.value)}</span>
        " "
        <span class="figure-interval">{words::interval(&estimate)}</span>
    }
}
