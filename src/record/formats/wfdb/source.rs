//! Where the samples of each signal lie: in its signal file, interleaved with others.

use std::borrow::Cow;
use std::ops::Range;

use super::header::{Header, Signal};
use super::signal::Storage;
use super::{differences, flac};
use crate::record::fault::{SignalFileFault, WfdbFault};
use crate::record::file_set::{FileSet, name_of};
use crate::record::{InFile, ReadError};

/// The file name that stands for no file: "null signals" of layout segments, header(5).
pub const NO_FILE: &str = "~";

/// How the samples of one signal lie among those of its file: enough to decode any frames from the bytes in which
/// they lie, without the rest of the file.
#[derive(Clone, Copy)]
pub struct Layout {
    pub storage: &'static Storage,
    /// Bytes before the file's first sample.
    pub byte_offset: usize,
    /// Samples of all the file's signals in a frame, and how many of them come before this signal's.
    pub frame: usize,
    pub place: usize,
    /// Samples of this signal in a frame.
    pub samples_per_frame: usize,
}

impl Layout {
    /// The bytes of the signal file in which `frames` lie, from the beginning of a group of packed samples.
    pub fn bytes_of(&self, frames: Range<u64>) -> Range<u64> {
        let sample = |frame: u64| frame.saturating_mul(self.frame as u64);
        let bytes = self.storage.bytes_of(sample(frames.start)..sample(frames.end));
        let offset = self.byte_offset as u64;
        bytes.start.saturating_add(offset)..bytes.end.saturating_add(offset)
    }

    /// Gives the digital values of this signal in `frames`, in order. `bytes` are the file's, from
    /// `bytes_of(frames).start` on; what they do not hold reads as 0.
    pub fn decode(&self, bytes: &[u8], frames: Range<u64>, mut each: impl FnMut(i32)) {
        // `bytes` begin with a whole group, which may hold samples of the frame before.
        let before = (frames.start.wrapping_mul(self.frame as u64) % self.storage.samples_in_group() as u64) as usize;
        for frame in 0..frames.end.saturating_sub(frames.start) as usize {
            let first = before + frame * self.frame + self.place;
            (first..first + self.samples_per_frame).for_each(|index| each((self.storage.sample)(bytes, index)));
        }
    }
}

/// The samples of one signal.
pub struct Source<'a> {
    /// The signal file.
    pub path: &'a str,
    /// The digital value that stands for a missing sample; format 8 has none.
    pub missing: Option<i32>,
    /// Frames that the file holds.
    pub n_frames: u64,
    samples_per_frame: usize,
    samples: Samples<'a>,
}

enum Samples<'a> {
    /// In the file, any of which can be decoded by itself.
    Packed { layout: Layout, file: &'a [u8] },
    /// Decoded from the beginning on.
    Decoded(Vec<i32>),
}

impl Source<'_> {
    /// Gives the digital values in `frames`, which must lie in `0..n_frames`, in order.
    pub fn each(&self, frames: Range<usize>, each: impl FnMut(i32)) {
        match &self.samples {
            Samples::Packed { layout, file } => {
                let frames = frames.start as u64..frames.end as u64;
                let start = usize::try_from(layout.bytes_of(frames.clone()).start).unwrap_or(usize::MAX);
                layout.decode(file.get(start..).unwrap_or_default(), frames, each);
            }
            Samples::Decoded(samples) => {
                let samples_of = |frame: usize| frame.saturating_mul(self.samples_per_frame);
                let stretch = samples.get(samples_of(frames.start)..samples_of(frames.end));
                stretch.unwrap_or_default().iter().copied().for_each(each);
            }
        }
    }
}

/// A signal file, and the signals in it.
pub struct SignalFile<'a> {
    pub path: &'a str,
    bytes: Cow<'a, [u8]>,
    /// Indices into the header's signals.
    signals: Vec<usize>,
}

/// The path of a signal's file.
pub fn signal_file<'a>(files: &'a FileSet, path: &str, signal: &Signal) -> Result<&'a str, ReadError> {
    files.beside(path, &signal.file_name).ok_or_else(|| {
        let (header, missing) = (name_of(path).to_owned(), signal.file_name.clone());
        ReadError::new(path, WfdbFault::SignalFileMissing { header, missing })
    })
}

