//! Ways in: dropping anywhere on the page, and the two pickers.

use gloo_file::FileList;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DragEvent, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry,
};

use super::language::t;
use super::reading::Picked;
use super::recordings::Problem;
use super::state::Page;
use crate::view::i18n::Word;

/// The buttons that open the browser's pickers.
#[component]
pub fn Pickers() -> impl IntoView {
    let page = expect_context::<Page>();
    let files = NodeRef::<Input>::new();
    let folder = NodeRef::<Input>::new();
    let take = move |input: NodeRef<Input>, nothing: Word| {
        let Some(input) = input.get_untracked() else { return };
        let picked = input.files().map(|list| picked(list.into())).unwrap_or_default();
        // So that the same file can be picked again.
        input.set_value("");
        if picked.is_empty() {
            page.recordings.complain(Problem::of_nothing(nothing));
        } else {
            page.open_files(picked);
        }
    };
    let click = |input: NodeRef<Input>| {
        move |_| {
            if let Some(input) = input.get_untracked() {
                input.click();
            }
        }
    };
    view! {
        <div class="pickers">
            <button type="button" class="button" on:click=click(files)>{t(|words| words.open_files())}</button>
            <button type="button" class="button" on:click=click(folder)>{t(|words| words.open_folder())}</button>
            <input type="file" id="file-input" class="hidden" multiple tabindex="-1"
                aria-label=t(|words| words.open_files())
                node_ref=files on:change=move |_| take(files, |words| words.nothing_dropped()) />
            <input type="file" id="folder-input" class="hidden" multiple prop:webkitdirectory=true tabindex="-1"
                aria-label=t(|words| words.open_folder()) node_ref=folder
                on:change=move |_| take(folder, |words| words.folder_empty()) />
        </div>
    }
}

fn picked(list: FileList) -> Vec<Picked> {
    list.iter()
        .map(|file| {
            let file: &File = file.as_ref();
            // The path within the picked folder; empty for single files.
            let path = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
            let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
            Picked { path, file: file.clone() }
        })
        .collect()
}

/// Takes drops anywhere on the page. The signal says whether something is held over it.
pub fn take_drops(page: Page) -> ReadSignal<bool> {
    let (over, set_over) = signal(false);
    let of_files =
        |event: &DragEvent| event.data_transfer().is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0));
    window_event_listener(leptos::ev::dragover, move |event: DragEvent| {
        if of_files(&event) {
            event.prevent_default();
            set_over.maybe_update(|over| !std::mem::replace(over, true));
        }
    });
    window_event_listener(leptos::ev::dragleave, move |event: DragEvent| {
        // Left for outside the window, and not for another element of it.
        if event.related_target().is_none() {
            set_over.set(false);
        }
    });
    window_event_listener(leptos::ev::drop, move |event: DragEvent| {
        set_over.set(false);
        let Some(transfer) = event.data_transfer() else { return };
        event.prevent_default();
        // Entries must be taken now: after the event the browser forgets them.
        let items = transfer.items();
        let entries: Vec<FileSystemEntry> =
            (0..items.length()).filter_map(|index| items.get(index)?.webkit_get_as_entry().ok().flatten()).collect();
        let plain = transfer.files().map(|list| picked(list.into())).unwrap_or_default();
        spawn_local(async move {
            // A drop made by a script has files and no entries.
            let files = if entries.is_empty() { plain } else { walk(page, entries).await };
            if files.is_empty() {
                page.recordings.complain(Problem::of_nothing(|words| words.nothing_dropped()));
            } else {
                page.open_files(files);
            }
        });
    });
    over
}

/// All files under `entries`, folders opened up.
async fn walk(page: Page, entries: Vec<FileSystemEntry>) -> Vec<Picked> {
    let mut files = Vec::new();
    let mut left = entries;
    left.reverse();
    while let Some(entry) = left.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_directory() {
            let reader = entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader();
            loop {
                match more_entries(&reader).await {
                    // A folder is told in portions; an empty one is the last.
                    Some(more) if !more.is_empty() => left.extend(more),
                    Some(_) => break,
                    None => {
                        page.recordings.complain(Problem::of_file(&path, |words| words.unreadable()));
                        break;
                    }
                }
            }
        } else {
            match file_of(&entry.unchecked_into()).await {
                Some(file) => files.push(Picked { path, file }),
                None => page.recordings.complain(Problem::of_file(&path, |words| words.unreadable())),
            }
        }
    }
    files
}

async fn more_entries(reader: &FileSystemDirectoryReader) -> Option<Vec<FileSystemEntry>> {
    let promise = js_sys::Promise::new(&mut |fulfil, reject| {
        if reader.read_entries_with_callback_and_callback(&fulfil, &reject).is_err() {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    let entries: js_sys::Array = JsFuture::from(promise).await.ok()?.unchecked_into();
    Some(entries.iter().map(JsCast::unchecked_into).collect())
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let promise = js_sys::Promise::new(&mut |fulfil, reject| entry.file_with_callback_and_callback(&fulfil, &reject));
    JsFuture::from(promise).await.ok().map(JsCast::unchecked_into)
}
