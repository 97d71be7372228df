//! What is said on the page itself: the lists, the answer, the trace.

use super::English;
use crate::engine::choice::GpuUnused;
use crate::engine::message::DeviceKind;
use crate::explain::Score;
use crate::network::{Class, Layer, PredictionSets};
use crate::synthetic::Demo;
use crate::view::geometry::{STANDARD_SAMPLES, STANDARD_SECONDS_OF_TWELVE, decimal};
use crate::view::i18n::{Main, format};

impl Main for English {
    says! {
        code: "en",
        name: "English",
        html_lang: "en",
        title: "ECG Lens",
        open_files: "Open files",
        open_folder: "Open folder",
        drop_here: "Drop to open",
        drop_hint:
            "Drop ECG recordings anywhere on this page: WFDB, MATLAB, EDF, DICOM, SCP-ECG, XML, CSV and more, or a zip of them.",
        private: "Nothing leaves this page: recordings are read, classified and explained in your browser.",
        aid: "A computer\u{2019}s reading is an aid: a physician must over-read it. This is not a medical device.",
        to_dark: "Dark paper",
        to_light: "Light paper",
        your_recordings: "Your recordings",
        demonstrations: "Demonstrations",
        synthetic: "synthetic",
        synthetic_why: "Made by a model, not taken from a person.",
        cannot_be_read: "cannot be read",
        rate_unknown: "sampling rate?",
        problems: "What could not be opened",
        dismiss: "Dismiss",
        dismiss_all: "Dismiss all",
        reading: "Reading the trace\u{2026}",
        no_answer: "No answer",
        probabilities: "Probability of each class",
        first_view_title: "500 samples at 60 Hz, 8.3 s; of twelve leads 10 s (key 0)",
        whole_view: "Whole recording",
        whole_view_title: "From the first sample to the last (key 9)",
        views: "View",
        time_axis: "Time axis",
        samples: "Samples (60 Hz)",
        seconds: "Seconds",
        amplitude: "Amplitude (mV)",
        lead: "Lead",
        leads: "Leads that show",
        one_lead: "One lead",
        all_leads: "All leads",
        all_leads_hint: "Drag to move, click a lead to open it alone.",
        all_leads_keys: "Left and right arrows move; Home and End go to either end. Each lead is in the colours of \
            its own importance. The buttons below open one lead alone.",
        arrangement: "Arrangement of the leads",
        layer: "Layer",
        score: "Score",
        importance: "Importance",
        importance_scale: "Scale of the importance",
        normalised: "0\u{2013}1",
        normalised_title: "Normalised: 1 is this map\u{2019}s highest value",
        raw: "Raw",
        raw_title: "Raw Grad-CAM values, on one scale for all classes",
        trace: "ECG trace",
        trace_drawing: "The lead, coloured by importance",
        skip_to_trace: "Skip to the trace",
        keys_hint: "Drag to move, wheel or pinch to zoom.",
        keys: "Left and right arrows move; plus and minus zoom; Home and End go to either end; 0 shows the standard view and 9 the whole recording; Shift with the arrow keys moves the read-out; C takes up calipers, M shows \
            measurements, P lays ECG paper; a question mark lists all keys.",
        missing: "no sample",
        rate_question: "What is the sampling rate?",
        rate_label: "Samples a second (Hz)",
        rate_open: "Open",
        engine_starting: "The engine is starting\u{2026}",
        unreadable: "The browser could not read this file; it may have been moved or locked.",
        nothing_dropped: "There was no file in what was dropped. Drop files or folders from your computer.",
        folder_empty: "There was no file in that folder.",
        unknown_demo: "There is no demonstration of this name; the list shows those there are.",
        about: "About this network",
        close: "Close",
        card_fetching: "Fetching its model card\u{2026}",
        card_failed: "The model card could not be fetched. It lies next to this page as model-card.json; \
            reload the page, or ask whoever serves it.",
        card_purpose: "What it is for",
        card_limits: "What it must not be used for",
        card_data: "What it learned from",
        card_training: "How it was trained",
        card_figure: "Figure",
        card_value: "Value",
        card_interval: "95\u{2009}% interval",
        card_recordings: "Recordings",
        sets_why: "Sets of classes that held the true one in 90 and in 95 of 100 recordings like those it was \
            calibrated on (split conformal prediction). How often they really did is in About this network.",
    }

