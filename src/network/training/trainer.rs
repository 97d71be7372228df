//! The training loop.

use std::{
    collections::HashMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use burn::{
    module::Module,
    optim::{AdamWConfig, GradientsParams, grad_clipping::GradientClippingConfig},
    tensor::{Device, Tensor, TensorData, activation::log_softmax},
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    average::WeightAverage,
    batches::{assemble, plan_epoch},
    data::{LabelledRecording, Part},
};
use crate::{
    evaluate::{Confusion, Detection, Prediction},
    network::{Class, Network},
};

/// Everything that decides a run; written beside its weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingConfig {
    pub seed: u64,
    pub epochs: usize,
    pub batch_size: usize,
    /// The highest learning rate of the one-cycle schedule (Smith & Topin 2019).
    pub learning_rate: f64,
    pub weight_decay: f32,
    /// Weight of each class in the loss, in the order of [`Class::ALL`]: the rarer the dearer.
    pub class_weights: [f32; 4],
    pub label_smoothing: f32,
    /// Decay of the weights' moving average, a step.
    pub average_decay: f32,
}

impl Default for TrainingConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 30,
            batch_size: 64,
            learning_rate: 4e-3,
            weight_decay: 1e-2,
            class_weights: [1.0, 2.0, 1.2, 2.5],
            label_smoothing: 0.05,
            average_decay: 0.995,
        }
    }
}

impl TrainingConfig {
    /// Learning rate at `progress` (0…1) through the run: a linear rise over the first eighth, then half a cosine down.
    fn learning_rate_at(&self, progress: f64) -> f64 {
        const RISE: f64 = 0.125;
        if progress < RISE {
            return self.learning_rate * (0.04 + 0.96 * progress / RISE);
        }
        let fall = (progress - RISE) / (1.0 - RISE);
        self.learning_rate * (0.5 * (1.0 + (std::f64::consts::PI * fall).cos())).max(1e-3)
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
    #[error("the loss is no longer a number (epoch {0}); a lower --learning-rate may help")]
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
    pub validation_mean_f1_nao: f64,
    pub validation_f1_af: f64,
    pub validation_n_vs_a_auc: f64,
    pub best: bool,
}

#[derive(Serialize, Deserialize)]
struct State {
    config: TrainingConfig,
    next_epoch: usize,
    steps: usize,
    best: f64,
}

/// Trains on the recordings whose part is `Train`, chooses the epoch by those in `Validation`, and leaves in `out`:
/// `network.safetensors` (the best epoch's averaged weights), `log.jsonl`, and a checkpoint to go on from.
///
/// Runs on burn's CPU device; a run with the same recordings and config repeats to within floating-point order.
pub fn train(
    recordings: &[LabelledRecording],
    parts: &[Part],
    config: &TrainingConfig,
    out: &Path,
    mut tell: impl FnMut(Progress),
) -> Result<(), TrainError> {
    let device = Device::flex();
    let training_device = device.clone().autodiff();
    device.seed(config.seed);
    let candidates: Vec<usize> = (0..recordings.len()).filter(|&i| parts[i] == Part::Train).collect();
    let validation: Vec<&LabelledRecording> =
        recordings.iter().zip(parts).filter(|(_, part)| **part == Part::Validation).map(|(r, _)| r).collect();
    fs::create_dir_all(out).map_err(|source| TrainError::File { path: out.to_owned(), source })?;

    let checkpoint = Checkpoint { folder: out };
    let mut network = Network::new(&training_device);
    let mut optimizer = AdamWConfig::new()
        .with_weight_decay(config.weight_decay)
        .with_grad_clipping(Some(GradientClippingConfig::Norm(2.0)))
        .init();
    let mut average = WeightAverage::new(&network);
    let mut state = State { config: config.clone(), next_epoch: 0, steps: 0, best: 0.0 };
    if let Some(saved) = checkpoint.state()? {
        if saved.config != *config {
            return Err(TrainError::OtherSettings(out.to_owned()));
        }
        let unreadable = |path: PathBuf| {
            move |error: burn::store::RecordError| TrainError::Checkpoint { path, reason: error.to_string() }
        };
        network = network.try_load_file(checkpoint.network()).map_err(unreadable(checkpoint.network()))?;
        optimizer = optimizer.load(checkpoint.optimizer()).map_err(unreadable(checkpoint.optimizer()))?;
        let averaged =
            Network::new(&device).try_load_file(checkpoint.average()).map_err(unreadable(checkpoint.average()))?;
        average = WeightAverage::resume(&averaged, saved.steps);
        state = saved;
    }

    for epoch in state.next_epoch..config.epochs {
        // One generator an epoch: a resumed run draws what an uninterrupted one would.
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed.wrapping_mul(1_000_003) ^ epoch as u64);
        let plans = plan_epoch(recordings, &candidates, config.batch_size, &mut rng);
        let mut losses = 0.0;
        for (index, plan) in plans.iter().enumerate() {
            let count = plan.members.len();
            let windows = TensorData::new(assemble(recordings, plan, &mut rng), [count, 1, plan.window_len]);
            let classes: Vec<Class> = plan.members.iter().map(|&member| recordings[member].class).collect();
            let logits = network.forward(Tensor::from_data(windows, &training_device));
            let loss = cross_entropy(logits, &classes, config);
            let value: f32 = loss.clone().into_scalar();
            if !value.is_finite() {
                return Err(TrainError::Diverged(epoch));
            }
            let gradients = GradientsParams::from_grads(loss.backward(), &network);
            let progress = (epoch as f64 + index as f64 / plans.len() as f64) / config.epochs as f64;
            network = optimizer.step(config.learning_rate_at(progress), network, gradients);
            average.update(&network, config.average_decay);
            state.steps += 1;
            losses += value;
            tell(Progress::Batch { epoch, batch: index + 1, batches: plans.len(), loss: value });
        }

        let averaged = average.network(&device);
        // Through the file's half precision: what is chosen is what ships.
        let metadata = HashMap::from([("trained_epochs".to_owned(), (epoch + 1).to_string())]);
        let weights = averaged.to_safetensors(metadata);
        let shipped = Network::from_safetensors(&weights, &device).expect("weights just written");
        let predictions = predict(&shipped, &validation, &device);
        let confusion = Confusion::of(&predictions);
        let score = confusion.mean_f1_nao();
        let best = score > state.best;
        if best {
            state.best = score;
            checkpoint.write("network.safetensors", &weights)?;
        }
        state.next_epoch = epoch + 1;
        checkpoint.save(&network, &averaged, &optimizer, &state)?;
        let log = EpochLog {
            epoch: epoch + 1,
            loss: losses / plans.len() as f32,
            validation_mean_f1_nao: score,
            validation_f1_af: confusion.f1(Class::AtrialFibrillation),
            validation_n_vs_a_auc: Detection::of(&predictions).auc,
            best,
        };
        checkpoint.append_log(&log)?;
        tell(Progress::Epoch(log));
    }
    Ok(())
}

