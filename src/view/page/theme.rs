//! Light or dark paper: as the system has it, unless somebody chose otherwise.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::language::words;
use super::storage::{storage, stored};
use crate::view::colour::Theme;

const STORED_AS: &str = "ecg-lens:theme";

/// What somebody chose, and what the system has.
#[derive(Clone, Copy)]
pub struct Themes {
    chosen: RwSignal<Option<Theme>>,
    system: ReadSignal<Theme>,
    /// The theme that shows.
    pub shown: Memo<Theme>,
}

impl Themes {
    /// Follows the system and what was chosen on an earlier visit.
    pub fn follow() -> Self {
        let (system, set_system) = signal(Theme::Light);
        if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
            let read = {
                let query = query.clone();
                move || set_system.set(if query.matches() { Theme::Dark } else { Theme::Light })
            };
            read();
            let listener = Closure::<dyn Fn()>::new(read);
            let _ = query.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
            listener.forget();
        }
        let stored = stored(STORED_AS);
        let chosen = RwSignal::new(match stored.as_deref() {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        });
        let shown = Memo::new(move |_| chosen.get().unwrap_or_else(|| system.get()));
        // The style sheet reads it at the root, which is outside of what is mounted.
        Effect::new(move |_| {
            let Some(root) = document().document_element() else { return };
            let _ = match chosen.get() {
                Some(theme) => root.set_attribute("data-theme", name(theme)),
                None => root.remove_attribute("data-theme"),
            };
        });
        Self { chosen, system, shown }
    }

    /// The other one; where that is what the system has, the system is followed again.
    fn toggle(self) {
        let other = match self.shown.get_untracked() {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        };
        let chosen = (other != self.system.get_untracked()).then_some(other);
        self.chosen.set(chosen);
        if let Some(storage) = storage() {
            // A browser that keeps nothing forgets it; that is all.
            let _ = match chosen {
                Some(theme) => storage.set_item(STORED_AS, name(theme)),
                None => storage.remove_item(STORED_AS),
            };
        }
    }
}

fn name(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// The button that changes it.
#[component]
pub fn ThemeToggle(themes: Themes) -> impl IntoView {
    let label = move || match themes.shown.get() {
        Theme::Light => words().to_dark(),
        Theme::Dark => words().to_light(),
    };
    view! {
        <button type="button" class="button quiet" id="theme" aria-label=label title=label on:click=move |_| themes.toggle()>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" />
                <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
            </svg>
        </button>
    }
}
