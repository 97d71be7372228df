//! Files made on the spot, from this project's synthetic recordings: what the tests drop where real recordings are not
//! needed.

use std::io::{Cursor, Write};

use ecg_lens::record::Record;
use ecg_lens::synthetic::{Recipe, Rhythm, demos};

/// Files as (name, bytes).
pub type Files = Vec<(String, Vec<u8>)>;

/// ADC units in a millivolt in the files made here.
const GAIN: f32 = 1000.0;

/// A demonstration by its name in `?demo=`.
pub fn demo(id: &str) -> Record {
    demos().iter().find(|demo| demo.id == id).unwrap_or_else(|| panic!("no demonstration is called {id}")).record()
}

/// Sinus rhythm of so many seconds.
pub fn sinus(seconds: f64) -> Record {
    Recipe { duration: seconds, ..Recipe::new(Rhythm::Sinus, 72.0, 11) }.record("sinus")
}

/// Millivolts as 16-bit numbers; NaN as the number that WFDB has for a missing sample.
fn digital(samples: &[f32]) -> Vec<i16> {
    samples.iter().map(|sample| if sample.is_nan() { i16::MIN } else { (sample * GAIN).round() as i16 }).collect()
}

/// A WFDB header and its signal file in format 16, the leads' samples interleaved.
pub fn wfdb(name: &str, fs: f64, leads: &[(&str, &[f32])]) -> Files {
    let len = leads[0].1.len();
    let mut header = format!("{name} {} {fs} {len}\n", leads.len());
    for (lead, _) in leads {
        header += &format!("{name}.dat 16 {GAIN}/mV 16 0 0 0 0 {lead}\n");
    }
    let leads: Vec<Vec<i16>> = leads.iter().map(|(_, samples)| digital(samples)).collect();
    let frames = (0..len).flat_map(|index| leads.iter().map(move |lead| lead[index]));
    vec![
        (format!("{name}.hea"), header.into_bytes()),
        (format!("{name}.dat"), frames.flat_map(i16::to_le_bytes).collect()),
    ]
}

/// The standard leads, in their usual order.
pub const TWELVE: [&str; 12] = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

/// The annotations of the WFDB record `name` in the MIT format: at these moments (in s) these rhythms begin, such as `(AFIB`.
pub fn rhythms(name: &str, fs: f64, changes: &[(f64, &str)]) -> (String, Vec<u8>) {
    const SKIP: u16 = 59 << 10;
    const RHYTHM: u16 = 28 << 10;
    const AUX: u16 = 63 << 10;
    let mut bytes = Vec::new();
    let mut before = 0;
    for (time, text) in changes {
        let sample = (time * fs).round() as u32;
        let step = sample - before;
        before = sample;
        // An interval of 32 bits: the high word first.
        let words = [SKIP, (step >> 16) as u16, (step & 0xffff) as u16, RHYTHM, AUX | text.len() as u16];
        bytes.extend(words.into_iter().flat_map(u16::to_le_bytes));
        bytes.extend(text.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(2), 0);
    }
    bytes.extend([0, 0]);
    (format!("{name}.atr"), bytes)
}

/// Sinus rhythm in all of [`TWELVE`], as WFDB.
pub fn twelve_leads(name: &str) -> Files {
    let record = sinus(12.0);
    let samples = record.leads[0].samples.as_slice();
    wfdb(name, record.fs, &TWELVE.map(|lead| (lead, samples)))
}

/// The first lead as CinC 2017 has it: a header and a MATLAB 4 matrix `val`.
pub fn cinc(name: &str, record: &Record) -> Files {
    let samples = digital(&record.leads[0].samples);
    let header = format!("{name} 1 {} {}\n{name}.mat 16+24 {GAIN}/mV 16 0 0 0 0 ECG \n", record.fs, samples.len());
    // Type 30: little-endian, full matrix, 16-bit integers; one row; not complex; a name of four bytes.
    let mut matrix: Vec<u8> = [30, 1, samples.len() as i32, 0, 4].into_iter().flat_map(i32::to_le_bytes).collect();
    matrix.extend(b"val\0");
    matrix.extend(samples.into_iter().flat_map(i16::to_le_bytes));
    vec![(format!("{name}.hea"), header.into_bytes()), (format!("{name}.mat"), matrix)]
}

/// The first lead as columns of time and amplitude, so that the sampling rate is told.
pub fn csv_with_time(record: &Record) -> Vec<u8> {
    let row = |(index, sample): (usize, &f32)| format!("{:.6},{sample:.4}\n", index as f64 / record.fs);
    let rows: String = record.leads[0].samples.iter().enumerate().map(row).collect();
    format!("time (s),ECG (mV)\n{rows}").into_bytes()
}

/// The first lead as one column, which does not tell the sampling rate.
pub fn csv_without_time(record: &Record) -> Vec<u8> {
    let rows: String = record.leads[0].samples.iter().map(|sample| format!("{sample:.4}\n")).collect();
    format!("ECG (mV)\n{rows}").into_bytes()
}

/// A zip archive in which the files lie in `folder`.
pub fn zip(folder: &str, files: &Files) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(format!("{folder}/{name}"), zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("a written entry");
    }
    archive.finish().expect("a finished archive").into_inner()
}
