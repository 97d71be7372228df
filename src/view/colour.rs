//! From ink to glow: the colours of importance.
//!
//! One ramp for light paper and one for dark. Each runs through OKLab (Ottosson 2020, a space in which equal distances
//! look equally different) in even steps, from the ink of an unexplained trace to the glow of its most important
//! moment. Its lightness only ever rises, so that it reads the same to colour-blind eyes and in a grey print; and
//! every colour of it keeps the 3:1 contrast to the paper that WCAG 2.2 (1.4.11) asks of lines that carry meaning.

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

/// Ink, ember, glow. The middle one bends the ramp a little, so that half the importance is a colour of its own.
const LIGHT: [Oklch; 3] = [[0.32, 0.015, 275.0], [0.51, 0.165, 22.0], [0.67, 0.200, 45.0]];
const DARK: [Oklch; 3] = [[0.60, 0.018, 265.0], [0.76, 0.115, 57.0], [0.91, 0.145, 97.0]];

/// The colour of an importance from 0 to 1; anything outside is shown as the nearer end.
pub fn glow(theme: Theme, share: f32) -> Rgb {
    let [ink, ember, glow] = match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    }
    .map(oklab);
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    // Even steps: each half gets as much of the scale as it is long.
    let (first, second) = (distance(ink, ember), distance(ember, glow));
    let bend = first / (first + second);
    if share <= bend {
        srgb(between(ink, ember, share / bend))
    } else {
        srgb(between(ember, glow, (share - bend) / (1.0 - bend)))
    }
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

fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt()
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
mod tests {
    use super::*;

    /// The paper of `public/style.css`.
    const PAPER: [(Theme, Rgb); 2] = [(Theme::Light, [0xff, 0xfe, 0xfb]), (Theme::Dark, [0x17, 0x19, 0x1d])];

    fn linear(colour: Rgb) -> [f32; 3] {
        colour.map(|channel| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance(colour: Rgb) -> f32 {
        let [r, g, b] = linear(colour);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn to_oklab(colour: Rgb) -> [f32; 3] {
        let [r, g, b] = linear(colour);
        let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        [
            0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
        ]
    }

    /// Twenty steps from ink to glow.
    fn ramp(theme: Theme) -> Vec<Rgb> {
        (0..=20).map(|step| glow(theme, step as f32 / 20.0)).collect()
    }

    #[test]
    fn contrasts_with_the_paper_everywhere() {
        for (theme, paper) in PAPER {
            for colour in ramp(theme) {
                let (a, b) = (luminance(paper), luminance(colour));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 3.0, "{theme:?} {} {contrast}", hex(colour));
            }
        }
    }

    #[test]
    fn grows_lighter_in_even_steps() {
        for (theme, _) in PAPER {
            let colours: Vec<[f32; 3]> = ramp(theme).into_iter().map(to_oklab).collect();
            let steps: Vec<f32> = colours.windows(2).map(|pair| distance(pair[0], pair[1])).collect();
            let mean = steps.iter().sum::<f32>() / steps.len() as f32;
            for (pair, step) in colours.windows(2).zip(&steps) {
                assert!(pair[1][0] > pair[0][0], "{theme:?}: lightness falls");
                assert!((step / mean - 1.0).abs() < 0.3, "{theme:?}: a step of {step} among {mean}");
            }
            assert!(colours[20][0] - colours[0][0] > 0.3, "{theme:?}: readable by lightness alone");
        }
    }

    #[test]
    fn knows_its_ends() {
        assert_eq!(glow(Theme::Light, -1.0), glow(Theme::Light, 0.0));
        assert_eq!(glow(Theme::Dark, 7.0), glow(Theme::Dark, 1.0));
        assert_eq!(glow(Theme::Dark, f32::NAN), glow(Theme::Dark, 0.0));
        assert_eq!(hex([0, 171, 255]), "#00abff");
    }
}
