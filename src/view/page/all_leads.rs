//! All leads on one sheet of ECG paper, at one scale, each in the colours of its own importance.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

use super::annotations::{self, Annotations};
use super::language::{t, words};
use super::lead_trace::{Drawn, LeadTrace};
use super::measure::{OnSheet, SheetOverlay};
use super::state::{Page, Shared};
use super::trace::size_of;
use crate::view::geometry::{Cell, Frame, LeadSheet, Limits, Span, pixels};

/// A pointer that moves less than this between pressing and letting go has clicked; in pixels.
const CLICK: f64 = 4.0;

#[component]
pub fn AllLeads() -> impl IntoView {
    let page = expect_context::<Page>();
    let holder = NodeRef::<Div>::new();
    let size = size_of(holder);
    let record = Memo::new(move |_| {
        let record = page.open.with(|open| open.as_ref().map(|open| open.record.clone()));
        record.filter(|_| page.shows_all_leads())
    });
    let filter = page.measure.filter;
    let drawn = Memo::new(move |_| record.get().map(|record| Shared::new(Drawn::new(record, filter.get()))));
    let rows = Memo::new(move |_| {
        let record = record.get()?;
        let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
        Some(page.all_leads.arrangement.get().rows(&names, rhythm_lead(page, &names)))
    });
    let sheet = Memo::new(move |_| {
        let (Some(drawn), Some(rows)) = (drawn.get(), rows.get()) else { return LeadSheet::default() };
        let whole = Span::whole(drawn.record.len(), drawn.record.fs);
        LeadSheet::new(&rows, &drawn.reaches, whole, page.all_leads.start.get(), size.get().0)
    });
    // Annotations stand above the first lead where it runs all along.
    let above = Memo::new(move |_| {
        let is_column = rows.with(|rows| rows.as_ref().is_some_and(|rows| rows.iter().all(|row| row.len() == 1)));
        if is_column { page.open.with(|open| open.as_ref().map_or(0.0, annotations::room)) } else { 0.0 }
    });
    let first = Memo::new(move |_| sheet.with(|sheet| sheet.cells.first().copied()));
    let marks = move || {
        let frame = Memo::new(move |_| {
            let nothing = Span { start: 0.0, end: 1.0 };
            let empty = Frame { span: nothing, limits: Limits { low: 0.0, high: 1.0 }, width: 0.0, height: 0.0 };
            first.get().map_or(empty, |cell| cell.frame)
        });
        let place = move || first.get().map(|cell| format!("translate({} 0)", pixels(cell.left)));
        (above.get() > 0.0).then(|| view! { <g transform=place><Annotations frame /></g> })
    };
    let grid = Memo::new(move |_| sheet.with(LeadSheet::grid));
    let leads = move || {
        let n_cells = rows.with(|rows| rows.as_ref().map_or(0, |rows| rows.iter().map(Vec::len).sum()));
        let lead = |index: usize| {
            let cell = Memo::new(move |_| sheet.with(|sheet| sheet.cells.get(index).copied()));
            view! { <LeadTrace index cell drawn /> }
        };
        (0..n_cells).map(lead).collect_view()
    };
    let scale = move || {
        let length = page.open.with(|open| open.as_ref().map(|open| open.record.duration()))?;
        sheet.with(|sheet| sheet.span).map(|span| words().sheet_scale(span.start, span.end, length))
    };
    let calipers = OnSheet::new(page, (holder, size), sheet, above);
    let hand = Hand { page, holder, sheet, above, calipers, pressed: StoredValue::new(None) };
    let hint = move || match calipers.is_on() {
        true => words().sheet().measure_hint(),
        false => words().all_leads_hint(),
    };
    let keys = move || format!("{} {}", words().all_leads_keys(), words().sheet().measure_keys());
    let filter_note = move || words().measurements().filter_note(filter.get());
    let width = move || sheet.with(|sheet| pixels(sheet.width));
    let height = move || sheet.with(|sheet| pixels(sheet.height));
    // The frame's line is half outside.
    let whole_height = move || pixels(sheet.with(|sheet| sheet.height) + above.get() + 1.0);
    view! {
        <LeadsSaid />
        <div class="leads" id="leads" class:hidden=move || !page.shows_all_leads() node_ref=holder tabindex="0"
            role="group" aria-label=t(|words| words.all_leads()) aria-describedby="leads-keys"
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |_| hand.pressed.set_value(None)
            on:pointerleave=move |_| calipers.point_at(None)
            on:wheel=move |event| hand.wheel(&event)
            on:keydown=move |event| hand.key(&event)>
            <svg id="leads-svg" role="img" aria-label=t(|words| words.all_leads()) width=width height=whole_height>
                <g transform=move || format!("translate(0 {})", pixels(above.get()))>
                    <rect class="paper" width=width height=height />
                    <path class="grid-fine" d=move || grid.with(|grid| grid.0.clone()) />
                    <path class="grid-heavy" d=move || grid.with(|grid| grid.1.clone()) />
                    <g class="calibration"><path id="leads-calibration" d=move || sheet.with(LeadSheet::calibration) /></g>
                    {leads}
                    {marks}
                    <rect class="box" width=width height=height />
                </g>
            </svg>
            <SheetOverlay on=calipers />
            <p class="leads-scale">
                <span>{scale}</span>
                <span id="leads-filter">{filter_note}</span>
                <span class="hint">{hint}</span>
            </p>
            <p id="leads-keys" class="visually-hidden">{keys}</p>
        </div>
    }
}

