//! From ink to glow: the colours of importance.
//!
//! One ramp for light paper and one for dark, of five colours at 0, 0.25, 0.5, 0.75 and 1 that were searched for
//! numerically, and straight lines through OKLab between them (Ottosson 2020, a space in which equal distances look equally
//! different). It begins as ink, runs through plum, violet and red to orange (on dark paper through purple, pink and sand to
//! yellow), and its lightness only ever rises.
//!
//! Neighbouring quarters differ by at least 15 in CIEDE2000 (Sharma, Wu & Dalal 2005), to normal eyes and to those that lack
//! one kind of cone (simulated after Machado, Oliveira & Fernandes 2009, severity 1.0): so they can be told apart on a line
//! of two pixels.
//!
//! | Paper | Eyes | 0 to 0.25 | 0.25 to 0.5 | 0.5 to 0.75 | 0.75 to 1 |
//! |---|---|---|---|---|---|
//! | Light | normal | 20.7 | 15.9 | 28.5 | 34.8 |
//! | Light | protan | 15.9 | 16.6 | 28.6 | 29.8 |
//! | Light | deutan | 16.1 | 15.9 | 44.4 | 21.2 |
//! | Light | tritan | 21.5 | 15.9 | 25.6 | 15.9 |
//! | Dark | normal | 23.0 | 21.3 | 46.8 | 25.1 |
//! | Dark | protan | 23.9 | 15.2 | 44.9 | 18.5 |
//! | Dark | deutan | 22.3 | 22.5 | 35.6 | 15.5 |
//! | Dark | tritan | 18.9 | 19.7 | 15.3 | 21.0 |
//!
//! Every colour keeps the 3:1 contrast to the paper that WCAG 2.2 (1.4.11) asks of lines that carry meaning.

/// Light or dark paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// A colour in OKLCH: lightness 0…1, chroma, hue in degrees.
type Oklch = [f32; 3];

/// sRGB, 8 bits a channel.
pub type Rgb = [u8; 3];

/// The anchors, at 0, 0.25, 0.5, 0.75 and 1: ink, plum, violet, red, orange.
const LIGHT: [Oklch; 5] =
    [[0.220, 0.029, 290.0], [0.345, 0.154, 311.7], [0.513, 0.200, 305.0], [0.543, 0.180, 12.1], [0.676, 0.170, 53.8]];
/// The same on dark paper: dimmed ink, purple, pink, sand, yellow.
const DARK: [Oklch; 5] =
    [[0.555, 0.005, 255.0], [0.585, 0.205, 312.0], [0.742, 0.203, 344.1], [0.816, 0.100, 72.0], [0.960, 0.200, 108.4]];

/// The colour of an importance from 0 to 1; anything outside is shown as the nearer end.
pub fn glow(theme: Theme, share: f32) -> Rgb {
    let anchors = match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    };
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    let along = share * (anchors.len() - 1) as f32;
    let first = (along as usize).min(anchors.len() - 2);
    srgb(between(oklab(anchors[first]), oklab(anchors[first + 1]), along - first as f32))
}

/// How opaque the soft band behind the line is at an importance from 0 to 1. It has the line's colours, so that they show
/// on an area as well; where nothing is important there is none, and the line stays as fine as it is.
pub fn band_opacity(share: f32) -> f32 {
    const MOST: f32 = 0.32;
    // By the root, so that half the importance is seen too.
    if share.is_nan() { 0.0 } else { MOST * share.clamp(0.0, 1.0).sqrt() }
}

/// `#rrggbb`.
pub fn hex(colour: Rgb) -> String {
    let mut text = String::with_capacity(7);
    text.push('#');
    for channel in colour {
        for digit in [channel >> 4, channel & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    text
}

fn between(a: [f32; 3], b: [f32; 3], share: f32) -> [f32; 3] {
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * share)
}

fn oklab([lightness, chroma, hue]: Oklch) -> [f32; 3] {
    let (sin, cos) = hue.to_radians().sin_cos();
    [lightness, chroma * cos, chroma * sin]
}

/// OKLab to sRGB, with Ottosson's matrices; what lies outside of sRGB is clipped.
fn srgb([lightness, a, b]: [f32; 3]) -> Rgb {
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ]
    .map(|linear| {
        let linear = linear.clamp(0.0, 1.0);
        let encoded = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() as u8
    })
}

#[cfg(test)]
mod tests;
