//! The moment under the pointer: its mark on the trace, and the read-out below.

use leptos::prelude::*;

use super::language::{t, words};
use super::state::{Open, Page};
use crate::view::geometry::{Frame, decimal, pixels, significant};
use crate::view::i18n::format;

/// The sample nearest to the cursor: its index, its time, its amplitude as it is drawn.
fn sample_at(page: Page, open: &Open, time: f64) -> Option<(usize, f64, f32)> {
    let index = (time * open.record.fs).round().max(0.0) as usize;
    let index = index.min(open.samples().len().checked_sub(1)?);
    Some((index, index as f64 / open.record.fs, page.drawn(open, |samples, _| samples[index])))
}

fn current(page: Page) -> Option<(usize, f64, f32)> {
    let time = page.cursor.get()?;
    page.open.with(|open| sample_at(page, open.as_ref()?, time))
}

#[component]
pub fn CursorMark(frame: Memo<Frame>) -> impl IntoView {
    let page = expect_context::<Page>();
    move || {
        let (_, time, millivolts) = current(page)?;
        let frame = frame.get();
        let x = pixels(frame.x(time));
        let dot = (!millivolts.is_nan()).then(|| pixels(frame.y(f64::from(millivolts))));
        Some(view! {
            <g class="cursor">
                <line x1=x.clone() x2=x.clone() y1="0" y2=pixels(frame.height) />
                {dot.map(|y| view! { <circle cx=x.clone() cy=y r="4" /> })}
            </g>
        })
    }
}

#[component]
pub fn Readout() -> impl IntoView {
    let page = expect_context::<Page>();
    let text = move || {
        let Some((index, time, millivolts)) = current(page) else {
            return view! { <span class="hint">{t(|words| words.keys_hint())}</span> }.into_any();
        };
        let importance = page.importance_at(time);
        let importance = importance.map(|(here, most)| match page.normalised.get() {
            _ if here.is_nan() => words().quality().unread_here().to_owned(),
            true => decimal(f64::from(if most > 0.0 { here / most } else { 0.0 }), 2),
            false => significant(f64::from(here)),
        });
        let amplitude = if millivolts.is_nan() { words().missing().to_owned() } else { format::millivolts(millivolts) };
        view! {
            <span>{format::at_time(time)}</span>
            <span>{words().at_sample(index)}</span>
            <span>{amplitude}</span>
            {importance.map(|it| view! { <span>{words().importance_at(&it)}</span> })}
        }
        .into_any()
    };
    // Spoken politely: it changes by the keyboard too.
    view! { <p id="readout" class="readout" class:hidden=move || page.shows_all_leads() role="status">{text}</p> }
}
