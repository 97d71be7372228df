//! MATLAB `.mat` files of version 4: matrices of numbers, as CinC 2017 keeps its recordings in (`val`, int16).
//!
//! Written by hand after MathWorks, "MAT-File Format", chapter 2, "Level 4 MAT-File Format": each matrix has a header
//! of five 32-bit numbers, its name, and its numbers column by column.

use super::{Format, Outline};
use crate::record::file_set::{FileSet, Head};
use crate::record::lead_name::names_for;
use crate::record::units::assume_unit;
use crate::record::{FormatError, Lead, Provenance, Reading, Record, Unsampled, file_set};

pub const FORMAT: Format =
    Format { name: "MATLAB", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint };

/// ADC units in a millivolt in the int16 matrices `val` of PhysioNet's challenges; the file itself does not say.
const CHALLENGE_GAIN: f64 = 1000.0;
/// Most leads that a matrix can have: the shorter side of one with more is no row of leads.
const MOST_LEADS: usize = 64;

/// How a matrix's numbers are stored: the `P` of the type field.
#[derive(Clone, Copy, PartialEq)]
enum Number {
    F64,
    F32,
    I32,
    I16,
    U16,
    U8,
}

/// One matrix in the file.
struct Matrix<'a> {
    name: String,
    n_rows: usize,
    n_columns: usize,
    number: Number,
    big_endian: bool,
    data: &'a [u8],
}

/// The five numbers before a matrix, understood.
struct MatrixHeader {
    big_endian: bool,
    number: Number,
    /// 0 for numbers, 1 for text, 2 for a sparse matrix: the `T` of the type field.
    kind: i32,
    n_rows: usize,
    n_columns: usize,
    imaginary: bool,
    name_length: usize,
}

const HEADER_BYTES: usize = 20;
const LONGEST_NAME: usize = 64;

fn is_version_5(bytes: &[u8]) -> bool {
    bytes.starts_with(b"MATLAB 5.0 MAT-file") || bytes.starts_with(b"MATLAB 7.3 MAT-file")
}

fn recognise(head: &Head) -> bool {
    if is_version_5(&head.bytes) {
        return true;
    }
    let Some(header) = MatrixHeader::parse(&head.bytes) else { return false };
    let name = head.bytes.get(HEADER_BYTES..HEADER_BYTES + header.name_length);
    name.is_some_and(|name| name.split_last().is_some_and(|(end, name)| *end == 0 && is_identifier(name)))
}

fn is_identifier(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_alphabetic) && name.iter().all(|c| c.is_ascii_alphanumeric() || *c == b'_')
}

fn hint(_: &FileSet, head: &Head) -> Option<String> {
    head.has_extension("mat")
        .then(|| "This is no MATLAB file, or only a piece of one; it may be damaged or cut off.".to_string())
}

fn read(files: &FileSet, path: &str) -> Result<Reading, FormatError> {
    let bytes = files.read(path)?;
    if is_version_5(&bytes) {
        let reason = "MATLAB files of version 5 and later are not read yet; save it again with save(..., '-v4'), or \
                      drop the .hea file that belongs to it beside it.";
        return Err(FormatError::new(path, reason));
    }
    let matrices = Matrix::all(&bytes).map_err(|reason| FormatError::new(path, reason))?;
    let signal = matrices.iter().filter(|matrix| matrix.n_rows.min(matrix.n_columns) >= 1);
    let signal = signal.max_by_key(|matrix| (matrix.name == "val", matrix.n_rows * matrix.n_columns));
    let Some(signal) = signal.filter(|matrix| matrix.n_rows * matrix.n_columns > 1) else {
        return Err(FormatError::new(path, "This MATLAB file holds no matrix of samples."));
    };
    if signal.n_rows.min(signal.n_columns) > MOST_LEADS {
        let (name, rows, columns) = (&signal.name, signal.n_rows, signal.n_columns);
        let reason =
            format!("The matrix {name} has {rows} rows and {columns} columns, which are not leads and samples.");
        return Err(FormatError::new(path, reason));
    }
    let mut leads = signal.leads();
    let is_challenge = signal.name == "val" && signal.number == Number::I16;
    let (millivolts, remark) = if is_challenge {
        let remark = format!("The file does not say its scale; {CHALLENGE_GAIN} ADC units per mV were assumed.");
        (1.0 / CHALLENGE_GAIN, remark)
    } else {
        let unit = assume_unit(leads.iter().map(Vec::as_slice));
        (unit.millivolts, unit.remark())
    };
    leads.iter_mut().flatten().for_each(|sample| *sample = (f64::from(*sample) * millivolts) as f32);
    let names = names_for(&leads);
    let n_leads = leads.len();
    let fs = matrices.iter().find_map(Matrix::sampling_rate);
    let record = Record {
        name: file_set::stem_of(path).to_string(),
        fs: fs.unwrap_or(f64::NAN),
        leads: names.into_iter().zip(leads).map(|(name, samples)| Lead { name, samples }).collect(),
        start: None,
        annotations: Vec::new(),
        provenance: Provenance {
            format: "MATLAB 4".to_string(),
            files: vec![path.to_string()],
            remarks: vec![remark],
            synthetic: false,
        },
    };
    Ok(match fs {
        Some(_) => Reading::Complete(record),
        // CinC 2017 has one lead at 300 Hz, CinC 2020 and 2021 have twelve, most of them at 500 Hz.
        None if is_challenge && n_leads == 1 => {
            Reading::NeedsSamplingRate(Unsampled::new(record).with_suggestion(300.0))
        }
        None if is_challenge => Reading::NeedsSamplingRate(Unsampled::new(record).with_suggestion(500.0)),
        None => Reading::NeedsSamplingRate(Unsampled::new(record)),
    })
}

