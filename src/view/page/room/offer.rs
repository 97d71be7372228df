//! Where an evaluation begins: with a set that was dropped, or with one that is made here.

use leptos::prelude::*;

use super::keeping::{MARK, has_kept};
use super::sheet::RoomSheet;
use super::walk::WalkBar;
use crate::view::dataset::TestSet;
use crate::view::page::kept;
use crate::view::page::language::{t, words};
use crate::view::page::state::{Page, Shared};

/// The room's place on the page, empty until there is a set.
#[component]
pub fn RoomPlace() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    // What was kept comes after the first answer, which matters more, but before another set.
    let is_due = Memo::new(move |_| {
        page.answer.with(Option::is_some) || room.offered.with(Option::is_some) || room.wants_demo_set.get()
    });
    let restores = StoredValue::new(has_kept());
    let elsewhere = kept::when_forgotten_elsewhere(MARK, move || {
        restores.set_value(false);
        page.evaluation_forgotten_elsewhere();
    });
    on_cleanup(move || elsewhere.remove());
    Effect::new(move |_| {
        if is_due.get() && restores.try_update_value(std::mem::take).unwrap_or_default() {
            page.restore_evaluation();
        }
    });
    Effect::new(move |_| {
        if room.offered.with(|offered| offered.as_ref().is_some_and(|offered| page.take_back(offered))) {
            room.offered.set(None);
            page.back_to_set();
        }
    });
    Effect::new(move |_| {
        if room.wants_demo_set.get() {
            room.wants_demo_set.set(false);
            page.classify_set(Shared::new(TestSet::synthetic()));
        }
    });
    let sheet = move || room.is_shown.get().then(|| view! { <RoomSheet /> });
    view! { <Offer /> <WalkBar /> {sheet} }
}

/// A set was dropped that can be classified whole.
#[component]
fn Offer() -> impl IntoView {
    let page = expect_context::<Page>();
    let room = page.room;
    let offer = move |set: Shared<TestSet>| {
        let (counts, without) = set.counts();
        let all = set.members.len();
        view! {
            <section id="offer" class="offer">
                <p>{move || words().evaluation().offer(counts, without)}</p>
                <button type="button" class="button strong" id="classify-all" on:click=move |_| page.classify_set(set.clone())>
                    {move || words().evaluation().classify_all(all)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| room.offered.set(None)>
                    {t(|words| words.evaluation().not_now())}
                </button>
            </section>
        }
    };
    move || room.offered.get().map(offer)
}

/// Begins with a set made here.
#[component]
pub fn DemoSet() -> impl IntoView {
    let room = expect_context::<Page>().room;
    view! {
        <p class="demo-set">
            <button type="button" class="button" id="demo-set" title=t(|words| words.evaluation().demo_set_why())
                on:click=move |_| room.wants_demo_set.set(true)>{t(|words| words.evaluation().demo_set())}</button>
        </p>
    }
}
