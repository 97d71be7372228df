//! A finished evaluation outlives the page: its answers are kept in this browser, its recordings are not.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::state::Progress;
use crate::evaluate::Outcome;
use crate::network::Class;
use crate::view::dataset::{Member, MemberSource, TestSet};
use crate::view::page::kept;
use crate::view::page::state::{Page, Shared};
use crate::view::page::storage::{storage, stored};

/// Under which it is kept; whether there is one, the page knows without opening a database.
pub const NAME: &str = "evaluation";
pub const MARK: &str = "ecg-lens:evaluation";
/// Of what is kept. What another version of the page has kept is left alone.
const VERSION: &str = "3";

#[derive(Serialize, Deserialize)]
struct KeptEvaluation {
    is_synthetic: bool,
    names: Vec<String>,
    truths: Vec<Result<Option<Class>, String>>,
    outcomes: Vec<Outcome>,
    /// How long it took.
    seconds: f64,
}

/// Whether there is an evaluation from an earlier visit.
pub fn has_kept() -> bool {
    stored(MARK).as_deref() == Some(VERSION)
}

impl Page {
    /// Keeps what is done.
    pub fn keep_evaluation(self) {
        let room = self.room;
        let (Some(set), Some(progress)) = (room.set.get_untracked(), room.progress.get_untracked()) else { return };
        let evaluation = KeptEvaluation {
            is_synthetic: set.is_synthetic,
            names: set.members.iter().map(|member| member.name.clone()).collect(),
            truths: set.members.iter().map(|member| member.truth.clone()).collect(),
            outcomes: room.outcomes.with_untracked(|outcomes| outcomes.to_vec()),
            seconds: progress.seconds,
        };
        let Ok(bytes) = postcard::to_allocvec(&evaluation) else { return };
        spawn_local(async move {
            // A browser that keeps nothing is one in which a reload begins anew.
            if kept::put(NAME, &bytes).await.is_ok()
                && let Some(storage) = storage()
            {
                let _ = storage.set_item(MARK, VERSION);
            }
        });
    }

    /// Shows what was kept, unless there is another evaluation by now.
    pub fn restore_evaluation(self) {
        spawn_local(async move {
            let room = self.room;
            let Ok(Some(bytes)) = kept::get(NAME).await else { return };
            let Ok(evaluation) = postcard::from_bytes::<KeptEvaluation>(&bytes) else { return };
            if room.set.with_untracked(Option::is_some) {
                return;
            }
            let KeptEvaluation { is_synthetic, names, truths, outcomes, seconds } = evaluation;
            let made = if is_synthetic { TestSet::synthetic().members } else { Vec::new() };
            let recipe = |name: &str| made.iter().find(|member| member.name == name).map(|it| it.source.clone());
            let member = |(name, truth): (String, _)| {
                let source = recipe(&name).unwrap_or(MemberSource::Missing);
                Member { name, truth, source }
            };
            let members: Vec<Member> = names.into_iter().zip(truths).map(member).collect();
            let done = outcomes.iter().filter(|outcome| **outcome != Outcome::Pending).count();
            room.progress.set(Some(Progress { done, all: members.len(), seconds, is_over: true }));
            room.set.set(Some(Shared::new(TestSet { members, is_synthetic })));
            room.outcomes.set(Shared::new(outcomes));
        });
    }

    /// Recordings of a restored evaluation that were dropped again can be looked at again. Whether they are the same.
    pub fn take_back(self, offered: &TestSet) -> bool {
        let room = self.room;
        let Some(set) = room.set.get_untracked() else { return false };
        let is_missing = set.members.iter().any(|member| matches!(member.source, MemberSource::Missing));
        let of = |set: &TestSet| set.members.iter().map(|it| (it.name.clone(), it.truth.clone())).collect::<Vec<_>>();
        if !is_missing || of(&set) != of(offered) {
            return false;
        }
        room.cards.clear();
        let members = offered.members.clone();
        room.set.set(Some(Shared::new(TestSet { members, is_synthetic: false })));
        true
    }

    /// Nothing of the evaluation is left, here or in the browser.
    pub fn forget_evaluation(self) {
        self.put_evaluation_away();
        kept::forget(NAME, MARK);
    }

    /// Another tab was told to forget it. One that is still going on here is another one.
    pub fn evaluation_forgotten_elsewhere(self) {
        if self.room.progress.with_untracked(|progress| progress.is_some_and(|progress| progress.is_over)) {
            self.put_evaluation_away();
        }
    }

    fn put_evaluation_away(self) {
        self.stop_run();
        let room = self.room;
        room.underway.set_value(None);
        room.is_shown.set(false);
        room.walk.set(None);
        room.selection.set(None);
        room.averaging.set(None);
        room.cards.clear();
        room.set.set(None);
        room.outcomes.set(Shared::new(Vec::new()));
        room.progress.set(None);
    }
}
