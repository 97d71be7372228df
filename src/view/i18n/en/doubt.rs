//! What is said where the answer is in doubt.

use super::English;
use crate::explain::{Disagreement, Explanation};
use crate::signal::beat_average::PWave;
use crate::signal::rhythm::SMALL_P_WAVE_MV;
use crate::view::geometry::decimal;
use crate::view::i18n::{Doubt, Main, format};

impl Doubt for English {
    says! {
        not_counted_in_fibrillation: "not counted in atrial fibrillation",
    }

    fn heading(&self, explanation: &Explanation) -> String {
        let names: Vec<&str> = explanation.left_open().iter().map(|class| self.class_short(*class)).collect();
        match names.as_slice() {
            [] => self.class_name(explanation.label).to_owned(),
            [others @ .., last] if others.len() < 3 => format!("Uncertain: {} or {last}", others.join(", ")),
            _ => "Uncertain".to_owned(),
        }
    }

    fn how_sure(&self, explanation: &Explanation) -> String {
        let probability = |class: crate::network::Class| explanation.probabilities[class.index()];
        match explanation.left_open() {
            [] => self.sure(probability(explanation.label)),
            open => {
                let each = open
                    .iter()
                    .map(|class| format!("{} {}", self.class_short(*class), format::percent(probability(*class))));
                each.collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn disagreement(&self, disagreement: &Disagreement) -> String {
        match disagreement {
            Disagreement::RegularWithPWave { variation, wave: PWave { height, beats, .. } } => format!(
                "The measured signs disagree: RR intervals are regular (irregularity {}), and a P wave of \
                 {}\u{2009}mV stands in the mean of {beats} beats.",
                format::percent(*variation as f32),
                decimal(*height, 2)
            ),
            Disagreement::IrregularWithoutPWave { variation, wave } => format!(
                "The measured signs disagree: RR intervals are irregular (irregularity {}), and no P wave is seen in \
                 the mean of {} beats, where one of {}\u{2009}mV would show.",
                format::percent(*variation as f32),
                wave.beats,
                decimal(SMALL_P_WAVE_MV, 2)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{ImportanceMap, Score, TimeGrid};
    use crate::network::{Class, Layer, PredictionSets};
    use crate::view::i18n::Chinese;

    fn answer(at_90: &[Class]) -> Explanation {
        Explanation {
            probabilities: [0.348, 0.365, 0.187, 0.1],
            logits: [0.0; 4],
            label: Class::AtrialFibrillation,
            sets: Some(PredictionSets { at_90: at_90.to_vec(), at_95: at_90.to_vec() }),
            class: Class::AtrialFibrillation,
            layer: Layer::Stage6,
            score: Score::Logit,
            importance: ImportanceMap {
                grid: TimeGrid { start: 0.0, fs: 6.25 },
                values: vec![0.0],
                unusable: Vec::new(),
            },
        }
    }

    #[test]
    fn the_heading_says_what_is_left_open() {
        use Class::{AtrialFibrillation as Af, Noisy, Normal, Other};
        let heading = |classes: &[Class]| English.heading(&answer(classes));
        assert_eq!(heading(&[Af]), "Atrial fibrillation");
        assert_eq!(heading(&[Af, Normal]), "Uncertain: AF or Normal");
        assert_eq!(heading(&[Af, Normal, Other]), "Uncertain: AF, Normal or Other");
        assert_eq!(heading(&[Af, Normal, Other, Noisy]), "Uncertain");
        assert_eq!(English.heading(&Explanation { sets: None, ..answer(&[]) }), "Atrial fibrillation");
        assert_eq!(Chinese.heading(&answer(&[Af, Normal])), "不确定：房颤或正常");
        assert_eq!(Chinese.heading(&answer(&[Af, Normal, Other])), "不确定：房颤、正常或其他");
    }

    #[test]
    fn how_sure_is_said_of_each() {
        use Class::{AtrialFibrillation as Af, Normal};
        let said = English.how_sure(&answer(&[Af, Normal])).replace('\u{2009}', " ");
        assert_eq!(said, "AF 36.5 %, Normal 34.8 %");
        assert!(English.how_sure(&answer(&[Af])).ends_with("sure"));
    }
}
