//! One recording of a gallery: its first samples as one line, coloured by importance, with the ribbon that says the same
//! without colour; and, where it was answered wrongly, the same for the class that it should have been.

use leptos::prelude::*;

use super::cards::{Explained, Key};
use crate::network::Class;
use crate::view::colour::{Theme, glow, hex};
use crate::view::geometry::{Envelope, Frame, Limits, Span, StopWindow, decimal, pixels, ribbon_path, trace_path};
use crate::view::page::gradient;
use crate::view::page::language::words;
use crate::view::page::state::Page;

/// Of the drawing, in its own units; it is stretched to the card.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 120.0;
const RIBBON: f64 = 14.0;

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
    let asks_why_not = RwSignal::new(false);
    let other = truth.filter(|truth| *truth != predicted);
    // What is left open is known with the importance.
    let explained = page.card((index, None));
    let doubt = move || match explained.get() {
        Some(Ok(it)) if !it.explanation.is_certain() => words().doubt().heading(&it.explanation),
        _ => String::new(),
    };
    view! {
        <li class="trace-card" class:large=at < 2 data-record=name.clone() data-predicted=predicted.code()
            data-truth=truth.map(Class::code)>
            <button type="button" class="card-open" title=move || words().evaluation().open_whole(&open)
                on:click=move |_| page.walk_from_gallery(index)>
                <span class="card-name">{name.clone()}</span>
                <span class="card-verdict">
                    {move || words().evaluation().verdict(truth, predicted, probabilities[predicted.index()])}
                </span>
                <span class="card-doubt">{doubt}</span>
                <Strip key=(index, None) class=predicted />
                {move || asks_why_not.get().then(|| other.map(|class| view! { <Strip key=(index, Some(class)) class /> }))}
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
fn Strip(key: Key, class: Class) -> impl IntoView {
    let page = expect_context::<Page>();
    let shown = page.card(key);
    let id = format!("card-{}-{}", key.0, key.1.map_or("answer", Class::name).replace(' ', "-"));
    let explained_for = move || words().evaluation().explained_for(class);
    move || match shown.get() {
        None => view! { <span class="strip empty"></span> }.into_any(),
        Some(Err(reason)) => view! { <span class="strip empty">{move || reason.say(words())}</span> }.into_any(),
        Some(Ok(explained)) => {
            let drawing = Drawing::of(&explained, page.theme.get());
            view! {
                <span class="strip" data-explained=explained.explanation.class.code()>
                    <svg viewBox=format!("0 0 {} {}", WIDTH as u32, (HEIGHT + RIBBON) as u32) preserveAspectRatio="none"
                        role="img" aria-label=explained_for>
                        <defs>
                            <linearGradient id=id.clone() gradientUnits="userSpaceOnUse" y1="0" y2="0"
                                x1=pixels(drawing.ends.0) x2=pixels(drawing.ends.1) inner_html=drawing.stops />
                        </defs>
                        <rect class="paper" width=pixels(WIDTH) height=pixels(HEIGHT) />
                        <path class="trace-path" d=drawing.path stroke=format!("url(#{id})") fill="none" />
                        <path class="ribbon" transform=format!("translate(0 {})", pixels(HEIGHT)) d=drawing.ribbon />
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
    path: String,
    ribbon: String,
    /// The gradient's `stop`s, and where it begins and ends.
    stops: String,
    ends: (f64, f64),
}

impl Drawing {
    fn of(explained: &Explained, theme: Theme) -> Self {
        let Explained { samples, fs, explanation } = explained;
        let envelope = Envelope::of(samples);
        let span = Span::first(samples.len(), *fs);
        let limits = Limits::padded(envelope.extent(samples, 0..samples.len()));
        let frame = Frame { span, limits, width: WIDTH, height: HEIGHT };
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
            path: trace_path(samples, &envelope, *fs, &frame),
            ribbon: ribbon_path(&window, top, &Frame { height: RIBBON, ..frame }),
            stops,
            ends: (frame.x(start), frame.x(end)),
        }
    }
}
