//! The central directory of a zip archive, after PKWARE's APPNOTE.TXT 6.3.10.
//!
//! By hand, since the crate `zip` adds some 25 KB (brotli) to the reader, most of it tables and
//! fields that no recording needs. The tests' archives are written by that crate.

use crate::record::file_set::source::ByteSource;

/// One file in the archive, as the directory describes it. Nothing of it is to be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub name: String,
    pub is_encrypted: bool,
    /// 0 stored, 8 deflated (4.4.5).
    pub method: u16,
    pub checksum: u32,
    pub packed_size: u64,
    pub size: u64,
    /// Where its local header begins, or its data, where it has none.
    pub header: u64,
    /// As all have in a zip archive.
    pub has_local_header: bool,
}

const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const END_64: &[u8] = b"PK\x06\x06";
const END_64_LENGTH: usize = 56;
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const LOCATOR_64_LENGTH: u64 = 20;
const MEMBER: &[u8] = b"PK\x01\x02";
const MEMBER_LENGTH: usize = 46;
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;

/// A directory of a million files has about 100 MB; a larger one is not believed.
const LARGEST_DIRECTORY: u64 = 128 << 20;

/// All members; `None` where the directory is not there, does not hold together or cannot be read.
pub fn read(source: &dyn ByteSource) -> Option<Vec<Member>> {
    let (end, at) = find_end(source)?;
    // 4.3.16: number of entries, size and offset of the directory, each all ones where only 4.3.14 has room for it.
    let mut count = u64::from(u16_at(&end, 10)?);
    let mut size = u64::from(u32_at(&end, 12)?);
    let mut offset = u64::from(u32_at(&end, 16)?);
    let mut directory_end = at;
    if (count == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff)
        && let Some(locator) = at.checked_sub(LOCATOR_64_LENGTH)
    {
        let locator = source.read_at(locator, LOCATOR_64_LENGTH as usize).ok()?;
        if locator.starts_with(LOCATOR_64) {
            directory_end = u64_at(&locator, 8)?;
            let end_64 = source.read_at(directory_end, END_64_LENGTH).ok()?;
            end_64.starts_with(END_64).then_some(())?;
            (count, size, offset) = (u64_at(&end_64, 32)?, u64_at(&end_64, 40)?, u64_at(&end_64, 48)?);
        }
    }
    // Something may stand before the archive, a self-extractor: then all offsets count from the archive's own start.
    let start = directory_end.checked_sub(size)?;
    let shift = start.checked_sub(offset)?;
    let bytes = source.read_at(start, usize::try_from(size).ok().filter(|_| size <= LARGEST_DIRECTORY)?).ok()?;
    let mut directory = &bytes[..];
    let mut members = Vec::new();
    for _ in 0..count {
        let (mut member, length) = read_member(directory)?;
        member.header = member.header.checked_add(shift)?;
        directory = directory.get(length..)?;
        members.push(member);
    }
    Some(members)
}

/// The end record with what follows it, and where it stands: the last thing in the file but for a comment of at most
/// 65,535 bytes.
fn find_end(source: &dyn ByteSource) -> Option<(Vec<u8>, u64)> {
    let length = source.len().min((END_LENGTH + usize::from(u16::MAX)) as u64) as usize;
    let before = source.len() - length as u64;
    let mut tail = source.read_at(before, length).ok()?;
    let at = (0..=length.checked_sub(END_LENGTH)?).rev().find(|&at| {
        let comment = tail[at..].starts_with(END).then(|| u16_at(&tail, at + 20)).flatten();
        comment.is_some_and(|comment| at + END_LENGTH + usize::from(comment) <= length)
    })?;
    Some((tail.split_off(at), before + at as u64))
}

