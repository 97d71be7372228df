use super::sections::crc;
use super::*;
use crate::record::catalog;

/// Codes of the default Huffman table (C.2.7.4) for second differences of `samples`.
fn packed(samples: &[i32]) -> Vec<u8> {
    let mut bits = String::new();
    for (index, sample) in samples.iter().enumerate() {
        let value = match index {
            0 | 1 => *sample,
            _ => sample - 2 * samples[index - 1] + samples[index - 2],
        };
        bits += &match (value, value.unsigned_abs() as usize) {
            (0, _) => "0".to_string(),
            (_, size @ 1..=8) => "1".repeat(size) + if value < 0 { "01" } else { "00" },
            _ => format!("1111111111{:016b}", value as i16),
        };
    }
    bits += &"0".repeat(bits.len().next_multiple_of(16) - bits.len());
    bits.as_bytes().chunks(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | (bit - b'0'))).collect()
}

/// Sections 5 and 6: 2500 nV a step, second differences.
fn signals(interval: u16, is_bimodal: bool, leads: &[Vec<u8>]) -> Vec<u8> {
    let lengths = leads.iter().flat_map(|lead| (lead.len() as u16).to_le_bytes());
    let head = [&2500u16.to_le_bytes()[..], &interval.to_le_bytes(), &[2, u8::from(is_bimodal)]].concat();
    head.into_iter().chain(lengths).chain(leads.concat()).collect()
}

fn definition(flags: u8, leads: &[(u32, u32, u8)]) -> Vec<u8> {
    let lead =
        |(first, last, code): &(u32, u32, u8)| [&first.to_le_bytes()[..], &last.to_le_bytes(), &[*code]].concat();
    [vec![leads.len() as u8, flags], leads.iter().flat_map(lead).collect()].concat()
}

fn record(sections: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let (mut body, mut pointers) = (Vec::new(), Vec::new());
    let section = |number: u16, reserved: &[u8; 6], data: &[u8]| {
        let length = data.len() as u32 + 16;
        let rest = [&number.to_le_bytes()[..], &length.to_le_bytes(), &[20, 20], reserved, data].concat();
        [&crc(&rest).to_le_bytes()[..], &rest].concat()
    };
    for number in 0..12u16 {
        let data = sections.iter().find(|(own, _)| *own == number).map(|(_, data)| data);
        let bytes = data.map(|data| section(number, &[0; 6], data)).unwrap_or_default();
        let (length, index) = match number {
            0 => (136, 7),
            _ => (bytes.len() as u32, if bytes.is_empty() { 0 } else { 6 + 136 + body.len() as u32 + 1 }),
        };
        pointers.extend([&number.to_le_bytes()[..], &length.to_le_bytes(), &index.to_le_bytes()].concat());
        body.extend(bytes);
    }
    let all = [section(0, b"SCPECG", &pointers), body].concat();
    let rest = [&(all.len() as u32 + 6).to_le_bytes()[..], &all].concat();
    [&crc(&rest).to_le_bytes()[..], &rest].concat()
}

fn read_bytes(bytes: Vec<u8>) -> Result<Record, ReadError> {
    let mut files = FileSet::default();
    files.add("x.scp", bytes);
    let found = catalog::catalog(&files);
    let entry = found.entries.first().ok_or_else(|| found.problems[0].clone())?;
    match catalog::read(&files, entry)? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("an SCP-ECG record tells its sampling rate"),
    }
}

fn read_sections(sections: &[(u16, Vec<u8>)]) -> Result<Record, ReadError> {
    read_bytes(record(sections))
}

fn default_table() -> (u16, Vec<u8>) {
    (2, 19999u16.to_le_bytes().to_vec())
}

/// Section 1: a name, the date, the time, the end.
fn acquisition() -> (u16, Vec<u8>) {
    let date = [&[25, 4, 0][..], &2002u16.to_le_bytes(), &[11, 22], &[26, 3, 0, 9, 10, 7, 255, 0, 0]].concat();
    (1, [b"\x00\x05\x00Clark".to_vec(), date].concat())
}

