//! Every word about measuring on the trace, and the list of keys.

use super::{percent, seconds};
use crate::network::Class;
use crate::signal::display_filter::{Band, DisplayFilter, Mains};
use crate::signal::rhythm::{AtrialWave, FEWEST_INTERVALS, Regularity, SMALL_P_WAVE_MV};
use crate::signal::rr::Irregularity;
use crate::view::geometry::{PaperScale, decimal};
use crate::view::measure::caliper::{Caliper, Part};

pub const PAPER: &str = "Paper";
pub const PAPER_TITLE: &str = "ECG paper at its own scale, in true millimetres (key P)";
pub const TOOLS: &str = "Tools";
pub const CALIPERS: &str = "Calipers";
pub const CALIPERS_TITLE: &str = "Measure time and amplitude on the trace (key C)";
pub const MEASUREMENTS: &str = "Measurements";
pub const MEASUREMENTS_TITLE: &str = "RR intervals, heart rate, mean beat (key M)";
pub const FILTER: &str = "Filter";
pub const FILTER_TITLE: &str = "For the eye only: the network and the measurements read the recording as it is.";
pub const NOTCH: &str = "Notch";
pub const NOTCH_TITLE: &str =
    "Takes the hum of the mains out of the drawing; the network reads the recording as it is.";
pub const SPEED: &str = "Paper speed";
pub const GAIN: &str = "Gain";
pub const MATCH_SCREEN: &str = "Match the screen\u{2026}";
pub const SNAP: &str = "Snap to R peaks";
pub const SNAP_TITLE: &str = "An edge that comes near an R peak is set on it; hold Alt to move freely";
pub const MARCH: &str = "March out";
pub const MARCH_TITLE: &str = "Repeats the distance across the trace, to either side";
pub const CLOSE: &str = "Close";

pub fn band(band: Band) -> &'static str {
    match band {
        Band::Whole => "None",
        Band::Diagnostic => "0.05\u{2013}150\u{2009}Hz",
        Band::Monitor => "0.5\u{2013}40\u{2009}Hz",
    }
}

pub fn notch(notch: Option<Mains>) -> &'static str {
    match notch {
        None => "None",
        Some(Mains::Fifty) => "50\u{2009}Hz",
        Some(Mains::Sixty) => "60\u{2009}Hz",
    }
}

/// On the trace, where a filter is at work: "Filter 0.5–40 Hz, 50 Hz notch".
pub fn filter_note(filter: DisplayFilter) -> Option<String> {
    let notch = filter.notch.map(|mains| format!("{}\u{2009}Hz notch", decimal(mains.hz(), 0)));
    match (filter.band, notch) {
        (Band::Whole, None) => None,
        (Band::Whole, Some(notch)) => Some(format!("Filter {notch}")),
        (some, None) => Some(format!("Filter {}", band(some))),
        (some, Some(notch)) => Some(format!("Filter {}, {notch}", band(some))),
    }
}

pub fn speed(mm_per_second: u8) -> String {
    format!("{mm_per_second}\u{2009}mm/s")
}

pub fn gain(mm_per_millivolt: u8) -> String {
    format!("{mm_per_millivolt}\u{2009}mm/mV")
}

/// On the paper: its scale, and whether its millimetres are true.
pub fn scale_note(scale: PaperScale, is_matched: bool) -> String {
    let scale = format!("{} \u{00b7} {}", speed(scale.mm_per_second), gain(scale.mm_per_millivolt));
    if is_matched { scale } else { format!("{scale} \u{00b7} screen not matched") }
}

pub const SCREEN_TITLE: &str = "Match the screen";
pub const SCREEN_WIDE: &str = "Hold a bank card against the outline, and drag the slider until the outline is exactly as \
    wide as the card. Left and right arrow keys move it finely.";
pub const SCREEN_NARROW: &str = "Hold a bank card upright against the outline, and drag the slider until the outline is \
    exactly as wide as the card\u{2019}s short side. Left and right arrow keys move it finely.";
pub const SCREEN_SLIDER: &str = "Width of the outline";
pub const SCREEN_KEPT: &str = "Kept in this browser, and right at any zoom; another screen must be matched again.";
pub const SCREEN_SAVE: &str = "It fits";
pub const SCREEN_FORGET: &str = "Forget";

/// Of the outline that is held against a card.
pub fn card_width(millimetre: f64) -> String {
    format!("{} pixels to the millimetre", decimal(millimetre, 2))
}

