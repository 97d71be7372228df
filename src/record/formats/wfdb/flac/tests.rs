//! Files that wfdb-python 4.3 wrote (`wrsamp`, by libFLAC 1.4.3), and what it reads from them: two sines of 40 samples,
//! one sample missing.

use crate::record::file_set::FileSet;
use crate::record::{ReadError, Reading, Record};

const FLAC_508: &str = "\
    664c6143000000221000100000003f00003f1770027000000028d37b4b9de3a72bbac85bf709ddaa5f4f84000028200000007265\
    666572656e6365206c6962464c414320312e342e3320323032333036323300000000fff86b8200274816001b33005c7490508451\
    234ccf3f65211090944c5389e009e021e0e2e3c880b52209562190610843445dad6b7afcd314a510418510e3d5\
";
const FLAC_516: &str = "\
    664c6143000000221000100000006f00006f177002f0000000280e70bea38da90e5e2a66930f8583f8ea84000028200000007265\
    666572656e6365206c6962464c414320312e342e3320323032333036323300000000fff86b1800276617200015193ec066380558\
    1039721220158acc901939157931954abc4abc78b1b240e456642b722b7280c8c6264bb815c18c63c7ccc7cf9cf986258f9ca578\
    24af9b82aea576398d9390af4320fa12624c560ac1267d1c24b23f56480657f2aeb1e49492957097f6\
";
const FLAC_524: &str = "\
    664c614300000022100010000000b60000b6177003700000002875fa76bae8c8d37e336f48f399ea342c84000028200000007265\
    666572656e6365206c6962464c414320312e342e3320323032333036323300000000fff86b1c0027cd171000001499726e8f0358\
    69c000527b0004001c3570d421a88000a4f8a4f986a4000c35386a293de1a9869949e949ef0d2527bc34f0d2c34d86a4001c3514\
    9f30d4293ee1a8a4fb86a800186a30d31312dc6c4a5061a630d3c7a119869f3d08e7a1186191b1f3cb2927bbc8c8d7a11b6ee555\
    ca927bb0d39869b0d4e1a855733d86a0f424232388c8e293e0a4f823239e848dbba493e3fe84ac352000324f7e84555cac34f232\
    348c8d293dc06b5a\
";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

fn read(header: &str, data: &[u8]) -> Result<Record, ReadError> {
    let mut files = FileSet::default();
    files.add("f.hea", header.as_bytes().to_vec());
    files.add("f.dat", data.to_vec());
    match super::super::read(&files, "f.hea")? {
        Reading::Complete(record) => Ok(record),
        Reading::NeedsSamplingRate(_) => panic!("a header tells the sampling rate"),
    }
}

fn header(format: u16, gain: u32, offset: &str) -> String {
    let line = format!("f.dat {format}{offset} {gain}(0)/mV 8 0 0 0 0");
    format!("f 2 250\n{line} I\n{line} II\n")
}

#[test]
fn all_three_formats_read_as_wfdb_python_reads_them() {
    for (format, gain, data) in [(508, 100, FLAC_508), (516, 20_000, FLAC_516), (524, 5_000_000, FLAC_524)] {
        let record = read(&header(format, gain, ""), &bytes(data)).unwrap();
        assert_eq!(record.len(), 40);
        for (index, first, second) in [(0, 0.0, 0.6), (20, -0.25, -0.39), (39, -0.69, 0.03)] {
            assert!((record.leads[0].samples[index] - first).abs() < 1e-6, "{format}, sample {index}");
            assert!((record.leads[1].samples[index] - second).abs() < 1e-6, "{format}, sample {index}");
        }
        assert!((record.leads[0].samples[7] - 0.78).abs() < 1e-6 && record.leads[1].samples[7].is_nan());
    }
}

#[test]
fn an_offset_counts_samples_and_frames_may_hold_several() {
    let plain = read(&header(516, 20_000, ""), &bytes(FLAC_516)).unwrap();
    let shifted = read(&header(516, 20_000, "+10"), &bytes(FLAC_516)).unwrap();
    assert_eq!(shifted.leads[0].samples, plain.leads[0].samples[10..]);
    let framed = read(&header(516, 20_000, "x4"), &bytes(FLAC_516)).unwrap();
    assert_eq!((framed.fs, framed.leads[0].samples.clone()), (1000.0, plain.leads[0].samples.clone()));
    let short = header(516, 20_000, "").replace("250\n", "250 12\n");
    assert_eq!(read(&short, &bytes(FLAC_516)).unwrap().leads[0].samples, plain.leads[0].samples[..12]);
}

#[test]
fn what_does_not_fit_the_header_is_a_sentence() {
    let data = bytes(FLAC_524);
    let reason = |header: &str, data: &[u8]| read(header, data).unwrap_err().fault.to_string();
    assert!(reason(&header(516, 1, ""), &data).contains("2 signals of 24 bits where the header says 2 of 16"));
    let alone = "f 1 250\nf.dat 524 200\n";
    assert!(reason(alone, &data).contains("2 signals of 24 bits where the header says 1"));
    let uneven = "f 2 250\nf.dat 524x2 200\nf.dat 524 200\n";
    assert!(reason(uneven, &data).contains("different numbers of samples"));
    assert!(reason(&header(524, 1, ""), b"RIFF").contains("no FLAC stream"));
}

/// A file cut off or changed anywhere is a sentence, or reads as it was where the change does not matter.
#[test]
fn damage_is_found() {
    let data = bytes(FLAC_516);
    let whole = read(&header(516, 20_000, ""), &data).unwrap();
    // The first frame's sync code; before it, there is nothing to hear.
    let sync = data.windows(2).position(|pair| pair == [0xff, 0xf8]).unwrap();
    for length in 0..data.len() {
        match read(&header(516, 20_000, ""), &data[..length]) {
            Ok(record) => assert!(record.is_empty() && length <= sync + 1, "{length}"),
            Err(problem) => assert!(problem.fault.to_string().ends_with('.'), "{problem}"),
        }
    }
    for place in 0..data.len() {
        let mut damaged = data.clone();
        damaged[place] ^= 0x10;
        // Two checksums guard the samples.
        if let Ok(record) = read(&header(516, 20_000, ""), &damaged) {
            assert_eq!(format!("{:?}", record.leads), format!("{:?}", whole.leads), "{place}");
        }
    }
}
