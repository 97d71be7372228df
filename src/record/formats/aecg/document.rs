//! Walks through an annotated ECG and gathers its series.

use super::time::{Moment, quantity, seconds};
use crate::record::fault::XmlFault;
use crate::record::formats::xml::{Attributes, Path, Visitor};

/// A `series` or `derivedSeries`.
#[derive(Default)]
pub struct Series {
    pub is_derived: bool,
    /// `RHYTHM`, `REPRESENTATIVE_BEAT` …
    pub code: String,
    /// When it began and ended (`effectiveTime`), as time stamps.
    pub low: Option<String>,
    pub high: Option<String>,
    pub sets: Vec<SequenceSet>,
    pub marks: Vec<Mark>,
}

impl Series {
    /// Samples of the longest lead, over all sets.
    pub fn n_samples(&self) -> usize {
        self.sets.iter().map(SequenceSet::n_samples).sum()
    }
}

/// Sequences that were sampled together (`sequenceSet`).
#[derive(Default)]
pub struct SequenceSet {
    /// The first sample's time.
    pub head: Option<Moment>,
    /// Seconds from sample to sample.
    pub increment: Option<f64>,
    pub sequences: Vec<Sequence>,
}

impl SequenceSet {
    pub fn n_samples(&self) -> usize {
        self.sequences.iter().map(|sequence| sequence.digits.len()).max().unwrap_or(0)
    }
}

/// A list of sampled quantities (`SLIST_PQ`): a sample is origin + scale × digits.
#[derive(Default)]
pub struct Sequence {
    /// `MDC_ECG_LEAD_II`; `TIME_ABSOLUTE` and `TIME_RELATIVE` are no leads.
    pub code: String,
    pub origin: Quantity,
    pub scale: Quantity,
    /// NaN for what is no number.
    pub digits: Vec<f32>,
}

/// A value and its unit (type PQ).
#[derive(Default)]
pub struct Quantity {
    pub value: Option<f64>,
    pub unit: Option<String>,
}

impl Quantity {
    fn of(attributes: &Attributes) -> Self {
        Self { value: attributes.number("value"), unit: attributes.get("unit").filter(|unit| !unit.is_empty()) }
    }

    fn seconds(&self) -> Option<f64> {
        quantity(self.value?, self.unit.as_deref())
    }
}

/// A beat or a change of rhythm.
pub struct Mark {
    /// Where the file does not say, a rhythm is that of the whole series.
    pub moment: Option<Moment>,
    /// The code's own part (`SINUS_RHY`), after `(` for a rhythm, as WFDB writes it.
    pub text: String,
}

/// An `annotation` while it is read.
#[derive(Default)]
struct Annotation {
    code: String,
    value: String,
    low: Option<Moment>,
    high: Option<Moment>,
    /// The middle of the QRS complex among its parts.
    qrs: Option<Moment>,
}

/// All that is read of the document.
#[derive(Default)]
pub struct Document {
    /// Those that hold samples.
    pub series: Vec<Series>,
    /// Series that are open; derived ones lie within the one that they are derived from.
    open: Vec<Series>,
    set: SequenceSet,
    sequence: Sequence,
    annotations: Vec<Annotation>,
}

