//! The browser's Back and Forward: each recording that was opened is a step. What shows of it, and which question was
//! asked, is none; a link in the address (see `view::link`) stays with the step that it belongs to.

use js_sys::{Date, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::recordings::Source;
use super::state::Page;

#[wasm_bindgen]
extern "C" {
    // See `out::browser` for why they are not web-sys' own.
    #[wasm_bindgen(js_namespace = history, js_name = pushState, catch)]
    fn push_state(data: &JsValue, title: &str, address: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(data: &JsValue, title: &str, address: &str) -> Result<(), JsValue>;
}

/// How a recording comes on the page that is no new step.
#[derive(Clone, Copy, PartialEq)]
enum Arrival {
    /// The browser is at its step already: by Back or Forward, or by a link in the address.
    AtItsStep(u32),
    /// In the place of one that is not there any more.
    InPlace(u32),
}

#[derive(Clone, Copy)]
pub struct Visits {
    arrival: StoredValue<Option<Arrival>>,
    /// Tells this visit's rows from those of earlier ones, whose steps the browser still has.
    visit: StoredValue<f64>,
}

impl Default for Visits {
    fn default() -> Self {
        Self { arrival: StoredValue::new(None), visit: StoredValue::new(Date::now()) }
    }
}

impl Visits {
    /// The recording of row `row` is about to be opened, and the browser is at its step.
    pub fn at_its_step(self, row: u32) {
        self.arrival.set_value(Some(Arrival::AtItsStep(row)));
    }

    /// The recording of row `row` is about to be opened in the place of the one that is open.
    pub fn in_place(self, row: u32) {
        self.arrival.set_value(Some(Arrival::InPlace(row)));
    }

    /// As long as the page is there.
    pub fn follow(page: Page) {
        let row = Memo::new(move |_| page.open.with(|open| open.as_ref().map(|open| open.row)));
        Effect::new(move |before: Option<Option<u32>>| {
            let before = before.flatten();
            let Some(row) = row.get().filter(|row| Some(*row) != before) else { return before };
            let arrival = page.visits.arrival.try_update_value(Option::take).flatten();
            let step = JsValue::from(page.step(row));
            // A browser that refuses keeps no steps; that is all.
            let _ = match (before, arrival) {
                (Some(_), Some(Arrival::InPlace(next))) if next == row => replace_state(&step, "", &address(false)),
                (Some(_), Some(Arrival::AtItsStep(next))) if next == row => replace_state(&step, "", &address(true)),
                (Some(_), _) => push_state(&step, "", &address(false)),
                (None, _) => replace_state(&step, "", &address(true)),
            };
            Some(row)
        });
        let listener = window_event_listener_untyped("popstate", move |event| {
            let step = Reflect::get(&event, &"state".into()).ok().and_then(|step| step.as_string());
            let Some(row) = step.and_then(|step| page.row_of_step(&step)) else { return };
            if page.open.with_untracked(|open| open.as_ref().is_none_or(|open| open.row != row)) {
                page.visits.at_its_step(row);
                page.open_row(row);
            }
        });
        on_cleanup(move || listener.remove());
    }
}

impl Page {
    /// What the browser keeps of a step: demonstrations are the same at every visit.
    fn step(self, row: u32) -> String {
        match self.recordings.row(row).map(|row| row.source) {
            Some(Source::Demo(demo)) => format!("demo:{}", demo.id),
            _ => format!("row:{}:{row}", self.visits.visit.get_value()),
        }
    }

    /// The row of a step, if it is still listed.
    fn row_of_step(self, step: &str) -> Option<u32> {
        if let Some(id) = step.strip_prefix("demo:") {
            let is = |source: &Source| matches!(source, Source::Demo(demo) if demo.id == id);
            return self
                .recordings
                .demos
                .with_untracked(|rows| rows.iter().find(|row| is(&row.source)).map(|it| it.id));
        }
        let (visit, row) = step.strip_prefix("row:")?.split_once(':')?;
        let is_of_this_visit = visit == self.visits.visit.get_value().to_string();
        self.recordings.row(row.parse().ok().filter(|_| is_of_this_visit)?).map(|row| row.id)
    }
}

/// The page's address, with the fragment that may hold a link or without.
fn address(with_fragment: bool) -> String {
    let location = window().location();
    let fragment = if with_fragment { location.hash().unwrap_or_default() } else { String::new() };
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default() + &fragment
}
