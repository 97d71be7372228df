//! The worker around an engine: waits for the weights, tests the device, then answers the page's messages in order.

use std::{cell::RefCell, collections::VecDeque, rc::Rc, task::Waker};

use burn::tensor::Device;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::{
    message::{DeviceKind, FromEngine, SelfTest, ToEngine},
    self_test::{self, StoredAnswer},
};
use crate::{
    explain::{classify_leads, explain_lead},
    network::Network,
    signal::Unusable,
};

/// Runs that are timed once the device is warm.
const TIMED_RUNS: usize = 5;

/// A device that the worker got hold of.
pub struct Acquired {
    pub device: Device,
    pub kind: DeviceKind,
    /// The adapter, as the browser names it; empty for the CPU.
    pub adapter: String,
    pub software: bool,
}

impl Acquired {
    #[cfg(feature = "cpu")]
    pub fn cpu() -> Self {
        Self { device: Device::flex(), kind: DeviceKind::Cpu, adapter: String::new(), software: false }
    }
}

/// Serves the page from now on, with the device that `acquire` gets.
///
/// What cannot be used is said as `Unavailable`; a panic reaches the page as the worker's `error` event.
pub fn serve(acquire: impl Future<Output = Result<Acquired, String>> + 'static) {
    console_error_panic_hook::set_once();
    // Listening starts at once: what the page asks while the engine gets ready waits in the queue.
    let inbox = Inbox::listen();
    wasm_bindgen_futures::spawn_local(async move {
        match start(acquire, &inbox).await {
            Ok(engine) => engine.run(inbox).await,
            Err(reason) => post(&FromEngine::Unavailable { reason }),
        }
    });
}

async fn start(acquire: impl Future<Output = Result<Acquired, String>>, inbox: &Inbox) -> Result<Engine, String> {
    let acquired = acquire.await?;
    let ToEngine::Start { weights } = inbox.next().await else {
        return Err("the network's weights did not arrive".to_owned());
    };
    let network = Network::from_safetensors(&weights, &acquired.device).map_err(|error| error.to_string())?;
    let stored = StoredAnswer::from_safetensors(&weights).map_err(|error| error.to_string())?;
    stored.check(&network, &acquired.device).await.map_err(|error| error.to_string())?;
    Ok(Engine { network, acquired })
}

struct Engine {
    network: Network,
    acquired: Acquired,
}

impl Engine {
    async fn run(self, inbox: Inbox) {
        // The first answer goes before the timing: somebody is waiting for it.
        while let Some(message) = inbox.try_next() {
            self.answer(message).await;
        }
        let milliseconds = self.time().await;
        post(&FromEngine::Ready(SelfTest {
            device: self.acquired.kind,
            adapter: self.acquired.adapter.clone(),
            software: self.acquired.software,
            milliseconds,
        }));
        loop {
            let message = inbox.next().await;
            self.answer(message).await;
        }
    }

    async fn answer(&self, message: ToEngine) {
        // Weights that come twice are the page's mistake, and change nothing.
        let (network, device) = (&self.network, &self.acquired.device);
        let reply = match message {
            ToEngine::Start { .. } => return,
            ToEngine::Explain { id, samples, fs, question } => {
                let start = now();
                match explain_lead(network, device, &samples, fs, question).await {
                    Ok(explanation) => {
                        FromEngine::Explained { id, explanation: Box::new(explanation), milliseconds: now() - start }
                    }
                    Err(unusable) => FromEngine::Failed { id, reason: unusable.to_string() },
                }
            }
            ToEngine::Classify { id, leads } => {
                let answers = classify_leads(network, device, &leads).await;
                let in_words = |answer: Result<_, Unusable>| answer.map_err(|unusable| unusable.to_string());
                FromEngine::Classified { id, answers: answers.into_iter().map(in_words).collect() }
            }
        };
        post(&reply);
    }

    /// Milliseconds for the known input, the fastest of a few warm runs: the one least disturbed.
    async fn time(&self) -> f64 {
        let mut fastest = f64::INFINITY;
        for _ in 0..TIMED_RUNS {
            let start = now();
            self_test::run(&self.network, &self.acquired.device).await;
            fastest = fastest.min(now() - start);
        }
        fastest
    }
}

/// Messages in the order of their arrival.
#[derive(Clone, Default)]
struct Inbox(Rc<RefCell<(VecDeque<ToEngine>, Option<Waker>)>>);

impl Inbox {
    fn listen() -> Self {
        let inbox = Inbox::default();
        let arrivals = inbox.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = event.data().dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
            // The page and its workers are built together; what does not decode is not for us.
            let Ok(message) = postcard::from_bytes(&bytes) else { return };
            let (queue, waker) = &mut *arrivals.0.borrow_mut();
            queue.push_back(message);
            if let Some(waker) = waker.take() {
                waker.wake();
            }
        });
        scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        inbox
    }

    fn try_next(&self) -> Option<ToEngine> {
        self.0.borrow_mut().0.pop_front()
    }

    async fn next(&self) -> ToEngine {
        std::future::poll_fn(|context| {
            let (queue, waker) = &mut *self.0.borrow_mut();
            match queue.pop_front() {
                Some(message) => std::task::Poll::Ready(message),
                None => {
                    *waker = Some(context.waker().clone());
                    std::task::Poll::Pending
                }
            }
        })
        .await
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn now() -> f64 {
    scope().performance().map_or(0.0, |performance| performance.now())
}

/// Sends a message to the page.
pub fn post(message: &FromEngine) {
    let bytes = postcard::to_stdvec(message).expect("messages are plain data");
    let array = Uint8Array::from(bytes.as_slice());
    let transfer = Array::of1(&array.buffer());
    // Fails only where the page is gone, and then nobody listens.
    let _ = scope().post_message_with_transfer(&array, &transfer);
}
