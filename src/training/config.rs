//! What decides a run, and why one could not go on.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{adversary::Adversary, model::Architecture};

/// Everything that decides a run; written beside its weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainingConfig {
    pub architecture: Architecture,
    pub seed: u64,
    pub epochs: usize,
    pub batch_size: usize,
    /// The highest learning rate of the one-cycle schedule (Smith & Topin 2019).
    pub learning_rate: f32,
    pub weight_decay: f32,
    /// Weight of each class in the loss, in the order of [`Class::ALL`](crate::network::Class::ALL): the rarer the dearer.
    pub class_weights: [f32; 4],
    pub label_smoothing: f32,
    /// Decay of the weights' moving average, a step.
    pub average_decay: f32,
    /// Trains on windows that an adversary has changed.
    pub adversary: Option<Adversary>,
    /// The share of windows that stay clean beside it.
    pub clean_share: f32,
    /// Signals that are no ECG, as a share of the recordings, labelled as noise.
    pub not_an_ecg: f32,
    /// The share of windows into which premature beats are put, or from which some are dropped.
    pub ectopy: f32,
    /// How likely Normal recordings so changed are still to be called Normal, beside Other.
    pub ectopy_normal: f32,
    /// The share of windows, of those not AF, whose rate is made to rise and fall as with breathing.
    pub sinus_arrhythmia: f32,
    /// What Normal has of the answer wanted for Other: other rhythms are mostly sinus rhythm with something besides.
    pub other_normal: f32,
    /// How much it counts, for windows of each class (beside `class_weights`), that AF is more likely than Normal where it
    /// is AF and less likely where it is not. A reader who asks only whether this is AF compares these two, of Other
    /// rhythms too, where the cross-entropy hardly cares which of them comes next.
    pub af_or_not: [f32; 4],
    /// The share of windows that are made to look like another lead.
    pub other_lead: f32,
    /// The share of windows with stretches that are missing or flat, as where the signal's quality was misjudged: a gap
    /// that is read is no rhythm, and least of all AF. 0 in the network that ships: its recordings are read around gaps.
    pub lost_stretches: f32,
    /// The share of AF windows in which AF starts or stops part-way.
    pub onsets: f32,
    /// In these, how much it counts that every moment's own logits know its rhythm, beside what the whole window's say.
    pub local: f32,
    /// Of a teacher: `[k, n]` keeps every n-th recording from it, from the k-th on. Of these it then is the one to teach:
    /// what a network says of recordings that it learned by heart are their labels again, wrong ones too.
    pub left_out: Option<[usize; 2]>,
    /// Networks that are trained first, and whose answers this one learns beside the labels (Hinton et al. 2015,
    /// arXiv:1503.02531): together they know more than any one of them, and more than a label tells.
    pub teachers: Vec<TrainingConfig>,
    /// The teachers' share of what is wanted; the labels have the rest.
    pub teaching: f32,
}

impl Default for TrainingConfig {
    fn default() -> Self {
        Self {
            architecture: Architecture::default(),
            seed: 1,
            epochs: 30,
            batch_size: 64,
            learning_rate: 4e-3,
            weight_decay: 1e-2,
            class_weights: [1.0, 2.0, 1.2, 2.5],
            label_smoothing: 0.05,
            average_decay: 0.995,
            adversary: None,
            clean_share: 0.5,
            not_an_ecg: 0.06,
            ectopy: 0.0,
            ectopy_normal: 0.2,
            sinus_arrhythmia: 0.0,
            other_normal: 0.0,
            af_or_not: [0.0; 4],
            other_lead: 0.0,
            lost_stretches: 0.0,
            onsets: 0.15,
            local: 0.0,
            left_out: None,
            teachers: vec![],
            teaching: 0.6,
        }
    }
}

impl TrainingConfig {
    /// The settings of the network that ships.
    pub fn shipped() -> Self {
        serde_json::from_str(include_str!("shipped.json")).expect("checked by a test")
    }

