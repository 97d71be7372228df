//! How the network's weights are made, by hand and without burn, whose CPU device takes ten times as long.
//!
//! - `data`: labelled recordings, prepared; the split into parts.
//! - `augment`: what physics allows to happen to a recording without changing its rhythm.
//! - `irregular`: rhythms that are irregular though nothing fibrillates, made of recordings.
//! - `lost`: stretches without a signal, put into recordings.
//! - `ood_negatives`: signals that are no ECG, for training.
//! - `batches`: windows of one length, put together afresh each epoch.
//! - `map`, `convolution`, `norm`, `model`: the network with its gradients.
//! - `weights`: from the model to the weights file and back.
//! - `objective`: the loss over a batch.
//! - `adversary`: windows changed so as to mislead the network; `robustness`: how much survives it.
//! - `onsets`: recordings in which AF starts or stops part-way, and whether its map lies on it.
//! - `optimizer`: AdamW.
//! - `average`: the moving average of the weights that is what ships.
//! - `config`: what decides a run; `trainer`: the loop, its schedule; `checkpoint`: resuming it.
//! - `common_term`: what all logits have in common, on which maps depend and probabilities do not.
//! - `calibrate`: the last step: probabilities that mean what they say, and sets of classes.
//! - `model_card`: every figure of the result; `out_of_distribution`: what it says of other signals that are no ECG.
//!
//! What each ingredient brought, on the 739 recordings of the validation part (one run each; the standard error of an F1
//! here is about 0.015, so only the third and fourth columns tell much). F1 is the mean of Normal, AF and Other before
//! calibration; the third column is N against A under 20 steps of PGD at 10 µV, as a share of the untouched accuracy; the
//! fourth the AF maps of joined recordings whose highest point lies in the AF, and their median ratio inside to outside.
//!
//! | run | F1 | kept at 10 µV | onsets |
//! | --- | --- | --- | --- |
//! | **a network that sees 5.4 s**, plain, 30 epochs | 0.829 | 68 % | 0.89, 10.5 |
//! | with signals that are no ECG and joined AF windows (another seed) | 0.826 | not measured | 0.90, 8.9 |
//! | … and an adversary of 10 µV on 70 % of windows | 0.806 | 99.6 % | 0.89, 10.2 |
//! | an adversary of 6 µV on half of them, two teachers, 40 epochs | 0.821 | 97.8 % | 0.91, 12.4 |
//! | 5 µV, three teachers, Other weighted 1.7, every moment of joined windows taught its own rhythm | 0.826 | 96.8 % | 0.91, 14.0 |
//! | **one that sees 20 s by striding** to 1.6 values a second, 0.8 M parameters, plain | 0.840 | not measured | 0.88, 8.1 |
//! | **one that sees 15 s by dilation**, five stages, plain | 0.842 | not measured | 0.94, 14.1 |
//! | **one that sees 16 s by dilation**, six stages, early ones narrower than what ships, plain | 0.838 | 70 % | 0.94, 10.8 |
//! | its early stages wider, without an adversary: no ECGs, joined AF, premature beats, other leads | 0.831 | 82 % | 0.94, 14.6 |
//! | the same with 112 channels (138 M multiply-accumulates) | 0.844 | not measured | 0.94, 11.0 |
//! | the same: 5 µV on half of the windows, three teachers, every moment of joined windows taught | 0.842 | 96.4 % | 0.91, 13.5 |
//! | **with all rhythms of `irregular`, Other leaning to Normal**, without an adversary | 0.840 | not measured | 0.96, 8.8 |
//! | … the adversary, three such teachers, AF less likely than Normal wherever it is not AF | 0.842 | not measured | 0.93, 8.4 |
//! | … AF's logit above nought in AF and below outside it, by a term of the loss (weight 1), more signals that are no ECG | 0.836 | not measured | 0.96, 21.6 |
//! | … weight 0.3 | 0.851 | 97.4 % | 0.94, 12.7 |
//! | … weight 0.5, and Normal's the other way round | 0.828 | not measured | 0.91, 10.9 |
//! | the one without such a term (four rows up), what its logits have in common chosen afterwards (`common_term`) | 0.842 | not measured | 0.98, 21.6 |
//! | **what ships**: so, each teacher asked about recordings that were kept from it, moments taught up to the cross-fade | 0.848 | 96.0 % | 0.99, 45.1 |
//!
//! So it is what a moment sees that was missing: likelihood and F1 rose together (validation loss 0.42 to 0.40) where the
//! map became no coarser, and no ingredient of the training did as much. The adversary costs F1, and learning from other
//! networks wins it back. Wider networks that see 5.4 s, and averages of such networks' answers brought nothing that could be
//! told from chance.
//!
//! The term of the loss paid for AF's maps with Normal's: of the same recordings' maps for Normal, 0.94 had their highest
//! point in what is Normal without it, 0.75 with a weight of 0.3 and 0.38 with 1. Choosing what all logits have in common
//! once the network is trained costs no answer anything, and leaves 0.91 of them there. Of 15 AF maps of two networks whose
//! highest point lay outside the AF, 14 had it within half a second of the change, where moments were then not taught.
//!
//! What is irregular and no AF: the share in which AF was still more likely than Normal, in the Normal recordings of the
//! validation part changed by `irregular` (443), in recordings of ECGSYN with sinus arrhythmia (RR intervals that deviate
//! by 15 % of their mean, 55 and 75 a minute: 80), and in 30-s windows of real Holter recordings in sinus rhythm with
//! ventricular premature beats (MIT-BIH 208, five minutes; AHA 0201; the example of the package pecg: 140; none in the
//! tree, none trained on; of these windows hardly any was called AF, before or now: nearly all are Other).
//!
//! | run | ventricular | supraventricular | dropped | arrhythmia | ECGSYN | Holter |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | single premature beats in training | 7 % | 20 % | 70 % | 14 % | 30 % | 71 % |
//! | all of `irregular`, Other leaning to Normal | 10 % | 13 % | 8 % | 2 % | 1 % | 43 % |
//! | … AF less likely than Normal, too | 2 % | 7 % | 3 % | 1 % | 4 % | 12 % |
//! | what ships | 2 % | 4 % | 2 % | 1 % | 3 % | 9 % |

mod adversary;
mod augment;
mod average;
mod batches;
mod calibrate;
mod checkpoint;
mod common_term;
mod config;
mod convolution;
mod data;
mod irregular;
mod lost;
mod map;
mod model;
mod model_card;
mod norm;
mod objective;
mod onsets;
mod ood_negatives;
mod optimizer;
mod out_of_distribution;
mod robustness;
mod trainer;
mod weights;

pub use adversary::Adversary;
pub use calibrate::{Calibration, calibrate};
pub use config::{TrainError, TrainingConfig};
pub use data::{LabelledRecording, Part, SPLIT_SEED, split};
pub use model::{Architecture, Model};
pub use model_card::{ModelCardError, model_card};
pub use trainer::{BEST, Progress, logits, predict, train};
