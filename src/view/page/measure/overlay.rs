//! What is drawn over the trace: calipers, RR intervals above it, and notes on its scale and filter.

use leptos::prelude::*;

use super::follow::follow;
use super::ground::{Ground, OnSheet};
use super::hand::Hand;
use super::state::{NOTE_ROW, Source, TracePlace};
use crate::view::geometry::pixels;
use crate::view::i18n::format;
use crate::view::measure::caliper::{Caliper, Part};
use crate::view::measure::rr_row::rr_marks;
use crate::view::page::annotations;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

/// A line can be taken hold of so far to either side, in pixels.
const REACH: f64 = 9.0;
/// What a reading takes, in pixels: wide enough for "1234 ms · 123.4 beats/min".
const READING: (f64, f64) = (190.0, 22.0);

#[component]
pub fn Overlay(place: TracePlace) -> impl IntoView {
    let page = expect_context::<Page>();
    follow(page, place);
    let hand = Hand::new(page, Ground::of_trace(page, place));
    let at = move || format!("translate({} {})", pixels(place.layout.get().left), pixels(place.layout.get().top));
    view! {
        <svg class="measure-overlay" id="measure-overlay">
            <g transform=at>
                <Notes place />
                <RrRow place />
                <Calipers hand />
            </g>
        </svg>
    }
}

/// What is drawn over the sheet of all leads: calipers, in one of them.
#[component]
pub fn SheetOverlay(on: OnSheet) -> impl IntoView {
    let hand = Hand::new(expect_context::<Page>(), on.ground);
    let layout = on.ground.place.layout;
    let at = move || format!("translate({} {})", pixels(layout.get().left), pixels(layout.get().top));
    view! {
        <svg class="measure-overlay" id="sheet-overlay">
            <g transform=at>
                <Calipers hand />
            </g>
        </svg>
    }
}

/// The lead and the scale, on paper; the filter, wherever there is one.
#[component]
fn Notes(place: TracePlace) -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    let notes = move || {
        let filter = words().measurements().filter_note(measure.filter.get());
        let scale = measure
            .sheet
            .get()
            .map(|it| words().measurements().scale_note(it.scale, measure.screen.with(Option::is_some)));
        let parts: Vec<String> = scale.into_iter().chain(filter).collect();
        let lines = if measure.note_lines(place.size.get().0) > 1 { parts } else { vec![parts.join(" \u{00b7} ")] };
        let annotations = page.open.with(|open| open.as_ref().map_or(0.0, annotations::room));
        let (right, bottom) = (pixels(place.frame.get().width), -annotations - measure.rr_room() - 5.0);
        let count = lines.len();
        let line = |(index, line): (usize, String)| {
            let y = pixels(bottom - NOTE_ROW * (count - 1 - index) as f64);
            view! { <tspan x=right.clone() y=y>{line}</tspan> }
        };
        lines.into_iter().enumerate().map(line).collect_view()
    };
    let lead = move || {
        measure
            .sheet
            .with(Option::is_some)
            .then(|| page.open.with(|open| open.as_ref().map(|open| open.record.leads[open.lead].name.clone())))
    };
    view! {
        <text class="lead-label" x="8" y="18">{lead}</text>
        <text class="trace-note" id="trace-note" text-anchor="end">{notes}</text>
    }
}

