//! What is said about a rhythm strip: a recording of more than a minute.

use crate::evaluate::Overall;
use crate::evaluate::agreement::Agreement;
use crate::evaluate::burden::Verdict;

/// What is said about a rhythm strip, and in part about recordings of hours too.
pub trait Strip: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    fn keys(&self) -> &'static str;
    fn how(&self) -> &'static str;
    /// Names of lanes.
    fn marked(&self) -> &'static str;
    fn rate(&self) -> &'static str;
    /// Names of figures.
    fn time_in_af(&self) -> &'static str;
    fn rates(&self) -> &'static str;
    fn longest_rr(&self) -> &'static str;
    fn pauses(&self) -> &'static str;
    fn not_read(&self) -> &'static str;
    fn lowest_title(&self) -> &'static str;
    fn highest_title(&self) -> &'static str;
    fn longest_rr_title(&self) -> &'static str;
    fn not_read_title(&self) -> &'static str;
    fn save(&self) -> &'static str;
    /// In a labelled set.
    fn averaged(&self) -> &'static str;

    /// The whole in one sentence: "AF episodes: 3, longest 4 min 30 s; otherwise Normal".
    fn headline(&self, overall: &Overall, is_running: bool) -> String;

    /// "9 of 30 min", in s.
    fn part_of(&self, part: f64, all: f64) -> String;

    /// "1.52 s, at 00:12:07".
    fn rr_at(&self, seconds: f64, time: &str) -> String;

    /// What the answer below is about: window `number` of `all`, and when it begins and ends.
    fn window(&self, number: usize, all: usize, from: &str, to: &str) -> String;

    /// The network's answers at a place of the time line, for a screen reader.
    fn here(&self, time: &str, verdicts: &[Verdict]) -> String;

    /// How the network's windows agree with the rhythms that the file marks.
    fn agreement(&self, agreement: &Agreement) -> String;

    /// "Episodes that are not on this page: 12".
    fn more_episodes(&self, count: usize) -> String;

    /// Names of columns of a printed table: when an episode begins, and how long it is.
    fn begins(&self) -> &'static str;
    fn lasts(&self) -> &'static str;

    /// Of a link that holds one window: when that begins and ends.
    fn link_window(&self, from: &str, to: &str) -> String;
}
