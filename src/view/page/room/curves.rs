//! ROC, precision and recall, and reliability as small drawings. Classes are told apart by how their line is dashed.

use leptos::prelude::*;

use crate::evaluate::{Curves, Prediction, ReliabilityBin, reliability};
use crate::network::Class;
use crate::view::geometry::{decimal, pixels};
use crate::view::page::state::Page;
use crate::view::page::words::room as words;

/// Of the plot, in the drawing's units.
const SIDE: f64 = 200.0;
/// Around it, for numbers and titles.
const LEFT: f64 = 46.0;
const BOTTOM: f64 = 40.0;
const MARGIN: f64 = 8.0;
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
    move || predictions.with(|predictions| predictions.as_ref().filter(|it| !it.is_empty()).map(|it| plots(it)))
}

fn plots(predictions: &[Prediction]) -> impl IntoView + use<> {
    let curves = Class::ALL.map(|class| Curves::of(predictions, class));
    let roc = curves.iter().map(|curve| (line(&curve.roc), words::auc(curve.auc))).collect();
    let pr = curves
        .iter()
        .map(|curve| (line(&curve.precision_recall), words::average_precision(curve.average_precision)))
        .collect();
    view! {
        <div class="curves">
            {figure("roc", words::ROC, words::ROC_X, words::ROC_Y, lines(&roc), Some(roc), None)}
            {figure("pr", words::PR, words::RECALL, words::PRECISION, lines(&pr), Some(pr), None)}
            {figure(
                "reliability",
                words::RELIABILITY,
                words::RELIABILITY_X,
                words::RELIABILITY_Y,
                bars(&reliability(predictions)),
                None,
                Some(words::RELIABILITY_HINT),
            )}
        </div>
    }
}

type Named = Vec<(String, String)>;

/// A square plot from 0 to 1 either way, with a legend of lines or a hint below.
fn figure(
    id: &'static str,
    title: &'static str,
    x: &'static str,
    y: &'static str,
    inside: AnyView,
    legend: Option<Named>,
    hint: Option<&'static str>,
) -> impl IntoView {
    let ticks = [0.0, 0.5, 1.0];
    let view_box = format!("0 0 {} {}", pixels(LEFT + SIDE + MARGIN), pixels(SIDE + BOTTOM + MARGIN));
    let across = ticks.map(|tick| {
        view! { <text x=pixels(tick * SIDE) y=pixels(SIDE + 16.0) text-anchor="middle">{decimal(tick, 1)}</text> }
    });
    let down = ticks.map(|tick| {
        view! { <text x="-6" y=pixels((1.0 - tick) * SIDE + 4.0) text-anchor="end">{decimal(tick, 1)}</text> }
    });
    let legend = legend.map(|lines| {
        let items = Class::ALL.into_iter().zip(lines).map(|(class, (_, said))| {
            view! {
                <li>
                    <svg width="36" height="8" aria-hidden="true">
                        <path class="curve" d="M0 4L36 4" stroke-dasharray=DASHES[class.index()] />
                    </svg>
                    {class.short_name()} " \u{00b7} " {said}
                </li>
            }
        });
        view! { <ul class="legend">{items.collect_view()}</ul> }
    });
    view! {
        <figure class="plot" id=id>
            <figcaption>{title}</figcaption>
            <svg viewBox=view_box role="img" aria-label=title>
                <g transform=format!("translate({} {})", pixels(LEFT), pixels(MARGIN))>
                    <rect class="paper" width=pixels(SIDE) height=pixels(SIDE) />
                    {inside}
                    <rect class="box" width=pixels(SIDE) height=pixels(SIDE) />
                    {across.collect_view()}
                    {down.collect_view()}
                    <text class="axis-title" x=pixels(SIDE / 2.0) y=pixels(SIDE + 34.0) text-anchor="middle">{x}</text>
                    <text class="axis-title" transform=format!("translate(-32 {}) rotate(-90)", pixels(SIDE / 2.0))
                        text-anchor="middle">{y}</text>
                </g>
            </svg>
            {legend}
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        </figure>
    }
}

fn lines(curves: &Named) -> AnyView {
    let paths = Class::ALL.into_iter().zip(curves);
    paths
        .map(|(class, (path, _))| {
            view! { <path class="curve" d=path.clone() stroke-dasharray=DASHES[class.index()] data-class=class.code() /> }
        })
        .collect_view()
        .into_any()
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
        path.push_str(&format!("{} {}", pixels(x * SIDE), pixels((1.0 - y) * SIDE)));
    }
    path
}

/// A bar for each bin, its number of recordings in it as a title, and the diagonal.
fn bars(bins: &[ReliabilityBin; 10]) -> AnyView {
    let bar = |(place, bin): (usize, &ReliabilityBin)| {
        let height = bin.right * SIDE;
        (bin.recordings > 0).then(|| {
            let x = pixels(place as f64 * SIDE / 10.0 + 1.0);
            let y = pixels(SIDE - height);
            view! {
                <rect class="reliability-bar" x=x y=y width=pixels(SIDE / 10.0 - 2.0) height=pixels(height)>
                    <title>{words::reliability_bin(bin.sure, bin.right, bin.recordings)}</title>
                </rect>
                <circle class="reliability-dot" cx=pixels(bin.sure * SIDE) cy=pixels(SIDE - height) r="3" />
            }
        })
    };
    view! {
        {bins.iter().enumerate().map(bar).collect_view()}
        <path class="diagonal" d=format!("M0 {0}L{0} 0", pixels(SIDE)) stroke-dasharray="3 3" />
    }
    .into_any()
}
