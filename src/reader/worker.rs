//! The worker around [`Work`]: takes the page's messages, and works between them.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;

use gloo_file::Blob;
use js_sys::{Array, ArrayBuffer, Float32Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::block_cache::{BlockCache, Cached};
use super::message::FromReader;
use super::work::Work;
use crate::record::file_set::source::ByteSource;

/// Work goes on for so many milliseconds before messages get their turn.
const TURN: f64 = 30.0;

// Declared here and not taken from web-sys: another feature of it would have every crate compiled anew that uses it,
// the engines' GPU stack among them.
#[wasm_bindgen]
extern "C" {
    type FileReaderSync;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<FileReaderSync, JsValue>;

    #[wasm_bindgen(method, catch, js_name = readAsArrayBuffer)]
    fn read_as_array_buffer(this: &FileReaderSync, blob: &web_sys::Blob) -> Result<ArrayBuffer, JsValue>;
}

/// Serves the page from now on. A panic reaches it as the worker's `error` event.
pub fn serve() {
    console_error_panic_hook::set_once();
    let work = Rc::new(RefCell::new(Work::new(now)));
    let turns = Turns::of(Rc::clone(&work));
    let cache = Rc::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let mut parts = event.data().unchecked_into::<Array>().into_iter();
        let bytes = parts.next().and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
        // The page and its workers are built together; what does not decode is not for us.
        let Some(Ok(message)) = bytes.map(|bytes| postcard::from_bytes(&bytes.to_vec())) else { return };
        let files = parts.map(|file| source_of(file.unchecked_into::<web_sys::File>().into(), &cache)).collect();
        work.borrow_mut().take(message, files);
        turns.schedule();
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&FromReader::Ready, Vec::new());
}

/// Works for a while, again and again until nothing is left to do.
#[derive(Clone)]
struct Turns(Rc<Cell<bool>>, Rc<Closure<dyn FnMut()>>);

impl Turns {
    fn of(work: Rc<RefCell<Work>>) -> Self {
        let is_scheduled = Rc::new(Cell::new(false));
        let turn = Rc::new_cyclic(|turn: &std::rc::Weak<Closure<dyn FnMut()>>| {
            let (turn, is_scheduled) = (turn.clone(), Rc::clone(&is_scheduled));
            Closure::new(move || {
                is_scheduled.set(false);
                let start = now();
                while work.borrow_mut().step(&mut |message, samples| post(&message, samples)) {
                    if now() - start > TURN
                        && let Some(turn) = turn.upgrade()
                    {
                        return Turns(Rc::clone(&is_scheduled), turn).schedule();
                    }
                }
            })
        });
        Turns(is_scheduled, turn)
    }

    /// The next turn comes after the messages that have arrived.
    fn schedule(&self) {
        if !self.0.replace(true) {
            // Fails only where the worker is being ended.
            let _ = scope().set_timeout_with_callback(self.1.as_ref().as_ref().unchecked_ref());
        }
    }
}

/// A file as the browser holds it.
struct BrowserFile {
    file: Blob,
    len: u64,
}

fn source_of(file: Blob, cache: &Rc<RefCell<BlockCache>>) -> Box<dyn ByteSource> {
    let len = file.size();
    Box::new(Cached::new(BrowserFile { file, len }, cache))
}

impl ByteSource for BrowserFile {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let end = offset.checked_add(len as u64).filter(|&end| end <= self.len).ok_or(io::ErrorKind::UnexpectedEof)?;
        let read = || {
            let piece = self.file.slice(offset, end);
            FileReaderSync::new()?.read_as_array_buffer(piece.as_ref())
        };
        let bytes = read().map_err(|_| io::ErrorKind::PermissionDenied)?;
        let bytes = Uint8Array::new(&bytes);
        if bytes.length() as usize == len { Ok(bytes.to_vec()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn now() -> f64 {
    scope().performance().map_or(0.0, |performance| performance.now())
}

/// Sends a message to the page, and beside it each lead's samples.
fn post(message: &FromReader, samples: Vec<Vec<f32>>) {
    let bytes = postcard::to_stdvec(message).expect("messages are plain data");
    let bytes = Uint8Array::from(bytes.as_slice());
    let parts = Array::of1(&bytes);
    let transfer = Array::of1(&bytes.buffer());
    // One lead after the other, so that no more than one is there twice.
    for lead in samples {
        let array = Float32Array::from(lead.as_slice());
        transfer.push(&array.buffer());
        parts.push(&array);
    }
    // Fails only where the page is gone, and then nobody listens.
    let _ = scope().post_message_with_transfer(&parts, &transfer);
}
