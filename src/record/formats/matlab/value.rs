//! What a MATLAB file holds, whichever level it is of.

use std::borrow::Cow;

/// A value that has a name: a variable, or a field of a struct.
pub struct Named<'a> {
    pub name: String,
    pub value: Value<'a>,
}

pub enum Value<'a> {
    Matrix(Matrix<'a>),
    Text(String),
    /// The fields of a struct; those of all its elements, where it is an array of structs. The contents of a cell
    /// array, whose names are empty.
    Group(Vec<Named<'a>>),
}

impl Value<'_> {
    /// The one number that this is, also where it is written as text (`500 Hz`).
    pub fn scalar(&self) -> Option<f64> {
        match self {
            Value::Matrix(matrix) => ((matrix.n_rows, matrix.n_columns) == (1, 1)).then(|| matrix.value(0)),
            Value::Text(text) => {
                let text = text.trim();
                let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
                text.get(..end)?.parse().ok()
            }
            Value::Group(_) => None,
        }
    }
}

/// How a matrix's numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    F64,
    F32,
    I64,
    U64,
    I32,
    U32,
    I16,
    U16,
    I8,
    U8,
}

impl Number {
    pub fn bytes(self) -> usize {
        match self {
            Number::F64 | Number::I64 | Number::U64 => 8,
            Number::F32 | Number::I32 | Number::U32 => 4,
            Number::I16 | Number::U16 => 2,
            Number::I8 | Number::U8 => 1,
        }
    }
}

/// A matrix of real numbers, which lie column by column: element (row, column) at `column * n_rows + row`.
pub struct Matrix<'a> {
    pub n_rows: usize,
    pub n_columns: usize,
    pub number: Number,
    pub big_endian: bool,
    /// At least `n_rows * n_columns` numbers.
    pub data: Cow<'a, [u8]>,
}

impl Matrix<'_> {
    /// Samples of a lead: leads lie along the shorter side.
    pub fn length(&self) -> usize {
        self.n_rows.max(self.n_columns)
    }

    pub fn n_leads(&self) -> usize {
        self.n_rows.min(self.n_columns)
    }

    /// The leads, in the file's unit.
    pub fn leads(&self) -> Vec<Vec<f32>> {
        let (rows, columns) = (self.n_rows, self.n_columns);
        let lead = |start: usize, step: usize, count: usize| -> Vec<f32> {
            (0..count).map(|index| self.value(start + index * step) as f32).collect()
        };
        match rows <= columns {
            true => (0..rows).map(|row| lead(row, rows, columns)).collect(),
            false => (0..columns).map(|column| lead(column * rows, 1, rows)).collect(),
        }
    }

    /// The number at `index`, counted column by column.
    pub fn value(&self, index: usize) -> f64 {
        fn bytes<const N: usize>(data: &[u8], index: usize, big_endian: bool) -> [u8; N] {
            let mut bytes = std::array::from_fn(|offset| data.get(index * N + offset).copied().unwrap_or(0));
            if big_endian {
                bytes.reverse();
            }
            bytes
        }
        let (data, big) = (&*self.data, self.big_endian);
        match self.number {
            Number::F64 => f64::from_le_bytes(bytes(data, index, big)),
            Number::F32 => f32::from_le_bytes(bytes(data, index, big)).into(),
            Number::I64 => i64::from_le_bytes(bytes(data, index, big)) as f64,
            Number::U64 => u64::from_le_bytes(bytes(data, index, big)) as f64,
            Number::I32 => i32::from_le_bytes(bytes(data, index, big)).into(),
            Number::U32 => u32::from_le_bytes(bytes(data, index, big)).into(),
            Number::I16 => i16::from_le_bytes(bytes(data, index, big)).into(),
            Number::U16 => u16::from_le_bytes(bytes(data, index, big)).into(),
            Number::I8 => i8::from_le_bytes(bytes(data, index, big)).into(),
            Number::U8 => u8::from_le_bytes(bytes(data, index, big)).into(),
        }
    }
}
