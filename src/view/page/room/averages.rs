//! The recordings of a gallery taken together: where the importance lies in relation to their beats, beside what a
//! clinician reads from them.

use leptos::prelude::*;

use super::cards::Explained;
use crate::evaluate::around_beats::{AroundBeats, CHANGES, P_PLACE, QRS_PLACE, Quartiles};
use crate::view::dataset::Selection;
use crate::view::geometry::{decimal, pixels};
use crate::view::i18n::{Sentence, format};
use crate::view::page::language::{t, words};
use crate::view::page::state::{Page, Shared};

/// So many recordings of a gallery are averaged, evenly taken: the mean hardly changes after that.
const MOST: usize = 100;

/// How far an average is.
#[derive(Clone, PartialEq)]
pub struct Averaging {
    of: Selection,
    /// Recordings of the gallery, and those of them that are averaged.
    all: usize,
    chosen: Shared<Vec<usize>>,
    done: usize,
    /// Drawn anew while it grows.
    averages: Option<Shared<AroundBeats>>,
}

impl Page {
    /// Begins to average the gallery's recordings.
    fn average_gallery(self) {
        let room = self.room;
        let Some(of) = room.selection.get_untracked() else { return };
        let selected = untrack(|| room.selected());
        let step = (selected.len() as f64 / MOST as f64).max(1.0);
        let chosen = (0..selected.len().min(MOST)).map(|at| selected[(at as f64 * step) as usize]).collect();
        let averaging = Averaging { of, all: selected.len(), chosen: Shared::new(chosen), done: 0, averages: None };
        room.averaging.set(Some(averaging));
        self.average_next(of, AroundBeats::default());
    }

    fn average_next(self, of: Selection, averages: AroundBeats) {
        let averaging = self.room.averaging;
        let next = averaging.with_untracked(|it| {
            let it = it.as_ref().filter(|it| it.of == of)?;
            Some(it.chosen.get(it.done).copied())
        });
        // Somebody looks at another gallery meanwhile.
        let Some(next) = next else { return };
        let Some(index) = next else {
            return averaging.update(|it| {
                if let Some(it) = it {
                    it.averages = Some(Shared::new(averages));
                }
            });
        };
        let hear = move |explained: Result<Explained, Sentence>| {
            let mut averages = averages;
            if let Ok(explained) = explained {
                averages.add(&explained.samples, explained.fs, &explained.explanation.importance);
            }
            averaging.update(|it| {
                if let Some(it) = it.as_mut().filter(|it| it.of == of) {
                    it.done += 1;
                }
            });
            self.average_next(of, averages);
        };
        self.explain_member((index, None), Box::new(hear));
    }
}

#[component]
pub fn Averages() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let shown = move || {
        let of = room.selection.get()?;
        room.averaging.get().filter(|it| it.of == of)
    };
    let content = move || match shown() {
        None => view! {
            <button type="button" class="button" id="average" on:click=move |_| page.average_gallery()>
                {move || words().evaluation().average_these(room.selected().len())}
            </button>
        }
        .into_any(),
        Some(Averaging { averages: None, done, chosen, .. }) => view! {
            <progress aria-label=t(|words| words.evaluation().averages())
                value=done.to_string() max=chosen.len().to_string()></progress>
            <span class="hint">{words().evaluation().averaging(done, chosen.len())}</span>
        }
        .into_any(),
        Some(Averaging { averages: Some(averages), all, .. }) if averages.recordings > 0 => {
            let title = words().evaluation().averaged(averages.recordings, all);
            view! {
                <h4>{title}</h4>
                <div class="curves" inner_html=plots(&averages)></div>
                <div inner_html=readings(&averages)></div>
            }
            .into_any()
        }
        Some(_) => view! { <p class="hint">{t(|words| words.evaluation().nothing_to_average())}</p> }.into_any(),
    };
    let state = move || shown().map(|it| if it.averages.is_some() { "over" } else { "running" });
    let are_several = Memo::new(move |_| room.selected().len() > 1);
    view! {
        <Show when=move || are_several.get()>
            <section id="averages" class="averages"
                aria-label=t(|words| words.evaluation().averages()) data-state=state>{content}</section>
        </Show>
    }
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 180.0;

/// Both drawings, as markup.
fn plots(averages: &AroundBeats) -> String {
    around(averages) + &groups(averages)
}

