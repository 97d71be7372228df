//! Every word of the room in which a labelled set is looked at.

use super::percent;
use crate::evaluate::around_beats::Quartiles;
use crate::evaluate::intervals::Estimate;
use crate::network::Class;
use crate::view::geometry::decimal;

pub const DEMO_SET: &str = "Evaluate a synthetic set";
pub const DEMO_SET_WHY: &str = "Two hundred recordings made by a model of the ECG in this page, each labelled as what it \
    was made to be. They show how this works, not how good the network is.";
pub const ROOM: &str = "Evaluation";
pub const STOP: &str = "Stop";
pub const NOT_NOW: &str = "Not now";
pub const BACK: &str = "Back to the evaluation";
pub const PREVIOUS: &str = "Previous";
pub const NEXT: &str = "Next";
pub const NO_RATE: &str = "The file does not tell its sampling rate.";

pub const TOO_LONG: &str = "It is over an hour long; open it by itself to see its day.";

pub const MATRIX: &str = "Confusion matrix";
pub const MATRIX_HINT: &str =
    "Rows: the label. Columns: the network\u{2019}s answer. Choose a cell to see its recordings.";
pub const LABEL: &str = "Label";
pub const FIGURES: &str = "Figures";
pub const INTERVAL_HINT: &str = "In brackets: the 95\u{2009}% interval.";
pub const CLASS: &str = "Class";
pub const PRECISION: &str = "Precision";
pub const RECALL: &str = "Recall";
pub const F1: &str = "F1";
pub const MEAN_F1: &str = "Mean F1 of Normal, AF and Other";
pub const ACCURACY: &str = "Accuracy";
pub const N_AGAINST_A: &str = "AF against Normal";
pub const ANSWERS: &str = "Answers";

pub const ROC: &str = "ROC";
pub const ROC_X: &str = "False-positive rate";
pub const ROC_Y: &str = "True-positive rate";
pub const PR: &str = "Precision and recall";
pub const RELIABILITY: &str = "Reliability";
pub const RELIABILITY_X: &str = "Probability of the answer";
pub const RELIABILITY_Y: &str = "Share that is right";
pub const RELIABILITY_HINT: &str = "On the dashed line, the network is as sure as it is right.";

pub const GALLERY: &str = "Recordings";
pub const AF_FOUND: &str = "AF found";
pub const AF_MISSED: &str = "AF missed";
pub const AF_WRONGLY: &str = "Called AF wrongly";
pub const SORT: &str = "Sort by";
pub const BY_PROBABILITY: &str = "Probability";
pub const BY_DOUBT: &str = "Doubt";
pub const BY_NAME: &str = "Name";
pub const NONE_HERE: &str = "There is no such recording in this set.";

pub const FILES_ARE_GONE: &str =
    "Only the answers were kept from the last visit. Drop the same files again to see the recordings.";
pub const FORGET: &str = "Forget this evaluation";
pub const FORGET_WHY: &str =
    "Its answers are kept in this browser, so that they are here after a reload. The recordings are not kept.";

pub const AVERAGES: &str = "These recordings together";
pub const NOTHING_TO_AVERAGE: &str = "In none of these recordings were heartbeats found that could be averaged.";
pub const AROUND_BEATS: &str = "Importance around the R peak";
pub const AROUND_X: &str = "Seconds from the R peak";
pub const AROUND_Y: &str = "Importance";
pub const P_PLACE: &str = "P";
pub const QRS_PLACE: &str = "QRS";
pub const BY_CHANGE: &str = "Importance of beats, by how much the rhythm changes there";
pub const CHANGE_X: &str = "RR interval against the one before";
pub const CHANGE_HINT: &str = "1 is a recording\u{2019}s own mean. Where the bars rise to the right, the network looks at \
    beats that come out of time.";
pub const HEART_RATE: &str = "Heart rate";
pub const PER_MINUTE: &str = "/min";
pub const RR_VARIATION: &str = "RR irregularity (standard deviation over mean)";
pub const RMSSD: &str = "RMSSD";
pub const QUARTILES_HINT: &str = "Median of these recordings; in brackets, the middle half of them.";

pub const SAVE_SVG: &str = "Save this drawing (SVG)";
pub const SAVE_PNG: &str = "Save this picture (PNG, twice the pixels)";
pub const SAVE_PREDICTIONS: &str = "Predictions (CSV)";
pub const SAVE_FIGURES: &str = "Figures (JSON)";