pub fn caliper_part(part: Part) -> &'static str {
    match part {
        Part::From => "Left edge",
        Part::To => "Right edge",
        Part::Low => "Lower level",
        Part::High => "Upper level",
        Part::Whole => "Both edges",
    }
}

/// "812 ms", "12.34 s".
fn duration(seconds: f64) -> String {
    if seconds < 9.9995 { decimal(seconds * 1000.0, 0) + "\u{2009}ms" } else { decimal(seconds, 2) + "\u{2009}s" }
}

/// "812 ms · 73.9 beats/min".
pub fn caliper_time(caliper: Caliper) -> String {
    format!("{} \u{00b7} {}\u{2009}beats/min", duration(caliper.seconds()), decimal(caliper.rate(), 1))
}

pub fn caliper_amplitude(caliper: Caliper) -> String {
    decimal(caliper.millivolts(), 2) + "\u{2009}mV"
}

/// For those who hear it: where `part` stands, and what lies between the edges.
pub fn caliper_spoken(caliper: Caliper, part: Part) -> String {
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

/// The group of all handles.
pub fn calipers_reading(caliper: Caliper) -> String {
    format!(
        "Calipers: {} milliseconds, {} beats a minute, {} millivolts",
        decimal(caliper.seconds() * 1000.0, 0),
        decimal(caliper.rate(), 1),
        decimal(caliper.millivolts(), 2)
    )
}

pub const RR_ROW: &str = "RR (ms)";

/// Which beats were measured: "45 beats of lead II, all of the recording".
pub fn measured(beats: usize, lead: &str, part: Option<(f64, f64)>) -> String {
    let beats = if beats == 1 { "1 beat".to_owned() } else { format!("{beats} beats") };
    let lead = super::lead(lead);
    let of = if lead.is_empty() { String::new() } else { format!(" of {lead}") };
    match part {
        None => format!("{beats}{of}, all of the recording"),
        Some((from, to)) => format!("{beats}{of}, from {} to {}", seconds(from), seconds(to)),
    }
}

pub const NOISY: &str = "The network finds this recording too noisy to read: what was taken for beats may be noise.";
pub const NO_BEATS: &str = "No beat was found in this lead: there is nothing to measure.";
pub const HEART_RATE: &str = "Heart rate";
pub const MEAN_RR: &str = "Mean RR";
pub const VARIATION: &str = "RR variation";
pub const VARIATION_TITLE: &str = "Coefficient of variation: standard deviation over mean";
pub const RMSSD: &str = "RMSSD";
pub const RMSSD_TITLE: &str = "Root mean square of the differences between neighbouring RR intervals";
pub const PREMATURE: &str = "Premature";
pub const PREMATURE_TITLE: &str = "Beats whose RR interval is shorter than four fifths of the median around them. In \
    atrial fibrillation short intervals are counted so too.";
pub const TOO_FEW: &str = "too few beats";

/// "93 beats/min", and the slowest and fastest eight intervals.
pub fn heart_rate(mean: f64, (low, high): (f64, f64)) -> (String, String) {
    let range = format!("{}\u{2013}{} over any 8 beats", decimal(low, 0), decimal(high, 0));
    (decimal(mean, 0) + "\u{2009}beats/min", range)
}

pub fn milliseconds(seconds: f64) -> String {
    decimal(seconds * 1000.0, 0) + "\u{2009}ms"
}

/// A share of 1: "19.1 %".
pub fn share(share: f64) -> String {
    percent(share as f32)
}

pub fn without_premature(figure: &str) -> String {
    format!("{figure} without premature beats")
}

pub fn premature(count: usize, all: usize) -> String {
    format!("{count} of {all}")
}

pub const SIGNS: &str = "Signs of atrial fibrillation";
pub const SIGNS_HINT: &str = "Signs, and not a diagnosis: premature beats, pacemakers and noise change them too, and \
    atrial flutter may beat like a clock. Shares are of recordings of the PhysioNet/CinC Challenge 2017.";
pub const SIGN_RR: &str = "RR intervals";
pub const SIGN_P: &str = "P wave";
pub const SIGN_NETWORK: &str = "Where the network looked";

/// Whether RR intervals are irregular; figures of premature beats left out.
pub fn sign_rr(regularity: Regularity, figures: Option<Irregularity>, intervals: usize) -> String {
    let vary = figures.map(|it| share(it.variation)).unwrap_or_default();
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

/// Whether there is a P wave.
pub fn sign_p(wave: &AtrialWave) -> String {
    let small = decimal(SMALL_P_WAVE_MV, 2);
    match wave {
        AtrialWave::TooFewBeats => {
            "Cannot be told: too few beats, or so fast that the T wave lies where the P wave would be.".to_owned()
        }
        AtrialWave::Present(wave) => format!(
            "Present: {}\u{2009}mV, {} before the R peak, in the mean of {} beats. So in 12 of 100 recordings of \
             atrial fibrillation, and 90 of 100 of normal rhythm.",
            decimal(wave.height, 2),
            milliseconds(-wave.time),
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

/// How densely the importance for `class` lies where a P wave would stand, over an even spread.
pub fn sign_network(class: Class, ratio: f64) -> String {
    if ratio < 0.05 {
        return format!(
            "What speaks for {} hardly lies before the QRS complex, where a P wave would stand.",
            super::class(class)
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
        super::class(class)
    )
}

/// The map of the layer is too coarse.
pub fn sign_network_coarse(seconds: f64) -> String {
    format!(
        "This layer\u{2019}s map has one value every {}: too coarse to tell a P wave\u{2019}s place from the QRS complex.",
        milliseconds(seconds)
    )
}

pub const SIGN_NETWORK_NONE: &str = "There is no importance to weigh.";
pub const LOOK_FINER: &str = "Ask Stage 2, which is finer";

pub const POINCARE: &str = "Poincar\u{e9} plot: each RR interval (ms) and the next";
pub const POINCARE_RINGS: &str = "Rings: premature beats and their pauses.";

pub fn poincare_spoken((across, along): (f64, f64), points: usize) -> String {
    format!(
        "Poincar\u{e9} plot of {points} pairs of RR intervals: SD1 {} ms, SD2 {} ms",
        decimal(across * 1000.0, 0),
        decimal(along * 1000.0, 0)
    )
}

pub fn poincare_figures((across, along): (f64, f64)) -> String {
    format!("SD1 {}, SD2 {}", milliseconds(across), milliseconds(along))
}

pub fn mean_beat(beats: usize) -> String {
    format!("Mean of {beats} beats (mV; seconds from the R peak)")
}

pub const MEAN_BEAT_BAND: &str = "Below: the mean importance.";

pub fn mean_beat_spoken(beats: usize, wave: &AtrialWave) -> String {
    format!("Mean of {beats} beats. P wave: {}", sign_p(wave))
}

pub const SHARES: &str = "Each beat\u{2019}s share of the importance";

/// The beat with the largest share.
pub fn largest_share(time: f64, largest: f64) -> String {
    format!("largest: {} at the beat at {}\u{2009}s", share(largest), decimal(time, 1))
}

pub const KEYS: &str = "Keys";
pub const KEYS_TITLE: &str = "Keys, while the trace is chosen";

/// Every key of the page: what to press, and what it does. The one list; the dialog under `?` shows it.
pub const KEY_LIST: [(&str, &str); 19] = [
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
    ("M", "Measurements"),
    ("?", "This list"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_caliper_reads() {
        let caliper = Caliper { from: 1.0, to: 1.812, low: -0.1, high: 0.92 };
        assert_eq!(caliper_time(caliper), "812\u{2009}ms \u{00b7} 73.9\u{2009}beats/min");
        assert_eq!(caliper_amplitude(caliper), "1.02\u{2009}mV");
        assert_eq!(
            caliper_spoken(caliper, Part::To),
            "1.812 seconds; 812 milliseconds between the edges, 73.9 beats a minute"
        );
        assert_eq!(caliper_spoken(caliper, Part::High), "0.92 millivolts; 1.02 millivolts between the levels");
        assert_eq!(duration(12.345), "12.35\u{2009}s");
    }

    #[test]
    fn names_the_filter_that_is_at_work() {
        let note = |band, notch| filter_note(DisplayFilter { band, notch });
        assert_eq!(note(Band::Whole, None), None);
        assert_eq!(note(Band::Whole, Some(Mains::Sixty)).as_deref(), Some("Filter 60\u{2009}Hz notch"));
        let both = note(Band::Monitor, Some(Mains::Fifty));
        assert_eq!(both.as_deref(), Some("Filter 0.5\u{2013}40\u{2009}Hz, 50\u{2009}Hz notch"));
    }
}
