//! What is said about files, prints and links, and about keeping the page itself.

use crate::engine::message::DeviceKind;
use crate::network::Class;

/// What is said about files, prints and links, and about keeping the page itself.
pub trait Export: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    fn remember(&self) -> &'static str;
    fn remember_why(&self) -> &'static str;
    fn forget_recent(&self) -> &'static str;
    fn export(&self) -> &'static str;
    fn export_title(&self) -> &'static str;
    fn share(&self) -> &'static str;
    fn share_title(&self) -> &'static str;
    fn svg(&self) -> &'static str;
    fn svg_hint(&self) -> &'static str;
    fn png(&self) -> &'static str;
    fn png_hint(&self) -> &'static str;
    fn csv(&self) -> &'static str;
    fn csv_hint(&self) -> &'static str;
    fn json(&self) -> &'static str;
    fn json_hint(&self) -> &'static str;
    fn print(&self) -> &'static str;
    fn print_hint(&self) -> &'static str;
    fn with_name(&self) -> &'static str;
    fn with_name_hint(&self) -> &'static str;
    fn not_drawn(&self) -> &'static str;
    fn not_saved(&self) -> &'static str;

    /// Under an exported picture: "Atrial fibrillation, 97.2 % sure. Importance for Atrial fibrillation."
    fn caption(&self, answer: &str, sure: &str, explained: Class) -> String;
    fn no_medical_device(&self) -> &'static str;
    fn link(&self) -> &'static str;
    fn copy(&self) -> &'static str;
    fn copied(&self) -> &'static str;
    fn copy_by_hand(&self) -> &'static str;
    fn link_to_demo(&self) -> &'static str;

    /// What a link with a recording in it holds; `lead` is "lead II" or empty.
    fn link_holds(&self, lead: &str, seconds: f64, characters: usize) -> String;

    fn too_long(&self, seconds: f64, most: f64) -> String;
    fn not_packed(&self) -> &'static str;

    /// The name of a recording that came in a link, and what stands for its file's format.
    fn shared_name(&self) -> &'static str;
    fn shared_format(&self) -> &'static str;
    fn damaged_link(&self) -> &'static str;
    fn newer_link(&self) -> &'static str;
    fn printed(&self) -> &'static str;
    fn explained(&self) -> &'static str;
    fn heart_rate(&self) -> &'static str;
    fn variation(&self) -> &'static str;
    fn answered_by(&self) -> &'static str;
    fn network(&self) -> &'static str;
    fn network_unknown(&self) -> &'static str;
    fn page_version(&self) -> &'static str;

    fn beats_a_minute(&self, rate: f64) -> String;

    /// "CV 24 %, RMSSD 210 ms"; `variation` is a share of 1, `rmssd` in s.
    fn rr_variation(&self, variation: f64, rmssd: f64) -> String;

    fn device_and_time(&self, kind: DeviceKind, time: f64) -> String;

    /// "0.0 s to 30.0 s of 30 min 06 s · 25 mm/s · 10 mm/mV", at a speed in mm/s and a gain in mm/mV.
    fn print_scale(&self, start: f64, end: f64, length: f64, scale: (f64, f64)) -> String;

    /// Why the gain is not the one that was chosen, in mm/mV.
    fn less_gain(&self, chosen: f64) -> String;
    fn smaller(&self) -> &'static str;

    /// On which paper, and how printed, the millimetres are true.
    fn true_to_scale(&self) -> &'static str;

    /// The alternative text of the printed trace.
    fn printed_trace(&self) -> &'static str;
    fn newer_version(&self) -> &'static str;
    fn use_it(&self) -> &'static str;
    fn others_are_open(&self) -> &'static str;
}
