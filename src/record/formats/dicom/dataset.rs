//! Data sets of DICOM: elements with a tag, a value representation (VR), a length and a value, of which some are
//! sequences of further data sets. PS3.5, clause 7; the file around them PS3.10, clause 7.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::DeflateDecoder;

use super::super::bytes::LittleEndian;
use crate::record::archive::largest_unpacked;
use crate::record::fault::{DicomFault, Fault, FileKind};

pub type Tag = (u16, u16);

const ITEM: Tag = (0xfffe, 0xe000);
const ITEM_DELIMITATION: Tag = (0xfffe, 0xe00d);
const SEQUENCE_DELIMITATION: Tag = (0xfffe, 0xe0dd);
/// The length of what ends at a delimitation.
const UNDEFINED: u32 = u32::MAX;
/// Sequences inside each other.
const DEEPEST: usize = 16;
/// PS3.10, 7.1: a preamble of 128 bytes and the prefix.
const PREAMBLE: usize = 128;
const PREFIX: &[u8] = b"DICM";
/// The first element of the meta information, (0002,0000) UL, in files without a preamble.
const META: &[u8] = b"\x02\0\0\0UL\x04\0";

const TRANSFER_SYNTAX: Tag = (0x0002, 0x0010);
const IMPLICIT_LITTLE_ENDIAN: &str = "1.2.840.10008.1.2";
const EXPLICIT_BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
const DEFLATED_LITTLE_ENDIAN: &str = "1.2.840.10008.1.2.1.99";

pub fn recognise(bytes: &[u8]) -> bool {
    bytes.get(PREAMBLE..).is_some_and(|rest| rest.starts_with(PREFIX)) || bytes.starts_with(META)
}

/// A file's data set as bytes, unpacked where it is deflated, and whether VRs are written in it.
pub struct Content<'a> {
    bytes: Cow<'a, [u8]>,
    is_explicit: bool,
}

impl<'a> Content<'a> {
    /// # Errors
    /// Where the file is damaged or its transfer syntax is not read.
    pub fn open(file: &'a [u8]) -> Result<Self, Fault> {
        let damaged = || Fault::Damaged { kind: FileKind::Dicom };
        let start = if file.starts_with(META) { 0 } else { PREAMBLE + PREFIX.len() };
        let bytes = file.get(start..).ok_or_else(damaged)?;
        // PS3.10, 7.1: the meta information, group 2, is explicit VR little endian whatever follows.
        let meta = DataSet { bytes, is_explicit: true };
        let mut elements = meta.elements();
        let mut syntax = None;
        let mut end = 0;
        while let Some(element) = elements.next().filter(|element| element.tag.0 == 2) {
            if element.tag == TRANSFER_SYNTAX {
                syntax = Some(element.text());
            }
            end = elements.at;
        }
        let bytes = bytes.get(end..).ok_or_else(damaged)?;
        let syntax = syntax.ok_or_else(damaged)?;
        let bytes = match &*syntax {
            EXPLICIT_BIG_ENDIAN => return Err(DicomFault::BigEndian.into()),
            DEFLATED_LITTLE_ENDIAN => {
                let mut unpacked = Vec::new();
                let limit = largest_unpacked(bytes.len() as u64);
                DeflateDecoder::new(bytes).take(limit).read_to_end(&mut unpacked).map_err(|_| damaged())?;
                Cow::Owned(unpacked)
            }
            _ => Cow::Borrowed(bytes),
        };
        Ok(Self { bytes, is_explicit: &*syntax != IMPLICIT_LITTLE_ENDIAN })
    }

    pub fn data_set(&self) -> DataSet<'_> {
        DataSet { bytes: &self.bytes, is_explicit: self.is_explicit }
    }
}

/// Elements one after the other.
#[derive(Clone, Copy)]
pub struct DataSet<'a> {
    bytes: &'a [u8],
    is_explicit: bool,
}

impl<'a> DataSet<'a> {
    pub fn get(self, tag: Tag) -> Option<Element<'a>> {
        let found = self.elements().find(|element| element.tag == tag);
        found.filter(|element| !element.value.is_empty())
    }

    pub fn text(self, tag: Tag) -> Option<Cow<'a, str>> {
        self.get(tag).map(|element| element.text()).filter(|text| !text.is_empty())
    }

    /// The first number of a decimal string (VR DS).
    pub fn decimal(self, tag: Tag) -> Option<f64> {
        let text = self.text(tag)?;
        text.split('\\').next()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// An unsigned number of 16 or 32 bits (VR US, UL).
    pub fn unsigned(self, tag: Tag) -> Option<u32> {
        let value = self.get(tag)?.value;
        let fields = LittleEndian(value);
        if value.len() == 2 { fields.u16(0).map(u32::from) } else { fields.u32(0) }
    }

    /// The items of a sequence; none where there is no such sequence.
    pub fn sequence(self, tag: Tag) -> impl Iterator<Item = DataSet<'a>> {
        self.get(tag).into_iter().flat_map(|element| element.items())
    }

    fn elements(self) -> Elements<'a> {
        Elements { bytes: self.bytes, is_explicit: self.is_explicit, at: 0, depth: DEEPEST }
    }
}

