//! WFDB: PhysioNet's format. A header file names the signal files and says how samples lie in them.
//!
//! - [`header`]: header files, header(5).
//! - [`signal`]: how samples are stored in signal files, signal(5).
//!
//! Written by hand, after <https://physionet.org/physiotools/wag/header-5.htm> and
//! <https://physionet.org/physiotools/wag/signal-5.htm>: there is no maintained crate.

pub mod header;
pub mod signal;

use std::borrow::Cow;

use super::{Format, Outline};
use crate::record::file_set::{FileSet, Head, name_of, stem_of};
use crate::record::lead_name::{is_other_signal, lead_name, numbered};
use crate::record::units::millivolts_per;
use crate::record::{FormatError, Lead, Provenance, Reading, Record};
use header::{DEFAULT_GAIN, Header, Signal};
use signal::Storage;

pub const FORMAT: Format = Format { name: "WFDB", recognise, outline, read, hint };

/// Leads with far fewer samples a frame than the densest would have to be filled up to many times their size.
const LARGEST_UPSAMPLING: usize = 8;

fn recognise(head: &Head) -> bool {
    let text = String::from_utf8_lossy(&head.bytes);
    Header::is_plausible(&text, head.has_extension("hea"))
}

fn outline(files: &FileSet, path: &str) -> Result<Outline, FormatError> {
    let header = read_header(files, path)?;
    let mut parts = Vec::new();
    for signal in &header.signals {
        let part = signal_file(files, path, signal)?;
        if parts.iter().all(|known| known != part) {
            parts.push(part.to_string());
        }
    }
    Ok(Outline { name: header.record_name, parts })
}

fn hint(files: &FileSet, head: &Head) -> Option<String> {
    if head.has_extension("hea") {
        let text = String::from_utf8_lossy(&head.bytes);
        return Some(
            Header::parse(&text).err().unwrap_or_else(|| "This WFDB header cannot be understood.".to_string()),
        );
    }
    let header = format!("{}.hea", stem_of(head.path));
    (head.has_extension("dat") && files.beside(head.path, &header).is_none()).then(|| {
        format!(
            "This looks like a WFDB signal file, which cannot be read without its header {header}; drop both together."
        )
    })
}

fn read_header(files: &FileSet, path: &str) -> Result<Header, FormatError> {
    let bytes = files.read(path)?;
    let header = Header::parse(&String::from_utf8_lossy(&bytes)).map_err(|reason| FormatError::new(path, reason))?;
    if header.segments.is_some() {
        let reason =
            "This header joins several segments, which is not read yet; drop a segment's own header and files.";
        return Err(FormatError::new(path, reason));
    }
    Ok(header)
}

fn signal_file<'a>(files: &'a FileSet, path: &str, signal: &Signal) -> Result<&'a str, FormatError> {
    files.beside(path, &signal.file_name).ok_or_else(|| {
        let (header, missing) = (name_of(path), &signal.file_name);
        FormatError::new(path, format!("Its signal file {missing} is missing; drop {header} and {missing} together."))
    })
}

fn read(files: &FileSet, path: &str) -> Result<Reading, FormatError> {
    let header = read_header(files, path)?;
    let mut remarks = Vec::new();
    let opened = open_files(files, path, &header)?;
    let sources = sources(files, path, &header, &opened)?;
    let n_frames = frame_count(path, &header, &sources)?;
    let chosen = choose_leads(path, &header, &mut remarks)?;
    let samples_per_frame = chosen.iter().map(|&index| header.signals[index].samples_per_frame).max().unwrap_or(1);
    let mut names = Vec::new();
    let mut leads = Vec::new();
    for &index in &chosen {
        let signal = &header.signals[index];
        let source = &sources[index];
        check_sum(signal, source, n_frames, &mut remarks);
        leads.push(samples_in_millivolts(signal, source, n_frames, samples_per_frame));
        names.push(lead_name(&signal.description));
        if signal.gain.is_none() {
            let name = lead_name(&signal.description);
            remarks.push(format!("{name} is not calibrated; WFDB's {DEFAULT_GAIN} ADC units per mV were assumed."));
        }
    }
    let paths = std::iter::once(path).chain(opened.iter().map(|file| file.path)).map(str::to_string).collect();
    let leads = numbered(names).into_iter().zip(leads).map(|(name, samples)| Lead { name, samples });
    Ok(Reading::Complete(Record {
        start: header.start(),
        name: header.record_name,
        fs: header.fs * samples_per_frame as f64,
        leads: leads.collect(),
        annotations: Vec::new(),
        provenance: Provenance { format: FORMAT.name.to_string(), files: paths, remarks, synthetic: false },
    }))
}

