//! Stretches of an EDF or BDF file without gaps: data record after data record of one size.
//!
//! Annotations lie scattered over all data records; those of a long recording are not read. Of a discontinuous file
//! (EDF+D) every data record must be seen to know when it begins, so it is read whole.

use std::ops::Range;

use super::channels;
use super::header::{self, Header, PART, Signal};
use super::records::{Records, count_remark};
use super::samples::Layout;
use super::{amplitude_of, known_unit, named_leads, provenance, rate_of};
use crate::record::file_set::{FileSet, stem_of};
use crate::record::long::{Long, Stretches, within};
use crate::record::timeline::drawn_out;
use crate::record::{InFile, ReadError, Record, Remark};

/// A file with larger data records has no stretches worth the name.
const LARGEST_RECORD: usize = 32 << 20;

struct DataRecords {
    path: String,
    /// Bytes before the first one.
    offset: u64,
    count: u64,
    /// Samples in each, of the densest signal.
    densest: usize,
    signals: Vec<(Signal, Layout)>,
    /// Millivolts in the unit that was assumed, for signals that name none.
    assumed: f32,
}

pub fn open(files: &FileSet, path: &str) -> Result<Option<Long>, ReadError> {
    let first = files.slice(path, 0..PART as u64)?;
    let Some(size) = header::size(&first) else { return Ok(None) };
    let header = Header::parse(&files.slice(path, 0..size as u64)?).in_file(path)?;
    let layouts = Layout::all(&header);
    let record_bytes = layouts.first().map_or(0, |layout| layout.record_bytes);
    let there = files.size(path)?.saturating_sub(header.n_bytes as u64);
    let count = there.checked_div(record_bytes as u64).unwrap_or(0);
    if header.is_discontinuous || record_bytes > LARGEST_RECORD || count == 0 {
        return Ok(None);
    }
    let mut remarks = Vec::new();
    let chosen = channels::choose(&header.signals, &mut remarks).in_file(path)?;
    let chosen = chosen.iter().filter_map(|&index| Some((header.signals.get(index)?.clone(), *layouts.get(index)?)));
    let signals: Vec<(Signal, Layout)> = chosen.collect();
    let densest = signals.iter().map(|(signal, _)| signal.samples_per_record).max().unwrap_or(1);
    remarks.extend(count_remark(&header, count));

    // The first data record tells the fraction of a second at which it begins.
    let beginning = files.slice(path, 0..(header.n_bytes as u64).saturating_add(record_bytes as u64))?;
    let start = match Records::find(&header, &layouts, &beginning, &mut Vec::new()) {
        Ok(records) => header.start.as_ref().map(|start| records.start(start)),
        Err(_) => header.start.clone(),
    };
    let own: Vec<&Signal> = signals.iter().map(|(signal, _)| signal).collect();
    let leads = named_leads(&header, &own, own.iter().map(|_| Vec::new()).collect(), &mut remarks);
    if header.signals.iter().any(|signal| signal.is_annotations) {
        remarks.push(Remark::AnnotationsNotRead);
    }
    let record = Record {
        name: stem_of(path).to_string(),
        fs: rate_of(&header, densest),
        leads,
        start,
        annotations: Vec::new(),
        provenance: provenance(path, remarks),
    };
    let len = count.saturating_mul(densest as u64);
    let is_unknown = |place: usize| signals.get(place).is_some_and(|(signal, _)| known_unit(signal).is_none());
    let has_unknown = (0..signals.len()).any(is_unknown);
    let records = |assumed| DataRecords {
        path: path.to_string(),
        offset: header.n_bytes as u64,
        count,
        densest,
        signals: signals.clone(),
        assumed,
    };
    let mut long = Long::new(record, len, records(1.0));
    if has_unknown {
        let assumed = long.assume_unit(files, is_unknown)?;
        long.record.provenance.remarks.push(assumed.remark());
        long = Long::new(long.record, len, records(assumed.millivolts as f32));
    }
    Ok(Some(long))
}

impl Stretches for DataRecords {
    fn read(&self, files: &FileSet, samples: Range<u64>) -> Result<Vec<Vec<f32>>, ReadError> {
        let densest = self.densest as u64;
        let Some((_, Layout { record_bytes, .. })) = self.signals.first() else { return Ok(Vec::new()) };
        // One more than wanted: a sparser signal's line goes on to the first sample of the next record.
        let end = samples.end.div_ceil(densest).saturating_add(1).min(self.count);
        let byte = |record: u64| record.saturating_mul(*record_bytes as u64).saturating_add(self.offset);
        let bytes = files.slice(&self.path, byte(samples.start / densest)..byte(end))?;
        let lead = |(signal, layout): &(Signal, Layout)| {
            let amplitude = amplitude_of(signal);
            let mut own = Vec::with_capacity(bytes.len() / record_bytes.max(&1) * signal.samples_per_record);
            layout.decode(&bytes, |digital| own.push(amplitude(digital)));
            let mut lead = within(drawn_out(own, signal.samples_per_record, self.densest), &samples, densest);
            if known_unit(signal).is_none() {
                lead.iter_mut().for_each(|sample| *sample *= self.assumed);
            }
            lead
        };
        Ok(self.signals.iter().map(lead).collect())
    }
}
