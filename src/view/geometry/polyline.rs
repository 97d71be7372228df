//! Samples to one SVG path.

use super::{Envelope, Frame};

/// The path (`d`) of the samples that show in `frame`, in its pixels; gaps where samples are missing.
///
/// Where a pixel holds more than two samples, each pixel column contributes its minimum and maximum: what a pen would
/// leave on the paper. Columns are counted from the recording's first sample and not from the view's edge, so that
/// their content does not shimmer while one pans.
pub fn trace_path(samples: &[f32], envelope: &Envelope, fs: f64, frame: &Frame) -> String {
    let visible = frame.span.samples(samples.len(), fs);
    let samples_per_pixel = frame.span.length() * fs / frame.width.max(1.0);
    let mut pen = Pen::default();
    if samples_per_pixel <= 2.0 {
        for index in visible {
            pen.to(frame.x(index as f64 / fs), samples[index], frame);
        }
        return pen.path;
    }
    let first = (visible.start as f64 / samples_per_pixel).floor() as usize;
    let last = (visible.end as f64 / samples_per_pixel).ceil() as usize;
    let mut previous = 0.0;
    for column in first..last {
        let start = (column as f64 * samples_per_pixel).round() as usize;
        let end = ((column + 1) as f64 * samples_per_pixel).round() as usize;
        let x = frame.x((column as f64 + 0.5) * samples_per_pixel / fs);
        let Some((low, high)) = envelope.extent(samples, start..end) else {
            pen.lift();
            continue;
        };
        // First the one that is nearer to where the pen is.
        let (near, far) = if (low - previous).abs() <= (high - previous).abs() { (low, high) } else { (high, low) };
        pen.to(x, near, frame);
        if far != near {
            pen.to(x, far, frame);
        }
        previous = far;
    }
    pen.path
}

/// Writes a path, a tenth of a pixel fine.
#[derive(Default)]
struct Pen {
    path: String,
    down: bool,
}

impl Pen {
    fn lift(&mut self) {
        self.down = false;
    }

    fn to(&mut self, x: f64, millivolts: f32, frame: &Frame) {
        if millivolts.is_nan() {
            return self.lift();
        }
        self.path.push(if self.down { 'L' } else { 'M' });
        self.down = true;
        write_tenths(&mut self.path, x);
        self.path.push(' ');
        write_tenths(&mut self.path, frame.y(f64::from(millivolts)));
    }
}

/// A number of pixels for an attribute, a tenth of one fine.
pub fn pixels(value: f64) -> String {
    let mut text = String::new();
    write_tenths(&mut text, value);
    text
}

/// Far outside the frame is far enough: an overflowing coordinate would draw nothing at all.
pub(super) fn write_tenths(text: &mut String, value: f64) {
    let tenths = (value * 10.0).round().clamp(-1e6, 1e6) as i32;
    if tenths < 0 {
        text.push('-');
    }
    let tenths = tenths.unsigned_abs();
    write_digits(text, tenths / 10);
    if !tenths.is_multiple_of(10) {
        text.push('.');
        text.push(char::from(b'0' + (tenths % 10) as u8));
    }
}

pub(super) fn write_digits(text: &mut String, number: u32) {
    if number >= 10 {
        write_digits(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, Span};
    use super::*;

    fn frame(span: Span) -> Frame {
        Frame { span, limits: Limits { low: -1.0, high: 1.0 }, width: 100.0, height: 200.0 }
    }

    #[test]
    fn draws_each_sample_where_there_is_room() {
        let samples = [0.0, 1.0, -1.0];
        let path = trace_path(&samples, &Envelope::of(&samples), 1.0, &frame(Span::whole(3, 1.0)));
        assert_eq!(path, "M0 100L50 0L100 200");
    }

    #[test]
    fn leaves_a_gap_where_samples_are_missing() {
        let samples = [0.0, 0.0, f32::NAN, 0.5, 0.5];
        let path = trace_path(&samples, &Envelope::of(&samples), 1.0, &frame(Span::whole(5, 1.0)));
        assert_eq!(path, "M0 100L25 100M75 50L100 50");
    }

    #[test]
    fn keeps_every_peak_of_a_long_recording() {
        let mut samples = vec![0.0_f32; 60_000];
        samples[34_567] = 1.0;
        let path = trace_path(&samples, &Envelope::of(&samples), 300.0, &frame(Span::whole(60_000, 300.0)));
        let points = path.matches(['M', 'L']).count();
        assert!(points <= 2 * 102, "{points} points for 100 pixels");
        assert!(path.contains(" 0L") || path.ends_with(" 0"), "the one peak reaches the top");
    }

    #[test]
    fn does_not_shimmer_while_one_pans() {
        let samples: Vec<f32> = (0..30_000).map(|i| ((i * 7919) % 2003) as f32 / 2003.0).collect();
        let envelope = Envelope::of(&samples);
        let heights = |start: f64| -> Vec<String> {
            let path = trace_path(&samples, &envelope, 300.0, &frame(Span { start, end: start + 10.0 }));
            path.split(['M', 'L']).filter_map(|point| Some(point.split_once(' ')?.1.to_owned())).collect()
        };
        // A column is 30 samples, 0.1 s: a pan by ten columns shifts the list by twenty points.
        let (before, after) = (heights(20.0), heights(21.0));
        assert_eq!(before[40..80], after[20..60]);
    }

    #[test]
    fn writes_tenths_of_pixels() {
        assert_eq!([pixels(0.0), pixels(-0.04), pixels(12.35), pixels(-7.0)], ["0", "0", "12.4", "-7"]);
        assert_eq!(pixels(f64::NAN), "0");
    }

    #[test]
    fn survives_a_frame_without_size() {
        let samples = [0.0, 1.0];
        let none = Frame { width: 0.0, height: 0.0, ..frame(Span { start: 0.0, end: 0.0 }) };
        assert!(!trace_path(&samples, &Envelope::of(&samples), 300.0, &none).contains("NaN"));
        assert_eq!(trace_path(&[], &Envelope::default(), 300.0, &none), "");
    }
}
