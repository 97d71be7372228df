//! What is usual in a lead: its level, and how far it reaches around it.

/// The median; `None` of nothing.
pub fn median(mut values: Vec<f32>) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// Blocks of a lead.
pub struct Blocks {
    /// Samples in one; the last may have fewer.
    pub len: usize,
    /// The median of each, NaN where no sample is finite.
    pub levels: Vec<f32>,
    /// From the lowest to the highest of each, NaN where no sample is finite.
    pub ranges: Vec<f32>,
}

impl Blocks {
    pub fn of(samples: &[f32], fs: f64, seconds: f64) -> Self {
        let len = ((seconds * fs).round() as usize).max(1);
        let finite = |block: &[f32]| block.iter().copied().filter(|sample| sample.is_finite()).collect::<Vec<f32>>();
        let blocks: Vec<Vec<f32>> = samples.chunks(len).map(finite).collect();
        let range = |block: &Vec<f32>| {
            let high = block.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let low = block.iter().copied().fold(f32::INFINITY, f32::min);
            if block.is_empty() { f32::NAN } else { high - low }
        };
        Self {
            len,
            ranges: blocks.iter().map(range).collect(),
            levels: blocks.into_iter().map(|block| median(block).unwrap_or(f32::NAN)).collect(),
        }
    }

    /// The median range of the blocks in which something moves.
    pub fn usual_range(&self) -> Option<f32> {
        median(self.ranges.iter().copied().filter(|range| *range > 0.0).collect())
    }
}

/// From the lowest to the highest in 2 s, which hold a beat: the median over the lead.
pub fn usual_range(samples: &[f32], fs: f64) -> Option<f32> {
    Blocks::of(samples, fs, 2.0).usual_range()
}
