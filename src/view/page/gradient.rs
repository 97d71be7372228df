//! The gradients along a trace: a stop at each moment of the importance map. One is the line's; the other, of the same
//! colours and see-through, is that of the soft band behind the line.

use leptos::prelude::*;

use super::state::{Page, Shared};
use crate::explain::Explanation;
use crate::view::colour::{Theme, band_opacity, glow, hex};
use crate::view::geometry::{Frame, StopWindow, decimal, round_top, significant};

/// Stops, and the explanation that they were made of.
#[derive(Clone, PartialEq)]
pub struct Stops {
    explanation: Shared<Explanation>,
    pub window: StopWindow,
}

/// The stops that serve the view; made anew only when the view leaves them.
pub fn stops(
    explanation: impl Fn() -> Option<Shared<Explanation>> + Send + Sync + 'static,
    frame: Memo<Frame>,
) -> Memo<Option<Stops>> {
    Memo::new(move |before: Option<&Option<Stops>>| {
        let explanation = explanation()?;
        let span = frame.get().span;
        if let Some(Some(before)) = before
            && before.explanation == explanation
            && before.window.serves(span)
        {
            return Some(before.clone());
        }
        let window = StopWindow::around(&explanation.importance, span);
        Some(Stops { explanation, window })
    })
}

/// The importance at the top of the colour bar.
pub fn top(page: Page) -> f32 {
    let explanation = page.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.clone()));
    match explanation {
        Some(explanation) => top_of(page, &explanation),
        None => 1.0,
    }
}

/// The importance that has the brightest colour on the trace of `explanation`.
pub fn top_of(page: Page, explanation: &Explanation) -> f32 {
    if page.normalised.get() { explanation.importance.max() } else { round_top(page.raw_highest.get()) }
}

/// `importance` as a share of `top`.
pub fn share(importance: f32, top: f32) -> f32 {
    if top > 0.0 { importance / top } else { 0.0 }
}

/// The gradient of the soft band behind the line whose gradient is called `id`.
pub fn soft(id: &str) -> String {
    format!("soft-{id}")
}

/// Both gradients: `id`, and the [`soft`] one.
#[component]
pub fn Gradient(id: String, frame: Memo<Frame>, stops: Memo<Option<Stops>>, top: Memo<f32>) -> impl IntoView {
    let page = expect_context::<Page>();
    let markup = move || {
        stops
            .with(|stops| stops.as_ref().map_or_else(String::new, |it| markup(&it.window, top.get(), page.theme.get())))
    };
    let soft_markup = move || {
        stops.with(|stops| {
            stops.as_ref().map_or_else(String::new, |it| soft_markup(&it.window, top.get(), page.theme.get()))
        })
    };
    let soft_id = soft(&id);
    let end = move |which: fn((f64, f64)) -> f64| {
        let time = stops.with(|stops| stops.as_ref().map_or(0.0, |stops| which(stops.window.ends())));
        decimal_ascii(frame.get().x(time))
    };
    view! {
        <linearGradient id=id gradientUnits="userSpaceOnUse" y1="0" y2="0"
            x1=move || end(|ends| ends.0) x2=move || end(|ends| ends.1) inner_html=markup />
        <linearGradient id=soft_id gradientUnits="userSpaceOnUse" y1="0" y2="0"
            x1=move || end(|ends| ends.0) x2=move || end(|ends| ends.1) inner_html=soft_markup />
    }
}

/// The `stop` elements; each also carries its raw importance and its time in s.
fn markup(window: &StopWindow, top: f32, theme: Theme) -> String {
    let (start, end) = window.ends();
    let mut text = String::with_capacity(window.stops.len() * 96);
    for stop in &window.stops {
        text.push_str("<stop offset=\"");
        text.push_str(&decimal((stop.time - start) / (end - start), 6));
        text.push_str("\" stop-color=\"");
        text.push_str(&hex(glow(theme, share(stop.importance, top))));
        text.push_str("\" data-importance=\"");
        text.push_str(&significant(f64::from(stop.importance)));
        text.push_str("\" data-time=\"");
        text.push_str(&decimal_ascii(stop.time));
        text.push_str("\"/>");
    }
    text
}

/// The `stop` elements of the soft band, which fades where nothing is important.
pub fn soft_markup(window: &StopWindow, top: f32, theme: Theme) -> String {
    let (start, end) = window.ends();
    let mut text = String::with_capacity(window.stops.len() * 72);
    for stop in &window.stops {
        let share = share(stop.importance, top);
        text.push_str("<stop offset=\"");
        text.push_str(&decimal((stop.time - start) / (end - start), 6));
        text.push_str("\" stop-color=\"");
        text.push_str(&hex(glow(theme, share)));
        text.push_str("\" stop-opacity=\"");
        text.push_str(&decimal(f64::from(band_opacity(share)), 3));
        text.push_str("\"/>");
    }
    text
}

/// For attributes: with a plain hyphen for a minus.
fn decimal_ascii(value: f64) -> String {
    decimal(value, 3).replace('\u{2212}', "-")
}
