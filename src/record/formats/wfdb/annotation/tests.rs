use super::*;

/// By wfdb-python 4.3, `wrann`: samples 10, 500, 2000, 70000 and 70001 at 100 Hz, `N`, `+` with `(AFIB`, `V` on the
/// second channel, `~` with subtype 3, `"` with `ok`.
pub const MADE_BY_WFDB_PYTHON: &[u8] = &[
    0x00, 0x58, 0x17, 0xfc, 0x23, 0x23, 0x20, 0x74, 0x69, 0x6d, 0x65, 0x20, 0x72, 0x65, 0x73, 0x6f, 0x6c, 0x75, 0x74,
    0x69, 0x6f, 0x6e, 0x3a, 0x20, 0x31, 0x30, 0x30, 0x00, 0x00, 0xec, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00, 0x0a, 0x04,
    0xea, 0x71, 0x05, 0xfc, 0x28, 0x41, 0x46, 0x49, 0x42, 0x00, 0x00, 0xec, 0x00, 0x00, 0xdc, 0x05, 0x00, 0x14, 0x01,
    0xf8, 0x00, 0xec, 0x01, 0x00, 0xa0, 0x09, 0x00, 0x38, 0x03, 0xf4, 0x00, 0xf8, 0x01, 0x58, 0x02, 0xfc, 0x6f, 0x6b,
    0x00, 0x00,
];

fn marks(bytes: &[u8], fs: f64) -> Vec<(f64, String)> {
    parse(bytes, fs).annotations.into_iter().map(|mark| (mark.time, mark.text)).collect()
}

#[test]
fn beats_rhythms_and_comments_have_their_text_and_time() {
    let expected = [(0.1, "N"), (5.0, "(AFIB"), (20.0, "V"), (700.0, "~"), (700.01, "ok")];
    let expected: Vec<(f64, String)> = expected.iter().map(|(time, text)| (*time, text.to_string())).collect();
    assert_eq!(marks(MADE_BY_WFDB_PYTHON, 100.0), expected);
    assert_eq!(marks(MADE_BY_WFDB_PYTHON, 250.0), expected, "the file tells its own time resolution");
    assert!(parse(MADE_BY_WFDB_PYTHON, 100.0).is_whole);
}

#[test]
fn codes_and_intervals() {
    let word = |code: u16, interval: u16| (code << 10 | interval).to_le_bytes();
    let text = |words: &[[u8; 2]]| marks(&words.concat(), 1.0);
    // A beat with a text keeps its mnemonic; odd texts are padded; code 0 only moves on; 45 is nobody's.
    let words =
        [word(5, 7), word(AUX, 3), *b"ab", *b"c\0", word(0, 3), word(45, 1), word(28, 0), word(0, 0), word(1, 1)];
    assert_eq!(text(&words), [(7.0, "V".into()), (11.0, "[45]".into()), (11.0, "+".into())]);
    // A skip back of 2 before the next interval.
    let words = [word(1, 9), word(SKIP, 0), [0xff, 0xff], [0xfe, 0xff], word(1, 1), word(0, 0)];
    assert_eq!(text(&words), [(9.0, "N".into()), (8.0, "N".into())]);
}

#[test]
fn a_file_cut_anywhere_is_read_as_far_as_it_goes() {
    let whole = marks(MADE_BY_WFDB_PYTHON, 100.0);
    for length in 0..MADE_BY_WFDB_PYTHON.len() {
        let cut = parse(&MADE_BY_WFDB_PYTHON[..length], 100.0);
        assert!(!cut.is_whole && cut.annotations.len() <= whole.len(), "{length}");
    }
}
