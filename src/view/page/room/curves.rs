//! ROC, precision and recall, and reliability as small drawings. Classes are told apart by how their line is dashed.
//!
//! Written as markup and not as components: nothing in them answers to a click, and components weigh several times as much.

use leptos::prelude::*;

use crate::evaluate::{Curves, Prediction, ReliabilityBin, reliability};
use crate::network::Class;
use crate::view::geometry::{decimal, pixels};
use crate::view::page::language::words;
use crate::view::page::state::Page;

/// Of the plot, in the drawing's units.
const SIDE: f64 = 200.0;
/// Each class' dashes.
const DASHES: [&str; 4] = ["none", "7 3", "2 3", "10 3 2 3"];

#[component]
pub fn CurvePlots() -> impl IntoView {
    let room = expect_context::<Page>().room;
    let predictions = Memo::new(move |_| {
        let set = room.set.get().filter(|set| set.has_labels())?;
        // Drawn once there is something to see, and no more until the run is over: a curve that moves is hard to read.
        let over = room.progress.with(|progress| progress.is_none_or(|progress| progress.is_over));
        over.then(|| room.outcomes.with(|outcomes| set.predictions(outcomes)))
    });
    let markup = move || {
        predictions.with(|predictions| {
            predictions.as_ref().filter(|it| !it.is_empty()).map_or_else(String::new, |it| plots(it))
        })
    };
    view! { <div class="curves" inner_html=markup></div> }
}

fn plots(predictions: &[Prediction]) -> String {
    let words = words().evaluation();
    let curves = Class::ALL.map(|class| Curves::of(predictions, class));
    let roc = curves.each_ref().map(|curve| (line(&curve.roc), words.auc(curve.auc)));
    let pr = curves
        .each_ref()
        .map(|curve| (line(&curve.precision_recall), words.average_precision(curve.average_precision)));
    let bars = bars(&reliability(predictions));
    let hint = ["<p class=\"hint\">", words.reliability_hint(), "</p>"].concat();
    [
        figure("roc", words.roc(), [words.roc_x(), words.roc_y()], &lines(&roc), &legend(&roc)),
        figure("pr", words.pr(), [words.recall(), words.precision()], &lines(&pr), &legend(&pr)),
        figure("reliability", words.reliability(), [words.reliability_x(), words.reliability_y()], &bars, &hint),
    ]
    .concat()
}

/// A square plot from 0 to 1 either way, and what stands below it.
fn figure(id: &str, title: &str, [x, y]: [&str; 2], inside: &str, below: &str) -> String {
    let frame = "<rect class=\"box\" width=\"200\" height=\"200\"/>\
        <text x=\"0\" y=\"216\" text-anchor=\"middle\">0.0</text><text x=\"100\" y=\"216\" text-anchor=\"middle\">0.5</text>\
        <text x=\"200\" y=\"216\" text-anchor=\"middle\">1.0</text><text x=\"-6\" y=\"204\" text-anchor=\"end\">0.0</text>\
        <text x=\"-6\" y=\"104\" text-anchor=\"end\">0.5</text><text x=\"-6\" y=\"8\" text-anchor=\"end\">1.0</text>";
    [
        "<figure class=\"plot\" id=\"",
        id,
        "\"><figcaption>",
        title,
        &super::pictures::buttons(),
        "</figcaption><svg viewBox=\"0 0 262 248\" role=\"img\" aria-label=\"",
        title,
        "\"><g transform=\"translate(46 8)\"><rect class=\"paper\" width=\"200\" height=\"200\"/>",
        inside,
        frame,
        "<text class=\"axis-title\" x=\"100\" y=\"234\" text-anchor=\"middle\">",
        x,
        "</text><text class=\"axis-title\" transform=\"translate(-32 100) rotate(-90)\" text-anchor=\"middle\">",
        y,
        "</text></g></svg>",
        below,
        "</figure>",
    ]
    .concat()
}

/// Of each class, its curve as a path and the figure that sums it up.
type Named = [(String, String); 4];

fn lines(curves: &Named) -> String {
    let curve = |(class, (path, _)): (Class, &(String, String))| {
        let dashes = DASHES[class.index()];
        ["<path class=\"curve\" data-class=\"", class.code(), "\" stroke-dasharray=\"", dashes, "\" d=\"", path, "\"/>"]
            .concat()
    };
    Class::ALL.into_iter().zip(curves).map(curve).collect()
}

fn legend(curves: &Named) -> String {
    let words = words();
    let item = |(class, (_, said)): (Class, &(String, String))| {
        [
            "<li><svg width=\"36\" height=\"8\" aria-hidden=\"true\"><path class=\"curve\" d=\"M0 4L36 4\" stroke-dasharray=\"",
            DASHES[class.index()],
            "\"/></svg>",
            words.class_short(class),
            " \u{00b7} ",
            said,
            "</li>",
        ]
        .concat()
    };
    let items: String = Class::ALL.into_iter().zip(curves).map(item).collect();
    ["<ul class=\"legend\">", &items, "</ul>"].concat()
}

/// A path through points between 0 and 1; those that fall on the last one drawn are left out.
fn line(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let mut drawn = (f64::NAN, f64::NAN);
    for (place, &(x, y)) in points.iter().enumerate() {
        let near = (x - drawn.0).abs() < 0.004 && (y - drawn.1).abs() < 0.004;
        if near && place + 1 < points.len() {
            continue;
        }
        drawn = (x, y);
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&pixels(x * SIDE));
        path.push(' ');
        path.push_str(&pixels((1.0 - y) * SIDE));
    }
    path
}

/// A bar for each bin, what it stands for as its title, and the diagonal.
fn bars(bins: &[ReliabilityBin; 10]) -> String {
    let words = words().evaluation();
    let mut text = String::new();
    for (place, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.recordings > 0) {
        let (x, y) = (pixels(place as f64 * SIDE / 10.0 + 1.0), pixels((1.0 - bin.right) * SIDE));
        let title = words.reliability_bin(bin.sure, bin.right, bin.recordings);
        let height = decimal(bin.right * SIDE, 1);
        let parts = [
            "<rect class=\"reliability-bar\" width=\"18\" x=\"",
            &x,
            "\" y=\"",
            &y,
            "\" height=\"",
            &height,
            "\"><title>",
            &title,
            "</title></rect><circle class=\"reliability-dot\" r=\"3\" cx=\"",
            &pixels(bin.sure * SIDE),
            "\" cy=\"",
            &y,
            "\"/>",
        ];
        text.push_str(&parts.concat());
    }
    text + "<path class=\"diagonal\" d=\"M0 200L200 0\" stroke-dasharray=\"3 3\"/>"
}
