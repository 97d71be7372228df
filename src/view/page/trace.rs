//! The trace on its paper: one path, whose stroke is a gradient with the importance's stops; below it the ribbon that
//! says the same without colour, and the axes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{ResizeObserver, ResizeObserverEntry};

use super::annotations::{self, Annotations};
use super::axes::{AmplitudeAxis, TimeAxis};
use super::cursor::CursorMark;
use super::day::Unexplained;
use super::gestures::Gestures;
use super::gradient::{Gradient, stops, top};
use super::language::t;
use super::measure::{Overlay, TracePlace};
use super::not_read::NotReadParts;
use super::paper::Paper;
use super::ribbon::Ribbon;
use super::state::Page;
use crate::view::colour::{glow, hex};
use crate::view::geometry::{Frame, Sheet, pixels, trace_path};

/// Where the parts of the drawing stand, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    pub left: f64,
    pub top: f64,
    /// Of the plot.
    pub width: f64,
    pub height: f64,
    pub ribbon_top: f64,
    pub ribbon_height: f64,
    /// The line on which the axis' title stands.
    pub bottom: f64,
}

impl Layout {
    /// `above`: what stands over the plot, in pixels. On a `sheet` of paper the plot is as large as that, and the whole
    /// as high as it needs.
    pub fn of((width, height): (f64, f64), above: f64, sheet: Option<Sheet>) -> Self {
        let (left, axis) = Self::margins(width);
        let (top, gap, ribbon_height) = (1.0 + above, 6.0, 22.0);
        let others = top + gap + ribbon_height + axis;
        let plot_height = sheet.map_or((height - others).max(40.0), |sheet| sheet.height);
        Self {
            left,
            top,
            width: sheet.map_or(Self::room_across(width), |sheet| sheet.width),
            height: plot_height,
            ribbon_top: top + plot_height + gap,
            ribbon_height,
            bottom: plot_height + others - 6.0,
        }
    }

    /// What is left for the plot of so wide an element, in pixels.
    pub fn room_across(width: f64) -> f64 {
        (width - Self::margins(width).0 - 1.0).max(40.0)
    }

    /// Room for the labels, whose size follows the screen's: on the left the title, and numbers as long as -0.25.
    fn margins(width: f64) -> (f64, f64) {
        match width {
            ..560.0 => (56.0, 44.0),
            560.0..1700.0 => (60.0, 44.0),
            _ => (84.0, 54.0),
        }
    }
}

#[component]
pub fn Trace() -> impl IntoView {
    let page = expect_context::<Page>();
    let holder = NodeRef::<Div>::new();
    let size = size_of(holder);
    let above = Memo::new(move |_| {
        page.open.with(|open| open.as_ref().map_or(0.0, annotations::room)) + page.measure.room(size.get().0)
    });
    let sheet = page.measure.sheet;
    let layout = Memo::new(move |_| Layout::of(size.get(), above.get(), sheet.get()));
    let frame = Memo::new(move |_| {
        let Layout { width, height, .. } = layout.get();
        let limits = sheet.get().map_or_else(|| page.limits.get(), |sheet| sheet.limits);
        Frame { span: page.span.get(), limits, width, height }
    });
    // Two lines are drawn along it, of which one is the band.
    let path = Memo::new(move |_| {
        let draw = |open: &super::state::Open| {
            page.drawn(open, |samples, envelope| trace_path(samples, envelope, open.record.fs, &frame.get()))
        };
        page.open.with(|open| open.as_ref().map(draw))
    });
    let explanation = page.coloured();
    let stops = stops(move || explanation.get(), frame);
    let top = Memo::new(move |_| top(page));
    // A pen as fine as what it draws, and the width of the band behind.
    let weights = Memo::new(move |_| {
        let per_pixel = frame.with(|frame| frame.span.length() / frame.width);
        let samples = page.open.with(|open| open.as_ref().map_or(0.0, |open| open.record.fs)) * per_pixel;
        if samples < 1.0 {
            ("2", "10")
        } else if samples < 4.0 {
            ("1.6", "8")
        } else {
            ("1.2", "5")
        }
    });
    let stroke = move || match page.answer.with(Option::is_some) {
        true => "url(#trace-gradient)".to_owned(),
        false => hex(glow(page.theme.get(), 0.0)),
    };
    let band = move || if page.answer.with(Option::is_some) { "url(#soft-trace-gradient)" } else { "none" };
    let gestures = Gestures::new(page, holder, layout);
    let place_of_trace = TracePlace { holder, size, layout, frame };
    // On paper, what the drawing needs; else the style sheet says.
    let own_height = move || sheet.with(Option::is_some).then(|| format!("{}px", pixels(layout.get().bottom + 6.0)));
    let at = move || format!("translate({} {})", pixels(layout.get().left), pixels(layout.get().top));
    let width = move || pixels(layout.get().width);
    let height = move || pixels(layout.get().height);
    view! {
        <div class="trace" id="trace" class:hidden=move || page.shows_all_leads() class:on-paper=move || sheet.with(Option::is_some)
            style:height=own_height node_ref=holder tabindex="0" role="group" aria-label=t(|words| words.trace())
            aria-describedby="trace-keys"
            on:pointerdown=move |event| gestures.down(&event)
            on:pointermove=move |event| gestures.moved(&event)
            on:pointerup=move |event| gestures.up(&event)
            on:pointercancel=move |event| gestures.up(&event)
            on:pointerleave=move |event| gestures.left(&event)
            on:wheel=move |event| gestures.wheel(&event)
            on:keydown=move |event| gestures.key(&event)>
            <svg id="trace-svg" role="img" aria-label=t(|words| words.trace_drawing())>
                <defs>
                    <clipPath id="trace-clip">
                        <rect width=width height=height />
                    </clipPath>
                    <Gradient id="trace-gradient".to_owned() frame stops top />
                </defs>
                <g transform=at>
                    <Paper frame />
                    <g clip-path="url(#trace-clip)">
                        <path class="trace-band" d=move || path.get() stroke=band stroke-width=move || weights.get().1 fill="none" />
                        <path id="trace-path" class="trace-path" d=move || path.get() stroke=stroke
                            stroke-width=move || weights.get().0 fill="none" />
                        <Unexplained frame />
                        <NotReadParts frame explanation=move || explanation.get() />
                        <CursorMark frame />
                    </g>
                    <rect class="box" width=width height=height />
                    <Annotations frame />
                    <AmplitudeAxis frame layout />
                </g>
                <Ribbon frame layout stops />
                <TimeAxis frame layout />
            </svg>
            <Overlay place=place_of_trace />
            <p id="trace-keys" class="visually-hidden">{t(|words| words.keys())}</p>
        </div>
    }
}

/// The element's size in pixels, followed.
pub fn size_of(holder: NodeRef<Div>) -> ReadSignal<(f64, f64)> {
    let (size, set_size) = signal((960.0, 420.0));
    // The observer needs the element, which is there only after the first drawing.
    Effect::new(move |_| {
        let Some(element) = holder.get() else { return };
        let on_resize = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let entry: ResizeObserverEntry = entries.get(0).unchecked_into();
            let content = entry.content_rect();
            set_size.set((content.width(), content.height()));
        });
        if let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&element);
        }
        // The trace is there as long as the page is.
        on_resize.forget();
    });
    size
}
