//! Files of level 5, written here as "MAT-File Format" has them.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

const F64: u32 = 9;
const I16: u32 = 3;

/// Writes in one of the two byte orders.
#[derive(Clone, Copy)]
struct Writer {
    big_endian: bool,
}

const LITTLE: Writer = Writer { big_endian: false };

impl Writer {
    fn word(self, value: u32) -> [u8; 4] {
        if self.big_endian { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn element(self, kind: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = [&self.word(kind), &self.word(data.len() as u32), data].concat();
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes
    }

    /// The short form, of at most 4 bytes.
    fn small(self, kind: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = [&self.word((data.len() as u32) << 16 | kind), data].concat();
        bytes.resize(8, 0);
        bytes
    }

    fn matrix(self, class: u32, sides: &[u32], name: &str, body: &[u8]) -> Vec<u8> {
        let flags = [self.word(class), self.word(0)].concat();
        let sides: Vec<u8> = sides.iter().flat_map(|side| self.word(*side)).collect();
        let name = if name.len() <= 4 { self.small(1, name.as_bytes()) } else { self.element(1, name.as_bytes()) };
        self.element(14, &[self.element(6, &flags), self.element(5, &sides), name, body.to_vec()].concat())
    }

    fn doubles(self, sides: &[u32], name: &str, values: &[f64]) -> Vec<u8> {
        let order = |value: &f64| if self.big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        self.matrix(6, sides, name, &self.element(F64, &values.iter().flat_map(order).collect::<Vec<u8>>()))
    }

    fn text(self, name: &str, text: &str) -> Vec<u8> {
        let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.matrix(4, &[1, text.len() as u32], name, &self.element(4, &letters))
    }

    fn group(self, name: &str, fields: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut names = Vec::new();
        for (field, _) in fields {
            let mut padded = field.as_bytes().to_vec();
            padded.resize(16, 0);
            names.extend(padded);
        }
        let values = fields.iter().flat_map(|(_, value)| value.clone());
        let body = [self.small(5, &self.word(16)), self.element(1, &names)].concat();
        self.matrix(2, &[1, 1], name, &body.into_iter().chain(values).collect::<Vec<u8>>())
    }

    fn file(self, variables: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"MATLAB 5.0 MAT-file, Platform: GLNXA64".to_vec();
        bytes.resize(124, b' ');
        bytes.extend(if self.big_endian { *b"\x01\x00MI" } else { *b"\x00\x01IM" });
        bytes.extend(variables.concat());
        bytes
    }
}

fn packed(variable: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(variable).unwrap();
    let data = encoder.finish().unwrap();
    // Compressed elements are not padded.
    [&15u32.to_le_bytes()[..], &(data.len() as u32).to_le_bytes(), &data].concat()
}

fn record(bytes: Vec<u8>) -> Record {
    match reading(bytes).unwrap() {
        Reading::Complete(record) => record,
        Reading::NeedsSamplingRate(_) => panic!("the file says the sampling rate"),
    }
}

/// Beats of 1 mV, three a second at 300 Hz.
fn beats(count: usize) -> Vec<f64> {
    (0..count).map(|index| if index % 100 == 0 { 1.0 } else { 0.01 * (index % 7) as f64 }).collect()
}

#[test]
fn a_vector_and_its_rate_in_both_byte_orders() {
    for big_endian in [false, true] {
        let write = Writer { big_endian };
        let fs = write.doubles(&[1, 1], "fs", &[250.0]);
        let record = record(write.file(&[fs, write.doubles(&[1, 3], "ecg", &[0.5, -1.0, 2.0])]));
        assert_eq!((record.fs, record.provenance.format.as_str()), (250.0, "MATLAB 5"));
        assert_eq!(record.leads[0].samples, [0.5, -1.0, 2.0]);
    }
}

#[test]
fn compressed_variables_and_leads_along_either_side() {
    // Column by column: the first file has three rows.
    let upright = LITTLE.file(&[packed(&LITTLE.doubles(&[3, 2], "ecg", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))]);
    let lying = LITTLE.file(&[packed(&LITTLE.doubles(&[2, 3], "ecg", &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]))]);
    for bytes in [upright, lying] {
        let leads = unsampled(bytes).at(1.0).leads;
        assert_eq!((&leads[0].samples[..], &leads[1].samples[..]), (&[1.0, 2.0, 3.0][..], &[4.0, 5.0, 6.0][..]));
    }
}

#[test]
fn a_nested_struct_with_a_rate_in_its_header_and_a_unit() {
    let signal = LITTLE.doubles(&[300, 1], "", &beats(300));
    let other = LITTLE.doubles(&[3000, 1], "", &beats(3000));
    let header = LITTLE.group("", &[("Name", LITTLE.text("", "who")), ("sampling_rate", LITTLE.text("", "500 Hz"))]);
    let inner = LITTLE.group("", &[("ECG_I", signal), ("unit", LITTLE.text("", "uV")), ("header", header)]);
    let outer = LITTLE.group("patient", &[("resp", other), ("recording", inner)]);
    let record = record(LITTLE.file(&[outer, LITTLE.doubles(&[1, 1], "fs", &[125.0])]));
    assert_eq!((record.fs, record.len(), record.leads[0].samples[0]), (500.0, 300, 0.001));
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    assert!(!format!("{record:?}").contains("who"));
}

#[test]
fn integers_stand_for_the_doubles_they_are() {
    let body = LITTLE.element(I16, &[1i16, -2, 300].map(i16::to_le_bytes).concat());
    let unsampled = unsampled(LITTLE.file(&[LITTLE.matrix(6, &[1, 3], "val", &body)]));
    assert_eq!(unsampled.suggested_fs(), Some(300.0));
    assert_eq!(unsampled.at(300.0).leads[0].samples, [0.001, -0.002, 0.3]);
}

#[test]
fn vectors_named_as_leads_and_a_time_axis() {
    let seconds: Vec<f64> = (0..400).map(|index| f64::from(index) / 200.0).collect();
    let lead = |name| LITTLE.doubles(&[1, 400], name, &beats(400));
    let record = record(LITTLE.file(&[LITTLE.doubles(&[1, 400], "t", &seconds), lead("aVF"), lead("v1")]));
    assert_eq!((record.fs, record.leads.len()), (200.0, 2));
    assert_eq!((record.leads[0].name.as_str(), record.leads[1].name.as_str()), ("aVF", "V1"));
}

#[test]
fn a_struct_like_those_of_cpsc_suggests_their_rate() {
    let data = LITTLE.doubles(&[12, 20], "", &[0.5; 240]);
    let fields = [("sex", LITTLE.text("", "Male")), ("age", LITTLE.doubles(&[1, 1], "", &[9.0])), ("data", data)];
    let unsampled = unsampled(LITTLE.file(&[packed(&LITTLE.group("ECG", &fields))]));
    assert_eq!((unsampled.suggested_fs(), unsampled.len()), (Some(500.0), 20));
}

#[test]
fn cells_higher_dimensions_and_what_holds_no_numbers() {
    let cells = LITTLE.matrix(1, &[1, 1], "c", &LITTLE.doubles(&[1, 3, 1], "", &[1.0, 2.0, 3.0]));
    let cube = LITTLE.doubles(&[2, 2, 2], "ecg", &[0.0; 8]);
    let function = LITTLE.matrix(16, &[1, 1], "f", &[]);
    assert_eq!(unsampled(LITTLE.file(&[cube, function.clone(), cells])).at(1.0).leads[0].samples, [1.0, 2.0, 3.0]);
    assert!(reading(LITTLE.file(&[function])).unwrap_err().fault.to_string().contains("no matrix"));
}

#[test]
fn structs_beyond_measure_and_bombs_are_refused() {
    let deep = (0..2000).fold(LITTLE.doubles(&[1, 3], "", &[0.0; 3]), |inner, _| LITTLE.group("g", &[("g", inner)]));
    assert!(reading(LITTLE.file(&[deep])).is_err());
    let bomb = LITTLE.file(&[packed(&vec![0; 17 << 20])]);
    assert!(bomb.len() < 100_000);
    assert!(reading(bomb).unwrap_err().fault.to_string().contains("far more"));
}

#[test]
fn matlab_7_3_is_told_how_to_save_again() {
    let mut bytes = b"MATLAB 7.3 MAT-file, Platform: GLNXA64".to_vec();
    bytes.resize(512, b' ');
    bytes.extend(b"\x89HDF\r\n\x1a\n");
    assert!(reading(bytes.clone()).unwrap_err().fault.to_string().contains("save('x.mat','-v7')"));
    assert!(reading(bytes[512..].to_vec()).unwrap_err().fault.to_string().contains("-v7"));
}

#[test]
fn cut_anywhere_it_is_read_or_answered() {
    let fields = [("fs", LITTLE.doubles(&[1, 1], "", &[9.0])), ("ecg", LITTLE.doubles(&[1, 9], "", &[0.5; 9]))];
    let group = LITTLE.group("g", &fields);
    for whole in [LITTLE.file(std::slice::from_ref(&group)), LITTLE.file(&[packed(&group)])] {
        assert!(reading(whole.clone()).is_ok());
        assert!((0..whole.len()).all(|length| reading(whole[..length].to_vec()).is_err()));
        for at in 0..whole.len() {
            for value in [0, 1, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                // Read or refused, but answered.
                let _ = reading(bytes);
            }
        }
    }
}
