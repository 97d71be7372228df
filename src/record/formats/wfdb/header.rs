//! WFDB header files: header(5) of the WFDB Applications Guide.
//!
//! Where the specification and the files in circulation differ, this reads what wfdb-python reads: comment and empty
//! lines anywhere, fields left out from the right.

use super::signal::{NOT_PACKED, Storage};
use crate::record::fault::WfdbFault;

/// A header file, parsed. Field names follow header(5).
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    pub record_name: String,
    /// For a multi-segment record, how many segments it should have.
    pub n_segments: Option<usize>,
    /// `Some` for a multi-segment record, whose further lines name segments instead of signals.
    pub segments: Option<Vec<Segment>>,
    pub n_signals: usize,
    /// Frames per second; 250 where left out.
    pub fs: f64,
    pub counter_frequency: Option<f64>,
    pub base_counter: Option<f64>,
    /// Frames (samples per signal, for a signal with one sample a frame); `None` where left out or 0.
    pub n_frames: Option<u64>,
    /// As written: `HH:MM:SS.sss`, leading parts may be missing.
    pub base_time: Option<String>,
    /// As written: `DD/MM/YYYY`.
    pub base_date: Option<String>,
    pub signals: Vec<Signal>,
    /// Lines that begin with `#`, without it.
    pub comments: Vec<String>,
}

/// A signal specification line.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    pub file_name: String,
    /// The storage format's number: 16, 212.
    pub format: u16,
    pub samples_per_frame: usize,
    /// Frames by which this signal lies behind in the file.
    pub skew: usize,
    /// Bytes before the first sample in the file.
    pub byte_offset: usize,
    /// ADC units per physical unit; `None` where left out or 0, which header(5) calls uncalibrated.
    pub gain: Option<f64>,
    /// The ADC value of 0 physical units; the ADC zero where left out.
    pub baseline: f64,
    /// mV where left out.
    pub units: String,
    pub adc_resolution: u32,
    pub adc_zero: i64,
    /// The first sample; the ADC zero where left out.
    pub initial_value: i64,
    /// The 16-bit sum of all samples.
    pub checksum: Option<i64>,
    pub block_size: u64,
    /// Empty where left out.
    pub description: String,
}

/// A segment specification line.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// A record's name; `~` for a stretch without data.
    pub record_name: String,
    pub n_frames: u64,
}

/// The gain that header(5) gives for signals that name none: 200 ADC units per mV.
pub const DEFAULT_GAIN: f64 = 200.0;

const DEFAULT_FS: f64 = 250.0;

impl Header {
    /// Parses a header.
    ///
    /// # Errors
    /// Where it is none, or lacks lines.
    pub fn parse(text: &str) -> Result<Self, WfdbFault> {
        let lines = || text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let comments = lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim().to_string()).collect();
        let mut content = lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut header = record_line(content.next().unwrap_or_default()).ok_or(WfdbFault::NoRecordLine)?;
        header.comments = comments;
        if let Some(segments) = &mut header.segments {
            let promised = header.n_segments.unwrap_or(0);
            segments.extend(content.take(promised).map_while(segment_line));
            return match segments.len() {
                there if there < promised => Err(WfdbFault::FewerSegments { promised, there }),
                _ => Ok(header),
            };
        }
        // The number of signals is not to be believed for an allocation; the lines that follow are.
        for line in content.take(header.n_signals) {
            let signal = header.signals.len() + 1;
            let unclear = || WfdbFault::UnclearSignalLine { signal, line: shortened(line) };
            header.signals.push(signal_line(line).ok_or_else(unclear)?);
        }
        match (header.n_signals, header.signals.len()) {
            (0, _) => Err(WfdbFault::NoSignals),
            (promised, there) if there < promised => Err(WfdbFault::FewerSignals { promised, there }),
            _ => Ok(header),
        }
    }

    /// Whether a file that begins like this may be a header. By a record line, and unless the file is called one,
    /// by a first signal or segment line that no table of numbers has.
    pub fn is_plausible(text: &str, called_header: bool) -> bool {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let mut content = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let Some(header) = content.next().and_then(record_line) else { return false };
        let named = |name: &str| name.chars().any(char::is_alphabetic);
        called_header
            || content.next().is_some_and(|line| match header.segments {
                Some(_) => segment_line(line).is_some_and(|segment| named(&segment.record_name)),
                None => signal_line(line).is_some_and(|signal| {
                    let known = Storage::of(signal.format).is_some() || NOT_PACKED.contains(&signal.format);
                    known && named(&signal.file_name)
                }),
            })
    }

    /// When the recording began, in ISO 8601: date and time, or what the header has of them.
    pub fn start(&self) -> Option<String> {
        let time = self.base_time.as_ref().map(|time| {
            let mut parts: Vec<&str> = time.split(':').collect();
            while parts.len() < 3 {
                parts.insert(0, "0");
            }
            let two_digits = |part: &&str| {
                if part.find('.').unwrap_or(part.len()) < 2 { format!("0{part}") } else { part.to_string() }
            };
            parts.iter().map(two_digits).collect::<Vec<String>>().join(":")
        });
        let date = self.base_date.as_ref().and_then(|date| {
            let mut parts = date.split('/').map(|part| part.parse::<u32>().ok());
            let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
            Some(format!("{year:04}-{month:02}-{day:02}"))
        });
        match (date, time) {
            (Some(date), Some(time)) => Some(format!("{date}T{time}")),
            (date, time) => date.or(time),
        }
    }
}

