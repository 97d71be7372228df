//! What the page keeps in this browser because somebody asked for it: bytes under a name, in IndexedDB. Nobody else can
//! read it, and it never leaves the browser.

use js_sys::Reflect;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::window_event_listener_untyped;
use leptos::task::spawn_local;

use super::storage::{storage, stored};

/// In the place of a mark that says that something is kept: it is being forgotten.
const FORGETTING: &str = "forgetting";

/// Keeps nothing under `name` any more. `mark`, by which the page knows in local storage that something is kept, goes
/// only when that is done: a page that is closed meanwhile does it at the next visit (see [`finish_forgetting`]).
pub fn forget(name: &'static str, mark: &'static str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(mark, FORGETTING);
    }
    spawn_local(async move {
        if remove(name).await.is_ok()
            && let Some(storage) = storage()
        {
            let _ = storage.remove_item(mark);
        }
    });
}

/// Calls `forgotten` when another tab of this page forgets what it keeps under `mark`, or when all that the browser
/// remembers is cleared there. (A tab does not hear of what it does itself.)
pub fn when_forgotten_elsewhere(mark: &'static str, forgotten: impl Fn() + 'static) -> WindowListenerHandle {
    window_event_listener_untyped("storage", move |event| {
        let text = |name: &str| Reflect::get(&event, &name.into()).ok().and_then(|text| text.as_string());
        let is_ours = text("key").is_none_or(|key| key == mark);
        if is_ours && text("newValue").is_none_or(|value| value == FORGETTING) {
            forgotten();
        }
    })
}

/// Forgets what an earlier visit had no time to.
pub fn finish_forgetting(name: &'static str, mark: &'static str) {
    if stored(mark).as_deref() == Some(FORGETTING) {
        forget(name, mark);
    }
}

#[cfg(target_arch = "wasm32")]
pub use in_browser::{get, put, remove};
#[cfg(not(target_arch = "wasm32"))]
pub use nowhere::{get, put, remove};

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use idb::{Database, Error, Factory, ObjectStoreParams, TransactionMode};
    use js_sys::Uint8Array;
    use wasm_bindgen::{JsCast, JsValue};

    const DATABASE: &str = "ecg-lens";
    const STORE: &str = "kept";

    /// Fails in browsers that keep nothing, as some do in private windows.
    async fn open() -> Result<Database, Error> {
        let mut request = Factory::new()?.open(DATABASE, Some(1))?;
        request.on_upgrade_needed(|event| {
            use idb::DatabaseEvent;
            // Without a store, what follows fails, and says so.
            let _ = event.database().map(|database| database.create_object_store(STORE, ObjectStoreParams::new()));
        });
        request.await
    }

    /// Puts `bytes` in the place of what was kept under `name`.
    pub async fn put(name: &str, bytes: &[u8]) -> Result<(), Error> {
        let transaction = open().await?.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        store.put(&Uint8Array::from(bytes), Some(&JsValue::from_str(name)))?.await?;
        transaction.commit()?.await?;
        Ok(())
    }

    /// What is kept under `name`.
    pub async fn get(name: &str) -> Result<Option<Vec<u8>>, Error> {
        let transaction = open().await?.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let found = transaction.object_store(STORE)?.get(JsValue::from_str(name))?.await?;
        Ok(found.and_then(|found| found.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()))
    }

    /// Keeps nothing under `name` any more.
    pub async fn remove(name: &str) -> Result<(), Error> {
        let transaction = open().await?.transaction(&[STORE], TransactionMode::ReadWrite)?;
        transaction.object_store(STORE)?.delete(JsValue::from_str(name))?.await?;
        transaction.commit()?.await?;
        Ok(())
    }
}

/// Without a browser nothing is kept: the page is compiled natively for its tests alone.
#[cfg(not(target_arch = "wasm32"))]
mod nowhere {
    #[derive(Debug)]
    pub struct NothingIsKept;

    pub async fn put(_name: &str, _bytes: &[u8]) -> Result<(), NothingIsKept> {
        Err(NothingIsKept)
    }

    pub async fn get(_name: &str) -> Result<Option<Vec<u8>>, NothingIsKept> {
        Err(NothingIsKept)
    }

    pub async fn remove(_name: &str) -> Result<(), NothingIsKept> {
        Err(NothingIsKept)
    }
}
