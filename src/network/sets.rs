//! Sets of classes that hold the truth as often as they say.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Class;

/// The least probability that a class needs to be in a set, for sets that hold the truth in 90 and in 95 % of
/// recordings like those they were measured on (see `evaluate::conformal_threshold`). Travels in the weights file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetThresholds {
    pub at_90: f32,
    pub at_95: f32,
}

/// The classes that an answer leaves open, the most probable first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionSets {
    pub at_90: Vec<Class>,
    pub at_95: Vec<Class>,
}

const AT_90: &str = "set_threshold_90";
const AT_95: &str = "set_threshold_95";

impl SetThresholds {
    /// From a weights file's metadata.
    pub fn from_metadata(metadata: &HashMap<String, String>) -> Option<Self> {
        let read = |key| metadata.get(key)?.parse().ok();
        Some(Self { at_90: read(AT_90)?, at_95: read(AT_95)? })
    }

    pub fn write_to(&self, metadata: &mut HashMap<String, String>) {
        metadata.insert(AT_90.to_owned(), self.at_90.to_string());
        metadata.insert(AT_95.to_owned(), self.at_95.to_string());
    }

    pub fn sets(&self, probabilities: &[f32; 4]) -> PredictionSets {
        PredictionSets {
            at_90: Class::set_above(probabilities, self.at_90),
            at_95: Class::set_above(probabilities, self.at_95),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_survive_the_metadata_and_sets_are_never_empty() {
        let thresholds = SetThresholds { at_90: 0.31, at_95: 0.12 };
        let mut metadata = HashMap::new();
        assert_eq!(SetThresholds::from_metadata(&metadata), None);
        thresholds.write_to(&mut metadata);
        assert_eq!(SetThresholds::from_metadata(&metadata), Some(thresholds));
        let sets = thresholds.sets(&[0.2, 0.7, 0.05, 0.05]);
        assert_eq!(sets.at_90, [Class::AtrialFibrillation]);
        assert_eq!(sets.at_95, [Class::AtrialFibrillation, Class::Normal]);
        assert_eq!(thresholds.sets(&[0.25; 4]).at_90.len(), 1);
    }
}