/// The mean importance around the R peak, as an area, and the mean beat over it.
fn around(averages: &AroundBeats) -> String {
    let words = words().evaluation();
    let importance = averages.importance();
    let top = importance.iter().map(|(_, value)| *value).fold(1.2, f64::max);
    let x = |time: f64| pixels((time + 0.6) / 1.2 * WIDTH);
    let y = |value: f64| pixels(HEIGHT - value / top * (HEIGHT - 14.0));
    let path = |points: &[(f64, f64)], y: &dyn Fn(f64) -> String| {
        let points: Vec<String> = points.iter().map(|(time, value)| [&x(*time), " ", &*y(*value)].concat()).collect();
        points.join("L")
    };
    let area = path(&importance, &y);
    let beat = averages.beat();
    let (lowest, highest) = beat.iter().fold((0.0, 1.0), |(low, high), (_, it)| (it.min(low), it.max(high)));
    let wave = path(&beat, &|value| pixels(HEIGHT - 10.0 - (value - lowest) / (highest - lowest) * (HEIGHT - 34.0)));
    let place = |(from, to): (f64, f64), name: &str| {
        let middle = x((from + to) / 2.0);
        let width = pixels((to - from) / 1.2 * WIDTH);
        format!(
            "<rect class=\"beat-place\" x=\"{}\" width=\"{width}\" height=\"180\"/>\
             <text x=\"{middle}\" y=\"11\" text-anchor=\"middle\">{name}</text>",
            x(from)
        )
    };
    let one = y(1.0);
    let ticks: String = [-0.6, -0.3, 0.0, 0.3, 0.6]
        .map(|time| {
            let said = decimal(time, 1);
            format!("<text x=\"{}\" y=\"196\" text-anchor=\"middle\">{said}</text>", x(time))
        })
        .concat();
    format!(
        "<figure class=\"plot wide\" id=\"around-beats\"><figcaption>{title}{save}</figcaption>\
         <svg viewBox=\"0 0 480 226\" role=\"img\" aria-label=\"{title}\"><g transform=\"translate(46 4)\">\
         <rect class=\"paper\" width=\"420\" height=\"180\"/>{p}{qrs}\
         <path class=\"importance-area\" d=\"M0 180L{area}L420 180Z\"/>\
         <path class=\"diagonal\" d=\"M0 {one}H420\" stroke-dasharray=\"3 3\"/>\
         <path class=\"curve\" d=\"M{wave}\"/><rect class=\"box\" width=\"420\" height=\"180\"/>{ticks}\
         <text x=\"-6\" y=\"{one}\" dy=\"4\" text-anchor=\"end\">1</text>\
         <text x=\"-6\" y=\"18\" text-anchor=\"end\">{highest}</text>\
         <text class=\"axis-title\" x=\"210\" y=\"216\" text-anchor=\"middle\">{x_axis}</text>\
         <text class=\"axis-title\" transform=\"translate(-32 90) rotate(-90)\" text-anchor=\"middle\">{y_axis}</text>\
         </g></svg><p class=\"hint\">{hint}</p></figure>",
        title = words.around_beats(),
        save = super::pictures::buttons(),
        p = place(P_PLACE, words.p_place()),
        qrs = place(QRS_PLACE, words.qrs_place()),
        highest = decimal(top, 1),
        x_axis = words.around_x(),
        y_axis = words.around_y(),
        hint = words.around_hint(averages.importance_between(P_PLACE), averages.importance_between(QRS_PLACE)),
    )
}

/// Importance of beats by how much the rhythm changes at them.
fn groups(averages: &AroundBeats) -> String {
    let words = words().evaluation();
    let groups = averages.groups();
    let top = groups.iter().map(|group| group.importance).fold(1.2, f64::max);
    let width = WIDTH / groups.len() as f64;
    let mut bars = String::new();
    for (at, group) in groups.iter().enumerate() {
        let (from, to) = (at.checked_sub(1).map(|at| CHANGES[at]), CHANGES.get(at).copied());
        let height = group.importance / top * (HEIGHT - 14.0);
        let middle = pixels((at as f64 + 0.5) * width);
        bars.push_str(&format!(
            "<rect class=\"reliability-bar\" x=\"{}\" width=\"{}\" y=\"{}\" height=\"{}\"><title>{}</title></rect>\
             <text x=\"{middle}\" y=\"196\" text-anchor=\"middle\">{}</text>\
             <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            pixels(at as f64 * width + 6.0),
            pixels(width - 12.0),
            pixels(HEIGHT - height),
            decimal(height, 1),
            words.change_group(group.importance, group.beats),
            words.change(from, to),
            pixels(HEIGHT - 6.0),
            words.beats(group.beats),
        ));
    }
    let one = pixels(HEIGHT - (HEIGHT - 14.0) / top);
    format!(
        "<figure class=\"plot wide\" id=\"by-change\"><figcaption>{title}{save}</figcaption>\
         <svg viewBox=\"0 0 480 226\" role=\"img\" aria-label=\"{title}\"><g transform=\"translate(46 4)\">\
         <rect class=\"paper\" width=\"420\" height=\"180\"/>{bars}\
         <path class=\"diagonal\" d=\"M0 {one}H420\" stroke-dasharray=\"3 3\"/>\
         <rect class=\"box\" width=\"420\" height=\"180\"/><text x=\"-6\" y=\"{one}\" dy=\"4\" text-anchor=\"end\">1</text>\
         <text x=\"-6\" y=\"18\" text-anchor=\"end\">{highest}</text>\
         <text class=\"axis-title\" x=\"210\" y=\"216\" text-anchor=\"middle\">{x_axis}</text>\
         <text class=\"axis-title\" transform=\"translate(-32 90) rotate(-90)\" text-anchor=\"middle\">{y_axis}</text>\
         </g></svg><p class=\"hint\">{hint}</p></figure>",
        title = words.by_change(),
        save = super::pictures::buttons(),
        highest = decimal(top, 1),
        x_axis = words.change_x(),
        y_axis = words.around_y(),
        hint = words.change_hint(),
    )
}

/// What is read from the beats themselves.
fn readings(averages: &AroundBeats) -> String {
    let words = words().evaluation();
    let row = |name: &str, said: Option<String>| {
        let said = said.unwrap_or_else(|| format::NOTHING.to_owned());
        format!("<div><dt>{name}</dt><dd>{said}</dd></div>")
    };
    let scaled =
        |it: Quartiles, by: f64| Quartiles { lower: it.lower * by, median: it.median * by, upper: it.upper * by };
    [
        "<dl class=\"headline readings\">",
        &row(words.heart_rate(), averages.heart_rate().map(|it| words.quartiles(it, words.per_minute()))),
        &row(words.rr_variation(), averages.variation().map(|it| words.quartiles(scaled(it, 100.0), "\u{2009}%"))),
        &row(words.rmssd(), averages.rmssd().map(|it| words.quartiles(scaled(it, 1000.0), "\u{2009}ms"))),
        "</dl><p class=\"hint\">",
        words.quartiles_hint(),
        "</p>",
    ]
    .concat()
}
