//! Moving the calipers: by mouse, finger and keys. On what they stand, [`Ground`] says.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, PointerEvent};

use super::ground::Ground;
use super::state::{Measure, Source};
use crate::view::measure::caliper::{Caliper, Part, next_beat, snapped};
use crate::view::page::state::Page;

/// An R peak so near, in pixels, takes an edge.
const SNAP: f64 = 10.0;
/// By keys, a level moves so far, in mV, and with Shift ten times as far.
const LEVEL_STEP: f64 = 0.01;

/// A part that is held.
#[derive(Clone, Copy)]
struct Held {
    pointer: i32,
    part: Part,
    /// From the pointer to the part, in s or mV: nothing jumps when it is taken.
    offset: f64,
}

/// Where calipers stand, and on what.
#[derive(Clone)]
struct Placed {
    of: Source,
    /// How often they had been taken somewhere by then.
    taken: u32,
    caliper: Caliper,
}

#[derive(Clone, Copy)]
pub struct Hand {
    page: Page,
    measure: Measure,
    pub ground: Ground,
    placed: RwSignal<Option<Placed>>,
    held: StoredValue<Option<Held>>,
}

impl Hand {
    pub fn new(page: Page, ground: Ground) -> Self {
        let hand =
            Self { page, measure: page.measure, ground, placed: RwSignal::new(None), held: StoredValue::new(None) };
        // Taken up anew, or on another lead, they stand where one looks.
        Effect::new(move |_| hand.put_where_one_looks());
        hand
    }

    /// Where they stand, if they are in use and can be seen.
    pub fn caliper(self) -> Option<Caliper> {
        let Placed { of, caliper, .. } = self.placed.get()?;
        let is_here = self.ground.source.with(|source| source.as_ref() == Some(&of));
        // A lead of a sheet ends where the next begins.
        let is_within = !self.ground.is_bounded || {
            const HAIR: f64 = 1e-6;
            let span = self.ground.place.frame.get().span;
            caliper.from >= span.start - HAIR && caliper.to <= span.end + HAIR
        };
        (is_here && is_within).then_some(caliper)
    }

    fn put_where_one_looks(self) {
        let ground = self.ground;
        let Some(of) = ground.source.get() else {
            if self.placed.with_untracked(Option::is_some) {
                self.placed.set(None);
            }
            return;
        };
        let (taken, about) = ground.taken.get();
        let Some(beats) = ground.beats.get().filter(|beats| beats.of == of) else { return };
        let stands = |placed: &Placed| placed.of == of && placed.taken == taken;
        if self.placed.with_untracked(|placed| placed.as_ref().is_some_and(stands)) {
            return;
        }
        let (view, fs) = (ground.place.frame.get_untracked().span, of.record.fs);
        let about = about.unwrap_or((view.start + view.end) / 2.0);
        let mut caliper = Caliper::placed(view, about, &beats.times, (0.0, 0.0));
        // As it is drawn.
        let filtered = self.measure.filter.get_untracked().apply(of.samples(), fs);
        let samples = filtered.as_deref().unwrap_or(of.samples());
        let mut seen: Vec<f32> =
            samples[view.samples(samples.len(), fs)].iter().copied().filter(|sample| sample.is_finite()).collect();
        seen.sort_unstable_by(f32::total_cmp);
        let rest = seen.get(seen.len() / 2).map_or(0.0, |rest| f64::from(*rest));
        let peak = samples.get((caliper.to * fs).round() as usize).copied();
        let top = peak.filter(|peak| peak.is_finite()).map_or(rest, f64::from);
        // On no wave at all there is still something to take hold of.
        let top = if (top - rest).abs() < 0.05 { rest + 0.5 } else { top };
        (caliper.low, caliper.high) = (rest.min(top), rest.max(top));
        self.placed.set(Some(Placed { of, taken, caliper }));
    }

    fn change(self, change: impl FnOnce(Caliper) -> Caliper) {
        self.placed.update(|placed| {
            if let Some(placed) = placed {
                placed.caliper = change(placed.caliper);
            }
        });
    }

    fn current(self) -> Option<Caliper> {
        self.placed.with_untracked(|placed| placed.as_ref().map(|placed| placed.caliper))
    }

