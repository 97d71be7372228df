//! Data records, and where they lie in time.

use std::ops::Range;

use super::annotation::record_onset;
use super::header::Header;
use super::samples::Layout;
use crate::record::Remark;
use crate::record::fault::EdfFault;

/// The data records of a file.
pub struct Records<'a> {
    /// All whole data records.
    pub bytes: &'a [u8],
    pub count: usize,
    /// When the first data record begins, in seconds from the file's start time: a fraction of a second, mostly.
    pub first_onset: f64,
    record_bytes: usize,
    record_seconds: f64,
    /// Of a discontinuous file: when each data record begins, in seconds after the first.
    onsets: Option<Vec<f64>>,
}

/// Data records without a gap between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    pub first_record: usize,
    pub n_records: usize,
    /// Samples from the recording's first to this run's.
    pub position: u64,
}

impl Run {
    /// One past its last sample, at `samples_per_record`.
    pub fn end(&self, samples_per_record: usize) -> u64 {
        self.position.saturating_add((self.n_records as u64).saturating_mul(samples_per_record as u64))
    }
}

/// That the file holds another number of data records than the header says.
pub fn count_remark(header: &Header, count: u64) -> Option<Remark> {
    match header.n_records {
        None => Some(Remark::OpenRecordCount { there: count }),
        Some(promised) if promised != count => Some(Remark::OtherRecordCount { promised, there: count }),
        Some(_) => None,
    }
}

impl<'a> Records<'a> {
    /// Finds the data records in a file. The file's size is believed rather than the header's number of records, as
    /// in MNE; a difference is said in the remarks.
    ///
    /// # Errors
    /// Where there is not one whole record.
    pub fn find(
        header: &Header,
        layouts: &[Layout],
        bytes: &'a [u8],
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, EdfFault> {
        let data = bytes.get(header.n_bytes..).unwrap_or_default();
        let record_bytes = layouts.first().map_or(0, |layout| layout.record_bytes);
        let count = data.len().checked_div(record_bytes).unwrap_or(0);
        if count == 0 {
            return Err(EdfFault::NoRecord);
        }
        remarks.extend(count_remark(header, count as u64));
        let data = data.get(..count * record_bytes).unwrap_or_default();
        let time_keeper = header.signals.iter().zip(layouts).find(|(signal, _)| signal.is_annotations);
        let onsets = time_keeper.map(|(_, layout)| layout.stretches(data).map(record_onset));
        let mut onsets = onsets.into_iter().flatten();
        let first_onset = onsets.next().flatten().unwrap_or(0.0);
        let mut records =
            Self { bytes: data, count, first_onset, record_bytes, record_seconds: header.record_seconds, onsets: None };
        if header.is_discontinuous {
            records.onsets = Some(records.in_order(onsets, remarks));
        }
        Ok(records)
    }

    /// The beginning of each data record after the first's. One whose time is missing, or before its predecessor's
    /// end, follows on that.
    fn in_order(&self, later: impl Iterator<Item = Option<f64>>, remarks: &mut Vec<Remark>) -> Vec<f64> {
        let mut onsets = Vec::with_capacity(self.count);
        onsets.push(0.0);
        let mut n_doubtful = 0;
        let mut end = self.record_seconds;
        for onset in later.chain(std::iter::repeat(None)).take(self.count - 1) {
            // Onsets are rounded to what their digits hold.
            let onset =
                onset.map(|onset| onset - self.first_onset).filter(|onset| *onset > end - 0.01 * self.record_seconds);
            n_doubtful += usize::from(onset.is_none());
            let onset = onset.unwrap_or(end);
            onsets.push(onset);
            end = onset + self.record_seconds;
        }
        if n_doubtful > 0 {
            remarks.push(Remark::DoubtfulTimes { records: n_doubtful });
        }
        onsets
    }

    /// The bytes of some data records.
    pub fn bytes_of(&self, records: Range<usize>) -> &'a [u8] {
        let byte = |record: usize| record.saturating_mul(self.record_bytes);
        self.bytes.get(byte(records.start)..byte(records.end)).unwrap_or_default()
    }

    /// Data records put together as far as there are no gaps; positions in samples of a signal with
    /// `samples_per_record`.
    pub fn runs(&self, samples_per_record: usize) -> Vec<Run> {
        let Some(onsets) = &self.onsets else {
            return vec![Run { first_record: 0, n_records: self.count, position: 0 }];
        };
        let per_second = samples_per_record as f64 / self.record_seconds;
        let mut runs: Vec<Run> = Vec::new();
        for (record, onset) in onsets.iter().enumerate() {
            let position = (onset * per_second).round() as u64;
            match runs.last_mut() {
                // Half a sample of rounding is no gap.
                Some(run) if position <= run.end(samples_per_record).saturating_add(1) => run.n_records += 1,
                _ => runs.push(Run { first_record: record, n_records: 1, position }),
            }
        }
        runs
    }

    /// The file's start time with the fraction of a second at which the first data record begins, in ISO 8601.
    pub fn start(&self, start: &str) -> String {
        let milliseconds = (self.first_onset * 1000.0).round();
        match start.contains(':') && (1.0..1000.0).contains(&milliseconds) {
            true => format!("{start}.{milliseconds:03}"),
            false => start.to_string(),
        }
    }
}
