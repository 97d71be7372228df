//! Every word about what is taken away from the page, and about keeping the page itself.

use super::{device, milliseconds, percent};
use crate::engine::message::DeviceKind;
use crate::network::Class;
use crate::view::geometry::decimal;

pub const REMEMBER: &str = "Remember the recordings that I open";
pub const REMEMBER_WHY: &str =
    "The last eight, in this browser alone: they are here at the next visit. Turned off, they are forgotten.";
pub const FORGET_RECENT: &str = "Forget them";

pub const EXPORT: &str = "Export";
pub const EXPORT_TITLE: &str = "The recording, its answer and its importance as files";
pub const SHARE: &str = "Share";
pub const SHARE_TITLE: &str = "A link that opens this recording in this view";

pub const SVG: &str = "Picture (SVG)";
pub const SVG_HINT: &str = "What shows, as a drawing";
pub const PNG: &str = "Picture (PNG)";
pub const PNG_HINT: &str = "What shows, in twice the pixels";
pub const CSV: &str = "Table (CSV)";
pub const CSV_HINT: &str = "Time, millivolts, importance";
pub const JSON: &str = "Document (JSON)";
pub const JSON_HINT: &str = "Everything, so that it can be done again";
pub const PRINT: &str = "Print or save as PDF";
pub const PRINT_HINT: &str = "One page, 25\u{2009}mm/s and 10\u{2009}mm/mV";
pub const WITH_NAME: &str = "With the file\u{2019}s name and its reader\u{2019}s remarks";
pub const WITH_NAME_HINT: &str = "A file\u{2019}s name may tell whose recording it is; without this it is left out.";
pub const NOT_DRAWN: &str =
    "The picture could not be made: this browser does not draw one so large. Zoom in, or export the drawing (SVG).";
pub const NOT_SAVED: &str = "The browser did not take the file. Allow downloads for this page and try again.";

/// Under an exported picture: "Atrial fibrillation, 97.2 %. Importance for Atrial fibrillation."
pub fn caption(label: Class, probability: f32, explained: Class) -> String {
    let (label, explained) = (super::class(label), super::class(explained));
    format!("{label}, {}. Importance for: {explained}.", percent(probability))
}

pub const NO_MEDICAL_DEVICE: &str = "ECG Lens. An aid, not a medical device.";

pub const LINK: &str = "Link";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied.";
pub const COPY_BY_HAND: &str = "The browser does not let this page copy: the link is selected, copy it by hand.";
pub const LINK_TO_DEMO: &str = "Opens this demonstration in the same view, with the same question.";

/// What a link with a recording in it holds; `lead` is "lead II" or empty.
pub fn link_holds(lead: &str, seconds: f64, characters: usize) -> String {
    let what = if lead.is_empty() { "the trace itself".to_owned() } else { format!("{lead} itself") };
    format!(
        "The link holds {what}, {}, without name or date, in {characters} characters. No server sees it, but whoever has \
         the link has the recording.",
        super::seconds(seconds)
    )
}

pub fn too_long(seconds: f64, most: f64) -> String {
    format!(
        "A link holds up to {} of one lead; this recording has {}. Export it as a file instead.",
        super::seconds(most),
        super::seconds(seconds)
    )
}

pub const NOT_PACKED: &str =
    "These samples do not fit a link: they are missing, or no amplitudes of an ECG. Export them as a file instead.";

/// The name of a recording that came in a link, and what stands for its file's format.
pub const SHARED_NAME: &str = "Shared recording";
pub const SHARED_FORMAT: &str = "from a link";
pub const DAMAGED_LINK: &str = "This link is not whole: a part was lost when it was copied or sent. Ask for it again.";
pub const NEWER_LINK: &str =
    "This link was made by a newer version of this page. Reload the page, or ask whoever serves it to update it.";

// On the printed page.

pub const PRINTED: &str = "Printed";
pub const EXPLAINED: &str = "Importance for";
pub const HEART_RATE: &str = "Heart rate";
pub const VARIATION: &str = "RR variation";
pub const ANSWERED_BY: &str = "Answered by";
pub const NETWORK: &str = "Network";
pub const NETWORK_UNKNOWN: &str = "its model card was not at hand";
pub const PAGE_VERSION: &str = "Page";

pub fn beats_a_minute(rate: f64) -> String {
    format!("{} beats a minute", decimal(rate, 0))
}

/// "CV 24 %, RMSSD 210 ms"; `variation` is a share of 1, `rmssd` in s.
pub fn rr_variation(variation: f64, rmssd: f64) -> String {
    format!("CV {}\u{2009}%, RMSSD {}\u{2009}ms", decimal(variation * 100.0, 0), decimal(rmssd * 1000.0, 0))
}

pub fn device_and_time(kind: DeviceKind, time: f64) -> String {
    format!("{}, {}", device(kind), milliseconds(time))
}

/// "0.0 s to 30.0 s of 30 min 06 s · 25 mm/s · 10 mm/mV".
pub fn print_scale(start: f64, end: f64, length: f64, gain: f64) -> String {
    let at = |time: f64| if time < 120.0 { decimal(time, 1) + "\u{2009}s" } else { super::seconds(time) };
    let gain = decimal(gain, if gain.fract() == 0.0 { 0 } else { 2 });
    let length = super::seconds(length);
    format!("{} to {} of {length} \u{00b7} 25\u{2009}mm/s \u{00b7} {gain}\u{2009}mm/mV", at(start), at(end))
}

pub const SMALLER: &str = "drawn smaller to fit the page";

/// The alternative text of the printed trace.
pub const PRINTED_TRACE: &str = "ECG trace, coloured by importance";

// Keeping the page.

pub const NEWER_VERSION: &str = "A newer version of this page is here.";
pub const USE_IT: &str = "Load it";
pub const OTHERS_ARE_OPEN: &str = "Close the other tabs of this page first: all of them change together.";
