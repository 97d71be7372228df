//! A link to what shows: see `view::link` for what it is made of.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::browser;
use crate::view::link::{LONGEST_SECONDS, Link, PackError, Part, Shared as Sent};
use crate::view::page::recordings::Source;
use crate::view::page::state::{Page, TimeUnit};
use crate::view::page::words::{self as page_words, out as words};

/// The recording that is open, as a link holds it; or why none does.
fn recording(page: Page) -> Result<Sent, String> {
    let Some(open) = page.open.get() else { return Err(words::NOT_PACKED.to_owned()) };
    match page.recordings.row(open.row).map(|row| row.source) {
        Some(Source::Demo(demo)) => Ok(Sent::Demo(demo.id.to_owned())),
        _ => Sent::lead(&open.record, open.lead).map_err(|error| match error {
            PackError::TooLong(seconds) => words::too_long(seconds, LONGEST_SECONDS),
            PackError::Empty | PackError::TooLarge => words::NOT_PACKED.to_owned(),
        }),
    }
}

/// The link to what shows of it, and what it holds, in words.
fn link(page: Page, shared: Sent) -> Option<(String, String)> {
    let open = page.open.get()?;
    let is_demo = matches!(shared, Sent::Demo(_));
    let link = Link {
        shared,
        part: Part::of(page.span.get(), open.first_view(), open.whole()),
        question: page.question.get(),
        normalised: page.normalised.get(),
        seconds: page.time_unit.get() == TimeUnit::Seconds,
    };
    let location = window().location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    let link = format!("{origin}{path}#{}", link.to_fragment());
    let holds = match is_demo {
        true => words::LINK_TO_DEMO.to_owned(),
        false => {
            let lead = page_words::lead(&open.record.leads[open.lead].name);
            words::link_holds(&lead, open.record.duration(), link.len())
        }
    };
    Some((link, holds))
}

#[component]
pub fn SharePanel(page: Page) -> impl IntoView {
    // Packed once for all views of it.
    let packed = Memo::new(move |_| recording(page));
    let made = Memo::new(move |_| link(page, packed.get()?).ok_or_else(|| words::NOT_PACKED.to_owned()));
    let field = NodeRef::<Input>::new();
    let outcome = RwSignal::new(None::<&'static str>);
    let copy = move || {
        let Ok((link, _)) = made.get_untracked() else { return };
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
            field.select();
        }
        spawn_local(async move {
            let copied = match browser::copy(&link) {
                Ok(promise) => JsFuture::from(promise).await.is_ok(),
                Err(_) => false,
            };
            let _ = outcome.try_set(Some(if copied { words::COPIED } else { words::COPY_BY_HAND }));
        });
    };
    Effect::new(move |_| {
        if field.get().is_some() {
            copy();
        }
    });
    let body = move || {
        match made.get() {
        Err(why) => view! { <p role="status">{why}</p> }.into_any(),
        Ok((link, holds)) => view! {
            <label for="share-link">{words::LINK}</label>
            <div class="share-line">
                <input type="text" id="share-link" readonly node_ref=field prop:value=link.clone() value=link />
                <button type="button" class="button small" id="share-copy" on:click=move |_| copy()>{words::COPY}</button>
            </div>
            <p role="status" class="share-outcome">{outcome}</p>
            <p class="hint">{holds}</p>
        }
        .into_any(),
    }
    };
    view! { <div class="panel share-panel" id="share-panel" role="group" aria-label=words::SHARE>{body}</div> }
}
