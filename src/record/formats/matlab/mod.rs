//! MATLAB `.mat` files: CinC 2017 to 2021 keep recordings in such of level 4 (`val`, int16), CPSC 2018 in such of level
//! 5 (`ECG.data`), and people save what they have in either.
//!
//! - `level4`, `level5`: what lies in a file of that level. MATLAB 7.3 writes HDF5 instead, which is answered with how to
//!   save the file again.
//! - `value`: matrices, texts and structs, of whichever level.
//! - `search`: which of them is the ECG, and its sampling rate and unit.
//!
//! Written by hand after MathWorks, "MAT-File Format": of the crates, `matfile` 0.5 reads no structs and `matrw` 0.1
//! panics on a damaged file and unpacks without bounds; neither reads level 4.

mod level4;
mod level5;
mod search;
mod value;

use super::{Format, Outline};
use crate::record::fault::{FileKind, MatlabFault};
use crate::record::file_set::{FileSet, Head};
use crate::record::lead_name::{names_for, numbered};
use crate::record::units::assume_unit;
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark, Unsampled, file_set};
use search::{Found, MOST_LEADS, Signal};
use value::{Matrix, Named, Number};

pub const FORMAT: Format = Format { name: "MATLAB", recognise, outline, read, hint, long: None };

/// ADC units in a millivolt in the integer matrices `val` of PhysioNet's challenges; the file itself does not say.
const CHALLENGE_GAIN: f64 = 1000.0;

fn is_hdf5(bytes: &[u8]) -> bool {
    const SIGNATURE: &[u8] = b"\x89HDF\r\n\x1a\n";
    bytes.starts_with(b"MATLAB 7.3 MAT-file")
        || bytes.starts_with(b"MATLAB") && bytes.get(512..).is_some_and(|rest| rest.starts_with(SIGNATURE))
}

fn recognise(head: &Head) -> bool {
    is_hdf5(&head.bytes) || level5::recognise(&head.bytes) || level4::recognise(&head.bytes)
}

fn outline(files: &FileSet, path: &str) -> Result<Outline, ReadError> {
    match is_hdf5(&files.head(path)?.bytes) {
        true => Err(ReadError::new(path, MatlabFault::Hdf5)),
        false => Ok(Outline::of_file(path)),
    }
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    head.has_extension("mat").then(|| match head.bytes.starts_with(b"\x89HDF\r\n\x1a\n") {
        true => MatlabFault::Hdf5.into(),
        false => Fault::NotOne { kind: FileKind::Matlab },
    })
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    if is_hdf5(&bytes) {
        return Err(ReadError::new(path, MatlabFault::Hdf5));
    }
    if level5::recognise(&bytes) {
        let contents = level5::Contents::unpack(&bytes).in_file(path)?;
        return reading(path, "MATLAB 5", &contents.variables());
    }
    reading(path, "MATLAB 4", &level4::variables(&bytes).in_file(path)?)
}

fn reading(path: &str, format: &str, variables: &[Named]) -> Result<Reading, ReadError> {
    let Some(found) = search::find(variables) else {
        return Err(ReadError::new(path, MatlabFault::NoMatrix));
    };
    let (names, mut leads) = match &found.signal {
        Signal::Matrix(matrix) => {
            if matrix.n_leads() > MOST_LEADS {
                let (name, rows, columns) = (found.path.join("."), matrix.n_rows, matrix.n_columns);
                return Err(ReadError::new(path, MatlabFault::NotLeads { name, rows, columns }));
            }
            (None, matrix.leads())
        }
        Signal::Leads(leads) => {
            let names = leads.iter().map(|(name, _)| name.to_string()).collect();
            (Some(numbered(names)), leads.iter().flat_map(|(_, lead)| lead.leads()).collect())
        }
    };
    let (millivolts, remark) = scale(&found, &leads);
    leads.iter_mut().flatten().for_each(|sample| *sample = (f64::from(*sample) * millivolts) as f32);
    let names = names.unwrap_or_else(|| names_for(&leads));
    let fs = found.sampling_rate();
    let record = Record {
        name: file_set::stem_of(path).to_string(),
        fs: fs.unwrap_or(f64::NAN),
        leads: names.into_iter().zip(leads).map(|(name, samples)| Lead { name, samples }).collect(),
        start: None,
        annotations: Vec::new(),
        provenance: Provenance {
            format: format.to_string(),
            files: vec![path.to_string()],
            remarks: remark.into_iter().collect(),
            synthetic: false,
        },
    };
    if fs.is_some() {
        return Ok(Reading::Complete(record));
    }
    // CinC 2017 has one lead at 300 Hz, CinC 2020 and 2021 have twelve, most of them at 500 Hz, as CPSC 2018 has.
    let suggested = match challenge_matrix(&found) {
        Some(matrix) if matrix.n_leads() == 1 => Some(300.0),
        Some(_) => Some(500.0),
        None if found.is_cpsc_2018() => Some(500.0),
        None => None,
    };
    let unsampled = Unsampled::new(record);
    Ok(Reading::NeedsSamplingRate(match suggested {
        Some(fs) => unsampled.with_suggestion(fs),
        None => unsampled,
    }))
}

/// The matrix `val` of integers, in ADC units, which PhysioNet's challenges have.
fn challenge_matrix<'f, 'a>(found: &Found<'f, 'a>) -> Option<&'f Matrix<'a>> {
    match found.signal {
        Signal::Matrix(matrix) if found.path == ["val"] && matrix.number == Number::I16 => Some(matrix),
        _ => None,
    }
}

/// Millivolts in one of the file's units, and what to say where they were assumed.
fn scale(found: &Found, leads: &[Vec<f32>]) -> (f64, Option<Remark>) {
    if let Some(millivolts) = found.millivolts() {
        return (millivolts, None);
    }
    if challenge_matrix(found).is_some() {
        return (1.0 / CHALLENGE_GAIN, Some(Remark::AssumedScale { gain: CHALLENGE_GAIN }));
    }
    let unit = assume_unit(leads.iter().map(Vec::as_slice));
    (unit.millivolts, Some(unit.remark()))
}

#[cfg(test)]
mod tests;
