//! How a class is told from all others as the probability that is asked for it goes from 1 down to 0; and whether
//! recordings of which the network is so sure are right so often.

use serde::Serialize;

use super::{Prediction, area_under_roc};
use crate::network::Class;

/// Points of the curves of one class. Each list begins where nothing is called this class and ends where all is; equal
/// probabilities make one step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curves {
    /// Recordings that are of the class, and that are not.
    pub positives: usize,
    pub negatives: usize,
    /// (false-positive rate, true-positive rate); empty where there are no recordings of one kind.
    pub roc: Vec<(f64, f64)>,
    /// Area under it; NaN where there is none.
    pub auc: f64,
    /// (recall, precision), without the point of recall 0; empty where there are no positives.
    pub precision_recall: Vec<(f64, f64)>,
    /// Average precision: the sum of each step in recall times the precision there.
    pub average_precision: f64,
}

impl Curves {
    /// Of `class` against the three others.
    pub fn of(predictions: &[Prediction], class: Class) -> Self {
        let mut scored: Vec<(f64, bool)> = predictions
            .iter()
            .map(|prediction| (f64::from(prediction.probabilities[class.index()]), prediction.truth == class))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let positives = scored.iter().filter(|(_, positive)| *positive).count();
        let negatives = scored.len() - positives;
        let (mut hits, mut false_alarms) = (0usize, 0usize);
        let mut steps = Vec::new();
        for same in scored.chunk_by(|a, b| a.0 == b.0) {
            let found = same.iter().filter(|(_, positive)| *positive).count();
            hits += found;
            false_alarms += same.len() - found;
            steps.push((hits, false_alarms));
        }
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        let precision_recall: Vec<(f64, f64)> = match positives {
            0 => Vec::new(),
            _ => steps.iter().map(|&(hits, alarms)| (share(hits, positives), share(hits, hits + alarms))).collect(),
        };
        let mut before = 0.0;
        let average_precision = precision_recall
            .iter()
            .map(|&(recall, precision)| (recall - std::mem::replace(&mut before, recall)) * precision)
            .sum();
        let roc = match positives * negatives {
            0 => Vec::new(),
            _ => std::iter::once((0, 0))
                .chain(steps)
                .map(|(hits, alarms)| (share(alarms, negatives), share(hits, positives)))
                .collect(),
        };
        let average_precision = if positives == 0 { f64::NAN } else { average_precision };
        Self { positives, negatives, roc, auc: area_under_roc(&scored), precision_recall, average_precision }
    }
}

/// Recordings of which the network is about equally sure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ReliabilityBin {
    pub recordings: usize,
    /// The mean probability of the answer.
    pub sure: f64,
    /// The share of answers that are right.
    pub right: f64,
}

/// The reliability diagram (Niculescu-Mizil and Caruana 2005): the answers in ten bins by their probability, 0 to 0.1 and
/// so on, each with its right edge; a bin without recordings is all zeros.
pub fn reliability(predictions: &[Prediction]) -> [ReliabilityBin; 10] {
    let mut bins = [ReliabilityBin::default(); 10];
    for prediction in predictions {
        let sure = f64::from(prediction.probabilities[prediction.predicted().index()]);
        // What is no number goes into the first bin.
        let bin = &mut bins[((sure * 10.0).ceil() as usize).saturating_sub(1).min(9)];
        bin.recordings += 1;
        bin.sure += sure;
        bin.right += f64::from(prediction.predicted() == prediction.truth);
    }
    for bin in bins.iter_mut().filter(|bin| bin.recordings > 0) {
        bin.sure /= bin.recordings as f64;
        bin.right /= bin.recordings as f64;
    }
    bins
}

#[cfg(test)]
#[path = "curves_tests.rs"]
mod tests;
