//! Numbers as data: a plain point, a plain hyphen, no idle zeros.

/// `value` with so many significant digits (at most 15), as both JSON and CSV read it. Written here because the standard formatter of
/// floats weighs more than all else that is exported.
pub fn number(value: f64, digits: u32) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let digits = digits.clamp(1, 15) as i32;
    let size = value.abs();
    let mut exponent = size.log10().floor() as i32;
    let scaled = |exponent: i32| {
        let shift = digits - 1 - exponent;
        // In two steps: ten to the power of 308 and more is infinite.
        let (one, other) = (shift / 2, shift - shift / 2);
        (size * 10f64.powi(one) * 10f64.powi(other)).round() as u64
    };
    let mut whole = scaled(exponent);
    // Rounded up to one more digit.
    if whole >= 10u64.pow(digits as u32) {
        exponent += 1;
        whole = scaled(exponent);
    }
    // The place of the last digit.
    let mut place = exponent - digits + 1;
    while whole.is_multiple_of(10) {
        whole /= 10;
        place += 1;
    }
    let text = whole.to_string();
    let sign = if value < 0.0 { "-" } else { "" };
    let len = text.len() as i32;
    match place {
        0..=15 => format!("{sign}{text}{}", "0".repeat(place as usize)),
        _ if place < 0 && len + place > 0 => {
            let (before, after) = text.split_at((len + place) as usize);
            format!("{sign}{before}.{after}")
        }
        _ if place < 0 && len + place > -6 => format!("{sign}0.{}{text}", "0".repeat(-(len + place) as usize)),
        _ => format!("{sign}{text}e{place}"),
    }
}
