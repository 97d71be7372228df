use super::*;
use crate::explain::{Explanation, ImportanceMap, Score, TimeGrid};
use crate::network::{Class, Layer};
use crate::signal::NotRead;
use crate::signal::quality::Reason;
use crate::view::geometry::{Envelope, PaperScale, Span};

fn map() -> ImportanceMap {
    ImportanceMap { grid: TimeGrid { start: 0.08, fs: 6.25 }, values: vec![0.0, 0.5, 2.0e-9], unusable: Vec::new() }
}

fn explanation() -> Explanation {
    Explanation {
        probabilities: [0.05, 0.9, 0.04, 0.01],
        logits: [-1.25, 3.0, 0.0, -2.5],
        label: Class::AtrialFibrillation,
        sets: None,
        class: Class::Noisy,
        layer: Layer::default(),
        score: Score::Logit,
        importance: map(),
    }
}

#[test]
fn numbers_read_back_as_what_they_were() {
    let exact =
        [(0.0, "0"), (1.0, "1"), (-0.25, "-0.25"), (300.0, "300"), (0.001, "0.001"), (1e-7, "1e-7"), (-1e22, "-1e22")];
    for (value, text) in exact {
        assert_eq!(number(value, 7), text);
    }
    assert_eq!((number(f64::NAN, 7), number(f64::INFINITY, 7)), ("0".to_owned(), "0".to_owned()));
    assert_eq!(number(9.999_999_6, 7), "10");
    let mut value = 1.234_567_8e-40;
    while value < 1e39 {
        for value in [value, -value] {
            let back: f64 = number(value, 9).parse().unwrap();
            assert!((back / value - 1.0).abs() < 1e-8, "{value} became {}", number(value, 9));
        }
        value *= 3.7;
    }
    // Every time of a day's samples is told from its neighbours.
    let last = 86_400 * 300;
    assert_ne!(number(f64::from(last) / 300.0, 10), number(f64::from(last - 1) / 300.0, 10));
}

#[test]
fn the_table_has_a_line_for_each_sample() {
    let samples = [0.5, f32::NAN, -0.125, 1.0];
    let table = rows(&samples, 4.0, Some(&map()), 0..samples.len());
    let lines: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "0,0.5,0");
    assert_eq!(lines[1].split(',').nth(1), Some(""), "a missing sample has no amplitude");
    let importance: f32 = lines[1].split(',').nth(2).unwrap().parse().unwrap();
    assert!((importance - map().at(0.25)).abs() < 1e-6);
    assert_eq!(rows(&samples, 4.0, None, 2..9), "0.5,-0.125,\r\n0.75,1,\r\n");
    assert_eq!(CSV_HEAD.matches(',').count(), 2);
}

#[test]
fn the_document_is_json_and_tells_no_name_unasked() {
    let explanation = explanation();
    let files = ["Jane \"Doe\".hea".to_owned()];
    let facts = Facts {
        version: "1.2.3",
        weights: Some("abc"),
        made: "2026-01-02T03:04:05.000Z",
        device: "cpu",
        milliseconds: 12.5,
        identity: None,
        format: "WFDB",
        synthetic: false,
        lead: "II",
        fs: 300.0,
        n_samples: 3,
        view: Span { start: 0.0, end: 1.0 },
        window: None,
        explanation: &explanation,
    };
    let whole = |facts: &Facts| {
        let samples = list([0.5, f32::NAN].into_iter(), true) + &list([0.25].into_iter(), false);
        let importance = list([0.0, 1.0, 2.0].into_iter(), true);
        let text = format!("{}\"amplitude\":[{samples}],\"importance\":[{importance}]{}", head(facts), tail());
        serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    };
    let said = whole(&facts);
    assert_eq!(
        (said["fs"].as_f64(), said["label"].as_str(), said["class"].as_str()),
        (Some(300.0), Some("A"), Some("~"))
    );
    assert!((said["probabilities"]["A"].as_f64().unwrap() - 0.9).abs() < 1e-6);
    assert_eq!(said["amplitude"], serde_json::json!([0.5, null, 0.25]));
    assert_eq!((said["map"][1].as_f64(), said["map"][2].as_f64()), (Some(0.5), Some(2e-9)));
    assert!(said["set_90"].is_null() && !said.to_string().contains("Jane"));
    let named = whole(&Facts { identity: Some(("Jane\n\\", &files)), ..facts });
    assert_eq!((named["record"].as_str(), named["files"][0].as_str()), (Some("Jane\n\\"), Some("Jane \"Doe\".hea")));
}

