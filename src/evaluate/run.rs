//! The run through a set: which recording is read next, which ones go to the network together, and what became of each.
//! The rules alone; somebody else reads and classifies. Only so many recordings are held at a time, however large the set.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::record::ReadError;

/// Recordings that are being read, or have been and wait for a network; for each of them.
const MOST_AHEAD: usize = 16;
/// Recordings in one question to the network: enough to be worth a message, few enough for somebody else's question not
/// to wait long behind it.
const BATCH: usize = 8;
/// Questions that a network has at a time: one that it works on, and the next.
const MOST_BATCHES: usize = 2;

/// What became of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Nothing yet.
    Pending,
    /// Its probabilities, in [`Class::ALL`](crate::network::Class::ALL)'s order.
    Classified([f32; 4]),
    Failed(Failure),
}

/// Why a recording has no probabilities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Failure {
    /// It could not be read.
    Unreadable(ReadError),
    /// Its file does not tell the sampling rate.
    NoSamplingRate,
    /// It is a recording of hours.
    TooLong,
    /// Its label is none of the four classes.
    UnknownLabel,
    /// Its file is not there any more.
    Missing,
    /// The network refused it or died of it, with a clause that goes on from its name: "is 2.0 s long; …".
    NotClassified(String),
}

/// A run, with what it is given to hold of a recording that was read.
#[derive(Debug)]
pub struct Run<Lead> {
    outcomes: Vec<Outcome>,
    /// Networks that answer side by side.
    networks: usize,
    /// The first that has not been asked for.
    next: usize,
    /// To be read once more, and to go to the network without others: one of a batch kills the engine.
    again: BTreeSet<usize>,
    alone: BTreeSet<usize>,
    reading: usize,
    waiting: Vec<(usize, Lead)>,
    /// With the network, by the number of the question.
    asked: HashMap<u32, Vec<usize>>,
    done: usize,
    is_stopped: bool,
}

impl<Lead> Run<Lead> {
    /// Through `count` recordings, which are called by their index, with so many `networks` side by side.
    pub fn through(count: usize, networks: usize) -> Self {
        Self {
            outcomes: vec![Outcome::Pending; count],
            networks: networks.max(1),
            next: 0,
            again: BTreeSet::new(),
            alone: BTreeSet::new(),
            reading: 0,
            waiting: Vec::new(),
            asked: HashMap::new(),
            done: 0,
            is_stopped: false,
        }
    }

    /// The next recording to read, if one is to be read now.
    pub fn to_read(&mut self) -> Option<usize> {
        if self.is_stopped || self.reading + self.waiting.len() >= MOST_AHEAD * self.networks {
            return None;
        }
        let index = self.again.pop_first().or_else(|| {
            let index = Some(self.next).filter(|next| *next < self.outcomes.len());
            self.next += usize::from(index.is_some());
            index
        })?;
        self.reading += 1;
        Some(index)
    }

    /// A recording was read; if not, why.
    pub fn read(&mut self, index: usize, lead: Result<Lead, Failure>) {
        self.reading = self.reading.saturating_sub(1);
        match lead {
            Ok(lead) if !self.is_stopped => self.waiting.push((index, lead)),
            // What was read after the stop counts as never asked for.
            Ok(_) => {}
            Err(failure) => self.settle(index, Outcome::Failed(failure)),
        }
    }

    /// The recordings to ask the network about now, if there are.
    pub fn batch(&mut self) -> Option<Vec<(usize, Lead)>> {
        if self.waiting.is_empty() || self.asked.len() >= MOST_BATCHES * self.networks {
            return None;
        }
        if let Some(place) = self.waiting.iter().position(|(index, _)| self.alone.contains(index)) {
            return Some(vec![self.waiting.swap_remove(place)]);
        }
        let more_will_come = self.reading > 0 || self.next < self.outcomes.len();
        if more_will_come && self.waiting.len() < BATCH {
            return None;
        }
        Some(self.waiting.drain(..self.waiting.len().min(BATCH)).collect())
    }

    /// The network was asked about these; its answer will carry `question`.
    pub fn asked(&mut self, question: u32, indices: Vec<usize>) {
        self.asked.insert(question, indices);
    }

    /// The recordings that a question is about; nothing where it is not of this run, or answered.
    pub fn asked_of(&self, question: u32) -> Option<&[usize]> {
        self.asked.get(&question).map(Vec::as_slice)
    }

