//! Traces on ECG paper for print, in true millimetres, coloured as on the page, always on light paper.

use std::fmt::Write;

use crate::explain::ImportanceMap;
use crate::signal::NotRead;
use crate::signal::quality::Reason;
use crate::view::colour::{Theme, band_opacity, glow, hex};
use crate::view::geometry::{
    Cell, Envelope, Frame, LeadSheet, Limits, PaperScale, Reach, Span, StopWindow, decimal, pixels, ribbon_path,
    trace_path,
};

/// Units of the drawing in a millimetre, of which paths are a tenth fine.
pub const UNITS: f64 = 6.0;
/// A row of a single lead is so wide, in mm: 7.5 s at 25 mm/s, half a minute in four rows.
const ROW_MM: f64 = 187.5;
/// Rows at most: a minute.
const MOST_ROWS: usize = 8;
/// Below this gain, in mm/mV, nothing can be read, whatever the page has room for.
const LEAST_GAIN: f64 = 0.01;
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
    /// What is written over a stretch that was not read.
    pub unread: fn(Reason) -> &'static str,
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

/// A row of one lead: the part that it shows, and in mm what it needs above the level of rest and from top to bottom.
struct Strip {
    part: Span,
    above: f64,
    height: f64,
}

/// One lead, its `samples` taken at `fs` Hz, at the chosen `scale`: rows across an upright page, from `start` on, as many
/// as fit into `most` mm of height. Each is as tall as what it shows, so that one artefact costs one row. The gain is the one chosen;
/// only where not even a single row fits it is halved, and halved again: see [`LeadSheet::gain`].
pub fn strips(samples: &[f32], fs: f64, scale: PaperScale, start: f64, most: f64) -> LeadSheet {
    let (speed, mut gain) = (f64::from(scale.mm_per_second), f64::from(scale.mm_per_millivolt));
    let whole = Span::whole(samples.len(), fs);
    loop {
        for n_rows in (1..=MOST_ROWS).rev() {
            let length = whole.length().min(ROW_MM / speed * n_rows as f64);
            let span = Span { start: 0.0, end: length }.placed_at(start, whole);
            let (rest, rows) = rows_of(samples, fs, span, (speed, gain));
            let height: f64 = rows.iter().map(|row| row.height + BELOW_MM).sum();
            if height <= most || (n_rows == 1 && gain <= LEAST_GAIN) {
                return laid_out(&rows, rest, span, (speed, gain));
            }
        }
        gain /= 2.0;
    }
}

/// The rows of `span` at this speed and gain, and the level of rest, in mV.
fn rows_of(samples: &[f32], fs: f64, span: Span, (speed, gain): (f64, f64)) -> (f64, Vec<Strip>) {
    let of = |part: Span| &samples[part.samples(samples.len(), fs)];
    let rest = Reach::of(of(span)).rest;
    let seconds = ROW_MM / speed;
    // Baselines stand on heavy lines, with a little air.
    let squares = |millivolts: f64| ((millivolts + 0.1) * gain / 5.0).ceil() * 5.0;
    let row = |index: usize| {
        let from = span.start + index as f64 * seconds;
        let part = Span { start: from, end: (from + seconds).min(span.end) };
        let reach = Reach::of(of(part));
        let (above, below) = (squares(reach.high - rest).max(10.0), squares(rest - reach.low).max(5.0));
        Strip { part, above, height: above + below }
    };
    let n_rows = (span.length() / seconds - 1e-3).ceil().max(1.0) as usize;
    (rest, (0..n_rows).map(row).collect())
}

fn laid_out(rows: &[Strip], rest: f64, span: Span, (speed, gain): (f64, f64)) -> LeadSheet {
    let mut sheet = LeadSheet {
        millimetre: UNITS,
        speed,
        gain,
        width: (span.length() * speed).min(ROW_MM) * UNITS,
        height: 0.0,
        cells: Vec::new(),
        span: Some(span),
    };
    for Strip { part, above, height } in rows {
        let high = rest + above / gain;
        let limits = Limits { low: high - height / gain, high };
        let width = part.length() * speed * UNITS;
        sheet.cells.push(Cell {
            lead: 0,
            left: 0.0,
            top: sheet.height,
            frame: Frame { span: *part, limits, width, height: height * UNITS },
            ribbon_height: RIBBON_MM * UNITS,
            baseline: above * UNITS,
        });
        sheet.height += (height + BELOW_MM) * UNITS;
    }
    sheet
}