fn plain() -> Vec<(u16, Vec<u8>)> {
    let leads = [packed(&[400, -400, 0, 7]), packed(&[1, 2, 3, 4])];
    let definition = definition(4, &[(1, 4, 3), (1, 4, 61)]);
    vec![acquisition(), default_table(), (3, definition), (6, signals(2000, false, &leads))]
}

#[test]
fn leads_their_names_rate_and_start() {
    let record = read_sections(&plain()).unwrap();
    assert_eq!((record.fs, record.start.as_deref()), (500.0, Some("2002-11-22T09:10:07")));
    assert_eq!((record.leads[0].name.as_str(), record.leads[1].name.as_str()), ("V1", "III"));
    assert_eq!(record.leads[0].samples, [1.0, -1.0, 0.0, 0.0175]);
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    assert!(!format!("{record:?}").contains("Clark"));
}

#[test]
fn numbers_of_16_bits_where_there_are_no_tables() {
    let lead: Vec<u8> = [400i16, 0, -400].iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let mut rhythm = signals(4000, false, &[lead]);
    rhythm[4] = 1;
    let record = read_sections(&[(3, definition(4, &[(1, 3, 1)])), (6, rhythm)]).unwrap();
    assert_eq!((record.fs, &record.leads[0].samples[..]), (250.0, &[1.0, 1.0, 0.0][..]));
}

/// Two beats of type 0 and one of another, of which the first two had the reference beat subtracted; outside samples 9
/// to 12, 21 to 24 and 33 to 36, one of four samples is kept.
fn compressed(left_over: &[i32]) -> Vec<(u16, Vec<u8>)> {
    let beats = [(0u16, 9u32, 10u32, 12u32), (0, 21, 22, 24), (1, 33, 34, 36)];
    let zones = beats.iter().flat_map(|(kind, first, fiducial, last)| {
        [&kind.to_le_bytes()[..], &first.to_le_bytes(), &fiducial.to_le_bytes(), &last.to_le_bytes()].concat()
    });
    let protected = beats.iter().flat_map(|(_, first, _, last)| [first.to_le_bytes(), last.to_le_bytes()].concat());
    // The reference beat has 6 samples (12 ms), its fiducial point is the third.
    let locations = [12u16, 3, 3].iter().flat_map(|word| word.to_le_bytes()).chain(zones).chain(protected).collect();
    let reference = signals(2000, false, &[packed(&[9, 100, 400, 200, 50, 9])]);
    let mut stored = vec![40, 40, 1, 2, 3, 4, 40, 40, 5, 6, 7, 8, 40, 48, 400, 401, 402, 403, 80];
    stored.extend_from_slice(left_over);
    let last = 40 + 2;
    let definition = definition(5, &[(1, last, 2)]);
    vec![default_table(), (3, definition), (4, locations), (5, reference), (6, signals(8000, true, &[packed(&stored)]))]
}

#[test]
fn what_was_decimated_and_subtracted_comes_back() {
    let sections = compressed(&[-1, -2]);
    let record = read_sections(&sections).unwrap();
    assert_eq!(record.fs, 500.0);
    let steps: Vec<i32> = record.leads[0].samples.iter().map(|sample| (sample / 0.0025).round() as i32).collect();
    let flat = [40; 8];
    // Samples 25 to 32 lie between 40 and 48, in whose middles (26.5, 30.5) the kept samples stand.
    let slope = [40, 40, 40, 42, 44, 46, 48, 48];
    let last = [80, 80, 80, 80, -1, -2];
    let expected: Vec<i32> = [&flat[..], &[101, 402, 203, 54], &flat, &[105, 406, 207, 58], &slope]
        .concat()
        .into_iter()
        .chain([400, 401, 402, 403])
        .chain(last)
        .collect();
    assert_eq!(steps, expected);
}

