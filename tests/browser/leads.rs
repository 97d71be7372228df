//! Recordings of several leads, all at once: where each stands, in which colours, and what the network says of it; and
//! what a file's annotations say, above the trace.

use std::path::PathBuf;

use ecg_lens::explain::{Explanation, Question};
use ecg_lens::network::Class;
use ecg_lens::view::consensus::{Consensus, Said};
use ecg_lens::view::i18n::Language;
use serde::Deserialize;
use serde_json::json;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native, recordings};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const TWELVE: [&str; 12] = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

/// One lead as it is drawn on the sheet: its place in pixels, and its gradient.
#[derive(Debug, Deserialize)]
struct Drawn {
    name: String,
    left: f64,
    top: f64,
    width: f64,
    /// `d` of the trace; how it is stroked; the id of its own gradient.
    path: String,
    stroke: String,
    gradient: String,
    /// Time in s and importance of each stop.
    stops: Vec<(f64, f64)>,
    ribbon: String,
}

fn drawn(page: &Page) -> Vec<Drawn> {
    let script = "return [...document.querySelectorAll('#leads-svg .lead')].map(lead => {
        const sheet = document.querySelector('#leads-svg .paper').getBoundingClientRect();
        const one = css => lead.querySelector(css), box = one('.lead-name').getBoundingClientRect();
        const [left, top] = lead.getAttribute('transform').match(/-?[0-9.]+/g).map(Number);
        const gradient = one('linearGradient');
        return { name: one('.lead-name').textContent, left, top,
            width: Number(one('clipPath rect').getAttribute('width')),
            path: one('.trace-path').getAttribute('d'), stroke: one('.trace-path').getAttribute('stroke'),
            gradient: gradient.id, ribbon: one('.ribbon').getAttribute('d') ?? '',
            stops: [...gradient.querySelectorAll('stop')].map(stop =>
                [Number(stop.getAttribute('data-time')), Number(stop.getAttribute('data-importance'))]) };
    })";
    serde_json::from_value(page.run(script)).expect("the leads on the sheet")
}

/// The names of the leads, row by row.
fn rows(leads: &[Drawn]) -> Vec<String> {
    let mut rows: Vec<(&Drawn, Vec<&str>)> = Vec::new();
    for lead in leads {
        match rows.last_mut() {
            Some((last, names)) if last.top == lead.top && last.left < lead.left => {
                *last = lead;
                names.push(&lead.name);
            }
            _ => rows.push((lead, vec![&lead.name])),
        }
    }
    rows.into_iter().map(|(_, names)| names.join(" ")).collect()
}

/// What the list says of a lead: its class' code, and all its words.
fn said(page: &Page, lead: &str) -> (String, String) {
    let script = "const button = document.querySelector(`#lead-answers [data-lead=\"${arguments[0]}\"]`);
                  return [button?.dataset.class ?? '', button?.innerText ?? '']";
    serde_json::from_value(page.run_with(script, json!([lead]))).expect("what is said of a lead")
}

/// Waits until every lead is answered, and holds the colours and the words against what the network says of each.
#[track_caller]
fn assert_each_is_explained(page: &Page, names: &[&str], expected: &[Explanation]) {
    page.until("an answer for every lead", || {
        page.count("#lead-answers [data-class]") == names.len() as u64
            && drawn(page).iter().all(|lead| lead.stroke == format!("url(#{})", lead.gradient))
    });
    for (name, expected) in names.iter().zip(expected) {
        let (class, words) = said(page, name);
        assert_eq!(class, expected.label.code(), "lead {name}");
        assert!(words.contains(expected.label.name()) && words.contains('%'), "lead {name}: {words}");
    }
    for lead in drawn(page) {
        let expected = &expected[names.iter().position(|name| *name == lead.name).expect("one of the leads")];
        let most = f64::from(expected.importance.max().max(f32::MIN_POSITIVE));
        assert!(lead.stops.len() > 1, "no colours on lead {}", lead.name);
        for (time, importance) in &lead.stops {
            let off = (importance - f64::from(expected.importance.at(*time))).abs() / most;
            assert!(off < 2e-3, "lead {} at {time} s says {importance}: off by {off:.4}", lead.name);
        }
        assert!(lead.path.starts_with('M') && lead.path.len() > 100, "no trace of lead {}", lead.name);
        assert!(lead.ribbon.starts_with('M'), "no ribbon of lead {}", lead.name);
    }
}

