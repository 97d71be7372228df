//! Which recordings of the list are one and the same, and which have but the same name.

use crate::reader::message::Finding;

/// What tells a recording's content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Content {
    digest: u64,
    /// In s; `None` where the file does not tell its sampling rate.
    seconds: Option<f64>,
}

impl Content {
    /// Of what a first look found; `None` where that says nothing of the content: of a long recording, whose samples
    /// nobody has read yet, and of one that cannot be read.
    pub fn of(finding: &Finding) -> Option<Self> {
        match finding {
            Finding::Good { seconds, digest, .. } => Some(Self { digest: *digest, seconds: Some(*seconds) }),
            Finding::NeedsRate { digest, .. } => Some(Self { digest: *digest, seconds: None }),
            Finding::Long { .. } | Finding::Broken(_) => None,
        }
    }

    /// Of a recording at `path`, in a file or an archive that is known by its bytes' number and the time it was written
    /// at, in ms.
    pub fn of_file(path: &str, bytes: f64, written: f64) -> Self {
        let file = bytes.to_bits() ^ written.to_bits().rotate_left(32);
        // FNV-1a.
        let digest = path.bytes().fold(file, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self { digest, seconds: None }
    }

    /// Whether both are the same recording. Where one lacks its sampling rate, the samples decide.
    pub fn is_same(&self, other: &Self) -> bool {
        let same_length = self.seconds.zip(other.seconds).is_none_or(|(one, other)| one == other);
        self.digest == other.digest && same_length
    }
}

/// What a recording's namesakes make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the namesake at this place.
    Same(usize),
    /// It is none of them, and has this number among all of the name; the first has 1.
    Number(usize),
}

impl Standing {
    /// Of a recording among `namesakes`: what each holds, as far as that is known, and its number.
    pub fn of(content: Content, namesakes: &[(Option<Content>, usize)]) -> Self {
        let is_same = |(other, _): &(Option<Content>, usize)| other.is_some_and(|other| other.is_same(&content));
        if let Some(place) = namesakes.iter().position(is_same) {
            return Self::Same(place);
        }
        let is_taken = |number: usize| namesakes.iter().any(|(_, its)| *its == number);
        Self::Number((1..).find(|number| !is_taken(*number)).unwrap_or(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Lead, Provenance, Record};

    fn record(name: &str, fs: f64, samples: &[f32]) -> Record {
        let leads = vec![Lead { name: "I".to_owned(), samples: samples.to_vec() }];
        Record {
            name: name.to_owned(),
            fs,
            leads,
            start: None,
            annotations: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    fn content(record: &Record) -> Content {
        Content::of(&Finding::good(record)).expect("a good one")
    }

    #[test]
    fn the_same_samples_are_the_same_recording_whatever_their_file_is_called() {
        let one = content(&record("a", 250.0, &[0.0, 0.5, -0.5]));
        assert!(one.is_same(&content(&record("b", 250.0, &[0.0, 0.5, -0.5]))));
        for other in [&[0.0, 0.5, -0.25][..], &[0.5, 0.0, -0.5], &[0.0, 0.5], &[0.0, 0.5, -0.5, 0.0]] {
            assert!(!one.is_same(&content(&record("a", 250.0, other))), "{other:?}");
        }
        assert!(!one.is_same(&content(&record("a", 500.0, &[0.0, 0.5, -0.5]))), "twice as fast");
        let mut named = record("a", 250.0, &[0.0, 0.5, -0.5]);
        named.leads[0].name = "II".to_owned();
        assert!(!one.is_same(&content(&named)));
        let unsampled = Finding::NeedsRate { samples: 3, suggestion: None, digest: named.digest() };
        assert!(Content::of(&unsampled).expect("a content").is_same(&content(&named)));
    }

    #[test]
    fn one_of_the_same_name_alone_has_a_number_of_its_own() {
        let [one, two, three] = [[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]].map(|it| content(&record("a", 250.0, &it)));
        assert_eq!(Standing::of(one, &[]), Standing::Number(1));
        assert_eq!(Standing::of(two, &[(Some(one), 1)]), Standing::Number(2));
        assert_eq!(Standing::of(two, &[(Some(one), 1), (Some(two), 2)]), Standing::Same(1));
        // The first was taken out of the list.
        assert_eq!(Standing::of(three, &[(Some(two), 2)]), Standing::Number(1));
        // Nobody has looked at the other yet.
        assert_eq!(Standing::of(one, &[(None, 1)]), Standing::Number(2));
    }

    #[test]
    fn a_long_recording_is_known_by_its_file() {
        let file = Content::of_file("a/x.edf", 1e9, 1.7e12);
        assert!(file.is_same(&Content::of_file("a/x.edf", 1e9, 1.7e12)));
        assert!(!file.is_same(&Content::of_file("a/x.edf", 1e9, 1.7e12 + 1.0)));
        assert!(!file.is_same(&Content::of_file("a/x.edf", 1e9 + 1.0, 1.7e12)));
        assert!(!file.is_same(&Content::of_file("b/x.edf", 1e9, 1.7e12)), "another of the same archive");
        assert_eq!(Content::of(&Finding::Long { seconds: 4e3, leads: 1, samples: 9 }), None);
    }
}
