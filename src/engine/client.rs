//! The page's side of the workers: starts them, posts requests, hears answers. Which worker gets what is decided in
//! [`super::choice`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{ErrorEvent, MessageEvent, Response, Worker};

use super::choice::{Act, Desk, GpuUnused, Heard, Standing};
use super::message::{Classified, DeviceKind, FromEngine, ToEngine};
use crate::explain::{Explanation, Question};
use crate::web_worker::{self, Needs, words_of};

/// What the page hears.
pub enum Event {
    /// The answer to request `id`.
    Explained { id: u32, explanation: Box<Explanation>, device: DeviceKind, milliseconds: f64 },
    /// The answer to request `id`, in the order of its leads.
    Classified { id: u32, answers: Vec<Classified> },
    /// Request `id` has no answer; why, as a clause that goes on from the recording's name.
    Failed { id: u32, reason: String },
    /// A device became ready, or went away: see [`Client::gpu_unused`].
    DevicesChanged,
}

impl Event {
    /// The request that it answers.
    pub fn question(&self) -> Option<u32> {
        match self {
            Event::Explained { id, .. } | Event::Classified { id, .. } | Event::Failed { id, .. } => Some(*id),
            Event::DevicesChanged => None,
        }
    }
}

/// The workers, and the requests that wait for them.
#[derive(Clone)]
pub struct Client(Rc<RefCell<Inner>>);

struct Inner {
    desk: Desk,
    workers: HashMap<DeviceKind, Running>,
    /// The encoded requests, kept until they are answered so that another device can repeat them.
    requests: HashMap<u32, Vec<u8>>,
    next_id: u32,
    /// The encoded `ToEngine::Start`, a `Uint8Array` of the weights, once they are fetched; for both workers.
    start_message: Promise,
    on_event: Rc<dyn Fn(Event)>,
}

