//! `ecg-lens card`: every figure of a trained network.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CommandError, dataset};
use crate::training::{LabelledRecording, Part, SPLIT_SEED, model_card, split};

#[derive(Args)]
pub struct CardArguments {
    /// The labelled set that the network was trained on
    data: PathBuf,
    /// Its weights file, calibrated
    #[arg(long)]
    weights: PathBuf,
    /// Weights of the same network trained without an adversary, to compare with
    #[arg(long, value_name = "FILE")]
    plain: Option<PathBuf>,
    /// Where to write the card
    #[arg(long, default_value = "public/model-card.json")]
    out: PathBuf,
}

pub fn run(arguments: &CardArguments) -> Result<(), CommandError> {
    let (recordings, _) = dataset::labelled(&arguments.data)?;
    let parts = split(&recordings, SPLIT_SEED);
    write(&recordings, &parts, &arguments.weights, arguments.plain.as_deref(), &arguments.out)
}

/// Measures and writes the card of a weights file.
pub fn write(
    recordings: &[LabelledRecording],
    parts: &[Part],
    weights: &Path,
    plain: Option<&Path>,
    out: &Path,
) -> Result<(), CommandError> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let weights = read(weights)?;
    let plain = plain.map(read).transpose()?;
    let card = model_card(recordings, parts, &weights, plain.as_deref())?;
    Ok(std::fs::write(out, serde_json::to_string_pretty(&card)? + "\n")?)
}
