//! From bytes to text, in the encodings that exports come in.

use std::borrow::Cow;

/// Whether the bytes can be text at all: no control characters but line breaks, tabs and form feeds.
pub fn is_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || *byte == 0x7f;
    is_utf_16(bytes) || !bytes.is_empty() && !bytes.iter().any(is_control)
}

fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// UTF-8, UTF-16 with a byte order mark, or else Latin-1, in which Western machines write "µV".
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if is_utf_16(bytes) {
        let pair = if bytes[0] == 0xff { u16::from_le_bytes } else { u16::from_be_bytes };
        let units = bytes[2..].as_chunks::<2>().0.iter().map(|two| pair(*two));
        return Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Cut in the middle of a character, as the first bytes of a file may be.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(decode(b"\xef\xbb\xbf1,\xc2\xb5V"), "1,µV");
        assert_eq!(decode(b"1,\xb5V\n"), "1,µV\n");
        assert_eq!(decode(b"\xff\xfe1\x00\xb5\x00"), "1µ");
        assert_eq!(decode(b"\xfe\xff\x001\x00\xb5"), "1µ");
        assert_eq!(decode("1,µ".as_bytes().split_last().unwrap().1), "1,");
        assert!(is_text(b"a\tb\r\n") && !is_text(b"a\0b") && !is_text(b""));
    }
}
