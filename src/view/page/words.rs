//! Every word on the page, in one place.

pub mod compare;
pub mod day;
pub mod measure;
pub mod out;
pub mod room;

use crate::engine::choice::GpuUnused;
use crate::engine::message::DeviceKind;
use crate::explain::Score;
use crate::network::{Class, Layer, PredictionSets};
use crate::synthetic::Demo;
use crate::view::geometry::{Arrangement, DEFAULT_SAMPLES, decimal};

pub const PART_NOT_FETCHED: &str = "A part of this page could not be fetched. Is there a connection?";
pub const TRY_AGAIN: &str = "Try again";
/// Its code, and its name in itself.
pub const OTHER_LANGUAGE: (&str, &str) = ("zh", "中文");
pub const TITLE: &str = "ECG Lens";
pub const OPEN_FILES: &str = "Open files";
pub const OPEN_FOLDER: &str = "Open folder";
pub const DROP_HERE: &str = "Drop to open";
pub const DROP_HINT: &str = "Drop ECG recordings anywhere on this page: WFDB, MATLAB, EDF, DICOM, SCP-ECG, XML, CSV and more, or a zip of them.";
pub const PRIVATE: &str = "Nothing leaves this page: recordings are read, classified and explained in your browser.";
pub const AID: &str =
    "A computer\u{2019}s reading is an aid: a physician must over-read it. This is not a medical device.";

pub const TO_DARK: &str = "Dark paper";
pub const TO_LIGHT: &str = "Light paper";

pub const YOUR_RECORDINGS: &str = "Your recordings";
pub const DEMONSTRATIONS: &str = "Demonstrations";
pub const SYNTHETIC: &str = "synthetic";
pub const SYNTHETIC_WHY: &str = "Made by a model, not taken from a person.";
pub const CANNOT_BE_READ: &str = "cannot be read";
pub const RATE_UNKNOWN: &str = "sampling rate?";

pub const PROBLEMS: &str = "What could not be opened";
pub const DISMISS: &str = "Dismiss";
pub const DISMISS_ALL: &str = "Dismiss all";

pub const READING: &str = "Reading the trace\u{2026}";
pub const NO_ANSWER: &str = "No answer";
pub const PROBABILITIES: &str = "Probability of each class";

pub const FIRST_VIEW_TITLE: &str = "The first 500 samples (key 0)";
pub const WHOLE_VIEW: &str = "Whole recording";
pub const WHOLE_VIEW_TITLE: &str = "From the first sample to the last (key 9)";
pub const VIEWS: &str = "View";
pub const TIME_AXIS: &str = "Time axis";
pub const SAMPLES: &str = "Samples";
pub const SECONDS: &str = "Seconds";
pub const AMPLITUDE: &str = "Amplitude (mV)";
pub const LEAD: &str = "Lead";
pub const LEADS: &str = "Leads that show";
pub const ONE_LEAD: &str = "One lead";
pub const ALL_LEADS: &str = "All leads";
pub const ALL_LEADS_HINT: &str = "Drag to move, click a lead to open it alone.";
pub const ALL_LEADS_KEYS: &str = "Left and right arrows move; Home and End go to either end. Each lead is in the colours of \
    its own importance. The buttons below open one lead alone.";
pub const ARRANGEMENT: &str = "Arrangement of the leads";
pub const LAYER: &str = "Layer";
pub const SCORE: &str = "Score";
pub const IMPORTANCE: &str = "Importance";
pub const IMPORTANCE_SCALE: &str = "Scale of the importance";
pub const NORMALISED: &str = "0\u{2013}1";
pub const NORMALISED_TITLE: &str = "Normalised: 1 is this map\u{2019}s highest value";
pub const RAW: &str = "Raw";
pub const RAW_TITLE: &str = "Raw Grad-CAM values, on one scale for all classes";
pub const TRACE: &str = "ECG trace";
pub const KEYS_HINT: &str = "Drag to move, wheel or pinch to zoom.";
pub const KEYS: &str = "Left and right arrows move; plus and minus zoom; Home and End go to either end; 0 shows the first \
    500 samples and 9 the whole recording; Shift with the arrow keys moves the read-out; C takes up calipers, M shows \
    measurements, P lays ECG paper; a question mark lists all keys.";
pub const MISSING: &str = "no sample";

pub const RATE_QUESTION: &str = "What is the sampling rate?";
pub const RATE_LABEL: &str = "Samples a second (Hz)";
pub const RATE_OPEN: &str = "Open";

/// What a demonstration is called.
pub fn demo_title(demo: &Demo) -> &'static str {
    demo.title
}

/// A sentence about what to look at in a demonstration.
pub fn demo_description(demo: &Demo) -> &'static str {
    demo.description
}

/// One button of the two standard views.
pub fn first_view() -> String {
    format!("First {DEFAULT_SAMPLES} samples")
}

pub fn class(class: Class) -> &'static str {
    class.name()
}

