use super::*;
use crate::record::catalog;
use crate::record::remark::joined;

fn block(id: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = [id, &(data.len() as u32).to_le_bytes()[..], data].concat();
    let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn coding(flags: u8) -> Vec<u8> {
    block(b"fmt ", &[&[1][..], &300u16.to_le_bytes(), &500u16.to_le_bytes(), &[flags, 0, 0]].concat())
}

fn samples(id: &[u8; 4], samples: &[i16]) -> Vec<u8> {
    block(id, &samples.iter().flat_map(|sample| sample.to_le_bytes()).collect::<Vec<u8>>())
}

fn file(version: u8, blocks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE, &[version, 0, 0, 0], &blocks.concat()].concat()
}

fn reading(bytes: Vec<u8>) -> Result<Record, ReadError> {
    let mut files = FileSet::default();
    files.add("x.atc", bytes);
    let found = catalog::catalog(&files);
    let entry = found.entries.first().ok_or_else(|| found.problems[0].clone())?;
    match catalog::read(&files, entry)? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("the format block tells the sampling rate"),
    }
}

#[test]
fn one_lead_its_beats_and_its_start_in_every_version() {
    let mut info = b"2016-06-01T18:15:25.777-04:00".to_vec();
    info.resize(264, 0);
    info[72..80].copy_from_slice(b"my-phone");
    let beats = [300u32.to_le_bytes().to_vec(), vec![150, 0, 0, 0, 1, 0], vec![44, 1, 0, 0, 2, 0]].concat();
    for version in 2..=5 {
        let ecg = samples(b"ecg ", &[2000, -1000, 0]);
        let record = reading(file(
            version,
            &[block(b"info", &info), coding(0x2e), ecg, samples(b"avg ", &[9]), block(b"ann ", &beats)],
        ))
        .unwrap();
        assert_eq!((record.fs, record.leads.len(), record.leads[0].name.as_str()), (300.0, 1, "I"));
        assert_eq!(record.leads[0].samples, [1.0, -0.5, 0.0]);
        assert_eq!(record.start.as_deref(), Some("2016-06-01T18:15:25.777-04:00"));
        let beats: Vec<_> = record.annotations.iter().map(|beat| (beat.time, beat.text.as_str())).collect();
        assert_eq!(beats, [(0.5, "N"), (1.0, "V")]);
        assert_eq!(joined(&record.provenance.remarks), "Filtered by the recorder: 60 Hz mains.");
        assert!(!format!("{record:?}").contains("phone"));
    }
}

#[test]
fn six_leads_of_which_four_are_calculated() {
    let record = reading(file(3, &[coding(0), samples(b"ecg ", &[2000]), samples(b"ecg2", &[4000])])).unwrap();
    let leads: Vec<_> = record.leads.iter().map(|lead| (lead.name.as_str(), lead.samples[0])).collect();
    assert_eq!(leads, [("I", 1.0), ("II", 2.0), ("III", 1.0), ("aVR", -1.5), ("aVL", 0.0), ("aVF", 1.5)]);
    assert!(record.provenance.remarks[0].to_string().contains("III, aVR, aVL, aVF"));
}

#[test]
fn a_wrong_checksum_is_a_remark_and_a_crc_is_no_wrong_one() {
    let mut wrong = samples(b"ecg ", &[2000]);
    wrong[8] ^= 1;
    let record = reading(file(3, &[coding(0), wrong])).unwrap();
    assert!(
        record.provenance.remarks[0].to_string().contains("checksum of the block \"ecg\""),
        "{:?}",
        record.provenance
    );
    let mut with_crc = samples(b"ecg ", &[2000]);
    let end = with_crc.len() - 4;
    let crc = crc32(&with_crc[..end]).to_le_bytes();
    with_crc[end..].copy_from_slice(&crc);
    assert!(reading(file(4, &[coding(0), with_crc])).unwrap().provenance.remarks.is_empty());
}

#[test]
fn leads_of_different_lengths_end_in_missing_samples() {
    let blocks = [coding(0), samples(b"ecg ", &[1, 2, 3]), samples(b"ecg7", &[1])];
    let record = reading(file(5, &blocks)).unwrap();
    assert!(record.leads[1].samples[1..].iter().all(|sample| sample.is_nan()));
}

#[test]
fn broken_files_are_sentences() {
    let reason = |blocks: &[Vec<u8>]| reading(file(3, blocks)).unwrap_err().fault.to_string();
    assert!(reason(&[samples(b"ecg ", &[1])]).contains("format block is missing"));
    assert!(reason(&[coding(0), samples(b"ecg ", &[])]).contains("no ECG"));
    assert!(reason(&[block(b"fmt ", &[2, 44, 1, 244, 1, 0, 0, 0])]).contains("16-bit"));
    assert!(reason(&[block(b"fmt ", &[1, 0, 0, 244, 1, 0, 0, 0])]).contains("no sampling rate"));
    assert!(reason(&[block(b"fmt ", &[1])]).contains("too short"));
    assert!(reading(b"ALIVE?".to_vec()).unwrap_err().fault.to_string().contains("piece"));
    let endless = [b"ecg ".to_vec(), vec![0xff; 4], vec![0; 40]].concat();
    assert!(reason(&[coding(0), endless]).contains("no ECG"));
}

#[test]
fn cut_anywhere_it_is_read_with_a_remark_or_answered() {
    let whole = file(3, &[coding(0), samples(b"ecg ", &[1, 2]), samples(b"ecg7", &[3, 4])]);
    for length in 0..whole.len() {
        match reading(whole[..length].to_vec()) {
            Ok(record) => assert!(record.leads.len() == 1, "{length}"),
            Err(problem) => assert!(problem.fault.to_string().ends_with('.')),
        }
    }
}
