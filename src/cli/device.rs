//! The devices a command can run on, and the network's weights.

use std::path::{Path, PathBuf};

use burn::tensor::Device;
use clap::ValueEnum;

use super::CommandError;
use crate::{engine::self_test::StoredAnswer, network::Network};

/// The weights that the page ships.
pub const SHIPPED_WEIGHTS: &[u8] = include_bytes!("../../public/network.safetensors");

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DeviceChoice {
    /// burn-flex, pure Rust
    Cpu,
    /// The system's graphics interface, through wgpu
    #[cfg(feature = "gpu")]
    Wgpu,
}

impl DeviceChoice {
    pub fn name(self) -> &'static str {
        match self {
            DeviceChoice::Cpu => "cpu",
            #[cfg(feature = "gpu")]
            DeviceChoice::Wgpu => "wgpu",
        }
    }

    fn open(self) -> Result<Device, CommandError> {
        match self {
            DeviceChoice::Cpu => Ok(Device::flex()),
            #[cfg(feature = "gpu")]
            DeviceChoice::Wgpu => Device::wgpu_options()
                .init()
                .map_err(|error| format!("no GPU could be opened ({error}); use --device cpu").into()),
        }
    }

    /// The device and the network on it; the shipped weights, or those of a file. Checked as the page checks it, where
    /// the file carries a stored answer.
    pub fn open_with_network(self, weights: Option<&Path>) -> Result<(Device, Network), CommandError> {
        let device = self.open()?;
        let bytes = weights_of(weights)?;
        let network = Network::from_safetensors(&bytes, &device)?;
        if let Ok(stored) = StoredAnswer::from_safetensors(&bytes) {
            pollster::block_on(stored.check(&network, &device))
                .map_err(|error| format!("the device {} cannot be used: {error}", self.name()))?;
        }
        Ok((device, network))
    }
}

/// The bytes of a weights file, or the shipped ones.
pub fn weights_of(path: Option<&Path>) -> Result<Vec<u8>, CommandError> {
    match path {
        Some(path) => std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into()),
        None => Ok(SHIPPED_WEIGHTS.to_vec()),
    }
}

/// `--weights`, for commands that run the network.
#[derive(clap::Args)]
pub struct WeightsArgument {
    /// A weights file other than the shipped one
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
}
