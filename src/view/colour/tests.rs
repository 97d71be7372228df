//! The colours as a monitor shows them and as eyes see them: contrast to the paper, and the difference of neighbours in
//! CIEDE2000 (ISO/CIE 11664-6), also under the dichromacies that Machado, Oliveira & Fernandes (2009) simulate.

use super::*;

/// The paper of `public/style.css`.
const PAPER: [(Theme, Rgb); 2] = [(Theme::Light, [0xff, 0xfe, 0xfb]), (Theme::Dark, [0x17, 0x19, 0x1d])];

/// The eyes: normal ones, and Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protan", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deutan", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    ("tritan", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn linear(colour: Rgb) -> [f64; 3] {
    colour.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(one, other)| one * other).sum())
}

fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG's contrast ratio.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// CIE L*a*b* (D65) of a linear RGB.
fn lab(rgb: [f64; 3]) -> [f64; 3] {
    const XYZ: [[f64; 3]; 3] = [
        [0.41239080, 0.35758434, 0.18048079],
        [0.21263901, 0.71516868, 0.07219232],
        [0.01933082, 0.11919478, 0.95053215],
    ];
    let white = times(&XYZ, [1.0; 3]);
    let xyz = times(&XYZ, rgb.map(|channel| channel.clamp(0.0, 1.0)));
    let [x, y, z] = [0, 1, 2].map(|i| {
        let share = xyz[i] / white[i];
        if share > 216.0 / 24389.0 { share.cbrt() } else { (24389.0 / 27.0 * share + 16.0) / 116.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The hue of (a, b) in degrees, from 0 to 360.
fn hue(a: f64, b: f64) -> f64 {
    b.atan2(a).to_degrees().rem_euclid(360.0)
}

/// CIEDE2000, as Sharma, Wu & Dalal (2005) write it.
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0));
    let (a1, a2) = ((1.0 + g) * a1, (1.0 + g) * a2);
    let (c1, c2, h1, h2) = (a1.hypot(b1), a2.hypot(b2), hue(a1, b1), hue(a2, b2));
    let is_grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if is_grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let (dl, dc, dh) = (l2 - l1, c2 - c1, 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin());
    let (lightness, chroma) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let middle = match h1 + h2 {
        sum if is_grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(middle - 30.0) + 0.24 * cos(2.0 * middle) + 0.32 * cos(3.0 * middle + 6.0)
        - 0.20 * cos(4.0 * middle - 63.0);
    let rotation = -2.0 * seventh(chroma) * (60.0 * (-((middle - 275.0) / 25.0).powi(2)).exp()).to_radians().sin();
    let off = (lightness - 50.0).powi(2);
    let l = dl / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let c = dc / (1.0 + 0.045 * chroma);
    let h = dh / (1.0 + 0.015 * chroma * t);
    (l * l + c * c + h * h + rotation * c * h).sqrt()
}

fn oklab_of(colour: Rgb) -> [f64; 3] {
    let lms = times(
        &[
            [0.412_221_46, 0.536_332_55, 0.051_445_995],
            [0.211_903_5, 0.680_699_5, 0.107_396_96],
            [0.088_302_46, 0.281_718_85, 0.629_978_7],
        ],
        linear(colour),
    );
    times(
        &[
            [0.210_454_26, 0.793_617_8, -0.004_072_047],
            [1.977_998_5, -2.428_592_2, 0.450_593_7],
            [0.025_904_037, 0.782_771_77, -0.808_675_77],
        ],
        lms.map(f64::cbrt),
    )
}

/// Twenty steps from ink to glow.
fn ramp(theme: Theme) -> Vec<Rgb> {
    (0..=20).map(|step| glow(theme, step as f32 / 20.0)).collect()
}

/// Sharma, Wu & Dalal (2005), table 1: pairs 1, 4, 7, 9, 13, 17, 19, 21, 25 and 34.
#[test]
fn ciede2000_is_that_of_the_paper() {
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    for (one, other, published) in pairs {
        let found = ciede2000(one, other);
        assert!((found - published).abs() < 1e-4, "{one:?} {other:?}: {found} and not {published}");
        assert!((ciede2000(other, one) - published).abs() < 1e-4, "{one:?} {other:?}: not the same both ways");
    }
}

/// The table of the module's documentation is printed with `--nocapture`.
#[test]
fn quarters_look_different_to_all_eyes() {
    for (theme, _) in PAPER {
        for (eyes, matrix) in &EYES {
            let seen = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| lab(times(matrix, linear(glow(theme, share)))));
            let steps: Vec<f64> = seen.windows(2).map(|pair| ciede2000(pair[0], pair[1])).collect();
            println!("| {theme:?} | {eyes} | {:.1} | {:.1} | {:.1} | {:.1} |", steps[0], steps[1], steps[2], steps[3]);
            assert!(steps.iter().all(|step| *step >= 15.0), "{theme:?}, {eyes}: {steps:?}");
            // Nor is what lies further apart taken for the same.
            for (place, one) in seen.iter().enumerate() {
                for other in seen.iter().skip(place + 2) {
                    assert!(ciede2000(*one, *other) >= 20.0, "{theme:?}, {eyes}: {one:?} {other:?}");
                }
            }
        }
    }
}

#[test]
fn contrasts_with_the_paper_everywhere() {
    for (theme, paper) in PAPER {
        for colour in ramp(theme) {
            let contrast = contrast(paper, colour);
            assert!(contrast >= 3.0, "{theme:?} {} {contrast}", hex(colour));
        }
    }
}

#[test]
fn grows_lighter_in_even_steps() {
    for (theme, _) in PAPER {
        let colours: Vec<[f64; 3]> = ramp(theme).into_iter().map(oklab_of).collect();
        let length = |[l, a, b]: [f64; 3]| (l * l + a * a + b * b).sqrt();
        let apart = |one: [f64; 3], other: [f64; 3]| length([0, 1, 2].map(|i| one[i] - other[i]));
        let steps: Vec<f64> = colours.windows(2).map(|pair| apart(pair[0], pair[1])).collect();
        let mean = steps.iter().sum::<f64>() / steps.len() as f64;
        for (pair, step) in colours.windows(2).zip(&steps) {
            assert!(pair[1][0] > pair[0][0], "{theme:?}: lightness falls");
            assert!((step / mean - 1.0).abs() < 0.3, "{theme:?}: a step of {step} among {mean}");
        }
        assert!(colours[20][0] - colours[0][0] > 0.3, "{theme:?}: readable by lightness alone");
    }
}

#[test]
fn begins_as_ink_and_ends_as_a_colour() {
    for (theme, _) in PAPER {
        let chroma = |share: f32| {
            let [_, a, b] = oklab_of(glow(theme, share));
            a.hypot(b)
        };
        assert!(chroma(0.0) < 0.035, "{theme:?}: ink is almost grey");
        assert!(chroma(1.0) > 0.15, "{theme:?}: the top is vivid");
    }
}

#[test]
fn knows_its_ends() {
    assert_eq!(glow(Theme::Light, -1.0), glow(Theme::Light, 0.0));
    assert_eq!(glow(Theme::Dark, 7.0), glow(Theme::Dark, 1.0));
    assert_eq!(glow(Theme::Dark, f32::NAN), glow(Theme::Dark, 0.0));
    assert_eq!(hex([0, 171, 255]), "#00abff");
}
