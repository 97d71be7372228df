//! The files somebody dropped.
//!
//! - [`source`]: where a file's bytes lie.

pub mod source;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::ops::Range;

use super::archive::Archive;
use super::{Fault, ReadError};
use source::ByteSource;

/// Files by path. Their bytes stay where they are until they are asked for. A zip archive stands for the files in it,
/// which are decompressed one at a time when they are read; their paths begin with the archive's:
/// `training2017.zip/training2017/A00004.hea`. So does a gzip file for the one file in it: `x.csv.gz/x.csv`.
#[derive(Default)]
pub struct FileSet {
    files: Vec<StoredFile>,
    archives: Vec<Archive>,
    by_path: HashMap<String, usize>,
    /// The lower-case file name without folders, to find what a header names however it is spelled.
    by_name: HashMap<String, Vec<usize>>,
    problems: Vec<ReadError>,
    /// The most bytes of one file that [`FileSet::read`] brings into memory; no limit where `None`.
    largest_whole: Option<u64>,
}

struct StoredFile {
    path: String,
    content: Content,
    /// Its bytes, for a file in an archive of which many stretches are to be read; see [`FileSet::hold`].
    held: Option<Vec<u8>>,
}

enum Content {
    Source(Box<dyn ByteSource>),
    InArchive { archive: usize, index: usize },
}

/// What is needed to tell a file's format: its path, its first bytes and its size.
pub struct Head<'a> {
    pub path: &'a str,
    /// At most [`Head::LENGTH`] bytes.
    pub bytes: Cow<'a, [u8]>,
    /// Bytes in the whole file.
    pub size: u64,
}

impl Head<'_> {
    /// Room for the longest preambles that text exports have.
    pub const LENGTH: usize = 16 * 1024;

    /// Whether `bytes` is the whole file.
    pub fn is_whole(&self) -> bool {
        self.bytes.len() as u64 >= self.size
    }

    /// Whether the path ends in `.extension`, in whatever case.
    pub fn has_extension(&self, extension: &str) -> bool {
        extension_of(self.path).eq_ignore_ascii_case(extension)
    }
}

impl FileSet {
    /// An empty set, of whose files none larger than `limit` bytes is ever read whole.
    pub fn reading_at_most(limit: u64) -> Self {
        Self { largest_whole: Some(limit), ..Self::default() }
    }

    /// Adds a file whose bytes are in memory; see [`FileSet::add_source`].
    pub fn add(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.add_source(path, Box::new(bytes));
    }

    /// Adds a file; one of the same path is replaced. Of a zip archive the directory is read, of any other file its
    /// first bytes; an archive that cannot be opened, or a file that cannot be read, is kept as one of
    /// [`FileSet::problems`].
    pub fn add_source(&mut self, path: impl Into<String>, source: Box<dyn ByteSource>) {
        let path = tidy(&path.into());
        match beginning(&*source, Archive::SIGNATURE_LENGTH) {
            Ok(start) if Archive::recognise(&start) => {}
            Ok(_) => return self.insert(path, Content::Source(source)),
            Err(error) => return self.problems.push(unreadable(&path, &error)),
        }
        match Archive::open(&path, source) {
            Ok(archive) => {
                let place = self.archives.len();
                for (index, name) in archive.files() {
                    let content = Content::InArchive { archive: place, index };
                    self.insert(format!("{path}/{}", tidy(name)), content);
                }
                self.archives.push(archive);
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Takes every file out of the set whose path `keep` refuses.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        let files = std::mem::take(&mut self.files);
        self.by_path.clear();
        self.by_name.clear();
        files.into_iter().filter(|file| keep(&file.path)).for_each(|file| self.insert(file.path, file.content));
    }

    fn insert(&mut self, path: String, content: Content) {
        if let Some(&place) = self.by_path.get(&path) {
            self.files[place] = StoredFile { path, content, held: None };
            return;
        }
        let place = self.files.len();
        self.by_path.insert(path.clone(), place);
        self.by_name.entry(name_of(&path).to_lowercase()).or_default().push(place);
        self.files.push(StoredFile { path, content, held: None });
    }

    /// Archives that could not be opened.
    pub fn problems(&self) -> &[ReadError] {
        &self.problems
    }

    /// Files, those inside archives counted, archives themselves not.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The paths of all files, in the order in which they were added.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    /// The whole of a file, borrowed where it lies in memory, decompressed where it lies in an archive.
    ///
    /// # Errors
    /// Where no such file is there, it is larger than this set reads whole, or it cannot be read: moved or locked, or
    /// damaged, locked or far too large inside its archive.
    pub fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        let file = self.stored(path)?;
        let size = self.size_of(file);
        if let Some(fault) = self.too_large(size) {
            return Err(ReadError::new(path, fault));
        }
        if let Some(bytes) = &file.held {
            return Ok(Cow::Borrowed(bytes));
        }
        match &file.content {
            Content::Source(source) => match source.in_memory() {
                Some(bytes) => Ok(Cow::Borrowed(bytes)),
                None => piece(&**source, 0..size).map(Cow::Owned).map_err(|error| unreadable(path, &error)),
            },
            Content::InArchive { archive, index } => self.archives[*archive].read(*index, path).map(Cow::Owned),
        }
    }

    /// The bytes of a file in `range`, as far as it goes; fewer where the file ends before. Of a file that is
    /// compressed in an archive, all before them is decompressed as well, and let go.
    ///
    /// # Errors
    /// As [`FileSet::read`], except that a file may be of any size.
    pub fn slice(&self, path: &str, range: Range<u64>) -> Result<Cow<'_, [u8]>, ReadError> {
        let file = self.stored(path)?;
        let size = self.size_of(file);
        let end = range.end.min(size);
        let range = range.start.min(end)..end;
        if let Some(bytes) = &file.held {
            let places = (usize::try_from(range.start), usize::try_from(end));
            let (Ok(start), Ok(end)) = places else { return Ok(Cow::Borrowed(&[])) };
            return Ok(Cow::Borrowed(bytes.get(start..end).unwrap_or_default()));
        }
        match &file.content {
            Content::Source(source) => match (source.in_memory(), usize::try_from(range.start), usize::try_from(end)) {
                (Some(bytes), Ok(start), Ok(end)) => Ok(Cow::Borrowed(bytes.get(start..end).unwrap_or_default())),
                _ => piece(&**source, range).map(Cow::Owned).map_err(|error| unreadable(path, &error)),
            },
            Content::InArchive { archive, index } => {
                let length = usize::try_from(end - range.start).unwrap_or(usize::MAX);
                self.archives[*archive].slice(*index, path, range.start, length).map(Cow::Owned)
            }
        }
    }

