//! Stretches of an ISHNE file: frame after frame of 16-bit samples, so any stretch lies in one piece.

use std::ops::Range;

use super::header::{FIXED, Header};
use super::{BYTES_PER_SAMPLE, decode, in_millivolts, leads_of, record_of, remarks};
use crate::record::file_set::FileSet;
use crate::record::long::{Long, Stretches};
use crate::record::{InFile, ReadError};

/// A block of free text above this size is no header to be read before anything else.
const LARGEST_HEADER: usize = 1 << 20;

struct Frames {
    path: String,
    header: Header,
    /// Millivolts in the unit that was assumed, for leads without a resolution.
    assumed: f32,
}

pub fn open(files: &FileSet, path: &str) -> Result<Option<Long>, ReadError> {
    let fixed = files.slice(path, 0..FIXED as u64)?;
    let offset = Header::parse(&fixed).in_file(path)?.ecg_offset;
    if offset > LARGEST_HEADER {
        return Ok(None);
    }
    let header = Header::parse(&files.slice(path, 0..offset as u64)?).in_file(path)?;
    let frame = (BYTES_PER_SAMPLE * header.leads.len()) as u64;
    let len = files.size(path)?.saturating_sub(offset as u64).checked_div(frame).unwrap_or(0);
    if header.fs.is_none() || len == 0 {
        return Ok(None);
    }
    let leads = leads_of(&header, header.leads.iter().map(|_| Vec::new()).collect());
    let record = record_of(path, &header, leads, remarks(&header, len));
    let is_unknown = |place: usize| header.leads.get(place).is_some_and(|lead| lead.resolution.is_none());
    let has_unknown = (0..header.leads.len()).any(is_unknown);
    let frames = |assumed| Frames { path: path.to_string(), header: header.clone(), assumed };
    let mut long = Long::new(record, len, frames(1.0));
    if has_unknown {
        let assumed = long.assume_unit(files, is_unknown)?;
        long.record.provenance.remarks.push(assumed.remark());
        long = Long::new(long.record, len, frames(assumed.millivolts as f32));
    }
    Ok(Some(long))
}

impl Stretches for Frames {
    fn read(&self, files: &FileSet, samples: Range<u64>) -> Result<Vec<Vec<f32>>, ReadError> {
        let n_leads = self.header.leads.len();
        let byte = |frame: u64| {
            let before = frame.saturating_mul((BYTES_PER_SAMPLE * n_leads) as u64);
            before.saturating_add(self.header.ecg_offset as u64)
        };
        let bytes = files.slice(&self.path, byte(samples.start)..byte(samples.end))?;
        let lead = |index: usize| {
            let resolution = self.header.leads.get(index).and_then(|lead| lead.resolution);
            let assumed = if resolution.is_none() { self.assumed } else { 1.0 };
            let mut samples = Vec::with_capacity(bytes.len() / (BYTES_PER_SAMPLE * n_leads));
            decode(&bytes, n_leads, index, |digital| samples.push(in_millivolts(digital, resolution) * assumed));
            samples
        };
        Ok((0..n_leads).map(lead).collect())
    }
}
