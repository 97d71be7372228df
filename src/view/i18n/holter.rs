//! What is said about a recording of hours.

/// What is said about a recording of hours.
pub trait Holter: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    fn whole_recording(&self) -> &'static str;
    fn line(&self) -> &'static str;
    fn keys(&self) -> &'static str;
    fn lead(&self) -> &'static str;
    fn progress(&self) -> &'static str;
    fn stop(&self) -> &'static str;
    fn go_on(&self) -> &'static str;
    fn burden(&self) -> &'static str;
    fn episodes(&self) -> &'static str;
    fn longest(&self) -> &'static str;
    fn analysed(&self) -> &'static str;
    fn lost(&self) -> &'static str;
    fn list(&self) -> &'static str;
    fn how(&self) -> &'static str;
    fn signal(&self) -> &'static str;
    fn af(&self) -> &'static str;
    fn other(&self) -> &'static str;
    fn noisy(&self) -> &'static str;

    /// "03:05:00", "03:05:00 on day 2".
    fn time_of_day(&self, time: &str, midnights: u32) -> String;

    /// A minute's name: "holter, 03:05:00".
    fn moment(&self, name: &str, time: &str) -> String;

    /// "12 min 30 s, at 03:05:00".
    fn longest_episode(&self, length: f64, time: &str) -> String;

    /// "03:05:00, 12 min 30 s".
    fn episode(&self, time: &str, length: f64) -> String;

    /// "22.9 h of 24.0 h".
    fn hours_of(&self, analysed: f64, all: f64) -> String;

    /// How far the classification is, and how long the rest will take: `done_now` windows took `seconds`.
    fn windows_done(&self, done: usize, all: usize, done_now: usize, took: f64, is_running: bool) -> String;
}
