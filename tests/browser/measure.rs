//! Measuring on the trace: true paper, calipers, beats, and filters for the eye.

use std::path::PathBuf;

use ecg_lens::signal::display_filter::{Band, DisplayFilter, Mains};
use ecg_lens::view::geometry::{Envelope, Frame, Limits, Span, trace_path};

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native, recordings};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const FS: f64 = 250.0;
const PAGE_UP: &str = "\u{e00e}";
const PAGE_DOWN: &str = "\u{e00f}";
const RIGHT: &str = "\u{e014}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

/// R waves of 1 mV on a flat line, one every 0.8 s from 0.5 s on: 75 a minute, each on a sample.
fn metronome() -> Files {
    made::wfdb("metronome", FS, &[("II", &metronome_samples())])
}

fn metronome_samples() -> Vec<f32> {
    let wave = |index: usize| {
        let from_peak = (index as f64 / FS + 0.3) % 0.8 - 0.4 - 0.4;
        let from_peak = if from_peak < -0.4 { from_peak + 0.8 } else { from_peak };
        (-(from_peak / 0.012).powi(2)).exp() as f32
    };
    let samples: Vec<f32> = (0..5000).map(wave).collect();
    assert_eq!((samples[125], samples[325]), (1.0, 1.0), "the R peaks' samples");
    samples
}

fn open_with(files: &Files, name: &str) -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_files(files);
    page.answer_to(name);
    page
}

/// As people read it, with plain spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{2009}', '\u{a0}'], " ").replace('\u{2212}', "-")
}

fn readings(page: &Page) -> Vec<String> {
    page.texts(".caliper-reading").iter().map(|text| plain(text)).collect()
}

#[track_caller]
fn assert_reads(page: &Page, time: &str, amplitude: &str) {
    page.until(&format!("{time} and {amplitude}"), || readings(page) == [amplitude, time]);
}

fn attribute(page: &Page, css: &str, name: &str) -> f64 {
    page.attributes(css, name).concat().parse().expect("a number")
}

/// A place in an element `css`, as parts of its width and height, that is so many seconds from the left of the view.
fn at_time(page: &Page, seconds: f64, down: f64) -> (f64, f64) {
    let script = "const trace = document.querySelector('#trace').getBoundingClientRect();
        const plot = document.querySelector('#trace-svg .box').getBoundingClientRect();
        return [(plot.x - trace.x) / trace.width, plot.width / trace.width]";
    let places: Vec<f64> = serde_json::from_value(page.run(script)).expect("two numbers");
    let (start, end) = page.span();
    (places[0] + places[1] * (seconds - start) / (end - start), down)
}

