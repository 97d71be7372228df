//! Multi-segment records: header(5), "Segment specification lines".
//!
//! "In a fixed-layout record, the arrangement of signals is constant across all segments", so signals go by their
//! place. "A variable-layout record begins with a layout segment", of length 0, which describes all signals that occur
//! in any segment, so signals go by their description. A segment called `~` has no samples; nor has a lead in a segment
//! that lacks it.

use super::header::{Header, Signal};
use super::source::{SignalFile, Source, open_files, sources};
use super::{Joined, leads, read_header, signal_files};
use crate::record::FormatError;
use crate::record::file_set::FileSet;
use crate::record::timeline::is_in_proportion;

/// The name of a segment without data.
const NULL_SEGMENT: &str = "~";

/// One segment, its header read.
struct Segment {
    /// `None` for a null segment.
    record: Option<(String, Header)>,
    n_frames: u64,
}

/// The segments of a record, in order.
struct Segments {
    /// Of a variable-layout record, the header that describes its signals.
    layout: Option<(String, Header)>,
    all: Vec<Segment>,
}

impl Segments {
    fn load(files: &FileSet, path: &str, header: &Header) -> Result<Self, FormatError> {
        let mut segments = Self { layout: None, all: Vec::new() };
        let mut seen = std::collections::HashSet::new();
        for (place, line) in header.segments.iter().flatten().enumerate() {
            let name = &line.record_name;
            if name == NULL_SEGMENT {
                segments.all.push(Segment { record: None, n_frames: line.n_frames });
                continue;
            }
            let file = format!("{name}.hea");
            let Some(part) = files.beside(path, &file) else {
                let reason = format!(
                    "It joins several segments, of which {file} is missing; drop all files of the record together."
                );
                return Err(FormatError::new(path, reason));
            };
            let read = read_header(files, part)?;
            if read.segments.is_some() || !seen.insert(part) {
                let reason = format!("It names {file} as a segment, which is one already or has segments of its own.");
                return Err(FormatError::new(path, reason));
            }
            if (read.fs - header.fs).abs() > 1e-6 * header.fs {
                let reason = format!(
                    "Its segment {name} has {} frames a second where the whole record has {}; they do not fit together.",
                    read.fs, header.fs
                );
                return Err(FormatError::new(path, reason));
            }
            let record = Some((part.to_string(), read));
            match (place, line.n_frames) {
                (0, 0) => segments.layout = record,
                (_, n_frames) => segments.all.push(Segment { record, n_frames }),
            }
        }
        Ok(segments)
    }

    /// All segments that have a header.
    fn records(&self) -> impl Iterator<Item = &(String, Header)> {
        self.all.iter().filter_map(|segment| segment.record.as_ref())
    }
}

/// The paths of all headers and signal files that a multi-segment record consists of.
pub fn parts(files: &FileSet, path: &str, header: &Header) -> Result<Vec<String>, FormatError> {
    let segments = Segments::load(files, path, header)?;
    let mut parts = Vec::new();
    for (part, header) in segments.layout.iter().chain(segments.records()) {
        parts.push(part.clone());
        parts.extend(signal_files(files, part, header)?);
    }
    Ok(parts)
}

/// A lead of the whole record: its description, and how each segment's signal is found.
struct Wanted<'a> {
    description: &'a str,
    place: usize,
}

impl Wanted<'_> {
    /// Where among a segment's signals this lead is, if it has it.
    fn place_in(&self, header: &Header, by_description: bool) -> Option<usize> {
        let is_it = |place: usize, signal: &Signal| match by_description {
            true => signal.description == self.description,
            false => place == self.place,
        };
        header
            .signals
            .iter()
            .enumerate()
            .find(|(place, signal)| is_it(*place, signal) && leads::is_lead(signal))
            .map(|(place, _)| place)
    }
}

/// A segment's signal files, opened.
struct Opened<'a> {
    path: &'a str,
    header: &'a Header,
    files: Vec<SignalFile<'a>>,
}

