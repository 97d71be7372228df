//! What cannot be read: a sentence each that names the file. What was on the page stays, what is good among the rest
//! opens, and the page goes on answering.

use std::fs::File;

use ecg_lens::explain::Question;
use ecg_lens::record::Lead;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native};

fn open() -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page
}

/// The sentence about `file`, once it is there.
#[track_caller]
fn sentence(page: &Page, file: &str) -> String {
    let mut found = None;
    page.until(&format!("a sentence about {file}"), || {
        found = page.texts("#problems li span").into_iter().find(|sentence| sentence.starts_with(&format!("{file}: ")));
        found.is_some()
    });
    let sentence = found.unwrap_or_default();
    assert!(sentence.len() > file.len() + 20 && sentence.ends_with('.'), "no sentence: {sentence}");
    sentence
}

/// Drops `files`, of which none can be opened: expects a sentence about `file` with these `words`, and nothing else to
/// have changed.
#[track_caller]
fn refuses(page: &Page, files: &Files, file: &str, words: &str) {
    let before = page.trace();
    page.drop_files(files);
    let sentence = sentence(page, file);
    assert!(sentence.to_lowercase().contains(words), "{sentence}");
    assert_eq!(page.trace(), before, "what was on the page is gone after {file}");
    still_answers(page);
    page.click("#problems .problems-head button");
}