impl Visitor for Document {
    fn open(&mut self, path: &Path, attributes: &Attributes) -> Result<(), XmlFault> {
        match path.name() {
            "series" => self.open.push(Series::default()),
            "derivedSeries" => self.open.push(Series { is_derived: true, ..Series::default() }),
            "sequenceSet" => self.set = SequenceSet::default(),
            "sequence" => self.sequence = Sequence::default(),
            "annotation" => self.annotations.push(Annotation::default()),
            "code" => self.code(path, attributes.get("code").unwrap_or_default()),
            "value" if path.ends_with(&["annotation", "value"]) => {
                if let Some(annotation) = self.annotations.last_mut() {
                    annotation.value = attributes.get("code").unwrap_or_default();
                }
            }
            "low" | "high" if path.ends_with(&["boundary", "value", path.name()]) => self.boundary(path, attributes),
            "low" | "high" => self.effective_time(path, attributes.get("value")),
            "head" if path.ends_with(&["sequence", "value", "head"]) => self.set.head = moment(attributes),
            "increment" if path.ends_with(&["sequence", "value", "increment"]) => {
                self.set.increment = Quantity::of(attributes).seconds().filter(|&seconds| seconds > 0.0);
            }
            "origin" => self.sequence.origin = Quantity::of(attributes),
            "scale" => self.sequence.scale = Quantity::of(attributes),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, path: &Path, text: &str) -> Result<(), XmlFault> {
        match path.name() {
            "digits" if path.ends_with(&["sequence", "value", "digits"]) => {
                // By white space, says the guide; some writers put commas too.
                let words = text.split(|c: char| c.is_ascii_whitespace() || c == ',').filter(|word| !word.is_empty());
                self.sequence.digits = words.map(|digits| digits.parse().unwrap_or(f32::NAN)).collect();
            }
            "sequence" if !self.sequence.digits.is_empty() => {
                self.set.sequences.push(std::mem::take(&mut self.sequence));
            }
            "sequenceSet" if !self.set.sequences.is_empty() => {
                if let Some(series) = self.open.last_mut() {
                    series.sets.push(std::mem::take(&mut self.set));
                }
            }
            "annotation" => self.end_annotation(),
            "series" | "derivedSeries" => self.series.extend(self.open.pop().filter(|series| series.n_samples() > 0)),
            _ => {}
        }
        Ok(())
    }
}

impl Document {
    fn code(&mut self, path: &Path, code: String) {
        if path.ends_with(&["sequence", "code"]) {
            self.sequence.code = code;
        } else if path.ends_with(&["annotation", "code"]) {
            if let Some(annotation) = self.annotations.last_mut() {
                annotation.code = code;
            }
        } else if (path.ends_with(&["series", "code"]) || path.ends_with(&["derivedSeries", "code"]))
            && let Some(series) = self.open.last_mut()
        {
            series.code = code;
        }
    }

    fn effective_time(&mut self, path: &Path, stamp: Option<String>) {
        let belongs = |series| path.ends_with(&[series, "effectiveTime", path.name()]);
        if (belongs("series") || belongs("derivedSeries"))
            && let Some(series) = self.open.last_mut()
        {
            *(if path.name() == "low" { &mut series.low } else { &mut series.high }) = stamp;
        }
    }

    fn boundary(&mut self, path: &Path, attributes: &Attributes) {
        if let Some(annotation) = self.annotations.last_mut() {
            *(if path.name() == "low" { &mut annotation.low } else { &mut annotation.high }) = moment(attributes);
        }
    }

    fn end_annotation(&mut self) {
        let Some(annotation) = self.annotations.pop() else { return };
        let middle = match (annotation.low, annotation.high) {
            (Some(Moment::Absolute(low)), Some(Moment::Absolute(high))) => Some(Moment::Absolute((low + high) / 2.0)),
            (Some(Moment::Relative(low)), Some(Moment::Relative(high))) => Some(Moment::Relative((low + high) / 2.0)),
            (low, _) => low,
        };
        let mark = match annotation.code.as_str() {
            // Waves are gathered within the beat that they make up.
            "MDC_ECG_WAVC" if annotation.value == "MDC_ECG_WAVC_QRSWAVE" => {
                if let Some(beat) = self.annotations.last_mut() {
                    beat.qrs = beat.qrs.or(middle);
                }
                return;
            }
            "MDC_ECG_BEAT" => {
                let moment = annotation.qrs.or(middle);
                let text = annotation.value.trim_start_matches("MDC_ECG_BEAT_").to_string();
                moment.map(|moment| Mark { moment: Some(moment), text })
            }
            "MDC_ECG_RHY" => {
                let text = format!("({}", annotation.value.trim_start_matches("MDC_ECG_RHY_"));
                Some(Mark { moment: annotation.low, text })
            }
            _ => None,
        };
        if let Some(series) = self.open.last_mut() {
            series.marks.extend(mark.filter(|mark| mark.text.len() > 1));
        }
    }
}

/// A time stamp (`GLIST_TS`, `IVL_TS`), or a quantity of time (`GLIST_PQ`, `IVL_PQ`), which is a number too short
/// for a date.
fn moment(attributes: &Attributes) -> Option<Moment> {
    let value = attributes.get("value")?;
    let relative = || Quantity::of(attributes).seconds().map(Moment::Relative);
    seconds(&value).map(Moment::Absolute).or_else(relative)
}
