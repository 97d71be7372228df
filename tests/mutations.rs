//! Damaged files of every format: each must be read or answered with a sentence that names a file, without a panic,
//! quickly, and without memory out of proportion.
//!
//! A bounded fuzz test: small valid files, damaged by a seeded generator, so that a failure can be repeated. Its one
//! test is alone in this file because it watches the memory of the whole program.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use ecg_lens::record::catalog::{Entry, catalog, open_in_stretches, read};
use ecg_lens::record::file_set::FileSet;
use ecg_lens::record::{ReadError, Reading};

/// Some seconds' work. `ECG_MUTATIONS=n` asks for so many a set, with damage that differs from the everyday run's;
/// `ECG_MUTATION_SECONDS=s` for as many as fit into so many seconds a set; `ECG_MUTATION_SET=name` for one set alone.
const MUTATIONS_PER_SET: usize = 900;

/// No damaged file may take longer than this and so much for each megabyte that the damage made of it (lines many times
/// over), on a machine that does something else besides. Whole ones take a millisecond.
const SLOWEST: Duration = Duration::from_secs(10);
const SLOWEST_MEGABYTE: Duration = Duration::from_secs(2);

struct Watched;
static IN_USE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Watched = Watched;

// SAFETY: everything is passed on to the system's allocator; only sizes are counted.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let in_use = IN_USE.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(in_use, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// xorshift64* (Marsaglia 2003, Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end.max(1)
    }
}