    /// In a sentence or two, for the model card.
    pub fn in_words(&self) -> String {
        let mut words = format!(
            "{} epochs of AdamW, batches of {}, learning rate up to {} (one cycle), weight decay {}, label smoothing {}, \
             class weights {:?} (N, A, O, noisy), weights averaged (decay {}). Windows of up to 30 s from a random place, \
             stretched in time, inverted, filtered, with baseline wander and muscle noise. {} % signals that are no ECG, \
             labelled noisy; {} % of AF windows joined with a Normal stretch.",
            self.epochs,
            self.batch_size,
            self.learning_rate,
            self.weight_decay,
            self.label_smoothing,
            self.class_weights,
            self.average_decay,
            (self.not_an_ecg * 100.0).round(),
            (self.onsets * 100.0).round(),
        );
        if self.ectopy > 0.0 {
            words += &format!(
                " {} % of windows with premature beats put in or beats dropped.",
                (self.ectopy * 100.0).round()
            );
        }
        if self.sinus_arrhythmia > 0.0 {
            words += &format!(" {} % with sinus arrhythmia put in.", (self.sinus_arrhythmia * 100.0).round());
        }
        if self.other_normal > 0.0 {
            words +=
                &format!(" Where Other is the answer, {} % of it are Normal's.", (self.other_normal * 100.0).round());
        }
        if self.other_lead > 0.0 {
            words += &format!(" {} % made to look like another lead.", (self.other_lead * 100.0).round());
        }
        if self.lost_stretches > 0.0 {
            words += &format!(" {} % with stretches missing or flat.", (self.lost_stretches * 100.0).round());
        }
        if self.af_or_not != [0.0; 4] {
            words += " AF is taught to be less likely than Normal wherever it is not AF.";
        }
        if self.local > 0.0 {
            words += " In joined windows every moment learns its own rhythm too.";
        }
        if let Some(adversary) = &self.adversary {
            words += &format!(
                " Adversarial: {} % of windows changed by {} step(s) of projected gradient descent from a random start, \
                 up to {} \u{b5}V.",
                ((1.0 - self.clean_share) * 100.0).round(),
                adversary.steps,
                (adversary.millivolts * 1000.0).round(),
            );
        }
        if !self.teachers.is_empty() {
            let cross_fitted = self.teachers.iter().filter(|teacher| teacher.left_out.is_some()).count();
            let (count, which) = match cross_fitted {
                0 => (self.teachers.len(), ""),
                _ => (cross_fitted, ", each asked about recordings that were kept from it"),
            };
            words += &format!(
                " {} % of what it learns are the answers of {count} networks trained before it{which}.",
                (self.teaching * 100.0).round(),
            );
        }
        words
    }

    /// Learning rate at `progress` (0…1) through the run: a linear rise over the first eighth, then half a cosine down.
    pub fn learning_rate_at(&self, progress: f32) -> f32 {
        const RISE: f32 = 0.125;
        if progress < RISE {
            return self.learning_rate * (0.04 + 0.96 * progress / RISE);
        }
        let fall = (progress - RISE) / (1.0 - RISE);
        self.learning_rate * (0.5 * (1.0 + (std::f32::consts::PI * fall).cos())).max(1e-3)
    }
}

/// Why a run could not go on.
#[derive(Debug, Error)]
pub enum TrainError {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{path} cannot be read back; remove it to begin anew: {reason}")]
    Checkpoint { path: PathBuf, reason: String },
    #[error("the checkpoint in {0} is of a run with other settings; give another --out, or the same settings")]
    OtherSettings(PathBuf),
    #[error("the loss is no longer a number (epoch {0}); a lower learning rate may help")]
    Diverged(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_settings_can_be_read_and_survive_being_written() {
        let shipped = TrainingConfig::shipped();
        let written = serde_json::to_string(&shipped).unwrap();
        assert_eq!(serde_json::from_str::<TrainingConfig>(&written).unwrap(), shipped);
        assert_eq!(shipped.architecture, Architecture::default());
    }
}
