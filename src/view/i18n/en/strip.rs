//! What is said about a rhythm strip: a recording of more than a minute.

use super::English;
use crate::evaluate::Overall;
use crate::evaluate::agreement::Agreement;
use crate::evaluate::burden::Verdict;
use crate::view::geometry::decimal;
use crate::view::i18n::{Main, Strip, format};

impl Strip for English {
    says! {
        keys: "Click, or use the keys: left and right go from one AF episode to another, up and down by 30 s, \
            Home and End to the beginning and the end. The trace below goes there.",
        how: "Each 30 s are classified by themselves, and nothing is averaged. The answer, the probabilities and the \
            colours below are those of the window in the middle of the view. An episode is a row of AF windows, in which \
            one may be called otherwise; a single window may be a false alarm: open it and look. Heart rates are means \
            over eight beats; windows that are noisy or not read are left out of them.",
        marked: "Marked",
        rate: "Heart rate",
        time_in_af: "Time in AF",
        rates: "Heart rate, beats/min",
        longest_rr: "Longest RR",
        pauses: "Pauses over 2\u{2009}s",
        not_read: "Not read",
        lowest_title: "The lowest mean over eight beats: go there",
        highest_title: "The highest mean over eight beats: go there",
        longest_rr_title: "The longest time from one R peak to the next: go there",
        not_read_title: "Windows without a usable signal: flat, missing, or no ECG. They count neither for nor against.",
        save: "Episodes (CSV)",
        averaged: "In a labelled set each recording has one answer: of one longer than 30\u{2009}s, the mean over \
            its windows. Open it to see the windows each by itself.",
        begins: "AF episode begins",
        lasts: "lasts",
    }

    fn headline(&self, overall: &Overall, is_running: bool) -> String {
        let so_far = if is_running { "So far: " } else { "" };
        if overall.analysed == 0.0 {
            return match is_running {
                true => self.reading().to_owned(),
                false => "Nothing in it can be classified".to_owned(),
            };
        }
        let length = format::length(overall.longest);
        let af = match overall.episodes {
            0 => "No AF episode".to_owned(),
            1 => format!("AF episodes: 1, of {length}"),
            episodes => format!("AF episodes: {episodes}, longest {length}"),
        };
        let otherwise = if overall.episodes > 0 { "otherwise " } else { "" };
        let rest = match overall.rest.as_slice() {
            [] if overall.is_af_throughout() => "; AF in all that was analysed".to_owned(),
            [] => String::new(),
            [(class, _)] => format!("; {otherwise}{}", self.class_name(*class)),
            [(most, _), (least, seconds), ..] => format!(
                "; {otherwise}mostly {}, {} in {}",
                self.class_name(*most),
                self.class_name(*least),
                format::length(*seconds)
            ),
        };
        format!("{so_far}{af}{rest}")
    }

    fn part_of(&self, part: f64, all: f64) -> String {
        let (part, all) = format::part_of(part, all);
        format!("{part} of {all}")
    }

    fn rr_at(&self, seconds: f64, time: &str) -> String {
        format!("{}\u{2009}s, at {time}", decimal(seconds, 2))
    }

    fn window(&self, number: usize, all: usize, from: &str, to: &str) -> String {
        format!("Window {number} of {all}, {from}\u{2013}{to}")
    }

    fn here(&self, time: &str, verdicts: &[Verdict]) -> String {
        let said = verdicts.iter().filter_map(|verdict| match verdict {
            Verdict::Waiting => None,
            Verdict::Unusable => Some("not read"),
            Verdict::Called(class) => Some(self.class_name(*class)),
        });
        let said: Vec<&str> = said.collect();
        if said.is_empty() { time.to_owned() } else { format!("{time}: {}", said.join(", then ")) }
    }

    fn agreement(&self, agreement: &Agreement) -> String {
        let (marked, called, both) = (agreement.marked(), agreement.called(), agreement.both);
        let windows =
            format!("Against the rhythms marked in the file, {} windows: ", format::count(agreement.windows()));
        let share =
            |share: Option<f64>| share.map_or_else(|| format::NOTHING.to_owned(), |it| format::percent(it as f32));
        let rest = match (marked, called) {
            (0, 0) => "none is marked AF, and none was called AF.".to_owned(),
            (0, called) => format!("none is marked AF, and {called} called AF."),
            (marked, 0) => format!("{marked} marked AF, and none called AF."),
            _ => format!(
                "AF sensitivity {} ({both} of {marked}), positive predictivity {} ({both} of {called}); by duration {} and {}.",
                share(agreement.sensitivity()),
                share(agreement.predictivity()),
                share(agreement.duration_sensitivity()),
                share(agreement.duration_predictivity())
            ),
        };
        windows + &rest
    }

    fn more_episodes(&self, count: usize) -> String {
        format!("{count} more episodes are not printed.")
    }

    fn link_window(&self, from: &str, to: &str) -> String {
        format!("Of this recording the link holds the window that is explained, {from}\u{2013}{to}.")
    }
}