type Files = Vec<(&'static str, Vec<u8>)>;

fn wave(i: usize) -> i16 {
    ((i as f64 * 0.2).sin() * 900.0) as i16
}

fn wfdb_16() -> Files {
    let header = "r 2 250/1000(5) 150 10:00:00 01/02/2003\nr.dat 16x1:1+2 200(3)/mV 16 0 0 17 0 II\n\
                  r.dat 16 1000/uV 12 0 0 0 0 V1\n# comment\n";
    vec![("s/r.hea", header.into()), ("s/r.dat", (0..310).flat_map(|i| wave(i).to_le_bytes()).collect())]
}

fn wfdb_packed() -> Files {
    let header = "p 5 100 60\np.dat 212x4 200 12\np.dat 212 100/mmHg 12 0 0 0 0 ABP\nq.dat 310 50\nt.dat 311 50\n\
                  m.mat 16+24 1000/mV\n";
    let noise = |n: usize| (0..n).map(|i| (i * 37 % 251) as u8).collect::<Vec<u8>>();
    let mat = matlab().remove(0).1;
    vec![("p.hea", header.into()), ("p.dat", noise(450)), ("q.dat", noise(80)), ("t.dat", noise(80)), ("m.mat", mat)]
}

/// Two signals of 40 samples in FLAC, as wfdb-python 4.3 writes them.
const FLAC: &str = "\
    664c6143000000221000100000003f00003f1770027000000028d37b4b9de3a72bbac85bf709ddaa5f4f8400002820000000\
    7265666572656e6365206c6962464c414320312e342e3320323032333036323300000000fff86b8200274816001b33005c74\
    90508451234ccf3f65211090944c5389e009e021e0e2e3c880b52209562190610843445dad6b7afcd314a510418510e3d5\
";

fn wfdb_joined() -> Files {
    let layout = "v_layout 2 100 0\n~ 0 200 16 0 0 0 0 II\n~ 0 200 16 0 0 0 0 V\n";
    let first = "v_1 1 100 40\nv_1.dat 8 200 8 0 7 0 0 II\n";
    let second = "v_2 2 100 40\nv_2.dat 508 100/mV 8 0 0 70 0 V\nv_2.dat 508 100/mV 8 0 60 194 0 II\n";
    let digits: Vec<u32> = FLAC.chars().filter_map(|digit| digit.to_digit(16)).collect();
    let marks: [u16; 9] = [1 << 10 | 5, 28 << 10 | 3, 63 << 10 | 5, 0x4128, 0x4946, 0x0042, 59 << 10, 0, 9];
    let marks = marks.iter().chain(&[5 << 10 | 1, 0]).flat_map(|word| word.to_le_bytes());
    vec![
        ("v.hea", "v/4 2 100 90 10:00:00\nv_layout 0\nv_1 40\n~ 10\nv_2 40\n# comment\n".into()),
        ("v_layout.hea", layout.into()),
        ("v_1.hea", first.into()),
        ("v_1.dat", (0..40).map(|i| (i * 37 % 251) as u8).collect()),
        ("v_2.hea", second.into()),
        ("v_2.dat", digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect()),
        ("v.atr", marks.collect()),
    ]
}

/// EDF+D or BDF+D: two leads of different rates, annotations, three records with a gap.
fn edf(is_bdf: bool) -> Vec<u8> {
    let pad = |text: &str, length: usize| format!("{text:length$}").into_bytes();
    let kind = if is_bdf { "BDF+D" } else { "EDF+D" };
    let start = ["X X X X", "Startdate 24-JUL-2019 X X X"].map(|text| pad(text, 80)).concat();
    let clock = ["24.07.19", "04.05.56", "1024"].map(|text| pad(text, 8)).concat();
    let numbers = [pad("3", 8), pad("0.5", 8), pad("3", 4)].concat();
    let first = if is_bdf { b"\xffBIOSEMI".to_vec() } else { pad("0", 8) };
    let mut bytes = [first, start, clock, pad(kind, 44), numbers].concat();
    let note = if is_bdf { "BDF Annotations" } else { "EDF Annotations" };
    let fields: [(usize, [&str; 3]); 10] = [
        (16, ["ECG I", "ECG V1", note]),
        (80, [""; 3]),
        (8, ["uV", "mV", ""]),
        (8, ["-1000", "-2.5", "-1"]),
        (8, ["1000", "2.5", "1"]),
        (8, ["-2048"; 3]),
        (8, ["2047"; 3]),
        (80, [""; 3]),
        (8, ["20", "10", "16"]),
        (32, [""; 3]),
    ];
    bytes.extend(fields.iter().flat_map(|(length, texts)| texts.map(|text| pad(text, *length)).concat()));
    let width = if is_bdf { 3 } else { 2 };
    for lists in ["+0\x14\x14\0+0.1\x151\x14one\x14\0", "+0.5\x14\x14\0", "+2.25\x14\x14\0+2.5\x14two\x14\0"] {
        bytes.extend((0..30).flat_map(|i| i32::from(wave(i)).to_le_bytes()[..width].to_vec()));
        let mut lists = lists.as_bytes().to_vec();
        lists.resize(16 * width, 0);
        bytes.extend(lists);
    }
    bytes
}

fn edf_discontinuous() -> Files {
    vec![("n.edf", edf(false))]
}

fn edf_continuous() -> Files {
    let mut bytes = edf(false);
    let kind = bytes.windows(5).position(|window| window == b"EDF+D").expect("a kind");
    bytes[kind + 4] = b'C';
    vec![("c.edf", bytes)]
}

fn bdf_discontinuous() -> Files {
    vec![("n.bdf", edf(true))]
}

fn ishne() -> Files {
    let mut bytes = [b"ISHNE1.0".to_vec(), vec![0; 514]].concat();
    let shorts = [
        (14, 50),
        (18, 522),
        (22, 530),
        (10, 8),
        (138, 2),
        (140, 11),
        (142, 2009),
        (150, 7),
        (156, 3),
        (158, 5),
        (160, 12),
        (206, 5000),
        (208, 2500),
        (272, 200),
    ];
    for (at, value) in shorts {
        bytes[at..at + 2].copy_from_slice(&i16::to_le_bytes(value));
    }
    bytes.extend(b"the text");
    bytes.extend((0..150).flat_map(|i| wave(i).to_le_bytes()));
    vec![("h.ecg", bytes)]
}

fn matlab() -> Files {
    let header = [30u32, 1, 200, 0, 4].iter().flat_map(|word| word.to_le_bytes());
    let samples = (0..200).flat_map(|i| wave(i).to_le_bytes());
    let rate = [0u32, 1, 1, 0, 3].iter().flat_map(|word| word.to_le_bytes());
    let rate = rate.chain(*b"Fs\0").chain(250f64.to_le_bytes());
    vec![("x.mat", header.chain(*b"val\0").chain(samples).chain(rate).collect())]
}

/// A data element of level 5, padded to 8 bytes.
fn element(kind: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = [&kind.to_le_bytes()[..], &(data.len() as u32).to_le_bytes(), data].concat();
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    bytes
}

fn matlab_5() -> Files {
    let matrix = |class: u8, columns: u32, name: &str, body: Vec<u8>| {
        let sides = [1u32.to_le_bytes(), columns.to_le_bytes()].concat();
        let head = [element(6, &[class, 0, 0, 0, 0, 0, 0, 0]), element(5, &sides), element(1, name.as_bytes())];
        element(14, &[head.concat(), body].concat())
    };
    let samples: Vec<u8> = (0..300).flat_map(|i| wave(i).to_le_bytes()).collect();
    let fields = [
        element(5, &4u32.to_le_bytes()),
        element(1, b"fs\0\0ecg\0"),
        matrix(6, 1, "", element(9, &250f64.to_le_bytes())),
        matrix(6, 300, "", element(3, &samples)),
    ];
    let group = matrix(2, 1, "signals", fields.concat());
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&matrix(6, 150, "val", element(3, &samples[..300]))).expect("memory");
    let packed = packed.finish().expect("memory");
    let mut bytes = b"MATLAB 5.0 MAT-file".to_vec();
    bytes.resize(124, b' ');
    bytes.extend(b"\0\x01IM");
    bytes.extend(group);
    bytes.extend([&15u32.to_le_bytes()[..], &(packed.len() as u32).to_le_bytes(), &packed].concat());
    vec![("x.mat", bytes)]
}

