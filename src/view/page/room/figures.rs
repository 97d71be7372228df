//! Precision, recall and F1 of each class and of AF against Normal, each with its interval; mean F1 and accuracy.

use leptos::prelude::*;

use crate::evaluate::Summary;
use crate::evaluate::intervals::Estimate;
use crate::network::Class;
use crate::view::i18n::format;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

#[component]
pub fn FiguresTable() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let summary = Memo::new(move |_| {
        let set = room.set.get().filter(|set| set.has_labels())?;
        Some(Summary::of(&room.outcomes.with(|outcomes| set.predictions(outcomes))))
    });
    move || {
        summary.get().map(|summary| {
            view! {
                <section class="figures-holder">
                    <h3>{t(|words| words.evaluation().figures())}</h3>
                    <div inner_html=markup(&summary)></div>
                    <p class="hint">{t(|words| words.evaluation().interval_hint())}</p>
                </section>
            }
        })
    }
}

/// The table and what stands below it, as markup: components would weigh several times as much.
fn markup(summary: &Summary) -> String {
    let words = words();
    let about = words.evaluation();
    let heads = [about.class(), about.precision(), about.recall(), about.f1()];
    let heads: String = heads.iter().map(|head| ["<th scope=\"col\">", head, "</th>"].concat()).collect();
    let mut rows = String::new();
    for class in Class::ALL {
        let figures = summary.classes[class.index()];
        rows.push_str(&row(words.class_short(class), [figures.precision, figures.recall, figures.f1]));
    }
    let detection = summary.n_vs_a;
    rows.push_str(&row(about.n_against_a(), [detection.precision, detection.recall, detection.f1]));
    [
        "<table class=\"figures\" id=\"figures\"><thead><tr>",
        &heads,
        "</tr></thead><tbody>",
        &rows,
        "</tbody></table><dl class=\"headline\"><div><dt>",
        about.mean_f1(),
        "</dt><dd id=\"mean-f1\">",
        &estimate(&summary.mean_f1_nao),
        "</dd></div><div><dt>",
        about.accuracy(),
        "</dt><dd id=\"accuracy\">",
        &estimate(&summary.accuracy),
        "</dd></div></dl>",
    ]
    .concat()
}

fn row(name: &str, figures: [Estimate; 3]) -> String {
    let cells: String = figures.iter().map(|figure| ["<td>", &estimate(figure), "</td>"].concat()).collect();
    ["<tr><th scope=\"row\">", name, "</th>", &cells, "</tr>"].concat()
}

fn estimate(estimate: &Estimate) -> String {
    let (value, interval) = (format::figure(estimate.value), format::confidence_interval(estimate));
    ["<span class=\"figure-value\">", &value, "</span> <span class=\"figure-interval\">", &interval, "</span>"].concat()
}
