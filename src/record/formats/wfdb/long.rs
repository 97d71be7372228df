//! Stretches of a WFDB record whose samples are packed, any of which can be decoded by itself. Joined segments, FLAC and
//! format 8 are read whole.

use std::borrow::Cow;
use std::ops::Range;

use super::header::Signal;
use super::leads::{choose_leads, frame_count, gain_remark, in_millivolts};
use super::signal::Storage;
use super::source::{Layout, NO_FILE, packed, signal_file};
use super::{FORMAT, Joined, annotations, read_header};
use crate::record::file_set::FileSet;
use crate::record::long::{Long, Stretches, within};
use crate::record::timeline::drawn_out;
use crate::record::{Provenance, ReadError, Record};

struct Frames {
    n_frames: u64,
    /// Samples a frame of the densest signal.
    densest: usize,
    signals: Vec<Stored>,
}

/// A signal and where its samples lie.
#[derive(Clone)]
struct Stored {
    signal: Signal,
    path: String,
    layout: Layout,
}

/// Bytes of a signal file.
struct Piece<'a> {
    path: &'a str,
    place: Range<u64>,
    bytes: Cow<'a, [u8]>,
}

pub fn open(files: &FileSet, path: &str) -> Result<Option<Long>, ReadError> {
    let header = read_header(files, path)?;
    if header.segments.is_some() {
        return Ok(None);
    }
    // The signals of each file, in the header's order.
    let mut by_file: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, signal) in header.signals.iter().enumerate().filter(|(_, signal)| signal.file_name != NO_FILE) {
        let part = signal_file(files, path, signal)?;
        match by_file.iter_mut().find(|(known, _)| *known == part) {
            Some((_, signals)) => signals.push(index),
            None => by_file.push((part, vec![index])),
        }
    }
    let mut stored: Vec<Option<Stored>> = header.signals.iter().map(|_| None).collect();
    let mut there = Vec::new();
    for (part, indices) in &by_file {
        let signals: Vec<&Signal> = indices.iter().filter_map(|&index| header.signals.get(index)).collect();
        let Some(first) = signals.first() else { continue };
        let storage = Storage::of(first.format).filter(|_| signals.iter().all(|it| it.format == first.format));
        let (Some(storage), Ok(length)) = (storage, usize::try_from(files.size(part)?)) else { return Ok(None) };
        let (layouts, n_frames) = packed(storage, &signals, length);
        there.push((*part, n_frames));
        for ((&index, layout), signal) in indices.iter().zip(layouts).zip(signals) {
            if let Some(place) = stored.get_mut(index) {
                *place = Some(Stored { signal: signal.clone(), path: (*part).to_string(), layout });
            }
        }
    }
    let n_frames = frame_count(path, &header, there.into_iter())?;
    let mut remarks = Vec::new();
    let chosen = choose_leads(path, &header.signals, &mut remarks)?;
    let signals: Vec<Stored> = chosen.into_iter().filter_map(|index| stored.get(index)?.clone()).collect();
    let densest = signals.iter().map(|it| it.signal.samples_per_frame).max().unwrap_or(1);
    remarks.extend(signals.iter().filter_map(|it| gain_remark(&it.signal)));

    let described = signals.iter().map(|it| (it.signal.description.as_str(), it.signal.samples_per_frame, Vec::new()));
    let mut joined = Joined::new(described.collect(), header.fs, densest);
    joined.remarks.extend(remarks);
    joined.paths = std::iter::once(path).chain(by_file.iter().map(|(part, _)| *part)).map(str::to_string).collect();
    let len = n_frames.saturating_mul(densest as u64);
    let annotations = annotations(files, path, header.fs, len as f64 / joined.fs, &mut joined)?;
    let Joined { leads, fs, paths, remarks } = joined;
    let provenance = Provenance { format: FORMAT.name.to_string(), files: paths, remarks, synthetic: false };
    let start = header.start();
    let record = Record { name: header.record_name, fs, leads, start, annotations, provenance };
    Ok(Some(Long::new(record, len, Frames { n_frames, densest, signals })))
}

impl Stretches for Frames {
    fn read(&self, files: &FileSet, samples: Range<u64>) -> Result<Vec<Vec<f32>>, ReadError> {
        let densest = self.densest as u64;
        // One more than wanted: a sparser signal's line goes on to the first sample of the next frame.
        let frames = samples.start / densest..samples.end.div_ceil(densest).saturating_add(1).min(self.n_frames);
        // Signals of one file lie in the same bytes, but for their skew.
        let mut last: Option<Piece> = None;
        let mut leads = Vec::new();
        for Stored { signal, path, layout } in &self.signals {
            // Its skew undone: a frame of the record lies as many frames later in the file; what is beyond the
            // recording's end is not read.
            let skewed = |frame: u64| frame.saturating_add(signal.skew as u64).min(self.n_frames);
            let own = skewed(frames.start)..skewed(frames.end);
            let place = layout.bytes_of(own.clone());
            if last.as_ref().is_none_or(|last| (last.path, &last.place) != (path, &place)) {
                last = Some(Piece { path, place: place.clone(), bytes: files.slice(path, place)? });
            }
            let bytes = last.as_ref().map_or(&[][..], |last| &last.bytes);
            let in_millivolts = in_millivolts(signal, Some(layout.storage.missing));
            let wanted = (frames.end - frames.start) as usize * signal.samples_per_frame;
            let mut lead = Vec::with_capacity(wanted);
            layout.decode(bytes, own, |digital| lead.push(in_millivolts(digital)));
            lead.resize(wanted, f32::NAN);
            leads.push(within(drawn_out(lead, signal.samples_per_frame, self.densest), &samples, densest));
        }
        Ok(leads)
    }
}
