//! What the browser remembers between visits, in a few words each (local storage). For more see `kept`.

use leptos::prelude::window;

/// Nothing in browsers that remember nothing.
pub fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What is remembered under `name`.
pub fn stored(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}
