//! Whole numbers as bits: fixed predictors and Rice codes, block by block, as FLAC (RFC 9639) and Shorten (Robinson
//! 1994) have them, which WFDB's compressed signals use too. For an ECG shorter than deflate, and a tenth of its code.

/// Numbers that share a predictor and a Rice parameter.
const BLOCK: usize = 96;
/// A quotient as long as this is followed by the whole number instead of its rest.
const LONGEST_QUOTIENT: u64 = 24;
const ESCAPE_BITS: u32 = 40;
const PREDICTORS: usize = 4;
const PARAMETER_BITS: u32 = 5;

/// The difference between a number and what those before it let expect: nothing, the last one, the line through the last
/// two, the parabola through the last three. `before` is the last three, the latest first.
fn predicted(order: usize, before: [i64; 3]) -> i64 {
    let [a, b, c] = before;
    match order {
        0 => 0,
        1 => a,
        2 => 2 * a - b,
        _ => 3 * a - 3 * b + c,
    }
}

fn pushed(before: [i64; 3], value: i64) -> [i64; 3] {
    [value, before[0], before[1]]
}

/// 0, -1, 1, -2 … as 0, 1, 2, 3 …
fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Bits that a number takes.
fn cost(value: u64, parameter: u32) -> u64 {
    let quotient = value >> parameter;
    if quotient < LONGEST_QUOTIENT {
        quotient + 1 + u64::from(parameter)
    } else {
        LONGEST_QUOTIENT + u64::from(ESCAPE_BITS)
    }
}

pub fn encode(values: &[i32]) -> Vec<u8> {
    let mut bits = BitWriter::default();
    let mut before = [0i64; 3];
    for block in values.chunks(BLOCK) {
        let residuals = |order: usize| {
            let mut before = before;
            let residual = move |value: &i32| {
                let residual = i64::from(*value) - predicted(order, before);
                before = pushed(before, i64::from(*value));
                zigzag(residual)
            };
            block.iter().map(residual).collect::<Vec<u64>>()
        };
        let all: Vec<Vec<u64>> = (0..PREDICTORS).map(residuals).collect();
        let choices =
            (0..PREDICTORS).flat_map(|order| (0..1 << PARAMETER_BITS).map(move |parameter| (order, parameter)));
        let bits_of =
            |&(order, parameter): &(usize, u32)| all[order].iter().map(|it| cost(*it, parameter)).sum::<u64>();
        let (order, parameter) = choices.min_by_key(bits_of).unwrap_or_default();
        bits.write(order as u64, 2);
        bits.write(u64::from(parameter), PARAMETER_BITS);
        for &value in &all[order] {
            let quotient = (value >> parameter).min(LONGEST_QUOTIENT);
            bits.write((1 << quotient) - 1, quotient as u32);
            if quotient < LONGEST_QUOTIENT {
                bits.write(0, 1);
                bits.write(value & ((1 << parameter) - 1), parameter);
            } else {
                bits.write(value, ESCAPE_BITS);
            }
        }
        for value in block {
            before = pushed(before, i64::from(*value));
        }
    }
    bits.bytes
}

/// `len` numbers; nothing where the bits end before, or say a number that is none.
pub fn decode(bytes: &[u8], len: usize) -> Option<Vec<i32>> {
    let mut bits = BitReader { bytes, at: 0 };
    // A block of zeros is a bit each: nobody can ask for more room than that.
    if len > bytes.len() * 8 {
        return None;
    }
    let mut values = Vec::with_capacity(len);
    let mut before = [0i64; 3];
    while values.len() < len {
        let order = bits.read(2)? as usize;
        let parameter = bits.read(PARAMETER_BITS)? as u32;
        for _ in 0..BLOCK.min(len - values.len()) {
            let mut quotient = 0;
            while quotient < LONGEST_QUOTIENT && bits.read(1)? == 1 {
                quotient += 1;
            }
            let residual = if quotient < LONGEST_QUOTIENT {
                quotient << parameter | bits.read(parameter)?
            } else {
                bits.read(ESCAPE_BITS)?
            };
            let value = i32::try_from(predicted(order, before) + unzigzag(residual)).ok()?;
            values.push(value);
            before = pushed(before, i64::from(value));
        }
    }
    Some(values)
}

/// The highest bit of a byte is its first.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that the last byte still has room for.
    free: u32,
}

impl BitWriter {
    fn write(&mut self, value: u64, count: u32) {
        for place in (0..count).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> place & 1) as u8) << self.free;
            }
        }
    }
}

struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl BitReader<'_> {
    fn read(&mut self, count: u32) -> Option<u64> {
        let mut value = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value = value << 1 | u64::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_every_number() {
        let mut state = 1u32;
        let mut noise = move |size: i32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as i32 % size
        };
        let mut values: Vec<i32> = (0..1000).map(|i| ((f64::from(i) / 20.0).sin() * 900.0) as i32 + noise(9)).collect();
        values.extend([i32::MAX, i32::MIN, 0, i32::MIN, i32::MAX, -1, 1]);
        values.extend((0..500).map(|_| noise(1 << 22)));
        for len in [0, 1, 95, 96, 97, values.len()] {
            assert_eq!(decode(&encode(&values[..len]), len).as_deref(), Some(&values[..len]));
        }
    }

    #[test]
    fn takes_little_room() {
        // A line: seven bits a block, and a bit a number.
        let line: Vec<i32> = (0..9600).map(|i| 3 * i).collect();
        assert!(encode(&line).len() < 1400, "{}", encode(&line).len());
    }

    #[test]
    fn refuses_what_ends_too_soon_and_survives_anything() {
        let bytes = encode(&[5, 1000, -7]);
        assert_eq!(decode(&bytes[..bytes.len() - 1], 3), None);
        assert_eq!(decode(&[], 1), None);
        assert_eq!(decode(&[255; 64], 50), None, "numbers beyond 32 bits");
        assert_eq!(decode(&bytes, usize::MAX), None);
    }
}
