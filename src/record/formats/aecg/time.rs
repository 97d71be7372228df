//! Time stamps of HL7 version 3 (type TS): `YYYYMMDDHHMMSS.UUUU[+|-ZZzz]`, from the right as much left out as is not
//! known.

use crate::record::formats::date::days_since_1970;

/// Where in time a boundary or the head of a sequence lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// Seconds since 1970 by the recorder's clock.
    Absolute(f64),
    /// Seconds since the beginning of the series.
    Relative(f64),
}

impl Moment {
    /// Seconds from `self` to `other`, where both are of one kind.
    pub fn until(self, other: Self) -> Option<f64> {
        match (self, other) {
            (Moment::Absolute(from), Moment::Absolute(to)) | (Moment::Relative(from), Moment::Relative(to)) => {
                Some(to - from)
            }
            _ => None,
        }
    }
}

/// The digits of a time stamp, without fraction and zone; at least a day.
fn digits(stamp: &str) -> Option<&str> {
    let end = stamp.find(|c: char| !c.is_ascii_digit()).unwrap_or(stamp.len());
    (8..=14).contains(&end).then(|| &stamp[..end])
}

/// Two of the digits, as a number; 0 where the stamp is shorter.
fn pair(digits: &str, at: usize) -> Option<u32> {
    digits.get(at..at + 2).map_or(Some(0), |pair| pair.parse().ok())
}

/// Seconds since 1970 by the recorder's clock; its zone is left aside, for it is the same throughout a document.
pub fn seconds(stamp: &str) -> Option<f64> {
    let digits = digits(stamp)?;
    let days = days_since_1970(digits.get(..4)?.parse().ok()?, pair(digits, 4)?, pair(digits, 6)?);
    let whole = f64::from(pair(digits, 8)? * 3600 + pair(digits, 10)? * 60 + pair(digits, 12)?);
    let rest = &stamp[digits.len()..];
    let fraction = rest.find(['+', '-', 'Z']).map_or(rest, |zone| &rest[..zone]);
    let fraction = if fraction.is_empty() { 0.0 } else { fraction.parse().ok()? };
    Some(days * 86_400.0 + whole + fraction)
}

/// The time stamp in ISO 8601, to the second.
pub fn iso_8601(stamp: &str) -> Option<String> {
    let digits = digits(stamp)?;
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("00");
    let (date, hour) = (format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)), part(8, 10));
    Some(if digits.len() < 10 { date } else { format!("{date}T{hour}:{}:{}", part(10, 12), part(12, 14)) })
}

/// Seconds in a quantity of time; a unit that is missing is seconds.
pub fn quantity(value: f64, unit: Option<&str>) -> Option<f64> {
    let seconds = match unit.unwrap_or("s") {
        "" | "s" | "sec" => 1.0,
        "ms" => 1e-3,
        "us" | "µs" | "μs" => 1e-6,
        "ns" => 1e-9,
        "min" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    Some(value * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stamps() {
        assert_eq!(seconds("19700102000001.250"), Some(86_401.25));
        assert_eq!(seconds("20021122091000.122+0100"), Some(1_037_956_200.122));
        assert_eq!(seconds("20021122"), Some(1_037_923_200.0));
        assert_eq!(iso_8601("20021122091000.122").as_deref(), Some("2002-11-22T09:10:00"));
        assert_eq!(iso_8601("200211220910").as_deref(), Some("2002-11-22T09:10:00"));
        assert_eq!(iso_8601("20021122").as_deref(), Some("2002-11-22"));
        for stamp in ["", "2002", "432432", "yesterday", "20021122091000.1.2", "2002112209100099"] {
            assert_eq!(seconds(stamp), None, "{stamp}");
        }
        assert_eq!(quantity(4.0, Some("ms")), Some(0.004));
        assert_eq!(quantity(4.0, Some("mm")), None);
    }
}
