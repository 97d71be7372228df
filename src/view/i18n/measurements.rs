//! What is said about measuring on the trace, and the list of keys.

use crate::network::Class;
use crate::signal::display_filter::{Band, DisplayFilter, Mains};
use crate::signal::rhythm::{AtrialWave, Regularity};
use crate::signal::rr::Irregularity;
use crate::view::geometry::PaperScale;
use crate::view::measure::caliper::{Caliper, Part};

/// What is said about measuring on the trace, and the list of keys.
pub trait Measurements: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    fn paper(&self) -> &'static str;
    fn paper_title(&self) -> &'static str;
    fn tools(&self) -> &'static str;
    fn calipers(&self) -> &'static str;
    fn calipers_title(&self) -> &'static str;
    fn measurements(&self) -> &'static str;
    fn measurements_title(&self) -> &'static str;
    fn filter(&self) -> &'static str;
    fn filter_title(&self) -> &'static str;
    fn notch(&self) -> &'static str;
    fn notch_title(&self) -> &'static str;
    fn speed(&self) -> &'static str;
    fn gain(&self) -> &'static str;
    fn match_screen(&self) -> &'static str;
    fn snap(&self) -> &'static str;
    fn snap_title(&self) -> &'static str;
    fn march(&self) -> &'static str;
    fn march_title(&self) -> &'static str;
    fn close(&self) -> &'static str;

    fn band_name(&self, band: Band) -> &'static str;

    fn notch_name(&self, notch: Option<Mains>) -> &'static str;

    /// On the trace, where a filter is at work: "Filter 0.5–40 Hz, 50 Hz notch".
    fn filter_note(&self, filter: DisplayFilter) -> Option<String>;

    /// On the paper: its scale, and whether its millimetres are true.
    fn scale_note(&self, scale: PaperScale, is_matched: bool) -> String;
    fn screen_title(&self) -> &'static str;
    fn screen_wide(&self) -> &'static str;
    fn screen_narrow(&self) -> &'static str;
    fn screen_slider(&self) -> &'static str;
    fn screen_kept(&self) -> &'static str;
    fn screen_save(&self) -> &'static str;
    fn screen_forget(&self) -> &'static str;

    /// Of the outline that is held against a card.
    fn card_width(&self, millimetre: f64) -> String;

    fn caliper_part(&self, part: Part) -> &'static str;

    /// "812 ms · 73.9 beats/min".
    fn caliper_time(&self, caliper: Caliper) -> String;

    /// For those who hear it: where `part` stands, and what lies between the edges.
    fn caliper_spoken(&self, caliper: Caliper, part: Part) -> String;

    /// The group of all handles.
    fn calipers_reading(&self, caliper: Caliper) -> String;
    fn rr_row(&self) -> &'static str;

    /// Which beats were measured: "45 beats of lead II, all of the recording".
    fn measured(&self, beats: usize, lead: &str, part: Option<(f64, f64)>) -> String;
    fn noisy(&self) -> &'static str;
    fn no_beats(&self) -> &'static str;
    fn heart_rate(&self) -> &'static str;
    fn mean_rr(&self) -> &'static str;
    fn variation(&self) -> &'static str;
    fn variation_title(&self) -> &'static str;
    fn rmssd(&self) -> &'static str;
    fn rmssd_title(&self) -> &'static str;
    fn premature(&self) -> &'static str;
    fn premature_title(&self) -> &'static str;
    fn too_few(&self) -> &'static str;

    /// "93 beats/min", and the slowest and fastest eight intervals.
    fn heart_rates(&self, mean: f64, range: (f64, f64)) -> (String, String);

    fn without_premature(&self, figure: &str) -> String;

    fn premature_count(&self, count: usize, all: usize) -> String;
    fn signs(&self) -> &'static str;
    fn signs_hint(&self) -> &'static str;
    fn sign_rr(&self) -> &'static str;
    fn sign_p(&self) -> &'static str;
    fn sign_network(&self) -> &'static str;

    /// Whether RR intervals are irregular; figures of premature beats left out.
    fn rr_finding(&self, regularity: Regularity, figures: Option<Irregularity>, intervals: usize) -> String;

    /// Whether there is a P wave.
    fn p_finding(&self, wave: &AtrialWave) -> String;

    /// How densely the importance for `class` lies where a P wave would stand, over an even spread.
    fn network_finding(&self, class: Class, ratio: f64) -> String;

    /// The map of the layer is too coarse.
    fn network_too_coarse(&self, seconds: f64) -> String;
    fn sign_network_none(&self) -> &'static str;
    fn look_finer(&self) -> &'static str;
    fn poincare(&self) -> &'static str;
    fn poincare_rings(&self) -> &'static str;

    fn poincare_spoken(&self, deviations: (f64, f64), points: usize) -> String;

    fn poincare_figures(&self, deviations: (f64, f64)) -> String;

    fn mean_beat(&self, beats: usize) -> String;
    fn mean_beat_band(&self) -> &'static str;

    fn mean_beat_spoken(&self, beats: usize, wave: &AtrialWave) -> String;
    fn shares(&self) -> &'static str;

    /// The beat with the largest share.
    fn largest_share(&self, time: f64, largest: f64) -> String;
    fn keys(&self) -> &'static str;
    fn keys_title(&self) -> &'static str;

    /// Every key of the page: what to press, and what it does. The one list; the dialog under `?` shows it.
    fn key_list(&self) -> &'static [(&'static str, &'static str); 21];
}
