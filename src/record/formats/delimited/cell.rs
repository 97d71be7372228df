//! One cell of a table.

use crate::record::formats::date::days_since_1970;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    Number(f64),
    /// A time of day or a date and time, in seconds from some origin that a column shares.
    Clock(f64),
    /// Empty, or one of the words for it; or a number that is not finite.
    Missing,
    Text,
}

impl Cell {
    /// Reads a cell. A comma may stand for the decimal point where it does not part columns.
    pub fn parse(text: &str, decimal_comma: bool) -> Self {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        if let Some(number) = parse_number(text, decimal_comma) {
            return if number.is_finite() { Cell::Number(number) } else { Cell::Missing };
        }
        let word = ["", "-", "--", "?", "na", "n/a", "null", "none", "nil", "missing"];
        if text.len() <= 7 && word.contains(&text.to_ascii_lowercase().as_str()) {
            return Cell::Missing;
        }
        parse_clock(text).map_or(Cell::Text, Cell::Clock)
    }
}

fn parse_number(text: &str, decimal_comma: bool) -> Option<f64> {
    if decimal_comma && text.len() <= 40 && text.bytes().filter(|byte| *byte == b',').count() == 1 {
        return text.replace(',', ".").parse().ok();
    }
    text.parse().ok()
}

/// `[DATE] [[H:]M:]S[.FRACTION]`, the date as year-month-day or day-month-year, `T` or a space between; a zone is
/// left aside.
fn parse_clock(text: &str) -> Option<f64> {
    if !(4..=40).contains(&text.len()) || !text.contains(':') || !text.is_ascii() {
        return None;
    }
    let text = text.trim_matches(['[', ']']).trim_end_matches(['Z', 'z']);
    let (mut days, mut seconds) = (0.0, None);
    for part in text.split([' ', 'T']).filter(|part| !part.is_empty()) {
        if part.contains(':') && seconds.is_none() {
            seconds = Some(parse_time_of_day(part)?);
        } else if part.contains(':') || part.starts_with(['+', '-']) {
            // A zone: the same for the whole column.
        } else {
            days = parse_date(part)?;
        }
    }
    Some(days * 86_400.0 + seconds?)
}

fn parse_time_of_day(text: &str) -> Option<f64> {
    // "10:00:00.5+01:00": the zone begins at its sign.
    let text = text.split(['+', '-']).next()?;
    let mut seconds = 0.0;
    for part in text.split(':') {
        if !part.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        seconds = seconds * 60.0 + part.replace(',', ".").parse::<f64>().ok()?;
    }
    Some(seconds)
}

/// Days since 1970-01-01.
fn parse_date(text: &str) -> Option<f64> {
    let mut numbers =
        text.split(['-', '/', '.']).map(|part| part.parse::<u32>().ok().filter(|&number| number < 10_000));
    let (first, month, last) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    Some(days_since_1970(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::Cell::{self, *};

    #[test]
    fn cells() {
        for (text, cell) in [
            ("-0.5", Number(-0.5)),
            (" \"1e-3\" ", Number(0.001)),
            ("+7", Number(7.0)),
            ("", Missing),
            ("NaN", Missing),
            ("inf", Missing),
            ("N/A", Missing),
            ("-", Missing),
            ("0,5", Text),
            ("lead", Text),
            ("5 mV", Text),
            ("'1:01.004'", Clock(61.004)),
            ("10:00:00.5", Clock(36000.5)),
            ("1970-01-02 00:00:01", Clock(86401.0)),
            ("2024-03-01T00:00:00.25Z", Clock(1_709_251_200.25)),
            ("01.03.2024 00:00:00", Clock(1_709_251_200.0)),
            ("2024-03-01T00:00:00+01:00", Clock(1_709_251_200.0)),
            ("a:b", Text),
            ("::::", Text),
        ] {
            assert_eq!(Cell::parse(text, false), cell, "{text}");
        }
        assert_eq!(Cell::parse("-265,868", true), Number(-265.868));
        assert_eq!(Cell::parse("1,2,3", true), Text);
    }
}
