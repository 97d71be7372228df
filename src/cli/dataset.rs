//! Recordings from files, folders and archives on disk.

use std::{fs, path::Path};

use indicatif::{ProgressBar, ProgressStyle};

use super::CommandError;
use crate::{
    network::Class,
    record::{
        Reading, Record,
        catalog::{Entry, catalog, read},
        file_set::{FileSet, source::FileOnDisk},
        reference,
    },
    signal::{self, Unusable, prepare},
    training::LabelledRecording,
};

/// All files under `path`: a file and those beside it that share its stem (a header's signal file, say), a folder with
/// all that is in it, or an archive.
pub fn files_at(path: &Path) -> Result<FileSet, CommandError> {
    let mut files = FileSet::default();
    if path.is_dir() {
        add_folder(&mut files, path, path)?;
        return Ok(files);
    }
    let stem = path.file_stem();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !is_archive(path) {
        for entry in fs::read_dir(folder)?.flatten() {
            let beside = entry.path();
            if beside.file_stem() == stem && beside.file_name() != path.file_name() && beside.is_file() {
                add_file(&mut files, &beside, folder)?;
            }
        }
    }
    add_file(&mut files, path, folder)?;
    Ok(files)
}

fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

fn add_folder(files: &mut FileSet, folder: &Path, root: &Path) -> Result<(), CommandError> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { add_folder(files, &path, root)? } else { add_file(files, &path, root)? }
    }
    Ok(())
}

fn add_file(files: &mut FileSet, path: &Path, root: &Path) -> Result<(), CommandError> {
    let file = FileOnDisk::at(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    files.add_source(name, Box::new(file));
    Ok(())
}

/// Every recording in `files`, at `fs` Hz where the file does not tell, and a sentence for each that cannot be read.
pub fn records(files: &FileSet, fs: Option<f64>) -> (Vec<Record>, Vec<String>) {
    let found = catalog(files);
    let mut problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    let mut records = Vec::new();
    for entry in &found.entries {
        match read(files, entry) {
            Ok(Reading::Complete(record)) => records.push(record),
            Ok(Reading::NeedsSamplingRate(unsampled)) => match fs {
                Some(fs) => records.push(unsampled.at(fs)),
                None => problems
                    .push(format!("{}: the file does not tell its sampling rate; give it with --fs", entry.path)),
            },
            Err(error) => problems.push(error.to_string()),
        }
    }
    (records, problems)
}

/// A labelled set: the recordings that can be used, and a sentence for each that cannot.
pub fn labelled(path: &Path) -> Result<(Vec<LabelledRecording>, Vec<String>), CommandError> {
    each_labelled(path, |name, class, samples, fs| {
        Ok(LabelledRecording { name: name.to_owned(), class, prepared: prepare(samples, fs)? })
    })
}

/// One lead of a labelled recording as the network reads it.
pub struct LabelledReading {
    pub name: String,
    pub class: Class,
    pub reading: signal::Reading,
}

/// The same set as the page reads it: usable stretches alone.
pub fn labelled_readings(path: &Path) -> Result<(Vec<LabelledReading>, Vec<String>), CommandError> {
    each_labelled(path, |name, class, samples, fs| {
        Ok(LabelledReading { name: name.to_owned(), class, reading: signal::read(samples, fs)? })
    })
}

/// What is made `of` each labelled recording: its name, class, samples in mV and sampling rate in Hz.
fn each_labelled<T>(
    path: &Path,
    of: impl Fn(&str, Class, &[f32], f64) -> Result<T, Unusable>,
) -> Result<(Vec<T>, Vec<String>), CommandError> {
    let files = files_at(path)?;
    let labels = reference::read(&files).ok_or_else(|| {
        format!("{}: holds no REFERENCE.csv, which gives each recording its class (N, A, O or ~)", path.display())
    })?;
    let found = catalog(&files);
    let style = ProgressStyle::with_template("reading {bar:40} {pos}/{len}")?;
    let bar = ProgressBar::new(found.entries.len() as u64).with_style(style);
    let (mut usable, mut problems) = (Vec::new(), Vec::new());
    for entry in &found.entries {
        bar.inc(1);
        let Some(label) = labels.get(&entry.name) else { continue };
        match labelled_recording(&files, entry, label, &of) {
            Ok(recording) => usable.push(recording),
            Err(problem) => problems.push(problem),
        }
    }
    bar.finish_and_clear();
    if usable.is_empty() {
        return Err(format!("{}: holds no recording that has a label", path.display()).into());
    }
    Ok((usable, problems))
}

fn labelled_recording<T>(
    files: &FileSet,
    entry: &Entry,
    label: &str,
    of: impl Fn(&str, Class, &[f32], f64) -> Result<T, Unusable>,
) -> Result<T, String> {
    let class = Class::from_code(label)
        .ok_or_else(|| format!("{}: is labelled {label:?}, which is none of N, A, O and ~", entry.name))?;
    let record = match read(files, entry).map_err(|error| error.to_string())? {
        Reading::Complete(record) => record,
        Reading::NeedsSamplingRate(_) => {
            return Err(format!("{}: the file does not tell its sampling rate", entry.path));
        }
    };
    let lead = &record.leads[record.preferred_lead()];
    of(&entry.name, class, &lead.samples, record.fs).map_err(|unusable| format!("{}: {unusable}", entry.name))
}
