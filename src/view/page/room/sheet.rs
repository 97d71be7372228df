//! The room's place on the page: how far the run is, the figures, the galleries, the curves.

use leptos::prelude::*;

use super::curves::CurvePlots;
use super::figures::FiguresTable;
use super::gallery::{Choices, SetGallery};
use super::matrix::Matrix;
use super::out::Downloads;
use super::pictures::save_pressed;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

/// So many reasons are listed.
const MOST_FAILURES: usize = 100;

#[component]
pub fn RoomSheet() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    // Once the run is over, the gallery that one looks for first is open.
    Effect::new(move |_| {
        let is_over = room.progress.with(|it| it.is_some_and(|it| it.is_over));
        if is_over && room.selection.with_untracked(Option::is_none) {
            room.choose_first();
        }
    });
    let is_synthetic = move || room.set.with(|set| set.as_ref().is_some_and(|set| set.is_synthetic));
    view! {
        <section id="room" class="room" on:click=move |event| save_pressed(page, &event)
            aria-label=t(|words| words.evaluation().evaluation())
            data-state=move || room.progress.with(|it| it.map(|it| if it.is_over { "over" } else { "running" }))>
            <h2 class="room-title">
                {t(|words| words.evaluation().evaluation())}
                <Show when=is_synthetic>
                    <span class="tag" title=t(|words| words.evaluation().demo_set_why())>
                        {t(|words| words.synthetic())}
                    </span>
                </Show>
            </h2>
            <RunLine />
            <p class="hint">{t(|words| words.strip().averaged())}</p>
            <Show when=move || room.outcomes.with(|outcomes| !outcomes.is_empty())>
                <div class="room-figures">
                    <Matrix />
                    <FiguresTable />
                </div>
                {move || match room.selection.with(Option::is_some) {
                    true => view! { <SetGallery /> }.into_any(),
                    false => view! { <Choices /> }.into_any(),
                }}
                <CurvePlots />
                <Downloads />
            </Show>
        </section>
    }
}

/// How far it is, and what could not be classified.
#[component]
fn RunLine() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let running = Memo::new(move |_| room.progress.with(|progress| progress.is_some_and(|it| !it.is_over)));
    let text = move || {
        let progress = room.progress.get()?;
        Some(match progress.is_over {
            true => words().evaluation().run_over(progress.done, progress.all, progress.seconds),
            false => words().evaluation().run_progress(progress.done, progress.all, progress.seconds),
        })
    };
    let value = move || room.progress.with(|it| it.map(|it| it.done.to_string()));
    let max = move || room.progress.with(|it| it.map(|it| it.all.max(1).to_string()));
    let failures = Memo::new(move |_| {
        let set = room.set.get();
        set.map(|set| room.outcomes.with(|outcomes| set.failures(outcomes, words()))).unwrap_or_default()
    });
    let listed = move || {
        failures.with(|all| {
            let more = all.len().saturating_sub(MOST_FAILURES);
            let more = (more > 0).then(|| words().evaluation().and_more(more));
            let lines = all.iter().take(MOST_FAILURES).cloned().chain(more);
            lines.map(|line| view! { <li>{line}</li> }).collect_view()
        })
    };
    view! {
        <div class="run-line">
            <Show when=move || running.get()>
                <progress aria-label=t(|words| words.evaluation().evaluation()) value=value max=max></progress>
            </Show>
            <span id="run-text">{text}</span>
            <Show when=move || running.get()>
                <button type="button" class="button" id="stop-run" on:click=move |_| page.stop_run()>
                    {t(|words| words.evaluation().stop())}
                </button>
            </Show>
        </div>
        <Show when=move || failures.with(|failures| !failures.is_empty())>
            <details id="run-failures" class="run-failures">
                <summary>{move || words().evaluation().could_not(failures.with(Vec::len))}</summary>
                <ul>{listed}</ul>
            </details>
        </Show>
    }
}
