//! HL7 annotated ECG: the XML in which ECGs of clinical trials are handed in, and which many machines export.
//!
//! - `document`: walks through the file and gathers its series, sequences and annotations.
//! - `leads`: from sequences to leads in millivolts.
//! - `time`: time stamps.
//!
//! After B. D. Brown and F. Badilini, "HL7 aECG Implementation Guide", 2005: a `series` holds `sequenceSet`s, each
//! with one sequence of times (`GLIST_TS` or `GLIST_PQ`: a head and an increment) and one sequence a lead (`SLIST_PQ`:
//! an origin, a scale and digits). A `derivedSeries` holds what was calculated from it, such as a representative
//! beat. The crate `quick-xml` reads the markup.

mod document;
mod leads;
mod time;

use super::{Format, Outline, text, xml};
use crate::record::fault::{AecgFault, FileKind, XmlFault};
use crate::record::file_set::{FileSet, Head, stem_of};
use crate::record::{Annotation, Fault, InFile, Provenance, ReadError, Reading, Record, Remark, Unsampled};
use document::{Document, Mark, Series};
use time::Moment;

pub const FORMAT: Format =
    Format { name: "HL7 aECG", recognise, outline: |_, path| Ok(Outline::of_file(path)), read, hint, long: None };

/// Seconds; what is shorter holds not even one beat: example files have such snippets in place of a waveform.
const SHORTEST: f64 = 0.2;

fn recognise(head: &Head) -> bool {
    xml::root_of(head).is_some_and(|root| root == "AnnotatedECG")
}

/// Speaks for all XML.
fn hint(_: &FileSet, head: &Head) -> Option<Fault> {
    let root = xml::root_of(head)?.chars().take(40).collect();
    Some(XmlFault::OtherDocument { root }.into())
}

fn read(files: &FileSet, path: &str) -> Result<Reading, ReadError> {
    let bytes = files.read(path)?;
    let mut document = Document::default();
    xml::visit(&text::decode(&bytes), &mut document).in_file(path)?;
    drop(bytes);

    let mut remarks = Vec::new();
    let series = choose(document.series, &mut remarks);
    let mut series = series.ok_or(Fault::NoWaveform { kind: FileKind::Aecg }).in_file(path)?;
    let n_samples = series.n_samples();
    let assembled = leads::assemble(&mut series, &mut remarks).in_file(path)?;
    let is_snippet = assembled.fs.map_or(n_samples < 32, |fs| (n_samples as f64) < SHORTEST * fs);
    if is_snippet {
        return Err(ReadError::new(path, AecgFault::Snippet { samples: n_samples }));
    }
    let duration = assembled.leads.first().map_or(0, |lead| lead.samples.len()) as f64 / assembled.fs.unwrap_or(1.0);
    let marks = if assembled.fs.is_some() { std::mem::take(&mut series.marks) } else { Vec::new() };
    let record = Record {
        name: stem_of(path).to_string(),
        fs: assembled.fs.unwrap_or(f64::NAN),
        leads: assembled.leads,
        start: series.low.as_deref().and_then(time::iso_8601),
        annotations: annotations(marks, assembled.head, duration),
        provenance: Provenance {
            format: FORMAT.name.to_string(),
            files: vec![path.to_string()],
            remarks,
            synthetic: false,
        },
    };
    Ok(match assembled.fs {
        Some(_) => Reading::Complete(record),
        None => {
            let between = |low: &str, high: &str| Some(time::seconds(high)? - time::seconds(low)?);
            let seconds = series.low.as_deref().zip(series.high.as_deref()).and_then(|(low, high)| between(low, high));
            let suggested = seconds.map(|seconds| (n_samples as f64 / seconds).round());
            match suggested.filter(|fs| (50.0..=10_000.0).contains(fs)) {
                Some(fs) => Reading::NeedsSamplingRate(Unsampled::new(record).with_suggestion(fs)),
                None => Reading::NeedsSamplingRate(Unsampled::new(record)),
            }
        }
    })
}

/// The longest rhythm series; where there is none, the longest other one.
fn choose(series: Vec<Series>, remarks: &mut Vec<Remark>) -> Option<Series> {
    let n_rhythms = series.iter().filter(|series| !series.is_derived).count();
    // The first of those that are equally long: `max_by_key` would give the last.
    let rank = |series: &Series| (!series.is_derived, series.code == "RHYTHM", series.n_samples());
    let chosen = series.into_iter().rev().max_by_key(rank)?;
    if chosen.is_derived {
        let kind = chosen.code.chars().take(40).collect::<String>().to_lowercase().replace('_', " ");
        remarks.push(Remark::OnlyDerived { kind });
    } else if n_rhythms > 1 {
        remarks.push(Remark::SeveralSeries { count: n_rhythms });
    }
    Some(chosen)
}

/// The marks that lie within the recording, in the order of their times.
fn annotations(marks: Vec<Mark>, head: Option<Moment>, duration: f64) -> Vec<Annotation> {
    let placed = marks.into_iter().filter_map(|mark| {
        let time = match (mark.moment, head) {
            (None, _) => 0.0,
            // Relative to the beginning of the series, whatever its head says.
            (Some(Moment::Relative(seconds)), None | Some(Moment::Absolute(_))) => seconds,
            (Some(moment), Some(head)) => head.until(moment)?,
            (Some(Moment::Absolute(_)), None) => return None,
        };
        (-1e-6..duration).contains(&time).then(|| Annotation { time: time.max(0.0), text: mark.text })
    });
    let mut annotations: Vec<Annotation> = placed.collect();
    annotations.sort_by(|a, b| a.time.total_cmp(&b.time));
    annotations
}

#[cfg(test)]
mod tests;
