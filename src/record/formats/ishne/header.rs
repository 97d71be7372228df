//! The ISHNE header: 10 bytes of magic and checksum, 512 of fixed fields, a block of free text of any length.
//!
//! Badilini 1998, "The ISHNE Holter Standard Output File Format", Annals of Noninvasive Electrocardiology 3(3);
//! all numbers are little-endian. Name, number, sex and birth date of the person, bytes 28 to 137, are not read.

use crate::record::fault::IshneFault;

/// A header, parsed. Byte positions count from the file's beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// CRC of the header as it says, and as it is. 0 where its writer computed none.
    pub checksum: (u16, u16),
    /// The size of the ECG in samples: of each lead, or of all leads together, as writers understood it.
    pub n_samples: Option<u64>,
    /// Where the samples begin.
    pub ecg_offset: usize,
    /// Date and time of the recording's beginning, in ISO 8601, as far as they are given.
    pub start: Option<String>,
    pub leads: Vec<LeadHeader>,
    /// Hz; `None` where it is not given.
    pub fs: Option<f64>,
}

/// What the header says of one lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeadHeader {
    /// The field's name for its code, if it has one.
    pub name: Option<&'static str>,
    /// Nanovolts in one digital unit; `None` where it is not given.
    pub resolution: Option<f64>,
}

pub const MAGIC: &[u8; 8] = b"ISHNE1.0";
/// Bytes up to the block of free text.
pub const FIXED: usize = 522;
/// Leads for which the header has room.
const MOST_LEADS: usize = 12;

/// Table 1, "Lead specification": 0 is unknown, 1 generic bipolar.
const LEAD_NAMES: [Option<&str>; 20] = [
    None,
    None,
    Some("X"),
    Some("Y"),
    Some("Z"),
    Some("I"),
    Some("II"),
    Some("III"),
    Some("aVR"),
    Some("aVL"),
    Some("aVF"),
    Some("V1"),
    Some("V2"),
    Some("V3"),
    Some("V4"),
    Some("V5"),
    Some("V6"),
    Some("ES"),
    Some("AS"),
    Some("AI"),
];

impl Header {
    /// Parses the header with which `bytes`, a whole file, begin.
    ///
    /// # Errors
    /// Where it is cut off or cannot be true.
    pub fn parse(bytes: &[u8]) -> Result<Self, IshneFault> {
        let fixed: &[u8; FIXED] =
            bytes.first_chunk().filter(|fixed| fixed.starts_with(MAGIC)).ok_or(IshneFault::HeaderCutOff)?;
        let short = |at: usize| i16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let long = |at: usize| i32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
        let (text_size, text_offset, ecg_offset) = (long(10), long(18), long(22));
        // Where the offset is none, the samples follow on the text.
        let after_text = i64::from(text_size.max(0)) + i64::from(text_offset).max(FIXED as i64);
        let ecg_offset = if ecg_offset >= FIXED as i32 { ecg_offset.into() } else { after_text };
        let ecg_offset = usize::try_from(ecg_offset).unwrap_or(usize::MAX);
        let n_leads = usize::try_from(short(156)).ok().filter(|count| (1..=MOST_LEADS).contains(count));
        let n_leads = n_leads.ok_or(IshneFault::LeadCount { leads: short(156) })?;
        let lead = |index: usize| LeadHeader {
            name: usize::try_from(short(158 + 2 * index)).ok().and_then(|code| *LEAD_NAMES.get(code)?),
            resolution: Some(f64::from(short(206 + 2 * index))).filter(|nanovolts| *nanovolts > 0.0),
        };
        Ok(Self {
            checksum: (short(8) as u16, crc_ccitt(bytes.get(10..ecg_offset).unwrap_or_default())),
            n_samples: u64::try_from(long(14)).ok().filter(|count| *count > 0),
            ecg_offset,
            start: start([short(138), short(140), short(142)], [short(150), short(152), short(154)]),
            leads: (0..n_leads).map(lead).collect(),
            fs: Some(f64::from(short(272))).filter(|fs| *fs > 0.0),
        })
    }
}

/// Day, month and year; hour, minute and second. Absent numbers are 0 or -9.
fn start([day, month, year]: [i16; 3], [hour, minute, second]: [i16; 3]) -> Option<String> {
    let is_date = (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..3000).contains(&year);
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    let date = is_date.then(|| format!("{year:04}-{month:02}-{day:02}"));
    let time = is_time.then(|| format!("{hour:02}:{minute:02}:{second:02}"));
    match (date, time) {
        (Some(date), Some(time)) => Some(format!("{date}T{time}")),
        (date, _) => date,
    }
}

/// CRC-16/CCITT of the header: polynomial 0x1021, from 0xFFFF on, of all bytes between the checksum and the samples.
fn crc_ccitt(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-16/CCITT-FALSE in every catalogue of CRCs.
    #[test]
    fn the_checksum_is_ccitt() {
        assert_eq!(crc_ccitt(b"123456789"), 0x29b1);
    }

    #[test]
    fn dates_may_be_missing() {
        assert_eq!(start([2, 11, 2009], [7, 5, 0]).as_deref(), Some("2009-11-02T07:05:00"));
        assert_eq!(start([2, 11, 2009], [-9, -9, -9]).as_deref(), Some("2009-11-02"));
        assert_eq!(start([0, 0, 0], [0, 0, 0]), None, "midnight of no day");
    }
}
