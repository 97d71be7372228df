//! How the network's windows of AF agree with the rhythms that somebody marked in the file.
//!
//! As ANSI/AAMI EC57 does for episodes of AF: sensitivity and positive predictivity, here of whole windows and by duration.
//! AF is the marked rhythm `AFIB` alone. Flutter (`AFL`) counts as another rhythm, as in the set that the network learned
//! from. What the network did not classify, or called too noisy, counts neither for nor against.

use std::ops::Range;

use super::burden::Verdict;
use crate::record::Annotation;

/// WFDB's name of atrial fibrillation.
const AF: &str = "AFIB";

/// A rhythm that somebody marked. Times in s.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedRhythm {
    pub start: f64,
    pub end: f64,
    /// As the file has it, without WFDB's bracket: `AFIB`, `N`, `SVTA`.
    pub name: String,
}

impl MarkedRhythm {
    pub fn is_af(&self) -> bool {
        self.name == AF
    }

    /// Seconds that it has in common with a stretch of time.
    fn within(&self, (start, end): (f64, f64)) -> f64 {
        (self.end.min(end) - self.start.max(start)).max(0.0)
    }
}

/// The marked rhythms of a recording of `duration` s, in order: each lasts until the next begins. Before the first one
/// nothing is known.
pub fn marked_rhythms(annotations: &[Annotation], duration: f64) -> Vec<MarkedRhythm> {
    let begins = |it: &Annotation| Some((it.time.max(0.0), it.rhythm()?.trim_end_matches('\0').to_owned()));
    let mut changes: Vec<(f64, String)> = annotations.iter().filter_map(begins).collect();
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ends: Vec<f64> = changes.iter().skip(1).map(|(time, _)| *time).chain([duration]).collect();
    let rhythms = changes.into_iter().zip(ends).map(|((start, name), end)| MarkedRhythm { start, end, name });
    rhythms.filter(|it| it.end > it.start).collect()
}

/// Windows by what was marked and what was called. Durations in s.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Windows of AF by both, by the marks alone, by the network alone, and by neither.
    pub both: usize,
    pub marked_only: usize,
    pub called_only: usize,
    pub neither: usize,
    /// Marked as AF, called AF, and both, in the windows that count.
    pub marked_seconds: f64,
    pub called_seconds: f64,
    pub both_seconds: f64,
}

