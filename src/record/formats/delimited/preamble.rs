//! What the lines above the numbers say: sampling rate, unit, lead, beginning.
//!
//! Exports come in the language of the watch they were made on, so that no list of keywords is ever whole: a number
//! before a word for hertz, or a lone unit, says enough.

use crate::record::lead_name::standard_name;
use crate::record::units::millivolts_per;

/// Words for hertz or their beginnings, lower case, the longer first where one begins another.
const HERTZ: [&str; 20] = [
    "hertz",
    "hertsi",
    "hercios",
    "herc",
    "hèrc",
    "héc",
    "hz",
    "赫兹",
    "赫茲",
    "赫",
    "ヘルツ",
    "헤르츠",
    "герц",
    "гц",
    "χερτζ",
    "הרץ",
    "هرتز",
    "เฮิรตซ์",
    "हर्ट्ज",
    "হার্টজ",
];

/// Parts of words for sampling, lower case.
const SAMPLING: [&str; 12] = [
    "sampl",
    "abtast",
    "échantillon",
    "echantillon",
    "muestr",
    "campion",
    "amostra",
    "próbkowan",
    "采样",
    "採樣",
    "サンプリング",
    "дискретизац",
];

/// What lines about filters have; their hertz are not the sampling rate.
const FILTER: [&str; 7] = ["filter", "notch", "cutoff", "cut-off", "bandwidth", "bandpass", "response"];

/// Parts of words for birth, lower case: no date on their lines is the recording's.
const BIRTH: [&str; 13] = [
    "birth", "geburt", "geboren", "naiss", "nacim", "nascita", "nascim", "fødsel", "födelse", "рожд", "出生", "生年",
    "dob",
];

/// The lines above the table's rows.
pub struct Preamble<'a>(pub &'a str);

impl Preamble<'_> {
    fn lines(&self) -> impl Iterator<Item = String> {
        let about_filter = |line: &String| FILTER.iter().any(|word| line.contains(word));
        self.0.lines().map(str::to_lowercase).filter(move |line| !line.trim().is_empty() && !about_filter(line))
    }

    /// The sampling rate in Hz.
    pub fn sampling_rate(&self) -> Option<f64> {
        let about_sampling = |line: &String| SAMPLING.iter().any(|word| line.contains(word));
        let plausible = |fs: &f64| (10.0..=100_000.0).contains(fs);
        let said = self.lines().filter(about_sampling).find_map(|line| {
            let after = SAMPLING.iter().filter_map(|word| line.find(word)).min().map_or("", |place| &line[place..]);
            number_before_hertz(&line).or_else(|| first_number(after)).filter(plausible)
        });
        let named = || self.lines().find_map(|line| number_before_hertz(&line).filter(plausible));
        let fs_equals = || self.lines().find_map(|line| value_of_fs(&line).filter(plausible));
        said.or_else(named).or_else(fs_equals).or_else(|| self.number_and_word().filter(plausible))
    }

    /// Apple's export in a language whose word for hertz is not listed: the one value that is a number and a word.
    fn number_and_word(&self) -> Option<f64> {
        let candidates: Vec<f64> = self
            .lines()
            .filter_map(|line| {
                let (_, value) = line.split_once(',')?;
                let value = value.trim().trim_matches('"');
                let number: String = value.chars().take_while(char::is_ascii_digit).collect();
                let word = value[number.len()..].trim();
                let is_word = word.chars().count() >= 2 && word.chars().all(char::is_alphabetic);
                number.parse().ok().filter(|fs| is_word && (100.0..=2000.0).contains(fs))
            })
            .collect();
        match candidates.as_slice() {
            [fs] => Some(*fs),
            _ => None,
        }
    }

    /// Millivolts in one unit of the numbers below, where a line's value is a unit of voltage.
    pub fn millivolts(&self) -> Option<f64> {
        self.values().find_map(|(_, value)| millivolts_per(value))
    }

    /// The standard name of the lead, where a line's value is one (`I`), or its key followed by one (`导联,导联I`,
    /// `Ableitung,Ableitung I`) or following it (`Elvezetés,I. elvezetés`).
    pub fn lead(&self) -> Option<&'static str> {
        self.values().find_map(|(key, value)| {
            let without_key = || {
                let rest = value.strip_prefix(key).or_else(|| value.strip_suffix(key.to_lowercase().as_str()));
                rest.filter(|_| !key.is_empty())
            };
            standard_name(value).or_else(|| standard_name(without_key()?))
        })
    }

    /// When the recording began: a date with a time of day, `YYYY-MM-DD HH:MM:SS`, in ISO 8601.
    pub fn start(&self) -> Option<String> {
        let about_birth = |line: &&str| {
            let lower = line.to_lowercase();
            BIRTH.iter().any(|word| lower.contains(word))
        };
        self.0.lines().filter(|line| !about_birth(line)).find_map(|line| {
            let bytes = line.as_bytes();
            let pattern = b"dddd-dd-dd_dd:dd:dd";
            let matches = |window: &[u8]| {
                window.iter().zip(pattern).all(|(byte, wanted)| match wanted {
                    b'd' => byte.is_ascii_digit(),
                    b'_' => matches!(byte, b' ' | b'T'),
                    _ => byte == wanted,
                })
            };
            let found = bytes.windows(pattern.len()).find(|window| matches(window))?;
            Some(String::from_utf8_lossy(found).replace(' ', "T"))
        })
    }

    /// What is before and after a line's last comma, semicolon, tab, colon or equals sign.
    fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let plain = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '#' | '%' | ':' | '=');
        self.0.lines().filter_map(move |line| {
            let (key, value) = line.rsplit_once([',', ';', '\t', ':', '='])?;
            Some((key.trim_matches(plain), value.trim_matches(plain)))
        })
    }
}

