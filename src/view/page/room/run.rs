//! The way of every recording of a set through the reader and the engine.

use std::time::Duration;

use leptos::prelude::*;

use super::state::Progress;
use crate::engine::client::Event;
use crate::engine::message::Classified;
use crate::evaluate::{Failure, Outcome, Run};
use crate::reader::message::Finding;
use crate::record::Record;
use crate::view::dataset::{MemberSource, TestSet};
use crate::view::page::errands::Read;
use crate::view::page::state::{Page, Shared};
use crate::view::page::timing;

/// Figures are drawn anew so often, in ms: they cost a few milliseconds each time.
const DRAW_EVERY: f64 = 500.0;

/// A run that goes on, or is over.
pub struct Underway {
    run: Run<(Vec<f32>, f64)>,
    began: f64,
    drawn: f64,
    /// Tells it from those before: a synthetic recording may be made too late.
    number: f64,
}

impl Page {
    /// Classifies a whole set; what was done with another is forgotten.
    pub fn classify_set(self, set: Shared<TestSet>) {
        self.stop_run();
        let room = self.room;
        self.forget_reading();
        let now = timing::now();
        let run = Run::through(set.members.len(), self.start_networks(set.members.len()));
        room.outcomes.set(Shared::new(run.outcomes().to_vec()));
        room.progress.set(Some(Progress { done: 0, all: set.members.len(), seconds: 0.0, is_over: false }));
        room.underway.set_value(Some(Underway { run, began: now, drawn: now, number: now }));
        room.cards.clear();
        room.selection.set(None);
        room.averaging.set(None);
        room.walk.set(None);
        room.set.set(Some(set));
        room.offered.set(None);
        room.is_shown.set(true);
        self.go_on();
    }

    /// Nothing more is read or asked; what is done stays.
    pub fn stop_run(self) {
        let room = self.room;
        for question in room.reading.try_update_value(std::mem::take).unwrap_or_default() {
            self.forget_read(question);
        }
        self.with_run(|it| it.run.stop());
        self.go_on();
    }

    fn with_run<T>(self, act: impl FnOnce(&mut Underway) -> T) -> Option<T> {
        self.room.underway.try_update_value(|underway| underway.as_mut().map(act)).flatten()
    }

    /// Has read and asked what is to be read and asked now, and says how far it is.
    fn go_on(self) {
        let room = self.room;
        let Some(set) = room.set.get_untracked() else { return };
        while let Some(Some((index, number))) = self.with_run(|it| it.run.to_read().map(|index| (index, it.number))) {
            self.read_member(&set, index, number);
        }
        while let Some(Some(batch)) = self.with_run(|it| it.run.batch()) {
            let (indices, leads): (Vec<usize>, Vec<(Vec<f32>, f64)>) = batch.into_iter().unzip();
            if let Some(question) = self.ask_network(leads) {
                self.with_run(|it| it.run.asked(question, indices));
            }
        }
        self.draw();
    }

    fn read_member(self, set: &Shared<TestSet>, index: usize, number: f64) {
        let room = self.room;
        let member = &set.members[index];
        if member.truth.is_err() {
            self.with_run(|it| it.run.read(index, Err(Failure::UnknownLabel)));
            return;
        }
        match &member.source {
            MemberSource::File { row, set, path } => {
                let fs = self.recordings.row(*row).and_then(|row| row.rate);
                if let Some(question) = self.with_reader(|reader| reader.read(*set, path, fs)) {
                    room.reading.update_value(|reading| {
                        reading.insert(question);
                    });
                    let hear = move |read| {
                        room.reading.update_value(|reading| {
                            reading.remove(&question);
                        });
                        self.hear_read_of_set(index, read);
                    };
                    self.when_read(question, Box::new(hear));
                }
            }
            MemberSource::Missing => {
                self.with_run(|it| it.run.read(index, Err(Failure::Missing)));
            }
            MemberSource::Recipe(_) => {
                let set = set.clone();
                // Each in its own turn, so that the page answers between two of them.
                set_timeout(move || self.make_member(&set, index, number), Duration::ZERO);
            }
        }
    }

    fn make_member(self, set: &TestSet, index: usize, number: f64) {
        let member = &set.members[index];
        let MemberSource::Recipe(recipe) = &member.source else { return };
        if self.with_run(|it| it.number == number) == Some(true) {
            let lead = lead_of(recipe.record(member.name.as_str()));
            self.with_run(|it| it.run.read(index, Ok(lead)));
            self.go_on();
        }
    }

    fn hear_read_of_set(self, index: usize, (finding, record): Read) {
        let lead = match (finding, record) {
            (Finding::Good { .. }, Some(record)) => Ok(lead_of(*record)),
            (Finding::Broken(error), _) => Err(Failure::Unreadable(error)),
            (Finding::Long { .. }, _) => Err(Failure::TooLong),
            _ => Err(Failure::NoSamplingRate),
        };
        self.with_run(|it| it.run.read(index, lead));
        self.go_on();
    }

    /// The engine's answer: of each recording in the question, or why there is none.
    pub(super) fn hear_classified(self, question: u32, answer: Event) {
        let answers = match answer {
            Event::Classified { answers, .. } => Ok(answers),
            Event::Failed { reason, .. } => Err(reason),
            Event::Explained { .. } | Event::DevicesChanged => return,
        };
        let heard = self.with_run(|it| {
            let answers = answers
                .map(|answers| {
                    let outcome = |answer: Classified| match answer {
                        Ok(probabilities) => Outcome::Classified(probabilities),
                        Err(reason) => Outcome::Failed(Failure::NotClassified(reason)),
                    };
                    answers.into_iter().map(outcome).collect()
                })
                .map_err(Failure::NotClassified);
            it.run.answered(question, answers)
        });
        if heard == Some(true) {
            self.room.networks.answered(question);
            self.go_on();
        }
    }

    /// Shows what is done: how far at once, the figures now and then and at the end.
    fn draw(self) {
        let now = timing::now();
        let drawn = self.with_run(|it| {
            let (is_over, before) = (it.run.is_over(), it.drawn);
            let outcomes = (is_over || now - before > DRAW_EVERY).then(|| it.run.outcomes().to_vec());
            if outcomes.is_some() {
                it.drawn = now;
            }
            let seconds = (now - it.began) / 1000.0;
            (Progress { done: it.run.done(), all: it.run.outcomes().len(), seconds, is_over }, outcomes)
        });
        let Some((progress, outcomes)) = drawn else { return };
        // A late answer does not make a finished run longer.
        if self.room.progress.with_untracked(|before| before.is_none_or(|before| !before.is_over)) {
            self.room.progress.set(Some(progress));
            if let Some(outcomes) = outcomes {
                self.room.outcomes.set(Shared::new(outcomes));
            }
            if progress.is_over {
                self.room.networks.end();
                self.keep_evaluation();
            }
        }
    }
}

/// The lead that the network reads.
pub fn lead_of(mut record: Record) -> (Vec<f32>, f64) {
    let lead = record.preferred_lead();
    (std::mem::take(&mut record.leads[lead].samples), record.fs)
}
