use std::cell::Cell;

use super::*;

thread_local! {
    static NOW: Cell<f64> = const { Cell::new(0.0) };
}

/// A clock on which every look takes a minute.
fn slow() -> f64 {
    NOW.with(|now| now.replace(now.get() + 60_000.0))
}

fn wfdb(name: &str, samples: u8) -> Vec<(String, Vec<u8>)> {
    let header = format!("{name} 1 250\n{name}.dat 80 200 8 0 0 0 0 II\n");
    vec![(format!("{name}.hea"), header.into_bytes()), (format!("{name}.dat"), (0..samples).collect())]
}

fn give(work: &mut Work, set: u32, files: Vec<(String, Vec<u8>)>, without: &[&str]) {
    let (paths, sources): (Vec<_>, Vec<Box<dyn ByteSource>>) = files
        .into_iter()
        .map(|(path, bytes)| (Added { path, only: None }, Box::new(bytes) as Box<dyn ByteSource>))
        .unzip();
    let without = without.iter().map(|path| (*path).to_owned()).collect();
    work.take(ToReader::Add { set, files: paths, without }, sources);
}

/// Everything that is told until nothing is left to do, without what is said before each file.
fn told(work: &mut Work) -> Vec<(FromReader, Vec<Vec<f32>>)> {
    let mut told = Vec::new();
    while work.step(&mut |message, samples| {
        if !matches!(message, FromReader::Reading { .. }) {
            told.push((message, samples));
        }
    }) {}
    told
}

fn one_of(set: u32, path: &str) -> ToReader {
    ToReader::Look { set, paths: vec![path.to_owned()], first: true }
}

#[test]
fn a_set_is_listed_with_its_labels_and_looked_at() {
    let mut work = Work::new(|| 0.0);
    let mut files = [wfdb("r10", 8), wfdb("r9", 0), wfdb("r2", 4)].concat();
    files.push(("REFERENCE.csv".to_owned(), b"r2,N\nr10,A\n".to_vec()));
    files.push(("column.csv".to_owned(), (0..300).map(|i| format!("{}\n", i % 40)).collect::<String>().into_bytes()));
    give(&mut work, 1, files, &[]);
    work.take(ToReader::List { set: 1 }, Vec::new());
    let listed = told(&mut work);
    let [(FromReader::Catalog { entries, problems, .. }, _)] = &listed[..] else { panic!("{listed:?}") };
    let labels: Vec<_> = entries.iter().map(|entry| (entry.name.as_str(), entry.label.as_deref())).collect();
    assert_eq!(labels, [("column", None), ("r2", Some("N")), ("r9", None), ("r10", Some("A"))]);
    assert!(problems.is_empty(), "{problems:?}");

    let paths: Vec<String> = entries.iter().map(|entry| entry.path.clone()).collect();
    work.take(ToReader::Look { set: 1, paths, first: true }, Vec::new());
    let looked = told(&mut work);
    let [before, (FromReader::First { path, record, .. }, samples), after, end] = &looked[..] else {
        panic!("{looked:?}")
    };
    assert_eq!((path.as_str(), record.name.as_str(), record.fs), ("r2.hea", "r2", 250.0));
    assert!(record.leads[0].samples.is_empty() && record.leads[0].name == "II");
    assert_eq!(samples[0].len(), 4);
    let FromReader::Looked { findings, .. } = &before.0 else { panic!("{before:?}") };
    assert!(matches!(findings[0].1, Finding::NeedsRate { samples: 300, suggestion: None, .. }));
    assert!(matches!(findings[1].1, Finding::Good { leads: 1, .. }));
    let FromReader::Looked { findings, .. } = &after.0 else { panic!("{after:?}") };
    assert!(matches!(&findings[0].1, Finding::Broken(error) if error.file == "r9.hea"));
    assert!(matches!(&findings[1], (path, Finding::Good { .. }) if path == "r10.hea"));
    assert_eq!(end.0, FromReader::LookedThrough { set: 1 });
}

