//! A labelled set: its recordings, and what one asks to see of them.

use crate::evaluate::{Failure, Outcome, Prediction};
use crate::network::Class;
use crate::synthetic::{Recipe, labelled_set};
use crate::view::i18n::Words;

/// Recordings that were dropped together, or made.
pub struct TestSet {
    pub members: Vec<Member>,
    /// Whether the recordings were made by a model.
    pub is_synthetic: bool,
}

/// One recording of a set.
#[derive(Clone)]
pub struct Member {
    pub name: String,
    /// Its class where it has a label; the label where that is no class of ours.
    pub truth: Result<Option<Class>, String>,
    pub source: MemberSource,
}

/// Where a recording comes from each time it is looked at.
#[derive(Clone)]
pub enum MemberSource {
    /// A file of a set of the reader's, and its row in the list.
    File { row: u32, set: u32, path: String },
    /// Made anew.
    Recipe(Box<Recipe>),
    /// Nowhere: of an evaluation from an earlier visit only the answers were kept.
    Missing,
}

impl Member {
    pub fn class(&self) -> Option<Class> {
        self.truth.as_ref().ok().copied().flatten()
    }

    /// Why it could not be classified, as a sentence.
    fn failed(&self, failure: &Failure, words: &dyn Words) -> String {
        let about = words.evaluation();
        match failure {
            Failure::Unreadable(error) => words.read_errors().read_error(error),
            Failure::NoSamplingRate => format!("{}: {}", self.name, about.no_rate()),
            Failure::TooLong => format!("{}: {}", self.name, about.too_long()),
            Failure::UnknownLabel => {
                about.strange_label(&self.name, self.truth.as_ref().err().map_or("", String::as_str))
            }
            Failure::Missing => about.files_are_gone().to_owned(),
            Failure::NotClassified(clause) => words.not_classified(&self.name, clause),
        }
    }

    /// A member by its label in the set's own code.
    pub fn labelled(name: String, label: Option<&str>, source: MemberSource) -> Self {
        let truth = match label {
            None => Ok(None),
            Some(label) => Class::from_code(label).map(Some).ok_or_else(|| label.to_owned()),
        };
        Self { name, truth, source }
    }
}

impl TestSet {
    /// Of recordings that were dropped together; where some have labels, only these count. Nothing where there are not
    /// two.
    pub fn dropped(mut members: Vec<Member>) -> Option<Self> {
        if members.iter().any(|member| member.truth != Ok(None)) {
            members.retain(|member| member.truth != Ok(None));
        }
        (members.len() >= 2).then_some(Self { members, is_synthetic: false })
    }

    pub fn synthetic() -> Self {
        let member = |it: crate::synthetic::Labelled| Member {
            name: it.name,
            truth: Ok(Some(it.class)),
            source: MemberSource::Recipe(Box::new(it.recipe)),
        };
        Self { members: labelled_set().into_iter().map(member).collect(), is_synthetic: true }
    }

    /// Recordings of each class, and those without one of ours.
    pub fn counts(&self) -> ([usize; 4], usize) {
        let mut counts = [0; 4];
        let mut without = 0;
        for member in &self.members {
            match member.class() {
                Some(class) => counts[class.index()] += 1,
                None => without += 1,
            }
        }
        (counts, without)
    }

    pub fn has_labels(&self) -> bool {
        self.members.iter().any(|member| member.class().is_some())
    }

    /// What became of the recordings that have a label and are classified.
    pub fn predictions(&self, outcomes: &[Outcome]) -> Vec<Prediction> {
        let prediction = |(member, outcome): (&Member, &Outcome)| match (member.class(), outcome) {
            (Some(truth), Outcome::Classified(probabilities)) => {
                Some(Prediction { record: member.name.clone(), truth, probabilities: *probabilities })
            }
            _ => None,
        };
        self.members.iter().zip(outcomes).filter_map(prediction).collect()
    }

    /// A sentence for each recording that could not be classified.
    pub fn failures(&self, outcomes: &[Outcome], words: &dyn Words) -> Vec<String> {
        let sentence = |(member, outcome): (&Member, &Outcome)| match outcome {
            Outcome::Failed(failure) => Some(member.failed(failure, words)),
            _ => None,
        };
        self.members.iter().zip(outcomes).filter_map(sentence).collect()
    }

