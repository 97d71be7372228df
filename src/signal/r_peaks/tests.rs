//! On shapes that need no model; synthetic and real recordings are in `tests/beats.rs`.

use super::r_peaks;

/// Beats of 1 mV every `rr` s, Gaussians of 12 ms, on a level of 3 mV.
fn beats(fs: f64, rr: f64, seconds: f64) -> (Vec<f32>, Vec<usize>) {
    let times: Vec<f64> = (0..).map(|beat| 0.5 + beat as f64 * rr).take_while(|time| *time < seconds - 0.3).collect();
    let mut samples = vec![3.0f32; (seconds * fs) as usize];
    for time in &times {
        for (index, sample) in samples.iter_mut().enumerate() {
            *sample += (-((index as f64 / fs - time) / 0.012).powi(2) / 2.0).exp() as f32;
        }
    }
    (samples, times.iter().map(|time| (time * fs).round() as usize).collect())
}

#[test]
fn every_peak_is_found_at_its_sample_at_any_rate_and_either_way_up() {
    for fs in [100.0, 128.0, 257.3, 360.0, 512.0, 1000.0] {
        for rr in [0.35, 0.8, 1.7] {
            let (samples, peaks) = beats(fs, rr, 15.0);
            assert_eq!(r_peaks(&samples, fs), peaks, "{fs} Hz, {rr} s");
            let inverted: Vec<f32> = samples.iter().map(|sample| -sample).collect();
            assert_eq!(r_peaks(&inverted, fs), peaks, "{fs} Hz, {rr} s, inverted");
        }
    }
}

#[test]
fn a_gap_hides_its_beats_and_no_others() {
    let fs = 250.0;
    let (mut samples, peaks) = beats(fs, 0.8, 30.0);
    let gap = 2020..4120;
    samples[gap.clone()].fill(f32::NAN);
    // The electrode comes back at another level.
    samples[gap.end..].iter_mut().for_each(|sample| *sample += 5.0);
    let outside: Vec<usize> = peaks.into_iter().filter(|peak| !gap.contains(peak)).collect();
    assert_eq!(r_peaks(&samples, fs), outside);
}

#[test]
fn single_samples_may_be_missing_anywhere() {
    let (mut samples, peaks) = beats(500.0, 0.8, 20.0);
    samples.iter_mut().step_by(37).for_each(|sample| *sample = f32::NAN);
    let found = r_peaks(&samples, 500.0);
    assert_eq!(found.len(), peaks.len());
    assert!(found.iter().zip(&peaks).all(|(found, peak)| found.abs_diff(*peak) <= 1));
}

#[test]
fn beats_that_become_ten_times_lower_are_found_again() {
    let fs = 200.0;
    let (mut samples, peaks) = beats(fs, 0.8, 60.0);
    samples[6000..].iter_mut().for_each(|sample| *sample = 3.0 + (*sample - 3.0) / 10.0);
    let found = r_peaks(&samples, fs);
    let late = |peaks: &[usize]| peaks.iter().filter(|&&peak| peak > 7000).count();
    assert_eq!(late(&found), late(&peaks));
}

#[test]
fn where_there_is_no_beat_none_is_found() {
    assert!(r_peaks(&[], 300.0).is_empty());
    for value in [0.0, 3.0, f32::NAN, f32::INFINITY, f32::MAX] {
        assert!(r_peaks(&[value; 3000], 300.0).is_empty(), "in a row of {value}");
    }
    // Steps of a 12-bit recorder with nothing connected.
    let steps: Vec<f32> = (0..9000).map(|index| if index * 7919 % 13 < 6 { 0.0 } else { 0.001 }).collect();
    assert!(r_peaks(&steps, 300.0).is_empty());
    for fs in [0.0, 50.0, -300.0, f64::NAN, f64::INFINITY] {
        assert!(r_peaks(&beats(300.0, 0.8, 10.0).0, fs).is_empty(), "at {fs} Hz");
    }
}

#[test]
fn values_beyond_all_measure_do_no_harm() {
    let (mut samples, _) = beats(300.0, 0.8, 20.0);
    samples[1500] = f32::MAX;
    samples[1501] = f32::MIN;
    let found = r_peaks(&samples, 300.0);
    assert!(found.windows(2).all(|pair| pair[0] < pair[1]) && found.iter().all(|&peak| peak < samples.len()));
}

#[test]
fn hours_without_a_beat_take_no_longer_than_others() {
    let (mut samples, peaks) = beats(100.0, 0.8, 20.0);
    let started = std::time::Instant::now();
    samples.extend((0..6 * 3600 * 100u64).map(|index| 3.0 + (index * index % 101) as f32 * 1e-4));
    let found = r_peaks(&samples, 100.0);
    assert_eq!(found[..peaks.len()], peaks);
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
