//! `ecg-lens seal`

use std::path::PathBuf;

use clap::Args;

use super::CommandError;
use crate::engine::seal;

#[derive(Args)]
pub struct SealArguments {
    /// A weights file, from this program or from another framework; it is rewritten in place
    file: PathBuf,
}

pub fn run(arguments: &SealArguments) -> Result<(), CommandError> {
    let failed = |error: std::io::Error| format!("{}: {error}", arguments.file.display());
    let sealed = seal::seal(&std::fs::read(&arguments.file).map_err(failed)?)?;
    Ok(std::fs::write(&arguments.file, sealed).map_err(failed)?)
}
