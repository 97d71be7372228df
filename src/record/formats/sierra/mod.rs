//! Philips Sierra XML (`restingecgdata`), versions 1.03, 1.04 and 1.04.01: what Philips' and Agilent's electrocardiographs
//! and defibrillators export.
//!
//! - `document`: walks through the file and gathers what it says of its samples.
//! - `xli`: the compression of leads.
//! - `lzw`: the dictionary coder within it.
//!
//! Philips does not publish the format; written after C. A. Watford's description of it in the project
//! sierra-ecg-tools (README, wiki "XLI compression"), whose Python reader the results are compared with. The
//! crate `quick-xml` reads the markup, `base64` the samples. LZW is by hand: the crates (`weezl`, `lzw`) implement GIF's and
//! TIFF's, which change the width of their codes and reserve two of them; here all have ten bits and none is
//! reserved.

mod document;
mod lzw;
mod xli;

use super::{Format, Outline, text, xml};
use crate::record::fault::{FileKind, SierraFault};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::{STANDARD_TWELVE, lead_name, numbered};
use crate::record::lead_set::{derive_limb_leads, equalise};
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark, Unsampled};
use document::Document;

pub const FORMAT: Format = Format {
    name: "Philips Sierra",
    recognise,
    outline: |_, path| Ok(Outline::of_file(path)),
    read,
    hint: |_, _| None,
    long: None,
};

/// More leads than any recorder has.
const MOST_LEADS: usize = 32;
/// Microvolts in one unit of the samples, as every known machine writes them; the schema wants it stated.
const USUAL_RESOLUTION: f64 = 5.0;

