//! The network's preprocessing contract.

use thiserror::Error;

use super::{bridge_gaps, high_pass, resample};

/// The rate at which the network reads, in Hz.
pub const NETWORK_FS: f64 = 100.0;
/// The network's band, in Hz: baseline wander below it, muscle and mains above it.
pub const HIGH_PASS_HZ: f64 = 0.5;
pub const LOW_PASS_HZ: f64 = 40.0;
/// Where the low-pass has reached its full 60 dB, in Hz.
const STOP_HZ: f64 = 50.0;
/// The shortest recording that is read, in s: a rhythm needs several beats.
pub const MIN_SECONDS: f64 = 5.0;
/// Below this deviation, in mV, in the network's band, nothing was connected: a tenth of the smallest QRS.
const FLAT_MV: f32 = 0.005;
/// How long the filters still show that a recording begins or ends, in s.
const END_SECONDS: f64 = 2.0;
/// Artefacts taller than this many deviations are cut: they would drown the rest.
const CLIP: f32 = 12.0;

/// One lead at [`NETWORK_FS`], in mV, without gaps, band-limited to [`HIGH_PASS_HZ`]…[`LOW_PASS_HZ`].
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// Amplitude in mV. Sample `i` belongs to `i / NETWORK_FS` seconds after the first sample that was prepared.
    pub samples: Vec<f32>,
}

/// Why a lead cannot be read by the network; a clause that ends a sentence beginning with the recording's name.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum Unusable {
    #[error("is {0:.1} s long; the network needs at least 5 s to see a rhythm")]
    TooShort(f64),
    #[error(
        "is a flat line, or mains hum alone: no electrode seems to have been connected, so there is nothing to classify"
    )]
    Flat,
    #[error("is one even tone, as a signal generator makes it; no heart does, so there is nothing to classify")]
    Tone,
    #[error("has no valid sample in this lead; choose another lead")]
    Empty,
    #[error(
        "has no signal in {lost:.1} s, and no stretch of 5 s between: the longest is {longest:.1} s, which is too short for a rhythm"
    )]
    NoStretch {
        /// How long it holds no electrocardiogram, in s.
        lost: f64,
        /// The longest stretch that does, in s.
        longest: f64,
    },
    #[error("has a sampling rate of {0} Hz; the network reads recordings of 50 Hz and more")]
    SamplingRate(f64),
}

/// Prepares one lead for the network. `samples` in mV (NaN where missing), `fs` in Hz.
pub fn prepare(samples: &[f32], fs: f64) -> Result<Prepared, Unusable> {
    if !(50.0..=100_000.0).contains(&fs) {
        return Err(Unusable::SamplingRate(fs));
    }
    let seconds = samples.len() as f64 / fs;
    if seconds < MIN_SECONDS {
        return Err(Unusable::TooShort(seconds));
    }
    let bridged = bridge_gaps(samples).ok_or(Unusable::Empty)?;
    let resampled = resample(&bridged, fs, NETWORK_FS, LOW_PASS_HZ, STOP_HZ);
    let samples = high_pass(&resampled, NETWORK_FS, HIGH_PASS_HZ);
    // Mains hum alone is filtered out but for the ends, where it begins and stops.
    let end = ((END_SECONDS * NETWORK_FS) as usize).min(samples.len() / 4);
    let inner = &samples[end..samples.len() - end];
    if deviation(inner) < FLAT_MV {
        return Err(Unusable::Flat);
    }
    if is_a_tone(inner) {
        return Err(Unusable::Tone);
    }
    Ok(Prepared { samples })
}

/// Brings a window to unit deviation, cut at ±12: what the network reads.
///
/// The deviation is the median over 2-s stretches, so that one artefact does not shrink every beat; where that is
/// nought (mostly flat), the whole window's.
pub fn normalise(window: &[f32]) -> Vec<f32> {
    let scale = 1.0 / typical_deviation(window).max(1e-6);
    window.iter().map(|sample| (sample * scale).clamp(-CLIP, CLIP)).collect()
}

/// What [`normalise`] divides a window by.
pub fn typical_deviation(window: &[f32]) -> f32 {
    let stretch = (2.0 * NETWORK_FS) as usize;
    let mut deviations: Vec<f32> = (0..)
        .map(|i| i * stretch / 2)
        .take_while(|start| start + stretch <= window.len())
        .map(|start| deviation(&window[start..start + stretch]))
        .collect();
    if deviations.is_empty() {
        return deviation(window);
    }
    let middle = deviations.len() / 2;
    let (_, median, _) = deviations.select_nth_unstable_by(middle, f32::total_cmp);
    if *median < FLAT_MV / 5.0 { deviation(window) } else { *median }
}

