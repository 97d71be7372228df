//! One recording of a gallery: 8.3 s of it as one line, coloured by importance, with the ribbon that says the same without
//! colour, and its axes; and, where it was answered wrongly, the same for the class that it should have been.

use leptos::prelude::*;

use super::cards::{Explained, Key};
use super::state::Excerpt;
use crate::network::Class;
use crate::view::colour::{Theme, glow, hex};
use crate::view::geometry::{
    Envelope, Frame, Limits, Span, StopWindow, decimal, pixels, ribbon_path, tick_step, ticks, trace_path,
};
use crate::view::page::gradient;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

/// What a card shows of its recording, in s: 500 samples at 60 Hz.
const SECONDS: f64 = 500.0 / 60.0;

/// Of the plot, in the drawing's own units: of the first two cards, and of the others.
const LARGE: (f64, f64) = (490.0, 170.0);
const SMALL: (f64, f64) = (312.0, 120.0);
/// Around the plot: the amplitudes at its left; the ribbon and the times under it.
const LEFT: f64 = 60.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 6.0;
const RIBBON: f64 = 14.0;
const BELOW: f64 = 40.0;

#[component]
pub fn Card(index: usize, at: usize) -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let set = room.set.get_untracked();
    let member = set.as_ref().map(|set| &set.members[index]);
    let name = member.map(|member| member.name.clone()).unwrap_or_default();
    let truth = member.and_then(|member| member.class());
    let probabilities = room.probabilities(index).unwrap_or_default();
    let predicted = Class::of_highest(&probabilities);
    let open = name.clone();
    let is_large = at < 2;
    let asks_why_not = RwSignal::new(false);
    let other = truth.filter(|truth| *truth != predicted);
    // What is left open is known with the importance.
    let explained = page.card((index, None));
    let doubt = move || match explained.get() {
        Some(Ok(it)) if !it.explanation.is_certain() => words().doubt().heading(&it.explanation),
        _ => String::new(),
    };
    view! {
        <li class="trace-card" class:large=is_large data-record=name.clone() data-predicted=predicted.code()
            data-truth=truth.map(Class::code)>
            <button type="button" class="card-open" title=move || words().evaluation().open_whole(&open)
                on:click=move |_| page.walk_from_gallery(index)>
                <span class="card-name">{name.clone()}</span>
                <span class="card-verdict">
                    {move || words().evaluation().verdict(truth, predicted, probabilities[predicted.index()])}
                </span>
                <span class="card-doubt">{doubt}</span>
                <Strip key=(index, None) class=predicted is_large />
                {move || asks_why_not.get().then(|| other.map(|class| view! { <Strip key=(index, Some(class)) class is_large /> }))}
            </button>
            <span class="card-save" inner_html=super::pictures::buttons></span>
            {other.map(|class| view! {
                <button type="button" class="choice why-not" aria-pressed=move || asks_why_not.get().to_string()
                    on:click=move |_| asks_why_not.update(|asks| *asks = !*asks)>
                    {move || words().evaluation().why_not(class)}
                </button>
            })}
        </li>
    }
}

