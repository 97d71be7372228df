//! Pan and zoom: wheel, drag, pinch and keys.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

use super::state::{Open, Page};
use super::trace::Layout;
use crate::view::geometry::Span;

/// A finger or a pressed mouse, and where it is, in pixels from the plot's left edge.
#[derive(Clone, Copy, Debug)]
struct Pointer {
    id: i32,
    x: f64,
}

/// What moves the view.
#[derive(Clone, Copy)]
pub struct Gestures {
    page: Page,
    holder: NodeRef<Div>,
    layout: Memo<Layout>,
    pressed: StoredValue<Vec<Pointer>>,
}

impl Gestures {
    pub fn new(page: Page, holder: NodeRef<Div>, layout: Memo<Layout>) -> Self {
        Self { page, holder, layout, pressed: StoredValue::default() }
    }

    pub fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(holder) = self.holder.get_untracked() {
            // Without it a drag ends at the edge; that is all.
            let _ = holder.set_pointer_capture(event.pointer_id());
        }
        let pointer = Pointer { id: event.pointer_id(), x: self.x(event) };
        self.pressed.update_value(|pressed| {
            pressed.retain(|other| other.id != pointer.id);
            pressed.push(pointer);
        });
        self.read_out(pointer.x);
    }

    pub fn moved(self, event: &PointerEvent) {
        let now = Pointer { id: event.pointer_id(), x: self.x(event) };
        let before = self.pressed.get_value();
        let Some(at) = before.iter().position(|pointer| pointer.id == now.id) else { return self.read_out(now.x) };
        self.pressed.update_value(|pressed| pressed[at] = now);
        let dx = now.x - before[at].x;
        match before.iter().find(|pointer| pointer.id != now.id) {
            None => self.pan_by_pixels(-dx),
            Some(other) => {
                let (apart, now_apart) = ((before[at].x - other.x).abs(), (now.x - other.x).abs());
                // Fingers on top of each other say nothing about the zoom.
                if apart > 8.0 && now_apart > 8.0 {
                    self.zoom(apart / now_apart, Some((now.x + other.x) / 2.0));
                }
                self.pan_by_pixels(-dx / 2.0);
            }
        }
    }

    pub fn up(self, event: &PointerEvent) {
        self.pressed.update_value(|pressed| pressed.retain(|pointer| pointer.id != event.pointer_id()));
    }

    /// A mouse that leaves takes the read-out with it; a finger leaves it where it was.
    pub fn left(self, event: &PointerEvent) {
        if event.pointer_type() == "mouse" && self.pressed.with_value(Vec::is_empty) {
            self.page.cursor.set(None);
        }
    }

    pub fn wheel(self, event: &WheelEvent) {
        // Some browsers count lines or pages instead of pixels.
        let unit = [1.0, 16.0, 400.0][(event.delta_mode() as usize).min(2)];
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        let before = self.page.span.get_untracked();
        if dx.abs() > dy.abs() {
            self.pan_by_pixels(dx);
        } else if event.shift_key() {
            self.pan_by_pixels(dy);
        } else {
            // A pinch on a touch pad comes as a wheel with Ctrl and small steps.
            let speed = if event.ctrl_key() { 0.01 } else { 0.0015 };
            self.zoom((dy.clamp(-400.0, 400.0) * speed).exp(), Some(self.x(event)));
        }
        // At the ends the page scrolls, as everywhere else.
        if self.page.span.get_untracked() != before || event.ctrl_key() {
            event.prevent_default();
        }
        self.read_out(self.x(event));
    }

    pub fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let page = self.page;
        match event.key().as_str() {
            "ArrowLeft" if event.shift_key() => self.step(-1.0),
            "ArrowRight" if event.shift_key() => self.step(1.0),
            "ArrowLeft" => page.move_to(|span, open| span.panned(-0.1 * span.length(), open.whole())),
            "ArrowRight" => page.move_to(|span, open| span.panned(0.1 * span.length(), open.whole())),
            // On, minute by minute, through a recording of hours.
            "PageUp" if page.turn_minute(-1.0) => {}
            "PageDown" if page.turn_minute(1.0) => {}
            "PageUp" => page.move_to(|span, open| span.panned(-span.length(), open.whole())),
            "PageDown" => page.move_to(|span, open| span.panned(span.length(), open.whole())),
            "Home" => page.move_to(|span, open| span.placed_at(0.0, open.whole())),
            "End" => page.move_to(|span, open| span.placed_at(f64::MAX, open.whole())),
            "+" | "=" => self.zoom(0.8, None),
            "-" | "_" | "\u{2212}" => self.zoom(1.25, None),
            "0" => page.show_first(),
            "9" => page.show_whole(),
            "c" | "C" => page.measure.calipers.update(|on| *on = !*on),
            "m" | "M" => page.measure.show_panel(!page.measure.panel.get_untracked()),
            "p" | "P" => page.measure.toggle_paper(),
            "Escape" => page.cursor.set(None),
            _ => return,
        }
        event.prevent_default();
    }

    /// The read-out a sample on, or a pixel where that is more; it begins in the middle.
    fn step(self, direction: f64) {
        let page = self.page;
        let width = self.layout.get_untracked().width;
        page.with_open(|page, open| {
            let span = page.span.get_untracked();
            let step = (1.0 / open.record.fs).max(span.length() / width) * direction;
            let time = page.cursor.get_untracked().map_or((span.start + span.end) / 2.0, |time| time + step);
            page.cursor.set(Some(time.clamp(0.0, open.whole().end)));
        });
        if let Some(time) = page.cursor.get_untracked() {
            page.move_to(|span, open| span.showing(time, open.whole()));
        }
    }

    fn pan_by_pixels(self, pixels: f64) {
        let width = self.layout.get_untracked().width;
        self.page.move_to(|span, open| span.panned(pixels * span.length() / width, open.whole()));
    }

    /// Zooms about `x`, or about the read-out or the middle. Not on paper, which has one scale.
    fn zoom(self, factor: f64, x: Option<f64>) {
        if self.page.measure.paper.with_untracked(Option::is_some) {
            return;
        }
        let width = self.layout.get_untracked().width;
        let cursor = self.page.cursor.get_untracked();
        self.page.move_to(|span: Span, open: &Open| {
            let under = |x: f64| span.start + x / width * span.length();
            let visible = |time: &f64| (span.start..=span.end).contains(time);
            let middle = (span.start + span.end) / 2.0;
            let about = x.map(under).or(cursor.filter(visible)).unwrap_or(middle);
            span.zoomed(factor, about, open.whole(), open.record.fs)
        });
    }

    fn read_out(self, x: f64) {
        let width = self.layout.get_untracked().width;
        let span = self.page.span.get_untracked();
        let inside = (0.0..=width).contains(&x);
        self.page.cursor.set(inside.then(|| span.start + x / width * span.length()));
    }

    /// Pixels from the plot's left edge.
    fn x(self, event: &web_sys::MouseEvent) -> f64 {
        let left = self.holder.get_untracked().map_or(0.0, |holder| holder.get_bounding_client_rect().left());
        f64::from(event.client_x()) - left - self.layout.get_untracked().left
    }
}
