//! Expected values were read by wfdb-python 4.3 (`rdrecord`) from the same files.

use crate::record::catalog::catalog;
use crate::record::file_set::FileSet;
use crate::record::{ReadError, Reading, Record};

type File = (&'static str, Vec<u8>);

fn words(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

fn variable() -> Vec<File> {
    let layout = "v_layout 3 100 0\n~ 0 200 16 0 0 0 0 II\n~ 0 100/mmHg 16 0 0 0 0 ABP\n~ 0 200 16 0 0 0 0 V\n";
    let first = "v_1 2 100 3\nv_1.dat 16 200 16 0 0 0 0 II\nv_1.dat 16 100/mmHg 16 0 0 0 0 ABP\n";
    let second = "v_2 2 100 5\nv_2.dat 80 20(8) 8 0 0 0 0 V\nv_2.dat 80 10 8 0 0 0 0 II\n";
    let offset_binary = [28, 10, 48, 20, 8, -10, 9, 0, 10, 1].map(|value: i16| (value + 128) as u8);
    vec![
        ("v_layout.hea", layout.into()),
        ("v_1.hea", first.into()),
        ("v_2.hea", second.into()),
        ("v.hea", "v/4 3 100 12 10:00:00\nv_layout 0\nv_1 3\n~ 4\nv_2 5\n".into()),
        ("v_1.dat", words(&[200, 1, 400, 2, -32768, 3])),
        ("v_2.dat", offset_binary.to_vec()),
    ]
}

fn fixed() -> Vec<File> {
    vec![
        ("x.hea", "x/2 1 100 5\nx_1 2\nx_2 3\n".into()),
        ("x_1.hea", "x_1 1 100 2\nx_1.dat 16 100 16 0 0 0 0 I\n".into()),
        ("x_2.hea", "x_2 1 100 3\nx_2.dat 16 50(10) 16 0 0 0 0 I\n".into()),
        ("x_1.dat", words(&[100, 200])),
        ("x_2.dat", words(&[10, 60, 110])),
    ]
}

fn set(files: Vec<File>) -> FileSet {
    let mut set = FileSet::default();
    files.into_iter().for_each(|(path, bytes)| set.add(path, bytes));
    set
}

fn read(files: Vec<File>) -> Result<Record, ReadError> {
    let files = set(files);
    let found = catalog(&files);
    if let Some(problem) = found.problems.into_iter().next() {
        return Err(problem);
    }
    assert_eq!(found.entries.len(), 1, "{:?}", found.entries);
    match crate::record::catalog::read(&files, &found.entries[0])? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("a header tells the sampling rate"),
    }
}

fn with(mut files: Vec<File>, name: &'static str, text: &str) -> Vec<File> {
    files.retain(|(path, _)| *path != name);
    files.push((name, text.into()));
    files
}

const GAP: f32 = f32::NAN;

fn assert_samples(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-6 || found.is_nan() && expected.is_nan(), "{found} {expected}");
    }
}

#[test]
fn a_variable_layout_joins_signals_by_description() {
    let record = read(variable()).unwrap();
    assert_eq!((record.name.as_str(), record.fs, record.start.as_deref()), ("v", 100.0, Some("10:00:00")));
    let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, ["II", "V"]);
    assert_samples(&record.leads[0].samples, &[1.0, 2.0, GAP, GAP, GAP, GAP, GAP, 1.0, 2.0, -1.0, 0.0, 0.1]);
    assert_samples(&record.leads[1].samples, &[GAP, GAP, GAP, GAP, GAP, GAP, GAP, 1.0, 2.0, 0.0, 0.05, 0.1]);
    assert!(record.provenance.remarks.iter().any(|remark| remark.to_string().contains("1 of the 3 segments")));
    assert_eq!(record.provenance.files, ["v.hea", "v_layout.hea", "v_1.hea", "v_1.dat", "v_2.hea", "v_2.dat"]);
}

#[test]
fn a_fixed_layout_joins_signals_by_place_each_with_its_gain() {
    assert_samples(&read(fixed()).unwrap().leads[0].samples, &[1.0, 2.0, 0.0, 1.0, 2.0]);
}

#[test]
fn a_segment_may_appear_again() {
    let again = with(fixed(), "x.hea", "x/3 1 100 5\nx_1 2\nx_2 3\nx_1 2\n");
    assert_samples(&read(again).unwrap().leads[0].samples, &[1.0, 2.0, 0.0, 1.0, 2.0, 1.0, 2.0]);
}

#[test]
fn a_segment_of_another_rate_within_the_frame_is_drawn_out() {
    let dense = "x_2 1 100 3\nx_2.dat 16x2 50(10) 16 0 0 0 0 I\n";
    let mut files = with(fixed(), "x_2.hea", dense);
    files.retain(|(path, _)| *path != "x_2.dat");
    files.push(("x_2.dat", words(&[10, 60, 110, 160, 210, 260])));
    let record = read(files).unwrap();
    assert_eq!(record.fs, 200.0);
    assert_samples(&record.leads[0].samples, &[1.0, 1.5, 2.0, 2.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
}

#[test]
fn what_does_not_fit_together_is_a_sentence() {
    let reason = |files: Vec<File>| read(files).unwrap_err().fault.to_string();
    let without = |name: &str| fixed().into_iter().filter(|(path, _)| *path != name).collect::<Vec<File>>();
    assert!(reason(without("x_2.hea")).contains("x_2.hea is missing"));
    assert!(reason(without("x_2.dat")).contains("x_2.dat is missing"));
    assert!(reason(with(fixed(), "x.hea", "x/3 1 100 5\nx_1 2\nx_2 3\n")).contains("promises 3 segments and lists 2"));
    assert!(reason(with(fixed(), "x.hea", "x/2 1 100 5\nx_1 2\nx 3\n")).contains("x.hea as a segment"));
    assert!(reason(with(fixed(), "x_2.hea", "x_2 1 250 3\nx_2.dat 16\n")).contains("250 frames a second"));
    let void: Vec<File> = vec![("x.hea", "x/1 1 100 5\n~ 5\n".into())];
    assert!(reason(void).contains("empty"));
    let mostly_gap = with(fixed(), "x.hea", "x/3 1 100 5\nx_1 2\n~ 99999999999\nx_2 3\n");
    assert!(reason(mostly_gap).contains("gaps"));
    assert!(reason(with(fixed(), "x.hea", &format!("x/3 1 100 5\nx_1 2\n~ {}\nx_2 3\n", u64::MAX))).contains("gaps"));
}

#[test]
fn a_segment_alone_is_a_recording() {
    let alone: Vec<File> = fixed().into_iter().filter(|(path, _)| path.starts_with("x_2")).collect();
    assert_eq!(read(alone).unwrap().len(), 3);
}
