//! Level 4 MAT-files: each matrix has a header of five 32-bit numbers, its name, and its numbers column by column.

use std::borrow::Cow;

use super::value::{Matrix, Named, Number, Value};
use crate::record::fault::{Fault, FileKind, MatlabFault};

/// The five numbers before a matrix, understood.
pub struct Header {
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

/// Whether the bytes begin with a matrix that has a name.
pub fn recognise(bytes: &[u8]) -> bool {
    let Some(header) = Header::parse(bytes) else { return false };
    let name = bytes.get(HEADER_BYTES..HEADER_BYTES + header.name_length);
    name.is_some_and(|name| name.split_last().is_some_and(|(end, name)| *end == 0 && is_identifier(name)))
}

fn is_identifier(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_alphabetic) && name.iter().all(|c| c.is_ascii_alphanumeric() || *c == b'_')
}

/// All matrices in the file but sparse ones.
///
/// # Errors
/// Where the file is damaged or cut off.
pub fn variables(mut bytes: &[u8]) -> Result<Vec<Named<'_>>, Fault> {
    let mut variables = Vec::new();
    while !bytes.is_empty() {
        let Some(header) = Header::parse(bytes) else {
            if variables.is_empty() {
                return Err(Fault::Damaged { kind: FileKind::Matlab });
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
            let there = data.len() / header.number.bytes();
            return Err(MatlabFault::CutOff { name, rows, columns, there }.into());
        };
        let matrix = Matrix {
            n_rows: rows,
            n_columns: columns,
            number: header.number,
            big_endian: header.big_endian,
            data: Cow::Borrowed(&data[..real]),
        };
        match header.kind {
            0 => variables.push(Named { name, value: Value::Matrix(matrix) }),
            1 => {
                let letter = |index| char::from_u32(matrix.value(index) as u32).unwrap_or('\u{fffd}');
                let text = (0..rows * columns).map(letter).collect();
                variables.push(Named { name, value: Value::Text(text) });
            }
            _ => {}
        }
        bytes = &data[whole..];
    }
    Ok(variables)
}

impl Header {
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
