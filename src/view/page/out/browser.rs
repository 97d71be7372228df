//! The browser's own functions that web-sys is not built with here. Its features are shared by the page and the engines,
//! and one more would have every crate below the GPU's engine compiled anew.

use js_sys::{Array, Function, Promise};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlElement, Url};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;

    type XMLSerializer;
    #[wasm_bindgen(constructor)]
    fn new() -> XMLSerializer;
    #[wasm_bindgen(method, js_name = serializeToString)]
    fn serialize(this: &XMLSerializer, node: &Element) -> String;

    /// A picture that is drawn on a canvas.
    #[wasm_bindgen(js_name = Image)]
    type Picture;
    #[wasm_bindgen(constructor, js_class = "Image")]
    fn new() -> Picture;
    #[wasm_bindgen(method, setter)]
    fn set_src(this: &Picture, address: &str);
    #[wasm_bindgen(method, catch)]
    fn decode(this: &Picture) -> Result<Promise, JsValue>;

    type OffscreenCanvas;
    #[wasm_bindgen(constructor, catch)]
    fn new(width: u32, height: u32) -> Result<OffscreenCanvas, JsValue>;
    #[wasm_bindgen(method, js_name = getContext)]
    fn context(this: &OffscreenCanvas, kind: &str) -> Option<Context>;
    #[wasm_bindgen(method, js_name = convertToBlob, catch)]
    fn to_blob(this: &OffscreenCanvas) -> Result<Promise, JsValue>;

    type Context;
    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw(this: &Context, picture: &Picture, x: f64, y: f64, width: f64, height: f64) -> Result<(), JsValue>;
}

/// Puts a text on the clipboard; an error where the browser has none for this page.
pub fn copy(text: &str) -> Result<Promise, JsValue> {
    write_text(text)
}

/// An element as XML.
pub fn xml(element: &Element) -> String {
    XMLSerializer::new().serialize(element)
}

/// A drawing of `width` by `height` pixels as a PNG of `scale` times as many.
pub async fn png(svg: &str, (width, height): (f64, f64), scale: f64) -> Result<Blob, JsValue> {
    use wasm_bindgen_futures::JsFuture;
    let parts = Array::of1(&svg.into());
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let address = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &options)?)?;
    let picture = Picture::new();
    picture.set_src(&address);
    let decoded = JsFuture::from(picture.decode()?).await;
    Url::revoke_object_url(&address)?;
    decoded?;
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let canvas = OffscreenCanvas::new(width as u32, height as u32)?;
    canvas.context("2d").ok_or("no canvas")?.draw(&picture, 0.0, 0.0, width, height)?;
    Ok(JsFuture::from(canvas.to_blob()?).await?.unchecked_into())
}

/// Hands a file to the browser's downloads.
pub fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    // The browser has taken the blob by now.
    Url::revoke_object_url(&address)
}

/// The same for a text in pieces.
pub fn save_text(name: &str, kind: &str, pieces: &Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    save(name, &Blob::new_with_str_sequence_and_options(pieces, &options)?)
}

/// Lets the browser do what waits.
pub async fn breathe() {
    let pause = Promise::new(&mut |resolve: Function, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(pause).await;
}

/// Now, in the words of ISO 8601.
pub fn now() -> String {
    String::from(js_sys::Date::new_0().to_iso_string())
}

/// Today and the time of day, as people here write them.
pub fn now_for_people() -> String {
    let date = js_sys::Date::new_0();
    let two = |number: u32| format!("{number:02}");
    let (month, day) = (two(date.get_month() + 1), two(date.get_date()));
    format!("{}-{month}-{day} {}:{}", date.get_full_year(), two(date.get_hours()), two(date.get_minutes()))
}
