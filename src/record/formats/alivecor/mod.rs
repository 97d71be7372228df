//! AliveCor's `.atc`, which Kardia devices record: one, six or twelve leads at 300 Hz.
//!
//! Written by hand after "ATC File Format Specification 1.7" (AliveCor, in its repository ATCpy), which covers file
//! versions 2 to 5: a signature, then blocks of an identifier, a length, data and a checksum, all little-endian. No
//! crate reads it.

use super::bytes::LittleEndian;
use super::{Format, Outline};
use crate::record::archive::crc32;
use crate::record::fault::{AliveCorFault, FileKind};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_set::{derive_limb_leads, equalise};
use crate::record::remark::Filters;
use crate::record::{Annotation, Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark};

pub const FORMAT: Format =
    Format { name: "AliveCor", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint, long: None };

/// "File Signature".
const SIGNATURE: &[u8] = b"ALIVE\0\0\0";
/// Signature and file version.
const HEADER_BYTES: usize = 12;

/// "ECG Data Block": the identifiers and the leads in them.
const LEADS: [(&[u8; 4], &str); 12] = [
    (b"ecg ", "I"),
    (b"ecg2", "II"),
    (b"ecg3", "III"),
    (b"ecg4", "aVR"),
    (b"ecg5", "aVL"),
    (b"ecg6", "aVF"),
    (b"ecg7", "V1"),
    (b"ecg8", "V2"),
    (b"ecg9", "V3"),
    (b"ecga", "V4"),
    (b"ecgb", "V5"),
    (b"ecgc", "V6"),
];

/// "Annotation Block": beat types 0 to 6, in the codes that PhysioNet's annotations have for them.
const BEATS: [&str; 7] = ["Q", "N", "V", "A", "F", "J", "/"];

fn recognise(head: &Head) -> bool {
    head.bytes.starts_with(SIGNATURE)
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    head.has_extension("atc").then_some(Fault::NotOne { kind: FileKind::AliveCor })
}

/// "Block Structure".
struct Block<'a> {
    id: [u8; 4],
    data: &'a [u8],
    /// Whether the checksum fits.
    is_sound: bool,
}

/// Blocks up to the file's end, or to where it is cut off.
struct Blocks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let bytes = LittleEndian(self.rest);
        let id = *self.rest.first_chunk::<4>()?;
        let length = usize::try_from(bytes.u32(4)?).ok()?;
        let end = length.checked_add(8)?;
        let (data, checksum) = (bytes.piece(8, length)?, bytes.u32(end)?);
        let summed = bytes.piece(0, end)?;
        self.rest = self.rest.get(end + 4..)?;
        // The specification says both "cyclic sum" and "CRC32"; files have the plain sum.
        let sum = summed.iter().fold(0u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
        Some(Block { id, data, is_sound: checksum == sum || checksum == crc32(summed) })
    }
}

/// "ECG Format Block".
struct Coding {
    fs: f64,
    /// "Amplitude resolution", in nV here in mV.
    millivolts: f64,
    flags: u8,
}

impl Coding {
    fn parse(data: &[u8]) -> Result<Self, Fault> {
        let bytes = LittleEndian(data);
        let fields = bytes.u8(0).zip(bytes.u16(1)).zip(bytes.u16(3)).zip(bytes.u8(5));
        let (((coding, fs), resolution), flags) = fields.ok_or(AliveCorFault::ShortFormatBlock)?;
        if coding != 1 {
            return Err(AliveCorFault::OtherCoding.into());
        }
        if fs == 0 || resolution == 0 {
            return Err(Fault::NoRateOrAmplitude { kind: FileKind::AliveCor });
        }
        Ok(Self { fs: fs.into(), millivolts: f64::from(resolution) * 1e-6, flags })
    }

    /// What was done to the samples before they were stored. Flags as in AliveCor's ATCpy: 2 for mains of 60 Hz
    /// instead of 50, 4 and 32 for its filters, 16 for the baseline's, 64 for "enhanced".
    fn remark(&self) -> Option<Remark> {
        let is_set = |flags: u8| self.flags & flags != 0;
        let hertz = if is_set(2) { 60 } else { 50 };
        let filters = Filters { mains: is_set(4 | 32).then_some(hertz), baseline: is_set(16), enhanced: is_set(64) };
        (filters != Filters::default()).then_some(Remark::Filtered { filters })
    }
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let mut blocks = Blocks { rest: bytes.get(HEADER_BYTES..).unwrap_or_default() };
    let all: Vec<Block> = blocks.by_ref().collect();
    let of = |id: &[u8; 4]| all.iter().find(|block| block.id == *id);
    let mut remarks = Vec::new();
    if !blocks.rest.is_empty() {
        remarks.push(Remark::DamagedEnd);
    }
    for block in all.iter().filter(|block| !block.is_sound) {
        let block = String::from_utf8_lossy(&block.id).trim().escape_default().to_string();
        remarks.push(Remark::BlockChecksum { block });
    }
    let coding = of(b"fmt ").ok_or(AliveCorFault::NoFormatBlock).in_file(path)?;
    let coding = Coding::parse(coding.data).in_file(path)?;
    remarks.extend(coding.remark());
    let lead = |(id, name): &(&[u8; 4], &str)| {
        let (samples, _) = of(id)?.data.as_chunks::<2>();
        let millivolts = |sample: &[u8; 2]| (f64::from(i16::from_le_bytes(*sample)) * coding.millivolts) as f32;
        Some(Lead { name: name.to_string(), samples: samples.iter().map(millivolts).collect() })
    };
    let mut leads: Vec<Lead> = LEADS.iter().filter_map(lead).filter(|lead| !lead.samples.is_empty()).collect();
    if leads.is_empty() {
        return Err(ReadError::new(path, AliveCorFault::NoEcg));
    }
    equalise(&mut leads, &mut remarks);
    derive_limb_leads(&mut leads, &mut remarks);
    Ok(Reading::Complete(Record {
        name: stem_of(path).to_string(),
        fs: coding.fs,
        leads,
        start: of(b"info").and_then(|info| start(info.data)),
        annotations: of(b"ann ").and_then(|block| annotations(block.data)).unwrap_or_default(),
        provenance: Provenance {
            format: "AliveCor ATC".to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    }))
}

/// "Info Block": the date recorded, in ISO 8601. The rest of the block tells phones apart and stays where it is.
fn start(info: &[u8]) -> Option<String> {
    let date = info.get(..32)?.split(|byte| *byte == 0).next()?;
    let date = std::str::from_utf8(date).ok()?.trim();
    let is_date = date.len() >= 10 && date.bytes().all(|byte| byte.is_ascii_digit() || b"-:.+TZ ".contains(&byte));
    is_date.then(|| date.to_string())
}

/// "Annotation Block": ticks a second, then an offset in ticks and a type for each beat.
fn annotations(data: &[u8]) -> Option<Vec<Annotation>> {
    let (frequency, beats) = data.split_first_chunk::<4>()?;
    let frequency = Some(u32::from_le_bytes(*frequency)).filter(|&frequency| frequency > 0)?;
    let beats = beats.as_chunks::<6>().0.iter().filter_map(|beat| {
        let beat = LittleEndian(beat);
        let text = BEATS.get(usize::from(beat.u16(4)?)).unwrap_or(&"Q");
        Some(Annotation { time: f64::from(beat.u32(0)?) / f64::from(frequency), text: text.to_string() })
    });
    Some(beats.collect())
}

#[cfg(test)]
mod tests;
