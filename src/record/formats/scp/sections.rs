//! SCP-ECG's pointers and headers: sections 0, 1, 3 and 4, and the head of sections 5 and 6.

use super::super::bytes::LittleEndian;

/// CRC and length of the record (EN 1064, 5.2).
const RECORD_HEADER: usize = 6;
/// CRC, number, length, versions, six bytes of which those of section 0 are `SCPECG` (5.2).
const SECTION_HEADER: usize = 16;

/// The sections of a record, without their headers.
pub struct Sections<'a> {
    record: &'a [u8],
    pointers: Vec<Pointer>,
    /// Whether all bytes are there that the record says it has.
    pub is_whole: bool,
    /// Whether the record's checksum fits.
    pub is_sound: bool,
}

/// "Pointer field" (5.3).
struct Pointer {
    number: u16,
    length: usize,
    /// Where the section begins, in bytes from the record's first, which is 1.
    index: usize,
}

/// Whether the bytes begin with a record: with the word that newer versions have in section 0's header, or, in older
/// ones, with a record of the file's size and a section 0 that fits into it.
pub fn recognise(bytes: &[u8], size: u64) -> bool {
    let fields = LittleEndian(bytes);
    let (Some(record), Some(number), Some(length)) = (fields.u32(2), fields.u16(8), fields.u32(10)) else {
        return false;
    };
    let is_pointers = number == 0 && length >= 136 && length % 10 == 6 && u64::from(length) < size;
    is_pointers && (fields.piece(16, 6) == Some(b"SCPECG") || u64::from(record) == size)
}

impl<'a> Sections<'a> {
    pub fn parse(file: &'a [u8]) -> Option<Self> {
        let fields = LittleEndian(file);
        let length = usize::try_from(fields.u32(2)?).ok()?;
        let record = file.get(..length).unwrap_or(file);
        let end = RECORD_HEADER.checked_add(usize::try_from(fields.u32(RECORD_HEADER + 4)?).ok()?)?;
        let table = record.get(RECORD_HEADER + SECTION_HEADER..end.min(record.len()))?;
        let pointers = table.as_chunks::<10>().0.iter().filter_map(|pointer| {
            let fields = LittleEndian(pointer);
            let (length, index) = (fields.u32(2)?, fields.u32(6)?);
            Some(Pointer { number: fields.u16(0)?, length: length.try_into().ok()?, index: index.try_into().ok()? })
        });
        Some(Self {
            record,
            pointers: pointers.collect(),
            is_whole: record.len() == length,
            is_sound: record.get(2..).is_some_and(|summed| fields.u16(0) == Some(crc(summed))),
        })
    }

    /// The data of a section, as far as they are there; `None` where the record has no such section.
    pub fn get(&self, number: u16) -> Option<&'a [u8]> {
        let pointer = self.pointers.iter().find(|pointer| pointer.number == number)?;
        let start = pointer.index.checked_sub(1)?;
        let end = start.checked_add(pointer.length)?.min(self.record.len());
        self.record.get(start.checked_add(SECTION_HEADER)?..end).filter(|data| !data.is_empty())
    }
}

/// "CRC-CCITT" (5.2): the polynomial 0x1021 with all ones to begin with.
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 })
    })
}

/// Section 1, tags 25 and 26: the date and the time of acquisition in ISO 8601. All other tags tell who it was, and
/// stay where they are.
pub fn start(section: &[u8]) -> Option<String> {
    let (mut date, mut time) = (None, None);
    let mut at = 0;
    let fields = LittleEndian(section);
    while let (Some(tag), Some(length)) = (fields.u8(at), fields.u16(at + 1)) {
        let Some(data) = fields.piece(at + 3, length.into()) else { break };
        match (tag, data) {
            (25, [low, high, month, day, ..]) => {
                let year = u16::from_le_bytes([*low, *high]);
                date = Some(format!("{year:04}-{month:02}-{day:02}"));
            }
            (26, [hours, minutes, seconds, ..]) => time = Some(format!("{hours:02}:{minutes:02}:{seconds:02}")),
            (255, _) => break,
            _ => {}
        }
        at += 3 + usize::from(length);
    }
    match (date?, time) {
        (date, Some(time)) => Some(format!("{date}T{time}")),
        (date, None) => Some(date),
    }
}

