//! Real recordings, which are other people's and not part of this project.

use std::io::Write;
use std::path::PathBuf;

/// The file or folder called `name` in `ECG_DATA`, else in `../shared/data`; nothing, and said so, where it is not there.
pub fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ECG_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = folder.join(name);
    if !path.exists() {
        // Not by eprintln, which the test runner keeps to itself when a test passes.
        let skipped =
            format!("SKIPPED: {} is not here; set ECG_DATA to the folder of real recordings\n", path.display());
        std::io::stderr().write_all(skipped.as_bytes()).expect("stderr");
        return None;
    }
    Some(path)
}