/// RR intervals, where the measurements are wanted.
#[component]
fn RrRow(place: TracePlace) -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    let row = move || {
        let beats = measure.beats.get().filter(|_| measure.panel.get())?;
        let (is_here, above) =
            page.open.with(|open| open.as_ref().map(|open| (beats.of == Source::of(open), annotations::room(open))))?;
        if !is_here {
            return None;
        }
        let marks = rr_marks(&beats.rhythm.intervals, |beat| beats.times[beat], &place.frame.get());
        let (text_y, from_y, to_y) = (pixels(-above - 6.0), pixels(-above - 5.0), pixels(-above));
        let right = place.frame.get().width;
        let mut ticks = String::new();
        let mut tick = |x: f64| {
            if (0.0..=right).contains(&x) {
                ticks.push_str(&format!("M{} {from_y}V{to_y}", pixels(x)));
            }
        };
        if let Some(first) = marks.first() {
            tick(first.from);
        }
        marks.iter().for_each(|mark| tick(mark.to));
        let labels = marks.into_iter().filter_map(|mark| {
            let x = pixels((mark.from + mark.to) / 2.0);
            let label = mark.label?;
            Some(view! { <text class="rr" class:premature=mark.is_premature x=x y=text_y.clone() text-anchor="middle">{label}</text> })
        });
        Some(view! {
            <text class="rr-title" x="-9" y=text_y.clone() text-anchor="end">
                {t(|words| words.measurements().rr_row())}
            </text>
            <path class="rr-ticks" d=ticks.clone() />
            {labels.collect_view()}
        })
    };
    view! { <g id="rr-row">{row}</g> }
}

/// The calipers as they are drawn, in pixels of the plot.
#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    caliper: Caliper,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

#[component]
fn Calipers(hand: Hand) -> impl IntoView {
    let place = hand.ground.place;
    let measure = expect_context::<Page>().measure;
    let drawn = Memo::new(move |_| {
        let (caliper, frame) = (hand.caliper()?, place.frame.get());
        let (left, right) = (frame.x(caliper.from), frame.x(caliper.to));
        Some(Drawn { caliper, left, right, top: frame.y(caliper.high), bottom: frame.y(caliper.low) })
    });
    let is_shown = Memo::new(move |_| drawn.with(Option::is_some));
    let marched = move || {
        let frame = place.frame.get();
        let marks = drawn.get().filter(|_| measure.marches.get())?.caliper.marched(frame.span);
        let height = pixels(frame.height);
        Some(marks.into_iter().map(|time| format!("M{} 0V{height}", pixels(frame.x(time)))).collect::<String>())
    };
    // On a sheet of several leads, which it is.
    let lead = move || {
        let source = hand.ground.source.get().filter(|_| hand.ground.is_bounded)?;
        source.record.leads.get(source.lead).map(|lead| lead.name.clone())
    };
    let reading = move || {
        let lead = lead().map(|lead| words().sheet().measured_in(&lead)).unwrap_or_default();
        drawn.get().map(|drawn| lead + &words().measurements().calipers_reading(drawn.caliper))
    };
    let paper = move |side: usize| pixels(hand.ground.paper.get()[side]);
    move || {
        is_shown.get().then(|| {
            let handles = Part::ALL.map(|part| handle(part, hand, drawn));
            view! {
                <clipPath id="caliper-clip">
                    <rect x=move || paper(0) y=move || paper(1) width=move || paper(2) height=move || paper(3) />
                </clipPath>
                <g class="calipers" role="group" data-lead=lead aria-label=reading clip-path="url(#caliper-clip)">
                    <path class="caliper-marched" id="caliper-marched" d=marched />
                    {handles.collect_view()}
                </g>
            }
        })
    }
}

