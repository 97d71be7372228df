//! The last step: maps that lie where they should, probabilities that mean what they say, and sets of classes.

use std::collections::HashMap;

use super::{
    common_term,
    data::LabelledRecording,
    model::{Architecture, Model},
    objective::cross_entropy,
    optimizer::AdamW,
    trainer::{logits, predict},
};
use crate::{
    evaluate::conformal_threshold,
    network::{Class, SetThresholds, WeightsError, weights_file},
};

/// What calibrating found.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    /// What was added to the logits, in the order of [`Class::ALL`].
    pub shift: [f32; 4],
    /// What they were divided by then.
    pub temperature: f32,
    pub thresholds: SetThresholds,
}

/// Settles what the logits of a weights file's network have in common, by the recordings it was `trained` on; shifts and
/// divides them so that they fit the recordings `kept_back` best; and notes the thresholds of its sets in the file's
/// metadata. All is taken into the head, so that nobody who reads the file need know.
///
/// Shifts and temperature are those of the highest likelihood (bias-corrected temperature scaling: Alexandari et al. 2020,
/// arXiv:1901.06852). Shifts of the highest F1 were no better on recordings that they were not chosen by, and less likely.
pub fn calibrate(
    weights: &[u8],
    architecture: &Architecture,
    trained: &[&LabelledRecording],
    kept_back: &[&LabelledRecording],
) -> Result<(Vec<u8>, Calibration), WeightsError> {
    let mut model = Model::from_safetensors(weights, architecture)?;
    common_term::settle(&mut model, trained);
    let truths: Vec<Class> = kept_back.iter().map(|recording| recording.class).collect();
    let (shift, temperature) = shift_and_temperature(&logits(&model, kept_back), &truths);
    model.shift_logits(shift);
    model.divide_logits(temperature);
    // Through the file's half precision: the thresholds are of what ships.
    let model = Model::from_safetensors(&model.to_safetensors(HashMap::new()), architecture)?;
    let predictions = predict(&model, kept_back);
    let thresholds = SetThresholds {
        at_90: conformal_threshold(&predictions, 0.90),
        at_95: conformal_threshold(&predictions, 0.95),
    };
    let mut metadata = weights_file::metadata(weights);
    if let Some(training) = metadata.get_mut("training") {
        *training += " What its logits have in common, which no probability depends on, was chosen last, such that the maps \
                      of Normal and AF lie where each of them is.";
    }
    metadata.insert("temperature".to_owned(), temperature.to_string());
    metadata.insert("shift".to_owned(), shift.map(|value| value.to_string()).join(" "));
    thresholds.write_to(&mut metadata);
    Ok((model.to_safetensors(metadata), Calibration { shift, temperature, thresholds }))
}

/// The shift of each logit against Normal's, and by what they are divided then: convex in one over the temperature and the
/// shifts over it, hence found by descent.
fn shift_and_temperature(logits: &[[f32; 4]], truths: &[Class]) -> ([f32; 4], f32) {
    const STEPS: usize = 3000;
    const LEARNING_RATE: f32 = 0.02;
    let share = 1.0 / truths.len() as f32;
    let wanted: Vec<f32> =
        truths.iter().flat_map(|&truth| Class::ALL.map(|class| if class == truth { share } else { 0.0 })).collect();
    // The factor of all logits, then what is added to each.
    let mut parameters = [1.0f32, 0.0, 0.0, 0.0, 0.0];
    let mut optimizer = AdamW::new(parameters.len());
    for step in 0..STEPS {
        let [factor, added @ ..] = parameters;
        let changed: Vec<f32> = logits
            .iter()
            .flat_map(|logits| std::array::from_fn::<_, 4, _>(|class| factor * logits[class] + added[class]))
            .collect();
        let (_, of_changed) = cross_entropy(&changed, &wanted);
        let mut gradient = [0.0f32; 5];
        for (logits, of_changed) in logits.iter().zip(of_changed.as_chunks::<4>().0) {
            for class in 0..4 {
                gradient[0] += of_changed[class] * logits[class];
                gradient[1 + class] += of_changed[class];
            }
        }
        gradient[1 + Class::Normal.index()] = 0.0;
        let rate = LEARNING_RATE * (1.0 - step as f32 / STEPS as f32);
        optimizer.step(&mut parameters, &gradient, f32::INFINITY, rate, 0.0, &[]);
    }
    let [factor, shift @ ..] = parameters;
    (shift.map(|shift| shift / factor), 1.0 / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Probabilities that are right as they stand need neither: whoever is drawn as often as said.
    #[test]
    fn what_is_right_is_left_alone_and_what_was_shifted_is_shifted_back() {
        let (mut logits, mut truths) = (vec![], vec![]);
        for tenth in 1..10 {
            let p = tenth as f32 / 10.0;
            for count in 0..10 {
                let truth = if count < tenth { Class::Other } else { Class::Normal };
                logits.push([(1.0 - p).ln(), -30.0, p.ln(), -30.0]);
                truths.push(truth);
            }
        }
        // Some AF that nobody doubts: with none at all nothing would hold its shift.
        logits.extend([[-30.0, 0.0, -30.0, -30.0]; 10]);
        truths.extend([Class::AtrialFibrillation; 10]);
        let (shift, temperature) = shift_and_temperature(&logits, &truths);
        assert!((temperature - 1.0).abs() < 0.02 && shift[2].abs() < 0.02, "{shift:?} {temperature}");
        let lowered: Vec<[f32; 4]> = logits.iter().map(|l| [2.0 * l[0], l[1], 2.0 * (l[2] - 0.8), l[3]]).collect();
        let (shift, temperature) = shift_and_temperature(&lowered, &truths);
        assert!((temperature - 2.0).abs() < 0.04 && (shift[2] - 1.6).abs() < 0.04, "{shift:?} {temperature}");
    }
}