/// Section 3, "ECG lead definition": 5.6.
pub struct LeadDefinition {
    /// Whether section 6 holds what is left of the leads after the reference beat was subtracted.
    pub is_subtracted: bool,
    pub leads: Vec<Lead>,
}

/// Samples are counted from 1.
pub struct Lead {
    pub first: u32,
    pub last: u32,
    pub code: u8,
}

impl Lead {
    /// Samples of the lead; `None` where it ends before it begins.
    pub fn length(&self) -> Option<usize> {
        usize::try_from(self.last.checked_sub(self.first)?.checked_add(1)?).ok()
    }
}

impl LeadDefinition {
    pub fn parse(section: &[u8]) -> Option<Self> {
        let fields = LittleEndian(section);
        let (count, flags) = (usize::from(fields.u8(0)?), fields.u8(1)?);
        let leads = fields.piece(2, 9 * count)?.as_chunks::<9>().0.iter().filter_map(|lead| {
            let fields = LittleEndian(lead);
            Some(Lead { first: fields.u32(0)?, last: fields.u32(4)?, code: fields.u8(8)? })
        });
        Some(Self { is_subtracted: flags & 1 == 1, leads: leads.collect() })
    }
}

/// Section 4, "QRS locations": 5.7. Samples are counted from 1.
pub struct QrsLocations {
    /// Length of the reference beat in ms, and its sample that is laid on each beat's fiducial point.
    pub reference_ms: u16,
    pub reference_fiducial: i64,
    pub beats: Vec<Beat>,
    /// First and last samples of the stretches that are stored at the full sampling rate.
    pub protected: Vec<(i64, i64)>,
}

pub struct Beat {
    /// 0 for beats like the reference beat, which was subtracted from these alone.
    pub kind: u16,
    pub first: i64,
    pub fiducial: i64,
    pub last: i64,
}

impl QrsLocations {
    pub fn parse(section: &[u8]) -> Option<Self> {
        let fields = LittleEndian(section);
        let count = usize::from(fields.u16(4)?);
        let beats = fields.piece(6, 14 * count).unwrap_or_default().as_chunks::<14>().0.iter().filter_map(|beat| {
            let fields = LittleEndian(beat);
            let sample = |at| fields.u32(at).map(i64::from);
            Some(Beat { kind: fields.u16(0)?, first: sample(2)?, fiducial: sample(6)?, last: sample(10)? })
        });
        let beats: Vec<Beat> = beats.collect();
        let protected = match fields.piece(6 + 14 * count, 8 * count) {
            Some(stretches) => stretches
                .as_chunks::<8>()
                .0
                .iter()
                .filter_map(|stretch| {
                    let fields = LittleEndian(stretch);
                    fields.u32(0).zip(fields.u32(4)).map(|(first, last)| (first.into(), last.into()))
                })
                .collect(),
            // Version 1 has none of its own.
            None => beats.iter().map(|beat| (beat.first, beat.last)).collect(),
        };
        Some(Self { reference_ms: fields.u16(0)?, reference_fiducial: fields.u16(2)?.into(), beats, protected })
    }
}

/// Section 5, "reference beat" (5.8), or section 6, "rhythm data" (5.9).
pub struct Signals<'a> {
    /// "Amplitude value multiplier", in nV there, in mV here.
    pub millivolts: f64,
    /// "Sample time interval" in µs.
    pub interval: u16,
    /// Differences that samples are stored as: none, first, second.
    pub differences: u8,
    /// Section 6 alone: whether "bimodal compression" is used, a lower rate outside the protected stretches.
    pub is_bimodal: bool,
    /// Each lead's packed samples, as far as they are there.
    pub leads: Vec<&'a [u8]>,
}

impl<'a> Signals<'a> {
    pub fn parse(section: &'a [u8], n_leads: usize) -> Option<Self> {
        let fields = LittleEndian(section);
        let mut at = 6 + 2 * n_leads;
        let leads = (0..n_leads).map_while(|lead| {
            let length = usize::from(fields.u16(6 + 2 * lead)?);
            let start = at;
            at += length;
            section.get(start..at.min(section.len()))
        });
        Some(Self {
            leads: leads.collect(),
            millivolts: f64::from(fields.u16(0)?) * 1e-6,
            interval: fields.u16(2)?,
            differences: fields.u8(4)?,
            is_bimodal: fields.u8(5)? == 1,
        })
    }
}
