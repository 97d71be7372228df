use super::*;
use crate::reader::message::Listed;

fn broke() -> WorkerCause {
    WorkerCause::Browser("unreachable".to_owned())
}

fn dropped(paths: &[&str]) -> Vec<(Added, char)> {
    let files = paths.iter().zip('a'..);
    files.map(|(path, handle)| (Added { path: (*path).to_owned(), only: None }, handle)).collect()
}

fn messages(posts: Vec<Post<char>>) -> Vec<ToReader> {
    posts.into_iter().map(|post| post.message).collect()
}

fn reading(set: u32, path: &str) -> FromReader {
    FromReader::Reading { set, path: path.to_owned() }
}

fn good(path: &str) -> (String, Finding) {
    (path.to_owned(), Finding::Good { seconds: 1.0, leads: 1, digest: 0 })
}

fn broken(path: &str) -> (String, Finding) {
    (path.to_owned(), Finding::Broken(ReadError::new(path, Fault::ReaderDied)))
}

fn paths(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

/// A ledger whose reader is there, and the number of a set with these files, which has been listed.
fn listed(files: &[&str]) -> (Ledger<char>, u32) {
    let mut ledger = Ledger::default();
    let (set, _) = ledger.add(dropped(files));
    assert_eq!(ledger.hear(FromReader::Ready), None);
    ledger.hear(FromReader::Catalog { set, entries: Vec::new(), problems: Vec::new() });
    (ledger, set)
}

#[test]
fn files_are_given_once_and_before_what_is_asked_of_them() {
    let mut ledger = Ledger::default();
    let (set, posts) = ledger.add(dropped(&["a", "b"]));
    assert_eq!(posts[0].files, ['a', 'b']);
    assert!(matches!(&messages(posts)[..], [ToReader::Add { .. }, ToReader::List { .. }]));
    assert!(matches!(&messages(ledger.look(set, paths(&["a"])))[..], [ToReader::Look { first: true, .. }]));
    let (id, posts) = ledger.read(set, "a", None);
    assert!(matches!(&messages(posts)[..], [ToReader::Read { .. }]));
    assert_eq!(messages(ledger.forget(id)), [ToReader::Forget { id }]);
    assert!(ledger.forget(id).is_empty());
    let late = FromReader::Read { id, finding: good("a").1, record: None };
    assert_eq!(ledger.hear(late), None, "nobody waits for it");
}

#[test]
fn a_recording_that_kills_the_reader_is_named_and_the_others_are_looked_at() {
    let (mut ledger, set) = listed(&["x.zip"]);
    ledger.look(set, paths(&["x.zip/a", "x.zip/b", "x.zip/c"]));
    ledger.hear(reading(set, "x.zip/a"));
    ledger.hear(FromReader::First {
        set,
        path: "x.zip/a".to_owned(),
        record: Box::new(crate::synthetic::demos()[1].record()),
    });
    ledger.hear(FromReader::Looked { set, findings: vec![good("x.zip/a")] });
    ledger.hear(reading(set, "x.zip/b"));
    let after = ledger.died(&broke());
    assert_eq!(after.answers, [FromReader::Looked { set, findings: vec![broken("x.zip/b")] }]);
    assert_eq!(after.posts[0].files, ['a']);
    let look = ToReader::Look { set, paths: paths(&["x.zip/c"]), first: false };
    let add = ToReader::Add { set, files: vec![dropped(&["x.zip"])[0].0.clone()], without: Vec::new() };
    assert_eq!(messages(after.posts), [add, look]);
}

#[test]
fn a_question_that_kills_the_reader_is_answered_and_the_others_are_asked_again() {
    let (mut ledger, set) = listed(&["a", "b"]);
    let (first, _) = ledger.read(set, "a", Some(300.0));
    let (second, _) = ledger.read(set, "b", None);
    ledger.hear(reading(set, "a"));
    let after = ledger.died(&broke());
    let answer = FromReader::Read { id: first, finding: broken("a").1, record: None };
    assert_eq!(after.answers, [answer]);
    let read = ToReader::Read { id: second, set, path: "b".to_owned(), fs: None };
    assert_eq!(messages(after.posts)[1..], [read]);
}

#[test]
fn a_file_that_kills_the_reader_before_its_set_is_listed_is_left_out_and_told_with_the_others() {
    let mut ledger = Ledger::default();
    let (set, _) = ledger.add(dropped(&["bad.zip", "good.csv"]));
    ledger.hear(FromReader::Ready);
    ledger.hear(reading(set, "bad.zip"));
    let after = ledger.died(&broke());
    assert!(after.answers.is_empty());
    let posts = messages(after.posts);
    assert!(matches!(&posts[0], ToReader::Add { without, .. } if *without == ["bad.zip"]));
    assert_eq!(posts[1..], [ToReader::List { set }]);
    ledger.hear(FromReader::Ready);
    let entry = Listed { name: "good".to_owned(), path: "good.csv".to_owned(), label: None };
    let told = ledger.hear(FromReader::Catalog { set, entries: vec![entry], problems: Vec::new() });
    let died = ReadError::new("bad.zip", Fault::ReaderDied);
    assert!(matches!(told, Some(FromReader::Catalog { problems, .. }) if problems == [died]));

    // The same file again, although it was left out: there is no end to that.
    ledger.look(set, paths(&["good.csv"]));
    ledger.hear(reading(set, "bad.zip"));
    let after = ledger.died(&broke());
    assert!(matches!(&after.answers[..], [FromReader::Looked { .. }, FromReader::LookedThrough { .. }]));
    assert!(after.posts.is_empty());
}

#[test]
fn a_reader_that_never_comes_up_is_said_once_and_tried_again_with_the_next_files() {
    let mut ledger = Ledger::default();
    let (set, _) = ledger.add(dropped(&["a", "b"]));
    let after = ledger.died(&WorkerCause::NotLoaded);
    assert!(after.posts.is_empty());
    let [FromReader::Catalog { problems, .. }] = &after.answers[..] else { panic!("{:?}", after.answers) };
    assert!(
        problems[0].file == "a" && problems[0].fault.to_string().contains("it could not be loaded"),
        "{problems:?}"
    );
    let (_, posts) = ledger.read(set, "a", None);
    assert!(matches!(&messages(posts)[..], [ToReader::Add { .. }, ToReader::Read { .. }]));
}

#[test]
fn a_reader_that_dies_with_nothing_to_do_is_not_missed() {
    let (mut ledger, set) = listed(&["a"]);
    let after = ledger.died(&broke());
    assert!(after.answers.is_empty() && after.posts.is_empty());
    let (_, posts) = ledger.read(set, "a", None);
    assert_eq!(posts[0].files, ['a'], "the next one is given the files anew");
}

#[test]
fn a_file_is_found_again_by_its_path_or_by_that_of_something_in_it() {
    let (ledger, set) = listed(&["x.zip", "x.zip.hea"]);
    assert_eq!(ledger.file(set, "x.zip.hea"), Some((Added { path: "x.zip.hea".to_owned(), only: None }, 'b')));
    let only = Some(paths(&["x.zip/a.hea"]));
    assert_eq!(ledger.file(set, "x.zip/a.hea"), Some((Added { path: "x.zip".to_owned(), only }, 'a')));
    assert_eq!(ledger.file(set, "y"), None);
}

#[test]
fn stretches_and_overviews_are_asked_again_or_given_up_like_recordings() {
    let (mut ledger, set) = listed(&["a", "b"]);
    let (overview, posts) = ledger.overview(set, "a", 9);
    assert!(matches!(&messages(posts)[..], [ToReader::Overview { pieces: 9, .. }]));
    let (window, _) = ledger.stretch(set, "b", (10, 20), Some(1));
    let part = |id: u32| FromReader::Overview { id, first: 0, leads: Vec::new() };
    assert_eq!(ledger.hear(part(overview)), Some(part(overview)));

    ledger.hear(reading(set, "a"));
    let Aftermath { answers, posts } = ledger.died(&broke());
    assert_eq!(answers, [FromReader::Read { id: overview, finding: broken("a").1, record: None }]);
    let again = ToReader::Stretch { id: window, set, path: "b".to_owned(), samples: (10, 20), lead: Some(1) };
    assert_eq!(messages(posts)[1..], [again]);
    assert_eq!(ledger.hear(part(overview)), None, "nobody waits for it any more");
}
