//! SCP-ECG's section 2: the codes that samples are packed in (EN 1064, 5.5 and C.2.7).

use super::super::bytes::LittleEndian;

/// The number of tables that stands for the default one.
const DEFAULT: u16 = 19999;

/// How samples are stored in sections 5 and 6.
pub enum Packing {
    /// As 16-bit numbers: there are no tables.
    Plain,
    Huffman(Vec<Table>),
}

/// A Huffman table.
#[derive(Default)]
pub struct Table {
    /// Sorted by the number of bits in the prefix, then by the prefix.
    codes: Vec<Code>,
    /// The different numbers of bits in prefixes, shortest first.
    lengths: Vec<u32>,
}

/// "Code structure" (5.5).
struct Code {
    prefix_bits: u32,
    /// The prefix, its first bit highest.
    prefix: u32,
    /// Bits after the prefix that are the value itself, as a number with a sign.
    value_bits: u32,
    /// What the prefix stands for where no bits follow it.
    meaning: Meaning,
}

enum Meaning {
    Value(i32),
    /// "Table mode switch": the next codes are of the table of this number, counted from 1.
    Table(usize),
}

impl Packing {
    /// Section 2 without its header.
    pub fn parse(section: &[u8]) -> Option<Self> {
        let bytes = LittleEndian(section);
        match bytes.u16(0)? {
            DEFAULT => return Some(Self::Huffman(vec![Table::default_one()])),
            0 => return Some(Self::Plain),
            _ => {}
        }
        let (mut tables, mut at) = (Vec::new(), 2);
        for _ in 0..bytes.u16(0)? {
            let count = usize::from(bytes.u16(at)?);
            let structures = bytes.piece(at + 2, count.checked_mul(9)?)?;
            at += 2 + structures.len();
            tables.push(Table::new(structures.as_chunks::<9>().0.iter().filter_map(Code::parse).collect()));
        }
        Some(Self::Huffman(tables))
    }

    /// At most `limit` numbers, fewer where the data end before.
    pub fn unpack(&self, data: &[u8], limit: usize) -> Vec<i32> {
        let tables = match self {
            Self::Plain => {
                let numbers = data.as_chunks::<2>().0.iter().map(|number| i16::from_le_bytes(*number).into());
                return numbers.take(limit).collect();
            }
            Self::Huffman(tables) => tables,
        };
        let mut values = Vec::new();
        let Some(mut table) = tables.first() else { return values };
        let mut bits = Bits { data, at: 0 };
        while values.len() < limit {
            let Some(code) = table.next(&mut bits) else { break };
            match code.meaning {
                _ if code.value_bits > 0 => {
                    let Some(value) = bits.peek(code.value_bits) else { break };
                    bits.at += u64::from(code.value_bits);
                    // The highest of its bits is the sign.
                    let unused = 32 - code.value_bits;
                    values.push(((value << unused) as i32) >> unused);
                }
                Meaning::Value(value) => values.push(value),
                Meaning::Table(number) => match tables.get(number.wrapping_sub(1)) {
                    Some(other) => table = other,
                    None => break,
                },
            }
        }
        values
    }
}

impl Table {
    fn new(mut codes: Vec<Code>) -> Self {
        codes.sort_by_key(|code| (code.prefix_bits, code.prefix));
        let mut lengths: Vec<u32> = codes.iter().map(|code| code.prefix_bits).collect();
        lengths.dedup();
        Self { codes, lengths }
    }

    /// C.2.7.4, "Default Huffman table": 0 for 0, then as many ones as the difference is large, a zero, and a sign; ten
    /// ones but for the last bit lead to a number of 8 or 16 bits.
    fn default_one() -> Self {
        let code = |prefix_bits, prefix, value_bits, value| Code {
            prefix_bits,
            prefix,
            value_bits,
            meaning: Meaning::Value(value),
        };
        let mut codes = vec![code(1, 0, 0, 0), code(10, 0x3fe, 8, 0), code(10, 0x3ff, 16, 0)];
        for size in 1..=8i32 {
            let ones = (1u32 << size) - 1;
            let bits = size as u32 + 2;
            codes.push(code(bits, ones << 2, 0, size));
            codes.push(code(bits, ones << 2 | 1, 0, -size));
        }
        Self::new(codes)
    }

    fn next(&self, bits: &mut Bits) -> Option<&Code> {
        for &length in &self.lengths {
            let prefix = bits.peek(length)?;
            if let Ok(found) =
                self.codes.binary_search_by_key(&(length, prefix), |code| (code.prefix_bits, code.prefix))
            {
                bits.at += u64::from(length);
                return self.codes.get(found);
            }
        }
        None
    }
}

