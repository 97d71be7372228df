use super::*;
use crate::record::catalog::{catalog, read as read_entry};
use crate::record::long::tests::stretches_agree;

fn files(all: &[(&str, &[u8])]) -> FileSet {
    let mut files = FileSet::default();
    for (path, bytes) in all {
        files.add(*path, bytes.to_vec());
    }
    files
}

fn record(header: &str, data: &[(&str, &[u8])]) -> Result<Record, ReadError> {
    let mut files = files(data);
    files.add("r.hea", header.as_bytes().to_vec());
    match read(&files, "r.hea")? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("a header tells the sampling rate"),
    }
}

fn bytes_16(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

#[test]
fn interleaved_signals_become_leads_in_millivolts() {
    let data = bytes_16(&[100, 1024, 200, 1224, -32768, 824]);
    let header = "r 2 500 3\nr.dat 16 100/mV 16 0 100 0 0 lead i\nr.dat 16 200(1024)/uV 12 0 0 0 0 v1\n";
    let record = record(header, &[("r.dat", &data)]).unwrap();
    assert_eq!((record.name.as_str(), record.fs), ("r", 500.0));
    assert_eq!((record.leads[0].name.as_str(), record.leads[1].name.as_str()), ("I", "V1"));
    assert_eq!(record.leads[0].samples[..2], [1.0, 2.0]);
    assert!(record.leads[0].samples[2].is_nan(), "the lowest value stands for a missing sample");
    assert_eq!(record.leads[1].samples, [0.0, 0.001, -0.001]);
    assert_eq!(record.provenance.files, ["r.hea", "r.dat"]);
    assert!(record.provenance.remarks.is_empty());
}

#[test]
fn several_signal_files_offsets_and_skew() {
    let first = bytes_16(&[9, 9, 9, 9, 200, 400, 600]);
    let second = [0, 128, 130, 132, 134];
    let header = "r 2 250 3\na.dat 16+8 200/mV\nb.dat 80:1+1 2/mV 8 0 0 0 0 V2\n";
    let record = record(header, &[("a.dat", &first), ("b.dat", &second)]).unwrap();
    assert_eq!(record.leads[0].samples, [1.0, 2.0, 3.0]);
    assert_eq!(record.leads[1].samples[..2], [1.0, 2.0]);
    assert!(record.leads[1].samples[2].is_nan(), "skewed past the end");
}

#[test]
fn leads_of_several_rates_share_the_highest() {
    // Per frame: two samples of the first signal, one of the second.
    let data = bytes_16(&[0, 10, 0, 20, 30, 20]);
    let header = "r 2 100 2\nr.dat 16x2 10/mV 16 0 0 0 0 I\nr.dat 16 10/mV 16 0 0 0 0 II\n";
    let record = record(header, &[("r.dat", &data)]).unwrap();
    assert_eq!(record.fs, 200.0);
    assert_eq!(record.leads[0].samples, [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(record.leads[1].samples, [0.0, 1.0, 2.0, 2.0]);
}

#[test]
fn what_is_no_ecg_is_left_out_and_said() {
    let data = bytes_16(&[1, 2, 3, 4]);
    let header = "r 3 100\nr.dat 16 10/mmHg 16 0 0 0 0 ABP\nr.dat 16 0 16 0 0 0 0 II\nr.dat 16 1 16 0 0 0 0 RESP\n";
    let record = record(header, &[("r.dat", &[&data[..], &[0, 0]].concat())]).unwrap();
    assert_eq!(record.leads.len(), 1);
    assert_eq!(record.leads[0].samples, [0.01]);
    assert_eq!(record.provenance.remarks.len(), 2, "{:?}", record.provenance.remarks);
    assert!(record.provenance.remarks[0].to_string().contains("ABP in mmHg, RESP in mV"));
    assert!(record.provenance.remarks[1].to_string().contains("200"));
}

#[test]
fn a_recording_without_a_voltage_is_a_sentence() {
    let problem = record("r 1 100\nr.dat 16 10/mmHg 16 0 0 0 0 ABP\n", &[("r.dat", &[0; 8])]).unwrap_err();
    assert!(problem.fault.to_string().contains("ABP in mmHg"), "{problem}");
}

#[test]
fn a_checksum_is_compared_unless_it_is_0() {
    let data = bytes_16(&[30000, 30000, 30000]);
    let remarks = |sum: i32| {
        let header = format!("r 1 100 3\nr.dat 16 10/mV 16 0 0 {sum} 0 I\n");
        record(&header, &[("r.dat", &data)]).unwrap().provenance.remarks
    };
    assert!(remarks(90000 - 65536).is_empty());
    assert!(remarks(0).is_empty());
    assert!(remarks(1)[0].to_string().contains("checksum"));
}

#[test]
fn a_header_that_promises_too_much_is_told_with_both_numbers() {
    let problem = record("r 1 100 9000\nr.dat 16 10/mV\n", &[("r.dat", &[0; 700])]).unwrap_err();
    assert_eq!(problem.file, "r.dat");
    assert!(problem.fault.to_string().contains("9000") && problem.fault.to_string().contains("350"), "{problem}");
    assert_eq!(record("r 1 100 300\nr.dat 16 10/mV\n", &[("r.dat", &[0; 700])]).unwrap().len(), 300);
    assert_eq!(record("r 1 100\nr.dat 16 10/mV\n", &[("r.dat", &[0; 700])]).unwrap().len(), 350);
    let absurd = format!("r 1 100 {0}\nr.dat 16x{0}:{0}+{0} 10/mV\n", u64::MAX);
    assert!(record(&absurd, &[("r.dat", &[0; 700])]).is_err());
}

#[test]
fn unknown_storage_is_a_sentence() {
    let problem = record("r 1 100 10\nr.dat 99 10/mV\n", &[("r.dat", &[0; 700])]).unwrap_err();
    assert!(problem.fault.to_string().contains("99") && problem.fault.to_string().contains("r.dat"), "{problem}");
    let mixed = "r 2 100 10\nr.dat 16 10/mV\nr.dat 80 10/mV\n";
    assert!(record(mixed, &[("r.dat", &[0; 700])]).unwrap_err().fault.to_string().contains("different storage"));
}

/// Two samples a frame of the one, one of the other; expected values from wfdb-python 4.3.
#[test]
fn format_8_sums_differences() {
    let header = "r 2 100 3\nr.dat 8x2 100 8 0 50 0 0 I\nr.dat 8 100 8 0 -20 0 0 II\n";
    let bytes: Vec<u8> = [0i8, 5, 0, -10, -20, 100, 127, 127, -128].iter().map(|byte| *byte as u8).collect();
    let record = record(header, &[("r.dat", &bytes)]).unwrap();
    assert_eq!(record.leads[0].samples, [0.5, 0.55, 0.45, 0.25, 1.52, 2.79]);
    for (index, value) in [-0.2, 0.8, -0.48].into_iter().enumerate() {
        assert!((record.leads[1].samples[2 * index] - value).abs() < 1e-6, "{:?}", record.leads[1].samples);
    }
    assert!(record.provenance.remarks[0].to_string().contains("II (100 Hz)"), "{:?}", record.provenance.remarks);
}

#[test]
fn null_signals_are_no_leads() {
    let header = "r 2 100 2\n~ 0 200 16 0 0 0 0 V\nr.dat 16 100 16 0 0 0 0 II\n";
    let record = record(header, &[("r.dat", &bytes_16(&[100, 200]))]).unwrap();
    assert_eq!((record.leads.len(), record.leads[0].name.as_str()), (1, "II"));
    assert!(super::tests::record("r 1 100 2\n~ 0 200 16 0 0 0 0 V\n", &[]).is_err());
}

/// Any frames, decoded from their own bytes, are those of the whole.
#[test]
fn a_stretch_is_decoded_from_its_own_bytes() {
    let bytes: Vec<u8> = (0..240u32).map(|i| (i * 151 % 251) as u8).collect();
    for storage in signal::STORAGES {
        let layout = source::Layout { storage, byte_offset: 3, frame: 5, place: 2, samples_per_frame: 2 };
        let n_frames = (storage.samples_in(bytes.len() - 3) / 5) as u64;
        let mut whole = Vec::new();
        layout.decode(&bytes[3..], 0..n_frames, |digital| whole.push(digital));
        assert_eq!(whole.len(), 2 * n_frames as usize);
        for start in 0..n_frames {
            for end in start..=n_frames {
                let within = layout.bytes_of(start..end);
                let until = bytes.len().min(within.end as usize);
                let mut part = Vec::new();
                layout.decode(&bytes[within.start as usize..until], start..end, |digital| part.push(digital));
                assert_eq!(part, whole[2 * start as usize..2 * end as usize], "format {}", storage.number);
            }
        }
    }
}

#[test]
fn annotations_belong_to_the_record() {
    let header = b"n 1 100 80000\nn.dat 16 10/mV\n";
    let atr = annotation::tests::MADE_BY_WFDB_PYTHON;
    let files = files(&[("n.hea", header), ("n.dat", &[0; 160_000]), ("n.atr", atr)]);
    let found = catalog(&files);
    assert_eq!((found.entries.len(), found.problems.len()), (1, 0), "{:?}", found.problems);
    let Ok(Reading::Complete(record)) = read_entry(&files, &found.entries[0]) else { panic!() };
    assert_eq!((record.annotations.len(), record.annotations[1].text.as_str()), (5, "(AFIB"));
    assert_eq!(record.provenance.files, ["n.hea", "n.dat", "n.atr"]);
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    let alone = catalog(&self::files(&[("n.atr", atr)]));
    assert!(alone.problems[0].fault.to_string().contains("n.hea"), "{:?}", alone.problems);
}

#[test]
fn a_damaged_annotation_file_is_a_remark() {
    let header = b"n 1 100 3\nn.dat 16 10/mV\n";
    let files = files(&[("n.hea", header), ("n.dat", &[0; 6]), ("n.atr", &[1, 4, 2])]);
    let Ok(Reading::Complete(record)) = read(&files, "n.hea") else { panic!() };
    assert_eq!(record.annotations, [crate::record::Annotation { time: 0.01, text: "N".into() }]);
    assert!(record.provenance.remarks[0].to_string().contains("n.atr is cut off"), "{:?}", record.provenance.remarks);
}

#[test]
fn a_missing_half_is_named() {
    let header = b"r 1 100 3\nr.dat 16 10/mV\n";
    let found = catalog(&files(&[("set/r.hea", header)]));
    assert!(found.entries.is_empty());
    assert_eq!(found.problems[0].file, "set/r.hea");
    assert!(found.problems[0].fault.to_string().contains("r.dat is missing"), "{:?}", found.problems);
    let found = catalog(&files(&[("set/r.dat", &[0; 6])]));
    assert!(found.entries.is_empty());
    assert!(found.problems[0].fault.to_string().contains("r.hea"), "{:?}", found.problems);
}

#[test]
fn a_header_is_known_by_its_content() {
    let header = b"r 1 100 3\nr.dat 16 10/mV\n";
    let files = files(&[("r.txt", header), ("r.dat", &[0; 6])]);
    let found = catalog(&files);
    assert_eq!((found.entries.len(), found.problems.len()), (1, 0));
    assert!(read_entry(&files, &found.entries[0]).is_ok());
    assert!(!Header::is_plausible("1 2 3\n4 16 6\n", false), "a table of numbers");
}

#[test]
fn stretches_hold_what_the_whole_holds() {
    let noise = |count: usize| (0..count).map(|i| (i * 37 % 251) as u8).collect::<Vec<u8>>();
    // Skew, an offset, a signal of another kind, one of half the rate and a gap.
    let header = "p 5 100 60\np.dat 212x4 200 12\np.dat 212:3 100 12 0 0 0 0 V1\nq.dat 310 50\nt.dat 311+4 50\n\
                  m.dat 16x2:7 1000/mV\n";
    let words: Vec<i16> = (0..140).map(|i| if i % 9 == 0 { i16::MIN } else { i * 11 }).collect();
    let all = [("p.dat", noise(450)), ("q.dat", noise(80)), ("t.dat", noise(90)), ("m.dat", bytes_16(&words))];
    let mut files = FileSet::default();
    files.add("p.hea", header.as_bytes().to_vec());
    all.into_iter().for_each(|(path, bytes)| files.add(path, bytes));
    let long = stretches_agree(&FORMAT, &files, "p.hea");
    assert_eq!((long.len, long.record.fs), (240, 400.0));

    // What has to be read from its beginning, or is joined of others, has no stretches.
    let open = |header: &str| {
        let mut files = FileSet::default();
        files.add("r.hea", header.as_bytes().to_vec());
        files.add("r.dat", noise(90));
        long::open(&files, "r.hea").map(|long| long.is_some())
    };
    assert_eq!(open("r 1 100\nr.dat 80\n"), Ok(true));
    assert_eq!(open("r 1 100\nr.dat 8\n"), Ok(false));
    assert_eq!(open("r/1 1 100 5\nr 5\n"), Ok(false));
    assert!(open("r 1 100 91\nr.dat 80\n").unwrap_err().fault.to_string().contains("cut"));
}

#[test]
fn a_stretch_has_its_own_annotations() {
    let mut files = FileSet::default();
    files.add("r.hea", b"r 1 10\nr.dat 80\n".to_vec());
    files.add("r.dat", vec![128; 100]);
    // Normal beats at frames 5, 25 and 45.
    let marks: Vec<u8> =
        [1 << 10 | 5, 1 << 10 | 20, 1 << 10 | 20, 0u16].iter().flat_map(|it| it.to_le_bytes()).collect();
    files.add("r.atr", marks);
    let long = long::open(&files, "r.hea").unwrap().unwrap();
    assert_eq!(long.record.annotations.len(), 3);
    let part = long.record_of(&files, 20..40).unwrap();
    assert_eq!((part.len(), part.annotations.len()), (20, 1));
    assert!((part.annotations[0].time - 0.5).abs() < 1e-9);
}
