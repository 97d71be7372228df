//! The colour bar: which colour is how much importance.

use leptos::prelude::*;

use super::gradient::top;
use super::language::t;
use super::state::Page;
use super::toolbar::pressed;
use crate::view::colour::{Theme, glow, hex};
use crate::view::geometry::{decimal, significant};

/// Stops of the bar: enough that a gradient between them is the ramp.
const STOPS: usize = 16;

/// The whole ramp as a gradient's stops.
pub fn ramp_stops(theme: Theme) -> String {
    let stop = |step: usize| {
        let share = step as f32 / STOPS as f32;
        format!("<stop offset=\"{}\" stop-color=\"{}\"/>", decimal(f64::from(share), 4), hex(glow(theme, share)))
    };
    (0..=STOPS).map(stop).collect()
}

#[component]
pub fn ColourBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let stops = move || ramp_stops(page.theme.get());
    let label = move |share: f32| significant(f64::from(if page.normalised.get() { share } else { share * top(page) }));
    let scale = move |normalised: bool| move |_| page.normalised.set(normalised);
    view! {
        <div class="colour-bar" id="colour-bar" data-scale=move || if page.normalised.get() { "normalised" } else { "raw" }>
            <span class="colour-bar-title">{t(|words| words.importance())}</span>
            <div class="colour-bar-scale">
                <svg width="100%" height="10" aria-hidden="true">
                    <defs>
                        <linearGradient id="bar-gradient" inner_html=stops />
                    </defs>
                    <rect width="100%" height="10" fill="url(#bar-gradient)" />
                </svg>
                <div class="colour-bar-ticks">
                    <span>{move || label(0.0)}</span>
                    <span>{move || label(0.5)}</span>
                    <span>{move || label(1.0)}</span>
                </div>
            </div>
            <div class="segments" role="group" aria-label=t(|words| words.importance_scale())>
                <button type="button" class="choice" id="scale-normalised" title=t(|words| words.normalised_title())
                    aria-pressed=move || pressed(page.normalised.get()) on:click=scale(true)>
                    {t(|words| words.normalised())}
                </button>
                <button type="button" class="choice" id="scale-raw" title=t(|words| words.raw_title())
                    aria-pressed=move || pressed(!page.normalised.get()) on:click=scale(false)>
                    {t(|words| words.raw())}
                </button>
            </div>
        </div>
    }
}
