//! How far a figure may be off, since it was measured on so many recordings and no more.

use serde::{Deserialize, Serialize};

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Recordings that it was measured on.
    pub recordings: usize,
}

/// A share of `all` (Wilson 1927's score interval, which stays within 0…1 and holds for few recordings).
pub fn share(hits: usize, all: usize) -> Estimate {
    const Z: f64 = 1.959964;
    let (n, p) = (all as f64, hits as f64 / all as f64);
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Estimate { value: p, low: centre - half, high: centre + half, recordings: all }
}

/// Any figure of a set, by drawing from it 1,000 times with replacement (Efron's percentile bootstrap). The draws are the
/// same every time.
pub fn bootstrap<T: Clone>(set: &[T], figure: impl Fn(&[T]) -> f64) -> Estimate {
    const DRAWS: usize = 1000;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut drawn = Vec::with_capacity(set.len());
    let mut values: Vec<f64> = (0..DRAWS)
        .map(|_| {
            drawn.clear();
            drawn.extend((0..set.len()).map(|_| set[(next(&mut state) % set.len() as u64) as usize].clone()));
            figure(&drawn)
        })
        // A draw without a single positive has no F1.
        .filter(|value| value.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values.get((share * values.len() as f64) as usize).copied().unwrap_or(f64::NAN);
    Estimate { value: figure(set), low: at(0.025), high: at(0.975), recordings: set.len() }
}

/// SplitMix64 (Steele et al. 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against statsmodels' `proportion_confint(45, 50, method='wilson')` and `(0, 10)`.
    #[test]
    fn shares_have_wilsons_interval() {
        let most = share(45, 50);
        assert!((most.low - 0.786398).abs() < 1e-5 && (most.high - 0.956521).abs() < 1e-5, "{most:?}");
        let none = share(0, 10);
        assert!(none.low.abs() < 1e-9 && (none.high - 0.277533).abs() < 1e-5, "{none:?}");
    }

    /// The mean of n numbers is off by about 1.96 · deviation / √n.
    #[test]
    fn the_bootstrap_agrees_with_the_normal_interval_of_a_mean() {
        let set: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let estimate = bootstrap(&set, mean);
        let deviation = (set.iter().map(|v| (v - 9.5).powi(2)).sum::<f64>() / 400.0).sqrt();
        let half = 1.96 * deviation / 20.0;
        assert_eq!(estimate.value, 9.5);
        assert!((estimate.low - (9.5 - half)).abs() < 0.15 * half, "{estimate:?}");
        assert!((estimate.high - (9.5 + half)).abs() < 0.15 * half, "{estimate:?}");
    }
}
