//! Zip archives: listed without decompressing anything, one entry decompressed at a time.
//!
//! The crate `zip` reads them; what is here bounds what an archive may do to memory, and turns its errors into
//! sentences.

use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::FormatError;

/// The largest file that is taken out of an archive. A day of three leads at 1000 Hz has 518 MB.
const LARGEST_ENTRY: u64 = 1 << 30;
/// Up to this size a file may be compressed as well as it likes.
const ALWAYS_ALLOWED: u64 = 16 << 20;
/// Above it, deflate's best on a real recording (a long flat line) stays below this ratio; a zip bomb reaches 1032.
const LARGEST_RATIO: u64 = 250;

/// A zip archive held in memory.
pub(super) struct Archive {
    path: String,
    /// Cloning shares the directory and the bytes, which is what makes `&self` reads possible.
    zip: ZipArchive<Cursor<SharedBytes>>,
}

#[derive(Clone)]
struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The first bytes of a file, and how many it has in all.
pub(super) struct Beginning {
    pub bytes: Vec<u8>,
    pub size: u64,
}

impl Archive {
    /// Whether the bytes begin as a zip archive does (APPNOTE 4.3.7 local file header; 4.3.16 for an empty one).
    pub fn recognise(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
    }

    /// Reads the archive's directory.
    ///
    /// # Errors
    /// Where the directory is broken or cut off, or the archive is an Office document.
    pub fn open(path: &str, bytes: Vec<u8>) -> Result<Self, FormatError> {
        let zip = ZipArchive::new(Cursor::new(SharedBytes(Arc::new(bytes)))).map_err(|_| {
            FormatError::new(path, "This zip archive is damaged or cut off; download or make it again.")
        })?;
        if zip.index_for_name("[Content_Types].xml").is_some() {
            let reason = "This is an Office document, not a recording; save the sheet as CSV and drop that.";
            return Err(FormatError::new(path, reason));
        }
        Ok(Self { path: path.to_string(), zip })
    }

    /// Index and path inside the archive of each file worth looking at: no folders, no hidden files, none of what
    /// macOS adds.
    pub fn files(&self) -> impl Iterator<Item = (usize, &str)> {
        let names = (0..self.zip.len()).filter_map(|index| Some((index, self.zip.name_for_index(index)?)));
        names.filter(|(_, name)| {
            let hidden = |part: &str| part.starts_with('.') || part == "__MACOSX";
            !name.ends_with(['/', '\\']) && !name.split(['/', '\\']).any(hidden)
        })
    }

    /// The whole of one file.
    pub fn read(&self, index: usize, path: &str) -> Result<Vec<u8>, FormatError> {
        self.with_file(index, path, |file| {
            let size = file.size();
            // The size is only what the directory says: grow towards it, never trust it.
            let mut bytes = Vec::with_capacity(size.min(1 << 20) as usize);
            file.take(size + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        })
    }

    /// At most `limit` bytes from the beginning of one file; nothing more is decompressed.
    pub fn beginning(&self, index: usize, path: &str, limit: usize) -> Result<Beginning, FormatError> {
        self.with_file(index, path, |file| {
            let size = file.size();
            let mut bytes = Vec::with_capacity(size.min(limit as u64) as usize);
            file.take(limit as u64).read_to_end(&mut bytes)?;
            Ok(Beginning { bytes, size })
        })
    }

    fn with_file<T>(
        &self,
        index: usize,
        path: &str,
        action: impl FnOnce(ZipFile<Cursor<SharedBytes>>) -> std::io::Result<T>,
    ) -> Result<T, FormatError> {
        let failed = |reason: String| FormatError::new(path, reason);
        let mut zip = self.zip.clone();
        let file = zip.by_index(index).map_err(|error| failed(self.sentence(&error)))?;
        let allowed = ALWAYS_ALLOWED.max(file.compressed_size().saturating_mul(LARGEST_RATIO)).min(LARGEST_ENTRY);
        if file.size() > allowed {
            let (size, packed) = (file.size(), file.compressed_size());
            return Err(failed(format!(
                "This file would grow from {packed} to {size} bytes, more than a recording does; unpack {} \
                 yourself and drop the file if it is one.",
                self.path
            )));
        }
        action(file).map_err(|_| {
            failed(format!("This file is damaged inside the archive {}; download or make it again.", self.path))
        })
    }

    fn sentence(&self, error: &ZipError) -> String {
        let archive = &self.path;
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                format!("This file is locked with a password inside {archive}; unpack the archive and drop its files.")
            }
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => format!(
                "This file is packed inside {archive} in a way that is not read here (deflate is); unpack the archive \
                 and drop its files."
            ),
            _ => format!("This file is damaged inside the archive {archive}; download or make it again."),
        }
    }
}
