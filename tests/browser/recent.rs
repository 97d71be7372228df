//! Recordings that are kept for the next visit: only where somebody asks, and until they are forgotten.

use crate::harness::{Page, Webgpu, made};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

fn rows(page: &Page) -> Vec<String> {
    page.attributes("#recordings .row", "data-name")
}

#[test]
fn own_recordings_are_kept_where_that_is_wanted() {
    let page = Page::new(Webgpu::Absent);
    let open = || {
        page.open("?engine=cpu");
        page.wait_for(ANSWERED);
        page.wait_for("#remember");
    };
    open();
    let record = made::demo("ectopic");
    page.drop_files(&made::cinc("mine", &record));
    let before = page.answer_to("mine");
    // Nobody asked yet.
    open();
    assert!(!rows(&page).contains(&"mine".to_owned()));

    page.click("#remember");
    page.drop_files(&made::cinc("mine", &record));
    page.answer_to("mine");
    page.until("it is kept", || page.run("return localStorage['ecg-lens:recent']").is_string());
    open();
    page.until("it is listed", || rows(&page).contains(&"mine".to_owned()));
    page.click(r#"#recordings .row[data-name="mine"]"#);
    let after = page.answer_to("mine");
    assert_eq!((after.label, after.probabilities), (before.label, before.probabilities));

    page.click("#forget-recent");
    page.until("it is not listed", || !rows(&page).contains(&"mine".to_owned()));
    open();
    assert!(!rows(&page).contains(&"mine".to_owned()));
    let kept = "return new Promise(done => { const it = indexedDB.open('ecg-lens'); it.onsuccess = () => {\
        const count = it.result.transaction('kept').objectStore('kept').count();\
        count.onsuccess = () => done(count.result); }; })";
    page.until("nothing is kept", || page.run(kept) == 0);
}
