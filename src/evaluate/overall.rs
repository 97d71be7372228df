//! What is said of a whole rhythm strip in one sentence: episodes, and what the rest is. Never a mean over its windows.

use std::ops::Range;

use super::burden::{Burden, Verdict};
use crate::network::Class;

/// A rhythm strip in a nutshell, as far as it has been looked at. Durations in s.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overall {
    pub episodes: usize,
    /// Of the longest episode.
    pub longest: f64,
    /// Called AF, of what was analysed.
    pub af: f64,
    pub analysed: f64,
    /// Called anything else that is a rhythm, the most first.
    pub rest: Vec<(Class, f64)>,
    /// Called too noisy, and could not be read at all.
    pub noisy: f64,
    pub unusable: f64,
}

impl Overall {
    /// `burden` is that of these `windows` (samples at `fs` Hz) and `verdicts`.
    pub fn of(burden: &Burden, windows: &[Range<u64>], verdicts: &[Verdict], fs: f64) -> Self {
        let seconds_of = |class: Class| {
            let called = windows.iter().zip(verdicts).filter(|(_, verdict)| **verdict == Verdict::Called(class));
            called.map(|(window, _)| (window.end - window.start) as f64 / fs).sum::<f64>()
        };
        let mut rest: Vec<(Class, f64)> = [Class::Normal, Class::Other].map(|class| (class, seconds_of(class))).into();
        rest.retain(|(_, seconds)| *seconds > 0.0);
        rest.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self {
            episodes: burden.episodes.len(),
            longest: burden.longest(windows, fs).map_or(0.0, |episode| episode.seconds(windows, fs)),
            af: burden.af,
            analysed: burden.analysed,
            rest,
            noisy: burden.noisy,
            unusable: burden.unusable,
        }
    }

    /// Whether everything that was analysed was called AF.
    pub fn is_af_throughout(&self) -> bool {
        self.analysed > 0.0 && self.episodes > 0 && self.rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::burden::windows;

    fn overall(text: &str) -> Overall {
        let verdict = |code: char| match code {
            '.' => Verdict::Waiting,
            'x' => Verdict::Unusable,
            code => Verdict::Called(Class::from_code(&code.to_string()).expect("a class")),
        };
        let verdicts: Vec<Verdict> = text.chars().map(verdict).collect();
        let windows = windows(text.len() as u64 * 30 * 200, 200.0);
        Overall::of(&Burden::of(&windows, &verdicts, 200.0), &windows, &verdicts, 200.0)
    }

    /// By hand, 30 s a window.
    #[test]
    fn a_strip_is_told_in_episodes_and_the_rest() {
        let it = overall("NNAAANNO");
        assert_eq!((it.episodes, it.longest, it.af, it.analysed), (1, 90.0, 90.0, 240.0));
        assert_eq!(it.rest, [(Class::Normal, 120.0), (Class::Other, 30.0)]);
        let it = overall("OOONAAN~xNA.");
        assert_eq!((it.episodes, it.longest, it.af), (2, 60.0, 90.0));
        assert_eq!(it.rest, [(Class::Normal, 90.0), (Class::Other, 90.0)]);
        assert_eq!((it.noisy, it.unusable, it.analysed), (30.0, 30.0, 270.0));
        assert!(!it.is_af_throughout());
    }

    #[test]
    fn all_of_it_may_be_af_or_nothing() {
        assert!(overall("AA~A").is_af_throughout() && !overall("~~x").is_af_throughout());
        assert_eq!(overall("..."), Overall::default());
    }
}
