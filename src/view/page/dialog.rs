//! What all dialogs do alike.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

pub fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}

/// A click beside the sheet meets the dialog itself.
pub fn close_beside(dialog: NodeRef<Dialog>, event: &MouseEvent) {
    let beside = dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.unchecked_ref()));
    if beside {
        close(dialog);
    }
}
