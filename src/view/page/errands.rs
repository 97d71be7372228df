//! Questions to the engines and to the reader that are not about the recording on the paper, and who hears the answers.

use std::collections::HashMap;

use leptos::prelude::*;

use super::state::Page;
use crate::engine::client::Event;
use crate::reader::message::Finding;
use crate::record::Record;

type Hearer<Answer> = Box<dyn FnOnce(Answer)>;
type Waiting<Answer> = StoredValue<HashMap<u32, Hearer<Answer>>, LocalStorage>;

/// What the reader found of one recording.
pub type Read = (Finding, Option<Box<Record>>);

/// Who waits for what, by the number of the question.
#[derive(Clone, Copy)]
pub struct Errands {
    engine: Waiting<Event>,
    reader: Waiting<Read>,
}

impl Default for Errands {
    fn default() -> Self {
        Self { engine: StoredValue::new_local(HashMap::new()), reader: StoredValue::new_local(HashMap::new()) }
    }
}

impl Page {
    /// Has `hear` called with the engines' answer to `question`, which may be that there is none.
    pub fn when_answered(self, question: u32, hear: Hearer<Event>) {
        self.errands.engine.update_value(|all| drop(all.insert(question, hear)));
    }

    /// Has `hear` called with the reader's answer to `question`.
    pub fn when_read(self, question: u32, hear: Hearer<Read>) {
        self.errands.reader.update_value(|all| drop(all.insert(question, hear)));
    }

    /// The reader's answer to `question` is not wanted any more.
    pub fn forget_read(self, question: u32) {
        self.errands.reader.update_value(|all| drop(all.remove(&question)));
        self.with_reader(|reader| reader.forget(question));
    }

    /// The answer, unless somebody waited for it and has it now.
    pub(super) fn unless_errand(self, question: u32, answer: Event) -> Option<Event> {
        hand_over(self.errands.engine, question, answer)
    }

    pub(super) fn unless_read_errand(self, question: u32, answer: Read) -> Option<Read> {
        hand_over(self.errands.reader, question, answer)
    }
}

fn hand_over<Answer>(waiting: Waiting<Answer>, question: u32, answer: Answer) -> Option<Answer>
where
    Answer: 'static,
{
    // Taken out first: who hears it may ask again at once.
    match waiting.try_update_value(|all| all.remove(&question)).flatten() {
        Some(hear) => {
            hear(answer);
            None
        }
        None => Some(answer),
    }
}