impl Code {
    /// Bits in the prefix, bits in the whole code, table mode switch (1 for none), base value, base code, whose lowest
    /// bit comes first.
    fn parse(structure: &[u8; 9]) -> Option<Self> {
        let [prefix_bits, all_bits, mode, rest @ ..] = structure;
        let bytes = LittleEndian(rest);
        let prefix_bits = u32::from(*prefix_bits);
        (1..=32).contains(&prefix_bits).then_some(())?;
        let value_bits = u32::from(*all_bits).saturating_sub(prefix_bits);
        let value = bytes.u16(0)?;
        let meaning = match mode {
            0 => Meaning::Table(value.into()),
            _ => Meaning::Value((value as i16).into()),
        };
        let prefix = bytes.u32(2)?.reverse_bits() >> (32 - prefix_bits);
        (value_bits <= 32).then_some(Self { prefix_bits, prefix, value_bits, meaning })
    }
}

/// Bits from the highest of each byte on.
struct Bits<'a> {
    data: &'a [u8],
    at: u64,
}

impl Bits<'_> {
    /// The next bits, at most 32; `None` where there are not so many.
    fn peek(&self, count: u32) -> Option<u32> {
        let end = self.at + u64::from(count);
        (end <= 8 * self.data.len() as u64).then_some(())?;
        let first = usize::try_from(self.at / 8).ok()?;
        let bytes = self.data.get(first..)?;
        // 32 bits that begin anywhere in a byte lie in 5 bytes.
        let window = (0..5).fold(0u64, |window, place| window << 8 | u64::from(bytes.get(place).copied().unwrap_or(0)));
        let shift = 40 - self.at % 8 - u64::from(count);
        Some((window >> shift & ((1u64 << count) - 1)) as u32)
    }
}

/// Undoes "difference data" (5.8, 5.9): the order is 0 for none, 1 for first, 2 for second differences.
pub fn integrate(values: &mut [i32], order: u8) {
    for index in usize::from(order)..values.len() {
        let before = |back: usize| index.checked_sub(back).and_then(|index| values.get(index)).copied().unwrap_or(0);
        let sum = match order {
            1 => before(0).wrapping_add(before(1)),
            2 => before(0).wrapping_add(before(1).wrapping_mul(2)).wrapping_sub(before(2)),
            _ => before(0),
        };
        values[index] = sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of prEN 1064:2002, C.2.7.4, in which F1 is misprinted as F5 and the last byte is left out.
    #[test]
    fn the_example_of_the_standard() {
        let packed = [0xff, 0x83, 0x7f, 0xe0, 0xe6, 0xf1, 0x53, 0x65, 0x59, 0xb6, 0x5b, 0x96, 0x4b, 0x96, 0x00];
        let mut values = Packing::parse(&DEFAULT.to_le_bytes()).unwrap().unpack(&packed, 28);
        integrate(&mut values, 2);
        let expected =
            [13, 14, 15, 14, 16, 18, 19, 20, 22, 22, 23, 23, 23, 22, 22, 20, 17, 15, 12, 8, 6, 3, 1, 0, -2, -2, -3, -3];
        assert_eq!(values, expected);
    }

    #[test]
    fn all_codes_of_the_default_table() {
        // 0, 8, -8, then 8 bits for -100 and 16 bits for 1000.
        let bits = "0 1111111100 1111111101 111111111010011100 11111111110000001111101000";
        let bits: Vec<u8> = bits.bytes().filter(|bit| *bit != b' ').map(|bit| bit - b'0').collect();
        let packed: Vec<u8> = bits
            .chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |all, (place, bit)| all | bit << (7 - place)))
            .collect();
        let packing = Packing::parse(&DEFAULT.to_le_bytes()).unwrap();
        assert_eq!(packing.unpack(&packed, 5), [0, 8, -8, -100, 1000]);
        assert_eq!(packing.unpack(&packed[..4], 5), [0, 8, -8], "cut off within a code");
    }

    #[test]
    fn own_tables_and_a_switch_between_them() {
        let code = |prefix: u8, all: u8, mode: u8, value: i16, code: u32| {
            [&[prefix, all, mode][..], &value.to_le_bytes(), &code.to_le_bytes()].concat()
        };
        // Base codes have their first bit lowest: 2 is the prefix 01. The first table's 01 leads to the second table.
        let first = [code(1, 1, 1, -7, 1), code(2, 2, 0, 2, 2), code(2, 6, 1, 0, 0)].concat();
        let second = [code(1, 1, 1, 3, 0)].concat();
        let section = [&2u16.to_le_bytes()[..], &3u16.to_le_bytes(), &first, &1u16.to_le_bytes(), &second].concat();
        // 1 for -7; 00 and 1101 for -3; 01 for the switch; 0 for 3; 0 for 3.
        let packed = [0b1001_1010, 0b1000_0000];
        assert_eq!(Packing::parse(&section).unwrap().unpack(&packed, 4), [-7, -3, 3, 3]);
        assert!((0..section.len()).all(|length| Packing::parse(&section[..length]).is_none()));
    }

    #[test]
    fn no_tables_and_differences() {
        let packing = Packing::parse(&[0, 0]).unwrap();
        let mut values = packing.unpack(&[5, 0, 1, 0, 0xff, 0xff, 9], 9);
        assert_eq!(values, [5, 1, -1]);
        integrate(&mut values, 1);
        assert_eq!(values, [5, 6, 5]);
    }
}
