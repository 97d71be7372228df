//! Walks through a MUSE file and gathers its waveforms.

use crate::record::fault::XmlFault;
use crate::record::formats::xml::{Attributes, Path, Visitor, decode_base64, int16_samples};

/// A `Waveform`.
#[derive(Default)]
pub struct Waveform {
    /// `Rhythm`, `Median`.
    kind: String,
    sample_base: Option<f64>,
    sample_exponent: Option<i32>,
    pub leads: Vec<LeadData>,
}

impl Waveform {
    pub fn is_median(&self) -> bool {
        self.kind.eq_ignore_ascii_case("median")
    }

    pub fn n_samples(&self) -> usize {
        self.leads.iter().map(|lead| lead.data.len() / 2).max().unwrap_or(0)
    }

    /// In Hz.
    pub fn sampling_rate(&self) -> Option<f64> {
        let fs = self.sample_base? * 10f64.powi(self.sample_exponent.unwrap_or(0));
        (fs.is_finite() && fs > 0.0).then_some(fs)
    }
}

/// A `LeadData`.
#[derive(Default)]
pub struct LeadData {
    pub id: String,
    /// `MICROVOLTS`; empty where it is missing.
    pub unit: String,
    units_per_bit: Option<f64>,
    pub sample_size: Option<usize>,
    pub stated_samples: Option<usize>,
    pub is_off: bool,
    checksum: Option<u32>,
    data: Vec<u8>,
}

impl LeadData {
    /// The samples in the lead's unit.
    pub fn in_units(&self) -> Vec<f32> {
        let units_per_bit = self.units_per_bit.unwrap_or(1.0);
        int16_samples(&self.data).map(|sample| (f64::from(sample) * units_per_bit) as f32).collect()
    }

    /// Whether the checksum matches, where there is one: the CRC-32 of zlib over the samples' bytes.
    pub fn has_right_checksum(&self) -> bool {
        self.checksum.is_none_or(|checksum| checksum == 0 || checksum == crc_32(&self.data))
    }
}

/// ISO 3309's, bit by bit: a lead has some 10 KB, and the tables of `crc32fast`, which `flate2` would lend, have 16.
fn crc_32(bytes: &[u8]) -> u32 {
    let shift = |sum: u32| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| shift(sum)))
}

/// All that is read of the file.
#[derive(Default)]
pub struct Document {
    /// Those that hold samples.
    pub waveforms: Vec<Waveform>,
    waveform: Waveform,
    lead: LeadData,
    date: Option<String>,
    time: Option<String>,
}

impl Document {
    /// When the ECG was taken, in ISO 8601. Dates are month-day-year.
    pub fn start(&self) -> Option<String> {
        let parts: Vec<u32> = self.date.as_ref()?.split(['-', '/']).map_while(|part| part.parse().ok()).collect();
        let &[month, day, year] = parts.as_slice() else { return None };
        let plausible = (1..=12).contains(&month) && (1..=31).contains(&day) && (1900..=2999).contains(&year);
        let date = plausible.then(|| format!("{year}-{month:02}-{day:02}"))?;
        let is_time = |time: &&String| time.len() <= 8 && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        Some(match self.time.as_ref().filter(is_time) {
            Some(time) => format!("{date}T{time}"),
            None => date,
        })
    }
}

impl Visitor for Document {
    fn open(&mut self, path: &Path, _: &Attributes) -> Result<(), XmlFault> {
        match path.name() {
            "Waveform" => self.waveform = Waveform::default(),
            "LeadData" => self.lead = LeadData::default(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, path: &Path, text: &str) -> Result<(), XmlFault> {
        // Base64 is trimmed as it is decoded.
        let word = if path.name() == "WaveFormData" { text } else { text.trim() };
        let (waveform, lead) = (&mut self.waveform, &mut self.lead);
        match path.name() {
            "AcquisitionDate" if path.has("TestDemographics") => self.date = Some(word.to_string()),
            "AcquisitionTime" if path.has("TestDemographics") => self.time = Some(word.to_string()),
            "WaveformType" => waveform.kind = word.to_string(),
            "SampleBase" => waveform.sample_base = word.parse().ok(),
            "SampleExponent" => waveform.sample_exponent = word.parse().ok(),
            "LeadID" => lead.id = word.to_string(),
            "LeadAmplitudeUnits" => lead.unit = word.to_string(),
            "LeadAmplitudeUnitsPerBit" => {
                lead.units_per_bit = word.replace(',', ".").parse().ok().filter(|units: &f64| units.is_finite());
            }
            "LeadSampleSize" => lead.sample_size = word.parse().ok(),
            "LeadSampleCountTotal" => lead.stated_samples = word.parse().ok(),
            "LeadOff" => lead.is_off = word.eq_ignore_ascii_case("true"),
            "LeadDataCRC32" => lead.checksum = word.parse().ok(),
            "WaveFormData" => lead.data = decode_base64(word)?,
            "LeadData" if !lead.data.is_empty() => waveform.leads.push(std::mem::take(lead)),
            "Waveform" if !waveform.leads.is_empty() => self.waveforms.push(std::mem::take(waveform)),
            _ => {}
        }
        Ok(())
    }
}
