//! RR intervals above the trace: a number between each two beats, thinned where they would run together.

use crate::signal::rr::{RrInterval, Timing};
use crate::view::geometry::Frame;

/// Ticks nearer than this, on average, are a grey band; in pixels.
const LEAST_APART: f64 = 4.0;
/// Four figures, and air on both sides; in pixels.
const LABEL: f64 = 34.0;

/// One interval that can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct RrMark {
    /// Pixels from the left edge: the two beats'.
    pub from: f64,
    pub to: f64,
    /// In whole ms, where there is room to write it.
    pub label: Option<String>,
    pub is_premature: bool,
}

/// The intervals that show in `frame`, between beats at these `times` in s. Where not every one can be labelled, every
/// second is, or every fifth, tenth …, counted from the recording's first so that labels stay while one pans; none at
/// all where even the ticks would run together.
pub fn rr_marks(intervals: &[RrInterval], times: impl Fn(usize) -> f64, frame: &Frame) -> Vec<RrMark> {
    let span = frame.span;
    let first = intervals.partition_point(|rr| times(rr.beat) < span.start);
    let seen = intervals[first..].iter().take_while(|rr| times(rr.beat - 1) <= span.end);
    let seen: Vec<&RrInterval> = seen.collect();
    if seen.len() as f64 * LEAST_APART > frame.width {
        return Vec::new();
    }
    let shortest = seen.iter().map(|rr| rr.seconds).fold(f64::INFINITY, f64::min) * frame.pixels_per_second();
    let every = [1, 2, 5, 10, 20, 50].into_iter().find(|every| *every as f64 * shortest >= LABEL).unwrap_or(100);
    seen.into_iter()
        .map(|rr| {
            let (from, to) = (frame.x(times(rr.beat - 1)), frame.x(times(rr.beat)));
            let middle = (from + to) / 2.0;
            let is_inside = middle >= LABEL / 2.0 && middle <= frame.width - LABEL / 2.0;
            let label = (rr.beat.is_multiple_of(every) && is_inside).then(|| milliseconds(rr.seconds));
            RrMark { from, to, label, is_premature: rr.timing == Timing::Premature }
        })
        .collect()
}

fn milliseconds(seconds: f64) -> String {
    ((seconds * 1000.0).round() as u64).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::rr::rr_intervals;
    use crate::view::geometry::{Limits, Span};

    fn frame(start: f64, end: f64, width: f64) -> Frame {
        Frame { span: Span { start, end }, limits: Limits { low: -1.0, high: 1.0 }, width, height: 100.0 }
    }

    /// Beats every 0.8 s at 100 Hz; the sixth comes 0.3 s early.
    fn marks(frame: &Frame) -> Vec<RrMark> {
        let mut peaks: Vec<usize> = (0..40).map(|beat| 80 * beat).collect();
        peaks[5] -= 30;
        let intervals = rr_intervals(&peaks, &vec![0.0; 4000], 100.0);
        rr_marks(&intervals, |beat| peaks[beat] as f64 / 100.0, frame)
    }

    fn labels(marks: &[RrMark]) -> Vec<&str> {
        marks.iter().filter_map(|mark| mark.label.as_deref()).collect()
    }

    #[test]
    fn stands_between_its_beats() {
        let marks = marks(&frame(2.0, 6.0, 400.0));
        assert_eq!(labels(&marks), ["800", "500", "1100", "800"]);
        // From 2.4 to 3.2 s, 100 pixels a second; what is cut by an edge has its tick there.
        assert!((marks[1].from - 40.0).abs() < 1e-9 && (marks[1].to - 120.0).abs() < 1e-9);
        assert!((marks[0].from + 40.0).abs() < 1e-9 && marks[0].label.is_none());
        assert!(marks[2].is_premature && !marks[1].is_premature);
    }

    #[test]
    fn is_thinned_where_it_is_crowded() {
        let wide = marks(&frame(0.0, 31.2, 800.0));
        assert_eq!(wide.len(), 39);
        // 12.8 pixels for the shortest: every fifth.
        assert_eq!(labels(&wide).len(), 7);
        assert!(labels(&wide).contains(&"500"), "the fifth");
        assert!(marks(&frame(0.0, 31.2, 120.0)).is_empty());
        assert!(marks(&frame(100.0, 110.0, 800.0)).is_empty());
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(rr_marks(&[], |_| f64::NAN, &frame(0.0, 1.0, 100.0)).is_empty());
    }
}
