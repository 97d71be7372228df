//! Filters for the eye. The network, the detector of R peaks and everything that is measured by a machine read the
//! recording as it is.
//!
//! The bands are those of electrocardiographs: 0.05 to 150 Hz for diagnosis (Kligfield et al., "Recommendations for the
//! standardization and interpretation of the electrocardiogram", Circulation 115(10):1306–1324, 2007) and 0.5 to 40 Hz
//! for monitors. Every filter runs forwards and backwards, so that no wave is shifted: what a caliper reads between two
//! waves stays. Each is 3 dB down at the frequency that it is named after, both passes together.

use std::f64::consts::{PI, SQRT_2};

use super::bridge_gaps;
use super::filter::{Biquad, zero_phase};

/// Longer recordings are filtered in blocks of so many seconds, so that the memory needed beside the result is bounded.
const BLOCK_SECONDS: f64 = 600.0;
/// A filter's memory lasts so many periods of its lowest frequency, to a thousandth.
const MEMORY_PERIODS: f64 = 1.5;
/// Frequency of the mains over the width of the notch.
const NOTCH_Q: f64 = 30.0;

/// What shows of a trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Band {
    /// All of it.
    #[default]
    Whole,
    /// 0.05 to 150 Hz.
    Diagnostic,
    /// 0.5 to 40 Hz.
    Monitor,
}

/// The hum that is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mains {
    /// 50 Hz, as in Europe, Africa and most of Asia.
    Fifty,
    /// 60 Hz, as in most of America.
    Sixty,
}

impl Band {
    pub const ALL: [Band; 3] = [Band::Whole, Band::Diagnostic, Band::Monitor];

    /// Lowest and highest frequency in Hz; `None` where nothing is taken away.
    pub fn hz(self) -> Option<(f64, f64)> {
        match self {
            Band::Whole => None,
            Band::Diagnostic => Some((0.05, 150.0)),
            Band::Monitor => Some((0.5, 40.0)),
        }
    }
}

impl Mains {
    pub fn hz(self) -> f64 {
        match self {
            Mains::Fifty => 50.0,
            Mains::Sixty => 60.0,
        }
    }
}

/// A band, with or without a notch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DisplayFilter {
    pub band: Band,
    pub notch: Option<Mains>,
}

impl DisplayFilter {
    /// The filtered samples: `samples` in mV at `fs` Hz, NaN where missing; gaps stay gaps. `None` where there is
    /// nothing to filter: no filter was chosen, the sampling rate carries none of the frequencies that it takes away,
    /// or no sample is finite.
    pub fn apply(self, samples: &[f32], fs: f64) -> Option<Vec<f32>> {
        let sections = self.sections(fs);
        if sections.is_empty() || samples.len() < 2 {
            return None;
        }
        let lowest = self.band.hz().map_or(1.0, |(low, _)| low);
        let memory = (MEMORY_PERIODS * fs / lowest) as usize;
        let block = ((BLOCK_SECONDS * fs) as usize).max(1);
        let mut filtered = Vec::with_capacity(samples.len());
        let mut any_finite = false;
        for start in (0..samples.len()).step_by(block) {
            let end = (start + block).min(samples.len());
            // As much of the neighbours as the filter remembers.
            let (from, to) = (start.saturating_sub(memory), (end + memory).min(samples.len()));
            match bridge_gaps(&samples[from..to]) {
                Some(bridged) => {
                    any_finite = true;
                    let part = zero_phase(&sections, &bridged, memory);
                    filtered.extend_from_slice(&part[start - from..end - from]);
                }
                None => filtered.resize(end, f32::NAN),
            }
        }
        for (value, sample) in filtered.iter_mut().zip(samples) {
            if !sample.is_finite() {
                *value = f32::NAN;
            }
        }
        any_finite.then_some(filtered)
    }

