//! The native command line `ecg-lens`.
//!
//! - `dataset`: labelled sets from a zip or a folder, read and prepared for the network.
//! - `device`: the devices a command can run on.
//! - `train`, `card`, `explain`, `evaluate`, `export`, `seal`: the commands, one file each.

mod card;
mod dataset;
mod device;
mod evaluate;
mod explain;
mod export;
mod seal;
mod train;

use clap::{Parser, Subcommand};

/// ECG Lens on the command line: what the page does, for scripts, and what makes its network.
#[derive(Parser)]
#[command(name = "ecg-lens", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train the network on a labelled set
    Train(train::TrainArguments),
    /// Measure every figure of a trained network and write its model card
    Card(card::CardArguments),
    /// Classify recordings and explain the answers; one JSON object a line
    Explain(explain::ExplainArguments),
    /// Classify a labelled set and print the figures as JSON
    Evaluate(evaluate::EvaluateArguments),
    /// Write the network as an ONNX file
    ExportOnnx(export::ExportArguments),
    /// Store the network's answer to a known input in a weights file, for pages to compare their devices with
    Seal(seal::SealArguments),
}

/// A sentence for the person at the terminal.
type CommandError = Box<dyn std::error::Error>;

/// Runs what the command line asks, and gives the process's exit code.
pub fn run() -> std::process::ExitCode {
    let result = match Arguments::parse().command {
        Command::Train(arguments) => train::run(&arguments),
        Command::Card(arguments) => card::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::ExportOnnx(arguments) => export::run(&arguments),
        Command::Seal(arguments) => seal::run(&arguments),
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ecg-lens: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
