//! What calipers stand on: the lead that is looked at, or one of all leads on their sheet.

use leptos::html::Div;
use leptos::prelude::*;

use super::state::{Beats, Source, TracePlace};
use crate::signal::rhythm::{Rhythm, measured_part};
use crate::view::geometry::{Cell, Frame, LeadSheet, Limits, Span};
use crate::view::page::state::{Page, Shared};
use crate::view::page::trace::Layout;

/// One lead as it is drawn somewhere on the page.
#[derive(Clone, Copy)]
pub struct Ground {
    pub place: TracePlace,
    /// The lead, as long as calipers are in use there.
    pub source: Memo<Option<Source>>,
    /// Its beats, once they are found.
    pub beats: Memo<Option<Shared<Beats>>>,
    /// What may be drawn on, in pixels from the plot's upper left corner: left, top, width, height.
    pub paper: Memo<[f64; 4]>,
    /// How often the calipers were taken somewhere by pointing at it, and the moment that was pointed at last, in s.
    pub taken: RwSignal<(u32, Option<f64>)>,
    /// Whether they stay within what shows.
    pub is_bounded: bool,
}

impl Ground {
    /// The lead that is looked at, on the trace.
    pub fn of_trace(page: Page, place: TracePlace) -> Self {
        let measure = page.measure;
        let source = Memo::new(move |_| {
            let is_in_use = measure.calipers.get() && !page.shows_all_leads();
            page.open.with(|open| open.as_ref().filter(|_| is_in_use).map(Source::of))
        });
        Self {
            place,
            source,
            beats: Memo::new(move |_| measure.beats.get()),
            paper: Memo::new(move |_| place.frame.with(|frame| [0.0, 0.0, frame.width, frame.height])),
            taken: RwSignal::new((0, None)),
            is_bounded: false,
        }
    }
}

/// Calipers on the sheet of all leads: in one lead, until they are taken to another.
#[derive(Clone, Copy)]
pub struct OnSheet {
    page: Page,
    sheet: Memo<LeadSheet>,
    pub ground: Ground,
    /// The place on the sheet that they were taken to; before that, the open lead's.
    chosen: RwSignal<Option<usize>>,
    cell: Memo<Option<(usize, Cell)>>,
    /// The place, and the moment in s, that the pointer is over.
    pointed_at: StoredValue<Option<(usize, f64)>>,
}

impl OnSheet {
    /// On a `sheet` in `holder`, `above` pixels below its upper edge.
    pub fn new(
        page: Page,
        (holder, size): (NodeRef<Div>, ReadSignal<(f64, f64)>),
        sheet: Memo<LeadSheet>,
        above: Memo<f64>,
    ) -> Self {
        let chosen = RwSignal::new(None);
        let cell = Memo::new(move |_| {
            let lead = page.open.with(|open| open.as_ref().map(|open| open.lead));
            sheet.with(|sheet| {
                let of_lead = || sheet.cells.iter().position(|cell| Some(cell.lead) == lead);
                let place = chosen.get().filter(|place| *place < sheet.cells.len()).or_else(of_lead)?;
                sheet.cells.get(place).map(|cell| (place, *cell))
            })
        });
        let nowhere = Span { start: 0.0, end: 1.0 };
        let empty = Frame { span: nowhere, limits: Limits { low: 0.0, high: 1.0 }, width: 0.0, height: 0.0 };
        let frame = Memo::new(move |_| cell.get().map_or(empty, |(_, cell)| cell.frame));
        let layout = Memo::new(move |_| {
            let (left, top) = cell.get().map_or((0.0, 0.0), |(_, cell)| (cell.left, cell.top + above.get()));
            let Frame { width, height, .. } = frame.get();
            Layout { left, top, width, height, ribbon_top: height, ribbon_height: 0.0, bottom: height }
        });
        let is_in_use = move || page.measure.calipers.get() && page.shows_all_leads();
        let source = Memo::new(move |_| {
            let (_, cell) = cell.get().filter(|_| is_in_use())?;
            page.open.with(|open| {
                let record = open.as_ref()?.record.clone();
                (cell.lead < record.leads.len()).then_some(Source { record, lead: cell.lead })
            })
        });
        // Of half an hour not anew with every step of the sheet.
        let part = Memo::new(move |_| {
            let of = source.get()?;
            let span = frame.get().span;
            let part = measured_part(of.record.len(), of.record.fs, (span.start + span.end) / 2.0);
            Some((of, part))
        });
        let beats = Memo::new(move |_| {
            let (of, part) = part.get()?;
            let rhythm = Rhythm::of(of.samples(), of.record.fs, part);
            let times = (0..rhythm.peaks.len()).map(|beat| rhythm.time(beat)).collect();
            Some(Shared::new(Beats { of, rhythm, times }))
        });
        let paper = Memo::new(move |_| {
            let Layout { left, top, .. } = layout.get();
            sheet.with(|sheet| [-left, above.get() - top, sheet.width, sheet.height])
        });
        let place = TracePlace { holder, size, layout, frame };
        let ground = Ground { place, source, beats, paper, taken: RwSignal::new((0, None)), is_bounded: true };
        let on_sheet = Self { page, sheet, ground, chosen, cell, pointed_at: StoredValue::new(None) };
        on_sheet.follow();
        on_sheet
    }

    fn follow(self) {
        let page = self.page;
        // Another recording, or another arrangement, has its leads elsewhere.
        let which = Memo::new(move |_| {
            (page.open.with(|open| open.as_ref().map(|open| open.row)), page.all_leads.arrangement.get())
        });
        Effect::new(move |_| {
            which.track();
            self.chosen.set(None);
        });
        // Taken up, they come to the lead under the pointer.
        let is_on = page.measure.calipers;
        Effect::new(move |was_on: Option<bool>| {
            let is_on = is_on.get();
            if let (Some(false), true, Some((place, time))) = (was_on, is_on, self.pointed_at.get_value()) {
                self.take_to(place, Some(time));
            }
            is_on
        });
    }

    /// Whether calipers are in use.
    pub fn is_on(self) -> bool {
        self.page.measure.calipers.get()
    }

    /// The pointer is over this lead now, at a moment in s; or over none.
    pub fn point_at(self, place: Option<(usize, f64)>) {
        self.pointed_at.set_value(place);
    }

    /// To the lead at a place of the sheet, near a moment in s or in its middle.
    pub fn take_to(self, place: usize, time: Option<f64>) {
        self.chosen.set(Some(place));
        self.ground.taken.update(|(count, about)| {
            *count += 1;
            *about = time;
        });
    }

    /// To the lead before, or the one after.
    pub fn step(self, forward: bool) {
        let count = self.sheet.with_untracked(|sheet| sheet.cells.len());
        let place = self.cell.get_untracked().map_or(0, |(place, _)| place);
        let next = if forward { place + 1 } else { place.wrapping_sub(1) };
        if next < count {
            self.take_to(next, None);
        }
    }
}
