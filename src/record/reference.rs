//! Labels that come with a set of recordings, as PhysioNet's challenges give them.

use std::collections::HashMap;

use super::file_set::{FileSet, name_of};

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
/// case; `None` where there is none, or none that holds labels. Each line is a record's name, a comma, a label; what
/// follows on a line is left aside.
pub fn read(files: &FileSet) -> Option<Labels> {
    ["reference-v3.csv", "reference.csv"].iter().flat_map(|name| files.named(name)).find_map(|path| {
        let bytes = files.read(path).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let pairs = text.trim_start_matches('\u{feff}').lines().filter_map(|line| {
            let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
            let (record, label) = (cells.next()?, cells.next()?);
            (!record.is_empty() && !label.is_empty()).then(|| (name_of(record).to_string(), label.to_string()))
        });
        let labels = Labels { path: path.to_string(), by_record: pairs.collect() };
        (!labels.is_empty()).then_some(labels)
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
}
