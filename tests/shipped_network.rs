//! The network that ships, on recordings of which somebody knows what they are.

use burn::tensor::Device;
use ecg_lens::evaluate::agreement::{Agreement, marked_rhythms};
use ecg_lens::evaluate::burden::{Burden, Verdict, windows};
use ecg_lens::explain::{Explanation, Question, classify_prepared, explain_lead};
use ecg_lens::network::{Class, Network};
use ecg_lens::record::{Reading, catalog, file_set::FileSet};
use ecg_lens::signal::{Prepared, prepare};
use ecg_lens::synthetic::{Recipe, Rhythm, demos};

mod real_data;

use real_data::data;

static WEIGHTS: &[u8] = include_bytes!("../public/network.safetensors");

fn explain(samples: &[f32], fs: f64, class: Option<Class>) -> Explanation {
    let device = Device::flex();
    let network = Network::from_safetensors(WEIGHTS, &device).unwrap();
    let question = Question { class, ..Question::default() };
    pollster::block_on(explain_lead(&network, &device, samples, fs, question)).unwrap()
}

/// The gallery is nothing to show if the network sees something else in it.
#[test]
fn every_demonstration_is_what_it_was_made_to_show() {
    for demo in demos().iter().filter(|demo| !demo.is_strip()) {
        let record = demo.record();
        let explanation = explain(&record.leads[0].samples, record.fs, None);
        assert_eq!(explanation.label, demo.expected, "{}: {:?}", demo.id, explanation.probabilities);
    }
}

/// In the demonstration of a strip AF begins half-way, and stays.
#[test]
fn the_strip_has_one_episode() {
    let record = demos().iter().find(|demo| demo.is_strip()).expect("a demonstration of a strip").record();
    let samples = &record.leads[0].samples;
    let windows = windows(samples.len() as u64, record.fs);
    let label =
        |it: &std::ops::Range<u64>| explain(&samples[it.start as usize..it.end as usize], record.fs, None).label;
    let verdicts: Vec<Verdict> = windows.iter().map(|window| Verdict::Called(label(window))).collect();
    let burden = Burden::of(&windows, &verdicts, record.fs);
    assert_eq!(
        burden.episodes.iter().map(|it| (it.windows.start, it.windows.end)).collect::<Vec<_>>(),
        [(5, 10)],
        "{verdicts:?}"
    );
    // As the recording's own marks have it.
    let marked = marked_rhythms(&record.annotations, record.duration());
    let agreement = Agreement::of(&marked, &windows, &verdicts, record.fs).expect("marked windows");
    assert_eq!((agreement.both, agreement.neither, agreement.windows()), (5, 5, 10));
}

#[test]
fn every_answer_comes_with_the_classes_it_leaves_open() {
    let record = demos()[1].record();
    let explanation = explain(&record.leads[0].samples, record.fs, None);
    let sets = explanation.sets.expect("the shipped weights are calibrated");
    assert_eq!(sets.at_90[0], explanation.label);
    assert!(sets.at_90.len() <= sets.at_95.len() && sets.at_95.starts_with(&sets.at_90));
}

/// In the demonstration of a paroxysm AF begins half-way.
#[test]
fn importance_lies_where_af_is() {
    let paroxysm = demos().iter().find(|demo| demo.id == "paroxysm").expect("a demonstration of a paroxysm");
    let record = paroxysm.record();
    let explanation = explain(&record.leads[0].samples, record.fs, Some(Class::AtrialFibrillation));
    let map = &explanation.importance.values;
    let (before, after) = map.split_at(map.len() / 2);
    let highest = |part: &[f32]| part.iter().copied().fold(0.0, f32::max);
    let mean = |part: &[f32]| part.iter().sum::<f32>() / part.len() as f32;
    assert!(highest(after) > highest(before));
    assert!(mean(after) > 3.0 * mean(before), "{} {}", mean(after), mean(before));
}

/// MIT-BIH record 100: half an hour of sinus rhythm with some premature beats, lead II of a Holter recorder at 360 Hz.
#[test]
fn a_holter_recording_in_sinus_rhythm_is_not_called_af() {
    let Some(folder) = data("formats/wfdb") else { return };
    let mut files = FileSet::default();
    for name in ["100.hea", "100.dat"] {
        files.add(name, std::fs::read(folder.join(name)).unwrap());
    }
    let found = catalog::catalog(&files);
    let Ok(Reading::Complete(record)) = catalog::read(&files, &found.entries[0]) else { panic!("record 100 is read") };
    let windows: Vec<Prepared> = record.leads[0]
        .samples
        .chunks_exact(30 * 360)
        .map(|window| prepare(window, record.fs).expect("a usable window"))
        .collect();
    let device = Device::flex();
    let network = Network::from_safetensors(WEIGHTS, &device).unwrap();
    let leads: Vec<&[f32]> = windows.iter().map(|window| window.samples.as_slice()).collect();
    let answers = pollster::block_on(classify_prepared(&network, &leads, &device));
    let mistaken = answers.iter().filter(|answer| Class::of_highest(answer) == Class::AtrialFibrillation).count();
    assert!(mistaken * 20 <= answers.len(), "{mistaken} of {} windows are called AF", answers.len());
}

/// The RR intervals of healthy young people rise and fall by a tenth of their mean and more (ECGSYN's tachogram, which
/// no training has seen).
#[test]
fn sinus_arrhythmia_is_normal() {
    for rate in [50.0, 60.0, 75.0] {
        for seed in 300..308 {
            let recipe = Recipe { sinus_variation: 0.12, ..Recipe::new(Rhythm::Sinus, rate, seed) };
            let lead = &recipe.record("arrhythmia").leads[0];
            let answer = explain(&lead.samples, recipe.fs, None);
            assert_eq!(answer.label, Class::Normal, "{rate} a minute, seed {seed}: {:?}", answer.probabilities);
        }
    }
}