impl Drawing<'_> {
    /// Of the paper, in mm.
    pub fn size(&self) -> (f64, f64) {
        (self.sheet.width / self.sheet.millimetre, self.sheet.height / self.sheet.millimetre)
    }

    /// Speed in mm/s and gain in mm/mV, as they are printed where the drawing may be `most` mm tall; and whether they are
    /// the paper's own.
    pub fn scale(&self, most: f64) -> ((f64, f64), bool) {
        let smaller = self.smaller(most);
        ((self.sheet.speed * smaller, self.sheet.gain * smaller), smaller == 1.0)
    }

    /// How much smaller it is drawn to be at most `most` mm tall.
    fn smaller(&self, most: f64) -> f64 {
        let height = self.size().1;
        if height > most + 1e-6 { most / height } else { 1.0 }
    }

    /// The drawing as an SVG element whose size is in true millimetres, or smaller where it would be taller than `most`;
    /// `label` says to a screen reader what it is.
    pub fn svg(&self, label: &str, most: f64) -> String {
        let (sheet, smaller) = (&self.sheet, self.smaller(most));
        // With a line's width around the paper: what is drawn has just the size that is told.
        let (width_mm, height_mm) = ((sheet.width + 2.0) / sheet.millimetre, (sheet.height + 2.0) / sheet.millimetre);
        let (width, height) = (pixels(sheet.width), pixels(sheet.height));
        let (fine, heavy) = sheet.grid();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{}mm\" height=\"{}mm\" \
             viewBox=\"-1 -1 {} {}\" font-family=\"sans-serif\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fffefb\"/>\
             <path d=\"{fine}\" fill=\"none\" stroke=\"#f3e4dd\" stroke-width=\"0.6\"/>\
             <path d=\"{heavy}\" fill=\"none\" stroke=\"#e6c8bc\" stroke-width=\"0.9\"/>",
            escaped(label),
            decimal(width_mm * smaller, 3),
            decimal(height_mm * smaller, 3),
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
        let (mut stroke, mut band_stroke) = (hex(glow(Theme::Light, 0.0)), "none".to_owned());
        if let Some((map, top)) = lead.importance {
            let window = StopWindow::around(map, frame.span);
            let (start, end) = window.ends();
            // The line's, and that of the soft band behind it.
            for is_band in [false, true] {
                let id = if is_band { "print-band" } else { "print" };
                let _ = write!(
                    svg,
                    "<linearGradient id=\"{id}-{index}\" gradientUnits=\"userSpaceOnUse\" y1=\"0\" y2=\"0\" x1=\"{}\" x2=\"{}\">",
                    pixels(frame.x(start)),
                    pixels(frame.x(end))
                );
                for stop in &window.stops {
                    let share = if top > 0.0 { stop.importance / top } else { 0.0 };
                    let offset = decimal((stop.time - start) / (end - start), 5);
                    let colour = hex(glow(Theme::Light, share));
                    let _ = write!(svg, "<stop offset=\"{offset}\" stop-color=\"{colour}\"");
                    if is_band {
                        let _ = write!(svg, " stop-opacity=\"{}\"", decimal(f64::from(band_opacity(share)), 3));
                    }
                    svg.push_str("/>");
                }
                svg.push_str("</linearGradient>");
            }
            stroke = format!("url(#print-{index})");
            band_stroke = format!("url(#print-band-{index})");
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
             <g fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" clip-path=\"url(#print-row-{index})\">\
             <path d=\"{path}\" stroke=\"{band_stroke}\" stroke-width=\"8\"/>\
             <path d=\"{path}\" stroke=\"{stroke}\" stroke-width=\"1.8\"/></g>",
            // What is taller than its row crosses the others, as on paper.
            pixels(-cell.top),
            pixels(frame.width),
            pixels(self.sheet.height),
        );
        for it in lead.importance.iter().flat_map(|(map, _)| &map.unusable) {
            unread(svg, it, frame, (lead.unread)(it.reason));
        }
        let label = match self.named {
            true => lead.name.to_owned(),
            // Where each row begins.
            false => decimal(frame.span.start, 1) + "\u{2009}s",
        };
        let _ = write!(svg, "<text x=\"6\" y=\"18\" font-size=\"15\" fill=\"#54565c\">{}</text></g>", escaped(&label));
    }
}

/// Shades what was not read, and says why where there is room.
fn unread(svg: &mut String, it: &NotRead, frame: &Frame, reason: &str) {
    let (left, right) = (frame.x(it.from.max(frame.span.start)), frame.x(it.to.min(frame.span.end)));
    if right <= left {
        return;
    }
    let _ = write!(
        svg,
        "<rect x=\"{}\" width=\"{}\" height=\"{}\" fill=\"#8b8d92\" opacity=\"0.28\"/>",
        pixels(left),
        pixels(right - left),
        pixels(frame.height)
    );
    if right - left > 70.0 {
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"13\" fill=\"#54565c\">{}</text>",
            pixels((left + right) / 2.0),
            pixels(frame.height - 6.0),
            escaped(reason)
        );
    }
}

/// Text that markup may hold.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
