//! ECG paper: its squares, as lines of SVG paths.

use super::polyline::write_tenths;
use super::{Frame, grid_lines};

/// What one small and one large square of the paper stand for; in s or in mV.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaperStep {
    pub fine: f64,
    pub heavy: f64,
}

/// Squares along one side: the first of `steps` whose small square has at least 5 pixels. The steps begin with ECG
/// paper's own 1 mm and 5 mm, and grow where there is no room for them.
fn squares(steps: &[PaperStep], pixels_per_unit: f64) -> PaperStep {
    let fits = |step: &&PaperStep| step.fine * pixels_per_unit >= 5.0;
    *steps.iter().find(fits).unwrap_or(&steps[steps.len() - 1])
}

impl PaperStep {
    /// Along the time axis, in s.
    pub const TIME: [PaperStep; 9] = [
        PaperStep { fine: 0.04, heavy: 0.2 },
        PaperStep { fine: 0.2, heavy: 1.0 },
        PaperStep { fine: 1.0, heavy: 5.0 },
        PaperStep { fine: 5.0, heavy: 30.0 },
        PaperStep { fine: 30.0, heavy: 300.0 },
        PaperStep { fine: 300.0, heavy: 1800.0 },
        PaperStep { fine: 1800.0, heavy: 7200.0 },
        PaperStep { fine: 7200.0, heavy: 43200.0 },
        PaperStep { fine: 86400.0, heavy: 432000.0 },
    ];
    /// Along the amplitude axis, in mV.
    pub const AMPLITUDE: [PaperStep; 7] = [
        PaperStep { fine: 0.1, heavy: 0.5 },
        PaperStep { fine: 0.5, heavy: 2.5 },
        PaperStep { fine: 1.0, heavy: 5.0 },
        PaperStep { fine: 5.0, heavy: 25.0 },
        PaperStep { fine: 25.0, heavy: 100.0 },
        PaperStep { fine: 100.0, heavy: 1000.0 },
        PaperStep { fine: 1e6, heavy: 1e7 },
    ];
}

/// What the squares stand for in `frame`: along the time axis, in s, and along the amplitude axis, in mV.
pub fn paper_squares(frame: &Frame) -> (PaperStep, PaperStep) {
    (squares(&PaperStep::TIME, frame.pixels_per_second()), squares(&PaperStep::AMPLITUDE, frame.pixels_per_millivolt()))
}

/// Fine lines closer than this, in pixels, would run together.
const CLOSEST_LINES: f64 = 2.5;

/// The faint and the heavy lines, each as one path (`d`): squares that stand for these steps along the time axis and
/// the amplitude axis. No faint ones where they would run together.
pub fn paper_paths(frame: &Frame, (time, amplitude): (PaperStep, PaperStep)) -> (String, String) {
    let lines = |time_step, amplitude_step, skip: (Option<f64>, Option<f64>)| {
        let mut path = String::new();
        for moment in grid_lines(frame.span.start, frame.span.end, time_step, skip.0) {
            path.push('M');
            write_tenths(&mut path, frame.x(moment));
            path.push_str(" 0V");
            write_tenths(&mut path, frame.height);
        }
        for level in grid_lines(frame.limits.low, frame.limits.high, amplitude_step, skip.1) {
            path.push_str("M0 ");
            write_tenths(&mut path, frame.y(level));
            path.push('H');
            write_tenths(&mut path, frame.width);
        }
        path
    };
    let closest = (time.fine * frame.pixels_per_second()).min(amplitude.fine * frame.pixels_per_millivolt());
    let fine = match closest < CLOSEST_LINES {
        true => String::new(),
        false => lines(time.fine, amplitude.fine, (Some(time.heavy), Some(amplitude.heavy))),
    };
    (fine, lines(time.heavy, amplitude.heavy, (None, None)))
}

/// The calibration pulse, 1 mV tall and 0.2 s wide, in the lower left corner: its path (`d`), and the right end and
/// middle of its top for a label; `None` where it would not fit.
pub fn calibration_pulse(frame: &Frame) -> Option<(String, f64, f64)> {
    const MARGIN: f64 = 10.0;
    const FOOT: f64 = 5.0;
    let (width, height) = (0.2 * frame.pixels_per_second(), frame.pixels_per_millivolt());
    if width > frame.width / 4.0 || height + 2.0 * MARGIN > frame.height || height < 4.0 {
        return None;
    }
    let (bottom, top) = (frame.height - MARGIN, frame.height - MARGIN - height);
    let (left, right) = (MARGIN + FOOT, MARGIN + FOOT + width);
    let mut path = String::from("M");
    for (x, y) in [(MARGIN, bottom), (left, bottom), (left, top), (right, top), (right, bottom), (right + FOOT, bottom)]
    {
        if path.len() > 1 {
            path.push('L');
        }
        write_tenths(&mut path, x);
        path.push(' ');
        write_tenths(&mut path, y);
    }
    Some((path, right + FOOT, bottom))
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, Span};
    use super::*;

    fn frame(seconds: f64) -> Frame {
        Frame {
            span: Span { start: 0.0, end: seconds },
            limits: Limits { low: -0.55, high: 1.55 },
            width: 1000.0,
            height: 420.0,
        }
    }

    #[test]
    fn keeps_the_papers_own_squares_while_they_can_be_seen() {
        let (time, amplitude) = paper_squares(&frame(1.66));
        assert_eq!((time.fine, time.heavy, amplitude.fine, amplitude.heavy), (0.04, 0.2, 0.1, 0.5));
        assert_eq!(paper_squares(&frame(30.0)).0, PaperStep { fine: 0.2, heavy: 1.0 });
        assert_eq!(paper_squares(&frame(1e9)).0.fine, 86400.0);
    }

    #[test]
    fn draws_each_line_once() {
        let frame = frame(1.0);
        let (fine, heavy) = paper_paths(&frame, paper_squares(&frame));
        // 26 moments of 0.04 s and 21 levels of 0.1 mV (-0.5 … 1.5), less the heavy ones: 6 and 5.
        assert_eq!((fine.matches('V').count(), fine.matches('H').count()), (20, 16));
        assert_eq!((heavy.matches('V').count(), heavy.matches('H').count()), (6, 5));
    }

    #[test]
    fn draws_a_pulse_of_one_millivolt_and_a_fifth_of_a_second() {
        let (path, right, _) = calibration_pulse(&frame(5.0)).expect("there is room");
        assert_eq!(path, "M10 410L15 410L15 210L55 210L55 410L60 410");
        assert_eq!(right, 60.0);
        assert_eq!(calibration_pulse(&frame(0.5)), None);
    }
}
