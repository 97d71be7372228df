//! Importance to the gradient's stops, and to the outline of the ribbon that says the same without colour.

use super::{Frame, Span, polyline::write_tenths};
use crate::explain::ImportanceMap;

/// More stops than this are drawn by the highest of each group: a screen has no more pixels.
const MOST_STOPS: usize = 1024;

/// One stop of the gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Seconds from the recording's first sample: a moment of the map's own grid.
    pub time: f64,
    /// Raw importance.
    pub importance: f32,
}

/// The stops for what shows and as much again on either side: panning within that only moves the gradient.
///
/// Not all of the recording's stops at once: browsers that draw with the graphics card keep a gradient of many stops
/// as a picture of 256 points, which over a long recording is coarser than the map.
#[derive(Clone, Debug, PartialEq)]
pub struct StopWindow {
    /// The time that the stops are good for.
    pub reach: Span,
    /// In order of time; neighbours of `reach` included.
    pub stops: Vec<Stop>,
}

impl StopWindow {
    pub fn around(map: &ImportanceMap, span: Span) -> Self {
        let margin = span.length();
        let reach = Span { start: span.start - margin, end: span.end + margin };
        let index = |time: f64| (time - map.grid.start) * map.grid.fs;
        let first = (index(reach.start).floor().max(0.0) as usize).min(map.values.len().saturating_sub(1));
        let end = (index(reach.end).ceil().max(0.0) as usize).saturating_add(1).min(map.values.len());
        let values = &map.values[first.min(end)..end];
        let group = values.len().div_ceil(MOST_STOPS).max(1);
        let stops = values
            .chunks(group)
            .enumerate()
            .map(|(chunk, values)| Stop {
                time: map.grid.start + ((first + chunk * group) as f64 + (values.len() - 1) as f64 / 2.0) / map.grid.fs,
                importance: values.iter().copied().fold(0.0, f32::max),
            })
            .collect();
        Self { reach, stops }
    }

    /// Whether the stops serve `span` too: they reach as far, and are not made for something far longer.
    pub fn serves(&self, span: Span) -> bool {
        self.reach.contains(span) && self.reach.length() <= 6.0 * span.length()
    }

    /// The times of the first and the last stop: the gradient's ends.
    pub fn ends(&self) -> (f64, f64) {
        match (self.stops.first(), self.stops.last()) {
            (Some(first), Some(last)) if last.time > first.time => (first.time, last.time),
            (Some(only), _) => (only.time, only.time + 1.0),
            _ => (0.0, 1.0),
        }
    }
}

/// The outline (`d`) of a band along the bottom of `frame`, `frame.height` tall where the importance reaches `top`.
pub fn ribbon_path(window: &StopWindow, top: f32, frame: &Frame) -> String {
    let (Some(first), Some(last)) = (window.stops.first(), window.stops.last()) else { return String::new() };
    let height = |importance: f32| {
        let share = if top > 0.0 { f64::from(importance / top).clamp(0.0, 1.0) } else { 0.0 };
        frame.height * (1.0 - share)
    };
    let mut path = String::from("M");
    let mut point = |time: f64, y: f64, letter: Option<char>| {
        path.extend(letter);
        write_tenths(&mut path, frame.x(time));
        path.push(' ');
        write_tenths(&mut path, y);
    };
    // The map is constant before its first and after its last moment.
    let (left, right) = (frame.span.start.min(first.time), frame.span.end.max(last.time));
    point(left, frame.height, None);
    point(left, height(first.importance), Some('L'));
    for stop in &window.stops {
        point(stop.time, height(stop.importance), Some('L'));
    }
    point(right, height(last.importance), Some('L'));
    point(right, frame.height, Some('L'));
    path.push('Z');
    path
}

/// The top of the colour bar for raw importance: the next round number (1, 2 or 5 times a power of ten).
pub fn round_top(highest: f32) -> f32 {
    if highest > 0.0 && highest.is_finite() { super::tick_step(f64::from(highest)) as f32 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::*;
    use crate::explain::TimeGrid;

    fn map(len: usize) -> ImportanceMap {
        ImportanceMap {
            grid: TimeGrid { start: 0.04, fs: 12.5 },
            values: (0..len).map(|i| i as f32).collect(),
            unusable: Vec::new(),
        }
    }

    #[test]
    fn puts_a_stop_at_every_moment_of_the_map() {
        let window = StopWindow::around(&map(375), Span { start: 0.0, end: 30.0 });
        assert_eq!(window.stops.len(), 375);
        assert_eq!(window.stops[0], Stop { time: 0.04, importance: 0.0 });
        assert!((window.stops[374].time - 29.96).abs() < 1e-9);
        assert_eq!(window.ends(), (window.stops[0].time, window.stops[374].time));
    }

    #[test]
    fn reaches_beyond_the_view_and_not_much_further() {
        let window = StopWindow::around(&map(375), Span { start: 10.0, end: 12.0 });
        assert!(window.stops[0].time <= 8.0 && window.stops[window.stops.len() - 1].time >= 14.0);
        assert!(window.stops.len() <= 78);
        assert!(window.serves(Span { start: 11.5, end: 13.5 }));
        assert!(!window.serves(Span { start: 12.5, end: 14.5 }));
        assert!(!window.serves(Span { start: 11.0, end: 11.2 }), "zoomed in: finer stops, fewer of them");
    }

    #[test]
    fn keeps_the_peak_of_a_day() {
        let mut day = ImportanceMap {
            grid: TimeGrid { start: 0.04, fs: 12.5 },
            values: vec![0.0; 1_080_000],
            unusable: Vec::new(),
        };
        day.values[765_432] = 3.0;
        let window = StopWindow::around(&day, Span { start: 0.0, end: 86_400.0 });
        assert!(window.stops.len() <= MOST_STOPS);
        let peak = window.stops.iter().find(|stop| stop.importance == 3.0).expect("the peak is kept");
        assert!((peak.time - 765_432.0 / 12.5).abs() < 86.4);
    }

    #[test]
    fn stands_a_map_without_values_or_with_one() {
        let frame = Frame {
            span: Span { start: 0.0, end: 2.0 },
            limits: Limits { low: 0.0, high: 1.0 },
            width: 100.0,
            height: 10.0,
        };
        let none = StopWindow::around(&map(0), frame.span);
        assert_eq!((none.ends(), ribbon_path(&none, 1.0, &frame)), ((0.0, 1.0), String::new()));
        let one = StopWindow::around(
            &ImportanceMap { grid: TimeGrid { start: 1.0, fs: 0.5 }, values: vec![0.5], unusable: Vec::new() },
            frame.span,
        );
        assert_eq!(one.ends(), (1.0, 2.0));
        assert_eq!(ribbon_path(&one, 1.0, &frame), "M0 10L0 5L50 5L100 5L100 10Z");
        assert_eq!(ribbon_path(&one, 0.0, &frame), "M0 10L0 10L50 10L100 10L100 10Z");
    }

    #[test]
    fn rounds_the_raw_scale_up() {
        assert_eq!(round_top(0.3), 0.5);
        assert_eq!(round_top(7.1), 10.0);
        assert_eq!(round_top(0.0), 1.0);
    }
}
