//! The time line of a long recording: its outline, AF, other rhythms and noise each in a lane of its own, and the minute
//! on the paper. Clicked or with the keyboard, it opens that minute.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use super::moment::MINUTE;
use super::run::PIECES;
use super::sheet::Known;
use super::state::Holter;
use crate::evaluate::burden::Verdict;
use crate::network::Class;
use crate::view::geometry::day::{HEIGHT, WIDTH, bars, hours_between_marks, outline};
use crate::view::i18n::format;
use crate::view::page::language::{t, words};
use crate::view::page::state::{Page, Shared};

/// Units of a lane of bars.
const LANE: f64 = 10.0;

#[component]
pub fn TimeLine(holter: Shared<Holter>, burden: Known) -> impl IntoView {
    let page = expect_context::<Page>();
    let day = page.day;
    let line = NodeRef::<Div>::new();
    let duration = holter.seconds();
    let pieces = move || {
        let lead = day.lead.get();
        day.overview.with(|overview| overview.get(lead).map(|found| outline(found, PIECES as usize)))
    };
    let spans = Memo::new(move |_| {
        let (windows, fs) = (day.windows.get(), day.shown.with(|shown| shown.as_ref().map_or(1.0, |it| it.record.fs)));
        let share = |sample: u64| sample as f64 / fs / duration;
        windows.iter().map(|window| (share(window.start), share(window.end))).collect::<Vec<(f64, f64)>>()
    });
    let lane = move |is_there: fn(Verdict) -> bool| {
        move || {
            let verdicts = day.verdicts.get();
            let there = |index: usize| verdicts.get(index).is_some_and(|verdict| is_there(*verdict));
            spans.with(|spans| bars(spans, there, LANE))
        }
    };
    // The episodes as bars, with what they bridge; isolated windows too.
    let episodes = move || {
        let burden = burden.get();
        let verdicts = day.verdicts.get();
        let in_episode = |index: usize| {
            let after = burden.episodes.partition_point(|episode| episode.windows.start <= index);
            after.checked_sub(1).is_some_and(|at| burden.episodes[at].windows.contains(&index))
        };
        let there = |index: usize| in_episode(index) || verdicts.get(index).is_some_and(|verdict| verdict.is_af());
        spans.with(|spans| bars(spans, there, LANE))
    };
    let left = move || day.moment.get().map(|start| percent(start / duration));
    let click = move |event: MouseEvent| {
        if let Some(line) = line.get_untracked() {
            let bounds = line.get_bounding_client_rect();
            let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
            page.open_moment(share.clamp(0.0, 1.0) * duration);
        }
    };
    let fs = holter.record.fs;
    let starts = Memo::new(move |_| {
        let windows = day.windows.get();
        let start = |index: usize| windows.get(index).map_or(0.0, |window| window.start as f64 / fs);
        burden.with(|burden| burden.episodes.iter().map(|episode| start(episode.windows.start)).collect::<Vec<f64>>())
    });
    let key = {
        let holter = holter.clone();
        move |event: KeyboardEvent| {
            let now = day.moment.get_untracked().unwrap_or(0.0);
            let minutes = |starts: &Vec<f64>| starts.iter().map(|start| holter.minute(*start)).collect::<Vec<f64>>();
            let minutes = starts.with_untracked(minutes);
            let to = match event.key().as_str() {
                "ArrowRight" => minutes.into_iter().find(|start| *start > now + 0.5),
                "ArrowLeft" => minutes.into_iter().rev().find(|start| *start < now - 0.5),
                "ArrowDown" | "PageDown" => Some(now + MINUTE),
                "ArrowUp" | "PageUp" => Some(now - MINUTE),
                "Home" => Some(0.0),
                "End" => Some(duration),
                _ => return,
            };
            event.prevent_default();
            if let Some(to) = to.filter(|to| holter.minute(*to) != now) {
                page.open_moment(to);
            }
        }
    };
    let said = {
        let holter = holter.clone();
        move || {
            day.moment.get().map(|moment| {
                let verdicts = day.verdicts.get();
                let spans = spans.get();
                let here = |(start, end): &(f64, f64)| {
                    start * duration < moment + MINUTE - 0.5 && end * duration > moment + 0.5
                };
                let is_af = spans.iter().zip(verdicts.iter()).any(|(span, verdict)| here(span) && verdict.is_af());
                words().holter().here(&holter.time(moment), is_af)
            })
        }
    };
    let box_of = |height: f64| format!("0 0 {WIDTH} {height}");
    view! {
        <div class="day-line" id="day-line" tabindex="0" role="slider"
            aria-label=t(|words| words.holter().line()) aria-describedby="day-keys"
            aria-valuemin="0" aria-valuemax=duration.round().to_string()
            aria-valuenow=move || day.moment.get().unwrap_or(0.0).round().to_string() aria-valuetext=said
            on:keydown=key>
            <span class="lane-name">{t(|words| words.holter().signal())}</span>
            <svg class="lane-signal" viewBox=box_of(HEIGHT) preserveAspectRatio="none" aria-hidden="true">
                <path id="day-outline" d=pieces />
            </svg>
            <span class="lane-name">{t(|words| words.holter().af())}</span>
            <svg class="lane-af" viewBox=box_of(LANE) preserveAspectRatio="none" aria-hidden="true">
                <path class="lane-seen" d=lane(|verdict| verdict != Verdict::Waiting) />
                <path id="day-af" d=episodes />
            </svg>
            <span class="lane-name">{t(|words| words.holter().other())}</span>
            <svg class="lane-other" viewBox=box_of(LANE) preserveAspectRatio="none" aria-hidden="true">
                <path class="lane-seen" d=lane(|verdict| verdict != Verdict::Waiting) />
                <path d=lane(|verdict| verdict == Verdict::Called(Class::Other)) />
            </svg>
            <span class="lane-name">{t(|words| words.holter().noisy())}</span>
            <svg class="lane-noisy" viewBox=box_of(LANE) preserveAspectRatio="none" aria-hidden="true">
                <path class="lane-seen" d=lane(|verdict| verdict != Verdict::Waiting) />
                <path d=lane(|verdict| matches!(verdict, Verdict::Unusable | Verdict::Called(Class::Noisy))) />
            </svg>
            <div class="day-marks" aria-hidden="true">{marks(&holter)}</div>
            <div class="day-overlay" node_ref=line on:click=click>
                <span class="day-moment" style:left=left style:width=percent((MINUTE / duration).min(1.0))></span>
            </div>
            <p id="day-keys" class="visually-hidden">{t(|words| words.holter().keys())}</p>
        </div>
    }
    .into_any()
}

/// A share of the line's length, for a style.
fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// Times at round hours along the line.
fn marks(holter: &Holter) -> impl IntoView + use<> {
    let duration = holter.seconds();
    let step = hours_between_marks(duration);
    let first = holter.clock.map_or(0.0, |clock| clock.first_hour(step));
    let count = ((duration - first) / (f64::from(step) * 3600.0)).floor().max(0.0) as usize + 1;
    let mark = |number: usize| {
        let time = first + number as f64 * f64::from(step) * 3600.0;
        let text = match holter.clock {
            Some(clock) => clock.time(time + 0.5).chars().take(5).collect(),
            None => format::hours(time / 3600.0),
        };
        (time <= duration).then(|| view! { <span style:left=percent(time / duration)>{text}</span> })
    };
    (0..count).map(mark).collect_view()
}
