//! Explanations of a gallery's recordings: one after the other, as they are asked for, and as long as the gallery shows.

use std::collections::{HashMap, VecDeque};

use leptos::prelude::*;

use super::set::MemberSource;
use crate::explain::{Explanation, Question};
use crate::network::Class;
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::geometry::DEFAULT_SAMPLES;
use crate::view::page::state::{Page, Shared};
use crate::view::page::words;
use crate::view::page::words::room as room_words;

/// A recording, and the class that is explained; the network's answer where `None`.
pub type Key = (usize, Option<Class>);

/// What a card shows: the recording's first samples in mV, their rate in Hz, and the explanation.
pub struct Explained {
    pub samples: Vec<f32>,
    pub fs: f64,
    pub explanation: Explanation,
}

/// An explanation, once it is there; or a sentence that says why there is none.
pub type Shown = ArcRwSignal<Option<Result<Shared<Explained>, String>>>;

/// The explanations of the gallery, and those that are still to be made.
#[derive(Clone, Copy, Default)]
pub struct Cards {
    shown: StoredValue<HashMap<Key, Shown>>,
    waiting: StoredValue<VecDeque<Key>>,
    at_work: StoredValue<Option<AtWork>>,
}

enum AtWork {
    Reading { question: u32, key: Key },
    Explaining { question: u32, key: Key, samples: Vec<f32>, fs: f64 },
}

impl Cards {
    /// The gallery shows something else; what is being explained is not wanted any more.
    pub fn clear(self) {
        self.at_work.set_value(None);
        self.shown.update_value(HashMap::clear);
        self.waiting.update_value(VecDeque::clear);
    }

    /// Whether the answer to `question` is for a card.
    pub fn awaits(self, question: u32) -> bool {
        self.at_work.with_value(|it| matches!(it, Some(AtWork::Explaining { question: asked, .. }) if *asked == question))
    }

    fn put(self, key: Key, what: Result<Shared<Explained>, String>) {
        if let Some(shown) = self.shown.with_value(|shown| shown.get(&key).cloned()) {
            shown.set(Some(what));
        }
    }
}

impl Page {
    /// The explanation for a card; asked for where it is not there yet.
    pub fn card(self, key: Key) -> Shown {
        let cards = self.room.cards;
        if let Some(shown) = cards.shown.with_value(|shown| shown.get(&key).cloned()) {
            return shown;
        }
        let shown = Shown::new(None);
        cards.shown.update_value(|all| drop(all.insert(key, shown.clone())));
        cards.waiting.update_value(|waiting| waiting.push_back(key));
        // The card is being drawn at this moment; what is found at once would change it meanwhile.
        request_animation_frame(move || self.next_card());
        shown
    }

    fn next_card(self) {
        let cards = self.room.cards;
        if cards.at_work.with_value(Option::is_some) {
            return;
        }
        let next = cards.waiting.try_update_value(VecDeque::pop_front).flatten();
        let (Some(key), Some(set)) = (next, self.room.set.get_untracked()) else { return };
        let member = &set.members[key.0];
        match &member.source {
            MemberSource::Recipe(recipe) => self.explain_card(key, recipe.record(member.name.as_str())),
            MemberSource::File { row, set, path } => {
                let fs = self.recordings.row(*row).and_then(|row| row.rate);
                if let Some(question) = self.with_reader(|reader| reader.read(*set, path, fs)) {
                    cards.at_work.set_value(Some(AtWork::Reading { question, key }));
                }
            }
        }
    }

    fn explain_card(self, key: Key, record: Record) {
        let (mut samples, fs) = super::run::lead_of(record);
        let question = Question { class: key.1, ..Question::default() };
        if let Some(question) = self.with_engine(|engine| engine.explain(&samples, fs, question)) {
            samples.truncate(DEFAULT_SAMPLES);
            self.room.cards.at_work.set_value(Some(AtWork::Explaining { question, key, samples, fs }));
        }
    }

    /// An answer of the reader; true where a card waited for it.
    pub fn hear_read_of_card(self, answer: u32, finding: &Finding, record: &mut Option<Box<Record>>) -> bool {
        let cards = self.room.cards;
        let taken = cards.at_work.try_update_value(|at_work| match at_work {
            Some(AtWork::Reading { question, key }) if *question == answer => {
                let key = *key;
                *at_work = None;
                Some(key)
            }
            _ => None,
        });
        let Some(key) = taken.flatten() else { return false };
        match (finding, record.take()) {
            (_, Some(record)) => self.explain_card(key, *record),
            (Finding::Broken(error), None) => {
                cards.put(key, Err(error.to_string()));
                self.next_card();
            }
            _ => {
                cards.put(key, Err(room_words::NO_RATE.to_owned()));
                self.next_card();
            }
        }
        true
    }

    /// An answer of the engine, if a card waited for it.
    pub fn hear_explained_card(self, answer: u32, explanation: Result<Box<Explanation>, String>) {
        let cards = self.room.cards;
        let taken = cards.at_work.try_update_value(|at_work| match at_work {
            Some(AtWork::Explaining { question, .. }) if *question == answer => at_work.take(),
            _ => None,
        });
        let Some(Some(AtWork::Explaining { key, samples, fs, .. })) = taken else { return };
        let name = || self.room.set.with_untracked(|set| set.as_ref().map(|set| set.members[key.0].name.clone()));
        let what = match explanation {
            Ok(explanation) => Ok(Shared::new(Explained { samples, fs, explanation: *explanation })),
            Err(reason) => Err(words::not_classified(&name().unwrap_or_default(), &reason)),
        };
        cards.put(key, what);
        self.next_card();
    }
}