/// `RECORD[/SEGMENTS] SIGNALS [FS[/COUNTER[(BASE)]] [FRAMES [TIME [DATE]]]]`
fn record_line(line: &str) -> Option<Header> {
    let mut fields = line.split_ascii_whitespace();
    let name = fields.next()?;
    let (record_name, n_segments) = match name.split_once('/') {
        Some((name, count)) => (name, Some(count.parse::<usize>().ok()?)),
        None => (name, None),
    };
    // A name is letters, digits, hyphens and underscores; dots occur in the wild.
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
    if record_name.is_empty() || !record_name.chars().all(allowed) {
        return None;
    }
    let n_signals = fields.next()?.parse().ok()?;
    let (fs, counter) = match fields.next() {
        None => (DEFAULT_FS, None),
        Some(field) => {
            let (fs, counter) = field.split_once('/').map_or((field, None), |(fs, counter)| (fs, Some(counter)));
            (fs.parse::<f64>().ok()?, counter)
        }
    };
    if !(fs.is_finite() && fs > 0.0) {
        return None;
    }
    let (counter_frequency, base_counter) = match counter.map(|field| field.split_once('(').unwrap_or((field, ""))) {
        None => (None, None),
        Some((frequency, base)) => (frequency.parse().ok(), base.trim_end_matches(')').parse().ok()),
    };
    let n_frames = match fields.next() {
        None => None,
        Some(field) => Some(field.parse::<u64>().ok()?).filter(|&count| count > 0),
    };
    let base_time = fields.next().filter(|field| is_clock(field, ':')).map(str::to_string);
    let base_date = fields.next().filter(|field| is_clock(field, '/')).map(str::to_string);
    Some(Header {
        record_name: record_name.to_string(),
        n_segments,
        segments: n_segments.map(|_| Vec::new()),
        n_signals,
        fs,
        counter_frequency,
        base_counter,
        n_frames,
        base_time,
        base_date,
        signals: Vec::new(),
        comments: Vec::new(),
    })
}

fn is_clock(field: &str, separator: char) -> bool {
    field.len() <= 26 && field.chars().all(|c| c.is_ascii_digit() || c == separator || c == '.')
}

/// `FILE FORMAT[xSPF][:SKEW][+OFFSET] [GAIN[(BASELINE)][/UNITS] [RESOLUTION [ZERO [INITIAL [CHECKSUM [BLOCK
/// [DESCRIPTION]]]]]]]`
fn signal_line(line: &str) -> Option<Signal> {
    let (file_name, rest) = next_field(line);
    let (storage, rest) = next_field(rest);
    let (format, after) = leading_number(storage)?;
    let (samples_per_frame, after) = marked_number(after, 'x')?;
    let (skew, after) = marked_number(after, ':')?;
    let (byte_offset, after) = marked_number(after, '+')?;
    if file_name.is_empty() || !after.is_empty() || samples_per_frame == Some(0) {
        return None;
    }
    let (calibration, rest) = next_field(rest);
    let (resolution, rest) = next_field(rest);
    let (zero, rest) = next_field(rest);
    let (initial, rest) = next_field(rest);
    let (checksum, rest) = next_field(rest);
    let (block_size, description) = next_field(rest);
    let adc_zero = optional(zero)?.unwrap_or(0);
    let (gain, baseline, units) = calibration_field(calibration)?;
    Some(Signal {
        file_name: file_name.to_string(),
        format: u16::try_from(format).ok()?,
        samples_per_frame: samples_per_frame.unwrap_or(1),
        skew: skew.unwrap_or(0),
        byte_offset: byte_offset.unwrap_or(0),
        gain: gain.filter(|&gain| gain != 0.0),
        baseline: baseline.unwrap_or(adc_zero as f64),
        units: units.unwrap_or("mV").to_string(),
        adc_resolution: optional(resolution)?.unwrap_or(0),
        adc_zero,
        initial_value: optional(initial)?.unwrap_or(adc_zero),
        checksum: optional(checksum)?,
        block_size: optional(block_size)?.unwrap_or(0),
        description: description.to_string(),
    })
}

/// `GAIN[(BASELINE)][/UNITS]`, each part `None` where left out.
fn calibration_field(field: &str) -> Option<(Option<f64>, Option<f64>, Option<&str>)> {
    let (numbers, units) = field.split_once('/').map_or((field, None), |(numbers, units)| (numbers, Some(units)));
    let (gain, baseline) = match numbers.split_once('(') {
        Some((gain, baseline)) => (gain, optional::<f64>(baseline.strip_suffix(')')?)?),
        None => (numbers, None),
    };
    let gain = optional::<f64>(gain)?;
    if gain.into_iter().chain(baseline).any(|value| !value.is_finite()) {
        return None;
    }
    Some((gain, baseline, units.filter(|units| !units.is_empty())))
}

fn segment_line(line: &str) -> Option<Segment> {
    let mut fields = line.split_ascii_whitespace();
    Some(Segment { record_name: fields.next()?.to_string(), n_frames: fields.next()?.parse().ok()? })
}

/// The first field and what follows it, both trimmed.
fn next_field(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(|c: char| c.is_ascii_whitespace()).map_or((text, ""), |(field, rest)| (field, rest.trim()))
}

/// `Some(None)` for a field that is left out, `None` for one that is no number.
fn optional<T: std::str::FromStr>(field: &str) -> Option<Option<T>> {
    if field.is_empty() { Some(None) } else { field.parse().ok().map(Some) }
}

fn leading_number(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

/// The number after `mark`, where `text` begins with it.
fn marked_number(text: &str, mark: char) -> Option<(Option<usize>, &str)> {
    match text.strip_prefix(mark) {
        Some(rest) => leading_number(rest).map(|(number, rest)| (Some(number), rest)),
        None => Some((None, text)),
    }
}

fn shortened(line: &str) -> String {
    let mut short: String = line.chars().take(60).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
