//! The map in `src/lib.rs` is true: a room imports only rooms before it. Read from the `use` lines and paths of `src/`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The rooms in the order of the map.
fn rooms() -> Vec<String> {
    let map = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    map.lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .filter_map(|row| row.split('`').nth(1))
        .map(str::to_owned)
        .filter(|name| {
            Path::new("src").join(name).is_dir() || Path::new("src").join(name).with_extension("rs").is_file()
        })
        .collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            rust_files(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
}

/// Code without comments and without the tests at a file's end, which may use what they like.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path.file_stem().is_some_and(|stem| stem == "tests" || stem.to_string_lossy().ends_with("_tests"))
}

/// The first names after each `crate::`, those in braces included.
fn imported(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // `ecg_lens::` and the like are other crates' names.
        if code[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(first_name(rest));
            continue;
        };
        let (mut depth, mut expects_name) = (1, true);
        for (place, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => expects_name = true,
                _ if expects_name && depth == 1 && (character.is_alphabetic() || character == '_') => {
                    names.push(first_name(&group[place..]));
                    expects_name = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let rooms = rooms();
    assert!(rooms.len() >= 10, "the map in src/lib.rs names only {rooms:?}");
    let rank: BTreeMap<&str, usize> = rooms.iter().enumerate().map(|(rank, room)| (room.as_str(), rank)).collect();
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files.iter().filter(|path| !is_test(path)) {
        let inside = path.strip_prefix("src").expect("below src");
        let room = inside.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        let Some(&own) = rank.get(room.as_str()) else {
            assert!(["lib", "bin"].contains(&room.as_str()), "{room} is not in the map in src/lib.rs");
            continue;
        };
        for name in imported(&code(path)) {
            let Some(&other) = rank.get(name.as_str()) else { continue };
            seen += 1;
            if other > own {
                wrong.push(format!("{}: {room} imports {name}, which comes after it", path.display()));
            }
        }
    }
    assert!(seen > 300, "only {seen} imports were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_read_from_paths_and_from_braces() {
    let code =
        "use crate::{\n    network::{Class, softmax},\n    signal::prepare,\n};\nlet a = crate::record::Record::new();";
    assert_eq!(imported(code), ["network", "signal", "record"]);
}
