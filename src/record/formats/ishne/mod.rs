//! ISHNE Holter files, `.ecg`: a header, then the samples of all leads, interleaved, 16 bits each.
//!
//! - [`header`]: the header.
//! - `long`: stretches of a long recording.
//!
//! Written by hand, after Badilini 1998 (see [`header`]): no crate was found. The annotations that may come beside it
//! (`.ann`) are not read.

pub mod header;
mod long;

use super::{Format, Outline};
use crate::record::fault::IshneFault;
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::numbered;
use crate::record::units::assume_unit;
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark, Unsampled};
use header::{Header, MAGIC};

pub const FORMAT: Format = Format {
    name: "ISHNE Holter",
    recognise: |head| head.bytes.starts_with(MAGIC),
    outline,
    read,
    hint,
    long: Some(long::open),
};

/// The magic number of annotation files.
const ANNOTATIONS: &[u8; 8] = b"ANN  1.0";
const BYTES_PER_SAMPLE: usize = 2;
/// The value of a missing sample.
const MISSING: i16 = i16::MIN;

fn outline(files: &FileSet, path: &str) -> Result<Outline, ReadError> {
    let annotations = files.beside(path, &format!("{}.ann", stem_of(path))).map(str::to_string);
    let is_ishne = |part: &String| files.head(part).is_ok_and(|head| head.bytes.starts_with(ANNOTATIONS));
    Ok(Outline { parts: annotations.into_iter().filter(is_ishne).collect(), ..Outline::of_file(path) })
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    head.bytes.starts_with(ANNOTATIONS).then_some(IshneFault::Annotations.into())
}

/// Gives the digital values of one lead of `n_leads` in `frames`, which begin with a whole frame: any stretch of the
/// file from a multiple of `2 · n_leads` bytes after [`Header::ecg_offset`] on.
pub fn decode(frames: &[u8], n_leads: usize, lead: usize, mut each: impl FnMut(i16)) {
    let place = BYTES_PER_SAMPLE * lead;
    for frame in frames.chunks_exact((BYTES_PER_SAMPLE * n_leads).max(1)) {
        if let Some(sample) = frame.get(place..).and_then(|rest| rest.first_chunk()) {
            each(i16::from_le_bytes(*sample));
        }
    }
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let header = Header::parse(&bytes).in_file(path)?;
    let data = bytes.get(header.ecg_offset..).unwrap_or_default();
    let n_leads = header.leads.len();
    let n_frames = data.len() / (BYTES_PER_SAMPLE * n_leads).max(1);
    if n_frames == 0 {
        return Err(ReadError::new(path, IshneFault::NoSamples));
    }
    let mut remarks = remarks(&header, n_frames as u64);
    let mut leads: Vec<Vec<f32>> = Vec::new();
    for (index, lead) in header.leads.iter().enumerate() {
        let mut samples = Vec::with_capacity(n_frames);
        decode(data, n_leads, index, |digital| samples.push(in_millivolts(digital, lead.resolution)));
        leads.push(samples);
    }
    assume_resolutions(&header, &mut leads, &mut remarks);
    let record = record_of(path, &header, leads_of(&header, leads), remarks);
    Ok(match header.fs {
        Some(_) => Reading::Complete(record),
        None => Reading::NeedsSamplingRate(Unsampled::new(record)),
    })
}

/// A digital value in mV, by its lead's resolution in nanovolts; as it is where that is not known.
fn in_millivolts(digital: i16, resolution: Option<f64>) -> f32 {
    let millivolts = resolution.map_or(1.0, |nanovolts| nanovolts * 1e-6);
    if digital == MISSING { f32::NAN } else { (f64::from(digital) * millivolts) as f32 }
}

fn leads_of(header: &Header, samples: Vec<Vec<f32>>) -> Vec<Lead> {
    let names = numbered(header.leads.iter().map(|lead| lead.name.unwrap_or("ECG").to_string()).collect());
    names.into_iter().zip(samples).map(|(name, samples)| Lead { name, samples }).collect()
}

fn record_of(path: &str, header: &Header, leads: Vec<Lead>, remarks: Vec<Remark>) -> Record {
    Record {
        name: stem_of(path).to_string(),
        fs: header.fs.unwrap_or(1.0),
        leads,
        start: header.start.clone(),
        annotations: Vec::new(),
        provenance: Provenance {
            format: FORMAT.name.to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    }
}

/// What does not match between header and file.
fn remarks(header: &Header, n_frames: u64) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let (promised, there) = header.checksum;
    if promised != 0 && promised != there {
        remarks.push(Remark::HeaderChecksum);
    }
    // Some writers count the samples of all leads together.
    let of_all = n_frames.saturating_mul(header.leads.len() as u64);
    if let Some(promised) = header.n_samples.filter(|promised| *promised != n_frames && *promised != of_all) {
        remarks.push(Remark::OtherSampleCount { promised, there: n_frames });
    }
    remarks
}

/// Leads whose resolution is not given are scaled as their size suggests.
fn assume_resolutions(header: &Header, leads: &mut [Vec<f32>], remarks: &mut Vec<Remark>) {
    let known = header.leads.iter().map(|lead| lead.resolution.is_some());
    let mut unknown: Vec<&mut Vec<f32>> =
        leads.iter_mut().zip(known).filter(|(_, known)| !known).map(|(lead, _)| lead).collect();
    if unknown.is_empty() {
        return;
    }
    let assumed = assume_unit(unknown.iter().map(|lead| lead.as_slice()));
    unknown.iter_mut().flat_map(|lead| lead.iter_mut()).for_each(|sample| *sample *= assumed.millivolts as f32);
    remarks.push(assumed.remark());
}

#[cfg(test)]
mod tests;
