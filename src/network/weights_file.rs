//! The network's weights as one safetensors file.
//!
//! # The file
//!
//! Tensors are little-endian `F16` (or `F32`), C order. `fs`, `classes` and the preprocessing stand in its metadata.
//! Batch normalisation is folded in, so that a convolution is `y[o, t] = bias[o] + Σ_{i,k} weight[o, i, k] · x[i, stride·t + dilation·(k − width/2)]`
//! with zeros outside.
//!
//! | tensor | shape |
//! | --- | --- |
//! | `stem.weight`, `stem.bias` | `[32, 1, 15]`, `[32]` |
//! | `stage1.first.weight`, `.bias` … `stage6.first` | `[channels_out, channels_in, width]`, `[channels_out]` |
//! | `stage1.second.weight`, `.bias` … `stage6.second` | `[channels_out, channels_out, width]`, `[channels_out]` |
//! | `stage1.shortcut.weight`, `.bias` … `stage3.shortcut` | `[channels_out, channels_in, 1]`, `[channels_out]` |
//! | `head.weight`, `head.bias` | `[4, 80]`, `[4]` |
//!
//! Strides, dilations, widths and channels are those of `shape`.

use std::collections::HashMap;

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use thiserror::Error;

/// Why a weights file cannot be used.
#[derive(Debug, Error)]
pub enum WeightsError {
    #[error("the network's weights are not a safetensors file: {0}")]
    NotSafetensors(String),
    #[error("the network's weights lack the tensor {0}")]
    Missing(String),
    #[error(
        "the network's weight {name} has the shape {found:?} instead of {expected:?}, or a type other than F16 and F32"
    )]
    Shape { name: String, found: Vec<usize>, expected: Vec<usize> },
}

/// A tensor to be written: its name, its shape, its values in C order.
pub type NamedTensor = (String, Vec<usize>, Vec<f32>);

/// A weights file in half precision.
pub fn write(tensors: &[NamedTensor], metadata: HashMap<String, String>) -> Vec<u8> {
    let bytes: Vec<Vec<u8>> = tensors
        .iter()
        .map(|(_, _, values)| values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect())
        .collect();
    let views = tensors.iter().zip(&bytes).map(|((name, shape, _), bytes)| {
        let view = TensorView::new(Dtype::F16, shape.clone(), bytes).expect("bytes fit the shape they were made for");
        (name.as_str(), view)
    });
    // Without its `std` feature (which asks for a file system) the crate has another hash map.
    safetensors::serialize(views, Some(metadata.into_iter().collect())).expect("tensor names are distinct")
}

/// Opens a weights file.
pub fn open(bytes: &[u8]) -> Result<SafeTensors<'_>, WeightsError> {
    SafeTensors::deserialize(bytes).map_err(|error| WeightsError::NotSafetensors(error.to_string()))
}

/// What a weights file says about itself; nothing where it is none.
pub fn metadata(bytes: &[u8]) -> HashMap<String, String> {
    let Ok((_, header)) = SafeTensors::read_metadata(bytes) else { return HashMap::new() };
    header.metadata().iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The values of one tensor, in C order.
pub fn values(file: &SafeTensors, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightsError> {
    let view = file.tensor(name).map_err(|_| WeightsError::Missing(name.to_owned()))?;
    let wrong =
        || WeightsError::Shape { name: name.to_owned(), found: view.shape().to_vec(), expected: shape.to_vec() };
    if view.shape() != shape {
        return Err(wrong());
    }
    let bytes = view.data();
    match view.dtype() {
        Dtype::F16 => Ok(bytes.as_chunks().0.iter().map(|&pair| f16::from_le_bytes(pair).to_f32()).collect()),
        Dtype::F32 => Ok(bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect()),
        _ => Err(wrong()),
    }
}
