//! Small charts as SVG markup: each a whole `svg` element, sized by the style sheet, its words handed in.

use crate::signal::rhythm::P_WINDOW;
use crate::view::geometry::{pixels, tick_step, ticks};

/// Sizes of the charts, in their own units, which are pixels where there is room.
const POINCARE: f64 = 200.0;
const BEAT: (f64, f64) = (300.0, 200.0);
const SHARES: (f64, f64) = (1000.0, 48.0);

/// Room for numbers on the left and below.
const MARGIN: (f64, f64) = (34.0, 18.0);
/// The band under the mean beat that holds the importance.
const RIBBON: f64 = 20.0;
/// Of more points than this one sees no more.
const MOST_POINTS: usize = 4000;

/// An attribute's text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn svg(class: &str, (width, height): (f64, f64), label: &str, inside: &str) -> String {
    let (width, height, label) = (pixels(width), pixels(height), escaped(label));
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">{inside}</svg>"
    )
}

/// A number next to a tick; `anchor` as in SVG.
fn tick_label(x: f64, y: f64, anchor: &str, label: &str) -> String {
    format!("<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{label}</text>", pixels(x), pixels(y))
}

fn rect(class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) -> String {
    let (x, y, width, height) = (pixels(x), pixels(y), pixels(width), pixels(height));
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
}

fn path(class: &str, d: &str) -> String {
    format!("<path class=\"{class}\" d=\"{d}\"/>")
}

/// Each RR interval, in s, to the right, and the next one upwards: `usual` pairs as dots, those with a premature beat or
/// its pause, `others`, as rings; the line on which the two are alike. Empty without a point.
pub fn poincare(usual: &[(f64, f64)], others: &[(f64, f64)], label: &str) -> String {
    let all = || usual.iter().chain(others).flat_map(|(now, next)| [*now, *next]);
    let (least, most) = all().fold((f64::INFINITY, 0.0f64), |(least, most), it| (least.min(it), most.max(it)));
    if !least.is_finite() {
        return String::new();
    }
    // Whole tenths, and never so close that a clock's ticking fills the plot.
    let middle = (least + most) / 2.0;
    let half = ((most - least) / 2.0 * 1.1).max(0.15);
    let (low, high) = (((middle - half) * 10.0).floor() / 10.0, ((middle + half) * 10.0).ceil() / 10.0);
    let size = POINCARE - MARGIN.0 - 4.0;
    let x = |seconds: f64| MARGIN.0 + (seconds - low) / (high - low) * size;
    let y = |seconds: f64| 4.0 + (high - seconds) / (high - low) * size;
    let mut inside = rect("paper", (MARGIN.0, 4.0), (size, size));
    let (left, bottom, right) = (pixels(MARGIN.0), pixels(4.0 + size), pixels(MARGIN.0 + size));
    inside += &path("chart-line", &format!("M{left} {bottom}L{right} 4"));
    for (value, _) in ticks(low, high, tick_step((high - low) / 3.0)) {
        let milliseconds = ((value * 1000.0).round() as i64).to_string();
        inside += &tick_label(x(value), 4.0 + size + 13.0, "middle", &milliseconds);
        inside += &tick_label(MARGIN.0 - 5.0, y(value) + 4.0, "end", &milliseconds);
    }
    let marks = |points: &[(f64, f64)], mark: &str| {
        let step = points.len().div_ceil(MOST_POINTS).max(1);
        let place = |(now, next): &(f64, f64)| format!("M{} {}{mark}", pixels(x(*now)), pixels(y(*next)));
        points.iter().step_by(step).map(place).collect::<String>()
    };
    // A line of no length with round ends is a dot.
    inside += &path("chart-dots", &marks(usual, "h0"));
    inside += &path("chart-rings", &marks(others, "m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0"));
    inside += &rect("box", (MARGIN.0, 4.0), (size, size));
    svg("poincare", (POINCARE, POINCARE - MARGIN.0 + MARGIN.1 + 4.0), label, &inside)
}