#[test]
fn a_caliper_reads_known_samples() {
    let page = open_with(&metronome(), "metronome");
    page.show_whole();
    page.type_into("#trace", "-c");
    // On two neighbouring beats, from the level of rest to the peak.
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "1.00 mV");
    let group = page.attributes(".calipers", "aria-label").concat();
    assert_eq!(group, "Calipers: 800 milliseconds, 75.0 beats a minute, 1.00 millivolts");

    // The right edge dragged to 30 ms beside the next beat but one: set on it.
    let to = attribute(&page, r#"[data-part="to"]"#, "aria-valuenow");
    page.drag("#trace", at_time(&page, to, 0.6), at_time(&page, to + 0.8 + 0.03, 0.6));
    assert_reads(&page, "1600 ms \u{b7} 37.5 beats/min", "1.00 mV");
    let spoken = page.attributes(r#"[data-part="to"]"#, "aria-valuetext").concat();
    assert_eq!(spoken, format!("{:.3} seconds; 1600 milliseconds between the edges, 37.5 beats a minute", to + 0.8));

    // By keys: to the beat before, a sample on, a level up.
    page.type_into(r#"[data-part="to"]"#, PAGE_UP);
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "1.00 mV");
    page.type_into(r#"[data-part="high"]"#, UP);
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "1.01 mV");
    // Marched on as a whole, and out across the trace.
    let from = attribute(&page, r#"[data-part="from"]"#, "aria-valuenow");
    page.type_into(r#"[data-part="whole"]"#, PAGE_DOWN);
    page.until("the next interval", || {
        (attribute(&page, r#"[data-part="from"]"#, "aria-valuenow") - from - 0.8).abs() < 2e-3
    });
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "1.01 mV");
    assert_eq!(page.attributes("#caliper-marched", "d").concat(), "");
    page.click("#march");
    // 25 beats in 20 s, two of which are the calipers' own.
    page.until("a mark for each other beat", || {
        page.attributes("#caliper-marched", "d").concat().matches('M').count() == 23
    });
    page.screenshot("calipers");

    // Not snapped, an edge goes where it is put, to a sample.
    page.click("#snap");
    page.click("#view-first");
    page.type_into("#trace", "cc");
    page.wait_for(r#"[data-part="to"]"#);
    let to = attribute(&page, r#"[data-part="to"]"#, "aria-valuenow");
    page.type_into(r#"[data-part="to"]"#, RIGHT);
    // A step is a sample, or a pixel where that is more.
    let pixel = 499.0 / 60.0 / page.shown().width;
    let step = pixel.max(1.0 / FS);
    page.until("a step to the right", || {
        (attribute(&page, r#"[data-part="to"]"#, "aria-valuenow") - to - step).abs() < 6e-4 + 0.5 / FS
    });
    page.drag("#trace", at_time(&page, to + step, 0.6), at_time(&page, to - 0.3, 0.6));
    page.until("the edge where it was put", || {
        (attribute(&page, r#"[data-part="to"]"#, "aria-valuenow") - (to - 0.3)).abs() < 2.0 * pixel
    });
    // The trace keeps still meanwhile.
    assert!(page.span().0.abs() < 1e-3, "{:?}", page.span());
    page.type_into("#trace", "c");
    page.until("no calipers", || page.count(".caliper") == 0);
}

/// On the sheet of all leads: in the lead that is pressed, which is twice as tall as the others.
#[test]
fn calipers_and_filters_work_on_the_sheet_of_all_leads() {
    let one = metronome_samples();
    let two: Vec<f32> = one.iter().map(|sample| sample * 2.0).collect();
    let leads = made::TWELVE.map(|name| (name, if name == "V2" { two.as_slice() } else { one.as_slice() }));
    let page = open_with(&made::wfdb("sheet", FS, &leads), "sheet");
    page.click("#leads-all");
    page.until("an answer for every lead", || page.count("#lead-answers [data-class]") == 12);
    assert_eq!(page.run("return document.querySelector('#measure').checkVisibility()"), false);
    let lead = |page: &Page| page.attributes(".calipers", "data-lead").concat();
    page.click("#calipers");
    page.until("calipers in the open lead", || lead(&page) == "I");
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "1.00 mV");

    // A press takes them to the lead under the pointer, and opens nothing.
    page.drag(r#"#leads-svg .lead[data-lead="V2"] .lead-name"#, (0.5, 0.5), (0.5, 0.5));
    page.until("calipers in V2", || lead(&page) == "V2");
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "2.00 mV");
    assert_eq!(page.attributes("#leads-all", "aria-pressed"), ["true"]);
    let group = page.attributes(".calipers", "aria-label").concat();
    assert_eq!(group, "Lead V2. Calipers: 800 milliseconds, 75.0 beats a minute, 2.00 millivolts");
    // They stand on the trace: the upper level at the top of its own R peak, within its cell.
    let box_of = |css: &str| -> Vec<f64> {
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [box.left, box.top, box.right, box.bottom]";
        serde_json::from_value(page.run_with(script, serde_json::json!([css]))).expect("a box")
    };
    let (trace, high) =
        (box_of(r#"#leads-svg .lead[data-lead="V2"] .trace-path"#), box_of(r#"[data-part="high"] .caliper-line"#));
    assert!((high[1] - trace[1]).abs() < 3.0, "{high:?} on {trace:?}");
    assert!(high[0] > trace[0] && high[2] < trace[2], "{high:?} in {trace:?}");

    // By keys and by mouse, but not out of the lead.
    page.type_into(r#"[data-part="high"]"#, UP);
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "2.01 mV");
    page.type_into(r#"[data-part="to"]"#, PAGE_DOWN);
    assert_reads(&page, "1600 ms \u{b7} 37.5 beats/min", "2.01 mV");
    page.type_into("#leads", DOWN);
    page.until("calipers in the lead after it", || lead(&page) == "V5");
    assert_reads(&page, "800 ms \u{b7} 75.0 beats/min", "1.00 mV");
    page.screenshot("calipers-leads");
    page.type_into("#leads", "c");
    page.until("no calipers", || page.count(".caliper") == 0);

    // A filter changes every lead's drawing, and what it is is said.
    let paths = || page.attributes("#leads-svg .trace-path", "d");
    let before = paths();
    page.click("#filter option:nth-child(3)");
    page.wait_for_text("#leads-filter", "Filter 0.5\u{2013}40\u{2009}Hz");
    page.until("other drawings", || paths().iter().zip(&before).all(|(now, before)| now != before));
    page.click("#filter option:nth-child(1)");
    page.until("the drawings as they were", || paths() == before);
}

#[test]
fn calipers_move_by_touch() {
    let page = Page::new(Webgpu::Absent);
    page.on_phone();
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.choose_files("#file-input", &metronome());
    page.answer_to("metronome");
    page.run("document.querySelector('#view-whole').click(); document.querySelector('#calipers').click()");
    page.wait_for(r#"[data-part="to"]"#);
    page.run("document.querySelector('#trace').scrollIntoView({ block: 'center' })");
    let to = attribute(&page, r#"[data-part="to"]"#, "aria-valuenow");
    let span = page.span();
    page.drag_by_finger("#trace", at_time(&page, to, 0.6), at_time(&page, to + 1.6, 0.6));
    page.until("the edge two beats on", || readings(&page).iter().any(|it| it == "2400 ms \u{b7} 25.0 beats/min"));
    assert_eq!(page.span(), span, "the trace keeps still");
    let sideways = page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(sideways, 0, "a phone has to scroll sideways");
    page.screenshot("calipers-phone");
}

#[test]
fn measures_beats_of_a_known_rate() {
    let page = open_with(&metronome(), "metronome");
    page.click("#measure");
    page.wait_for("#measurements");
    page.show_whole();
    page.until("the figures", || page.texts("#measure-figures").concat().contains("75"));
    let figures = plain(&page.text("#measure-figures"));
    assert!(figures.contains("75 beats/min") && figures.contains("800 ms") && figures.contains("0.0 %"), "{figures}");
    assert!(page.text("#measurements").contains("25 beats of lead II, all of the recording"));
    let rr = page.texts("#rr-row .rr");
    assert!(rr.len() >= 5 && rr.iter().all(|it| it == "800"), "{rr:?}");
    assert!(page.text("#signs").contains("Regular"), "{}", page.text("#signs"));
    // Remembered, and put away.
    page.open("?engine=cpu");
    page.wait_for("#measurements");
    page.click("#measure-close");
    page.until("no measurements", || page.count("#measurements") == 0 && page.count("#rr-row .rr") == 0);
}

#[test]
fn says_the_signs_of_fibrillation() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=sinus");
    page.wait_for(ANSWERED);
    page.type_into("#trace", "m");
    page.until("the signs", || page.texts("#signs").concat().contains("Regular: they vary by"));
    let signs = plain(&page.text("#signs"));
    assert!(signs.contains("Present: 0.1"), "{signs}");
    // The last layer's map has a value every 160 ms.
    assert!(signs.contains("160 ms: too coarse"), "{signs}");
    page.click("#look-finer");
    page.wait_for(&format!(r#"{ANSWERED}[data-layer="stage2"]"#));
    page.until("an answer", || page.text("#signs").contains("before the QRS complex"));
    for chart in ["svg.mean-beat", "svg.poincare", "svg.shares"] {
        let label = page.attributes(&format!("#measure-charts {chart}"), "aria-label").concat();
        assert!(label.len() > 20, "{chart}: {label}");
    }
    page.screenshot("measurements");
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=af");
    page.wait_for(ANSWERED);
    page.type_into("#trace", "m");
    page.until("the signs", || page.texts("#signs").concat().contains("Irregular: they vary by"));
    assert!(page.text("#signs").contains("None seen"), "{}", page.text("#signs"));
}

/// MIT-BIH 100: 2,273 beats that two cardiologists marked; the first at samples 77 and 370 of 360 Hz.
#[test]
fn measures_a_real_half_hour() {
    let Some(folder) = recordings::folder() else { return };
    let folder = folder.join("formats/wfdb").canonicalize().expect("the folder of formats");
    let paths: Vec<PathBuf> = ["100.atr", "100.dat", "100.hea"].iter().map(|file| folder.join(file)).collect();
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_paths(&paths);
    page.answer_to("100");
    page.click("#measure");
    page.until("the figures", || page.texts("#measure-figures").concat().contains("beats/min"));
    let beats: f64 = page.text("#measurements .hint").split(' ').next().expect("a count").parse().expect("a count");
    assert!((beats - 2273.0).abs() <= 3.0, "{beats} beats");
    // 2,272 intervals in the 1,805 s between the first beat and the last.
    let figures = plain(&page.text("#measure-figures"));
    assert!(figures.contains("76 beats/min") && figures.contains("79"), "{figures}");
    let rr: Vec<f64> = page.texts("#rr-row .rr").iter().map(|it| it.parse().expect("milliseconds")).collect();
    // wfdb-python 4.3 (`rdann`): beats at samples 77, 370 and 662.
    assert!(rr.len() >= 8 && (rr[0] - 293.0 / 0.36).abs() < 6.0 && (rr[1] - 292.0 / 0.36).abs() < 6.0, "{rr:?}");
    page.screenshot("measurements-100");
}

#[test]
fn paper_has_true_millimetres() {
    let page = open_with(&metronome(), "metronome");
    let (width, span) = (page.shown().width, page.span());
    page.click("#view-paper");
    page.wait_for_text("#trace-note", "25\u{2009}mm/s \u{b7} 10\u{2009}mm/mV \u{b7} screen not matched");
    assert_eq!(page.texts(".lead-label"), ["II"]);
    let pixels_per_second = |page: &Page| {
        let shown = page.shown();
        let (start, end) = shown.span();
        shown.width / (end - start)
    };
    // A style sheet's millimetre, until the screen is matched.
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 2e-3;
    page.until("25 nominal mm in a second", || near(pixels_per_second(&page), 25.0 * 96.0 / 25.4));

    // The slider's own keys: forty steps of a hundredth.
    page.click("#match-screen");
    page.wait_for("#screen-match[open]");
    page.type_into("#screen-slider", &RIGHT.repeat(40));
    let card = || page.run("return document.querySelector('#bank-card').getBoundingClientRect().width");
    let millimetre = card().as_f64().expect("a width") / 85.6;
    assert!((millimetre - 96.0 / 25.4 - 0.4).abs() < 0.011, "{millimetre} pixels a millimetre");
    page.click("#screen-save");
    page.until("25 mm in a second", || near(pixels_per_second(&page), 25.0 * millimetre));
    assert_eq!(plain(&page.text("#trace-note")), "25 mm/s \u{b7} 10 mm/mV");
    // 5 mm from heavy line to heavy line, and a pulse of 10 mm.
    let heavy = page.attributes("#trace-svg .grid-heavy", "d").concat();
    let lines: Vec<f64> = heavy.split('M').filter_map(|line| line.split_once(" 0V")?.0.parse().ok()).collect();
    assert!(lines.len() > 10 && lines.windows(2).all(|pair| (pair[1] - pair[0] - 5.0 * millimetre).abs() < 0.11));
    let pulse = |page: &Page| {
        page.run("return document.querySelector('.calibration path').getBBox().height").as_f64().expect("a height")
    };
    assert!((pulse(&page) - 10.0 * millimetre).abs() < 0.2, "{}", pulse(&page));
    page.screenshot("paper");

    page.click("#speed-50");
    page.until("50 mm in a second", || near(pixels_per_second(&page), 50.0 * millimetre));
    page.click("#gain-20");
    page.until("20 mm in a millivolt", || (pulse(&page) - 20.0 * millimetre).abs() < 0.2);
    // One scale, whatever the wheel says; a drag moves.
    page.wheel("#trace", (0.5, 0.4), (0, -200));
    page.drag("#trace", (0.8, 0.4), (0.4, 0.4));
    page.until("a later part", || page.span().0 > 0.5);
    assert!(near(pixels_per_second(&page), 50.0 * millimetre));

    // Back, and remembered for the next visit.
    page.click("#view-first");
    page.until("the first 500 samples on the whole width", || {
        let (start, end) = page.span();
        page.shown().width == width && (start - span.0).abs() < 0.01 && (end - span.1).abs() < 0.01
    });
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.type_into("#trace", "p");
    page.until("25 mm in a second", || near(pixels_per_second(&page), 25.0 * millimetre));
}

/// Whether two paths run through the same points, up to the tenths of pixels in which the page says how large it is.
fn are_alike(one: &str, other: &str) -> bool {
    let numbers = |path: &str| -> Vec<f64> {
        path.split(['M', 'L', ' ']).filter(|it| !it.is_empty()).map(|it| it.parse().expect("a number")).collect()
    };
    let (one, other) = (numbers(one), numbers(other));
    one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| (a - b).abs() < 0.21)
}

/// The drawing is what the filter leaves, and the network's answer what it was.
#[test]
fn filters_for_the_eye_alone() {
    let files = made::wfdb("filtered", 300.0, &[("I", &made::demo("af").leads[0].samples)]);
    let page = open_with(&files, "filtered");
    let record = native::record(&files, None);
    let samples = &record.leads[0].samples;
    let before = page.shown();
    let explained = page.measures("ecg-lens:explain").len();
    let span = Span::first(samples.len(), record.fs);
    let drawn = |samples: &[f32]| {
        // A note on the filter takes a line of it.
        let height = attribute(&page, "#trace-clip rect", "height");
        let envelope = Envelope::of(samples);
        let limits = Limits::padded(envelope.extent(samples, span.samples(samples.len(), record.fs)));
        trace_path(samples, &envelope, record.fs, &Frame { span, limits, width: before.width, height })
    };
    assert!(are_alike(&before.path, &drawn(samples)), "unfiltered at first");
    let choose = |select: &str, option: usize| page.click(&format!("#{select} option:nth-child({option})"));
    let expect = |note: &str, filter: DisplayFilter| {
        page.wait_for_text("#trace-note", note);
        let filtered = filter.apply(samples, record.fs).expect("something to filter");
        page.until(&format!("the trace with {note}"), || are_alike(&page.shown().path, &drawn(&filtered)));
    };
    choose("filter", 3);
    expect("Filter 0.5\u{2013}40\u{2009}Hz", DisplayFilter { band: Band::Monitor, notch: None });
    choose("filter", 2);
    expect("Filter 0.05\u{2013}150\u{2009}Hz", DisplayFilter { band: Band::Diagnostic, notch: None });
    choose("notch", 2);
    expect("150\u{2009}Hz, 50\u{2009}Hz notch", DisplayFilter { band: Band::Diagnostic, notch: Some(Mains::Fifty) });
    let after = page.shown();
    assert_eq!(page.measures("ecg-lens:explain").len(), explained, "nobody asked the network again");
    assert_eq!((after.probabilities, after.stops.len()), (before.probabilities.clone(), before.stops.len()));
    choose("filter", 1);
    choose("notch", 1);
    page.until("the trace as it was", || page.shown().path == before.path && page.text("#trace-note").is_empty());
}

#[test]
fn lists_its_keys() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.type_into("#trace", "?");
    page.wait_for("#keys[open]");
    assert!(page.count("#keys kbd") >= 15);
    page.click("#keys .button");
    page.until("the list put away", || page.count("#keys[open]") == 0);
    page.click("#keys-open");
    page.wait_for("#keys[open]");
}