fn alivecor() -> Files {
    let block = |id: &[u8; 4], data: Vec<u8>| {
        let bytes = [id, &(data.len() as u32).to_le_bytes()[..], &data].concat();
        let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
        [bytes, sum.to_le_bytes().to_vec()].concat()
    };
    let lead = |k: usize| (0..150).flat_map(|i| wave(i * k).to_le_bytes()).collect();
    let beats = [&300u32.to_le_bytes()[..], &9u32.to_le_bytes(), &[1, 0], &99u32.to_le_bytes(), &[2, 0]].concat();
    let blocks = [
        block(b"info", b"2016-06-01T18:15:25.777-04:00\0\0\0".to_vec()),
        block(b"fmt ", [&[1][..], &300u16.to_le_bytes(), &500u16.to_le_bytes(), &[46, 0, 0]].concat()),
        block(b"ecg ", lead(1)),
        block(b"ecg2", lead(2)),
        block(b"ann ", beats),
    ];
    vec![("x.atc", [&b"ALIVE\0\0\0\x03\0\0\0"[..], &blocks.concat()].concat())]
}

/// Two leads of 16-bit numbers, of which one in four is kept outside samples 21 to 40, with a reference beat.
fn scp() -> Files {
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let signals = |interval: u16, bimodal: u8, n: usize| {
        let head = [&2500u16.to_le_bytes()[..], &interval.to_le_bytes(), &[1, bimodal]].concat();
        let lengths = [(2 * n as u16).to_le_bytes(); 2].concat();
        let samples: Vec<u8> = (0..2 * n).flat_map(|i| wave(i).to_le_bytes()).collect();
        [head, lengths, samples].concat()
    };
    let lead = |code: u8| [words(&[1, 100]), vec![code]].concat();
    let sections = [
        (1u16, b"\x19\x04\0\xd2\x07\x0b\x16\x1a\x03\0\x09\x0a\x07\xff\0\0".to_vec()),
        (2, vec![0, 0]),
        (3, [vec![2, 5], lead(1), lead(2)].concat()),
        (4, [&[24, 0, 6, 0, 1, 0, 0, 0][..], &words(&[21, 26, 32]), &words(&[21, 40])].concat()),
        (5, signals(2000, 0, 12)),
        (6, signals(8000, 1, 40)),
    ];
    let (mut pointers, mut body) = (Vec::new(), Vec::new());
    for number in 0..12u16 {
        let data = sections.iter().find(|(own, _)| *own == number).map_or(&[][..], |(_, data)| data);
        let length = if number == 0 { 136 } else { 16 + data.len() as u32 };
        let index = if number == 0 { 7 } else { 143 + body.len() as u32 };
        pointers.extend([&number.to_le_bytes()[..], &words(&[length, index])].concat());
        if number > 0 {
            body.extend(
                [&[0, 0], &number.to_le_bytes()[..], &words(&[length]), &[20, 20, 0, 0, 0, 0, 0, 0], data].concat(),
            );
        }
    }
    let record = [&[0, 0][..], &words(&[142 + body.len() as u32]), &[0, 0, 0, 0], &words(&[136]), b"\x14\x14SCPECG"];
    vec![("x.scp", [record.concat(), pointers, body].concat())]
}

