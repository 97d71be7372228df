//! EDF, EDF+ and BDF: the European data format of sleep laboratories and polygraphs, and BioSemi's with 24 bits.
//!
//! - [`header`]: the header.
//! - [`channels`]: which signals are leads of an ECG.
//! - [`samples`]: samples in the data records.
//! - [`annotation`]: EDF+ annotations, and when each data record begins.
//! - [`records`]: where the data records lie in time.
//! - `long`: stretches of a long recording.
//!
//! Written by hand, after <https://www.edfplus.info/specs/edf.html>, <https://www.edfplus.info/specs/edfplus.html> and
//! <https://www.biosemi.com/faq/file_format.htm>: of the crates, `edf-reader` is from 2019 and asynchronous, `edf-rs`
//! calls itself unstable, and neither reads BDF.

pub mod annotation;
pub mod channels;
pub mod header;
mod long;
pub mod records;
pub mod samples;

use super::{Format, Outline};
use crate::record::fault::{EdfFault, FileKind};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::numbered;
use crate::record::timeline::{drawn_out, drawn_out_remark, is_in_proportion};
use crate::record::units::{assume_unit, millivolts_per};
use crate::record::{Annotation, Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark};
use header::{Header, Signal};
use records::Records;
use samples::{Layout, Scale};

pub const FORMAT: Format = Format {
    name: "EDF/BDF",
    recognise: |head| header::recognise(&head.bytes).is_some(),
    outline: |_, path| Ok(Outline::of_file(path)),
    read,
    hint,
    long: Some(long::open),
};

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    let is_called = ["edf", "bdf", "rec"].iter().any(|extension| head.has_extension(extension));
    is_called.then_some(Fault::NotOne { kind: FileKind::Edf })
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let header = Header::parse(&bytes).in_file(path)?;
    let mut remarks = Vec::new();
    let chosen = channels::choose(&header.signals, &mut remarks).in_file(path)?;
    let layouts = Layout::all(&header);
    let records = Records::find(&header, &layouts, &bytes, &mut remarks).in_file(path)?;
    let chosen: Vec<(&Signal, &Layout)> =
        chosen.iter().filter_map(|&index| Some((header.signals.get(index)?, layouts.get(index)?))).collect();

    let densest = chosen.iter().map(|(signal, _)| signal.samples_per_record).max().unwrap_or(1);
    let rate = |samples_per_record: usize| rate_of(&header, samples_per_record);
    let runs = records.runs(densest);
    let length = runs.iter().map(|run| run.end(densest)).max().unwrap_or(0);
    let n_leads = chosen.len() as u64;
    let there = (records.count as u64).saturating_mul(densest as u64).saturating_mul(n_leads);
    if !is_in_proportion(there, length.saturating_mul(n_leads)) {
        return Err(ReadError::new(path, EdfFault::MostlyGaps));
    }
    if runs.len() > 1 {
        remarks.push(Remark::Interrupted { times: runs.len() - 1 });
    }
    let mut leads: Vec<Vec<f32>> = Vec::new();
    for (signal, layout) in &chosen {
        let amplitude = amplitude_of(signal);
        let mut lead: Vec<f32> = Vec::with_capacity(length as usize);
        for run in &runs {
            let mut samples = Vec::with_capacity(run.n_records * signal.samples_per_record);
            let bytes = records.bytes_of(run.first_record..run.first_record + run.n_records);
            layout.decode(bytes, |digital| samples.push(amplitude(digital)));
            lead.resize(run.position as usize, f32::NAN);
            lead.extend(drawn_out(samples, signal.samples_per_record, densest));
        }
        leads.push(lead);
    }
    assume_units(&chosen, &mut leads, &mut remarks);

    let signals: Vec<&Signal> = chosen.iter().map(|(signal, _)| *signal).collect();
    let leads = named_leads(&header, &signals, leads, &mut remarks);
    Ok(Reading::Complete(Record {
        name: stem_of(path).to_string(),
        fs: rate(densest),
        leads,
        start: header.start.as_ref().map(|start| records.start(start)),
        annotations: annotations(&header, &layouts, &records, length as f64 / rate(densest)),
        provenance: provenance(path, remarks),
    }))
}

