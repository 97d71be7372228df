//! The native command line `ecg-lens`: train, explain, evaluate.
//!
//! - `arguments`: what can be asked.
//! - `dataset`: labelled sets from a zip or a folder, prepared for the network.
//! - `train`: the commands themselves, one file each.

mod dataset;
mod train;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// ECG Lens on the command line: what the page does, for scripts, and what makes the network.
#[derive(Parser)]
#[command(name = "ecg-lens", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train the network on a labelled set.
    Train(train::TrainArguments),
}

/// A sentence for the person at the terminal.
type CommandError = Box<dyn std::error::Error>;

/// Runs what the command line asks; the process's exit code.
pub fn run() -> std::process::ExitCode {
    let result = match Arguments::parse().command {
        Command::Train(arguments) => train::run(&arguments),
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ecg-lens: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
#[allow(dead_code)]
type Paths = Vec<PathBuf>;
