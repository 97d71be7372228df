//! `ecg-lens export-onnx`

use std::path::PathBuf;

use burn::tensor::Device;
use clap::Args;

use super::{
    CommandError,
    device::{WeightsArgument, weights_of},
};
use crate::network::{Network, onnx};

#[derive(Args)]
pub struct ExportArguments {
    /// The ONNX file to write
    out: PathBuf,
    #[command(flatten)]
    weights: WeightsArgument,
}

pub fn run(arguments: &ExportArguments) -> Result<(), CommandError> {
    let bytes = weights_of(arguments.weights.weights.as_deref())?;
    let network = Network::from_safetensors(&bytes, &Device::flex())?;
    std::fs::write(&arguments.out, onnx::export(network))
        .map_err(|error| format!("{}: {error}", arguments.out.display()).into())
}
