use super::*;
use crate::record::catalog::catalog;
use crate::record::long::tests::stretches_agree;

/// A header, and the samples behind it.
fn file(n_leads: i16, edit: impl Fn(&mut Vec<u8>), samples: &[i16]) -> Vec<u8> {
    let mut bytes = vec![0; header::FIXED];
    let put = |bytes: &mut Vec<u8>, at: usize, value: i16| bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
    bytes[..8].copy_from_slice(MAGIC);
    let n_samples = samples.len() as i32 / i32::from(n_leads.max(1));
    bytes[14..18].copy_from_slice(&n_samples.to_le_bytes());
    bytes[18..22].copy_from_slice(&522i32.to_le_bytes());
    bytes[22..26].copy_from_slice(&522i32.to_le_bytes());
    bytes[28..36].copy_from_slice(b"Somebody");
    for (index, value) in [2, 11, 2009].into_iter().enumerate() {
        put(&mut bytes, 138 + 2 * index, value);
    }
    put(&mut bytes, 150, 7);
    put(&mut bytes, 156, n_leads);
    for lead in 0..12 {
        // I, II, III …; 1000 nV, 2000 nV …
        put(&mut bytes, 158 + 2 * lead as usize, if lead < n_leads { 5 + lead } else { -9 });
        put(&mut bytes, 206 + 2 * lead as usize, if lead < n_leads { 1000 * (lead + 1) } else { -9 });
    }
    put(&mut bytes, 272, 200);
    edit(&mut bytes);
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    bytes
}

fn reading(bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("day.ecg", bytes);
    read(&files, "day.ecg")
}

fn record(bytes: Vec<u8>) -> Record {
    match reading(bytes) {
        Ok(Reading::Complete(record)) => record,
        other => panic!("{other:?}"),
    }
}

fn put(at: usize, value: i16) -> impl Fn(&mut Vec<u8>) {
    move |bytes| bytes[at..at + 2].copy_from_slice(&value.to_le_bytes())
}

#[test]
fn interleaved_leads_with_a_resolution_each() {
    let record = record(file(2, |_| {}, &[100, 100, -200, MISSING, 300, -300]));
    assert_eq!((record.name.as_str(), record.fs, record.len()), ("day", 200.0, 3));
    assert_eq!(record.start.as_deref(), Some("2009-11-02T07:00:00"));
    assert_eq!((record.leads[0].name.as_str(), record.leads[1].name.as_str()), ("I", "II"));
    assert_eq!(record.leads[0].samples, [0.1, -0.2, 0.3]);
    assert_eq!((record.leads[1].samples[0], record.leads[1].samples[2]), (0.2, -0.6));
    assert!(record.leads[1].samples[1].is_nan());
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    assert!(!format!("{record:?}").contains("Somebody"));
}

#[test]
fn any_frames_are_decoded_from_their_own_bytes() {
    let bytes: Vec<u8> = (0..12i16).flat_map(i16::to_le_bytes).collect();
    let lead = |frames: &[u8], lead: usize| {
        let mut samples = Vec::new();
        decode(frames, 3, lead, |sample| samples.push(sample));
        samples
    };
    assert_eq!(lead(&bytes, 1), [1, 4, 7, 10]);
    assert_eq!(lead(&bytes[6..18], 2), [5, 8]);
    assert_eq!(lead(&bytes[..17], 2), [2, 5], "a frame cut off");
}

#[test]
fn a_wrong_checksum_and_a_wrong_length_are_remarks() {
    assert!(record(file(2, put(8, 0x1234), &[0; 8])).provenance.remarks[0].to_string().contains("checksum"));
    let remarks = |n_samples: i32| {
        let edit = move |bytes: &mut Vec<u8>| bytes[14..18].copy_from_slice(&n_samples.to_le_bytes());
        record(file(2, edit, &[0; 8])).provenance.remarks
    };
    assert!(remarks(4).is_empty() && remarks(8).is_empty() && remarks(0).is_empty() && remarks(-1).is_empty());
    assert!(remarks(99)[0].to_string().contains("promises 99 samples of each lead, but the file holds 4"));
}

