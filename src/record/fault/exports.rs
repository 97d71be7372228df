//! What is wrong with the XML that electrocardiographs export.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong with a Philips Sierra file.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum SierraFault {
    #[error("Its samples are stored in another way than base64, which is not read.")]
    OtherEncoding,
    /// By the method called `method`, shortened.
    #[error("Its samples are compressed by {method}, which is not read.")]
    OtherCompression { method: String },
    #[error("Its samples hold more than {most} leads, more than any machine records.")]
    MoreLeads { most: usize },
    #[error("Its compressed samples are damaged; copy or export the file again.")]
    Damaged,
    /// Leads are counted from 1; `size` and `there` in bytes.
    #[error("Lead {lead} should have {size} bytes, but {there} are there; the file was cut off.")]
    LeadCutOff { lead: usize, size: usize, there: usize },
    /// In bytes.
    #[error("Its compressed samples hold more than {limit} bytes a lead, as no resting ECG does.")]
    LeadTooLong { limit: usize },
}

/// What is wrong with an HL7 annotated ECG.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum AecgFault {
    #[error("None of its sequences is a lead in millivolts or another voltage.")]
    NoLead,
    #[error("Its leads were recorded in too many pieces that do not belong together.")]
    Pieces,
    #[error("This annotated ECG holds no waveform to show: its longest lead has {samples} samples, less than a beat.")]
    Snippet { samples: usize },
}
