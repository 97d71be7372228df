//! The training loop.

use std::{collections::HashMap, fs, io::Write, path::Path};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    augment::own_windows,
    average::WeightAverage,
    batches::{Drawn, assemble, normals_among, plan_epoch},
    checkpoint::{Checkpoint, Chosen, State},
    config::{TrainError, TrainingConfig},
    data::{LabelledRecording, Part},
    irregular::Irregular,
    map::with_pool,
    model::{Mode, Model},
    objective::{Batch, Moments, answers},
    optimizer::AdamW,
};
use crate::{
    evaluate::{Confusion, Detection, Prediction},
    network::{Class, WeightsError, softmax},
};

/// The averaged weights of the epoch that was chosen on validation, not calibrated yet.
pub const BEST: &str = "best.safetensors";

/// What a run tells on its way.
pub enum Progress {
    Batch { epoch: usize, batch: usize, batches: usize, loss: f32 },
    Epoch(EpochLog),
}

/// One line of `log.jsonl`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EpochLog {
    pub epoch: usize,
    pub loss: f32,
    pub validation_loss: f64,
    pub validation_mean_f1_nao: f64,
    pub validation_f1_af: f64,
    pub validation_n_vs_a_auc: f64,
    pub best: bool,
    pub seconds: f64,
}

/// Trains on the recordings whose part is `Train`, chooses the epoch by those in `Validation`, and leaves in `out`:
/// [`BEST`] (the best epoch's averaged weights), `log.jsonl`, and a checkpoint to go on from. Teachers are
/// trained first, in folders within.
///
/// A run with the same recordings and config repeats to within floating-point order, on any number of cores.
pub fn train(
    recordings: &[LabelledRecording],
    parts: &[Part],
    config: &TrainingConfig,
    out: &Path,
    tell: &mut dyn FnMut(Progress),
) -> Result<(), TrainError> {
    let mut teachers = Vec::new();
    for (index, teacher) in config.teachers.iter().enumerate() {
        let folder = out.join(format!("teacher{}", index + 1));
        train(recordings, parts, teacher, &folder, tell)?;
        let path = folder.join(BEST);
        let bytes = fs::read(&path).map_err(|source| TrainError::File { path: path.clone(), source })?;
        let unreadable = |error: WeightsError| TrainError::Checkpoint { path, reason: error.to_string() };
        let model = Model::from_safetensors(&bytes, &teacher.architecture).map_err(unreadable)?;
        teachers.push(Teacher { model, left_out: teacher.left_out });
    }
    let candidates: Vec<usize> = (0..recordings.len())
        .filter(|&index| parts[index] == Part::Train && !is_left_out(config.left_out, index))
        .collect();
    let normals = normals_among(recordings, &candidates);
    let validation: Vec<&LabelledRecording> =
        recordings.iter().zip(parts).filter(|(_, part)| **part == Part::Validation).map(|(r, _)| r).collect();
    fs::create_dir_all(out).map_err(|source| TrainError::File { path: out.to_owned(), source })?;

    let checkpoint = Checkpoint { folder: out };
    let mut model = Model::new(&config.architecture, &mut ChaCha8Rng::seed_from_u64(config.seed));
    let mut optimizer = AdamW::new(model.parameters.len());
    let mut average = WeightAverage::new(&model.parameters);
    let mut state = State { config: config.clone(), next_epoch: 0, steps: 0, chosen: Chosen::default() };
    if let Some(saved) = checkpoint.state()? {
        if saved.config != *config {
            return Err(TrainError::OtherSettings(out.to_owned()));
        }
        state = saved;
        checkpoint.load(&state, &mut model, &mut optimizer, &mut average)?;
    }

    for epoch in state.next_epoch..config.epochs {
        let start = std::time::Instant::now();
        // One generator an epoch: a resumed run draws what an uninterrupted one would.
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed.wrapping_mul(1_000_003) ^ epoch as u64);
        let plans = plan_epoch(recordings, &candidates, config.batch_size, &mut rng);
        let mut losses = 0.0;
        for (index, plan) in plans.iter().enumerate() {
            let mut batch = batch_of(&assemble(recordings, plan, &normals, config, &mut rng), &teachers, config);
            if let Some(adversary) = &config.adversary {
                let strengths: Vec<f32> = (0..batch.len())
                    .map(|_| if rng.random::<f32>() < config.clean_share { 0.0 } else { 1.0 })
                    .collect();
                adversary.perturb(&model, &mut batch, |window| strengths[window], &mut rng);
            }
            let outcome = batch.outcome(&model);
            if !outcome.loss.is_finite() {
                return Err(TrainError::Diverged(epoch));
            }
            let progress = (epoch as f32 + index as f32 / plans.len() as f32) / config.epochs as f32;
            let rate = config.learning_rate_at(progress);
            optimizer.step(&mut model.parameters, &outcome.gradient, 2.0, rate, config.weight_decay, &model.decays);
            average.update(&model.parameters, config.average_decay);
            state.steps += 1;
            losses += outcome.loss;
            tell(Progress::Batch { epoch, batch: index + 1, batches: plans.len(), loss: outcome.loss });
        }

        let mut averaged = model.clone();
        averaged.parameters.copy_from_slice(average.values());
        measure_statistics(&mut averaged, recordings, &candidates, config);
        // Through the file's half precision: what is chosen is what ships.
        let metadata = HashMap::from([
            ("trained_epochs".to_owned(), (epoch + 1).to_string()),
            ("training".to_owned(), config.in_words()),
        ]);
        let weights = averaged.to_safetensors(metadata);
        let shipped = Model::from_safetensors(&weights, &config.architecture).expect("weights just written");
        let predictions = predict(&shipped, &validation);
        let confusion = Confusion::of(&predictions);
        let score = confusion.mean_f1_nao();
        let validation_loss =
            predictions.iter().map(Prediction::negative_log_likelihood).sum::<f64>() / predictions.len() as f64;
        let best = state.chosen.takes(score, validation_loss);
        if best {
            checkpoint.write(BEST, &weights)?;
        }
        state.next_epoch = epoch + 1;
        checkpoint.save(&state, &model, &optimizer, &average)?;
        let log = EpochLog {
            epoch: epoch + 1,
            loss: losses / plans.len() as f32,
            validation_loss,
            validation_mean_f1_nao: score,
            validation_f1_af: confusion.f1(Class::AtrialFibrillation),
            validation_n_vs_a_auc: Detection::of(&predictions).auc,
            best,
            seconds: start.elapsed().as_secs_f64(),
        };
        append_log(out, &log)?;
        tell(Progress::Epoch(log));
    }
    Ok(())
}

