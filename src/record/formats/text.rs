//! From bytes to text, in the encodings that exports come in.
//!
//! By hand rather than by `encoding_rs`, whose tables for Asian encodings alone are larger than all our formats
//! together: what is read of a text is digits, units and the names of leads, and those are the same in every encoding
//! that extends ASCII (Latin-1, Windows-1252, Shift JIS, GBK …: no second byte of theirs is a digit, `<`, `>` or
//! `&`). Only UTF-16 differs, and the standard library decodes it.

use std::borrow::Cow;

/// Whether the bytes can be text at all: no control characters but line breaks, tabs and form feeds.
pub fn is_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || *byte == 0x7f;
    match Utf16::of(bytes) {
        Some(Utf16 { has_mark: true, .. }) => true,
        // Numbers of 16 bits may begin like letters; unlike text, they do not go on so.
        Some(utf_16) => !utf_16.units(bytes).take(1000).any(|unit| u8::try_from(unit).is_ok_and(|u| is_control(&u))),
        None => !bytes.is_empty() && !bytes.iter().any(is_control),
    }
}

/// How a text in UTF-16 is stored.
struct Utf16 {
    big_endian: bool,
    /// Whether it begins with a byte order mark.
    has_mark: bool,
}

impl Utf16 {
    /// By the byte order mark, or by two ASCII characters, each with its zero byte.
    fn of(bytes: &[u8]) -> Option<Self> {
        let is_letter = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
        let (big_endian, has_mark) = match *bytes {
            [0xff, 0xfe, ..] => (false, true),
            [0xfe, 0xff, ..] => (true, true),
            [first, 0, second, 0, ..] if is_letter(first) && is_letter(second) => (false, false),
            [0, first, 0, second, ..] if is_letter(first) && is_letter(second) => (true, false),
            _ => return None,
        };
        Some(Self { big_endian, has_mark })
    }

    fn units<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = u16> + use<'a> {
        let unit = if self.big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
        bytes.as_chunks::<2>().0.iter().skip(usize::from(self.has_mark)).map(move |two| unit(*two))
    }
}

/// UTF-8, UTF-16, or else Latin-1, in which Western machines write "µV".
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(utf_16) = Utf16::of(bytes) {
        let characters = char::decode_utf16(utf_16.units(bytes));
        return Cow::Owned(characters.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Cut in the middle of a character, as the first bytes of a file may be.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}

/// The same text with the digits, signs and decimal marks of every script as ASCII has them, without marks for the
/// direction of writing: a watch exports numbers as its language writes them, `−265,868` in Swedish, `٥١٢` in
/// Arabic.
pub fn with_plain_numbers(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.chars().any(|c| plain(c) != Some(c)) {
        true => Cow::Owned(text.chars().filter_map(plain).collect()),
        false => text,
    }
}

fn plain(character: char) -> Option<char> {
    // Zeros of the scripts in which phones write numbers: Arabic, Persian, Devanagari, Bengali, full-width.
    const ZEROS: [u32; 5] = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];
    match character {
        '\0'..='\u{ff}' => Some(character),
        // Minus, as Scandinavian, Slovenian and other languages write it; full-width hyphen.
        '\u{2212}' | '\u{ff0d}' => Some('-'),
        '\u{066b}' => Some('.'),
        // The Arabic thousands separator; marks of direction around signs in Arabic and Hebrew.
        '\u{066c}' | '\u{200e}' | '\u{200f}' | '\u{061c}' => None,
        _ => {
            let code = u32::from(character);
            let digit = ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|&digit| digit < 10));
            digit.map_or(Some(character), |digit| char::from_digit(digit, 10))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_script() {
        let plain = |text: &'static str| with_plain_numbers(Cow::Borrowed(text)).into_owned();
        assert_eq!(plain("−265,868"), "-265,868");
        assert_eq!(plain("\u{61c}-٢٦٥٫٨"), "-265.8");
        assert_eq!(plain("\u{200e}−۱۲"), "-12");
        assert_eq!(plain("१२ ৩ ４"), "12 3 4");
        assert!(matches!(with_plain_numbers(Cow::Borrowed("导联 I µV 1,5")), Cow::Borrowed("导联 I µV 1,5")));
    }

    #[test]
    fn encodings() {
        assert_eq!(decode(b"\xef\xbb\xbf1,\xc2\xb5V"), "1,µV");
        assert_eq!(decode(b"1,\xb5V\n"), "1,µV\n");
        assert_eq!(decode(b"\xff\xfe1\x00\xb5\x00"), "1µ");
        assert_eq!(decode(b"\xfe\xff\x001\x00\xb5"), "1µ");
        assert_eq!(decode(b"<\x00?\x00\xb5\x00x"), "<?µ", "without a byte order mark");
        assert_eq!(decode(b"\x00<\x00?\x00\xb5"), "<?µ");
        assert_eq!(decode("1,µ".as_bytes().split_last().unwrap().1), "1,");
        assert!(is_text(b"a\tb\r\n") && !is_text(b"a\0b") && !is_text(b""));
        assert!(is_text(b"<\x00?\x00x\x00") && !is_text(b"<\x00?\x00\x01\x00"), "numbers of 16 bits are no text");
    }
}
