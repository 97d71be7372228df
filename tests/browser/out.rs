//! What is taken away: tables and documents, held against the command line on the same file; drawings, held against what
//! shows; and the printed page.

use std::process::Command;

use serde_json::Value;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native, recordings};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

fn open() -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=af");
    page.wait_for(ANSWERED);
    // The part of the page that comes later, and hears of prints.
    page.wait_for("#newer");
    page
}

/// The file that an item of the menu makes.
#[track_caller]
fn exported(page: &Page, what: &str) -> (String, Vec<u8>) {
    page.click("#export");
    let item = format!("#export-{what}");
    page.wait_for(&item);
    page.download(|| page.click(&item))
}

fn text((name, bytes): (String, Vec<u8>)) -> (String, String) {
    (name, String::from_utf8(bytes).expect("UTF-8"))
}

/// A file with AF in it: a real one where there is one.
fn files() -> (&'static str, Files) {
    match recordings::cinc2017("A00264") {
        Some(files) => ("A00264", files),
        None => ("somebody", made::cinc("somebody", &made::demo("af"))),
    }
}

/// What `ecg-lens explain` prints for these files.
fn explained_by_command(page: &Page, files: &Files) -> Value {
    let program = env!("CARGO_BIN_EXE_ecg-lens");
    let paths = page.write(files);
    let weights = native::dist().join("network.safetensors");
    let output = Command::new(program).arg("explain").arg(&paths[0]).arg("--weights").arg(weights).output();
    let output = output.expect("the command line runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a line of JSON")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|it| it.as_f64().expect("a number")).collect()
}

#[track_caller]
fn assert_near(mine: &[f64], theirs: &[f64], what: &str) {
    assert_eq!(mine.len(), theirs.len(), "{what}");
    let most = theirs.iter().fold(f64::MIN_POSITIVE, |most, it| most.max(it.abs()));
    for (index, (one, other)) in mine.iter().zip(theirs).enumerate() {
        assert!((one - other).abs() < 1e-3 * most, "{what} {index}: {one}, and not {other}");
    }
}

#[test]
fn tables_and_documents_say_what_the_command_line_says() {
    let page = open();
    let (name, files) = files();
    page.drop_files(&files);
    page.answer_to(name);
    let theirs = explained_by_command(&page, &files);
    let record = native::record(&files, None);

    let (file, table) = text(exported(&page, "csv"));
    assert_eq!(file, "ecg-lens.csv", "a file's name may tell whose it is");
    let mut lines = table.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("time (s),amplitude (mV),importance"));
    let rows: Vec<Vec<f64>> =
        lines.map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect();
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
    assert_near(&column(2), &numbers(&theirs["importance"]), "importance");
    let samples: Vec<f64> = record.leads[0].samples.iter().map(|it| f64::from(*it)).collect();
    assert_near(&column(1), &samples, "amplitude");
    let last = rows.len() - 1;
    assert!((rows[last][0] - last as f64 / record.fs).abs() < 1e-6);

    let (file, document) = text(exported(&page, "json"));
    assert_eq!(file, "ecg-lens.json");
    assert!(!document.contains(name), "the file's name is in the document");
    let mine: Value = serde_json::from_str(&document).expect("JSON");
    for key in ["label", "class", "layer", "lead", "fs", "n_samples", "set_90", "set_95", "certain"] {
        let (mine, theirs) = (&mine[key], &theirs[key]);
        let same = mine == theirs || mine.as_f64().is_some_and(|it| Some(it) == theirs.as_f64());
        assert!(same, "{key}: {mine}, and not {theirs}");
    }
    for class in ["N", "A", "O", "~"] {
        let of = |it: &Value| it["probabilities"][class].as_f64().expect("a probability");
        assert!((of(&mine) - of(&theirs)).abs() < 1e-3);
    }
    for key in ["importance", "map"] {
        assert_near(&numbers(&mine[key]), &numbers(&theirs[key]), key);
    }
    assert_near(&numbers(&mine["amplitude"]), &samples, "amplitude");
    assert_eq!((mine["device"].as_str(), mine["score"].as_str()), (Some("cpu"), Some("logit")));
    assert_eq!(mine["app_version"], env!("CARGO_PKG_VERSION"));
    let card = std::fs::read(native::dist().join("model-card.json")).expect("the model card");
    let card: Value = serde_json::from_slice(&card).expect("JSON");
    assert_eq!(mine["weights"], card["weights"], "which network it was");

    // The name only where somebody wants it.
    page.click("#export");
    page.click("#with-name");
    let (file, document) = text(page.download(|| page.click("#export-json")));
    let named: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(named["record"], name);
    assert_eq!(file, format!("ecg-lens-{}.json", name.to_lowercase()));
}