    fn sections(self, fs: f64) -> Vec<Biquad> {
        let mut sections = Vec::new();
        if !(fs.is_finite() && fs > 0.0) {
            return sections;
        }
        let nyquist = fs / 2.0;
        if let Some((low, high)) = self.band.hz() {
            // A sampling rate that is lower than that of any heart has nothing above `low` to show.
            if low < nyquist {
                sections.push(Biquad::butterworth_high_pass(fs, of_one_pass(fs, low, true)));
            }
            if high < nyquist {
                sections.push(Biquad::butterworth_low_pass(fs, of_one_pass(fs, high, false)));
            }
        }
        if let Some(hz) = self.notch.map(Mains::hz).filter(|hz| *hz < nyquist) {
            sections.push(Biquad::notch(fs, hz, NOTCH_Q));
        }
        sections
    }
}

/// The cut-off of a second-order Butterworth filter that, run twice, is 3 dB down at `hz`.
///
/// Twice through, the gain is 1 / (1 + (f / fc)⁴), which is 1/√2 where (f / fc)⁴ = √2 − 1; frequencies as the bilinear
/// transform warps them.
fn of_one_pass(fs: f64, hz: f64, is_high_pass: bool) -> f64 {
    let ratio = (SQRT_2 - 1.0).powf(0.25);
    let warped = (PI * hz / fs).tan() * if is_high_pass { ratio } else { 1.0 / ratio };
    fs / PI * warped.atan()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FS: f64 = 300.0;

    fn sine(hz: f64, fs: f64, seconds: f64) -> Vec<f32> {
        (0..(fs * seconds) as usize).map(|i| (2.0 * PI * hz * i as f64 / fs).sin() as f32).collect()
    }

    /// How tall a sine of 1 mV comes out, by the root mean square of its middle.
    fn gain(filter: DisplayFilter, hz: f64, fs: f64) -> f64 {
        let sine = sine(hz, fs, 120.0);
        let filtered = filter.apply(&sine, fs).expect("something to filter");
        let middle = &filtered[sine.len() / 4..3 * sine.len() / 4];
        (2.0 * middle.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>() / middle.len() as f64).sqrt()
    }

    const DIAGNOSTIC: DisplayFilter = DisplayFilter { band: Band::Diagnostic, notch: None };
    const MONITOR: DisplayFilter = DisplayFilter { band: Band::Monitor, notch: None };

    #[test]
    fn is_three_decibels_down_at_the_frequencies_it_is_named_after() {
        let half_power = 1.0 / SQRT_2;
        for (filter, hz) in [(DIAGNOSTIC, 0.05), (DIAGNOSTIC, 150.0), (MONITOR, 0.5), (MONITOR, 40.0)] {
            let gain = gain(filter, hz, 1000.0);
            assert!((gain - half_power).abs() < 0.005, "{hz} Hz: {gain}");
        }
        for hz in [1.0, 10.0] {
            assert!((gain(DIAGNOSTIC, hz, 1000.0) - 1.0).abs() < 0.002);
        }
    }

    #[test]
    fn a_notch_takes_its_hum_and_little_else() {
        let notch = DisplayFilter { band: Band::Whole, notch: Some(Mains::Fifty) };
        assert!(gain(notch, 50.0, FS) < 1e-3);
        assert!(gain(notch, 40.0, FS) > 0.98 && gain(notch, 60.0, FS) > 0.98);
        let other = DisplayFilter { band: Band::Whole, notch: Some(Mains::Sixty) };
        assert!(gain(other, 60.0, FS) < 1e-3 && gain(other, 50.0, FS) > 0.98);
    }

    #[test]
    fn shifts_no_wave() {
        let mut beat = vec![0.0f32; 3000];
        for (index, value) in beat.iter_mut().enumerate() {
            *value = (-((index as f64 - 1500.0) / 6.0).powi(2)).exp() as f32;
        }
        let notch = Some(Mains::Fifty);
        for filter in [DIAGNOSTIC, MONITOR, DisplayFilter { notch, ..MONITOR }] {
            let filtered = filter.apply(&beat, FS).expect("something to filter");
            let peak = (0..3000).max_by(|&a, &b| filtered[a].total_cmp(&filtered[b]));
            assert_eq!(peak, Some(1500));
        }
    }

    #[test]
    fn gaps_stay_gaps_and_nothing_stays_nothing() {
        let mut samples = sine(5.0, FS, 10.0);
        samples[1000..1100].fill(f32::NAN);
        let filtered = MONITOR.apply(&samples, FS).expect("something to filter");
        assert!(filtered.iter().zip(&samples).all(|(a, b)| a.is_nan() == b.is_nan()));
        assert_eq!(DisplayFilter::default().apply(&samples, FS), None);
        assert_eq!(MONITOR.apply(&[f32::NAN; 99], FS), None);
        assert_eq!(MONITOR.apply(&[], FS), None);
        for fs in [0.0, f64::NAN, f64::INFINITY, -300.0] {
            assert_eq!(MONITOR.apply(&samples, fs), None);
        }
        // A rate that carries no mains has none to take away.
        assert_eq!(DisplayFilter { band: Band::Whole, notch: Some(Mains::Sixty) }.apply(&samples, 100.0), None);
    }

    /// Expected values: SciPy 1.17.1, `sosfiltfilt` over `butter(2, …)` at the cut-offs of [`of_one_pass`] and
    /// `iirnotch(hz, 30)`, with `padtype='odd'` and this padding, of the same samples.
    #[test]
    fn values_are_those_of_scipy() {
        let signal = |index: usize| {
            let time = index as f64 / FS;
            let in_beat = time % 0.8;
            let wave = |at: f64, width: f64| (-((in_beat - at) / width).powi(2)).exp();
            let sine = |hz: f64| (2.0 * PI * hz * time).sin();
            (0.03 * time + wave(0.4, 0.012) + 0.2 * wave(0.65, 0.05) + 0.1 * sine(50.0) + 0.2 * sine(0.2)) as f32
        };
        let samples: Vec<f32> = (0..3000).map(signal).collect();
        let places = [0, 3, 120, 121, 130, 1500, 1560, 2345, 2999];
        let (fifty, sixty) = (Some(Mains::Fifty), Some(Mains::Sixty));
        for (band, notch, expected) in [
            (
                Band::Diagnostic,
                None,
                [0.021996, 0.0241474, 1.1034871, 1.1164368, 0.0233091, -0.2612252, 0.7709184, -0.5982808, -0.0233918],
            ),
            (
                Band::Monitor,
                None,
                [0.0001267, -0.0006207, 0.9335877, 0.9110876, -0.0694439, -0.0482248, 0.9141384, 0.0466061, 0.0005286],
            ),
            (
                Band::Whole,
                fifty,
                [-9e-07, 0.0028557, 1.1048952, 1.0330759, 0.1186342, 0.1487299, 1.202185, 0.2847244, 1.1382008],
            ),
            (
                Band::Monitor,
                sixty,
                [0.0001267, -0.0006237, 0.9331589, 0.9104958, -0.0692503, -0.0482863, 0.9137069, 0.0469057, 0.0005645],
            ),
            (
                Band::Diagnostic,
                fifty,
                [0.0220081, 0.0242011, 1.1000466, 1.027998, 0.1115117, -0.2624275, 0.7674363, -0.5120751, -0.0232558],
            ),
        ] {
            let filtered = DisplayFilter { band, notch }.apply(&samples, FS).expect("something to filter");
            for (place, expected) in places.into_iter().zip(expected) {
                let value = f64::from(filtered[place]);
                assert!(
                    (value - expected).abs() < 2e-6,
                    "{band:?}, {notch:?}, sample {place}: {value}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn blocks_leave_no_seam() {
        // 25 minutes at 50 Hz: three blocks.
        let fs = 50.0;
        let samples: Vec<f32> =
            (0..75_000).map(|i| ((i % 40) as f32 - 20.0).abs() / 20.0 + (i as f32 / 9000.0).sin()).collect();
        let filtered = DIAGNOSTIC.apply(&samples, fs).expect("something to filter");
        let whole = zero_phase(&DIAGNOSTIC.sections(fs), &samples, 1500);
        let worst = filtered.iter().zip(&whole).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst < 2e-3, "{worst}");
    }
}
