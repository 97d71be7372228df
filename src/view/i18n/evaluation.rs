//! What is said about the evaluation of a labelled set.

use crate::evaluate::around_beats::Quartiles;
use crate::network::Class;

/// What is said about the evaluation of a labelled set.
pub trait Evaluation: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    fn demo_set(&self) -> &'static str;
    fn demo_set_why(&self) -> &'static str;
    fn evaluation(&self) -> &'static str;
    fn stop(&self) -> &'static str;
    fn not_now(&self) -> &'static str;
    fn back(&self) -> &'static str;
    fn previous(&self) -> &'static str;
    fn next(&self) -> &'static str;
    fn no_rate(&self) -> &'static str;
    fn too_long(&self) -> &'static str;
    fn matrix(&self) -> &'static str;
    fn matrix_hint(&self) -> &'static str;
    fn label(&self) -> &'static str;
    fn figures(&self) -> &'static str;
    fn interval_hint(&self) -> &'static str;
    fn class(&self) -> &'static str;
    fn precision(&self) -> &'static str;
    fn recall(&self) -> &'static str;
    fn f1(&self) -> &'static str;
    fn mean_f1(&self) -> &'static str;
    fn accuracy(&self) -> &'static str;
    fn n_against_a(&self) -> &'static str;
    fn answers(&self) -> &'static str;
    fn roc(&self) -> &'static str;
    fn roc_x(&self) -> &'static str;
    fn roc_y(&self) -> &'static str;
    fn pr(&self) -> &'static str;
    fn reliability(&self) -> &'static str;
    fn reliability_x(&self) -> &'static str;
    fn reliability_y(&self) -> &'static str;
    fn reliability_hint(&self) -> &'static str;
    fn gallery(&self) -> &'static str;
    fn af_found(&self) -> &'static str;
    fn af_missed(&self) -> &'static str;
    fn af_wrongly(&self) -> &'static str;
    fn sort(&self) -> &'static str;
    fn by_probability(&self) -> &'static str;
    fn by_doubt(&self) -> &'static str;
    fn by_name(&self) -> &'static str;
    fn excerpt(&self) -> &'static str;
    fn around_highest(&self) -> &'static str;
    fn beginning(&self) -> &'static str;
    fn card_scale(&self) -> &'static str;
    fn none_here(&self) -> &'static str;
    fn files_are_gone(&self) -> &'static str;
    fn forget(&self) -> &'static str;
    fn forget_why(&self) -> &'static str;
    fn averages(&self) -> &'static str;
    fn nothing_to_average(&self) -> &'static str;
    fn around_beats(&self) -> &'static str;
    fn around_x(&self) -> &'static str;
    fn around_y(&self) -> &'static str;
    fn p_place(&self) -> &'static str;
    fn qrs_place(&self) -> &'static str;
    fn by_change(&self) -> &'static str;
    fn change_x(&self) -> &'static str;
    fn change_hint(&self) -> &'static str;
    fn heart_rate(&self) -> &'static str;
    fn per_minute(&self) -> &'static str;
    fn rr_variation(&self) -> &'static str;
    fn rmssd(&self) -> &'static str;
    fn quartiles_hint(&self) -> &'static str;
    fn save_svg(&self) -> &'static str;
    fn save_png(&self) -> &'static str;
    fn save_predictions(&self) -> &'static str;
    fn save_figures(&self) -> &'static str;

    /// "7404 recordings with labels: 4434 Normal, 640 AF, …"
    fn offer(&self, counts: [usize; 4], without: usize) -> String;

    fn classify_all(&self, all: usize) -> String;

    /// "1204 of 7404 · 163 a second · 38 s left"
    fn run_progress(&self, done: usize, all: usize, seconds: f64) -> String;

    /// "7404 recordings in 61 s", and whether it was stopped.
    fn run_over(&self, done: usize, all: usize, seconds: f64) -> String;

    fn could_not(&self, count_of: usize) -> String;

    fn and_more(&self, count_of: usize) -> String;

    /// A label that is none of the four classes.
    fn strange_label(&self, name: &str, label: &str) -> String;

    fn auc(&self, value: f64) -> String;

    fn average_precision(&self, value: f64) -> String;

    /// One bar of the reliability diagram.
    fn reliability_bin(&self, sure: f64, right: f64, recordings: usize) -> String;

    /// What the gallery shows.
    fn cell_title(&self, truth: Class, predicted: Class) -> String;

    fn missed(&self, class: Class) -> String;

    fn wrongly(&self, class: Class) -> String;

    fn called(&self, class: Class) -> String;

    /// "labelled AF, called Other, 62.1 %".
    fn verdict(&self, truth: Option<Class>, predicted: Class, probability: f32) -> String;

    /// Under a trace: what its colour speaks for.
    fn explained_for(&self, class: Class) -> String;

    /// "Why not AF?"
    fn why_not(&self, class: Class) -> String;

    fn open_whole(&self, name: &str) -> String;

    /// A button: "Show 14 more".
    fn show_more(&self, count_of: usize) -> String;

    /// "3 of 41 · AF missed".
    fn walk(&self, at: usize, all: usize, title: &str) -> String;

    /// A button: "Average these 41 recordings".
    fn average_these(&self, count_of: usize) -> String;

    fn averaging(&self, done: usize, all: usize) -> String;

    /// "38 recordings together", and of how many.
    fn averaged(&self, recordings: usize, all: usize) -> String;

    /// Under the importance around the R peak.
    fn around_hint(&self, at_p: f64, at_qrs: f64) -> String;

    /// "10-20 %", "over 40 %".
    fn change(&self, from: Option<f64>, to: Option<f64>) -> String;

    fn beats(&self, count_of: usize) -> String;

    /// One bar of the importance by change.
    fn change_group(&self, importance: f64, count_of: usize) -> String;

    /// "72 (64–81)/min".
    fn quartiles(&self, it: Quartiles, unit: &str) -> String;
}
