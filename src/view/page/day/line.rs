//! The time line of a long recording: its outline, the rhythms that its file marks, AF, other rhythms and noise each in a lane
//! of its own, the heart rate, and what of it is on the screen. Clicked or with the keyboard, it goes there.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use super::moment::MINUTE;
use super::run::PIECES;
use super::sheet::Known;
use super::state::Holter;
use crate::evaluate::agreement::MarkedRhythm;
use crate::evaluate::burden::{Verdict, WINDOW_SECONDS};
use crate::evaluate::trend::is_trusted;
use crate::network::Class;
use crate::view::clock::short_elapsed;
use crate::view::geometry::Span;
use crate::view::geometry::day::{HEIGHT, WIDTH, bars, outline, seconds_between_marks, steps};
use crate::view::i18n::format;
use crate::view::page::language::{t, words};
use crate::view::page::state::{Page, Shared};

/// Units of a lane of bars.
const LANE: f64 = 10.0;
/// The lane of the heart rate never covers fewer beats a minute: a steady rate is a straight line.
const LEAST_RATES: f64 = 40.0;
/// More marked rhythms than this are no longer named one by one.
const MOST_MARKED: usize = 400;

#[component]
pub fn TimeLine(holter: Shared<Holter>, burden: Known) -> impl IntoView {
    let page = expect_context::<Page>();
    let day = page.day;
    let line = NodeRef::<Div>::new();
    let duration = holter.seconds();
    let (fs, is_whole) = (holter.record.fs, holter.is_whole());
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
    let rates = Memo::new(move |_| {
        let (beats, verdicts) = (day.beats.get(), day.verdicts.get());
        let known = beats.iter().zip(verdicts.iter()).map(|(beats, verdict)| match is_trusted(*verdict) {
            true => beats.and_then(|beats| beats.rate),
            false => None,
        });
        known.collect::<Vec<Option<f64>>>()
    });
    let rate_ends = Memo::new(move |_| rates.with(|rates| ends_of(rates)));
    let rate_path = move || {
        let ends = rate_ends.get()?;
        let (rates, middle) = (rates.get(), (ends.0 + ends.1) / 2.0);
        let half = ((ends.1 - ends.0) / 2.0 * 1.1).max(LEAST_RATES / 2.0);
        let limits = (middle - half, middle + half);
        Some(spans.with(|spans| steps(spans, |index| rates.get(index).copied().flatten(), limits, HEIGHT)))
    };
    let rate_said =
        move || rate_ends.get().map(|(low, high)| format!("{}\u{2013}{}", format::beats(low), format::beats(high)));
    let looked_at = Memo::new(move |_| page.looked_at());
    let left = move || looked_at.get().map(|span| percent(span.start / duration));
    let width = move || looked_at.get().map(|span| percent((span.length() / duration).min(1.0)));
    let click = move |event: MouseEvent| {
        if let Some(line) = line.get_untracked() {
            let bounds = line.get_bounding_client_rect();
            let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
            let time = share.clamp(0.0, 1.0) * duration;
            // A view can begin anywhere: so that what was clicked on is in its middle.
            page.open_moment(if is_whole { time - page.view_seconds() / 2.0 } else { time });
        }
    };
    let starts = Memo::new(move |_| {
        let windows = day.windows.get();
        let start = |index: usize| windows.get(index).map_or(0.0, |window| window.start as f64 / fs);
        burden.with(|burden| burden.episodes.iter().map(|episode| start(episode.windows.start)).collect::<Vec<f64>>())
    });
    let key = {
        let holter = holter.clone();
        move |event: KeyboardEvent| {
            let now = looked_at.get_untracked().map_or(0.0, |span| span.start);
            let step = if is_whole { WINDOW_SECONDS } else { MINUTE };
            let minutes = |starts: &Vec<f64>| starts.iter().map(|start| holter.minute(*start)).collect::<Vec<f64>>();
            let minutes = starts.with_untracked(minutes);
            let to = match event.key().as_str() {
                "ArrowRight" => minutes.into_iter().find(|start| *start > now + 0.5),
                "ArrowLeft" => minutes.into_iter().rev().find(|start| *start < now - 0.5),
                "ArrowDown" | "PageDown" => Some(now + step),
                "ArrowUp" | "PageUp" => Some(now - step),
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
            looked_at.get().map(|Span { start: from, end: to }| {
                let verdicts = day.verdicts.get();
                let spans = spans.get();
                let here = |(start, end): &(f64, f64)| start * duration < to - 0.5 && end * duration > from + 0.5;
                let here =
                    spans.iter().zip(verdicts.iter()).filter(|(span, _)| here(span)).map(|(_, verdict)| *verdict);
                // Of a whole recording in view, no list.
                let here: Vec<Verdict> = here.take(4).collect();
                words().strip().here(&holter.time(from), &here)
            })
        }
    };
    let box_of = |height: f64| format!("0 0 {WIDTH} {height}");
    view! {
        <div class="day-line" id="day-line" tabindex="0" role="slider"
            aria-label=t(|words| words.holter().line()) aria-describedby="day-keys"
            aria-valuemin="0" aria-valuemax=duration.round().to_string()
            aria-valuenow=move || looked_at.get().map_or(0.0, |span| span.start).round().to_string() aria-valuetext=said
            on:keydown=key>
            <span class="lane-name">{t(|words| words.holter().signal())}</span>
            <svg class="lane-signal" viewBox=box_of(HEIGHT) preserveAspectRatio="none" aria-hidden="true">
                <path id="day-outline" d=pieces />
            </svg>
            {marked_lane(&holter)}
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
                <path d=lane(|verdict| verdict == Verdict::Called(Class::Noisy)) />
                <path class="lane-unread" d=lane(|verdict| verdict == Verdict::Unusable) />
            </svg>
            <span class="lane-name lane-name-rate" title=t(|words| words.strip().rates())>
                {t(|words| words.strip().rate())} <small>{rate_said}</small>
            </span>
            <svg class="lane-rate" viewBox=box_of(HEIGHT) preserveAspectRatio="none" aria-hidden="true">
                <path id="day-rate" d=rate_path />
            </svg>
            <div class="day-marks" aria-hidden="true">{marks(&holter)}</div>
            <div class="day-overlay" node_ref=line on:click=click>
                <span class="day-moment" style:left=left style:width=width></span>
            </div>
            <p id="day-keys" class="visually-hidden">
                {t(if is_whole { |words| words.strip().keys() } else { |words| words.holter().keys() })}
            </p>
        </div>
    }
    .into_any()
}

/// A share of the line's length, for a style.
fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// The lowest and the highest of the rates that are known.
fn ends_of(rates: &[Option<f64>]) -> Option<(f64, f64)> {
    let known = || rates.iter().flatten().copied();
    known().next().map(|_| (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max)))
}

