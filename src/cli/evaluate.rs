//! `ecg-lens evaluate`

use std::{path::PathBuf, time::Instant};

use clap::Args;
use serde_json::{Map, Value, json};

use super::{
    CommandError, dataset,
    device::{DeviceChoice, WeightsArgument},
};
use crate::{
    evaluate::{Confusion, Detection, Prediction},
    explain::classify_readings,
    network::Class,
    signal::Reading,
};

#[derive(Args)]
pub struct EvaluateArguments {
    /// A zip or folder of recordings with a REFERENCE.csv
    data: PathBuf,
    /// Where to write record,label,predicted and the four probabilities
    #[arg(long, value_name = "FILE.csv")]
    predictions: Option<PathBuf>,
    /// Evaluate only the recordings of one part of a training run's split.csv: `DIR/split.csv:test`
    #[arg(long, value_name = "SPLIT.csv:PART")]
    part: Option<String>,
    #[arg(long, value_enum, default_value = "cpu")]
    device: DeviceChoice,
    #[command(flatten)]
    weights: WeightsArgument,
}

pub fn run(arguments: &EvaluateArguments) -> Result<(), CommandError> {
    let (device, network) = arguments.device.open_with_network(arguments.weights.weights.as_deref())?;
    let (mut recordings, left_out) = dataset::labelled_readings(&arguments.data)?;
    if let Some(part) = &arguments.part {
        let (path, part) = part.rsplit_once(':').ok_or("--part is FILE:PART, such as runs/split.csv:test")?;
        let split = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let members: std::collections::HashSet<&str> =
            split.lines().filter_map(|line| line.strip_suffix(part)?.strip_suffix(',')?.split(',').next()).collect();
        recordings.retain(|recording| members.contains(recording.name.as_str()));
    }
    let start = Instant::now();
    let readings: Vec<&Reading> = recordings.iter().map(|recording| &recording.reading).collect();
    let predictions: Vec<Prediction> = pollster::block_on(classify_readings(&network, &readings, &device))
        .into_iter()
        .zip(&recordings)
        .map(|(probabilities, recording)| Prediction {
            record: recording.name.clone(),
            truth: recording.class,
            probabilities,
        })
        .collect();
    let seconds = start.elapsed().as_secs_f64();
    left_out.iter().for_each(|problem| eprintln!("ecg-lens: left out: {problem}"));
    if let Some(path) = &arguments.predictions {
        write_predictions(path, &predictions)?;
    }
    let confusion = Confusion::of(&predictions);
    let f1: Map<String, Value> =
        Class::ALL.iter().map(|class| (class.code().to_owned(), json!(confusion.f1(*class)))).collect();
    let report = json!({
        "records": predictions.len(),
        "left_out": left_out,
        "classes": Class::ALL.map(Class::code),
        "confusion": confusion,
        "accuracy": confusion.accuracy(),
        "f1": f1,
        "mean_f1_nao": confusion.mean_f1_nao(),
        "n_vs_a": Detection::of(&predictions),
        "device": arguments.device.name(),
        "seconds": seconds,
    });
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

fn write_predictions(path: &PathBuf, predictions: &[Prediction]) -> Result<(), CommandError> {
    let mut writer = csv::Writer::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    writer.write_record(["record", "label", "predicted", "p_N", "p_A", "p_O", "p_~"])?;
    for prediction in predictions {
        let mut row =
            vec![prediction.record.clone(), prediction.truth.code().into(), prediction.predicted().code().into()];
        row.extend(prediction.probabilities.iter().map(|probability| format!("{probability:.6}")));
        writer.write_record(row)?;
    }
    writer.flush()?;
    Ok(())
}
