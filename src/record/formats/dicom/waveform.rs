//! The waveforms in a data set: PS3.3, C.10.9 "Waveform Module".

use super::super::bytes::LittleEndian;
use super::super::lead_code::lead_of_code;
use super::dataset::{DataSet, Tag};
use crate::record::fault::{DicomFault, WaveformPart};
use crate::record::lead_name::{is_other_signal, lead_name};
use crate::record::units::millivolts_per;

const WAVEFORM_SEQUENCE: Tag = (0x5400, 0x0100);
const TIME_OFFSET: Tag = (0x0018, 0x1068);
const ORIGINALITY: Tag = (0x003a, 0x0004);
const CHANNEL_COUNT: Tag = (0x003a, 0x0005);
const SAMPLE_COUNT: Tag = (0x003a, 0x0010);
const SAMPLING_FREQUENCY: Tag = (0x003a, 0x001a);
const GROUP_LABEL: Tag = (0x003a, 0x0020);
const CHANNELS: Tag = (0x003a, 0x0200);
const CHANNEL_LABEL: Tag = (0x003a, 0x0203);
const CHANNEL_SOURCE: Tag = (0x003a, 0x0208);
const SENSITIVITY: Tag = (0x003a, 0x0210);
const SENSITIVITY_UNITS: Tag = (0x003a, 0x0211);
const CORRECTION_FACTOR: Tag = (0x003a, 0x0212);
const BASELINE: Tag = (0x003a, 0x0213);
const BITS_ALLOCATED: Tag = (0x5400, 0x1004);
const INTERPRETATION: Tag = (0x5400, 0x1006);
const PADDING: Tag = (0x5400, 0x100a);
const DATA: Tag = (0x5400, 0x1010);
const CODE_VALUE: Tag = (0x0008, 0x0100);
const CODING_SCHEME: Tag = (0x0008, 0x0102);
const CODE_MEANING: Tag = (0x0008, 0x0104);

/// Below this many seconds, what is derived and has no label is taken for an averaged beat.
const LONGEST_BEAT: f64 = 3.0;

/// A multiplex group: channels sampled together.
pub struct Group<'a> {
    /// Sampling rate in Hz.
    pub fs: f64,
    /// When it begins, in ms from wherever the file counts.
    pub offset: f64,
    /// "Waveform Originality": recorded, or made of what was.
    pub is_original: bool,
    /// Whether the label says that this is a beat made of several.
    is_averaged: bool,
    pub channels: Vec<Channel>,
    /// Samples of each channel that are there, and that should be.
    pub length: usize,
    pub promised: usize,
    number: Number,
    padding: Option<i64>,
    data: &'a [u8],
    /// Channels in a frame of the data.
    frame: usize,
}

pub struct Channel {
    pub name: String,
    /// Millivolts in one step, and of step 0; `None` where the file gives no sensitivity.
    pub scale: Option<(f64, f64)>,
    /// The unit that it is in, where that is no voltage.
    pub other_unit: Option<String>,
    place: usize,
}

impl Channel {
    pub fn is_lead(&self) -> bool {
        self.other_unit.is_none() && !is_other_signal(&self.name)
    }
}

/// "Waveform Sample Interpretation": SB, UB, SS, US, SL and UL.
#[derive(Clone, Copy)]
struct Number {
    bytes: usize,
    is_signed: bool,
}

/// All multiplex groups, in the file's order.
///
/// # Errors
/// Where one is of a kind that is not read or lacks what must be there.
pub fn groups<'a>(data_set: DataSet<'a>) -> Result<Vec<Group<'a>>, DicomFault> {
    data_set.sequence(WAVEFORM_SEQUENCE).map(Group::parse).collect()
}