    fn demo_title(&self, demo: &Demo) -> &'static str {
        demo.title
    }

    fn demo_description(&self, demo: &Demo) -> &'static str {
        demo.description
    }

    fn first_view(&self, has_twelve_leads: bool) -> String {
        if has_twelve_leads {
            return format!("First {STANDARD_SECONDS_OF_TWELVE} s");
        }
        format!("First {STANDARD_SAMPLES} samples")
    }

    fn class_name(&self, class: Class) -> &'static str {
        class.name()
    }

    fn highest_importance(&self, of: Class, (from, to): (f64, f64), beats: usize) -> String {
        let beats = match beats {
            0 => "between two beats".to_owned(),
            1 => "one beat".to_owned(),
            _ => format!("{beats} beats"),
        };
        format!(
            "Most important for {}: {}\u{2013}{}\u{2009}s, {beats}.",
            self.class_name(of),
            decimal(from, 1),
            decimal(to, 1)
        )
    }

    fn nothing_important(&self, of: Class) -> String {
        format!("No part of this recording supports {}.", self.class_name(of))
    }

    fn why(&self, class: Class) -> &'static str {
        ["Why Normal?", "Why AF?", "Why Other?", "Why Noisy?"][class.index()]
    }

    fn layer_name(&self, layer: Layer) -> &'static str {
        match layer {
            Layer::Stem => "Stem (finest)",
            Layer::Stage1 => "Stage 1",
            Layer::Stage2 => "Stage 2",
            Layer::Stage3 => "Stage 3",
            Layer::Stage4 => "Stage 4",
            Layer::Stage5 => "Stage 5",
            Layer::Stage6 => "Stage 6 (last)",
        }
    }

    fn score_name(&self, score: Score) -> &'static str {
        match score {
            Score::Logit => "Logit",
            Score::Softmax => "Softmax",
        }
    }

    fn sure(&self, probability: f32) -> String {
        format!("{} sure", format::percent(probability))
    }

    fn extent(&self, length: f64, leads: usize) -> String {
        if leads == 1 { format::seconds(length) } else { format!("{} \u{00b7} {leads} leads", format::seconds(length)) }
    }

    fn lead_name(&self, name: &str) -> String {
        if name == "ECG" { String::new() } else { format!("lead {name}") }
    }

    fn lead_itself(&self, name: &str) -> String {
        if name == "ECG" { "The lead".to_owned() } else { format!("Lead {name}") }
    }

    fn open_alone(&self, lead: &str) -> String {
        format!("Open lead {lead} alone")
    }

    fn answer_is_of(&self, lead: &str) -> String {
        format!("The answer above is of lead {lead}. Read one by one, the leads say:")
    }

    fn sheet_scale(&self, start: f64, end: f64, length: f64) -> String {
        let length = format::seconds(length);
        format!(
            "{} to {} of {length} \u{00b7} by its squares 25\u{2009}mm/s \u{00b7} 10\u{2009}mm/mV",
            format::moment(start),
            format::moment(end)
        )
    }

    fn answered_by(&self, kind: DeviceKind, time: f64) -> String {
        format!("Answered by {} in {}.", format::device(kind), format::milliseconds(time))
    }

    fn gpu_unused(&self, why: &GpuUnused) -> String {
        match why {
            GpuUnused::NotAsked => "WebGPU was switched off by ?engine=cpu.".to_owned(),
            GpuUnused::Gone { reason } => sentence(format!("WebGPU is not used: {reason}")),
            GpuUnused::Software { adapter } if adapter.is_empty() => {
                "WebGPU is not used: there is no graphics card behind it.".to_owned()
            }
            GpuUnused::Software { adapter } => {
                format!("WebGPU is not used: there is no graphics card behind it ({adapter}).")
            }
            GpuUnused::Slower { gpu, cpu } => format!(
                "WebGPU is not used: for one recording it takes {}, the CPU {}.",
                format::milliseconds(*gpu),
                format::milliseconds(*cpu)
            ),
        }
    }

    fn not_classified(&self, name: &str, clause: &str) -> String {
        sentence(format!("{name} {clause}"))
    }

    fn at_sample(&self, index: usize) -> String {
        format!("sample {index}")
    }

    fn small_square(&self, seconds: f64, millivolts: f64) -> String {
        format!("small square {}", format::square(seconds, millivolts))
    }

    fn progress(&self, done: usize, all: usize) -> String {
        format!("Reading {done} of {all}\u{2026}")
    }

    fn and_more(&self, count: usize) -> String {
        format!("\u{2026} and {count} more; each is marked in the list.")
    }

    fn rate_why(&self, name: &str, samples: usize) -> String {
        format!("{name} holds {samples} samples and does not say how many make a second.")
    }

    fn rate_same_for(&self, count: usize) -> String {
        let others =
            if count == 1 { "the other recording".to_owned() } else { format!("the {count} other recordings") };
        format!("The same for {others} that do not say it")
    }

    fn rate_impossible(&self) -> &'static str {
        "A sampling rate lies between 50 and 10\u{2009}000 Hz."
    }

    fn importance_at(&self, importance: &str) -> String {
        format!("importance {importance}")
    }

    fn card_parts(&self, [train, validation, calibration, test]: [usize; 4]) -> String {
        format!(
            "{train} recordings for training, {validation} for choosing, {calibration} for calibration, {test} for testing."
        )
    }

    fn card_version(&self, weights: &str) -> String {
        format!("Weights {weights}. How to make them again: ecg-lens train, in this project\u{2019}s README.")
    }

    fn sets(&self, sets: &PredictionSets) -> String {
        match (sets.at_90.as_slice(), sets.at_95.as_slice()) {
            ([_], [_]) => format!("{}, and nothing else, at 95\u{2009}%.", any_of(&sets.at_95)),
            ([_], more) => format!("{} at 90\u{2009}%; {} at 95\u{2009}%.", any_of(&sets.at_90), any_of(more)),
            (some, more) if some == more => format!("{}: not sure.", any_of(some)),
            (some, more) => format!("{} at 90\u{2009}%, {} at 95\u{2009}%: not sure.", any_of(some), any_of(more)),
        }
    }

    fn class_short(&self, class: Class) -> &'static str {
        class.short_name()
    }

    fn translated(&self, english: &str) -> String {
        english.to_owned()
    }
}

/// With a full stop.
fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// What an answer leaves open: "AF", "AF or Other".
fn any_of(classes: &[Class]) -> String {
    classes.iter().map(|class| class.short_name()).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_long_a_recording_is() {
        assert_eq!(format::seconds(29.98), "30.0\u{2009}s");
        assert_eq!(format::seconds(1806.0), "30 min 06 s");
        assert_eq!(format::seconds(86_400.0), "24 h 00 min");
        assert_eq!(English.extent(10.0, 12), "10.0\u{2009}s \u{00b7} 12 leads");
    }

    #[test]
    fn says_why_the_gpu_does_not_answer_in_whole_sentences() {
        let slower = English.gpu_unused(&GpuUnused::Slower { gpu: 31.4, cpu: 9.04 });
        assert_eq!(slower, "WebGPU is not used: for one recording it takes 31\u{2009}ms, the CPU 9.0\u{2009}ms.");
        let gone = English.gpu_unused(&GpuUnused::Gone { reason: "this browser has none".to_owned() });
        assert_eq!(gone, "WebGPU is not used: this browser has none.");
    }
}