fn dicom() -> Files {
    let element = |group: u16, number: u16, vr: &[u8; 2], value: &[u8]| {
        let length = (value.len() as u32).to_le_bytes();
        let head = [group.to_le_bytes(), number.to_le_bytes(), *vr].concat();
        let length = if matches!(vr, b"SQ" | b"OW") { [&[0, 0], &length[..]].concat() } else { length[..2].to_vec() };
        [head, length, value.to_vec()].concat()
    };
    let item = |item: Vec<u8>| [&b"\xfe\xff\0\xe0"[..], &(item.len() as u32).to_le_bytes(), &item].concat();
    let code = |value: &[u8], scheme: &[u8]| {
        item([element(8, 0x100, b"SH", value), element(8, 0x102, b"SH", scheme)].concat())
    };
    let channel = |lead: &[u8]| {
        item(
            [
                element(0x3a, 0x208, b"SQ", &code(lead, b"MDC ")),
                element(0x3a, 0x210, b"DS", b"1.25"),
                element(0x3a, 0x211, b"SQ", &code(b"uV", b"UCUM")),
                element(0x3a, 0x212, b"DS", b"1 "),
            ]
            .concat(),
        )
    };
    let samples: Vec<u8> = (0..300).flat_map(|i| wave(i).to_le_bytes()).collect();
    let group = [
        element(0x18, 0x1068, b"DS", b"0 "),
        element(0x3a, 4, b"CS", b"ORIGINAL"),
        element(0x3a, 5, b"US", &2u16.to_le_bytes()),
        element(0x3a, 0x10, b"UL", &150u32.to_le_bytes()),
        element(0x3a, 0x1a, b"DS", b"500 "),
        element(0x3a, 0x200, b"SQ", &[channel(b"2:1 "), channel(b"2:2 ")].concat()),
        element(0x5400, 0x1004, b"US", &16u16.to_le_bytes()),
        element(0x5400, 0x1006, b"CS", b"SS"),
        element(0x5400, 0x1010, b"OW", &samples),
    ];
    let parts = [
        vec![0; 128],
        b"DICM".to_vec(),
        element(2, 0x10, b"UI", b"1.2.840.10008.1.2.1\0"),
        element(8, 0x2a, b"DT", b"20130220122305"),
        element(0x5400, 0x100, b"SQ", &item(group.concat())),
    ];
    vec![("x.dcm", parts.concat())]
}

fn gzip() -> Files {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&comma_separated().remove(0).1).expect("memory");
    vec![("x.csv.gz", encoder.finish().expect("memory"))]
}

fn comma_separated() -> Files {
    let rows = (0..60).map(|i| format!("{:.3},{},\"{:.3}\"\n", i as f64 / 250.0, wave(i), f64::from(wave(i)) / 1000.0));
    let text =
        "Name,\"A, B\"\nSample Rate,250 hertz\nRecorded,2020-01-02 03:04:05\ntime (s),I (uV),aVR [mV]\n".to_string();
    vec![("x.csv", (text + &rows.collect::<String>()).into_bytes())]
}

fn semicolons_and_clocks() -> Files {
    let rows = (0..60).map(|i| format!("10:00:{:02},{:03};{}\n", i / 25, i % 25 * 40, wave(i)).replace('.', ","));
    vec![("x.txt", ("Zeit;EKG\n".to_string() + &rows.collect::<String>()).into_bytes())]
}

