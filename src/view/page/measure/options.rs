//! Choices about the tools in use: the paper's speed and gain, how calipers behave.

use leptos::prelude::*;

use super::screen_match;
use crate::view::geometry::PaperScale;
use crate::view::i18n::{Word, format};
use crate::view::page::language::t;
use crate::view::page::state::Page;
use crate::view::page::toolbar::pressed;

#[component]
pub fn Options() -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    let has_paper = Memo::new(move |_| measure.paper.with(Option::is_some) && !page.shows_all_leads());
    let calipers = move || {
        measure.calipers.get().then(|| {
            let toggle = |id: &'static str, label: Word, title: Word, on: RwSignal<bool>| {
                view! {
                    <button type="button" class="choice" id=id title=t(title) aria-pressed=move || pressed(on.get())
                        on:click=move |_| on.update(|on| *on = !*on)>{t(label)}</button>
                }
            };
            view! {
                <div class="segments">
                    {toggle("snap", |words| words.measurements().snap(), |words| words.measurements().snap_title(),
                        measure.snaps)}
                    {toggle("march", |words| words.measurements().march(), |words| words.measurements().march_title(),
                        measure.marches)}
                </div>
            }
        })
    };
    let paper = move || {
        has_paper.get().then(|| {
            view! {
                {choices("speed", |words| words.measurements().speed(),
                    PaperScale::SPEEDS.map(|it| (it, format::paper_speed(it))), measure.paper,
                    |scale| &mut scale.mm_per_second)}
                {choices("gain", |words| words.measurements().gain(),
                    PaperScale::GAINS.map(|it| (it, format::paper_gain(it))), measure.paper,
                    |scale| &mut scale.mm_per_millivolt)}
                <button type="button" class="choice" id="match-screen" on:click=move |_| screen_match::open()>
                    {t(|words| words.measurements().match_screen())}
                </button>
            }
        })
    };
    view! { {calipers} {paper} }
}

/// One of several scales.
fn choices<const N: usize>(
    name: &'static str,
    label: Word,
    choices: [(u8, String); N],
    paper: RwSignal<Option<PaperScale>>,
    of: fn(&mut PaperScale) -> &mut u8,
) -> AnyView {
    let is_chosen = move |value: u8| paper.get().is_some_and(|mut scale| *of(&mut scale) == value);
    let buttons = choices.map(|(value, text)| {
        view! {
            <button type="button" class="choice" id=format!("{name}-{value}") aria-pressed=move || pressed(is_chosen(value))
                on:click=move |_| paper.update(|scale| {
                    if let Some(scale) = scale {
                        *of(scale) = value;
                    }
                })>{text}</button>
        }
    });
    view! { <div class="segments" role="group" aria-label=t(label)>{buttons.collect_view()}</div> }.into_any()
}
