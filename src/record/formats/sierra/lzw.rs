//! LZW with codes of ten bits, the highest bit first, and a dictionary that is never emptied (T. A. Welch, "A
//! Technique for High-Performance Data Compression", 1984).

use crate::record::fault::SierraFault;

/// Bits in a code.
const WIDTH: u32 = 10;
/// The codes below are single bytes.
const N_BYTES: usize = 256;
/// Codes there are, but for the last, which ends the data.
const N_CODES: usize = (1 << WIDTH) - 1;

/// A string in the dictionary: another one and a byte more.
#[derive(Clone, Copy)]
struct Entry {
    prefix: usize,
    last: u8,
}

/// Decodes at most `limit` bytes.
///
/// # Errors
/// Where a code is used before it is defined, or there are more than `limit` bytes.
pub fn decode(data: &[u8], limit: usize) -> Result<Vec<u8>, SierraFault> {
    let mut entries: Vec<Entry> = Vec::with_capacity(N_CODES - N_BYTES);
    let mut decoded: Vec<u8> = Vec::new();
    let mut previous: Option<usize> = None;
    for code in codes(data).take_while(|&code| code < N_CODES) {
        let start = decoded.len();
        match previous {
            None if code >= N_BYTES => return Err(SierraFault::Damaged),
            None => decoded.push(code as u8),
            Some(previous) => {
                let n_defined = N_BYTES + entries.len();
                if code < n_defined {
                    push_string(&entries, code, &mut decoded);
                } else if code == n_defined {
                    // The code that is about to be defined: the previous string and its own first byte again.
                    push_string(&entries, previous, &mut decoded);
                    let first = decoded.get(start).copied().ok_or(SierraFault::Damaged)?;
                    decoded.push(first);
                } else {
                    return Err(SierraFault::Damaged);
                }
                if n_defined < N_CODES {
                    let last = decoded.get(start).copied().ok_or(SierraFault::Damaged)?;
                    entries.push(Entry { prefix: previous, last });
                }
            }
        }
        if decoded.len() > limit {
            return Err(SierraFault::LeadTooLong { limit });
        }
        previous = Some(code);
    }
    Ok(decoded)
}

/// Appends the string that a defined code stands for.
fn push_string(entries: &[Entry], code: usize, decoded: &mut Vec<u8>) {
    let start = decoded.len();
    let mut code = code;
    // A prefix is always an older code, so this ends.
    while let Some(entry) = code.checked_sub(N_BYTES).and_then(|place| entries.get(place)) {
        decoded.push(entry.last);
        code = entry.prefix;
    }
    decoded.push(code as u8);
    decoded[start..].reverse();
}

fn codes(data: &[u8]) -> impl Iterator<Item = usize> {
    let (mut bits, mut n_bits) = (0u32, 0);
    let mut bytes = data.iter();
    std::iter::from_fn(move || {
        while n_bits < WIDTH {
            bits = bits << 8 | u32::from(*bytes.next()?);
            n_bits += 8;
        }
        n_bits -= WIDTH;
        Some((bits >> n_bits) as usize & N_CODES)
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Packs codes of ten bits; what is left of the last byte is 1, as in the end code.
    pub fn pack(codes: &[usize]) -> Vec<u8> {
        let bits: Vec<bool> =
            codes.iter().flat_map(|code| (0..WIDTH).rev().map(move |bit| code >> bit & 1 == 1)).collect();
        bits.chunks(8)
            .map(|byte| (0..8).fold(0, |sum, bit| sum << 1 | u8::from(*byte.get(bit).unwrap_or(&true))))
            .collect()
    }

    /// The encoder, as Welch describes it.
    pub fn encode(data: &[u8]) -> Vec<u8> {
        let mut dictionary: std::collections::HashMap<Vec<u8>, usize> =
            (0..=255).map(|b| (vec![b], b as usize)).collect();
        let (mut codes, mut current) = (Vec::new(), Vec::new());
        for &byte in data {
            let longer = [&current[..], &[byte]].concat();
            if dictionary.contains_key(&longer) {
                current = longer;
                continue;
            }
            codes.push(dictionary[&current]);
            if dictionary.len() < N_CODES {
                dictionary.insert(longer, dictionary.len());
            }
            current = vec![byte];
        }
        codes.extend(dictionary.get(&current));
        codes.push(N_CODES);
        pack(&codes)
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        let noise: Vec<u8> = (0..9000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let wave: Vec<u8> = (0..9000).map(|i| ((f64::from(i) * 0.05).sin() * 9.0) as i8 as u8).collect();
        for data in [&b"abababababababab"[..], &[0; 5000], &noise, &wave, b"x"] {
            assert_eq!(decode(&encode(data), data.len()).unwrap(), data);
        }
        assert_eq!(decode(&[], 9).unwrap(), b"");
        assert!(encode(&[0; 5000]).len() < 130);
    }

    #[test]
    fn by_hand() {
        // "a", then the code that it defines while it is used, then the end, then what is no longer read.
        assert_eq!(decode(&pack(&[97, 256, 98, 1023, 99]), 9).unwrap(), b"aaab");
    }

    #[test]
    fn damage_and_bombs_are_sentences() {
        assert!(decode(&pack(&[256, 97]), 9).unwrap_err().to_string().contains("damaged"));
        assert!(decode(&pack(&[97, 300]), 9).unwrap_err().to_string().contains("damaged"));
        assert!(decode(&encode(&[0; 100_000]), 99_999).unwrap_err().to_string().contains("more than 99999"));
    }
}
