//! The page, kept for use without a network (`public/service-worker.js`), and files that the desktop hands over
//! (`file_handlers` in `public/manifest.webmanifest`).

use std::time::Duration;

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, File};

use crate::view::page::language::t;
use crate::view::page::reading::Picked;
use crate::view::page::state::Page;

const SCRIPT: &str = "service-worker.js";
/// What the worker of a newer version is asked, and what it answers where other tabs use the older one.
const TAKE_OVER: &str = "take over";
const OTHERS: &str = "others";

#[wasm_bindgen]
extern "C" {
    /// Nothing where the page is served without encryption, or the browser keeps no pages.
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = serviceWorker)]
    static CONTAINER: Option<Container>;

    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone)]
    type Container;
    #[wasm_bindgen(method, catch)]
    fn register(this: &Container, script: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn controller(this: &Container) -> Option<Worker>;

    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone)]
    type Registration;
    #[wasm_bindgen(method, getter)]
    fn waiting(this: &Registration) -> Option<Worker>;
    #[wasm_bindgen(method, getter)]
    fn installing(this: &Registration) -> Option<Worker>;

    #[wasm_bindgen(extends = EventTarget)]
    type Worker;
    #[wasm_bindgen(method, getter)]
    fn state(this: &Worker) -> String;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Worker, message: &str);
}

/// After the first answer the browser has better things to fetch: the reader, and the GPU's engine.
const A_WHILE: Duration = Duration::from_millis(1500);

/// Keeps the page once the first answer, or that there is none, has been shown a while.
pub fn keep_later(page: Page) {
    let waits = StoredValue::new(true);
    Effect::new(move |_| {
        let is_over = page.answer.with(Option::is_some) || page.failure.with(Option::is_some);
        if is_over && waits.try_update_value(std::mem::take).unwrap_or_default() {
            set_timeout(move || keep(page), A_WHILE);
        }
    });
}

/// Has the browser keep the page, offers a newer version where there is one, and takes the desktop's files.
fn keep(page: Page) {
    take_launches(page);
    let Some(container) = CONTAINER.with(Option::clone) else { return };
    let newer = RwSignal::new_local(None::<Registration>);
    let others = RwSignal::new(false);
    leptos::mount::mount_to_body(move || newer_version(newer, others));
    // On a first visit there is no worker yet, and what then comes is none that is newer.
    let was_kept = container.controller().is_some();
    listen(&container, "controllerchange", move |_| {
        if was_kept {
            let _ = window().location().reload();
        }
    });
    listen(&container, "message", move |event| {
        if Reflect::get(&event, &"data".into()).is_ok_and(|data| data == OTHERS) {
            others.set(true);
        }
    });
    spawn_local(async move {
        let options = js_sys::Object::new();
        let _ = Reflect::set(&options, &"updateViaCache".into(), &"none".into());
        let Ok(registering) = container.register(SCRIPT, &options) else { return };
        // A browser that keeps nothing, or a host without that file: the page works as before.
        let Ok(registration) = JsFuture::from(registering).await else { return };
        let registration: Registration = registration.unchecked_into();
        if was_kept && registration.waiting().is_some() {
            newer.set(Some(registration.clone()));
        }
        let found = registration.clone();
        listen(&registration, "updatefound", move |_| {
            let Some(worker) = found.installing() else { return };
            let found = found.clone();
            listen(&worker, "statechange", move |_| {
                if was_kept && found.waiting().is_some() {
                    newer.set(Some(found.clone()));
                }
            });
        });
    });
}

/// As long as the page is.
fn listen(target: &EventTarget, event: &str, heard: impl Fn(JsValue) + 'static) {
    let listener = Closure::<dyn Fn(JsValue)>::new(heard);
    let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Says that there is a newer version, and takes it when somebody wants it.
fn newer_version(newer: RwSignal<Option<Registration>, LocalStorage>, others: RwSignal<bool>) -> impl IntoView {
    let take = move |_| {
        if let Some(worker) = newer.with_untracked(|newer| newer.as_ref().and_then(Registration::waiting)) {
            worker.post(TAKE_OVER);
        }
    };
    let offer = move || {
        newer.with(Option::is_some).then(|| {
            view! {
                <p>
                    {t(|words| words.export().newer_version())} " "
                    <button type="button" class="link" id="use-newer" on:click=take>
                        {t(|words| words.export().use_it())}
                    </button>
                </p>
                {move || others.get().then(|| view! { <p>{t(|words| words.export().others_are_open())}</p> })}
            }
        })
    };
    view! { <div id="newer" class="newer" role="status">{offer}</div> }
}

/// Files that somebody opened with this page from the desktop.
fn take_launches(page: Page) {
    let get = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or_default();
    let queue = get(&window(), "launchQueue");
    let Ok(set_consumer) = get(&queue, "setConsumer").dyn_into::<Function>() else { return };
    let consumer = Closure::<dyn Fn(JsValue)>::new(move |launch: JsValue| {
        let handles = get(&launch, "files").dyn_into::<Array>().unwrap_or_default();
        spawn_local(async move {
            let mut picked = Vec::new();
            for handle in handles.iter() {
                let Ok(get_file) = get(&handle, "getFile").dyn_into::<Function>() else { continue };
                let Ok(promise) = get_file.call0(&handle).and_then(JsCast::dyn_into::<Promise>) else { continue };
                if let Ok(file) = JsFuture::from(promise).await.and_then(JsCast::dyn_into::<File>) {
                    picked.push(Picked { path: file.name(), file });
                }
            }
            if !picked.is_empty() {
                page.open_files(picked);
            }
        });
    });
    let _ = set_consumer.call1(&queue, consumer.as_ref());
    consumer.forget();
}
