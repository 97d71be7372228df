//! How often the measured signs speak against the network, where it is right and where it is wrong.

use burn::tensor::Device;
use ecg_lens::explain::{Disagreement, classify_prepared};
use ecg_lens::network::{Class, Network};
use ecg_lens::record::{Reading, Record, catalog, file_set::FileSet, file_set::source::FileOnDisk, reference};
use ecg_lens::signal::rhythm::Rhythm;
use ecg_lens::signal::{Prepared, prepare};
use ecg_lens::training::{LabelledRecording, Part, SPLIT_SEED, split};

mod real_data;

use real_data::data;

static WEIGHTS: &[u8] = include_bytes!("../public/network.safetensors");

/// The recordings kept back from training, with their classes.
fn kept_back(files: &FileSet) -> Vec<(Record, Class)> {
    let labels = reference::read(files).expect("labels");
    let found = catalog::catalog(files);
    let labelled = found.entries.iter().filter_map(|entry| Some((entry, Class::from_code(labels.get(&entry.name)?)?)));
    let (entries, named): (Vec<_>, Vec<_>) = labelled
        .map(|(entry, class)| {
            let name = entry.name.clone();
            (entry, LabelledRecording { name, class, prepared: Prepared { samples: Vec::new() } })
        })
        .unzip();
    let parts = split(&named, SPLIT_SEED);
    let kept = entries.into_iter().zip(&named).zip(parts).filter(|(_, part)| *part == Part::Test);
    kept.map(|((entry, named), _)| match catalog::read(files, entry) {
        Ok(Reading::Complete(record)) => (record, named.class),
        other => panic!("{}: {other:?}", entry.path),
    })
    .collect()
}

/// Prints how many of the right and of the wrong answers are warned of. AF, measured: 0 of 59 right and 0 of 15 wrong ones.
#[test]
#[ignore = "takes minutes: the network reads every recording that was kept back"]
fn counts_the_answers_that_the_signs_speak_against() {
    let Some(path) = data("training2017.zip") else { return };
    let mut files = FileSet::default();
    files.add_source("training2017.zip", Box::new(FileOnDisk::at(path).expect("the archive")));
    let kept = kept_back(&files);
    let device = Device::flex();
    let network = Network::from_safetensors(WEIGHTS, &device).expect("the shipped weights");
    let prepared: Vec<Prepared> =
        kept.iter().map(|(it, _)| prepare(&it.leads[0].samples, it.fs).expect("a usable lead")).collect();
    let leads: Vec<&[f32]> = prepared.iter().map(|it| it.samples.as_slice()).collect();
    let answers = pollster::block_on(classify_prepared(&network, &leads, &device));
    for called in [Class::AtrialFibrillation, Class::Normal] {
        // Warned of, and all: where the answer is right, and where it is wrong.
        let mut counts = [(0, 0); 2];
        for ((record, class), answer) in kept.iter().zip(&answers) {
            if Class::of_highest(answer) == called {
                let rhythm = Rhythm::of(&record.leads[0].samples, record.fs, 0..record.len());
                let count = &mut counts[usize::from(*class != called)];
                count.0 += usize::from(Disagreement::of(called, &rhythm).is_some());
                count.1 += 1;
            }
        }
        let [right, wrong] = counts;
        println!("{called:?}: {} of {} right, {} of {} wrong", right.0, right.1, wrong.0, wrong.1);
        assert!(right.1 > 0 && wrong.1 > 0, "{} recordings", kept.len());
    }
}
