//! Level 5 MAT-files, which MATLAB 5 to 7 write: a header of 128 bytes, then data elements (a type, a size, data), of
//! which those of type `miMATRIX` are variables and those of type `miCOMPRESSED` are variables behind zlib.
//!
//! After MathWorks, "MAT-File Format", chapter 1, "Level 5 MAT-File Format"; tables are named as there.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::ZlibDecoder;

use super::value::{Matrix, Named, Number, Value};
use crate::record::archive::largest_unpacked;
use crate::record::fault::{Fault, FileKind, MatlabFault};

const HEADER_BYTES: usize = 128;
/// Structs and cells inside each other.
const DEEPEST: usize = 24;

// Table 1-1, "MAT-File Data Types".
const MI_INT8: u32 = 1;
const MI_UINT8: u32 = 2;
const MI_UTF8: u32 = 16;
const MI_MATRIX: u32 = 14;
const MI_COMPRESSED: u32 = 15;

// Table 1-3, "MATLAB Array Types (Classes)".
const MX_CELL: u8 = 1;
const MX_STRUCT: u8 = 2;
const MX_OBJECT: u8 = 3;
const MX_CHAR: u8 = 4;
const MX_NUMBERS: std::ops::RangeInclusive<u8> = 6..=15;

pub fn recognise(bytes: &[u8]) -> bool {
    // The text is free, though all writers begin it so; the version and the endian indicator are not.
    let version = bytes.get(124..HEADER_BYTES);
    bytes.starts_with(b"MATLAB 5.0 MAT-file")
        || bytes.starts_with(b"MATLAB") && version.is_some_and(|v| matches!(v, [0, 1, b'I', b'M'] | [1, 0, b'M', b'I']))
}

/// The file's variables, unpacked.
pub struct Contents<'a> {
    /// The data of each `miMATRIX`.
    matrices: Vec<Cow<'a, [u8]>>,
    big_endian: bool,
}

impl<'a> Contents<'a> {
    /// Unpacks what is compressed.
    ///
    /// # Errors
    /// Where the file is damaged or cut off, or would unpack to far more than recordings do.
    pub fn unpack(bytes: &'a [u8]) -> Result<Self, Fault> {
        let damaged = || Fault::Damaged { kind: FileKind::Matlab };
        let big_endian = bytes.get(126..HEADER_BYTES).ok_or_else(damaged)? == b"MI";
        let mut elements = Elements { bytes: &bytes[HEADER_BYTES..], big_endian };
        let mut matrices = Vec::new();
        let mut unpacked = 0u64;
        while !elements.bytes.is_empty() {
            let element = elements.next().filter(|element| element.is_whole).ok_or_else(damaged)?;
            match element.kind {
                MI_COMPRESSED => {
                    let limit = largest_unpacked(bytes.len() as u64).saturating_sub(unpacked);
                    let content = inflate(element.data, limit).map_err(|too_large| match too_large {
                        true => MatlabFault::WouldGrow.into(),
                        false => damaged(),
                    })?;
                    unpacked += content.len() as u64;
                    if (Elements { bytes: &content, big_endian }).next().is_some_and(|it| it.kind == MI_MATRIX) {
                        matrices.push(Cow::Owned(content));
                    }
                }
                MI_MATRIX => matrices.push(Cow::Borrowed(element.whole)),
                _ => {}
            }
        }
        Ok(Self { matrices, big_endian })
    }

    pub fn variables(&self) -> Vec<Named<'_>> {
        let parse = |content| {
            let mut elements = Elements { bytes: content, big_endian: self.big_endian };
            parse_matrix(elements.next()?.data, self.big_endian, DEEPEST)
        };
        self.matrices.iter().filter_map(|content| parse(content)).collect()
    }
}

/// zlib's content, where it is at most `limit` bytes; else whether that was what is wrong.
fn inflate(packed: &[u8], limit: u64) -> Result<Vec<u8>, bool> {
    let mut content = Vec::new();
    ZlibDecoder::new(packed).take(limit.saturating_add(1)).read_to_end(&mut content).map_err(|_| false)?;
    if content.len() as u64 > limit { Err(true) } else { Ok(content) }
}

struct Element<'a> {
    kind: u32,
    data: &'a [u8],
    /// Tag and data.
    whole: &'a [u8],
    /// Whether all the data that the tag promises are there.
    is_whole: bool,
}