    /// The beginning of a file; of one in an archive no more than that is decompressed.
    ///
    /// # Errors
    /// As [`FileSet::slice`].
    pub fn head(&self, path: &str) -> Result<Head<'_>, ReadError> {
        let file = self.stored(path)?;
        let bytes = self.slice(path, 0..Head::LENGTH as u64)?;
        Ok(Head { path: &file.path, bytes, size: self.size_of(file) })
    }

    /// Bytes in a file.
    ///
    /// # Errors
    /// Where no such file is there.
    pub fn size(&self, path: &str) -> Result<u64, ReadError> {
        self.stored(path).map(|file| self.size_of(file))
    }

    /// Keeps the bytes of these files in memory as far as they lie in an archive, where each stretch would have all
    /// before it decompressed again; those of all other files are let go. What lies outside archives stays there.
    ///
    /// # Errors
    /// As [`FileSet::read`].
    pub fn hold(&mut self, paths: &[String]) -> Result<(), ReadError> {
        self.files.iter_mut().filter(|file| !paths.contains(&file.path)).for_each(|file| file.held = None);
        for path in paths {
            let Some(&place) = self.by_path.get(path) else { continue };
            if self.files[place].held.is_none() && matches!(self.files[place].content, Content::InArchive { .. }) {
                let bytes = self.read(path)?.into_owned();
                self.files[place].held = Some(bytes);
            }
        }
        Ok(())
    }

    /// Whether a file's bytes are kept by [`FileSet::hold`].
    pub fn is_held(&self, path: &str) -> bool {
        self.stored(path).is_ok_and(|file| file.held.is_some())
    }

    fn size_of(&self, file: &StoredFile) -> u64 {
        match &file.content {
            Content::Source(source) => source.len(),
            Content::InArchive { archive, index } => self.archives[*archive].size(*index).unwrap_or(0),
        }
    }

    /// Why a file of `size` bytes cannot be read whole; `None` where it can.
    pub fn too_large(&self, size: u64) -> Option<Fault> {
        let limit = self.largest_whole.filter(|&limit| size > limit)?;
        Some(Fault::TooLarge { megabytes: size >> 20, limit: limit >> 20 })
    }

    fn stored(&self, path: &str) -> Result<&StoredFile, ReadError> {
        let place = self.by_path.get(path);
        place.map(|&place| &self.files[place]).ok_or_else(|| ReadError::new(path, Fault::NotHere))
    }

    /// The path of the file called `name` that belongs to the file at `path`: the one in the same folder, in
    /// whatever case; else the only one of that name anywhere, since a browser's file picker tells no folders.
    pub fn beside(&self, path: &str, name: &str) -> Option<&str> {
        let wanted = tidy(name);
        let in_folder = match folder_of(path) {
            "" => wanted.clone(),
            folder => format!("{folder}/{wanted}"),
        };
        if let Some(&place) = self.by_path.get(&in_folder) {
            return Some(&self.files[place].path);
        }
        let same_name = self.by_name.get(&name_of(&wanted).to_lowercase())?;
        let candidates = || same_name.iter().map(|&place| self.files[place].path.as_str());
        let lower = in_folder.to_lowercase();
        candidates().find(|candidate| candidate.to_lowercase() == lower).or_else(|| match same_name.as_slice() {
            [_] => candidates().next(),
            _ => None,
        })
    }

    /// The paths of all files called `name`, in whatever folder and case.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &str> {
        let places = self.by_name.get(&name.to_lowercase()).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&place| self.files[place].path.as_str())
    }
}

/// At most `length` bytes from a source's beginning.
fn beginning(source: &dyn ByteSource, length: usize) -> io::Result<Vec<u8>> {
    piece(source, 0..source.len().min(length as u64))
}

/// The bytes in a range that does not end past the source's end.
fn piece(source: &dyn ByteSource, range: Range<u64>) -> io::Result<Vec<u8>> {
    let length = usize::try_from(range.end - range.start).map_err(|_| io::ErrorKind::OutOfMemory)?;
    source.read_at(range.start, length)
}

fn unreadable(path: &str, error: &io::Error) -> ReadError {
    ReadError::new(path, Fault::Unreadable { cause: error.into() })
}

/// One spelling per path: forward slashes, no `.` parts, no empty ones.
fn tidy(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    parts.join("/")
}

/// The file name without its folders.
pub fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The folders without the file name; empty where there are none.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file name without folders and extension.
pub fn stem_of(path: &str) -> &str {
    let name = name_of(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// What follows the file name's last dot; empty where there is none.
pub fn extension_of(path: &str) -> &str {
    name_of(path).rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests;
