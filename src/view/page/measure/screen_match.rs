//! The dialog in which a screen is held against a bank card, so that a millimetre of the paper is one.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::follow::millimetre;
use crate::view::geometry::{CARD_MM, Screen, decimal};
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;
use crate::view::page::storage;

const STORED_AS: &str = "ecg-lens:screen";
const DIALOG: &str = "screen-match";

/// Below this width, in pixels, the card is held upright.
const NARROW: f64 = 640.0;
/// The slider goes from and to so many pixels to the millimetre.
const LEAST: f64 = 1.5;
const MOST: f64 = 9.0;

/// The screen that was matched on an earlier visit.
pub fn stored() -> Option<Screen> {
    storage::stored(STORED_AS).and_then(|text| Screen::from_stored(&text))
}

pub fn open() {
    let dialog = document().get_element_by_id(DIALOG);
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        let _ = dialog.show_modal();
    }
}

#[component]
pub fn ScreenMatch() -> impl IntoView {
    let measure = expect_context::<Page>().measure;
    let dialog = NodeRef::<Dialog>::new();
    let window_width = || window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(NARROW);
    // The side of the card that is held against the screen, and the other; in mm.
    let side = move || {
        measure.screen.track();
        if window_width() < NARROW { (CARD_MM.1, CARD_MM.0) } else { CARD_MM }
    };
    let (outline, set_outline) = signal(0.0);
    // In pixels to the millimetre; begins with what is known.
    Effect::new(move |_| set_outline.set(millimetre(measure.screen.get())));
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let save = move |_| {
        let screen = Screen::matched(outline.get_untracked(), 1.0, window().device_pixel_ratio());
        if let (Some(screen), Some(storage)) = (screen, storage::storage()) {
            // Where a browser keeps nothing it holds for this visit.
            let _ = storage.set_item(STORED_AS, &screen.to_stored());
        }
        measure.screen.set(screen);
        close();
    };
    let forget = move |_| {
        if let Some(storage) = storage::storage() {
            let _ = storage.remove_item(STORED_AS);
        }
        measure.screen.set(None);
        close();
    };
    let pixels = move |millimetres: f64| decimal(outline.get() * millimetres, 2) + "px";
    let slide = move |event| {
        if let Ok(value) = event_target_value(&event).parse::<f64>() {
            set_outline.set(value.clamp(LEAST, MOST));
        }
    };
    let how = move || match side() == CARD_MM {
        true => words().measurements().screen_wide(),
        false => words().measurements().screen_narrow(),
    };
    view! {
        <dialog id=DIALOG class="card" aria-labelledby="screen-title" node_ref=dialog>
            <div class="card-sheet">
                <div class="card-head">
                    <h2 id="screen-title">{t(|words| words.measurements().screen_title())}</h2>
                    <button type="button" class="button quiet" on:click=move |_| close()>
                        {t(|words| words.measurements().close())}
                    </button>
                </div>
                <p>{how}</p>
                <div class="bank-card" id="bank-card" aria-hidden="true" style:width=move || pixels(side().0)
                    style:height=move || pixels(side().1)></div>
                <input type="range" id="screen-slider"
                    aria-label=t(|words| words.measurements().screen_slider()) min=decimal(LEAST, 2)
                    max=decimal(MOST, 2) step="0.01" prop:value=move || decimal(outline.get(), 2)
                    aria-valuetext=move || words().measurements().card_width(outline.get()) on:input=slide />
                <p class="hint">{t(|words| words.measurements().screen_kept())}</p>
                <div class="card-buttons">
                    <button type="button" class="button strong" id="screen-save" on:click=save>
                        {t(|words| words.measurements().screen_save())}
                    </button>
                    <button type="button" class="button quiet" id="screen-forget" on:click=forget>
                        {t(|words| words.measurements().screen_forget())}
                    </button>
                </div>
            </div>
        </dialog>
    }
}