fn one_column() -> Files {
    vec![("x.txt", (0..150).map(|i| format!("-{},{:03}\n", wave(i).abs(), i % 1000)).collect::<String>().into_bytes())]
}

fn sideways() -> Files {
    let row = |k: usize| (0..100).map(|i| wave(i * k).to_string()).collect::<Vec<_>>().join(" ");
    vec![("x", [row(1), row(2), row(3)].join("\n").into_bytes())]
}

fn archive() -> Files {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in wfdb_16().into_iter().chain(comma_separated()) {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a name");
        writer.write_all(&bytes).expect("memory");
    }
    vec![("x.zip", writer.finish().expect("memory").into_inner())]
}

fn aecg() -> Files {
    let digits: Vec<String> = (0..150).map(|i| wave(i).to_string()).collect();
    let lead = |code: &str, unit: &str| {
        format!(
            "<component><sequence><code code='MDC_ECG_LEAD_{code}'/><value><origin value='0' unit='uV'/>\
             <scale value='2.5' unit='{unit}'/><digits>{}</digits></value></sequence></component>\n",
            digits.join(" ")
        )
    };
    let set = |head: &str| {
        format!(
            "<component><sequenceSet><component><sequence><code code='TIME_ABSOLUTE'/><value><head value='{head}'/>\
             <increment value='0.004' unit='s'/></value></sequence></component>{}{}</sequenceSet></component>\n",
            lead("I", "uV"),
            lead("AVR", "nV")
        )
    };
    let mark = "<subjectOf><annotationSet><component><annotation><code code='MDC_ECG_BEAT'/><value \
                code='MDC_ECG_BEAT_NORMAL'/><support><supportingROI><component><boundary><value><low value=\
                '20200102030405.5'/></value></boundary></component></supportingROI></support></annotation></component>\
                </annotationSet></subjectOf>";
    let (first, second) = (set("20200102030405"), set("20200102030405.600"));
    let series = format!("<component><series><code code='RHYTHM'/>{first}{second}{mark}</series></component>");
    vec![(
        "x.xml",
        format!("<?xml version='1.0'?>\n<AnnotatedECG xmlns='urn:hl7-org:v3'>{series}</AnnotatedECG>").into(),
    )]
}

fn base64_of(samples: impl Iterator<Item = u8>) -> String {
    base64::Engine::encode(&base64::prelude::BASE64_STANDARD, samples.collect::<Vec<u8>>())
}

fn muse() -> Files {
    let lead = |id: &str| {
        let samples = base64_of((0..200).flat_map(|i| wave(i).to_le_bytes()));
        format!(
            "<LeadData><LeadID>{id}</LeadID>\n<LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit>\
             <LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits>\n<WaveFormData>{samples}</WaveFormData></LeadData>\n"
        )
    };
    let waveform = format!("<SampleBase>500</SampleBase><SampleExponent>0</SampleExponent>{}{}", lead("I"), lead("II"));
    let text = format!("<RestingECG><Waveform><WaveformType>Rhythm</WaveformType>{waveform}</Waveform></RestingECG>");
    vec![("x.xml", text.into_bytes())]
}

/// Ten bits a code: ten bytes of codes make eight of data.
fn sierra() -> Files {
    let chunk = |codes: &[u32]| {
        let bits: Vec<bool> =
            codes.iter().flat_map(|code| (0..10).rev().map(move |bit| code >> bit & 1 == 1)).collect();
        let bytes = bits.chunks(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit)));
        let bytes: Vec<u8> = bytes.collect();
        [&(bytes.len() as u32).to_le_bytes()[..], &[0; 4], &bytes].concat()
    };
    let lead: Vec<u32> = (0..400).map(|i| if i < 200 { 0 } else { 60 + i % 9 }).collect();
    let data = base64_of([chunk(&lead), chunk(&lead), chunk(&[0, 256, 257, 258, 259, 260])].concat().into_iter());
    let text = format!(
        "<?xml version=\"1.0\"?>\n<restingecgdata><parsedwaveforms compression=\"XLI\" durationperchannel=\"400\" \
         samplespersecond=\"500\" resolution=\"5\" leadlabels=\"I II V1\">\n{data}\n</parsedwaveforms></restingecgdata>"
    );
    vec![("x.xml", text.encode_utf16().flat_map(u16::to_le_bytes).collect())]
}

