//! Every word on the page, in each language that it speaks.
//!
//! - `main`, `compare`, `doubt`, `holter`, `strip`, `measurements`, `export`, `evaluation`, `records`, `sheet`, `read_errors`, `remarks`, `quality`: what can be said, by topic, each a trait. A word
//!   without arguments is a `&'static str`, a sentence about facts a function of these.
//! - `en`, `zh`: the same words in English and in 简体中文. A language that lacks one does not compile.
//! - [`format`]: numbers and units, which are written alike in all of them.
//!
//! A new word is a line in its topic's trait and one in each language. A new language is a folder such as `en`, a variant of
//! [`Language`] in [`Language::ALL`], and an arm in [`Language::words`].
//!
//! The page's own language is a signal (`view::page::language`).

/// A language's words without arguments: `name: "text",`, each a method of the trait that is implemented.
macro_rules! says {
    ($($word:ident: $text:expr,)*) => {
        $(fn $word(&self) -> &'static str {
            $text
        })*

        #[cfg(test)]
        fn all(&self) -> Vec<(&'static str, &'static str)> {
            vec![$((stringify!($word), $text)),*]
        }
    };
}

mod compare;
mod doubt;
mod en;
mod evaluation;
mod export;
pub mod format;
mod holter;
mod main;
mod measurements;
mod quality;
mod read_errors;
mod records;
mod remarks;
mod sentence;
mod sheet;
mod strip;
#[cfg(test)]
mod tests;
mod zh;

pub use compare::Compare;
pub use doubt::Doubt;
pub use en::English;
pub use evaluation::Evaluation;
pub use export::Export;
pub use holter::Holter;
pub use main::Main;
pub use measurements::Measurements;
pub use quality::Quality;
pub use read_errors::ReadErrors;
pub use records::Records;
pub use remarks::Remarks;
pub use sentence::{Sentence, Word};
pub use sheet::Sheet;
pub use strip::Strip;
pub use zh::Chinese;

/// All words of a language: those of the page itself, and by topic those of its parts.
pub trait Words: Main {
    fn compare(&self) -> &dyn Compare;
    fn doubt(&self) -> &dyn Doubt;
    fn holter(&self) -> &dyn Holter;
    fn strip(&self) -> &dyn Strip;
    fn measurements(&self) -> &dyn Measurements;
    fn quality(&self) -> &dyn Quality;
    fn records(&self) -> &dyn Records;
    fn sheet(&self) -> &dyn Sheet;
    fn export(&self) -> &dyn Export;
    fn evaluation(&self) -> &dyn Evaluation;
    fn read_errors(&self) -> &dyn ReadErrors;
    fn remarks(&self) -> &dyn Remarks;
}

impl<Spoken> Words for Spoken
where
    Spoken: Main
        + Compare
        + Doubt
        + Holter
        + Strip
        + Measurements
        + Quality
        + Records
        + Sheet
        + Export
        + Evaluation
        + ReadErrors
        + Remarks,
{
    fn compare(&self) -> &dyn Compare {
        self
    }

    fn doubt(&self) -> &dyn Doubt {
        self
    }

    fn holter(&self) -> &dyn Holter {
        self
    }

    fn strip(&self) -> &dyn Strip {
        self
    }

    fn measurements(&self) -> &dyn Measurements {
        self
    }

    fn quality(&self) -> &dyn Quality {
        self
    }

    fn records(&self) -> &dyn Records {
        self
    }

    fn sheet(&self) -> &dyn Sheet {
        self
    }

    fn export(&self) -> &dyn Export {
        self
    }

    fn evaluation(&self) -> &dyn Evaluation {
        self
    }

    fn read_errors(&self) -> &dyn ReadErrors {
        self
    }

    fn remarks(&self) -> &dyn Remarks {
        self
    }
}

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Chinese,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    pub fn words(self) -> &'static dyn Words {
        match self {
            Self::English => &English,
            Self::Chinese => &Chinese,
        }
    }

    /// The language of a tag as browsers and addresses write it: `zh`, `zh-CN`, `en-GB`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.words().code()))
    }

    /// The first of the tags whose language the page speaks; English where there is none.
    pub fn first_of<Tag: AsRef<str>>(tags: impl IntoIterator<Item = Tag>) -> Self {
        tags.into_iter().find_map(|tag| Self::of_tag(tag.as_ref())).unwrap_or_default()
    }

    /// The one after it, and after the last the first.
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|language| *language == self).unwrap_or_default();
        Self::ALL[(place + 1) % Self::ALL.len()]
    }
}
