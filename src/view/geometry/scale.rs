//! From seconds and millivolts to pixels; ticks; numbers in print.

use super::Span;

/// Lowest and highest amplitude that shows, in mV.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub low: f64,
    pub high: f64,
}

impl Limits {
    /// Room for the trace and a little air: 8 % on either side, and never less than 0.5 mV in all, so that a flat line
    /// looks flat.
    pub fn padded(extent: Option<(f32, f32)>) -> Self {
        let (low, high) = extent.map_or((-0.5, 0.5), |(low, high)| (f64::from(low), f64::from(high)));
        let missing = (0.5 - (high - low)).max(0.0) / 2.0;
        let pad = 0.08 * (high - low) + missing;
        Limits { low: low - pad, high: high + pad }
    }

    /// Grown to hold `extent` too; never shrunk, so that the paper stays still while one pans.
    pub fn holding(self, extent: Option<(f32, f32)>) -> Self {
        let Some((low, high)) = extent else { return self };
        let needed = Limits::padded(extent);
        Limits {
            low: if f64::from(low) < self.low { needed.low } else { self.low },
            high: if f64::from(high) > self.high { needed.high } else { self.high },
        }
    }
}

/// The plotting area: what it shows, and how large it is in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub span: Span,
    pub limits: Limits,
    pub width: f64,
    pub height: f64,
}

impl Frame {
    /// Pixels from the left edge.
    pub fn x(&self, time: f64) -> f64 {
        (time - self.span.start) * self.pixels_per_second()
    }

    /// Seconds at `x` pixels from the left edge.
    pub fn time(&self, x: f64) -> f64 {
        self.span.start + x / self.pixels_per_second()
    }

    /// Pixels from the top edge.
    pub fn y(&self, millivolts: f64) -> f64 {
        (self.limits.high - millivolts) * self.pixels_per_millivolt()
    }

    pub fn pixels_per_second(&self) -> f64 {
        self.width / self.span.length().max(1e-9)
    }

    pub fn pixels_per_millivolt(&self) -> f64 {
        self.height / (self.limits.high - self.limits.low).max(1e-9)
    }
}

/// Multiples of `step` from `low` to `high`, at most 2000 of them; with `skip`, those that are not multiples of it.
pub fn grid_lines(low: f64, high: f64, step: f64, skip: Option<f64>) -> Vec<f64> {
    let first = (low / step).ceil() as i64;
    let last = ((high / step).floor() as i64).min(first.saturating_add(2000));
    let every = skip.map(|skip| (skip / step).round() as i64);
    (first..=last)
        .filter(|index| every.is_none_or(|every| index.rem_euclid(every) != 0))
        .map(|index| index as f64 * step)
        .collect()
}

/// 1, 2 or 5 times a power of ten: the smallest that is at least `least`.
pub fn tick_step(least: f64) -> f64 {
    let mut power = 1.0;
    while power > least {
        power /= 10.0;
    }
    while power * 10.0 < least {
        power *= 10.0;
    }
    // 1e-9: so that a step asked for as 0.2 is not passed over for a rounding error.
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|k| k * power).find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(power)
}

/// Ticks from `low` to `high`, `step` apart, with their labels.
pub fn ticks(low: f64, high: f64, step: f64) -> Vec<(f64, String)> {
    let mut digits = 0;
    let mut unit = step;
    while digits < 6 && (unit - unit.round()).abs() > 1e-6 {
        unit *= 10.0;
        digits += 1;
    }
    grid_lines(low, high, step, None).into_iter().map(|value| (value, decimal(value, digits))).collect()
}

/// `value` with `digits` decimals and a true minus sign. Written here because the standard formatter of floats weighs
/// more than everything else that the page prints; exact up to 2⁵³.
pub fn decimal(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let unit = 10_i64.pow(digits as u32);
    let scaled = (value.abs() * unit as f64).round() as i64;
    let (whole, rest) = (scaled / unit, scaled % unit);
    let mut text = String::new();
    if value < 0.0 && scaled != 0 {
        text.push('\u{2212}');
    }
    text.push_str(&whole.to_string());
    if digits > 0 {
        let rest = rest.to_string();
        text.push('.');
        text.extend(std::iter::repeat_n('0', digits - rest.len()));
        text.push_str(&rest);
    }
    text
}

/// A value of zero or more with about four significant digits, without idle zeros.
pub fn significant(value: f64) -> String {
    let mut digits = 3;
    let mut size = value;
    while size < 1.0 && digits < 9 {
        size *= 10.0;
        digits += 1;
    }
    while size >= 10.0 && digits > 0 {
        size /= 10.0;
        digits -= 1;
    }
    let text = decimal(value, digits);
    if digits > 0 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_decimals() {
        assert_eq!(decimal(0.0, 0), "0");
        assert_eq!(decimal(-0.004, 2), "0.00");
        assert_eq!(decimal(-1.256, 2), "\u{2212}1.26");
        assert_eq!(decimal(12.05, 3), "12.050");
        assert_eq!(decimal(f64::NAN, 1), "–");
        assert_eq!(significant(12.3456), "12.35");
        assert_eq!(significant(0.00123456), "0.001235");
        assert_eq!(significant(54321.0), "54321");
        assert_eq!(significant(0.0), "0");
        assert_eq!(significant(100.0), "100");
        assert_eq!(significant(50000.0), "50000");
    }

    #[test]
    fn chooses_round_ticks() {
        assert_eq!(tick_step(0.2), 0.2);
        assert_eq!(tick_step(41.0), 50.0);
        assert!((tick_step(0.0013) - 0.002).abs() < 1e-12);
        let labels: Vec<String> = ticks(-0.4, 1.1, 0.5).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["0.0", "0.5", "1.0"]);
        let labels: Vec<String> = ticks(0.0, 499.0, 100.0).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["0", "100", "200", "300", "400"]);
    }

    #[test]
    fn finds_multiples() {
        assert_eq!(grid_lines(0.0, 0.21, 0.04, Some(0.2)).len(), 4);
        assert_eq!(grid_lines(-0.5, 0.5, 0.5, None), [-0.5, 0.0, 0.5]);
        assert!(grid_lines(0.0, 1e12, 0.04, None).len() <= 2001);
    }

    #[test]
    fn gives_the_trace_air_and_keeps_still() {
        let limits = Limits::padded(Some((-0.5, 1.5)));
        assert!((limits.low + 0.66).abs() < 1e-6 && (limits.high - 1.66).abs() < 1e-6);
        assert_eq!(limits.holding(Some((-0.6, 1.6))), limits);
        let grown = limits.holding(Some((-0.6, 3.0)));
        assert_eq!(grown.low, limits.low);
        assert!(grown.high > 3.0);
        let flat = Limits::padded(Some((1.0, 1.0)));
        assert!((flat.low - 0.75).abs() < 1e-9 && (flat.high - 1.25).abs() < 1e-9);
        assert!(Limits::padded(None).high > 0.0);
    }

    #[test]
    fn maps_there_and_back() {
        let frame = Frame {
            span: Span { start: 2.0, end: 4.0 },
            limits: Limits { low: -1.0, high: 1.0 },
            width: 800.0,
            height: 200.0,
        };
        assert_eq!(frame.x(3.0), 400.0);
        assert_eq!(frame.time(400.0), 3.0);
        assert_eq!(frame.y(0.5), 50.0);
    }
}
