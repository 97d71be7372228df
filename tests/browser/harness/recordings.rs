//! Real recordings, which are other people's and therefore not in this project: `ECG_DATA`, or `../shared/data` next to
//! it. Tests that need them are skipped, loudly, on a machine that has none.

use std::io::{Read, Write};
use std::path::PathBuf;

/// The folder of real recordings, where there is one.
pub fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ECG_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    // Past libtest's capture, which would hide the words of a test that passes.
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let words = format!("SKIPPED {test}: no recordings in {} (ECG_DATA names another folder)\n", folder.display());
    let _ = std::io::stderr().write_all(words.as_bytes());
    None
}

/// The `.hea` and `.mat` of one recording of `training2017.zip`, such as `A00264` (labelled atrial fibrillation), as
/// (name, bytes); nothing where this machine has none.
pub fn cinc2017(record: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let path = folder()?.join("training2017.zip");
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut archive = zip::ZipArchive::new(file).expect("a readable training2017.zip");
    let files = ["hea", "mat"].map(|extension| {
        let name = format!("{record}.{extension}");
        let mut bytes = Vec::new();
        let mut entry =
            archive.by_name(&format!("training2017/{name}")).unwrap_or_else(|error| panic!("{name}: {error}"));
        entry.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, bytes)
    });
    Some(files.into())
}