/// "Data Element Format": a tag of 8 bytes and data up to the next multiple of 8, or, where the data have at most 4
/// bytes, both in 8 ("Small Data Element Format").
struct Elements<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Elements<'a> {
    fn next(&mut self) -> Option<Element<'a>> {
        let (tag, rest) = self.bytes.split_first_chunk::<8>()?;
        let (tag, _) = tag.as_chunks::<4>();
        let word = |index: usize| word(tag[index], self.big_endian);
        let small_size = (word(0) >> 16) as usize;
        if small_size > 0 {
            let (kind, data) = (word(0) & 0xffff, self.bytes.get(4..4 + small_size.min(4))?);
            let whole = self.bytes.get(..8)?;
            self.bytes = rest;
            return Some(Element { kind, data, whole, is_whole: small_size <= 4 });
        }
        let (kind, size) = (word(0), word(1) as usize);
        let data = rest.get(..size).unwrap_or(rest);
        let whole = self.bytes.get(..8 + data.len())?;
        // Compressed elements are not padded.
        let padded = if kind == MI_COMPRESSED { size } else { size.checked_next_multiple_of(8)? };
        self.bytes = rest.get(padded..).unwrap_or_default();
        Some(Element { kind, data, whole, is_whole: data.len() == size })
    }

    fn matrix(&mut self, depth: usize) -> Option<Named<'a>> {
        let element = self.next()?;
        (element.kind == MI_MATRIX).then_some(())?;
        let nothing = Named { name: String::new(), value: Value::Group(Vec::new()) };
        Some(parse_matrix(element.data, self.big_endian, depth).unwrap_or(nothing))
    }
}

fn word(bytes: [u8; 4], big_endian: bool) -> u32 {
    if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
}

/// "miMATRIX": array flags, dimensions, name, and what the class asks for. `None` where it is a class that holds no
/// signal (sparse matrices, functions, tables), or damaged.
fn parse_matrix(bytes: &[u8], big_endian: bool, depth: usize) -> Option<Named<'_>> {
    let mut elements = Elements { bytes, big_endian };
    let flags = elements.next()?.data;
    // In the word's own byte order the class is the lowest byte, the flags are the next.
    let class = word(*flags.first_chunk()?, big_endian) as u8;
    let (dimensions, _) = elements.next()?.data.as_chunks::<4>();
    // Sides of length 1 say nothing; of more than two that are left, no two are leads and samples.
    let sides = dimensions.iter().map(|side| word(*side, big_endian) as usize);
    let sides: Vec<usize> = sides.filter(|&side| side != 1).take(3).collect();
    let (n_rows, n_columns) = match (sides.as_slice(), dimensions.first()) {
        ([], _) => (1, 1),
        ([length], Some(first)) if word(*first, big_endian) == 1 => (1, *length),
        ([length], _) => (*length, 1),
        ([rows, columns], _) => (*rows, *columns),
        _ => (0, 0),
    };
    let name = String::from_utf8_lossy(elements.next()?.data).into_owned();
    let value = match class {
        MX_STRUCT | MX_OBJECT => fields(elements, class == MX_OBJECT, depth.checked_sub(1)?)?,
        MX_CELL => {
            let depth = depth.checked_sub(1)?;
            Value::Group(std::iter::from_fn(|| elements.matrix(depth)).collect())
        }
        MX_CHAR => text(elements.next()?, big_endian),
        class if MX_NUMBERS.contains(&class) => {
            let element = elements.next()?;
            let matrix =
                Matrix { n_rows, n_columns, number: number(element.kind)?, big_endian, data: element.data.into() };
            let size = n_rows.checked_mul(n_columns)?.checked_mul(matrix.number.bytes())?;
            (size <= element.data.len()).then_some(Value::Matrix(matrix))?
        }
        _ => return None,
    };
    Some(Named { name, value })
}

/// "Structure": the length that field names are padded to, all names, then each field of each element.
fn fields(mut elements: Elements<'_>, is_object: bool, depth: usize) -> Option<Value<'_>> {
    if is_object {
        elements.next()?;
    }
    let length = word(*elements.next()?.data.first_chunk()?, elements.big_endian) as usize;
    let names = elements.next()?.data;
    let names: Vec<String> = names
        .chunks_exact(length.max(1))
        .map(|name| String::from_utf8_lossy(name.split(|c| *c == 0).next().unwrap_or_default()).into_owned())
        .collect();
    let fields = names.iter().cycle().map_while(|name| {
        let field = elements.matrix(depth)?;
        Some(Named { name: name.clone(), value: field.value })
    });
    Some(Value::Group(fields.collect()))
}

fn text<'a>(element: Element<'_>, big_endian: bool) -> Value<'a> {
    let data = element.data;
    Value::Text(match element.kind {
        MI_INT8 | MI_UINT8 | MI_UTF8 => String::from_utf8_lossy(data).into_owned(),
        _ => {
            let letters = data.as_chunks::<2>().0.iter().map(|pair| match big_endian {
                true => u16::from_be_bytes(*pair),
                false => u16::from_le_bytes(*pair),
            });
            char::decode_utf16(letters).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
        }
    })
}

/// How an element's numbers are stored, which may be shorter than the matrix's class ("Automatic Compression of
/// Numeric Data").
fn number(kind: u32) -> Option<Number> {
    Some(match kind {
        1 => Number::I8,
        2 => Number::U8,
        3 => Number::I16,
        4 => Number::U16,
        5 => Number::I32,
        6 => Number::U32,
        7 => Number::F32,
        9 => Number::F64,
        12 => Number::I64,
        13 => Number::U64,
        _ => return None,
    })
}
