//! Band-limited resampling by a Kaiser-windowed sinc (Oppenheim & Schafer, Discrete-Time Signal Processing, 7.5.3).

use std::f64::consts::PI;

/// Stop-band attenuation of 60 dB: below the quantisation of the recorders whose signals come in.
const ATTENUATION_DB: f64 = 60.0;
/// Points of the tabulated kernel for each input sample; linear interpolation between them errs by less than 1e-4.
const TABLE_STEPS: usize = 128;
/// Up to this many distinct phases, filters of their own cost less than the table.
const MAX_PHASES: usize = TABLE_STEPS / 4;

/// Resamples `samples` (finite) from `fs_in` to `fs_out` Hz.
///
/// What lies below `pass_hz` passes; what lies above `stop_hz` is suppressed by 60 dB. Both are lowered where `fs_in`
/// or `fs_out` cannot carry them. Output `i` belongs to the moment `i / fs_out` after the first input sample; there
/// are `round(len · fs_out / fs_in)` of them. Near the ends the kernel is cut and rescaled, so that a constant stays one.
pub fn resample(samples: &[f32], fs_in: f64, fs_out: f64, pass_hz: f64, stop_hz: f64) -> Vec<f32> {
    if samples.is_empty() {
        return Vec::new();
    }
    let nyquist = fs_in.min(fs_out) / 2.0;
    let stop_hz = stop_hz.min(nyquist);
    let pass_hz = pass_hz.min(0.9 * stop_hz);
    let step = fs_in / fs_out;
    let len = (samples.len() as f64 / step).round() as usize;
    let phases = repeating_phases(fs_in, fs_out);
    let mut kernel = Kernel::new(fs_in, pass_hz, stop_hz);
    if phases.is_none() {
        kernel.tabulate();
    }
    let mut filters: Vec<Option<Vec<f32>>> = vec![None; phases.unwrap_or(0)];
    let mut taps = Vec::new();
    let mut output = Vec::with_capacity(len);
    for index in 0..len {
        let position = index as f64 * step;
        let centre = position.floor();
        let phase = position - centre;
        let filter: &[f32] = match phases {
            Some(phases) => filters[index % phases].get_or_insert_with(|| kernel.taps(phase)),
            None => {
                taps = kernel.taps(phase);
                &taps
            }
        };
        output.push(dot_at(samples, centre as isize - kernel.reach as isize, filter));
    }
    drop(taps);
    output
}

/// After how many outputs the position falls on a whole input sample again, for whole-numbered rates.
fn repeating_phases(fs_in: f64, fs_out: f64) -> Option<usize> {
    if fs_in.fract() != 0.0 || fs_out.fract() != 0.0 || fs_in > 1e6 {
        return None;
    }
    let (mut a, mut b) = (fs_in as usize, fs_out as usize);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    let phases = fs_out as usize / a.max(1);
    (phases <= MAX_PHASES).then_some(phases)
}

/// Weighted mean of `samples` from `start` on; weights that fall outside are left out and the rest rescaled.
fn dot_at(samples: &[f32], start: isize, filter: &[f32]) -> f32 {
    let end = start + filter.len() as isize;
    if start >= 0 && end <= samples.len() as isize {
        return dot(&samples[start as usize..end as usize], filter);
    }
    let from = start.max(0);
    let to = end.min(samples.len() as isize);
    if from >= to {
        return samples[if start < 0 { 0 } else { samples.len() - 1 }];
    }
    let weights = &filter[(from - start) as usize..(to - start) as usize];
    let total: f32 = weights.iter().sum();
    dot(&samples[from as usize..to as usize], weights) / total
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight running sums: the order of a single sum would forbid SIMD.
    let mut sums = [0.0f32; 8];
    let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a_chunks.zip(b_chunks) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    rest + sums.iter().sum::<f32>()
}

/// The windowed sinc.
struct Kernel {
    /// Half its length, and how far it reaches to either side in whole numbers; in input samples.
    half: f64,
    reach: usize,
    /// In half-cycles a sample.
    cutoff: f64,
    beta: f64,
    /// Its positive half at `TABLE_STEPS` points a sample, once asked for.
    table: Vec<f64>,
}

