//! Which signals of a file are leads of an ECG.

use super::header::Signal;
use crate::record::Remark;
use crate::record::fault::{EdfFault, NamedSignal, SignalList};
use crate::record::lead_name::{is_other_signal, lead_name, standard_name};
use crate::record::timeline::is_dense_enough;
use crate::record::units::millivolts_per;

/// Names listed in a remark before the rest is only counted: polygraphs have dozens of signals.
const MOST_NAMES: usize = 8;

/// Indices of the signals to show: those labelled as an ECG; where none is, all with a voltage that are not labelled
/// as something else. What is left out is said in the remarks.
///
/// # Errors
/// Where there are none.
pub fn choose(signals: &[Signal], remarks: &mut Vec<Remark>) -> Result<Vec<usize>, EdfFault> {
    let channels: Vec<(usize, &Signal)> = signals
        .iter()
        .enumerate()
        .filter(|(_, signal)| !signal.is_annotations && signal.samples_per_record > 0)
        .collect();
    let labelled: Vec<usize> = indices(&channels, is_labelled);
    let chosen = match labelled.is_empty() {
        false => labelled,
        true => indices(&channels, |signal| millivolts_per(&signal.unit).is_some() && !is_other_signal(&signal.label)),
    };
    let rate = |index: &usize| signals.get(*index).map_or(0, |signal| signal.samples_per_record);
    let Some(densest) = chosen.iter().map(rate).max() else {
        return Err(match channels.is_empty() {
            true => EdfFault::NoSignals,
            false => EdfFault::NoEcg { signals: list(&channels, |_| true) },
        });
    };
    if !channels.iter().any(|(_, signal)| is_labelled(signal)) {
        remarks.push(Remark::NoneLabelled);
    }
    let shown: Vec<usize> = chosen.into_iter().filter(|index| is_dense_enough(rate(index), densest)).collect();
    if shown.len() < channels.len() {
        remarks.push(Remark::NotEcgOrSparse { signals: list(&channels, |index| !shown.contains(&index)) });
    }
    Ok(shown)
}

fn indices(channels: &[(usize, &Signal)], wanted: impl Fn(&Signal) -> bool) -> Vec<usize> {
    channels.iter().filter(|(_, signal)| wanted(signal)).map(|(index, _)| *index).collect()
}

fn list(channels: &[(usize, &Signal)], wanted: impl Fn(usize) -> bool) -> SignalList {
    let chosen = channels.iter().filter(|(index, _)| wanted(*index)).map(|(_, signal)| NamedSignal {
        name: signal.label.clone(),
        unit: Some(signal.unit.clone()).filter(|unit| !unit.is_empty()),
    });
    let mut list: SignalList = chosen.collect();
    // Nobody is spared much by "and 1 more".
    if list.named.len() > MOST_NAMES + 1 {
        list.more = list.named.len() - MOST_NAMES;
        list.named.truncate(MOST_NAMES);
    }
    list
}

/// Whether a signal's label says ECG: EDF+ standard texts, "ECG" as the type of signal (`ECG I`, `ECG V1`); or a
/// lead's bare name; or ECG anywhere (`EEG EKG1-REF`). A unit that is written and no voltage says otherwise: heart
/// rates are called `ECG HR`.
fn is_labelled(signal: &Signal) -> bool {
    let label = signal.label.to_lowercase();
    let says_so = ["ecg", "ekg"].iter().any(|word| label.contains(word)) || standard_name(&signal.label).is_some();
    says_so && (is_unknown_unit(&signal.unit) || millivolts_per(&signal.unit).is_some())
}

/// Whether the header leaves the unit open.
pub fn is_unknown_unit(unit: &str) -> bool {
    ["", "-", "?", "none", "unknown", "n/a", "a.u.", "au"].contains(&unit.to_lowercase().as_str())
}

/// A label as a lead's name: without the type of signal where what follows says it too (`ECG ECG1`).
pub fn name_of(label: &str) -> String {
    let name = lead_name(label);
    let lower = name.to_lowercase();
    match ["ecg ", "ekg "].iter().find(|kind| lower.starts_with(**kind)) {
        Some(kind) if lower.matches(kind.trim()).count() > 1 => {
            name.get(kind.len()..).map_or(name.clone(), |rest| rest.trim().to_string())
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(label: &str, unit: &str, samples_per_record: usize) -> Signal {
        let is_annotations = label == "EDF Annotations";
        let (label, unit) = (label.to_string(), unit.to_string());
        Signal { label, unit, physical: (-1.0, 1.0), digital: (-1.0, 1.0), samples_per_record, is_annotations }
    }

    fn chosen(signals: &[Signal]) -> (Vec<usize>, Vec<Remark>) {
        let mut remarks = Vec::new();
        let chosen = choose(signals, &mut remarks).unwrap();
        (chosen, remarks)
    }

    #[test]
    fn ecg_channels_are_found_by_label() {
        let signals = [
            signal("EEG Fp1-Ref", "uV", 200),
            signal("ECG ECG1", "uV", 200),
            signal("EEG EKG2-REF", "mV", 100),
            signal("V3", "", 200),
            signal("ECG HR", "bpm", 200),
            signal("ECG slow", "uV", 1),
            signal("EDF Annotations", "", 50),
        ];
        let (found, remarks) = chosen(&signals);
        assert_eq!(found, [1, 2, 3]);
        assert_eq!(remarks.len(), 1);
        assert!(remarks[0].to_string().contains("EEG Fp1-Ref in uV, ECG HR in bpm, ECG slow in uV."), "{remarks:?}");
    }

    #[test]
    fn without_such_a_label_all_voltages_are_shown() {
        let signals =
            [signal("sine", "uV", 10), signal("Resp chest", "uV", 10), signal("SpO2", "%", 10), signal("x", "V", 9)];
        let (found, remarks) = chosen(&signals);
        assert_eq!(found, [0, 3]);
        assert!(remarks[0].to_string().contains("None of its signals is labelled"), "{remarks:?}");
    }

    #[test]
    fn where_there_is_nothing_to_show_a_sentence_says_so() {
        let reason = |signals: &[Signal]| choose(signals, &mut Vec::new()).unwrap_err().to_string();
        assert!(reason(&[signal("EDF Annotations", "", 50)]).contains("annotations and no signals"));
        assert!(reason(&[signal("SpO2", "%", 50), signal("EEG C3", "uV", 50)]).contains("SpO2 in %, EEG C3 in uV."));
        let many: Vec<Signal> = (0..40).map(|number| signal(&format!("T{number}"), "C", 1)).collect();
        assert!(reason(&many).contains("T7 in C and 32 more"));
    }

    #[test]
    fn labels_become_lead_names() {
        for (label, name) in [
            ("ECG I", "I"),
            ("ECG aVR", "aVR"),
            ("ECG ECG1", "ECG1"),
            ("EKG", "ECG"),
            ("ECG Chest", "ECG Chest"),
            ("V1", "V1"),
        ] {
            assert_eq!(name_of(label), name);
        }
    }
}
