//! Stretches without a signal, put into recordings: what a gap looks like that nobody has noticed.

use std::ops::Range;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::signal::{NETWORK_FS, high_pass};

/// How long one is, in s.
const SECONDS: Range<f32> = 0.4..6.0;
/// At most so many in a recording, and at most this share of it.
const MOST: usize = 3;
const MOST_SHARE: f32 = 0.5;

/// `samples` (mV, network's rate and band) of which one to three stretches are lost: bridged by a straight line, as
/// missing samples are, or held at the value before them. The band's lower end is drawn anew afterwards, as it is where
/// a recording is prepared whose gap was not found. As long as before.
pub fn draw(samples: &[f32], high_pass_hz: f64, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut changed = samples.to_vec();
    let mut left = (MOST_SHARE * samples.len() as f32) as usize;
    for _ in 0..rng.random_range(1..=MOST) {
        let len = ((rng.random_range(SECONDS) * NETWORK_FS as f32) as usize).min(left);
        if len < 2 || len + 2 >= samples.len() {
            break;
        }
        left -= len;
        let from = rng.random_range(1..samples.len() - len);
        let (before, after) = (changed[from - 1], changed[from + len]);
        let is_bridged = rng.random_bool(0.5);
        for (index, value) in changed[from..from + len].iter_mut().enumerate() {
            let share = if is_bridged { (index + 1) as f32 / (len + 1) as f32 } else { 0.0 };
            *value = before + share * (after - before);
        }
    }
    high_pass(&changed, NETWORK_FS, high_pass_hz)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::HIGH_PASS_HZ;
    use rand::SeedableRng;

    #[test]
    fn some_of_a_recording_is_lost_and_at_most_half() {
        let samples: Vec<f32> = (0..3000).map(|i| (i as f32 * 0.9).sin()).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut shares = Vec::new();
        for _ in 0..40 {
            let changed = draw(&samples, HIGH_PASS_HZ, &mut rng);
            assert_eq!(changed.len(), samples.len());
            assert!(changed.iter().all(|value| value.is_finite()));
            // Where the tone is gone, neighbours differ by little.
            let still = changed.windows(2).zip(samples.windows(2));
            let lost = still.filter(|(now, was)| (now[1] - now[0]).abs() < 0.02 && (was[1] - was[0]).abs() > 0.1);
            shares.push(lost.count() as f32 / samples.len() as f32);
        }
        assert!(shares.iter().all(|share| *share <= 0.5) && shares.iter().any(|share| *share > 0.1), "{shares:?}");
        // Of next to nothing, nothing is lost and nothing breaks.
        assert_eq!(draw(&[0.0; 3], HIGH_PASS_HZ, &mut rng).len(), 3);
    }
}
