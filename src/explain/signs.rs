//! Where the answer and the clinician's signs of atrial fibrillation contradict each other.
//!
//! The signs and their limits are those of [`crate::signal::rhythm`], where their shares in `training2017` stand. Only
//! two signs together are held against the network, and what is neither clearly there nor clearly absent contradicts
//! nothing. That is rare: of the recordings kept back from training, none of the 59 rightly and none of the 15 wrongly called
//! AF is contradicted (`tests/signs.rs`).

use crate::network::Class;
use crate::signal::beat_average::PWave;
use crate::signal::rhythm::{AtrialWave, Regularity, Rhythm};
use crate::signal::rr::Beats;

/// Both signs that speak against an answer. `variation`: the RR intervals' coefficient of variation, a share of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Disagreement {
    /// Called atrial fibrillation, with regular RR intervals and a P wave.
    RegularWithPWave { variation: f64, wave: PWave },
    /// Called Normal, with irregular RR intervals and no P wave where a small one would show.
    IrregularWithoutPWave { variation: f64, wave: PWave },
}

impl Disagreement {
    /// `None` where the signs agree with `label`, or say too little.
    pub fn of(label: Class, rhythm: &Rhythm) -> Option<Self> {
        let variation = rhythm.irregularity(Beats::Normal)?.variation;
        Self::between(label, rhythm.regularity(), rhythm.atrial_wave(), variation)
    }

    fn between(label: Class, regularity: Regularity, wave: AtrialWave, variation: f64) -> Option<Self> {
        match (label, regularity, wave) {
            (Class::AtrialFibrillation, Regularity::Regular, AtrialWave::Present(wave)) => {
                Some(Self::RegularWithPWave { variation, wave })
            }
            (Class::Normal, Regularity::Irregular, AtrialWave::NotSeen(wave)) => {
                Some(Self::IrregularWithoutPWave { variation, wave })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::demos;

    fn rhythm(demo: &str) -> Rhythm {
        let record = demos().iter().find(|it| it.id == demo).expect("a demonstration").record();
        Rhythm::of(&record.leads[0].samples, record.fs, 0..record.len())
    }

    #[test]
    fn two_signs_speak_against_an_answer() {
        let sinus = rhythm("sinus");
        let against = Disagreement::of(Class::AtrialFibrillation, &sinus);
        assert!(
            matches!(against, Some(Disagreement::RegularWithPWave { variation, .. }) if variation < 0.06),
            "{against:?}"
        );
        assert_eq!(Disagreement::of(Class::Normal, &sinus), None);
        assert_eq!(Disagreement::of(Class::Other, &sinus), None);
        assert_eq!(Disagreement::of(Class::AtrialFibrillation, &rhythm("af")), None);
    }

    #[test]
    fn one_sign_alone_does_not() {
        let wave = PWave { time: -0.15, height: 0.0, deviation: 0.01, beats: 30 };
        let between = |regularity, atrial| Disagreement::between(Class::Normal, regularity, atrial, 0.2);
        let irregular = Regularity::Irregular;
        let found = Some(Disagreement::IrregularWithoutPWave { variation: 0.2, wave });
        assert_eq!(between(irregular, AtrialWave::NotSeen(wave)), found);
        assert_eq!(between(irregular, AtrialWave::HiddenByNoise(wave)), None);
        assert_eq!(between(irregular, AtrialWave::Present(wave)), None);
        assert_eq!(between(Regularity::Between, AtrialWave::NotSeen(wave)), None);
    }
}
