//! What a run can be resumed from.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    average::WeightAverage,
    model::Model,
    optimizer::AdamW,
    trainer::{TrainError, TrainingConfig},
};

/// How far a run is.
#[derive(Serialize, Deserialize)]
pub struct State {
    pub config: TrainingConfig,
    pub next_epoch: usize,
    pub steps: usize,
    /// The best validation score so far.
    pub best: f64,
}

/// `checkpoint.json` and `checkpoint.f32` (parameters, their average and the optimizer's two moments, one after the
/// other) in a folder.
pub struct Checkpoint<'a> {
    pub folder: &'a Path,
}

impl Checkpoint<'_> {
    fn numbers(&self) -> PathBuf {
        self.folder.join("checkpoint.f32")
    }

    pub fn state(&self) -> Result<Option<State>, TrainError> {
        let path = self.folder.join("checkpoint.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|error| TrainError::Checkpoint { path, reason: error.to_string() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(TrainError::File { path, source }),
        }
    }

    /// The state goes last: an interrupted save leaves the older, complete one named.
    pub fn save(
        &self,
        state: &State,
        model: &Model,
        optimizer: &AdamW,
        average: &WeightAverage,
    ) -> Result<(), TrainError> {
        let parts = [&model.parameters, average.values(), &optimizer.first, &optimizer.second];
        let bytes: Vec<u8> = parts.into_iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
        self.write("checkpoint.f32", &bytes)?;
        self.write("checkpoint.json", &serde_json::to_vec_pretty(state).expect("plain numbers"))
    }

    pub fn load(
        &self,
        state: &State,
        model: &mut Model,
        optimizer: &mut AdamW,
        average: &mut WeightAverage,
    ) -> Result<(), TrainError> {
        let path = self.numbers();
        let bytes = fs::read(&path).map_err(|source| TrainError::File { path: path.clone(), source })?;
        let values: Vec<f32> = bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect();
        let count = model.parameters.len();
        if values.len() != 4 * count {
            let reason = format!("it holds {} numbers instead of {}", values.len(), 4 * count);
            return Err(TrainError::Checkpoint { path, reason });
        }
        let mut parts = values.chunks_exact(count).map(<[f32]>::to_vec);
        let mut next = || parts.next().unwrap_or_default();
        model.parameters = next();
        *average = WeightAverage::resume(next(), state.steps);
        *optimizer = AdamW { first: next(), second: next(), steps: state.steps };
        Ok(())
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), TrainError> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).map_err(|source| TrainError::File { path, source })
    }
}
