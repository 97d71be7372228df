//! ECG paper in true millimetres: the usual speeds and gains, and how large a millimetre is on a screen.

use super::paper::PaperStep;
use super::{Limits, Reach, Span};

/// A bank card is so wide and so high (ISO/IEC 7810, ID-1), in mm: what most people have at hand to hold to a screen.
pub const CARD_MM: (f64, f64) = (85.60, 53.98);

/// What a style sheet calls a millimetre: 96 pixels make 25.4 of them, whatever the screen.
const NOMINAL_PIXELS: f64 = 96.0 / 25.4;
/// What a millimetre may be, in pixels of a style sheet: from a wall screen to a phone.
const POSSIBLE_PIXELS: std::ops::RangeInclusive<f64> = 0.8..=12.0;

/// The paper is at least and at most so tall, in mm.
const LEAST_HEIGHT_MM: f64 = 30.0;
const MOST_HEIGHT_MM: f64 = 120.0;

/// A screen that was held against a bank card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// The screen's own pixels in a millimetre, which stay the same when somebody zooms the page.
    dots: f64,
}

impl Screen {
    /// Of a screen on which `length_mm` took `pixels` of the style sheet, each `density` of its own pixels wide (the
    /// browser's `devicePixelRatio`). `None` where that cannot be.
    pub fn matched(pixels: f64, length_mm: f64, density: f64) -> Option<Self> {
        let millimetre = pixels / length_mm;
        POSSIBLE_PIXELS.contains(&millimetre).then_some(Self { dots: millimetre * density }).filter(|it| it.is_sane())
    }

    /// As [`Self::to_stored`] wrote it.
    pub fn from_stored(text: &str) -> Option<Self> {
        text.parse().ok().map(|dots| Self { dots }).filter(Self::is_sane)
    }

    pub fn to_stored(self) -> String {
        // A hundredth of a percent is finer than any hand holds a card.
        super::decimal(self.dots, 4)
    }

    fn is_sane(&self) -> bool {
        (0.5..=100.0).contains(&self.dots)
    }
}

/// Pixels of the style sheet in a millimetre, on a matched screen or on one that nobody knows.
pub fn pixels_per_millimetre(screen: Option<Screen>, density: f64) -> f64 {
    let known = screen.map(|screen| screen.dots / density).filter(|pixels| POSSIBLE_PIXELS.contains(pixels));
    known.unwrap_or(NOMINAL_PIXELS)
}

/// Speed and gain of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperScale {
    pub mm_per_second: u8,
    pub mm_per_millivolt: u8,
}

impl Default for PaperScale {
    fn default() -> Self {
        Self { mm_per_second: 25, mm_per_millivolt: 10 }
    }
}

impl PaperScale {
    pub const SPEEDS: [u8; 2] = [25, 50];
    pub const GAINS: [u8; 3] = [5, 10, 20];

    /// What the small (1 mm) and the large (5 mm) squares stand for: along the time axis, in s, and along the amplitude
    /// axis, in mV.
    pub fn squares(self) -> (PaperStep, PaperStep) {
        let step =
            |mm_per_unit: u8| PaperStep { fine: 1.0 / f64::from(mm_per_unit), heavy: 5.0 / f64::from(mm_per_unit) };
        (step(self.mm_per_second), step(self.mm_per_millivolt))
    }
}

/// A trace on true paper: how large it is, and what it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    pub scale: PaperScale,
    /// In pixels.
    pub millimetre: f64,
    pub width: f64,
    pub height: f64,
    pub limits: Limits,
}

impl Sheet {
    /// For a lead of this `reach` in a recording of `whole`, on at most `width` pixels.
    pub fn new(scale: PaperScale, millimetre: f64, reach: Reach, whole: Span, width: f64) -> Self {
        let whole_width = whole.length() * f64::from(scale.mm_per_second) * millimetre;
        let limits = limits(scale, reach);
        let height = (limits.high - limits.low) * f64::from(scale.mm_per_millivolt) * millimetre;
        Self { scale, millimetre, width: whole_width.min(width).max(1.0), height, limits }
    }

    /// Seconds from the left edge to the right.
    pub fn seconds(&self) -> f64 {
        self.width / (f64::from(self.scale.mm_per_second) * self.millimetre)
    }
}

