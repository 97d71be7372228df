use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::*;
use crate::reader::message::{Added, ToReader};
use crate::reader::work::Work;
use crate::record::file_set::source::ByteSource;

/// Two leads of 8 bits at 10 Hz, one unit a millivolt: the first climbs by one each 100 samples, the second is its
/// negative. 4000 s of them.
fn hours() -> Vec<(String, Vec<u8>)> {
    let header = "h 2 10 40000 23:00:00\nh.dat 80 1 8 0 0 0 0 I\nh.dat 80 1 8 0 0 0 0 II\n".to_owned();
    let value = |frame: usize| (frame / 100 % 100) as u8;
    let data = (0..40_000).flat_map(|frame| [128 + value(frame), 128 - value(frame)]).collect();
    vec![("h.hea".to_owned(), header.into_bytes()), ("h.dat".to_owned(), data)]
}

fn work_with(files: Vec<(String, Vec<u8>)>) -> Work {
    work_by(|| 0.0, files)
}

fn work_by(clock: fn() -> f64, files: Vec<(String, Vec<u8>)>) -> Work {
    let mut work = Work::new(clock);
    let (paths, sources): (Vec<_>, Vec<Box<dyn ByteSource>>) = files
        .into_iter()
        .map(|(path, bytes)| (Added { path, only: None }, Box::new(bytes) as Box<dyn ByteSource>))
        .unzip();
    work.take(ToReader::Add { set: 1, files: paths, without: Vec::new() }, sources);
    work
}

fn told(work: &mut Work, question: ToReader) -> Vec<(FromReader, Vec<Vec<f32>>)> {
    work.take(question, Vec::new());
    let mut told = Vec::new();
    while work.step(&mut |message, samples| {
        if !matches!(message, FromReader::Reading { .. }) {
            told.push((message, samples));
        }
    }) {}
    told
}

const LONG: Finding = Finding::Long { seconds: 4000.0, leads: 2, samples: 40_000 };

#[test]
fn a_long_recording_is_opened_without_its_samples() {
    let mut work = work_with(hours());
    let path = "h.hea".to_owned();
    let looked = told(&mut work, ToReader::Look { set: 1, paths: vec![path.clone()], first: true });
    let [(FromReader::Looked { findings, .. }, _), (FromReader::First { record, .. }, samples), _] = &looked[..] else {
        panic!("{looked:?}")
    };
    assert_eq!(findings, &[(path.clone(), LONG)]);
    assert!(record.is_empty() && samples.is_empty() && record.leads.len() == 2);
    let read = told(&mut work, ToReader::Read { id: 7, set: 1, path, fs: None });
    assert!(matches!(&read[..], [(FromReader::Read { id: 7, finding: LONG, record: Some(_) }, _)]), "{read:?}");
}

#[test]
fn stretches_come_of_one_lead_or_of_all() {
    let mut work = work_with(hours());
    let mut stretch = |samples: (u64, u64), lead: Option<u32>| {
        told(&mut work, ToReader::Stretch { id: 1, set: 1, path: "h.hea".to_owned(), samples, lead }).remove(0)
    };
    let (FromReader::Read { record: Some(record), finding, .. }, samples) = stretch((950, 1150), Some(1)) else {
        panic!()
    };
    assert_eq!((record.leads[0].name.as_str(), samples.len()), ("II", 1));
    assert_eq!((samples[0][0], samples[0][50], samples[0][199]), (-9.0, -10.0, -11.0));
    assert!(matches!(finding, Finding::Good { leads: 1, .. }));
    let (_, samples) = stretch((39_990, 50_000), None);
    assert_eq!((samples.len(), samples[0].len()), (2, 10));
    for (nowhere, lead) in [((40_000, 40_001), None), ((9, 9), None), ((0, 9), Some(2))] {
        let (FromReader::Read { finding: Finding::Broken(error), .. }, _) = stretch(nowhere, lead) else { panic!() };
        assert!(error.fault.to_string().ends_with("no such stretch."), "{error}");
    }
}

