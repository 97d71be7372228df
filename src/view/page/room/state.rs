//! What the room knows.

use std::collections::HashSet;

use leptos::prelude::*;

use super::averages::Averaging;
use super::cards::Cards;
use super::networks::Networks;
use super::run::Underway;
use crate::evaluate::Outcome;
use crate::network::Class;
use crate::view::dataset::{Order, Selection, TestSet};
use crate::view::page::state::Shared;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Recordings that are classified or cannot be, of all.
    pub done: usize,
    pub all: usize,
    /// Since it began; until it ended.
    pub seconds: f64,
    pub is_over: bool,
}

/// Recordings that are opened whole one after the other.
#[derive(Clone, PartialEq)]
pub struct Walk {
    pub indices: Shared<Vec<usize>>,
    pub at: usize,
    /// What the gallery showed.
    pub selection: Option<Selection>,
}

/// Which part of its recording a card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Excerpt {
    /// Around the moment of the highest importance.
    #[default]
    Highest,
    /// From the first sample.
    Start,
}

/// The state of the room; handles, copied freely.
#[derive(Clone, Copy)]
pub struct Room {
    /// A set that could be classified.
    pub offered: RwSignal<Option<Shared<TestSet>>>,
    /// The set that is or was.
    pub set: RwSignal<Option<Shared<TestSet>>>,
    /// What became of its recordings, as of a moment ago.
    pub outcomes: RwSignal<Shared<Vec<Outcome>>>,
    pub progress: RwSignal<Option<Progress>>,
    /// Somebody asked for the synthetic set.
    pub wants_demo_set: RwSignal<bool>,
    /// Whether the room is on the sheet, and not a recording.
    pub is_shown: RwSignal<bool>,
    pub selection: RwSignal<Option<Selection>>,
    pub order: RwSignal<Order>,
    /// Of all cards.
    pub excerpt: RwSignal<Excerpt>,
    pub walk: RwSignal<Option<Walk>>,
    pub(super) averaging: RwSignal<Option<Averaging>>,
    pub(super) networks: Networks,
    pub(super) cards: Cards,
    pub(super) underway: StoredValue<Option<Underway>>,
    /// Questions to the reader that the run waits for.
    pub(super) reading: StoredValue<HashSet<u32>>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            offered: RwSignal::new(None),
            set: RwSignal::new(None),
            outcomes: RwSignal::new(Shared::new(Vec::new())),
            progress: RwSignal::new(None),
            wants_demo_set: RwSignal::new(false),
            is_shown: RwSignal::new(false),
            selection: RwSignal::new(None),
            order: RwSignal::default(),
            excerpt: RwSignal::default(),
            walk: RwSignal::new(None),
            averaging: RwSignal::new(None),
            networks: Networks::default(),
            cards: Cards::default(),
            underway: StoredValue::default(),
            reading: StoredValue::default(),
        }
    }
}

impl Room {
    /// Offers to classify recordings that were dropped together.
    pub fn offer(self, set: Option<TestSet>) {
        self.offered.set(set.map(Shared::new));
    }

    /// A recording takes the sheet.
    pub fn leave(self) {
        self.is_shown.set(false);
        self.walk.set(None);
    }

    /// Chooses what the gallery shows.
    pub fn choose(self, selection: Selection) {
        if self.selection.get_untracked() != Some(selection) {
            self.cards.clear();
            self.selection.set(Some(selection));
        }
    }

    /// Opens the gallery that one looks for first: AF found, or the next that is not empty.
    pub fn choose_first(self) {
        let Some(set) = self.set.get_untracked() else { return };
        let af = Class::AtrialFibrillation;
        let wanted: &[Selection] = match set.has_labels() {
            true => &[Selection::Cell(af, af), Selection::Missed(af), Selection::Wrongly(af)],
            false => &[Selection::Called(af)],
        };
        let holds_any = |selection: &&Selection| {
            let order = self.order.get_untracked();
            self.outcomes.with_untracked(|outcomes| !set.selected(outcomes, **selection, order).is_empty())
        };
        if let Some(selection) = wanted.iter().find(holds_any).or(wanted.first()) {
            self.choose(*selection);
        }
    }

    /// The recordings that the gallery shows, in its order.
    pub fn selected(self) -> Vec<usize> {
        let (Some(set), Some(selection)) = (self.set.get(), self.selection.get()) else { return Vec::new() };
        self.outcomes.with(|outcomes| set.selected(outcomes, selection, self.order.get()))
    }

    /// What the network said of a recording.
    pub fn probabilities(self, index: usize) -> Option<[f32; 4]> {
        self.outcomes.with(|outcomes| match outcomes.get(index) {
            Some(Outcome::Classified(probabilities)) => Some(*probabilities),
            _ => None,
        })
    }
}
