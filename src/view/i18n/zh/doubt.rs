//! What is said where the answer is in doubt.

use super::Chinese;
use crate::explain::{Disagreement, Explanation};
use crate::signal::beat_average::PWave;
use crate::signal::rhythm::SMALL_P_WAVE_MV;
use crate::view::geometry::decimal;
use crate::view::i18n::{Doubt, Main, format};

impl Doubt for Chinese {
    says! {
        not_counted_in_fibrillation: "心房颤动时不计",
    }

    fn heading(&self, explanation: &Explanation) -> String {
        let names: Vec<&str> = explanation.left_open().iter().map(|class| self.class_short(*class)).collect();
        match names.as_slice() {
            [] => self.class_name(explanation.label).to_owned(),
            [others @ .., last] if others.len() < 3 => format!("不确定：{}或{last}", others.join("、")),
            _ => "不确定".to_owned(),
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
                each.collect::<Vec<_>>().join("，")
            }
        }
    }

    fn disagreement(&self, disagreement: &Disagreement) -> String {
        match disagreement {
            Disagreement::RegularWithPWave { variation, wave: PWave { height, beats, .. } } => format!(
                "测量结果与此不符：RR 间期规则（变异系数 {}），且 {beats} 次心搏的平均波形中有 {}\u{2009}mV 的 P 波。",
                format::percent(*variation as f32),
                decimal(*height, 2)
            ),
            Disagreement::IrregularWithoutPWave { variation, wave } => format!(
                "测量结果与此不符：RR 间期不规则（变异系数 {}），且 {} 次心搏的平均波形中未见 P 波（{}\u{2009}mV 的 P 波\
                 本应可见）。",
                format::percent(*variation as f32),
                wave.beats,
                decimal(SMALL_P_WAVE_MV, 2)
            ),
        }
    }
}
