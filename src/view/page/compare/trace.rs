//! The second trace: at the first one's time scale, its own amplitudes.

use leptos::html::Div;
use leptos::prelude::*;

use super::second::Second;
use crate::view::colour::{glow, hex};
use crate::view::geometry::{Frame, Limits, pixels, ribbon_path, tick_step, ticks, trace_path};
use crate::view::page::gestures::Gestures;
use crate::view::page::gradient::{Gradient, stops, top_of};
use crate::view::page::language::t;
use crate::view::page::not_read::NotReadParts;
use crate::view::page::paper::Paper;
use crate::view::page::state::Page;
use crate::view::page::trace::{Layout, size_of};

#[component]
pub fn SecondTrace(second: Second) -> impl IntoView {
    let page = expect_context::<Page>();
    let holder = NodeRef::<Div>::new();
    let size = size_of(holder);
    let sheet = page.measure.sheet;
    let layout = Memo::new(move |_| Layout::of(size.get(), 0.0, sheet.get()));
    // Grows with what was seen of this lead, as the first one's.
    let limits = Memo::new(move |before: Option<&(Option<_>, Limits)>| {
        let lead = second.lead.get();
        let span = page.span.get();
        let extent = lead
            .as_ref()
            .and_then(|lead| lead.envelope.extent(&lead.drawn, span.samples(lead.record.len(), lead.record.fs)));
        match before.filter(|(of, _)| *of == lead) {
            Some((_, limits)) => (lead, limits.holding(extent)),
            None => (lead, Limits::padded(extent)),
        }
    });
    let frame = Memo::new(move |_| {
        let Layout { width, height, .. } = layout.get();
        let limits = sheet.get().map_or_else(|| limits.get().1, |sheet| sheet.limits);
        Frame { span: page.span.get(), limits, width, height }
    });
    let path = Memo::new(move |_| {
        second.lead.with(|lead| {
            let lead = lead.as_ref()?;
            Some(trace_path(&lead.drawn, &lead.envelope, lead.record.fs, &frame.get()))
        })
    });
    let stops = stops(move || second.explanation(), frame);
    let top = Memo::new(move |_| second.explanation().map_or(1.0, |it| top_of(page, &it)));
    let stroke = move || match second.explanation().is_some() {
        true => "url(#second-gradient)".to_owned(),
        false => hex(glow(page.theme.get(), 0.0)),
    };
    let band = move || second.explanation().map_or("none", |_| "url(#soft-second-gradient)");
    let ribbon = move || {
        let frame = Frame { height: layout.get().ribbon_height, ..frame.get() };
        stops.with(|stops| stops.as_ref().map(|stops| ribbon_path(&stops.window, top.get(), &frame)))
    };
    // The moment that is pointed at, on either trace.
    let cursor = move || {
        let (time, frame) = (page.cursor.get()?, frame.get());
        let x = pixels(frame.x(time));
        Some(view! { <line x1=x.clone() x2=x y1="0" y2=pixels(frame.height) /> })
    };
    let scale = move || {
        let frame = frame.get();
        let step = tick_step(36.0 / frame.pixels_per_millivolt());
        let tick = |(value, label): (f64, String)| {
            let y = pixels(frame.y(value));
            format!(
                "<line x1=\"-4\" x2=\"0\" y1=\"{y}\" y2=\"{y}\"/>\
                 <text x=\"-9\" y=\"{y}\" dy=\"0.32em\" text-anchor=\"end\">{label}</text>"
            )
        };
        ticks(frame.limits.low, frame.limits.high, step).into_iter().map(tick).collect::<String>()
    };
    let gestures = Gestures::new(page, holder, layout);
    let place = move || format!("translate({} {})", pixels(layout.get().left), pixels(layout.get().top));
    let under = move || format!("translate({} {})", pixels(layout.get().left), pixels(layout.get().ribbon_top));
    let width = move || pixels(layout.get().width);
    let height = move || pixels(layout.get().height);
    let ribbon_height = move || pixels(layout.get().ribbon_height);
    let own_height = move || sheet.with(Option::is_some).then(|| format!("{}px", pixels(layout.get().bottom)));
    view! {
        <div class="trace" id="second-trace" node_ref=holder tabindex="0" role="group"
            aria-label=t(|words| words.compare().second())
            aria-describedby="trace-keys" style:height=own_height
            on:pointerdown=move |event| gestures.down(&event)
            on:pointermove=move |event| gestures.moved(&event)
            on:pointerup=move |event| gestures.up(&event)
            on:pointercancel=move |event| gestures.up(&event)
            on:pointerleave=move |event| gestures.left(&event)
            on:wheel=move |event| gestures.wheel(&event)
            on:keydown=move |event| gestures.key(&event)>
            <svg id="second-svg" role="img" aria-label=t(|words| words.compare().second())>
                <defs>
                    <clipPath id="second-clip">
                        <rect width=width height=height />
                    </clipPath>
                    <clipPath id="second-ribbon-clip">
                        <rect width=width height=ribbon_height />
                    </clipPath>
                    <Gradient id="second-gradient".to_owned() frame stops top />
                </defs>
                <g transform=place>
                    <Paper frame />
                    <g clip-path="url(#second-clip)">
                        <path class="trace-band" d=move || path.get() stroke=band stroke-width="8" fill="none" />
                        <path id="second-path" class="trace-path" d=move || path.get() stroke=stroke stroke-width="1.6" fill="none" />
                        <NotReadParts frame explanation=move || second.explanation() />
                        <g class="cursor">{cursor}</g>
                    </g>
                    <rect class="box" width=width height=height />
                    <g class="axis" inner_html=scale></g>
                </g>
                <g transform=under>
                    <rect class="paper" width=width height=ribbon_height />
                    <path class="ribbon" d=ribbon clip-path="url(#second-ribbon-clip)" />
                    <rect class="box" width=width height=ribbon_height />
                </g>
            </svg>
        </div>
    }
}