/// As XML by the browser's own reader, and as a picture by its own decoder.
#[test]
fn drawings_and_pictures_are_what_shows() {
    let page = open();
    page.show_whole();
    let shown = page.shown();
    let (file, drawing) = text(exported(&page, "svg"));
    assert_eq!(file, "ecg-lens-atrial-fibrillation.svg");
    let read = page.run_with(
        "const root = new DOMParser().parseFromString(arguments[0], 'image/svg+xml').documentElement;
         const path = root.querySelector('#trace-path');
         return {
            root: root.tagName, width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')),
            path: path?.getAttribute('d'), stroke: path?.getAttribute('stroke'), text: root.textContent,
            colours: [...root.querySelectorAll('#trace-gradient stop')].map(stop => stop.getAttribute('stop-color')),
            bar: root.querySelectorAll('#legend-gradient stop').length,
            styled: root.querySelector('[class]') === null && root.querySelector('.paper, rect[fill^=rgb]') !== null,
         }",
        serde_json::json!([drawing]),
    );
    assert_eq!(read["root"], "svg");
    assert_eq!(read["path"], shown.path.as_str());
    assert_eq!(read["stroke"], "url(#trace-gradient)");
    let colours: Vec<&str> = shown.stops.iter().map(|stop| stop.colour.as_str()).collect();
    assert_eq!(read["colours"], serde_json::json!(colours));
    assert!(read["bar"].as_u64() > Some(8) && read["styled"] == true, "{read}");
    let words = read["text"].as_str().expect("a text");
    assert!(words.contains("Atrial fibrillation, ") && words.contains("Importance"), "{words}");

    let (file, picture) = exported(&page, "png");
    assert_eq!(file, "ecg-lens-atrial-fibrillation.png");
    assert_eq!(&picture[1..4], b"PNG");
    let side = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().expect("four bytes"));
    let size = |key: &str| read[key].as_u64().expect("pixels") as u32;
    assert_eq!((side(16), side(20)), (2 * size("width"), 2 * size("height")), "twice the pixels");
    // Colours from plum to orange are in it, which all have far more red than green: the trace was drawn, and in its colours.
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &picture);
    let glowing = page.run_with(
        "const image = new Image(); image.src = 'data:image/png;base64,' + arguments[0]; await image.decode();
         const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d');
         context.drawImage(image, 0, 0);
         const { data } = context.getImageData(0, 0, image.width, image.height - 140);
         let glowing = 0;
         for (let i = 0; i < data.length; i += 4) if (data[i] - data[i + 1] > 60) glowing++;
         return glowing",
        serde_json::json!([data]),
    );
    assert!(glowing.as_u64() > Some(500), "{glowing} pixels in the colours of importance");
    std::fs::create_dir_all("screenshots").expect("the folder screenshots");
    std::fs::write("screenshots/exported.png", picture).expect("a written picture");
}

#[test]
fn the_menu_goes_by_keyboard() {
    let page = open();
    page.run("document.querySelector('#export').focus()");
    page.press_keys("\u{e006}");
    page.wait_for("#export-panel");
    page.until("the first item", || page.run("return document.activeElement.id") == "export-svg");
    page.press_keys("\u{e004}\u{e004}");
    assert_eq!(page.run("return document.activeElement.id"), "export-csv");
    let (file, _) = page.download(|| page.press_keys("\u{e006}"));
    assert_eq!(file, "ecg-lens-atrial-fibrillation.csv");
    page.until("a closed menu", || page.count("#export-panel") == 0);
    // Past its end, it closes.
    page.press_keys("\u{e006}");
    page.wait_for("#export-panel");
    page.press_keys(&"\u{e004}".repeat(6));
    page.until("a closed menu", || page.count("#export-panel") == 0);
}