/// 4.3.12: a member, and the bytes that its entry takes.
fn read_member(entry: &[u8]) -> Option<(Member, usize)> {
    entry.starts_with(MEMBER).then_some(())?;
    let length = |at: usize| u16_at(entry, at).map(usize::from);
    let (name_length, extra_length, comment_length) = (length(28)?, length(30)?, length(32)?);
    let extra_start = MEMBER_LENGTH + name_length;
    let whole = extra_start + extra_length + comment_length;
    (whole <= entry.len()).then_some(())?;
    let name = &entry[MEMBER_LENGTH..extra_start];
    let mut member = Member {
        // UTF-8 in all but old archives, whose letters beyond ASCII may then look odd.
        name: String::from_utf8(name.to_vec()).unwrap_or_else(|_| name.iter().map(|&byte| char::from(byte)).collect()),
        is_encrypted: u16_at(entry, 8)? & 1 == 1,
        method: u16_at(entry, 10)?,
        checksum: u32_at(entry, 16)?,
        packed_size: u32_at(entry, 20)?.into(),
        size: u32_at(entry, 24)?.into(),
        header: u32_at(entry, 42)?.into(),
        has_local_header: true,
    };
    // 4.5.3: the extra field of ZIP64 has those three, in this order, of which the entry has all ones.
    let mut large = extra_field(&entry[extra_start..extra_start + extra_length], 1).unwrap_or_default();
    for value in [&mut member.size, &mut member.packed_size, &mut member.header] {
        if *value == 0xffff_ffff && large.len() >= 8 {
            *value = u64_at(large, 0)?;
            large = &large[8..];
        }
    }
    Some((member, whole))
}

/// 4.5.1: extra fields are a number, a length and so many bytes.
fn extra_field(mut fields: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let (number, length) = (u16_at(fields, 0)?, usize::from(u16_at(fields, 2)?));
        let data = fields.get(4..4 + length)?;
        if number == wanted {
            return Some(data);
        }
        fields = &fields[4 + length..];
    }
}

impl Member {
    /// Where the member's packed bytes begin and end: after its local header (4.3.7), whose name and extra field have
    /// lengths of their own. `None` where the header is not there, or the end lies past the archive's.
    pub fn packed(&self, source: &dyn ByteSource) -> Option<(u64, u64)> {
        if !self.has_local_header {
            let end = self.header.checked_add(self.packed_size)?;
            return (end <= source.len()).then_some((self.header, end));
        }
        let header = source.read_at(self.header, LOCAL_LENGTH).ok()?;
        header.starts_with(LOCAL).then_some(())?;
        let lengths = u64::from(u16_at(&header, 26)?) + u64::from(u16_at(&header, 28)?);
        let start = self.header.checked_add(LOCAL_LENGTH as u64 + lengths)?;
        let end = start.checked_add(self.packed_size)?;
        (end <= source.len()).then_some((start, end))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().copied().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip_of(large: bool, comment: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.set_comment(comment).unwrap();
        for (name, bytes) in [("ä/a.hea", &b"header"[..]), ("b", &[7; 5000])] {
            let options = SimpleFileOptions::default().large_file(large);
            writer.start_file(name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn plain_large_commented_and_prefixed_archives() {
        for (large, comment, prefix) in
            [(false, "", 0), (true, "", 0), (false, "PK\x05\x06 and more", 0), (false, "", 77)]
        {
            let bytes = [vec![b'x'; prefix], zip_of(large, comment)].concat();
            let members = read(&bytes).unwrap();
            assert_eq!(members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), ["ä/a.hea", "b"]);
            assert_eq!((members[1].method, members[1].size), (8, 5000));
            let (start, end) = members[1].packed(&bytes).unwrap();
            assert!(end - start < 100 && end - start == members[1].packed_size);
        }
    }

    /// As 4.3.14 and 4.3.15 have it, and 4.5.3 in the one member.
    #[test]
    fn a_directory_that_needs_64_bits() {
        let local = [LOCAL, &[0; 26], b"data"].concat();
        let extra = [&[1u8, 0, 24, 0][..], &4u64.to_le_bytes(), &4u64.to_le_bytes(), &0u64.to_le_bytes()].concat();
        let mut member = [MEMBER, &[0; 42], b"a", &extra].concat();
        member[20..28].fill(0xff);
        member[28] = 1;
        member[30] = extra.len() as u8;
        member[42..46].fill(0xff);
        let at = local.len() + member.len();
        let numbers = [1u64, 1, member.len() as u64, local.len() as u64].map(u64::to_le_bytes).concat();
        let end_64 = [END_64, &[0; 20], &numbers].concat();
        let locator = [LOCATOR_64, &[0; 4], &(at as u64).to_le_bytes(), &[0; 4]].concat();
        let end = [END, &[0; 4], &[0xff; 12], &[0; 2]].concat();
        let bytes = [local, member, end_64, locator, end].concat();
        let members = read(&bytes).unwrap();
        assert_eq!((members.len(), members[0].size), (1, 4));
        assert_eq!(members[0].packed(&bytes), Some((30, 34)));
    }

    #[test]
    fn what_is_cut_off_is_not_read() {
        let bytes = zip_of(false, "");
        assert!((0..bytes.len()).all(|length| read(&bytes[..length].to_vec()).is_none()));
    }
}