fn json() -> Files {
    let list = |k: usize| (0..90).map(|i| wave(i * k).to_string()).collect::<Vec<_>>().join(",");
    let rows = (0..40).map(|i| format!("{{\"t\":{},\"mV\":0.{i}}}", i * 4)).collect::<Vec<_>>().join(",");
    let text = format!(
        "{{\"fs\": 250, \"unit\": \"uV\",\n\"leads\": {{\"I\": [{}],\n\"II\": [{}]}}, \"rows\": [{rows}]}}",
        list(1),
        list(2)
    );
    vec![("x.json", text.into_bytes())]
}

/// Damages one of the files in a few places.
fn mutate(files: &mut Files, random: &mut Random) {
    let place = random.below(files.len());
    let bytes = &mut files[place].1;
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let until = (at + random.below(24)).min(bytes.len());
        match random.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b' ', b'"', b','][random.below(9)],
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..until)),
            4 => {
                let piece = bytes[at..until].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => {
                let words: [&[u8]; 8] =
                    [b"0", b"-1", b"99999999", b"18446744073709551615", b"1e308", b"nan", b"\xff\xff\xff\x7f", b"\n"];
                bytes.splice(at..until.min(at + 4), words[random.below(8)].iter().copied());
            }
            6 => {
                let digits: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i].is_ascii_digit()).collect();
                if let Some(&digit) = digits.get(random.below(digits.len())) {
                    bytes[digit] = b'0' + random.below(10) as u8;
                }
            }
            7 => {
                // One line many times over.
                let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
                let piece = bytes[at..end].repeat(random.below(40));
                bytes.splice(end..end, piece);
            }
            _ => bytes[at..until].reverse(),
        }
    }
}

/// Reads a recording once more, in stretches, if that can be done: as far as it can be read whole, that must give the
/// same.
fn read_in_stretches(set: &FileSet, entry: &Entry, whole: &Result<Reading, ReadError>) {
    let (Ok(Some(long)), Ok(Reading::Complete(whole))) = (open_in_stretches(set, entry), whole) else { return };
    assert_eq!((long.len, long.record.fs), (whole.len() as u64, whole.fs), "{}", entry.path);
    // Of a unit that is assumed, the whole may think otherwise than the beginning.
    let is_assumed =
        whole.provenance.remarks.iter().any(|remark| remark.to_string().contains("were assumed from how large"));
    let len = whole.len();
    for range in [0..len.min(50), len / 3..len / 3 + 7, len.saturating_sub(9)..len + 5] {
        let leads = long.read(set, range.start as u64..range.end as u64).expect("a file that was just read");
        for (lead, expected) in leads.iter().zip(&whole.leads) {
            let expected = &expected.samples[range.start.min(len)..range.end.min(len)];
            let same = |(a, b): (&f32, &f32)| a == b || a.is_nan() && b.is_nan();
            assert!(is_assumed || lead.iter().zip(expected).all(same), "{}: {range:?}", entry.path);
            assert_eq!(lead.len(), expected.len(), "{}: {range:?}", entry.path);
        }
    }
}

/// Reads everything that can be read, as the page does.
fn read_all(files: Files) -> Vec<Result<Reading, ReadError>> {
    let mut set = FileSet::default();
    for (path, bytes) in files {
        set.add(path, bytes);
    }
    let found = catalog(&set);
    let read = found.entries.iter().map(|entry| {
        let whole = read(&set, entry);
        read_in_stretches(&set, entry, &whole);
        whole
    });
    read.chain(found.problems.iter().cloned().map(Err)).collect()
}

