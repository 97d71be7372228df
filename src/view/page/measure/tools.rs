//! The tools' buttons, above the trace. As markup, and with one listener for all of them: they are there from the start,
//! when every kilobyte of components is waited for.

use std::fmt::Write;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::parts;
use crate::signal::display_filter::{Band, Mains};
use crate::view::page::language::{t, words};
use crate::view::page::state::Page;
use crate::view::page::toolbar::pressed;

const NOTCHES: [Option<Mains>; 3] = [None, Some(Mains::Fifty), Some(Mains::Sixty)];

#[component]
pub fn Tools() -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    // The element as it was made, with its buttons, is in the document by then.
    Effect::new(move |_| {
        set("calipers", "ariaPressed", pressed(measure.calipers.get()));
        set("measure", "ariaPressed", pressed(measure.panel.get()));
        set("compare", "ariaPressed", pressed(page.compare.is_shown.get()));
        let filter = measure.filter.get();
        set("filter", "selectedIndex", index_of(&Band::ALL, filter.band));
        set("notch", "selectedIndex", index_of(&NOTCHES, filter.notch));
    });
    let press = move |event: web_sys::MouseEvent| match id_of(&event).as_str() {
        "calipers" => measure.calipers.update(|on| *on = !*on),
        "measure" => measure.show_panel(!measure.panel.get_untracked()),
        "compare" => page.compare.is_shown.update(|is_shown| *is_shown = !*is_shown),
        _ => {}
    };
    let choose = move |event: web_sys::Event| {
        let Ok(index) = event_target_value(&event).parse::<usize>() else { return };
        match id_of(&event).as_str() {
            "filter" => measure.filter.update(|filter| filter.band = Band::ALL.get(index).copied().unwrap_or_default()),
            "notch" => measure.filter.update(|filter| filter.notch = NOTCHES.get(index).copied().flatten()),
            _ => {}
        }
    };
    view! {
        <div class="toolbar tools" class:hidden=move || page.shows_all_leads() role="group"
            aria-label=t(|words| words.measurements().tools())
            on:click=press on:change=choose>
            <div class="always" inner_html=move || markup(page)></div>
            {parts::place(page, parts::Place::Options)}
        </div>
    }
}

/// The buttons in the page's language and as they stand. What changes later is set on the elements, which stay until the
/// language changes.
fn markup(page: Page) -> String {
    let (compare, words) = (words().compare(), words().measurements());
    let measure = page.measure;
    let filter = measure.filter.get_untracked();
    let mut html = String::from("<div class=\"segments\">");
    let buttons = [
        ("calipers", words.calipers(), words.calipers_title(), measure.calipers),
        ("measure", words.measurements(), words.measurements_title(), measure.panel),
        ("compare", compare.compare(), compare.compare_title(), page.compare.is_shown),
    ];
    for (id, label, title, on) in buttons {
        let on = pressed(on.get_untracked());
        let _ = write!(
            html,
            "<button type=\"button\" class=\"choice\" id=\"{id}\" title=\"{title}\" aria-pressed=\"{on}\">{label}</button>"
        );
    }
    html += "</div>";
    let bands = Band::ALL.map(|band| (words.band_name(band), filter.band == band));
    let notches = NOTCHES.map(|notch| (words.notch_name(notch), filter.notch == notch));
    let choices = [
        ("filter", words.filter(), words.filter_title(), bands),
        ("notch", words.notch(), words.notch_title(), notches),
    ];
    for (id, label, title, options) in choices {
        let _ = write!(html, "<label class=\"select\" title=\"{title}\"><span>{label}</span><select id=\"{id}\">");
        for (index, (option, is_chosen)) in options.iter().enumerate() {
            let selected = if *is_chosen { " selected" } else { "" };
            let _ = write!(html, "<option value=\"{index}\"{selected}>{option}</option>");
        }
        html += "</select></label>";
    }
    html
}

/// Of the element that was pressed or changed.
fn id_of(event: &web_sys::Event) -> String {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.map(|element| element.id()).unwrap_or_default()
}

fn set(id: &str, property: &str, value: impl Into<JsValue>) {
    if let Some(element) = document().get_element_by_id(id) {
        // Every element takes a property.
        let _ = js_sys::Reflect::set(&element, &property.into(), &value.into());
    }
}

fn index_of<T: PartialEq>(all: &[T], one: T) -> f64 {
    all.iter().position(|it| *it == one).unwrap_or(0) as f64
}
