//! What is said on the page itself: the lists, the answer, the trace.

use crate::engine::choice::GpuUnused;
use crate::engine::message::DeviceKind;
use crate::explain::Score;
use crate::network::{Class, Layer, PredictionSets};
use crate::synthetic::Demo;

/// What is said on the page itself: the lists, the answer, the trace.
pub trait Main: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    /// The language's code in an address: `en`.
    fn code(&self) -> &'static str;
    /// Its name in itself.
    fn name(&self) -> &'static str;
    /// What the document's `lang` says.
    fn html_lang(&self) -> &'static str;

    fn title(&self) -> &'static str;
    fn open_files(&self) -> &'static str;
    fn open_folder(&self) -> &'static str;
    fn drop_here(&self) -> &'static str;
    fn drop_hint(&self) -> &'static str;
    fn private(&self) -> &'static str;
    fn aid(&self) -> &'static str;
    fn to_dark(&self) -> &'static str;
    fn to_light(&self) -> &'static str;
    fn your_recordings(&self) -> &'static str;
    fn demonstrations(&self) -> &'static str;
    fn synthetic(&self) -> &'static str;
    fn synthetic_why(&self) -> &'static str;
    fn cannot_be_read(&self) -> &'static str;
    fn rate_unknown(&self) -> &'static str;
    fn problems(&self) -> &'static str;
    fn dismiss(&self) -> &'static str;
    fn dismiss_all(&self) -> &'static str;
    fn reading(&self) -> &'static str;
    fn no_answer(&self) -> &'static str;
    fn probabilities(&self) -> &'static str;
    fn first_view_title(&self) -> &'static str;
    fn whole_view(&self) -> &'static str;
    fn whole_view_title(&self) -> &'static str;
    fn views(&self) -> &'static str;
    fn time_axis(&self) -> &'static str;
    fn samples(&self) -> &'static str;
    fn seconds(&self) -> &'static str;
    fn amplitude(&self) -> &'static str;
    fn lead(&self) -> &'static str;
    fn leads(&self) -> &'static str;
    fn one_lead(&self) -> &'static str;
    fn all_leads(&self) -> &'static str;
    fn all_leads_hint(&self) -> &'static str;
    fn all_leads_keys(&self) -> &'static str;
    fn arrangement(&self) -> &'static str;
    fn layer(&self) -> &'static str;
    fn score(&self) -> &'static str;
    fn importance(&self) -> &'static str;
    fn importance_scale(&self) -> &'static str;
    fn normalised(&self) -> &'static str;
    fn normalised_title(&self) -> &'static str;
    fn raw(&self) -> &'static str;
    fn raw_title(&self) -> &'static str;
    fn trace(&self) -> &'static str;
    /// The drawing within it.
    fn trace_drawing(&self) -> &'static str;
    fn skip_to_trace(&self) -> &'static str;
    fn keys_hint(&self) -> &'static str;
    fn keys(&self) -> &'static str;
    fn missing(&self) -> &'static str;
    fn rate_question(&self) -> &'static str;
    fn rate_label(&self) -> &'static str;
    fn rate_open(&self) -> &'static str;

    /// What a demonstration is called.
    fn demo_title(&self, demo: &Demo) -> &'static str;

    /// A sentence about what to look at in a demonstration.
    fn demo_description(&self, demo: &Demo) -> &'static str;

    /// One button of the two standard views.
    /// The standard view: 500 samples of 60 Hz, or 10 s of twelve leads.
    fn first_view(&self, has_twelve_leads: bool) -> String;

    fn class_name(&self, class: Class) -> &'static str;

    /// For those who hear the page: "Importance for Atrial fibrillation is highest from 3.2 s to 4.1 s, over 2 beats."
    fn highest_importance(&self, of: Class, range: (f64, f64), beats: usize) -> String;

    fn nothing_important(&self, of: Class) -> String;

    /// The button that asks for the explanation of `class`.
    fn why(&self, class: Class) -> &'static str;

    fn layer_name(&self, layer: Layer) -> &'static str;

    fn score_name(&self, score: Score) -> &'static str;

    /// "97.2 % sure".
    fn sure(&self, probability: f32) -> String;

    /// "30.0 s · 12 leads".
    fn extent(&self, length: f64, leads: usize) -> String;

    /// "lead II"; nothing where the file does not say which lead it is.
    fn lead_name(&self, name: &str) -> String;

    /// "Lead II", where something is said of it.
    fn lead_itself(&self, name: &str) -> String;

    fn open_alone(&self, lead: &str) -> String;

    /// Whose answer the large one is; before those of all leads.
    fn answer_is_of(&self, lead: &str) -> String;

    /// "0.0 s to 10.0 s of 30.0 s · by its squares 25 mm/s · 10 mm/mV": on a screen millimetres are not true.
    fn sheet_scale(&self, start: f64, end: f64, length: f64) -> String;

    /// "Answered by CPU in 9 ms."
    fn answered_by(&self, kind: DeviceKind, time: f64) -> String;
    fn engine_starting(&self) -> &'static str;

    /// Why the GPU does not answer.
    fn gpu_unused(&self, why: &GpuUnused) -> String;

    /// Why a recording has no answer; `clause` goes on from its name: "is 2.0 s long; …".
    fn not_classified(&self, name: &str, clause: &str) -> String;

    fn at_sample(&self, index: usize) -> String;

    /// What a small square of the paper is worth.
    fn small_square(&self, seconds: f64, millivolts: f64) -> String;

    /// While many files are read.
    fn progress(&self, done: usize, all: usize) -> String;

    fn and_more(&self, count: usize) -> String;

    /// What could not be taken from a drop; after the file's name.
    fn unreadable(&self) -> &'static str;
    fn nothing_dropped(&self) -> &'static str;
    fn folder_empty(&self) -> &'static str;

    /// Asks for the sampling rate of `name`.
    fn rate_why(&self, name: &str, samples: usize) -> String;

    fn rate_same_for(&self, count: usize) -> String;

    fn rate_impossible(&self) -> &'static str;

    /// After the name that was asked for.
    fn unknown_demo(&self) -> &'static str;

    fn importance_at(&self, importance: &str) -> String;
    fn about(&self) -> &'static str;
    fn close(&self) -> &'static str;
    fn card_fetching(&self) -> &'static str;
    fn card_failed(&self) -> &'static str;
    fn card_purpose(&self) -> &'static str;
    fn card_limits(&self) -> &'static str;
    fn card_data(&self) -> &'static str;
    fn card_training(&self) -> &'static str;
    fn card_figure(&self) -> &'static str;
    fn card_value(&self) -> &'static str;
    fn card_interval(&self) -> &'static str;
    fn card_recordings(&self) -> &'static str;

    /// Recordings in each part of the split.
    fn card_parts(&self, recordings: [usize; 4]) -> String;

    fn card_version(&self, weights: &str) -> String;

    /// The classes that hold the truth in 90 and in 95 of 100 recordings.
    fn sets(&self, sets: &PredictionSets) -> String;
    fn sets_why(&self) -> &'static str;

    /// A class where space is short: in a table, on a mark.
    fn class_short(&self, class: Class) -> &'static str;

    /// What an engine says of a recording or of itself, for engines speak English; what is not known stays as it is.
    fn translated(&self, english: &str) -> String;
}
