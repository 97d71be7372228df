//! Packed samples of WFDB signal files: signal(5) of the WFDB Applications Guide.
//!
//! Each storage format is one function that gives the sample at an index, so that a stretch of a long recording can be
//! read without what lies before it.

use std::ops::Range;

/// How samples are stored in a signal file.
pub struct Storage {
    /// The format's number in header files.
    pub number: u16,
    /// The value that stands for a missing sample.
    pub missing: i32,
    /// Samples in a whole group, and the bytes that it takes.
    group: (usize, usize),
    /// The sample at an index, which must be below [`Storage::samples_in`].
    pub sample: fn(&[u8], usize) -> i32,
}

/// The storage formats that are read here. The value for missing samples is the lowest one, as in wfdb-python.
pub const STORAGES: &[Storage] = &[
    Storage { number: 16, missing: -0x8000, group: (1, 2), sample: sample_16 },
    Storage { number: 24, missing: -0x80_0000, group: (1, 3), sample: sample_24 },
    Storage { number: 32, missing: i32::MIN, group: (1, 4), sample: sample_32 },
    Storage { number: 61, missing: -0x8000, group: (1, 2), sample: sample_61 },
    Storage { number: 80, missing: -0x80, group: (1, 1), sample: sample_80 },
    Storage { number: 160, missing: -0x8000, group: (1, 2), sample: sample_160 },
    Storage { number: 212, missing: -0x800, group: (2, 3), sample: sample_212 },
    Storage { number: 310, missing: -0x200, group: (3, 4), sample: sample_310 },
    Storage { number: 311, missing: -0x200, group: (3, 4), sample: sample_311 },
];

/// Numbers of signal(5) that stand for something else than packed samples: no samples at all, differences
/// ([`super::differences`]), FLAC ([`super::flac`]).
pub const NOT_PACKED: &[u16] = &[0, 8, 508, 516, 524];

impl Storage {
    /// The storage with this number, if it is read here.
    pub fn of(number: u16) -> Option<&'static Storage> {
        STORAGES.iter().find(|storage| storage.number == number)
    }

    /// Samples that are packed together and cannot be read apart.
    pub fn samples_in_group(&self) -> usize {
        self.group.0
    }

    /// The bytes in which the samples with these indices lie, whole groups.
    pub fn bytes_of(&self, samples: Range<u64>) -> Range<u64> {
        let (in_group, bytes) = (self.group.0 as u64, self.group.1 as u64);
        let (first, end) = (samples.start / in_group, samples.end.div_ceil(in_group));
        first.saturating_mul(bytes)..end.saturating_mul(bytes)
    }

    /// Samples that `length` bytes hold. Of a group cut short, the samples whose bytes are all there.
    pub fn samples_in(&self, length: usize) -> usize {
        let (samples, bytes) = self.group;
        let rest = length % bytes;
        let partial = (0..samples).take_while(|&count| self.partial_bytes(count + 1) <= rest).count();
        length / bytes * samples + partial
    }

    /// Bytes in which the first `count` samples of one group lie.
    fn partial_bytes(&self, count: usize) -> usize {
        match (self.number, count) {
            (_, 0) => 0,
            // 12 bits each, and 10 bits each in order: whatever bytes they touch.
            (212 | 311, _) => (count * if self.number == 212 { 12 } else { 10 }).div_ceil(8),
            // 310 keeps the third sample in the high bits of both words, so the second needs the fourth byte.
            (310, 1) => 2,
            _ => self.group.1,
        }
    }
}

/// The bytes of a group, zero beyond the file's end: a last group may be cut short after its last sample.
fn bytes_at<const N: usize>(bytes: &[u8], start: usize) -> [u8; N] {
    std::array::from_fn(|offset| bytes.get(start + offset).copied().unwrap_or(0))
}

/// The lowest `bits` bits as a two's complement number.
fn signed(value: u32, bits: u32) -> i32 {
    ((value << (32 - bits)) as i32) >> (32 - bits)
}

/// "Each sample is represented by a 16-bit two's complement amplitude stored least significant byte first."
fn sample_16(bytes: &[u8], index: usize) -> i32 {
    i16::from_le_bytes(bytes_at(bytes, 2 * index)).into()
}

/// "Each sample is represented by a 24-bit two's complement amplitude stored least significant byte first."
fn sample_24(bytes: &[u8], index: usize) -> i32 {
    let [low, middle, high] = bytes_at(bytes, 3 * index);
    signed(u32::from_le_bytes([low, middle, high, 0]), 24)
}

/// "Each sample is represented by a 32-bit two's complement amplitude stored least significant byte first."
fn sample_32(bytes: &[u8], index: usize) -> i32 {
    i32::from_le_bytes(bytes_at(bytes, 4 * index))
}