/// The trace with its ribbon, for one class.
#[component]
fn Strip(key: Key, class: Class, is_large: bool) -> impl IntoView {
    let page = expect_context::<Page>();
    let shown = page.card(key);
    let id = format!("card-{}-{}", key.0, key.1.map_or("answer", Class::name).replace(' ', "-"));
    let explained_for = move || words().evaluation().explained_for(class);
    move || match shown.get() {
        None => view! { <span class="strip empty"></span> }.into_any(),
        Some(Err(reason)) => view! { <span class="strip empty">{move || reason.say(words())}</span> }.into_any(),
        Some(Ok(explained)) => {
            let drawing = Drawing::of(&explained, page.theme.get(), page.room.excerpt.get(), is_large);
            let Frame { span, width, height, .. } = drawing.frame;
            let (soft, clip) = (gradient::soft(&id), format!("{id}-clip"));
            let view_box = format!("0 0 {} {}", pixels(LEFT + width + RIGHT), pixels(TOP + height + RIBBON + BELOW));
            view! {
                <span class="strip" data-explained=explained.explanation.class.code() data-start=span.start.to_string()
                    data-end=span.end.to_string()
                    data-peak=explained.explanation.importance.peak().map(|peak| peak.to_string())>
                    <svg viewBox=view_box role="img" aria-label=explained_for>
                        <defs>
                            <linearGradient id=id.clone() gradientUnits="userSpaceOnUse" y1="0" y2="0"
                                x1=pixels(drawing.ends.0) x2=pixels(drawing.ends.1) inner_html=drawing.stops />
                            <linearGradient id=soft.clone() gradientUnits="userSpaceOnUse" y1="0" y2="0"
                                x1=pixels(drawing.ends.0) x2=pixels(drawing.ends.1) inner_html=drawing.soft_stops />
                            <clipPath id=clip.clone()>
                                <rect width=pixels(width) height=pixels(height + RIBBON) />
                            </clipPath>
                        </defs>
                        <g transform=format!("translate({} {})", pixels(LEFT), pixels(TOP))>
                            <rect class="paper" width=pixels(width) height=pixels(height) />
                            <g clip-path=format!("url(#{clip})")>
                                <path class="trace-band" d=drawing.path.clone() stroke=format!("url(#{soft})")
                                    stroke-width="8" fill="none" />
                                <path class="trace-path" d=drawing.path stroke=format!("url(#{id})") fill="none" />
                                <path class="ribbon" transform=format!("translate(0 {})", pixels(height))
                                    d=drawing.ribbon />
                            </g>
                            <g class="axis" inner_html=drawing.axes></g>
                            <text class="axis-title" text-anchor="middle"
                                transform=format!("translate({} {}) rotate(-90)", pixels(13.0 - LEFT), pixels(height / 2.0))>
                                {t(|words| words.amplitude())}
                            </text>
                            <text class="axis-title" text-anchor="middle" x=pixels(width / 2.0)
                                y=pixels(height + RIBBON + BELOW - 6.0)>{t(|words| words.seconds())}</text>
                        </g>
                    </svg>
                    <span class="card-class">{explained_for}</span>
                </span>
            }
            .into_any()
        }
    }
}

/// What is drawn of a recording.
struct Drawing {
    frame: Frame,
    path: String,
    ribbon: String,
    axes: String,
    /// The `stop`s of the line's and of the band's gradient, and where both begin and end.
    stops: String,
    soft_stops: String,
    ends: (f64, f64),
}

impl Drawing {
    fn of(explained: &Explained, theme: Theme, excerpt: Excerpt, is_large: bool) -> Self {
        let Explained { samples, fs, explanation } = explained;
        let envelope = Envelope::of(samples);
        let middle = match excerpt {
            Excerpt::Highest => explanation.importance.peak().unwrap_or(0.0),
            Excerpt::Start => 0.0,
        };
        let span = Span::around(middle, SECONDS, Span::whole(samples.len(), *fs));
        let limits = Limits::padded(envelope.extent(samples, span.samples(samples.len(), *fs)));
        let (width, height) = if is_large { LARGE } else { SMALL };
        let frame = Frame { span, limits, width, height };
        let window = StopWindow::around(&explanation.importance, span);
        let top = explanation.importance.max();
        let (start, end) = window.ends();
        let mut stops = String::new();
        for stop in &window.stops {
            let offset = decimal((stop.time - start) / (end - start), 4);
            let colour = hex(glow(theme, gradient::share(stop.importance, top)));
            stops.push_str(&format!("<stop offset=\"{offset}\" stop-color=\"{colour}\"/>"));
        }
        Self {
            frame,
            axes: axes(&frame),
            soft_stops: gradient::soft_markup(&window, top, theme),
            path: trace_path(samples, &envelope, *fs, &frame),
            ribbon: ribbon_path(&window, top, &Frame { height: RIBBON, ..frame }),
            stops,
            ends: (frame.x(start), frame.x(end)),
        }
    }
}

/// Amplitudes in mV along the left edge, times in s below the ribbon.
fn axes(frame: &Frame) -> String {
    let Frame { span, limits, width, height, .. } = *frame;
    let mut markup = String::new();
    for (value, label) in ticks(limits.low, limits.high, tick_step(36.0 / frame.pixels_per_millivolt())) {
        let y = pixels(frame.y(value));
        markup += &format!(
            "<line x1=\"-4\" x2=\"0\" y1=\"{y}\" y2=\"{y}\"/>\
             <text x=\"-8\" y=\"{y}\" dy=\"0.32em\" text-anchor=\"end\">{label}</text>"
        );
    }
    let (from, to) = (pixels(height + RIBBON), pixels(height + RIBBON + 4.0));
    for (value, label) in ticks(span.start, span.end, tick_step(36.0 / frame.pixels_per_second())) {
        let x = frame.x(value);
        // The last label stays inside.
        let anchor = if x > width - 8.0 { "end" } else { "middle" };
        let x = pixels(x);
        markup += &format!(
            "<line x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>\
             <text x=\"{x}\" y=\"{to}\" dy=\"1em\" text-anchor=\"{anchor}\">{label}</text>"
        );
    }
    markup
}
