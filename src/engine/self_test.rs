//! A known input whose stored answer every device must reproduce before it is trusted.
//!
//! The answer travels in the weights file, as the `F32` tensors `self_test.logits` (`[4]`) and `self_test.importance`
//! (the AF map at the last layer), computed natively on the CPU from the very weights beside them.

use std::collections::HashMap;

use burn::tensor::Device;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use thiserror::Error;

use crate::{
    explain::{Explanation, Question, explain_prepared},
    network::{Class, Network, WeightsError},
    signal::{NETWORK_FS, Prepared, WINDOW_SAMPLES},
};

const LOGITS: &str = "self_test.logits";
const IMPORTANCE: &str = "self_test.importance";
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

#[cfg(feature = "cpu")]
/// Adds the stored answer to a weights file, computed on the native CPU.
pub fn seal(bytes: &[u8]) -> Result<Vec<u8>, WeightsError> {
    let device = Device::flex();
    let network = Network::from_safetensors(bytes, &device)?;
    let answer = block_on_cpu(run(&network, &device));
    let not_safetensors = |error: safetensors::SafeTensorError| WeightsError::NotSafetensors(error.to_string());
    let file = SafeTensors::deserialize(bytes).map_err(not_safetensors)?;
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(not_safetensors)?;
    let metadata: HashMap<String, String> =
        header.metadata().iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
    let to_bytes = |values: &[f32]| -> Vec<u8> { values.iter().flat_map(|value| value.to_le_bytes()).collect() };
    let logits = to_bytes(&answer.logits);
    let importance = to_bytes(&answer.importance.values);
    let mut tensors: Vec<(String, TensorView)> =
        file.tensors().into_iter().filter(|(name, _)| name != LOGITS && name != IMPORTANCE).collect();
    for (name, bytes) in [(LOGITS, &logits), (IMPORTANCE, &importance)] {
        let view = TensorView::new(Dtype::F32, vec![bytes.len() / 4], bytes).map_err(not_safetensors)?;
        tensors.push((name.to_owned(), view));
    }
    safetensors::serialize(tensors, Some(metadata.into_iter().collect())).map_err(not_safetensors)
}

#[cfg(feature = "cpu")]
/// The CPU device never waits, so a future on it is done at the first poll.
fn block_on_cpu<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => unreachable!("the CPU device answers at once"),
    }
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

#[cfg(all(test, feature = "cpu"))]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_file_passes_and_a_wrong_network_does_not() {
        let device = Device::flex();
        let sealed = seal(&Network::new(&device).to_safetensors(Default::default())).unwrap();
        let stored = StoredAnswer::from_safetensors(&sealed).unwrap();
        let network = Network::from_safetensors(&sealed, &device).unwrap();
        block_on_cpu(stored.check(&network, &device)).unwrap();
        let other =
            Network::from_safetensors(&Network::new(&device).to_safetensors(Default::default()), &device).unwrap();
        assert!(block_on_cpu(stored.check(&other, &device)).is_err());
        assert!(StoredAnswer::from_safetensors(&Network::new(&device).to_safetensors(Default::default())).is_err());
    }

    #[test]
    fn a_nan_is_a_difference() {
        assert!(difference(&[f32::NAN, 1.0], &[1.0, 1.0]).is_nan());
        assert!(difference(&[1.0], &[1.0, 1.0]).is_infinite());
    }
}
