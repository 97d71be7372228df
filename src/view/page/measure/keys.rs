//! The list of keys, under `?` and a button in the foot.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::view::page::dialog;
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;

/// Asks for the list; `?` anywhere does the same.
#[component]
pub fn KeysButton() -> impl IntoView {
    let measure = expect_context::<Page>().measure;
    let ask = move |event: web_sys::KeyboardEvent| {
        // Nobody who writes asks for keys.
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_writing = element.is_some_and(|it| matches!(it.tag_name().as_str(), "INPUT" | "TEXTAREA"));
        if event.key() == "?" && !is_writing && !(event.ctrl_key() || event.meta_key() || event.alt_key()) {
            event.prevent_default();
            measure.keys.set(true);
        }
    };
    let listener = Closure::<dyn Fn(web_sys::KeyboardEvent)>::new(ask);
    let _ = window().add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
    // It is there as long as the page.
    listener.forget();
    view! {
        <button type="button" class="link" id="keys-open" on:click=move |_| measure.keys.set(true)>
            {t(|words| words.measurements().keys())}
        </button>
    }
}

#[component]
pub fn KeyList() -> impl IntoView {
    let measure = expect_context::<Page>().measure;
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && measure.keys.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let row = |(keys, what): &(&str, &str)| format!("<dt><kbd>{keys}</kbd></dt><dd>{what}</dd>");
    let rows = move || words().measurements().key_list().iter().map(row).collect::<String>();
    view! {
        <dialog id="keys" class="card" aria-labelledby="keys-title" node_ref=dialog on:click=move |event| dialog::close_beside(dialog, &event)
            on:close=move |_| measure.keys.set(false)>
            <div class="card-sheet">
                <div class="card-head">
                    <h2 id="keys-title">{t(|words| words.measurements().keys_title())}</h2>
                    <button type="button" class="button quiet" on:click=move |_| dialog::close(dialog)>
                        {t(|words| words.measurements().close())}
                    </button>
                </div>
                <dl class="key-list" inner_html=rows></dl>
            </div>
        </dialog>
    }
}