/// Reads and joins the leads of a multi-segment record.
pub(super) fn read(files: &FileSet, path: &str, header: &Header) -> Result<Joined, FormatError> {
    let segments = Segments::load(files, path, header)?;
    let mut remarks = Vec::new();
    let Some((described_in, model)) = segments.layout.as_ref().or_else(|| segments.records().next()) else {
        return Err(FormatError::new(path, "All its segments are empty; there is nothing to show."));
    };
    let by_description = segments.layout.is_some();
    let chosen = leads::choose_leads(described_in, &model.signals, &mut remarks)?;
    let wanted = chosen
        .into_iter()
        .filter_map(|place| Some(Wanted { description: model.signals.get(place)?.description.as_str(), place }));
    // A layout lists what occurs in any part of a long stay; this record may lack some of it.
    let occurs = |lead: &Wanted| segments.records().any(|(_, header)| lead.place_in(header, by_description).is_some());
    let wanted: Vec<Wanted> = wanted.filter(occurs).collect();
    let own = |lead: &Wanted| {
        let in_segment = |(_, header): &(String, Header)| {
            let place = lead.place_in(header, by_description)?;
            header.signals.get(place).map(|signal| signal.samples_per_frame)
        };
        segments.records().filter_map(in_segment).max().unwrap_or(1)
    };
    let densest = wanted.iter().map(own).max().unwrap_or(1);

    let mut opened = Vec::new();
    for segment in &segments.all {
        let open = segment
            .record
            .as_ref()
            .map(|(path, header)| Ok(Opened { path, header, files: open_files(files, path, header)? }));
        opened.push((open.transpose()?, segment.n_frames));
    }
    let mut parts = Vec::new();
    for (segment, n_frames) in &opened {
        let Some(segment) = segment else {
            parts.push((None, *n_frames));
            continue;
        };
        let sources = sources(segment.path, segment.header, &segment.files)?;
        let there = leads::frame_count(segment.path, segment.header, sources.iter().flatten())?;
        parts.push((Some((segment, sources, there)), *n_frames));
    }
    let n_frames = parts.iter().try_fold(0u64, |sum, (_, n_frames)| sum.checked_add(*n_frames)).unwrap_or(u64::MAX);
    let there = parts.iter().filter_map(|(part, _)| part.as_ref()).fold(0u64, |sum, (segment, _, there)| {
        let leads = wanted.iter().filter(|lead| lead.place_in(segment.header, by_description).is_some()).count();
        sum.saturating_add((*there as u64).saturating_mul(leads as u64))
    });
    if !is_in_proportion(there, n_frames.saturating_mul(wanted.len() as u64)) {
        let reason = format!(
            "Of the {n_frames} frames that this header promises nearly all are gaps; drop a segment's own header and \
             files instead."
        );
        return Err(FormatError::new(path, reason));
    }

    let mut samples: Vec<Vec<f32>> = wanted.iter().map(|_| Vec::new()).collect();
    for (part, n_frames) in &parts {
        // In proportion to what is there, as checked above.
        let length = (*n_frames as usize).saturating_mul(densest);
        for (lead, samples) in wanted.iter().zip(&mut samples) {
            let until = samples.len().saturating_add(length);
            if let Some((segment, sources, there)) = part
                && let Some((signal, source)) = signal_of(lead, segment.header, sources, by_description)
            {
                leads::check(signal, source, *there, &mut remarks);
                let frames = (*there).min(*n_frames as usize);
                samples.extend(leads::samples_in_millivolts(signal, source, frames, densest));
            }
            samples.resize(until, f32::NAN);
        }
    }
    let described = wanted.iter().zip(samples).map(|(lead, samples)| (lead.description, own(lead), samples));
    let mut joined = Joined::new(described.collect(), header.fs, densest);
    let empty = segments.all.iter().filter(|segment| segment.record.is_none()).count();
    if empty > 0 {
        let count = segments.all.len();
        joined.remarks.push(format!("{empty} of the {count} segments hold no samples; they show as gaps."));
    }
    // What is true of a lead in one segment is usually true in all.
    let mut said = std::collections::HashSet::new();
    joined.remarks.extend(remarks.into_iter().filter(|remark| said.insert(remark.clone())));
    let signal_files = opened
        .iter()
        .filter_map(|(segment, _)| segment.as_ref())
        .flat_map(|segment| std::iter::once(segment.path).chain(segment.files.iter().map(|file| file.path)));
    let layout = segments.layout.iter().map(|(path, _)| path.as_str());
    joined.paths = std::iter::once(path).chain(layout).chain(signal_files).map(str::to_string).collect();
    Ok(joined)
}

/// The signal that is this lead in a segment, and where its samples are.
fn signal_of<'a, 'b>(
    lead: &Wanted,
    header: &'a Header,
    sources: &'a [Option<Source<'b>>],
    by_description: bool,
) -> Option<(&'a Signal, &'a Source<'b>)> {
    let place = lead.place_in(header, by_description)?;
    Some((header.signals.get(place)?, sources.get(place)?.as_ref()?))
}

#[cfg(test)]
mod tests;
