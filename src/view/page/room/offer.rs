//! Where an evaluation begins: with a set that was dropped, or with one that is made here.

use leptos::prelude::*;

use super::set::TestSet;
use crate::view::page::state::{Page, Shared};
use crate::view::page::words::room as words;

/// A set was dropped that can be classified whole.
#[component]
pub fn Offer() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let offer = move |set: Shared<TestSet>| {
        let (counts, without) = set.counts();
        let all = set.members.len();
        view! {
            <section id="offer" class="offer">
                <p>{words::offer(counts, without)}</p>
                <button type="button" class="button strong" id="classify-all" on:click=move |_| page.classify_set(set.clone())>
                    {words::classify_all(all)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| room.offered.set(None)>{words::NOT_NOW}</button>
            </section>
        }
    };
    move || room.offered.get().map(offer)
}

/// Begins with a set made here.
#[component]
pub fn DemoSet() -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <p class="demo-set">
            <button type="button" class="button" id="demo-set" title=words::DEMO_SET_WHY
                on:click=move |_| page.classify_set(Shared::new(TestSet::synthetic()))>{words::DEMO_SET}</button>
        </p>
    }
}
