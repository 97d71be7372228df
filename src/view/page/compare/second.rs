//! What the second trace shows.

use std::ops::Range;

use leptos::prelude::*;

use crate::engine::client::Event;
use crate::explain::{Explanation, Question};
use crate::network::{Class, Layer};
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::geometry::Envelope;
use crate::view::i18n::Sentence;
use crate::view::page::day::{part, placed};
use crate::view::page::errands::Read;
use crate::view::page::language::words;
use crate::view::page::recordings::Source;
use crate::view::page::state::{Page, Shared};

/// Whose trace it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The lead that is on the paper.
    Same,
    /// A recording of the list, by its row: the lead that the network reads.
    Row(u32),
}

/// For which class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassChoice {
    /// The one that the network answers.
    Answer,
    /// The one that it thinks of next; another than is explained above.
    Next,
    This(Class),
}

/// A lead, and its recording under its name.
#[derive(Clone, PartialEq)]
pub struct Lead {
    pub name: Sentence,
    pub record: Shared<Record>,
    pub lead: usize,
    /// What is drawn: the samples, or what the display filter leaves of them.
    pub drawn: Shared<Vec<f32>>,
    pub envelope: Shared<Envelope>,
}

/// What the network is asked.
#[derive(Clone, PartialEq)]
struct Asked {
    name: Sentence,
    record: Shared<Record>,
    lead: usize,
    /// On a strip, the window that lies in the middle of the view; of any other, all samples.
    part: Range<usize>,
    question: Question,
}

/// The second trace; handles, copied freely.
#[derive(Clone, Copy)]
pub struct Second {
    page: Page,
    pub subject: RwSignal<Subject>,
    pub class: RwSignal<ClassChoice>,
    pub layer: RwSignal<Layer>,
    /// Another recording, once it is read; or why it cannot be.
    other: RwSignal<Option<Result<Shared<Record>, Sentence>>>,
    pub lead: Memo<Option<Lead>>,
    pub answer: RwSignal<Option<Result<Shared<Explanation>, Sentence>>>,
    /// Tells the answer that is waited for from those before.
    turn: StoredValue<u32>,
}

