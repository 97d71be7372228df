//! Zip archives: listed without decompressing anything, one file decompressed at a time. A gzip file is an archive of
//! one file.
//!
//! - `directory`: what is in the archive and where.
//! - `gzip`: what is in a gzip file.
//!
//! The crate `flate2` decompresses; what is here bounds what an archive may do to memory, and turns what is wrong into
//! sentences.

mod directory;
mod gzip;

use std::io::Read;

use flate2::bufread::DeflateDecoder;

use super::FormatError;
use directory::Member;

/// The largest file that is taken out of an archive. A day of three leads at 1000 Hz has 518 MB.
const LARGEST_ENTRY: u64 = 1 << 30;
/// Up to this size a file may be compressed as well as it likes.
const ALWAYS_ALLOWED: u64 = 16 << 20;
/// Above it, deflate's best on a real recording (a long flat line) stays below this ratio; a zip bomb reaches 1032.
const LARGEST_RATIO: u64 = 250;

/// Bytes that so many packed ones may unpack to.
pub(super) fn largest_unpacked(packed: u64) -> u64 {
    ALWAYS_ALLOWED.max(packed.saturating_mul(LARGEST_RATIO)).min(LARGEST_ENTRY)
}

/// A zip archive held in memory.
pub(super) struct Archive {
    path: String,
    bytes: Vec<u8>,
    members: Vec<Member>,
}

/// The first bytes of a file, and how many it has in all.
pub(super) struct Beginning {
    pub bytes: Vec<u8>,
    pub size: u64,
}

impl Archive {
    /// Whether the bytes begin as a zip archive does (APPNOTE 4.3.7 local file header; 4.3.16 for an empty one), or a
    /// gzip file.
    pub fn recognise(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || gzip::recognise(bytes)
    }

    /// Reads the archive's directory.
    ///
    /// # Errors
    /// Where the directory is broken or cut off, or the archive is an Office document.
    pub fn open(path: &str, bytes: Vec<u8>) -> Result<Self, FormatError> {
        if gzip::recognise(&bytes) {
            let end = bytes.len().checked_sub(8).and_then(|end| bytes.get(end..)).unwrap_or_default();
            let Some(member) = gzip::member(path, &bytes, end, bytes.len() as u64) else {
                return Err(FormatError::new(path, "This gzip file is damaged or cut off; download or make it again."));
            };
            return Ok(Self { path: path.to_string(), bytes, members: vec![member] });
        }
        let Some(members) = directory::read(&bytes) else {
            return Err(FormatError::new(path, "This zip archive is damaged or cut off; download or make it again."));
        };
        if members.iter().any(|member| member.name == "[Content_Types].xml") {
            let reason = "This is an Office document, not a recording; save the sheet as CSV and drop that.";
            return Err(FormatError::new(path, reason));
        }
        Ok(Self { path: path.to_string(), bytes, members })
    }

    /// Index and path inside the archive of each file worth looking at: no folders, no hidden files, none of what
    /// macOS adds.
    pub fn files(&self) -> impl Iterator<Item = (usize, &str)> {
        let names = self.members.iter().map(|member| member.name.as_str()).enumerate();
        names.filter(|(_, name)| {
            let hidden = |part: &str| part.len() > 1 && part.starts_with('.') || part == "__MACOSX";
            !name.ends_with(['/', '\\']) && !name.split(['/', '\\']).any(hidden)
        })
    }

    /// The whole of one file.
    pub fn read(&self, index: usize, path: &str) -> Result<Vec<u8>, FormatError> {
        let packed = self.packed(index, path)?;
        // The size is only what the directory says; how much is packed is true.
        let likely = packed.size.min(4 * packed.bytes.len() as u64) as usize;
        let bytes = packed.unpack(packed.size + 1, likely).filter(|bytes| crc32(bytes) == packed.checksum);
        bytes.ok_or_else(|| self.damaged(path))
    }

    /// At most `limit` bytes from the beginning of one file; nothing more is decompressed.
    pub fn beginning(&self, index: usize, path: &str, limit: usize) -> Result<Beginning, FormatError> {
        let packed = self.packed(index, path)?;
        let likely = packed.size.min(limit as u64) as usize;
        let bytes = packed.unpack(limit as u64, likely).ok_or_else(|| self.damaged(path))?;
        Ok(Beginning { bytes, size: packed.size })
    }

    /// Where one file's bytes lie, once it is clear that they may be unpacked.
    fn packed(&self, index: usize, path: &str) -> Result<Packed<'_>, FormatError> {
        let archive = &self.path;
        let failed = |reason: String| FormatError::new(path, reason);
        let member = self.members.get(index).ok_or_else(|| self.damaged(path))?;
        if member.is_encrypted {
            return Err(failed(format!(
                "This file is locked with a password inside {archive}; unpack the archive and drop its files."
            )));
        }
        let is_deflated = match member.method {
            0 => false,
            8 => true,
            _ => {
                return Err(failed(format!(
                    "This file is packed inside {archive} in a way that is not read here (deflate is); unpack the \
                     archive and drop its files."
                )));
            }
        };
        let (size, packed_size) = (member.size, member.packed_size);
        if size > largest_unpacked(packed_size) {
            return Err(failed(format!(
                "This file would grow from {packed_size} to {size} bytes, more than a recording does; unpack {archive} \
                 yourself and drop the file if it is one."
            )));
        }
        let bytes = member.packed(&self.bytes).ok_or_else(|| self.damaged(path))?;
        Ok(Packed { bytes, size, is_deflated, checksum: member.checksum })
    }

    fn damaged(&self, path: &str) -> FormatError {
        let reason = format!("This file is damaged inside the archive {}; download or make it again.", self.path);
        FormatError::new(path, reason)
    }
}

/// One file as it lies in the archive.
struct Packed<'a> {
    bytes: &'a [u8],
    /// Bytes once unpacked, as the directory says.
    size: u64,
    is_deflated: bool,
    checksum: u32,
}

impl Packed<'_> {
    /// At most `limit` bytes, into room for `likely` to begin with; `None` where the packed bytes are damaged.
    fn unpack(&self, limit: u64, likely: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(likely);
        let unpacked = match self.is_deflated {
            true => DeflateDecoder::new(self.bytes).take(limit).read_to_end(&mut bytes),
            false => self.bytes.take(limit).read_to_end(&mut bytes),
        };
        unpacked.is_ok().then_some(bytes)
    }
}

/// The checksum of APPNOTE 4.4.7: CRC-32 with the polynomial 0xedb88320, as in ISO 3309.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |value, _| if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 })
    });
    !bytes.iter().fold(!0, |sum, byte| table[usize::from(sum as u8 ^ byte)] ^ sum >> 8)
}