/// Each signal file that the header at `path` names, once.
pub fn open_files<'a>(files: &'a FileSet, path: &str, header: &Header) -> Result<Vec<SignalFile<'a>>, ReadError> {
    let mut opened: Vec<SignalFile> = Vec::new();
    for (index, signal) in header.signals.iter().enumerate().filter(|(_, signal)| signal.file_name != NO_FILE) {
        let part = signal_file(files, path, signal)?;
        match opened.iter_mut().find(|known| known.path == part) {
            Some(known) => known.signals.push(index),
            None => opened.push(SignalFile { path: part, bytes: files.read(part)?, signals: vec![index] }),
        }
    }
    Ok(opened)
}

/// The source of each of the header's signals; `None` for a null signal. Signals of one file are interleaved frame by
/// frame, in the header's order.
pub fn sources<'a>(
    path: &str,
    header: &Header,
    opened: &'a [SignalFile],
) -> Result<Vec<Option<Source<'a>>>, ReadError> {
    let mut sources: Vec<Option<Source>> = header.signals.iter().map(|_| None).collect();
    for file in opened {
        let signals: Vec<&Signal> = file.signals.iter().filter_map(|&index| header.signals.get(index)).collect();
        let found = sources_in(file, &signals, header.n_frames);
        let of_file = |fault| WfdbFault::SignalFile { name: name_of(file.path).to_owned(), fault };
        let found = found.map_err(of_file).in_file(path)?;
        for (&index, source) in file.signals.iter().zip(found) {
            if let Some(place) = sources.get_mut(index) {
                *place = Some(source);
            }
        }
    }
    Ok(sources)
}

/// The sources of all signals of one file.
fn sources_in<'a>(
    file: &'a SignalFile,
    signals: &[&Signal],
    n_frames: Option<u64>,
) -> Result<Vec<Source<'a>>, SignalFileFault> {
    let decoded = |channels: Vec<Vec<i32>>, missing: Option<i32>| {
        let sources = signals.iter().zip(channels).map(|(signal, samples)| Source {
            path: file.path,
            missing,
            n_frames: (samples.len() / signal.samples_per_frame.max(1)) as u64,
            samples_per_frame: signal.samples_per_frame,
            samples: Samples::Decoded(samples),
        });
        Ok(sources.collect())
    };
    let Some(first) = signals.first() else { return Ok(Vec::new()) };
    if signals.iter().any(|signal| signal.format != first.format) {
        return Err(SignalFileFault::MixedFormats);
    }
    if first.format == differences::FORMAT_8 {
        return decoded(differences::decode(file.bytes.get(first.byte_offset..).unwrap_or_default(), signals), None);
    }
    if let Some(bits) = flac::bits_of(first.format) {
        return decoded(flac::decode(&file.bytes, signals, bits, n_frames)?, Some(-1 << (bits - 1)));
    }
    let storage = Storage::of(first.format).ok_or(SignalFileFault::UnknownFormat { format: first.format })?;
    let (layouts, n_frames) = packed(storage, signals, file.bytes.len());
    let sources = layouts.into_iter().map(|layout| {
        let (samples_per_frame, samples) = (layout.samples_per_frame, Samples::Packed { layout, file: &file.bytes });
        Source { path: file.path, missing: Some(storage.missing), n_frames, samples_per_frame, samples }
    });
    Ok(sources.collect())
}

/// Where the samples of each of a file's signals lie in its `length` bytes, and how many frames they make.
pub fn packed(storage: &'static Storage, signals: &[&Signal], length: usize) -> (Vec<Layout>, u64) {
    let frame = signals.iter().fold(0usize, |sum, signal| sum.saturating_add(signal.samples_per_frame));
    // The first signal's offset is the file's; others need not repeat it.
    let byte_offset = signals.first().map_or(0, |first| first.byte_offset);
    let n_frames = (storage.samples_in(length.saturating_sub(byte_offset)) / frame.max(1)) as u64;
    let mut place = 0usize;
    let layouts = signals.iter().map(|signal| {
        let samples_per_frame = signal.samples_per_frame;
        let layout = Layout { storage, byte_offset, frame, place, samples_per_frame };
        place = place.saturating_add(samples_per_frame);
        layout
    });
    (layouts.collect(), n_frames)
}
