//! "About this network": its model card, fetched when it is asked for.
//!
//! The card (`evaluate::ModelCard`) is read by the browser's own JSON parser and set as markup: with serde_json and
//! components it would weigh 12 KB more, for something that most visitors never open.

use std::fmt::Write;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::dialog;
use super::language::{t, words};
use crate::view::geometry::decimal;

/// Next to the page, as everything.
const CARD: &str = "model-card.json";

#[component]
pub fn About() -> impl IntoView {
    let contents = RwSignal::new_local(None::<JsValue>);
    let failed = RwSignal::new(false);
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
        if contents.with_untracked(Option::is_none) {
            spawn_local(async move {
                match fetch_card().await {
                    Some(card) => contents.set(Some(card)),
                    None => failed.set(true),
                }
            });
        }
    };
    view! {
        <button type="button" class="link" id="about-open" on:click=open>{t(|words| words.about())}</button>
        <dialog id="about" class="card" aria-labelledby="about-title" node_ref=dialog on:click=move |event| dialog::close_beside(dialog, &event)>
            <div class="card-sheet">
                <div class="card-head">
                    <h2 id="about-title">{t(|words| words.about())}</h2>
                    <button type="button" class="button quiet" on:click=move |_| dialog::close(dialog)>
                        {t(|words| words.close())}
                    </button>
                </div>
                <div inner_html=move || match contents.get() {
                    Some(card) => markup(&card),
                    None if failed.get() => paragraph(words().card_failed()),
                    None => paragraph(words().card_fetching()),
                }></div>
            </div>
        </dialog>
    }
}

fn paragraph(text: &str) -> String {
    format!("<p class=\"hint\">{}</p>", escaped(text))
}

/// The card as markup.
fn markup(card: &JsValue) -> String {
    let words = words();
    let parts: Vec<usize> = list(card, "parts").iter().map(|count| count.as_f64().unwrap_or(0.0) as usize).collect();
    let parts = words.card_parts(parts.try_into().unwrap_or_default());
    let facts = [
        (words.card_purpose(), text(card, "purpose")),
        (words.card_limits(), text(card, "limits")),
        (words.card_data(), format!("{} {parts}", text(card, "data"))),
        (words.card_training(), text(card, "training")),
    ];
    let mut html = String::from("<dl class=\"card-facts\">");
    for (name, fact) in facts {
        let _ = write!(html, "<dt>{name}</dt><dd>{}</dd>", escaped(&fact));
    }
    html += "</dl>";
    for group in list(card, "groups") {
        let (title, how) = (escaped(&text(&group, "title")), escaped(&text(&group, "how")));
        let _ = write!(
            html,
            "<section class=\"card-group\"><h3>{title}</h3><p class=\"hint\">{how}</p><table><thead><tr>\
             <th scope=\"col\">{}</th><th scope=\"col\" class=\"number\">{}</th><th scope=\"col\" class=\"number\">{}</th>\
             <th scope=\"col\" class=\"number\">{}</th></tr></thead><tbody>",
            words.card_figure(),
            words.card_value(),
            words.card_interval(),
            words.card_recordings()
        );
        list(&group, "figures").iter().for_each(|figure| row(&mut html, figure));
        html += "</tbody></table></section>";
    }
    html + &paragraph(&words.card_version(&text(card, "weights")))
}

fn row(html: &mut String, figure: &JsValue) {
    let value = number(figure, "value");
    // Shares to a thousandth; ratios, which are larger than one, to a tenth.
    let shown = |number: f64| decimal(number, if value > 4.0 { 1 } else { 3 });
    let _ = write!(
        html,
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}\u{2013}{}</td>\
         <td class=\"number\">{}</td></tr>",
        escaped(&text(figure, "name")),
        shown(value),
        shown(number(figure, "low")),
        shown(number(figure, "high")),
        number(figure, "recordings") as usize
    );
}

fn get(of: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(of, &key.into()).unwrap_or_default()
}

fn text(of: &JsValue, key: &str) -> String {
    get(of, key).as_string().unwrap_or_default()
}

fn number(of: &JsValue, key: &str) -> f64 {
    get(of, key).as_f64().unwrap_or(f64::NAN)
}

fn list(of: &JsValue, key: &str) -> Vec<JsValue> {
    get(of, key).dyn_into::<js_sys::Array>().map(|array| array.iter().collect()).unwrap_or_default()
}

/// Text that markup may hold.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// What tells the network's weights; nothing where the card cannot be fetched.
pub async fn weights() -> Option<String> {
    Some(text(&fetch_card().await?, "weights")).filter(|weights| !weights.is_empty())
}

async fn fetch_card() -> Option<JsValue> {
    let response: web_sys::Response = JsFuture::from(window().fetch_with_str(CARD)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    js_sys::JSON::parse(&text).ok()
}
