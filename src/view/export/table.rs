//! A table of samples: CSV with a decimal point and commas (RFC 4180), one line for each sample.

use super::number;
use crate::explain::ImportanceMap;

/// The names of the columns. The importance is the raw one.
pub const CSV_HEAD: &str = "time (s),amplitude (mV),importance\r\n";

/// The lines of the samples in `range`, taken at `fs` Hz; a missing amplitude leaves its column empty, and an importance
/// that is not known, or of what was not read, too.
pub fn rows(samples: &[f32], fs: f64, importance: Option<&ImportanceMap>, range: std::ops::Range<usize>) -> String {
    let mut text = String::with_capacity(range.len() * 32);
    let end = range.end.min(samples.len());
    for (index, sample) in samples.iter().enumerate().take(end).skip(range.start) {
        let time = index as f64 / fs;
        text += &number(time, 10);
        text.push(',');
        if sample.is_finite() {
            text += &number(f64::from(*sample), 7);
        }
        text.push(',');
        if let Some(it) = importance.map(|map| map.at(time)).filter(|it| it.is_finite()) {
            text += &number(f64::from(it), 7);
        }
        text += "\r\n";
    }
    text
}
