//! What is said about a recording of hours.

use super::English;
use crate::view::geometry::decimal;
use crate::view::i18n::{Holter, format};

impl Holter for English {
    says! {
        whole_recording: "The whole recording",
        line: "Time line of the recording",
        keys: "Click, or use the keys: left and right go from one AF episode to another, up and down by a minute, \
            Home and End to the beginning and the end. That minute opens below.",
        lead: "Lead that is classified",
        progress: "Classification of the recording",
        stop: "Stop",
        go_on: "Go on",
        burden: "AF burden",
        episodes: "AF episodes",
        longest: "Longest",
        analysed: "Analysed",
        lost: "Too noisy to say",
        list: "All AF episodes",
        how: "Each 30 s are classified by themselves. The burden is the share of the analysed time that was called \
            AF; an episode is a row of such windows, in which one may be called otherwise. A single window may be a false alarm: \
            open it and look.",
        signal: "Signal",
        af: "AF",
        other: "Other",
        noisy: "Noisy",
    }

    fn time_of_day(&self, time: &str, midnights: u32) -> String {
        if midnights == 0 { time.to_owned() } else { format!("{time} on day {}", midnights + 1) }
    }

    fn moment(&self, name: &str, time: &str) -> String {
        format!("{name}, {time}")
    }

    fn longest_episode(&self, length: f64, time: &str) -> String {
        format!("{}, at {time}", format::seconds(length))
    }

    fn episode(&self, time: &str, length: f64) -> String {
        format!("{time}, {}", format::seconds(length))
    }

    fn hours_of(&self, analysed: f64, all: f64) -> String {
        let hours = |seconds: f64| decimal(seconds / 3600.0, 1) + "\u{2009}h";
        format!("{} of {}", hours(analysed), hours(all))
    }

    fn windows_done(&self, done: usize, all: usize, done_now: usize, took: f64, is_running: bool) -> String {
        let so_far = format!("{} of {} windows", format::count(done), format::count(all));
        if !is_running {
            return match done < all {
                true => format!("Stopped after {so_far}; the figures are of these."),
                false => format!("{} windows classified.", format::count(all)),
            };
        }
        if done_now < 16 || took < 0.5 {
            return so_far;
        }
        let left = (all.saturating_sub(done) as f64 * took / done_now as f64).ceil();
        let left = if left < 120.0 { decimal(left, 0) + "\u{2009}s" } else { format::seconds(left) };
        format!("{so_far} \u{00b7} {left} left")
    }
}
