//! Which candidates are QRS complexes.

use std::collections::VecDeque;

use super::envelope::Candidate;

/// So many complexes, and so many other peaks, are remembered.
const MEMORY: usize = 8;
/// Where the threshold lies between the other peaks and the complexes: as in J. Pan, W. J. Tompkins, "A real-time QRS
/// detection algorithm", IEEE Trans Biomed Eng 32(3):230–236, 1985. Hamilton's 0.3125 misses some wide ventricular
/// beats.
const THRESHOLD: f64 = 0.25;
/// Below this height, in mV per 10 ms, there is no complex to follow: that of one of 0.04 mV.
const LOWEST: f64 = 0.002;
/// Within this time after a complex, in s, a peak of less than half its slope is its T wave.
const T_WAVE_SECONDS: f64 = 0.36;
/// A beat is overdue after so many mean RR intervals, or after this long, in s, where there are none yet.
const OVERDUE: f64 = 1.5;
const OVERDUE_SECONDS: f64 = 2.0;
/// After so long a silence, in s, the signal may have become lower.
const SILENCE_SECONDS: f64 = 3.0;
/// So many peaks are searched back through, 12 s at least: a day without a beat must not take a day squared.
const MOST_PASSED_OVER: usize = 64;
/// The first threshold comes from the highest peaks of so many stretches, each of so many seconds: slow hearts beat
/// once in most of them.
const LEARNING: (usize, f64) = (6, 1.5);

/// The candidates that are QRS complexes.
pub fn complexes(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut judge = Judge::new(candidates);
    for candidate in candidates {
        judge.hear(*candidate);
    }
    judge.search_back(candidates.last().map_or(0.0, |candidate| candidate.time));
    judge.found
}

struct Judge {
    complexes: VecDeque<f64>,
    others: VecDeque<f64>,
    intervals: VecDeque<f64>,
    /// Passed over since the last complex, T waves left out.
    passed_over: Vec<Candidate>,
    /// The last complex of this stretch without a gap, and when the stretch began.
    last: Option<Candidate>,
    since: f64,
    found: Vec<Candidate>,
}

impl Judge {
    fn new(candidates: &[Candidate]) -> Self {
        Self {
            complexes: VecDeque::from([typical_height(candidates).max(LOWEST)]),
            others: VecDeque::from([0.0]),
            intervals: VecDeque::new(),
            passed_over: Vec::new(),
            last: None,
            since: 0.0,
            found: Vec::new(),
        }
    }

    fn threshold(&self) -> f64 {
        let (complex, other) = (median(&self.complexes), median(&self.others));
        (other + THRESHOLD * (complex - other)).max(THRESHOLD * LOWEST)
    }

    fn hear(&mut self, candidate: Candidate) {
        if candidate.after_gap {
            // What came during the gap is not known: no beat is overdue.
            self.passed_over.clear();
            (self.last, self.since) = (None, candidate.time);
        }
        self.search_back(candidate.time);
        if self.is_t_wave(&candidate) {
            return;
        }
        if candidate.height > self.threshold() {
            self.accept(candidate);
        } else {
            remember(&mut self.others, candidate.height);
            if self.passed_over.len() == MOST_PASSED_OVER {
                self.passed_over.remove(0);
            }
            self.passed_over.push(candidate);
        }
    }

    fn is_t_wave(&self, candidate: &Candidate) -> bool {
        self.last.is_some_and(|last| candidate.time - last.time < T_WAVE_SECONDS && candidate.slope < 0.5 * last.slope)
    }

    fn accept(&mut self, complex: Candidate) {
        if let Some(last) = self.last {
            remember(&mut self.intervals, complex.time - last.time);
        }
        remember(&mut self.complexes, complex.height);
        self.passed_over.retain(|candidate| candidate.time > complex.time);
        self.last = Some(complex);
        self.found.push(complex);
    }

    /// Takes what was passed over, the highest first, if a beat is overdue at `now`.
    fn search_back(&mut self, now: f64) {
        loop {
            let silence = now - self.last.map_or(self.since, |last| last.time);
            let usual = match self.last {
                Some(_) if !self.intervals.is_empty() => OVERDUE * mean(&self.intervals),
                _ => OVERDUE_SECONDS,
            };
            if silence <= usual {
                return;
            }
            let highest = self
                .passed_over
                .iter()
                .filter(|candidate| !self.is_t_wave(candidate))
                .max_by(|a, b| a.height.total_cmp(&b.height))
                .copied();
            let share = if silence > SILENCE_SECONDS { 0.25 } else { 0.5 };
            let Some(complex) = highest.filter(|highest| highest.height > share * self.threshold()) else { return };
            if silence > SILENCE_SECONDS {
                // What was high before no longer counts.
                self.complexes.clear();
                self.others.clear();
                self.others.push_back(0.0);
            }
            self.accept(complex);
        }
    }
}

/// Median of the highest peaks of a few stretches from the first candidate on.
fn typical_height(candidates: &[Candidate]) -> f64 {
    let Some(first) = candidates.first() else { return 0.0 };
    let (stretches, seconds) = LEARNING;
    let mut highest = VecDeque::from(vec![0.0f64; stretches]);
    for candidate in candidates {
        let stretch = ((candidate.time - first.time) / seconds) as usize;
        match highest.get_mut(stretch) {
            Some(height) => *height = height.max(candidate.height),
            None => break,
        }
    }
    highest.retain(|height| *height > 0.0);
    median(&highest)
}

fn remember(values: &mut VecDeque<f64>, value: f64) {
    if values.len() == MEMORY {
        values.pop_front();
    }
    values.push_back(value);
}

/// The middle value, the lower of two; 0 of none.
fn median(values: &VecDeque<f64>) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}

fn mean(values: &VecDeque<f64>) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