/// From heavy line to heavy line, the lead's whole reach between them with a millimetre of air, as far as that is not
/// too tall; the level of rest is in sight in any case.
fn limits(scale: PaperScale, reach: Reach) -> Limits {
    let gain = f64::from(scale.mm_per_millivolt);
    let millimetres = |millivolts: f64| millivolts * gain;
    let most = MOST_HEIGHT_MM / 2.0;
    let rest = millimetres(reach.rest);
    let low = (millimetres(reach.low) - 1.0).max(rest - most);
    let high = (millimetres(reach.high) + 1.0).min(rest + most);
    let (mut low, mut high) = ((low / 5.0).floor() * 5.0, (high / 5.0).ceil() * 5.0);
    // Room is added above, where most leads point, and below in turn.
    let mut is_above = true;
    while high - low < LEAST_HEIGHT_MM {
        if is_above {
            high += 5.0;
        } else {
            low -= 5.0;
        }
        is_above = !is_above;
    }
    Limits { low: low / gain, high: high / gain }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REACH: Reach = Reach { low: -0.31, high: 1.22, rest: 0.02 };
    const HALF_A_MINUTE: Span = Span { start: 0.0, end: 30.0 };

    #[test]
    fn a_card_tells_how_large_a_millimetre_is_at_any_zoom() {
        // A laptop's 110 dots an inch, at 100 % and at 150 %.
        let screen = Screen::matched(85.6 * 110.0 / 25.4, 85.6, 1.0).expect("a possible screen");
        assert!((pixels_per_millimetre(Some(screen), 1.0) - 110.0 / 25.4).abs() < 1e-9);
        assert!((pixels_per_millimetre(Some(screen), 1.5) - 110.0 / 25.4 / 1.5).abs() < 1e-9);
        let stored = Screen::from_stored(&screen.to_stored()).expect("what was stored");
        assert!((pixels_per_millimetre(Some(stored), 1.0) - 110.0 / 25.4).abs() < 1e-3);
        assert!((pixels_per_millimetre(None, 2.0) * 25.4 - 96.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_is_not_believed() {
        for pixels in [0.0, -5.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(Screen::matched(pixels, 85.6, 1.0), None);
        }
        assert_eq!(Screen::matched(300.0, 85.6, f64::NAN), None);
        for text in ["", "NaN", "inf", "-3", "0", "1e9", "four"] {
            assert_eq!(Screen::from_stored(text), None, "{text}");
        }
    }

    #[test]
    fn a_second_is_25_mm_and_a_millivolt_10() {
        let sheet = Sheet::new(PaperScale::default(), 4.0, REACH, HALF_A_MINUTE, 1000.0);
        assert_eq!((sheet.width, sheet.seconds()), (1000.0, 10.0));
        // −0.5 to 1.5 mV are 20 mm; a large square more above and below.
        assert_eq!((sheet.limits.low, sheet.height), (-1.0, 120.0));
        let large =
            Sheet::new(PaperScale { mm_per_second: 50, mm_per_millivolt: 20 }, 4.0, REACH, HALF_A_MINUTE, 1000.0);
        assert_eq!((large.seconds(), large.limits.low, large.limits.high), (5.0, -0.5, 1.5));
        assert_eq!(large.height, 2.0 * 20.0 * 4.0);
    }

    #[test]
    fn a_short_recording_has_short_paper() {
        let sheet = Sheet::new(PaperScale::default(), 4.0, REACH, Span { start: 0.0, end: 6.0 }, 1000.0);
        assert_eq!((sheet.width, sheet.seconds()), (600.0, 6.0));
    }

    #[test]
    fn an_artefact_makes_no_wall_of_paper() {
        let reach = Reach { low: -300.0, high: 2000.0, rest: 0.02 };
        let sheet = Sheet::new(PaperScale::default(), 4.0, reach, HALF_A_MINUTE, 1000.0);
        assert!(sheet.height <= 130.0 * 4.0 && sheet.limits.low < 0.0 && sheet.limits.high > 0.1, "{sheet:?}");
        let offset = Reach { low: 99.7, high: 101.2, rest: 100.0 };
        let sheet = Sheet::new(PaperScale::default(), 4.0, offset, HALF_A_MINUTE, 1000.0);
        assert!(sheet.limits.low <= 99.7 && sheet.limits.high >= 101.2 && sheet.height <= 160.0, "{sheet:?}");
    }

    #[test]
    fn squares_are_millimetres() {
        let (time, amplitude) = PaperScale { mm_per_second: 50, mm_per_millivolt: 5 }.squares();
        assert_eq!((time, amplitude), (PaperStep { fine: 0.02, heavy: 0.1 }, PaperStep { fine: 0.2, heavy: 1.0 }));
    }
}
