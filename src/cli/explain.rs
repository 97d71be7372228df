//! `ecg-lens explain`

use std::{path::PathBuf, time::Instant};

use burn::tensor::Device;
use clap::Args;
use serde_json::{Value, json};

use super::{
    CommandError, dataset,
    device::{DeviceChoice, WeightsArgument},
};
use crate::{
    evaluate::{
        Overall,
        agreement::{Agreement, marked_rhythms},
        burden::{Burden, Verdict, is_strip, windows},
    },
    explain::{Question, Score, classify_leads, explain_lead},
    network::{Class, Layer, Network},
    record::Record,
    signal::NotRead,
    view::i18n::{English, Strip},
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

/// Windows that are classified at once.
const BATCH: usize = 32;

/// Prints one JSON object a line, of a recording of more than a minute with its `windows`, `episodes` and `headline`; recordings that cannot be read or explained go to stderr, and make the command fail
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
            let mut object = json!({
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
                "certain": explanation.is_certain(),
                "class": explanation.class.code(),
                "layer": explanation.layer.name(),
                "importance": explanation.importance.at_samples(lead.samples.len(), record.fs),
                "unusable": explanation.importance.unusable.iter().map(unusable).collect::<Vec<Value>>(),
                "map": explanation.importance.known().collect::<Vec<Option<f32>>>(),
                "map_fs": explanation.importance.grid.fs,
                "map_start": explanation.importance.grid.start,
                "device": arguments.device.name(),
                "ms": ms,
            });
            if is_strip(lead.samples.len() as u64, record.fs) {
                let found = strip(&network, &device, &record, &lead.samples);
                if let (Value::Object(object), Value::Object(found)) = (&mut object, found) {
                    object.extend(found);
                }
            }
            println!("{object}");
        }
    }
    if failed > 0 { Err(format!("{failed} could not be explained, see above").into()) } else { Ok(()) }
}

/// What is said of a recording of more than a minute: window by window, in episodes, and in a sentence. `label` and
/// `probabilities` of the object that this goes into are means over its windows.
fn strip(network: &Network, device: &Device, record: &Record, samples: &[f32]) -> Value {
    let fs = record.fs;
    let windows = windows(samples.len() as u64, fs);
    let of = |window: &std::ops::Range<u64>| (samples[window.start as usize..window.end as usize].to_vec(), fs);
    let answers: Vec<_> = windows
        .chunks(BATCH)
        .flat_map(|batch| {
            let leads: Vec<(Vec<f32>, f64)> = batch.iter().map(of).collect();
            pollster::block_on(classify_leads(network, device, &leads))
        })
        .collect();
    let verdict = |answer: &Result<[f32; 4], _>| match answer {
        Ok(probabilities) => Verdict::Called(Class::of_highest(probabilities)),
        Err(_) => Verdict::Unusable,
    };
    let verdicts: Vec<Verdict> = answers.iter().map(verdict).collect();
    let burden = Burden::of(&windows, &verdicts, fs);
    let seconds = |sample: u64| sample as f64 / fs;
    let window = |(window, answer): (&std::ops::Range<u64>, &Result<[f32; 4], crate::signal::Unusable>)| {
        let (start, end) = (seconds(window.start), seconds(window.end));
        match answer {
            Ok(p) => json!({
                "start": start,
                "end": end,
                "label": Class::of_highest(p).code(),
                "probabilities": { "N": p[0], "A": p[1], "O": p[2], "~": p[3] },
            }),
            // Not read, which is no class.
            Err(unusable) => json!({ "start": start, "end": end, "label": null, "not_read": unusable.to_string() }),
        }
    };
    let episode = |episode: &crate::evaluate::burden::Episode| {
        let (first, last) = (&windows[episode.windows.start], &windows[episode.windows.end - 1]);
        json!({ "start": seconds(first.start), "end": seconds(last.end), "duration": episode.seconds(&windows, fs) })
    };
    let overall = Overall::of(&burden, &windows, &verdicts, fs);
    let marked = marked_rhythms(&record.annotations, samples.len() as f64 / fs);
    let agreement = Agreement::of(&marked, &windows, &verdicts, fs).map(|it| {
        json!({
            "windows": it.windows(),
            "marked_af": it.marked(),
            "called_af": it.called(),
            "both": it.both,
            "sensitivity": it.sensitivity(),
            "positive_predictivity": it.predictivity(),
            "duration_sensitivity": it.duration_sensitivity(),
            "duration_positive_predictivity": it.duration_predictivity(),
            "text": English.agreement(&it),
        })
    });
    json!({
        "headline": English.headline(&overall, false),
        "af_seconds": burden.af,
        "analysed_seconds": burden.analysed,
        "burden": burden.share(),
        "windows": windows.iter().zip(&answers).map(window).collect::<Vec<Value>>(),
        "episodes": burden.episodes.iter().map(episode).collect::<Vec<Value>>(),
        "agreement": agreement,
    })
}

/// What was not read: from and to, in s, and why.
fn unusable(it: &NotRead) -> Value {
    json!([it.from, it.to, it.reason.name()])
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