impl MatrixHeader {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (fields, _) = bytes.get(..HEADER_BYTES)?.as_chunks::<4>();
        // The type is MOPT in decimal digits, below 5000 in its own byte order and enormous in the other one (except
        // 0, which is little-endian with 64-bit numbers).
        let big_endian = !(0..5000).contains(&i32::from_le_bytes(fields[0]));
        let field = |index: usize| match big_endian {
            true => i32::from_be_bytes(fields[index]),
            false => i32::from_le_bytes(fields[index]),
        };
        let code = field(0);
        let (machine, reserved, precision, kind) = (code / 1000, code / 100 % 10, code / 10 % 10, code % 10);
        let number = *[Number::F64, Number::F32, Number::I32, Number::I16, Number::U16, Number::U8]
            .get(usize::try_from(precision).ok()?)?;
        let name_length = usize::try_from(field(4)).ok()?;
        // 2 to 4 are VAX and Cray numbers.
        let possible = machine == i32::from(big_endian) && reserved == 0 && (0..=2).contains(&kind);
        (possible && (0..=1).contains(&field(3)) && (2..=LONGEST_NAME).contains(&name_length)).then_some(())?;
        Some(Self {
            big_endian,
            number,
            kind,
            n_rows: usize::try_from(field(1)).ok()?,
            n_columns: usize::try_from(field(2)).ok()?,
            imaginary: field(3) == 1,
            name_length,
        })
    }
}

impl<'a> Matrix<'a> {
    /// All numeric matrices in the file; text and sparse matrices are passed over.
    fn all(mut bytes: &'a [u8]) -> Result<Vec<Self>, String> {
        let mut matrices = Vec::new();
        while !bytes.is_empty() {
            let Some(header) = MatrixHeader::parse(bytes) else {
                if matrices.is_empty() {
                    return Err("This MATLAB file is damaged or cut off.".to_string());
                }
                break;
            };
            let start = (HEADER_BYTES + header.name_length).min(bytes.len());
            let name = bytes[HEADER_BYTES..start].split(|c| *c == 0).next().unwrap_or_default();
            let name = String::from_utf8_lossy(name).into_owned();
            let (rows, columns) = (header.n_rows, header.n_columns);
            let real = rows.checked_mul(columns).and_then(|count| count.checked_mul(header.number.bytes()));
            let whole = real.and_then(|size| size.checked_mul(if header.imaginary { 2 } else { 1 }));
            let data = &bytes[start..];
            let (Some(real), Some(whole)) = (real, whole.filter(|&whole| whole <= data.len())) else {
                return Err(format!(
                    "The matrix {name} should have {rows} × {columns} numbers, but the file ends after {}; it is cut off.",
                    data.len() / header.number.bytes()
                ));
            };
            if header.kind == 0 {
                let (number, big_endian) = (header.number, header.big_endian);
                matrices.push(Self { name, n_rows: rows, n_columns: columns, number, big_endian, data: &data[..real] });
            }
            bytes = &data[whole..];
        }
        Ok(matrices)
    }

    /// Leads lie along the shorter side.
    fn leads(&self) -> Vec<Vec<f32>> {
        let (rows, columns) = (self.n_rows, self.n_columns);
        // Numbers lie column by column: element (row, column) at `column * rows + row`.
        let lead = |start: usize, step: usize, count: usize| -> Vec<f32> {
            (0..count).map(|index| self.value(start + index * step) as f32).collect()
        };
        match rows <= columns {
            true => (0..rows).map(|row| lead(row, rows, columns)).collect(),
            false => (0..columns).map(|column| lead(column * rows, 1, rows)).collect(),
        }
    }

    fn value(&self, index: usize) -> f64 {
        fn bytes<const N: usize>(data: &[u8], index: usize, big_endian: bool) -> [u8; N] {
            let mut bytes = std::array::from_fn(|offset| data.get(index * N + offset).copied().unwrap_or(0));
            if big_endian {
                bytes.reverse();
            }
            bytes
        }
        let (data, big) = (self.data, self.big_endian);
        match self.number {
            Number::F64 => f64::from_le_bytes(bytes(data, index, big)),
            Number::F32 => f32::from_le_bytes(bytes(data, index, big)).into(),
            Number::I32 => i32::from_le_bytes(bytes(data, index, big)).into(),
            Number::I16 => i16::from_le_bytes(bytes(data, index, big)).into(),
            Number::U16 => u16::from_le_bytes(bytes(data, index, big)).into(),
            Number::U8 => u8::from_le_bytes(bytes(data, index, big)).into(),
        }
    }

    /// The matrix's one number, where it is called like a sampling rate.
    fn sampling_rate(&self) -> Option<f64> {
        let names =
            ["fs", "sfreq", "freq", "frequency", "sampling_rate", "samplingrate", "sampling_frequency", "srate"];
        let is_one = (self.n_rows, self.n_columns) == (1, 1) && names.contains(&self.name.to_lowercase().as_str());
        is_one.then(|| self.value(0)).filter(|fs| fs.is_finite() && *fs > 0.0)
    }
}

impl Number {
    fn bytes(self) -> usize {
        match self {
            Number::F64 => 8,
            Number::F32 | Number::I32 => 4,
            Number::I16 | Number::U16 => 2,
            Number::U8 => 1,
        }
    }
}

#[cfg(test)]
mod tests;
