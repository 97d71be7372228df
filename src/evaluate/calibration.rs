//! Whether 90 % sure means right nine times in ten, and sets of classes that hold the truth that often.

use super::Prediction;
use crate::network::Class;

/// Expected calibration error of the answer's probability: over 15 bins of equal width, the mean distance between how
/// sure the network was and how often it was right, weighted by the bins' sizes (Guo et al. 2017).
pub fn expected_calibration_error(predictions: &[Prediction]) -> f64 {
    const BINS: usize = 15;
    let mut bins = [(0.0f64, 0.0f64); BINS];
    for prediction in predictions {
        let sure = f64::from(prediction.probabilities[prediction.predicted().index()]);
        let (sum, right) = &mut bins[((sure * BINS as f64) as usize).min(BINS - 1)];
        *sum += sure;
        *right += f64::from(prediction.predicted() == prediction.truth);
    }
    bins.iter().map(|(sum, right)| (sum - right).abs()).sum::<f64>() / predictions.len() as f64
}

/// The least probability that a class must have to be in a set which holds the truth with the probability `coverage`:
/// split conformal prediction (Vovk et al. 2005) with the score 1 − p(truth) (Sadinle et al. 2019, arXiv:1609.00451).
///
/// Holds for recordings like those of `calibration`, on average over all of them.
pub fn conformal_threshold(calibration: &[Prediction], coverage: f64) -> f32 {
    let mut of_truth: Vec<f32> = calibration.iter().map(|p| p.probabilities[p.truth.index()]).collect();
    of_truth.sort_by(|a, b| b.total_cmp(a));
    let rank = ((of_truth.len() + 1) as f64 * coverage).ceil() as usize;
    // With too few recordings only the set of all classes is sure enough.
    of_truth.get(rank.wrapping_sub(1)).copied().unwrap_or(0.0)
}

/// The share of recordings whose set holds the truth, and the mean number of classes in a set.
pub fn coverage(predictions: &[Prediction], threshold: f32) -> (f64, f64) {
    let sets: Vec<(bool, usize)> = predictions
        .iter()
        .map(|prediction| {
            let set = Class::set_above(&prediction.probabilities, threshold);
            (set.contains(&prediction.truth), set.len())
        })
        .collect();
    let count = sets.len() as f64;
    let hits = sets.iter().filter(|(hit, _)| *hit).count() as f64;
    (hits / count, sets.iter().map(|(_, size)| *size as f64).sum::<f64>() / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(truth: Class, probabilities: [f32; 4]) -> Prediction {
        Prediction { record: String::new(), truth, probabilities }
    }

    #[test]
    fn calibration_error_matches_a_hand_count() {
        use Class::*;
        let set = [
            prediction(Normal, [0.9, 0.1, 0.0, 0.0]),
            prediction(Other, [0.9, 0.1, 0.0, 0.0]),
            prediction(Other, [0.2, 0.2, 0.6, 0.0]),
        ];
        // Bin of 0.9: says 1.8, right 1. Bin of 0.6: says 0.6, right 1.
        assert!((expected_calibration_error(&set) - (0.8 + 0.4) / 3.0).abs() < 1e-6);
    }

    #[test]
    fn thresholds_leave_out_as_many_as_they_may() {
        let set: Vec<Prediction> =
            (1..=99).map(|i| prediction(Class::Normal, [i as f32 / 100.0, 0.0, 0.0, 0.0])).collect();
        // 90 of 100 (99 and the one to come): the 90th highest.
        assert!((conformal_threshold(&set, 0.9) - 0.10).abs() < 1e-6);
        assert_eq!(conformal_threshold(&set[..5], 0.9), 0.0);
        let (share, size) = coverage(&set, 0.5);
        assert!((share - 1.0).abs() < 1e-9 && (size - 1.0).abs() < 1e-9);
    }
}
