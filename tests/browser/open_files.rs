//! Recordings that somebody drops or chooses: each is read, classified and explained as the command line would.

use ecg_lens::explain::Question;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Shown, Webgpu, native, recordings};

fn open(webgpu: Webgpu, query: &str) -> Page {
    let page = Page::new(webgpu);
    page.open(query);
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page
}

/// The page shows the record in `files`, and says of its first lead what the network says.
#[track_caller]
fn explained(page: &Page, files: &Files, name: &str) -> Shown {
    let expected = native::explain(&native::record(files, None), 0, Question::default());
    let shown = page.answer_to(name);
    shown.assert_is(&expected);
    page.show_whole();
    page.shown().assert_is_whole(&expected);
    assert_eq!(page.count("#problems li"), 0, "{:?}", page.texts("#problems"));
    shown
}

/// Every way in that takes one recording in several files.
fn drop_choose_and_zip(webgpu: Webgpu, files: &Files, name: &str) {
    let page = open(webgpu, "");
    page.drop_files(files);
    let dropped = explained(&page, files, name);
    assert_eq!(page.count(&format!(r#"#recordings .row[data-name="{name}"][aria-selected="true"]"#)), 1);
    assert!(!page.text("#answer").contains("synthetic"));
    page.screenshot(&format!("dropped-{name}"));

    page.open("");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page.choose_files("#file-input", files);
    assert_eq!(explained(&page, files, name).label, dropped.label);

    page.open("");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page.drop_files(&[("some.zip", made::zip("training2017", files))]);
    assert_eq!(explained(&page, files, name).label, dropped.label);
}

/// `A00264` and `A00404` are labelled atrial fibrillation in CinC 2017.
#[test]
fn explains_a_real_recording_of_atrial_fibrillation() {
    let Some(files) = recordings::cinc2017("A00264") else { return };
    drop_choose_and_zip(Webgpu::Absent, &files, "A00264");
}

#[test]
fn explains_a_real_recording_with_webgpu_there() {
    let Some(files) = recordings::cinc2017("A00404") else { return };
    drop_choose_and_zip(Webgpu::Software, &files, "A00404");
}

#[test]
fn explains_a_recording_in_the_layout_of_cinc_2017() {
    let files = made::cinc("M00001", &made::demo("af-slow"));
    drop_choose_and_zip(Webgpu::Absent, &files, "M00001");
}

#[test]
fn explains_another_lead_when_it_is_chosen() {
    let page = open(Webgpu::Absent, "?engine=cpu");
    let (fibrillation, sinus) = (made::demo("af"), made::demo("sinus"));
    let leads = [("I", fibrillation.leads[0].samples.as_slice()), ("II", sinus.leads[0].samples.as_slice())];
    let files = made::wfdb("pair", fibrillation.fs, &leads);
    page.drop_files(&files);
    let record = native::record(&files, None);
    let first = page.answer_to("pair");
    first.assert_is(&native::explain(&record, 0, Question::default()));

    page.click(r#"#lead option[value="1"]"#);
    page.until("another trace", || page.attributes("#trace-path", "d") != [first.path.clone()]);
    let second = page.answer_to("pair");
    second.assert_is(&native::explain(&record, 1, Question::default()));
    assert_ne!(first.probabilities, second.probabilities);
}

/// Half an hour in WFDB format 212 with two leads: a strip, of which the first window is in view.
#[test]
fn explains_a_real_recording_of_two_leads() {
    let Some(folder) = recordings::folder() else { return };
    let read = |name: &str| {
        let path = folder.join("formats/wfdb").join(name);
        (name.to_owned(), std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    let files: Files = ["100.hea", "100.dat"].map(read).into();
    let page = open(Webgpu::Absent, "?engine=cpu");
    page.drop_files(&files);
    let record = native::record(&files, None);
    let first = page.answer_to("100");
    first.assert_is(&native::explain_window(&record, 0, 0, Question::default()));
    assert!(page.text("#answer").contains("MLII"), "{}", page.text("#answer"));

    page.click(r#"#lead option[value="1"]"#);
    page.until("the other lead's trace", || page.attributes("#trace-path", "d") != [first.path.clone()]);
    let second = page.answer_to("100");
    second.assert_is(&native::explain_window(&record, 1, 0, Question::default()));
    assert!(page.text("#answer").contains("V5"), "{}", page.text("#answer"));
}

#[test]
fn asks_for_a_sampling_rate_that_the_file_does_not_tell() {
    let page = open(Webgpu::Absent, "?engine=cpu");
    let before = page.trace();
    let files = vec![("column.csv".to_owned(), made::csv_without_time(&made::demo("af-fast")))];
    page.drop_files(&files);
    page.wait_for("#rate-form");
    assert!(page.text("#rate-form").contains("column"), "{}", page.text("#rate-form"));
    assert_eq!(page.trace(), before, "nothing else changes while it asks");

    page.run("document.querySelector('#rate').value = ''");
    page.type_into("#rate", "30000\n");
    page.wait_for_text("#rate-wrong", "between 50 and");
    page.run("document.querySelector('#rate').value = ''");
    page.type_into("#rate", "300\n");
    let expected = native::explain(&native::record(&files, Some(300.0)), 0, Question::default());
    page.answer_to("column").assert_is(&expected);
    assert_eq!(page.count("#rate-form"), 0);
}

#[test]
fn takes_the_sampling_rate_from_a_time_column() {
    let page = open(Webgpu::Absent, "?engine=cpu");
    let files = vec![("timed.csv".to_owned(), made::csv_with_time(&made::demo("sinus")))];
    page.drop_files(&files);
    explained(&page, &files, "timed");
    assert!(page.text("#answer").contains("300"), "{}", page.text("#answer"));
}

/// A folder is dropped; the recordings in it and below it are opened.
#[test]
fn opens_a_folder() {
    let page = open(Webgpu::Absent, "?engine=cpu");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let below = folder.path().join("study/below");
    std::fs::create_dir_all(&below).expect("a folder");
    for (name, bytes) in made::cinc("deep", &made::sinus(10.0)) {
        std::fs::write(below.join(name), bytes).expect("a written file");
    }
    page.drop_paths(&[folder.path().join("study")]);
    page.answer_to("deep");
}

/// A click that has begun on a row ends on it, though the list grows meanwhile and findings come.
#[test]
fn a_row_stays_the_same_element_while_the_list_grows() {
    let page = open(Webgpu::Absent, "?engine=cpu");
    let first = r#"#recordings .row[data-name="first"]"#;
    page.drop_files(&[("first.csv", made::csv_with_time(&made::sinus(8.0)))]);
    page.answer_to("first");
    assert_eq!(page.attributes(first, "aria-rowindex"), ["1"]);
    page.run(&format!("document.querySelector('{first}').marked = true"));

    page.drop_files(&[("second.csv", made::csv_with_time(&made::sinus(9.0)))]);
    page.answer_to("second");
    assert_eq!(page.run(&format!("return document.querySelector('{first}').marked === true")), true);
    assert_eq!(page.attributes(first, "aria-rowindex"), ["2"]);
    page.until("what was found about the first", || page.text(&format!("{first} .row-finding")).contains('s'));
    page.click(first);
    page.answer_to("first");
}
