//! What is said about the evaluation of a labelled set.

use super::English;
use crate::evaluate::around_beats::Quartiles;
use crate::network::Class;
use crate::view::geometry::decimal;
use crate::view::i18n::{Evaluation, format};

impl Evaluation for English {
    says! {
        demo_set: "Evaluate a synthetic set",
        demo_set_why: "Two hundred recordings made by a model of the ECG in this page, each labelled as what it \
            was made to be. They show how this works, not how good the network is.",
        evaluation: "Evaluation",
        stop: "Stop",
        not_now: "Not now",
        back: "Back to the evaluation",
        previous: "Previous",
        next: "Next",
        no_rate: "The file does not tell its sampling rate.",
        too_long: "It is over an hour long; open it by itself to see its day.",
        matrix: "Confusion matrix",
        matrix_hint: "Rows: the label. Columns: the network\u{2019}s answer. Choose a cell to see its recordings.",
        label: "Label",
        figures: "Figures",
        interval_hint: "In brackets: the 95\u{2009}% interval.",
        class: "Class",
        precision: "Precision",
        recall: "Recall",
        f1: "F1",
        mean_f1: "Mean F1 of Normal, AF and Other",
        accuracy: "Accuracy",
        n_against_a: "AF against Normal",
        answers: "Answers",
        roc: "ROC",
        roc_x: "False-positive rate",
        roc_y: "True-positive rate",
        pr: "Precision and recall",
        reliability: "Reliability",
        reliability_x: "Probability of the answer",
        reliability_y: "Share that is right",
        reliability_hint: "On the dashed line, the network is as sure as it is right.",
        gallery: "Recordings",
        af_found: "AF found",
        af_missed: "AF missed",
        af_wrongly: "Called AF wrongly",
        sort: "Sort by",
        by_probability: "Probability",
        by_doubt: "Doubt",
        by_name: "Name",
        excerpt: "Excerpt",
        around_highest: "Around the highest importance",
        beginning: "From the start",
        card_scale: "1 is the highest importance of each recording.",
        none_here: "There is no such recording in this set.",
        files_are_gone:
            "Only the answers were kept from the last visit. Drop the same files again to see the recordings.",
        forget: "Forget this evaluation",
        forget_why:
            "Its answers are kept in this browser, so that they are here after a reload. The recordings are not kept.",
        averages: "These recordings together",
        nothing_to_average: "In none of these recordings were heartbeats found that could be averaged.",
        around_beats: "Importance around the R peak",
        around_x: "Seconds from the R peak",
        around_y: "Importance",
        p_place: "P",
        qrs_place: "QRS",
        by_change: "Importance of beats, by how much the rhythm changes there",
        change_x: "RR interval against the one before",
        change_hint: "1 is a recording\u{2019}s own mean. Where the bars rise to the right, the network looks at \
            beats that come out of time.",
        heart_rate: "Heart rate",
        per_minute: "/min",
        rr_variation: "RR irregularity (standard deviation over mean)",
        rmssd: "RMSSD",
        quartiles_hint: "Median of these recordings; in brackets, the middle half of them.",
        save_svg: "Save this drawing (SVG)",
        save_png: "Save this picture (PNG, twice the pixels)",
        save_predictions: "Predictions (CSV)",
        save_figures: "Figures (JSON)",
    }

    fn offer(&self, counts: [usize; 4], without: usize) -> String {
        if counts == [0; 4] {
            return format!("{} recordings, none with a label.", format::count(without));
        }
        let parts: Vec<String> = Class::ALL
            .iter()
            .zip(counts)
            .filter(|(_, of_class)| *of_class > 0)
            .map(|(class, of_class)| format!("{} {}", format::count(of_class), class.short_name()))
            .collect();
        format!("{} recordings with labels: {}.", format::count(counts.iter().sum()), parts.join(", "))
    }

    fn classify_all(&self, all: usize) -> String {
        format!("Classify all {}", format::count(all))
    }

    fn run_progress(&self, done: usize, all: usize, seconds: f64) -> String {
        let mut text = format!("{} of {}", format::count(done), format::count(all));
        let rate = done as f64 / seconds.max(0.001);
        if done >= 16 && seconds > 0.5 {
            let left = ((all - done) as f64 / rate).ceil();
            text.push_str(&format!(" \u{00b7} {} a second \u{00b7} {} left", decimal(rate, 0), format::seconds(left)));
        }
        text
    }

    fn run_over(&self, done: usize, all: usize, seconds: f64) -> String {
        let took = format::seconds(seconds);
        if done < all {
            format!(
                "Stopped after {} of {} recordings ({took}). The figures are of these.",
                format::count(done),
                format::count(all)
            )
        } else {
            format!("{} recordings in {took}.", format::count(done))
        }
    }

