//! The last step: probabilities that mean what they say, and sets of classes.

use std::collections::HashMap;

use super::{
    data::LabelledRecording,
    model::{Architecture, Model},
    trainer::{logits, predict},
};
use crate::{
    evaluate::{conformal_threshold, temperature},
    network::{Class, SetThresholds, WeightsError, weights_file},
};

/// What calibrating found.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    /// What the logits were divided by.
    pub temperature: f32,
    pub thresholds: SetThresholds,
}

/// Divides the logits of a weights file's network by the temperature that fits `recordings` best (by dividing the head,
/// so that nobody who reads the file need know), and notes the thresholds of its sets in the file's metadata.
pub fn calibrate(
    weights: &[u8],
    architecture: &Architecture,
    recordings: &[&LabelledRecording],
) -> Result<(Vec<u8>, Calibration), WeightsError> {
    let mut model = Model::from_safetensors(weights, architecture)?;
    let truths: Vec<Class> = recordings.iter().map(|recording| recording.class).collect();
    let temperature = temperature(&logits(&model, recordings), &truths);
    model.divide_logits(temperature);
    // Through the file's half precision: the thresholds are of what ships.
    let model = Model::from_safetensors(&model.to_safetensors(HashMap::new()), architecture)?;
    let predictions = predict(&model, recordings);
    let thresholds = SetThresholds {
        at_90: conformal_threshold(&predictions, 0.90),
        at_95: conformal_threshold(&predictions, 0.95),
    };
    let mut metadata = weights_file::metadata(weights);
    metadata.insert("temperature".to_owned(), temperature.to_string());
    thresholds.write_to(&mut metadata);
    Ok((model.to_safetensors(metadata), Calibration { temperature, thresholds }))
}
