//! The page's side of the workers: starts them, posts requests, hears answers. Which worker gets what is decided in
//! [`super::choice`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::choice::{Act, Desk, GpuUnused, Heard, Standing};
use super::message::{DeviceKind, FromEngine, ToEngine};
use crate::explain::{Explanation, Question};

/// What the page hears.
pub enum Event {
    /// The answer to request `id`.
    Explained { id: u32, explanation: Box<Explanation>, device: DeviceKind, milliseconds: f64 },
    /// Request `id` has no answer; why, in a person's words.
    Failed { id: u32, reason: String },
    /// A device became ready, or went away: see [`Client::gpu_unused`].
    DevicesChanged,
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
    on_event: Rc<dyn Fn(Event)>,
}

/// A worker and what listens to it.
struct Running {
    worker: Worker,
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
            on_event: Rc::new(on_event),
        })));
        let acts = client.0.borrow_mut().desk.begin();
        client.carry_out(acts);
        client
    }

    /// Asks for the explanation of one lead: `samples` in mV at `fs` Hz. The answer comes as an [`Event`] that carries
    /// the number returned here.
    pub fn explain(&self, samples: &[f32], fs: f64, question: Question) -> u32 {
        let (id, acts) = {
            let mut inner = self.0.borrow_mut();
            let id = inner.next_id;
            inner.next_id += 1;
            let message = ToEngine::Explain { id, samples: samples.to_vec(), fs, question };
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
                        running.worker.set_onmessage(None);
                        running.worker.set_onerror(None);
                        running.worker.terminate();
                    }
                }
                Act::Post { to, id } => self.post(to, id),
                Act::GiveUp { id, reason } => {
                    self.0.borrow_mut().requests.remove(&id);
                    self.emit_later(Event::Failed { id, reason });
                }
            }
        }
    }

    fn post(&self, device: DeviceKind, id: u32) {
        let posted = {
            let inner = self.0.borrow();
            match (inner.workers.get(&device), inner.requests.get(&id)) {
                (Some(running), Some(bytes)) => {
                    let array = Uint8Array::from(bytes.as_slice());
                    running.worker.post_message_with_transfer(&array, &Array::of1(&array.buffer())).map_err(words_of)
                }
                _ => Err("The engine was not there.".to_owned()),
            }
        };
        if let Err(reason) = posted {
            self.hear(device, Heard::Lost { reason });
        }
    }

    fn start_worker(&self, device: DeviceKind) {
        if device == DeviceKind::Webgpu && !has_webgpu() {
            return self.hear(device, Heard::Unavailable { reason: "This browser has no WebGPU.".to_owned() });
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // Relative to the document, so that the page works under any path.
        let script = match device {
            DeviceKind::Cpu => "./engine-cpu_loader.js",
            DeviceKind::Webgpu => "./engine-gpu_loader.js",
        };
        let worker = match Worker::new_with_options(script, &options) {
            Ok(worker) => worker,
            Err(error) => return self.hear(device, Heard::Unavailable { reason: words_of(error) }),
        };
        let client = self.clone();
        let on_message = Closure::new(move |event: MessageEvent| client.on_message(device, &event));
        let client = self.clone();
        let on_error = Closure::new(move |event: ErrorEvent| {
            // A script that could not be fetched makes an event without a message.
            let message = Reflect::get(&event, &"message".into()).ok().and_then(|text| text.as_string());
            let reason = message.filter(|text| !text.is_empty()).unwrap_or_else(|| "It could not be loaded.".to_owned());
            client.hear(device, Heard::Lost { reason });
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let running = Running { worker, _on_message: on_message, _on_error: on_error };
        self.0.borrow_mut().workers.insert(device, running);
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
            Some(FromEngine::Failed { id, reason }) => {
                self.answered(device, id);
                self.emit(Event::Failed { id, reason });
            }
            // Page and engine of different versions, half-updated by a cache.
            None => self.hear(device, Heard::Lost { reason: "It said something this page does not know.".to_owned() }),
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
        wasm_bindgen_futures::spawn_local(async move { client.emit(event) });
    }
}

/// Whether the browser has WebGPU at all; if not, its engine need not be fetched.
fn has_webgpu() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into());
    let gpu = navigator.and_then(|navigator| Reflect::get(&navigator, &"gpu".into()));
    gpu.is_ok_and(|gpu| !gpu.is_undefined() && !gpu.is_null())
}

fn words_of(error: JsValue) -> String {
    let error: Result<js_sys::Error, _> = error.dyn_into();
    error.map_or_else(|_| "The browser refused it.".to_owned(), |error| String::from(error.message()))
}