    fn could_not(&self, count_of: usize) -> String {
        let them = if count_of == 1 { "recording" } else { "recordings" };
        format!("{} {them} could not be classified", format::count(count_of))
    }

    fn and_more(&self, count_of: usize) -> String {
        format!("\u{2026} and {} more.", format::count(count_of))
    }

    fn strange_label(&self, name: &str, label: &str) -> String {
        format!("{name} is labelled \u{201c}{label}\u{201d}, which is none of N, A, O and ~.")
    }

    fn auc(&self, value: f64) -> String {
        format!("area {}", decimal(value, 3))
    }

    fn average_precision(&self, value: f64) -> String {
        format!("average precision {}", decimal(value, 3))
    }

    fn reliability_bin(&self, sure: f64, right: f64, recordings: usize) -> String {
        format!(
            "{} sure, {} right, {} recordings",
            format::whole_percent(sure),
            format::whole_percent(right),
            format::count(recordings)
        )
    }

    fn cell_title(&self, truth: Class, predicted: Class) -> String {
        format!("{}, called {}", truth.short_name(), predicted.short_name())
    }

    fn missed(&self, class: Class) -> String {
        format!("{} missed", class.short_name())
    }

    fn wrongly(&self, class: Class) -> String {
        format!("Called {} wrongly", class.short_name())
    }

    fn called(&self, class: Class) -> String {
        format!("Called {}", class.short_name())
    }

    fn verdict(&self, truth: Option<Class>, predicted: Class, probability: f32) -> String {
        let answer = format!("called {}, {}", predicted.short_name(), format::percent(probability));
        truth.map_or(answer.clone(), |truth| format!("labelled {}, {answer}", truth.short_name()))
    }

    fn explained_for(&self, class: Class) -> String {
        format!("Importance for {}", class.short_name())
    }

    fn why_not(&self, class: Class) -> String {
        format!("Why not {}?", class.short_name())
    }

    fn open_whole(&self, name: &str) -> String {
        format!("Open {name} whole")
    }

    fn show_more(&self, count_of: usize) -> String {
        format!("Show {} more", format::count(count_of))
    }

    fn walk(&self, at: usize, all: usize, title: &str) -> String {
        format!("{} of {} \u{00b7} {title}", format::count(at + 1), format::count(all))
    }

    fn average_these(&self, count_of: usize) -> String {
        match count_of <= 100 {
            true => format!("Take these {} together", format::count(count_of)),
            false => format!("Take 100 of these {} together", format::count(count_of)),
        }
    }

    fn averaging(&self, done: usize, all: usize) -> String {
        format!("{} of {} explained", format::count(done), format::count(all))
    }

    fn averaged(&self, recordings: usize, all: usize) -> String {
        match recordings < all {
            true => format!("{} of {} recordings together", format::count(recordings), format::count(all)),
            false => format!("{} recordings together", format::count(recordings)),
        }
    }

    fn around_hint(&self, at_p: f64, at_qrs: f64) -> String {
        format!(
            "Area: importance; 1 is a recording\u{2019}s own mean. Line: the mean beat. Where a P wave would be: {}. At the QRS \
             complex: {}.",
            decimal(at_p, 2),
            decimal(at_qrs, 2)
        )
    }

    fn change(&self, from: Option<f64>, to: Option<f64>) -> String {
        let percent = |share: f64| decimal(share * 100.0, 0);
        match (from, to) {
            (Some(from), Some(to)) => format!("{}\u{2013}{}\u{2009}%", percent(from), percent(to)),
            (None, Some(to)) => format!("under {}\u{2009}%", percent(to)),
            (from, None) => format!("over {}\u{2009}%", percent(from.unwrap_or(0.0))),
        }
    }

    fn beats(&self, count_of: usize) -> String {
        format!("{} beats", format::count(count_of))
    }

    fn change_group(&self, importance: f64, count_of: usize) -> String {
        format!("{} times the mean importance, {}", decimal(importance, 2), self.beats(count_of))
    }

    fn quartiles(&self, it: Quartiles, unit: &str) -> String {
        let said = |value: f64| decimal(value, 0);
        format!("{}{unit} ({}\u{2013}{})", said(it.median), said(it.lower), said(it.upper))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_fast_and_how_long_still() {
        let said = English.run_progress(1000, 7000, 10.0);
        assert_eq!(said, "1000 of 7000 \u{00b7} 100 a second \u{00b7} 60.0\u{2009}s left");
        assert_eq!(English.run_progress(3, 7000, 0.1), "3 of 7000");
        assert_eq!((format::count(85_280), format::count(8528)), ("85\u{2009}280".to_owned(), "8528".to_owned()));
    }
}
