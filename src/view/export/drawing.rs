//! Traces on ECG paper for print: 25 mm/s and 10 mm/mV in true millimetres, coloured as on the page, always on light
//! paper.

use std::fmt::Write;

use crate::explain::ImportanceMap;
use crate::view::colour::{Theme, glow, hex};
use crate::view::geometry::{
    Cell, Envelope, Frame, LeadSheet, Limits, MM_PER_MILLIVOLT, MM_PER_SECOND, Reach, Span, StopWindow, decimal,
    pixels, ribbon_path, trace_path,
};

/// Units of the drawing in a millimetre, of which paths are a tenth fine.
pub const UNITS: f64 = 6.0;
/// A row of a single lead: half a minute is an upright page's width, four times.
const ROW_SECONDS: f64 = 7.5;
/// Rows at most: a minute, as far as they have room in so many mm of a page.
const MOST_ROWS: usize = 8;
const PAGE_MM: f64 = 150.0;
/// The tallest row, in mm; where the trace needs more, it is drawn at half the gain, or a quarter …
const TALLEST_MM: f64 = 30.0;
/// Under a row its ribbon, and to the next row; in mm.
const RIBBON_MM: f64 = 3.0;
const BELOW_MM: f64 = 5.0;

/// Everything that is known of a lead that is drawn.
#[derive(Clone, Copy)]
pub struct Traced<'a> {
    pub name: &'a str,
    pub samples: &'a [f32],
    pub envelope: &'a Envelope,
    /// Its map, and the importance that has the brightest colour.
    pub importance: Option<(&'a ImportanceMap, f32)>,
}

/// Leads on paper.
pub struct Drawing<'a> {
    pub sheet: LeadSheet,
    pub fs: f64,
    /// One for each lead that the sheet's cells name.
    pub leads: Vec<Traced<'a>>,
    /// Whether the leads' names stand on the paper.
    pub named: bool,
}

/// One lead in rows of 7.5 s, as many as a page has room for, from `start` on as far as `whole` allows; the gain in mm/mV.
pub fn strips(reach: Reach, whole: Span, start: f64) -> (LeadSheet, f64) {
    // Baselines stand on heavy lines.
    let halves = |millivolts: f64| ((millivolts + 0.1) * 2.0).ceil() / 2.0;
    let (above, below) = (halves(reach.high - reach.rest).max(1.0), halves(reach.rest - reach.low).max(0.5));
    let mut gain = MM_PER_MILLIVOLT;
    while (above + below) * gain > TALLEST_MM && gain > 0.01 {
        gain /= 2.0;
    }
    let height = (((above + below) * gain).max(10.0) / 5.0).ceil() * 5.0;
    let most_rows = ((PAGE_MM / (height + BELOW_MM)) as usize).clamp(1, MOST_ROWS);
    let length = whole.length().min(ROW_SECONDS * most_rows as f64);
    let span = Span { start: 0.0, end: length }.placed_at(start, whole);
    let n_rows = (span.length() / ROW_SECONDS - 1e-3).ceil().max(1.0) as usize;
    let row = |index: usize| {
        let from = span.start + index as f64 * ROW_SECONDS;
        let part = Span { start: from, end: (from + ROW_SECONDS).min(span.end) };
        let width = part.length() * MM_PER_SECOND * UNITS;
        let high = reach.rest + above;
        let limits = Limits { low: high - height / gain, high };
        Cell {
            lead: 0,
            left: 0.0,
            top: index as f64 * (height + BELOW_MM) * UNITS,
            frame: Frame { span: part, limits, width, height: height * UNITS },
            ribbon_height: RIBBON_MM * UNITS,
            baseline: above * gain * UNITS,
        }
    };
    let sheet = LeadSheet {
        millimetre: UNITS,
        width: span.length().min(ROW_SECONDS) * MM_PER_SECOND * UNITS,
        height: n_rows as f64 * (height + BELOW_MM) * UNITS,
        cells: (0..n_rows).map(row).collect(),
        span: Some(span),
    };
    (sheet, gain)
}

