//! A column of times: which sampling rate it tells, and where samples are missing.

/// What a column of times tells.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// In Hz.
    pub fs: f64,
    /// Where samples are missing: how many, before which row.
    pub gaps: Vec<(usize, usize)>,
    /// By how much steps differ from the even one on average, as a share of it: 0 for even times, up to 0.5 for times
    /// rounded to about a sample, 2 for time stamps that come in batches.
    pub unevenness: f64,
}

/// Seconds in one of a time unit, lower case.
pub fn seconds_per(unit: &str) -> Option<f64> {
    match unit.trim().to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "秒" => Some(1.0),
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" | "毫秒" => Some(1e-3),
        "us" | "µs" | "μs" | "usec" | "microsecond" | "microseconds" => Some(1e-6),
        "ns" | "nsec" | "nanosecond" | "nanoseconds" => Some(1e-9),
        _ => None,
    }
}

/// Whether values count one up from row to row, as a sample number does.
pub fn counts_rows(values: &[f64]) -> bool {
    values.len() > 1 && values.windows(2).all(|pair| pair[1] - pair[0] == 1.0)
}

/// Whether values rise from row to row, as times do and leads do not.
pub fn rises(values: &[f64]) -> bool {
    values.len() > 1 && values.windows(2).all(|pair| pair[1] > pair[0])
}

impl TimeAxis {
    /// Reads a column of times in units of `seconds`; where that is not known, the unit that makes the sampling rate
    /// a plausible one is taken. `None` where the values are no times.
    pub fn of(values: &[f64], seconds: Option<f64>) -> Option<Self> {
        let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let known = || steps.iter().copied().filter(|step| step.is_finite());
        let n_known = known().count();
        if n_known == 0 || n_known * 10 < values.len() * 9 || known().filter(|step| *step < 0.0).count() * 100 > n_known
        {
            return None;
        }
        let mut sorted: Vec<f64> = known().collect();
        let middle = sorted.len() / 2;
        let median = *sorted.select_nth_unstable_by(middle, f64::total_cmp).1;
        // Rounded times follow each other in steps of 1 and 2 units, or of 0 and 1 where the rounding is coarser than
        // the samples; only what is longer is a gap. Their mean is exact where the median is not.
        let longest = if median > 0.0 { 2.5 * median } else { f64::INFINITY };
        let even = || known().filter(|step| *step <= longest);
        let n_even = even().count() as f64;
        let step = even().sum::<f64>() / n_even;
        if !(step.is_finite() && step > 0.0) {
            return None;
        }
        let fs = 1.0 / (step * seconds.unwrap_or_else(|| plausible_unit(step)));
        let fs = if (fs - fs.round()).abs() < 5e-4 * fs { fs.round() } else { fs };
        let long = steps.iter().enumerate().filter(|(_, size)| **size > longest);
        let gaps = long.map(|(row, size)| (row + 1, (size / step).round() as usize - 1)).collect();
        let unevenness = even().map(|size| (size - step).abs()).sum::<f64>() / (n_even * step);
        (fs.is_finite() && fs > 0.0).then_some(Self { fs, gaps, unevenness })
    }
}

/// Seconds in the unit that makes steps of this size 20 to 20,000 samples a second.
fn plausible_unit(step: f64) -> f64 {
    [1.0, 1e-3, 1e-6].into_iter().find(|seconds| 1.0 / (step * seconds) >= 20.0).unwrap_or(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(count: usize, time: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..count).map(|i| time(i as f64)).collect()
    }

    #[test]
    fn the_unit_follows_from_the_step() {
        for (scale, unit) in [(1.0, "s"), (1e3, "ms"), (1e6, "us"), (1e9, "ns")] {
            let column = times(1000, |i| 17.0 + i / 250.0 * scale);
            assert_eq!(TimeAxis::of(&column, None).unwrap().fs, 250.0, "{unit}");
            assert_eq!(TimeAxis::of(&column, seconds_per(unit)).unwrap().fs, 250.0, "{unit}");
        }
    }

    #[test]
    fn rounded_times_still_give_the_exact_rate() {
        for (fs, digits) in [(360.0, 1e2), (360.0, 1e3), (360.0, 1e4), (700.0, 1e3), (75.0, 1e2)] {
            let column = times(3600, |i| (i / fs * digits).round() / digits);
            let axis = TimeAxis::of(&column, Some(1.0)).unwrap();
            assert_eq!((axis.fs, axis.gaps), (fs, vec![]), "{digits}");
        }
    }

    #[test]
    fn gaps_are_found_and_leads_are_not_times() {
        let column = times(100, |i| (i + if i >= 40.0 { 10.0 } else { 0.0 }) / 100.0);
        let axis = TimeAxis::of(&column, None).unwrap();
        assert_eq!((axis.fs, axis.gaps), (100.0, vec![(40, 10)]));
        assert_eq!(TimeAxis::of(&times(100, |i| (i / 9.0).sin()), None), None);
        assert_eq!(TimeAxis::of(&times(100, |_| 5.0), None), None);
        assert_eq!(TimeAxis::of(&[], None), None);
        assert_eq!(TimeAxis::of(&[1.0], None), None);
        assert_eq!(TimeAxis::of(&times(100, |_| f64::NAN), None), None);
        assert!(counts_rows(&times(9, |i| i + 1.0)) && !counts_rows(&times(9, |i| i * 2.0)));
    }
}
