//! How much atrial fibrillation there is in a long recording, and when; which recordings are long.
//!
//! A recording is cut into windows of 30 s, one after the other without overlap, and each is classified by itself. 30 s
//! is what the network learned from, and the shortest tracing by which clinical AF is diagnosed (ESC Guidelines on atrial
//! fibrillation, 2020, definition of clinical AF). Without overlap each second is asked about once, in half the time.

use std::ops::Range;

use crate::network::Class;

/// A recording that lasts longer than this, in s, is a rhythm strip: each window of [`WINDOW_SECONDS`] has an answer of its
/// own, and what is said of the whole is said in episodes. A mean over minutes would call a paroxysm of AF neither AF nor
/// normal. Up to here there is one answer: a minute is two windows, of which nothing can be said that their traces
/// beside each other do not show. The second beyond the minute is for the set that the network learned from
/// (CinC 2017): its longest recordings have 60.95 s and one label each.
pub const STRIP_SECONDS: f64 = 61.0;
/// Seconds in a window, and in the shortest episode.
pub const WINDOW_SECONDS: f64 = 30.0;
/// A last window that is shorter than this is left out: the shortest recordings that the network learned from are 9 s.
const SHORTEST_WINDOW: f64 = 10.0;

/// Sample ranges of the windows of a recording of `len` samples at `fs` Hz.
pub fn windows(len: u64, fs: f64) -> Vec<Range<u64>> {
    let boundary = |index: u64| ((index as f64 * WINDOW_SECONDS * fs).round() as u64).min(len);
    let count = (len as f64 / fs / WINDOW_SECONDS).ceil() as u64;
    let all = (0..count).map(|index| boundary(index)..boundary(index + 1));
    all.filter(|window| (window.end - window.start) as f64 >= SHORTEST_WINDOW * fs).collect()
}

/// Whether a recording of `len` samples at `fs` Hz is a rhythm strip.
pub fn is_strip(len: u64, fs: f64) -> bool {
    len as f64 / fs > STRIP_SECONDS
}

/// Which of the `windows` holds the moment `time` (in s; `fs` in Hz), or is nearest to it; `None` where there are none.
pub fn window_at(windows: &[Range<u64>], fs: f64, time: f64) -> Option<usize> {
    let sample = (time * fs).max(0.0) as u64;
    let after = windows.partition_point(|window| window.end <= sample);
    windows.len().checked_sub(1).map(|last| after.min(last))
}

/// What is known of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Waiting,
    Called(Class),
    /// It cannot be classified: a flat line, samples missing.
    Unusable,
}

impl Verdict {
    pub fn is_af(self) -> bool {
        self == Self::Called(Class::AtrialFibrillation)
    }

    /// Whether it says something about the rhythm: not where it is too noisy.
    pub fn is_analysed(self) -> bool {
        matches!(self, Self::Called(class) if class != Class::Noisy)
    }
}

/// Windows of AF that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// From its first window to one past its last.
    pub windows: Range<usize>,
}

/// Atrial fibrillation in a recording, as far as it has been looked at. Durations in s.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Burden {
    /// Of windows that were looked at.
    pub seen: f64,
    /// Of those that say something about the rhythm: Normal, AF, Other.
    pub analysed: f64,
    /// Of those called AF.
    pub af: f64,
    /// Of those called too noisy, and of those that could not be classified at all.
    pub noisy: f64,
    pub unusable: f64,
    /// In order of time.
    pub episodes: Vec<Episode>,
}

