//! Minima and maxima of blocks of samples.

use std::ops::Range;

/// Samples in a block.
const BLOCK: usize = 64;

/// The lowest and highest value of each block of 64 samples; NaN in a block without any. Finding the extent of a long
/// stretch then reads two values a block instead of every sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Envelope {
    extents: Vec<(f32, f32)>,
}

impl Envelope {
    pub fn of(samples: &[f32]) -> Self {
        Self { extents: samples.chunks(BLOCK).map(extent_of).collect() }
    }

    /// Lowest and highest of `samples[range]`, NaN left out; `None` where nothing is left. `samples` are those that
    /// the envelope was made of.
    pub fn extent(&self, samples: &[f32], range: Range<usize>) -> Option<(f32, f32)> {
        let (start, end) = (range.start.min(samples.len()), range.end.min(samples.len()));
        if start >= end {
            return None;
        }
        let (first_block, end_block) = (start.div_ceil(BLOCK), end / BLOCK);
        let (low, high) = if first_block >= end_block {
            extent_of(&samples[start..end])
        } else {
            let inner = self.extents[first_block..end_block].iter().copied().fold((f32::NAN, f32::NAN), joined);
            let before = extent_of(&samples[start..first_block * BLOCK]);
            let after = extent_of(&samples[end_block * BLOCK..end]);
            joined(joined(before, inner), after)
        };
        (!low.is_nan()).then_some((low, high))
    }
}

/// `f32::min` and `f32::max` pass over NaN.
fn extent_of(samples: &[f32]) -> (f32, f32) {
    samples.iter().fold((f32::NAN, f32::NAN), |(low, high), &value| (low.min(value), high.max(value)))
}

fn joined(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0.min(b.0), a.1.max(b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_reading_every_sample_finds() {
        let samples: Vec<f32> = (0..1000).map(|i| ((i * 7919) % 1009) as f32 - 500.0).collect();
        let envelope = Envelope::of(&samples);
        for (start, end) in [(0, 1000), (1, 2), (63, 65), (64, 128), (5, 900), (130, 131), (960, 1000)] {
            assert_eq!(envelope.extent(&samples, start..end), Some(extent_of(&samples[start..end])), "{start}..{end}");
        }
    }

    #[test]
    fn passes_over_missing_samples() {
        let mut samples = vec![f32::NAN; 300];
        let envelope = Envelope::of(&samples);
        assert_eq!(envelope.extent(&samples, 0..300), None);
        samples[150] = 2.0;
        assert_eq!(Envelope::of(&samples).extent(&samples, 0..300), Some((2.0, 2.0)));
        assert_eq!(envelope.extent(&samples, 300..900), None);
    }
}
