//! Where the second trace begins.

use leptos::prelude::*;

use super::choices::Choices;
use super::second::Second;
use super::trace::SecondTrace;
use crate::view::page::language::t;
use crate::view::page::state::Page;

/// Whether there is a second trace.
#[derive(Clone, Copy)]
pub struct Compare {
    pub is_shown: RwSignal<bool>,
}

impl Default for Compare {
    fn default() -> Self {
        Self { is_shown: RwSignal::new(false) }
    }
}

#[component]
pub fn ComparePlace() -> impl IntoView {
    let page = expect_context::<Page>();
    let is_shown = Memo::new(move |_| page.compare.is_shown.get() && !page.shows_all_leads());
    move || is_shown.get().then(|| view! { <SecondSection /> })
}

#[component]
fn SecondSection() -> impl IntoView {
    let second = Second::begin(expect_context::<Page>());
    view! {
        <section id="second" class="second"
            aria-label=t(|words| words.compare().second()) data-state=move || second.state()
            data-record=move || second.name() data-explained=move || second.explained()>
            <Choices second />
            <SecondTrace second />
        </section>
    }
}
