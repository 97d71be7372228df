//! What a run can be resumed from.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    average::WeightAverage,
    config::{TrainError, TrainingConfig},
    model::Model,
    optimizer::AdamW,
};

/// How far a run is.
#[derive(Serialize, Deserialize)]
pub struct State {
    pub config: TrainingConfig,
    pub next_epoch: usize,
    pub steps: usize,
    #[serde(default)]
    pub chosen: Chosen,
}

/// The epoch that ships if no better one comes: of those whose F1 on validation cannot be told from the highest, the one
/// of the highest likelihood. F1 counts few recordings and jumps from epoch to epoch; by itself it would choose by chance
/// (the one-standard-error rule, Breiman et al. 1984, with half an error).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    highest_f1: f64,
    f1: f64,
    loss: f64,
}

impl Chosen {
    /// Half the standard error of the mean F1 on some 740 recordings.
    const ALIKE: f64 = 0.0075;

    /// Whether an epoch of this mean F1 and loss on validation takes the place of the one chosen so far.
    pub fn takes(&mut self, f1: f64, loss: f64) -> bool {
        let first = self.highest_f1 == 0.0;
        self.highest_f1 = self.highest_f1.max(f1);
        let good = |f1: f64| f1 >= self.highest_f1 - Self::ALIKE;
        let taken = good(f1) && (first || !good(self.f1) || loss < self.loss);
        if taken {
            (self.f1, self.loss) = (f1, loss);
        }
        taken
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_like_f1_the_likeliest_is_chosen() {
        let mut chosen = Chosen::default();
        assert!(chosen.takes(0.80, 0.50));
        assert!(!chosen.takes(0.79, 0.40), "a lower F1 that can be told from the highest");
        assert!(chosen.takes(0.795, 0.45));
        assert!(!chosen.takes(0.802, 0.46));
        assert!(chosen.takes(0.81, 0.60), "the one chosen is now clearly worse");
        assert!(!chosen.takes(f64::NAN, 0.1));
    }
}