#[test]
fn no_reference_beat_is_needed_where_it_was_subtracted_from_none() {
    let mut sections = plain();
    sections[2].1[1] |= 1;
    sections.push((4, vec![0; 6]));
    assert_eq!(read_sections(&sections).unwrap().leads[0].samples[..2], [1.0, -1.0]);
}

#[test]
fn leads_one_after_the_other_are_missing_where_they_were_not_recorded() {
    let leads = [packed(&[400, 400]), packed(&[800, 800])];
    let sections = [default_table(), (3, definition(0, &[(1, 2, 1), (3, 4, 3)])), (6, signals(2000, false, &leads))];
    let record = read_sections(&sections).unwrap();
    assert_eq!(record.leads[0].samples[..2], [1.0, 1.0]);
    assert!(record.leads[0].samples[2..].iter().all(|sample| sample.is_nan()));
    assert!(record.leads[1].samples[..2].iter().all(|sample| sample.is_nan()));
    assert_eq!(record.leads[1].samples[2..], [2.0, 2.0]);
}

#[test]
fn eight_leads_become_twelve() {
    let leads: Vec<_> = (1..=8).map(|code| (1, 2, code)).collect();
    let packed: Vec<_> = (1..=8).map(|code| packed(&[code * 400, 0])).collect();
    let sections = [default_table(), (3, definition(4, &leads)), (6, signals(2000, false, &packed))];
    let record = read_sections(&sections).unwrap();
    let names: Vec<_> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, crate::record::lead_name::STANDARD_TWELVE);
    assert_eq!(record.leads[5].samples[0], 1.5, "aVF");
}

#[test]
fn a_wrong_checksum_and_a_missing_end_are_remarks() {
    let mut bytes = record(&plain());
    bytes[0] ^= 1;
    assert!(read_bytes(bytes.clone()).unwrap().provenance.remarks[0].to_string().contains("checksum"));
    bytes.truncate(bytes.len() - 1);
    let record = read_bytes(bytes).unwrap();
    assert!(record.provenance.remarks[0].to_string().contains("ends before"), "{:?}", record.provenance.remarks);
}

#[test]
fn records_that_cannot_be_read_are_sentences() {
    let reason = |sections: &[(u16, Vec<u8>)]| read_sections(sections).unwrap_err().fault.to_string();
    let without = |number: u16, mut sections: Vec<(u16, Vec<u8>)>| {
        sections.retain(|(own, _)| *own != number);
        sections
    };
    assert!(reason(&without(6, plain())).contains("no rhythm data"));
    assert!(reason(&without(3, plain())).contains("which leads"));
    assert!(reason(&without(5, compressed(&[]))).contains("reference beat"));
    assert!(reason(&without(4, compressed(&[]))).contains("reference beat"));
    let mut other = compressed(&[]);
    other[4].1[2..4].copy_from_slice(&7000u16.to_le_bytes());
    assert!(reason(&other).contains("do not fit together"));
    let mut no_rate = plain();
    no_rate[3].1[2..4].fill(0);
    assert!(reason(&no_rate).contains("no sampling rate"));
    let far = definition(0, &[(1, 4, 1), (u32::MAX - 3, u32::MAX, 3)]);
    let mut apart = plain();
    apart[2].1 = far;
    assert!(reason(&apart).contains("far apart"));
    assert!(read_bytes(b"no record".to_vec()).unwrap_err().fault.to_string().contains("piece"));
}

#[test]
fn cut_or_changed_anywhere_it_is_read_or_answered() {
    for whole in [record(&plain()), record(&compressed(&[1]))] {
        for length in 0..whole.len() {
            let _ = read_bytes(whole[..length].to_vec());
        }
        for at in 0..whole.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if let Ok(record) = read_bytes(bytes) {
                    assert!(record.fs.is_finite() && record.fs > 0.0 && record.len() < 10_000, "{at}");
                }
            }
        }
    }
}
