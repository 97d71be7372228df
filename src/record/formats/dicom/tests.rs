use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;
use crate::record::catalog;

/// Writes elements as one of the transfer syntaxes has them.
#[derive(Clone, Copy)]
struct Writer {
    is_explicit: bool,
    /// Sequences and items end at delimitations instead of having a length.
    is_undefined: bool,
}

const EXPLICIT: Writer = Writer { is_explicit: true, is_undefined: false };
const IMPLICIT: Writer = Writer { is_explicit: false, is_undefined: false };

impl Writer {
    fn element(self, tag: (u16, u16), vr: &[u8; 2], value: &[u8]) -> Vec<u8> {
        let mut value = value.to_vec();
        if value.len() % 2 == 1 {
            value.push(b' ');
        }
        self.element_of_length(tag, vr, value.len() as u32, &value)
    }

    fn element_of_length(self, tag: (u16, u16), vr: &[u8; 2], length: u32, value: &[u8]) -> Vec<u8> {
        let tag = [tag.0.to_le_bytes(), tag.1.to_le_bytes()].concat();
        let is_long = matches!(vr, b"OB" | b"OW" | b"SQ" | b"UN");
        let head = match (self.is_explicit, is_long) {
            (false, _) => length.to_le_bytes().to_vec(),
            (true, true) => [&vr[..], &[0, 0], &length.to_le_bytes()].concat(),
            (true, false) => [&vr[..], &(length as u16).to_le_bytes()].concat(),
        };
        [tag, head, value.to_vec()].concat()
    }

    fn sequence(self, tag: (u16, u16), items: &[Vec<u8>]) -> Vec<u8> {
        let delimiter = |element: u16| [0xfffe_u16, element, 0, 0].map(u16::to_le_bytes).concat();
        let item = |item: &Vec<u8>| match self.is_undefined {
            true => [&[0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff][..], item, &delimiter(0xe00d)].concat(),
            false => [&[0xfe, 0xff, 0, 0xe0][..], &(item.len() as u32).to_le_bytes(), item].concat(),
        };
        let items: Vec<u8> = items.iter().flat_map(item).collect();
        match self.is_undefined {
            true => self.element_of_length(tag, b"SQ", u32::MAX, &[items, delimiter(0xe0dd)].concat()),
            false => self.element_of_length(tag, b"SQ", items.len() as u32, &items),
        }
    }

    fn code(self, tag: (u16, u16), value: &str, scheme: &str, meaning: &str) -> Vec<u8> {
        let item = [
            self.element((8, 0x100), b"SH", value.as_bytes()),
            self.element((8, 0x102), b"SH", scheme.as_bytes()),
            self.element((8, 0x104), b"LO", meaning.as_bytes()),
        ];
        self.sequence(tag, &[item.concat()])
    }

    /// A lead of 1.25 times 2 of `unit` a step, `baseline` above.
    fn channel(self, source: (&str, &str, &str), unit: &str, baseline: &str) -> Vec<u8> {
        [
            self.code((0x3a, 0x208), source.0, source.1, source.2),
            self.element((0x3a, 0x210), b"DS", b"1.25"),
            self.code((0x3a, 0x211), unit, "UCUM", ""),
            self.element((0x3a, 0x212), b"DS", b"2"),
            self.element((0x3a, 0x213), b"DS", baseline.as_bytes()),
        ]
        .concat()
    }

    fn group(self, original: &str, label: &str, offset: &str, channels: &[Vec<u8>], samples: &[i16]) -> Vec<u8> {
        let data: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        self.group_of(original, label, offset, channels, (16, "SS"), samples.len() / channels.len(), &data)
    }

