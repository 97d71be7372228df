//! WFDB: PhysioNet's format. A header file names the signal files and says how samples lie in them.
//!
//! - [`header`]: header files, header(5).
//! - [`signal`]: how samples are packed in signal files, signal(5); [`differences`]: format 8; [`flac`]: FLAC formats.
//! - [`source`]: signal files, and where each signal's samples lie in them.
//! - [`leads`]: which signals are leads, and their samples in millivolts.
//! - `long`: stretches of a long recording.
//! - [`segments`]: records that are joined of others.
//! - [`annotation`]: annotation files, annot(5).
//!
//! Written by hand, after <https://physionet.org/physiotools/wag/header-5.htm>,
//! <https://physionet.org/physiotools/wag/signal-5.htm> and <https://physionet.org/physiotools/wag/annot-5.htm>: the
//! crates that read WFDB call themselves unstable and lack FLAC or WebAssembly.

pub mod annotation;
pub mod differences;
pub mod flac;
pub mod header;
pub mod leads;
mod long;
pub mod segments;
pub mod signal;
pub mod source;

use super::{Format, Outline};
use crate::record::fault::{WfdbFault, WfdbPart};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::{lead_name, numbered};
use crate::record::timeline::drawn_out_remark;
use crate::record::{Annotation, Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark};
use header::Header;
use source::{NO_FILE, open_files, signal_file, sources};

pub const FORMAT: Format = Format { name: "WFDB", recognise, outline, read, hint, long: Some(long::open) };

fn recognise(head: &Head) -> bool {
    let text = String::from_utf8_lossy(&head.bytes);
    Header::is_plausible(&text, head.has_extension("hea"))
}

fn outline(files: &FileSet, path: &str) -> Result<Outline, ReadError> {
    let header = read_header(files, path)?;
    let mut parts = match header.segments.is_some() {
        true => segments::parts(files, path, &header)?,
        false => signal_files(files, path, &header)?,
    };
    parts.extend(annotation_file(files, path).map(str::to_string));
    Ok(Outline { name: header.record_name, parts })
}

fn hint(files: &FileSet, head: &Head) -> Option<Fault> {
    if head.has_extension("hea") {
        let text = String::from_utf8_lossy(&head.bytes);
        return Some(Header::parse(&text).err().unwrap_or(WfdbFault::UnclearHeader).into());
    }
    let header = format!("{}.hea", stem_of(head.path));
    let alone = files.beside(head.path, &header).is_none();
    let parts = [("dat", WfdbPart::Signals), ("atr", WfdbPart::Annotations)];
    let (_, part) = parts.into_iter().find(|(extension, _)| alone && head.has_extension(extension))?;
    Some(WfdbFault::WithoutHeader { part, header }.into())
}

fn read_header(files: &FileSet, path: &str) -> Result<Header, ReadError> {
    let bytes = files.read(path)?;
    Header::parse(&String::from_utf8_lossy(&bytes)).in_file(path)
}

/// The paths of a header's signal files, each once.
fn signal_files(files: &FileSet, path: &str, header: &Header) -> Result<Vec<String>, ReadError> {
    let mut parts: Vec<String> = Vec::new();
    for signal in header.signals.iter().filter(|signal| signal.file_name != NO_FILE) {
        let part = signal_file(files, path, signal)?;
        if parts.iter().all(|known| known != part) {
            parts.push(part.to_string());
        }
    }
    Ok(parts)
}

/// The reference annotations of the record whose header is at `path`, if they were dropped too.
fn annotation_file<'a>(files: &'a FileSet, path: &str) -> Option<&'a str> {
    files.beside(path, &format!("{}.atr", stem_of(path)))
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let header = read_header(files, path)?;
    let mut joined = match header.segments.is_some() {
        true => segments::read(files, path, &header)?,
        false => read_one(files, path, &header)?,
    };
    let seconds = joined.leads.first().map_or(0.0, |lead| lead.samples.len() as f64 / joined.fs);
    let annotations = annotations(files, path, header.fs, seconds, &mut joined)?;
    let Joined { leads, fs, paths: files, remarks } = joined;
    let provenance = Provenance { format: FORMAT.name.to_string(), files, remarks, synthetic: false };
    let start = header.start();
    Ok(Reading::Complete(Record { name: header.record_name, fs, leads, start, annotations, provenance }))
}

/// The leads of a record, of one segment or of several joined.
struct Joined {
    leads: Vec<Lead>,
    /// Samples per second, not frames.
    fs: f64,
    /// The files that were read.
    paths: Vec<String>,
    remarks: Vec<Remark>,
}

impl Joined {
    /// `leads`: each signal's description, its own samples a frame, and its samples at `densest` a frame.
    fn new(leads: Vec<(&str, usize, Vec<f32>)>, frames_per_second: f64, densest: usize) -> Self {
        let names = numbered(leads.iter().map(|(description, ..)| lead_name(description)).collect());
        let fs = frames_per_second * densest as f64;
        let rates = leads.iter().map(|(_, own, _)| frames_per_second * *own as f64);
        let rates: Vec<(&str, f64)> = names.iter().map(String::as_str).zip(rates).collect();
        let remarks = drawn_out_remark(&rates, fs).into_iter().collect();
        let leads = names.into_iter().zip(leads).map(|(name, (_, _, samples))| Lead { name, samples });
        Self { leads: leads.collect(), fs, paths: Vec::new(), remarks }
    }
}

fn read_one(files: &FileSet, path: &str, header: &Header) -> Result<Joined, ReadError> {
    let opened = open_files(files, path, header)?;
    let sources = sources(path, header, &opened)?;
    let n_frames = leads::frames_of(path, header, &sources)?;
    let mut remarks = Vec::new();
    let chosen = leads::choose_leads(path, &header.signals, &mut remarks)?;
    let chosen =
        chosen.into_iter().filter_map(|index| Some((header.signals.get(index)?, sources.get(index)?.as_ref()?)));
    let chosen: Vec<_> = chosen.collect();
    let densest = chosen.iter().map(|(signal, _)| signal.samples_per_frame).max().unwrap_or(1);
    let lead = |(signal, source): &(&'_ header::Signal, &source::Source)| {
        leads::samples_in_millivolts(signal, source, n_frames, densest)
    };
    chosen.iter().for_each(|(signal, source)| leads::check(signal, source, n_frames, &mut remarks));
    let described = chosen.iter().map(|pair| (pair.0.description.as_str(), pair.0.samples_per_frame, lead(pair)));
    let mut joined = Joined::new(described.collect(), header.fs, densest);
    joined.remarks.extend(remarks);
    joined.paths = std::iter::once(path).chain(opened.iter().map(|file| file.path)).map(str::to_string).collect();
    Ok(joined)
}

/// The annotations within the recording's `seconds`; their times are in frames unless the file says otherwise.
fn annotations(
    files: &FileSet,
    path: &str,
    frames_per_second: f64,
    seconds: f64,
    joined: &mut Joined,
) -> Result<Vec<Annotation>, ReadError> {
    let Some(part) = annotation_file(files, path) else { return Ok(Vec::new()) };
    let found = annotation::parse(&files.read(part)?, frames_per_second);
    if !found.is_whole {
        joined.remarks.push(Remark::DamagedAnnotations { file: part.to_owned() });
    }
    joined.paths.push(part.to_string());
    Ok(found.annotations.into_iter().filter(|mark| (0.0..=seconds).contains(&mark.time)).collect())
}

#[cfg(test)]
mod tests;
