//! The drawing that shows, as an SVG file of its own or as a picture: the page's own elements, with the colours and
//! fonts that its style sheet gives them written into them.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

use super::browser;
use super::files::file_name;
use crate::view::geometry::{pixels, significant};
use crate::view::page::gradient::top;
use crate::view::page::state::Page;
use crate::view::page::words::{self as page_words, out as words};

/// What the style sheet says of a drawing.
const STYLED: [&str; 11] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linejoin",
    "stroke-linecap",
    "font-size",
    "font-weight",
    "paint-order",
    "text-anchor",
    "display",
    "visibility",
];
/// Around the drawing, and under it for the caption and the colour bar; in pixels.
const MARGIN: f64 = 16.0;
const LEGEND: f64 = 52.0;
const BAR: f64 = 208.0;
/// Pixels of a picture to one on the screen.
const SCALE: f64 = 2.0;

/// What shows as a drawing, and its size.
struct Drawing {
    svg: String,
    size: (f64, f64),
    name: String,
}

pub fn save_drawing(page: Page, with_name: bool) -> Result<(), &'static str> {
    let Some(drawing) = drawing(page, with_name, "svg") else { return Err(words::NOT_DRAWN) };
    let pieces = js_sys::Array::of1(&drawing.svg.into());
    browser::save_text(&drawing.name, "image/svg+xml", &pieces).map_err(|_| words::NOT_SAVED)
}

pub async fn save_picture(page: Page, with_name: bool) -> Result<(), &'static str> {
    let Some(drawing) = drawing(page, with_name, "png") else { return Err(words::NOT_DRAWN) };
    let picture = browser::png(&drawing.svg, drawing.size, SCALE).await.map_err(|_| words::NOT_DRAWN)?;
    browser::save(&drawing.name, &picture).map_err(|_| words::NOT_SAVED)
}

fn drawing(page: Page, with_name: bool, extension: &str) -> Option<Drawing> {
    let open = page.open.get_untracked()?;
    let id = if untrack(|| page.shows_all_leads()) { "leads-svg" } else { "trace-svg" };
    let shown = document().get_element_by_id(id)?;
    let place = shown.get_bounding_client_rect();
    let (width, height) = (place.width(), place.height());
    let copy = styled_copy(&shown).ok()?;
    let set = |name: &str, value: &str| copy.set_attribute(name, value).ok();
    set("x", &pixels(MARGIN))?;
    set("y", &pixels(MARGIN))?;
    set("width", &pixels(width))?;
    set("height", &pixels(height))?;
    let root = document().document_element()?;
    let ground = style_of(&root, "background-color");
    let (ink, font) = (style_of(&root, "color"), style_of(&root, "font-family").replace('"', "'"));
    let (whole_width, whole_height) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN + LEGEND);
    let size = (whole_width.ceil(), whole_height.ceil());
    let legend = legend(page, &ink, MARGIN + height, size.0);
    let (w, h) = (pixels(size.0), pixels(size.1));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"{font}\"><rect width=\"{w}\" height=\"{h}\" fill=\"{ground}\"/>{}{legend}</svg>",
        browser::xml(&copy)
    );
    Some(Drawing { svg, size, name: file_name(&open, with_name, extension) })
}

/// A copy that needs no style sheet, without the mark of the read-out.
fn styled_copy(shown: &Element) -> Result<Element, JsValue> {
    let copy: Element = shown.clone_node_with_deep(true)?.unchecked_into();
    let (originals, copies) = (shown.query_selector_all("*")?, copy.query_selector_all("*")?);
    let mut marks: Vec<Element> = Vec::new();
    for index in 0..originals.length() {
        let (Some(original), Some(copied)) = (originals.get(index), copies.get(index)) else { continue };
        let (original, copied): (Element, Element) = (original.unchecked_into(), copied.unchecked_into());
        if copied.get_attribute("class").as_deref() == Some("cursor") {
            marks.push(copied);
            continue;
        }
        if matches!(original.tag_name().as_str(), "path" | "rect" | "line" | "circle" | "text" | "tspan" | "polyline") {
            let Some(style) = window().get_computed_style(&original)? else { continue };
            for name in STYLED {
                if !copied.has_attribute(name) {
                    let value = style.get_property_value(name)?;
                    let is_default = matches!(
                        (name, value.as_str()),
                        (_, "")
                            | ("display", "inline" | "block")
                            | ("visibility", "visible")
                            | ("paint-order", "normal")
                            | ("stroke", "none")
                            | ("text-anchor", "start")
                    );
                    if !is_default {
                        copied.set_attribute(name, &value)?;
                    }
                }
            }
        }
        copied.remove_attribute("class")?;
    }
    for mark in marks {
        let mark: &Node = &mark;
        if let Some(parent) = mark.parent_node() {
            parent.remove_child(mark)?;
        }
    }
    Ok(copy)
}

fn style_of(element: &Element, name: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
}

/// The answer in words, and the colour bar.
fn legend(page: Page, ink: &str, top_edge: f64, width: f64) -> String {
    let Some(answer) = page.answer.get_untracked() else { return String::new() };
    let it = &answer.explanation;
    let caption = words::caption(it.label, it.probabilities[it.label.index()], it.class);
    let stops = document().get_element_by_id("bar-gradient").map(|bar| bar.inner_html()).unwrap_or_default();
    let most = if page.normalised.get_untracked() { 1.0 } else { f64::from(untrack(|| top(page))) };
    let left = width - MARGIN - BAR;
    let text = |x: f64, y: f64, anchor: &str, size: u32, words: &str| {
        format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{ink}\">{words}</text>",
            pixels(x),
            pixels(top_edge + y)
        )
    };
    let ticks = [0.0, 0.5, 1.0].map(|share| {
        let anchor = ["start", "middle", "end"][(share * 2.0) as usize];
        text(left + BAR * share, 48.0, anchor, 12, &significant(most * share))
    });
    // A narrow drawing has the words above the bar.
    let (caption_y, bar_y, title) = match width < 640.0 {
        true => (20.0, 28.0, String::new()),
        false => (32.0, 24.0, text(left - 12.0, 33.0, "end", 13, page_words::IMPORTANCE)),
    };
    format!(
        "<defs><linearGradient id=\"legend-gradient\">{stops}</linearGradient></defs>\
         <rect x=\"{}\" y=\"{}\" width=\"{BAR}\" height=\"9\" fill=\"url(#legend-gradient)\"/>{}{}{title}{}",
        pixels(left),
        pixels(top_edge + bar_y),
        text(MARGIN, caption_y, "start", 13, &caption),
        if width < 640.0 { String::new() } else { text(MARGIN, 49.0, "start", 11, words::NO_MEDICAL_DEVICE) },
        ticks.concat(),
    )
}
