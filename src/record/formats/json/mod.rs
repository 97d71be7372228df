//! JSON: what web services, phone apps and programs write of recordings.
//!
//! - `value`: the crate `serde_json` parses, into lists of numbers rather than its own tree of values, which takes
//!   sixteen times a short number's text.
//! - `context`: what the fields around samples say of them.
//! - `find`: which of the lists of numbers are leads.
//!
//! Nothing standardises such files. Read are: a list of numbers; lists of lists, or of objects with one sample each;
//! objects with fields that are called like leads or like an ECG, with a sampling rate, a unit, and a gain beside or
//! around them. That covers Fitbit's and Google's (`waveformSamples`, `scalingFactor`), Withings' (`signal`,
//! `sampling_frequency`), exports of Apple's HealthKit (`voltageMeasurements`), and FHIR's SampledData.

mod context;
mod find;
pub(super) mod value;

use super::{Format, Outline, text};
use crate::record::fault::JsonFault;
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::{lead_name, names_for, numbered};
use crate::record::units::assume_unit;
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Unsampled};
use value::Value;

pub const FORMAT: Format =
    Format { name: "JSON", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint, long: None };

fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut characters = text.chars().filter(|c| !c.is_whitespace());
    match (characters.next(), characters.next()) {
        (Some('{'), Some('"' | '}')) => true,
        (Some('['), Some(second)) => second.is_ascii_digit() || matches!(second, '-' | '[' | '{' | 'n' | 'N'),
        _ => false,
    }
}

/// Whether there is a run of numbers or, in a file that is longer than what is seen of it, a word for one.
fn recognise(head: &Head) -> bool {
    if !text::is_text(&head.bytes) {
        return false;
    }
    let text = text::decode(&head.bytes);
    if !is_json(&text) {
        return false;
    }
    if head.is_whole() {
        return Value::parse(&text).is_ok_and(|value| find::find(&value, &mut Vec::new()).is_some());
    }
    let is_number = |part: &str| part.trim().parse::<f64>().is_ok();
    let lists = text.split(['[', ']']).any(|part| part.split(',').filter(|part| is_number(part)).count() >= 16);
    let lower = text.to_lowercase();
    lists || ["ecg", "waveform", "voltage", "sampling", "sampleddata"].iter().any(|word| lower.contains(word))
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    let text = text::is_text(&head.bytes).then(|| text::decode(&head.bytes))?;
    if !is_json(&text) {
        return None;
    }
    let fault = if head.is_whole() { Value::parse(&text).err() } else { None };
    Some(fault.unwrap_or(JsonFault::NoSamples).into())
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let document = Value::parse(&text::decode(&bytes)).in_file(path)?;
    drop(bytes);
    let mut remarks = Vec::new();
    let found = find::find(&document, &mut remarks).ok_or(JsonFault::NoSamples).in_file(path)?;
    drop(document);

    let millivolts = found.millivolts.unwrap_or_else(|| {
        let unit = assume_unit(found.leads.iter().map(|(_, samples)| samples.as_slice()));
        remarks.push(unit.remark());
        unit.millivolts
    });
    let fs = found.context.fs.or(found.time.map(|time| time.fs));
    let (names, mut samples): (Vec<String>, Vec<Vec<f32>>) = found.leads.into_iter().unzip();
    samples.iter_mut().flatten().for_each(|sample| *sample = (f64::from(*sample) * millivolts) as f32);
    let names = match names.iter().all(String::is_empty) {
        true => names_for(&samples),
        false => numbered(names.iter().map(|name| lead_name(name)).collect()),
    };
    let record = Record {
        name: stem_of(path).to_string(),
        fs: fs.unwrap_or(f64::NAN),
        leads: names.into_iter().zip(samples).map(|(name, samples)| Lead { name, samples }).collect(),
        start: found.context.start,
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
        None => Reading::NeedsSamplingRate(Unsampled::new(record)),
    })
}

#[cfg(test)]
mod tests;