    /// The recordings of a selection, in an order.
    pub fn selected(&self, outcomes: &[Outcome], selection: Selection, order: Order) -> Vec<usize> {
        let mut found: Vec<(usize, [f32; 4])> = Vec::new();
        for (index, (member, outcome)) in self.members.iter().zip(outcomes).enumerate() {
            if let Outcome::Classified(probabilities) = outcome
                && selection.holds(member.class(), Class::of_highest(probabilities))
            {
                found.push((index, *probabilities));
            }
        }
        match order {
            Order::Name => {}
            Order::Probability => found.sort_by(|a, b| highest_two(&b.1).0.total_cmp(&highest_two(&a.1).0)),
            Order::Doubt => found.sort_by(|a, b| margin(&a.1).total_cmp(&margin(&b.1))),
        }
        found.into_iter().map(|(index, _)| index).collect()
    }
}

fn highest_two(probabilities: &[f32; 4]) -> (f32, f32) {
    let mut sorted = *probabilities;
    sorted.sort_by(|a, b| b.total_cmp(a));
    (sorted[0], sorted[1])
}

/// How far the answer is ahead of the next class: the less, the more doubt.
fn margin(probabilities: &[f32; 4]) -> f32 {
    let (first, second) = highest_two(probabilities);
    first - second
}

/// What one asks to see of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Selection {
    /// Labelled the first, called the second.
    Cell(Class, Class),
    /// Labelled so, called anything else.
    Missed(Class),
    /// Called so, labelled anything else.
    Wrongly(Class),
    /// Called so, whatever the label.
    Called(Class),
}

impl Selection {
    fn holds(self, truth: Option<Class>, predicted: Class) -> bool {
        match self {
            Selection::Cell(row, column) => truth == Some(row) && predicted == column,
            Selection::Missed(class) => truth == Some(class) && predicted != class,
            Selection::Wrongly(class) => predicted == class && truth.is_some_and(|truth| truth != class),
            Selection::Called(class) => predicted == class,
        }
    }

    pub fn title(self, words: &dyn Words) -> String {
        let words = words.evaluation();
        match self {
            Selection::Cell(Class::AtrialFibrillation, Class::AtrialFibrillation) => words.af_found().to_owned(),
            Selection::Cell(truth, predicted) => words.cell_title(truth, predicted),
            Selection::Missed(class) => words.missed(class),
            Selection::Wrongly(class) => words.wrongly(class),
            Selection::Called(class) => words.called(class),
        }
    }
}

/// How a gallery is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The surest answer first.
    #[default]
    Probability,
    /// The least sure first.
    Doubt,
    /// As they lie in the set, which is by name.
    Name,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::i18n::{Chinese, English};

    fn member(name: &str, label: &str) -> Member {
        let source = MemberSource::File { row: 0, set: 0, path: name.to_owned() };
        Member::labelled(name.to_owned(), Some(label).filter(|label| !label.is_empty()), source)
    }

    #[test]
    fn galleries_hold_what_their_names_say() {
        let labels = [("a", "A"), ("b", "A"), ("c", "N"), ("d", "x"), ("e", "A"), ("f", "")];
        let set = TestSet::dropped(labels.map(|(name, label)| member(name, label)).into()).expect("a set");
        assert_eq!((set.members.len(), set.counts()), (5, ([1, 3, 0, 0], 1)));
        let outcomes = [
            Outcome::Classified([0.1, 0.8, 0.1, 0.0]),
            Outcome::Classified([0.45, 0.1, 0.4, 0.05]),
            Outcome::Classified([0.2, 0.6, 0.1, 0.1]),
            Outcome::Failed(Failure::UnknownLabel),
            Outcome::Classified([0.0, 0.95, 0.05, 0.0]),
        ];
        let af = Class::AtrialFibrillation;
        let selected = |selection, order| set.selected(&outcomes, selection, order);
        assert_eq!(selected(Selection::Cell(af, af), Order::Probability), [4, 0]);
        assert_eq!(selected(Selection::Cell(af, af), Order::Name), [0, 4]);
        assert_eq!(selected(Selection::Called(af), Order::Doubt), [2, 0, 4]);
        assert_eq!(selected(Selection::Missed(af), Order::Name), [1]);
        assert_eq!(selected(Selection::Wrongly(af), Order::Name), [2]);
        assert_eq!(set.predictions(&outcomes).len(), 4);
        let said = "d is labelled \u{201c}x\u{201d}, which is none of N, A, O and ~.";
        assert_eq!(set.failures(&outcomes, &English), [said]);
        assert_eq!(set.failures(&outcomes, &Chinese).len(), 1);
    }

    #[test]
    fn a_set_without_labels_is_taken_whole() {
        let set = TestSet::dropped(vec![member("a", ""), member("b", "")]).expect("a set");
        assert_eq!((set.has_labels(), set.counts()), (false, ([0; 4], 2)));
        assert!(TestSet::dropped(vec![member("a", "N")]).is_none());
    }
}
