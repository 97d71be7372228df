//! The time line of a long recording: outlines and bars, in units that stretch with it.
//!
//! All paths are drawn across a width of [`WIDTH`], whatever the duration; the page stretches them to its own.

use std::fmt::Write;

/// Units from the beginning to the end.
pub const WIDTH: f64 = 1000.0;
/// Units from the lowest amplitude that is drawn to the highest.
pub const HEIGHT: f64 = 100.0;

/// One in so many pieces may stick out: an electrode that comes off would flatten everything else.
const MOST_OUTLIERS: usize = 50;

/// The filled outline of a lead's lowest and highest amplitudes, `pieces` in all of which the first ones are there; in
/// mV, the same scale for all. Where nothing is known there is a gap.
pub fn outline(found: &[(f32, f32)], pieces: usize) -> String {
    let (low, high) = usual_extent(found);
    let y = |value: f32| {
        let share = f64::from((value.clamp(low, high) - low) / (high - low).max(1e-6));
        HEIGHT * (1.0 - share)
    };
    let x = |piece: usize| piece as f64 * WIDTH / pieces.max(1) as f64;
    let mut path = String::new();
    let indexed: Vec<(usize, &(f32, f32))> = found.iter().enumerate().collect();
    for run in indexed.split(|(_, (low, high))| !(low.is_finite() && high.is_finite())).filter(|run| !run.is_empty()) {
        let mut letter = 'M';
        for (piece, (_, high)) in run {
            let _ = write!(path, "{letter}{:.1} {:.1}L{:.1} {:.1}", x(*piece), y(*high), x(piece + 1), y(*high));
            letter = 'L';
        }
        for (piece, (low, _)) in run.iter().rev() {
            // Never thinner than a hair.
            let low = y(*low) + 0.6;
            let _ = write!(path, "L{:.1} {low:.1}L{:.1} {low:.1}", x(piece + 1), x(*piece));
        }
        path.push('Z');
    }
    path
}

/// The amplitudes between which all but a few pieces lie.
fn usual_extent(found: &[(f32, f32)]) -> (f32, f32) {
    let ranked = |values: Vec<f32>| {
        let mut values: Vec<f32> = values.into_iter().filter(|value| value.is_finite()).collect();
        values.sort_by(f32::total_cmp);
        values
    };
    let lows = ranked(found.iter().map(|(low, _)| *low).collect());
    let highs = ranked(found.iter().map(|(_, high)| *high).collect());
    let out = lows.len() / MOST_OUTLIERS;
    match (lows.get(out), highs.get(highs.len().saturating_sub(out + 1))) {
        (Some(&low), Some(&high)) if low < high => (low, high),
        (Some(&low), Some(_)) => (low - 1.0, low + 1.0),
        _ => (-1.0, 1.0),
    }
}

/// Bars from the top down to `height` over the windows that `is_there` accepts, `spans` being each window's beginning
/// and end as shares of the recording. Neighbours are one bar.
pub fn bars(spans: &[(f64, f64)], is_there: impl Fn(usize) -> bool, height: f64) -> String {
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (_, &(start, end)) in spans.iter().enumerate().filter(|(index, _)| is_there(*index)) {
        match joined.last_mut() {
            Some(last) if start - last.1 < 1e-9 => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    let mut path = String::new();
    for (start, end) in joined {
        let _ = write!(path, "M{:.2} 0H{:.2}V{height}H{:.2}Z", start * WIDTH, end * WIDTH, start * WIDTH);
    }
    path
}

/// The line of a value that each window has or lacks, between `lowest` and `highest`, in a lane of `height`: a step for each
/// window, and a gap where there is none.
pub fn steps(
    spans: &[(f64, f64)],
    value: impl Fn(usize) -> Option<f64>,
    (lowest, highest): (f64, f64),
    height: f64,
) -> String {
    let y = |value: f64| height * (1.0 - (value - lowest) / (highest - lowest).max(1e-6));
    let mut path = String::new();
    let mut before: Option<f64> = None;
    for (index, (start, end)) in spans.iter().enumerate() {
        let Some(value) = value(index) else {
            before = None;
            continue;
        };
        let letter = if before.is_some_and(|before| start - before < 1e-9) { 'L' } else { 'M' };
        let _ = write!(path, "{letter}{:.2} {:.2}H{:.2}", start * WIDTH, y(value), end * WIDTH);
        before = Some(*end);
    }
    path
}

/// Seconds between two marks of the time line: at most eight marks, at round times.
pub fn seconds_between_marks(seconds: f64) -> f64 {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 3600.0;
    let minutes = [0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0].map(|minutes| minutes * MINUTE);
    let hours = [1.0, 2.0, 3.0, 4.0, 6.0, 12.0, 24.0].map(|hours| hours * HOUR);
    let enough = |step: &f64| seconds / step <= 8.0;
    // Of recordings of weeks, whole days.
    minutes.into_iter().chain(hours).find(enough).unwrap_or_else(|| (seconds / 86_400.0 / 8.0).ceil() * 24.0 * HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_goes_along_the_highs_and_back_along_the_lows() {
        let path = outline(&[(-1.0, 1.0), (0.0, 1.0)], 4);
        assert_eq!(path, "M0.0 0.0L250.0 0.0L250.0 0.0L500.0 0.0L500.0 50.6L250.0 50.6L250.0 100.6L0.0 100.6Z");
        let nan = f32::NAN;
        let gap = outline(&[(-1.0, 1.0), (nan, nan), (-1.0, 1.0)], 3);
        assert_eq!(gap.matches('M').count(), 2);
        assert_eq!(outline(&[(nan, nan)], 9), "");
        assert!(!outline(&[(0.5, 0.5)], 1).contains("NaN"), "a flat line");
    }

    #[test]
    fn a_few_outliers_do_not_flatten_the_rest() {
        let mut found = vec![(-1.0, 1.0); 99];
        found.push((-500.0, 300.0));
        assert_eq!(usual_extent(&found), (-1.0, 1.0));
        assert_eq!(usual_extent(&[(-1.0, 1.0), (-5.0, 3.0)]), (-5.0, 3.0), "two pieces have no outliers");
    }

    #[test]
    fn neighbouring_windows_are_one_bar() {
        let spans = [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)];
        assert_eq!(bars(&spans, |index| index != 2, 9.0), "M0.00 0H500.00V9H0.00ZM750.00 0H1000.00V9H750.00Z");
        assert_eq!(bars(&spans, |_| false, 9.0), "");
    }

    #[test]
    fn steps_join_neighbours_and_leave_gaps() {
        let spans = [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)];
        let values = [Some(60.0), Some(100.0), None, Some(80.0)];
        assert_eq!(
            steps(&spans, |index| values[index], (60.0, 100.0), 20.0),
            "M0.00 20.00H250.00L250.00 0.00H500.00M750.00 10.00H1000.00"
        );
        assert!(!steps(&spans, |_| Some(70.0), (70.0, 70.0), 20.0).contains("NaN"));
    }

    #[test]
    fn marks_are_few_and_at_round_times() {
        let hours = [2.0, 10.0, 24.0, 48.0, 24.0 * 14.0].map(|hours| seconds_between_marks(hours * 3600.0) / 3600.0);
        assert_eq!(hours, [0.25, 2.0, 3.0, 6.0, 48.0]);
        assert_eq!([75.0, 300.0, 1806.0].map(seconds_between_marks), [15.0, 60.0, 300.0]);
    }
}
