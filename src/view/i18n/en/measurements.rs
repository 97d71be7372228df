//! What is said about measuring on the trace, and the list of keys.

use super::English;
use crate::network::Class;
use crate::signal::display_filter::{Band, DisplayFilter, Mains};
use crate::signal::rhythm::{AtrialWave, FEWEST_INTERVALS, Regularity, SMALL_P_WAVE_MV};
use crate::signal::rr::Irregularity;
use crate::view::geometry::{PaperScale, decimal};
use crate::view::i18n::{Main, Measurements, format};
use crate::view::measure::caliper::{Caliper, Part};

impl Measurements for English {
    says! {
        paper: "Paper",
        paper_title: "ECG paper at its own scale, in true millimetres (key P)",
        tools: "Tools",
        calipers: "Calipers",
        calipers_title: "Measure time and amplitude on the trace (key C)",
        measurements: "Measurements",
        measurements_title: "RR intervals, heart rate, mean beat (key M)",
        filter: "Filter",
        filter_title: "For the eye only: the network and the measurements read the recording as it is.",
        notch: "Notch",
        notch_title: "Takes the hum of the mains out of the drawing; the network reads the recording as it is.",
        speed: "Paper speed",
        gain: "Gain",
        match_screen: "Match the screen\u{2026}",
        snap: "Snap to R peaks",
        snap_title: "An edge that comes near an R peak is set on it; hold Alt to move freely",
        march: "March out",
        march_title: "Repeats the distance across the trace, to either side",
        close: "Close",
        screen_title: "Match the screen",
        screen_wide: "Hold a bank card against the outline, and drag the slider until the outline is exactly as \
            wide as the card. Left and right arrow keys move it finely.",
        screen_narrow: "Hold a bank card upright against the outline, and drag the slider until the outline is \
            exactly as wide as the card\u{2019}s short side. Left and right arrow keys move it finely.",
        screen_slider: "Width of the outline",
        screen_kept: "Kept in this browser, and right at any zoom; another screen must be matched again.",
        screen_save: "It fits",
        screen_forget: "Forget",
        rr_row: "RR (ms)",
        noisy: "The network finds this recording too noisy to read: what was taken for beats may be noise.",
        no_beats: "No beat was found in this lead: there is nothing to measure.",
        heart_rate: "Heart rate",
        mean_rr: "Mean RR",
        variation: "RR variation",
        variation_title: "Coefficient of variation: standard deviation over mean",
        rmssd: "RMSSD",
        rmssd_title: "Root mean square of the differences between neighbouring RR intervals",
        premature: "Premature",
        premature_title: "Beats whose RR interval is shorter than four fifths of the median around them. In \
            atrial fibrillation none is counted: every interval differs there.",
        too_few: "too few beats",
        signs: "Signs of atrial fibrillation",
        signs_hint: "Signs, and not a diagnosis: premature beats, pacemakers and noise change them too, and \
            atrial flutter may beat like a clock. Shares are of recordings of the PhysioNet/CinC Challenge 2017.",
        sign_rr: "RR intervals",
        sign_p: "P wave",
        sign_network: "Where the network looked",
        sign_network_none: "There is no importance to weigh.",
        look_finer: "Ask Stage 2, which is finer",
        poincare: "Poincar\u{e9} plot: each RR interval (ms) and the next",
        poincare_rings: "Rings: premature beats and their pauses.",
        mean_beat_band: "Below: the mean importance.",
        shares: "Each beat\u{2019}s share of the importance",
        keys: "Keys",
        keys_title: "Keys, while the trace is chosen",
    }