/// "Each sample is represented by a 16-bit two's complement amplitude stored most significant byte first."
fn sample_61(bytes: &[u8], index: usize) -> i32 {
    i16::from_be_bytes(bytes_at(bytes, 2 * index)).into()
}

/// "Each sample is represented by an 8-bit amplitude in offset binary form": 128 is 0.
fn sample_80(bytes: &[u8], index: usize) -> i32 {
    let [byte] = bytes_at(bytes, index);
    i32::from(byte) - 0x80
}

/// "Each sample is represented by a 16-bit amplitude in offset binary form, least significant byte first": 32768 is 0.
fn sample_160(bytes: &[u8], index: usize) -> i32 {
    i32::from(u16::from_le_bytes(bytes_at(bytes, 2 * index))) - 0x8000
}

/// "The first sample is obtained from the 12 least significant bits of the first byte pair (stored least significant
/// byte first). The second sample is formed from the 4 remaining bits of the first byte pair (which are the 4 high
/// bits of the 12-bit sample) and the next byte (which contains the remaining 8 bits of the second sample)."
fn sample_212(bytes: &[u8], index: usize) -> i32 {
    let [a, b, c] = bytes_at(bytes, index / 2 * 3).map(u32::from);
    signed(if index.is_multiple_of(2) { a | (b & 0x0f) << 8 } else { c | (b & 0xf0) << 4 }, 12)
}

/// "The first sample is obtained from the 11 least significant bits of the first byte pair, with the low bit
/// discarded. The second sample comes from the 11 least significant bits of the second byte pair, in the same way. The
/// third sample is formed from the 5 most significant bits of each of the first two byte pairs (those from the first
/// byte pair are the least significant)."
fn sample_310(bytes: &[u8], index: usize) -> i32 {
    let [a, b, c, d] = bytes_at(bytes, index / 3 * 4).map(u32::from);
    let (first, second) = (a | b << 8, c | d << 8);
    let value = match index % 3 {
        0 => first >> 1 & 0x3ff,
        1 => second >> 1 & 0x3ff,
        _ => first >> 11 | (second >> 11) << 5,
    };
    signed(value, 10)
}

/// Three samples of 10 bits each, the first in the lowest, in a 32-bit number stored least significant byte first,
/// whose two highest bits are not used.
fn sample_311(bytes: &[u8], index: usize) -> i32 {
    let word = u32::from_le_bytes(bytes_at(bytes, index / 3 * 4));
    signed(word >> (10 * (index % 3)) & 0x3ff, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(number: u16, bytes: &[u8]) -> Vec<i32> {
        let storage = Storage::of(number).unwrap();
        (0..storage.samples_in(bytes.len())).map(|index| (storage.sample)(bytes, index)).collect()
    }

    #[test]
    fn whole_byte_formats() {
        assert_eq!(all(16, &[1, 0, 0xff, 0xff, 0, 0x80, 9]), [1, -1, -32768]);
        assert_eq!(all(61, &[0, 1, 0x80, 0]), [1, -32768]);
        assert_eq!(all(160, &[0, 0, 0, 0x80, 1, 0x80]), [-32768, 0, 1]);
        assert_eq!(all(80, &[0, 128, 255]), [-128, 0, 127]);
        assert_eq!(all(24, &[1, 0, 0, 0xff, 0xff, 0xff, 0, 0, 0x80, 1]), [1, -1, -0x80_0000]);
        assert_eq!(all(32, &[0, 0, 0, 0x80, 2, 0, 0, 0]), [i32::MIN, 2]);
    }

    /// 0x123 and -0x355 (0xcab in 12 bits).
    #[test]
    fn format_212_packs_two_samples_in_three_bytes() {
        assert_eq!(all(212, &[0x23, 0xc1, 0xab, 0x00, 0x08]), [0x123, -0x355, -0x800]);
        assert_eq!(all(212, &[0x23, 0xc1]), [0x123], "a last sample alone takes two bytes");
    }

    /// 5, -5 (0x3fb) and 0x155, as the specification lays out their bits.
    #[test]
    fn formats_310_and_311_pack_three_samples_in_four_bytes() {
        let (a, b, c) = (5u32, 0x3fbu32, 0x155u32);
        let first = (a << 1 | (c & 0x1f) << 11).to_le_bytes();
        let second = (b << 1 | (c >> 5) << 11).to_le_bytes();
        assert_eq!(all(310, &[first[0], first[1], second[0], second[1]]), [5, -5, 0x155]);
        assert_eq!(all(310, &[first[0], first[1]]), [5]);
        let word = (a | b << 10 | c << 20).to_le_bytes();
        assert_eq!(all(311, &word), [5, -5, 0x155]);
        assert_eq!(all(311, &word[..3]), [5, -5]);
        assert_eq!(all(311, &word[..2]), [5]);
    }
}