impl Second {
    /// Follows what is on the paper and what is chosen.
    pub fn begin(page: Page) -> Self {
        let subject = RwSignal::new(Subject::Same);
        let other = RwSignal::new(None::<Result<Shared<Record>, Sentence>>);
        let lead = Memo::new(move |_| {
            let (name, record, lead) = match subject.get() {
                Subject::Same => page.open.with(|open| {
                    open.as_ref().map(|open| (open.heading.name.clone(), open.record.clone(), open.lead))
                })?,
                Subject::Row(row) => {
                    let record = other.get()?.ok()?;
                    let lead = record.preferred_lead();
                    (page.recordings.row(row)?.name, record, lead)
                }
            };
            let samples = &record.leads[lead].samples;
            let drawn = page.measure.filter.get().apply(samples, record.fs).unwrap_or_else(|| samples.clone());
            let envelope = Shared::new(Envelope::of(&drawn));
            Some(Lead { name, record, lead, drawn: Shared::new(drawn), envelope })
        });
        let second = Self {
            page,
            subject,
            class: RwSignal::new(ClassChoice::Next),
            layer: RwSignal::new(page.question.with_untracked(|question| question.layer)),
            other,
            lead,
            answer: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        Effect::new(move |_| second.read());
        // The filter does not change what is asked, nor does the view but for the window that it is in.
        let asked = Memo::new(move |_| {
            let question = second.question()?;
            lead.with(|lead| {
                let Lead { name, record, lead, .. } = lead.as_ref()?;
                let (part, _) = part(record.len(), record.fs, page.middle());
                Some(Asked { name: name.clone(), record: record.clone(), lead: *lead, part, question })
            })
        });
        Effect::new(move |_| second.ask(asked.get()));
        second
    }

    /// Has another recording read.
    fn read(self) {
        let Subject::Row(row) = self.subject.get() else { return };
        self.other.set(None);
        self.answer.set(None);
        let Some(row) = self.page.recordings.row(row) else { return };
        match row.source {
            Source::Demo(demo) => self.other.set(Some(Ok(Shared::new(demo.record())))),
            Source::Held(record) => self.other.set(Some(Ok(record))),
            Source::Files { set, path } => {
                let question = self.page.with_reader(|reader| reader.read(set, &path, row.rate));
                let hear = move |(finding, record): Read| {
                    if self.subject.try_get_untracked() != Some(Subject::Row(row.id)) {
                        return;
                    }
                    self.other.set(Some(match (finding, record) {
                        (_, Some(record)) => Ok(Shared::new(*record)),
                        (Finding::Broken(error), None) => Err(Sentence::read_error(error)),
                        _ => Err(Sentence::new(move |words| words.compare().no_rate(&row.name.say(words)))),
                    }));
                };
                if let Some(question) = question {
                    self.page.when_read(question, Box::new(hear));
                }
            }
        }
    }

    /// What is asked of the network.
    fn question(self) -> Option<Question> {
        let class = match self.class.get() {
            ClassChoice::Answer => None,
            ClassChoice::This(class) => Some(class),
            ClassChoice::Next => Some(self.next_class()?),
        };
        let score = self.page.question.with(|question| question.score);
        Some(Question { class, layer: self.layer.get(), score })
    }

    /// Of the classes that are not explained above, the most probable.
    fn next_class(self) -> Option<Class> {
        self.page.answer.with(|answer| {
            let explanation = &answer.as_ref()?.explanation;
            let others = Class::ALL.into_iter().filter(|class| *class != explanation.class);
            others.max_by(|a, b| {
                let probability = |class: &Class| explanation.probabilities[class.index()];
                probability(a).total_cmp(&probability(b))
            })
        })
    }

    fn ask(self, asked: Option<Asked>) {
        let Some(Asked { name, record, lead, part, question }) = asked else { return };
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.answer.set(None);
        let page = self.page;
        let samples = &record.leads[lead].samples[part.clone()];
        let id = page.with_client(|client| client.explain(samples, record.fs, question));
        let (len, fs) = (record.len(), record.fs);
        let hear = move |event| {
            let answer = match event {
                Event::Explained { explanation, .. } => Ok(Shared::new(placed(*explanation, &part, len, fs))),
                Event::Failed { reason, .. } => {
                    Err(Sentence::new(move |words| words.not_classified(&name.say(words), &reason)))
                }
                Event::Classified { .. } | Event::DevicesChanged => return,
            };
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            if let Ok(explanation) = &answer {
                let highest = explanation.importance.max();
                page.raw_highest.update(|before| *before = before.max(highest));
            }
            self.answer.set(Some(answer));
        };
        if let Some(id) = id {
            page.when_answered(id, Box::new(hear));
        }
    }

    pub fn explanation(self) -> Option<Shared<Explanation>> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    }

    /// Why there is nothing to see.
    pub fn failure(self) -> Option<Sentence> {
        let of_answer = self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
        let of_other = || self.other.with(|other| other.as_ref().and_then(|other| other.as_ref().err().cloned()));
        of_answer.or_else(|| of_other().filter(|_| self.subject.get() != Subject::Same))
    }

    pub fn state(self) -> &'static str {
        match (self.explanation(), self.failure()) {
            (Some(_), _) => "answered",
            (None, Some(_)) => "failed",
            (None, None) => "waiting",
        }
    }

    pub fn name(self) -> Option<String> {
        self.lead.with(|lead| lead.as_ref().map(|lead| lead.name.say(words())))
    }

    /// The code of the class that is explained.
    pub fn explained(self) -> Option<&'static str> {
        self.explanation().map(|it| it.class.code())
    }
}