impl Burden {
    /// `windows` and `verdicts` go together; `fs` in Hz.
    ///
    /// AF burden is the share of the monitored time that is spent in AF (Chen et al. 2018, "Atrial Fibrillation Burden:
    /// Moving Beyond Atrial Fibrillation as a Binary Entity", Circulation 137); here of the time that was analysed, so
    /// that noise makes it neither larger nor smaller.
    ///
    /// An episode is a row of windows called AF; one window between them that is called otherwise does not end it, two
    /// do. So does one that has not been looked at. A lone last window below 30 s makes none.
    pub fn of(windows: &[Range<u64>], verdicts: &[Verdict], fs: f64) -> Self {
        let mut burden = Self::default();
        for (window, verdict) in windows.iter().zip(verdicts) {
            let seconds = seconds_of(window, fs);
            let sums = [
                (*verdict != Verdict::Waiting, &mut burden.seen),
                (verdict.is_analysed(), &mut burden.analysed),
                (verdict.is_af(), &mut burden.af),
                (*verdict == Verdict::Called(Class::Noisy), &mut burden.noisy),
                (*verdict == Verdict::Unusable, &mut burden.unusable),
            ];
            sums.into_iter().filter(|(counts, _)| *counts).for_each(|(_, sum)| *sum += seconds);
        }
        burden.episodes = episodes(verdicts);
        burden.episodes.retain(|episode| episode.seconds(windows, fs) > WINDOW_SECONDS - 1.0 / fs);
        burden
    }

    /// The share of the analysed time in AF, 0 to 1; `None` where nothing was analysed.
    pub fn share(&self) -> Option<f64> {
        (self.analysed > 0.0).then(|| self.af / self.analysed)
    }

    /// The share of the time that was looked at which says nothing about the rhythm.
    pub fn lost_share(&self) -> Option<f64> {
        (self.seen > 0.0).then(|| (self.noisy + self.unusable) / self.seen)
    }

    /// The longest episode, the first of equals.
    pub fn longest(&self, windows: &[Range<u64>], fs: f64) -> Option<&Episode> {
        self.episodes.iter().rev().max_by(|a, b| a.seconds(windows, fs).total_cmp(&b.seconds(windows, fs)))
    }
}

impl Episode {
    /// From its beginning to its end.
    pub fn seconds(&self, windows: &[Range<u64>], fs: f64) -> f64 {
        match (windows.get(self.windows.start), self.windows.end.checked_sub(1).and_then(|last| windows.get(last))) {
            (Some(first), Some(last)) => last.end.saturating_sub(first.start) as f64 / fs,
            _ => 0.0,
        }
    }
}

fn seconds_of(window: &Range<u64>, fs: f64) -> f64 {
    (window.end - window.start) as f64 / fs
}

