//! Made leads with one fault each.

use super::*;
use crate::synthetic::{Recipe, Rhythm, demos};

fn lead(fs: f64) -> Vec<f32> {
    let recipe = Recipe { fs, ..Recipe::new(Rhythm::Sinus, 70.0, 5) };
    recipe.record("made").leads[0].samples.clone()
}

/// One stretch, within a block of `from` to `to` (in s), for this reason.
fn assert_found(samples: &[f32], fs: f64, (from, to): (f64, f64), reason: Reason, off: f64) {
    let found = unusable(samples, fs);
    assert_eq!(found.len(), 1, "{fs} Hz: {found:?}");
    assert_eq!(found[0].reason, reason, "{fs} Hz: {found:?}");
    let (start, end) = (found[0].part.start as f64 / fs, found[0].part.end as f64 / fs);
    assert!((start - from).abs() <= off && (end - to).abs() <= off, "{fs} Hz: {start} to {end} s");
}

fn part(fs: f64, from: f64, to: f64) -> Range<usize> {
    (from * fs).round() as usize..(to * fs).round() as usize
}

#[test]
fn finds_what_is_missing_or_constant_at_any_rate() {
    for fs in [100.0, 250.0, 300.0, 360.0, 1000.0] {
        let whole = lead(fs);
        for (value, reason) in [(f32::NAN, Reason::Missing), (f32::INFINITY, Reason::Missing), (0.031, Reason::Flat)] {
            let mut samples = whole.clone();
            samples[part(fs, 9.0, 18.0)].fill(value);
            assert_found(&samples, fs, (9.0, 18.0), reason, 0.02);
        }
    }
}

#[test]
fn finds_the_converters_limit() {
    for limit in [5.0f32, -5.0] {
        let mut samples = lead(300.0);
        samples[part(300.0, 10.0, 11.5)].fill(limit);
        // An amplifier that lets go for a moment.
        samples[part(300.0, 12.0, 13.0)].fill(limit);
        assert_found(&samples, 300.0, (10.0, 13.0), Reason::Saturated, 0.01);
    }
}

#[test]
fn finds_a_jump_until_the_level_has_settled() {
    let mut samples = lead(300.0);
    for (index, sample) in samples.iter_mut().enumerate().skip(3000) {
        // Back with a time constant of 1 s.
        *sample += 30.0 * (-(index as f32 - 3000.0) / 300.0).exp();
    }
    let found = unusable(&samples, 300.0);
    assert!(found.len() == 1 && found[0].reason == Reason::LeadOff, "{found:?}");
    let (start, end) = (found[0].part.start as f64 / 300.0, found[0].part.end as f64 / 300.0);
    assert!((9.5..=10.0).contains(&start) && (12.0..17.0).contains(&end), "{start} to {end} s");
    // One that only moved its level by half a QRS is none.
    let mut shifted = lead(300.0);
    shifted[3000..].iter_mut().for_each(|sample| *sample += 0.6);
    assert_eq!(unusable(&shifted, 300.0), []);
}

#[test]
fn finds_hum_alone_and_leaves_hum_with_beats() {
    for hz in [50.0f64, 60.0] {
        let hum = |index: usize| (std::f64::consts::TAU * hz * index as f64 / 300.0).sin() as f32;
        let mut alone = lead(300.0);
        for index in part(300.0, 9.0, 18.0) {
            alone[index] = hum(index);
        }
        assert_found(&alone, 300.0, (9.0, 18.0), Reason::Hum, 1.6);
        let over: Vec<f32> = lead(300.0).iter().enumerate().map(|(index, sample)| sample + hum(index)).collect();
        assert_eq!(unusable(&over, 300.0), []);
    }
}

#[test]
fn finds_motion_that_hides_everything() {
    let mut samples = lead(300.0);
    for index in part(300.0, 9.0, 18.0) {
        samples[index] += 60.0 * (index as f32 / 40.0).sin() * (index as f32 / 271.0).cos();
    }
    let found = unusable(&samples, 300.0);
    assert!(!found.is_empty() && found.iter().all(|it| matches!(it.reason, Reason::Motion | Reason::LeadOff)));
    let sum: usize = found.iter().map(|it| it.part.len()).sum();
    assert!((1500..3300).contains(&sum), "{found:?}");
}

#[test]
fn demonstrations_and_noise_free_beats_are_usable() {
    for demo in demos() {
        let record = demo.record();
        for lead in &record.leads {
            assert_eq!(unusable(&lead.samples, record.fs), [], "{}", demo.id);
        }
    }
    // Beats of 80 ms, and exactly nothing between them, from 30 to 150 a minute: the level of rest is the lowest value.
    for seconds in [0.4f64, 0.8, 1.2, 1.9] {
        for up in [1.0f32, -1.0] {
            let period = (seconds * 300.0) as usize;
            let beat = |index: usize| up * (1.0 - ((index % period) as f32 - 12.0).abs() / 12.0).max(0.0);
            let samples: Vec<f32> = (0..9000).map(beat).collect();
            assert_eq!(unusable(&samples, 300.0), [], "a beat every {seconds} s");
        }
    }
}

#[test]
fn short_gaps_and_odd_input_are_left_alone() {
    let mut samples = lead(300.0);
    samples[3000..3100].fill(f32::NAN);
    samples[5000..5500].fill(0.1);
    assert_eq!(unusable(&samples, 300.0), []);
    for fs in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(unusable(&samples, fs), []);
    }
    assert_eq!(unusable(&[], 300.0), []);
    assert_eq!(unusable(&[1.0], 300.0), []);
    // One value is the whole lead.
    assert_eq!(unusable(&[0.0; 3000], 300.0), [Stretch { part: 0..3000, reason: Reason::Flat }]);
    assert_eq!(unusable(&[f32::NAN; 3000], 300.0), [Stretch { part: 0..3000, reason: Reason::Missing }]);
}

#[test]
fn what_is_not_usable_is_not_measured() {
    let mut samples = lead(300.0);
    assert!(matches!(usable_samples(&samples, 300.0), Cow::Borrowed(_)));
    samples[part(300.0, 9.0, 18.0)].fill(0.0314159);
    let usable = usable_samples(&samples, 300.0);
    assert!(usable[2700..5400].iter().all(|sample| sample.is_nan()) && usable[2699] == samples[2699]);
    // Found by two: each sample has one reason.
    let mut found = vec![Stretch { part: 10..20, reason: Reason::Missing }];
    add(&mut found, vec![5..15, 18..30], Reason::Flat);
    let parts: Vec<Range<usize>> = found.iter().map(|it| it.part.clone()).collect();
    assert_eq!(parts, [5..10, 10..20, 20..30]);
}
