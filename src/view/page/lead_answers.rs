//! All leads at once: how they are shown, and what the network says of each. The engine explains one lead a request; the
//! leads are asked for one after the other, so that nothing else has to wait for all of them.

use leptos::prelude::*;

use super::language::words;
use super::state::{Page, Shared};
use crate::explain::Explanation;
use crate::view::consensus::{Consensus, Said};
use crate::view::geometry::Arrangement;
use crate::view::i18n::Sentence;

/// How all leads are shown, and what is known of each.
#[derive(Clone, Copy)]
pub struct AllLeads {
    /// Whether somebody wants to see all leads; a recording of one lead has no others to show.
    wanted: RwSignal<bool>,
    pub arrangement: RwSignal<Arrangement>,
    /// Where the sheet begins, in s.
    pub start: RwSignal<f64>,
    /// One for each lead of the open recording.
    pub answers: RwSignal<Vec<LeadAnswer>>,
    /// The request that is on its way, and its lead.
    asked: StoredValue<Option<(u32, usize)>>,
}

/// What the network says of one lead.
#[derive(Clone, PartialEq)]
pub enum LeadAnswer {
    Awaited,
    Known(Shared<Explanation>),
    /// Why there is no answer.
    Refused(Sentence),
}

impl Default for AllLeads {
    fn default() -> Self {
        Self {
            wanted: RwSignal::new(false),
            arrangement: RwSignal::default(),
            start: RwSignal::new(0.0),
            answers: RwSignal::default(),
            asked: StoredValue::new(None),
        }
    }
}

impl Page {
    /// Whether all leads of the open recording show.
    pub fn shows_all_leads(self) -> bool {
        self.all_leads.wanted.get() && self.open.with(|open| open.as_ref().is_some_and(|it| it.record.leads.len() > 1))
    }

    /// Shows all leads from where the view is, or the one that is chosen.
    pub fn show_all_leads(self, all: bool) {
        self.all_leads.start.set(self.span.get_untracked().start);
        self.all_leads.wanted.set(all);
        self.ask_next_lead();
    }

    /// What the network says of a lead, once that is known.
    pub fn lead_explanation(self, lead: usize) -> Option<Shared<Explanation>> {
        self.all_leads.answers.with(|answers| match answers.get(lead) {
            Some(LeadAnswer::Known(explanation)) => Some(explanation.clone()),
            _ => None,
        })
    }

    /// What all leads say together.
    pub fn consensus(self) -> Consensus {
        let said = |answer: &LeadAnswer| match answer {
            LeadAnswer::Awaited => Said::Awaited,
            LeadAnswer::Known(explanation) => Said::of(explanation),
            LeadAnswer::Refused(_) => Said::Refused,
        };
        self.all_leads.answers.with(|answers| Consensus::of(&answers.iter().map(said).collect::<Vec<_>>()))
    }

    /// The same in words, and for which class the leads are coloured.
    pub fn consensus_said(self) -> (String, String) {
        let consensus = self.consensus();
        let words = words().sheet();
        (words.consensus(&consensus), words.colours(consensus.colours))
    }

    /// The highest raw importance among the leads that are known.
    pub fn highest_of_leads(self) -> f32 {
        let highest = |answer: &LeadAnswer| match answer {
            LeadAnswer::Known(explanation) => explanation.importance.max(),
            _ => 0.0,
        };
        self.all_leads.answers.with_untracked(|answers| answers.iter().map(highest).fold(0.0, f32::max))
    }

    /// Another recording or another question: what was said of the leads counts no more.
    pub fn forget_lead_answers(self) {
        if let Some((id, _)) = self.all_leads.asked.get_value() {
            self.with_client(|client| client.forget(id));
            self.all_leads.asked.set_value(None);
        }
        let n_leads = self.open.with_untracked(|open| open.as_ref().map_or(0, |open| open.record.leads.len()));
        self.all_leads.answers.set(vec![LeadAnswer::Awaited; n_leads]);
    }

    /// Keeps what the network says of `lead`, and goes on with the next.
    pub fn note_lead_answer(self, lead: usize, answer: LeadAnswer) {
        self.all_leads.answers.update(|answers| {
            if let Some(place) = answers.get_mut(lead) {
                *place = answer;
            }
        });
        self.ask_next_lead();
    }

    /// Hears the answer to request `id`, if it is the lead's that was asked for last.
    pub fn hear_lead(self, id: u32, answer: Result<Explanation, String>) {
        let Some((_, lead)) = self.all_leads.asked.get_value().filter(|(asked, _)| *asked == id) else { return };
        self.all_leads.asked.set_value(None);
        let answer = match answer {
            Ok(explanation) => {
                let explanation = self.on_recordings_time(explanation);
                self.raw_highest.update(|before| *before = before.max(explanation.importance.max()));
                LeadAnswer::Known(Shared::new(explanation))
            }
            Err(reason) => {
                let name = self.open.with_untracked(|open| {
                    open.as_ref().and_then(|open| Some(open.record.leads.get(lead)?.name.clone())).unwrap_or_default()
                });
                LeadAnswer::Refused(Sentence::new(move |words| {
                    words.not_classified(&words.lead_itself(&name), &reason)
                }))
            }
        };
        self.note_lead_answer(lead, answer);
    }

    /// The first lead that nothing is known of, where all are wanted and nothing else is asked.
    fn ask_next_lead(self) {
        let is_busy = self.waiting.with_untracked(Option::is_some) || self.all_leads.asked.with_value(Option::is_some);
        if is_busy || !self.all_leads.wanted.get_untracked() {
            return;
        }
        let next = self
            .all_leads
            .answers
            .with_untracked(|answers| answers.iter().position(|answer| *answer == LeadAnswer::Awaited));
        let question = self.question.get_untracked();
        self.with_open(|page, open| {
            let Some((lead, samples)) = next.and_then(|lead| Some((lead, &open.record.leads.get(lead)?.samples)))
            else {
                return;
            };
            // On a strip, the window that the open lead is asked about.
            let part = page.part_asked().unwrap_or(0..samples.len());
            let asked = page.with_client(|client| client.explain(&samples[part], open.record.fs, question));
            page.all_leads.asked.set_value(asked.map(|id| (id, lead)));
        });
    }
}