/// For those who hear the page: "Importance for Atrial fibrillation is highest from 3.2 s to 4.1 s, over 2 beats."
pub fn highest_importance(of: Class, (from, to): (f64, f64), beats: usize) -> String {
    let beats = match beats {
        0 => "between two beats".to_owned(),
        1 => "over one beat".to_owned(),
        _ => format!("over {beats} beats"),
    };
    format!("Importance for {} is highest from {} s to {} s, {beats}.", class(of), decimal(from, 1), decimal(to, 1))
}

pub fn nothing_important(of: Class) -> String {
    format!("No moment speaks for {}.", class(of))
}

/// The button that asks for the explanation of `class`.
pub fn why(class: Class) -> &'static str {
    ["Why Normal?", "Why AF?", "Why Other?", "Why Noisy?"][class.index()]
}

pub fn layer(layer: Layer) -> &'static str {
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

pub fn score(score: Score) -> &'static str {
    match score {
        Score::Logit => "Logit",
        Score::Softmax => "Softmax",
    }
}

/// "97.2 % sure".
pub fn sure(probability: f32) -> String {
    format!("{} sure", percent(probability))
}

pub fn percent(probability: f32) -> String {
    decimal(f64::from(probability) * 100.0, 1) + "\u{2009}%"
}

/// "30.0 s".
pub fn seconds(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    if whole >= 3600 {
        format!("{} h {:02} min", whole / 3600, whole % 3600 / 60)
    } else if whole >= 120 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        decimal(seconds, 1) + "\u{2009}s"
    }
}

/// "30.0 s · 12 leads".
pub fn extent(length: f64, leads: usize) -> String {
    if leads == 1 { seconds(length) } else { format!("{} \u{00b7} {leads} leads", seconds(length)) }
}

/// "300 Hz".
pub fn rate(fs: f64) -> String {
    decimal(fs, if fs.fract() == 0.0 { 0 } else { 2 }) + "\u{2009}Hz"
}

/// "lead II"; nothing where the file does not say which lead it is.
pub fn lead(name: &str) -> String {
    if name == "ECG" { String::new() } else { format!("lead {name}") }
}

/// "Lead II", where something is said of it.
pub fn lead_itself(name: &str) -> String {
    if name == "ECG" { "The lead".to_owned() } else { format!("Lead {name}") }
}

pub fn open_alone(lead: &str) -> String {
    format!("Open lead {lead} alone")
}

/// Whose answer the large one is; before those of all leads.
pub fn answer_is_of(lead: &str) -> String {
    format!("The answer above is of lead {lead}. Read one by one, the leads say:")
}

pub fn arrangement(arrangement: Arrangement) -> &'static str {
    match arrangement {
        Arrangement::ThreeByFour => "3\u{2009}\u{00d7}\u{2009}4",
        Arrangement::SixByTwo => "6\u{2009}\u{00d7}\u{2009}2",
        Arrangement::OneColumn => "12\u{2009}\u{00d7}\u{2009}1",
    }
}

/// "0.0 s to 10.0 s of 30.0 s · 25 mm/s · 10 mm/mV".
pub fn sheet_scale(start: f64, end: f64, length: f64) -> String {
    let at = |time: f64| if time < 120.0 { decimal(time, 1) + "\u{2009}s" } else { seconds(time) };
    let length = seconds(length);
    format!("{} to {} of {length} \u{00b7} 25\u{2009}mm/s \u{00b7} 10\u{2009}mm/mV", at(start), at(end))
}

fn device(device: DeviceKind) -> &'static str {
    match device {
        DeviceKind::Cpu => "CPU",
        DeviceKind::Webgpu => "WebGPU",
    }
}

fn milliseconds(milliseconds: f64) -> String {
    decimal(milliseconds, if milliseconds < 10.0 { 1 } else { 0 }) + "\u{2009}ms"
}

/// "Answered by CPU in 9 ms."
pub fn answered_by(kind: DeviceKind, time: f64) -> String {
    format!("Answered by {} in {}.", device(kind), milliseconds(time))
}

pub const ENGINE_STARTING: &str = "The engine is starting\u{2026}";

/// Why the GPU does not answer.
pub fn gpu_unused(why: &GpuUnused) -> String {
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
            milliseconds(*gpu),
            milliseconds(*cpu)
        ),
    }
}

/// Why a recording has no answer; `clause` goes on from its name: "is 2.0 s long; …".
pub fn not_classified(name: &str, clause: &str) -> String {
    sentence(format!("{name} {clause}"))
}

/// With a full stop.
fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// The read-out's parts.
pub fn at_time(time: f64) -> String {
    decimal(time, 3) + "\u{2009}s"
}

pub fn at_sample(index: usize) -> String {
    format!("sample {index}")
}

pub fn millivolts(value: f32) -> String {
    decimal(f64::from(value), 3) + "\u{2009}mV"
}

