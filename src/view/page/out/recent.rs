//! Recordings of one's own that were opened, kept in this browser for the next visit: only where somebody asks for that,
//! and until they are told to be forgotten.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::listing::Content;
use crate::view::page::kept;
use crate::view::page::language::t;
use crate::view::page::recordings::{Row, Source};
use crate::view::page::room::{EVALUATION, EVALUATION_MARK};
use crate::view::page::state::{Heading, Page, Shared};
use crate::view::page::storage::{storage, stored};

/// Under which they are kept; whether they are, the page knows without opening a database.
const NAME: &str = "recent";
const MARK: &str = "ecg-lens:recent";
/// Of what is kept. What another version of the page has kept is left alone.
const VERSION: &str = "2";
/// So many recordings are kept, and so many samples of all their leads: 16 MB.
const MOST: usize = 8;
const MOST_SAMPLES: usize = 4_000_000;

/// Below the lists.
#[component]
pub fn RecentRecordings() -> impl IntoView {
    let recent = Recent {
        page: expect_context::<Page>(),
        is_on: RwSignal::new(stored(MARK).as_deref() == Some(VERSION)),
        is_restored: RwSignal::new(false),
        records: StoredValue::default(),
        rows: StoredValue::default(),
    };
    kept::finish_forgetting(NAME, MARK);
    kept::finish_forgetting(EVALUATION, EVALUATION_MARK);
    recent.restore();
    Effect::new(move |_| recent.note());
    Effect::new(move |_| recent.leave_out());
    let elsewhere = kept::when_forgotten_elsewhere(MARK, move || recent.put_away());
    on_cleanup(move || elsewhere.remove());
    let change = move |_| match recent.is_on.get_untracked() {
        true => recent.forget(),
        false => recent.is_on.set(true),
    };
    view! {
        <p class="recent">
            <label title=t(|words| words.export().remember_why())>
                <input type="checkbox" id="remember" prop:checked=move || recent.is_on.get() on:change=change />
                {t(|words| words.export().remember())}
            </label>
            <Show when=move || recent.is_on.get()>
                <button type="button" class="link" id="forget-recent" on:click=move |_| recent.forget()>
                    {t(|words| words.export().forget_recent())}
                </button>
            </Show>
        </p>
    }
}

/// Handles, copied freely.
#[derive(Clone, Copy)]
struct Recent {
    page: Page,
    is_on: RwSignal<bool>,
    /// Whether what was kept has been looked for: before that, nothing is written in its place.
    is_restored: RwSignal<bool>,
    /// The latest first.
    records: StoredValue<Vec<Shared<Record>>>,
    /// Rows of the list that came from here.
    rows: StoredValue<Vec<u32>>,
}

impl Recent {
    /// Lists what was kept.
    fn restore(self) {
        if !self.is_on.get_untracked() {
            return self.is_restored.set(true);
        }
        spawn_local(async move {
            let bytes = kept::get(NAME).await.ok().flatten().unwrap_or_default();
            let records = postcard::from_bytes::<Vec<Record>>(&bytes).unwrap_or_default();
            let records: Vec<Shared<Record>> = records.into_iter().map(Shared::new).collect();
            // Each goes before those that are listed.
            let rows = records.iter().rev().map(|record| self.page.recordings.hold(record.clone())).collect();
            self.rows.set_value(rows);
            self.records.set_value(records);
            self.is_restored.set(true);
        });
    }

    /// Keeps the recording that was opened, if it is one's own.
    fn note(self) {
        if !self.is_on.get() || !self.is_restored.get() {
            return;
        }
        let open = self.page.open.with(|open| open.as_ref().map(|open| (open.row, open.record.clone())));
        let Some((row, record)) = open.filter(|(_, record)| !record.provenance.synthetic) else { return };
        // Of a long one only a minute is at hand.
        let row = untrack(|| self.page.recordings.row(row));
        let is_long = row.is_some_and(|row| matches!(row.finding, Some(Finding::Long { .. })));
        if is_long || samples(&record) > MOST_SAMPLES {
            return;
        }
        self.records.update_value(|records| {
            records.retain(|other| **other != *record);
            records.insert(0, record);
            let mut sum = 0;
            let fits = |record: &Shared<Record>| {
                sum += samples(record);
                sum <= MOST_SAMPLES
            };
            let count = records.iter().take(MOST).map(fits).take_while(|fits| *fits).count();
            records.truncate(count);
        });
        self.keep();
    }

    /// What was taken out of the list is not kept for the next visit either.
    fn leave_out(self) {
        let Some((name, content)) = self.page.recordings.taken_out.get() else { return };
        let is_it = |record: &Record| {
            let same = Content::of(&Finding::good(record)).is_some_and(|its| its.is_same(&content));
            same && Heading::of(record).name.key() == name
        };
        let left_out = self.records.try_update_value(|records| {
            let before = records.len();
            records.retain(|record| !is_it(record));
            records.len() < before
        });
        if left_out == Some(true) && self.is_on.get_untracked() {
            self.keep();
        }
    }

    fn keep(self) {
        let bytes = self.records.with_value(|records| {
            let records: Vec<&Record> = records.iter().map(|record| &**record).collect();
            postcard::to_allocvec(&records)
        });
        let Ok(bytes) = bytes else { return };
        spawn_local(async move {
            // A browser that keeps nothing is one in which a visit begins anew.
            if kept::put(NAME, &bytes).await.is_err() {
                return;
            }
            match self.is_on.get_untracked() {
                true => drop(storage().map(|storage| storage.set_item(MARK, VERSION))),
                // Told to forget meanwhile.
                false => kept::forget(NAME, MARK),
            }
        });
    }

    /// Nothing is kept any more, and what was is not listed.
    fn forget(self) {
        self.put_away();
        kept::forget(NAME, MARK);
    }

    /// As if nothing had been kept: here, and where another tab of this page was told to forget it.
    fn put_away(self) {
        self.is_on.set(false);
        self.records.set_value(Vec::new());
        let rows = self.rows.try_update_value(std::mem::take).unwrap_or_default();
        // What was opened from a file since is there for that reason.
        let is_from_here = |row: &Row| rows.contains(&row.id) && matches!(row.source, Source::Held(_));
        if self.page.recordings.yours.with_untracked(|yours| yours.iter().any(is_from_here)) {
            self.page.recordings.yours.update(|yours| yours.retain(|row| !is_from_here(row)));
        }
    }
}

fn samples(record: &Record) -> usize {
    record.leads.iter().map(|lead| lead.samples.len()).sum()
}
