//! What is said about files, prints and links, and about keeping the page itself.

use super::English;
use crate::engine::message::DeviceKind;
use crate::network::Class;
use crate::view::geometry::decimal;
use crate::view::i18n::{Export, Main, format};

impl Export for English {
    says! {
        remember: "Remember the recordings that I open",
        remember_why:
            "The last eight, in this browser alone: they are here at the next visit. Turned off, they are forgotten.",
        forget_recent: "Forget them",
        export: "Export",
        export_title: "The recording, its answer and its importance as files",
        share: "Share",
        share_title: "A link that opens this recording in this view",
        svg: "Picture (SVG)",
        svg_hint: "What shows, as a drawing",
        png: "Picture (PNG)",
        png_hint: "What shows, in twice the pixels",
        csv: "Table (CSV)",
        csv_hint: "Time, millivolts, importance",
        json: "Document (JSON)",
        json_hint: "Everything, so that it can be done again",
        print: "Print or save as PDF",
        print_hint: "One page, in true millimetres",
        with_name: "With the file\u{2019}s name and its reader\u{2019}s remarks",
        with_name_hint: "A file\u{2019}s name may tell whose recording it is; without this it is left out.",
        not_drawn:
            "The picture could not be made: this browser does not draw one so large. Zoom in, or export the drawing (SVG).",
        not_saved: "The browser did not take the file. Allow downloads for this page and try again.",
        no_medical_device: "ECG Lens. An aid, not a medical device.",
        link: "Link",
        copy: "Copy",
        copied: "Copied.",
        copy_by_hand: "The browser does not let this page copy: the link is selected, copy it by hand.",
        link_to_demo: "Opens this demonstration in the same view, with the same question.",
        not_packed:
            "These samples do not fit a link: they are missing, or no amplitudes of an ECG. Export them as a file instead.",
        shared_name: "Shared recording",
        shared_format: "from a link",
        damaged_link: "This link is not whole: a part was lost when it was copied or sent. Ask for it again.",
        newer_link:
            "This link was made by a newer version of this page. Reload the page, or ask whoever serves it to update it.",
        printed: "Printed",
        explained: "Importance for",
        heart_rate: "Heart rate",
        variation: "RR variation",
        answered_by: "Answered by",
        network: "Network",
        network_unknown: "its model card was not at hand",
        page_version: "Page",
        smaller: "Drawn smaller to fit the page",
        true_to_scale: "True to scale on A4 and Letter, printed at 100\u{2009}%",
        printed_trace: "ECG trace, coloured by importance",
        newer_version: "A newer version of this page is here.",
        use_it: "Load it",
        others_are_open: "Close the other tabs of this page first: all of them change together.",
    }

    fn caption(&self, answer: &str, sure: &str, explained: Class) -> String {
        format!("{answer}, {sure}. Importance for: {}.", self.class_name(explained))
    }

    fn link_holds(&self, lead: &str, seconds: f64, characters: usize) -> String {
        let what = if lead.is_empty() { "the trace itself".to_owned() } else { format!("{lead} itself") };
        format!(
            "The link holds {what}, {}, without name or date, in {characters} characters. No server sees it, but whoever has \
             the link has the recording.",
            format::seconds(seconds)
        )
    }

    fn too_long(&self, seconds: f64, most: f64) -> String {
        format!(
            "A link holds up to {} of one lead; this recording has {}. Export it as a file instead.",
            format::seconds(most),
            format::seconds(seconds)
        )
    }

    fn beats_a_minute(&self, rate: f64) -> String {
        format!("{} beats a minute", decimal(rate, 0))
    }

    fn rr_variation(&self, variation: f64, rmssd: f64) -> String {
        format!("CV {}\u{2009}%, RMSSD {}\u{2009}ms", decimal(variation * 100.0, 0), decimal(rmssd * 1000.0, 0))
    }

    fn device_and_time(&self, kind: DeviceKind, time: f64) -> String {
        format!("{}, {}", format::device(kind), format::milliseconds(time))
    }

    fn print_scale(&self, start: f64, end: f64, length: f64, scale: (f64, f64)) -> String {
        let length = format::seconds(length);
        format!(
            "{} to {} of {length} \u{00b7} {}",
            format::moment(start),
            format::moment(end),
            format::printed_scale(scale)
        )
    }

    fn less_gain(&self, chosen: f64) -> String {
        format!("Less than {}: the trace is taller than the page", format::printed_gain(chosen))
    }
}
