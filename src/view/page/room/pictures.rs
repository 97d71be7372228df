//! Any drawing of the room as a file: two small buttons beside it, and one listener for all of them.

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::view::page::language::words;
use crate::view::page::out::save_drawings;
use crate::view::page::recordings::Problem;
use crate::view::page::state::Page;

/// The buttons, as markup. What they save is the figure or card that they stand in.
pub fn buttons() -> String {
    let button = |kind: &str, title: &str| {
        format!(
            "<button type=\"button\" class=\"save\" data-save=\"{kind}\" title=\"{title}\">{}</button>",
            kind.to_uppercase()
        )
    };
    let words = words().evaluation();
    button("svg", words.save_svg()) + &button("png", words.save_png())
}

/// Saves what the button that was pressed stands in.
pub fn save_pressed(page: Page, event: &MouseEvent) {
    let Some((drawings, name, as_picture)) = pressed(event) else { return };
    spawn_local(async move {
        if let Err(word) = save_drawings(&drawings, &name, as_picture).await {
            page.recordings.complain(Problem::of_nothing(word));
        }
    });
}

fn pressed(event: &MouseEvent) -> Option<(Vec<Element>, String, bool)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let as_picture = target.get_attribute("data-save")? == "png";
    let holder = target.closest("figure, .trace-card").ok()??;
    let name = holder.get_attribute("data-record").or_else(|| holder.get_attribute("id"))?;
    let found = holder.query_selector_all("svg[role=img]").ok()?;
    let drawings = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    Some((drawings, name, as_picture))
}
