//! What the network says when this very process runs it, on the weights that the page under test is served with.

use std::path::PathBuf;

use burn::tensor::Device;
use ecg_lens::evaluate::burden::windows;
use ecg_lens::explain::{Explanation, Question, explain_lead};
use ecg_lens::network::Network;
use ecg_lens::record::catalog::{catalog, read};
use ecg_lens::record::file_set::FileSet;
use ecg_lens::record::{Lead, Reading, Record};

use super::made::Files;

/// The built page: `ECG_LENS_DIST`, or `dist`.
pub fn dist() -> PathBuf {
    let dist = std::env::var_os("ECG_LENS_DIST").map_or_else(|| "dist".into(), PathBuf::from);
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(dist)
}

/// The weights file that the page fetches.
pub fn weights() -> Vec<u8> {
    let path = dist().join("network.safetensors");
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The answer for one lead of a recording, on the CPU.
pub fn explain(record: &Record, lead: usize, question: Question) -> Explanation {
    let device = Device::flex();
    let network = Network::from_safetensors(&weights(), &device).expect("the weights that the page is served with");
    let samples = &record.leads[lead].samples;
    pollster::block_on(explain_lead(&network, &device, samples, record.fs, question))
        .unwrap_or_else(|unusable| panic!("{} {unusable}", record.name))
}

/// The same for one window of 30 s of a strip, on the strip's time.
pub fn explain_window(record: &Record, lead: usize, window: usize, question: Question) -> Explanation {
    let windows = windows(record.len() as u64, record.fs);
    let own = windows[window].start as usize..windows[window].end as usize;
    let leads =
        record.leads.iter().map(|lead| Lead { name: lead.name.clone(), samples: lead.samples[own.clone()].to_vec() });
    let explanation = explain(&Record { leads: leads.collect(), ..record.clone() }, lead, question);
    let (start, seconds) = (own.start as f64 / record.fs, own.len() as f64 / record.fs);
    Explanation { importance: explanation.importance.placed_at(start, seconds), ..explanation }
}

/// The one recording that these files hold, read as the page reads it; at `fs` Hz where they do not tell.
pub fn record(files: &Files, fs: Option<f64>) -> Record {
    let mut set = FileSet::default();
    for (name, bytes) in files {
        set.add(name.as_str(), bytes.clone());
    }
    let found = catalog(&set);
    assert_eq!((found.entries.len(), found.problems.len()), (1, 0), "one recording: {:?}", found.problems);
    match (read(&set, &found.entries[0]), fs) {
        (Ok(Reading::Complete(record)), _) => record,
        (Ok(Reading::NeedsSamplingRate(unsampled)), Some(fs)) => unsampled.at(fs),
        (reading, _) => panic!("not a whole recording: {reading:?}"),
    }
}
