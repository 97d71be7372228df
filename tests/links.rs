//! A recording that travels in a link is answered and explained as the original is: of every synthetic recording, whose
//! samples no converter has rounded, and of real ones of every format where this machine has them.

use std::io::Write;
use std::path::PathBuf;

use burn::tensor::Device;
use ecg_lens::explain::{Explanation, Question, explain_lead};
use ecg_lens::network::Network;
use ecg_lens::record::catalog::{catalog, read};
use ecg_lens::record::file_set::FileSet;
use ecg_lens::record::{Reading, Record};
use ecg_lens::synthetic::demos;
use ecg_lens::view::link::{LONGEST_SECONDS, Link, Part, Shared};

/// The answer, as far as there is one.
fn explain(record: &Record, lead: usize) -> Option<Explanation> {
    let device = Device::flex();
    let weights = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/public/network.safetensors")).expect("weights");
    let network = Network::from_safetensors(&weights, &device).expect("the network");
    let lead = &record.leads[lead];
    pollster::block_on(explain_lead(&network, &device, &lead.samples, record.fs, Question::default())).ok()
}

/// Sends a lead through a link; how far its map is off at most, as a share of its highest value, and the link's length.
fn sent(record: &Record, lead: usize) -> Option<(f32, usize)> {
    let expected = explain(record, lead)?;
    let shared = Shared::lead(record, lead).unwrap_or_else(|error| panic!("{}: {error:?}", record.name));
    let link = Link { shared, part: Part::First, question: Question::default(), normalised: true, seconds: false };
    let fragment = link.to_fragment();
    let opened = Link::from_fragment(&fragment).expect("a link").expect("a whole one");
    let opened = opened.shared.record("Shared", "link").expect("a whole recording").expect("a recording");
    assert_eq!((opened.fs, opened.len()), (record.fs, record.len()), "{}", record.name);
    let answer = explain(&opened, 0).unwrap_or_else(|| panic!("{} has no answer any more", record.name));
    assert_eq!(answer.label, expected.label, "{}", record.name);
    for (one, other) in answer.probabilities.iter().zip(expected.probabilities) {
        assert!((one - other).abs() < 2e-3, "{}: {one}, and not {other}", record.name);
    }
    let most = expected.importance.max().max(f32::MIN_POSITIVE);
    let off = |(one, other): (&f32, &f32)| (one - other).abs() / most;
    let worst = answer.importance.values.iter().zip(&expected.importance.values).map(off).fold(0.0, f32::max);
    Some((worst, fragment.len()))
}

#[test]
fn synthetic_recordings_are_explained_alike() {
    // A strip is sent by its name, or a window of it.
    for demo in demos().iter().filter(|demo| !demo.is_strip()) {
        let (worst, length) = sent(&demo.record(), 0).expect("an answer");
        println!("{}: off by {worst:.5} at most, {length} characters", demo.title);
        assert!(worst < 0.01, "{}: the map is off by {worst}", demo.title);
    }
}

#[test]
fn real_recordings_are_explained_alike() {
    let data = std::env::var_os("ECG_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let Ok(folders) = std::fs::read_dir(data.join("formats")) else {
        let words = format!("SKIPPED real_recordings_are_explained_alike: no recordings in {}\n", data.display());
        let _ = std::io::stderr().write_all(words.as_bytes());
        return;
    };
    let mut count = 0;
    for folder in folders.flatten() {
        let mut set = FileSet::default();
        let files = std::fs::read_dir(folder.path()).into_iter().flatten().flatten();
        for file in files.filter(|file| file.metadata().is_ok_and(|it| it.is_file() && it.len() < 30_000_000)) {
            set.add(file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).expect("a file"));
        }
        for entry in catalog(&set).entries {
            let Ok(Reading::Complete(record)) = read(&set, &entry) else { continue };
            let record = first_minute(record);
            for lead in [record.preferred_lead(), record.leads.len() - 1] {
                let Some((worst, length)) = sent(&record, lead) else { continue };
                println!("{} {}: off by {worst:.5} at most, {length} characters", entry.path, record.leads[lead].name);
                assert!(worst < 0.01, "{}: the map is off by {worst}", entry.path);
                count += 1;
            }
        }
    }
    assert!(count > 10, "{count} leads sent");
}

/// As much of a recording as a link holds.
fn first_minute(mut record: Record) -> Record {
    let most = (LONGEST_SECONDS * record.fs) as usize;
    for lead in &mut record.leads {
        lead.samples.truncate(most);
    }
    record
}
