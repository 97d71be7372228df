//! What is wrong with archives, and with files in them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong with a zip archive or a gzip file, or with a file in the one called `archive`.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum ArchiveFault {
    #[error("This gzip file is damaged or cut off; download or make it again.")]
    DamagedGzip,
    #[error("This zip archive is damaged or cut off; download or make it again.")]
    DamagedZip,
    #[error("This is an Office document, not a recording; save the sheet as CSV and drop that.")]
    OfficeDocument,
    #[error("This file is damaged inside the archive {archive}; download or make it again.")]
    DamagedInside { archive: String },
    #[error("This file is locked with a password inside {archive}; unpack the archive and drop its files.")]
    Locked { archive: String },
    /// By another method than deflate.
    #[error(
        "This file is packed inside {archive} in a way that is not read here (deflate is); unpack the archive and drop \
         its files."
    )]
    OtherMethod { archive: String },
    /// As a zip bomb does; both in bytes.
    #[error(
        "This file would grow from {packed} to {size} bytes, more than a recording does; unpack {archive} yourself and \
         drop the file if it is one."
    )]
    WouldGrow { archive: String, packed: u64, size: u64 },
}
