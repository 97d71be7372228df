//! Damaged files of every format: each must be read or answered with a sentence that names a file, without a panic,
//! quickly, and without memory out of proportion.
//!
//! A bounded fuzz test: small valid files, damaged by a seeded generator, so that a failure can be repeated. Its one
//! test is alone in this file because it watches the memory of the whole program.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use ecg_lens::record::catalog::{catalog, read};
use ecg_lens::record::file_set::FileSet;
use ecg_lens::record::{FormatError, Reading};

/// Some seconds' work; `ECG_MUTATIONS` asks for more, with damage that differs from the everyday run's.
const MUTATIONS_PER_SET: usize = 900;

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

fn matlab() -> Files {
    let header = [30u32, 1, 200, 0, 4].iter().flat_map(|word| word.to_le_bytes());
    let samples = (0..200).flat_map(|i| wave(i).to_le_bytes());
    let rate = [0u32, 1, 1, 0, 3].iter().flat_map(|word| word.to_le_bytes());
    let rate = rate.chain(*b"Fs\0").chain(250f64.to_le_bytes());
    vec![("x.mat", header.chain(*b"val\0").chain(samples).chain(rate).collect())]
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

/// Reads everything that can be read, as the page does.
fn read_all(files: Files) -> Vec<Result<Reading, FormatError>> {
    let mut set = FileSet::default();
    for (path, bytes) in files {
        set.add(path, bytes);
    }
    let found = catalog(&set);
    let read = found.entries.iter().map(|entry| read(&set, entry));
    read.chain(found.problems.iter().cloned().map(Err)).collect()
}

#[test]
fn damaged_files_are_read_or_answered_within_bounds() {
    type Set = (&'static str, fn() -> Files);
    let sets: [Set; 12] = [
        ("WFDB 16", wfdb_16),
        ("WFDB 212, 310, 311, .mat", wfdb_packed),
        ("MATLAB", matlab),
        ("commas", comma_separated),
        ("semicolons", semicolons_and_clocks),
        ("one column", one_column),
        ("sideways", sideways),
        ("HL7 aECG", aecg),
        ("GE MUSE", muse),
        ("Philips Sierra", sierra),
        ("JSON", json),
        ("zip", archive),
    ];
    let asked = std::env::var("ECG_MUTATIONS").ok().and_then(|count| count.parse().ok());
    let seed = 0x9e37_79b9_7f4a_7c15 ^ asked.unwrap_or(0) << 8;
    let start = std::time::Instant::now();
    for (number, (name, make)) in sets.into_iter().enumerate() {
        let whole = read_all(make());
        assert!(!whole.is_empty() && whole.iter().all(Result::is_ok), "{name}: {whole:?}");
        let mut random = Random(seed ^ number as u64);
        let (mut n_read, mut n_refused) = (0, 0);
        for mutation in 0..asked.map_or(MUTATIONS_PER_SET, |count: u64| count as usize) {
            let mut files = make();
            mutate(&mut files, &mut random);
            let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
            let before = IN_USE.load(Relaxed);
            MOST.store(before, Relaxed);
            let answers = read_all(files);
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
                        let sentence = &problem.reason;
                        assert!(
                            !problem.file.is_empty() && sentence.ends_with('.') && sentence.len() < 3000,
                            "{problem}"
                        );
                        n_refused += 1;
                    }
                }
            }
        }
        eprintln!("{name}: {n_read} read, {n_refused} refused");
        assert!(n_read > 0 && n_refused > 0, "{name}: the mutations must neither all fail nor all be harmless");
    }
    eprintln!("{:?}", start.elapsed());
}
