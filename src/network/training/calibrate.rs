//! The last step: probabilities that mean what they say, and sets of classes.

use std::collections::HashMap;

use super::{
    data::LabelledRecording,
    model::{Architecture, Model},
    trainer::{logits, predict},
};
use crate::{
    evaluate::{Confusion, Prediction, conformal_threshold, expected_calibration_error, temperature},
    network::{Class, SetThresholds, WeightsError, softmax, weights_file},
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

/// The calibration error up to which a shift may go for the sake of F1.
const MOST_ERROR: f64 = 0.025;

/// Shifts and divides the logits of a weights file's network so that they fit `recordings` best, and notes the thresholds
/// of its sets in the file's metadata. Both are taken into the head, so that nobody who reads the file need know.
///
/// The shifts of AF and Other against the rest are those, of a grid, with the highest mean F1 of Normal, AF and Other
/// whose probabilities can still be trusted; the temperature is that of the highest likelihood.
pub fn calibrate(
    weights: &[u8],
    architecture: &Architecture,
    recordings: &[&LabelledRecording],
) -> Result<(Vec<u8>, Calibration), WeightsError> {
    let mut model = Model::from_safetensors(weights, architecture)?;
    let truths: Vec<Class> = recordings.iter().map(|recording| recording.class).collect();
    let (shift, temperature) = shift_and_temperature(&logits(&model, recordings), &truths);
    model.shift_logits(shift);
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
    metadata.insert("shift".to_owned(), shift.map(|value| value.to_string()).join(" "));
    thresholds.write_to(&mut metadata);
    Ok((model.to_safetensors(metadata), Calibration { shift, temperature, thresholds }))
}

fn shift_and_temperature(logits: &[[f32; 4]], truths: &[Class]) -> ([f32; 4], f32) {
    let tried = |shift: [f32; 4]| {
        let shifted: Vec<[f32; 4]> =
            logits.iter().map(|logits| std::array::from_fn(|class| logits[class] + shift[class])).collect();
        let temperature = temperature(&shifted, truths);
        let predictions: Vec<Prediction> = shifted
            .iter()
            .zip(truths)
            .map(|(logits, truth)| Prediction {
                record: String::new(),
                truth: *truth,
                probabilities: softmax(&logits.map(|logit| logit / temperature)),
            })
            .collect();
        let f1 = Confusion::of(&predictions).mean_f1_nao();
        (f1, expected_calibration_error(&predictions), shift, temperature)
    };
    let size = |shift: [f32; 4]| shift.iter().map(|value| value.abs()).sum::<f32>();
    let grid = (-5..=10).flat_map(|other| (-3..=3).map(move |af| [0.0, af as f32 / 10.0, other as f32 / 10.0, 0.0]));
    let best = grid
        .map(tried)
        .filter(|(f1, error, ..)| f1.is_finite() && *error <= MOST_ERROR)
        // Of equals the one that changes least.
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| size(b.2).total_cmp(&size(a.2))))
        .unwrap_or_else(|| tried([0.0; 4]));
    (best.2, best.3)
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
        // Some AF that nobody doubts, without which its F1 would be none.
        logits.extend([[-30.0, 0.0, -30.0, -30.0]; 10]);
        truths.extend([Class::AtrialFibrillation; 10]);
        let (_, temperature) = shift_and_temperature(&logits, &truths);
        assert!((temperature - 1.0).abs() < 0.15, "{temperature}");
        let lowered: Vec<[f32; 4]> = logits.iter().map(|l| [2.0 * l[0], l[1], 2.0 * (l[2] - 0.8), l[3]]).collect();
        let (shift, temperature) = shift_and_temperature(&lowered, &truths);
        let before = Confusion::of(&of(&lowered, &truths)).accuracy();
        let mended: Vec<[f32; 4]> =
            lowered.iter().map(|l| std::array::from_fn(|class| (l[class] + shift[class]) / temperature)).collect();
        let after = of(&mended, &truths);
        assert!(Confusion::of(&after).accuracy() >= before);
        assert!(shift[2] > 0.5, "{shift:?}");
        assert!(temperature > 1.3, "{temperature}");
    }

    fn of(logits: &[[f32; 4]], truths: &[Class]) -> Vec<Prediction> {
        let prediction = |(logits, truth): (&[f32; 4], &Class)| Prediction {
            record: String::new(),
            truth: *truth,
            probabilities: softmax(logits),
        };
        logits.iter().zip(truths).map(prediction).collect()
    }
}
