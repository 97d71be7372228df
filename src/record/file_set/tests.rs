use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn set_of(path: &str, bytes: Vec<u8>) -> FileSet {
    let mut files = FileSet::default();
    files.add(path, bytes);
    files
}

#[test]
fn an_archive_stands_for_its_files() {
    let bytes = zip_of(&[
        ("set/a.hea", b"header"),
        ("./set/a.dat", &[7; 40_000]),
        ("__MACOSX/set/._a.hea", b"junk"),
        ("set/.DS_Store", b"junk"),
        ("set/folder/", b""),
    ]);
    let files = set_of("x.zip", bytes);
    assert_eq!(files.paths().collect::<Vec<_>>(), ["x.zip/set/a.hea", "x.zip/set/a.dat"]);
    assert_eq!(&*files.read("x.zip/set/a.hea").unwrap(), b"header");
    assert_eq!(&*files.read("x.zip/set/a.dat").unwrap(), [7; 40_000]);
    let head = files.head("x.zip/set/a.dat").unwrap();
    assert_eq!((head.bytes.len(), head.size, head.is_whole()), (Head::LENGTH, 40_000, false));
    assert!(files.problems().is_empty());
}

#[test]
fn a_neighbour_is_found_in_any_case_and_elsewhere_if_there_is_only_one() {
    let mut files = FileSet::default();
    for path in ["one/A.hea", "one/a.DAT", "two/a.dat", "two\\b.dat"] {
        files.add(path, vec![1]);
    }
    assert_eq!(files.beside("one/A.hea", "A.dat"), Some("one/a.DAT"));
    assert_eq!(files.beside("two/A.hea", "a.dat"), Some("two/a.dat"));
    assert_eq!(files.beside("three/A.hea", "a.dat"), None, "two candidates, none beside it");
    assert_eq!(files.beside("three/b.hea", "b.dat"), Some("two/b.dat"));
    assert_eq!(files.named("A.DAT").count(), 2);
}

#[test]
fn a_file_added_again_replaces_the_first() {
    let mut files = set_of("a", vec![1]);
    files.add("./a", vec![2]);
    assert_eq!((files.len(), &*files.read("a").unwrap()), (1, &[2][..]));
}

#[test]
fn a_broken_archive_is_a_sentence() {
    let whole = zip_of(&[("a.dat", &[1; 1000])]);
    let files = set_of("x.zip", whole[..whole.len() / 2].to_vec());
    assert!(files.is_empty());
    assert_eq!(files.problems()[0].file, "x.zip");
    assert!(files.problems()[0].fault.to_string().contains("damaged"));
}

#[test]
fn a_file_damaged_inside_an_archive_is_a_sentence() {
    let noise: Vec<u8> = (0..1000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut bytes = zip_of(&[("a.dat", &noise)]);
    for byte in &mut bytes[100..200] {
        *byte ^= 0x55;
    }
    let files = set_of("x.zip", bytes);
    let problem = files.read("x.zip/a.dat").unwrap_err();
    assert!(problem.to_string().contains("x.zip/a.dat") && problem.fault.to_string().contains("damaged"), "{problem}");
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    let bytes = zip_of(&[("bomb.dat", &vec![0; 17 << 20])]);
    assert!(bytes.len() < 100_000);
    let files = set_of("x.zip", bytes);
    assert!(files.read("x.zip/bomb.dat").unwrap_err().fault.to_string().contains("would grow"));
}

#[test]
fn an_encrypted_file_is_a_sentence() {
    let mut bytes = zip_of(&[("a.dat", b"secret")]);
    // Bit 0 of the general purpose flags, in the local header (APPNOTE 4.3.7) and in the directory (4.3.12).
    bytes[6] |= 1;
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    let files = set_of("x.zip", bytes);
    assert!(files.read("x.zip/a.dat").unwrap_err().fault.to_string().contains("password"));
}

#[test]
fn an_office_document_is_a_sentence() {
    let files = set_of("sheet.xlsx", zip_of(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]));
    assert!(files.is_empty() && files.problems()[0].fault.to_string().contains("CSV"));
}

/// Bytes that are not in memory as far as a file set can tell, and the most of them that were asked for at once.
struct Elsewhere(Vec<u8>, std::rc::Rc<std::cell::Cell<usize>>);

impl ByteSource for Elsewhere {
    fn len(&self) -> u64 {
        ByteSource::len(&self.0)
    }

    fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        self.1.set(self.1.get().max(len));
        self.0.read_at(offset, len)
    }
}