/// What a window's answer should be.
fn wanted(drawn: &Drawn, config: &TrainingConfig) -> [f32; 4] {
    use Class::{Normal, Other};
    let normal = match (drawn.class, drawn.irregular) {
        // What is right for the sinus node is Normal.
        (Normal, None | Some(Irregular::SinusArrhythmia)) => 1.0,
        // Sinus rhythm with premature beats is another rhythm in this set's sense; some call it Normal, nobody AF.
        (Normal, Some(_)) => config.ectopy_normal,
        (Other, _) => config.other_normal,
        _ => 0.0,
    };
    Class::ALL.map(|class| match class {
        Normal => normal,
        Other if matches!(drawn.class, Normal | Other) => 1.0 - normal,
        class => f32::from(drawn.class == class),
    })
}

/// A network to learn from.
struct Teacher {
    model: Model,
    left_out: Option<[usize; 2]>,
}

fn is_left_out(left_out: Option<[usize; 2]>, recording: usize) -> bool {
    left_out.is_some_and(|[first, every]| recording.checked_rem(every) == Some(first))
}

/// What the teachers say of windows, by these windows' places. About each are asked those that did not learn from its
/// recording, or all where there are none such.
fn taught(batch: &Batch, drawn: &[Drawn], teachers: &[Teacher]) -> Vec<(usize, [f32; 4])> {
    let mut sums = vec![([0.0f32; 4], 0.0f32); drawn.len()];
    for teacher in teachers {
        let asked = |drawn: &Drawn| {
            // What was made up or changed is labelled for certain: there is nothing to be taught.
            let untouched = drawn.irregular.is_none() && drawn.change.is_none();
            drawn.member.filter(|_| untouched).is_some_and(|recording| {
                is_left_out(teacher.left_out, recording)
                    || !teachers.iter().any(|teacher| is_left_out(teacher.left_out, recording))
            })
        };
        let places: Vec<usize> = (0..drawn.len()).filter(|&place| asked(&drawn[place])).collect();
        let logits = batch.part(&places).logits(&teacher.model);
        for (place, logits) in places.into_iter().zip(logits.as_chunks::<4>().0) {
            let (sum, count) = &mut sums[place];
            sum.iter_mut().zip(logits).for_each(|(sum, logit)| *sum += logit);
            *count += 1.0;
        }
    }
    let asked = sums.into_iter().enumerate().filter(|(_, (_, count))| *count > 0.0);
    asked.map(|(place, (sum, count))| (place, softmax(&sum.map(|logit| logit / count)))).collect()
}

