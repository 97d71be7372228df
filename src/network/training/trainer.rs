//! The training loop.

use std::{
    collections::HashMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    adversary::Adversary,
    augment::own_windows,
    average::WeightAverage,
    batches::{Drawn, assemble, normals_among, plan_epoch},
    checkpoint::{Checkpoint, Chosen, State},
    data::{LabelledRecording, Part},
    irregular::Irregular,
    model::{Architecture, Mode, Model},
    objective::{Batch, Moments, answers, with_pool},
    optimizer::AdamW,
};
use crate::{
    evaluate::{Confusion, Detection, Prediction},
    network::{Class, WeightsError, softmax},
};

/// The averaged weights of the epoch that was chosen on validation, not calibrated yet.
pub const BEST: &str = "best.safetensors";

/// Everything that decides a run; written beside its weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainingConfig {
    pub architecture: Architecture,
    pub seed: u64,
    pub epochs: usize,
    pub batch_size: usize,
    /// The highest learning rate of the one-cycle schedule (Smith & Topin 2019).
    pub learning_rate: f32,
    pub weight_decay: f32,
    /// Weight of each class in the loss, in the order of [`Class::ALL`]: the rarer the dearer.
    pub class_weights: [f32; 4],
    pub label_smoothing: f32,
    /// Decay of the weights' moving average, a step.
    pub average_decay: f32,
    /// Trains on windows that an adversary has changed.
    pub adversary: Option<Adversary>,
    /// The share of windows that stay clean beside it.
    pub clean_share: f32,
    /// Signals that are no ECG, as a share of the recordings, labelled as noise.
    pub not_an_ecg: f32,
    /// The share of windows into which premature beats are put, or from which some are dropped.
    pub ectopy: f32,
    /// How likely Normal recordings so changed are still to be called Normal, beside Other.
    pub ectopy_normal: f32,
    /// The share of windows, of those not AF, whose rate is made to rise and fall as with breathing.
    pub sinus_arrhythmia: f32,
    /// What Normal has of the answer wanted for Other: other rhythms are mostly sinus rhythm with something besides.
    pub other_normal: f32,
    /// How much it counts, for windows of each class (beside `class_weights`), that AF is more likely than Normal where it
    /// is AF and less likely where it is not. A reader who asks only whether this is AF compares these two, of Other
    /// rhythms too, where the cross-entropy hardly cares which of them comes next.
    pub af_or_not: [f32; 4],
    /// The share of windows that are made to look like another lead.
    pub other_lead: f32,
    /// The share of AF windows in which AF starts or stops part-way.
    pub onsets: f32,
    /// In these, how much it counts that every moment's own logits know its rhythm, beside what the whole window's say.
    pub local: f32,
    /// Of a teacher: `[k, n]` keeps every n-th recording from it, from the k-th on. Of these it then is the one to teach:
    /// what a network says of recordings that it learned by heart are their labels again, wrong ones too.
    pub left_out: Option<[usize; 2]>,
    /// Networks that are trained first, and whose answers this one learns beside the labels (Hinton et al. 2015,
    /// arXiv:1503.02531): together they know more than any one of them, and more than a label tells.
    pub teachers: Vec<TrainingConfig>,
    /// The teachers' share of what is wanted; the labels have the rest.
    pub teaching: f32,
}

impl Default for TrainingConfig {
    fn default() -> Self {
        Self {
            architecture: Architecture::default(),
            seed: 1,
            epochs: 30,
            batch_size: 64,
            learning_rate: 4e-3,
            weight_decay: 1e-2,
            class_weights: [1.0, 2.0, 1.2, 2.5],
            label_smoothing: 0.05,
            average_decay: 0.995,
            adversary: None,
            clean_share: 0.5,
            not_an_ecg: 0.06,
            ectopy: 0.0,
            ectopy_normal: 0.2,
            sinus_arrhythmia: 0.0,
            other_normal: 0.0,
            af_or_not: [0.0; 4],
            other_lead: 0.0,
            onsets: 0.15,
            local: 0.0,
            left_out: None,
            teachers: vec![],
            teaching: 0.6,
        }
    }
}

