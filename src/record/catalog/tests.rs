use super::*;

fn set_of(files: &[(&str, &[u8])]) -> FileSet {
    let mut set = FileSet::default();
    for (path, bytes) in files {
        set.add(*path, bytes.to_vec());
    }
    set
}

fn header(name: &str) -> Vec<u8> {
    format!("{name} 1 250 3\n{name}.dat 16 200 16 0 0 0 0 II\n").into_bytes()
}

#[test]
fn a_header_and_its_signal_file_are_one_entry_in_natural_order() {
    let files = set_of(&[
        ("s/r10.dat", &[0; 6]),
        ("s/r10.hea", &header("r10")),
        ("s/r9.hea", &header("r9")),
        ("s/r9.dat", &[0; 6]),
        ("s/r9.atr", &[1; 40]),
        ("s/r9.wabp", &[200; 40]),
        ("s/RECORDS", b"r9\nr10\n"),
        ("s/REFERENCE.csv", b"r9,N\nr10,A\n"),
        ("s/README.md", b"read me"),
        ("s/LICENSE.txt", b"do as you like"),
    ]);
    let found = catalog(&files);
    assert_eq!(found.entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["r9", "r10"]);
    assert_eq!(found.entries[0].path, "s/r9.hea");
    assert_eq!(found.entries[0].format(), "WFDB");
    assert!(found.problems.is_empty(), "{:?}", found.problems);
}

#[test]
fn companions_alone_are_answered() {
    let found = catalog(&set_of(&[("REFERENCE.csv", b"r9,N\nr10,A\n")]));
    assert_eq!(found.problems.len(), 1);
    assert_eq!(found.problems[0].file, "REFERENCE.csv");
}

#[test]
fn fifty_files_of_which_three_are_broken() {
    let mut files = FileSet::default();
    for number in 0..47 {
        files.add(format!("r{number}.hea"), header(&format!("r{number}")));
        files.add(format!("r{number}.dat"), vec![1; 6]);
    }
    files.add("empty.dat", Vec::new());
    files.add("noise.bin", (0..9000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect());
    files.add("lies.hea", b"lies 1 250 90\nlies.dat 16 200 16 0 0 0 0 II\n".to_vec());
    files.add("lies.dat", vec![1; 6]);
    let found = catalog(&files);
    assert_eq!((found.entries.len(), found.problems.len()), (48, 2));
    assert!(
        found.problems.iter().any(|problem| problem.file == "empty.dat" && problem.fault.to_string().contains("empty"))
    );
    assert!(
        found
            .problems
            .iter()
            .any(|problem| problem.file == "noise.bin" && problem.fault.to_string().contains("no format"))
    );
    let (good, bad): (Vec<_>, Vec<_>) = found.entries.iter().partition(|entry| read(&files, entry).is_ok());
    assert_eq!((good.len(), bad.len(), bad[0].name.as_str()), (47, 1, "lies"));
    assert_eq!(read(&files, bad[0]).unwrap_err().file, "lies.dat");
}

#[test]
fn a_recording_without_samples_is_a_sentence() {
    let files = set_of(&[("r.hea", b"r 1 250\nr.dat 16 200 16 0 0 0 0 II\n"), ("r.dat", b"")]);
    let found = catalog(&files);
    assert!(read(&files, &found.entries[0]).unwrap_err().fault.to_string().contains("no samples"));
}