/// The page answers another question about what is on it.
#[track_caller]
fn still_answers(page: &Page) {
    let explained = page.shown().explained;
    let other = if explained == "N" { "A" } else { "N" };
    page.click(&format!(r#"#probabilities button[data-class="{other}"]"#));
    page.wait_for(&format!(r#"#answer[data-state="answered"][data-explained="{other}"]"#));
}

fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Files {
    vec![(name.to_owned(), bytes.into())]
}

/// The second of `files`, cut to half its length.
fn with_half_the_signal(mut files: Files) -> Files {
    let bytes = &mut files[1].1;
    bytes.truncate(bytes.len() / 2);
    files
}

#[test]
fn says_what_is_wrong_with_each_broken_file() {
    let page = open();
    let good = made::cinc("good", &made::sinus(10.0));
    refuses(&page, &one("empty.mat", []), "empty.mat", "empty");
    refuses(&page, &one("empty.csv", []), "empty.csv", "empty");
    let letter = "Dear doctor,\nplease find attached what the watch wrote.\nYours\n".repeat(20);
    refuses(&page, &one("letter.txt", letter.clone()), "letter.txt", "no columns of numbers");
    refuses(&page, &one("letter.hea", letter), "letter.hea", "");
    refuses(&page, &one("noise.zip", b"PK\x03\x04 and then nothing of the kind".to_vec()), "noise.zip", "");

    let cut = with_half_the_signal(made::cinc("cut", &made::sinus(10.0)));
    refuses(&page, &cut, "cut.mat", "cut off");
    refuses(&page, &cut[1..].to_vec(), "cut.mat", "");
    let mut beheaded = good[1].1.clone();
    beheaded.truncate(10);
    refuses(&page, &one("beheaded.mat", beheaded), "beheaded.mat", "cut off");

    let lead = &made::sinus(10.0).leads[0].samples;
    let mut liar = made::wfdb("liar", 300.0, &[("I", lead)]);
    liar[0].1 = String::from_utf8_lossy(&liar[0].1).replace(" 300 3000", " 300 4000000000").into_bytes();
    refuses(&page, &liar, "liar.dat", "promises");
}

/// What opens and shows, but cannot be classified: the sentence takes the answer's place.
#[test]
fn says_why_a_recording_has_no_answer() {
    let page = open();
    let sinus = made::sinus(10.0);
    let flat = vec![0.25; 3000];
    let nothing = vec![f32::NAN; 3000];
    let short = &sinus.leads[0].samples[..600];
    let cases: [(&str, &[f32], &str); 3] =
        [("flat", &flat, "flat line"), ("nothing", &nothing, "no valid sample"), ("short", short, "2.0 s")];
    for (name, samples, words) in cases {
        page.drop_files(&made::wfdb(name, 300.0, &[("I", samples)]));
        page.wait_for(&format!(r#"#answer[data-state="failed"][data-record="{name}"]"#));
        let text = page.text("#answer");
        assert!(text.contains(name) && text.contains(words), "{text}");
        assert!(page.attributes("#trace-path", "stroke").concat().starts_with('#'), "colours without an answer");
    }
    page.click("#recordings .row[data-name=\"Sinus rhythm\"]");
    page.answer_to("Sinus rhythm");
    still_answers(&page);
}

/// Missing samples here and there are bridged for the network and left open in the trace.
#[test]
fn explains_a_recording_with_missing_samples() {
    let page = open();
    let mut record = made::sinus(10.0);
    let samples = &mut record.leads[0].samples;
    samples[100..160].fill(f32::NAN);
    let files = made::wfdb("gaps", 300.0, &[("I", samples)]);
    page.drop_files(&files);
    let shown = page.answer_to("gaps");
    shown.assert_is(&native::explain(&native::record(&files, None), 0, Question::default()));
    assert!(shown.path.matches('M').count() == 2, "the trace has {} pieces", shown.path.matches('M').count());
    assert!(!shown.path.contains("NaN"));

    let csv: String = (0..3000).map(|i| if i % 50 == 7 { "NaN\n".into() } else { format!("{}\n", i % 40) }).collect();
    page.drop_files(&one("cells.csv", format!("ECG (mV)\n{csv}")));
    page.wait_for("#rate-form");
}

/// Each half of a recording says which file is missing, and opens once that is dropped too.
#[test]
fn says_which_file_is_missing() {
    let page = open();
    let before = page.trace();
    let mut pair = made::wfdb("first", 300.0, &[("I", &made::sinus(10.0).leads[0].samples)]);
    let signal = pair.split_off(1);
    page.drop_files(&pair);
    assert!(sentence(&page, "first.hea").contains("first.dat"));
    assert_eq!(page.trace(), before);
    page.drop_files(&signal);
    page.answer_to("first");
    assert_eq!(page.count("#problems li"), 0, "{:?}", page.texts("#problems"));

    let before = page.trace();
    let mut pair = made::wfdb("second", 300.0, &[("I", &made::sinus(11.0).leads[0].samples)]);
    let signal = pair.split_off(1);
    page.drop_files(&signal);
    assert!(sentence(&page, "second.dat").contains("second.hea"));
    assert_eq!(page.trace(), before);
    page.drop_files(&pair);
    page.answer_to("second");
    assert_eq!(page.count("#problems li"), 0, "{:?}", page.texts("#problems"));
}

#[test]
fn opens_the_good_ones_of_fifty_files() {
    let page = open();
    let mut files: Files = Vec::new();
    for index in 0..47 {
        let record = made::sinus(6.0 + f64::from(index) / 10.0);
        files.push((format!("good-{index:02}.csv"), made::csv_with_time(&record)));
    }
    files.insert(0, ("an-empty.mat".into(), Vec::new()));
    files.insert(20, ("a-letter.txt".into(), b"Dear doctor,\nnothing to see here.\n".to_vec()));
    files.extend(with_half_the_signal(made::cinc("cut", &made::sinus(10.0))).split_off(1));
    page.drop_files(&files);

    for broken in ["an-empty.mat", "a-letter.txt", "cut.mat"] {
        sentence(&page, broken);
    }
    assert_eq!(page.count("#problems li"), 3, "{:?}", page.texts("#problems li"));
    page.answer_to("good-00");
    page.click(r#"#recordings .row[data-name="good-02"]"#);
    page.answer_to("good-02");
    let listed = page.attributes("#recordings section:first-of-type .rows", "aria-rowcount");
    assert!(listed[0].parse::<u32>().is_ok_and(|listed| (47..=48).contains(&listed)), "{listed:?}");
    page.screenshot("fifty-files-three-broken");
}

/// Half a gigabyte of nothing, and more than the page takes at all.
#[test]
fn stays_alive_when_a_file_is_enormous() {
    let page = open();
    let before = page.trace();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, megabytes, words) in [("half-a-gigabyte.dat", 500, "header"), ("more.dat", 700, "512 MB")] {
        let path = folder.path().join(name);
        // Sparse: takes no room on the disk.
        File::create(&path).and_then(|file| file.set_len(megabytes << 20)).expect("a sparse file");
        page.drop_paths(&[path]);
        let sentence = sentence(&page, name);
        assert!(sentence.contains(words), "{sentence}");
        assert_eq!(page.trace(), before);
        still_answers(&page);
    }
}

/// A record whose leads are all something else than an ECG, and one lead that is one.
#[test]
fn says_what_was_left_out() {
    let page = open();
    let lead: Vec<Lead> = made::sinus(10.0).leads;
    let mut files = made::wfdb("mixed", 300.0, &[("I", &lead[0].samples), ("RESP", &lead[0].samples)]);
    files[0].1 =
        String::from_utf8_lossy(&files[0].1).replace("1000/mV 16 0 0 0 0 RESP", "1000/pm 16 0 0 0 0 RESP").into();
    page.drop_files(&files);
    page.answer_to("mixed");
    assert!(page.text("#notes").contains("RESP"), "{}", page.text("#notes"));
}
