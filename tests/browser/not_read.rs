//! Stretches without a signal: shaded, with the reason, and no part of the answer.

use ecg_lens::explain::Question;
use ecg_lens::record::Record;

use crate::harness::made;
use crate::harness::{Page, Webgpu, native};

fn open() -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page
}

/// Sinus rhythm of 30 s, flat from 9 to 18 s.
fn with_a_flat_gap() -> Record {
    let mut record = made::sinus(30.0);
    let fs = record.fs;
    record.leads[0].samples[(9.0 * fs) as usize..(18.0 * fs) as usize].fill(0.125);
    record
}

#[test]
fn a_flat_gap_is_shaded_and_the_rest_is_normal() {
    let page = open();
    let record = with_a_flat_gap();
    page.drop_files(&[("gap.csv", made::csv_with_time(&record))]);
    page.answer_to("gap");
    assert_eq!(page.attributes("#answer", "data-class"), ["N"]);
    page.show_whole();
    page.until("one stretch that was not read", || page.count("#trace .not-read") == 1);
    assert_eq!(page.attributes("#trace .not-read", "data-reason"), ["flat"]);
    let time = |name: &str| page.attributes("#trace .not-read", name).concat().parse::<f64>().expect("a time");
    assert!((time("data-from") - 9.0).abs() < 0.02 && (time("data-to") - 18.0).abs() < 0.02);
    assert_eq!(page.texts("#trace .not-read-reason"), ["flat line"]);
    let label = page.attributes("#trace .not-read", "aria-label").concat();
    assert!(label.starts_with("Not read from 9.0") && label.ends_with("it is a flat line."), "{label}");
    // The answer is the command line's, and nothing in the gap is important.
    let expected = native::explain(&record, 0, Question::default());
    assert!(expected.importance.at(12.0).is_nan());
    let inside: Vec<f64> =
        page.shown().stops.iter().filter(|stop| (9.2..17.8).contains(&stop.time)).map(|it| it.importance).collect();
    assert!(inside.len() > 40 && inside.iter().all(|importance| *importance == 0.0), "{inside:?}");
    page.screenshot("not-read");
}

#[test]
fn a_flat_recording_has_a_sentence_and_no_class() {
    let page = open();
    let mut record = made::sinus(30.0);
    record.leads[0].samples.fill(0.125);
    page.drop_files(&[("flat.csv", made::csv_with_time(&record))]);
    page.wait_for(r#"#answer[data-state="failed"]"#);
    assert!(page.text("#answer").contains("flat line"), "{}", page.text("#answer"));
    assert_eq!(page.count("#answer[data-class]"), 0);
    assert_eq!(page.count("#trace .not-read"), 0);
}
