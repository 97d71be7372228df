//! Stores the self-test's answer in a weights file.

use burn::tensor::Device;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use super::self_test::{IMPORTANCE, LOGITS, run};
use crate::network::{Network, WeightsError, weights_file};

/// Adds the stored answer to a weights file, computed on the native CPU.
pub fn seal(bytes: &[u8]) -> Result<Vec<u8>, WeightsError> {
    let device = Device::flex();
    let network = Network::from_safetensors(bytes, &device)?;
    let answer = pollster::block_on(run(&network, &device));
    let not_safetensors = |error: safetensors::SafeTensorError| WeightsError::NotSafetensors(error.to_string());
    let file = SafeTensors::deserialize(bytes).map_err(not_safetensors)?;
    let metadata = weights_file::metadata(bytes);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::self_test::StoredAnswer;

    #[test]
    fn a_sealed_file_passes_and_a_wrong_network_does_not() {
        let device = Device::flex();
        let sealed = seal(&Network::new(&device).to_safetensors(Default::default())).unwrap();
        let stored = StoredAnswer::from_safetensors(&sealed).unwrap();
        let network = Network::from_safetensors(&sealed, &device).unwrap();
        pollster::block_on(stored.check(&network, &device)).unwrap();
        let other =
            Network::from_safetensors(&Network::new(&device).to_safetensors(Default::default()), &device).unwrap();
        assert!(pollster::block_on(stored.check(&other, &device)).is_err());
        assert!(StoredAnswer::from_safetensors(&Network::new(&device).to_safetensors(Default::default())).is_err());
    }
}
