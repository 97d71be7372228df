use super::*;
use crate::record::catalog;
use crate::record::remark::joined;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

fn reading(text: &str) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("x.xml", text.as_bytes().to_vec());
    let found = catalog::catalog(&files);
    match found.entries.first() {
        Some(entry) => catalog::read(&files, entry),
        None => Err(found.problems[0].clone()),
    }
}

fn complete(text: &str) -> Record {
    match reading(text) {
        Ok(Reading::Complete(record)) => record,
        other => panic!("{other:?}"),
    }
}

/// A `LeadData`, its base64 in lines; `more` are further elements.
fn lead(id: &str, samples: &[i16], more: &str) -> String {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let base64 = BASE64_STANDARD.encode(&bytes);
    let lines: Vec<&str> = base64.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let n_samples = samples.len();
    format!(
        "<LeadData><LeadSampleCountTotal>{n_samples}</LeadSampleCountTotal><LeadAmplitudeUnitsPerBit>4.88\
         </LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits><LeadID>{id}</LeadID>\
         <LeadSampleSize>2</LeadSampleSize>{more}<WaveFormData>\n{}\n</WaveFormData></LeadData>\n",
        lines.join("\n")
    )
}

fn waveform(kind: &str, base: &str, leads: &str) -> String {
    format!("<Waveform><WaveformType>{kind}</WaveformType>{base}{leads}</Waveform>")
}

fn document(content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE RestingECG SYSTEM \"restecg.dtd\">\n<RestingECG>\
         <PatientDemographics><PatientLastName>Doe</PatientLastName></PatientDemographics><TestDemographics>\
         <AcquisitionTime>13:05:09</AcquisitionTime><AcquisitionDate>11-30-2019</AcquisitionDate></TestDemographics>\
         {content}</RestingECG>"
    )
}

const BASE: &str = "<SampleBase>5</SampleBase><SampleExponent>2</SampleExponent>";

#[test]
fn the_rhythm_is_read_and_limb_leads_are_derived() {
    let median = waveform("Median", BASE, &lead("I", &[1; 900], ""));
    let rhythm = waveform(
        "Rhythm",
        BASE,
        &(lead("I", &[100, -200], "") + &lead("II", &[300, 400], "") + &lead("V1", &[i16::MIN, 0], "")),
    );
    let record = complete(&document(&(median.clone() + &rhythm)));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (500.0, 2, Some("2019-11-30T13:05:09")));
    let first: Vec<(&str, f32)> = record.leads.iter().map(|lead| (lead.name.as_str(), lead.samples[0])).collect();
    let expected = [
        ("I", 0.488),
        ("II", 1.464),
        ("III", 0.976),
        ("aVR", -0.976),
        ("aVL", -0.244),
        ("aVF", 1.22),
        ("V1", -159.907_84),
    ];
    for ((name, value), (expected_name, expected)) in first.iter().zip(expected) {
        assert!(*name == expected_name && (value - expected).abs() < 1e-6, "{name} {value}, not {expected}");
    }
    assert!(!format!("{record:?}").contains("Doe"));
    let record = complete(&document(&median));
    assert_eq!(record.len(), 900);
    assert!(record.provenance.remarks[0].to_string().contains("Median"));
}

#[test]
fn doubts_are_remarks() {
    let leads = lead("I", &[1, 2, 3], "<LeadDataCRC32>7</LeadDataCRC32>")
        + &lead("V1", &[1, 2, 3], "<LeadSampleCountTotal>5</LeadSampleCountTotal><LeadOff>TRUE</LeadOff>")
        + &lead("V2", &[1, 2], "<LeadAmplitudeUnits>FURLONGS</LeadAmplitudeUnits>");
    let remarks = joined(&complete(&document(&waveform("Rhythm", BASE, &leads))).provenance.remarks);
    for part in
        ["checksum of I does", "V1 should have 5 samples and has 3", "V1 was off", "were assumed", "missing: V2"]
    {
        assert!(remarks.contains(part), "{part}: {remarks}");
    }
    // 0x0100, 0x0302 in zlib's CRC-32 of 00 01 02 03 (computed with Python's zlib.crc32).
    let sum = "<LeadDataCRC32>2344191507</LeadDataCRC32>";
    let record = complete(&document(&waveform("Rhythm", BASE, &lead("I", &[0x0100, 0x0302], sum))));
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn without_a_sampling_rate_it_is_asked() {
    let Ok(Reading::NeedsSamplingRate(unsampled)) = reading(&document(&waveform("Rhythm", "", &lead("I", &[1], ""))))
    else {
        panic!("nothing says the rate")
    };
    assert_eq!(unsampled.suggested_fs(), Some(500.0));
}

#[test]
fn what_is_no_recording_is_a_sentence() {
    let of_four = lead("I", &[1], "<LeadSampleSize>4</LeadSampleSize>");
    let no_base64 = "<LeadData><WaveFormData>?!</WaveFormData></LeadData>";
    for (text, part) in [
        (document(""), "holds no waveform"),
        (document(&waveform("Rhythm", BASE, "")), "holds no waveform"),
        (document(&waveform("Rhythm", BASE, &of_four)), "2 bytes"),
        (document(&waveform("Rhythm", BASE, no_base64)), "base64"),
        (document(&waveform("Rhythm", BASE, &lead("I", &[1], "").repeat(65))), "65 leads"),
        (document("<Waveform>"), "damaged"),
    ] {
        let problem = reading(&text).unwrap_err();
        assert!(problem.fault.to_string().contains(part) && problem.file == "x.xml", "{problem}");
    }
}

#[test]
fn cut_anywhere_it_is_a_sentence_and_no_panic() {
    let text = document(&waveform("Rhythm", BASE, &lead("I", &[5; 40], "")));
    assert!(reading(&text).is_ok());
    for end in 0..text.len() {
        assert!(reading(&text[..end]).unwrap_err().fault.to_string().ends_with('.'), "{end}");
    }
}
