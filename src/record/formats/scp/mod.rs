//! SCP-ECG, the European standard for resting ECGs (EN 1064, ISO 11073-91064).
//!
//! - `sections`: pointers, lead definition, QRS locations, and what stands before samples.
//! - `huffman`: how samples are packed.
//! - `rhythm`: what was left out or subtracted comes back.
//!
//! Written by hand after EN 1064; no crate reads it.

mod huffman;
mod rhythm;
mod sections;

use super::lead_code::lead_of_code;
use super::leads_in_turn::{Placed, on_one_time_line};
use super::{Format, Outline};
use crate::record::fault::{FileKind, ScpFault};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::lead_set::derive_limb_leads;
use crate::record::{Fault, InFile, Lead, Provenance, ReadError, Reading, Record, Remark};
use huffman::{Packing, integrate};
use rhythm::Completion;
use sections::{LeadDefinition, QrsLocations, Sections, Signals};

pub const FORMAT: Format =
    Format { name: "SCP-ECG", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint, long: None };

/// Annex C decimates by four at most; some writers go further.
const LARGEST_DECIMATION: u16 = 16;

fn recognise(head: &Head) -> bool {
    sections::recognise(&head.bytes, head.size)
}

fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    head.has_extension("scp").then_some(Fault::NotOne { kind: FileKind::ScpEcg })
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let mut remarks = Vec::new();
    let (fs, mut leads, start) = recording(&bytes, &mut remarks).in_file(path)?;
    derive_limb_leads(&mut leads, &mut remarks);
    Ok(Reading::Complete(Record {
        name: stem_of(path).to_string(),
        fs,
        leads,
        start,
        annotations: Vec::new(),
        provenance: Provenance {
            format: FORMAT.name.to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    }))
}

/// Sampling rate, leads and start.
fn recording(bytes: &[u8], remarks: &mut Vec<Remark>) -> Result<(f64, Vec<Lead>, Option<String>), Fault> {
    let damaged = || Fault::Damaged { kind: FileKind::ScpEcg };
    let sections = Sections::parse(bytes).ok_or_else(damaged)?;
    if !sections.is_whole {
        remarks.push(Remark::EndsEarly);
    } else if !sections.is_sound {
        remarks.push(Remark::RecordChecksum);
    }
    let definition = sections.get(3).ok_or(ScpFault::NoLeadDefinition)?;
    let definition = LeadDefinition::parse(definition).ok_or_else(damaged)?;
    let rhythm = sections.get(6).ok_or(ScpFault::NoRhythm)?;
    let rhythm = Signals::parse(rhythm, definition.leads.len()).ok_or_else(damaged)?;
    if rhythm.interval == 0 || rhythm.millivolts == 0.0 {
        return Err(Fault::NoRateOrAmplitude { kind: FileKind::ScpEcg });
    }
    let packing = match sections.get(2) {
        Some(section) => Packing::parse(section).ok_or_else(damaged)?,
        None => Packing::Plain,
    };
    let beats = sections.get(4).and_then(QrsLocations::parse);
    let reference = sections.get(5).and_then(|section| Signals::parse(section, definition.leads.len()));
    let completion = completion(&packing, &rhythm, beats.as_ref(), reference.as_ref(), definition.is_subtracted)?;
    let fs = 1e6 * completion.decimation as f64 / f64::from(rhythm.interval);
    let leads = leads(&definition, &completion, remarks)?;
    Ok((fs, leads, sections.get(1).and_then(sections::start)))
}

/// What has to be done to section 6. The reference beat is at the full sampling rate, section 6 at that rate divided
/// by a whole number.
fn completion<'a>(
    packing: &'a Packing,
    rhythm: &'a Signals,
    beats: Option<&'a QrsLocations>,
    reference: Option<&'a Signals>,
    is_subtracted: bool,
) -> Result<Completion<'a>, ScpFault> {
    let mut completion = Completion { packing, rhythm, beats, decimation: 1, reference: Vec::new() };
    // Some writers say so of a record in which nothing was subtracted from any beat.
    let is_subtracted = is_subtracted && beats.is_none_or(|beats| beats.beats.iter().any(|beat| beat.kind == 0));
    if !is_subtracted && !rhythm.is_bimodal {
        return Ok(completion);
    }
    let Some((reference, beats)) = reference.filter(|reference| reference.interval > 0).zip(beats) else {
        return Err(ScpFault::NoReferenceBeat);
    };
    let decimation = rhythm.interval / reference.interval;
    if !rhythm.interval.is_multiple_of(reference.interval) || !(1..=LARGEST_DECIMATION).contains(&decimation) {
        return Err(ScpFault::Intervals { reference: reference.interval, rhythm: rhythm.interval });
    }
    completion.decimation = decimation.into();
    if is_subtracted {
        // 5.7: as many samples as fit into the reference beat's length.
        let length = usize::from(beats.reference_ms) * 1000 / usize::from(reference.interval);
        let in_millivolts = |packed: &&[u8]| {
            let mut values = packing.unpack(packed, length);
            integrate(&mut values, reference.differences);
            values.iter().map(|value| (f64::from(*value) * reference.millivolts) as f32).collect()
        };
        completion.reference = reference.leads.iter().map(in_millivolts).collect();
    }
    Ok(completion)
}

/// All leads, of which some may have been recorded after others.
fn leads(definition: &LeadDefinition, completion: &Completion, remarks: &mut Vec<Remark>) -> Result<Vec<Lead>, Fault> {
    let mut placed = Vec::new();
    let mut short = Vec::new();
    for (number, lead) in definition.leads.iter().enumerate() {
        let (name, samples) = (lead_of_code(lead.code.into()), completion.lead(number, lead));
        if samples.is_empty() {
            remarks.push(Remark::EmptyLead { lead: name });
            continue;
        }
        if lead.length().is_none_or(|length| samples.len() < length) {
            short.push(name.clone());
        }
        placed.push(Placed { name, first: lead.first.into(), samples });
    }
    if !short.is_empty() {
        remarks.push(Remark::EarlyLeads { leads: short });
    }
    on_one_time_line(placed).ok_or(Fault::FarApart { kind: FileKind::ScpEcg })
}

#[cfg(test)]
mod tests;