fn batch_of(drawn: &[Drawn], teachers: &[Teacher], config: &TrainingConfig) -> Batch {
    let total: f32 = drawn.iter().map(|drawn| config.class_weights[drawn.class.index()]).sum();
    let smoothing = config.label_smoothing;
    let targets = drawn
        .iter()
        .flat_map(|drawn| {
            let weight = config.class_weights[drawn.class.index()] / total;
            wanted(drawn, config).map(|wanted| weight * ((1.0 - smoothing) * wanted + smoothing / 4.0))
        })
        .collect();
    let rather = drawn.iter().flat_map(|drawn| {
        let weight = config.af_or_not[drawn.class.index()] / total;
        if drawn.class == Class::AtrialFibrillation { [0.0, weight] } else { [weight, 0.0] }
    });
    let mut batch = Batch {
        rather: rather.collect(),
        length: drawn.first().map_or(0, |drawn| drawn.window.samples.len()),
        millivolts: drawn.iter().map(|drawn| drawn.window.millivolts).collect(),
        windows: drawn.iter().flat_map(|drawn| drawn.window.samples.iter().copied()).collect(),
        targets,
        changes: drawn
            .iter()
            .map(|drawn| {
                let weight = config.class_weights[drawn.class.index()] / total;
                Some(Moments { change: drawn.change?, rhythm: config.local * weight })
            })
            .collect(),
    };
    for (place, said) in taught(&batch, drawn, teachers) {
        for (target, said) in batch.targets[place * 4..][..4].iter_mut().zip(said) {
            // Classes were weighted when the teachers learned; what they say is not to be weighted again.
            *target = (1.0 - config.teaching) * *target + config.teaching * said / drawn.len() as f32;
        }
    }
    batch
}

/// Measures the statistics that the averaged weights meet (Izmailov et al. 2018, arXiv:1803.05407, section 3.2): those
/// that were followed in training belong to other weights.
fn measure_statistics(
    model: &mut Model,
    recordings: &[LabelledRecording],
    candidates: &[usize],
    config: &TrainingConfig,
) {
    let mut rng = ChaCha8Rng::seed_from_u64(config.seed ^ 0x5eed);
    let plans = plan_epoch(recordings, candidates, config.batch_size, &mut rng);
    let normals = normals_among(recordings, candidates);
    let batches: Vec<Batch> = plans
        .iter()
        .take(24)
        .map(|plan| batch_of(&assemble(recordings, plan, &normals, config, &mut rng), &[], config))
        .collect();
    let statistics: Vec<_> = batches
        .par_iter()
        .map(|batch| with_pool(|pool| model.forward(&batch.windows, batch.length, Mode::Own, pool).finish(pool)))
        .collect();
    model.set_statistics(&statistics);
}