    #[expect(clippy::too_many_arguments, reason = "what a multiplex group has")]
    fn group_of(
        self,
        original: &str,
        label: &str,
        offset: &str,
        channels: &[Vec<u8>],
        (bits, interpretation): (u16, &str),
        length: usize,
        data: &[u8],
    ) -> Vec<u8> {
        [
            self.element((0x18, 0x1068), b"DS", offset.as_bytes()),
            self.element((0x3a, 4), b"CS", original.as_bytes()),
            self.element((0x3a, 5), b"US", &(channels.len() as u16).to_le_bytes()),
            self.element((0x3a, 0x10), b"UL", &(length as u32).to_le_bytes()),
            self.element((0x3a, 0x1a), b"DS", b"500"),
            self.element((0x3a, 0x20), b"SH", label.as_bytes()),
            self.sequence((0x3a, 0x200), channels),
            self.element((0x5400, 0x1004), b"US", &bits.to_le_bytes()),
            self.element((0x5400, 0x1006), b"CS", interpretation.as_bytes()),
            self.element((0x5400, 0x100a), b"OW", &i32::from(-32768i16).to_le_bytes()[..usize::from(bits / 8)]),
            self.element((0x5400, 0x1010), b"OW", data),
        ]
        .concat()
    }

    fn data_set(self, groups: &[Vec<u8>]) -> Vec<u8> {
        [
            self.element((8, 0x2a), b"DT", b"20130220122305.000+0100"),
            self.element((0x10, 0x10), b"PN", b"Clark^Kent"),
            self.sequence((0x5400, 0x100), groups),
        ]
        .concat()
    }
}

fn file(syntax: &str, data_set: &[u8]) -> Vec<u8> {
    let syntax = EXPLICIT.element((2, 0x10), b"UI", syntax.as_bytes());
    let length = EXPLICIT.element((2, 0), b"UL", &(syntax.len() as u32).to_le_bytes());
    [&[0; 128][..], b"DICM", &length, &syntax, data_set].concat()
}

const SYNTAX: &str = "1.2.840.10008.1.2.1";
const LEAD_I: (&str, &str, &str) = ("5.6.3-9-1", "SCPECG", "whatever");

fn read_bytes(bytes: Vec<u8>) -> Result<Record, ReadError> {
    let mut files = FileSet::default();
    files.add("x.dcm", bytes);
    let found = catalog::catalog(&files);
    let entry = found.entries.first().ok_or_else(|| found.problems[0].clone())?;
    match catalog::read(&files, entry)? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("DICOM tells the sampling rate"),
    }
}

fn read_groups(groups: &[Vec<u8>]) -> Result<Record, ReadError> {
    read_bytes(file(SYNTAX, &EXPLICIT.data_set(groups)))
}

/// A median beat, then the rhythm, as some machines write them.
fn two_groups(write: Writer) -> Vec<u8> {
    let channels = [write.channel(LEAD_I, "uV", "0"), write.channel(("2:3", "MDC", ""), "mV", "-0.5")];
    let beat = write.group("DERIVED", "MEDIAN BEAT", "0", &channels, &[9, 9]);
    write.data_set(&[beat, write.group("ORIGINAL", "RHYTHM", "0", &channels, &[400, 1, -400, 0, -32768, 2])])
}

#[test]
fn explicit_implicit_and_deflated_with_and_without_lengths() {
    let undefined = |write: Writer| Writer { is_undefined: true, ..write };
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&two_groups(EXPLICIT)).unwrap();
    let deflated = encoder.finish().unwrap();
    let whole = file(SYNTAX, &two_groups(EXPLICIT));
    for bytes in [
        whole[132..].to_vec(),
        whole,
        file(SYNTAX, &two_groups(undefined(EXPLICIT))),
        file("1.2.840.10008.1.2", &two_groups(IMPLICIT)),
        file("1.2.840.10008.1.2", &two_groups(undefined(IMPLICIT))),
        file("1.2.840.10008.1.2.1.99", &deflated),
    ] {
        let record = read_bytes(bytes).unwrap();
        assert_eq!((record.fs, record.start.as_deref()), (500.0, Some("2013-02-20T12:23:05")));
        assert_eq!((record.leads[0].name.as_str(), record.leads[1].name.as_str()), ("I", "V1"));
        assert_eq!(record.leads[0].samples[..2], [1.0, -1.0]);
        assert!(record.leads[0].samples[2].is_nan(), "the padding value");
        assert_eq!(record.leads[1].samples, [2.0, -0.5, 4.5]);
        assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
        assert!(!format!("{record:?}").contains("Clark"));
    }
}

