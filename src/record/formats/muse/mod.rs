//! GE MUSE XML (`RestingECG`): what GE's MUSE system exports of resting ECGs.
//!
//! - `document`: walks through the file and gathers its waveforms.
//!
//! GE's DTD `restecg.dtd` is not published; written after the files themselves and "MUSE XML Developer's and System
//! Integrator's Guide" (GE 2046344-012) as far as readers of the format quote it: a `Waveform` of type `Rhythm` (the
//! recording) or `Median` (a beat averaged from it) has one `LeadData` a lead, whose samples are signed 16-bit
//! numbers in base64, `LeadAmplitudeUnitsPerBit` to a number, `SampleBase` × 10^`SampleExponent` of them a second. The
//! crate `quick-xml` reads the markup, `base64` the samples.

mod document;

use super::{Format, Outline, text, xml};
use crate::record::fault::FileKind;
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_name::{lead_name, numbered};
use crate::record::lead_set::{derive_limb_leads, equalise};
use crate::record::units::{assume_unit, millivolts_per};
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark, Unsampled};
use document::{Document, LeadData, Waveform};

pub const FORMAT: Format = Format {
    name: "GE MUSE",
    recognise,
    outline: |_, path| Ok(Outline::of_file(path)),
    read,
    hint: |_, _| None,
    long: None,
};

/// More leads than any recorder has.
const MOST_LEADS: usize = 64;

fn recognise(head: &Head) -> bool {
    xml::root_of(head).is_some_and(|root| root == "RestingECG")
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let mut document = Document::default();
    xml::visit(&text::decode(&bytes), &mut document).in_file(path)?;
    drop(bytes);

    let mut remarks = Vec::new();
    let start = document.start();
    let waveform = choose(document.waveforms, &mut remarks);
    let waveform = waveform.ok_or(Fault::NoWaveform { kind: FileKind::Muse }).in_file(path)?;
    let fs = waveform.sampling_rate();
    let mut leads = read_leads(waveform, &mut remarks).in_file(path)?;
    equalise(&mut leads, &mut remarks);
    derive_limb_leads(&mut leads, &mut remarks);
    let record = Record {
        name: stem_of(path).to_string(),
        fs: fs.unwrap_or(f64::NAN),
        leads,
        start,
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

/// The longest rhythm; where there is none, the median beat.
fn choose(waveforms: Vec<Waveform>, remarks: &mut Vec<Remark>) -> Option<Waveform> {
    let rank = |waveform: &Waveform| (!waveform.is_median(), waveform.n_samples());
    // The first of those that are equally long: `max_by_key` would give the last.
    let chosen = waveforms.into_iter().rev().max_by_key(rank)?;
    if chosen.is_median() {
        remarks.push(Remark::OnlyMedian);
    }
    Some(chosen)
}

fn read_leads(waveform: Waveform, remarks: &mut Vec<Remark>) -> Result<Vec<Lead>, Fault> {
    if waveform.leads.len() > MOST_LEADS {
        return Err(Fault::TooManyLeads { leads: waveform.leads.len() });
    }
    if waveform.leads.iter().any(|lead| !matches!(lead.sample_size, None | Some(2))) {
        return Err(Fault::Not16Bits);
    }
    let names = numbered(waveform.leads.iter().map(|lead| lead_name(&lead.id)).collect());
    let in_units: Vec<Vec<f32>> = waveform.leads.iter().map(LeadData::in_units).collect();
    let unit = |lead: &LeadData| millivolts_per(&lead.unit);
    let assumed = if waveform.leads.iter().all(|lead| unit(lead).is_some()) {
        1.0
    } else {
        let unit = assume_unit(in_units.iter().map(Vec::as_slice));
        remarks.push(unit.remark());
        unit.millivolts
    };
    let mut leads = Vec::new();
    for ((lead, mut samples), name) in waveform.leads.iter().zip(in_units).zip(names) {
        let millivolts = unit(lead).unwrap_or(assumed);
        samples.iter_mut().for_each(|sample| *sample = (f64::from(*sample) * millivolts) as f32);
        if !lead.has_right_checksum() {
            remarks.push(Remark::LeadChecksum { lead: name.clone() });
        }
        if let Some(stated) = lead.stated_samples.filter(|stated| *stated != samples.len()) {
            remarks.push(Remark::LeadSamples { lead: name.clone(), stated, there: samples.len() });
        }
        if lead.is_off {
            remarks.push(Remark::ElectrodeOff { lead: name.clone() });
        }
        leads.push(Lead { name, samples });
    }
    Ok(leads)
}

#[cfg(test)]
mod tests;