#[test]
fn samples_follow_the_text_where_their_offset_is_missing() {
    let edit = |bytes: &mut Vec<u8>| {
        bytes[10..14].copy_from_slice(&6i32.to_le_bytes());
        bytes[22..26].copy_from_slice(&0i32.to_le_bytes());
        bytes.extend(b"a note");
    };
    assert_eq!(record(file(1, edit, &[100, 200])).leads[0].samples, [0.1, 0.2]);
}

#[test]
fn what_the_header_leaves_open_is_assumed_or_asked_for() {
    let Ok(Reading::NeedsSamplingRate(unsampled)) = reading(file(1, put(272, 0), &[100, 200])) else { panic!() };
    assert_eq!(unsampled.at(250.0).leads[0].samples, [0.1, 0.2]);
    let beats: Vec<i16> = (0..2000).map(|i| if i % 200 == 0 { 1000 } else { 0 }).collect();
    let unscaled = record(file(1, put(206, -9), &beats));
    assert_eq!(unscaled.leads[0].samples[200], 1.0);
    assert!(unscaled.provenance.remarks[0].to_string().contains("microvolts were assumed"));
    let nameless = record(file(2, |bytes| [put(158, 0), put(160, 1)].iter().for_each(|edit| edit(bytes)), &[0; 4]));
    assert_eq!((nameless.leads[0].name.as_str(), nameless.leads[1].name.as_str()), ("ECG 1", "ECG 2"));
}

#[test]
fn a_file_cut_anywhere_is_read_or_answered() {
    let whole = file(2, |_| {}, &[1, 2, 3, 4, 5, 6]);
    for length in 8..whole.len() {
        match reading(whole[..length].to_vec()) {
            Ok(Reading::Complete(record)) => {
                assert!(length >= 526 && record.provenance.remarks[0].to_string().contains("promises 3"), "{length}")
            }
            Err(problem) => {
                assert!(problem.fault.to_string().contains("cut off") && length < 526, "{length}: {problem}")
            }
            other => panic!("{other:?}"),
        }
    }
    for count in [0, -9, 13, i16::MAX] {
        assert!(
            reading(file(2, put(156, count), &[0; 40]))
                .unwrap_err()
                .fault
                .to_string()
                .contains("leads, which cannot be")
        );
    }
    let beyond = |bytes: &mut Vec<u8>| bytes[22..26].copy_from_slice(&i32::MAX.to_le_bytes());
    assert!(reading(file(2, beyond, &[0; 40])).is_err());
}

#[test]
fn annotations_beside_it_are_part_of_it() {
    let mut files = FileSet::default();
    files.add("day.ann", b"ANN  1.0 and so on".to_vec());
    let found = catalog(&files);
    assert!(found.problems[0].fault.to_string().contains("ISHNE annotations"), "{:?}", found.problems);
    files.add("day.ecg", file(1, |_| {}, &[1]));
    let found = catalog(&files);
    assert_eq!((found.entries.len(), found.problems.len()), (1, 0), "{:?}", found.problems);
}

#[test]
fn stretches_hold_what_the_whole_holds() {
    let samples: Vec<i16> = (0..130).map(|i| if i % 11 == 3 { MISSING } else { i * 97 - 5000 }).collect();
    for n_leads in [1, 2, 3] {
        // The second lead of two has no resolution.
        let bytes = file(
            n_leads,
            |bytes| {
                if n_leads == 2 {
                    put(208, -9)(bytes)
                }
            },
            &samples,
        );
        let mut files = FileSet::default();
        files.add("day.ecg", bytes);
        let long = stretches_agree(&FORMAT, &files, "day.ecg");
        let remarks = &long.record.provenance.remarks;
        assert_eq!(
            remarks.iter().any(|remark| remark.to_string().contains("were assumed")),
            n_leads == 2,
            "{remarks:?}"
        );
    }
}

#[test]
fn without_a_rate_or_samples_there_are_no_stretches() {
    let open = |bytes: Vec<u8>| {
        let mut files = FileSet::default();
        files.add("day.ecg", bytes);
        long::open(&files, "day.ecg").map(|long| long.is_some())
    };
    assert_eq!(open(file(1, |_| {}, &[1])), Ok(true));
    assert_eq!(open(file(1, put(272, 0), &[1])), Ok(false));
    assert_eq!(open(file(1, |_| {}, &[])), Ok(false));
}
