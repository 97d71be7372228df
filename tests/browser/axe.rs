//! Every view, looked at by axe-core (Deque's accessibility rules, WCAG 2 A and AA and its best practices): no violation,
//! in light and dark, on a desk and on a phone.

use std::path::PathBuf;

use serde_json::Value;

use crate::harness::{Page, Webgpu, made, native};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

/// Where `.ci/setup tests` puts it.
fn axe() -> String {
    let cache = std::env::var_os("ECG_LENS_CACHE")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").expect("a home folder")).join(".cache/ecg-lens"));
    let path = cache.join("axe-core/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; `make setup-tests` installs it", path.display()))
}

/// In light and dark, and 1440 and 390 pixels wide.
#[track_caller]
fn assert_clean(page: &Page, view: &str) {
    if page.run("return !window.axe") == true {
        page.run(&axe());
    }
    for (width, height) in [(1440, 900), (390, 844)] {
        page.resize(width, height);
        for dark in [false, true] {
            page.prefer_dark(dark);
            let found = page.run(
                "const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                 return violations.map(it => [it.id, it.help, it.nodes.map(node => node.html + ' ' + node.failureSummary)])",
            );
            let none = found.as_array().is_some_and(Vec::is_empty);
            assert!(none, "{view}, {width} wide, dark {dark}:\n{}", pretty(&found));
        }
    }
}

fn pretty(found: &Value) -> String {
    serde_json::to_string_pretty(found).unwrap_or_default()
}

fn open() -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    // The part of the page that comes later.
    page.wait_for("#newer");
    page
}

#[test]
fn a_result_and_what_opens_over_it() {
    let page = open();
    assert_clean(&page, "a result");
    page.show_whole();
    page.run("document.querySelector('#export').click()");
    page.wait_for("#export-panel");
    assert_clean(&page, "the export menu");
    page.run("document.querySelector('#share').click()");
    page.wait_for("#share-link");
    assert_clean(&page, "a link");
    page.run("document.querySelector('#about-open').click()");
    page.wait_for("#about .card-facts");
    assert_clean(&page, "the model card");
}

#[test]
fn all_leads() {
    let page = open();
    page.drop_files(&made::twelve_leads("twelve"));
    page.answer_to("twelve");
    page.run("document.querySelector('#leads-all').click()");
    page.until("an answer for every lead", || page.count("#lead-answers [data-class]") == 12);
    assert_clean(&page, "all leads");
    page.run("document.querySelector('#calipers').click()");
    page.wait_for("#caliper-clip");
    assert_clean(&page, "calipers on all leads");
}

#[test]
fn what_went_wrong_and_what_is_asked() {
    let page = open();
    page.drop_files(&[
        ("broken.edf", b"no EDF at all".to_vec()),
        ("rate.csv", made::csv_without_time(&made::sinus(12.0))),
    ]);
    page.wait_for("#rate-form");
    page.wait_for("#problems li");
    assert_clean(&page, "a problem and a question");
}

#[test]
fn an_evaluation() {
    let page = open();
    page.run("document.querySelector('#demo-set').click()");
    page.wait_for(".shows-room .matrix");
    page.until("the end of the run", || page.count("#stop-run") == 0);
    assert_clean(&page, "an evaluation");
    page.run("document.querySelector('#af-found').click()");
    page.wait_for(".trace-card .strip path.trace-path");
    page.run("document.querySelector('#average').click()");
    page.wait_for(r#"#averages[data-state="over"]"#);
    assert_clean(&page, "a gallery and its average");
}

#[test]
fn a_day() {
    let page = open();
    page.drop_files(&super::day::hours(150, |index| index > 100));
    page.wait_for_within(r#"#day[data-state="over"]"#, std::time::Duration::from_secs(120));
    assert_clean(&page, "a day");
}

#[test]
fn a_strip() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=strip");
    page.wait_for_within(r#"#day[data-state="over"]"#, std::time::Duration::from_secs(120));
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page.wait_for("#day-pause");
    assert_clean(&page, "a strip");
}

#[test]
fn measurements_and_calipers() {
    let page = open();
    page.run("document.querySelector('#measure').click(); document.querySelector('#calipers').click()");
    page.wait_for("#measure-figures");
    page.wait_for("#caliper-clip");
    assert_clean(&page, "measurements");
}

#[test]
fn a_comparison() {
    let page = open();
    page.run("document.querySelector('#compare').click()");
    page.wait_for("#second-path[d]");
    assert_clean(&page, "a comparison");
}

#[test]
fn the_list_of_keys() {
    let page = open();
    page.run("document.querySelector('#keys-open').click()");
    page.wait_for("#keys[open]");
    assert_clean(&page, "the list of keys");
}

/// What shows before the page's module is there, or where none will ever be.
#[test]
fn the_page_before_it_starts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for file in ["index.html", "style.css", "icon.svg", "manifest.webmanifest"] {
        std::fs::copy(native::dist().join(file), folder.path().join(file)).expect("a copy");
    }
    let page = Page::of(Webgpu::Absent, folder.path());
    page.expect_console_error("404");
    page.expect_console_error("MIME type");
    page.open("");
    page.wait_for(".head");
    assert_clean(&page, "the page before it starts");
}
