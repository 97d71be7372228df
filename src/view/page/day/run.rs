//! The way of every window through the reader and the engine.

use std::time::Duration;

use leptos::prelude::*;

use super::state::{Found, Holter, Progress, Samples};
use crate::engine::client::Event;
use crate::evaluate::burden::Verdict;
use crate::evaluate::trend::beats_of_windows;
use crate::evaluate::{Failure, Outcome, Run};
use crate::network::Class;
use crate::reader::message::Finding;
use crate::view::page::errands::Read;
use crate::view::page::state::{Page, Shared};
use crate::view::page::timing;

/// Pieces of the overview: about as many as a wide screen has columns for it.
pub const PIECES: u32 = 1500;
/// Bars and figures are drawn anew so often, in ms.
const DRAW_EVERY: f64 = 400.0;

/// A run that goes on, or is over.
pub struct Underway {
    run: Run<(Vec<f32>, f64)>,
    holter: Shared<Holter>,
    lead: usize,
    /// The windows that the run is through, by their place in all.
    places: Vec<usize>,
    found: Found,
    began: f64,
    drawn: f64,
    /// Questions to the reader that wait.
    reading: Vec<u32>,
}

impl Page {
    /// Has the reader look through the recording from end to end, where it is not here.
    pub fn look_through(self, holter: &Shared<Holter>) {
        self.day.overview.set(Vec::new());
        let Samples::InStretches { set, path } = &holter.source else { return self.outline_strip(holter) };
        let question = self.with_reader(|reader| reader.overview(*set, path, PIECES));
        self.day.looking.set_value(question);
        if let Some(question) = question {
            let hear = move |(finding, _): Read| {
                if let Finding::Broken(error) = finding {
                    self.recordings.complain(error);
                }
            };
            self.when_read(question, Box::new(hear));
        }
    }

    /// The outline of the lead that is on the paper.
    pub fn outline_strip(self, holter: &Holter) {
        let lead = self.day.lead.get_untracked();
        let Some(samples) = holter.record.leads.get(lead).map(|lead| lead.samples.as_slice()) else { return };
        let place = |piece: u32| (samples.len() as u64 * u64::from(piece) / u64::from(PIECES)) as usize;
        let extent = |piece: u32| {
            // `min` and `max` pass over NaN.
            let own = &samples[place(piece)..place(piece + 1)];
            own.iter().fold((f32::NAN, f32::NAN), |(low, high), &sample| (low.min(sample), high.max(sample)))
        };
        let mut overview = vec![Vec::new(); holter.record.leads.len()];
        overview[lead] = (0..PIECES).map(extent).collect();
        self.day.overview.set(overview);
    }

    /// Finds the beats of the strip's lead, once what matters more is on the screen.
    fn find_beats(self, holter: &Shared<Holter>, lead: usize) {
        let holter = holter.clone();
        let find = move || {
            let is_due = |it: &mut Underway| it.holter == holter && it.lead == lead && it.found.beats.contains(&None);
            if self.with_day(is_due) != Some(true) {
                return;
            }
            let Some(samples) = holter.record.leads.get(lead).map(|lead| lead.samples.as_slice()) else { return };
            let beats = beats_of_windows(samples, holter.record.fs, &holter.windows);
            self.with_day(|it| {
                it.found.beats = beats.into_iter().map(Some).collect();
                // So that they are drawn, also when all is over.
                it.drawn = f64::NEG_INFINITY;
            });
            self.draw_day();
        };
        set_timeout(find, Duration::ZERO);
    }

    /// Classifies the windows that have not been, of the lead that is chosen.
    pub fn classify_day(self, holter: &Shared<Holter>) {
        let day = self.day;
        self.end_run_of_day();
        let lead = day.lead.get_untracked();
        let known = day.known.with_value(|known| known.get(&(holter.row, lead)).cloned());
        // Read anew at another sampling rate, it has other windows.
        let known = known.filter(|known| *known.windows == *holter.windows);
        let found = known.unwrap_or_else(|| {
            let count = holter.windows.len();
            Found { windows: holter.windows.clone(), verdicts: vec![Verdict::Waiting; count], beats: vec![None; count] }
        });
        let waiting = found.verdicts.iter().enumerate().filter(|(_, verdict)| **verdict == Verdict::Waiting);
        let places: Vec<usize> = waiting.map(|(place, _)| place).collect();
        let now = timing::now();
        day.windows.set(found.windows.clone());
        day.verdicts.set(Shared::new(found.verdicts.clone()));
        day.beats.set(Shared::new(found.beats.clone()));
        let run = Run::through(places.len(), 1);
        let (its, reading) = (holter.clone(), Vec::new());
        let underway = Underway { run, holter: its, lead, places, found, began: now, drawn: 0.0, reading };
        day.underway.set_value(Some(underway));
        if holter.is_whole() {
            self.find_beats(holter, lead);
        }
        self.go_on_with_day();
    }

    /// Nothing more is read or asked; what was found stays.
    pub fn stop_day(self) {
        for question in self.with_day(|it| std::mem::take(&mut it.reading)).unwrap_or_default() {
            self.forget_read(question);
        }
        self.with_day(|it| it.run.stop());
        self.go_on_with_day();
    }

    /// The recording leaves the sheet: what of it was to be looked through or opened is not wanted any more.
    pub fn forget_day(self) {
        let day = self.day;
        let questions = [day.looking, day.opening].map(|it| it.try_update_value(Option::take).flatten());
        questions.into_iter().flatten().for_each(|question| self.forget_read(question));
    }

    /// Ends the run, if there is one.
    pub fn end_run_of_day(self) {
        self.stop_day();
        self.day.underway.set_value(None);
        self.day.progress.set(None);
    }

