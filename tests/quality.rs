//! Recordings with stretches that hold no electrocardiogram: what is read of them, and what is not.
//!
//! Real recordings are other people's and not part of this project: they are looked for in `ECG_DATA`, else in
//! `../shared/data`. Where they are missing, each test prints that it was skipped. `--ignored` measures.

use std::ops::Range;

use burn::tensor::Device;
use ecg_lens::explain::{Explanation, Question, classify_leads, explain_lead};
use ecg_lens::network::{Class, Network};
use ecg_lens::record::file_set::{FileSet, source::FileOnDisk};
use ecg_lens::record::{Reading, Record, catalog, reference};
use ecg_lens::signal::quality::{Reason, unusable};
use ecg_lens::signal::rhythm::Rhythm as Measured;
use ecg_lens::signal::{Prepared, Unusable};
use ecg_lens::synthetic::{Recipe, Rhythm};
use ecg_lens::training::{LabelledRecording, Part, SPLIT_SEED, split};

mod real_data;

use real_data::data;

static WEIGHTS: &[u8] = include_bytes!("../public/network.safetensors");
const ARCHIVE: &str = "training2017.zip";
/// A sample of the network's, in s: so far resampling reaches over an edge.
const EDGE: f64 = 0.01;

struct Reader {
    device: Device,
    network: Network,
}

impl Reader {
    fn new() -> Self {
        let device = Device::flex();
        let network = Network::from_safetensors(WEIGHTS, &device).expect("the shipped weights");
        Self { device, network }
    }

    fn explain(&self, samples: &[f32], fs: f64) -> Result<Explanation, Unusable> {
        pollster::block_on(explain_lead(&self.network, &self.device, samples, fs, Question::default()))
    }

    /// Labels; `None` where nothing can be read.
    fn labels(&self, leads: &[(Vec<f32>, f64)]) -> Vec<Option<Class>> {
        let answers = pollster::block_on(classify_leads(&self.network, &self.device, leads));
        answers.into_iter().map(|answer| answer.ok().map(|it| Class::of_highest(&it))).collect()
    }
}

/// What stands in a stretch without signal.
#[derive(Clone, Copy, Debug)]
enum Lost {
    Missing,
    Constant,
}

/// Where gaps are in a recording that lasts so many s.
type Gaps = Box<dyn Fn(f64) -> Vec<(f64, f64)>>;

fn fill(samples: &mut [f32], fs: f64, (from, to): (f64, f64), lost: Lost) {
    let part = (from * fs).round() as usize..((to * fs).round() as usize).min(samples.len());
    let value = if matches!(lost, Lost::Missing) { f32::NAN } else { samples[part.start] };
    samples[part].fill(value);
}

fn sinus(fs: f64) -> Vec<f32> {
    Recipe { fs, ..Recipe::new(Rhythm::Sinus, 72.0, 11) }.record("sinus").leads[0].samples.clone()
}

/// Nothing is important in the gap and something is outside; all but the gap and the edges has a value.
fn assert_absent_in(explanation: &Explanation, len: usize, fs: f64, (from, to): (f64, f64)) {
    let curve = explanation.importance.at_samples(len, fs);
    for (index, value) in curve.iter().enumerate() {
        let time = index as f64 / fs;
        if time >= from + EDGE && time < to - EDGE {
            assert!(value.is_nan(), "{value} at {time} s");
        } else if time < from - EDGE || time > to + EDGE {
            assert!(value.is_finite() && *value >= 0.0, "{value} at {time} s");
        }
    }
    assert!(explanation.importance.max() > 0.0);
    let absent = explanation.importance.known().filter(Option::is_none).count() as f64;
    let expected = (to - from) * explanation.importance.grid.fs;
    assert!((absent - expected).abs() <= 1.5, "{absent} moments absent, {expected} expected");
}

