//! What the leads of one recording say together: how many say what, and for which class their colours are.

use crate::explain::Explanation;
use crate::network::Class;

/// What the network says of one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Not known yet.
    Awaited,
    /// The answer, and the class that is explained: the same, unless somebody asked for another.
    Known { label: Class, explained: Class },
    /// There is no answer.
    Refused,
}

impl Said {
    pub fn of(explanation: &Explanation) -> Self {
        Self::Known { label: explanation.label, explained: explanation.class }
    }
}

/// For which class the leads are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// All for one.
    Of(Class),
    /// Each lead for its own answer, and these differ.
    OwnAnswer,
}

/// What all leads say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consensus {
    /// Leads that say each class, the most first; those that nobody says left out.
    pub counts: Vec<(Class, usize)>,
    pub refused: usize,
    pub awaited: usize,
    /// All leads.
    pub all: usize,
    /// `None` as long as no lead is coloured.
    pub colours: Option<Colours>,
}

impl Consensus {
    pub fn of(leads: &[Said]) -> Self {
        let count = |wanted: &dyn Fn(&Said) -> bool| leads.iter().filter(|said| wanted(said)).count();
        let of_class =
            |class: Class| (class, count(&|said| matches!(said, Said::Known { label, .. } if *label == class)));
        let mut counts: Vec<(Class, usize)> = Class::ALL.map(of_class).into_iter().filter(|(_, n)| *n > 0).collect();
        // Equal counts stay in the classes' usual order.
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let mut explained = leads.iter().filter_map(|said| match said {
            Said::Known { explained, .. } => Some(*explained),
            _ => None,
        });
        let colours = explained.next().map(|first| match explained.all(|other| other == first) {
            true => Colours::Of(first),
            false => Colours::OwnAnswer,
        });
        Self {
            counts,
            refused: count(&|said| *said == Said::Refused),
            awaited: count(&|said| *said == Said::Awaited),
            all: leads.len(),
            colours,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::i18n::Language;

    const NORMAL: Said = Said::Known { label: Class::Normal, explained: Class::Normal };
    const FIBRILLATION: Said = Said::Known { label: Class::AtrialFibrillation, explained: Class::AtrialFibrillation };

    fn twelve() -> Vec<Said> {
        [vec![FIBRILLATION; 2], vec![NORMAL; 9], vec![Said::Refused]].concat()
    }

    #[test]
    fn counts_the_leads_the_most_first() {
        let consensus = Consensus::of(&twelve());
        assert_eq!(consensus.counts, [(Class::Normal, 9), (Class::AtrialFibrillation, 2)]);
        assert_eq!((consensus.refused, consensus.awaited, consensus.all), (1, 0, 12));
        assert_eq!(consensus.colours, Some(Colours::OwnAnswer));
        let none = Consensus::of(&[Said::Awaited; 3]);
        assert_eq!((none.counts.len(), none.awaited, none.colours), (0, 3, None));
    }

    #[test]
    fn names_the_class_that_somebody_asked_for() {
        let asked = |label| Said::Known { label, explained: Class::Other };
        let consensus = Consensus::of(&[asked(Class::Normal), asked(Class::Noisy), Said::Refused]);
        assert_eq!(consensus.colours, Some(Colours::Of(Class::Other)));
    }

    #[test]
    fn says_it_in_every_language() {
        let said = |leads: &[Said], language: Language| {
            let consensus = Consensus::of(leads);
            let words = language.words();
            (words.sheet().consensus(&consensus), words.sheet().colours(consensus.colours))
        };
        let (consensus, colours) = said(&twelve(), Language::English);
        assert_eq!(consensus, "9 of 12 leads: Normal; 2: Atrial fibrillation; 1: no answer.");
        assert_eq!(colours, "Colours: importance for each lead\u{2019}s own answer");
        let (consensus, colours) = said(&[FIBRILLATION; 2], Language::English);
        assert_eq!(consensus, "2 of 2 leads: Atrial fibrillation.");
        assert_eq!(colours, "Colours: importance for Atrial fibrillation");
        let (consensus, _) = said(&[NORMAL, Said::Awaited, Said::Awaited], Language::English);
        assert_eq!(consensus, "1 of 3 leads: Normal; 2 are being read.");
        let (consensus, colours) = said(&[Said::Awaited; 2], Language::English);
        assert_eq!((consensus.as_str(), colours.as_str()), ("2 leads are being read.", ""));
        let (consensus, colours) = said(&twelve(), Language::Chinese);
        assert_eq!(consensus, "12 个导联中，9 个：正常；2 个：心房颤动；1 个：无结果。");
        assert_eq!(colours, "着色：各导联对其自身结果的重要性");
    }
}
