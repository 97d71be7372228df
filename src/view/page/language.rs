//! The page's language: chosen when it starts, and changed at any time without a reload. What is drawn follows it, for
//! every word is asked for where it is drawn.

use std::sync::LazyLock;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::storage::{storage, stored};
use crate::view::i18n::{Language, Word, Words};

const STORED_AS: &str = "ecg-lens:language";
/// The parameter of the address that asks for a language.
const PARAMETER: &str = "lang";

#[wasm_bindgen]
extern "C" {
    /// What the visitor reads, the best first.
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = languages)]
    static BROWSER_LANGUAGES: js_sys::Array;

    // See `out::browser` for why it is not web-sys' own.
    #[wasm_bindgen(thread_local_v2, js_name = history)]
    static HISTORY: JsValue;
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(data: &JsValue, title: &str, address: &str) -> Result<(), JsValue>;
}

/// One for all of the page, also where no component is.
static CURRENT: LazyLock<ArcRwSignal<Language>> = LazyLock::new(|| ArcRwSignal::new(Language::default()));

/// The words of the page's language, followed by whatever view, memo or effect asks for them.
pub fn words() -> &'static dyn Words {
    CURRENT.get().words()
}

/// The words of the moment, for what is written once and stays: a file, a print.
pub fn words_now() -> &'static dyn Words {
    CURRENT.get_untracked().words()
}

/// A word for a view, which follows the language. All of them have one type, so that views of words share their code.
pub fn t(word: Word) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || word(words())
}

/// Begins with what the address asks for, what was chosen on an earlier visit, or what the browser prefers.
pub fn begin() {
    let of_browser: Vec<String> =
        BROWSER_LANGUAGES.with(|languages| languages.iter().filter_map(|it| it.as_string()).collect());
    set(Language::first_of(asked().into_iter().chain(stored(STORED_AS)).chain(of_browser)));
}

/// What the page's address asks for.
fn asked() -> Option<String> {
    web_sys::UrlSearchParams::new_with_str(&window().location().search().ok()?).ok()?.get(PARAMETER)
}

fn set(language: Language) {
    CURRENT.set(language);
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.words().html_lang());
    }
}

/// Changes the language, also for later visits.
fn choose(language: Language) {
    set(language);
    let code = language.words().code();
    if let Some(storage) = storage() {
        // A browser that keeps nothing forgets it; that is all.
        let _ = storage.set_item(STORED_AS, code);
    }
    // An address that asks for a language would win at the next reload.
    if asked().is_some()
        && let Ok(address) = window().location().href().and_then(|address| web_sys::Url::new(&address))
    {
        address.search_params().set(PARAMETER, code);
        // The step stays the recording's that is open (see `visits`).
        let step = HISTORY.with(|history| js_sys::Reflect::get(history, &"state".into())).unwrap_or(JsValue::NULL);
        let _ = replace_state(&step, "", &address.href());
    }
}

/// The button that changes to the other language, under that one's own name.
#[component]
pub fn LanguageButton() -> impl IntoView {
    let other = || CURRENT.get().next();
    view! {
        <button type="button" class="language" id="language" lang=move || other().words().html_lang()
            on:click=move |_| choose(CURRENT.get_untracked().next())>{move || other().words().name()}</button>
    }
}
