//! A known input whose stored answer every device must reproduce before it is trusted.
//!
//! The answer travels in the weights file, as the `F32` tensors `self_test.logits` (`[4]`) and `self_test.importance`
//! (the AF map at the last layer), computed natively on the CPU from the very weights beside them (see `seal`).

use burn::tensor::Device;
use safetensors::SafeTensors;
use thiserror::Error;

use crate::{
    explain::{Explanation, Question, explain_prepared},
    network::{Class, Network},
    signal::{NETWORK_FS, Prepared, WINDOW_SAMPLES},
};

pub(super) const LOGITS: &str = "self_test.logits";
pub(super) const IMPORTANCE: &str = "self_test.importance";
/// How far a device may be off, as a share of the largest stored value: what summing in another order explains.
const TOLERANCE: f32 = 1e-3;

/// Why a device is not trusted.
#[derive(Debug, Error)]
pub enum SelfTestError {
    #[error("the weights file carries no stored answer to compare with")]
    NothingStored,
    #[error("its answer to a known input is off by {0:.4} of the largest value")]
    Differs(f32),
}

/// The stored answer.
pub struct StoredAnswer {
    logits: Vec<f32>,
    importance: Vec<f32>,
}

impl StoredAnswer {
    /// From a weights file.
    pub fn from_safetensors(bytes: &[u8]) -> Result<Self, SelfTestError> {
        let file = SafeTensors::deserialize(bytes).map_err(|_| SelfTestError::NothingStored)?;
        let read = |name: &str| -> Result<Vec<f32>, SelfTestError> {
            let view = file.tensor(name).map_err(|_| SelfTestError::NothingStored)?;
            Ok(view.data().as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect())
        };
        Ok(Self { logits: read(LOGITS)?, importance: read(IMPORTANCE)? })
    }

    /// Runs the known input through `network` on `device` and compares.
    pub async fn check(&self, network: &Network, device: &Device) -> Result<(), SelfTestError> {
        let answer = run(network, device).await;
        for off in [difference(&answer.logits, &self.logits), difference(&answer.importance.values, &self.importance)] {
            // A device that answers NaN must fail too.
            if off.is_nan() || off > TOLERANCE {
                return Err(SelfTestError::Differs(off));
            }
        }
        Ok(())
    }
}

/// Thirty seconds of something like a heart: narrow peaks at uneven intervals over a slow wave. Exact in `f32`-independent
/// terms on every platform, for it uses only rational functions.
pub fn known_input() -> Prepared {
    let mut samples = vec![0.0f32; WINDOW_SAMPLES];
    let mut beat = 0.4;
    let mut index = 0u32;
    while beat < 30.0 {
        for (position, sample) in samples.iter_mut().enumerate() {
            let distance = (position as f64 / NETWORK_FS - beat) / 0.02;
            *sample += (1.0 / (1.0 + distance * distance)) as f32;
        }
        index += 1;
        beat += 0.6 + f64::from(index * 7 % 11) * 0.05;
    }
    for (position, sample) in samples.iter_mut().enumerate() {
        let phase = (position % 97) as f32 / 97.0 - 0.5;
        *sample += 0.3 * phase * (1.0 - 4.0 * phase * phase);
    }
    Prepared { samples }
}

/// The engine's answer to the known input.
pub async fn run(network: &Network, device: &Device) -> Explanation {
    let question = Question { class: Some(Class::AtrialFibrillation), ..Question::default() };
    explain_prepared(network, device, &known_input(), question).await
}

/// The largest difference as a share of the largest expected magnitude; infinite where the lengths differ.
fn difference(found: &[f32], expected: &[f32]) -> f32 {
    if found.len() != expected.len() {
        return f32::INFINITY;
    }
    let largest = expected.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
    found.iter().zip(expected).map(|(a, b)| (a - b).abs() / largest).fold(0.0, |worst, off| {
        // `f32::max` would let a NaN pass.
        if off > worst || off.is_nan() { off } else { worst }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nan_is_a_difference() {
        assert!(difference(&[f32::NAN, 1.0], &[1.0, 1.0]).is_nan());
        assert!(difference(&[1.0], &[1.0, 1.0]).is_infinite());
    }
}
