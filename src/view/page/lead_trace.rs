//! One lead of several on the sheet: its name, its trace in the colours of its own importance, its ribbon.

use leptos::prelude::*;

use super::gradient::{Gradient, soft, stops, top_of};
use super::not_read::NotReadParts;
use super::state::{Page, Shared};
use crate::record::Record;
use crate::signal::display_filter::DisplayFilter;
use crate::view::colour::{glow, hex};
use crate::view::geometry::{Cell, Envelope, Frame, Limits, Reach, Span, pixels, ribbon_path, trace_path};

/// What drawing a recording's leads needs besides their samples.
pub struct Drawn {
    pub record: Shared<Record>,
    pub reaches: Vec<Reach>,
    envelopes: Vec<Envelope>,
    /// What the display filter leaves of each lead; `None` where it takes nothing away.
    filtered: Vec<Option<Vec<f32>>>,
}

impl Drawn {
    pub fn new(record: Shared<Record>, filter: DisplayFilter) -> Self {
        let filtered: Vec<_> = record.leads.iter().map(|lead| filter.apply(&lead.samples, record.fs)).collect();
        let drawn = || record.leads.iter().zip(&filtered).map(|(lead, it)| it.as_deref().unwrap_or(&lead.samples));
        let reaches = drawn().map(Reach::of).collect();
        let envelopes = drawn().map(Envelope::of).collect();
        Self { record, reaches, envelopes, filtered }
    }

    fn path(&self, lead: usize, frame: &Frame) -> Option<String> {
        let samples = self.filtered.get(lead)?.as_ref().unwrap_or(&self.record.leads.get(lead)?.samples);
        Some(trace_path(samples, self.envelopes.get(lead)?, self.record.fs, frame))
    }
}

/// The lead at place `index` of the sheet.
#[component]
pub fn LeadTrace(index: usize, cell: Memo<Option<Cell>>, drawn: Memo<Option<Shared<Drawn>>>) -> impl IntoView {
    const NOWHERE: Frame =
        Frame { span: Span { start: 0.0, end: 1.0 }, limits: Limits { low: 0.0, high: 1.0 }, width: 1.0, height: 1.0 };
    let page = expect_context::<Page>();
    let frame = Memo::new(move |_| cell.get().map_or(NOWHERE, |cell| cell.frame));
    let lead = Memo::new(move |_| cell.get().map_or(0, |cell| cell.lead));
    let explanation = Memo::new(move |_| page.lead_explanation(lead.get()));
    let stops = stops(move || explanation.get(), frame);
    let top = Memo::new(move |_| explanation.with(|it| it.as_ref().map_or(1.0, |it| top_of(page, it))));
    let path = Memo::new(move |_| drawn.with(|drawn| drawn.as_ref()?.path(lead.get(), &frame.get())));
    let name = Memo::new(move |_| {
        drawn.with(|drawn| Some(drawn.as_ref()?.record.leads.get(lead.get())?.name.clone())).unwrap_or_default()
    });
    let gradient = format!("lead-gradient-{index}");
    let clip = format!("lead-clip-{index}");
    let clipped = format!("url(#{clip})");
    let coloured = format!("url(#{gradient})");
    let softly = format!("url(#{})", soft(&gradient));
    let behind = move || if explanation.with(Option::is_some) { softly.clone() } else { "none".to_owned() };
    let stroke = move || match explanation.with(Option::is_some) {
        true => coloured.clone(),
        false => hex(glow(page.theme.get(), 0.0)),
    };
    let place = move || cell.get().map(|cell| format!("translate({} {})", pixels(cell.left), pixels(cell.top)));
    let width = move || pixels(frame.get().width);
    // What is taller than its row crosses the others', as on paper.
    let (clip_top, clip_height) = (move || pixels(-frame.get().height), move || pixels(3.0 * frame.get().height));
    let ribbon_height = move || cell.get().map_or(0.0, |cell| cell.ribbon_height);
    let band = move || {
        let frame = Frame { height: ribbon_height(), ..frame.get() };
        stops.with(|stops| stops.as_ref().map(|stops| ribbon_path(&stops.window, top.get(), &frame)))
    };
    let under = move || format!("translate(0 {})", pixels(frame.get().height));
    // Where one lead ends and the next begins.
    let begins = move || {
        let cell = cell.get()?;
        let (from, to) = (pixels(cell.baseline - 10.0), pixels(cell.baseline + 10.0));
        Some(view! { <line class="lead-begins" x1="0" x2="0" y1=from y2=to /> })
    };
    view! {
        <g class="lead" data-lead=name transform=place>
            <clipPath id=clip>
                <rect y=clip_top width=width height=clip_height />
            </clipPath>
            <Gradient id=gradient frame stops top />
            <g clip-path=clipped>
                <path class="trace-band" d=move || path.get() stroke=behind stroke-width="6" fill="none" />
                <path class="trace-path" d=move || path.get() stroke=stroke stroke-width="1.3" fill="none" />
                <NotReadParts frame explanation=move || explanation.get() />
                <g transform=under>
                    <path class="ribbon" d=band />
                </g>
            </g>
            {begins}
            <text class="lead-name" x="5" y="14">{name}</text>
        </g>
    }
}
