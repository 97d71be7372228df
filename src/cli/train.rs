//! `ecg-lens train`

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CommandError, dataset};
use crate::{
    engine::seal,
    network::training::{Progress, TrainingConfig, split, train},
};

#[derive(Args)]
pub struct TrainArguments {
    /// A zip or folder of recordings with a REFERENCE.csv, such as PhysioNet's training2017.zip.
    data: PathBuf,
    /// Where the weights, the log, the split and the checkpoints go; a run found there is resumed.
    #[arg(long)]
    out: PathBuf,
    #[arg(long, default_value_t = TrainingConfig::default().epochs)]
    epochs: usize,
    #[arg(long, default_value_t = TrainingConfig::default().seed)]
    seed: u64,
    #[arg(long, default_value_t = TrainingConfig::default().learning_rate)]
    learning_rate: f64,
}

pub fn run(arguments: &TrainArguments) -> Result<(), CommandError> {
    let config = TrainingConfig {
        seed: arguments.seed,
        epochs: arguments.epochs,
        learning_rate: arguments.learning_rate,
        ..TrainingConfig::default()
    };
    let (recordings, left_out) = dataset::labelled(&arguments.data)?;
    left_out.iter().for_each(|problem| eprintln!("ecg-lens: left out: {problem}"));
    // One split for every seed, so that runs can be compared.
    let parts = split(&recordings, 2017);
    std::fs::create_dir_all(&arguments.out)?;
    let mut lines = String::from("record,label,part\n");
    for (recording, part) in recordings.iter().zip(&parts) {
        let part = serde_json::to_value(part)?;
        lines += &format!("{},{},{}\n", recording.name, recording.class.code(), part.as_str().unwrap_or_default());
    }
    std::fs::write(arguments.out.join("split.csv"), lines)?;

    let style = ProgressStyle::with_template("epoch {prefix} {bar:40} {pos}/{len} batches, {eta} left, loss {msg}")?;
    let bar = ProgressBar::new(0).with_style(style);
    train(&recordings, &parts, &config, &arguments.out, |progress| match progress {
        Progress::Batch { epoch, batch, batches, loss } => {
            if batch == 1 {
                bar.reset();
            }
            bar.set_length(batches as u64);
            bar.set_prefix(format!("{}/{}", epoch + 1, config.epochs));
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
                if log.best { ", best so far" } else { "" },
            ));
        }
    })?;
    bar.finish_and_clear();
    // What a page compares its devices with.
    let weights = arguments.out.join("network.safetensors");
    Ok(std::fs::write(&weights, seal::seal(&std::fs::read(&weights)?)?)?)
}
