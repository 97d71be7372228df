//! Where a file's bytes lie: in memory, on a disk, behind a browser's `File`.

use std::io;

/// Bytes that are read in pieces, so that nothing has to be held whole that is not needed whole.
pub trait ByteSource {
    /// Bytes in all.
    fn len(&self) -> u64;

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Exactly `len` bytes from `offset` on.
    ///
    /// # Errors
    /// Where so many are not there, or cannot be read any more (the file was moved, or locked).
    fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>>;

    /// All bytes, where they lie in memory: then nothing needs to be copied.
    fn in_memory(&self) -> Option<&[u8]> {
        None
    }
}

impl ByteSource for Vec<u8> {
    fn len(&self) -> u64 {
        Vec::len(self) as u64
    }

    fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let piece = usize::try_from(offset).ok().and_then(|start| self.get(start..)?.get(..len));
        piece.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn in_memory(&self) -> Option<&[u8]> {
        Some(self)
    }
}

/// A file on a disk, opened anew for each piece: a folder may hold more files than a process may have open.
#[cfg(not(target_arch = "wasm32"))]
pub struct FileOnDisk {
    path: std::path::PathBuf,
    len: u64,
}

#[cfg(not(target_arch = "wasm32"))]
impl FileOnDisk {
    /// # Errors
    /// Where there is no such file.
    pub fn at(path: impl Into<std::path::PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let len = std::fs::metadata(&path)?.len();
        Ok(Self { path, len })
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl ByteSource for FileOnDisk {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        use io::{Read, Seek};
        // What was claimed before the file shrank is no reason to allocate.
        if offset.checked_add(len as u64).is_none_or(|end| end > self.len) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut file = std::fs::File::open(&self.path)?;
        file.seek(io::SeekFrom::Start(offset))?;
        let mut bytes = vec![0; len];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// Reads a stretch of a source from its beginning to its end.
pub(in crate::record) struct Stretch<'a> {
    source: &'a dyn ByteSource,
    at: u64,
    end: u64,
}

impl<'a> Stretch<'a> {
    /// From `start` up to `end`, which does not lie past the source's end.
    pub fn new(source: &'a dyn ByteSource, start: u64, end: u64) -> Self {
        Self { source, at: start, end: end.min(source.len()) }
    }
}

impl io::Read for Stretch<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.end.saturating_sub(self.at);
        let len = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let (start, end) = (usize::try_from(self.at), usize::try_from(self.at + len as u64));
        match (self.source.in_memory(), start, end) {
            (_, _, _) if len == 0 => {}
            (Some(bytes), Ok(start), Ok(end)) => {
                buffer[..len].copy_from_slice(bytes.get(start..end).ok_or(io::ErrorKind::UnexpectedEof)?);
            }
            _ => buffer[..len].copy_from_slice(&self.source.read_at(self.at, len)?),
        }
        self.at += len as u64;
        Ok(len)
    }
}