/// One part: what is seen of it, and what can be taken hold of.
fn handle(part: Part, hand: Hand, drawn: Memo<Option<Drawn>>) -> AnyView {
    let place = hand.ground.place;
    // From and to, in pixels.
    let line = move || {
        let drawn = drawn.get()?;
        let height = place.frame.get().height;
        Some(match part {
            Part::From => ((drawn.left, 0.0), (drawn.left, height)),
            Part::To => ((drawn.right, 0.0), (drawn.right, height)),
            Part::High => ((drawn.left, drawn.top), (drawn.right, drawn.top)),
            Part::Low => ((drawn.left, drawn.bottom), (drawn.right, drawn.bottom)),
            Part::Whole => {
                let (width, height) = READING;
                let frame = place.frame.get();
                let [paper_left, paper_top, paper_width, paper_height] = hand.ground.paper.get();
                // Above the upper level, between the edges as far as they are in sight.
                let middle = (drawn.left.max(0.0) + drawn.right.min(frame.width)) / 2.0;
                let left = (middle - width / 2.0).min(paper_left + paper_width - width).max(paper_left);
                let lowest = paper_top + paper_height - height - 2.0;
                let top = (drawn.top - height - 4.0).min(lowest).max(paper_top + 2.0);
                ((left, top), (left + width, top + height))
            }
        })
    };
    let hit = move |corner: usize| {
        line().map(|((x0, y0), (x1, y1))| {
            let (rx, ry) = match part {
                Part::Whole => (0.0, 0.0),
                Part::Low | Part::High => (-REACH, REACH),
                Part::From | Part::To => (REACH, 0.0),
            };
            let size = |length: f64| length.max(0.0);
            pixels([x0 - rx, y0 - ry, size(x1 - x0 + 2.0 * rx), size(y1 - y0 + 2.0 * ry)][corner])
        })
    };
    let d = move || {
        line()
            .filter(|_| part != Part::Whole)
            .map(|((x0, y0), (x1, y1))| format!("M{} {}L{} {}", pixels(x0), pixels(y0), pixels(x1), pixels(y1)))
    };
    // Time at the whole's own place, amplitude at the upper level's right end.
    let text = move || {
        let (drawn, frame) = (drawn.get()?, place.frame.get());
        match part {
            Part::Whole => {
                let ((left, top), (right, _)) = line()?;
                Some(((left + right) / 2.0, top + 15.0, "middle", words().measurements().caliper_time(drawn.caliper)))
            }
            Part::High => {
                let [left, _, width, _] = hand.ground.paper.get();
                let has_room = drawn.right + 70.0 < left + width;
                let (x, anchor) = if has_room { (drawn.right + 7.0, "start") } else { (drawn.left - 7.0, "end") };
                let y = ((drawn.top + drawn.bottom) / 2.0 + 4.0).clamp(12.0, (frame.height - 6.0).max(12.0));
                Some((x, y, anchor, format::caliper_amplitude(drawn.caliper)))
            }
            _ => None,
        }
    };
    let reading = move || {
        text().map(|(x, y, anchor, words)| {
            view! { <text class="caliper-reading" x=pixels(x) y=pixels(y) text-anchor=anchor>{words}</text> }
        })
    };
    let caliper = move || drawn.get().map(|drawn| drawn.caliper);
    let ascii = |value: f64| crate::view::geometry::decimal(value, 3).replace('\u{2212}', "-");
    let range = move |which: fn((f64, f64)) -> f64| {
        let frame = place.frame.get();
        let range =
            if part.is_level() { (frame.limits.low, frame.limits.high) } else { (frame.span.start, frame.span.end) };
        let now = caliper().map_or(0.0, |caliper| caliper.place(part));
        ascii(which((range.0.min(now), range.1.max(now))))
    };
    let name = match part {
        Part::From => "from",
        Part::To => "to",
        Part::Low => "low",
        Part::High => "high",
        Part::Whole => "whole",
    };
    view! {
        <g class="caliper" class:level=part.is_level() data-part=name role="slider" tabindex="0"
            aria-label=move || words().measurements().caliper_part(part)
            aria-orientation=if part.is_level() { "vertical" } else { "horizontal" }
            aria-valuemin=move || range(|it| it.0) aria-valuemax=move || range(|it| it.1)
            aria-valuenow=move || caliper().map(|it| ascii(it.place(part)))
            aria-valuetext=move || caliper().map(|it| words().measurements().caliper_spoken(it, part))
            on:pointerdown=move |event| hand.down(part, &event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.up(&event)
            on:keydown=move |event| hand.key(part, &event)>
            <rect class="caliper-hit" x=move || hit(0) y=move || hit(1) width=move || hit(2) height=move || hit(3) rx="3" />
            <path class="caliper-line" d=d />
            {reading}
        </g>
    }
    .into_any()
}