    fn band_name(&self, band: Band) -> &'static str {
        match band {
            Band::Whole => "None",
            Band::Diagnostic => "0.05\u{2013}150\u{2009}Hz",
            Band::Monitor => "0.5\u{2013}40\u{2009}Hz",
        }
    }

    fn notch_name(&self, notch: Option<Mains>) -> &'static str {
        match notch {
            None => "None",
            Some(Mains::Fifty) => "50\u{2009}Hz",
            Some(Mains::Sixty) => "60\u{2009}Hz",
        }
    }

    fn filter_note(&self, filter: DisplayFilter) -> Option<String> {
        let notch = filter.notch.map(|mains| format!("{}\u{2009}Hz notch", decimal(mains.hz(), 0)));
        match (filter.band, notch) {
            (Band::Whole, None) => None,
            (Band::Whole, Some(notch)) => Some(format!("Filter {notch}")),
            (some, None) => Some(format!("Filter {}", self.band_name(some))),
            (some, Some(notch)) => Some(format!("Filter {}, {notch}", self.band_name(some))),
        }
    }

    fn scale_note(&self, scale: PaperScale, is_matched: bool) -> String {
        let scale = format!(
            "{} \u{00b7} {}",
            format::paper_speed(scale.mm_per_second),
            format::paper_gain(scale.mm_per_millivolt)
        );
        if is_matched { scale } else { format!("{scale} \u{00b7} screen not matched") }
    }

    fn card_width(&self, millimetre: f64) -> String {
        format!("{} pixels to the millimetre", decimal(millimetre, 2))
    }

    fn caliper_part(&self, part: Part) -> &'static str {
        match part {
            Part::From => "Left edge",
            Part::To => "Right edge",
            Part::Low => "Lower level",
            Part::High => "Upper level",
            Part::Whole => "Both edges",
        }
    }

    fn caliper_time(&self, caliper: Caliper) -> String {
        format!("{} \u{00b7} {}\u{2009}beats/min", format::duration(caliper.seconds()), decimal(caliper.rate(), 1))
    }

    fn caliper_spoken(&self, caliper: Caliper, part: Part) -> String {
        let place = match part {
            Part::Low | Part::High => decimal(caliper.place(part), 2) + " millivolts",
            _ => decimal(caliper.place(part), 3) + " seconds",
        };
        let between = match part {
            Part::Low | Part::High => decimal(caliper.millivolts(), 2) + " millivolts between the levels",
            _ => format!(
                "{} milliseconds between the edges, {} beats a minute",
                decimal(caliper.seconds() * 1000.0, 0),
                decimal(caliper.rate(), 1)
            ),
        };
        format!("{place}; {between}")
    }

    fn calipers_reading(&self, caliper: Caliper) -> String {
        format!(
            "Calipers: {} milliseconds, {} beats a minute, {} millivolts",
            decimal(caliper.seconds() * 1000.0, 0),
            decimal(caliper.rate(), 1),
            decimal(caliper.millivolts(), 2)
        )
    }

    fn measured(&self, beats: usize, lead: &str, part: Option<(f64, f64)>) -> String {
        let beats = if beats == 1 { "1 beat".to_owned() } else { format!("{beats} beats") };
        let lead = self.lead_name(lead);
        let of = if lead.is_empty() { String::new() } else { format!(" of {lead}") };
        match part {
            None => format!("{beats}{of}, all of the recording"),
            Some((from, to)) => format!("{beats}{of}, from {} to {}", format::seconds(from), format::seconds(to)),
        }
    }

    fn heart_rates(&self, mean: f64, (low, high): (f64, f64)) -> (String, String) {
        let range = format!("{}\u{2013}{} over any 8 beats", decimal(low, 0), decimal(high, 0));
        (decimal(mean, 0) + "\u{2009}beats/min", range)
    }

    fn without_premature(&self, figure: &str) -> String {
        format!("{figure} without premature beats")
    }

    fn premature_count(&self, count: usize, all: usize) -> String {
        format!("{count} of {all}")
    }

    fn rr_finding(&self, regularity: Regularity, figures: Option<Irregularity>, intervals: usize) -> String {
        let vary = figures.map(|it| format::percent(it.variation as f32)).unwrap_or_default();
        match regularity {
            Regularity::TooFewBeats => format!(
                "Too few beats to tell: {intervals} intervals, of which {FEWEST_INTERVALS} are needed, \
                 and three without premature beats."
            ),
            Regularity::Regular => {
                format!(
                    "Regular: they vary by {vary}, premature beats left out. So are 4 of 100 recordings of \
                     atrial fibrillation, and 62 of 100 of normal rhythm."
                )
            }
            Regularity::Between => {
                format!("Neither regular nor clearly irregular: they vary by {vary}, premature beats left out.")
            }
            Regularity::Irregular => format!(
                "Irregular: they vary by {vary}, premature beats left out. So are 88 of 100 recordings of atrial \
                 fibrillation, and 15 of 100 of normal rhythm."
            ),
        }
    }

    fn p_finding(&self, wave: &AtrialWave) -> String {
        let small = decimal(SMALL_P_WAVE_MV, 2);
        match wave {
            AtrialWave::TooFewBeats => {
                "Cannot be told: too few beats, or so fast that the T wave lies where the P wave would be.".to_owned()
            }
            AtrialWave::Present(wave) => format!(
                "Present: {}\u{2009}mV, {} before the R peak, in the mean of {} beats. So in 12 of 100 recordings of \
                 atrial fibrillation, and 90 of 100 of normal rhythm.",
                decimal(wave.height, 2),
                format::interval(-wave.time),
                wave.beats
            ),
            AtrialWave::NotSeen(wave) => {
                format!(
                    "None seen in the mean of {} beats, where one of {small}\u{2009}mV would show. So in 70 of 100 \
                     recordings of atrial fibrillation, and 6 of 100 of normal rhythm.",
                    wave.beats
                )
            }
            AtrialWave::HiddenByNoise(wave) => {
                format!("None seen in the mean of {} beats; noise would hide one of {small}\u{2009}mV.", wave.beats)
            }
        }
    }

    fn network_finding(&self, class: Class, ratio: f64) -> String {
        if ratio < 0.05 {
            return format!(
                "What speaks for {} hardly lies before the QRS complex, where a P wave would stand.",
                self.class_name(class)
            );
        }
        let times = decimal(ratio, 1);
        let compared = if ratio >= 1.5 {
            "more than an even spread would"
        } else if ratio <= 0.67 {
            "less than an even spread would"
        } else {
            "about as an even spread would"
        };
        format!(
            "What speaks for {} lies {times} times as densely before the QRS complex, where a P wave would stand, as on \
             average: {compared}.",
            self.class_name(class)
        )
    }

    fn network_too_coarse(&self, seconds: f64) -> String {
        format!(
            "This layer\u{2019}s map has one value every {}: too coarse to tell a P wave\u{2019}s place from the QRS complex.",
            format::interval(seconds)
        )
    }

    fn poincare_spoken(&self, (across, along): (f64, f64), points: usize) -> String {
        format!(
            "Poincar\u{e9} plot of {points} pairs of RR intervals: SD1 {} ms, SD2 {} ms",
            decimal(across * 1000.0, 0),
            decimal(along * 1000.0, 0)
        )
    }

    fn poincare_figures(&self, (across, along): (f64, f64)) -> String {
        format!("SD1 {}, SD2 {}", format::interval(across), format::interval(along))
    }

    fn mean_beat(&self, beats: usize) -> String {
        format!("Mean of {beats} beats (mV; seconds from the R peak)")
    }

    fn mean_beat_spoken(&self, beats: usize, wave: &AtrialWave) -> String {
        format!("Mean of {beats} beats. P wave: {}", self.p_finding(wave))
    }

    fn largest_share(&self, time: f64, largest: f64) -> String {
        format!("largest: {} at the beat at {}\u{2009}s", format::percent(largest as f32), decimal(time, 1))
    }

    fn key_list(&self) -> &'static [(&'static str, &'static str); 21] {
        &[
            ("\u{2190} \u{2192}", "Move along the trace"),
            ("Page Up, Page Down", "Move by what shows"),
            ("Home, End", "Go to either end"),
            ("+ \u{2212}", "Zoom in and out (not on paper)"),
            ("0", "The first 500 samples"),
            ("9", "The whole recording"),
            ("P", "ECG paper"),
            ("Shift \u{2190} \u{2192}", "Move the read-out"),
            ("Esc", "Put the read-out away"),
            ("C", "Calipers"),
            ("Tab", "From one edge of the calipers to the next"),
            ("\u{2190} \u{2192}, on an edge", "Move it by a sample; with Shift by ten"),
            ("\u{2191} \u{2193}, on a level", "Move it by 0.01 mV; with Shift by 0.1"),
            ("Page Up, Page Down, on an edge", "From R peak to R peak"),
            ("Page Up, Page Down, on both edges", "March on by their distance"),
            ("S, on an edge", "Snap to R peaks, or not"),
            ("X, on an edge", "March out across the trace, or not"),
            ("\u{2191} \u{2193}, on all leads", "Take the calipers to the lead before or after"),
            ("M", "Measurements"),
            ("Delete, in the list", "Take the recording out of the list"),
            ("?", "This list"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_caliper_reads() {
        let caliper = Caliper { from: 1.0, to: 1.812, low: -0.1, high: 0.92 };
        assert_eq!(English.caliper_time(caliper), "812\u{2009}ms \u{00b7} 73.9\u{2009}beats/min");
        assert_eq!(format::caliper_amplitude(caliper), "1.02\u{2009}mV");
        assert_eq!(
            English.caliper_spoken(caliper, Part::To),
            "1.812 seconds; 812 milliseconds between the edges, 73.9 beats a minute"
        );
        assert_eq!(English.caliper_spoken(caliper, Part::High), "0.92 millivolts; 1.02 millivolts between the levels");
        assert_eq!(format::duration(12.345), "12.35\u{2009}s");
    }

    #[test]
    fn names_the_filter_that_is_at_work() {
        let note = |band, notch| English.filter_note(DisplayFilter { band, notch });
        assert_eq!(note(Band::Whole, None), None);
        assert_eq!(note(Band::Whole, Some(Mains::Sixty)).as_deref(), Some("Filter 60\u{2009}Hz notch"));
        let both = note(Band::Monitor, Some(Mains::Fifty));
        assert_eq!(both.as_deref(), Some("Filter 0.5\u{2013}40\u{2009}Hz, 50\u{2009}Hz notch"));
    }
}
