//! Time-stamped annotation lists (TALs): EDF+, 2.2.
//!
//! "+Onset" [21 "Duration"] 20 "Annotation" 20 … 20 0, onset and duration in seconds as text, annotations in UTF-8.

/// One list: what was noted at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Tal {
    /// Seconds from the file's start time.
    pub onset: f64,
    /// Empty for the list that only keeps the time of its data record.
    pub texts: Vec<String>,
}

/// The lists in the bytes of one annotation signal in one data record. What is no list is passed over.
pub fn parse(bytes: &[u8]) -> Vec<Tal> {
    let lists = bytes.split(|byte| *byte == 0).filter_map(|list| {
        let mut parts = list.split(|byte| *byte == 20);
        // "+567.5\x1510": the duration follows byte 21.
        let onset = parts.next()?.split(|byte| *byte == 21).next()?;
        // An onset begins with its sign, always.
        let onset = std::str::from_utf8(onset).ok()?.trim();
        let onset = onset.parse().ok().filter(|seconds: &f64| onset.starts_with(['+', '-']) && seconds.is_finite())?;
        let texts = parts.map(|text| String::from_utf8_lossy(text).trim().to_string());
        Some(Tal { onset, texts: texts.filter(|text| !text.is_empty()).collect() })
    });
    lists.collect()
}

/// When a data record begins, in seconds from the file's start time. EDF+, 2.2.4: the first list of the first
/// annotation signal in each data record has an empty annotation, and its onset is that of the data record.
pub fn record_onset(bytes: &[u8]) -> Option<f64> {
    let first = bytes.split(|byte| *byte == 0).next()?;
    parse(first).first().map(|tal| tal.onset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_onsets_and_any_number_of_texts() {
        let bytes = "+0\u{14}\u{14}\0+1.5\u{15}30\u{14}Lights off\u{14}zu spät\u{14}\0-0.25\u{14}early\u{14}\0\0\0";
        let tal =
            |onset: f64, texts: &[&str]| Tal { onset, texts: texts.iter().map(|text| text.to_string()).collect() };
        let expected = [tal(0.0, &[]), tal(1.5, &["Lights off", "zu spät"]), tal(-0.25, &["early"])];
        assert_eq!(parse(bytes.as_bytes()), expected);
        assert_eq!(record_onset(bytes.as_bytes()), Some(0.0));
    }

    #[test]
    fn what_is_no_list_is_passed_over() {
        for bytes in
            [&b""[..], b"\0\0", b"5\x14text\x14\0", b"+\x14a\x14\0", b"+1e999\x14a\x14\0", b"+nan\x14\0", b"\xff\x14"]
        {
            assert_eq!(parse(bytes), [], "{bytes:?}");
            assert_eq!(record_onset(bytes), None);
        }
    }
}
