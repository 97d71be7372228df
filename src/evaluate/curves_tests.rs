use super::*;
use crate::evaluate::sample_predictions;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// Against scikit-learn 1.9.1 on the same made-up set: `roc_curve(drop_intermediate=False)`, `roc_auc_score`,
/// `precision_recall_curve`, `average_precision_score`.
#[test]
fn curves_agree_with_scikit_learn() {
    let expected = [
        (33, 0.9674523007856342, 0.982154882154882, 55, (0.0, 0.30303030303030304), (0.36363636363636365, 1.0)),
        (5, 0.9218181818181818, 0.7559523809523809, 48, (0.10909090909090909, 0.8), (0.8, 0.36363636363636365)),
        (
            13,
            0.9509001636661212,
            0.8218141451441046,
            51,
            (0.06382978723404255, 0.6153846153846154),
            (0.6923076923076923, 0.75),
        ),
        (
            9,
            0.9281045751633987,
            0.8266632160110421,
            51,
            (0.058823529411764705, 0.7777777777777778),
            (0.7777777777777778, 0.5384615384615384),
        ),
    ];
    let predictions = sample_predictions();
    for (class, (positives, auc, average_precision, points, roc, precision_recall)) in
        Class::ALL.into_iter().zip(expected)
    {
        let curves = Curves::of(&predictions, class);
        assert_eq!((curves.positives, curves.negatives, curves.roc.len()), (positives, 60 - positives, points));
        assert_eq!(curves.precision_recall.len(), points - 1);
        assert!(near(curves.auc, auc) && near(curves.average_precision, average_precision), "{curves:?}");
        assert!(near(curves.roc[10].0, roc.0) && near(curves.roc[10].1, roc.1), "{:?}", curves.roc[10]);
        let point = curves.precision_recall[10];
        assert!(near(point.0, precision_recall.0) && near(point.1, precision_recall.1), "{point:?}");
        assert_eq!((curves.roc[0], curves.roc[points - 1]), ((0.0, 0.0), (1.0, 1.0)));
    }
}

/// Against scikit-learn 1.9.1's `calibration_curve(right, sure, n_bins=10)`, which leaves empty bins out.
#[test]
fn reliability_agrees_with_scikit_learn() {
    let bins = reliability(&sample_predictions());
    let right = [0.0, 0.5, 0.8846153846153846, 0.9230769230769231, 1.0, 1.0];
    let sure = [
        0.29032257199287415,
        0.35106139779090884,
        0.4452366049473102,
        0.5555424094200134,
        0.6311488548914591,
        0.7272727489471436,
    ];
    let filled: Vec<&ReliabilityBin> = bins.iter().filter(|bin| bin.recordings > 0).collect();
    assert_eq!(filled.len(), 6);
    for ((bin, right), sure) in filled.into_iter().zip(right).zip(sure) {
        assert!(near(bin.right, right) && near(bin.sure, sure), "{bin:?}");
    }
    assert_eq!(bins.iter().map(|bin| bin.recordings).sum::<usize>(), 60);
}

#[test]
fn a_class_that_does_not_occur_has_no_curve() {
    let predictions: Vec<Prediction> =
        sample_predictions().into_iter().filter(|prediction| prediction.truth != Class::Noisy).collect();
    let curves = Curves::of(&predictions, Class::Noisy);
    assert!(curves.roc.is_empty() && curves.precision_recall.is_empty());
    assert!(curves.auc.is_nan() && curves.average_precision.is_nan());
    let nothing = Curves::of(&[], Class::Normal);
    assert!(nothing.roc.is_empty() && nothing.auc.is_nan());
    assert_eq!(reliability(&[])[0].recordings, 0);
}
