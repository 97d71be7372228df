//! Everything that is said of a labelled set in numbers, with 95 % intervals in closed form: a page that computed them
//! by drawing from the set again and again would stand still meanwhile.

use serde::Serialize;

use super::intervals::{self, Estimate};
use super::{Confusion, Detection, Prediction};
use crate::network::Class;

/// The figures of one labelled set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub confusion: Confusion,
    /// In the order of [`Class::ALL`].
    pub classes: [ClassFigures; 4],
    /// Mean F1 of Normal, AF and Other, the figure of merit of PhysioNet/CinC Challenge 2017.
    pub mean_f1_nao: Estimate,
    /// Share of recordings whose class was found.
    pub accuracy: Estimate,
    pub n_vs_a: DetectionFigures,
}

/// How one class is told from the others. A share of nothing is NaN.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClassFigures {
    /// Of the recordings called so, the share that are.
    pub precision: Estimate,
    /// Of the recordings that are, the share called so.
    pub recall: Estimate,
    pub f1: Estimate,
}

/// AF against Normal: see [`Detection`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DetectionFigures {
    pub precision: Estimate,
    pub recall: Estimate,
    pub f1: Estimate,
    /// Area under the ROC curve.
    pub auc: f64,
}

impl Summary {
    pub fn of(predictions: &[Prediction]) -> Self {
        let confusion = Confusion::of(predictions);
        let Counts { hits, false_alarms, misses } = Counts::of_detection(predictions);
        let figures = ClassFigures::of(&Counts { hits, false_alarms, misses });
        Self {
            classes: Class::ALL.map(|class| ClassFigures::of(&Counts::of_class(&confusion, class))),
            mean_f1_nao: mean_f1_nao(&confusion),
            accuracy: {
                let hits = (0..4).map(|index| confusion.0[index][index]).sum();
                intervals::share(hits, predictions.len())
            },
            n_vs_a: DetectionFigures {
                precision: figures.precision,
                recall: figures.recall,
                f1: figures.f1,
                auc: Detection::of(predictions).auc,
            },
            confusion,
        }
    }
}

/// What a yes-or-no question comes to.
struct Counts {
    hits: usize,
    false_alarms: usize,
    misses: usize,
}

impl Counts {
    fn of_class(confusion: &Confusion, class: Class) -> Self {
        let index = class.index();
        let hits = confusion.0[index][index];
        let called: usize = confusion.0.iter().map(|row| row[index]).sum();
        Self { hits, false_alarms: called - hits, misses: confusion.0[index].iter().sum::<usize>() - hits }
    }

    /// Of AF among the recordings that are Normal or AF, said where it is more probable than Normal.
    fn of_detection(predictions: &[Prediction]) -> Self {
        let (normal, af) = (Class::Normal.index(), Class::AtrialFibrillation.index());
        let mut counts = Self { hits: 0, false_alarms: 0, misses: 0 };
        for prediction in predictions {
            let said = prediction.probabilities[af] > prediction.probabilities[normal];
            match (prediction.truth, said) {
                (Class::AtrialFibrillation, true) => counts.hits += 1,
                (Class::AtrialFibrillation, false) => counts.misses += 1,
                (Class::Normal, true) => counts.false_alarms += 1,
                _ => {}
            }
        }
        counts
    }
}

impl ClassFigures {
    fn of(&Counts { hits, false_alarms, misses }: &Counts) -> Self {
        Self {
            precision: intervals::share(hits, hits + false_alarms),
            recall: intervals::share(hits, hits + misses),
            f1: f1(hits, false_alarms + misses),
        }
    }
}

/// F1 with the interval of Lam, Gopal and Qian 2023 (arXiv:2309.14621, "Wilson indirect"): hits / (hits + errors) is a
/// share like any other and has Wilson's interval, and F1 = 2s / (1 + s) grows with that share s.
fn f1(hits: usize, errors: usize) -> Estimate {
    let share = intervals::share(hits, hits + errors);
    let of_share = |share: f64| 2.0 * share / (1.0 + share);
    Estimate { value: of_share(share.value), low: of_share(share.low), high: of_share(share.high), ..share }
}

/// The mean with the interval of the delta method (Takahashi et al. 2022, "Confidence interval for micro-averaged F1 and
/// macro-averaged F1 scores"): the sixteen counts are one multinomial draw, and the mean F1 is smooth in their shares.
/// NaN where one of the three classes neither occurs nor is said.
fn mean_f1_nao(confusion: &Confusion) -> Estimate {
    const Z: f64 = 1.959964;
    let total: usize = confusion.0.iter().flatten().sum();
    let count = total as f64;
    let gradient = |truth: usize, said: usize| -> f64 {
        let of_class = |class: usize| {
            let (is, called) = (f64::from(truth == class), f64::from(said == class));
            let occurs: usize = confusion.0[class].iter().sum();
            let is_said: usize = confusion.0.iter().map(|row| row[class]).sum();
            let weight = (occurs + is_said) as f64 / count;
            (2.0 * is * called - confusion.f1(Class::ALL[class]) * (is + called)) / weight
        };
        (0..3).map(of_class).sum::<f64>() / 3.0
    };
    let (mut mean, mut square) = (0.0, 0.0);
    for (truth, row) in confusion.0.iter().enumerate() {
        for (said, cell) in row.iter().enumerate().filter(|(_, cell)| **cell > 0) {
            let (share, slope) = (*cell as f64 / count, gradient(truth, said));
            mean += share * slope;
            square += share * slope * slope;
        }
    }
    let half = Z * ((square - mean * mean).max(0.0) / count).sqrt();
    let value = confusion.mean_f1_nao();
    Estimate { value, low: (value - half).max(0.0), high: (value + half).min(1.0), recordings: total }
}

#[cfg(test)]
#[path = "summary_tests.rs"]
mod tests;