#[test]
fn a_print_is_in_true_millimetres() {
    let fs = 300.0;
    let samples: Vec<f32> = (0..9000).map(|index| (index as f32 / 40.0).sin()).collect();
    let sheet = strips(&samples, fs, PaperScale::default(), 12.0, 145.0);
    assert_eq!((sheet.cells.len(), sheet.speed, sheet.gain), (4, 25.0, 10.0), "30 s are four rows");
    for cell in &sheet.cells[..3] {
        assert!((cell.frame.pixels_per_second() / sheet.millimetre - 25.0).abs() < 1e-6);
        assert!((cell.frame.pixels_per_millivolt() / sheet.millimetre - 10.0).abs() < 1e-6);
    }
    assert_eq!(sheet.cells[0].frame.span.start, 0.0, "all of it fits, wherever the view began");
    let envelope = Envelope::of(&samples);
    let gap = NotRead { from: 16.0, to: 20.0, reason: Reason::Flat };
    let map = ImportanceMap { unusable: vec![gap], ..map() };
    let (importance, unread) = (Some((&map, 0.5)), |reason: Reason| reason.name());
    let leads = vec![Traced { name: "II", samples: &samples, envelope: &envelope, importance, unread }];
    let drawing = Drawing { sheet, fs, leads, named: false };
    assert!((drawing.size().0 - 187.5).abs() < 1e-6 && drawing.size().1 < 170.0);
    let svg = drawing.svg("a < \"b\"", 200.0);
    // A unit around the 187.5 mm of the paper, in the drawing's own units as in millimetres.
    assert!(svg.contains("width=\"187.833mm\"") && svg.contains("viewBox=\"-1 -1 1127 "), "{}", &svg[..300]);
    assert!(svg.contains("a &lt; &quot;b&quot;"));
    // Each row's line in its colours, and the soft band behind it.
    let gradients = |id: &str| svg.matches(&format!("<linearGradient id=\"{id}")).count();
    assert_eq!((gradients("print-band-"), gradients("print-")), (4, 8));
    assert_eq!(svg.matches("stroke=\"url(#print-band-").count(), 4);
    assert!(svg.contains("stop-opacity=\"0"));
    // Within one row, 4 s of 7.5 in 187.5 mm.
    assert_eq!(svg.matches(">flat</text>").count(), 1);
    assert!(svg.contains("width=\"600\"") && svg.contains("opacity=\"0.28\""), "{svg}");
    assert_eq!(drawing.scale(200.0), ((25.0, 10.0), true));
    let half = drawing.size().1 / 2.0;
    assert!(drawing.svg("", half).contains("width=\"93.917mm\""), "half as tall, half as wide");
    assert_eq!(drawing.scale(half), ((12.5, 5.0), false), "and its scale is told as it is");
}

/// Half an hour whose one artefact of 12 mV is far from what is printed: the gain is the one that was chosen.
#[test]
fn a_print_has_the_gain_that_was_chosen() {
    let fs = 100.0;
    let mut samples: Vec<f32> = (0..180_000).map(|index| (index as f32 / 8.0).sin()).collect();
    samples[150_000] = 12.0;
    for (mm_per_second, mm_per_millivolt) in [(25, 5), (25, 10), (25, 20), (50, 10)] {
        let scale = PaperScale { mm_per_second, mm_per_millivolt };
        let sheet = strips(&samples, fs, scale, 600.0, 145.0);
        assert_eq!((sheet.speed, sheet.gain), (f64::from(mm_per_second), f64::from(mm_per_millivolt)));
        for cell in &sheet.cells {
            assert!((cell.frame.pixels_per_second() / UNITS_A_MM - sheet.speed).abs() < 1e-6);
            assert!((cell.frame.pixels_per_millivolt() / UNITS_A_MM - sheet.gain).abs() < 1e-6);
        }
        assert!(sheet.height <= 145.0 * UNITS_A_MM && sheet.width <= 187.5 * UNITS_A_MM + 1e-6);
        assert_eq!(sheet.span.map(|span| span.start), Some(600.0));
    }
    // Where the artefact is printed, its row alone is taller.
    let sheet = strips(&samples, fs, PaperScale::default(), 1494.0, 145.0);
    assert_eq!(sheet.gain, 10.0);
    let heights: Vec<f64> = sheet.cells.iter().map(|cell| cell.frame.height / UNITS_A_MM).collect();
    assert_eq!(heights, [140.0]);
}

const UNITS_A_MM: f64 = 6.0;

#[test]
fn a_trace_taller_than_the_page_has_less_gain_and_a_long_one_is_printed_in_part() {
    let tall: Vec<f32> = (0..360_000).map(|index| if index % 100 == 0 { 9.0 } else { -4.0 }).collect();
    let sheet = strips(&tall, 100.0, PaperScale { mm_per_millivolt: 20, ..PaperScale::default() }, 600.0, 145.0);
    assert_eq!(sheet.gain, 10.0, "13 mV have no room at 20 mm/mV");
    let span = sheet.span.unwrap();
    assert_eq!((span.start, sheet.cells.len()), (600.0, 1));
    assert!((span.length() - 7.5).abs() < 1e-9);
    let limits = sheet.cells[0].frame.limits;
    assert!(limits.low <= -4.0 && limits.high >= 9.0);
    let short = strips(&tall[..200], 100.0, PaperScale::default(), 0.0, 145.0);
    assert!((short.width / short.millimetre - 1.99 * 25.0).abs() < 1e-6 && short.cells.len() == 1);
    // Nothing to draw, and what cannot be drawn.
    for samples in [vec![], vec![f32::NAN; 500], vec![f32::MAX, f32::MIN, 0.0]] {
        let sheet = strips(&samples, 100.0, PaperScale::default(), 0.0, 145.0);
        assert!(sheet.height.is_finite() && sheet.gain > 0.0, "{sheet:?}");
    }
}
