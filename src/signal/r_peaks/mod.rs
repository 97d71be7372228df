//! R peaks: where the heart beats.
//!
//! The detector is P. S. Hamilton's: "Open source ECG analysis", Computers in Cardiology 29:101–104, 2002, a
//! simplification of P. S. Hamilton, W. J. Tompkins, "Quantitative investigation of QRS detection rules using the
//! MIT/BIH arrhythmia database", IEEE Trans Biomed Eng 33(12):1157–1165, 1986.
//!
//! - `envelope`: the trace from 8 to 16 Hz, its slope's magnitude, averaged over 80 ms; its peaks are candidates.
//! - `decision`: which candidates are QRS complexes: thresholds that follow the signal, T waves told by their slope, a
//!   search back where a beat is overdue.
//! - `refine`: from a complex to the sample of its R peak.
//!
//! Past the paper: any sampling rate, missing samples, thresholds learned before the first beat is judged (short
//! recordings have none to waste), lower ones after a long silence, and R peaks of either polarity.

mod decision;
mod envelope;
mod refine;
#[cfg(test)]
mod tests;

/// Sampling rates at which a QRS complex is still one, in Hz.
pub(super) const RATES: std::ops::RangeInclusive<f64> = 80.0..=100_000.0;

/// The R peaks of one lead, in order, as indices into `samples`, at least 0.15 s apart: where the trace is furthest
/// from the level around it, to either side.
///
/// `samples` in mV (NaN or infinite where missing: nothing is found there, nor assumed), `fs` in Hz, 100 to 1000 by
/// intent. Empty where there is no beat, or where `fs` is below 80 Hz or no number. Time is linear in the length;
/// memory beyond the result is bounded by the duration: less than a kilobyte a second.
pub fn r_peaks(samples: &[f32], fs: f64) -> Vec<usize> {
    if !RATES.contains(&fs) {
        return Vec::new();
    }
    let candidates = envelope::candidates(samples, fs);
    let complexes = decision::complexes(&candidates);
    refine::peaks(samples, fs, &complexes)
}