/// Logits of each recording, the mean over its windows.
pub fn logits(model: &Model, recordings: &[&LabelledRecording]) -> Vec<[f32; 4]> {
    recordings
        .par_iter()
        .map(|recording| {
            let windows = own_windows(&recording.prepared.samples);
            let len = windows.first().map_or(0, |window| window.samples.len());
            let count = windows.len() as f32;
            let samples: Vec<f32> = windows.into_iter().flat_map(|window| window.samples).collect();
            let logits = answers(model, &samples, len);
            std::array::from_fn(|class| logits.iter().skip(class).step_by(4).sum::<f32>() / count)
        })
        .collect()
}

/// What the network says of each recording.
pub fn predict(model: &Model, recordings: &[&LabelledRecording]) -> Vec<Prediction> {
    logits(model, recordings)
        .iter()
        .zip(recordings)
        .map(|(logits, recording)| Prediction {
            record: recording.name.clone(),
            truth: recording.class,
            probabilities: softmax(logits),
        })
        .collect()
}

fn append_log(out: &Path, log: &EpochLog) -> Result<(), TrainError> {
    let path = out.join("log.jsonl");
    let line = serde_json::to_string(log).expect("plain numbers");
    fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| writeln!(file, "{line}"))
        .map_err(|source| TrainError::File { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{augment::Window, model::Architecture};

    #[test]
    fn who_did_not_learn_a_recording_teaches_it() {
        let architecture = Architecture { channels: vec![3], widths: vec![5], strides: vec![2], dilations: vec![] };
        let model = |seed| Model::new(&architecture, &mut ChaCha8Rng::seed_from_u64(seed));
        let teacher = |seed, left_out| Teacher { model: model(seed), left_out };
        let drawn: Vec<Drawn> = [Some(4), Some(7), None, Some(7)]
            .into_iter()
            .enumerate()
            .map(|(place, member)| {
                let samples: Vec<f32> = (0..64).map(|i| (i as f32 * (0.1 + 0.2 * place as f32)).sin()).collect();
                let irregular = (place == 3).then_some(Irregular::Ventricular);
                Drawn { member, window: Window::plain(&samples), class: Class::Normal, change: None, irregular }
            })
            .collect();
        let batch = batch_of(&drawn, &[], &TrainingConfig::default());
        let said = |seeds: &[u64], place: usize| {
            let logits: Vec<Vec<f32>> = seeds.iter().map(|&seed| batch.part(&[place]).logits(&model(seed))).collect();
            let sum: [f32; 4] = std::array::from_fn(|class| logits.iter().map(|logits| logits[class]).sum());
            softmax(&sum.map(|sum| sum / seeds.len() as f32))
        };
        let cross_fitted = [teacher(1, None), teacher(2, Some([0, 2])), teacher(3, Some([1, 2]))];
        assert_eq!(taught(&batch, &drawn, &cross_fitted), [(0, said(&[2], 0)), (1, said(&[3], 1))]);
        // Where all have learned it, all teach it.
        assert_eq!(taught(&batch, &drawn, &cross_fitted[..2]), [(0, said(&[2], 0)), (1, said(&[1, 2], 1))]);
    }

    #[test]
    fn what_is_wanted_is_a_share_of_each_class_and_irregular_is_not_af() {
        let config = TrainingConfig { ectopy_normal: 0.3, other_normal: 0.1, ..TrainingConfig::default() };
        let wanted = |class, irregular| {
            let drawn = Drawn { member: None, window: Window::plain(&[0.0; 8]), class, change: None, irregular };
            wanted(&drawn, &config)
        };
        use Irregular::{SinusArrhythmia, Ventricular};
        assert_eq!(wanted(Class::Normal, None), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(wanted(Class::Normal, Some(SinusArrhythmia)), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(wanted(Class::Normal, Some(Ventricular)), [0.3, 0.0, 0.7, 0.0]);
        assert_eq!(wanted(Class::Other, Some(SinusArrhythmia)), [0.1, 0.0, 0.9, 0.0]);
        assert_eq!(wanted(Class::AtrialFibrillation, Some(Ventricular)), [0.0, 1.0, 0.0, 0.0]);
        assert_eq!(wanted(Class::Noisy, None), [0.0, 0.0, 0.0, 1.0]);
    }
}
