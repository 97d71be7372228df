//! The page's side of the reader: starts it when it is first needed, posts questions, hears answers, and starts
//! another one where it dies. What is asked anew then is decided in [`super::ledger`].

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Float32Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, File, MessageEvent, Worker};

use super::ledger::{Aftermath, Ledger, Post};
use super::message::{Added, FromReader};
use crate::record::fault::WorkerCause;
use crate::web_worker::{self, Needs};

const LOADER: &str = "reader_loader.js";
/// What the browser fetches to start the reader.
const MODULE: [&str; 3] = [LOADER, "reader.js", "reader_bg.wasm"];

/// The reader, and the questions that wait for it.
#[derive(Clone)]
pub struct Client(Rc<RefCell<Inner>>);

struct Inner {
    ledger: Ledger<File>,
    running: Option<Running>,
    is_prefetched: bool,
    on_answer: Rc<dyn Fn(FromReader)>,
}

/// The worker and what listens to it.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Client {
    /// Nothing is fetched or started yet. `on_answer` hears what the reader answers, records with their samples.
    pub fn new(on_answer: impl Fn(FromReader) + 'static) -> Self {
        Self(Rc::new(RefCell::new(Inner {
            ledger: Ledger::default(),
            running: None,
            is_prefetched: false,
            on_answer: Rc::new(on_answer),
        })))
    }

    /// Has the browser fetch the reader when it has nothing better to do.
    pub fn prefetch(&self) {
        let mut inner = self.0.borrow_mut();
        if std::mem::replace(&mut inner.is_prefetched, true) || inner.running.is_some() {
            return;
        }
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        for file in MODULE {
            // Without it, the first files take a little longer.
            let _ = document.create_element("link").and_then(|link| {
                link.set_attribute("rel", "prefetch")?;
                link.set_attribute("href", file)?;
                document.query_selector("head")?.map_or(Ok(()), |head| head.append_with_node_1(&link))
            });
        }
    }

    /// Files that were dropped together. Answered by a `Catalog` of the set whose number is returned here.
    pub fn add(&self, files: Vec<(Added, File)>) -> u32 {
        let (set, posts) = self.0.borrow_mut().ledger.add(files);
        self.post(posts);
        set
    }

    /// Has the recordings at `paths` looked at.
    pub fn look(&self, set: u32, paths: Vec<String>) {
        let posts = self.0.borrow_mut().ledger.look(set, paths);
        self.post(posts);
    }

    /// Has one recording read, at `fs` Hz where its file does not tell. The answer carries the number returned here.
    pub fn read(&self, set: u32, path: &str, fs: Option<f64>) -> u32 {
        let (id, posts) = self.0.borrow_mut().ledger.read(set, path, fs);
        self.post(posts);
        id
    }

    /// Has a stretch of a long recording read: these samples, of one lead or of all.
    pub fn stretch(&self, set: u32, path: &str, samples: (u64, u64), lead: Option<u32>) -> u32 {
        let (id, posts) = self.0.borrow_mut().ledger.stretch(set, path, samples, lead);
        self.post(posts);
        id
    }

    /// Has a long recording looked through, in so many pieces.
    pub fn overview(&self, set: u32, path: &str, pieces: u32) -> u32 {
        let (id, posts) = self.0.borrow_mut().ledger.overview(set, path, pieces);
        self.post(posts);
        id
    }

    /// The answer to `id` is not wanted any more.
    pub fn forget(&self, id: u32) {
        let posts = self.0.borrow_mut().ledger.forget(id);
        self.post(posts);
    }

    /// The file of a set that is at `path`, or the archive that holds it.
    pub fn file(&self, set: u32, path: &str) -> Option<(Added, File)> {
        self.0.borrow().ledger.file(set, path)
    }

    fn post(&self, posts: Vec<Post<File>>) {
        for Post { message, files } in posts {
            let posted = self.worker().and_then(|worker| {
                let bytes = postcard::to_allocvec(&message).map_err(|error| WorkerCause::Browser(error.to_string()))?;
                let bytes = Uint8Array::from(bytes.as_slice());
                let parts = Array::of1(&bytes);
                files.iter().for_each(|file| {
                    parts.push(file);
                });
                worker.post_message_with_transfer(&parts, &Array::of1(&bytes.buffer())).map_err(refusal)
            });
            if let Err(cause) = posted {
                // Those that follow are in the ledger, and are given up with this one.
                return self.bury(|ledger| ledger.useless(&cause));
            }
        }
    }

    /// The worker, started where there is none.
    fn worker(&self) -> Result<Worker, WorkerCause> {
        if let Some(running) = &self.0.borrow().running {
            return Ok(running.worker.clone());
        }
        let worker = web_worker::start(LOADER, Needs::Nothing).map_err(refusal)?;
        let client = self.clone();
        let on_message = Closure::new(move |event: MessageEvent| client.on_message(&event));
        let client = self.clone();
        let on_error = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            let cause = web_worker::cause_of(web_worker::reason_of(&event));
            client.bury(|ledger| ledger.died(&cause));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let running = Running { worker: worker.clone(), _on_message: on_message, _on_error: on_error };
        self.0.borrow_mut().running = Some(running);
        Ok(worker)
    }

    fn on_message(&self, event: &MessageEvent) {
        let mut parts = event.data().unchecked_into::<Array>().into_iter();
        let bytes = parts.next().and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
        let Some(Ok(mut message)) = bytes.map(|bytes| postcard::from_bytes::<FromReader>(&bytes.to_vec())) else {
            // Page and reader of different versions, half-updated by a cache.
            return self.bury(|ledger| ledger.useless(&WorkerCause::OtherVersion));
        };
        if let FromReader::First { record, .. } | FromReader::Read { record: Some(record), .. } = &mut message {
            for (lead, samples) in record.leads.iter_mut().zip(parts) {
                lead.samples = samples.unchecked_into::<Float32Array>().to_vec();
            }
        }
        let answer = self.0.borrow_mut().ledger.hear(message);
        if let Some(answer) = answer {
            self.emit(answer);
        }
    }

    /// Ends the worker, answers in its stead, and goes on with another.
    fn bury(&self, aftermath: impl FnOnce(&mut Ledger<File>) -> Aftermath<File>) {
        let Aftermath { answers, posts } = {
            let mut inner = self.0.borrow_mut();
            if let Some(running) = inner.running.take() {
                web_worker::end(&running.worker);
            }
            aftermath(&mut inner.ledger)
        };
        // After the caller has returned: it may not yet have stored the number of its question.
        let client = self.clone();
        spawn_local(async move { answers.into_iter().for_each(|answer| client.emit(answer)) });
        self.post(posts);
    }

    fn emit(&self, answer: FromReader) {
        let on_answer = self.0.borrow().on_answer.clone();
        on_answer(answer);
    }
}

/// Why the browser does not start a worker, or does not take a message.
fn refusal(error: JsValue) -> WorkerCause {
    web_worker::cause_of(web_worker::words_of(error))
}