fn episodes(verdicts: &[Verdict]) -> Vec<Episode> {
    let mut episodes: Vec<Episode> = Vec::new();
    for (index, _) in verdicts.iter().enumerate().filter(|(_, verdict)| verdict.is_af()) {
        match episodes.last_mut() {
            Some(Episode { windows }) if index == windows.end => windows.end += 1,
            Some(Episode { windows }) if index == windows.end + 1 && verdicts[windows.end] != Verdict::Waiting => {
                windows.end += 2;
            }
            _ => episodes.push(Episode { windows: index..index + 1 }),
        }
    }
    episodes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `A` AF, `N` normal, `O` other, `~` noisy, `x` unusable, `.` waiting.
    fn verdicts(text: &str) -> Vec<Verdict> {
        let verdict = |code: char| match code {
            '.' => Verdict::Waiting,
            'x' => Verdict::Unusable,
            code => Verdict::Called(Class::from_code(&code.to_string()).expect("a class")),
        };
        text.chars().map(verdict).collect()
    }

    /// First window and one past the last, of each episode.
    fn found(text: &str) -> Vec<(usize, usize)> {
        episodes(&verdicts(text)).into_iter().map(|it| (it.windows.start, it.windows.end)).collect()
    }

    #[test]
    fn windows_tile_the_recording() {
        assert_eq!(windows(24_000, 200.0), [0..6000, 6000..12_000, 12_000..18_000, 18_000..24_000]);
        // A rest of 10 s is a window, one of 9.9 s is none.
        assert_eq!(windows(8000, 200.0), [0..6000, 6000..8000]);
        assert_eq!(windows(7980, 200.0).first(), windows(6000, 200.0).last());
        assert_eq!(windows(7980, 200.0).len(), 1);
        assert!(windows(0, 200.0).is_empty() && windows(10, 200.0).is_empty());
        // Of a rate that is no whole number, no sample is lost.
        let odd = windows(1_000_000, 333.333);
        assert!(odd.windows(2).all(|pair| pair[0].end == pair[1].start) && odd[0].start == 0);
        assert_eq!(windows(24 * 3600 * 1000, 1000.0).len(), 2880);
    }

    #[test]
    fn a_minute_has_one_answer_and_more_is_a_strip() {
        assert!(!is_strip(18_286, 300.0), "the longest of CinC 2017");
        assert!(!is_strip(60 * 360, 360.0) && is_strip(62 * 360, 360.0) && is_strip(650_000, 360.0));
    }

    #[test]
    fn a_moment_is_in_one_window_and_the_rest_in_the_last() {
        // 0 to 30 s and 30 to 60 s; the last 5 s are no window.
        let windows = windows(65 * 200, 200.0);
        let at = |time: f64| window_at(&windows, 200.0, time);
        assert_eq!([-1.0, 0.0, 29.99, 30.0, 59.0, 63.0, 1e9].map(at), [0, 0, 0, 1, 1, 1, 1].map(Some));
        assert_eq!(window_at(&[], 200.0, 1.0), None);
    }

    #[test]
    fn one_window_between_does_not_end_an_episode_and_two_do() {
        assert_eq!(found("NNAAANN"), [(2, 5)]);
        assert_eq!(found("A"), [(0, 1)]);
        assert_eq!(found("ANA~AxAOA"), [(0, 9)]);
        assert_eq!(found("ANNA"), [(0, 1), (3, 4)]);
        assert_eq!(found("A~~AA"), [(0, 1), (3, 5)]);
        assert_eq!(found("A.A"), [(0, 1), (2, 3)]);
        assert_eq!(found("NO~x."), []);
    }

    #[test]
    fn the_burden_is_a_share_of_what_was_analysed() {
        let verdicts = verdicts("NNAAOA~x..");
        let windows = windows(10 * 30 * 250, 250.0);
        let burden = Burden::of(&windows, &verdicts, 250.0);
        assert_eq!((burden.seen, burden.analysed, burden.af), (240.0, 180.0, 90.0));
        assert_eq!((burden.noisy, burden.unusable), (30.0, 30.0));
        assert_eq!(burden.share(), Some(0.5));
        assert_eq!(burden.lost_share(), Some(0.25));
        assert_eq!(burden.episodes, [Episode { windows: 2..6 }]);
        let longest = burden.longest(&windows, 250.0).unwrap();
        assert_eq!(longest.seconds(&windows, 250.0), 120.0);
        let nothing = Burden::of(&windows, &[Verdict::Waiting; 10], 250.0);
        assert_eq!((nothing.share(), nothing.lost_share(), nothing.longest(&windows, 250.0)), (None, None, None));
    }

    #[test]
    fn a_lone_last_window_below_30_s_is_no_episode() {
        let windows = windows(80 * 250, 250.0);
        assert_eq!(windows.len(), 3);
        let alone = Burden::of(&windows, &verdicts("NNA"), 250.0);
        assert_eq!((alone.af, alone.episodes.len()), (20.0, 0));
        let joined = Burden::of(&windows, &verdicts("NAA"), 250.0);
        assert_eq!((joined.af, joined.episodes.len()), (50.0, 1));
    }

    #[test]
    fn the_first_of_equals_is_the_longest() {
        let windows = windows(10 * 30 * 250, 250.0);
        let burden = Burden::of(&windows, &verdicts("AANNAANNNA"), 250.0);
        assert_eq!(burden.longest(&windows, 250.0), Some(&Episode { windows: 0..2 }));
    }
}
