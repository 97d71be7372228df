//! Explanations of a gallery's recordings: one after the other, as they are asked for, and as long as the gallery shows.

use std::collections::{HashMap, VecDeque};

use leptos::prelude::*;

use crate::engine::client::Event;
use crate::explain::{Explanation, Question};
use crate::network::Class;
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::dataset::{MemberSource, TestSet};
use crate::view::i18n::Sentence;
use crate::view::page::errands::Read;
use crate::view::page::state::{Page, Shared};

/// A recording, and the class that is explained; the network's answer where `None`.
pub type Key = (usize, Option<Class>);

/// The samples that the network read, in mV, their rate in Hz, and the explanation.
pub struct Explained {
    pub samples: Vec<f32>,
    pub fs: f64,
    pub explanation: Explanation,
}

/// Who waits for an explanation; or a sentence that says why there is none.
pub type Hearer = Box<dyn FnOnce(Result<Explained, Sentence>)>;

/// An explanation, once it is there; or a sentence that says why there is none.
pub type Shown = ArcRwSignal<Option<Result<Shared<Explained>, Sentence>>>;

/// The explanations of the gallery, and those that are still to be made.
#[derive(Clone, Copy, Default)]
pub struct Cards {
    shown: StoredValue<HashMap<Key, Shown>>,
    waiting: StoredValue<VecDeque<Key>>,
    /// The turn that is being read or explained.
    at_work: StoredValue<Option<u32>>,
    turns: StoredValue<u32>,
}

impl Cards {
    /// The gallery shows something else; what is being explained is not wanted any more.
    pub fn clear(self) {
        self.at_work.set_value(None);
        self.shown.update_value(HashMap::clear);
        self.waiting.update_value(VecDeque::clear);
    }

    /// One card is read and explained at a time.
    fn new_turn(self) -> u32 {
        let turn = self.turns.get_value().wrapping_add(1);
        self.turns.set_value(turn);
        self.at_work.set_value(Some(turn));
        turn
    }

    /// Whether the answer of `turn` is still waited for.
    fn is_turn(self, turn: u32) -> bool {
        self.at_work.get_value() == Some(turn)
    }

    fn put(self, key: Key, what: Result<Shared<Explained>, Sentence>) {
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
        let Some(key) = next else { return };
        let turn = cards.new_turn();
        let hear = move |what: Result<Explained, Sentence>| {
            if cards.is_turn(turn) {
                self.finish_card(key, what.map(Shared::new));
            }
        };
        self.explain_member(key, Box::new(hear));
    }

    /// Has a recording of the set read again and explained.
    pub(super) fn explain_member(self, key: Key, hear: Hearer) {
        let Some(set) = self.room.set.get_untracked() else { return };
        let member = &set.members[key.0];
        match &member.source {
            MemberSource::Recipe(recipe) => self.explain_record(key, recipe.record(member.name.as_str()), hear),
            MemberSource::File { row, set, path } => {
                let fs = self.recordings.row(*row).and_then(|row| row.rate);
                let hear_read = move |(finding, record): Read| match (finding, record) {
                    (_, Some(record)) => self.explain_record(key, *record, hear),
                    (Finding::Broken(error), None) => hear(Err(Sentence::read_error(error))),
                    _ => hear(Err(Sentence::word(|words| words.evaluation().no_rate()))),
                };
                if let Some(question) = self.with_reader(|reader| reader.read(*set, path, fs)) {
                    self.when_read(question, Box::new(hear_read));
                }
            }
            MemberSource::Missing => hear(Err(Sentence::word(|words| words.evaluation().files_are_gone()))),
        }
    }

    fn explain_record(self, key: Key, record: Record, hear: Hearer) {
        let (samples, fs) = super::run::lead_of(record);
        let question = Question { class: key.1, ..Question::default() };
        let Some(question) = self.with_client(|engine| engine.explain(&samples, fs, question)) else { return };
        let hear_answer = move |answer| match answer {
            Event::Explained { explanation, .. } => hear(Ok(Explained { samples, fs, explanation: *explanation })),
            Event::Failed { reason, .. } => {
                let name = self.name_of_member(key.0);
                hear(Err(Sentence::new(move |words| words.not_classified(&name, &reason))));
            }
            Event::Classified { .. } | Event::DevicesChanged => {}
        };
        self.when_answered(question, Box::new(hear_answer));
    }

    fn finish_card(self, key: Key, what: Result<Shared<Explained>, Sentence>) {
        self.room.cards.at_work.set_value(None);
        self.room.cards.put(key, what);
        self.next_card();
    }

    pub(super) fn name_of_member(self, index: usize) -> String {
        let name = |set: &Shared<TestSet>| set.members.get(index).map(|member| member.name.clone());
        self.room.set.with_untracked(|set| set.as_ref().and_then(name)).unwrap_or_default()
    }
}
