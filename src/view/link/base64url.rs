//! Base64 with the alphabet for addresses and without padding (RFC 4648, section 5).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().enumerate().fold(0u32, |group, (place, byte)| group | u32::from(*byte) << (16 - 8 * place));
        // Three bytes are four characters, two are three, one is two.
        for place in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(group >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

/// Nothing where a character is not of the alphabet, or the length is impossible.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut group = 0u32;
        for (place, character) in chunk.iter().enumerate() {
            let value = match character {
                b'A'..=b'Z' => character - b'A',
                b'a'..=b'z' => character - b'a' + 26,
                b'0'..=b'9' => character - b'0' + 52,
                b'-' => 62,
                b'_' => 63,
                _ => return None,
            };
            group |= u32::from(value) << (18 - 6 * place);
        }
        bytes.extend(&group.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[test]
    fn agrees_with_the_base64_crate() {
        let bytes: Vec<u8> = (0..=255).chain([7, 77, 255, 0]).collect();
        for len in 0..bytes.len() {
            let text = encode(&bytes[..len]);
            assert_eq!(text, URL_SAFE_NO_PAD.encode(&bytes[..len]));
            assert_eq!(decode(&text).as_deref(), Some(&bytes[..len]));
        }
    }

    #[test]
    fn refuses_what_is_not_base64url() {
        for text in ["A", "AAAAA", "AA+A", "AA=", "A\u{e4}"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