fn recognise(head: &Head) -> bool {
    xml::root_of(head).is_some_and(|root| root == "restingecgdata")
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let mut document = Document::default();
    xml::visit(&text::decode(&bytes), &mut document).in_file(path)?;
    drop(bytes);

    let mut remarks = Vec::new();
    let digital = digital_leads(&document, &mut remarks).in_file(path)?;
    let names = names(&document, digital.len());
    let microvolts = document.resolution.unwrap_or_else(|| {
        remarks.push(Remark::AssumedResolution { microvolts: USUAL_RESOLUTION });
        USUAL_RESOLUTION
    });
    if let Some((begin, fs)) = calibration_pulse(&digital, microvolts).zip(document.sampling_rate) {
        remarks.push(Remark::CalibrationPulse { seconds: begin as f64 / fs });
    }
    let millivolts = |sample: i16| (f64::from(sample) * microvolts / 1000.0) as f32;
    let leads = names.into_iter().zip(&digital);
    let mut leads: Vec<Lead> =
        leads.map(|(name, lead)| Lead { name, samples: lead.iter().map(|&s| millivolts(s)).collect() }).collect();
    equalise(&mut leads, &mut remarks);
    derive_limb_leads(&mut leads, &mut remarks);
    let fs = document.sampling_rate;
    let record = Record {
        name: stem_of(path).to_string(),
        fs: fs.unwrap_or(f64::NAN),
        leads,
        start: document.start(),
        annotations: Vec::new(),
        provenance: Provenance {
            format: FORMAT.name.to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    };
    Ok(match fs {
        Some(_) => Reading::Complete(record),
        None => Reading::NeedsSamplingRate(Unsampled::new(record).with_suggestion(500.0)),
    })
}

/// The leads in units of the resolution.
fn digital_leads(document: &Document, remarks: &mut Vec<Remark>) -> Result<Vec<Vec<i16>>, Fault> {
    let Some(data) = document.data.as_deref().filter(|data| !data.is_empty()) else {
        return Err(Fault::NoWaveform { kind: FileKind::Sierra });
    };
    if !document.encoding.as_deref().is_none_or(|encoding| encoding.eq_ignore_ascii_case("base64")) {
        return Err(SierraFault::OtherEncoding.into());
    }
    if document.bits_per_sample.is_some_and(|bits| bits != 16) {
        return Err(Fault::Not16Bits);
    }
    let n_stated = document.stated_samples();
    let (mut leads, is_compressed) = match document.compression.as_deref().unwrap_or_default() {
        "XLI" => (xli::decode(data, MOST_LEADS)?, true),
        "" | "Uncompressed" | "None" | "none" => (split(data, document, n_stated)?, false),
        other => {
            return Err(SierraFault::OtherCompression { method: other.chars().take(20).collect() }.into());
        }
    };
    // Machines with room for 16 channels compress 16, the unused ones too.
    leads.truncate(document.n_leads().unwrap_or(leads.len()));
    // Compressed leads may end in padding.
    if let Some(n_stated) = n_stated {
        leads.iter_mut().for_each(|lead| lead.truncate(n_stated));
        if let Some(shortest) = leads.iter().map(Vec::len).min().filter(|&shortest| shortest < n_stated) {
            remarks.push(Remark::FewerSamples { stated: n_stated, there: shortest });
        }
    }
    let names = names(document, leads.len());
    if let [i, ii, iii, avr, avl, avf, ..] = leads.as_mut_slice()
        && names.get(..6).is_some_and(|names| names == &STANDARD_TWELVE[..6])
        && (is_compressed || !is_sum(i, iii, ii))
    {
        restore_limb_leads(i, ii, [iii, avr, avl, avf]);
    }
    Ok(leads)
}

/// Where the calibration pulse begins that machines append to the recording: from there to the end all leads are
/// alike, at 0 but for a pulse of 1 mV. It obeys no law of Einthoven, so no heart made it.
fn calibration_pulse(leads: &[Vec<i16>], microvolts: f64) -> Option<usize> {
    let (first, others) = leads.split_first().filter(|(_, others)| others.len() >= 2)?;
    let is_one_millivolt = |sample: i16| (f64::from(sample) * microvolts - 1000.0).abs() < 50.0;
    let mut begin = None;
    for (at, &sample) in first.iter().enumerate().rev() {
        let is_alike = others.iter().all(|lead| lead.get(at) == Some(&sample));
        if !is_alike || sample != 0 && !is_one_millivolt(sample) {
            break;
        }
        begin = if sample == 0 { begin } else { Some(at) };
    }
    begin
}

/// Leads that are stored plainly, one after another.
fn split(data: &[u8], document: &Document, n_stated: Option<usize>) -> Result<Vec<Vec<i16>>, Fault> {
    let samples: Vec<i16> = xml::int16_samples(data).collect();
    let stated = n_stated.filter(|&n_samples| n_samples > 0);
    let n_leads = stated.map_or_else(|| document.n_leads().unwrap_or(12), |n| (samples.len() / n).max(1));
    let length = stated.unwrap_or_else(|| samples.len() / n_leads.max(1)).max(1);
    if n_leads > MOST_LEADS {
        return Err(Fault::TooManyLeads { leads: n_leads });
    }
    Ok(samples.chunks(length).take(n_leads).map(<[i16]>::to_vec).collect())
}

/// Whether `whole` is the sum of its parts, roughly: II = I + III, if III is stored as it is.
fn is_sum(part: &[i16], other: &[i16], whole: &[i16]) -> bool {
    let (mut error, mut size) = (0i64, 0i64);
    for ((part, other), whole) in part.iter().zip(other).zip(whole) {
        error += (i64::from(*part) + i64::from(*other) - i64::from(*whole)).abs();
        size += i64::from(*other).abs();
    }
    error * 4 < size
}

/// III, aVR, aVL and aVF are stored as how far what was calculated from I and II is from them; with halves rounded
/// down, so that nothing is lost.
fn restore_limb_leads(i: &[i16], ii: &[i16], [iii, avr, avl, avf]: [&mut Vec<i16>; 4]) {
    let wide = |samples: &[i16], at: usize| samples.get(at).copied().map_or(0, i32::from);
    for at in 0..i.len().min(ii.len()) {
        let (i, ii) = (wide(i, at), wide(ii, at));
        let three = ii - i - wide(iii, at);
        let restored = [
            three,
            -wide(avr, at) - (i + ii).div_euclid(2),
            (i - three).div_euclid(2) - wide(avl, at),
            (ii + three).div_euclid(2) - wide(avf, at),
        ];
        for (lead, value) in [&mut *iii, &mut *avr, &mut *avl, &mut *avf].into_iter().zip(restored) {
            if let Some(sample) = lead.get_mut(at) {
                *sample = value as i16;
            }
        }
    }
}

/// The leads' names: stated from version 1.04 on; before, those of the set of electrodes.
fn names(document: &Document, n_leads: usize) -> Vec<String> {
    let labels = document.labels();
    // Of more leads than twelve, the standard ones come first.
    let is_standard = labels.is_empty() && (document.is_twelve_lead() || n_leads >= STANDARD_TWELVE.len());
    let name = |index: usize| match (labels.get(index), STANDARD_TWELVE.get(index)) {
        (Some(label), _) => lead_name(label),
        (None, Some(standard)) if is_standard => standard.to_string(),
        _ => format!("Channel {}", index + 1),
    };
    numbered((0..n_leads).map(name).collect())
}

#[cfg(test)]
mod tests;
