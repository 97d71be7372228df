//! The drawing that shows, as an SVG file of its own or as a picture: the page's own elements, with the colours and
//! fonts that its style sheet gives them written into them.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

use super::browser;
use super::files::{NOT_SAVED, file_name};
use crate::view::geometry::{pixels, significant};
use crate::view::i18n::Word;
use crate::view::page::gradient::top;
use crate::view::page::language::words_now;
use crate::view::page::state::Page;

/// A drawing could not be made into a picture.
const NOT_DRAWN: Word = |words| words.export().not_drawn();

/// What the style sheet says of a drawing.
const STYLED: [&str; 12] = [
    "fill",
    "opacity",
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
/// From one line under the drawing to the next.
const LINE: f64 = 20.0;
/// Above each of several drawings.
const TITLE: f64 = 24.0;
/// Pixels of a picture to one on the screen.
const SCALE: f64 = 2.0;

/// What shows as a drawing, and its size.
struct Drawing {
    svg: String,
    size: (f64, f64),
    name: String,
}

pub fn save_drawing(page: Page, with_name: bool) -> Result<(), Word> {
    let Some(drawing) = drawing(page, with_name, "svg") else { return Err(NOT_DRAWN) };
    let pieces = js_sys::Array::of1(&drawing.svg.into());
    browser::save_text(&drawing.name, "image/svg+xml", &pieces).map_err(|_| NOT_SAVED)
}

pub async fn save_picture(page: Page, with_name: bool) -> Result<(), Word> {
    let Some(drawing) = drawing(page, with_name, "png") else { return Err(NOT_DRAWN) };
    let picture = browser::png(&drawing.svg, drawing.size, SCALE).await.map_err(|_| NOT_DRAWN)?;
    browser::save(&drawing.name, &picture).map_err(|_| NOT_SAVED)
}

/// Drawings of the page, one below the other, each under its spoken name, as a file called `name`.
pub async fn save_drawings(shown: &[Element], name: &str, as_picture: bool) -> Result<(), Word> {
    let (svg, size) = on_one_sheet(shown, TITLE, 0.0, |_, _, _| String::new()).ok_or(NOT_DRAWN)?;
    if as_picture {
        let picture = browser::png(&svg, size, SCALE).await.map_err(|_| NOT_DRAWN)?;
        return browser::save(&format!("{name}.png"), &picture).map_err(|_| NOT_SAVED);
    }
    let pieces = js_sys::Array::of1(&svg.into());
    browser::save_text(&format!("{name}.svg"), "image/svg+xml", &pieces).map_err(|_| NOT_SAVED)
}

fn drawing(page: Page, with_name: bool, extension: &str) -> Option<Drawing> {
    let open = page.open.get_untracked()?;
    let id = if untrack(|| page.shows_all_leads()) { "leads-svg" } else { "trace-svg" };
    let shown = document().get_element_by_id(id)?;
    // Of all leads, what they say together and what the colours are for, a line each.
    let lines = match id {
        "leads-svg" => <[String; 2]>::from(untrack(|| page.consensus_said())).to_vec(),
        _ => Vec::new(),
    };
    let foot = LEGEND + LINE * lines.len() as f64;
    let write = |ink: &str, below: f64, width: f64| {
        let first = lines.iter().zip(1..).map(|(line, number)| {
            let place = format!("x=\"{}\" y=\"{}\"", pixels(MARGIN), pixels(below + 4.0 + LINE * f64::from(number)));
            format!("<text {place} font-size=\"13\" fill=\"{ink}\">{line}</text>")
        });
        first.collect::<String>() + &legend(page, ink, below + LINE * lines.len() as f64, width, lines.is_empty())
    };
    let (svg, size) = on_one_sheet(&[shown], 0.0, foot, write)?;
    Some(Drawing { svg, size, name: file_name(&open, with_name, extension) })
}

/// Drawings one below the other, with `title` pixels above each for its name, and `foot` pixels below all of them for
/// what is made of the ink's colour, the foot's upper edge and the sheet's width. The markup, and the sheet's size.
fn on_one_sheet(
    shown: &[Element],
    title: f64,
    foot: f64,
    write_foot: impl FnOnce(&str, f64, f64) -> String,
) -> Option<(String, (f64, f64))> {
    let root = document().document_element()?;
    let ground = style_of(&root, "background-color");
    let (ink, font) = (style_of(&root, "color"), style_of(&root, "font-family").replace('"', "'"));
    let (mut y, mut widest, mut drawings) = (MARGIN, 0.0_f64, String::new());
    for element in shown {
        let place = element.get_bounding_client_rect();
        let copy = styled_copy(element).ok()?;
        if title > 0.0 {
            let name = element.get_attribute("aria-label").unwrap_or_default();
            let place = format!("x=\"{}\" y=\"{}\"", pixels(MARGIN), pixels(y + 13.0));
            drawings += &format!("<text {place} font-size=\"13\" font-weight=\"600\" fill=\"{ink}\">{name}</text>");
        }
        let (width, height) = (place.width(), place.height());
        for (name, value) in [("x", MARGIN), ("y", y + title), ("width", width), ("height", height)] {
            copy.set_attribute(name, &pixels(value)).ok()?;
        }
        drawings += &browser::xml(&copy);
        y += title + height;
        widest = widest.max(width);
    }
    let size = ((widest + 2.0 * MARGIN).ceil(), (y + MARGIN + foot).ceil());
    let (w, h) = (pixels(size.0), pixels(size.1));
    let foot = write_foot(&ink, y, size.0);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"{font}\"><rect width=\"{w}\" height=\"{h}\" fill=\"{ground}\"/>{drawings}{foot}</svg>"
    );
    Some((svg, size))
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
                            | ("opacity", "1")
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

/// The answer in words, where the drawing is of one lead, and the colour bar.
fn legend(page: Page, ink: &str, top_edge: f64, width: f64, is_one_lead: bool) -> String {
    let Some(answer) = page.answer.get_untracked() else { return String::new() };
    let words = words_now();
    let it = &answer.explanation;
    let caption = match is_one_lead {
        true => words.export().caption(&words.doubt().heading(it), &words.doubt().how_sure(it), it.class),
        false => String::new(),
    };
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
    // Of a strip, one window is explained.
    let caption = match untrack(|| page.answered_window()) {
        Some((_, window)) => format!("{}: {caption}", window.say(words)),
        None => caption,
    };
    // A narrow drawing has the words above the bar.
    let (caption_y, bar_y, title) = match width < 640.0 {
        true => (20.0, 28.0, String::new()),
        false => (32.0, 24.0, text(left - 12.0, 33.0, "end", 13, words.importance())),
    };
    format!(
        "<defs><linearGradient id=\"legend-gradient\">{stops}</linearGradient></defs>\
         <rect x=\"{}\" y=\"{}\" width=\"{BAR}\" height=\"9\" fill=\"url(#legend-gradient)\"/>{}{}{title}{}",
        pixels(left),
        pixels(top_edge + bar_y),
        text(MARGIN, caption_y, "start", 13, &caption),
        if width < 640.0 { String::new() } else { text(MARGIN, 49.0, "start", 11, words.export().no_medical_device()) },
        ticks.concat(),
    )
}
