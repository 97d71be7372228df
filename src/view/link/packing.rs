//! One lead's samples as bytes.
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 4 | checksum (FNV-1a) of all that follows |
//! | 8 | sampling rate in Hz, f64, little-endian as everything |
//! | 4 | the step in mV, f32: a sample is a whole number of steps |
//! | varint | samples |
//! | varint | stretches of missing samples; then of each, as varints: samples since the last one's end, samples missing |
//! | rest | the samples in steps, the missing ones left out ([`super::rice`]) |
//!
//! A digital recording's samples are whole numbers of its converter's steps, so nothing is lost. Where they are not, the
//! step is 1 µV, or less for a recording whose amplitudes are small.

use super::{LinkError, rice};

/// The longest recording that a link holds, in s.
pub const LONGEST_SECONDS: f64 = 60.0;

const VERSION: u8 = 1;
const HEADER: usize = 5;
/// In mV: 1 µV.
const STEP: f32 = 0.001;
/// A step is at most this share of the amplitudes' standard deviation.
const FINEST_SHARE: f64 = 0.01;
/// Converters' steps that files have, in mV, the coarsest first: 1000/200 µV and its like.
const USUAL_STEPS: [f32; 8] = [0.005, 0.004_88, 0.004, 0.0025, 0.002_44, 0.002, 0.001_25, 0.001];

/// Why a link cannot hold a recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PackError {
    /// There are no samples.
    Empty,
    /// It lasts so long, in s.
    TooLong(f64),
    /// Its amplitudes are no ECG's.
    TooLarge,
}

/// A lead's samples in mV (NaN where missing) at `fs` Hz.
///
/// # Errors
/// Where they last longer than [`LONGEST_SECONDS`], or are no amplitudes.
pub fn pack(samples: &[f32], fs: f64) -> Result<Vec<u8>, PackError> {
    let present: Vec<f32> = samples.iter().copied().filter(|sample| !sample.is_nan()).collect();
    if present.is_empty() || fs.is_nan() || fs <= 0.0 {
        return Err(PackError::Empty);
    }
    // A sample more than a minute is a minute.
    let seconds = (samples.len() - 1) as f64 / fs;
    if seconds > LONGEST_SECONDS {
        return Err(PackError::TooLong(seconds));
    }
    let step = step_of(&present);
    let in_steps = |sample: &f32| {
        let value = (f64::from(*sample) / f64::from(step)).round();
        (value.abs() <= f64::from(i32::MAX)).then_some(value as i32)
    };
    let values: Vec<i32> = present.iter().map(in_steps).collect::<Option<_>>().ok_or(PackError::TooLarge)?;
    // Whole numbers of several steps are fewer bits as numbers of that many.
    let common = values.iter().fold(0u32, |common, value| gcd(common, value.unsigned_abs())).max(1);
    let values: Vec<i32> = values.into_iter().map(|value| (i64::from(value) / i64::from(common)) as i32).collect();
    let step = (f64::from(step) * f64::from(common)) as f32;

    let mut bytes = vec![VERSION, 0, 0, 0, 0];
    bytes.extend(fs.to_le_bytes());
    bytes.extend(step.to_le_bytes());
    put_varint(&mut bytes, samples.len());
    let gaps = gaps_of(samples);
    put_varint(&mut bytes, gaps.len());
    let mut end = 0;
    for gap in gaps {
        put_varint(&mut bytes, gap.start - end);
        put_varint(&mut bytes, gap.len());
        end = gap.end;
    }
    bytes.extend(rice::encode(&values));
    let sum = checksum(&bytes[HEADER..]).to_le_bytes();
    bytes[1..HEADER].copy_from_slice(&sum);
    Ok(bytes)
}

/// Samples in mV, and their rate in Hz.
///
/// # Errors
/// Where the bytes are not those that were packed.
pub fn unpack(bytes: &[u8]) -> Result<(Vec<f32>, f64), LinkError> {
    match bytes.first() {
        Some(&VERSION) => contents(bytes).ok_or(LinkError::Damaged),
        Some(version) if *version > VERSION && *version < 32 => Err(LinkError::TooNew),
        _ => Err(LinkError::Damaged),
    }
}

fn contents(bytes: &[u8]) -> Option<(Vec<f32>, f64)> {
    let sum = u32::from_le_bytes(bytes.get(1..HEADER)?.try_into().ok()?);
    let mut rest = &bytes[HEADER..];
    if checksum(rest) != sum {
        return None;
    }
    let fs = f64::from_le_bytes(rest.split_off(..8)?.try_into().ok()?);
    let step = f32::from_le_bytes(rest.split_off(..4)?.try_into().ok()?);
    let len = varint(&mut rest)?;
    let is_possible = fs.is_finite() && fs > 0.0 && step.is_finite() && (len as f64 - 1.0) / fs <= LONGEST_SECONDS;
    let n_gaps = varint(&mut rest).filter(|_| is_possible)?;
    // Each takes two bytes at least.
    let mut gaps = Vec::with_capacity(n_gaps.min(rest.len() / 2));
    let (mut end, mut missing) = (0usize, 0usize);
    for _ in 0..n_gaps {
        let start = end.checked_add(varint(&mut rest)?)?;
        let length = varint(&mut rest)?;
        end = start.checked_add(length).filter(|end| *end <= len)?;
        missing += length;
        gaps.push(start..end);
    }
    let values = rice::decode(rest, len - missing)?;
    let mut present = values.into_iter().map(|value| (f64::from(value) * f64::from(step)) as f32);
    let mut samples = Vec::with_capacity(len);
    for gap in gaps {
        samples.extend(present.by_ref().take(gap.start - samples.len()));
        samples.resize(gap.end, f32::NAN);
    }
    samples.extend(present);
    (samples.len() == len).then_some((samples, fs))
}

/// The converter's step where the samples show one; else 1 µV, or a tenth, a hundredth … of it where amplitudes are
/// small.
fn step_of(samples: &[f32]) -> f32 {
    let is_step = |step: &f32| {
        samples.iter().all(|sample| {
            let steps = f64::from(*sample) / f64::from(*step);
            // As far as a number of 32 bits can tell.
            (steps - steps.round()).abs() < 1e-3 + 2e-7 * steps.abs()
        })
    };
    if let Some(step) = USUAL_STEPS.iter().copied().find(is_step) {
        return step;
    }
    let mean = samples.iter().map(|sample| f64::from(*sample)).sum::<f64>() / samples.len() as f64;
    let variance = samples.iter().map(|sample| (f64::from(*sample) - mean).powi(2)).sum::<f64>() / samples.len() as f64;
    let most = variance.sqrt() * FINEST_SHARE;
    let mut step = STEP;
    while f64::from(step) > most && step > 1e-9 {
        step /= 10.0;
    }
    step
}

fn gaps_of(samples: &[f32]) -> Vec<std::ops::Range<usize>> {
    let mut gaps: Vec<std::ops::Range<usize>> = Vec::new();
    for index in (0..samples.len()).filter(|index| samples[*index].is_nan()) {
        match gaps.last_mut() {
            Some(gap) if gap.end == index => gap.end += 1,
            _ => gaps.push(index..index + 1),
        }
    }
    gaps
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// FNV-1a: it need not be safe from anybody, only tell a link that was cut or mistyped.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn put_varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    // Four bytes are more samples than a minute can have.
    for place in 0..4 {
        let byte = *bytes.split_off_first()?;
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
