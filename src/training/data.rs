//! Labelled recordings and their split.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::{network::Class, signal::Prepared};

/// A recording ready for the network, with its class.
#[derive(Clone, Debug)]
pub struct LabelledRecording {
    pub name: String,
    pub class: Class,
    pub prepared: Prepared,
}

impl LabelledRecording {
    /// The same with other samples.
    pub fn with(&self, prepared: Prepared) -> Self {
        Self { name: self.name.clone(), class: self.class, prepared }
    }
}

/// What a recording is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Weights are fitted to these.
    Train,
    /// The best epoch is chosen by these.
    Validation,
    /// Kept for temperature and conformal thresholds.
    Calibration,
    /// Looked at once, for the figures.
    Test,
}

/// Of every twenty recordings of a class: how many go to validation, calibration and test. The rest is for training.
const IN_TWENTY: [(Part, usize); 3] = [(Part::Validation, 2), (Part::Calibration, 1), (Part::Test, 2)];

/// One split for every run, so that runs can be compared.
pub const SPLIT_SEED: u64 = 2017;

/// Splits by recording, stratified by class, the same for the same seed and names.
///
/// Recordings carry no subject ids in this set, so a subject may be on both sides: figures on the test part flatter.
pub fn split(recordings: &[LabelledRecording], seed: u64) -> Vec<Part> {
    let mut parts = vec![Part::Train; recordings.len()];
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for class in Class::ALL {
        let mut members: Vec<usize> = (0..recordings.len()).filter(|&i| recordings[i].class == class).collect();
        members.sort_by(|&a, &b| recordings[a].name.cmp(&recordings[b].name));
        members.shuffle(&mut rng);
        let mut rest = members.as_slice();
        for (part, share) in IN_TWENTY {
            let (taken, left) = rest.split_at(members.len() * share / 20);
            taken.iter().for_each(|&index| parts[index] = part);
            rest = left;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_split_is_stratified_and_repeatable() {
        let recordings: Vec<LabelledRecording> = (0..400)
            .map(|i| LabelledRecording {
                name: format!("R{i:03}"),
                class: Class::ALL[usize::from(i % 4 == 0)],
                prepared: Prepared { samples: vec![] },
            })
            .collect();
        let parts = split(&recordings, 7);
        assert_eq!(parts, split(&recordings, 7));
        assert_ne!(parts, split(&recordings, 8));
        for (class, total) in [(Class::Normal, 300), (Class::AtrialFibrillation, 100)] {
            let count = |part| (0..400).filter(|&i| recordings[i].class == class && parts[i] == part).count();
            assert_eq!(count(Part::Test), total / 10);
            assert_eq!(count(Part::Calibration), total / 20);
            assert_eq!(count(Part::Validation), total / 10);
        }
    }
}
