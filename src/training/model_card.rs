//! Every figure of a trained network: its model card.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use thiserror::Error;

use super::{
    Adversary, Architecture, LabelledRecording, Model, Part, irregular, logits, onsets, out_of_distribution, predict,
    robustness,
};
use crate::{
    evaluate::{
        Confusion, Detection, Figure, FigureGroup, ModelCard, Prediction, coverage, expected_calibration_error,
        intervals::{Estimate, bootstrap, share},
    },
    network::{Class, SetThresholds, WeightsError, softmax, weights_file},
    signal::{NETWORK_FS, Prepared, prepare, resample},
    synthetic::{Recipe, Rhythm},
};

/// Why no card can be made of a weights file.
#[derive(Debug, Error)]
pub enum ModelCardError {
    #[error(transparent)]
    Weights(#[from] WeightsError),
    #[error("these weights are not calibrated: `ecg-lens train` does that at its end")]
    NotCalibrated,
}

/// Measures every figure of the calibrated weights file `weights` on the test part of `recordings`; `plain`: weights of
/// the same network trained without an adversary, to compare with.
///
/// # Errors
///
/// A weights file that cannot be read, or that was not calibrated.
pub fn model_card(
    recordings: &[LabelledRecording],
    parts: &[Part],
    weights: &[u8],
    plain: Option<&[u8]>,
) -> Result<ModelCard, ModelCardError> {
    let of_part = |wanted: Part| -> Vec<&LabelledRecording> {
        recordings.iter().zip(parts).filter(|(_, part)| **part == wanted).map(|(recording, _)| recording).collect()
    };
    let architecture = Architecture::default();
    let model = Model::from_safetensors(weights, &architecture)?;
    let metadata = weights_file::metadata(weights);
    let thresholds = SetThresholds::from_metadata(&metadata).ok_or(ModelCardError::NotCalibrated)?;
    let temperature: f32 = metadata.get("temperature").and_then(|text| text.parse().ok()).unwrap_or(1.0);
    let test = of_part(Part::Test);
    let predictions = predict(&model, &test);
    let mut groups = vec![
        four_classes(&predictions),
        normal_against_af(&predictions),
        how_sure(&model, &test, &predictions, temperature, thresholds),
        part_way(&model, &test),
        irregular(&model, &test),
    ];
    groups.push(under_attack("Under attack", &model, &test));
    if let Some(plain) = plain {
        let plain = Model::from_safetensors(plain, &architecture)?;
        groups.push(under_attack("The same network trained without an adversary, under attack", &plain, &test));
    }
    groups.push(out_of_distribution::figures(&model));
    groups.push(other_machines(&model, &test, &predictions));
    let train = of_part(Part::Train).len();
    let others = [Part::Validation, Part::Calibration, Part::Test].map(|part| of_part(part).len());
    Ok(ModelCard {
        weights: fingerprint(weights),
        purpose: "Teaching, research and the exploration of what a network looks at in an ECG of one lead. It names one of \
            four: normal sinus rhythm, atrial fibrillation, another rhythm, too noisy."
            .to_owned(),
        limits: "It is no medical device: a physician must over-read every answer. Not for diagnosis, monitoring or \
            screening. It sees one lead and no waveform finding (ischaemia, conduction, chamber size); it knows children, \
            pacemakers and rare rhythms hardly or not at all. Figures were measured on recordings of the same kind of \
            device it learned from; on others it may do worse."
            .to_owned(),
        data: "PhysioNet/Computing in Cardiology Challenge 2017: AliveCor handheld, one lead like lead I, 300 Hz, 9 to \
            61 s, labelled by experts (version 3). Clifford et al. 2017, doi:10.22489/CinC.2017.065-469. Licence: Open \
            Data Commons Attribution 1.0; PhysioNet and AliveCor. There are no subject ids, so one person may be in two \
            parts, which flatters the figures."
            .to_owned(),
        training: metadata.get("training").cloned().unwrap_or_default(),
        parts: [train, others[0], others[1], others[2]],
        groups,
    })
}

/// FNV-1a of the weights file, in hexadecimal: enough to tell one network from another.
fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

fn figure(name: &str, estimate: Estimate) -> Figure {
    Figure { name: name.to_owned(), estimate }
}

fn group(title: &str, how: &str, figures: Vec<Figure>) -> FigureGroup {
    FigureGroup { title: title.to_owned(), how: how.to_owned(), figures }
}

fn four_classes(predictions: &[Prediction]) -> FigureGroup {
    let mut figures =
        vec![figure("Mean F1 of Normal, AF and Other", bootstrap(predictions, |set| Confusion::of(set).mean_f1_nao()))];
    for class in Class::ALL {
        let estimate = bootstrap(predictions, |set| Confusion::of(set).f1(class));
        figures.push(figure(&format!("F1 of {}", class.short_name()), estimate));
    }
    figures.push(figure("Accuracy", bootstrap(predictions, |set| Confusion::of(set).accuracy())));
    group("Four classes", "On the test part, which was kept back from training and choosing.", figures)
}

fn normal_against_af(predictions: &[Prediction]) -> FigureGroup {
    let two: Vec<Prediction> =
        predictions.iter().filter(|p| p.truth.index() <= Class::AtrialFibrillation.index()).cloned().collect();
    let of = |name: &str, read: fn(Detection) -> f64| figure(name, bootstrap(&two, |set| read(Detection::of(set))));
    group(
        "AF against Normal",
        "On the Normal and AF recordings of the test part; AF where its probability is above Normal's.",
        vec![
            of("Precision of AF", |d| d.precision),
            of("Recall of AF", |d| d.recall),
            of("F1 of AF", |d| d.f1),
            of("Area under the ROC curve", |d| d.auc),
        ],
    )
}

fn how_sure(
    model: &Model,
    test: &[&LabelledRecording],
    predictions: &[Prediction],
    temperature: f32,
    thresholds: SetThresholds,
) -> FigureGroup {
    let before: Vec<Prediction> = logits(model, test)
        .iter()
        .zip(predictions)
        .map(|(logits, prediction)| Prediction {
            probabilities: softmax(&logits.map(|logit| logit * temperature)),
            ..prediction.clone()
        })
        .collect();
    let mut figures = vec![
        figure("Expected calibration error, before", bootstrap(&before, expected_calibration_error)),
        figure("Expected calibration error, after", bootstrap(predictions, expected_calibration_error)),
    ];
    for (percent, threshold) in [("90", thresholds.at_90), ("95", thresholds.at_95)] {
        let (held, size) = coverage(predictions, threshold);
        let hits = (held * predictions.len() as f64).round() as usize;
        figures.push(figure(&format!("Coverage of the {percent} % sets"), share(hits, predictions.len())));
        let sizes = bootstrap(predictions, |set| coverage(set, threshold).1);
        debug_assert!((sizes.value - size).abs() < 1e-9);
        figures.push(figure(&format!("Classes in a {percent} % set"), sizes));
    }
    group(
        "How sure it is",
        "On the test part. Temperature and sets were fitted on the calibration and validation parts; before: without the temperature.",
        figures,
    )
}

fn part_way(model: &Model, test: &[&LabelledRecording]) -> FigureGroup {
    let joined = onsets::join(test);
    let placed =
        |class| -> Vec<onsets::Placed> { joined.par_iter().map(|onset| onsets::place(model, onset, class)).collect() };
    let inside =
        |placed: &[onsets::Placed]| share(placed.iter().filter(|placed| placed.highest_inside).count(), placed.len());
    let (of_af, of_normal) = (placed(Class::AtrialFibrillation), placed(Class::Normal));
    let ratios: Vec<f32> = of_af.iter().map(|placed| placed.ratio).collect();
    let median = |ratios: &[f32]| {
        let mut sorted = ratios.to_vec();
        sorted.sort_by(f32::total_cmp);
        sorted.get(sorted.len() / 2).copied().map_or(f64::NAN, f64::from)
    };
    group(
        "AF that starts or stops part-way",
        "AF recordings of the test part joined with Normal ones of like amplitude (15 s each, a cross-fade, both orders): \
         the Grad-CAM maps for AF and for Normal, at the last layer.",
        vec![
            figure("Maps for AF whose highest point lies in the AF", inside(&of_af)),
            figure("Median of their mean importance inside over outside", bootstrap(&ratios, median)),
            figure("Maps for Normal whose highest point lies in the Normal part", inside(&of_normal)),
        ],
    )
}

/// Irregular, and no AF.
fn irregular(model: &Model, test: &[&LabelledRecording]) -> FigureGroup {
    use irregular::Irregular;
    let kinds = [
        ("Ventricular premature beats", Irregular::Ventricular),
        ("Supraventricular premature beats", Irregular::Supraventricular),
        ("Dropped beats", Irregular::DroppedBeats),
        ("Sinus arrhythmia", Irregular::SinusArrhythmia),
    ];
    let normal_first = |name: &str, recordings: &[LabelledRecording]| {
        let answers = predict(model, &recordings.iter().collect::<Vec<_>>());
        let p = |answer: &Prediction, class: Class| answer.probabilities[class.index()];
        let right = answers.iter().filter(|a| p(a, Class::Normal) > p(a, Class::AtrialFibrillation)).count();
        figure(&format!("{name}: Normal more likely than AF"), share(right, answers.len()))
    };
    let mut figures = kinds
        .map(|(name, kind)| {
            let mut rng = ChaCha8Rng::seed_from_u64(kind as u64);
            let changed: Vec<LabelledRecording> = test
                .iter()
                .filter(|recording| recording.class == Class::Normal)
                .filter_map(|recording| {
                    let samples = irregular::draw(&recording.prepared.samples, kind, &mut rng)?;
                    Some(recording.with(Prepared { samples }))
                })
                .collect();
            normal_first(name, &changed)
        })
        .to_vec();
    figures.push(normal_first("Sinus arrhythmia of a published model", &modelled_arrhythmia()));
    group(
        "Irregular, and no AF",
        "Put into the Normal recordings of the test part as in training: premature beats (single ones, every second or \
         third, couplets, short runs), beats that are not conducted, a rate that rises and falls with breathing. And \
         synthetic recordings of ECGSYN, of which training saw none: 50 to 80 beats a minute, RR intervals that deviate \
         by 12 % of their mean.",
        figures,
    )
}

fn modelled_arrhythmia() -> Vec<LabelledRecording> {
    (0..60)
        .filter_map(|index| {
            let rate = 50.0 + 10.0 * (index % 4) as f64;
            let recipe = Recipe { sinus_variation: 0.12, ..Recipe::new(Rhythm::Sinus, rate, 1000 + index) };
            let record = recipe.record(format!("{index}"));
            let prepared = prepare(&record.leads[0].samples, record.fs).ok()?;
            Some(LabelledRecording { name: record.name, class: Class::Normal, prepared })
        })
        .collect()
}

fn under_attack(title: &str, model: &Model, test: &[&LabelledRecording]) -> FigureGroup {
    let figures = [0.0, 0.005, 0.01, 0.02].map(|millivolts| {
        let right = robustness::told_right(model, test, &Adversary::measuring(millivolts));
        let hits = right.iter().filter(|right| **right).count();
        let name = match (millivolts * 1000.0).round() as u32 {
            0 => "Accuracy, untouched".to_owned(),
            microvolts => format!("Accuracy at {microvolts} \u{b5}V"),
        };
        figure(&name, share(hits, right.len()))
    });
    group(
        title,
        "Normal against AF, on the test part, when every sample may be moved by so much to mislead it (projected gradient \
         descent, 20 steps, at 100 Hz).",
        figures.into(),
    )
}

/// The same recordings as another machine would have brought them.
fn other_machines(model: &Model, test: &[&LabelledRecording], predictions: &[Prediction]) -> FigureGroup {
    let same = |change: &(dyn Fn(&[f32]) -> Option<Prepared> + Sync)| -> Estimate {
        let changed: Vec<Option<LabelledRecording>> =
            test.par_iter().map(|recording| Some(recording.with(change(&recording.prepared.samples)?))).collect();
        let kept: Vec<&LabelledRecording> = changed.iter().flatten().collect();
        let answers = predict(model, &kept);
        let before = changed.iter().zip(predictions).filter(|(changed, _)| changed.is_some()).map(|(_, p)| p);
        share(answers.iter().zip(before).filter(|(a, b)| a.predicted() == b.predicted()).count(), test.len())
    };
    let at = |fs: f64| move |samples: &[f32]| prepare(&resample(samples, NETWORK_FS, fs, 40.0, 50.0), fs).ok();
    let times = |gain: f32| {
        move |samples: &[f32]| prepare(&samples.iter().map(|v| gain * v).collect::<Vec<_>>(), NETWORK_FS).ok()
    };
    let mut figures: Vec<Figure> =
        [125.0, 250.0, 360.0, 500.0, 1000.0].map(|fs| figure(&format!("Sampled at {fs} Hz"), same(&at(fs)))).into();
    figures.push(figure("Half the gain", same(&times(0.5))));
    figures.push(figure("Ten times the gain", same(&times(10.0))));
    figures.push(figure("Electrodes swapped (inverted)", same(&times(-1.0))));
    group("As another machine brings it", "The share of the test part whose answer stays the same.", figures)
}
