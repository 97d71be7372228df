//! Which recordings a set of files holds, and reading one of them.

use std::collections::HashSet;

use super::file_set::{FileSet, extension_of, name_of, stem_of};
use super::formats::{self, Format};
use super::long::{LONG_SECONDS, Long};
use super::natural_order::natural_order;
use super::{Fault, ReadError, Reading, reference};

/// The recordings found in a set of files, and what stood in the way of others.
#[derive(Debug, Default)]
pub struct Catalog {
    /// In natural order of their names.
    pub entries: Vec<Entry>,
    /// One for each file that is no recording and no companion of one, in natural order.
    pub problems: Vec<ReadError>,
}

/// One recording that can be read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The recording's name: `A00004`, `100`.
    pub name: String,
    /// The file that stands for it: a WFDB header, or the one file that it is.
    pub path: String,
    format: &'static Format,
}

impl Entry {
    /// The format in words.
    pub fn format(&self) -> &'static str {
        self.format.name
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.name, self.format.name) == (&other.path, &other.name, other.format.name)
    }
}

/// Groups files into recordings. Samples are not decoded, and of a file in an archive only the beginning is
/// decompressed; of files that a header claims, nothing.
pub fn catalog(files: &FileSet) -> Catalog {
    catalog_telling(files, |_| {})
}

/// The same; `looks_at` hears the path of each file before it is looked at.
pub fn catalog_telling(files: &FileSet, mut looks_at: impl FnMut(&str)) -> Catalog {
    let mut found = Catalog { entries: Vec::new(), problems: files.problems().to_vec() };
    let mut parts: HashSet<String> = HashSet::new();
    let mut unknown: Vec<&str> = Vec::new();
    let mut tables: HashSet<&str> = HashSet::new();
    let mut headers: HashSet<&str> = HashSet::new();
    // Headers first: what they name needs no look of its own.
    let is_header = |path: &&str| extension_of(path).eq_ignore_ascii_case("hea");
    let (first, then): (Vec<&str>, Vec<&str>) = files.paths().partition(is_header);
    for path in first.into_iter().chain(then) {
        if parts.contains(path) {
            continue;
        }
        looks_at(path);
        if is_header(&path) {
            headers.insert(stem_of(path));
        }
        let head = match files.head(path) {
            Ok(head) => head,
            Err(problem) => {
                found.problems.push(problem);
                continue;
            }
        };
        // A list of labels may look like columns of numbers; it is not taken for a recording unless it came alone.
        let is_table = reference::is_table(&head);
        if is_table {
            tables.insert(path);
        }
        let format = formats::recognise(&head).filter(|_| files.len() == 1 || !is_list(path) && !is_table);
        let Some(format) = format else {
            unknown.push(path);
            continue;
        };
        match (format.outline)(files, path) {
            Ok(outline) => {
                parts.extend(outline.parts);
                found.entries.push(Entry { name: outline.name, path: path.to_string(), format });
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    found.entries.retain(|entry| !parts.contains(&entry.path));
    // A header that is no recording by itself, as a layout segment, is well if another claims it.
    found.problems.retain(|problem| !parts.contains(&problem.file));

    // What only accompanies recordings is passed over, unless there is nothing else to speak of.
    let accompanies = |path: &str| {
        is_companion(path) || tables.contains(path) || headers.contains(stem_of(path)) && !is_header(&path)
    };
    let (companions, strangers): (Vec<&str>, Vec<&str>) =
        unknown.into_iter().filter(|path| !parts.contains(*path)).partition(|path| accompanies(path));
    let nothing_else = found.entries.is_empty() && found.problems.is_empty() && strangers.is_empty();
    for path in strangers.into_iter().chain(companions.into_iter().filter(|_| nothing_else)) {
        looks_at(path);
        found.problems.push(match files.head(path) {
            Ok(head) => {
                let too_large = files.too_large(head.size);
                ReadError::new(path, too_large.unwrap_or_else(|| formats::explain_unknown(files, &head)))
            }
            Err(problem) => problem,
        });
    }
    found.entries.sort_by(|a, b| natural_order(&a.name, &b.name).then_with(|| natural_order(&a.path, &b.path)));
    found.problems.sort_by(|a, b| natural_order(&a.file, &b.file));
    found
}

/// The recording that the file at `path` stands for, as a catalog once found it there.
///
/// # Errors
/// Where the file is not there any more, or is no recording.
pub fn entry_at(files: &FileSet, path: &str) -> Result<Entry, ReadError> {
    let head = files.head(path)?;
    let Some(format) = formats::recognise(&head) else {
        return Err(ReadError::new(path, formats::explain_unknown(files, &head)));
    };
    Ok(Entry { name: (format.outline)(files, path)?.name, path: path.to_string(), format })
}

/// Decodes one recording.
///
/// # Errors
/// What is wrong, and with which file.
pub fn read(files: &FileSet, entry: &Entry) -> Result<Reading, ReadError> {
    let reading = (entry.format.read)(files, &entry.path)?;
    let empty = match &reading {
        Reading::Complete(record) => record.is_empty(),
        Reading::NeedsSamplingRate(unsampled) => unsampled.is_empty(),
    };
    if empty {
        return Err(ReadError::new(&entry.path, Fault::NoSamples));
    }
    Ok(reading)
}

/// Opens a recording that is long and of which stretches can be read; `None` where it is short or has to be read whole.
///
/// # Errors
/// What is wrong, and with which file.
pub fn open_long(files: &FileSet, entry: &Entry) -> Result<Option<Long>, ReadError> {
    Ok(open_in_stretches(files, entry)?.filter(|long| long.seconds() > LONG_SECONDS))
}

/// The same of whatever duration.
///
/// # Errors
/// What is wrong, and with which file.
pub fn open_in_stretches(files: &FileSet, entry: &Entry) -> Result<Option<Long>, ReadError> {
    entry.format.long.map_or(Ok(None), |open| open(files, &entry.path))
}

/// Lists and notes that databases have beside their recordings.
fn is_list(path: &str) -> bool {
    let name = name_of(path).to_lowercase();
    let starts =
        ["reference", "readme", "licen", "copying", "checksums", "sha256sums", "md5sums", "records", "annotators"];
    starts.iter().any(|start| name.starts_with(start)) && matches!(extension_of(&name), "" | "csv" | "txt" | "md")
}

/// Files that come with recordings in the databases, and are none: lists, annotations, pages, programs.
fn is_companion(path: &str) -> bool {
    let extensions = ["atr", "qrs", "wqrs", "apn", "xws", "md", "html", "htm", "py", "m", "sh", "c", "yml", "yaml"];
    is_list(path) || extensions.contains(&extension_of(path).to_lowercase().as_str())
}

#[cfg(test)]
mod tests;
