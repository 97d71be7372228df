//! The one calm place for what could not be opened.

use leptos::prelude::*;

use super::recordings::Problem;
use super::state::Page;
use super::words;

/// So many sentences are written out; a broken archive may have thousands.
const WRITTEN_OUT: usize = 50;

#[component]
pub fn Problems() -> impl IntoView {
    let page = expect_context::<Page>();
    let problems = page.recordings.problems;
    let written = move || problems.with(|problems| problems.iter().take(WRITTEN_OUT).cloned().collect::<Vec<_>>());
    let more = move || problems.with(|problems| problems.len().saturating_sub(WRITTEN_OUT));
    let dismiss = move |sentence: &str| problems.update(|problems| problems.retain(|it| it.sentence != sentence));
    view! {
        <div id="problems" role="status" class="problems" class:none=move || problems.with(Vec::is_empty)>
            <Show when=move || !problems.with(Vec::is_empty)>
                <div class="problems-head">
                    <h2>{words::PROBLEMS}</h2>
                    <button type="button" class="button quiet" on:click=move |_| problems.update(Vec::clear)>
                        {words::DISMISS_ALL}
                    </button>
                </div>
                <ul>
                    <For each=written key=|problem| problem.sentence.clone() let(Problem { file, sentence })>
                        <li data-file=file>
                            <span>{sentence.clone()}</span>
                            <button type="button" class="button quiet" aria-label=words::DISMISS title=words::DISMISS
                                on:click=move |_| dismiss(&sentence)>"\u{00d7}"</button>
                        </li>
                    </For>
                </ul>
                <Show when=move || { more() > 0 }>
                    <p>{move || words::and_more(more())}</p>
                </Show>
            </Show>
        </div>
    }
}
