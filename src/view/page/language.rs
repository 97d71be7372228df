//! The way to the page in the other language.

use leptos::prelude::*;

use super::storage::storage;
use super::words;

/// `public/start.js` reads it.
const STORED_AS: &str = "ecg-lens:language";

#[component]
pub fn LanguageLink() -> impl IntoView {
    let (code, name) = words::OTHER_LANGUAGE;
    let choose = move |_| {
        if let Some(storage) = storage() {
            // Without it, the address alone says so, until the next visit.
            let _ = storage.set_item(STORED_AS, code);
        }
    };
    view! {
        <a class="language" id="language" href=["?lang=", code].concat() hreflang=code lang=code on:click=choose>{name}</a>
    }
}
