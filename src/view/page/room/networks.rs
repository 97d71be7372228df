//! More CPU engines beside the page's own, for as long as a set is classified.

use js_sys::Reflect;
use leptos::prelude::*;

use crate::engine::client::{Client, Event};
use crate::engine::message::DeviceKind;
use crate::view::page::state::Page;

/// More than these bring little: the reader and the page want their cores as well, and each takes some 60 MB.
const MOST_HELPERS: usize = 3;
/// Sets smaller than this are done before a helper is ready.
const WORTH_HELP: usize = 300;
/// The numbers of a helper's questions begin at so much times its own number.
const NUMBERS: u32 = 1 << 24;

/// The engines that answer a run: the page's own, number 0, and its helpers.
#[derive(Clone, Copy)]
pub struct Networks {
    helpers: StoredValue<Vec<Client>, LocalStorage>,
    /// Questions that each of them has.
    busy: StoredValue<Vec<usize>>,
}

impl Default for Networks {
    fn default() -> Self {
        Self { helpers: StoredValue::new_local(Vec::new()), busy: StoredValue::default() }
    }
}

impl Networks {
    /// The helpers end; what they were asked stays open.
    pub fn end(self) {
        self.helpers.update_value(|helpers| helpers.drain(..).for_each(|helper| helper.end()));
        self.busy.set_value(Vec::new());
    }

    /// A question was answered.
    pub fn answered(self, question: u32) {
        self.busy.update_value(|busy| {
            if let Some(count) = busy.get_mut((question / NUMBERS) as usize) {
                *count = count.saturating_sub(1);
            }
        });
    }
}

/// Cores of this machine, as far as the browser tells.
fn cores() -> usize {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into());
    let cores = navigator.and_then(|navigator| Reflect::get(&navigator, &"hardwareConcurrency".into()));
    cores.ok().and_then(|cores| cores.as_f64()).unwrap_or(1.0) as usize
}

impl Page {
    /// Has as many engines ready as this machine has cores, where the CPU answers; how many.
    pub fn start_networks(self, recordings: usize) -> usize {
        let networks = self.room.networks;
        networks.end();
        let on_cpu = self.answer.with_untracked(|it| it.as_ref().is_none_or(|it| it.device == DeviceKind::Cpu));
        let count = if on_cpu && recordings >= WORTH_HELP { (cores().max(1) - 1).min(MOST_HELPERS) } else { 0 };
        let start = |number: usize| {
            Client::start(Some(DeviceKind::Cpu), move |event: Event| {
                if let Some(question) = event.question() {
                    self.hear_classified(number as u32 * NUMBERS + question, event);
                }
            })
        };
        networks.helpers.set_value((1..=count).map(start).collect());
        networks.busy.set_value(vec![0; count + 1]);
        count + 1
    }

    /// Asks the engine that has least to do; the number of the question, over all of them.
    pub fn ask_network(self, leads: Vec<(Vec<f32>, f64)>) -> Option<u32> {
        let networks = self.room.networks;
        let least = networks.busy.with_value(|busy| (0..busy.len()).min_by_key(|at| busy[*at]))?;
        let question = match least.checked_sub(1) {
            None => {
                let question = self.with_client(|engine| engine.classify(leads))?;
                self.when_answered(question, Box::new(move |answer| self.hear_classified(question, answer)));
                question
            }
            Some(helper) => {
                let question = networks.helpers.with_value(|all| all.get(helper).map(|it| it.classify(leads)))?;
                least as u32 * NUMBERS + question
            }
        };
        networks.busy.update_value(|busy| busy[least] += 1);
        Some(question)
    }
}
