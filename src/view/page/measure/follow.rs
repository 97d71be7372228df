//! What follows from what is chosen: the filtered lead, the beats, the sheet of paper and what it shows.

use leptos::prelude::*;

use super::state::{Beats, Filtered, Source, TracePlace};
use crate::signal::rhythm::{Rhythm, measured_part};
use crate::view::geometry::{Envelope, Limits, Reach, Screen, Sheet, Span, pixels_per_millimetre};
use crate::view::page::measure::screen_match;
use crate::view::page::state::{Page, Shared};
use crate::view::page::trace::Layout;

/// As long as the page is there.
pub fn follow(page: Page, place: TracePlace) {
    follow_filter(page);
    follow_beats(page);
    follow_paper(page, place);
}

fn source(page: Page) -> Memo<Option<Source>> {
    Memo::new(move |_| page.open.with(|open| open.as_ref().map(Source::of)))
}

fn follow_filter(page: Page) {
    let measure = page.measure;
    let source = source(page);
    Effect::new(move |_| {
        let filter = measure.filter.get();
        let filtered = source.get().and_then(|of| {
            let samples = filter.apply(of.samples(), of.record.fs)?;
            let envelope = Envelope::of(&samples);
            Some(Shared::new(Filtered { of, samples, envelope }))
        });
        if filtered.is_none() && measure.filtered.with_untracked(Option::is_none) {
            return;
        }
        measure.filtered.set(filtered);
        page.with_open(|page, open| {
            page.limits.set(Limits::padded(page.extent(open, page.span.get_untracked())));
        });
    });
}

fn follow_beats(page: Page) {
    let measure = page.measure;
    let part = Memo::new(move |_| {
        let is_wanted = (measure.calipers.get() || measure.panel.get()) && !page.shows_all_leads();
        let middle = page.span.with(|span| (span.start + span.end) / 2.0);
        page.open.with(|open| {
            let open = open.as_ref().filter(|_| is_wanted)?;
            Some((Source::of(open), measured_part(open.record.len(), open.record.fs, middle)))
        })
    });
    Effect::new(move |_| {
        let Some((of, part)) = part.get() else { return };
        let fs = of.record.fs;
        let known = measure.beats.with_untracked(|beats| {
            beats.as_ref().is_some_and(|beats| beats.of == of && beats.rhythm.measured == part)
        });
        if known {
            return;
        }
        let rhythm = Rhythm::of(of.samples(), fs, part);
        let times = (0..rhythm.peaks.len()).map(|beat| rhythm.time(beat)).collect();
        measure.beats.set(Some(Shared::new(Beats { of, rhythm, times })));
    });
}

fn follow_paper(page: Page, place: TracePlace) {
    let measure = page.measure;
    measure.screen.set(screen_match::stored());
    let source = source(page);
    let reach = Memo::new(move |_| {
        // Not before there is paper: it reads every sample.
        measure.paper.with(Option::is_some).then_some(())?;
        let filtered = measure.filtered.get();
        source.get().map(|of| match filtered.filter(|it| it.of == of) {
            Some(filtered) => Reach::of(&filtered.samples),
            None => Reach::of(of.samples()),
        })
    });
    let sheet = Memo::new(move |_| {
        let (scale, reach) = (measure.paper.get()?, reach.get()?);
        let whole = page.open.with(|open| open.as_ref().map(|open| open.whole()))?;
        let (width, _) = place.size.get();
        let millimetre = millimetre(measure.screen.get());
        Some(Sheet::new(scale, millimetre, reach, whole, Layout::room_across(width)))
    });
    Effect::new(move |_| {
        let sheet = sheet.get();
        if measure.sheet.get_untracked() != sheet {
            measure.sheet.set(sheet);
        }
    });
    // What shows has the paper's length, whoever moved it.
    Effect::new(move |_| {
        let (Some(sheet), span) = (measure.sheet.get(), page.span.get()) else { return };
        page.with_open(|page, open| {
            let length = Span { start: span.start, end: span.start + sheet.seconds() };
            let wanted = length.placed_at(span.start, open.whole());
            if (wanted.start - span.start).abs() + (wanted.end - span.end).abs() > 1e-6 {
                page.span.set(wanted);
            }
        });
    });
}

/// Of a screen that may have been matched, in pixels of the style sheet.
pub fn millimetre(screen: Option<Screen>) -> f64 {
    pixels_per_millimetre(screen, window().device_pixel_ratio())
}
