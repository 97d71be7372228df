//! What is wrong with texts: XML, JSON, columns of numbers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong with an XML document, whichever format it is of.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum XmlFault {
    /// Lines are counted from 1.
    #[error("This XML is damaged or cut off at line {line}; copy or export the file again.")]
    Damaged { line: usize },
    #[error("This XML ends before its last element does; the file was cut off.")]
    CutOff,
    #[error("This XML has more than {most} elements inside each other, as no ECG has.")]
    TooDeep { most: usize },
    #[error("Its samples are no base64, or were cut off; copy or export the file again.")]
    NotBase64,
    /// `root`: the name of the document's outermost element.
    #[error("This XML (<{root}>) is no ECG in a format that is read here; HL7 aECG, GE MUSE and Philips Sierra are.")]
    OtherDocument { root: String },
}

/// What is wrong with a JSON document.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum JsonFault {
    #[error("This JSON ends too early; the file was cut off.")]
    CutOff,
    /// Both counted from 1.
    #[error("This JSON is damaged at line {line}, column {column}.")]
    Damaged { line: usize, column: usize },
    #[error("This JSON is no ECG that is read here: it holds no list of samples.")]
    NoSamples,
}

/// What is wrong with columns of numbers.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum ColumnsFault {
    /// A text like XML or JSON, and neither.
    #[error("This text is no ECG in a format that is read here.")]
    OtherText,
    #[error("This text holds no columns of numbers, so there is no ECG in it to show.")]
    NoColumns,
    #[error("None of its columns of numbers is an ECG in millivolts or another voltage.")]
    NoLead,
    /// Rows are counted from 1.
    #[error("Row {row} of its numbers does not look like those before it; the file may be damaged.")]
    StrangeRow { row: usize },
    #[error("Its numbers have {columns} columns and more than {rows} rows; neither can be leads.")]
    NeitherIsLeads { columns: usize, rows: usize },
    #[error("Its rows of numbers are not equally long; as leads they cannot be.")]
    UnevenRows,
}