#[test]
fn damaged_files_are_read_or_answered_within_bounds() {
    type Set = (&'static str, fn() -> Files);
    let sets: [Set; 22] = [
        ("WFDB 16", wfdb_16),
        ("WFDB 212, 310, 311, .mat", wfdb_packed),
        ("WFDB joined, 8, FLAC, .atr", wfdb_joined),
        ("EDF+D", edf_discontinuous),
        ("BDF+D", bdf_discontinuous),
        ("ISHNE", ishne),
        ("MATLAB", matlab),
        ("MATLAB 5", matlab_5),
        ("AliveCor", alivecor),
        ("SCP-ECG", scp),
        ("DICOM", dicom),
        ("commas", comma_separated),
        ("semicolons", semicolons_and_clocks),
        ("one column", one_column),
        ("sideways", sideways),
        ("HL7 aECG", aecg),
        ("GE MUSE", muse),
        ("Philips Sierra", sierra),
        ("JSON", json),
        ("zip", archive),
        ("gzip", gzip),
        ("EDF+C", edf_continuous),
    ];
    let number_in = |variable: &str| std::env::var(variable).ok().map(|text| text.parse::<u64>().expect("a number"));
    let (asked, seconds) = (number_in("ECG_MUTATIONS"), number_in("ECG_MUTATION_SECONDS"));
    let only = std::env::var("ECG_MUTATION_SET").ok();
    let known = only.as_ref().is_none_or(|only| sets.iter().any(|(name, _)| name == only));
    assert!(known, "ECG_MUTATION_SET names none of these: {:?}", sets.map(|(name, _)| name));
    let seed = 0x9e37_79b9_7f4a_7c15 ^ asked.or(seconds).unwrap_or(0) << 8;
    let start = Instant::now();
    for (number, (name, make)) in sets.into_iter().enumerate() {
        if only.as_ref().is_some_and(|only| name != only) {
            continue;
        }
        let whole = read_all(make());
        assert!(!whole.is_empty() && whole.iter().all(Result::is_ok), "{name}: {whole:?}");
        let mut random = Random(seed ^ number as u64);
        let (mut n_read, mut n_refused) = (0, 0);
        let most = match (asked, seconds) {
            (Some(count), _) => count as usize,
            (None, Some(_)) => usize::MAX,
            (None, None) => MUTATIONS_PER_SET,
        };
        let (begun, limit) = (Instant::now(), seconds.map_or(Duration::MAX, Duration::from_secs));
        for mutation in (0..most).take_while(|_| begun.elapsed() < limit) {
            let mut files = make();
            mutate(&mut files, &mut random);
            let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
            let before = IN_USE.load(Relaxed);
            MOST.store(before, Relaxed);
            let asked_at = Instant::now();
            let answers = read_all(files);
            let took = asked_at.elapsed();
            assert!(
                took < SLOWEST + SLOWEST_MEGABYTE * (size >> 20) as u32,
                "{name}, mutation {mutation}: {took:?} for a file of {size}"
            );
            let used = MOST.load(Relaxed).saturating_sub(before);
            assert!(used < 512 * 1024 + 40 * size, "{name}, mutation {mutation}: {used} bytes for a file of {size}");
            for answer in answers {
                match answer {
                    Ok(Reading::Complete(record)) => {
                        assert!(record.fs.is_finite() && record.fs > 0.0, "{name}, mutation {mutation}");
                        assert!(record.leads.iter().all(|lead| lead.samples.len() == record.len()));
                        n_read += 1;
                    }
                    Ok(Reading::NeedsSamplingRate(unsampled)) => {
                        assert!(!unsampled.is_empty(), "{name}, mutation {mutation}");
                        n_read += 1;
                    }
                    Err(problem) => {
                        let sentence = &problem.fault.to_string();
                        assert!(
                            !problem.file.is_empty() && sentence.ends_with('.') && sentence.len() < 3000,
                            "{problem}"
                        );
                        n_refused += 1;
                    }
                }
            }
        }
        eprintln!("{name}: {n_read} read, {n_refused} refused, {:?}", begun.elapsed());
        assert!(n_read > 0 && n_refused > 0, "{name}: the mutations must neither all fail nor all be harmless");
    }
    eprintln!("{:?}", start.elapsed());
}