#[test]
fn a_sinus_rhythm_without_signal_in_the_middle_stays_normal() {
    let reader = Reader::new();
    for fs in [250.0, 300.0, 360.0, 500.0] {
        for (lost, reason) in [(Lost::Missing, Reason::Missing), (Lost::Constant, Reason::Flat)] {
            let mut samples = sinus(fs);
            fill(&mut samples, fs, (9.0, 21.0), lost);
            let explanation = reader.explain(&samples, fs).expect("two usable stretches");
            assert_eq!(explanation.label, Class::Normal, "{fs} Hz, {lost:?}: {:?}", explanation.probabilities);
            assert!((explanation.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            let [not_read] = explanation.importance.unusable[..] else {
                panic!("{:?}", explanation.importance.unusable)
            };
            assert_eq!(not_read.reason, reason);
            assert!((not_read.from - 9.0).abs() <= EDGE && (not_read.to - 21.0).abs() <= EDGE, "{not_read:?}");
            assert_absent_in(&explanation, samples.len(), fs, (9.0, 21.0));

            let measured = Measured::of(&samples, fs, 0..samples.len());
            assert!(measured.peaks.iter().all(|&peak| !(9.0..21.0).contains(&(peak as f64 / fs))));
            assert!(measured.intervals.iter().all(|it| it.seconds < 1.5), "an interval spans the gap");
            let (rate, _) = measured.rates().expect("beats");
            assert!((68.0..76.0).contains(&rate), "{rate} beats/min");
        }
    }
}

/// Where the importance lies does not depend on how much is read: the same class explained of the same half.
#[test]
fn each_stretch_has_the_importance_of_its_own_window() {
    let (reader, fs) = (Reader::new(), 300.0);
    let mut samples = sinus(fs);
    let alone = reader.explain(&samples[..2880], fs).expect("9.6 s");
    fill(&mut samples, fs, (9.6, 19.2), Lost::Missing);
    let both = reader.explain(&samples, fs).expect("two stretches");
    assert_eq!((alone.class, both.class), (Class::Normal, Class::Normal));
    // 9.6 of the 20.4 s that are read.
    let share = 9.6 / (9.6 + 10.8) as f32;
    for (a, b) in alone.importance.values.iter().zip(&both.importance.values).take(58) {
        assert!((a * share - b).abs() <= 1e-4 * alone.importance.max(), "{a} and {b}");
    }
}

#[test]
fn a_recording_without_five_seconds_on_end_has_no_class() {
    let reader = Reader::new();
    let mut samples = sinus(300.0);
    for start in [3.0, 8.5, 14.0, 19.5, 25.0] {
        fill(&mut samples, 300.0, (start, start + 2.5), Lost::Missing);
    }
    match reader.explain(&samples, 300.0) {
        Err(unusable @ Unusable::NoStretch { lost, longest }) => {
            assert!((lost - 12.5).abs() < 0.01 && (longest - 3.0).abs() < 0.01, "{unusable:?}");
            assert!(unusable.to_string().contains("has no signal in 12.5 s"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(reader.explain(&[0.25; 9000], 300.0), Err(Unusable::Flat));
    assert_eq!(reader.explain(&[f32::NAN; 9000], 300.0), Err(Unusable::Empty));
}

/// A recording of `training2017`, with its class.
struct Labelled {
    record: Record,
    class: Class,
}

/// Of `training2017` what nobody trained on: at most so many of Normal, AF and Other, of 29 s and more, and of all
/// the parts with `all`.
fn kept_back(most: [usize; 3], all: bool) -> Option<Vec<Labelled>> {
    let path = data(ARCHIVE)?;
    let mut files = FileSet::default();
    files.add_source(ARCHIVE, Box::new(FileOnDisk::at(path).expect("the archive")));
    let labels = reference::read(&files).expect("labels");
    let found = catalog::catalog(&files);
    let class = |name: &str| labels.get(name).and_then(Class::from_code);
    let named: Vec<_> = found.entries.iter().filter_map(|entry| Some((entry, class(&entry.name)?))).collect();
    // The split is by name and class alone.
    let empty = |(entry, class): &(&catalog::Entry, Class)| LabelledRecording {
        name: entry.name.clone(),
        class: *class,
        prepared: Prepared { samples: Vec::new() },
    };
    let parts = split(&named.iter().map(empty).collect::<Vec<_>>(), SPLIT_SEED);
    let mut left = [most[0], most[1], most[2], if all { usize::MAX } else { 0 }];
    let mut kept = Vec::new();
    for ((entry, class), part) in named.into_iter().zip(parts) {
        if !(all || part == Part::Test) || left[class.index()] == 0 {
            continue;
        }
        let Ok(Reading::Complete(record)) = catalog::read(&files, entry) else { continue };
        if all || record.duration() >= 29.0 {
            left[class.index()] -= 1;
            kept.push(Labelled { record, class });
        }
    }
    Some(kept)
}

#[test]
fn real_normal_recordings_without_signal_in_the_middle_are_not_called_af() {
    let Some(recordings) = kept_back([12, 0, 0], false) else { return };
    let reader = Reader::new();
    let (mut whole, mut normal) = (0, 0);
    for Labelled { record, .. } in &recordings {
        let (samples, fs) = (&record.leads[0].samples, record.fs);
        if reader.explain(samples, fs).map(|it| it.label) != Ok(Class::Normal) {
            continue;
        }
        for lost in [Lost::Missing, Lost::Constant] {
            let mut changed = samples.clone();
            fill(&mut changed, fs, (9.0, 21.0), lost);
            let explanation = reader.explain(&changed, fs).expect("two usable stretches");
            assert_ne!(explanation.label, Class::AtrialFibrillation, "{}, {lost:?}", record.name);
            assert_absent_in(&explanation, changed.len(), fs, (9.0, 21.0));
            whole += 1;
            normal += usize::from(explanation.label == Class::Normal);
        }
    }
    assert!(whole >= 16 && normal * 10 >= whole * 9, "{normal} of {whole} are still Normal");
}

/// How much of `training2017` is held to be unusable, by class and reason.
#[test]
#[ignore = "a measurement"]
fn share_of_unusable_recordings() {
    let Some(recordings) = kept_back([usize::MAX; 3], true) else { return };
    for class in Class::ALL {
        let of_class: Vec<&Labelled> = recordings.iter().filter(|it| it.class == class).collect();
        let found: Vec<_> = of_class
            .iter()
            .map(|it| (it.record.name.clone(), unusable(&it.record.leads[0].samples, it.record.fs)))
            .filter(|(_, found)| !found.is_empty())
            .collect();
        println!("{class:?}: {} of {} have an unusable stretch", found.len(), of_class.len());
        for reason in Reason::ALL {
            let with = found.iter().filter(|(_, it)| it.iter().any(|it| it.reason == reason)).count();
            println!("    {reason:?}: {with}");
        }
        for (name, stretches) in found.iter().take(12) {
            let seconds = |at: usize| at as f64 / 300.0;
            let said = |part: &Range<usize>| format!("{:.1}–{:.1} s", seconds(part.start), seconds(part.end));
            let all: Vec<String> = stretches.iter().map(|it| format!("{} {:?}", said(&it.part), it.reason)).collect();
            println!("    {name}: {}", all.join(", "));
        }
    }
}

/// Of recordings told right whole, those told alike with stretches lost. Ten minutes on one core.
///
/// On 100 Normal, 40 AF and 106 Other recordings of 29 to 31 s that were kept from training, of which 94, 36 and 81 are
/// told right whole: with 2 s missing in the middle 94, 36 and 69 are told alike, with 6 s 94, 35 and 66, with 12 s 93, 34
/// and 63, with three gaps of 2 s 94, 35 and 49; no Normal one is called AF. (Bridged by a line, 88 of the 94 were, with 12 s.)
#[test]
#[ignore = "a measurement"]
fn share_told_alike_with_stretches_lost() {
    let Some(recordings) = kept_back([148, 64, 106], false) else { return };
    let reader = Reader::new();
    let leads = |gaps: &dyn Fn(f64) -> Vec<(f64, f64)>, lost: Lost, of: &[&Labelled]| -> Vec<(Vec<f32>, f64)> {
        of.iter()
            .map(|it| {
                let (mut samples, fs) = (it.record.leads[0].samples.clone(), it.record.fs);
                gaps(it.record.duration()).into_iter().for_each(|gap| fill(&mut samples, fs, gap, lost));
                (samples, fs)
            })
            .collect()
    };
    let all: Vec<&Labelled> = recordings.iter().collect();
    let whole = reader.labels(&leads(&|_| Vec::new(), Lost::Missing, &all));
    let right: Vec<&Labelled> =
        all.iter().zip(&whole).filter(|(it, label)| **label == Some(it.class)).map(|(it, _)| *it).collect();
    println!("{} recordings, {} told right whole", all.len(), right.len());
    let middle = |seconds: f64| move |all: f64| vec![((all - seconds) / 2.0, (all + seconds) / 2.0)];
    let several = |all: f64| [0.25, 0.5, 0.75].map(|at| (at * all - 1.0, at * all + 1.0)).to_vec();
    let scenarios: [(&str, Gaps); 6] = [
        ("2 s", Box::new(middle(2.0))),
        ("4 s", Box::new(middle(4.0))),
        ("6 s", Box::new(middle(6.0))),
        ("8 s", Box::new(middle(8.0))),
        ("12 s", Box::new(middle(12.0))),
        ("three of 2 s", Box::new(several)),
    ];
    for (name, gaps) in &scenarios {
        for lost in [Lost::Missing, Lost::Constant] {
            let labels = reader.labels(&leads(gaps, lost, &right));
            let mut line = format!("{name:>14} {lost:?}:");
            for class in [Class::Normal, Class::AtrialFibrillation, Class::Other] {
                let of: Vec<_> = right.iter().zip(&labels).filter(|(it, _)| it.class == class).collect();
                let alike = of.iter().filter(|(_, label)| **label == Some(class)).count();
                let af = of.iter().filter(|(_, label)| **label == Some(Class::AtrialFibrillation)).count();
                line += &format!("  {class:?} {alike}/{} = {:.3} (AF {af})", of.len(), alike as f64 / of.len() as f64);
            }
            println!("{line}");
        }
    }
}
