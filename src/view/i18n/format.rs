//! Numbers with their units, which are written alike in all languages of the page.

use crate::engine::message::DeviceKind;
use crate::evaluate::intervals::Estimate;
use crate::view::geometry::{Arrangement, decimal};
use crate::view::measure::caliper::Caliper;

/// Where there is no figure.
pub const NOTHING: &str = "\u{2013}";

/// "97.2 %", of a share of 1.
pub fn percent(share: f32) -> String {
    decimal(f64::from(share) * 100.0, 1) + "\u{2009}%"
}

/// A whole percentage of a share of 1; a dash where there is nothing to share.
pub fn whole_percent(share: f64) -> String {
    if share.is_finite() { decimal(share * 100.0, 0) + "\u{2009}%" } else { NOTHING.to_owned() }
}

/// "30.0 s", "30 min 06 s", "24 h 00 min".
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

/// The length of an episode, to a second: "30 s", "1 min 30 s", "9 min", "2 h 05 min".
pub fn length(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match (whole / 3600, whole % 3600 / 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds}\u{2009}s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

/// Parts of a whole in one unit, and that unit: ("9", "30 min"), ("45", "90 s"), ("1.2", "24.0 h").
pub fn part_of(part: f64, all: f64) -> (String, String) {
    let (unit, name) = match all {
        ..120.0 => (1.0, "\u{2009}s"),
        ..=3600.0 => (60.0, "\u{2009}min"),
        _ => (3600.0, "\u{2009}h"),
    };
    let number = |seconds: f64| {
        let value = seconds / unit;
        let is_whole = unit < 3600.0 && (value - value.round()).abs() < 0.05;
        decimal(value, if is_whole { 0 } else { 1 })
    };
    (number(part), number(all) + name)
}

/// A heart rate without its unit.
pub fn beats(rate: f64) -> String {
    decimal(rate, 0)
}

/// A moment of a recording, in s from its beginning, to a tenth of a second within the first two minutes.
pub fn moment(time: f64) -> String {
    if time < 120.0 { decimal(time, 1) + "\u{2009}s" } else { seconds(time) }
}

/// A moment to a millisecond: "1.234 s".
pub fn at_time(time: f64) -> String {
    decimal(time, 3) + "\u{2009}s"
}

/// "812 ms", "12.34 s"; of a time in s.
pub fn duration(seconds: f64) -> String {
    if seconds < 9.9995 { interval(seconds) } else { decimal(seconds, 2) + "\u{2009}s" }
}

/// An interval between beats or waves, given in s: "812 ms".
pub fn interval(seconds: f64) -> String {
    decimal(seconds * 1000.0, 0) + "\u{2009}ms"
}

/// How long a computation took, given in ms: "9.0 ms", "31 ms".
pub fn milliseconds(milliseconds: f64) -> String {
    decimal(milliseconds, if milliseconds < 10.0 { 1 } else { 0 }) + "\u{2009}ms"
}

/// "6 h".
pub fn hours(hours: f64) -> String {
    decimal(hours, 0) + "\u{2009}h"
}

/// A sampling rate: "300 Hz".
pub fn rate(fs: f64) -> String {
    decimal(fs, if fs.fract() == 0.0 { 0 } else { 2 }) + "\u{2009}Hz"
}

/// "0.123 mV".
pub fn millivolts(value: f32) -> String {
    decimal(f64::from(value), 3) + "\u{2009}mV"
}

/// What is printed: "25 mm/s · 10 mm/mV".
pub fn printed_scale((speed, gain): (f64, f64)) -> String {
    format!("{}\u{2009}mm/s \u{00b7} {}", short(speed), printed_gain(gain))
}

/// "10 mm/mV", "2.5 mm/mV".
pub fn printed_gain(gain: f64) -> String {
    short(gain) + "\u{2009}mm/mV"
}

/// At most two decimals, and no idle noughts.
fn short(value: f64) -> String {
    let text = decimal(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What lies between the calipers' levels: "1.02 mV".
pub fn caliper_amplitude(caliper: Caliper) -> String {
    decimal(caliper.millivolts(), 2) + "\u{2009}mV"
}

/// What a square of the paper is worth: "0.04 s × 0.1 mV".
pub fn square(seconds: f64, millivolts: f64) -> String {
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
    format!("{time}\u{2009}s \u{00d7} {amplitude}\u{2009}mV")
}

/// "25 mm/s".
pub fn paper_speed(mm_per_second: u8) -> String {
    format!("{mm_per_second}\u{2009}mm/s")
}

/// "10 mm/mV".
pub fn paper_gain(mm_per_millivolt: u8) -> String {
    format!("{mm_per_millivolt}\u{2009}mm/mV")
}

/// Rows by columns: "3 × 4".
pub fn arrangement(arrangement: Arrangement) -> &'static str {
    match arrangement {
        Arrangement::ThreeByFour => "3\u{2009}\u{00d7}\u{2009}4",
        Arrangement::SixByTwo => "6\u{2009}\u{00d7}\u{2009}2",
        Arrangement::OneColumn => "12\u{2009}\u{00d7}\u{2009}1",
    }
}

pub fn device(device: DeviceKind) -> &'static str {
    match device {
        DeviceKind::Cpu => "CPU",
        DeviceKind::Webgpu => "WebGPU",
    }
}

/// 85280 as "85 280", 8528 as "8528".
pub fn count(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// "0.853".
pub fn figure(value: f64) -> String {
    decimal(value, 3)
}

/// "(0.832–0.871)"; nothing where there is no figure.
pub fn confidence_interval(estimate: &Estimate) -> String {
    if !estimate.value.is_finite() {
        return String::new();
    }
    format!("({}\u{2013}{})", figure(estimate.low), figure(estimate.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_durations_by_their_length() {
        assert_eq!(seconds(29.98), "30.0\u{2009}s");
        assert_eq!(seconds(1806.0), "30 min 06 s");
        assert_eq!(seconds(86_400.0), "24 h 00 min");
        assert_eq!(duration(0.812), "812\u{2009}ms");
        assert_eq!(duration(12.345), "12.35\u{2009}s");
    }

    #[test]
    fn writes_episodes_to_a_second_and_parts_in_one_unit() {
        assert_eq!(
            [30.0, 90.0, 270.0, 540.0, 7500.0].map(length),
            ["30\u{2009}s", "1 min 30 s", "4 min 30 s", "9 min", "2 h 05 min"]
        );
        let said = |part: f64, all: f64| {
            let (part, all) = part_of(part, all);
            format!("{part}/{all}")
        };
        assert_eq!(said(540.0, 1806.0), "9/30.1\u{2009}min");
        assert_eq!(said(450.0, 1800.0), "7.5/30\u{2009}min");
        assert_eq!(said(30.0, 90.0), "30/90\u{2009}s");
        assert_eq!(said(86_400.0 / 2.0, 86_400.0), "12.0/24.0\u{2009}h");
    }

    #[test]
    fn groups_the_digits_of_large_counts() {
        assert_eq!((count(85_280), count(8528)), ("85\u{2009}280".to_owned(), "8528".to_owned()));
    }
}
