use super::*;
use crate::record::long::tests::stretches_agree;
use crate::record::remark::joined;

/// A file to be made.
#[derive(Clone)]
pub struct Made {
    pub kind: &'static str,
    pub is_bdf: bool,
    pub n_records: &'static str,
    pub seconds: &'static str,
    /// Label, unit, samples a record.
    pub signals: Vec<(&'static str, &'static str, usize)>,
    /// Bytes of an annotation signal, for each record.
    pub annotations: Vec<&'static str>,
}

impl Default for Made {
    fn default() -> Self {
        let (signals, annotations) = (Vec::new(), Vec::new());
        Self { kind: "", is_bdf: false, n_records: "3", seconds: "1", signals, annotations }
    }
}

impl Made {
    const ANNOTATION_SAMPLES: usize = 20;

    pub fn signal(mut self, label: &'static str, unit: &'static str, samples: usize) -> Self {
        self.signals.push((label, unit, samples));
        self
    }

    /// The file with `count` records; samples from `digital(signal, record, sample)`. One unit is 2 digits.
    pub fn bytes(&self, count: usize, digital: impl Fn(usize, usize, usize) -> i32) -> Vec<u8> {
        let mut signals = self.signals.clone();
        if !self.annotations.is_empty() {
            signals.push((
                if self.is_bdf { "BDF Annotations" } else { "EDF Annotations" },
                "",
                Self::ANNOTATION_SAMPLES,
            ));
        }
        let pad = |text: &str, length: usize| format!("{text:length$}").into_bytes();
        let mut bytes = if self.is_bdf { b"\xffBIOSEMI".to_vec() } else { b"0       ".to_vec() };
        let name = "Somebody 24-JUL-1950 born";
        bytes.extend(
            [pad(name, 80), pad("Startdate 24-JUL-2019 X X X", 80), pad("24.07.19", 8), pad("04.05.56", 8)].concat(),
        );
        bytes.extend([pad(&(256 * (signals.len() + 1)).to_string(), 8), pad(self.kind, 44)].concat());
        bytes.extend([pad(self.n_records, 8), pad(self.seconds, 8), pad(&signals.len().to_string(), 4)].concat());
        type Field = (usize, fn(&(&'static str, &'static str, usize)) -> String);
        let fields: [Field; 10] = [
            (16, |signal| signal.0.into()),
            (80, |_| "electrode".into()),
            (8, |signal| signal.1.into()),
            (8, |_| "-1000".into()),
            (8, |_| "1000".into()),
            (8, |_| "-2000".into()),
            (8, |_| "2000".into()),
            (80, |_| "HP:0.1Hz".into()),
            (8, |signal| signal.2.to_string()),
            (32, |_| String::new()),
        ];
        for (length, text) in fields {
            bytes.extend(signals.iter().flat_map(|signal| pad(&text(signal), length)));
        }
        let width = if self.is_bdf { 3 } else { 2 };
        for record in 0..count {
            for (place, signal) in self.signals.iter().enumerate() {
                bytes.extend((0..signal.2).flat_map(|i| digital(place, record, i).to_le_bytes()[..width].to_vec()));
            }
            if let Some(text) = self.annotations.get(record) {
                let mut text = text.as_bytes().to_vec();
                text.resize(Self::ANNOTATION_SAMPLES * width, 0);
                bytes.extend(text);
            }
        }
        bytes
    }
}

fn record(bytes: Vec<u8>) -> Result<Record, ReadError> {
    let mut files = FileSet::default();
    files.add("night.edf", bytes);
    match read(&files, "night.edf")? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("a header tells the sampling rate"),
    }
}

fn samples(record: &Record, lead: usize) -> &[f32] {
    &record.leads[lead].samples
}

#[test]
fn leads_are_in_millivolts_whatever_the_unit() {
    let made = Made::default().signal("ECG I", "uV", 2).signal("ECG II", "mV", 2).signal("ECG V1", "V", 2);
    let record = record(made.bytes(3, |signal, record, i| (signal * 100 + record * 20 + i * 2) as i32)).unwrap();
    assert_eq!((record.name.as_str(), record.fs, record.len()), ("night", 2.0, 6));
    assert_eq!(record.start.as_deref(), Some("2019-07-24T04:05:56"));
    let near = |found: &[f32], expected: &[f32]| {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4), "{found:?} {expected:?}")
    };
    near(samples(&record, 0), &[0.0, 0.001, 0.01, 0.011, 0.02, 0.021]);
    near(samples(&record, 1), &[50.0, 51.0, 60.0, 61.0, 70.0, 71.0]);
    assert_eq!(samples(&record, 2)[1], 101_000.0);
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    assert!(!format!("{record:?}").contains("Somebody"));
}

