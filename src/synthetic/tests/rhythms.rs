//! Rates, irregularity, premature beats.

use super::super::{FibrillatoryWaves, Recipe, Rhythm};
use super::long_and_clean;
use super::measure::*;
use crate::record::Record;

#[test]
fn sinus_rhythm_has_its_rate_and_its_small_variation() {
    for rate in [50.0, 70.0, 120.0] {
        let rr = intervals(&long_and_clean(Rhythm::Sinus, rate).record("sinus"));
        let measured = 60.0 / mean(&rr);
        assert!((measured / rate - 1.0).abs() < 0.02, "{measured} instead of {rate}");
        assert!((variation(&rr) - 0.03).abs() < 0.008, "variation {} at {rate}", variation(&rr));
    }
}

#[test]
fn breathing_and_mayer_waves_show_in_the_tachogram() {
    let record = long_and_clean(Rhythm::Sinus, 70.0).record("sinus");
    let times: Vec<f64> = r_peaks(&record)[1..].iter().map(|&peak| peak as f64 / record.fs).collect();
    let rr = intervals(&record);
    let at = |frequency: f64| power(&times, &rr, frequency);
    let breathing = peak_frequency(0.15, 0.4, at);
    assert!((0.21..0.29).contains(&breathing), "respiratory peak at {breathing} Hz");
    let mayer = peak_frequency(0.04, 0.15, at);
    assert!((0.07..0.13).contains(&mayer), "Mayer peak at {mayer} Hz");
    let between = peak_frequency(0.15, 0.19, at);
    assert!(at(between) < 0.2 * at(breathing).min(at(mayer)), "no valley between the peaks");
}

#[test]
fn fibrillation_is_irregularly_irregular() {
    for rate in [60.0, 95.0, 140.0] {
        let recipe = long_and_clean(Rhythm::AtrialFibrillation, rate);
        let rr = intervals(&recipe.record("af"));
        let measured = 60.0 / mean(&rr);
        assert!((measured / rate - 1.0).abs() < 0.06, "{measured} instead of {rate}");
        assert!((variation(&rr) - recipe.fibrillation_variation).abs() < 0.05, "variation {}", variation(&rr));
        // Three standard errors of a correlation that is not there.
        let tolerance = 3.0 / (rr.len() as f64).sqrt();
        assert!(serial_correlation(&rr).abs() < tolerance, "serial correlation {}", serial_correlation(&rr));
        let shortest = rr.iter().copied().fold(f64::INFINITY, f64::min);
        assert!(shortest > 0.2 + 0.2 * 60.0 / rate, "an interval of {shortest} s at {rate}");
    }
}

#[test]
fn fibrillatory_waves_have_the_frequency_that_was_asked_for() {
    for frequency in [5.0, 6.5, 8.0] {
        let fibrillatory_waves = FibrillatoryWaves { amplitude: 0.06, frequency };
        let recipe = Recipe { fibrillatory_waves, duration: 120.0, ..long_and_clean(Rhythm::AtrialFibrillation, 55.0) };
        let record = recipe.record("af");
        let measured = peak_frequency(3.0, 12.0, |hz| atrial_power(&record, hz));
        assert!((measured - frequency).abs() < 0.6, "{measured} Hz instead of {frequency}");
        let sinus = long_and_clean(Rhythm::Sinus, 45.0).record("sinus");
        // The fundamental's peak against what P waves leave there.
        assert!(atrial_power(&record, measured) > 3.0 * atrial_power(&sinus, measured));
    }
}

/// Sample numbers of the annotated beats of one kind.
fn beats(record: &Record, code: &str) -> Vec<usize> {
    let marked = record.annotations.iter().filter(|mark| mark.text == code);
    marked.map(|mark| (mark.time * record.fs).round() as usize).collect()
}

#[test]
fn annotations_lie_on_the_r_peaks() {
    let record = long_and_clean(Rhythm::AtrialFibrillation, 95.0).record("af");
    let (marked, found) = (beats(&record, "N"), r_peaks(&record));
    assert!(marked.len().abs_diff(found.len()) <= 1);
    for peak in found {
        assert!(marked.iter().any(|beat| beat.abs_diff(peak) <= 2), "no beat is annotated at {peak}");
    }
}

#[test]
fn ventricular_beats_are_early_wide_discordant_and_followed_by_a_full_pause() {
    let rhythm = Rhythm::VentricularEctopy { share: 0.2, couplets: 0.0 };
    let record = long_and_clean(rhythm, 72.0).record("ectopic");
    let samples = &record.leads[0].samples;
    let sinus = beats(&record, "N");
    let premature = beats(&record, "V");
    assert!((30..=110).contains(&premature.len()), "{} ventricular beats", premature.len());
    let rr = 60.0 / 72.0;
    for &beat in &premature {
        let (Some(before), Some(after)) =
            (sinus.iter().rev().find(|&&other| other < beat), sinus.iter().find(|&&other| other > beat))
        else {
            continue;
        };
        let seconds = |from: usize, to: usize| (to - from) as f64 / record.fs;
        assert!(seconds(*before, beat) < 0.7 * rr, "not early");
        assert!((seconds(*before, *after) / rr - 2.0).abs() < 0.25, "not a fully compensatory pause");
        if beat + 100 < samples.len() {
            assert!(qrs_duration(&record, beat) > 0.12, "{} s wide", qrs_duration(&record, beat));
            assert!(samples[beat + 60..beat + 100].iter().all(|&mv| mv < 0.0), "T is not discordant");
        }
    }
}

#[test]
fn atrial_beats_are_early_and_narrow_and_reset_the_sinus_node() {
    let record = long_and_clean(Rhythm::AtrialEctopy { share: 0.2 }, 68.0).record("ectopic");
    let sinus = beats(&record, "N");
    let premature = beats(&record, "A");
    assert!((30..=110).contains(&premature.len()), "{} atrial beats", premature.len());
    let rr = 60.0 / 68.0;
    for &beat in &premature {
        let (Some(before), Some(after)) =
            (sinus.iter().rev().find(|&&other| other < beat), sinus.iter().find(|&&other| other > beat))
        else {
            continue;
        };
        let seconds = |from: usize, to: usize| (to - from) as f64 / record.fs;
        assert!(seconds(*before, beat) < 0.75 * rr, "not early");
        assert!(seconds(*before, *after) < 1.92 * rr, "the pause is fully compensatory");
        assert!(qrs_duration(&record, beat) < 0.11, "{} s wide", qrs_duration(&record, beat));
    }
}

#[test]
fn a_paroxysm_begins_when_it_is_told_to() {
    let rhythm = Rhythm::Paroxysm { onset: 150.0, fibrillating_rate: 100.0 };
    let record = long_and_clean(rhythm, 60.0).record("paroxysm");
    let onset = (150.0 * record.fs) as usize;
    let peaks = r_peaks(&record);
    let rr = |from: usize, to: usize| -> Vec<f64> {
        let inside: Vec<usize> = peaks.iter().copied().filter(|peak| (from..to).contains(peak)).collect();
        inside.windows(2).map(|pair| (pair[1] - pair[0]) as f64 / record.fs).collect()
    };
    let (before, after) = (rr(0, onset), rr(onset, record.len()));
    assert!(variation(&before) < 0.05 && (60.0 / mean(&before) - 60.0).abs() < 2.0);
    assert!(variation(&after) > 0.17 && (60.0 / mean(&after) - 100.0).abs() < 8.0);
    let change = record.annotations.iter().find(|mark| mark.text == "(AFIB").map(|mark| mark.time);
    assert_eq!(change, Some(150.0));
}
