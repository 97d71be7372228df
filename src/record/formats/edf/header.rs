//! EDF and BDF headers: 256 bytes about the recording, then 256 for each signal, all in ASCII.
//!
//! Kemp et al. 1992, "A simple format for exchange of digitized polygraphic recordings"; Kemp & Olivan 2003 for EDF+;
//! BioSemi's description of BDF, which differs in its first byte, its 24 bits a sample and in the name of the
//! annotation signal. What the headers say of the person is not read.

use crate::record::fault::EdfFault;

/// A header, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// 2 in EDF, 3 in BDF.
    pub bytes_per_sample: usize,
    /// Whether the data records may have gaps between them: EDF+D, BDF+D.
    pub is_discontinuous: bool,
    /// Date and time of the first record's whole second, in ISO 8601, as far as they can be understood.
    pub start: Option<String>,
    /// Bytes before the first data record.
    pub n_bytes: usize,
    /// Data records; `None` where the header says -1, which recorders write at first and correct at the end.
    pub n_records: Option<u64>,
    /// Seconds in a data record.
    pub record_seconds: f64,
    pub signals: Vec<Signal>,
}

/// What the header says of one signal. Amplitude = physical minimum + (digital value - digital minimum) · range ratio.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    pub label: String,
    /// As written: `uV`.
    pub unit: String,
    pub physical: (f64, f64),
    pub digital: (f64, f64),
    pub samples_per_record: usize,
    /// Whether it holds text instead of samples: EDF+, 2.2.
    pub is_annotations: bool,
}

/// Bytes of the header's first part, and of each signal's.
pub const PART: usize = 256;

/// Bytes a sample, if `bytes` begin like a header: by the version, and by the three numbers that end the first part.
pub fn recognise(bytes: &[u8]) -> Option<usize> {
    let version = bytes.get(..8)?;
    let bytes_per_sample = match version {
        b"\xffBIOSEMI" => 3,
        // "8 ascii: version of this data format (0)"
        _ if text(version) == "0" => 2,
        _ => return None,
    };
    let numbers = [field(bytes, 236, 8)?, field(bytes, 244, 8)?, field(bytes, 252, 4)?].map(|text| number(&text));
    let [_, seconds, n_signals] = numbers;
    let plausible = numbers.iter().all(Option::is_some) && seconds >= Some(0.0) && n_signals >= Some(1.0);
    plausible.then_some(bytes_per_sample)
}

/// Bytes of the header with which `bytes`, at least its first part, begin.
pub fn size(bytes: &[u8]) -> Option<usize> {
    let n_signals = number(&field(bytes, 252, 4)?).filter(|count| *count >= 1.0)?;
    Some((n_signals as usize).saturating_add(1).saturating_mul(PART))
}

impl Header {
    /// Parses the header with which `bytes` begin.
    ///
    /// # Errors
    /// Where it is cut off or cannot be understood.
    pub fn parse(bytes: &[u8]) -> Result<Self, EdfFault> {
        let bytes_per_sample = recognise(bytes).ok_or(EdfFault::UnclearHeader)?;
        let first = |start: usize, length: usize| field(bytes, start, length).unwrap_or_default();
        let n_signals = number(&first(252, 4)).ok_or(EdfFault::UnclearHeader)? as usize;
        let size = n_signals.saturating_add(1).saturating_mul(PART);
        let Some(parts) = bytes.get(PART..size) else {
            return Err(EdfFault::HeaderCutOff { signals: n_signals });
        };
        // "8 ascii: number of bytes in header record", which a few writers get wrong.
        let n_bytes = number(&first(184, 8)).map_or(size, |bytes| bytes as usize).max(size);
        let record_seconds = number(&first(244, 8)).filter(|seconds| *seconds > 0.0);
        // "44 ascii: reserved"; EDF+, 2.1.1: begins with EDF+C (continuous) or EDF+D (discontinuous).
        let kind = first(192, 44);
        let is_plus = kind.starts_with("EDF+") || kind.starts_with("BDF+");
        // Each field is there for all signals before the next one.
        let of_signal = |index: usize, before: usize, length: usize| {
            field(parts, n_signals * before + index * length, length).unwrap_or_default()
        };
        let signal = |index: usize| {
            let pair = |low: usize, high: usize| {
                let value = |before: usize| number(&of_signal(index, before, 8)).unwrap_or(f64::NAN);
                (value(low), value(high))
            };
            let label = of_signal(index, 0, 16);
            let samples = number(&of_signal(index, 216, 8)).filter(|count| *count >= 0.0);
            Ok(Signal {
                is_annotations: matches!(label.as_str(), "EDF Annotations" | "BDF Annotations"),
                unit: of_signal(index, 96, 8),
                physical: pair(104, 112),
                digital: pair(120, 128),
                samples_per_record: samples.ok_or(EdfFault::UnclearHeader)? as usize,
                label,
            })
        };
        Ok(Self {
            bytes_per_sample,
            is_discontinuous: is_plus && kind.get(4..5) == Some("D"),
            start: start(&first(88, 80), &first(168, 8), &first(176, 8)),
            n_bytes,
            n_records: number(&first(236, 8)).filter(|count| *count >= 0.0).map(|count| count as u64),
            record_seconds: record_seconds.ok_or(EdfFault::NoDuration)?,
            signals: (0..n_signals).map(signal).collect::<Result<_, EdfFault>>()?,
        })
    }
}

/// A field's text: ASCII by the standard; UTF-8 and Latin-1 (`µV`) in circulation.
fn field(bytes: &[u8], start: usize, length: usize) -> Option<String> {
    Some(text(bytes.get(start..start.checked_add(length)?)?))
}

fn text(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0').to_string()
}

/// A number; some writers use a decimal comma.
fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

/// "8 ascii: startdate of recording (dd.mm.yy)", "starttime (hh.mm.ss)"; EDF+, 2.1.3: years from 85 on are 19yy,
/// and the recording's field begins with `Startdate 02-MAR-2002`.
fn start(recording: &str, date: &str, time: &str) -> Option<String> {
    let numbers = |text: &str| -> Option<[u32; 3]> {
        let parts: Vec<u32> =
            text.split(|c: char| !c.is_ascii_digit()).map(str::parse).collect::<Result<_, _>>().ok()?;
        parts.try_into().ok()
    };
    let clipped = |year: u32| if year >= 85 { 1900 + year } else { 2000 + year };
    let date = numbers(date).filter(|[day, month, _]| (1..=31).contains(day) && (1..=12).contains(month));
    let date = date.map(|[day, month, year]| {
        let mut words = recording.split(' ');
        let full =
            (words.next() == Some("Startdate")).then(|| words.next()?.rsplit('-').next()?.parse().ok()).flatten();
        let year = full.filter(|full: &u32| (1900..3000).contains(full)).unwrap_or(clipped(year % 100));
        format!("{year:04}-{month:02}-{day:02}")
    });
    let time = numbers(time).filter(|[hour, minute, second]| *hour < 24 && *minute < 60 && *second < 60);
    let time = time.map(|[hour, minute, second]| format!("{hour:02}:{minute:02}:{second:02}"));
    match (date, time) {
        (Some(date), Some(time)) => Some(format!("{date}T{time}")),
        (date, time) => date.or(time),
    }
}

#[cfg(test)]
mod tests;
