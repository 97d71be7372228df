//! Parts of the page that are fetched when they are first wanted, each a WebAssembly module of its own.
//!
//! A function marked `#[wasm_split(name, wasm_split_path = leptos::wasm_split, fallible)]` and all that only it and
//! others of the same name reach are taken out of the page's module when it is built (`.ci/bin/wasm-bindgen` has
//! wasm-split-cli do it). Called, it first fetches its part.
//!
//! There are three, since what several share becomes yet more files, one for each combination of them: `tools` (what one
//! does with a trace), `sets` (what one does with many recordings, or with a long one) and `out` (what is taken away, and
//! what can wait until the first answer is shown).

use std::future::Future;
use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use super::language::t;
use super::state::Page;

/// The part could not be fetched.
pub struct NotFetched;

impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// What a part that shows something returns.
pub type Part = Result<AnyView, NotFetched>;

/// After the first answer the browser has better things to fetch: the reader, and the GPU's engine.
const A_WHILE: Duration = Duration::from_millis(1500);

/// Has [`Page::is_settled`] follow the first answer.
pub fn settle(page: Page) {
    let waits = StoredValue::new(true);
    Effect::new(move |_| {
        // A recording that cannot be answered is somebody's first as well.
        let is_over = page.answer.with(Option::is_some) || page.failure.with(Option::is_some);
        if is_over && waits.try_update_value(std::mem::take).unwrap_or_default() {
            set_timeout(move || page.is_settled.set(true), A_WHILE);
        }
    });
}

/// The place of a part: empty until it is fetched, and a sentence with another try where it cannot be.
pub fn lazily<Fetched>(fetch: impl Fn() -> Fetched + 'static) -> AnyView
where
    Fetched: Future<Output = Part> + 'static,
{
    // A view is shown once; this one is made far from where it goes.
    let made = StoredValue::new_local(None::<Part>);
    let is_made = RwSignal::new(0);
    let begin = StoredValue::new_local(move || {
        // Its components find the page's context, and end with this place.
        let fetched = ScopedFuture::new_untracked(fetch());
        spawn_local(async move {
            made.try_set_value(Some(fetched.await));
            // Where the place has gone meanwhile, nobody is told.
            let _ = is_made.try_update(|count| *count += 1);
        });
    });
    begin.with_value(|begin| begin());
    let place = move || {
        is_made.track();
        match made.try_update_value(Option::take).flatten() {
            None => ().into_any(),
            Some(Ok(view)) => view,
            Some(Err(NotFetched)) => view! {
                <p class="problem" role="alert">
                    {t(|words| words.part_not_fetched())} " "
                    <button type="button" class="button" on:click=move |_| begin.with_value(|begin| begin())>
                        {t(|words| words.try_again())}
                    </button>
                </p>
            }
            .into_any(),
        }
    };
    place.into_any()
}
