//! Where the importance lies, in words.

use crate::explain::ImportanceMap;

/// The stretch around the highest importance in which it stays above half of that: when it begins and ends, in s, within
/// a recording of `duration` s. Values that are no numbers, where nothing was read, end it. `None` where nothing is
/// important.
pub fn highest_stretch(map: &ImportanceMap, duration: f64) -> Option<(f64, f64)> {
    let most = map.values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f32::max);
    let at = map.values.iter().position(|value| *value == most).filter(|_| most > 0.0)?;
    let is_high = |index: &usize| map.values[*index].is_finite() && map.values[*index] >= most / 2.0;
    let first = (0..=at).rev().take_while(is_high).last()?;
    let last = (at..map.values.len()).take_while(is_high).last()?;
    // A value stands for the time half-way to its neighbours.
    let moment = |index: f64| (map.grid.start + index / map.grid.fs).clamp(0.0, duration);
    Some((moment(first as f64 - 0.5), moment(last as f64 + 0.5)))
}

/// How many of the R peaks (increasing indices of samples at `fs` Hz) lie between two moments, in s.
pub fn peaks_between(peaks: &[usize], fs: f64, (from, to): (f64, f64)) -> usize {
    peaks.iter().filter(|peak| (from..=to).contains(&(**peak as f64 / fs))).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::TimeGrid;

    fn map(values: &[f32]) -> ImportanceMap {
        ImportanceMap { grid: TimeGrid { start: 0.25, fs: 2.0 }, values: values.to_vec(), unusable: Vec::new() }
    }

    #[test]
    fn is_the_stretch_above_half_of_the_highest() {
        // Moments 0.25, 0.75, … s; the highest is at 1.75 s, and 0.6 and 0.5 beside it are at least half of it.
        let it = map(&[0.9, 0.1, 0.6, 1.0, 0.5, 0.49, 0.8]);
        assert_eq!(highest_stretch(&it, 3.5), Some((1.0, 2.5)));
        assert_eq!(peaks_between(&[100, 290, 310, 700, 800], 300.0, (1.0, 2.5)), 2);
    }

    #[test]
    fn ends_where_the_recording_ends() {
        assert_eq!(highest_stretch(&map(&[1.0, 1.0]), 0.9), Some((0.0, 0.9)));
        assert_eq!(highest_stretch(&map(&[0.0, 0.0]), 1.0), None);
        assert_eq!(highest_stretch(&map(&[]), 1.0), None);
    }

    #[test]
    fn skips_what_was_not_read() {
        let nan = f32::NAN;
        assert_eq!(highest_stretch(&map(&[nan, 0.8, 1.0, nan, 1.0]), 2.5), Some((0.5, 1.5)));
        assert_eq!(highest_stretch(&map(&[f32::INFINITY, 1.0]), 1.0), Some((0.5, 1.0)));
        assert_eq!(highest_stretch(&map(&[nan, nan]), 1.0), None);
    }
}