#[test]
fn a_question_comes_between_two_looks_and_is_told_the_rate() {
    let mut work = Work::new(|| 0.0);
    let column = (0..300).map(|i| format!("{}\n", i % 40)).collect::<String>().into_bytes();
    give(&mut work, 1, [wfdb("a", 4), vec![("b.csv".to_owned(), column)]].concat(), &[]);
    work.take(one_of(1, "a.hea"), Vec::new());
    for id in [7, 8] {
        work.take(ToReader::Read { id, set: 1, path: "b.csv".to_owned(), fs: Some(100.0) }, Vec::new());
    }
    work.take(ToReader::Forget { id: 7 }, Vec::new());
    let told = told(&mut work);
    let (FromReader::Read { id, finding, record }, samples) = &told[0] else { panic!("{told:?}") };
    assert!(matches!((id, finding), (8, Finding::Good { seconds: 3.0, leads: 1, .. })), "{finding:?}");
    assert_eq!((record.as_ref().unwrap().fs, samples[0].len()), (100.0, 300));
    assert!(matches!(told.last(), Some((FromReader::LookedThrough { set: 1 }, _))));
}

#[test]
fn the_latest_set_is_looked_at_first() {
    let mut work = Work::new(|| 0.0);
    give(&mut work, 1, wfdb("a", 4), &[]);
    give(&mut work, 2, wfdb("b", 4), &[]);
    work.take(one_of(1, "a.hea"), Vec::new());
    work.take(one_of(2, "b.hea"), Vec::new());
    let ends = told(&mut work).into_iter().filter_map(|(message, _)| match message {
        FromReader::LookedThrough { set } => Some(set),
        _ => None,
    });
    assert_eq!(ends.collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn each_file_is_named_before_it_is_read_and_progress_is_told() {
    let mut work = Work::new(slow);
    give(&mut work, 1, [wfdb("a", 4), wfdb("b", 4)].concat(), &["b.dat"]);
    work.take(ToReader::List { set: 1 }, Vec::new());
    let (mut named, mut progress) = (Vec::new(), 0);
    while work.step(&mut |message, _| match message {
        FromReader::Reading { path, .. } => named.push(path),
        FromReader::Progress { all, .. } => {
            assert_eq!(all, 3);
            progress += 1;
        }
        FromReader::Catalog { entries, problems, .. } => {
            assert_eq!((entries.len(), problems[0].file.as_str()), (1, "b.hea"), "b.dat was left out");
        }
        other => panic!("{other:?}"),
    }) {}
    assert_eq!(named[..3], ["a.hea", "a.dat", "b.hea"]);
    assert_eq!(named[3..5], ["a.hea", "b.hea"]);
    assert!(progress > 0);
}

#[test]
fn of_an_archive_no_more_is_taken_than_is_wanted() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [wfdb("a", 4), wfdb("b", 4)].concat() {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    let mut work = Work::new(|| 0.0);
    let only = Some(vec!["x.zip/a.hea".to_owned(), "x.zip/a.dat".to_owned()]);
    let added = Added { path: "x.zip".to_owned(), only };
    work.take(ToReader::Add { set: 1, files: vec![added], without: Vec::new() }, vec![Box::new(archive)]);
    work.take(ToReader::List { set: 1 }, Vec::new());
    let told = told(&mut work);
    let (FromReader::Catalog { entries, problems, .. }, _) = &told[0] else { panic!("{told:?}") };
    assert_eq!((entries.len(), entries[0].path.as_str(), problems.len()), (1, "x.zip/a.hea", 0));
}

#[test]
fn what_is_not_there_is_a_sentence() {
    let mut work = Work::new(|| 0.0);
    work.take(ToReader::Read { id: 1, set: 9, path: "a".to_owned(), fs: None }, Vec::new());
    let told = told(&mut work);
    assert!(matches!(&told[0].0, FromReader::Read { finding: Finding::Broken(error), .. } if error.file == "a"));
}