#[test]
fn a_large_archive_is_read_in_pieces() {
    let noise: Vec<u8> = (0..900_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("packed.dat", SimpleFileOptions::default()).unwrap();
    writer.write_all(&noise).unwrap();
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("stored.dat", stored).unwrap();
    writer.write_all(&noise).unwrap();
    let bytes = writer.finish().unwrap().into_inner();

    let most = std::rc::Rc::default();
    let mut files = FileSet::default();
    files.add_source("x.zip", Box::new(Elsewhere(bytes, std::rc::Rc::clone(&most))));
    for path in ["x.zip/packed.dat", "x.zip/stored.dat"] {
        assert_eq!(&*files.head(path).unwrap().bytes, &noise[..Head::LENGTH]);
        assert_eq!(&*files.slice(path, 500_000..500_010).unwrap(), &noise[500_000..500_010]);
        assert_eq!(&*files.slice(path, 899_999..2_000_000).unwrap(), &noise[899_999..]);
        assert!(files.slice(path, 900_001..u64::MAX).unwrap().is_empty());
    }
    assert!(most.get() <= 128 * 1024, "{} bytes at once", most.get());
    assert_eq!(&*files.read("x.zip/packed.dat").unwrap(), noise);
    assert!(most.get() <= 128 * 1024, "{} bytes at once", most.get());
    assert_eq!(&*files.read("x.zip/stored.dat").unwrap(), noise);
}

#[test]
fn a_file_on_a_disk_is_read_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dat");
    std::fs::write(&path, [1, 2, 3, 4, 5]).unwrap();
    let mut files = FileSet::default();
    files.add_source("a.dat", Box::new(source::FileOnDisk::at(&path).unwrap()));
    assert_eq!(&*files.slice("a.dat", 1..3).unwrap(), [2, 3]);
    assert_eq!(&*files.read("a.dat").unwrap(), [1, 2, 3, 4, 5]);
    std::fs::remove_file(&path).unwrap();
    let problem = files.read("a.dat").unwrap_err();
    assert!(problem.file == "a.dat" && problem.fault.to_string().contains("moved or locked"), "{problem}");
    assert!(source::FileOnDisk::at(&path).is_err());
}

#[test]
fn a_file_too_large_to_be_read_whole_is_a_sentence_and_its_pieces_are_not() {
    let mut files = FileSet::reading_at_most(2 << 20);
    files.add("a.dat", vec![7; 3 << 20]);
    files.add("x.zip", zip_of(&[("b.dat", &[7; 3 << 20]), ("c.dat", &[7; 1 << 20])]));
    for path in ["a.dat", "x.zip/b.dat"] {
        assert!(files.read(path).unwrap_err().fault.to_string().contains("has 3 MB; up to 2 MB"));
        assert_eq!(&*files.slice(path, 5..7).unwrap(), [7, 7]);
    }
    assert_eq!(files.read("x.zip/c.dat").unwrap().len(), 1 << 20);
}

#[test]
fn files_are_taken_out_of_the_set() {
    let mut files = set_of("x.zip", zip_of(&[("a.hea", b"1"), ("a.dat", b"2")]));
    files.add("b.hea", vec![3]);
    files.retain(|path| path != "x.zip/a.hea");
    assert_eq!(files.paths().collect::<Vec<_>>(), ["x.zip/a.dat", "b.hea"]);
    assert!(files.read("x.zip/a.hea").is_err() && files.named("a.hea").next().is_none());
    assert_eq!(&*files.read("x.zip/a.dat").unwrap(), b"2");
}

fn gzip_of(builder: flate2::GzBuilder, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = builder.write(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_gzip_file_stands_for_the_file_in_it() {
    let full = flate2::GzBuilder::new().filename("other").comment("said").extra(vec![1, 2, 3]);
    for builder in [flate2::GzBuilder::new(), full] {
        let bytes = gzip_of(builder, &[7; 40_000]);
        for (path, within) in [("s/x.csv.gz", "x.csv"), ("s/x.CSV.GZ", "x.CSV"), ("s/x", "x")] {
            let files = set_of(path, bytes.clone());
            let within = format!("{path}/{within}");
            assert_eq!(files.paths().collect::<Vec<_>>(), [&within]);
            assert_eq!(&*files.read(&within).unwrap(), [7; 40_000]);
            let head = files.head(&within).unwrap();
            assert_eq!((head.bytes.len(), head.size), (Head::LENGTH, 40_000));
        }
    }
}

#[test]
fn damaged_gzip_files_and_bombs_are_sentences() {
    let whole = gzip_of(flate2::GzBuilder::new().filename("x"), &[7; 400]);
    for length in 3..whole.len() {
        let files = set_of("x.gz", whole[..length].to_vec());
        let read = files.paths().next().map(|path| files.read(path).unwrap_err());
        let problem = read.unwrap_or_else(|| files.problems()[0].clone());
        assert!(
            problem.fault.to_string().contains("damaged") || problem.fault.to_string().contains("would grow"),
            "{length}: {problem}"
        );
    }
    let bomb = set_of("x.gz", gzip_of(flate2::GzBuilder::new(), &vec![0; 17 << 20]));
    assert!(bomb.read("x.gz/x").unwrap_err().fault.to_string().contains("would grow"));
    let mut wrong = gzip_of(flate2::GzBuilder::new(), &[0; 17 << 10]);
    let size = wrong.len() - 4;
    wrong[size..].copy_from_slice(&9u32.to_le_bytes());
    assert!(set_of("x.gz", wrong).read("x.gz/x").unwrap_err().fault.to_string().contains("damaged"));
}