/// A signal file, and how many samples of all its signals make a frame.
struct SignalFile<'a> {
    path: &'a str,
    bytes: Cow<'a, [u8]>,
    frame: usize,
}

/// Where a signal's samples lie.
struct Source<'a> {
    path: &'a str,
    /// The signal file from its first sample on.
    data: &'a [u8],
    storage: &'static Storage,
    /// Samples of all the file's signals in a frame, and how many of them come before this signal's.
    frame: usize,
    place: usize,
}

impl Source<'_> {
    fn n_frames(&self) -> u64 {
        (self.storage.samples_in(self.data.len()) / self.frame) as u64
    }

    /// The digital value of one of the signal's samples.
    fn sample(&self, frame: usize, within: usize) -> i32 {
        (self.storage.sample)(self.data, frame * self.frame + self.place + within)
    }
}

/// Each signal file that the header names, once.
fn open_files<'a>(files: &'a FileSet, path: &str, header: &Header) -> Result<Vec<SignalFile<'a>>, FormatError> {
    let mut opened: Vec<SignalFile> = Vec::new();
    for signal in &header.signals {
        let part = signal_file(files, path, signal)?;
        match opened.iter_mut().find(|known| known.path == part) {
            Some(known) => known.frame = known.frame.saturating_add(signal.samples_per_frame),
            None => opened.push(SignalFile { path: part, bytes: files.read(part)?, frame: signal.samples_per_frame }),
        }
    }
    Ok(opened)
}

/// One source for each signal. Signals of one file are interleaved frame by frame, in the header's order.
fn sources<'a>(
    files: &FileSet,
    path: &str,
    header: &Header,
    opened: &'a [SignalFile],
) -> Result<Vec<Source<'a>>, FormatError> {
    let mut places = vec![0usize; opened.len()];
    let mut sources = Vec::new();
    for signal in &header.signals {
        let storage = Storage::of(signal.format).ok_or_else(|| {
            let reason = format!("{} is stored in WFDB format {}, which is not read.", signal.file_name, signal.format);
            FormatError::new(path, reason)
        })?;
        let part = signal_file(files, path, signal)?;
        for (file, place) in opened.iter().zip(&mut places).filter(|(file, _)| file.path == part) {
            let data = file.bytes.get(signal.byte_offset..).unwrap_or_default();
            sources.push(Source { path: file.path, data, storage, frame: file.frame, place: *place });
            *place = place.saturating_add(signal.samples_per_frame);
        }
    }
    Ok(sources)
}

/// Frames to read: as many as the header promises, or all where it does not say.
fn frame_count(path: &str, header: &Header, sources: &[Source]) -> Result<usize, FormatError> {
    let shortest = sources.iter().min_by_key(|source| source.n_frames());
    let Some(shortest) = shortest else {
        return Err(FormatError::new(path, "This header describes no signals."));
    };
    let there = shortest.n_frames();
    let promised = header.n_frames.unwrap_or(there);
    if promised > there {
        let (header, file) = (name_of(path), name_of(shortest.path));
        let reason = format!(
            "The header {header} promises {promised} samples of each signal, but {file} holds {there}; the file is cut \
             off or belongs to another header."
        );
        return Err(FormatError::new(shortest.path, reason));
    }
    usize::try_from(promised).map_err(|_| FormatError::new(path, "This recording is too long to be read here."))
}

