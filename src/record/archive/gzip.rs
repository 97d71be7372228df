//! gzip files: one file behind a header and before a checksum, RFC 1952.

use super::directory::Member;
use crate::record::file_set::{name_of, source::ByteSource};

/// 2.3.1: the two identification bytes, and 8 for "deflate", the one method there is.
const MAGIC: &[u8] = b"\x1f\x8b\x08";
const HEADER_LENGTH: usize = 10;
/// CRC-32 and size.
const TRAILER_LENGTH: usize = 8;

// 2.3.1, FLG.
const HEADER_CHECKSUM: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;

pub fn recognise(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Longer headers than this, with a name and a comment in them, are nobody's.
const LONGEST_HEADER: usize = 1 << 17;

/// Whether this is a gzip file.
pub fn is_one(source: &dyn ByteSource) -> bool {
    source.len() >= MAGIC.len() as u64 && source.read_at(0, MAGIC.len()).is_ok_and(|bytes| recognise(&bytes))
}

/// The file within the gzip file at `path`; `None` where it is damaged or cut off.
pub fn read(path: &str, source: &dyn ByteSource) -> Option<Member> {
    let length = source.len();
    let end = source.read_at(length.checked_sub(TRAILER_LENGTH as u64)?, TRAILER_LENGTH).ok()?;
    // Most headers are ten bytes and a name.
    [256, LONGEST_HEADER].into_iter().find_map(|most| {
        let start = source.read_at(0, length.min(most as u64) as usize).ok()?;
        member(path, &start, &end, length)
    })
}

/// The file within, called as the gzip file at `path` without `.gz`; `None` where header or trailer are damaged or cut
/// off. `start` is the gzip file's beginning (all of its header), `end` its last 8 bytes, `length` all its bytes.
///
/// Of several gzip files one after the other, which RFC 1952 allows, the size at the end is the last one's: such a file
/// is answered as damaged when it is read.
fn member(path: &str, start: &[u8], end: &[u8], length: u64) -> Option<Member> {
    let flags = *start.get(3)?;
    let mut at = HEADER_LENGTH;
    if flags & EXTRA != 0 {
        let length = start.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)?;
        at += 2 + usize::from(length);
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            at += start.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    if flags & HEADER_CHECKSUM != 0 {
        at += 2;
    }
    let (checksum, size) = end.split_first_chunk::<4>()?;
    let header = at as u64;
    let name = name_of(path);
    let without =
        name.len().checked_sub(3).filter(|&dot| name.get(dot..).is_some_and(|e| e.eq_ignore_ascii_case(".gz")));
    Some(Member {
        name: without.and_then(|dot| name.get(..dot)).unwrap_or(name).to_string(),
        is_encrypted: false,
        method: 8,
        checksum: u32::from_le_bytes(*checksum),
        packed_size: length.checked_sub(header + TRAILER_LENGTH as u64)?,
        size: u32::from_le_bytes(*size.first_chunk()?).into(),
        header,
        has_local_header: false,
    })
}
