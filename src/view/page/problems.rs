//! The one calm place for what could not be opened.

use leptos::prelude::*;

use super::language::{t, words};
use super::recordings::Problem;
use super::state::Page;
use crate::view::i18n::Sentence;

/// So many sentences are written out; a broken archive may have thousands.
const WRITTEN_OUT: usize = 50;

#[component]
pub fn Problems() -> impl IntoView {
    let page = expect_context::<Page>();
    let problems = page.recordings.problems;
    let written = move || problems.with(|problems| problems.iter().take(WRITTEN_OUT).cloned().collect::<Vec<_>>());
    let more = move || problems.with(|problems| problems.len().saturating_sub(WRITTEN_OUT));
    let dismiss = move |sentence: &Sentence| problems.update(|problems| problems.retain(|it| it.sentence != *sentence));
    let say = |sentence: Sentence| move || sentence.say(words());
    view! {
        <div id="problems" role="status" class="problems" class:none=move || problems.with(Vec::is_empty)>
            <Show when=move || !problems.with(Vec::is_empty)>
                <div class="problems-head">
                    <h2>{t(|words| words.problems())}</h2>
                    <button type="button" class="button quiet" on:click=move |_| problems.update(Vec::clear)>
                        {t(|words| words.dismiss_all())}
                    </button>
                </div>
                <ul>
                    <For each=written key=|problem| problem.sentence.key() let(Problem { file, sentence })>
                        <li data-file=file>
                            <span>{say(sentence.clone())}</span>
                            <button type="button" class="button quiet"
                                aria-label=t(|words| words.dismiss()) title=t(|words| words.dismiss())
                                on:click=move |_| dismiss(&sentence)>"\u{00d7}"</button>
                        </li>
                    </For>
                </ul>
                <Show when=move || { more() > 0 }>
                    <p>{move || words().and_more(more())}</p>
                </Show>
            </Show>
        </div>
    }
}