#[test]
fn an_overview_tells_lowest_and_highest_of_each_piece() {
    for pieces in [1, 7, 400, 60_000] {
        let mut work = work_with(hours());
        let told = told(&mut work, ToReader::Overview { id: 3, set: 1, path: "h.hea".to_owned(), pieces });
        let Some((FromReader::Read { id: 3, finding: LONG, record: None }, _)) = told.last() else {
            panic!("{told:?}")
        };
        let mut all: Vec<Vec<(f32, f32)>> = vec![Vec::new(); 2];
        for (message, _) in &told[..told.len() - 1] {
            let FromReader::Overview { id: 3, first, leads } = message else { panic!("{message:?}") };
            assert_eq!(*first as usize, all[0].len());
            all.iter_mut().zip(leads).for_each(|(all, more)| all.extend(more));
        }
        assert!(all.iter().all(|lead| lead.len() == pieces as usize));
        let value = |sample: usize| (sample / 100 % 100) as f32;
        for (piece, (up, down)) in all[0].iter().zip(&all[1]).enumerate() {
            let own = piece * 40_000 / pieces as usize..(piece + 1) * 40_000 / pieces as usize;
            let low = own.clone().map(value).fold(f32::NAN, f32::min);
            let high = own.clone().map(value).fold(f32::NAN, f32::max);
            assert_eq!(format!("{up:?}"), format!("{:?}", (low, high)), "{pieces} {piece}");
            assert_eq!(format!("{down:?}"), format!("{:?}", (0.0 - high, 0.0 - low)), "{pieces} {piece}");
        }
    }
}

#[test]
fn questions_and_overviews_take_turns_and_a_forgotten_one_ends() {
    let mut files = hours();
    // Ten times as long, so that an overview takes several steps.
    files[0].1 = b"h 2 10 4000000\nh.dat 80 1 8 0 0 0 0 I\nh.dat 80 1 8 0 0 0 0 II\n".to_vec();
    files[1].1 = files[1].1.repeat(100);
    // A minute goes by between any two looks at the clock, so that everything is told at once.
    static NOW: AtomicU32 = AtomicU32::new(0);
    let mut work = work_by(|| f64::from(NOW.fetch_add(60_000, Relaxed)), files);
    let path = || "h.hea".to_owned();
    work.take(ToReader::Overview { id: 1, set: 1, path: path(), pieces: 100 }, Vec::new());
    work.take(ToReader::Overview { id: 2, set: 1, path: path(), pieces: 100 }, Vec::new());
    work.take(ToReader::Forget { id: 1 }, Vec::new());
    work.take(ToReader::Stretch { id: 3, set: 1, path: path(), samples: (0, 9), lead: None }, Vec::new());
    let told = told(&mut work, ToReader::Stretch { id: 4, set: 1, path: path(), samples: (0, 9), lead: None });
    let number = |message: &FromReader| match message {
        FromReader::Overview { id, .. } | FromReader::Read { id, .. } => *id,
        other => panic!("{other:?}"),
    };
    let order: Vec<u32> = told.iter().map(|(message, _)| number(message)).collect();
    assert_eq!(order[..4], [2, 3, 2, 4]);
    assert!(order.len() > 6 && order[4..].iter().all(|id| *id == 2), "{order:?}");
}

#[test]
fn in_an_archive_it_is_unpacked_once_and_kept() {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in hours() {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    let mut files = FileSet::default();
    files.add("x.zip", writer.finish().unwrap().into_inner());
    let mut long_ones = LongOnes::default();
    let record = long_ones.stretch(1, "x.zip/h.hea", Some(&mut files), 950..1150, Some(0)).unwrap();
    assert_eq!((record.leads[0].samples[0], record.leads[0].samples[199]), (9.0, 11.0));
    assert!(files.is_held("x.zip/h.dat"));
    files.hold(&[]).unwrap();
    assert!(!files.is_held("x.zip/h.dat"));
    assert_eq!(long_ones.stretch(1, "x.zip/h.hea", Some(&mut files), 950..951, None).unwrap().len(), 1);
}