/// `512 hertz`, `512赫兹`, `512,0 Hz`.
fn number_before_hertz(line: &str) -> Option<f64> {
    HERTZ.iter().filter_map(|word| line.find(word)).find_map(|place| {
        let before = line[..place].trim_end();
        let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let start = before.trim_end_matches(is_part).len();
        before[start..].trim_start_matches([',', '.']).replace(',', ".").parse().ok()
    })
}

fn first_number(text: &str) -> Option<f64> {
    let digits = &text[text.find(|c: char| c.is_ascii_digit())?..];
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    digits[..end].trim_end_matches('.').parse().ok()
}

/// `fs = 360`, `Fs: 360`.
fn value_of_fs(line: &str) -> Option<f64> {
    let (key, value) = line.split_once([':', '=', ',', ';', '\t'])?;
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(key, "fs" | "frequency" | "sfreq" | "freq" | "rate").then(|| first_number(value)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sampling_rates_in_many_words() {
        for (text, fs) in [
            ("Sample Rate,512 hertz", Some(512.0)),
            ("采样率,512赫兹", Some(512.0)),
            ("Abtastrate,\"512 Hertz\"", Some(512.0)),
            ("Частота,512 герц", Some(512.0)),
            ("Mystery,511.5 Hz", Some(511.5)),
            ("# Sampling Rate (Hz):= 1000.00", Some(1000.0)),
            ("# {\"device\": 3, \"sampling rate\": 1000, \"resolution\": [16]}", Some(1000.0)),
            ("# fs = 360", Some(360.0)),
            ("Name,X\nTaajuus,512 hertsiä\nLaite,\"Watch6,1\"", Some(512.0)),
            ("Name,X\nNiezwykłość,512 słów\nLaite,\"Watch6,1\"", Some(512.0)),
            ("Sample Rate,511,422 hertz", Some(511.422)),
            ("Abtastrate,\"511,562\u{a0}Hertz\"", Some(511.562)),
            ("Částota,512 hertzů", Some(512.0)),
            ("Częstotliwość,512 herców", Some(512.0)),
            ("Tần số,512 héc", Some(512.0)),
            ("Ρυθμός,512 χερτζ", Some(512.0)),
            ("サンプルレート,512ヘルツ", Some(512.0)),
            ("샘플률,512헤르츠", Some(512.0)),
            ("معدل العينة,512 هرتز", Some(512.0)),
            ("Filter,150 Hz\nsample rate,250 Hz", Some(250.0)),
            ("Heart rate: 72", None),
            ("Age,54 years", None),
            ("", None),
        ] {
            assert_eq!(Preamble(text).sampling_rate(), fs, "{text}");
        }
    }

    #[test]
    fn unit_lead_and_beginning() {
        let apple = Preamble("记录日期,2026-03-21 22:05:13 +0000\n设备,\"Watch7,2\"\n导联,导联I\n单位,µV\n");
        assert_eq!((apple.millivolts(), apple.lead()), (Some(1e-3), Some("I")));
        assert_eq!(apple.start().as_deref(), Some("2026-03-21T22:05:13"));
        let hungarian = Preamble("Elvezetés,I. elvezetés\nSzületett,1950-01-02\nDate of birth,1950-01-02 00:00:00\n");
        assert_eq!((hungarian.lead(), hungarian.start()), (Some("I"), None));
        let other = Preamble("Name: Ivan I\nAbleitung: Ableitung II\nBorn: 1950-01-02\n");
        assert_eq!((other.millivolts(), other.lead(), other.start()), (None, Some("II"), None));
    }
}
