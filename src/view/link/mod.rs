//! A link that opens the same recording in the same view: plain functions between a [`Link`] and the fragment of an
//! address, which browsers never send to a server.
//!
//! - `packing`: one lead's samples as bytes, as few as can be.
//! - `rice`: whole numbers that are mostly small, as bits.
//! - `base64url`: bytes as characters that an address may hold.
//!
//! A fragment reads like a form: `demo=af&from=first&class=A&layer=stage6`. A recording of the sharer's own travels in
//! it as `ecg=…`, without its name, its date, and whatever else its file said.

mod base64url;
mod packing;
mod rice;

pub use packing::{LONGEST_SECONDS, PackError, pack, unpack};

use crate::explain::{Question, Score};
use crate::network::{Class, Layer};
use crate::record::lead_name::standard_name;
use crate::record::{Lead, Provenance, Record};
use crate::view::geometry::Span;

/// The format of a recording that came in a link, where other recordings have their file's.
pub const FORMAT: &str = "link";

/// What a link opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub shared: Shared,
    pub part: Part,
    pub question: Question,
    /// Colours of the normalised importance, and not of the raw one.
    pub normalised: bool,
    /// The time axis counts seconds, and not samples.
    pub seconds: bool,
}

/// The recording.
#[derive(Clone, Debug, PartialEq)]
pub enum Shared {
    /// A demonstration, by its name.
    Demo(String),
    /// One lead, packed.
    Packed {
        bytes: Vec<u8>,
        /// Where it is one of the usual names; any other may be a person's.
        lead: Option<&'static str>,
    },
}

/// Which part of the recording shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// The two standard views.
    First,
    Whole,
    /// To a microsecond.
    Span(Span),
}

/// Why a link cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is no link of this page's, or an incomplete one.
    Damaged,
    /// It was made by a later version of this page.
    TooNew,
}

impl Shared {
    /// The lead of `record` that is looked at.
    ///
    /// # Errors
    /// Where a link cannot hold it.
    pub fn lead(record: &Record, lead: usize) -> Result<Self, PackError> {
        let lead = record.leads.get(lead).ok_or(PackError::Empty)?;
        Ok(Self::Packed { bytes: pack(&lead.samples, record.fs)?, lead: standard_name(&lead.name) })
    }

    /// The recording that was packed; `name` is what it is called here. Nothing for a demonstration.
    ///
    /// # Errors
    /// Where the bytes are not whole.
    pub fn record(&self, name: &str, format: &str) -> Result<Option<Record>, LinkError> {
        let Self::Packed { bytes, lead } = self else { return Ok(None) };
        let (samples, fs) = unpack(bytes)?;
        let provenance = Provenance { format: format.to_owned(), ..Provenance::default() };
        let leads = vec![Lead { name: lead.unwrap_or("ECG").to_owned(), samples }];
        Ok(Some(Record { name: name.to_owned(), fs, leads, start: None, annotations: Vec::new(), provenance }))
    }
}

impl Part {
    /// The part of a recording that lasts `whole` and is first shown as `first`.
    pub fn of(span: Span, first: Span, whole: Span) -> Self {
        if span == first {
            Self::First
        } else if span == whole {
            Self::Whole
        } else {
            Self::Span(span)
        }
    }

    /// The other way round; never outside of `whole`.
    pub fn span(self, first: Span, whole: Span) -> Span {
        match self {
            Self::First => first,
            Self::Whole => whole,
            Self::Span(span) => {
                let length = span.length().min(whole.length());
                let shortest = whole.length().min(0.01);
                Span { start: 0.0, end: length.max(shortest) }.placed_at(span.start, whole)
            }
        }
    }
}

impl Link {
    /// The fragment, without its `#`.
    pub fn to_fragment(&self) -> String {
        let mut text = match &self.shared {
            Shared::Demo(id) => format!("demo={id}"),
            Shared::Packed { bytes, lead } => {
                let lead = lead.map(|lead| format!("&lead={lead}")).unwrap_or_default();
                format!("ecg={}{lead}", base64url::encode(bytes))
            }
        };
        match self.part {
            Part::First => {}
            Part::Whole => text += "&view=whole",
            Part::Span(span) => {
                text += &format!("&from={}&to={}", microseconds(span.start), microseconds(span.end));
            }
        }
        if let Some(class) = self.question.class {
            // Codes, but for the tilde, which not every program takes for a part of an address.
            text += if class == Class::Noisy { "&class=noisy" } else { "&class=" };
            text += if class == Class::Noisy { "" } else { class.code() };
        }
        if self.question.layer != Layer::default() {
            text += "&layer=";
            text += self.question.layer.name();
        }
        if self.question.score == Score::Softmax {
            text += "&score=softmax";
        }
        if !self.normalised {
            text += "&scale=raw";
        }
        if self.seconds {
            text += "&axis=seconds";
        }
        text
    }

    /// Reads a fragment, with or without its `#`. Nothing where it is not meant for this page: an anchor, or empty.
    ///
    /// # Errors
    /// Where it is meant for this page, and not whole.
    pub fn from_fragment(fragment: &str) -> Option<Result<Self, LinkError>> {
        let fragment = fragment.trim_start_matches('#');
        let value = |wanted: &str| {
            fragment.split('&').find_map(|part| part.split_once('=').filter(|(key, _)| *key == wanted).map(|it| it.1))
        };
        let shared = match (value("demo"), value("ecg")) {
            (Some(id), None) => Shared::Demo(id.chars().take(64).collect()),
            (None, Some(text)) => match base64url::decode(text) {
                Some(bytes) => Shared::Packed { bytes, lead: value("lead").and_then(standard_name) },
                None => return Some(Err(LinkError::Damaged)),
            },
            _ => return None,
        };
        let time = |key: &str| value(key)?.parse::<f64>().ok().filter(|time| time.is_finite());
        let part = match (value("view"), time("from"), time("to")) {
            (Some("whole"), ..) => Part::Whole,
            (_, Some(start), Some(end)) if start < end => Part::Span(Span { start, end }),
            _ => Part::First,
        };
        let class =
            value("class").and_then(|code| if code == "noisy" { Some(Class::Noisy) } else { Class::from_code(code) });
        let question = Question {
            class,
            layer: value("layer").and_then(Layer::from_name).unwrap_or_default(),
            score: if value("score") == Some("softmax") { Score::Softmax } else { Score::Logit },
        };
        let (normalised, seconds) = (value("scale") != Some("raw"), value("axis") == Some("seconds"));
        Some(Ok(Self { shared, part, question, normalised, seconds }))
    }
}

/// Seconds to a microsecond, without idle zeros.
fn microseconds(seconds: f64) -> String {
    let all = (seconds.max(0.0) * 1e6).round() as u64;
    let text = format!("{}.{:06}", all / 1_000_000, all % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