/// 7404 as "7 404".
pub fn count(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// "7404 recordings with labels: 4434 Normal, 640 AF, …"
pub fn offer(counts: [usize; 4], without: usize) -> String {
    if counts == [0; 4] {
        return format!("{} recordings, none with a label.", count(without));
    }
    let parts: Vec<String> = Class::ALL
        .iter()
        .zip(counts)
        .filter(|(_, of_class)| *of_class > 0)
        .map(|(class, of_class)| format!("{} {}", count(of_class), class.short_name()))
        .collect();
    format!("{} recordings with labels: {}.", count(counts.iter().sum()), parts.join(", "))
}

pub fn classify_all(all: usize) -> String {
    format!("Classify all {}", count(all))
}

/// "1204 of 7404 · 163 a second · 38 s left"
pub fn run_progress(done: usize, all: usize, seconds: f64) -> String {
    let mut text = format!("{} of {}", count(done), count(all));
    let rate = done as f64 / seconds.max(0.001);
    if done >= 16 && seconds > 0.5 {
        let left = ((all - done) as f64 / rate).ceil();
        text.push_str(&format!(" \u{00b7} {} a second \u{00b7} {} left", decimal(rate, 0), super::seconds(left)));
    }
    text
}

/// "7404 recordings in 61 s", and whether it was stopped.
pub fn run_over(done: usize, all: usize, seconds: f64) -> String {
    let took = super::seconds(seconds);
    if done < all {
        format!("Stopped after {} of {} recordings ({took}). The figures are of these.", count(done), count(all))
    } else {
        format!("{} recordings in {took}.", count(done))
    }
}

pub fn could_not(count_of: usize) -> String {
    let them = if count_of == 1 { "recording" } else { "recordings" };
    format!("{} {them} could not be classified", count(count_of))
}

pub fn and_more(count_of: usize) -> String {
    format!("\u{2026} and {} more.", count(count_of))
}

/// A label that is none of the four classes.
pub fn strange_label(name: &str, label: &str) -> String {
    format!("{name} is labelled \u{201c}{label}\u{201d}, which is none of N, A, O and ~.")
}

/// A whole percentage; a dash where there is nothing to share.
pub fn share(share: f64) -> String {
    if share.is_finite() { decimal(share * 100.0, 0) + "\u{2009}%" } else { "\u{2013}".to_owned() }
}

/// "0.853".
pub fn figure(value: f64) -> String {
    decimal(value, 3)
}

/// "(0.832–0.871)"; nothing where there is no figure.
pub fn interval(estimate: &Estimate) -> String {
    if !estimate.value.is_finite() {
        return String::new();
    }
    format!("({}\u{2013}{})", figure(estimate.low), figure(estimate.high))
}

pub fn auc(value: f64) -> String {
    format!("area {}", decimal(value, 3))
}

pub fn average_precision(value: f64) -> String {
    format!("average precision {}", decimal(value, 3))
}

/// One bar of the reliability diagram.
pub fn reliability_bin(sure: f64, right: f64, recordings: usize) -> String {
    format!("{} sure, {} right, {} recordings", share(sure), share(right), count(recordings))
}

/// What the gallery shows.
pub fn cell_title(truth: Class, predicted: Class) -> String {
    format!("{}, called {}", truth.short_name(), predicted.short_name())
}

pub fn missed(class: Class) -> String {
    format!("{} missed", class.short_name())
}

pub fn wrongly(class: Class) -> String {
    format!("Called {} wrongly", class.short_name())
}

pub fn called(class: Class) -> String {
    format!("Called {}", class.short_name())
}

/// "labelled AF, called Other, 62.1 %".
pub fn verdict(truth: Option<Class>, predicted: Class, probability: f32) -> String {
    let answer = format!("called {}, {}", predicted.short_name(), percent(probability));
    truth.map_or(answer.clone(), |truth| format!("labelled {}, {answer}", truth.short_name()))
}

/// Under a trace: what its colour speaks for.
pub fn explained_for(class: Class) -> String {
    format!("Importance for {}", class.short_name())
}

/// "Why not AF?"
pub fn why_not(class: Class) -> String {
    format!("Why not {}?", class.short_name())
}

pub fn open_whole(name: &str) -> String {
    format!("Open {name} whole")
}

/// "3 of 41 · AF missed".
pub fn walk(at: usize, all: usize, title: &str) -> String {
    format!("{} of {} \u{00b7} {title}", count(at + 1), count(all))
}

/// A class in a table.
pub fn short(class: Class) -> &'static str {
    class.short_name()
}

/// A button: "Average these 41 recordings".
pub fn average_these(count_of: usize) -> String {
    match count_of <= 100 {
        true => format!("Take these {} together", count(count_of)),
        false => format!("Take 100 of these {} together", count(count_of)),
    }
}

pub fn averaging(done: usize, all: usize) -> String {
    format!("{} of {} explained", count(done), count(all))
}

/// "38 recordings together", and of how many.
pub fn averaged(recordings: usize, all: usize) -> String {
    match recordings < all {
        true => format!("{} of {} recordings together", count(recordings), count(all)),
        false => format!("{} recordings together", count(recordings)),
    }
}

/// Under the importance around the R peak.
pub fn around_hint(at_p: f64, at_qrs: f64) -> String {
    format!(
        "Area: importance; 1 is a recording\u{2019}s own mean. Line: the mean beat. Where a P wave would be: {}. At the QRS \
         complex: {}.",
        decimal(at_p, 2),
        decimal(at_qrs, 2)
    )
}

/// "10-20 %", "over 40 %".
pub fn change(from: Option<f64>, to: Option<f64>) -> String {
    let percent = |share: f64| decimal(share * 100.0, 0);
    match (from, to) {
        (Some(from), Some(to)) => format!("{}\u{2013}{}\u{2009}%", percent(from), percent(to)),
        (None, Some(to)) => format!("under {}\u{2009}%", percent(to)),
        (from, None) => format!("over {}\u{2009}%", percent(from.unwrap_or(0.0))),
    }
}

pub fn beats(count_of: usize) -> String {
    format!("{} beats", count(count_of))
}

/// One bar of the importance by change.
pub fn change_group(importance: f64, count_of: usize) -> String {
    format!("{} times the mean importance, {}", decimal(importance, 2), beats(count_of))
}

/// "72 (64–81)/min".
pub fn quartiles(it: Quartiles, unit: &str) -> String {
    let said = |value: f64| decimal(value, 0);
    format!("{}{unit} ({}\u{2013}{})", said(it.median), said(it.lower), said(it.upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_fast_and_how_long_still() {
        let said = run_progress(1000, 7000, 10.0);
        assert_eq!(said, "1000 of 7000 \u{00b7} 100 a second \u{00b7} 60.0\u{2009}s left");
        assert_eq!(run_progress(3, 7000, 0.1), "3 of 7000");
        assert_eq!((count(85_280), count(8528)), ("85\u{2009}280".to_owned(), "8528".to_owned()));
    }
}