    fn with_day<T>(self, act: impl FnOnce(&mut Underway) -> T) -> Option<T> {
        self.day.underway.try_update_value(|underway| underway.as_mut().map(act)).flatten()
    }

    /// Has read and asked what is to be read and asked now, and says how far it is.
    fn go_on_with_day(self) {
        let next = |it: &mut Underway| {
            let index = it.run.to_read()?;
            let window = it.places.get(index).and_then(|place| it.found.windows.get(*place)).cloned()?;
            Some((index, it.holter.clone(), it.lead, window))
        };
        while let Some(Some((index, holter, lead, window))) = self.with_day(next) {
            let Samples::InStretches { set, path } = &holter.source else {
                let own =
                    holter.record.leads.get(lead).and_then(|lead| {
                        lead.samples.get(window.start as usize..window.end as usize).map(<[f32]>::to_vec)
                    });
                let own = own.map(|samples| (samples, holter.record.fs)).ok_or(Failure::Missing);
                self.with_day(|it| it.run.read(index, own));
                continue;
            };
            let samples = (window.start, window.end);
            let ask = |reader: &crate::reader::client::Client| reader.stretch(*set, path, samples, Some(lead as u32));
            if let Some(question) = self.with_reader(ask) {
                self.with_day(|it| it.reading.push(question));
                let hear = move |read| self.hear_window(question, index, read);
                self.when_read(question, Box::new(hear));
            }
        }
        while let Some(Some(batch)) = self.with_day(|it| it.run.batch()) {
            let (indices, leads): (Vec<usize>, Vec<(Vec<f32>, f64)>) = batch.into_iter().unzip();
            if let Some(question) = self.with_client(|engine| engine.classify(leads)) {
                self.with_day(|it| it.run.asked(question, indices));
                self.when_answered(question, Box::new(move |answer| self.hear_verdicts(question, answer)));
            }
        }
        self.draw_day();
    }

    /// A window was read, or could not be.
    fn hear_window(self, question: u32, index: usize, (finding, record): Read) {
        let lead = match (finding, record) {
            (Finding::Good { .. }, Some(mut record)) if !record.leads.is_empty() => {
                Ok((std::mem::take(&mut record.leads[0].samples), record.fs))
            }
            (Finding::Broken(error), _) => Err(Failure::Unreadable(error)),
            _ => Err(Failure::NoSamplingRate),
        };
        let is_its = self.with_day(|it| {
            let place = it.reading.iter().position(|its| *its == question)?;
            it.reading.swap_remove(place);
            match (&lead, it.places.get(index)) {
                (Ok((samples, fs)), Some(place)) => {
                    let all = 0..samples.len() as u64;
                    let beats = beats_of_windows(samples, *fs, std::slice::from_ref(&all)).pop();
                    it.found.beats[*place] = beats.map(|beats| beats.placed_at(it.holter.begins(*place)));
                }
                (Err(_), Some(place)) => it.found.verdicts[*place] = Verdict::Unusable,
                _ => {}
            }
            it.run.read(index, lead);
            Some(())
        });
        if is_its.flatten().is_some() {
            self.go_on_with_day();
        }
    }

    /// The engine's answer: of each window in the question, or that there is none.
    fn hear_verdicts(self, question: u32, answer: Event) {
        let answers = match answer {
            Event::Classified { answers, .. } => Ok(answers),
            Event::Failed { reason, .. } => Err(reason),
            Event::Explained { .. } | Event::DevicesChanged => return,
        };
        let heard = self.with_day(|it| {
            let indices = it.run.asked_of(question)?.to_vec();
            let answers = answers.map(|answers| answers.into_iter().map(outcome).collect::<Vec<_>>());
            let heard = it.run.answered(question, answers.map_err(Failure::NotClassified));
            for index in indices {
                if let (Some(place), Some(verdict)) = (it.places.get(index), verdict(&it.run.outcomes()[index])) {
                    it.found.verdicts[*place] = verdict;
                }
            }
            Some(heard)
        });
        if heard.flatten() == Some(true) {
            self.go_on_with_day();
        }
    }

    /// Shows what is done: how far at once, bars and figures now and then and at the end.
    fn draw_day(self) {
        let now = timing::now();
        let drawn = self.with_day(|it| {
            let is_running = !it.run.is_over();
            let (all, done_now) = (it.found.verdicts.len(), it.run.done());
            let done = all - it.places.len() + done_now;
            let seconds = (now - it.began) / 1000.0;
            let progress = Progress { done, all, done_now, seconds, is_running };
            let found = (!is_running || now - it.drawn > DRAW_EVERY).then(|| {
                it.drawn = now;
                (it.holter.row, it.lead, it.found.clone())
            });
            (progress, found)
        });
        let Some((progress, found)) = drawn else { return };
        self.day.progress.set(Some(progress));
        if let Some((row, lead, found)) = found {
            self.day.verdicts.set(Shared::new(found.verdicts.clone()));
            self.day.beats.set(Shared::new(found.beats.clone()));
            self.day.known.update_value(|known| drop(known.insert((row, lead), found)));
        }
    }
}

fn outcome(answer: Result<[f32; 4], String>) -> Outcome {
    match answer {
        Ok(probabilities) => Outcome::Classified(probabilities),
        Err(reason) => Outcome::Failed(Failure::NotClassified(reason)),
    }
}

fn verdict(outcome: &Outcome) -> Option<Verdict> {
    match outcome {
        Outcome::Pending => None,
        Outcome::Classified(probabilities) => Some(Verdict::Called(Class::of_highest(probabilities))),
        Outcome::Failed(_) => Some(Verdict::Unusable),
    }
}
