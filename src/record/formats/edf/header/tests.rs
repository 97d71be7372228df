use super::super::tests::Made;
use super::*;

#[test]
fn every_field_is_read() {
    let made = Made { kind: "EDF+D", n_records: "7", seconds: "0.1", ..Made::default() }.signal("ECG II", "uV", 25);
    let header = Header::parse(&made.bytes(0, |_, _, _| 0)).unwrap();
    assert_eq!((header.bytes_per_sample, header.is_discontinuous, header.n_bytes), (2, true, 512));
    assert_eq!((header.n_records, header.record_seconds), (Some(7), 0.1));
    assert_eq!(header.start.as_deref(), Some("2019-07-24T04:05:56"));
    let signal = Signal {
        label: "ECG II".into(),
        unit: "uV".into(),
        physical: (-1000.0, 1000.0),
        digital: (-2000.0, 2000.0),
        samples_per_record: 25,
        is_annotations: false,
    };
    assert_eq!(header.signals, [signal]);
    let unknown = Made { n_records: "-1", kind: "BDF+C", is_bdf: true, ..Made::default() }.signal("a", "uV", 1);
    let header = Header::parse(&unknown.bytes(0, |_, _, _| 0)).unwrap();
    assert_eq!((header.bytes_per_sample, header.is_discontinuous, header.n_records), (3, false, None));
}

#[test]
fn dates_are_read_as_the_standards_say() {
    let with = |recording: &str, date: &str, time: &str| start(recording, date, time);
    assert_eq!(with("", "02.08.51", "23.59.00").as_deref(), Some("2051-08-02T23:59:00"));
    assert_eq!(with("Startdate X", "02.08.85", "00:00:01").as_deref(), Some("1985-08-02T00:00:01"));
    assert_eq!(with("Startdate 02-AUG-2103 X X", "02.08.yy", "1.2.3"), Some("01:02:03".into()));
    assert_eq!(with("Startdate 02-AUG-2103 X X", "02.08.03", ""), Some("2103-08-02".into()));
    assert_eq!(with("", "99.99.99", "77.00.00"), None);
}

#[test]
fn text_is_ascii_utf_8_or_latin_1() {
    assert_eq!((text(b" \xb5V \0\0"), text("µV".as_bytes())), ("µV".to_string(), "µV".to_string()));
    assert_eq!((number("0,5"), number("1e2"), number("inf"), number("")), (Some(0.5), Some(100.0), None, None));
}

#[test]
fn what_is_no_header_is_not_taken_for_one() {
    let whole = Made::default().signal("ECG", "mV", 10).bytes(0, |_, _, _| 0);
    assert_eq!(recognise(&whole), Some(2));
    for length in 0..256 {
        assert_eq!(recognise(&whole[..length]), None);
    }
    assert!(Header::parse(&whole[..300]).unwrap_err().to_string().contains("cut off"));
    let mut numbers = b"0       1 2 3 4 ".repeat(20);
    assert_eq!(recognise(&numbers), None, "columns of numbers");
    numbers[0] = b'1';
    assert!(Header::parse(&numbers).is_err());
    let endless = Made { seconds: "0", ..Made::default() }.signal("ECG", "mV", 10).bytes(1, |_, _, _| 0);
    assert!(Header::parse(&endless).unwrap_err().to_string().contains("no duration"));
}
