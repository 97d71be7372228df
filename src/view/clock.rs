//! The time of day along a recording.

/// When a recording began, as far as its file tells the time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// Year, month and day.
    date: Option<[u32; 3]>,
    /// Seconds from midnight.
    seconds: f64,
}

const DAY: f64 = 86_400.0;

impl Clock {
    /// Of a start in ISO 8601, with or without a date; `None` where it tells no time of day.
    pub fn of(start: &str) -> Option<Self> {
        let (date, time) = start.split_once('T').map_or((None, start), |(date, time)| (Some(date), time));
        let mut parts = time.trim_end_matches('Z').split(':');
        let (hour, minute) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
        let second: f64 = parts.next()?.get(..2)?.parse().ok()?;
        let fraction = time.split_once('.').map_or(0.0, |(_, digits)| {
            let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
            format!("0.{digits}").parse().unwrap_or(0.0)
        });
        let is_time = parts.next().is_none() && hour < 24 && minute < 60 && second < 61.0;
        let date = date.and_then(|date| {
            let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
            let date = [parts.next()??, parts.next()??, parts.next()??];
            ((1..=12).contains(&date[1]) && (1..=31).contains(&date[2])).then_some(date)
        });
        let seconds = f64::from(hour * 3600 + minute * 60) + second + fraction;
        is_time.then_some(Self { date, seconds })
    }

    /// "23:05:00", of the moment `time` seconds after the beginning.
    pub fn time(self, time: f64) -> String {
        let whole = (self.seconds + time).floor().max(0.0) as u64 % DAY as u64;
        format!("{:02}:{:02}:{:02}", whole / 3600, whole % 3600 / 60, whole % 60)
    }

    /// How many midnights lie between the beginning and that moment.
    pub fn days(self, time: f64) -> u32 {
        ((self.seconds + time) / DAY).floor().max(0.0) as u32
    }

    /// Seconds from the beginning to the first time of day that is a multiple of `step` s.
    pub fn first_mark(self, step: f64) -> f64 {
        let step = step.max(1.0);
        (self.seconds / step).ceil() * step - self.seconds
    }

    /// That moment in ISO 8601.
    pub fn iso(self, time: f64) -> String {
        let fraction = ((self.seconds + time).fract() * 1000.0).round() as u32;
        let fraction = if (1..1000).contains(&fraction) { format!(".{fraction:03}") } else { String::new() };
        let time_of_day = self.time(time);
        match self.date {
            None => format!("{time_of_day}{fraction}"),
            Some(date) => {
                let [year, month, day] = (0..self.days(time)).fold(date, |date, _| tomorrow(date));
                format!("{year:04}-{month:02}-{day:02}T{time_of_day}{fraction}")
            }
        }
    }
}

/// The day after, in the Gregorian calendar.
fn tomorrow([year, month, day]: [u32; 3]) -> [u32; 3] {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let last = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (day < last, month < 12) {
        (true, _) => [year, month, day + 1],
        (false, true) => [year, month + 1, 1],
        (false, false) => [year + 1, 1, 1],
    }
}

/// "03:05:00", a duration as a clock shows it.
pub fn elapsed(time: f64) -> String {
    let whole = time.floor().max(0.0) as u64;
    format!("{:02}:{:02}:{:02}", whole / 3600, whole % 3600 / 60, whole % 60)
}

/// "03:05", "1:03:05": a time within a recording as short as may be.
pub fn short_elapsed(time: f64) -> String {
    let whole = time.floor().max(0.0) as u64;
    match whole / 3600 {
        0 => format!("{:02}:{:02}", whole / 60, whole % 60),
        hours => format!("{hours}:{:02}:{:02}", whole % 3600 / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_with_and_without_a_date() {
        let clock = Clock::of("2024-02-28T23:30:15.250").unwrap();
        assert_eq!(clock.time(0.0), "23:30:15");
        assert_eq!((clock.time(1800.0), clock.days(1800.0), clock.days(1700.0)), ("00:00:15".to_owned(), 1, 0));
        assert_eq!(clock.iso(1800.0), "2024-02-29T00:00:15.250");
        assert_eq!(clock.iso(1800.0 + 86_400.0), "2024-03-01T00:00:15.250");
        assert_eq!(Clock::of("2023-12-31T10:00:00").unwrap().iso(20.0 * 3600.0), "2024-01-01T06:00:00");
        assert_eq!(Clock::of("10:00:00").unwrap().iso(61.0), "10:01:01");
        assert_eq!(Clock::of("07:30:00").unwrap().first_mark(3600.0), 1800.0);
        assert_eq!(Clock::of("08:00:00").unwrap().first_mark(4.0 * 3600.0), 0.0);
        assert_eq!(Clock::of("09:00:00").unwrap().first_mark(4.0 * 3600.0), 3.0 * 3600.0);
    }

    #[test]
    fn what_tells_no_time_of_day_is_none() {
        for start in ["2024-02-28", "", "T", "25:00:00", "10:00", "10:61:00", "a:b:c", "10:00:0", "10:00:00:00"] {
            assert_eq!(Clock::of(start), None, "{start}");
        }
        // A date that is none is left out.
        assert_eq!(Clock::of("2024-13-01T10:00:00").unwrap().iso(0.0), "10:00:00");
    }

    #[test]
    fn durations_go_past_a_day() {
        assert_eq!((short_elapsed(185.0), short_elapsed(3785.0)), ("03:05".to_owned(), "1:03:05".to_owned()));
        assert_eq!((elapsed(59.9), elapsed(90_061.0)), ("00:00:59".to_owned(), "25:01:01".to_owned()));
    }
}