/// Without pressing anything: the browser's own menu prints the same.
#[test]
fn one_page_is_printed() {
    let page = open();
    let (name, files) = files();
    page.drop_files(&files);
    page.answer_to(name);
    page.until("the page's version of the network", || {
        page.run("return performance.getEntriesByType('resource').some(it => it.name.endsWith('model-card.json') && it.responseEnd)") == true
    });
    let (text, pages) = page.print("print");
    let text = text.replace('\u{2009}', " ");
    assert_eq!(pages, 1, "{text}");
    let card = std::fs::read_to_string(native::dist().join("model-card.json")).expect("the model card");
    let card: Value = serde_json::from_str(&card).expect("JSON");
    let shown = page.shown();
    let expected = [
        "ECG Lens",
        shown.heading.as_str(),
        "Normal",
        "Other rhythm",
        "Too noisy",
        "Importance",
        "25 mm/s",
        "10 mm/mV",
        "Heart rate",
        "beats a minute",
        "RMSSD",
        "CPU",
        "Stage 6",
        card["weights"].as_str().expect("a version"),
        env!("CARGO_PKG_VERSION"),
        "a physician must over-read it",
        "Printed",
    ];
    for words in expected {
        assert!(text.contains(words), "no `{words}` in\n{text}");
    }
    for percent in &shown.percents {
        let percent = percent.replace('\u{2009}', " ");
        assert!(text.contains(&percent), "no `{percent}` in\n{text}");
    }
    let today = page.run("return new Date().getFullYear()").to_string();
    assert!(text.contains(&today), "no date in\n{text}");
    assert!(!text.contains(name), "the file's name is on the print:\n{text}");
    assert!(!text.contains("Open files"), "buttons are on the print:\n{text}");
    // What was there for the print is gone again.
    assert_eq!(page.run("return document.querySelector('#print-sheet').innerHTML"), "");

    page.click("#export");
    page.click("#with-name");
    let (text, _) = page.print("print-with-name");
    assert!(text.contains(name), "{text}");
}

#[test]
fn twelve_leads_are_printed_on_a_page_that_lies() {
    let page = open();
    page.drop_files(&made::twelve_leads("twelve"));
    page.answer_to("twelve");
    page.click("#leads-all");
    page.until("an answer for every lead", || page.count("#lead-answers [data-class]") == 12);
    let (text, pages) = page.print("print-leads");
    assert_eq!(pages, 1, "{text}");
    assert!(made::TWELVE.iter().all(|name| text.contains(name)), "{text}");
    assert!(text.replace('\u{2009}', " ").contains("25 mm/s"), "{text}");
    assert!(!text.contains("Drag to move"), "{text}");
    let (_, drawing) = text_of_drawing(&page);
    // What all of them say, and what their colours are for.
    for id in ["#leads-consensus", "#leads-colours"] {
        let said = page.text(id);
        assert!(text.contains(&said), "no `{said}` in\n{text}");
        assert!(drawing.contains(&said.replace('&', "&amp;")), "no `{said}` in the drawing");
    }
    assert_eq!(drawing.matches("linearGradient id=\"lead-gradient-").count(), 13, "every lead in its own colours");
}

/// A4 and Letter, in inches.
const PAPERS: [(&str, (f64, f64)); 2] = [("a4", (8.27, 11.69)), ("letter", (8.5, 11.0))];

