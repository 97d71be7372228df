//! What is chosen about measuring, and what was measured.

use leptos::html::Div;
use leptos::prelude::*;

use crate::record::Record;
use crate::signal::display_filter::DisplayFilter;
use crate::signal::rhythm::Rhythm;
use crate::view::geometry::{Envelope, Frame, PaperScale, PaperStep, Screen, Sheet, Span, paper_squares};
use crate::view::page::state::{Open, Page, Shared};
use crate::view::page::storage::{storage, stored};
use crate::view::page::trace::Layout;

/// Room above the plot for the row of RR intervals, and for each line of notes, in pixels.
const RR_ROW: f64 = 20.0;
pub const NOTE_ROW: f64 = 18.0;
/// On a narrower trace, in pixels, scale and filter have a line each.
const NARROW: f64 = 480.0;

const PANEL_STORED_AS: &str = "ecg-lens:measurements";

/// A lead of a recording, as something was made of it.
#[derive(Clone, PartialEq)]
pub struct Source {
    pub record: Shared<Record>,
    pub lead: usize,
}

impl Source {
    pub fn of(open: &Open) -> Self {
        Self { record: open.record.clone(), lead: open.lead }
    }

    pub fn samples(&self) -> &[f32] {
        &self.record.leads[self.lead].samples
    }
}

/// What the display filter leaves of a lead.
pub struct Filtered {
    pub of: Source,
    pub samples: Vec<f32>,
    pub envelope: Envelope,
}

/// The beats of a lead.
pub struct Beats {
    pub of: Source,
    pub rhythm: Rhythm,
    /// Of the R peaks, in s.
    pub times: Vec<f64>,
}

/// Handles of signals, as all of the page's state.
#[derive(Clone, Copy)]
pub struct Measure {
    /// Paper of this scale, or a trace that is fitted to the width.
    pub paper: RwSignal<Option<PaperScale>>,
    /// The paper as it lies there; follows from `paper`.
    pub sheet: RwSignal<Option<Sheet>>,
    pub screen: RwSignal<Option<Screen>>,
    pub filter: RwSignal<DisplayFilter>,
    /// Follows from `filter`; `None` where it takes nothing away.
    pub filtered: RwSignal<Option<Shared<Filtered>>>,
    pub calipers: RwSignal<bool>,
    pub snaps: RwSignal<bool>,
    pub marches: RwSignal<bool>,
    pub panel: RwSignal<bool>,
    /// The list of keys.
    pub keys: RwSignal<bool>,
    /// Found once calipers or measurements are wanted.
    pub beats: RwSignal<Option<Shared<Beats>>>,
}

impl Default for Measure {
    fn default() -> Self {
        let stored = stored(PANEL_STORED_AS);
        Self {
            paper: RwSignal::new(None),
            sheet: RwSignal::new(None),
            screen: RwSignal::new(None),
            filter: RwSignal::default(),
            filtered: RwSignal::new(None),
            calipers: RwSignal::new(false),
            snaps: RwSignal::new(true),
            marches: RwSignal::new(false),
            panel: RwSignal::new(stored.is_some()),
            keys: RwSignal::new(false),
            beats: RwSignal::new(None),
        }
    }
}

impl Measure {
    pub fn toggle_paper(self) {
        match self.paper.get_untracked() {
            None => self.paper.set(Some(PaperScale::default())),
            Some(_) => self.leave_paper(),
        }
    }

    /// Back to a trace that is fitted to the width.
    pub fn leave_paper(self) {
        self.paper.set(None);
        self.sheet.set(None);
    }

    /// The measurements, remembered for the next visit.
    pub fn show_panel(self, is_shown: bool) {
        self.panel.set(is_shown);
        if let Some(storage) = storage() {
            // A browser that keeps nothing forgets it; that is all.
            let _ = match is_shown {
                true => storage.set_item(PANEL_STORED_AS, "shown"),
                false => storage.remove_item(PANEL_STORED_AS),
            };
        }
    }

    /// Room above the plot, in pixels, on a trace `width` wide: for the RR intervals, and above those for the notes.
    pub fn room(self, width: f64) -> f64 {
        self.rr_room() + NOTE_ROW * self.note_lines(width) as f64
    }

    pub fn rr_room(self) -> f64 {
        if self.panel.get() { RR_ROW } else { 0.0 }
    }

    /// Lines of notes: on the scale, on the filter, or both in one.
    pub fn note_lines(self, width: f64) -> usize {
        let notes =
            usize::from(self.paper.with(Option::is_some)) + usize::from(self.filter.get() != DisplayFilter::default());
        if width < NARROW { notes } else { notes.min(1) }
    }
}

/// What the squares of the trace's paper stand for: those of true paper, or such as there is room for; along the time
/// axis, in s, and along the amplitude axis, in mV.
pub fn squares(page: Page, frame: &Frame) -> (PaperStep, PaperStep) {
    page.measure.sheet.get().map_or_else(|| paper_squares(frame), |sheet| sheet.scale.squares())
}

/// Where the trace is drawn.
#[derive(Clone, Copy)]
pub struct TracePlace {
    pub holder: NodeRef<Div>,
    pub size: ReadSignal<(f64, f64)>,
    pub layout: Memo<Layout>,
    pub frame: Memo<Frame>,
}

impl Page {
    /// The samples that are drawn: the open lead's, or what the display filter leaves of them.
    pub fn drawn<T>(self, open: &Open, read: impl FnOnce(&[f32], &Envelope) -> T) -> T {
        let filtered = self.measure.filtered.get();
        match filtered.filter(|it| it.of == Source::of(open)) {
            Some(filtered) => read(&filtered.samples, &filtered.envelope),
            None => read(open.samples(), &open.envelope),
        }
    }

    /// Lowest and highest amplitude that is drawn in `span`.
    pub fn extent(self, open: &Open, span: Span) -> Option<(f32, f32)> {
        let range = span.samples(open.record.len(), open.record.fs);
        untrack(|| self.drawn(open, |samples, envelope| envelope.extent(samples, range)))
    }
}
