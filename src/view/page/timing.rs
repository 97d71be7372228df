//! User Timing measures, so that anybody can see the speed in the browser's own tools.
//!
//! - `ecg-lens:first-trace`: from the navigation to the first coloured trace in the document.
//! - `ecg-lens:explain`: from the request to the importance in the document, each time.

use std::cell::Cell;

use leptos::prelude::{request_animation_frame, window};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// With times instead of marks; web-sys counts this form among the unstable ones.
    #[wasm_bindgen(js_namespace = performance, js_name = measure, catch)]
    fn performance_measure(name: &str, options: &js_sys::Object) -> Result<JsValue, JsValue>;
}

/// Milliseconds since the navigation.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Called when an answer to a request of `sent` has been put into the page's state.
pub fn explained(sent: f64) {
    thread_local! { static FIRST: Cell<bool> = const { Cell::new(true) } }
    // By the next frame the document shows it.
    request_animation_frame(move || {
        measure("ecg-lens:explain", sent);
        if FIRST.replace(false) {
            measure("ecg-lens:first-trace", 0.0);
        }
    });
}

fn measure(name: &str, start: f64) {
    let options = js_sys::Object::new();
    // Without the measure the page works as well.
    let _ = js_sys::Reflect::set(&options, &"start".into(), &start.into());
    let _ = js_sys::Reflect::set(&options, &"end".into(), &now().into());
    let _ = performance_measure(name, &options);
}
