//! A labelled set, dropped and classified whole: the same counts as this very process gets, galleries that hold what they
//! say, and a Stop that keeps what is done.

use std::io::{Read, Write};
use std::time::Duration;

use burn::tensor::Device;
use ecg_lens::evaluate::{Confusion, Prediction};
use ecg_lens::explain::classify_leads;
use ecg_lens::network::{Class, Network};
use ecg_lens::record::Reading;
use ecg_lens::record::catalog::{catalog, read};
use ecg_lens::record::file_set::FileSet;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native, recordings};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const OVER: &str = r#"#room[data-state="over"]"#;
/// A run takes as long as the machine needs that does other things as well.
const PATIENCE: Duration = Duration::from_secs(240);

/// So many recordings are taken from `training2017.zip`, evenly; of every fortieth the signal is cut off. Enough for more
/// than one engine to be asked.
const TAKEN: usize = 320;

/// A part of `training2017.zip` as (files in the archive, names of the broken recordings); nothing where there is none.
fn part_of_cinc2017() -> Option<(Files, Vec<String>)> {
    let path = recordings::folder()?.join("training2017.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("training2017.zip")).expect("an archive");
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        let mut entry =
            archive.by_name(&format!("training2017/{name}")).unwrap_or_else(|error| panic!("{name}: {error}"));
        entry.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        bytes
    };
    let reference = String::from_utf8(read("REFERENCE.csv")).expect("text");
    let lines: Vec<&str> = reference.lines().collect();
    let taken: Vec<&str> = lines.iter().step_by(lines.len() / TAKEN).take(TAKEN).copied().collect();
    let (mut files, mut broken) = (Files::new(), Vec::new());
    for (number, line) in taken.iter().enumerate() {
        let name = line.split(',').next().expect("a name");
        files.push((format!("{name}.hea"), read(&format!("{name}.hea"))));
        let mut signal = read(&format!("{name}.mat"));
        if number % 40 == 7 {
            signal.truncate(200);
            broken.push(name.to_owned());
        }
        files.push((format!("{name}.mat"), signal));
    }
    files.push(("REFERENCE.csv".to_owned(), taken.join("\n").into_bytes()));
    Some((files, broken))
}

/// What this process makes of the same files, on the weights that the page is served with.
fn predictions(files: &Files) -> Vec<Prediction> {
    let device = Device::flex();
    let network = Network::from_safetensors(&native::weights(), &device).expect("the weights");
    let mut set = FileSet::default();
    files.iter().for_each(|(name, bytes)| set.add(name.as_str(), bytes.clone()));
    let labels = ecg_lens::record::reference::read(&set).expect("labels");
    let mut found = Vec::new();
    for entry in catalog(&set).entries {
        let Ok(Reading::Complete(record)) = read(&set, &entry) else { continue };
        let lead = (record.leads[record.preferred_lead()].samples.clone(), record.fs);
        let Ok(probabilities) = pollster::block_on(classify_leads(&network, &device, &[lead])).remove(0) else {
            continue;
        };
        let truth = labels.get(&entry.name).and_then(Class::from_code).expect("a label");
        found.push(Prediction { record: entry.name, truth, probabilities });
    }
    found
}

/// Drops an archive and waits for the offer to classify all of it.
#[track_caller]
fn drop_set(page: &Page, files: &Files) {
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_files(&[("set.zip", made::zip("set", files))]);
    page.wait_for_within("#classify-all", PATIENCE);
}

/// The counts that the matrix shows.
fn matrix(page: &Page) -> Vec<usize> {
    page.attributes("#matrix .cell", "data-count").iter().map(|count| count.parse().expect("a count")).collect()
}

