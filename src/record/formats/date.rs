//! Dates as numbers, to reckon with times that files write out.

/// Days since 1970-01-01 of a date in the Gregorian calendar.
///
/// "days_from_civil" of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": the year begins in March, so
/// that leap days come last.
pub fn days_since_1970(year: u32, month: u32, day: u32) -> f64 {
    let (year, month, day) = (f64::from(year) - if month <= 2 { 1.0 } else { 0.0 }, f64::from(month), f64::from(day));
    let era = (year / 400.0).floor();
    let year_of_era = year - era * 400.0;
    let day_of_year = ((153.0 * ((month + 9.0) % 12.0) + 2.0) / 5.0).floor() + day - 1.0;
    let leap_days = (year_of_era / 4.0).floor() - (year_of_era / 100.0).floor();
    era * 146_097.0 + year_of_era * 365.0 + leap_days + day_of_year - 719_468.0
}

#[cfg(test)]
mod tests {
    use super::days_since_1970;

    #[test]
    fn days() {
        assert_eq!(days_since_1970(1970, 1, 1), 0.0);
        assert_eq!(days_since_1970(2000, 3, 1), 11_017.0);
        assert_eq!(days_since_1970(2024, 2, 29), 19_782.0);
        assert_eq!(days_since_1970(1899, 12, 31), -25_568.0);
    }
}
