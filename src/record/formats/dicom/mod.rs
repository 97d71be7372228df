//! DICOM: 12-lead, general and ambulatory ECG waveforms.
//!
//! - `dataset`: elements and sequences, explicit, implicit or deflated.
//! - `waveform`: multiplex groups and channels.
//!
//! Written by hand after PS3.3, PS3.5 and PS3.10. Measured for WebAssembly (opt-level z, LTO, brotli): reading with the
//! crate `dicom-object` 0.10 without its default features adds 184 KB, with `dicom-parser` 174 KB, of which 136 KB are
//! tables (text encodings, the dictionary of elements). All formats together have 124 KB.

mod dataset;
mod waveform;

use super::leads_in_turn::{Placed, on_one_time_line};
use super::{Format, Outline};
use crate::record::fault::{DicomFault, FileKind, NamedSignal};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_set::derive_limb_leads;
use crate::record::units::assume_unit;
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark};
use dataset::{Content, DataSet, Tag};
use waveform::Group;

pub const FORMAT: Format =
    Format { name: "DICOM", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint, long: None };

const ACQUISITION_DATE_TIME: Tag = (0x0008, 0x002a);
const DATES_AND_TIMES: [(Tag, Tag); 2] = [((0x0008, 0x0022), (0x0008, 0x0032)), ((0x0008, 0x0023), (0x0008, 0x0033))];

fn recognise(head: &Head) -> bool {
    dataset::recognise(&head.bytes)
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    let is_called = head.has_extension("dcm") || head.has_extension("dicom");
    is_called.then_some(Fault::NotOne { kind: FileKind::Dicom })
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let content = Content::open(&bytes).in_file(path)?;
    let data_set = content.data_set();
    let groups = waveform::groups(data_set).in_file(path)?;
    let mut remarks = Vec::new();
    let (fs, mut leads) = leads(&groups, &mut remarks).in_file(path)?;
    derive_limb_leads(&mut leads, &mut remarks);
    Ok(Reading::Complete(Record {
        name: stem_of(path).to_string(),
        fs,
        leads,
        start: start(data_set),
        annotations: Vec::new(),
        provenance: Provenance {
            format: FORMAT.name.to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    }))
}

/// The leads of the first group that is a rhythm, and of those that go with it: groups at the same rate, as machines
/// write them that record a few leads after the other.
fn leads(groups: &[Group], remarks: &mut Vec<Remark>) -> Result<(f64, Vec<Lead>), Fault> {
    if groups.is_empty() {
        return Err(DicomFault::NoWaveform.into());
    }
    let has_leads = |group: &&Group| group.length > 0 && group.channels.iter().any(|channel| channel.is_lead());
    let rhythms = || groups.iter().filter(|group| group.is_rhythm()).filter(has_leads);
    let Some(first) = rhythms().find(|group| group.is_original).or_else(|| rhythms().next()) else {
        let is_average = groups.iter().any(|group| has_leads(&group));
        return Err(if is_average { DicomFault::OnlyAverage } else { DicomFault::NoEcg }.into());
    };
    let mut placed: Vec<Placed> = Vec::new();
    let (mut others, mut unscaled, mut is_short, mut has_other_rates) = (Vec::new(), Vec::new(), false, false);
    for group in rhythms().filter(|group| group.is_original == first.is_original) {
        if group.fs != first.fs {
            has_other_rates = true;
            continue;
        }
        is_short |= group.length < group.promised;
        let of_others = placed.len();
        for channel in &group.channels {
            if !channel.is_lead() {
                others.push(NamedSignal { name: channel.name.clone(), unit: channel.other_unit.clone() });
                continue;
            }
            let at = (group.offset * 1e-3 * group.fs).round() as u64;
            let lead = Placed { name: channel.name.clone(), first: at, samples: group.samples(channel) };
            // A rhythm strip of a lead that was also recorded in turn with others: the longer one stays.
            let known = placed.iter().take(of_others).position(|known| known.name == lead.name);
            let place = known.unwrap_or(placed.len());
            match placed.get_mut(place) {
                Some(known) if known.samples.len() >= lead.samples.len() => continue,
                Some(known) => *known = lead,
                None => placed.push(lead),
            }
            unscaled.retain(|unscaled| *unscaled != place);
            if channel.scale.is_none() {
                unscaled.push(place);
            }
        }
    }
    if has_other_rates {
        remarks.push(Remark::OtherRates { fs: first.fs });
    }
    if !others.is_empty() {
        remarks.push(Remark::NotEcg { signals: others.into_iter().collect() });
    }
    if is_short {
        remarks.push(Remark::EndsEarly);
    }
    if !unscaled.is_empty() {
        let unit = assume_unit(unscaled.iter().filter_map(|&index| placed.get(index)).map(|lead| &lead.samples[..]));
        for index in unscaled {
            let samples = placed.get_mut(index).map(|lead| lead.samples.iter_mut());
            samples.into_iter().flatten().for_each(|sample| *sample = (f64::from(*sample) * unit.millivolts) as f32);
        }
        remarks.push(unit.remark());
    }
    let leads = on_one_time_line(placed).ok_or(Fault::FarApart { kind: FileKind::Dicom })?;
    Ok((first.fs, leads))
}

/// When it was recorded (VRs DT, DA and TM: `20130220`, `122305.000`), in ISO 8601. Names and birth dates stand in other
/// elements, which are not looked at.
fn start(data_set: DataSet) -> Option<String> {
    let moment = data_set.text(ACQUISITION_DATE_TIME).map(|moment| moment.into_owned()).or_else(|| {
        DATES_AND_TIMES.iter().find_map(|(date, time)| {
            Some(format!("{}{}", data_set.text(*date)?, data_set.text(*time).unwrap_or_default()))
        })
    })?;
    let digits = moment.find(|c: char| !c.is_ascii_digit()).unwrap_or(moment.len());
    let part = |from: usize, to: usize| moment.get(from..to).filter(|_| to <= digits);
    let date = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    match (part(8, 10), part(10, 12)) {
        (Some(hours), Some(minutes)) => Some(format!("{date}T{hours}:{minutes}:{}", part(12, 14).unwrap_or("00"))),
        _ => Some(date),
    }
}

#[cfg(test)]
mod tests;
