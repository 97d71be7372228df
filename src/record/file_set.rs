//! The files somebody dropped.

use std::borrow::Cow;
use std::collections::HashMap;

use super::FormatError;
use super::archive::Archive;

/// Files by path. A zip archive stands for the files in it, which are decompressed one at a time when they are read;
/// their paths begin with the archive's: `training2017.zip/training2017/A00004.hea`. So does a gzip file for the one file in
/// it: `x.csv.gz/x.csv`.
#[derive(Default)]
pub struct FileSet {
    files: Vec<StoredFile>,
    archives: Vec<Archive>,
    by_path: HashMap<String, usize>,
    /// The lower-case file name without folders, to find what a header names however it is spelled.
    by_name: HashMap<String, Vec<usize>>,
    problems: Vec<FormatError>,
}

struct StoredFile {
    path: String,
    content: Content,
}

enum Content {
    Bytes(Vec<u8>),
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
    /// Adds a file; one of the same path is replaced. Of a zip archive the directory is read, nothing else; an
    /// archive that cannot be opened is kept as one of [`FileSet::problems`].
    pub fn add(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        let path = tidy(&path.into());
        if !Archive::recognise(&bytes) {
            self.insert(path, Content::Bytes(bytes));
            return;
        }
        match Archive::open(&path, bytes) {
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

    fn insert(&mut self, path: String, content: Content) {
        if let Some(&place) = self.by_path.get(&path) {
            self.files[place].content = content;
            return;
        }
        let place = self.files.len();
        self.by_path.insert(path.clone(), place);
        self.by_name.entry(name_of(&path).to_lowercase()).or_default().push(place);
        self.files.push(StoredFile { path, content });
    }

    /// Archives that could not be opened.
    pub fn problems(&self) -> &[FormatError] {
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

    /// The whole of a file, borrowed where it lies as it is, decompressed where it lies in an archive.
    ///
    /// # Errors
    /// Where no such file is there, or it is damaged, locked or far too large inside its archive.
    pub fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, FormatError> {
        match &self.stored(path)?.content {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::InArchive { archive, index } => self.archives[*archive].read(*index, path).map(Cow::Owned),
        }
    }

    /// The beginning of a file; of one in an archive no more than that is decompressed.
    ///
    /// # Errors
    /// As [`FileSet::read`].
    pub fn head(&self, path: &str) -> Result<Head<'_>, FormatError> {
        let file = self.stored(path)?;
        match &file.content {
            Content::Bytes(bytes) => {
                let start = &bytes[..bytes.len().min(Head::LENGTH)];
                Ok(Head { path: &file.path, bytes: Cow::Borrowed(start), size: bytes.len() as u64 })
            }
            Content::InArchive { archive, index } => {
                let beginning = self.archives[*archive].beginning(*index, path, Head::LENGTH)?;
                Ok(Head { path: &file.path, bytes: Cow::Owned(beginning.bytes), size: beginning.size })
            }
        }
    }

    fn stored(&self, path: &str) -> Result<&StoredFile, FormatError> {
        let place = self.by_path.get(path);
        place
            .map(|&place| &self.files[place])
            .ok_or_else(|| FormatError::new(path, "This file is not here; drop it too."))
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
