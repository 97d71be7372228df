//! Where an importance curve lies, beat by beat.

/// Each beat's share of an importance curve: the sum over its interval over the sum of all.
///
/// `importance` has one value, not negative, per sample; `peaks` are indices into it, increasing. A beat's interval
/// reaches from half-way after the beat before it to half-way before the next one, those of the first and the last beat
/// to the ends: the shares add up to 1. All are 0 where nothing is important; missing values count as nothing.
pub fn importance_shares(importance: &[f32], peaks: &[usize]) -> Vec<f64> {
    let mut sums = vec![0.0; peaks.len()];
    let mut beat = 0;
    for (index, &value) in importance.iter().enumerate() {
        // Half-way is the next beat's.
        while beat + 1 < peaks.len() && 2 * index >= peaks[beat] + peaks[beat + 1] {
            beat += 1;
        }
        if let Some(sum) = sums.get_mut(beat).filter(|_| value.is_finite() && value > 0.0) {
            *sum += f64::from(value);
        }
    }
    let total: f64 = sums.iter().sum();
    if total > 0.0 {
        sums.iter_mut().for_each(|sum| *sum /= total);
    }
    sums
}

/// The mean of a curve around R peaks: `2 · reach + 1` values, the middle one at the peaks themselves.
///
/// `curve` has one value per sample; peaks less than `reach` samples from an end, or with a value missing (NaN) that
/// near, are left out. `None` where none is left.
pub fn mean_around(curve: &[f32], peaks: &[usize], reach: usize) -> Option<Vec<f64>> {
    let mut sums = vec![0.0; 2 * reach + 1];
    let mut count = 0;
    let parts = peaks.iter().filter_map(|&peak| curve.get(peak.checked_sub(reach)?..=peak.checked_add(reach)?));
    for part in parts.filter(|part| part.iter().all(|value| value.is_finite())) {
        sums.iter_mut().zip(part).for_each(|(sum, &value)| *sum += f64::from(value));
        count += 1;
    }
    (count > 0).then(|| sums.into_iter().map(|sum| sum / f64::from(count)).collect())
}