    /// Time or level under the pointer.
    fn under(self, part: Part, event: &PointerEvent) -> f64 {
        let place = self.ground.place;
        let (layout, frame) = (place.layout.get_untracked(), place.frame.get_untracked());
        let holder = place.holder.get_untracked().map(|holder| holder.get_bounding_client_rect());
        let (left, top) = holder.map_or((0.0, 0.0), |holder| (holder.left(), holder.top()));
        if part.is_level() {
            frame.limits.high - (f64::from(event.client_y()) - top - layout.top) / frame.pixels_per_millivolt()
        } else {
            frame.time(f64::from(event.client_x()) - left - layout.left)
        }
    }

    pub fn down(self, part: Part, event: &PointerEvent) {
        let Some(caliper) = self.current().filter(|_| event.button() == 0) else { return };
        event.stop_propagation();
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            // Without it a drag ends at the edge; that is all.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        let offset = caliper.place(part) - self.under(part, event);
        self.held.set_value(Some(Held { pointer: event.pointer_id(), part, offset }));
    }

    pub fn moved(self, event: &PointerEvent) {
        let Some(held) = self.held.get_value().filter(|held| held.pointer == event.pointer_id()) else { return };
        event.stop_propagation();
        let mut place = self.under(held.part, event) + held.offset;
        if !held.part.is_level() && self.measure.snaps.get_untracked() && !event.alt_key() {
            let reach = SNAP / self.ground.place.frame.get_untracked().pixels_per_second();
            place = self.with_beats(|beats| snapped(place, beats, reach)).unwrap_or(place);
        }
        self.put(held.part, place);
    }

    pub fn up(self, event: &PointerEvent) {
        self.held.update_value(|held| {
            if held.is_some_and(|held| held.pointer == event.pointer_id()) {
                *held = None;
            }
        });
    }

    pub fn key(self, part: Part, event: &KeyboardEvent) {
        let Some(caliper) = self.current() else { return };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let fs = self.ground.source.with_untracked(|source| source.as_ref().map_or(1.0, |it| it.record.fs));
        let per_pixel = 1.0 / self.ground.place.frame.get_untracked().pixels_per_second();
        let times = if event.shift_key() { 10.0 } else { 1.0 };
        let (step, level_step) = ((1.0 / fs).max(per_pixel) * times, LEVEL_STEP * times);
        let place = caliper.place(part);
        let to_beat = |forward: bool| self.with_beats(|beats| next_beat(place, beats, forward)).flatten();
        let wanted = match (event.key().as_str(), part) {
            ("ArrowUp" | "ArrowRight", Part::Low | Part::High) => Some(place + level_step),
            ("ArrowDown" | "ArrowLeft", Part::Low | Part::High) => Some(place - level_step),
            ("ArrowLeft" | "ArrowDown", _) => Some(place - step),
            ("ArrowRight" | "ArrowUp", _) => Some(place + step),
            ("PageUp", Part::Whole) => Some(place - caliper.seconds()),
            ("PageDown", Part::Whole) => Some(place + caliper.seconds()),
            ("PageUp", Part::From | Part::To) => to_beat(false),
            ("PageDown", Part::From | Part::To) => to_beat(true),
            ("PageUp" | "PageDown" | "Home" | "End", _) => None,
            ("s" | "S", _) => {
                self.measure.snaps.update(|on| *on = !*on);
                None
            }
            ("x" | "X", _) => {
                self.measure.marches.update(|on| *on = !*on);
                None
            }
            // The trace's own keys.
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let Some(wanted) = wanted else { return };
        self.put(part, wanted);
        let Some(moved) = self.current().filter(|_| !part.is_level() && !self.ground.is_bounded) else { return };
        self.page.move_to(|span, open| span.showing(moved.place(part), open.whole()));
    }

    fn put(self, part: Part, place: f64) {
        let whole = match self.ground.is_bounded {
            true => Some(self.ground.place.frame.get_untracked().span),
            false => self.page.open.with_untracked(|open| open.as_ref().map(|open| open.whole())),
        };
        if let Some(whole) = whole {
            self.change(|caliper| caliper.with(part, place, whole));
        }
    }

    fn with_beats<T>(self, read: impl FnOnce(&[f64]) -> T) -> Option<T> {
        self.ground.beats.with_untracked(|beats| beats.as_ref().map(|beats| read(&beats.times)))
    }
}
