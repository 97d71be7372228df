//! `ecg-lens train`

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CommandError, card, dataset};
use crate::{
    engine::seal,
    training::{BEST, LabelledRecording, Part, Progress, SPLIT_SEED, TrainingConfig, calibrate, split, train},
};

#[derive(Args)]
pub struct TrainArguments {
    /// A zip or folder of recordings with a REFERENCE.csv, such as PhysioNet's training2017.zip.
    data: PathBuf,
    /// Where the weights, the log, the split, the model card and the checkpoints go; a run found there is resumed.
    #[arg(long)]
    out: PathBuf,
    /// Settings as JSON; what it does not name, and everything without it, is as for the network that ships
    #[arg(long, value_name = "FILE.json")]
    config: Option<PathBuf>,
    #[arg(long)]
    epochs: Option<usize>,
    #[arg(long)]
    seed: Option<u64>,
    #[arg(long)]
    learning_rate: Option<f32>,
}

impl TrainArguments {
    fn config(&self) -> Result<TrainingConfig, CommandError> {
        let mut config = match &self.config {
            Some(path) => {
                let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
                serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()))?
            }
            None => TrainingConfig::shipped(),
        };
        config.epochs = self.epochs.unwrap_or(config.epochs);
        config.seed = self.seed.unwrap_or(config.seed);
        config.learning_rate = self.learning_rate.unwrap_or(config.learning_rate);
        Ok(config)
    }
}

pub fn run(arguments: &TrainArguments) -> Result<(), CommandError> {
    let config = arguments.config()?;
    let (recordings, left_out) = dataset::labelled(&arguments.data)?;
    left_out.iter().for_each(|problem| eprintln!("ecg-lens: left out: {problem}"));
    let parts = split(&recordings, SPLIT_SEED);
    let out = &arguments.out;
    std::fs::create_dir_all(out)?;
    let mut lines = String::from("record,label,part\n");
    for (recording, part) in recordings.iter().zip(&parts) {
        let part = serde_json::to_value(part)?;
        lines += &format!("{},{},{}\n", recording.name, recording.class.code(), part.as_str().unwrap_or_default());
    }
    std::fs::write(out.join("split.csv"), lines)?;
    std::fs::write(out.join("training.json"), serde_json::to_string_pretty(&config)? + "\n")?;

    let style = ProgressStyle::with_template("epoch {prefix} {bar:40} {pos}/{len} batches, {eta} left, loss {msg}")?;
    let bar = ProgressBar::new(0).with_style(style);
    train(&recordings, &parts, &config, out, &mut |progress| match progress {
        Progress::Batch { epoch, batch, batches, loss } => {
            if batch == 1 {
                bar.reset();
            }
            bar.set_length(batches as u64);
            bar.set_prefix(format!("{}", epoch + 1));
            bar.set_message(format!("{loss:.3}"));
            bar.set_position(batch as u64);
        }
        Progress::Epoch(log) => {
            bar.println(format!(
                "epoch {}: loss {:.3}, validation F1 {:.3} (AF {:.3}), N against A area under ROC {:.4}{}",
                log.epoch,
                log.loss,
                log.validation_mean_f1_nao,
                log.validation_f1_af,
                log.validation_n_vs_a_auc,
                if log.best { ", chosen so far" } else { "" },
            ));
        }
    })?;
    bar.finish_and_clear();
    finish(&recordings, &parts, &config, out)
}

/// Calibrates the best epoch's weights, stores in them what a page compares its devices with, and writes their card.
fn finish(
    recordings: &[LabelledRecording],
    parts: &[Part],
    config: &TrainingConfig,
    out: &Path,
) -> Result<(), CommandError> {
    // The validation part chose the epoch and nothing else; with it the few rare recordings are three times as many.
    let of = |wanted: &[Part]| -> Vec<&LabelledRecording> {
        recordings.iter().zip(parts).filter(|(_, part)| wanted.contains(part)).map(|(recording, _)| recording).collect()
    };
    let (trained, kept_back) = (of(&[Part::Train]), of(&[Part::Calibration, Part::Validation]));
    let best = std::fs::read(out.join(BEST))?;
    let (weights, found) = calibrate(&best, &config.architecture, &trained, &kept_back)?;
    eprintln!(
        "logits shifted by {:?}, temperature {:.3}; a class is in the 90 % set from a probability of {:.3}, in the 95 % set from {:.3}",
        found.shift, found.temperature, found.thresholds.at_90, found.thresholds.at_95
    );
    let path = out.join("network.safetensors");
    std::fs::write(&path, &weights)?;
    if config.architecture != Default::default() {
        eprintln!("the page's network has another architecture: no self-test is stored and no card written");
        return Ok(());
    }
    std::fs::write(&path, seal::seal(&weights)?)?;
    // To compare with: a teacher that no adversary hardened.
    let plain = config
        .teachers
        .iter()
        .rposition(|teacher| {
            teacher.adversary.is_none() && teacher.left_out.is_none() && teacher.architecture == config.architecture
        })
        .map(|index| out.join(format!("teacher{}", index + 1)).join(BEST));
    card::write(recordings, parts, &path, plain.as_deref(), &out.join("model-card.json"))
}