/// Whether all but a hundredth of the power is one sine. Its period is taken from where the samples rise through nought:
/// of anything but a sine those moments are of no use, and the share is low.
fn is_a_tone(samples: &[f32]) -> bool {
    let rises: Vec<f64> = samples
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] < 0.0 && pair[1] >= 0.0)
        .map(|(place, pair)| place as f64 + f64::from(pair[0] / (pair[0] - pair[1])))
        .collect();
    let (Some(first), Some(last)) = (rises.first(), rises.last()) else { return false };
    if rises.len() < 3 {
        return false;
    }
    let step = std::f64::consts::TAU * (rises.len() - 1) as f64 / (last - first);
    let whole = first.ceil() as usize..last.ceil() as usize;
    let (mut cosine, mut sine, mut power) = (0.0, 0.0, 0.0);
    for place in whole.clone() {
        let value = f64::from(samples[place]);
        let turn = step * place as f64;
        cosine += value * turn.cos();
        sine += value * turn.sin();
        power += value * value;
    }
    2.0 * (cosine * cosine + sine * sine) > 0.99 * power * whole.len() as f64
}

/// Root mean square about the mean.
fn deviation(samples: &[f32]) -> f32 {
    let count = samples.len().max(1) as f64;
    let mean = samples.iter().map(|&sample| sample as f64).sum::<f64>() / count;
    (samples.iter().map(|&sample| (sample as f64 - mean).powi(2)).sum::<f64>() / count).sqrt() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(fs: f64, seconds: f64) -> Vec<f32> {
        (0..(fs * seconds) as usize).map(|i| (2.0 * std::f64::consts::PI * 7.0 * i as f64 / fs).sin() as f32).collect()
    }

    #[test]
    fn says_why_a_lead_cannot_be_read() {
        assert_eq!(prepare(&sine(300.0, 2.0), 300.0), Err(Unusable::TooShort(2.0)));
        assert_eq!(prepare(&[0.7; 9000], 300.0), Err(Unusable::Flat));
        assert_eq!(prepare(&[f32::NAN; 9000], 300.0), Err(Unusable::Empty));
        assert_eq!(prepare(&[0.0; 9000], 0.0), Err(Unusable::SamplingRate(0.0)));
        assert!(prepare(&[0.0; 9000], f64::NAN).is_err());
    }

    #[test]
    fn mains_hum_alone_is_nothing_to_classify() {
        for (hz, fs) in [(50.0, 300.0), (60.0, 360.0), (50.0, 1000.0)] {
            let hum = |i: usize| (2.0 * std::f64::consts::PI * hz * i as f64 / fs + 0.3).sin() as f32;
            let samples: Vec<f32> = (0..(30.0 * fs) as usize).map(hum).collect();
            assert_eq!(prepare(&samples, fs), Err(Unusable::Flat), "{hz} Hz at {fs} Hz");
        }
    }

    #[test]
    fn a_tone_is_nothing_to_classify() {
        for hz in [0.7f64, 1.0, 1.3, 2.0, 3.7, 8.0, 19.0] {
            let tone = |i: usize| (2.0 * std::f64::consts::PI * hz * i as f64 / 300.0 + 0.3).sin() as f32;
            let samples: Vec<f32> = (0..9000).map(tone).collect();
            assert_eq!(prepare(&samples, 300.0), Err(Unusable::Tone), "{hz} Hz");
            // With its own octave, softly, it is none.
            let two = |i: usize| tone(i) + 0.2 * tone(2 * i);
            assert!(prepare(&(0..9000).map(two).collect::<Vec<_>>(), 300.0).is_ok(), "{hz} Hz and its octave");
        }
    }

    /// A body that sways at the pace of a breath, ten times as high as its heartbeats.
    #[test]
    fn beats_under_a_large_wander_are_no_tone() {
        let recipe = crate::synthetic::Recipe::new(crate::synthetic::Rhythm::Sinus, 70.0, 4);
        let mut lead = recipe.record("wander").leads[0].samples.clone();
        let height = 10.0 * lead.iter().copied().fold(0.0, f32::max);
        for (i, value) in lead.iter_mut().enumerate() {
            *value += height * (2.0 * std::f32::consts::PI * 0.3 * i as f32 / 300.0).sin();
        }
        assert!(prepare(&lead, recipe.fs).is_ok());
    }

    #[test]
    fn one_artefact_does_not_shrink_the_beats() {
        let mut window = sine(100.0, 30.0);
        window[1000..1100].fill(40.0);
        let normalised = normalise(&window);
        let highest = normalised[..800].iter().copied().fold(0.0, f32::max);
        assert!((highest - std::f32::consts::SQRT_2).abs() < 0.01, "{highest}");
        assert_eq!(normalised[1050], 12.0);
    }

    #[test]
    fn the_same_signal_at_two_rates_is_prepared_alike() {
        // Cubed: a tone alone would be refused.
        let cubed = |fs: f64| sine(fs, 10.0).into_iter().map(|value| value.powi(3)).collect::<Vec<_>>();
        let a = prepare(&cubed(300.0), 300.0).unwrap().samples;
        let b = prepare(&cubed(512.0), 512.0).unwrap().samples;
        assert_eq!(a.len(), b.len());
        // The ends, where the resampling kernel is cut, may differ.
        let inner = 20..a.len() - 20;
        assert!(a[inner.clone()].iter().zip(&b[inner]).all(|(x, y)| (x - y).abs() < 0.01));
    }
}