/// What the leads say together, and for which class they are coloured.
#[track_caller]
fn assert_is_summed_up(page: &Page, expected: &[Explanation]) {
    let consensus = Consensus::of(&expected.iter().map(Said::of).collect::<Vec<_>>());
    let words = Language::English.words().sheet();
    let most = consensus.counts[0];
    let said = page.text("#leads-consensus");
    assert!(said.starts_with(&format!("{} of {} leads: {}", most.1, expected.len(), most.0.name())), "{said}");
    assert_eq!(said, words.consensus(&consensus));
    assert_eq!(page.text("#leads-colours"), words.colours(consensus.colours));
}

fn real(files: &[&str]) -> Option<(Vec<PathBuf>, Files)> {
    // The browser takes whole paths only.
    let folder = recordings::folder()?.join("formats").canonicalize().expect("the folder of formats");
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
    let read = |path: &PathBuf| {
        let name = path.file_name().expect("a file's name").to_string_lossy().into_owned();
        (name, std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    let files = paths.iter().map(read).collect();
    Some((paths, files))
}

fn open() -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page
}

#[test]
fn shows_twelve_real_leads_as_a_machine_prints_them() {
    let Some((paths, files)) = real(&["wfdb/E07500.hea", "wfdb/E07500.mat"]) else { return };
    let page = open();
    page.drop_paths(&paths);
    let record = native::record(&files, None);
    let expected: Vec<Explanation> =
        (0..record.leads.len()).map(|lead| native::explain(&record, lead, Question::default())).collect();
    page.answer_to("E07500").assert_is(&expected[0]);
    page.click("#leads-all");
    assert_each_is_explained(&page, &TWELVE, &expected);
    assert_is_summed_up(&page, &expected);
    assert_eq!(rows(&drawn(&page)), ["I aVR V1 V4", "II aVL V2 V5", "III aVF V3 V6", "II"]);
    assert!(page.text("#lead-answers").contains("of lead I."), "{}", page.text("#lead-answers"));
    assert_eq!(page.attributes("#lead-answers [aria-current]", "data-lead"), ["I"]);
    // The large answer stays that of lead I.
    page.shown().assert_is(&expected[0]);
    page.screenshot("leads-3x4");

    // One scale for all: the columns are 2.5 s each, as wide as the paper's squares say.
    let leads = drawn(&page);
    assert!(leads[..12].iter().all(|lead| (lead.width - leads[0].width).abs() < 0.2));
    assert!((leads[12].width - 4.0 * leads[0].width).abs() < 1.0);
    let pulse = page.attributes("#leads-calibration", "d").concat();
    assert_eq!(pulse.matches('M').count(), 4, "a calibration pulse for each row: {pulse}");

    page.click("#leads-6x2");
    page.until("six rows", || rows(&drawn(&page)).len() == 6);
    assert_eq!(rows(&drawn(&page)), ["I V1", "II V2", "III V3", "aVR V4", "aVL V5", "aVF V6"]);
    page.click("#leads-12x1");
    page.until("twelve rows", || rows(&drawn(&page)) == TWELVE);

    // Another question is asked of every lead.
    page.click(r#"#probabilities button[data-class="A"]"#);
    let about_af = Question { class: Some(Class::AtrialFibrillation), ..Question::default() };
    let expected: Vec<Explanation> = (0..12).map(|lead| native::explain(&record, lead, about_af)).collect();
    page.wait_for(r#"#answer[data-explained="A"]"#);
    assert_each_is_explained(&page, &TWELVE, &expected);
    assert_is_summed_up(&page, &expected);
    assert_eq!(page.text("#leads-colours"), "Colours: importance for Atrial fibrillation");
}

#[test]
fn a_click_opens_a_lead_alone() {
    let page = open();
    let (fibrillation, sinus) = (made::demo("af"), made::demo("sinus"));
    let leads = [("MLII", fibrillation.leads[0].samples.as_slice()), ("V5", sinus.leads[0].samples.as_slice())];
    let files = made::wfdb("pair", fibrillation.fs, &leads);
    page.drop_files(&files);
    let record = native::record(&files, None);
    let expected = [0, 1].map(|lead| native::explain(&record, lead, Question::default()));
    page.answer_to("pair");
    page.click("#leads-all");
    assert_each_is_explained(&page, &["MLII", "V5"], &expected);
    assert_is_summed_up(&page, &expected);
    assert_eq!(rows(&drawn(&page)), ["MLII", "V5"]);
    assert_eq!(page.count("#leads-3x4"), 0, "two leads have one arrangement");

    // To the right and back: the sheet follows, and a drag opens nothing.
    let start = page.text("#leads .leads-scale");
    page.drag("#leads-svg", (0.7, 0.3), (0.3, 0.3));
    page.until("a later part", || page.text("#leads .leads-scale") != start);
    page.type_into("#leads", "\u{e011}");
    page.until("the beginning", || page.text("#leads .leads-scale") == start);
    assert_eq!(page.attributes("#leads-all", "aria-pressed"), ["true"]);

    page.run(
        "const box = document.querySelectorAll('#leads-svg .lead .trace-path')[1].getBoundingClientRect();
         document.querySelector('#leads').dataset.y = box.top + box.height / 2",
    );
    let sheet = page
        .run("const box = document.querySelector('#leads-svg').getBoundingClientRect(); return [box.top, box.height]");
    let y = page.attributes("#leads", "data-y").concat().parse::<f64>().expect("a place");
    let down = (y - sheet[0].as_f64().expect("a top")) / sheet[1].as_f64().expect("a height");
    page.drag("#leads-svg", (0.5, down), (0.5, down));
    page.wait_for(r#"#leads-one[aria-pressed="true"]"#);
    page.until("lead V5's answer", || page.texts("#answer").concat().contains("V5") && page.count(ANSWERED) == 1);
    page.shown().assert_is(&expected[1]);
    assert_eq!(page.run("return document.querySelector('#leads').checkVisibility()"), false);

    // And by the list.
    page.click("#leads-all");
    page.wait_for("#lead-answers");
    page.click(r#"#lead-answers [data-lead="MLII"]"#);
    page.until("lead MLII's answer", || page.texts("#answer").concat().contains("MLII") && page.count(ANSWERED) == 1);
    page.shown().assert_is(&expected[0]);
}

/// A lead that cannot be classified says why; the others go on.
#[test]
fn a_flat_lead_is_said_to_be_so() {
    let page = open();
    let record = made::demo("sinus");
    let flat = vec![0.0; record.len()];
    let files = made::wfdb("half", record.fs, &[("I", &record.leads[0].samples), ("II", &flat)]);
    page.drop_files(&files);
    page.answer_to("half");
    page.click("#leads-all");
    page.until("both leads", || said(&page, "I").0 == "N" && said(&page, "II").1.contains("No answer"));
    let why = page.attributes(r#"#lead-answers [data-lead="II"]"#, "title").concat();
    assert!(why.starts_with("Lead II ") && why.ends_with('.'), "{why}");
}

#[test]
fn fits_a_phone() {
    let page = Page::new(Webgpu::Absent);
    page.on_phone();
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    let record = made::sinus(12.0);
    let samples = record.leads[0].samples.as_slice();
    // A phone has no files to drag.
    page.choose_files("#file-input", &made::wfdb("twelve", record.fs, &TWELVE.map(|name| (name, samples))));
    page.answer_to("twelve");
    page.run("document.querySelector('#leads-all').click()");
    page.until("an answer for every lead", || page.count("#lead-answers [data-class]") == 12);
    let sideways = page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(sideways, 0, "a phone has to scroll sideways");
    page.run("document.querySelector('.toolbar').scrollIntoView()");
    page.screenshot("leads-phone");
}

/// MIT-BIH 100: 2,273 beats, of which 33 are atrial and one is ventricular, and one change of rhythm, to `(N`.
#[test]
fn shows_the_beats_and_rhythms_of_a_real_recording() {
    let Some((paths, _)) = real(&["wfdb/100.atr", "wfdb/100.dat", "wfdb/100.hea"]) else { return };
    let page = open();
    page.drop_paths(&paths);
    page.answer_to("100");
    assert_eq!(page.texts("#trace text.rhythm"), ["N"]);
    // wfdb-python 4.3 (`rdann`): the first beats are at samples 77 and 370, and the eighth, at 2044, is atrial.
    let marks = page.texts("#trace text.mark");
    assert_eq!((marks[..2].concat(), marks[7].as_str()), ("NN".to_owned(), "A"), "{marks:?}");
    let places: Vec<f64> =
        page.attributes("#trace line.mark", "x1").iter().map(|x| x.parse().expect("a place")).collect();
    let width = page.shown().width;
    for (place, sample) in places.iter().zip([77.0, 370.0]) {
        assert!((place - sample / 360.0 / (499.0 / 60.0) * width).abs() < 0.2, "{places:?} of {width}");
    }
    page.screenshot("annotations");
    // Of half an hour, only what is not normal is marked, if at all.
    page.show_whole();
    assert!(page.count("#trace line.mark") < 40, "{}", page.count("#trace line.mark"));
    assert!(!page.texts("#trace text.mark").contains(&"N".to_owned()));
}
