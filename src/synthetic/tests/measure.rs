//! Measurements on samples.

use std::f64::consts::TAU;

use crate::record::Record;

/// R peaks as sample numbers: the highest of each stretch above half the typical height, 200 ms apart.
pub fn r_peaks(record: &Record) -> Vec<usize> {
    let samples = &record.leads[0].samples;
    let stretch = (2.0 * record.fs) as usize;
    let mut heights: Vec<f32> = samples.chunks(stretch).map(|part| part.iter().copied().fold(0.0, f32::max)).collect();
    heights.sort_by(f32::total_cmp);
    let threshold = 0.5 * heights[heights.len() / 2];
    let refractory = (0.2 * record.fs) as usize;
    let mut peaks: Vec<usize> = Vec::new();
    for index in 1..samples.len() - 1 {
        if samples[index] < threshold || samples[index] < samples[index - 1] || samples[index] < samples[index + 1] {
            continue;
        }
        match peaks.last_mut() {
            Some(last) if index - *last < refractory => {
                if samples[index] > samples[*last] {
                    *last = index;
                }
            }
            _ => peaks.push(index),
        }
    }
    peaks
}

/// RR intervals in s.
pub fn intervals(record: &Record) -> Vec<f64> {
    r_peaks(record).windows(2).map(|pair| (pair[1] - pair[0]) as f64 / record.fs).collect()
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard deviation over mean.
pub fn variation(values: &[f64]) -> f64 {
    let centre = mean(values);
    mean(&values.iter().map(|value| (value - centre).powi(2)).collect::<Vec<_>>()).sqrt() / centre
}

/// Correlation of each value with the one before it.
pub fn serial_correlation(values: &[f64]) -> f64 {
    let centre = mean(values);
    let together: f64 = values.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)).sum();
    together / values.iter().map(|value| (value - centre).powi(2)).sum::<f64>()
}

/// Duration of the QRS complex around a peak, in s: as long as the trace is steep, with rests of up to 25 ms.
pub fn qrs_duration(record: &Record, peak: usize) -> f64 {
    let samples = &record.leads[0].samples;
    // T waves of these recordings rise by less than 4 mV/s.
    let steep = |index: usize| ((samples[index + 1] - samples[index]) as f64 * record.fs).abs() > 5.0;
    let rest = (0.025 * record.fs) as usize;
    let (mut first, mut last) = (peak, peak);
    for index in (0..peak).rev() {
        if steep(index) {
            first = index;
        } else if first - index > rest {
            break;
        }
    }
    for index in peak..samples.len() - 1 {
        if steep(index) {
            last = index + 1;
        } else if index - last > rest {
            break;
        }
    }
    (last - first) as f64 / record.fs
}

/// Power of values at given times (in s) at one frequency in Hz; the mean is taken off, a Hann window put on.
pub fn power(times: &[f64], values: &[f64], frequency: f64) -> f64 {
    let centre = mean(values);
    let (start, length) = (times[0], times[times.len() - 1] - times[0]);
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (time, value) in times.iter().zip(values) {
        let window = 0.5 - 0.5 * (TAU * (time - start) / length).cos();
        let (sine, cosine) = (TAU * frequency * time).sin_cos();
        real += window * (value - centre) * cosine;
        imaginary += window * (value - centre) * sine;
    }
    (real * real + imaginary * imaginary) / times.len() as f64
}

/// Mean power of the trace between T and Q, where it is long enough, at one frequency in Hz.
pub fn atrial_power(record: &Record, frequency: f64) -> f64 {
    let samples = &record.leads[0].samples;
    let (skip, spare, least) = ((0.45 * record.fs) as usize, (0.06 * record.fs) as usize, (0.5 * record.fs) as usize);
    let powers: Vec<f64> = r_peaks(record)
        .windows(2)
        .filter(|pair| pair[0] + skip + least < pair[1] - spare)
        .map(|pair| {
            let range = pair[0] + skip..pair[1] - spare;
            let times: Vec<f64> = range.clone().map(|index| index as f64 / record.fs).collect();
            let values: Vec<f64> = samples[range].iter().map(|&mv| mv as f64).collect();
            power(&times, &values, frequency)
        })
        .collect();
    assert!(powers.len() > 10, "only {} stretches to measure", powers.len());
    mean(&powers)
}

/// The frequency in Hz, from `low` to `high`, with the highest power.
pub fn peak_frequency(low: f64, high: f64, power: impl Fn(f64) -> f64) -> f64 {
    let steps = 100;
    (0..=steps)
        .map(|step| low + (high - low) * step as f64 / steps as f64)
        .map(|frequency| (frequency, power(frequency)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(low, |(frequency, _)| frequency)
}
