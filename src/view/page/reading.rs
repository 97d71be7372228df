//! From what somebody dropped or picked to rows of the list, without ever holding up the page.

use std::sync::Arc;

use gloo_file::Blob;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::recordings::{Finding, Problem};
use super::state::Page;
use super::{timing, words};
use crate::record::catalog::catalog;
use crate::record::file_set::FileSet;
use crate::record::{FormatError, Reading};

/// A file as the browser holds it, with the path that says where among the others it lay.
pub struct Picked {
    pub path: String,
    pub file: web_sys::File,
}

/// Larger ones are refused before they are read.
const LARGEST_FILE: f64 = 512.0 * 1024.0 * 1024.0;
/// And no more than this together.
const LARGEST_DROP: f64 = 1024.0 * 1024.0 * 1024.0;
/// Work goes on for so many milliseconds before the page gets its turn.
const SLICE: f64 = 8.0;
/// The list is told of findings this often, in ms.
const TELL_EVERY: f64 = 200.0;

thread_local! {
    /// Files that lacked their companion when they were dropped: a later drop may bring it.
    static LEFT_OVER: std::cell::RefCell<Vec<(String, Vec<u8>)>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Lets the page draw and answer before work goes on.
struct Turns {
    since: f64,
}

impl Turns {
    fn new() -> Self {
        Self { since: timing::now() }
    }

    async fn yield_if_due(&mut self) {
        if timing::now() - self.since > SLICE {
            let (sender, receiver) = futures_channel();
            set_timeout(sender, std::time::Duration::ZERO);
            receiver.await;
            self.since = timing::now();
        }
    }
}

/// A promise, and what fulfils it.
fn futures_channel() -> (impl FnOnce() + 'static, impl Future<Output = ()>) {
    let mut resolve = None;
    let promise = js_sys::Promise::new(&mut |fulfil, _| resolve = Some(fulfil));
    let fulfil = move || {
        if let Some(resolve) = resolve {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    };
    (fulfil, async move {
        let _ = JsFuture::from(promise).await;
    })
}

impl Page {
    /// Reads `files`, lists the recordings in them, opens the first good one, and says what is wrong with the others.
    pub async fn open_files(self, files: Vec<Picked>) {
        let recordings = self.recordings;
        let mut turns = Turns::new();
        let mut set = FileSet::default();
        let carried = take_left_over(&mut set, &recordings.problems.get_untracked());
        let mut together = 0.0;
        let all = files.len();
        for (done, Picked { path, file }) in files.into_iter().enumerate() {
            recordings.progress.set(Some((done, all)));
            let size = file.size();
            together += size;
            if size > LARGEST_FILE {
                recordings.complain(words::too_large(&path, (size / (1024.0 * 1024.0)) as u64));
                continue;
            }
            if together > LARGEST_DROP {
                recordings.complain(words::too_much(&path));
                continue;
            }
            match gloo_file::futures::read_as_bytes(&Blob::from(file.unchecked_into::<web_sys::Blob>())).await {
                Ok(bytes) => set.add(path, bytes),
                Err(_) => recordings.complain(words::unreadable(&path)),
            }
            turns.yield_if_due().await;
        }
        let found = catalog(&set);
        turns.yield_if_due().await;
        recordings.problems.update(|problems| problems.retain(|problem| !carried.contains(&problem.file)));
        keep_left_over(&set, &found.problems);
        found.problems.into_iter().for_each(|problem| recordings.complain(problem));
        let rows = recordings.add(&Arc::new(set), found.entries);
        self.look_through(rows, turns).await;
        recordings.progress.set(None);
    }

    /// Reads every recording once: opens the first good one, marks the broken ones. If none is good but one lacks only
    /// its sampling rate, asks for that.
    async fn look_through(self, rows: Vec<u32>, mut turns: Turns) {
        let recordings = self.recordings;
        let all = rows.len();
        let mut findings: Vec<(u32, Finding)> = Vec::new();
        let (mut opened, mut to_ask) = (false, None);
        let mut told = timing::now();
        for (done, row) in rows.into_iter().enumerate() {
            let Some(reading) = recordings.look_at(row) else { continue };
            findings.push((row, Finding::of(&reading)));
            match reading {
                Ok(Reading::Complete(_)) if !opened => {
                    opened = true;
                    self.put_on_paper(row, reading);
                }
                Ok(Reading::NeedsSamplingRate(_)) if to_ask.is_none() => to_ask = Some((row, reading)),
                Err(error) => recordings.complain(error),
                Ok(_) => {}
            }
            if timing::now() - told > TELL_EVERY {
                recordings.note(&std::mem::take(&mut findings));
                recordings.progress.set(Some((done + 1, all)));
                told = timing::now();
            }
            turns.yield_if_due().await;
        }
        recordings.note(&findings);
        if let (false, Some((row, reading))) = (opened, to_ask) {
            self.put_on_paper(row, reading);
        }
    }
}

/// Puts what was left over, and is still complained about, into `set`; the paths.
fn take_left_over(set: &mut FileSet, problems: &[Problem]) -> Vec<String> {
    let left = LEFT_OVER.with(|left| std::mem::take(&mut *left.borrow_mut()));
    let mut paths = Vec::new();
    for (path, bytes) in left {
        if problems.iter().any(|problem| problem.file == path) {
            set.add(path.clone(), bytes);
            paths.push(path);
        }
    }
    paths
}

/// Remembers the files that nothing could be made of, unless they are large.
fn keep_left_over(set: &FileSet, problems: &[FormatError]) {
    const LARGEST: usize = 16 * 1024 * 1024;
    const MOST: usize = 100;
    let files = problems.iter().filter_map(|problem| Some((problem.file.clone(), set.read(&problem.file).ok()?)));
    let small = files.filter(|(_, bytes)| bytes.len() <= LARGEST).take(MOST);
    let left = small.map(|(path, bytes)| (path, bytes.into_owned())).collect();
    LEFT_OVER.with(|kept| *kept.borrow_mut() = left);
}
