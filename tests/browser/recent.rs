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

/// What one tab is told to forget, another does not keep: not in its list, and not at the next recording either.
#[test]
fn another_tab_forgets_too() {
    let page = Page::new(Webgpu::Absent);
    let open = || {
        page.open("?engine=cpu");
        page.wait_for(ANSWERED);
        page.wait_for("#remember");
    };
    open();
    page.click("#remember");
    let record = made::demo("ectopic");
    page.drop_files(&made::cinc("mine", &record));
    page.answer_to("mine");
    page.until("it is kept", || page.run("return localStorage['ecg-lens:recent']").is_string());
    let first = page.to_a_new_tab();
    open();
    page.until("it is listed there too", || rows(&page).contains(&"mine".to_owned()));
    let second = page.run("return document.querySelector('#remember').checked");
    assert_eq!(second, true);
    let other = page.to_a_new_tab();
    page.to_tab(&first);
    page.click("#forget-recent");
    page.to_tab(&other);
    page.until("the other tab forgot it", || !rows(&page).contains(&"mine".to_owned()));
    assert_eq!(page.run("return document.querySelector('#remember').checked"), false);
    page.drop_files(&made::cinc("later", &record));
    page.answer_to("later");
    open();
    assert!(!rows(&page).contains(&"mine".to_owned()) && !rows(&page).contains(&"later".to_owned()));
    assert!(page.run("return localStorage['ecg-lens:recent'] ?? null").is_null());
}

/// What is taken out of the list is not there at the next visit.
#[test]
fn what_is_taken_out_is_not_kept() {
    let page = Page::new(Webgpu::Absent);
    let open = || {
        page.open("?engine=cpu");
        page.wait_for(ANSWERED);
        page.wait_for("#remember");
    };
    open();
    page.click("#remember");
    for (name, demo) in [("mine", "ectopic"), ("other", "sinus")] {
        page.drop_files(&made::cinc(name, &made::demo(demo)));
        page.answer_to(name);
    }
    open();
    page.until("both are listed", || ["mine", "other"].iter().all(|name| rows(&page).contains(&(*name).to_owned())));
    page.click(r#"#recordings .row[data-name="mine"] .row-remove"#);
    page.until("it is not listed", || !rows(&page).contains(&"mine".to_owned()));
    // Written by now, or the next visit would tell.
    page.until("it is not kept", || {
        open();
        page.until("the other is listed", || rows(&page).contains(&"other".to_owned()));
        !rows(&page).contains(&"mine".to_owned())
    });
}