#[test]
fn every_sample_interpretation() {
    let channels = [EXPLICIT.channel(LEAD_I, "mV", "0")];
    for (bits, name, data, expected) in [
        (8, "SB", vec![1, 0xff], [2.5, -2.5]),
        (8, "UB", vec![1, 0xff], [2.5, 637.5]),
        (16, "SS", vec![1, 0, 0xff, 0xff], [2.5, -2.5]),
        (16, "US", vec![1, 0, 0xff, 0xff], [2.5, 163_837.5]),
        (32, "SL", vec![1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], [2.5, -2.5]),
        (32, "UL", vec![1, 0, 0, 0, 4, 0, 0, 0], [2.5, 10.0]),
    ] {
        let group = EXPLICIT.group_of("ORIGINAL", "", "0", &channels, (bits, name), 2, &data);
        assert_eq!(read_groups(&[group]).unwrap().leads[0].samples, expected, "{name}");
    }
    let sound = EXPLICIT.group_of("ORIGINAL", "", "0", &channels, (8, "MB"), 1, &[0, 0]);
    assert!(read_groups(&[sound]).unwrap_err().fault.to_string().contains("sound"));
}

#[test]
fn leads_by_what_their_code_means_or_by_their_label() {
    let label = EXPLICIT.element((0x3a, 0x203), b"SH", b"aVL");
    let channels = [
        EXPLICIT.channel(("", "", "Lead aVR, augmented voltage"), "mV", "0"),
        EXPLICIT.channel(("2:0", "MDC", "Lead V2 (precordial)"), "mV", "0"),
        label,
    ];
    let record = read_groups(&[EXPLICIT.group("ORIGINAL", "", "0", &channels, &[1, 2, 3, 1, 2, -300])]).unwrap();
    let names: Vec<_> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, ["aVR", "V2", "aVL"]);
    assert_eq!(record.leads[2].samples, [0.003, -0.3]);
    assert!(record.provenance.remarks[0].to_string().contains("microvolts were assumed"));
}

#[test]
fn groups_one_after_the_other_and_signals_that_are_no_ecg() {
    let pressure = EXPLICIT.channel(("2:1", "OTHER", "Aortic pressure"), "mm[Hg]", "0");
    let first = EXPLICIT.group("ORIGINAL", "", "100", &[EXPLICIT.channel(LEAD_I, "mV", "0"), pressure], &[2, 0, 4, 0]);
    let second = [EXPLICIT.channel(("2:61", "MDC", ""), "mV", "0")];
    let second = EXPLICIT.group("ORIGINAL", "", "104", &second, &[2, 4]);
    let record = read_groups(&[first, second]).unwrap();
    assert_eq!(record.leads[0].samples[..2], [5.0, 10.0]);
    assert_eq!((record.leads[1].name.as_str(), &record.leads[1].samples[2..]), ("III", &[5.0, 10.0][..]));
    assert!(record.leads[0].samples[2].is_nan() && record.leads[1].samples[1].is_nan());
    assert!(record.provenance.remarks[0].to_string().contains("Aortic pressure in mm[Hg]"));
}