    /// The network answered, each recording in its place; or it died, `Err` with what is said of the one that it died of.
    /// False where the question is not of this run.
    pub fn answered(&mut self, question: u32, answers: Result<Vec<Outcome>, Failure>) -> bool {
        let Some(indices) = self.asked.remove(&question) else { return false };
        match answers {
            Ok(answers) => indices.into_iter().zip(answers).for_each(|(index, outcome)| self.settle(index, outcome)),
            Err(failure) if indices.len() == 1 => self.settle(indices[0], Outcome::Failed(failure)),
            // It may be one of them alone that the network dies of.
            Err(_) => {
                self.alone.extend(&indices);
                self.again.extend(indices);
            }
        }
        true
    }

    /// Nothing more is read or asked; what the network has will still be answered.
    pub fn stop(&mut self) {
        self.is_stopped = true;
        self.waiting.clear();
    }

    /// Whether nothing more will come.
    pub fn is_over(&self) -> bool {
        self.done == self.outcomes.len() || self.is_stopped && self.asked.is_empty()
    }

    /// Recordings that are classified or cannot be.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Of each recording, what became of it.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    fn settle(&mut self, index: usize, outcome: Outcome) {
        if let Some(place) = self.outcomes.get_mut(index).filter(|place| **place == Outcome::Pending) {
            *place = outcome;
            self.done += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Fault;

    fn broken(index: usize) -> Failure {
        Failure::Unreadable(ReadError::new(index.to_string(), Fault::NoSamples))
    }

    /// Reads what is to be read and asks what is to be asked, until nothing more happens; the batches that were asked.
    fn turn(run: &mut Run<usize>, question: &mut u32) -> Vec<(u32, Vec<usize>)> {
        let mut batches = Vec::new();
        loop {
            if let Some(index) = run.to_read() {
                run.read(index, if index % 10 == 3 { Err(broken(index)) } else { Ok(index) });
            } else if let Some(batch) = run.batch() {
                *question += 1;
                let indices: Vec<usize> = batch.into_iter().map(|(index, _)| index).collect();
                run.asked(*question, indices.clone());
                batches.push((*question, indices));
            } else {
                return batches;
            }
            assert!(run.reading + run.waiting.len() <= MOST_AHEAD * run.networks);
            assert!(run.asked.len() <= MOST_BATCHES * run.networks);
        }
    }

    fn found(indices: &[usize]) -> Vec<Outcome> {
        indices.iter().map(|index| Outcome::Classified([*index as f32, 0.0, 0.0, 0.0])).collect()
    }

    #[test]
    fn every_recording_is_classified_once_or_has_a_reason() {
        let (mut run, mut question) = (Run::through(101, 2), 0);
        let mut open = turn(&mut run, &mut question);
        while let Some((number, indices)) = open.pop() {
            assert!(indices.len() <= BATCH && !run.is_over());
            assert!(run.answered(number, Ok(found(&indices))));
            open.extend(turn(&mut run, &mut question));
        }
        assert!(run.is_over() && run.done() == 101);
        for (index, outcome) in run.outcomes().iter().enumerate() {
            match outcome {
                Outcome::Classified(probabilities) => assert_eq!(probabilities[0], index as f32),
                Outcome::Failed(failure) => {
                    assert!(index % 10 == 3 && *failure == broken(index));
                }
                Outcome::Pending => panic!("{index} was forgotten"),
            }
        }
        assert!(!run.answered(99_999, Ok(Vec::new())), "a question of somebody else");
    }

    /// The engine dies of number 5, whatever is beside it: the others of its batch are classified all the same.
    #[test]
    fn the_one_that_kills_the_engine_is_found() {
        let (mut run, mut question) = (Run::through(30, 1), 0);
        let mut open = turn(&mut run, &mut question);
        while let Some((number, indices)) = open.pop() {
            let answers =
                if indices.contains(&5) { Err(Failure::NotClassified("died".to_owned())) } else { Ok(found(&indices)) };
            run.answered(number, answers);
            open.extend(turn(&mut run, &mut question));
        }
        assert!(run.is_over());
        let failed: Vec<usize> = (0..30).filter(|index| matches!(run.outcomes()[*index], Outcome::Failed(_))).collect();
        assert_eq!(failed, [3, 5, 13, 23]);
    }

    #[test]
    fn what_is_done_when_it_is_stopped_is_kept() {
        let (mut run, mut question) = (Run::through(1000, 1), 0);
        let open = turn(&mut run, &mut question);
        run.answered(open[0].0, Ok(found(&open[0].1)));
        let done = run.done();
        assert!(done >= BATCH);
        run.stop();
        assert!(run.to_read().is_none() && run.batch().is_none() && !run.is_over());
        run.answered(open[1].0, Ok(found(&open[1].1)));
        assert!(run.is_over() && run.done() == done + BATCH);
        assert!(Run::<usize>::through(0, 1).is_over());
    }
}