/// A worker and what listens to it.
struct Running {
    worker: Worker,
    /// What waits for the weights to go first; `None` once they have.
    backlog: Option<Vec<Uint8Array>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Client {
    /// Starts the first engine. `forced`: the only device to use, from `?engine=`.
    pub fn start(forced: Option<DeviceKind>, on_event: impl Fn(Event) + 'static) -> Self {
        let client = Self(Rc::new(RefCell::new(Inner {
            desk: Desk::new(forced),
            workers: HashMap::new(),
            requests: HashMap::new(),
            next_id: 1,
            start_message: future_to_promise(fetch_weights()),
            on_event: Rc::new(on_event),
        })));
        let acts = client.0.borrow_mut().desk.begin();
        client.carry_out(acts);
        client
    }

    /// Asks for the explanation of one lead: `samples` in mV at `fs` Hz. The answer comes as an [`Event`] that carries
    /// the number returned here.
    pub fn explain(&self, samples: &[f32], fs: f64, question: Question) -> u32 {
        self.ask(|id| ToEngine::Explain { id, samples: samples.to_vec(), fs, question })
    }

    /// Asks for the classes of several leads, each as samples in mV with their rate in Hz. The answer comes as an
    /// [`Event`] that carries the number returned here.
    pub fn classify(&self, leads: Vec<(Vec<f32>, f64)>) -> u32 {
        self.ask(|id| ToEngine::Classify { id, leads })
    }

    fn ask(&self, message: impl FnOnce(u32) -> ToEngine) -> u32 {
        let (id, acts) = {
            let mut inner = self.0.borrow_mut();
            let id = inner.next_id;
            inner.next_id += 1;
            let message = message(id);
            match postcard::to_allocvec(&message) {
                Ok(bytes) => {
                    inner.requests.insert(id, bytes);
                    (id, inner.desk.ask(id))
                }
                Err(error) => (id, vec![Act::GiveUp { id, reason: error.to_string() }]),
            }
        };
        self.carry_out(acts);
        id
    }

    /// The answer to `id` is not wanted any more.
    pub fn forget(&self, id: u32) {
        let mut inner = self.0.borrow_mut();
        if inner.desk.forget(id) {
            inner.requests.remove(&id);
        }
    }

    /// Ends the workers; what was asked has no answer any more.
    pub fn end(&self) {
        for (_, running) in self.0.borrow_mut().workers.drain() {
            web_worker::end(&running.worker);
        }
    }

    /// Why the GPU does not answer; `None` where it does, or where that is not known yet.
    pub fn gpu_unused(&self) -> Option<GpuUnused> {
        self.0.borrow().desk.gpu_unused()
    }

    /// Whether an engine is still being fetched and checked, and none is ready.
    pub fn is_starting(&self) -> bool {
        let inner = self.0.borrow();
        inner.desk.preferred().is_none()
            && [DeviceKind::Cpu, DeviceKind::Webgpu]
                .into_iter()
                .any(|device| *inner.desk.standing(device) == Standing::Starting)
    }

    fn carry_out(&self, acts: Vec<Act>) {
        for act in acts {
            match act {
                Act::Start(device) => self.start_worker(device),
                Act::Stop(device) => {
                    if let Some(running) = self.0.borrow_mut().workers.remove(&device) {
                        web_worker::end(&running.worker);
                    }
                }
                Act::Post { to, id } => self.post(to, id),
                Act::GiveUp { id, reason } => {
                    self.0.borrow_mut().requests.remove(&id);
                    self.emit_later(Event::Failed { id, reason: format!("could not be classified: {reason}") });
                }
            }
        }
    }

    fn post(&self, device: DeviceKind, id: u32) {
        let posted = {
            let mut inner = self.0.borrow_mut();
            let message = inner.requests.get(&id).map(|bytes| Uint8Array::from(bytes.as_slice()));
            match (inner.workers.get_mut(&device), message) {
                (Some(running), Some(message)) => running.post(message),
                _ => Err("the engine was not there".to_owned()),
            }
        };
        if let Err(reason) = posted {
            self.hear(device, Heard::Lost { reason });
        }
    }

    fn start_worker(&self, device: DeviceKind) {
        if device == DeviceKind::Webgpu && !has_webgpu() {
            return self.hear(device, Heard::Unavailable { reason: "this browser has none".to_owned() });
        }
        let (script, needs) = match device {
            DeviceKind::Cpu => ("engine-cpu_loader.js", Needs::Nothing),
            DeviceKind::Webgpu => ("engine-gpu_loader.js", Needs::Adapter),
        };
        let worker = match web_worker::start(script, needs) {
            Ok(worker) => worker,
            Err(error) => return self.hear(device, Heard::Unavailable { reason: words_of(error) }),
        };
        let client = self.clone();
        let on_message = Closure::new(move |event: MessageEvent| client.on_message(device, &event));
        let client = self.clone();
        let on_error = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            client.hear(device, Heard::Lost { reason: web_worker::reason_of(&event) });
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let backlog = Some(Vec::new());
        let running = Running { worker, backlog, _on_message: on_message, _on_error: on_error };
        self.0.borrow_mut().workers.insert(device, running);
        let client = self.clone();
        spawn_local(async move { client.send_weights(device).await });
    }

    async fn send_weights(&self, device: DeviceKind) {
        let start_message = self.0.borrow().start_message.clone();
        let fetched = JsFuture::from(start_message).await;
        let sent = match fetched {
            Ok(message) => match self.0.borrow_mut().workers.get_mut(&device) {
                // Copied: what is transferred to one worker is gone for the other.
                Some(running) => running.begin(&Uint8Array::new(&message)),
                None => return,
            },
            Err(error) => Err(words_of(error)),
        };
        if let Err(reason) = sent {
            self.hear(device, Heard::Unavailable { reason });
        }
    }

    fn on_message(&self, device: DeviceKind, event: &MessageEvent) {
        let bytes = event.data().dyn_into::<Uint8Array>().map(|array| array.to_vec());
        let message = bytes.ok().and_then(|bytes| postcard::from_bytes::<FromEngine>(&bytes).ok());
        match message {
            Some(FromEngine::Ready(test)) => self.hear(device, Heard::Ready(test)),
            Some(FromEngine::Unavailable { reason }) => self.hear(device, Heard::Unavailable { reason }),
            Some(FromEngine::Lost { reason }) => self.hear(device, Heard::Lost { reason }),
            Some(FromEngine::Explained { id, explanation, milliseconds }) => {
                self.answered(device, id);
                self.emit(Event::Explained { id, explanation, device, milliseconds });
            }
            Some(FromEngine::Classified { id, answers }) => {
                self.answered(device, id);
                self.emit(Event::Classified { id, answers });
            }
            Some(FromEngine::Failed { id, reason }) => {
                self.answered(device, id);
                self.emit(Event::Failed { id, reason });
            }
            // Page and engine of different versions, half-updated by a cache.
            None => self.hear(device, Heard::Lost { reason: "it belongs to another version of this page".to_owned() }),
        }
    }

    fn answered(&self, device: DeviceKind, id: u32) {
        self.0.borrow_mut().requests.remove(&id);
        let acts = self.0.borrow_mut().desk.hear(device, Heard::Answered { id });
        self.carry_out(acts);
    }

    fn hear(&self, device: DeviceKind, heard: Heard) {
        let acts = self.0.borrow_mut().desk.hear(device, heard);
        self.carry_out(acts);
        self.emit_later(Event::DevicesChanged);
    }

    fn emit(&self, event: Event) {
        let on_event = self.0.borrow().on_event.clone();
        on_event(event);
    }

    /// After the caller has returned: it may not yet have stored the number of its request, or the client itself.
    fn emit_later(&self, event: Event) {
        let client = self.clone();
        spawn_local(async move { client.emit(event) });
    }
}

impl Running {
    /// Posts the weights, and what waited for them.
    fn begin(&mut self, start_message: &Uint8Array) -> Result<(), String> {
        let waiting = self.backlog.take().unwrap_or_default();
        self.post(start_message.slice(0, start_message.length()))?;
        waiting.into_iter().try_for_each(|message| self.post(message))
    }

    fn post(&mut self, message: Uint8Array) -> Result<(), String> {
        if let Some(backlog) = &mut self.backlog {
            backlog.push(message);
            return Ok(());
        }
        self.worker.post_message_with_transfer(&message, &Array::of1(&message.buffer())).map_err(words_of)
    }
}

/// The weights as an encoded `ToEngine::Start`. Fetched by the page, once for both workers.
async fn fetch_weights() -> Result<JsValue, JsValue> {
    const MISSING: &str = "the network\u{2019}s weights could not be fetched";
    let window = web_sys::window().ok_or(MISSING)?;
    let response: Response = JsFuture::from(window.fetch_with_str("network.safetensors")).await?.unchecked_into();
    if !response.ok() {
        return Err(MISSING.into());
    }
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    let weights = Uint8Array::new(&buffer).to_vec();
    let message = postcard::to_allocvec(&ToEngine::Start { weights }).map_err(|error| error.to_string())?;
    Ok(Uint8Array::from(message.as_slice()).into())
}

/// Whether the browser has WebGPU at all; if not, its engine need not be fetched.
fn has_webgpu() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into());
    let gpu = navigator.and_then(|navigator| Reflect::get(&navigator, &"gpu".into()));
    gpu.is_ok_and(|gpu| !gpu.is_undefined() && !gpu.is_null())
}