#[test]
fn the_longer_recording_of_a_lead_stays_and_other_rates_are_left_out() {
    let lead = |code| EXPLICIT.channel((code, "MDC", ""), "mV", "0");
    let turn = EXPLICIT.group("ORIGINAL", "", "0", &[lead("2:1"), lead("2:2")], &[2, 4, 2, 4]);
    let strip = EXPLICIT.group("ORIGINAL", "", "0", &[lead("2:2")], &[6, 6, 6]);
    let fast: Vec<u8> = EXPLICIT.group("ORIGINAL", "", "0", &[lead("2:3")], &[6, 6, 6]);
    let at = fast.windows(3).position(|text| text == b"500").unwrap();
    let fast = [&fast[..at], b"900", &fast[at + 3..]].concat();
    let record = read_groups(&[turn, strip, fast]).unwrap();
    let names: Vec<_> = record.leads.iter().take(2).map(|lead| lead.name.as_str()).collect();
    assert_eq!((names, &record.leads[1].samples[..]), (vec!["I", "II"], &[15.0; 3][..]));
    assert!(record.leads.iter().all(|lead| lead.name != "V1"));
    assert!(record.provenance.remarks[0].to_string().contains("500 Hz"), "{:?}", record.provenance.remarks);
}

#[test]
fn files_without_a_recording_are_sentences() {
    let reason = |groups: &[Vec<u8>]| read_groups(groups).unwrap_err().fault.to_string();
    assert!(reason(&[]).contains("no waveform"));
    let channels = [EXPLICIT.channel(LEAD_I, "mV", "0")];
    assert!(reason(&[EXPLICIT.group("DERIVED", "MEDIAN BEAT", "0", &channels, &[1; 9])]).contains("averaged beat"));
    assert!(reason(&[EXPLICIT.group("DERIVED", "", "0", &channels, &[1; 9])]).contains("averaged beat"));
    let pressure = [EXPLICIT.channel(("", "", "Pressure"), "mm[Hg]", "0")];
    assert!(reason(&[EXPLICIT.group("ORIGINAL", "", "0", &pressure, &[1; 9])]).contains("is an ECG"));
    assert!(reason(&[EXPLICIT.element((0x3a, 0x10), b"UL", &[9, 0, 0, 0])]).contains("sampling frequency"));
    let apart = EXPLICIT.group("ORIGINAL", "", "1e15", &[EXPLICIT.channel(("2:2", "MDC", ""), "mV", "0")], &[1; 9]);
    assert!(reason(&[EXPLICIT.group("ORIGINAL", "", "0", &channels, &[1; 9]), apart]).contains("far apart"));
    assert!(read_bytes(file("1.2.840.10008.1.2.2", &[])).unwrap_err().fault.to_string().contains("big-endian"));
    assert!(read_bytes(b"DICM".to_vec()).unwrap_err().fault.to_string().contains("piece"));
}

#[test]
fn a_long_derived_rhythm_is_one() {
    let channels = [EXPLICIT.channel(LEAD_I, "mV", "0")];
    let record = read_groups(&[EXPLICIT.group("DERIVED", "", "0", &channels, &[1; 1500])]).unwrap();
    assert_eq!(record.len(), 1500);
}

#[test]
fn cut_or_changed_anywhere_it_is_read_or_answered() {
    for write in [EXPLICIT, Writer { is_explicit: false, is_undefined: true }] {
        let syntax = if write.is_explicit { SYNTAX } else { "1.2.840.10008.1.2" };
        let whole = file(syntax, &two_groups(write));
        let cut = read_bytes(whole[..whole.len() - 4].to_vec());
        assert!(write.is_undefined || cut.unwrap().provenance.remarks[0].to_string().contains("ends before"));
        for length in 0..whole.len() {
            let _ = read_bytes(whole[..length].to_vec());
        }
        for at in 128..whole.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if let Ok(record) = read_bytes(bytes) {
                    assert!(record.fs.is_finite() && record.fs > 0.0 && record.len() < 1000, "{at}");
                }
            }
        }
    }
}

#[test]
fn sequences_beyond_measure_are_refused() {
    let write = Writer { is_explicit: true, is_undefined: true };
    let deep = (0..3000).fold(Vec::new(), |inner, _| write.sequence((8, 0x1140), &[inner]));
    assert!(read_bytes(file(SYNTAX, &deep)).unwrap_err().fault.to_string().contains("no waveform"));
}