/// Twelve leads that reach further than a page has room for: the paper's squares, measured on the PDF, are 5 mm all the
/// same, and stand for what is written beside them.
#[test]
fn twelve_tall_leads_are_printed_in_true_millimetres() {
    let page = open();
    let record = made::sinus(12.0);
    let most = record.leads[0].samples.iter().copied().fold(0.0_f32, f32::max);
    let samples: Vec<f32> = record.leads[0].samples.iter().map(|sample| sample * 2.4 / most).collect();
    page.drop_files(&made::wfdb("tall", record.fs, &made::TWELVE.map(|name| (name, samples.as_slice()))));
    page.answer_to("tall");
    page.click("#leads-all");
    page.until("an answer for every lead", || page.count("#lead-answers [data-class]") == 12);
    for (arrangement, gain) in [("3x4", 10), ("6x2", 5)] {
        page.click(&format!("#leads-{arrangement}"));
        page.wait_for(&format!(r#"#leads-{arrangement}[aria-pressed="true"]"#));
        for (paper, size) in PAPERS {
            let printed = page.print_on(&format!("print-tall-{arrangement}-{paper}"), size);
            let text = printed.text.replace('\u{2009}', " ");
            assert_eq!(printed.pages, 1, "{paper}: {text}");
            assert!(text.contains(&format!("25 mm/s \u{b7} {gain} mm/mV")), "{paper}: {text}");
            assert_eq!(text.contains("Less than 10 mm/mV"), gain < 10, "{paper}: {text}");
            let (square, across) = printed.heavy_squares();
            // A square is 0.2 s.
            assert!((square / 0.2 - 25.0).abs() < 0.1, "{paper}, {arrangement}: {} mm/s", square / 0.2);
            // Ten seconds, and 10 mm for the calibration pulse.
            assert!((across - 260.0).abs() < 1.0, "{paper}: {across} mm");
        }
    }
}

/// One lead at each gain that can be chosen, though an artefact that is not printed reaches far.
#[test]
fn one_lead_is_printed_at_the_gain_that_is_chosen() {
    let page = open();
    let record = made::sinus(120.0);
    let mut samples = record.leads[0].samples.clone();
    let last = samples.len() - 1;
    samples[last] = 12.0;
    page.drop_files(&made::wfdb("artefact", record.fs, &[("I", &samples)]));
    page.answer_to("artefact");
    let assert_prints = |name: &str, speed: f64, scale: &str| {
        for (paper, size) in PAPERS {
            let printed = page.print_on(&format!("print-{name}-{paper}"), size);
            let text = printed.text.replace('\u{2009}', " ");
            assert_eq!(printed.pages, 1, "{paper}: {text}");
            assert!(text.contains(scale) && !text.contains("Less than"), "{paper}: no `{scale}` in {text}");
            let (square, across) = printed.heavy_squares();
            assert!((square * speed / 5.0 - speed).abs() < 0.1, "{paper}: {} mm/s", square * speed / 5.0);
            assert!((across - 185.0).abs() < 1.0, "{paper}: {across} mm of 187.5 have lines");
        }
    };
    assert_prints("gain-10", 25.0, "25 mm/s \u{b7} 10 mm/mV");
    page.click("#view-paper");
    page.click("#gain-20");
    page.wait_for(r#"#gain-20[aria-pressed="true"]"#);
    assert_prints("gain-20", 25.0, "25 mm/s \u{b7} 20 mm/mV");
    page.click("#speed-50");
    page.click("#gain-5");
    page.wait_for(r#"#gain-5[aria-pressed="true"]"#);
    assert_prints("speed-50", 50.0, "50 mm/s \u{b7} 5 mm/mV");
}

/// Half an hour with an artefact somewhere (MIT-BIH 100), and ten seconds of twelve leads (E07500).
#[test]
fn real_recordings_are_printed_in_true_millimetres() {
    let Some(folder) = recordings::folder() else { return };
    let folder = folder.join("formats/wfdb").canonicalize().expect("the folder of formats");
    for (name, files) in [("100", &["100.hea", "100.dat"][..]), ("E07500", &["E07500.hea", "E07500.mat"])] {
        let page = open();
        page.drop_paths(&files.iter().map(|file| folder.join(file)).collect::<Vec<_>>());
        page.answer_to(name);
        if name == "E07500" {
            page.click("#leads-all");
            page.until("an answer for every lead", || page.count("#lead-answers [data-class]") == 12);
        }
        for (paper, size) in PAPERS {
            let printed = page.print_on(&format!("print-{name}-{paper}"), size);
            let text = printed.text.replace('\u{2009}', " ");
            assert_eq!(printed.pages, 1, "{name} on {paper}: {text}");
            assert!(text.contains("25 mm/s \u{b7} 10 mm/mV"), "{name} on {paper}: {text}");
            let (square, _) = printed.heavy_squares();
            assert!((square / 0.2 - 25.0).abs() < 0.1, "{name} on {paper}: {} mm/s", square / 0.2);
        }
    }
}

fn text_of_drawing(page: &Page) -> (String, String) {
    text(exported(page, "svg"))
}