#[test]
fn leads_of_several_rates_share_the_highest() {
    let made = Made { seconds: "0.1", ..Made::default() }.signal("ECG I", "mV", 4).signal("ECG II", "mV", 2);
    let record = record(made.bytes(3, |_, record, i| (record * 8 + i * 2) as i32)).unwrap();
    assert_eq!(
        (record.fs, samples(&record, 1)),
        (40.0, &[0.0, 0.5, 1.0, 2.5, 4.0, 4.5, 5.0, 6.5, 8.0, 8.5, 9.0, 9.0][..])
    );
    assert!(record.provenance.remarks[0].to_string().contains("II (20 Hz)"), "{:?}", record.provenance.remarks);
}

#[test]
fn the_file_is_believed_rather_than_the_number_of_records() {
    let remarks = |n_records: &'static str, count: usize| {
        let made = Made { n_records, ..Made::default() }.signal("ECG", "mV", 5);
        let mut bytes = made.bytes(count, |_, _, _| 0);
        bytes.extend([0; 7]);
        let record = record(bytes).unwrap();
        assert_eq!(record.len(), 5 * count);
        record.provenance.remarks
    };
    assert!(remarks("4", 4).is_empty());
    assert!(remarks("-1", 4)[0].to_string().contains("the 4 that are there"));
    assert!(remarks("9", 4)[0].to_string().contains("promises 9 data records, but the file holds 4"));
    assert!(remarks("2", 4)[0].to_string().contains("promises 2 data records, but the file holds 4"));
    let none = Made::default().signal("ECG", "mV", 5).bytes(0, |_, _, _| 0);
    assert!(record(none).unwrap_err().fault.to_string().contains("not one whole data record"));
}

#[test]
fn annotations_count_from_the_first_sample() {
    let annotations =
        vec!["+0.25\x14\x14\0+1.5\x15.5\x14late\x14\0", "+1.25\x14\x14\0+0.5\x14early\x14\0", "+2.25\x14\x14\0"];
    let made = Made { kind: "EDF+C", annotations, ..Made::default() }.signal("ECG", "mV", 4);
    let record = record(made.bytes(3, |_, _, _| 0)).unwrap();
    let mark = |time: f64, text: &str| Annotation { time, text: text.into() };
    assert_eq!(record.annotations, [mark(0.25, "early"), mark(1.25, "late")]);
    assert_eq!((record.start.as_deref(), record.len()), (Some("2019-07-24T04:05:56.250"), 12));
}

