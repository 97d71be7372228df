//! The list of one's own recordings: each once, taken out again, gone back to.

use crate::harness::{Page, Webgpu, made};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const DELETE: &str = "\u{e017}";

fn open(query: &str) -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open(query);
    page.wait_for(ANSWERED);
    page
}

/// The names of one's own recordings, from above, with the number of those that have the same name.
fn yours(page: &Page) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('#recordings .row')].filter(row => row.querySelector('.row-remove'))
        .sort((a, b) => a.offsetTop - b.offsetTop)
        .map(row => row.dataset.name + (row.dataset.number ? ' ' + row.dataset.number : ''))";
    serde_json::from_value(page.run(script)).expect("names")
}

fn row(name: &str) -> String {
    format!(r#"#recordings .row[data-name="{name}"]"#)
}

#[track_caller]
fn drop_one(page: &Page, name: &str, seconds: f64) {
    // One that is open already is opened again.
    let explained = page.measures("ecg-lens:explain").len();
    page.drop_files(&made::cinc(name, &made::sinus(seconds)));
    page.until(&format!("{name} on the page"), || {
        page.measures("ecg-lens:explain").len() > explained
            && page.attributes("#answer", "data-record") == [name]
            && page.count(ANSWERED) == 1
            && page.text("#recordings .progress").is_empty()
    });
}

#[test]
fn the_same_recording_is_listed_once_and_another_of_its_name_besides() {
    let page = open("?engine=cpu");
    drop_one(&page, "one", 10.0);
    for _ in 0..12 {
        drop_one(&page, "other", 12.0);
    }
    page.until("one row of each", || yours(&page) == ["other", "one"]);
    drop_one(&page, "one", 10.0);
    page.until("the row at the top", || yours(&page) == ["one", "other"]);
    assert_eq!(page.attributes("#recordings .row[aria-selected=true]", "data-name"), ["one"]);
    assert_eq!(page.texts("#yours-title .count"), ["2"]);

    // The same name, and something else in it.
    drop_one(&page, "one", 14.0);
    page.until("both, told apart", || yours(&page) == ["one 2", "one", "other"]);
    let texts = page.texts(&row("one"));
    assert!(texts.iter().any(|it| it.contains("(2)") && it.contains("14.0")), "{texts:?}");
    assert!(texts.iter().any(|it| !it.contains("(2)") && it.contains("10.0")), "{texts:?}");
    // Both open what they are.
    page.click(&row("one").replace(']', r#"]:not([data-number])"#));
    page.wait_for_text("#answer .about", "10.0");
    page.click(&row("one").replace(']', r#"][data-number="2"]"#));
    page.wait_for_text("#answer .about", "14.0");
}

/// Three of a name in one drop, two of them the same, in folders of their own.
#[test]
fn copies_in_one_drop_are_one_row() {
    let page = open("?engine=cpu");
    let mut files = Vec::new();
    for (folder, seconds) in [("a", 10.0), ("b", 10.0), ("c", 11.0), ("d", 10.0)] {
        let made = made::cinc("copy", &made::sinus(seconds));
        files.extend(made.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    }
    page.drop_files(&[("copies.zip", made::zip("set", &files))]);
    page.answer_to("copy");
    page.until("two rows", || {
        let mut rows = yours(&page);
        rows.sort();
        rows == ["copy", "copy 2"] && page.text("#recordings .progress").is_empty()
    });
}

#[test]
fn a_recording_is_taken_out_by_its_button_and_by_a_key() {
    let page = open("?engine=cpu");
    for (name, seconds) in [("a", 8.0), ("b", 9.0), ("c", 10.0), ("d", 11.0)] {
        drop_one(&page, name, seconds);
    }
    page.until("four rows", || yours(&page) == ["d", "c", "b", "a"]);
    // One that is not open: what is open stays.
    page.click(&format!("{} .row-remove", row("b")));
    page.until("three rows", || yours(&page) == ["d", "c", "a"]);
    assert_eq!(page.attributes("#answer", "data-record"), ["d"]);
    let label = page.attributes(&format!("{} .row-remove", row("c")), "aria-label").concat();
    assert_eq!(label, "Take c out of the list");
    // The open one: the one below it comes.
    page.click(&format!("{} .row-remove", row("d")));
    page.answer_to("c");
    assert_eq!(yours(&page), ["c", "a"]);
    // By keyboard, from the list, which keeps the focus.
    page.press_keys(DELETE);
    page.answer_to("a");
    assert_eq!(yours(&page), ["a"]);
    page.press_keys(DELETE);
    page.answer_to("Fibrillation begins");
    page.until("no list", || page.count("#yours-title") == 0);
    // Demonstrations stay.
    page.type_into("#recordings .rows", DELETE);
    assert!(page.count(&row("Fibrillation begins")) == 1);
    // What was taken out can be opened again.
    drop_one(&page, "b", 9.0);
    page.until("it alone", || yours(&page) == ["b"]);
}

#[test]
fn the_browsers_back_returns_to_the_recording_before() {
    let page = open("?engine=cpu");
    let address = page.run("return location.href");
    drop_one(&page, "mine", 10.0);
    page.click(&row("Sinus rhythm"));
    page.answer_to("Sinus rhythm");
    page.back();
    page.answer_to("mine");
    page.back();
    page.answer_to("Fibrillation begins");
    page.forward();
    page.answer_to("mine");
    page.forward();
    page.answer_to("Sinus rhythm");
    assert_eq!(page.run("return location.href"), address, "the address is what it was");

    // Opened anew in the middle of its steps, the page begins as always, and goes on.
    page.open("?engine=cpu");
    page.answer_to("Fibrillation begins");
    page.reload();
    page.answer_to("Fibrillation begins");
    page.click(&row("Sinus rhythm"));
    page.answer_to("Sinus rhythm");
    page.back();
    page.answer_to("Fibrillation begins");
    // The one that was taken out is no step any more.
    drop_one(&page, "gone", 10.0);
    page.click(&format!("{} .row-remove", row("gone")));
    page.answer_to("Fibrillation begins");
    page.back();
    page.answer_to("Fibrillation begins");
}

/// A link stays with its step.
#[test]
fn back_and_forward_go_by_links_too() {
    let page = open("?engine=cpu#demo=ectopic");
    page.answer_to("Premature ventricular beats");
    page.click(&row("Sinus rhythm"));
    page.answer_to("Sinus rhythm");
    assert_eq!(page.run("return location.hash"), "");
    page.back();
    page.answer_to("Premature ventricular beats");
    assert_eq!(page.run("return location.hash"), "#demo=ectopic");
    page.forward();
    page.answer_to("Sinus rhythm");
    assert_eq!(page.run("return location.hash"), "");
    // A link into the open page is one step.
    page.run("location.hash = '#demo=paroxysm'");
    page.until("its recording", || !page.attributes("#answer", "data-record").contains(&"Sinus rhythm".to_owned()));
    page.wait_for(ANSWERED);
    page.back();
    page.answer_to("Sinus rhythm");
    assert_eq!(page.run("return location.hash"), "");
}

/// Of a name of 200 characters, the list shows the beginning and says the rest; above the trace it stands whole.
#[test]
fn a_long_name_can_be_read() {
    let page = open("?engine=cpu");
    let name = "long-name-".repeat(20);
    drop_one(&page, &name, 10.0);
    assert_eq!(page.attributes(&format!("{} .row-name", row(&name)), "title"), [name.as_str()]);
    for (width, height) in [(1280, 900), (390, 844)] {
        page.resize(width, height);
        let cut = page.run(
            "const it = document.querySelector('#answer .about strong'), box = it.getBoundingClientRect();
             return [it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0, box.right > document.documentElement.clientWidth,
                document.documentElement.scrollWidth > document.documentElement.clientWidth]",
        );
        assert_eq!(cut, serde_json::json!([false, false, false]), "{width} pixels wide");
    }
}

#[test]
fn the_button_is_large_enough_for_a_finger() {
    let page = Page::new(Webgpu::Absent);
    page.on_phone();
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.choose_files("#file-input", &made::cinc("mine", &made::sinus(10.0)));
    page.answer_to("mine");
    let size: Vec<f64> = serde_json::from_value(page.run(
        "const box = document.querySelector('.row-remove').getBoundingClientRect(); return [box.width, box.height]",
    ))
    .expect("a size");
    assert!(size[0] >= 44.0 && size[1] >= 44.0, "{size:?}");
}
