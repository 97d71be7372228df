//! Every word of the day: a recording of hours.

use super::room::count;
use super::seconds;
use crate::view::geometry::decimal;

pub const DAY: &str = "The whole recording";
pub const LINE: &str = "Time line of the recording";
pub const KEYS: &str = "Click, or use the keys: left and right go from one AF episode to another, up and down by a minute, \
    Home and End to the beginning and the end. That minute opens below.";
pub const LEAD: &str = "Lead that is classified";
pub const PROGRESS: &str = "Classification of the recording";
pub const STOP: &str = "Stop";
pub const GO_ON: &str = "Go on";
pub const NOTHING: &str = "\u{2013}";

pub const BURDEN: &str = "AF burden";
pub const EPISODES: &str = "AF episodes";
pub const LONGEST: &str = "Longest";
pub const ANALYSED: &str = "Analysed";
pub const LOST: &str = "Too noisy to say";
pub const LIST: &str = "All AF episodes";
pub const HOW: &str = "Each 30 s are classified by themselves. The burden is the share of the analysed time that was called \
    AF; an episode is a row of such windows, in which one may be called otherwise. A single window may be a false alarm: \
    open it and look.";

pub const SIGNAL: &str = "Signal";
pub const AF: &str = "AF";
pub const OTHER: &str = "Other";
pub const NOISY: &str = "Noisy";

/// "03:05:00", "03:05:00 on day 2".
pub fn time_of_day(time: &str, midnights: u32) -> String {
    if midnights == 0 { time.to_owned() } else { format!("{time} on day {}", midnights + 1) }
}

/// A minute's name: "holter, 03:05:00".
pub fn moment(name: &str, time: &str) -> String {
    format!("{name}, {time}")
}

/// What is at the place on the line, for a screen reader.
pub fn here(time: &str, is_af: bool) -> String {
    if is_af { format!("{time}, atrial fibrillation") } else { time.to_owned() }
}

/// "12 min 30 s, at 03:05:00".
pub fn longest(length: f64, time: &str) -> String {
    format!("{}, at {time}", seconds(length))
}

/// "03:05:00, 12 min 30 s".
pub fn episode(time: &str, length: f64) -> String {
    format!("{time}, {}", seconds(length))
}

/// "22.9 h of 24.0 h".
pub fn hours_of(analysed: f64, all: f64) -> String {
    let hours = |seconds: f64| decimal(seconds / 3600.0, 1) + "\u{2009}h";
    format!("{} of {}", hours(analysed), hours(all))
}

/// "6 h": a mark of the time line.
pub fn hours(hours: f64) -> String {
    decimal(hours, 0) + "\u{2009}h"
}

/// How far the classification is, and how long the rest will take: `done_now` windows took `seconds`.
pub fn progress(done: usize, all: usize, done_now: usize, took: f64, is_running: bool) -> String {
    let so_far = format!("{} of {} windows", count(done), count(all));
    if !is_running {
        return match done < all {
            true => format!("Stopped after {so_far}; the figures are of these."),
            false => format!("{} windows classified.", count(all)),
        };
    }
    if done_now < 16 || took < 0.5 {
        return so_far;
    }
    let left = (all.saturating_sub(done) as f64 * took / done_now as f64).ceil();
    let left = if left < 120.0 { decimal(left, 0) + "\u{2009}s" } else { seconds(left) };
    format!("{so_far} \u{00b7} {left} left")
}
