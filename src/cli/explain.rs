//! `ecg-lens explain`

use std::{path::PathBuf, time::Instant};

use clap::Args;
use serde_json::json;

use super::{
    CommandError, dataset,
    device::{DeviceChoice, WeightsArgument},
};
use crate::{
    explain::{Question, Score, explain_lead},
    network::{Class, Layer},
    record::Record,
};

#[derive(Args)]
pub struct ExplainArguments {
    /// Recordings, folders or archives of them
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Sampling rate in Hz, for files that do not tell theirs
    #[arg(long)]
    fs: Option<f64>,
    /// The lead to read, by name; without it lead I, or the first
    #[arg(long)]
    lead: Option<String>,
    /// The class to explain: N, A, O or ~; without it the one that the network answers
    #[arg(long, value_parser = |code: &str| Class::from_code(code).ok_or("one of N, A, O, ~"))]
    class: Option<Class>,
    /// The layer to look at: stem, stage1 … stage6
    #[arg(long, default_value = "stage6", value_parser = |name: &str| Layer::from_name(name).ok_or("one of stem, stage1 … stage6"))]
    layer: Layer,
    /// The score whose gradient is taken
    #[arg(long, default_value = "logit", value_parser = score)]
    score: Score,
    #[arg(long, value_enum, default_value = "cpu")]
    device: DeviceChoice,
    #[command(flatten)]
    weights: WeightsArgument,
}

fn score(name: &str) -> Result<Score, &'static str> {
    match name {
        "logit" => Ok(Score::Logit),
        "softmax" => Ok(Score::Softmax),
        _ => Err("one of logit, softmax"),
    }
}

/// Prints one JSON object a line; recordings that cannot be read or explained go to stderr, and make the command fail
/// in the end.
pub fn run(arguments: &ExplainArguments) -> Result<(), CommandError> {
    let (device, network) = arguments.device.open_with_network(arguments.weights.weights.as_deref())?;
    let question = Question { class: arguments.class, layer: arguments.layer, score: arguments.score };
    let mut failed = 0usize;
    let mut complain = |problem: String| {
        eprintln!("ecg-lens: {problem}");
        failed += 1;
    };
    for path in &arguments.files {
        let files = match dataset::files_at(path) {
            Ok(files) => files,
            Err(error) => {
                complain(error.to_string());
                continue;
            }
        };
        let (records, problems) = dataset::records(&files, arguments.fs);
        problems.into_iter().for_each(&mut complain);
        for record in records {
            let lead = match lead_of(&record, arguments.lead.as_deref()) {
                Ok(lead) => &record.leads[lead],
                Err(problem) => {
                    complain(problem);
                    continue;
                }
            };
            let start = Instant::now();
            let result = pollster::block_on(explain_lead(&network, &device, &lead.samples, record.fs, question));
            let ms = start.elapsed().as_secs_f64() * 1e3;
            let explanation = match result {
                Ok(explanation) => explanation,
                Err(unusable) => {
                    complain(format!("{} {unusable}", record.name));
                    continue;
                }
            };
            let p = explanation.probabilities;
            println!(
                "{}",
                json!({
                    "file": record.provenance.files.first().map_or(record.name.as_str(), String::as_str),
                    "record": record.name,
                    "lead": lead.name,
                    "fs": record.fs,
                    "n_samples": lead.samples.len(),
                    "probabilities": { "N": p[0], "A": p[1], "O": p[2], "~": p[3] },
                    "logits": explanation.logits,
                    "label": explanation.label.code(),
                    "set_90": explanation.sets.as_ref().map(|sets| codes(&sets.at_90)),
                    "set_95": explanation.sets.as_ref().map(|sets| codes(&sets.at_95)),
                    "class": explanation.class.code(),
                    "layer": explanation.layer.name(),
                    "importance": explanation.importance.at_samples(lead.samples.len(), record.fs),
                    "map": explanation.importance.values,
                    "map_fs": explanation.importance.grid.fs,
                    "map_start": explanation.importance.grid.start,
                    "device": arguments.device.name(),
                    "ms": ms,
                })
            );
        }
    }
    if failed > 0 { Err(format!("{failed} could not be explained, see above").into()) } else { Ok(()) }
}

fn codes(classes: &[Class]) -> Vec<&'static str> {
    classes.iter().map(|class| class.code()).collect()
}

fn lead_of(record: &Record, name: Option<&str>) -> Result<usize, String> {
    let Some(name) = name else { return Ok(record.preferred_lead()) };
    record.leads.iter().position(|lead| lead.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
        format!("{} has no lead {name}; it has {}", record.name, names.join(", "))
    })
}
