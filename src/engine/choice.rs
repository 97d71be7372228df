//! Which device answers, and why: the rules alone, without workers.
//!
//! The CPU starts at once and gives the first answer, even before it has timed itself; only then does the GPU's
//! engine, far larger, start in the background. From then on the faster correct one answers; a software adapter is
//! correct and never preferred. A device that goes away leaves its unanswered requests to the other one.

use std::collections::BTreeMap;

use super::message::{DeviceKind, SelfTest};

/// A worker that died on one request this often is not asked again: something about the request kills it.
const MOST_ATTEMPTS: u32 = 2;

/// A worker may be started this often.
const MOST_STARTS: u32 = 3;

/// What an engine said.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Ready(SelfTest),
    Unavailable {
        reason: String,
    },
    /// It answered, or said why it cannot answer, request `id`.
    Answered {
        id: u32,
    },
    /// Its device went away, or the worker itself died.
    Lost {
        reason: String,
    },
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Start this device's worker.
    Start(DeviceKind),
    /// End this device's worker.
    Stop(DeviceKind),
    /// Post request `id` to this device's worker.
    Post { to: DeviceKind, id: u32 },
    /// Request `id` will not be answered.
    GiveUp { id: u32, reason: String },
}

/// How it stands with one device.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Not started, or not yet.
    Idle,
    Starting,
    Ready(SelfTest),
    /// It cannot be used; why.
    Gone {
        reason: String,
    },
}

/// Why the GPU is not answering.
#[derive(Clone, Debug, PartialEq)]
pub enum GpuUnused {
    /// `?engine=cpu`.
    NotAsked,
    /// Not there, wrong, or lost; why.
    Gone {
        reason: String,
    },
    Software {
        adapter: String,
    },
    Slower {
        gpu: f64,
        cpu: f64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Waiting,
    With(DeviceKind),
}

#[derive(Clone, Copy, Debug)]
struct Request {
    place: Place,
    attempts: u32,
}

/// The desk at which requests wait for a device.
#[derive(Debug)]
pub struct Desk {
    forced: Option<DeviceKind>,
    cpu: Standing,
    gpu: Standing,
    cpu_starts: u32,
    requests: BTreeMap<u32, Request>,
    answered_once: bool,
}

impl Desk {
    /// `forced`: from `?engine=`.
    pub fn new(forced: Option<DeviceKind>) -> Self {
        Self {
            forced,
            cpu: Standing::Idle,
            gpu: Standing::Idle,
            cpu_starts: 0,
            requests: BTreeMap::new(),
            answered_once: false,
        }
    }

    pub fn standing(&self, device: DeviceKind) -> &Standing {
        match device {
            DeviceKind::Cpu => &self.cpu,
            DeviceKind::Webgpu => &self.gpu,
        }
    }

    fn standing_mut(&mut self, device: DeviceKind) -> &mut Standing {
        match device {
            DeviceKind::Cpu => &mut self.cpu,
            DeviceKind::Webgpu => &mut self.gpu,
        }
    }

    /// What to do first.
    pub fn begin(&mut self) -> Vec<Act> {
        let mut acts = Vec::new();
        self.start(self.forced.unwrap_or(DeviceKind::Cpu), &mut acts);
        acts
    }

    /// A new request.
    pub fn ask(&mut self, id: u32) -> Vec<Act> {
        self.requests.insert(id, Request { place: Place::Waiting, attempts: 0 });
        let mut acts = Vec::new();
        self.hand_out(&mut acts);
        acts
    }

    /// Nobody waits for the answer to `id` any more. Whether that came in time for it never to be posted.
    pub fn forget(&mut self, id: u32) -> bool {
        let waiting = self.requests.get(&id).is_some_and(|request| request.place == Place::Waiting);
        waiting && self.requests.remove(&id).is_some()
    }

    /// An engine spoke.
    pub fn hear(&mut self, device: DeviceKind, heard: Heard) -> Vec<Act> {
        let mut acts = Vec::new();
        match heard {
            Heard::Ready(test) => *self.standing_mut(device) = Standing::Ready(test),
            Heard::Answered { id } => {
                self.requests.remove(&id);
                self.answered_once = true;
            }
            Heard::Unavailable { reason } | Heard::Lost { reason } => self.lose(device, reason, &mut acts),
        }
        // Not while the CPU still times itself: the GPU's engine being compiled would disturb it.
        let settled = self.answered_once && matches!(self.cpu, Standing::Ready(_));
        if settled && self.forced.is_none() && self.gpu == Standing::Idle {
            self.start(DeviceKind::Webgpu, &mut acts);
        }
        self.hand_out(&mut acts);
        acts
    }