/// What a small square of the paper is worth.
pub fn small_square(seconds: f64, millivolts: f64) -> String {
    let time = decimal(
        seconds,
        if seconds < 0.1 {
            2
        } else if seconds < 1.0 {
            1
        } else {
            0
        },
    );
    let amplitude = decimal(millivolts, if millivolts < 1.0 { 1 } else { 0 });
    format!("small square {time}\u{2009}s \u{00d7} {amplitude}\u{2009}mV")
}

/// While many files are read.
pub fn progress(done: usize, all: usize) -> String {
    format!("Reading {done} of {all}\u{2026}")
}

pub fn and_more(count: usize) -> String {
    format!("\u{2026} and {count} more; each is marked in the list.")
}

/// What could not be taken from a drop; after the file's name.
pub const UNREADABLE: &str = "The browser could not read this file; it may have been moved or locked.";
pub const NOTHING_DROPPED: &str = "There was no file in what was dropped. Drop files or folders from your computer.";
pub const FOLDER_EMPTY: &str = "There was no file in that folder.";

/// Asks for the sampling rate of `name`.
pub fn rate_why(name: &str, samples: usize) -> String {
    format!("{name} holds {samples} samples and does not say how many make a second.")
}

pub fn rate_same_for(count: usize) -> String {
    let others = if count == 1 { "the other recording".to_owned() } else { format!("the {count} other recordings") };
    format!("The same for {others} that do not say it")
}

pub fn rate_impossible() -> &'static str {
    "A sampling rate lies between 50 and 10\u{2009}000 Hz."
}

/// After the name that was asked for.
pub const UNKNOWN_DEMO: &str = "There is no demonstration of this name; the list shows those there are.";

pub fn importance_at(importance: &str) -> String {
    format!("importance {importance}")
}

pub const ABOUT: &str = "About this network";
pub const CLOSE: &str = "Close";
pub const CARD_FETCHING: &str = "Fetching its model card\u{2026}";
pub const CARD_FAILED: &str = "The model card could not be fetched. It lies next to this page as model-card.json; \
    reload the page, or ask whoever serves it.";
pub const CARD_PURPOSE: &str = "What it is for";
pub const CARD_LIMITS: &str = "What it must not be used for";
pub const CARD_DATA: &str = "What it learned from";
pub const CARD_TRAINING: &str = "How it was trained";
pub const CARD_FIGURE: &str = "Figure";
pub const CARD_VALUE: &str = "Value";
pub const CARD_INTERVAL: &str = "95\u{2009}% interval";
pub const CARD_RECORDINGS: &str = "Recordings";

/// Recordings in each part of the split.
pub fn card_parts([train, validation, calibration, test]: [usize; 4]) -> String {
    format!(
        "{train} recordings for training, {validation} for choosing, {calibration} for calibration, {test} for testing."
    )
}

pub fn card_version(weights: &str) -> String {
    format!("Weights {weights}. How to make them again: ecg-lens train, in this project\u{2019}s README.")
}

/// What an answer leaves open: "AF", "AF or Other".
fn any_of(classes: &[Class]) -> String {
    classes.iter().map(|class| class.short_name()).collect::<Vec<_>>().join(" or ")
}

/// The classes that hold the truth in 90 and in 95 of 100 recordings.
pub fn sets(sets: &PredictionSets) -> String {
    match (sets.at_90.as_slice(), sets.at_95.as_slice()) {
        ([_], [_]) => format!("{}, and nothing else, at 95\u{2009}%.", any_of(&sets.at_95)),
        ([_], more) => format!("{} at 90\u{2009}%; {} at 95\u{2009}%.", any_of(&sets.at_90), any_of(more)),
        (some, more) if some == more => format!("{}: not sure.", any_of(some)),
        (some, more) => format!("{} at 90\u{2009}%, {} at 95\u{2009}%: not sure.", any_of(some), any_of(more)),
    }
}

pub const SETS_WHY: &str = "Sets of classes that held the true one in 90 and in 95 of 100 recordings like those it was \
    calibrated on (split conformal prediction). How often they really did is in About this network.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_long_a_recording_is() {
        assert_eq!(seconds(29.98), "30.0\u{2009}s");
        assert_eq!(seconds(1806.0), "30 min 06 s");
        assert_eq!(seconds(86_400.0), "24 h 00 min");
        assert_eq!(extent(10.0, 12), "10.0\u{2009}s \u{00b7} 12 leads");
    }

    #[test]
    fn says_why_the_gpu_does_not_answer_in_whole_sentences() {
        let slower = gpu_unused(&GpuUnused::Slower { gpu: 31.4, cpu: 9.04 });
        assert_eq!(slower, "WebGPU is not used: for one recording it takes 31\u{2009}ms, the CPU 9.0\u{2009}ms.");
        let gone = gpu_unused(&GpuUnused::Gone { reason: "this browser has none".to_owned() });
        assert_eq!(gone, "WebGPU is not used: this browser has none.");
    }
}
