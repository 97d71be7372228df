//! Multi-segment records: header(5), and "5.5 Multi-Segment Records" of the WFDB Programmer's Guide.
//!
//! In "fixed-layout records […] all signals must appear in the same order within each segment", so signals go by their
//! place. "If the first segment of a multi-segment record has a length of zero samples, that segment is a layout
//! segment, and the record is a variable-layout record": it describes all signals that occur in any segment, and
//! signals go by their description. A segment called `~` has no samples; nor has a lead in a segment that lacks it. "It
//! is permitted […] for any segment to appear more than once."

use super::header::{Header, Signal};
use super::source::{SignalFile, Source, open_files, sources};
use super::{Joined, leads, read_header, signal_files};
use crate::record::fault::WfdbFault;
use crate::record::file_set::FileSet;
use crate::record::timeline::is_in_proportion;
use crate::record::{ReadError, Remark};

/// The name of a segment without data.
const NULL_SEGMENT: &str = "~";

/// The segments of a record.
struct Segments {
    /// Of a variable-layout record, the header that describes its signals.
    layout: Option<(String, Header)>,
    /// Each segment's header and its path, once.
    records: Vec<(String, Header)>,
    /// In order, which of the records it is, `None` for a null segment, and how many frames long.
    order: Vec<(Option<usize>, u64)>,
}

impl Segments {
    fn load(files: &FileSet, path: &str, header: &Header) -> Result<Self, ReadError> {
        let mut segments = Self { layout: None, records: Vec::new(), order: Vec::new() };
        for line in header.segments.iter().flatten() {
            let name = &line.record_name;
            if name == NULL_SEGMENT {
                segments.order.push((None, line.n_frames));
                continue;
            }
            let file = format!("{name}.hea");
            let Some(part) = files.beside(path, &file) else {
                return Err(ReadError::new(path, WfdbFault::SegmentMissing { file }));
            };
            if let Some(known) = segments.records.iter().position(|(known, _)| known == part) {
                segments.order.push((Some(known), line.n_frames));
                continue;
            }
            let read = read_header(files, part)?;
            if read.segments.is_some() {
                return Err(ReadError::new(path, WfdbFault::NestedSegments { file }));
            }
            if (read.fs - header.fs).abs() > 1e-6 * header.fs {
                let segment = name.clone();
                return Err(ReadError::new(
                    path,
                    WfdbFault::SegmentRate { segment, fs: read.fs, of_record: header.fs },
                ));
            }
            let is_first = segments.layout.is_none() && segments.order.is_empty();
            match is_first && line.n_frames == 0 {
                true => segments.layout = Some((part.to_string(), read)),
                false => {
                    segments.order.push((Some(segments.records.len()), line.n_frames));
                    segments.records.push((part.to_string(), read));
                }
            }
        }
        Ok(segments)
    }
}

/// The paths of all headers and signal files that a multi-segment record consists of.
pub fn parts(files: &FileSet, path: &str, header: &Header) -> Result<Vec<String>, ReadError> {
    let segments = Segments::load(files, path, header)?;
    let mut parts = Vec::new();
    for (part, header) in segments.layout.iter().chain(&segments.records) {
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

/// Reads and joins the leads of a multi-segment record.
pub(super) fn read(files: &FileSet, path: &str, header: &Header) -> Result<Joined, ReadError> {
    let segments = Segments::load(files, path, header)?;
    let mut remarks = Vec::new();
    let Some((described_in, model)) = segments.layout.as_ref().or(segments.records.first()) else {
        return Err(ReadError::new(path, WfdbFault::EmptySegments));
    };
    let by_description = segments.layout.is_some();
    let chosen = leads::choose_leads(described_in, &model.signals, &mut remarks)?;
    let wanted = chosen
        .into_iter()
        .filter_map(|place| Some(Wanted { description: model.signals.get(place)?.description.as_str(), place }));
    // A layout lists what occurs in any part of a long stay; this record may lack some of it.
    let occurs =
        |lead: &Wanted| segments.records.iter().any(|(_, header)| lead.place_in(header, by_description).is_some());
    let wanted: Vec<Wanted> = wanted.filter(occurs).collect();
    let own = |lead: &Wanted| {
        let in_segment = |(_, header): &(String, Header)| {
            let place = lead.place_in(header, by_description)?;
            header.signals.get(place).map(|signal| signal.samples_per_frame)
        };
        segments.records.iter().filter_map(in_segment).max().unwrap_or(1)
    };
    let densest = wanted.iter().map(own).max().unwrap_or(1);

    let open = |(path, header): &'_ (String, Header)| open_files(files, path, header);
    let opened = segments.records.iter().map(open).collect::<Result<Vec<Vec<SignalFile>>, ReadError>>()?;
    let mut parts = Vec::new();
    let mut there = 0u64;
    for ((path, header), files) in segments.records.iter().zip(&opened) {
        let sources = sources(path, header, files)?;
        let n_frames = leads::frames_of(path, header, &sources)?;
        let n_leads = wanted.iter().filter(|lead| lead.place_in(header, by_description).is_some()).count();
        there = there.saturating_add((n_frames as u64).saturating_mul(n_leads as u64));
        parts.push((header, sources, n_frames));
    }
    let n_frames = segments.order.iter().fold(0u64, |sum, (_, n_frames)| sum.saturating_add(*n_frames));
    if !is_in_proportion(there, n_frames.saturating_mul(wanted.len() as u64)) {
        return Err(ReadError::new(path, WfdbFault::MostlyGaps { frames: n_frames }));
    }

    for (header, sources, n_frames) in &parts {
        for (signal, source) in wanted.iter().filter_map(|lead| signal_of(lead, header, sources, by_description)) {
            leads::check(signal, source, *n_frames, &mut remarks);
        }
    }
    let mut samples: Vec<Vec<f32>> = wanted.iter().map(|_| Vec::new()).collect();
    for (record, n_frames) in &segments.order {
        // In proportion to what is there, as checked above.
        let n_frames = *n_frames as usize;
        let part = record.and_then(|record| parts.get(record));
        for (lead, samples) in wanted.iter().zip(&mut samples) {
            let until = samples.len().saturating_add(n_frames.saturating_mul(densest));
            if let Some((header, sources, there)) = part
                && let Some((signal, source)) = signal_of(lead, header, sources, by_description)
            {
                samples.extend(leads::samples_in_millivolts(signal, source, n_frames.min(*there), densest));
            }
            samples.resize(until, f32::NAN);
        }
    }
    let described = wanted.iter().zip(samples).map(|(lead, samples)| (lead.description, own(lead), samples));
    let mut joined = Joined::new(described.collect(), header.fs, densest);
    let empty = segments.order.iter().filter(|(record, _)| record.is_none()).count();
    if empty > 0 {
        joined.remarks.push(Remark::EmptySegments { empty, all: segments.order.len() });
    }
    // What is true of a lead in one segment is usually true in all.
    for remark in remarks {
        if !joined.remarks.contains(&remark) {
            joined.remarks.push(remark);
        }
    }
    let signal_files = segments
        .records
        .iter()
        .zip(&opened)
        .flat_map(|((path, _), files)| std::iter::once(path.as_str()).chain(files.iter().map(|file| file.path)));
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
