//! The names of leads.

/// The standard twelve, in the order in which every 12-lead file has them.
pub const STANDARD_TWELVE: [&str; 12] = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

/// Other names with one accepted spelling: modified limb leads, right and posterior chest leads, Frank's.
const OTHERS: [&str; 17] = [
    "MLI", "MLII", "MLIII", "MCL1", "MCL6", "CM2", "CM5", "V7", "V8", "V9", "V3R", "V4R", "V5R", "V6R", "V1R", "V2R",
    "-aVR",
];

/// The field's spelling of a lead's name (`Lead I`, `ECG_avr`, `DII`, `v1` become `I`, `aVR`, `II`, `V1`); a name
/// that is none of the usual is given back trimmed, and `ECG` stands for an empty one.
pub fn lead_name(raw: &str) -> String {
    let trimmed = raw.trim().trim_matches(['"', '\'']).trim();
    if let Some(name) = standard_name(trimmed) {
        return name.to_string();
    }
    if trimmed.is_empty() || trimmed.eq_ignore_ascii_case("ekg") || trimmed.eq_ignore_ascii_case("ecg") {
        return "ECG".to_string();
    }
    trimmed.to_string()
}

/// The field's spelling, where `raw` is one of the usual leads in any spelling.
pub fn standard_name(raw: &str) -> Option<&'static str> {
    let plain: String = raw.chars().filter(|c| !matches!(c, ' ' | '_' | '.' | '(' | ')' | ':')).collect();
    let mut name = plain.to_lowercase();
    for word in ["mdc", "ecg", "ekg", "lead", "ableitung", "derivation", "dérivation", "derivación", "导联", "誘導"]
    {
        if let Some(rest) = name.strip_prefix(word) {
            name = rest.trim_start_matches(['-', '_']).to_string();
        }
    }
    let known = STANDARD_TWELVE.iter().chain(&OTHERS).find(|known| known.to_lowercase() == name);
    known.copied().or(match name.as_str() {
        // Spellings of French, Spanish and Portuguese machines: "D" for "dérivation".
        "di" | "d1" => Some("I"),
        "dii" | "d2" => Some("II"),
        "diii" | "d3" => Some("III"),
        _ => None,
    })
}

/// Whether a signal of this name is known to be something else than an ECG: respiration, pressure, pleth, EEG.
/// Databases keep such signals in volts too, so the unit alone does not tell.
pub fn is_other_signal(name: &str) -> bool {
    const WORDS: [&str; 46] = [
        "resp",
        "respiration",
        "breathing",
        "impedance",
        "abp",
        "art",
        "bp",
        "nibp",
        "cvp",
        "pap",
        "icp",
        "lap",
        "rap",
        "pleth",
        "plethysmogram",
        "ppg",
        "spo2",
        "sao2",
        "co2",
        "etco2",
        "eeg",
        "eog",
        "emg",
        "eda",
        "gsr",
        "temp",
        "temperature",
        "hr",
        "bpm",
        "heartrate",
        "rr",
        "acc",
        "accx",
        "accy",
        "accz",
        "gyro",
        "marker",
        "event",
        "status",
        "label",
        "annotation",
        "battery",
        "pcg",
        "scg",
        "bcg",
        "airflow",
    ];
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    standard_name(name).is_none() && words.any(|word| WORDS.contains(&word))
}

/// Names for leads that came with none: the standard twelve where there are twelve that obey Einthoven's law
/// (III = II - I), else `ECG`, or `ECG 1`, `ECG 2` …
pub fn names_for<S: AsRef<[f32]>>(leads: &[S]) -> Vec<String> {
    if let [i, ii, iii, ..] = leads
        && leads.len() == STANDARD_TWELVE.len()
        && obeys_einthoven(i.as_ref(), ii.as_ref(), iii.as_ref())
    {
        return STANDARD_TWELVE.iter().map(|name| name.to_string()).collect();
    }
    numbered(leads.iter().map(|_| "ECG".to_string()).collect())
}

fn obeys_einthoven(i: &[f32], ii: &[f32], iii: &[f32]) -> bool {
    let (mut error, mut size) = (0.0, 0.0);
    for ((i, ii), iii) in i.iter().zip(ii).zip(iii).filter(|((i, ii), iii)| (**i + **ii + **iii).is_finite()) {
        error += f64::from(iii - (ii - i)).abs();
        size += f64::from(*iii).abs() + f64::from(ii - i).abs();
    }
    size > 0.0 && error < 0.1 * size
}

/// Names that occur more than once get a number, so that each can be chosen.
pub fn numbered(names: Vec<String>) -> Vec<String> {
    let mut count = std::collections::HashMap::new();
    for name in &names {
        *count.entry(name.clone()).or_insert(0) += 1;
    }
    let mut used = std::collections::HashMap::new();
    let number = |name: String| {
        if count.get(&name) == Some(&1) {
            return name;
        }
        let place = used.entry(name.clone()).and_modify(|place| *place += 1).or_insert(1);
        format!("{name} {place}")
    };
    names.into_iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_spellings_become_the_standard_names() {
        for (raw, name) in [
            ("i", "I"),
            ("Lead I", "I"),
            ("ECG I", "I"),
            ("ECG Lead II", "II"),
            ("ECG_II", "II"),
            ("lead_iii", "III"),
            ("avr", "aVR"),
            ("AVL", "aVL"),
            ("aV F", "aVF"),
            ("MDC_ECG_LEAD_aVF", "aVF"),
            ("v1", "V1"),
            ("mlii", "MLII"),
            ("MLII", "MLII"),
            ("DII", "II"),
            ("D1", "I"),
            ("导联I", "I"),
            (" \"V6\" ", "V6"),
        ] {
            assert_eq!(lead_name(raw), name, "{raw}");
        }
        assert_eq!(lead_name("  "), "ECG");
        assert_eq!(lead_name("ekg"), "ECG");
        assert_eq!(lead_name("ECG 1"), "ECG 1");
        assert_eq!(lead_name("MCL1"), "MCL1");
        assert_eq!(lead_name("V"), "V");
        assert_eq!(lead_name("filtered "), "filtered");
    }

    #[test]
    fn other_signals_are_told_from_leads() {
        for name in ["RESP", "Pleth", "ABP", "EEG Fpz-Cz", "acc_x", "Heart HR"] {
            assert!(is_other_signal(name), "{name}");
        }
        for name in ["I", "aVR", "MLII", "ECG 1", "V", "Voltage", "start"] {
            assert!(!is_other_signal(name), "{name}");
        }
    }

    #[test]
    fn twelve_nameless_leads_are_the_standard_ones_only_if_einthoven_says_so() {
        let wave = |k: f32| -> Vec<f32> { (0..100).map(|t| (t as f32 * 0.1).sin() * k).collect() };
        let mut leads: Vec<Vec<f32>> = (0..12).map(|k| wave(k as f32 + 1.0)).collect();
        leads[2] = leads[1].iter().zip(&leads[0]).map(|(ii, i)| ii - i).collect();
        assert_eq!(names_for(&leads), STANDARD_TWELVE);
        leads[2] = wave(-5.0);
        assert_eq!(names_for(&leads)[11], "ECG 12");
        assert_eq!(names_for(&leads[..1]), ["ECG"]);
    }

    #[test]
    fn names_are_numbered_only_where_they_repeat() {
        assert_eq!(numbered(vec!["II".into(), "ECG".into(), "ECG".into()]), ["II", "ECG 1", "ECG 2"]);
    }
}
