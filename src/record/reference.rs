//! Labels that come with a set of recordings, as PhysioNet's challenges give them.

use std::collections::HashMap;

use super::file_set::{FileSet, Head, extension_of, name_of, stem_of};

/// What class each recording has, by the recording's name, in the set's own codes: `N`, `A`, `O`, `~`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// The file the labels were read from.
    pub path: String,
    by_record: HashMap<String, String>,
}

impl Labels {
    /// The label of the recording called `record` (`A00004`), if it has one.
    pub fn get(&self, record: &str) -> Option<&str> {
        self.by_record.get(record).map(String::as_str)
    }

    /// Recordings that have a label.
    pub fn len(&self) -> usize {
        self.by_record.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_record.is_empty()
    }

    /// All recordings and their labels, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_record.iter().map(|(record, label)| (record.as_str(), label.as_str()))
    }
}

/// Reads `REFERENCE-v3.csv` (the last revision of CinC 2017's labels) or else `REFERENCE.csv`, in any folder and
/// case: each line is a record's name, a comma, a label; what follows on a line is left aside. Without these, the first
/// table with a column of files and one of labels (see [`is_table`]), whose labels may also be words: `AF`, `Normal`,
/// `Other`, `Noise`. `None` where there is none, or none that holds labels.
pub fn read(files: &FileSet) -> Option<Labels> {
    let references = ["reference-v3.csv", "reference.csv"];
    let reference = references.iter().flat_map(|name| files.named(name)).find_map(|path| {
        let bytes = files.read(path).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let pairs = text.trim_start_matches('\u{feff}').lines().filter_map(|line| {
            let mut cells = cells(line, ',');
            let (record, label) = (cells.next()?, cells.next()?);
            (!record.is_empty() && !label.is_empty()).then(|| (name_of(record).to_string(), label.to_string()))
        });
        let labels = Labels { path: path.to_string(), by_record: pairs.collect() };
        (!labels.is_empty()).then_some(labels)
    });
    let from_table = || {
        let mut tables =
            files.paths().filter(|path| is_text(path) && files.head(path).is_ok_and(|head| is_table(&head)));
        tables.find_map(|path| table(files, path))
    };
    reference.or_else(from_table)
}

/// Columns that name a recording, and columns that label it, as people call them.
const RECORD_COLUMNS: [&str; 9] =
    ["file", "filename", "file_name", "path", "record", "record_name", "recording", "name", "id"];
const LABEL_COLUMNS: [&str; 7] = ["label", "labels", "class", "rhythm", "diagnosis", "truth", "target"];

/// Where a table's columns are.
struct Columns {
    delimiter: char,
    record: usize,
    label: usize,
}

/// Whether a file is a table of labels: its first line, at commas, semicolons or tabs, names a column of files
/// (`file`, `filename`, `record` …) and one of labels (`label`, `class`, `rhythm` …).
pub fn is_table(head: &Head) -> bool {
    is_text(head.path)
        && columns(
            String::from_utf8_lossy(&head.bytes).trim_start_matches('\u{feff}').lines().next().unwrap_or_default(),
        )
        .is_some()
}

fn is_text(path: &str) -> bool {
    ["csv", "tsv", "txt"].contains(&extension_of(path).to_lowercase().as_str())
}

fn columns(header: &str) -> Option<Columns> {
    [',', ';', '\t'].into_iter().find_map(|delimiter| {
        let names: Vec<String> = cells(header, delimiter).map(str::to_lowercase).collect();
        let place = |known: &[&str]| known.iter().find_map(|name| names.iter().position(|it| it == name));
        Some(Columns { delimiter, record: place(&RECORD_COLUMNS)?, label: place(&LABEL_COLUMNS)? })
    })
}

fn table(files: &FileSet, path: &str) -> Option<Labels> {
    let bytes = files.read(path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let columns = columns(lines.next()?)?;
    let pairs = lines.filter_map(|line| {
        let cells: Vec<&str> = cells(line, columns.delimiter).collect();
        let (record, label) = (*cells.get(columns.record)?, *cells.get(columns.label)?);
        let label = code(label).unwrap_or(label);
        (!record.is_empty() && !label.is_empty()).then(|| (stem_of(name_of(record)).to_string(), label.to_string()))
    });
    let labels = Labels { path: path.to_string(), by_record: pairs.collect() };
    (!labels.is_empty()).then_some(labels)
}

fn cells(line: &str, delimiter: char) -> impl Iterator<Item = &str> {
    line.split(delimiter).map(|cell| cell.trim().trim_matches('"').trim())
}

/// The challenge's code for a label in words.
fn code(label: &str) -> Option<&'static str> {
    Some(match label.to_lowercase().as_str() {
        "n" | "normal" | "nsr" | "sr" | "sinus" | "sinus rhythm" | "normal sinus rhythm" => "N",
        "a" | "af" | "afib" | "(afib" | "atrial fibrillation" => "A",
        "o" | "other" | "other rhythm" => "O",
        "~" | "noisy" | "noise" | "too noisy" => "~",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_revision_is_preferred_in_any_folder_and_case() {
        let mut files = FileSet::default();
        assert_eq!(read(&files), None);
        files.add("set/REFERENCE.csv", b"A00001,N\r\nA00002,A\r\n".to_vec());
        let labels = read(&files).unwrap();
        assert_eq!((labels.get("A00002"), labels.get("A00003"), labels.len()), (Some("A"), None, 2));
        files.add("set/reference-V3.CSV", b"A00001,~\n\nbroken\n,\n".to_vec());
        let labels = read(&files).unwrap();
        assert_eq!((labels.get("A00001"), labels.len(), labels.path.as_str()), (Some("~"), 1, "set/reference-V3.CSV"));
    }

    #[test]
    fn a_table_with_a_column_of_files_and_one_of_labels_serves_as_well() {
        let mut files = FileSet::default();
        files.add("trace.csv", b"time,mV\n0.0,0.1\n0.004,0.2\n".to_vec());
        assert_eq!(read(&files), None);
        let table = "\u{feff}Patient;Filename;Age;Rhythm\n1;\"ecg/R1.csv\";70;AF\n2;R2;61;Normal sinus rhythm\n3;R3;50;VT\n4;;1;N\n";
        files.add("list.csv", table.as_bytes().to_vec());
        let labels = read(&files).unwrap();
        let of = |record| labels.get(record);
        assert_eq!((of("R1"), of("R2"), of("R3"), labels.len()), (Some("A"), Some("N"), Some("VT"), 3));
        // Where both are there, the challenge's own file has the word.
        files.add("REFERENCE.csv", b"R1,O\n".to_vec());
        assert_eq!(read(&files).unwrap().get("R1"), Some("O"));
    }
}
