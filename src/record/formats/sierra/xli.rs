//! XLI: how leads are compressed. Each lead is a chunk: its compressed size (4 bytes), 2 bytes of unknown use, a
//! first delta (2 bytes), all low byte first, and the samples' deltas, first the high bytes of all, then the low
//! ones, in LZW.

use super::lzw;
use crate::record::fault::SierraFault;
use crate::record::formats::xml::int16_samples;

const HEADER_BYTES: usize = 8;
/// Bytes that a lead may decompress to: 512 Ki samples, 17 minutes at 500 Hz; resting ECGs have 11 s.
const LARGEST_LEAD: usize = 1 << 20;
/// Added to each stored delta.
const BIAS: i32 = 64;

/// Decodes all leads, `most` of them at most.
///
/// # Errors
/// Where a chunk is damaged or longer than the data.
pub fn decode(mut data: &[u8], most: usize) -> Result<Vec<Vec<i16>>, SierraFault> {
    let mut leads = Vec::new();
    while let Some((header, rest)) = data.split_at_checked(HEADER_BYTES) {
        let (size, _) = header.split_at(4);
        let size = size.iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        let first_delta = int16_samples(header).nth(3).unwrap_or(0);
        let Some((chunk, rest)) = rest.split_at_checked(size) else {
            return Err(SierraFault::LeadCutOff { lead: leads.len() + 1, size, there: rest.len() });
        };
        if leads.len() == most {
            return Err(SierraFault::MoreLeads { most });
        }
        leads.push(restore(&lzw::decode(chunk, LARGEST_LEAD)?, first_delta));
        data = rest;
    }
    Ok(leads)
}

/// From bytes to samples. The first two stand as they are; after them stand deltas of the second order: each sample
/// continues the line through the two before it, less the delta that stands in the place of the one before.
fn restore(bytes: &[u8], first_delta: i16) -> Vec<i16> {
    // An odd byte at the end lacks its low half, which is 0.
    let n_samples = bytes.len().div_ceil(2);
    let (high, low) = bytes.split_at(n_samples);
    let low = low.iter().copied().chain(std::iter::once(0));
    let mut samples: Vec<i16> = high.iter().zip(low).map(|(high, low)| i16::from_be_bytes([*high, low])).collect();
    let mut last_delta = i32::from(first_delta);
    let start: Vec<i32> = samples.iter().take(2).map(|sample| i32::from(*sample)).collect();
    let [mut before, mut last] = *start else { return samples };
    for place in samples.iter_mut().skip(2) {
        let sample = last.wrapping_mul(2).wrapping_sub(before).wrapping_sub(last_delta);
        last_delta = i32::from(*place) - BIAS;
        *place = sample as i16;
        (before, last) = (last, sample);
    }
    samples
}

#[cfg(test)]
pub mod tests {
    use super::super::lzw::tests as lzw_tests;
    use super::*;

    /// Compresses a lead, as `decode` reads it.
    pub fn encode(samples: &[i16]) -> Vec<u8> {
        let delta = |at: usize| {
            let sample = |at: usize| samples.get(at).copied().map_or(0, i32::from);
            2 * sample(at) - sample(at - 1) - sample(at + 1)
        };
        let stored = |(at, sample): (usize, &i16)| if at < 2 { *sample } else { (delta(at) + BIAS) as i16 };
        let stored: Vec<[u8; 2]> = samples.iter().enumerate().map(stored).map(i16::to_be_bytes).collect();
        let halves: Vec<u8> = [0, 1].iter().flat_map(|&half| stored.iter().map(move |bytes| bytes[half])).collect();
        let chunk = lzw_tests::encode(&halves);
        let header = [&(chunk.len() as u32).to_le_bytes()[..], &[0, 0], &(delta(1) as i16).to_le_bytes()];
        [&header.concat()[..], &chunk].concat()
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        let wave = |n: usize| -> Vec<i16> { (0..n).map(|i| ((i as f64 * 0.1).sin() * 300.0) as i16 - 7).collect() };
        let data = [encode(&wave(999)), encode(&[5; 400]), encode(&[1, -2, 3]), encode(&[4, 5])].concat();
        assert_eq!(decode(&data, 4).unwrap(), [wave(999), vec![5; 400], vec![1, -2, 3], vec![4, 5]]);
        assert!(decode(&data, 3).unwrap_err().to_string().contains("more than 3"));
        assert!(decode(&data[..data.len() - 2], 4).unwrap_err().to_string().contains("Lead 4 should have"));
        assert!(decode(&[255; 9], 4).unwrap_err().to_string().contains("4294967295 bytes"));
    }

    #[test]
    fn deltas_by_hand() {
        // 10, 12, then 2·12 − 10 − 1 = 13, 2·13 − 12 − (60 − 64) = 18; the last delta has no sample to follow.
        assert_eq!(restore(&[0, 0, 0, 0, 10, 12, 60, 99], 1), [10, 12, 13, 18]);
        assert_eq!(restore(&[0, 1, 5], 0), [5, 256], "the odd byte lacks its low half");
        assert!(restore(&[], 0).is_empty());
        assert_eq!(restore(&[127, 127, 127, 127, 255, 0, 0, 0], i16::MIN).len(), 4, "what overflows is no panic");
    }
}