/// What the leads say together, and for which class they are coloured.
#[component]
fn LeadsSaid() -> impl IntoView {
    let page = expect_context::<Page>();
    let said = Memo::new(move |_| page.shows_all_leads().then(|| page.consensus_said()));
    move || {
        said.get().map(|(consensus, colours)| {
            view! {
                <p class="leads-said">
                    <span id="leads-consensus">{consensus}</span>
                    <span id="leads-colours">{colours}</span>
                </p>
            }
        })
    }
}

/// The lead that runs along the bottom: II, as is usual, unless somebody has chosen another to be read.
pub fn rhythm_lead(page: Page, names: &[&str]) -> usize {
    let (chosen, preferred) =
        page.open.with(|open| open.as_ref().map_or((0, 0), |open| (open.lead, open.record.preferred_lead())));
    let second = names.iter().position(|name| *name == "II");
    second.filter(|_| chosen == preferred).unwrap_or(chosen)
}

/// What moves the sheet, and opens a lead of it.
#[derive(Clone, Copy)]
struct Hand {
    page: Page,
    holder: NodeRef<Div>,
    sheet: Memo<LeadSheet>,
    above: Memo<f64>,
    calipers: OnSheet,
    pressed: StoredValue<Option<Pressed>>,
}

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Pressed {
    id: i32,
    /// Where it came down, in pixels of the window, and where the sheet began then, in s.
    at: (f64, f64),
    start: f64,
    has_moved: bool,
}

impl Hand {
    fn down(self, event: &PointerEvent) {
        if event.button() != 0 || self.pressed.with_value(Option::is_some) {
            return;
        }
        if let Some(holder) = self.holder.get_untracked() {
            // Without it a drag ends at the edge; that is all.
            let _ = holder.set_pointer_capture(event.pointer_id());
        }
        let start = self.sheet.with_untracked(|sheet| sheet.span.map_or(0.0, |span| span.start));
        let at = place(event);
        self.pressed.set_value(Some(Pressed { id: event.pointer_id(), at, start, has_moved: false }));
    }

    fn moved(self, event: &PointerEvent) {
        self.calipers.point_at(self.pointed_at(place(event)));
        let Some(mut pressed) = self.pressed.get_value().filter(|it| it.id == event.pointer_id()) else { return };
        let (x, y) = place(event);
        let (dx, dy) = (x - pressed.at.0, y - pressed.at.1);
        pressed.has_moved |= dx.abs() >= CLICK || dy.abs() >= CLICK;
        self.pressed.set_value(Some(pressed));
        if pressed.has_moved {
            self.begin_at(pressed.start - self.seconds(dx));
        }
    }

    fn up(self, event: &PointerEvent) {
        let Some(pressed) = self.pressed.get_value().filter(|it| it.id == event.pointer_id()) else { return };
        self.pressed.set_value(None);
        if pressed.has_moved {
            return;
        }
        if self.calipers.is_on() {
            if let Some((index, time)) = self.pointed_at(place(event)) {
                self.calipers.take_to(index, Some(time));
            }
        } else if let Some(cell) = self.cell_at(place(event)) {
            self.page.open_alone(cell.lead, Some(cell.frame.span));
        }
    }

    /// Sideways only: up and down is the page's, and the scale stays.
    fn wheel(self, event: &WheelEvent) {
        let unit = [1.0, 16.0, 400.0][(event.delta_mode() as usize).min(2)];
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        let across = if event.shift_key() && dx == 0.0 { dy } else { dx };
        if across != 0.0 && across.abs() >= dy.abs() || event.shift_key() {
            self.pan(self.seconds(across));
            event.prevent_default();
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let length = self.sheet.with_untracked(|sheet| sheet.span.map_or(0.0, Span::length));
        match event.key().as_str() {
            "ArrowLeft" => self.pan(-0.1 * length),
            "ArrowRight" => self.pan(0.1 * length),
            "PageUp" => self.pan(-length),
            "PageDown" => self.pan(length),
            "Home" => self.begin_at(0.0),
            "End" => self.begin_at(f64::MAX),
            "ArrowUp" if self.calipers.is_on() => self.calipers.step(false),
            "ArrowDown" if self.calipers.is_on() => self.calipers.step(true),
            "c" | "C" => self.page.measure.calipers.update(|on| *on = !*on),
            _ => return,
        }
        event.prevent_default();
    }

    fn seconds(self, pixels: f64) -> f64 {
        let per_second =
            self.sheet.with_untracked(|sheet| sheet.cells.first().map(|cell| cell.frame.pixels_per_second()));
        pixels / per_second.unwrap_or(1.0)
    }

    fn pan(self, seconds: f64) {
        let start = self.sheet.with_untracked(|sheet| sheet.span.map_or(0.0, |span| span.start));
        self.begin_at(start + seconds);
    }

    fn begin_at(self, start: f64) {
        let Some(span) = self.sheet.with_untracked(|sheet| sheet.span) else { return };
        self.page.with_open(|page, open| page.all_leads.start.set(span.placed_at(start, open.whole()).start));
    }

    /// The lead at a place of the window.
    fn cell_at(self, at: (f64, f64)) -> Option<Cell> {
        let (x, y) = self.on_sheet(at)?;
        self.sheet.with_untracked(|sheet| sheet.cell_at(x, y))
    }

    /// The same, by its number among the sheet's cells, and the moment there, in s.
    fn pointed_at(self, at: (f64, f64)) -> Option<(usize, f64)> {
        let ((x, _), cell) = (self.on_sheet(at)?, self.cell_at(at)?);
        let index = self.sheet.with_untracked(|sheet| sheet.cells.iter().position(|it| *it == cell))?;
        Some((index, cell.frame.time(x - cell.left)))
    }

    /// A place of the window on the sheet, in pixels.
    fn on_sheet(self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let holder = self.holder.get_untracked()?.get_bounding_client_rect();
        Some((x - holder.left(), y - holder.top() - self.above.get_untracked()))
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