/// The signals that are leads of an ECG; what is left out is said in the remarks.
fn choose_leads(path: &str, header: &Header, remarks: &mut Vec<String>) -> Result<Vec<usize>, FormatError> {
    let described = |signal: &Signal| format!("{} in {}", lead_name(&signal.description), signal.units);
    let is_lead = |signal: &Signal| millivolts_per(&signal.units).is_some() && !is_other_signal(&signal.description);
    let signals = || header.signals.iter().enumerate();
    let densest = signals().filter(|(_, signal)| is_lead(signal)).map(|(_, signal)| signal.samples_per_frame).max();
    let Some(densest) = densest else {
        let all: Vec<String> = header.signals.iter().map(described).collect();
        let reason = format!("None of its signals is an ECG in millivolts or another voltage: {}.", all.join(", "));
        return Err(FormatError::new(path, reason));
    };
    let is_dense = |signal: &Signal| signal.samples_per_frame.saturating_mul(LARGEST_UPSAMPLING) >= densest;
    let (chosen, left): (Vec<_>, Vec<_>) = signals().partition(|(_, signal)| is_lead(signal) && is_dense(signal));
    if !left.is_empty() {
        let names: Vec<String> = left.iter().map(|(_, signal)| described(signal)).collect();
        remarks.push(format!("Signals that are no ECG were left out: {}.", names.join(", ")));
    }
    Ok(chosen.into_iter().map(|(index, _)| index).collect())
}

/// Notes a checksum that does not match. 0 is what writers leave that compute none (CinC 2017 throughout), so it is
/// not checked.
fn check_sum(signal: &Signal, source: &Source, n_frames: usize, remarks: &mut Vec<String>) {
    let Some(expected) = signal.checksum.filter(|&sum| sum != 0) else { return };
    let mut sum: i64 = 0;
    for frame in 0..n_frames {
        for within in 0..signal.samples_per_frame {
            sum = sum.wrapping_add(source.sample(frame, within).into());
        }
    }
    if sum.wrapping_sub(expected) & 0xffff != 0 {
        let name = lead_name(&signal.description);
        remarks.push(format!("The checksum of {name} does not match its header; the samples may be damaged."));
    }
}

/// A lead at `samples_per_frame` samples a frame, in mV. A signal with fewer is drawn out along straight lines, so
/// that its own samples stay where and what they are. Its skew is undone.
fn samples_in_millivolts(signal: &Signal, source: &Source, n_frames: usize, samples_per_frame: usize) -> Vec<f32> {
    let millivolts = millivolts_per(&signal.units).unwrap_or(1.0) / signal.gain.unwrap_or(DEFAULT_GAIN);
    let own = signal.samples_per_frame;
    let n_own = n_frames * own;
    let physical = |index: usize| {
        let frame = (index / own).checked_add(signal.skew).filter(|&frame| frame < n_frames);
        let digital = frame.map_or(source.storage.missing, |frame| source.sample(frame, index % own));
        match digital == source.storage.missing {
            true => f32::NAN,
            false => ((f64::from(digital) - signal.baseline) * millivolts) as f32,
        }
    };
    if own == samples_per_frame {
        return (0..n_own).map(physical).collect();
    }
    let dense = samples_per_frame as u64;
    let between = |index: usize| {
        // The position among the signal's own samples, in units of 1 / `samples_per_frame`; in 64 bits, since a day's
        // samples times these outgrow the 32 of a page.
        let position = index as u64 * own as u64;
        let (before, fraction) = ((position / dense) as usize, position % dense);
        let value = physical(before);
        if fraction == 0 || before + 1 >= n_own {
            return value;
        }
        value + (physical(before + 1) - value) * (fraction as f32 / dense as f32)
    };
    (0..n_frames * samples_per_frame).map(between).collect()
}

#[cfg(test)]
mod tests;
