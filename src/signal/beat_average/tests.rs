use super::super::rr::rr_intervals;
use super::*;

const FS: f64 = 250.0;

/// Beats every 0.8 s: an R wave of 1 mV, and 160 ms before it a P wave of `p` mV; the even ones carry 0.01 mV of noise
/// up, the odd ones down. Gives their R peaks too.
fn beats(p: f64) -> (Vec<f32>, Vec<usize>) {
    let peaks: Vec<usize> = (0..24).map(|beat| 200 + 200 * beat).collect();
    let mut samples = vec![0.5f32; 5000];
    for (beat, &peak) in peaks.iter().enumerate() {
        let sign = if beat % 2 == 0 { 1.0 } else { -1.0 };
        for offset in -100..100i32 {
            let time = f64::from(offset) / FS;
            let wave = |at: f64, width: f64, height: f64| height * (-((time - at) / width).powi(2) / 2.0).exp();
            let value = wave(0.0, 0.01, 1.0) + wave(-0.16, 0.022, p + sign * 0.01);
            samples[peak.strict_add_signed(offset as isize)] += value as f32;
        }
    }
    (samples, peaks)
}

fn average(samples: &[f32], peaks: &[usize]) -> BeatAverage {
    beat_average(samples, FS, peaks, &rr_intervals(peaks, samples, FS)).expect("beats")
}

#[test]
fn the_mean_is_the_beat_and_the_p_wave_has_its_height() {
    for p in [0.1, -0.08] {
        let (samples, peaks) = beats(p);
        let average = average(&samples, &peaks);
        assert_eq!((average.mean.len(), average.r_peak, average.beats.len()), (301, 150, 24));
        assert!((average.mean[150] - 1.0).abs() < 1e-3 && average.time(0) == -0.6);
        let wave = average.p_wave.expect("24 beats");
        assert!((wave.height - p).abs() < 0.002, "{wave:?}");
        assert!((wave.time + 0.16).abs() < 0.005, "{wave:?}");
        // ±0.01 mV, with n − 1.
        assert!((wave.deviation - 0.01 * (24.0f64 / 23.0).sqrt()).abs() < 5e-4, "{wave:?}");
        assert!(wave.is_present() && wave.would_show(0.03) && !wave.would_show(0.015));
    }
    let (samples, peaks) = beats(0.0);
    assert!(!average(&samples, &peaks).p_wave.expect("24 beats").is_present());
}

#[test]
fn other_beats_are_left_out() {
    let (mut samples, mut peaks) = beats(0.1);
    let clean = average(&samples, &peaks);
    // An upside-down beat in time, a premature one, one with a sample missing.
    samples[1800 - 20..1800 + 20].iter_mut().for_each(|sample| *sample = 1.0 - *sample);
    samples[2610 - 3..2610 + 3].fill(1.5);
    peaks[12] = 2520;
    samples[4010] = f32::NAN;
    let average = average(&samples, &peaks);
    assert!([8, 12, 19].iter().all(|beat| !average.beats.contains(beat)), "{:?}", average.beats);
    assert!(average.beats.len() > 15);
    let worst = clean.mean.iter().zip(&average.mean).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst < 0.08, "{worst}");
}

#[test]
fn there_is_no_mean_of_nothing() {
    let (samples, peaks) = beats(0.1);
    assert_eq!(beat_average(&samples, FS, &[], &[]), None);
    assert_eq!(beat_average(&[], FS, &peaks, &[]), None);
    assert_eq!(beat_average(&[f32::NAN; 5000], FS, &peaks, &[]), None);
    assert_eq!(beat_average(&samples, FS, &[3, usize::MAX], &[]), None);
    for fs in [0.0, f64::NAN, f64::INFINITY] {
        assert_eq!(beat_average(&samples, fs, &peaks, &[]), None);
    }
    assert!(beat_average(&samples, FS, &peaks[..4], &[]).expect("four beats").p_wave.is_none());
}

/// By hand: the border between the peaks at 2 and 6 is 4, that between 6 and 9 is 7.5.
#[test]
fn shares_are_sums_from_half_way_to_half_way() {
    let importance = [1.0, 0.0, 2.0, 1.0, 3.0, 0.0, 5.0, 4.0, f32::NAN, 2.0, 2.0];
    assert_eq!(importance_shares(&importance, &[2, 6, 9]), [0.2, 0.6, 0.2]);
    assert_eq!(importance_shares(&importance, &[]), [0.0; 0]);
    assert_eq!(importance_shares(&[0.0; 9], &[2, 6]), [0.0, 0.0]);
    assert_eq!(importance_shares(&importance, &[5]), [1.0]);
}

#[test]
fn a_curve_is_averaged_around_whole_beats() {
    let curve = [9.0, 1.0, 2.0, 3.0, 9.0, 3.0, 4.0, 7.0, 9.0, f32::NAN, 1.0];
    assert_eq!(mean_around(&curve, &[0, 2, 6, 8, 10], 1), Some(vec![2.0, 3.0, 5.0]));
    assert_eq!(mean_around(&curve, &[0, 8, 10, usize::MAX], 1), None);
}
