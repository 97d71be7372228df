//! Words that are chosen before it is known in which language they will be read.

use std::fmt;
use std::sync::Arc;

use super::{English, Words};
use crate::record::ReadError;

/// A word without arguments, in whatever language.
pub type Word = fn(&dyn Words) -> &'static str;

type Say = dyn Fn(&dyn Words) -> String + Send + Sync;

/// A sentence with its facts, said anew each time it is drawn. Two are equal that say the same.
#[derive(Clone)]
pub struct Sentence(Arc<Say>);

impl Sentence {
    pub fn new(say: impl Fn(&dyn Words) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(say))
    }

    pub fn word(word: Word) -> Self {
        Self::new(move |words| word(words).to_owned())
    }

    /// A text that is the same in all languages, such as a recording's name.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(move |_| text.clone())
    }

    /// Why a file could not be read.
    pub fn read_error(error: ReadError) -> Self {
        Self::new(move |words| words.read_errors().read_error(&error))
    }

    pub fn say(&self, words: &dyn Words) -> String {
        (self.0)(words)
    }

    /// Tells it from others, whatever the page's language.
    pub fn key(&self) -> String {
        self.say(&English)
    }
}

impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.key() == other.key()
    }
}

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sentence").field(&self.key()).finish()
    }
}