impl Drawing<'_> {
    /// In mm.
    pub fn size(&self) -> (f64, f64) {
        (self.sheet.width / self.sheet.millimetre, self.sheet.height / self.sheet.millimetre)
    }

    /// The drawing as an SVG element whose size is in true millimetres, or smaller where it would be taller than `most`;
    /// `label` says to a screen reader what it is.
    pub fn svg(&self, label: &str, most: f64) -> String {
        let ((width_mm, height_mm), sheet) = (self.size(), &self.sheet);
        let smaller = (most / height_mm).min(1.0);
        let (width, height) = (pixels(sheet.width), pixels(sheet.height));
        let (fine, heavy) = sheet.grid();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{}mm\" height=\"{}mm\" \
             viewBox=\"-1 -1 {} {}\" font-family=\"sans-serif\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fffefb\"/>\
             <path d=\"{fine}\" fill=\"none\" stroke=\"#f3e4dd\" stroke-width=\"0.6\"/>\
             <path d=\"{heavy}\" fill=\"none\" stroke=\"#e6c8bc\" stroke-width=\"0.9\"/>",
            escaped(label),
            decimal(width_mm * smaller, 2),
            decimal(height_mm * smaller, 2),
            pixels(sheet.width + 2.0),
            pixels(sheet.height + 2.0),
        );
        for (index, cell) in sheet.cells.iter().enumerate() {
            if let Some(lead) = self.leads.get(cell.lead) {
                self.cell(&mut svg, index, cell, lead);
            }
        }
        let _ = write!(
            svg,
            "<path d=\"{}\" fill=\"none\" stroke=\"#6b6f78\" stroke-width=\"1.5\"/>\
             <rect width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"#8b8d92\"/></svg>",
            if self.named { sheet.calibration() } else { String::new() }
        );
        svg
    }

    fn cell(&self, svg: &mut String, index: usize, cell: &Cell, lead: &Traced) {
        let frame = &cell.frame;
        let path = trace_path(lead.samples, lead.envelope, self.fs, frame);
        let _ = write!(svg, "<g transform=\"translate({} {})\">", pixels(cell.left), pixels(cell.top));
        let mut stroke = hex(glow(Theme::Light, 0.0));
        if let Some((map, top)) = lead.importance {
            let window = StopWindow::around(map, frame.span);
            let (start, end) = window.ends();
            let _ = write!(
                svg,
                "<linearGradient id=\"print-{index}\" gradientUnits=\"userSpaceOnUse\" y1=\"0\" y2=\"0\" x1=\"{}\" x2=\"{}\">",
                pixels(frame.x(start)),
                pixels(frame.x(end))
            );
            for stop in &window.stops {
                let share = if top > 0.0 { stop.importance / top } else { 0.0 };
                let offset = decimal((stop.time - start) / (end - start), 5);
                let _ = write!(svg, "<stop offset=\"{offset}\" stop-color=\"{}\"/>", hex(glow(Theme::Light, share)));
            }
            svg.push_str("</linearGradient>");
            stroke = format!("url(#print-{index})");
            let band = Frame { height: cell.ribbon_height, ..*frame };
            let _ = write!(
                svg,
                "<clipPath id=\"print-clip-{index}\"><rect width=\"{}\" height=\"{}\"/></clipPath>\
                 <path transform=\"translate(0 {})\" d=\"{}\" fill=\"#9b9da3\" clip-path=\"url(#print-clip-{index})\"/>",
                pixels(frame.width),
                pixels(cell.ribbon_height),
                pixels(frame.height),
                ribbon_path(&window, top, &band),
            );
        }
        let _ = write!(
            svg,
            "<clipPath id=\"print-row-{index}\"><rect y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\
             <path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"1.8\" stroke-linejoin=\"round\" \
             clip-path=\"url(#print-row-{index})\"/>",
            pixels(-frame.height),
            pixels(frame.width),
            pixels(3.0 * frame.height),
        );
        let label = match self.named {
            true => lead.name.to_owned(),
            // Where each row begins.
            false => decimal(frame.span.start, 1) + "\u{2009}s",
        };
        let _ = write!(svg, "<text x=\"6\" y=\"18\" font-size=\"15\" fill=\"#54565c\">{}</text></g>", escaped(&label));
    }
}

/// Text that markup may hold.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