/// The rhythms that the file marks, above what the network says; nothing where it marks none.
fn marked_lane(holter: &Holter) -> impl IntoView + use<> {
    let duration = holter.seconds();
    let is_named = holter.marked.len() <= MOST_MARKED;
    let rhythm = |it: &MarkedRhythm| {
        let (left, width) = (percent(it.start / duration), percent((it.end - it.start) / duration));
        let text = is_named.then(|| it.name.clone());
        view! {
            <span class:marked-af=it.is_af() style:left=left style:width=width title=it.name.clone()>{text}</span>
        }
    };
    (!holter.marked.is_empty()).then(|| {
        view! {
            <span class="lane-name">{t(|words| words.strip().marked())}</span>
            <div class="lane-marked" id="day-marked" aria-hidden="true">
                {holter.marked.iter().map(rhythm).collect_view()}
            </div>
        }
    })
}

/// Round times along the line.
fn marks(holter: &Holter) -> impl IntoView + use<> {
    let duration = holter.seconds();
    let step = seconds_between_marks(duration);
    let first = holter.clock.map_or(0.0, |clock| clock.first_mark(step));
    let count = ((duration - first) / step).floor().max(0.0) as usize + 1;
    let mark = |number: usize| {
        let time = first + number as f64 * step;
        let text = match holter.clock {
            Some(clock) => clock.time(time + 0.5).chars().take(if step < 60.0 { 8 } else { 5 }).collect(),
            None if step >= 3600.0 => format::hours(time / 3600.0),
            None => short_elapsed(time + 0.5),
        };
        (time <= duration).then(|| view! { <span style:left=percent(time / duration)>{text}</span> })
    };
    (0..count).map(mark).collect_view()
}