impl Agreement {
    /// `windows` (samples at `fs` Hz) and `verdicts` go together. A window counts where at least half of it is marked and
    /// the network said something of its rhythm; it is one of AF where at least half of what is marked in it is.
    /// `None` where no window counts.
    pub fn of(marked: &[MarkedRhythm], windows: &[Range<u64>], verdicts: &[Verdict], fs: f64) -> Option<Self> {
        let mut agreement = Self::default();
        for (window, verdict) in windows.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_analysed()) {
            let stretch = (window.start as f64 / fs, window.end as f64 / fs);
            let length = stretch.1 - stretch.0;
            let first = marked.partition_point(|it| it.end <= stretch.0);
            let here = marked[first..].iter().take_while(|it| it.start < stretch.1);
            let (known, af) = here.fold((0.0, 0.0), |(known, af), it| {
                let seconds = it.within(stretch);
                (known + seconds, if it.is_af() { af + seconds } else { af })
            });
            if known < length / 2.0 {
                continue;
            }
            let is_called = verdict.is_af();
            let count = match (af >= known / 2.0, is_called) {
                (true, true) => &mut agreement.both,
                (true, false) => &mut agreement.marked_only,
                (false, true) => &mut agreement.called_only,
                (false, false) => &mut agreement.neither,
            };
            *count += 1;
            agreement.marked_seconds += af;
            if is_called {
                agreement.called_seconds += known;
                agreement.both_seconds += af;
            }
        }
        (agreement.windows() > 0).then_some(agreement)
    }

    /// Windows that count.
    pub fn windows(&self) -> usize {
        self.both + self.marked_only + self.called_only + self.neither
    }

    /// Windows that are marked as AF, and windows that are called so.
    pub fn marked(&self) -> usize {
        self.both + self.marked_only
    }

    pub fn called(&self) -> usize {
        self.both + self.called_only
    }

    /// The share of the marked AF that was called AF, by windows; `None` where none is marked.
    pub fn sensitivity(&self) -> Option<f64> {
        (self.marked() > 0).then(|| self.both as f64 / self.marked() as f64)
    }

    /// The share of what was called AF that is marked so, by windows; `None` where nothing was called AF.
    pub fn predictivity(&self) -> Option<f64> {
        (self.called() > 0).then(|| self.both as f64 / self.called() as f64)
    }

    /// The same two by duration.
    pub fn duration_sensitivity(&self) -> Option<f64> {
        (self.marked_seconds > 0.0).then(|| self.both_seconds / self.marked_seconds)
    }

    pub fn duration_predictivity(&self) -> Option<f64> {
        (self.called_seconds > 0.0).then(|| self.both_seconds / self.called_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::burden::windows;
    use crate::network::Class;

    fn at(time: f64, text: &str) -> Annotation {
        Annotation { time, text: text.to_owned() }
    }

    #[test]
    fn a_rhythm_lasts_until_the_next() {
        let marks =
            [at(100.0, "(N"), at(5.0, "(N"), at(40.0, "(AFIB"), at(41.0, "N"), at(50.0, "("), at(100.0, "(AFL")];
        let found = marked_rhythms(&marks, 150.0);
        let short: Vec<(f64, f64, &str)> = found.iter().map(|it| (it.start, it.end, it.name.as_str())).collect();
        assert_eq!(short, [(5.0, 40.0, "N"), (40.0, 100.0, "AFIB"), (100.0, 150.0, "AFL")]);
        assert!(found[1].is_af() && !found[2].is_af());
        assert!(marked_rhythms(&marks[3..5], 150.0).is_empty());
    }

    /// By hand: five windows of 30 s, marked N to 40 s, AFIB to 110 s, AFL to the end.
    ///
    /// | window | AFIB in it | marked | called |
    /// | --- | --- | --- | --- |
    /// | 0–30 | 0 s | not AF | not AF |
    /// | 30–60 | 20 s | AF | not AF |
    /// | 60–90 | 30 s | AF | AF |
    /// | 90–120 | 20 s | AF | AF |
    /// | 120–150 | 0 s (flutter) | not AF | AF |
    #[test]
    fn windows_and_seconds_are_counted_as_by_hand() {
        let marked = marked_rhythms(&[at(0.0, "(N"), at(40.0, "(AFIB"), at(110.0, "(AFL")], 150.0);
        let (af, normal) = (Verdict::Called(Class::AtrialFibrillation), Verdict::Called(Class::Normal));
        let windows = windows(150 * 250, 250.0);
        let it = Agreement::of(&marked, &windows, &[normal, normal, af, af, af], 250.0).unwrap();
        assert_eq!((it.both, it.marked_only, it.called_only, it.neither), (2, 1, 1, 1));
        assert_eq!((it.sensitivity(), it.predictivity()), (Some(2.0 / 3.0), Some(2.0 / 3.0)));
        assert_eq!((it.marked_seconds, it.called_seconds, it.both_seconds), (70.0, 90.0, 50.0));
        assert_eq!((it.duration_sensitivity(), it.duration_predictivity()), (Some(50.0 / 70.0), Some(50.0 / 90.0)));

        // What is noisy, not read, not yet asked or not marked does not count.
        let silent = [Verdict::Called(Class::Noisy), Verdict::Unusable, Verdict::Waiting, af, normal];
        let it = Agreement::of(&marked, &windows, &silent, 250.0).unwrap();
        assert_eq!((it.windows(), it.both, it.neither), (2, 1, 1));
        let late = marked_rhythms(&[at(140.0, "(AFIB")], 150.0);
        assert_eq!(Agreement::of(&late, &windows, &[af; 5], 250.0), None);
        assert_eq!(Agreement::of(&[], &windows, &[af; 5], 250.0), None);
        let none = Agreement::of(&marked[..1], &windows, &[normal; 5], 250.0).unwrap();
        assert_eq!((none.sensitivity(), none.predictivity(), none.windows()), (None, None, 1));
    }
}