pub struct Element<'a> {
    tag: Tag,
    /// As far as the file goes.
    pub value: &'a [u8],
    /// How the items of this element are written, where it is a sequence.
    is_explicit: bool,
}

impl<'a> Element<'a> {
    /// Without the padding to an even length.
    fn text(&self) -> Cow<'a, str> {
        let end = self.value.iter().rposition(|byte| !matches!(byte, 0 | b' ')).map_or(0, |last| last + 1);
        match String::from_utf8_lossy(&self.value[..end]) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_start()),
            Cow::Owned(text) => Cow::Owned(text.trim_start().to_string()),
        }
    }

    fn items(&self) -> impl Iterator<Item = DataSet<'a>> + use<'a> {
        let is_explicit = self.is_explicit;
        let mut items = Items { bytes: self.value, is_explicit, at: 0, depth: DEEPEST };
        std::iter::from_fn(move || items.next().map(|bytes| DataSet { bytes, is_explicit }))
    }
}

struct Elements<'a> {
    bytes: &'a [u8],
    is_explicit: bool,
    at: usize,
    depth: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    /// `None` at the end of the data set: of its bytes, or at an item's delimitation.
    fn next(&mut self) -> Option<Element<'a>> {
        let fields = LittleEndian(self.bytes);
        let tag = (fields.u16(self.at)?, fields.u16(self.at + 2)?);
        (tag != ITEM_DELIMITATION && tag != SEQUENCE_DELIMITATION).then_some(())?;
        let (vr, length, start) = match self.is_explicit {
            false => (None, fields.u32(self.at + 4)?, self.at + 8),
            true => {
                let vr = fields.piece(self.at + 4, 2)?;
                // 7.1.2: all VRs but these have a length of 32 bits after two bytes that are reserved.
                match has_short_length(vr) {
                    true => (Some(vr), u32::from(fields.u16(self.at + 6)?), self.at + 8),
                    false => (Some(vr), fields.u32(self.at + 8)?, self.at + 12),
                }
            }
        };
        // 6.2.2: what is of unknown VR and undefined length is a sequence in implicit VR.
        let is_explicit = self.is_explicit && !(vr == Some(b"UN") && length == UNDEFINED);
        let rest = self.bytes.get(start..)?;
        let value = match length {
            UNDEFINED => {
                let depth = self.depth.checked_sub(1)?;
                let mut items = Items { bytes: rest, is_explicit, at: 0, depth };
                while items.next().is_some() {}
                let value = rest.get(..items.at)?;
                // The delimitation's own 8 bytes.
                self.at = start + items.at + 8;
                value
            }
            length => {
                let value = rest.get(..length as usize).unwrap_or(rest);
                self.at = start + value.len();
                value
            }
        };
        Some(Element { tag, value, is_explicit })
    }
}

/// Data sets in a sequence: 7.5.
struct Items<'a> {
    bytes: &'a [u8],
    is_explicit: bool,
    at: usize,
    depth: usize,
}

impl<'a> Items<'a> {
    /// The bytes of the next item; `None` at the end or at the sequence's delimitation.
    fn next(&mut self) -> Option<&'a [u8]> {
        let fields = LittleEndian(self.bytes);
        ((fields.u16(self.at)?, fields.u16(self.at + 2)?) == ITEM).then_some(())?;
        let length = fields.u32(self.at + 4)?;
        let start = self.at + 8;
        let rest = self.bytes.get(start..)?;
        if length != UNDEFINED {
            let item = rest.get(..length as usize).unwrap_or(rest);
            self.at = start + item.len();
            return Some(item);
        }
        let depth = self.depth.checked_sub(1)?;
        let mut elements = Elements { bytes: rest, is_explicit: self.is_explicit, at: 0, depth };
        while elements.next().is_some() {}
        let item = rest.get(..elements.at)?;
        self.at = start + elements.at + 8;
        Some(item)
    }
}

fn has_short_length(vr: &[u8]) -> bool {
    const SHORT: [&[u8]; 21] = [
        b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL", b"SS",
        b"ST", b"TM", b"UI", b"UL", b"US",
    ];
    SHORT.contains(&vr)
}
