//! Zip archives: listed without decompressing anything, one file decompressed at a time. A gzip file is an archive of
//! one file.
//!
//! - `directory`: what is in the archive and where.
//! - `gzip`: what is in a gzip file.
//!
//! The archive stays where it is: its directory and the files in it are read in pieces. The crate `flate2`
//! decompresses; what is here bounds what an archive may do to memory, and says what is wrong.

mod directory;
mod gzip;

use std::io::{BufReader, Read};

use flate2::bufread::DeflateDecoder;

use super::ReadError;
use super::fault::ArchiveFault;
use super::file_set::source::{ByteSource, Stretch};
use directory::Member;

/// The largest file that is taken out of an archive. A day of three leads at 1000 Hz has 518 MB.
const LARGEST_ENTRY: u64 = 1 << 30;
/// Up to this size a file may be compressed as well as it likes.
const ALWAYS_ALLOWED: u64 = 16 << 20;
/// Above it, deflate's best on a real recording (a long flat line) stays below this ratio; a zip bomb reaches 1032.
const LARGEST_RATIO: u64 = 250;

/// So many packed bytes are fetched at a time.
const PIECE: usize = 64 * 1024;

/// Bytes that so many packed ones may unpack to.
pub(super) fn largest_unpacked(packed: u64) -> u64 {
    ALWAYS_ALLOWED.max(packed.saturating_mul(LARGEST_RATIO)).min(LARGEST_ENTRY)
}

/// A zip archive whose directory is known.
pub(super) struct Archive {
    path: String,
    source: Box<dyn ByteSource>,
    members: Vec<Member>,
}

impl Archive {
    /// Bytes that [`Archive::recognise`] looks at.
    pub const SIGNATURE_LENGTH: usize = 4;

    /// Whether the bytes begin as a zip archive does (APPNOTE 4.3.7 local file header; 4.3.16 for an empty one), or a
    /// gzip file.
    pub fn recognise(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || gzip::recognise(bytes)
    }

    /// Reads the archive's directory.
    ///
    /// # Errors
    /// Where the directory is broken or cut off, or the archive is an Office document.
    pub fn open(path: &str, source: Box<dyn ByteSource>) -> Result<Self, ReadError> {
        if gzip::is_one(&*source) {
            let Some(member) = gzip::read(path, &*source) else {
                return Err(ReadError::new(path, ArchiveFault::DamagedGzip));
            };
            return Ok(Self { path: path.to_string(), source, members: vec![member] });
        }
        let Some(members) = directory::read(&*source) else {
            return Err(ReadError::new(path, ArchiveFault::DamagedZip));
        };
        if members.iter().any(|member| member.name == "[Content_Types].xml") {
            return Err(ReadError::new(path, ArchiveFault::OfficeDocument));
        }
        Ok(Self { path: path.to_string(), source, members })
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

    /// Bytes of one file once it is unpacked, as the directory says.
    pub fn size(&self, index: usize) -> Option<u64> {
        self.members.get(index).map(|member| member.size)
    }

    /// The whole of one file.
    pub fn read(&self, index: usize, path: &str) -> Result<Vec<u8>, ReadError> {
        let packed = self.packed(index, path)?;
        // The size is only what the directory says; how much is packed is true.
        let likely = packed.size.min(packed.length().saturating_mul(4)) as usize;
        let bytes = packed.unpack(0, packed.size + 1, likely).filter(|bytes| crc32(bytes) == packed.checksum);
        bytes.ok_or_else(|| self.damaged(path))
    }

    /// At most `limit` bytes of one file from `offset` on. What lies before them is decompressed and let go; what
    /// follows is not touched.
    pub fn slice(&self, index: usize, path: &str, offset: u64, limit: usize) -> Result<Vec<u8>, ReadError> {
        let packed = self.packed(index, path)?;
        // The size is only what the directory says; how much is packed is true.
        let likely = packed.size.saturating_sub(offset).min(limit as u64).min(packed.length().saturating_mul(4));
        packed.unpack(offset, limit as u64, likely as usize).ok_or_else(|| self.damaged(path))
    }

    /// Where one file's bytes lie, once it is clear that they may be unpacked.
    fn packed(&self, index: usize, path: &str) -> Result<Packed<'_>, ReadError> {
        let archive = || self.path.clone();
        let member = self.members.get(index).ok_or_else(|| self.damaged(path))?;
        if member.is_encrypted {
            return Err(ReadError::new(path, ArchiveFault::Locked { archive: archive() }));
        }
        let is_deflated = match member.method {
            0 => false,
            8 => true,
            _ => return Err(ReadError::new(path, ArchiveFault::OtherMethod { archive: archive() })),
        };
        let (size, packed) = (member.size, member.packed_size);
        if size > largest_unpacked(packed) {
            return Err(ReadError::new(path, ArchiveFault::WouldGrow { archive: archive(), packed, size }));
        }
        let (start, end) = member.packed(&*self.source).ok_or_else(|| self.damaged(path))?;
        Ok(Packed { source: &*self.source, start, end, size, is_deflated, checksum: member.checksum })
    }

    fn damaged(&self, path: &str) -> ReadError {
        ReadError::new(path, ArchiveFault::DamagedInside { archive: self.path.clone() })
    }
}

/// One file as it lies in the archive.
struct Packed<'a> {
    source: &'a dyn ByteSource,
    /// Where its packed bytes begin and end.
    start: u64,
    end: u64,
    /// Bytes once unpacked, as the directory says.
    size: u64,
    is_deflated: bool,
    checksum: u32,
}

impl Packed<'_> {
    /// Packed bytes.
    fn length(&self) -> u64 {
        self.end - self.start
    }

    /// At most `limit` bytes from `offset` on, into room for `likely` to begin with; `None` where the packed bytes are
    /// damaged or cannot be read.
    fn unpack(&self, offset: u64, limit: u64, likely: usize) -> Option<Vec<u8>> {
        if !self.is_deflated {
            let start = self.start.saturating_add(offset).min(self.end);
            return take(Stretch::new(self.source, start, self.end), limit, likely);
        }
        let piece = self.length().clamp(1, PIECE as u64) as usize;
        let packed = BufReader::with_capacity(piece, Stretch::new(self.source, self.start, self.end));
        let mut unpacked = DeflateDecoder::new(packed);
        std::io::copy(&mut unpacked.by_ref().take(offset), &mut std::io::sink()).ok()?;
        take(unpacked, limit, likely)
    }
}

fn take(bytes: impl Read, limit: u64, likely: usize) -> Option<Vec<u8>> {
    let mut taken = Vec::with_capacity(likely);
    bytes.take(limit).read_to_end(&mut taken).ok()?;
    Some(taken)
}

/// The checksum of APPNOTE 4.4.7: CRC-32 with the polynomial 0xedb88320, as in ISO 3309.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |value, _| if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 })
    });
    !bytes.iter().fold(!0, |sum, byte| table[usize::from(sum as u8 ^ byte)] ^ sum >> 8)
}