impl<'a> Group<'a> {
    fn parse(item: DataSet<'a>) -> Result<Self, DicomFault> {
        let missing = |part| DicomFault::Missing { part };
        let fs = item.decimal(SAMPLING_FREQUENCY).filter(|fs| *fs > 0.0);
        let fs = fs.ok_or(missing(WaveformPart::SamplingFrequency))?;
        let promised = item.unsigned(SAMPLE_COUNT).ok_or(missing(WaveformPart::NumberOfSamples))? as usize;
        let interpretation = item.text(INTERPRETATION).unwrap_or_default();
        let number = match (&*interpretation, item.unsigned(BITS_ALLOCATED)) {
            ("SB", _) => Number { bytes: 1, is_signed: true },
            ("UB", _) => Number { bytes: 1, is_signed: false },
            ("SS", _) => Number { bytes: 2, is_signed: true },
            ("US", _) => Number { bytes: 2, is_signed: false },
            ("SL", _) => Number { bytes: 4, is_signed: true },
            ("UL", _) => Number { bytes: 4, is_signed: false },
            ("", Some(bits)) if matches!(bits, 8 | 16 | 32) => Number { bytes: bits as usize / 8, is_signed: true },
            _ => return Err(DicomFault::NotSamples),
        };
        let channels: Vec<Channel> =
            item.sequence(CHANNELS).enumerate().map(|(place, channel)| Channel::parse(place, channel)).collect();
        let frame = item.unsigned(CHANNEL_COUNT).map_or(channels.len(), |count| count as usize);
        if frame == 0 || channels.len() != frame {
            return Err(missing(WaveformPart::ChannelDefinitions));
        }
        let data = item.get(DATA).map(|element| element.value).unwrap_or_default();
        let label = item.text(GROUP_LABEL).unwrap_or_default().to_lowercase();
        Ok(Self {
            fs,
            offset: item.decimal(TIME_OFFSET).unwrap_or(0.0).max(0.0),
            is_original: item.text(ORIGINALITY).is_none_or(|text| text != "DERIVED"),
            is_averaged: ["median", "average", "mean", "representative", "template"].iter().any(|w| label.contains(w)),
            channels,
            length: promised.min(data.len() / number.bytes / frame),
            promised,
            number,
            padding: item.get(PADDING).and_then(|element| number.read(element.value)),
            data,
            frame,
        })
    }

    /// Whether this goes on over several beats: what was recorded, or derived from that without making one beat of it.
    pub fn is_rhythm(&self) -> bool {
        !self.is_averaged && (self.is_original || self.length as f64 / self.fs >= LONGEST_BEAT)
    }

    /// A channel's samples in mV, in steps where the channel has no scale.
    pub fn samples(&self, channel: &Channel) -> Vec<f32> {
        let (step, zero) = channel.scale.unwrap_or((1.0, 0.0));
        let sample = |index: usize| {
            // C.10.9.1.7: the first sample of each channel, then the second of each.
            let value = self.data.get((index * self.frame + channel.place) * self.number.bytes..);
            match value.and_then(|bytes| self.number.read(bytes)) {
                Some(value) if self.padding != Some(value) => (value as f64 * step + zero) as f32,
                _ => f32::NAN,
            }
        };
        (0..self.length).map(sample).collect()
    }
}

impl Number {
    fn read(self, bytes: &[u8]) -> Option<i64> {
        let fields = LittleEndian(bytes);
        Some(match (self.bytes, self.is_signed) {
            (1, false) => fields.u8(0)?.into(),
            (1, true) => (fields.u8(0)? as i8).into(),
            (2, false) => fields.u16(0)?.into(),
            (2, true) => (fields.u16(0)? as i16).into(),
            (_, false) => fields.u32(0)?.into(),
            (_, true) => (fields.u32(0)? as i32).into(),
        })
    }
}

impl Channel {
    fn parse(place: usize, item: DataSet) -> Self {
        let unit = item.sequence(SENSITIVITY_UNITS).next().and_then(|unit| unit.text(CODE_VALUE));
        let millivolts = unit.as_deref().map(millivolts_per);
        // C.10.9.1.4: a value is the sample times sensitivity times correction factor, plus the baseline.
        let scale = item.decimal(SENSITIVITY).filter(|sensitivity| *sensitivity != 0.0).map(|sensitivity| {
            let unit = millivolts.flatten().unwrap_or(1.0);
            let step = sensitivity * item.decimal(CORRECTION_FACTOR).unwrap_or(1.0);
            (step * unit, item.decimal(BASELINE).unwrap_or(0.0) * unit)
        });
        let source = item.sequence(CHANNEL_SOURCE).next();
        let name = source.and_then(source_name).or_else(|| item.text(CHANNEL_LABEL).map(|label| lead_name(&label)));
        Self {
            name: name.unwrap_or_else(|| lead_name("")),
            scale: scale.filter(|_| millivolts.is_some()),
            other_unit: match millivolts {
                Some(None) => unit.map(|unit| unit.into_owned()),
                _ => None,
            },
            place,
        }
    }
}

/// The lead that a channel's source code stands for: CID 3001 "ECG Lead", of the schemes SCPECG (`5.6.3-9-` and the
/// lead's number in EN 1064) and MDC (`2:` and its number in ISO/IEEE 11073-10101); else what the code means.
fn source_name(source: DataSet) -> Option<String> {
    let value = source.text(CODE_VALUE).unwrap_or_default();
    let number = match source.text(CODING_SCHEME).as_deref() {
        Some("SCPECG") => value.rsplit('-').next(),
        Some("MDC") => value.strip_prefix("2:"),
        _ => None,
    };
    let number = number.and_then(|number| number.trim().parse().ok()).filter(|number| *number != 0);
    number.map(lead_of_code).filter(|name| name != "ECG").or_else(|| {
        // "Lead I (Einthoven)", "Lead aVR, augmented voltage, right".
        let meaning = source.text(CODE_MEANING)?;
        meaning.split(['(', ',']).next().map(lead_name)
    })
}
