//! From a gallery to its recordings, opened whole one after the other, and back.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::state::Walk;
use crate::network::Class;
use crate::view::dataset::MemberSource;
use crate::view::page::language::{t, words};
use crate::view::page::state::{Heading, Page, Shared};

impl Page {
    /// Opens a recording of the gallery; the others are before and after it.
    pub fn walk_from_gallery(self, index: usize) {
        let indices = untrack(|| self.room.selected());
        let at = indices.iter().position(|it| *it == index).unwrap_or(0);
        let selection = self.room.selection.get_untracked();
        self.walk_to(Walk { indices: Shared::new(indices), at, selection });
    }

    fn walk_to(self, walk: Walk) {
        let (Some(set), Some(&index)) = (self.room.set.get_untracked(), walk.indices.get(walk.at)) else { return };
        let member = &set.members[index];
        match &member.source {
            MemberSource::File { row, .. } => self.open_row(*row),
            MemberSource::Missing => return,
            MemberSource::Recipe(recipe) => {
                self.forget_reading();
                self.room.leave();
                let row = self.recordings.new_id();
                let record = Shared::new(recipe.record(member.name.as_str()));
                self.show(row, record.clone(), Heading::of(&record));
            }
        }
        self.room.walk.set(Some(walk));
    }

    fn walk_by(self, step: isize) {
        let Some(walk) = self.room.walk.get_untracked() else { return };
        if let Some(at) = walk.at.checked_add_signed(step).filter(|at| *at < walk.indices.len()) {
            self.walk_to(Walk { at, ..walk });
        }
    }

    /// The evaluation takes the sheet again.
    pub fn back_to_set(self) {
        self.forget_reading();
        self.room.walk.set(None);
        self.room.is_shown.set(true);
    }
}

/// Beside the name of a recording of a gallery: its label, and what it was called.
#[component]
pub fn WalkLabel() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let verdict = move || {
        // The next one's label does not stand above the one before.
        if page.reader.opening.with(Option::is_some) {
            return None;
        }
        let index = room.walk.with(|walk| walk.as_ref().and_then(|walk| walk.indices.get(walk.at).copied()))?;
        let probabilities = room.probabilities(index)?;
        let truth = room.set.with(|set| set.as_ref()?.members.get(index)?.class());
        let predicted = Class::of_highest(&probabilities);
        Some(words().evaluation().verdict(truth, predicted, probabilities[predicted.index()]))
    };
    view! { {move || verdict().map(|verdict| view! { <p id="walk-label" class="walk-label">{verdict}</p> })} }
}

/// Above a recording, while there is an evaluation to go back to.
#[component]
pub fn WalkBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let bar = NodeRef::<Div>::new();
    let shown = move || room.set.with(Option::is_some) && !room.is_shown.get();
    let walks = Memo::new(move |_| room.walk.with(Option::is_some));
    // So that the arrow keys walk at once.
    Effect::new(move |_| {
        if let (true, Some(bar)) = (walks.get(), bar.get()) {
            let _ = bar.focus();
        }
    });
    let keys = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            _ => return,
        };
        event.prevent_default();
        page.walk_by(step);
    };
    let place = move || {
        room.walk.with(|walk| {
            let (walk, words) = (walk.as_ref()?, words());
            let title = walk.selection.map(|selection| selection.title(words)).unwrap_or_default();
            Some(words.evaluation().walk(walk.at, walk.indices.len(), &title))
        })
    };
    view! {
        <Show when=shown>
            <div id="walk" class="walk" node_ref=bar tabindex="-1" role="group"
                aria-label=t(|words| words.evaluation().gallery()) on:keydown=keys>
                <button type="button" class="button" id="back-to-set" on:click=move |_| page.back_to_set()>
                    {t(|words| words.evaluation().back())}
                </button>
                <Show when=move || walks.get()>
                    <button type="button" class="button" id="walk-back" on:click=move |_| page.walk_by(-1)>
                        {t(|words| words.evaluation().previous())}
                    </button>
                    <button type="button" class="button" id="walk-on" on:click=move |_| page.walk_by(1)>
                        {t(|words| words.evaluation().next())}
                    </button>
                    <span class="walk-place">{place}</span>
                </Show>
            </div>
        </Show>
    }
}