    fn start(&mut self, device: DeviceKind, acts: &mut Vec<Act>) {
        *self.standing_mut(device) = Standing::Starting;
        if device == DeviceKind::Cpu {
            self.cpu_starts += 1;
        }
        acts.push(Act::Start(device));
    }

    /// Takes back what `device` had, and finds another for it.
    fn lose(&mut self, device: DeviceKind, reason: String, acts: &mut Vec<Act>) {
        if matches!(self.standing(device), Standing::Gone { .. }) {
            return;
        }
        acts.push(Act::Stop(device));
        let was_ready = matches!(self.standing(device), Standing::Ready(_));
        *self.standing_mut(device) = Standing::Gone { reason: reason.clone() };
        for request in self.requests.values_mut() {
            if request.place == Place::With(device) {
                // One that never became ready has not tried.
                let attempts = request.attempts + u32::from(was_ready);
                *request = Request { place: Place::Waiting, attempts };
            }
        }
        self.give_up(|request| request.attempts >= MOST_ATTEMPTS, &reason, acts);
        match device {
            // One that has worked may have died of one recording: it is started afresh.
            DeviceKind::Cpu if was_ready && self.cpu_starts < MOST_STARTS => self.start(DeviceKind::Cpu, acts),
            DeviceKind::Cpu if self.gpu == Standing::Idle && self.forced.is_none() => {
                self.start(DeviceKind::Webgpu, acts);
            }
            DeviceKind::Webgpu if self.cpu == Standing::Idle => self.start(DeviceKind::Cpu, acts),
            _ => self.give_up_if_hopeless(acts),
        }
    }

    /// Where no device is left, everybody is told so; why the CPU is not there says most.
    fn give_up_if_hopeless(&mut self, acts: &mut Vec<Act>) {
        if [&self.cpu, &self.gpu].into_iter().any(|it| matches!(it, Standing::Starting | Standing::Ready(_))) {
            return;
        }
        if let (Standing::Gone { reason }, _) | (_, Standing::Gone { reason }) = (&self.cpu, &self.gpu) {
            self.give_up(|_| true, &reason.clone(), acts);
        }
    }

    fn give_up(&mut self, which: impl Fn(&Request) -> bool, reason: &str, acts: &mut Vec<Act>) {
        let lost: Vec<u32> = self.requests.iter().filter(|(_, request)| which(request)).map(|(&id, _)| id).collect();
        for id in lost {
            self.requests.remove(&id);
            acts.push(Act::GiveUp { id, reason: reason.to_owned() });
        }
    }

    /// Gives the oldest waiting request to the preferred device, if that is free: one at a time, so that a request
    /// that nobody waits for any more costs nothing.
    fn hand_out(&mut self, acts: &mut Vec<Act>) {
        let Some(device) = self.preferred() else { return self.give_up_if_hopeless(acts) };
        if self.requests.values().any(|request| request.place == Place::With(device)) {
            return;
        }
        if let Some((&id, request)) = self.requests.iter_mut().find(|(_, request)| request.place == Place::Waiting) {
            request.place = Place::With(device);
            acts.push(Act::Post { to: device, id });
        }
    }

    /// The device that answers the next request: one that is ready, else one that is starting.
    pub fn preferred(&self) -> Option<DeviceKind> {
        match (&self.cpu, &self.gpu) {
            (_, Standing::Ready(_)) if self.forced == Some(DeviceKind::Webgpu) => Some(DeviceKind::Webgpu),
            (Standing::Ready(_), Standing::Ready(_)) if self.gpu_unused().is_some() => Some(DeviceKind::Cpu),
            (_, Standing::Ready(_)) => Some(DeviceKind::Webgpu),
            (Standing::Ready(_) | Standing::Starting, _) => Some(DeviceKind::Cpu),
            (_, Standing::Starting) => Some(DeviceKind::Webgpu),
            _ => None,
        }
    }

    /// Why the GPU does not answer; `None` where it does, or where that is not yet known.
    pub fn gpu_unused(&self) -> Option<GpuUnused> {
        match (&self.gpu, &self.cpu) {
            _ if self.forced == Some(DeviceKind::Cpu) => Some(GpuUnused::NotAsked),
            (Standing::Gone { reason }, _) => Some(GpuUnused::Gone { reason: reason.clone() }),
            _ if self.forced == Some(DeviceKind::Webgpu) => None,
            (Standing::Ready(gpu), _) if gpu.software => Some(GpuUnused::Software { adapter: gpu.adapter.clone() }),
            (Standing::Ready(gpu), Standing::Ready(cpu)) if cpu.milliseconds <= gpu.milliseconds => {
                Some(GpuUnused::Slower { gpu: gpu.milliseconds, cpu: cpu.milliseconds })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;
