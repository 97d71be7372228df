//! Starting a worker under the page's own content security policy.
//!
//! A worker inherits the policy, and with it the promise that nothing leaves the page, only where its script has a
//! `blob:` address; one started from a file would have no policy at all. So the worker's first script is made here and
//! imports the worker's loader.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, Url, Worker, WorkerOptions, WorkerType};

use crate::record::fault::WorkerCause;

/// `LOADER` is replaced by the loader's address, `NOT_LOADED` by what is thrown where it cannot be fetched, `FIRST` by a
/// promise that has to hold before that.
///
/// - Messages that come before the worker listens would be lost: they are held back and dispatched again.
/// - Failures inside promises do not reach the page as `error` events: they are thrown again outside of them.
const SCRIPT: &str = r#"const early = [];
const hold = event => early.push(event.data);
self.onmessage = hold;
const fail = reason => setTimeout(() => { throw reason; });
self.onunhandledrejection = event => { event.preventDefault(); fail(event.reason); };
FIRST.then(() => import(LOADER).catch(() => { throw NOT_LOADED; })).then(function wait() {
  if (self.onmessage === hold) return setTimeout(wait, 1);
  for (const data of early) self.dispatchEvent(new MessageEvent("message", { data }));
}, fail);
"#;

/// What the script says where the loader cannot be fetched, and what is said here where the browser says nothing.
const NOT_LOADED: &str = "it could not be loaded";
const BROKE: &str = "it broke";
const REFUSED: &str = "the browser refused it";

/// What a worker cannot do without.
#[derive(Clone, Copy)]
pub enum Needs {
    Nothing,
    /// An adapter of WebGPU. A browser may have WebGPU and no adapter, and a megabyte would have been fetched for nothing.
    Adapter,
}

impl Needs {
    /// See [`SCRIPT`].
    fn first(self) -> &'static str {
        match self {
            Needs::Nothing => "Promise.resolve()",
            Needs::Adapter => {
                r#"Promise.resolve().then(() => navigator.gpu?.requestAdapter()).then(adapter => {
  if (!adapter) throw "this browser has WebGPU but no adapter for it";
})"#
            }
        }
    }
}

/// Starts a worker around the script called `loader`, which lies beside the document. Where what it needs is not to be
/// had, the worker says so in an `error` event.
///
/// # Errors
/// Where the browser refuses it.
pub fn start(loader: &str, needs: Needs) -> Result<Worker, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("there is no document")?;
    let base = document.base_uri()?.unwrap_or_default();
    let address = Url::new_with_base(loader, &base)?.href();
    let address = String::from(js_sys::JSON::stringify(&address.into())?);
    let script = SCRIPT.replace("FIRST", needs.first()).replace("NOT_LOADED", &format!("\"{NOT_LOADED}\""));
    let properties = BlobPropertyBag::new();
    properties.set_type("text/javascript");
    let parts = Array::of1(&script.replace("LOADER", &address).into());
    let script = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &properties)?)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&script, &options);
    // The address is not revoked: the worker fetches it only after this returns.
    worker
}

/// What a worker's `error` event says, or that it says nothing: some are events without a message.
pub fn reason_of(event: &ErrorEvent) -> String {
    let message = Reflect::get(event, &"message".into()).ok().and_then(|text| text.as_string());
    let reason = message.filter(|text| !text.is_empty()).unwrap_or_else(|| BROKE.to_owned());
    reason.trim_start_matches("Uncaught ").to_owned()
}

/// What went wrong, in the browser's words.
pub fn words_of(error: JsValue) -> String {
    error.as_string().unwrap_or_else(|| match error.dyn_into::<js_sys::Error>() {
        Ok(error) => String::from(error.message()),
        Err(_) => REFUSED.to_owned(),
    })
}

/// The same as a value: an `error` event carries no more than a text, be it the browser's or one of those above.
pub fn cause_of(reason: String) -> WorkerCause {
    match reason.as_str() {
        NOT_LOADED => WorkerCause::NotLoaded,
        BROKE => WorkerCause::Broke,
        REFUSED => WorkerCause::Refused,
        _ => WorkerCause::Browser(reason),
    }
}

/// Ends a worker, from which nothing more is heard.
pub fn end(worker: &Worker) {
    worker.set_onmessage(None);
    worker.set_onerror(None);
    worker.terminate();
}