impl TrainingConfig {
    /// The settings of the network that ships.
    pub fn shipped() -> Self {
        serde_json::from_str(include_str!("shipped.json")).expect("checked by a test")
    }

    /// In a sentence or two, for the model card.
    fn in_words(&self) -> String {
        let mut words = format!(
            "{} epochs of AdamW, batches of {}, learning rate up to {} (one cycle), weight decay {}, label smoothing {}, \
             class weights {:?} (N, A, O, noisy), weights averaged (decay {}). Windows of up to 30 s from a random place, \
             stretched in time, inverted, filtered, with baseline wander and muscle noise. {} % signals that are no ECG, \
             labelled noisy; {} % of AF windows joined with a Normal stretch.",
            self.epochs,
            self.batch_size,
            self.learning_rate,
            self.weight_decay,
            self.label_smoothing,
            self.class_weights,
            self.average_decay,
            (self.not_an_ecg * 100.0).round(),
            (self.onsets * 100.0).round(),
        );
        if self.ectopy > 0.0 {
            words += &format!(
                " {} % of windows with premature beats put in or beats dropped.",
                (self.ectopy * 100.0).round()
            );
        }
        if self.sinus_arrhythmia > 0.0 {
            words += &format!(" {} % with sinus arrhythmia put in.", (self.sinus_arrhythmia * 100.0).round());
        }
        if self.other_normal > 0.0 {
            words +=
                &format!(" Where Other is the answer, {} % of it are Normal's.", (self.other_normal * 100.0).round());
        }
        if self.other_lead > 0.0 {
            words += &format!(" {} % made to look like another lead.", (self.other_lead * 100.0).round());
        }
        if self.af_or_not != [0.0; 4] {
            words += " AF is taught to be less likely than Normal wherever it is not AF.";
        }
        if self.local > 0.0 {
            words += " In joined windows every moment learns its own rhythm too.";
        }
        if let Some(adversary) = &self.adversary {
            words += &format!(
                " Adversarial: {} % of windows changed by {} step(s) of projected gradient descent from a random start, \
                 up to {} \u{b5}V.",
                ((1.0 - self.clean_share) * 100.0).round(),
                adversary.steps,
                (adversary.millivolts * 1000.0).round(),
            );
        }
        if !self.teachers.is_empty() {
            let cross_fitted = self.teachers.iter().filter(|teacher| teacher.left_out.is_some()).count();
            let (count, which) = match cross_fitted {
                0 => (self.teachers.len(), ""),
                _ => (cross_fitted, ", each asked about recordings that were kept from it"),
            };
            words += &format!(
                " {} % of what it learns are the answers of {count} networks trained before it{which}.",
                (self.teaching * 100.0).round(),
            );
        }
        words
    }

    /// Learning rate at `progress` (0…1) through the run: a linear rise over the first eighth, then half a cosine down.
    fn learning_rate_at(&self, progress: f32) -> f32 {
        const RISE: f32 = 0.125;
        if progress < RISE {
            return self.learning_rate * (0.04 + 0.96 * progress / RISE);
        }
        let fall = (progress - RISE) / (1.0 - RISE);
        self.learning_rate * (0.5 * (1.0 + (std::f32::consts::PI * fall).cos())).max(1e-3)
    }
}

/// Why a run could not go on.
#[derive(Debug, Error)]
pub enum TrainError {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{path} cannot be read back; remove it to begin anew: {reason}")]
    Checkpoint { path: PathBuf, reason: String },
    #[error("the checkpoint in {0} is of a run with other settings; give another --out, or the same settings")]
    OtherSettings(PathBuf),
    #[error("the loss is no longer a number (epoch {0}); a lower learning rate may help")]
    Diverged(usize),
}

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
    use crate::network::training::augment::Window;

    #[test]
    fn the_shipped_settings_can_be_read_and_survive_being_written() {
        let shipped = TrainingConfig::shipped();
        let written = serde_json::to_string(&shipped).unwrap();
        assert_eq!(serde_json::from_str::<TrainingConfig>(&written).unwrap(), shipped);
        assert_eq!(shipped.architecture, Architecture::default());
    }

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
