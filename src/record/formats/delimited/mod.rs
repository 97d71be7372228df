//! Columns of numbers: CSV and its relatives, as spreadsheets, watches and toolboxes export recordings.
//!
//! - `table`: where the numbers begin, and what parts the columns; the crate `csv` reads the rows.
//! - `cell`: numbers, clock times, empty cells.
//! - `preamble`: what the lines above the numbers say.
//! - `open_signals`: the header of OpenSignals' files, which says what each column is.
//! - `columns`: what each column is: a lead, the time, something else.
//! - `time_column`: sampling rate and gaps from a column of times.
//!
//! Nothing standardises such files, so whatever is assumed is said in the recording's remarks, and the sampling rate
//! is asked for where the file does not tell it.

mod cell;
mod columns;
mod open_signals;
pub(super) mod preamble;
mod table;
pub(super) mod time_column;

use std::borrow::Cow;

use super::{Format, Outline, text};
use crate::record::fault::ColumnsFault;
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::{lead_name, names_for, numbered};
use crate::record::units::assume_unit;
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark, Unsampled};
use columns::{Columns, Found};
use open_signals::OpenSignals;
use preamble::Preamble;
use table::Table;

pub const FORMAT: Format =
    Format { name: "CSV or text", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint, long: None };

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    text::with_plain_numbers(text::decode(bytes))
}

fn recognise(head: &Head) -> bool {
    if !text::is_text(&head.bytes) {
        return false;
    }
    let text = decode(&head.bytes);
    // The last line may be cut short; unless it is the only one, it is left out.
    let whole_lines = match text.rfind('\n') {
        Some(end) if !head.is_whole() => &text[..end],
        _ => &text,
    };
    !text.trim_start().starts_with(['<', '{']) && Table::find(whole_lines).is_some()
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    let text = text::is_text(&head.bytes).then(|| text::decode(&head.bytes))?;
    let is_other = text.trim_start().starts_with(['<', '{']);
    Some(if is_other { ColumnsFault::OtherText } else { ColumnsFault::NoColumns }.into())
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let text = decode(&bytes);
    let table = Table::find(&text).ok_or(ColumnsFault::NoColumns).in_file(path)?;
    let preamble = Preamble(&text[..table.data_start]);
    let stated = OpenSignals::parse(preamble.0).filter(|stated| stated.columns.len() <= table.kinds.len());
    let Columns { mut leads, time, suggested_fs, mut remarks } =
        columns::read(&text, &table, stated.as_ref()).in_file(path)?;

    match &stated {
        Some(stated) => scale_as_stated(&mut leads, stated, &mut remarks),
        None => scale(&mut leads, preamble.millivolts(), &mut remarks),
    }
    let stated_fs = stated.as_ref().and_then(|stated| stated.fs).or_else(|| preamble.sampling_rate());
    if let Some(axis) = &time {
        columns::fill_gaps(&mut leads, &axis.gaps, &mut remarks);
        if axis.unevenness > 0.6 {
            remarks.push(Remark::UnevenTime);
        }
        if let Some(stated) = stated_fs.filter(|stated| (stated - axis.fs).abs() > 0.01 * stated) {
            remarks.push(Remark::OtherRateByTime { stated, measured: axis.fs });
        }
    }
    let fs = time.map(|axis| axis.fs).or(stated_fs);
    let names = names_of(&leads, &preamble);
    let leads = names.into_iter().zip(leads).map(|(name, lead)| Lead { name, samples: lead.samples });
    let record = Record {
        name: stem_of(path).to_string(),
        fs: fs.unwrap_or(f64::NAN),
        leads: leads.collect(),
        start: stated.and_then(|stated| stated.start).or_else(|| preamble.start()),
        annotations: Vec::new(),
        provenance: Provenance {
            format: FORMAT.name.to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    };
    Ok(match (fs, suggested_fs) {
        (Some(_), _) => Reading::Complete(record),
        (None, Some(suggested)) => Reading::NeedsSamplingRate(Unsampled::new(record).with_suggestion(suggested)),
        (None, None) => Reading::NeedsSamplingRate(Unsampled::new(record)),
    })
}

/// Brings all leads to mV: by the column's own unit, else by the one that the preamble names, else by how large they
/// are.
fn scale(leads: &mut [Found], of_all: Option<f64>, remarks: &mut Vec<Remark>) {
    let without_unit = leads.iter().filter(|lead| lead.millivolts.is_none()).map(|lead| lead.samples.as_slice());
    let assumed = if of_all.is_none() && leads.iter().any(|lead| lead.millivolts.is_none()) {
        let unit = assume_unit(without_unit);
        remarks.push(unit.remark());
        unit.millivolts
    } else {
        1.0
    };
    for lead in leads {
        let factor = lead.millivolts.or(of_all).unwrap_or(assumed);
        lead.samples.iter_mut().for_each(|sample| *sample = (f64::from(*sample) * factor) as f32);
    }
}

/// Brings the leads of an OpenSignals file to mV; they have no names of their own, only those of ports.
fn scale_as_stated(leads: &mut [Found], stated: &OpenSignals, remarks: &mut Vec<Remark>) {
    let columns = || stated.columns.iter().filter(|column| column.is_ecg);
    for (lead, column) in leads.iter_mut().zip(columns()) {
        lead.samples.iter_mut().for_each(|sample| *sample = column.millivolts(*sample));
        lead.name = String::new();
    }
    if columns().any(|column| column.bits.is_some()) {
        remarks.push(Remark::SensorScale);
    }
}

fn names_of(leads: &[Found], preamble: &Preamble) -> Vec<String> {
    if leads.iter().all(|lead| lead.name.is_empty()) {
        return match (leads, preamble.lead()) {
            ([_], Some(name)) => vec![name.to_string()],
            _ => names_for(&leads.iter().map(|lead| lead.samples.as_slice()).collect::<Vec<&[f32]>>()),
        };
    }
    numbered(leads.iter().map(|lead| lead_name(&lead.name)).collect())
}

#[cfg(test)]
mod tests;