#[test]
fn interruptions_are_gaps() {
    let annotations = vec!["+0\x14\x14\0", "+1\x14\x14\0+3.75\x14x\x14\0", "+3.5\x14\x14\0"];
    for is_bdf in [false, true] {
        let kind = if is_bdf { "BDF+D" } else { "EDF+D" };
        let made = Made { kind, is_bdf, annotations: annotations.clone(), ..Made::default() };
        let made = made.signal("ECG I", "mV", 4).signal("ECG II", "mV", 2);
        let record = record(made.bytes(3, |_, record, i| (record * 8 + i * 2) as i32)).unwrap();
        assert_eq!(record.len(), 18);
        let known: Vec<f32> = samples(&record, 0).iter().copied().filter(|sample| !sample.is_nan()).collect();
        assert_eq!(known, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
        assert!(samples(&record, 0)[8..14].iter().all(|sample| sample.is_nan()));
        assert_eq!(samples(&record, 1)[14..], [8.0, 8.5, 9.0, 9.0], "no line is drawn across a gap");
        assert_eq!((record.annotations[0].time, record.annotations[0].text.as_str()), (3.75, "x"));
        assert!(
            record.provenance.remarks[0].to_string().contains("interrupted once"),
            "{:?}",
            record.provenance.remarks
        );
    }
}

#[test]
fn records_with_doubtful_times_follow_one_another() {
    let annotations = vec!["+10\x14\x14\0", "+5\x14\x14\0", "nonsense"];
    let made = Made { kind: "EDF+D", annotations, ..Made::default() }.signal("ECG", "mV", 4);
    let doubtful = record(made.bytes(3, |_, _, _| 0)).unwrap();
    assert_eq!(doubtful.len(), 12);
    assert!(
        doubtful.provenance.remarks[0].to_string().contains("Of 2 data records"),
        "{:?}",
        doubtful.provenance.remarks
    );
    let annotations = vec!["+0\x14\x14\0", "+1e15\x14\x14\0", "+1e16\x14\x14\0"];
    let made = Made { kind: "EDF+D", annotations, ..Made::default() }.signal("ECG", "mV", 4);
    assert!(record(made.bytes(3, |_, _, _| 0)).unwrap_err().fault.to_string().contains("gaps"));
}

#[test]
fn an_unknown_unit_is_assumed_and_said() {
    let made = Made::default().signal("ECG", "", 400).signal("ECG V1", "mV", 400);
    // Beats of 1000 digits, which are 500 of the unknown unit.
    let record = record(made.bytes(3, |_, _, i| if i % 80 == 0 { 1000 } else { 0 })).unwrap();
    assert_eq!((samples(&record, 0)[80], samples(&record, 1)[80]), (0.5, 500.0));
    assert!(
        record.provenance.remarks[0].to_string().contains("microvolts were assumed"),
        "{:?}",
        record.provenance.remarks
    );
}

#[test]
fn a_file_cut_anywhere_is_read_or_answered() {
    let annotations = vec!["+0\x14\x14\0", "+1\x14\x14\0+1.5\x14x\x14\0", "+4\x14\x14\0"];
    let whole = Made { kind: "EDF+D", annotations, ..Made::default() }.signal("ECG", "mV", 4).bytes(3, |_, _, _| 0);
    for length in 0..whole.len() {
        match record(whole[..length].to_vec()) {
            Ok(record) => {
                assert!(length >= 768 && record.provenance.remarks[0].to_string().contains("promises"), "{length}")
            }
            Err(problem) => {
                assert!(problem.fault.to_string().ends_with('.') && length < 768 + 48, "{length}: {problem}")
            }
        }
    }
}

#[test]
fn stretches_hold_what_the_whole_holds() {
    let digital =
        |signal: usize, record: usize, sample: usize| ((signal * 700 + record * 91 + sample * 37) % 1900) as i32;
    // Signals of several rates, and one whose unit is not known and turns out to be microvolts.
    let plain = Made::default().signal("ECG I", "mV", 10).signal("ECG V1", "uV", 5).signal("ECG II", "", 10);
    let plus = Made {
        kind: "EDF+C",
        annotations: vec!["+0.25\x14\x14\0", "+1.25\x14\x14\0", "+2.25\x14\x14Lights off\x14\0"],
        ..plain.clone()
    };
    let wide = Made { is_bdf: true, kind: "BDF+C", ..plus.clone() };
    for (made, start) in
        [(plain, "2019-07-24T04:05:56"), (plus, "2019-07-24T04:05:56.250"), (wide, "2019-07-24T04:05:56.250")]
    {
        let mut files = FileSet::default();
        files.add("x.edf", made.bytes(3, digital));
        let long = stretches_agree(&FORMAT, &files, "x.edf");
        assert_eq!(long.record.start.as_deref(), Some(start));
        let remarks = joined(&long.record.provenance.remarks);
        assert!(
            remarks.contains("microvolts were assumed") && remarks.contains("drawn along straight lines"),
            "{remarks}"
        );
        assert_eq!(remarks.contains("annotations were not read"), !made.annotations.is_empty());
    }
}

#[test]
fn a_file_with_gaps_or_less_than_a_record_has_no_stretches() {
    let open = |made: &Made, count: usize| {
        let mut files = FileSet::default();
        files.add("x.edf", made.bytes(count, |_, _, _| 0));
        long::open(&files, "x.edf").map(|long| long.is_some())
    };
    let plain = Made::default().signal("ECG I", "mV", 10);
    assert_eq!(open(&plain, 2), Ok(true));
    assert_eq!(open(&plain, 0), Ok(false));
    let gaps = Made { kind: "EDF+D", annotations: vec!["+0\x14\x14\0", "+9\x14\x14\0"], ..plain };
    assert_eq!(open(&gaps, 2), Ok(false));
}
