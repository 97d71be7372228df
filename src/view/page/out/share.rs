//! A link to what shows: see `view::link` for what it is made of.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::browser;
use crate::record::{Lead, Provenance, Record};
use crate::view::geometry::Span;
use crate::view::i18n::{Sentence, Word};
use crate::view::link::{LONGEST_SECONDS, Link, PackError, Part, Shared as Sent};
use crate::view::page::language::{t, words};
use crate::view::page::recordings::Source;
use crate::view::page::state::{Open, Page, TimeUnit};

const NOT_PACKED: Word = |words| words.export().not_packed();

/// The recording that is open, as a link holds it; or why none does.
fn recording(page: Page) -> Result<Sent, Sentence> {
    let Some(open) = page.open.get() else { return Err(Sentence::word(NOT_PACKED)) };
    match page.recordings.row(open.row).map(|row| row.source) {
        Some(Source::Demo(demo)) => Ok(Sent::Demo(demo.id.to_owned())),
        _ => sent(page, &open).map_err(|error| match error {
            PackError::TooLong(seconds) => {
                Sentence::new(move |words| words.export().too_long(seconds, LONGEST_SECONDS))
            }
            PackError::Empty | PackError::TooLarge => Sentence::word(NOT_PACKED),
        }),
    }
}

/// The open lead; of a strip, which a link cannot hold, the window that is explained.
fn sent(page: Page, open: &Open) -> Result<Sent, PackError> {
    page.day.answered.track();
    let Some(part) = page.answered_part() else { return Sent::lead(&open.record, open.lead) };
    let lead = open.record.leads.get(open.lead).ok_or(PackError::Empty)?;
    let samples = lead.samples.get(part).ok_or(PackError::Empty)?.to_vec();
    let leads = vec![Lead { name: lead.name.clone(), samples }];
    let (start, annotations, provenance) = (None, Vec::new(), Provenance::default());
    Sent::lead(&Record { name: String::new(), fs: open.record.fs, leads, start, annotations, provenance }, 0)
}

/// The view within a stretch of the recording, on that stretch's own time; all of it where nothing of it shows.
fn view_within(view: Span, stretch: Span) -> Part {
    let (start, end) = (view.start.max(stretch.start), view.end.min(stretch.end));
    match start < end {
        true => Part::Span(Span { start: start - stretch.start, end: end - stretch.start }),
        false => Part::Whole,
    }
}

/// The link to what shows of it, and what it holds, in words.
fn link(page: Page, shared: Sent) -> Option<(String, Sentence)> {
    let open = page.open.get()?;
    let is_demo = matches!(shared, Sent::Demo(_));
    let explained = page.answered_window().filter(|_| !is_demo).map(|(stretch, _)| stretch);
    let part = match explained {
        Some(stretch) => view_within(page.span.get(), stretch),
        None => Part::of(page.span.get(), open.first_view(), open.whole()),
    };
    let link = Link {
        shared,
        part,
        question: page.question.get(),
        normalised: page.normalised.get(),
        seconds: page.time_unit.get() == TimeUnit::Seconds,
    };
    let location = window().location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    let link = format!("{origin}{path}#{}", link.to_fragment());
    let holds = match is_demo {
        true => Sentence::word(|words| words.export().link_to_demo()),
        false => {
            let lead = open.record.leads[open.lead].name.clone();
            let seconds = explained.map_or(open.record.duration(), Span::length);
            let characters = link.len();
            let holter = page.day.shown.get();
            Sentence::new(move |words| {
                let holds = words.export().link_holds(&words.lead_name(&lead), seconds, characters);
                match (explained, &holter) {
                    (Some(window), Some(holter)) => {
                        let (from, to) = (holter.time_in(words, window.start), holter.time_in(words, window.end));
                        format!("{} {holds}", words.strip().link_window(&from, &to))
                    }
                    _ => holds,
                }
            })
        }
    };
    Some((link, holds))
}

#[component]
pub fn SharePanel(page: Page) -> impl IntoView {
    // Packed once for all views of it.
    let packed = Memo::new(move |_| recording(page));
    let made = Memo::new(move |_| link(page, packed.get()?).ok_or_else(|| Sentence::word(NOT_PACKED)));
    let field = NodeRef::<Input>::new();
    let outcome = RwSignal::new(None::<Word>);
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
            let word: Word = match copied {
                true => |words| words.export().copied(),
                false => |words| words.export().copy_by_hand(),
            };
            let _ = outcome.try_set(Some(word));
        });
    };
    Effect::new(move |_| {
        if field.get().is_some() {
            copy();
        }
    });
    let body = move || match made.get() {
        Err(why) => view! { <p role="status">{move || why.say(words())}</p> }.into_any(),
        Ok((link, holds)) => view! {
            <label for="share-link">{t(|words| words.export().link())}</label>
            <div class="share-line">
                <input type="text" id="share-link" readonly node_ref=field prop:value=link.clone() value=link />
                <button type="button" class="button small" id="share-copy" on:click=move |_| copy()>
                    {t(|words| words.export().copy())}
                </button>
            </div>
            <p role="status" class="share-outcome">{move || outcome.get().map(|word| word(words()))}</p>
            <p class="hint">{move || holds.say(words())}</p>
        }
        .into_any(),
    };
    view! {
        <div class="panel share-panel" id="share-panel" role="group" aria-label=t(|words| words.export().share())>
            {body}
        </div>
    }
}