#[test]
fn a_labelled_set_is_counted_as_this_process_counts_it() {
    let Some((files, broken)) = part_of_cinc2017() else { return };
    let expected = predictions(&files);
    assert_eq!(expected.len(), TAKEN - broken.len());
    let page = Page::new(Webgpu::Absent);
    drop_set(&page, &files);
    assert_eq!(page.text("#classify-all"), format!("Classify all {TAKEN}"));
    page.click("#classify-all");
    page.wait_for_within(OVER, PATIENCE);
    let words = format!("{}\n", page.text("#run-text"));
    let _ = std::io::stderr().write_all(words.as_bytes());

    let confusion = Confusion::of(&expected);
    assert_eq!(matrix(&page), confusion.0.concat());
    let mean = format!("{:.3}", confusion.mean_f1_nao());
    assert!(page.text("#mean-f1").starts_with(&mean), "{} and not {mean}", page.text("#mean-f1"));
    assert_eq!(page.count("#roc .curve[data-class]"), 4);

    // The AF that was found is open at once, above the curves; every card shows its most important moment.
    assert_eq!(page.attributes("#af-found", "aria-pressed"), ["true"]);
    page.wait_for(r#".trace-card.large:nth-child(2) .strip path.trace-path"#);
    assert_eq!((page.count(".trace-card.large"), page.count("#gallery-bar")), (2, 1));
    assert_eq!(page.count("#set-gallery ~ .curves"), 1);
    let moments = |name: &str| -> Vec<f64> {
        let texts = page.attributes(".trace-card.large .strip", name);
        texts.iter().map(|text| text.parse().expect("a time")).collect()
    };
    let (starts, ends, peaks) = (moments("data-start"), moments("data-end"), moments("data-peak"));
    for ((start, end), peak) in starts.iter().zip(&ends).zip(&peaks) {
        assert!(end - start < 8.4 && start - 0.2 < *peak && *peak < end + 0.2, "{peak} s in {start} to {end} s");
    }
    let axis = page.texts(".trace-card:first-child .strip .axis-title");
    assert_eq!(axis, ["Amplitude (mV)", "Seconds"]);
    // One switch for all of them.
    page.click(r#"[data-excerpt="start"]"#);
    page.until("from the start", || moments("data-start") == [0.0, 0.0]);
    page.click(r#"[data-excerpt="highest"]"#);
    page.until("around the highest again", || moments("data-start") == starts);

    // Each broken one is named, with its reason.
    page.click("#run-failures summary");
    let reasons = page.texts("#run-failures li");
    assert_eq!(reasons.len(), broken.len(), "{reasons:?}");
    for name in &broken {
        assert!(reasons.iter().any(|reason| reason.contains(name.as_str()) && reason.ends_with('.')), "{reasons:?}");
    }

    // The gallery holds the recordings of its cell, the surest first, each explained for the class it was given.
    let af = Class::AtrialFibrillation;
    let mut found: Vec<&Prediction> = expected.iter().filter(|it| it.truth == af && it.predicted() == af).collect();
    found.sort_by(|a, b| b.probabilities[1].total_cmp(&a.probabilities[1]));
    assert!(found.len() > 2, "a set with AF in it");
    page.click(r#"#matrix .cell[data-truth="A"][data-predicted="A"]"#);
    page.wait_for(r#".trace-card:nth-child(2) .strip[data-explained="A"] path.trace-path"#);
    assert_eq!(page.attributes("#set-gallery", "data-count"), [found.len().to_string()]);
    let shown = page.attributes(".trace-card", "data-record");
    let in_cell = |name: &String| found.iter().any(|it| it.record == *name);
    assert!(shown.len() == found.len().min(14) && shown.iter().all(in_cell), "{shown:?}");
    assert_eq!(shown[0], found[0].record);

    // Whole, on to the next by key, and back.
    page.click(".card-open");
    page.answer_to(&shown[0]);
    page.type_into("#walk", "\u{E014}");
    page.answer_to(&shown[1]);
    // It says what it is labelled and was called, and is the one that is selected in the list.
    page.until("its label", || page.texts("#walk-label").concat().starts_with("labelled AF, called AF, "));
    let selected = || page.attributes(r#".row[aria-selected="true"]"#, "data-name");
    page.until("its row in view", || selected() == [shown[1].clone()]);
    page.click("#back-to-set");
    page.wait_for("#set-gallery .trace-card");

    // One that was called something else is explained for that, and on demand for what it is.
    // The surest is among those that are shown, however many there are.
    let missed = expected
        .iter()
        .filter(|it| it.truth == Class::Other && it.predicted() == Class::Normal)
        .max_by(|a, b| a.probabilities[0].total_cmp(&b.probabilities[0]))
        .expect("a set in which some are missed");
    page.click(r#"#matrix .cell[data-truth="O"][data-predicted="N"]"#);
    page.wait_for(&format!(r#".trace-card[data-record="{}"]"#, missed.record));
    page.wait_for(r#".trace-card[data-truth="O"] .strip[data-explained="N"]"#);
    page.click(r#".trace-card[data-truth="O"] .why-not"#);
    page.wait_for(r#".trace-card[data-truth="O"] .strip[data-explained="O"]"#);
}

#[test]
fn stop_keeps_what_is_done() {
    let page = Page::new(Webgpu::Absent);
    let (sinus, af) = (made::demo("sinus"), made::demo("af"));
    let mut files = Files::new();
    let mut labels = String::new();
    for number in 0..300 {
        let (record, label) = if number % 3 == 0 { (&af, 'A') } else { (&sinus, 'N') };
        files.extend(made::cinc(&format!("R{number:03}"), record));
        labels += &format!("R{number:03},{label}\n");
    }
    files.push(("REFERENCE.csv".to_owned(), labels.into_bytes()));
    drop_set(&page, &files);
    page.click("#classify-all");
    page.until_within("some are classified", PATIENCE, || matrix(&page).iter().sum::<usize>() > 0);
    page.click("#stop-run");
    page.wait_for_within(OVER, PATIENCE);
    let done: usize = matrix(&page).iter().sum();
    assert!(done > 0 && done < 300, "{done} of 300");
    assert!(page.text("#run-text").starts_with(&format!("Stopped after {done} of 300")), "{}", page.text("#run-text"));
    // Every one of them is right or wrong as its demonstration is: one cell of either row is filled.
    let counts = matrix(&page);
    assert!(counts[..4].iter().filter(|count| **count > 0).count() <= 1, "{counts:?}");
    assert!(counts[4..8].iter().filter(|count| **count > 0).count() <= 1, "{counts:?}");
}

#[test]
fn a_synthetic_set_is_made_and_marked_and_taken_together() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.click("#demo-set");
    page.wait_for_within(OVER, PATIENCE);
    assert_eq!(matrix(&page).iter().sum::<usize>(), 200);
    assert_eq!(page.text(".room-title .tag"), "synthetic");

    // Sinus rhythm that was called so: regular beats, at the rates that they were made with.
    page.click(r#"#matrix .cell[data-truth="N"][data-predicted="N"]"#);
    let shown: usize = page.attributes("#set-gallery", "data-count")[0].parse().expect("a count");
    page.click("#average");
    page.wait_for_within(r#"#averages[data-state="over"]"#, PATIENCE);
    assert_eq!(page.text("#averages h4"), format!("{shown} recordings together"));
    assert_eq!(page.count("#around-beats .importance-area"), 1);
    assert_eq!(page.count("#by-change .reliability-bar"), 5);
    // As a drawing and as a picture of twice its pixels.
    let (name, drawing) = page.download(|| page.click(r#"#around-beats [data-save="svg"]"#));
    let drawing = String::from_utf8(drawing).expect("text");
    assert!(name == "around-beats.svg" && drawing.matches("<path").count() >= 3, "{name}: {drawing}");
    let width = drawing.split("width=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a width");
    let (name, picture) = page.download(|| page.click(r#"#around-beats [data-save="png"]"#));
    // The width stands in the first chunk of a PNG file, at byte 16.
    let pixels = u32::from_be_bytes(picture[16..20].try_into().expect("four bytes"));
    assert_eq!((name.as_str(), &picture[1..4]), ("around-beats.png", b"PNG".as_slice()));
    assert_eq!(f64::from(pixels), 2.0 * width.parse::<f64>().expect("a number"));

    let readings = page.texts("#averages .readings dd");
    let number = |text: &str| text.split(|it: char| !it.is_ascii_digit()).next().and_then(|it| it.parse::<f64>().ok());
    let (rate, variation) = (number(&readings[0]), number(&readings[1]));
    assert!(rate.is_some_and(|rate| (50.0..100.0).contains(&rate)), "{readings:?}");
    assert!(variation.is_some_and(|variation| variation < 12.0), "{readings:?}");
}

/// Answers are kept over a reload, recordings are not: the same files, dropped again, bring them back.
#[test]
fn an_evaluation_outlives_the_page() {
    let page = Page::new(Webgpu::Absent);
    let (sinus, af) = (made::demo("sinus"), made::demo("af"));
    let mut files = Files::new();
    let labels = [("R1", &af, 'A'), ("R2", &sinus, 'N'), ("R3", &sinus, 'A'), ("R4", &sinus, 'N')];
    labels.iter().for_each(|(name, record, _)| files.extend(made::cinc(name, record)));
    let reference: String = labels.iter().map(|(name, _, label)| format!("{name},{label}\n")).collect();
    files.push(("REFERENCE.csv".to_owned(), reference.into_bytes()));
    drop_set(&page, &files);
    page.click("#classify-all");
    page.wait_for_within(OVER, PATIENCE);
    let counts = matrix(&page);
    let over = page.text("#run-text");
    assert_eq!(counts[..8], [2, 0, 0, 0, 1, 1, 0, 0], "{counts:?}");
    page.until("it is kept", || page.run("return localStorage['ecg-lens:evaluation']").is_string());

    page.open("?engine=cpu");
    page.wait_for("#back-to-set");
    page.click("#back-to-set");
    page.until("its counts are there", || matrix(&page) == counts);
    assert_eq!(page.text("#run-text"), over);
    page.click("#af-missed");
    page.wait_for(r#".trace-card[data-record="R3"]"#);
    page.until("it says where the recording is", || page.text(".trace-card .strip").contains("Drop the same files"));

    page.drop_files(&[("set.zip", made::zip("set", &files))]);
    page.wait_for(r#".trace-card[data-record="R3"] .strip[data-explained="N"] path.trace-path"#);
    assert_eq!(matrix(&page), counts);

    page.click("#forget-evaluation");
    page.until("the recording takes the sheet", || page.count("#room") == 0);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    let kept = "return new Promise(done => { const it = indexedDB.open('ecg-lens'); it.onsuccess = () => {\
        const count = it.result.transaction('kept').objectStore('kept').count();\
        count.onsuccess = () => done(count.result); }; })";
    page.until("nothing is kept", || page.run(kept) == 0);
    page.until("nothing says so", || page.run("return localStorage['ecg-lens:evaluation'] ?? null").is_null());
}