/// A mean beat: `mean` in mV, from `-reach` to `reach` s around the R peak; where a P wave stands is shaded. Below, the
/// mean `importance` over the same time, if any, as a band. Empty without values.
pub fn mean_beat(mean: &[f64], importance: Option<&[f64]>, reach: f64, label: &str) -> String {
    let (least, most) =
        mean.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| (least.min(*it), most.max(*it)));
    if mean.len() < 2 || !(least.is_finite() && most.is_finite()) {
        return String::new();
    }
    let air = (0.08 * (most - least)).max(0.02);
    let (low, high) = (least - air, most + air);
    let width = BEAT.0 - MARGIN.0 - 4.0;
    let height = BEAT.1 - MARGIN.1 - RIBBON - 8.0;
    let x = |seconds: f64| MARGIN.0 + (seconds + reach) / (2.0 * reach) * width;
    let y = |millivolts: f64| 4.0 + (high - millivolts) / (high - low) * height;
    let seconds = |index: usize, len: usize| (2.0 * index as f64 / (len - 1) as f64 - 1.0) * reach;
    let (p_from, p_to) = (x(-P_WINDOW.0), x(-P_WINDOW.1));
    let ribbon_bottom = 4.0 + height + 4.0 + RIBBON;
    let mut inside = rect("paper", (MARGIN.0, 4.0), (width, height));
    inside += &rect("chart-window", (p_from, 4.0), (p_to - p_from, ribbon_bottom - 4.0));
    inside += &tick_label((p_from + p_to) / 2.0, 16.0, "middle", "P");
    for (value, text) in ticks(low, high, tick_step((high - low) / 3.0)) {
        inside += &tick_label(MARGIN.0 - 5.0, y(value) + 4.0, "end", &text);
    }
    for (value, text) in ticks(-reach, reach, 0.2) {
        inside += &tick_label(x(value), ribbon_bottom + 13.0, "middle", &text);
    }
    let line = |values: &[f64], y: &dyn Fn(f64) -> f64| {
        let point = |(index, value): (usize, &f64)| {
            let letter = if index == 0 { 'M' } else { 'L' };
            format!("{letter}{} {}", pixels(x(seconds(index, values.len()))), pixels(y(*value)))
        };
        values.iter().enumerate().map(point).collect::<String>()
    };
    inside += &path("chart-trace", &line(mean, &y));
    if let Some(importance) = importance.filter(|values| values.len() > 1) {
        let most = importance.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let band = line(importance, &|value| ribbon_bottom - RIBBON * (value / most).clamp(0.0, 1.0));
        let (left, right, bottom) = (pixels(MARGIN.0), pixels(MARGIN.0 + width), pixels(ribbon_bottom));
        inside += &path("ribbon", &format!("{band}L{right} {bottom}L{left} {bottom}Z"));
        inside += &rect("box", (MARGIN.0, ribbon_bottom - RIBBON), (width, RIBBON));
    }
    inside += &rect("box", (MARGIN.0, 4.0), (width, height));
    svg("mean-beat", BEAT, label, &inside)
}

/// A bar for each beat along the time `from` … `to`, in s: its share of the importance, the highest as tall as the
/// chart. Empty without a share.
pub fn shares(times: &[f64], shares: &[f64], (from, to): (f64, f64), label: &str) -> String {
    let most = shares.iter().copied().fold(0.0, f64::max);
    if most <= 0.0 || to <= from {
        return String::new();
    }
    let mut d = String::new();
    for (time, share) in times.iter().zip(shares) {
        let (x, height) = ((time - from) / (to - from) * SHARES.0, share / most * (SHARES.1 - 2.0));
        d += &format!("M{} {}v{}", pixels(x), pixels(SHARES.1), pixels(-height));
    }
    // As wide as there is room: the bars' own strokes keep their width.
    svg("shares", SHARES, label, &path("chart-bars", &d)).replacen("<svg ", "<svg preserveAspectRatio=\"none\" ", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_a_point_for_each_pair() {
        let markup = poincare(&[(0.8, 0.8), (0.8, 0.9)], &[(0.5, 1.1)], "a \"label\"");
        // 0.5 … 1.1, a tenth wider on each side: 0.4 to 1.2 s over 162 pixels.
        assert!(markup.contains("M115 85h0M115 64.8h0"), "{markup}");
        assert!(markup.contains("M54.3 24.2m-2.5 0a"), "{markup}");
        assert!(markup.contains("aria-label=\"a &quot;label&quot;\""));
        assert!(markup.contains(">800</text>") || markup.contains(">1000</text>"), "{markup}");
        assert_eq!(poincare(&[], &[], ""), "");
    }

    #[test]
    fn draws_the_mean_beat_and_its_importance() {
        let mean: Vec<f64> = (0..121).map(|index| if index == 60 { 1.0 } else { 0.0 }).collect();
        let markup = mean_beat(&mean, Some(&[0.0, 2.0, 1.0]), 0.6, "beat");
        // 262 units for 1.2 s: the R peak in the middle, under 8 % of air.
        assert!(markup.contains("L165 14.6L"), "{markup}");
        // The band is full where the importance is highest.
        assert!(markup.contains("L165 162L") && markup.contains("Z\""), "{markup}");
        assert!(!mean_beat(&mean, None, 0.6, "beat").contains("ribbon"));
        assert_eq!(
            (mean_beat(&[], None, 0.6, ""), mean_beat(&[f64::NAN; 9], None, 0.6, "")),
            (String::new(), String::new())
        );
    }

    #[test]
    fn draws_a_bar_for_each_beat() {
        let markup = shares(&[1.0, 2.0, 3.0], &[0.5, 0.25, 0.25], (0.0, 4.0), "shares");
        assert!(markup.contains("M250 48v-46M500 48v-23M750 48v-23"), "{markup}");
        assert_eq!(shares(&[1.0], &[0.0], (0.0, 4.0), ""), "");
    }
}
