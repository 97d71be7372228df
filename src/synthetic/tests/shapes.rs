//! Waves, amplitudes, noise; odd recipes.

use super::super::{FibrillatoryWaves, Noise, Recipe, Rhythm, demos};
use super::long_and_clean;
use super::measure::*;
use crate::network::Class;

#[test]
fn demonstrations_are_handheld_recordings_marked_synthetic() {
    let mut ids = Vec::new();
    for demo in demos() {
        let record = demo.record();
        let seconds = if demo.is_strip() { 300 } else { 30 };
        assert_eq!((record.fs, record.len(), record.leads.len()), (300.0, 300 * seconds, 1));
        assert_eq!(record.leads[0].name, "I");
        assert!(record.provenance.synthetic, "{} is not marked synthetic", demo.id);
        assert!(record.leads[0].samples.iter().all(|mv| mv.is_finite() && mv.abs() < 6.0), "{}", demo.id);
        assert!(demo.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{} is not fit for an address", demo.id);
        assert!(!ids.contains(&demo.id), "{} is there twice", demo.id);
        ids.push(demo.id);
    }
    assert_eq!(demos()[1].expected, Class::AtrialFibrillation);
    assert!(Class::ALL.iter().all(|class| demos().iter().any(|demo| demo.expected == *class)));
}

#[test]
fn the_same_recipe_makes_the_same_recording() {
    let recipe = demos()[1].recipe;
    assert_eq!(recipe.record("a"), recipe.record("a"));
    let other = Recipe { seed: recipe.seed + 1, ..recipe };
    assert_ne!(recipe.record("a").annotations, other.record("a").annotations);
    let quiet = Recipe { noise: Noise::NONE, ..recipe };
    assert_ne!(recipe.record("a").leads, quiet.record("a").leads);
    assert_eq!(recipe.record("a").annotations, quiet.record("a").annotations, "noise moves beats");
}

#[test]
fn waves_are_as_wide_and_as_high_as_in_people() {
    for seed in 0..5 {
        for rate in [50.0, 70.0, 110.0] {
            let record = Recipe { seed, duration: 30.0, ..long_and_clean(Rhythm::Sinus, rate) }.record("sinus");
            let samples = &record.leads[0].samples;
            let stretch = (60.0 / rate).sqrt();
            let at = |peak: usize, seconds: f64| (peak as f64 + seconds * record.fs) as usize;
            let peaks = r_peaks(&record);
            assert!(peaks.len() > 20);
            for &peak in &peaks[1..peaks.len() - 1] {
                let duration = qrs_duration(&record, peak);
                assert!((0.07..0.11).contains(&duration), "QRS of {duration} s at {rate}");
                // Heights above the level between P and Q.
                let level = samples[at(peak, -0.06)];
                let highest = |from: f64, to: f64| {
                    samples[at(peak, from)..at(peak, to)].iter().copied().fold(f32::MIN, f32::max) - level
                };
                let (r, p, t) = (
                    samples[peak] - level,
                    highest(-0.21 * stretch, -0.12 * stretch),
                    highest(0.2 * stretch, 0.4 * stretch),
                );
                assert!((0.85..1.35).contains(&r), "R of {r} mV");
                assert!((0.04..0.2).contains(&p), "P of {p} mV at {rate}");
                assert!((0.12..0.4).contains(&t), "T of {t} mV at {rate}");
            }
        }
    }
}

#[test]
fn reversed_electrodes_turn_the_trace_over() {
    let upright = Recipe { duration: 30.0, ..long_and_clean(Rhythm::Sinus, 70.0) };
    let reversed = Recipe { amplitude: -upright.amplitude, ..upright }.record("reversed");
    let lowest = reversed.leads[0].samples.iter().copied().fold(f32::MAX, f32::min);
    assert!((-1.4..-0.8).contains(&lowest), "R of {lowest} mV");
}

/// Share of beats that a simple detector finds, and of its finds that are beats, as one figure (F1).
fn found(recipe: &Recipe) -> f64 {
    let record = recipe.record("noise");
    let beats: Vec<usize> = record
        .annotations
        .iter()
        .filter(|mark| mark.text == "N")
        .map(|mark| (mark.time * record.fs).round() as usize)
        .collect();
    let peaks = r_peaks(&record);
    let hits = beats.iter().filter(|beat| peaks.iter().any(|peak| peak.abs_diff(**beat) <= 10)).count();
    2.0 * hits as f64 / (beats.len() + peaks.len()) as f64
}

#[test]
fn beats_can_be_read_in_all_demonstrations_but_the_noisy_one() {
    for demo in demos() {
        match demo.id {
            "noise" => assert!(found(&demo.recipe) < 0.5, "beats show through: {}", found(&demo.recipe)),
            "ectopic" | "atrial-ectopic" => {}
            _ => assert!(found(&demo.recipe) > 0.97, "{}: {}", demo.id, found(&demo.recipe)),
        }
    }
}

#[test]
fn noise_is_as_strong_as_it_says() {
    let rms = |noise: Noise| {
        let silent = Recipe { amplitude: 0.0, noise, duration: 60.0, ..Recipe::new(Rhythm::Sinus, 70.0, 3) };
        let samples = &silent.record("noise").leads[0].samples;
        mean(&samples.iter().map(|&mv| (mv as f64).powi(2)).collect::<Vec<_>>()).sqrt()
    };
    // What breathing alone leaves in the trace.
    let silence = rms(Noise::NONE);
    assert!(silence < 0.01, "{silence} mV");
    let sensor = rms(Noise { sensor: 0.1, ..Noise::NONE });
    assert!((0.08..0.11).contains(&sensor), "{sensor} mV of sensor noise");
    // 50 Hz lies above the recorder's band, but not far.
    let mains = rms(Noise { mains: 0.5, ..Noise::NONE });
    assert!((0.03..0.2).contains(&mains), "{mains} mV of mains hum");
    for noise in [
        Noise { wander: 0.3, ..Noise::NONE },
        Noise { muscle: 0.3, muscle_rate: 1.0, ..Noise::NONE },
        Noise { motion: 0.5, motion_rate: 1.0, ..Noise::NONE },
    ] {
        assert!((0.06..0.45).contains(&rms(noise)), "{} mV from {noise:?}", rms(noise));
    }
}

#[test]
fn odd_recipes_make_recordings_all_the_same() {
    let usual = Recipe { duration: 5.0, ..Recipe::new(Rhythm::AtrialFibrillation, 80.0, 9) };
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -1.0, 1e300] {
        let paroxysm = Rhythm::Paroxysm { onset: odd, fibrillating_rate: odd };
        for recipe in [
            Recipe { heart_rate: odd, ..usual },
            Recipe { sinus_variation: odd, rhythm: Rhythm::Sinus, ..usual },
            Recipe { fibrillation_variation: odd, ..usual },
            Recipe { amplitude: odd, ..usual },
            Recipe { fs: odd, ..usual },
            Recipe { rhythm: paroxysm, ..usual },
            Recipe { rhythm: Rhythm::VentricularEctopy { share: odd, couplets: odd }, ..usual },
        ] {
            let record = recipe.record("odd");
            assert!((500..=10_000).contains(&record.len()), "{} samples from {recipe:?}", record.len());
            assert!(record.leads[0].samples.iter().all(|mv| mv.is_finite()), "not finite from {recipe:?}");
        }
        let brief = Recipe { duration: if odd == 1e300 { f64::NAN } else { odd.min(2.0) }, ..usual }.record("brief");
        assert!(brief.len() >= 300);
        let frequent = Noise { muscle: 0.1, muscle_rate: odd, motion: 0.1, motion_rate: odd, ..Noise::NONE };
        let strong = Noise { sensor: odd, wander: odd, mains: odd, mains_frequency: odd, ..Noise::NONE };
        let fibrillatory_waves = FibrillatoryWaves { amplitude: odd, frequency: odd };
        for recipe in [
            Recipe { noise: frequent, ..usual },
            Recipe { noise: strong, ..usual },
            Recipe { fibrillatory_waves, ..usual },
        ] {
            let record = recipe.record("odd");
            assert!(record.leads[0].samples.iter().all(|mv| mv.is_finite()), "not finite from {recipe:?}");
        }
    }
}
