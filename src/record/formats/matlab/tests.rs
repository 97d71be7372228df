mod level5;

use super::*;
use crate::record::catalog;

/// A level 4 matrix; `code` is MOPT, `data` lies column by column.
fn matrix(code: i32, rows: i32, columns: i32, name: &str, data: &[u8]) -> Vec<u8> {
    let word = |value: i32| if code >= 1000 { value.to_be_bytes() } else { value.to_le_bytes() };
    let header = [code, rows, columns, 0, name.len() as i32 + 1].map(word).concat();
    [&header[..], name.as_bytes(), &[0], data].concat()
}

fn reading(bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("x.mat", bytes);
    let found = catalog::catalog(&files);
    match found.entries.first() {
        Some(entry) => catalog::read(&files, entry),
        None => Err(found.problems[0].clone()),
    }
}

fn unsampled(bytes: Vec<u8>) -> Unsampled {
    match reading(bytes).unwrap() {
        Reading::NeedsSamplingRate(unsampled) => unsampled,
        Reading::Complete(_) => panic!("nothing says the sampling rate"),
    }
}

#[test]
fn a_lone_challenge_file_asks_for_its_rate_and_suggests_300() {
    let data: Vec<u8> = [1000i16, -500, 0, 250].iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let unsampled = unsampled(matrix(30, 1, 4, "val", &data));
    assert_eq!((unsampled.suggested_fs(), unsampled.len(), unsampled.name()), (Some(300.0), 4, "x"));
    let record = unsampled.at(300.0);
    assert_eq!(record.leads[0].samples, [1.0, -0.5, 0.0, 0.25]);
    assert!(record.provenance.remarks[0].to_string().contains("1000"));
}

#[test]
fn every_number_type_in_both_byte_orders() {
    let values = [1.0f64, -2.0, 3.0];
    for (precision, size) in [(0, 8), (1, 4), (2, 4), (3, 2), (4, 2), (5, 1)] {
        for big_endian in [false, true] {
            let data = values.iter().flat_map(|value| {
                let value = if precision >= 4 { value.abs() } else { *value };
                let mut bytes = match precision {
                    0 => value.to_le_bytes().to_vec(),
                    1 => (value as f32).to_le_bytes().to_vec(),
                    2 => (value as i32).to_le_bytes().to_vec(),
                    _ => (value as i64).to_le_bytes()[..size].to_vec(),
                };
                if big_endian {
                    bytes.reverse();
                }
                bytes
            });
            let code = precision * 10 + if big_endian { 1000 } else { 0 };
            let lead = unsampled(matrix(code, 3, 1, "ecg", &data.collect::<Vec<u8>>())).at(1.0).leads.remove(0);
            let second = if precision >= 4 { 2.0 } else { -2.0 };
            assert_eq!(lead.samples, [1.0, second, 3.0], "type {code}");
        }
    }
}

#[test]
fn leads_lie_along_the_shorter_side_and_a_scalar_called_fs_is_the_rate() {
    let column_by_column: Vec<u8> = [1.0f32, 4.0, 2.0, 5.0, 3.0, 6.0].iter().flat_map(|v| v.to_le_bytes()).collect();
    let file = [matrix(10, 2, 3, "ecg", &column_by_column), matrix(0, 1, 1, "Fs", &250.0f64.to_le_bytes())].concat();
    let Reading::Complete(record) = reading(file).unwrap() else { panic!("Fs says the sampling rate") };
    assert_eq!(record.fs, 250.0);
    assert_eq!(record.leads[0].samples, [1.0, 2.0, 3.0]);
    assert_eq!(record.leads[1].samples, [4.0, 5.0, 6.0]);
    assert_eq!(record.leads[1].name, "ECG 2");
    let upright = unsampled(matrix(10, 3, 2, "ecg", &column_by_column)).at(1.0);
    assert_eq!(upright.leads[1].samples, [5.0, 3.0, 6.0]);
}

#[test]
fn broken_files_are_sentences() {
    let whole = matrix(30, 1, 9000, "val", &[1; 18000]);
    let reason = |bytes: Vec<u8>| reading(bytes).unwrap_err().fault.to_string();
    let cut = reason(whole[..5024].to_vec());
    assert!(cut.contains("9000") && cut.contains("2500"), "{cut}");
    assert!(reason(whole[..10].to_vec()).contains("piece"));
    assert!(reason(matrix(30, i32::MAX, i32::MAX, "val", &[0; 64])).contains("cut off"));
    assert!(reason(matrix(30, 0, 0, "val", &[])).contains("no matrix"));
    assert!(reason(matrix(30, 70, 70, "val", &[0; 9800])).contains("70 rows"));
    assert!(reason(b"neither fish nor fowl, and no numbers".to_vec()).contains("no MATLAB file"));
}
