//! Figures of a classifier over a labelled set.

use serde::Serialize;

use crate::network::Class;

/// One recording's true class and what the network said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    pub record: String,
    pub truth: Class,
    /// In the order of [`Class::ALL`].
    pub probabilities: [f32; 4],
}

impl Prediction {
    pub fn predicted(&self) -> Class {
        Class::of_highest(&self.probabilities)
    }

    /// −log of the probability given to the true class.
    pub fn negative_log_likelihood(&self) -> f64 {
        -f64::from(self.probabilities[self.truth.index()].max(1e-12)).ln()
    }
}

/// Counts: rows are true classes, columns predicted ones, both in the order of [`Class::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Confusion(pub [[usize; 4]; 4]);

impl Confusion {
    pub fn of(predictions: &[Prediction]) -> Self {
        let mut counts = [[0; 4]; 4];
        for prediction in predictions {
            counts[prediction.truth.index()][prediction.predicted().index()] += 1;
        }
        Self(counts)
    }

    /// F1 of a class, `2 · hits / (true + predicted)` as the challenge defines it; NaN where the class neither occurs
    /// nor is predicted.
    pub fn f1(&self, class: Class) -> f64 {
        let index = class.index();
        let truths: usize = self.0[index].iter().sum();
        let predicted: usize = self.0.iter().map(|row| row[index]).sum();
        2.0 * self.0[index][index] as f64 / (truths + predicted) as f64
    }

    /// Mean F1 of Normal, AF and Other: the figure of merit of PhysioNet/CinC Challenge 2017.
    pub fn mean_f1_nao(&self) -> f64 {
        (self.f1(Class::Normal) + self.f1(Class::AtrialFibrillation) + self.f1(Class::Other)) / 3.0
    }

    /// Share of recordings whose class was found.
    pub fn accuracy(&self) -> f64 {
        let total: usize = self.0.iter().flatten().sum();
        (0..4).map(|index| self.0[index][index]).sum::<usize>() as f64 / total as f64
    }
}

/// AF against Normal, among the recordings that are one or the other: AF is the positive class, and is said where its
/// probability is above Normal's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Detection {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// Area under the ROC curve of p(A) / (p(N) + p(A)).
    pub auc: f64,
}

impl Detection {
    pub fn of(predictions: &[Prediction]) -> Self {
        let (normal, af) = (Class::Normal.index(), Class::AtrialFibrillation.index());
        let scored: Vec<(f64, bool)> = predictions
            .iter()
            .filter(|prediction| prediction.truth.index() <= af)
            .map(|prediction| {
                let p = prediction.probabilities;
                let share = p[af] as f64 / (p[normal] as f64 + p[af] as f64);
                (if share.is_nan() { 0.5 } else { share }, prediction.truth == Class::AtrialFibrillation)
            })
            .collect();
        let said = scored.iter().filter(|(share, _)| *share > 0.5).count() as f64;
        let hits = scored.iter().filter(|(share, is_af)| *share > 0.5 && *is_af).count() as f64;
        let truths = scored.iter().filter(|(_, is_af)| *is_af).count() as f64;
        Self {
            precision: hits / said,
            recall: hits / truths,
            f1: 2.0 * hits / (said + truths),
            auc: area_under_roc(&scored),
        }
    }
}

/// Area under the ROC curve of `(score, is positive)` pairs: the share of positive–negative pairs in which the positive
/// scores higher, ties counting half (Mann–Whitney). NaN where one side is empty.
pub fn area_under_roc(scored: &[(f64, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = sorted.iter().filter(|(_, positive)| *positive).count() as f64;
    let negatives = sorted.len() as f64 - positives;
    let mut rank_sum = 0.0;
    let mut start = 0;
    while start < sorted.len() {
        let end = start + sorted[start..].iter().take_while(|pair| pair.0 == sorted[start].0).count();
        let mean_rank = (start + 1 + end) as f64 / 2.0;
        rank_sum += mean_rank * sorted[start..end].iter().filter(|(_, positive)| *positive).count() as f64;
        start = end;
    }
    (rank_sum - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(truth: Class, probabilities: [f32; 4]) -> Prediction {
        Prediction { record: String::new(), truth, probabilities }
    }

    /// Worked by hand: N: 2 of 3 found, one called A. A: 1 of 2 found, one called O. O: 1 of 1. ~: none.
    #[test]
    fn figures_match_a_hand_count() {
        use Class::*;
        let predictions = [
            prediction(Normal, [0.9, 0.1, 0.0, 0.0]),
            prediction(Normal, [0.8, 0.1, 0.1, 0.0]),
            prediction(Normal, [0.2, 0.7, 0.1, 0.0]),
            prediction(AtrialFibrillation, [0.1, 0.9, 0.0, 0.0]),
            prediction(AtrialFibrillation, [0.3, 0.1, 0.6, 0.0]),
            prediction(Other, [0.1, 0.0, 0.9, 0.0]),
        ];
        let confusion = Confusion::of(&predictions);
        assert_eq!(confusion.0, [[2, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]]);
        assert!((confusion.f1(Normal) - 0.8).abs() < 1e-12);
        assert!((confusion.f1(AtrialFibrillation) - 0.5).abs() < 1e-12);
        assert!((confusion.f1(Other) - 2.0 / 3.0).abs() < 1e-12);
        assert!(confusion.f1(Noisy).is_nan());
        assert!((confusion.accuracy() - 4.0 / 6.0).abs() < 1e-12);
        let detection = Detection::of(&predictions);
        assert!((detection.precision - 0.5).abs() < 1e-12);
        assert!((detection.recall - 0.5).abs() < 1e-12);
        // Shares: N 0.1, 0.111, 0.778; A 0.9, 0.25. Of 6 pairs the positive is higher in 3 + 2.
        assert!((detection.auc - 5.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn ties_count_half() {
        assert_eq!(area_under_roc(&[(0.5, true), (0.5, false)]), 0.5);
        assert!(area_under_roc(&[(0.5, true)]).is_nan());
    }
}