/// Class-weighted cross entropy with smoothed labels; `logits` is `[batch, 4]`.
fn cross_entropy(logits: Tensor<2>, classes: &[Class], config: &TrainingConfig) -> Tensor<1> {
    let total: f32 = classes.iter().map(|class| config.class_weights[class.index()]).sum();
    let targets: Vec<f32> = classes
        .iter()
        .flat_map(|class| {
            let weight = config.class_weights[class.index()] / total;
            let smoothed = config.label_smoothing / 4.0;
            Class::ALL
                .map(|other| weight * if other == *class { 1.0 - config.label_smoothing + smoothed } else { smoothed })
        })
        .collect();
    let targets = Tensor::<2>::from_data(TensorData::new(targets, [classes.len(), 4]), &logits.device());
    -(log_softmax(logits, 1) * targets).sum()
}

fn predict(network: &Network, recordings: &[&LabelledRecording], device: &Device) -> Vec<Prediction> {
    let leads: Vec<&[f32]> = recordings.iter().map(|recording| recording.prepared.samples.as_slice()).collect();
    crate::explain::classify_prepared(network, &leads, device)
        .into_iter()
        .zip(recordings)
        .map(|(probabilities, recording)| Prediction {
            record: recording.name.clone(),
            truth: recording.class,
            probabilities,
        })
        .collect()
}

/// The files a run can be resumed from.
struct Checkpoint<'a> {
    folder: &'a Path,
}

impl Checkpoint<'_> {
    fn network(&self) -> PathBuf {
        self.folder.join("checkpoint.network.bpk")
    }

    fn average(&self) -> PathBuf {
        self.folder.join("checkpoint.average.bpk")
    }

    fn optimizer(&self) -> PathBuf {
        self.folder.join("checkpoint.optimizer.bpk")
    }

    fn state(&self) -> Result<Option<State>, TrainError> {
        let path = self.folder.join("checkpoint.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|error| TrainError::Checkpoint { path, reason: error.to_string() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(TrainError::File { path, source }),
        }
    }

    /// The state goes last: an interrupted save leaves the older, complete one named.
    fn save(
        &self,
        network: &Network,
        average: &Network,
        optimizer: &burn::optim::ModuleOptimizer,
        state: &State,
    ) -> Result<(), TrainError> {
        let failed = |path: PathBuf| {
            move |error: burn::store::RecordError| TrainError::File {
                path,
                source: std::io::Error::other(error.to_string()),
            }
        };
        network.clone().save_file(self.network()).map_err(failed(self.network()))?;
        average.clone().save_file(self.average()).map_err(failed(self.average()))?;
        optimizer.save(self.optimizer()).map_err(failed(self.optimizer()))?;
        self.write("checkpoint.json", &serde_json::to_vec_pretty(state).expect("plain numbers"))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), TrainError> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).map_err(|source| TrainError::File { path, source })
    }

    fn append_log(&self, log: &EpochLog) -> Result<(), TrainError> {
        let path = self.folder.join("log.jsonl");
        let line = serde_json::to_string(log).expect("plain numbers");
        fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .and_then(|mut file| writeln!(file, "{line}"))
            .map_err(|source| TrainError::File { path, source })
    }
}