impl Kernel {
    fn new(fs: f64, pass_hz: f64, stop_hz: f64) -> Self {
        let width = 2.0 * PI * (stop_hz - pass_hz) / fs;
        let half = (ATTENUATION_DB - 8.0) / (2.285 * width) / 2.0;
        Self {
            half,
            reach: half.ceil() as usize,
            cutoff: (pass_hz + stop_hz) / fs,
            beta: 0.1102 * (ATTENUATION_DB - 8.7),
            table: Vec::new(),
        }
    }

    fn tabulate(&mut self) {
        let points = 0..=(self.reach + 1) * TABLE_STEPS;
        self.table = points.map(|index| self.exactly_at(index as f64 / TABLE_STEPS as f64)).collect();
    }

    fn exactly_at(&self, offset: f64) -> f64 {
        let ratio = offset / self.half;
        if ratio >= 1.0 {
            return 0.0;
        }
        let angle = PI * self.cutoff * offset;
        let sinc = if angle == 0.0 { 1.0 } else { angle.sin() / angle };
        // Taps are scaled to sum to 1, so constant factors are left out.
        sinc * bessel_i0(self.beta * (1.0 - ratio * ratio).sqrt())
    }

    /// Weights, summing to 1, of the input samples from `-reach` to `reach + 1` around a position `phase` after a sample.
    fn taps(&self, phase: f64) -> Vec<f32> {
        let mut taps: Vec<f64> =
            (0..2 * self.reach + 2).map(|index| self.at((index as f64 - self.reach as f64 - phase).abs())).collect();
        let total: f64 = taps.iter().sum();
        taps.iter_mut().for_each(|tap| *tap /= total);
        taps.into_iter().map(|tap| tap as f32).collect()
    }

    fn at(&self, offset: f64) -> f64 {
        if self.table.is_empty() {
            return self.exactly_at(offset);
        }
        let position = offset * TABLE_STEPS as f64;
        let left = position as usize;
        if left + 1 >= self.table.len() {
            return 0.0;
        }
        let share = position - left as f64;
        self.table[left] * (1.0 - share) + self.table[left + 1] * share
    }
}

/// Modified Bessel function of the first kind, order zero (Abramowitz & Stegun 9.6.12, the power series).
fn bessel_i0(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..60 {
        term *= quarter / (k * k) as f64;
        sum += term;
        if term < sum * 1e-16 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hz: f64, fs: f64, seconds: f64) -> Vec<f32> {
        (0..(fs * seconds) as usize).map(|i| (2.0 * PI * hz * i as f64 / fs).sin() as f32).collect()
    }

    fn worst(resampled: &[f32], expected: impl Fn(f64) -> f64) -> f64 {
        // The ends are where the kernel is cut.
        (50..resampled.len() - 50).map(|i| (resampled[i] as f64 - expected(i as f64 / 100.0)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn a_sine_in_the_band_keeps_its_phase_and_height_from_any_rate() {
        for fs in [125.0, 128.0, 250.0, 257.3, 300.0, 360.0, 500.0, 512.0, 1000.0] {
            for hz in [1.0, 17.0, 35.0] {
                let resampled = resample(&sine(hz, fs, 10.0), fs, 100.0, 40.0, 50.0);
                assert_eq!(resampled.len(), ((fs * 10.0).floor() * 100.0 / fs).round() as usize);
                let error = worst(&resampled, |t| (2.0 * PI * hz * t).sin());
                assert!(error < 3e-3, "{fs} Hz, {hz} Hz: {error}");
            }
        }
    }

    #[test]
    fn what_would_alias_is_gone() {
        let resampled = resample(&sine(60.0, 300.0, 10.0), 300.0, 100.0, 40.0, 50.0);
        assert!(worst(&resampled, |_| 0.0) < 2e-3);
    }

    #[test]
    fn a_constant_stays_a_constant_to_the_very_ends() {
        for value in resample(&[2.0; 900], 300.0, 100.0, 40.0, 50.0) {
            assert!((value - 2.0).abs() < 1e-5);
        }
    }
}
