//! What the two buttons open: a list of files to take away, and a link.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::hand_on::Panel;
use super::print::Paper;
use super::share::SharePanel;
use super::{files, picture};
use crate::view::i18n::Word;
use crate::view::page::language::t;
use crate::view::page::recordings::Problem;
use crate::view::page::state::Page;

pub fn panels(page: Page, shown: RwSignal<Option<Panel>>, paper: Paper) -> AnyView {
    let holder = |id: &str| document().get_element_by_id(id).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    // A press elsewhere closes it, Escape closes it and goes back to its button, and so does walking out of it.
    let is_outside = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        holder("hand-on").is_some_and(|holder| !holder.contains(target.as_ref()))
    };
    let handles = [
        window_event_listener(ev::pointerdown, move |event| {
            if shown.get_untracked().is_some() && is_outside(event.target()) {
                shown.set(None);
            }
        }),
        window_event_listener(ev::focusin, move |event| {
            if shown.get_untracked().is_some() && is_outside(event.target()) {
                shown.set(None);
            }
        }),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape"
                && let Some(panel) = shown.get_untracked()
            {
                shown.set(None);
                if let Some(button) = holder(if panel == Panel::Export { "export" } else { "share" }) {
                    let _ = button.focus();
                }
            }
        }),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
    let panel = move || match shown.get()? {
        Panel::Export => Some(view! { <ExportPanel page shown paper /> }.into_any()),
        Panel::Share => Some(view! { <SharePanel page /> }.into_any()),
    };
    panel.into_any()
}

/// The files that one can take away.
#[component]
fn ExportPanel(page: Page, shown: RwSignal<Option<Panel>>, paper: Paper) -> impl IntoView {
    let first = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let button = first.get().and_then(|it| it.query_selector("button:not([disabled])").ok().flatten());
        if let Some(button) = button.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = button.focus();
        }
    });
    let act = move |what: &'static str| {
        shown.set(None);
        if let Some(button) = document().get_element_by_id("export") {
            let _ = button.unchecked_into::<web_sys::HtmlElement>().focus();
        }
        let with_name = paper.with_name.get_untracked();
        leptos::task::spawn_local(async move {
            let done = match what {
                "svg" => picture::save_drawing(page, with_name),
                "png" => picture::save_picture(page, with_name).await,
                "csv" => files::save_table(page, with_name).await,
                "json" => files::save_document(page, with_name, paper.weights().await).await,
                _ => {
                    paper.print().await;
                    Ok(())
                }
            };
            if let Err(word) = done {
                page.recordings.complain(Problem::of_nothing(word));
            }
        });
    };
    let is_answered = move || page.answer.with(Option::is_some);
    let item = move |what: &'static str, label: Word, hint: Word, needs_answer: bool| {
        view! {
            <button type="button" class="panel-item" id=format!("export-{what}")
                disabled=move || needs_answer && !is_answered() on:click=move |_| act(what)>
                <span>{t(label)}</span> <span class="hint">{t(hint)}</span>
            </button>
        }
    };
    // A demonstration's name is nobody's.
    let has_name = move || page.open.with(|open| open.as_ref().is_some_and(|it| !it.record.provenance.synthetic));
    let tick = move || {
        has_name().then(|| {
            view! {
                <label class="check" title=t(|words| words.export().with_name_hint())>
                    <input type="checkbox" id="with-name" prop:checked=paper.with_name
                        on:change=move |event| paper.with_name.set(event_target_checked(&event)) />
                    {t(|words| words.export().with_name())}
                </label>
            }
        })
    };
    view! {
        <div class="panel" id="export-panel" role="group" aria-label=t(|words| words.export().export()) node_ref=first>
            {item("svg", |words| words.export().svg(), |words| words.export().svg_hint(), false)}
            {item("png", |words| words.export().png(), |words| words.export().png_hint(), false)}
            {item("csv", |words| words.export().csv(), |words| words.export().csv_hint(), false)}
            {item("json", |words| words.export().json(), |words| words.export().json_hint(), true)}
            {item("print", |words| words.export().print(), |words| words.export().print_hint(), false)}
            {tick}
        </div>
    }
}
