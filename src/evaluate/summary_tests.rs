use super::*;
use crate::evaluate::sample_predictions;

/// Against scikit-learn 1.9.1 on the same made-up set: `confusion_matrix`, `precision_score`, `recall_score`, `f1_score`.
#[test]
fn figures_agree_with_scikit_learn() {
    let summary = Summary::of(&sample_predictions());
    assert_eq!(summary.confusion.0, [[30, 1, 1, 1], [0, 3, 1, 1], [2, 1, 10, 0], [2, 0, 0, 7]]);
    let precision = [0.8823529411764706, 0.6, 0.8333333333333334, 0.7777777777777778];
    let recall = [0.9090909090909091, 0.6, 0.7692307692307693, 0.7777777777777778];
    let f1 = [0.8955223880597015, 0.6, 0.8, 0.7777777777777778];
    for (index, figures) in summary.classes.iter().enumerate() {
        assert!((figures.precision.value - precision[index]).abs() < 1e-12);
        assert!((figures.recall.value - recall[index]).abs() < 1e-12);
        assert!((figures.f1.value - f1[index]).abs() < 1e-12);
    }
    assert!((summary.mean_f1_nao.value - f1[..3].iter().sum::<f64>() / 3.0).abs() < 1e-12);
    assert!((summary.accuracy.value - 50.0 / 60.0).abs() < 1e-12);
    assert_eq!((summary.classes[0].precision.recordings, summary.classes[0].recall.recordings), (34, 33));
}

/// The closed forms against Efron's bootstrap of the records themselves, on a set large enough for both.
#[test]
fn intervals_agree_with_the_bootstrap() {
    let set: Vec<Prediction> = std::iter::repeat_with(sample_predictions).take(12).flatten().collect();
    let summary = Summary::of(&set);
    let mean = intervals::bootstrap(&set, |drawn| Confusion::of(drawn).mean_f1_nao());
    let af = intervals::bootstrap(&set, |drawn| Confusion::of(drawn).f1(Class::AtrialFibrillation));
    for (closed, drawn) in [(summary.mean_f1_nao, mean), (summary.classes[1].f1, af)] {
        assert!((closed.low - drawn.low).abs() < 0.012, "{closed:?} and {drawn:?}");
        assert!((closed.high - drawn.high).abs() < 0.012, "{closed:?} and {drawn:?}");
        assert!(closed.low < closed.value && closed.value < closed.high);
    }
}

#[test]
fn detection_agrees_with_the_figures_without_intervals() {
    let set = sample_predictions();
    let (with, without) = (Summary::of(&set).n_vs_a, Detection::of(&set));
    assert!((with.precision.value - without.precision).abs() < 1e-12);
    assert!((with.recall.value - without.recall).abs() < 1e-12);
    assert!((with.f1.value - without.f1).abs() < 1e-12);
    assert_eq!(with.auc, without.auc);
}

/// An empty set and a set of one class have figures or none, and no panic.
#[test]
fn what_cannot_be_said_is_not_a_number() {
    assert!(Summary::of(&[]).accuracy.value.is_nan());
    let normal: Vec<Prediction> =
        sample_predictions().into_iter().filter(|prediction| prediction.truth == Class::Normal).collect();
    let summary = Summary::of(&normal[..1]);
    assert!(summary.classes[1].f1.value.is_nan() && summary.mean_f1_nao.value.is_nan());
}