fn provenance(path: &str, remarks: Vec<Remark>) -> Provenance {
    Provenance { format: FORMAT.name.to_string(), files: vec![path.to_string()], remarks, synthetic: false }
}

/// The signals with their samples as leads; those of a lower rate are said in the remarks.
fn named_leads(header: &Header, signals: &[&Signal], leads: Vec<Vec<f32>>, remarks: &mut Vec<Remark>) -> Vec<Lead> {
    let names = numbered(signals.iter().map(|signal| channels::name_of(&signal.label)).collect());
    let rates = signals.iter().map(|signal| rate_of(header, signal.samples_per_record));
    let rates: Vec<(&str, f64)> = names.iter().map(String::as_str).zip(rates).collect();
    let densest = rates.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
    remarks.extend(drawn_out_remark(&rates, densest));
    names.into_iter().zip(leads).map(|(name, samples)| Lead { name, samples }).collect()
}

/// How a signal's digital values become mV. Of a signal without ranges, the digital values: their unit is assumed.
fn amplitude_of(signal: &Signal) -> impl Fn(i32) -> f32 + use<> {
    let scale = Scale::of(signal).unwrap_or(Scale { gain: 1.0, offset: 0.0 });
    let millivolts = known_unit(signal).unwrap_or(1.0);
    move |digital| (scale.amplitude(digital) * millivolts) as f32
}

/// Hz.
fn rate_of(header: &Header, samples_per_record: usize) -> f64 {
    whole_if_close(samples_per_record as f64 / header.record_seconds)
}

/// Samples a record over seconds a record, without what division leaves of 250 Hz in records of 0.1 s.
fn whole_if_close(fs: f64) -> f64 {
    if (fs - fs.round()).abs() < 1e-6 * fs { fs.round() } else { fs }
}

/// Millivolts in the unit of a signal; `None` where the header leaves unit or ranges open.
fn known_unit(signal: &Signal) -> Option<f64> {
    millivolts_per(&signal.unit).filter(|_| Scale::of(signal).is_some())
}

/// Leads whose unit is not known are scaled as their size suggests.
fn assume_units(chosen: &[(&Signal, &Layout)], leads: &mut [Vec<f32>], remarks: &mut Vec<Remark>) {
    let unknown = |pair: &(&Signal, &Layout)| known_unit(pair.0).is_none();
    if !chosen.iter().any(unknown) {
        return;
    }
    let of_unknown = chosen.iter().zip(leads.iter()).filter(|(pair, _)| unknown(pair)).map(|(_, lead)| lead.as_slice());
    let assumed = assume_unit(of_unknown);
    for (_, lead) in chosen.iter().zip(leads).filter(|(pair, _)| unknown(pair)) {
        lead.iter_mut().for_each(|sample| *sample *= assumed.millivolts as f32);
    }
    remarks.push(assumed.remark());
}

/// The annotations within the recording's `seconds`, in order of time, in seconds from the first sample.
fn annotations(header: &Header, layouts: &[Layout], records: &Records, seconds: f64) -> Vec<Annotation> {
    let signals = header.signals.iter().zip(layouts).filter(|(signal, _)| signal.is_annotations);
    let lists = signals.flat_map(|(_, layout)| layout.stretches(records.bytes).flat_map(annotation::parse));
    let marks = lists.flat_map(|tal| {
        let time = tal.onset - records.first_onset;
        tal.texts.into_iter().map(move |text| Annotation { time, text })
    });
    let mut marks: Vec<Annotation> = marks.filter(|mark| (0.0..=seconds).contains(&mark.time)).collect();
    marks.sort_by(|a, b| a.time.total_cmp(&b.time));
    marks
}

#[cfg(test)]
mod tests;
