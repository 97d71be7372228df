//! The page in its languages: chosen by the address, an earlier visit or the browser, switched without a reload, and
//! without a word of another language left over.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const CHINESE_BROWSER: &str = "Object.defineProperty(navigator, 'languages', { get: () => ['zh-CN', 'zh', 'en'] });";

/// Two words of English next to each other in what shows or is spoken.
const ENGLISH: &str = r#"
    const found = [];
    const names = ["ECG Lens", "PhysioNet/CinC Challenge", "Page Up", "Page Down"];
    const look = text => {
        const rest = names.reduce((text, name) => text.replaceAll(name, "·"), text);
        if (/[A-Za-z]{3,}[ ,]+[A-Za-z]{3,}/.test(rest)) found.push(text);
    };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) look(walk.currentNode.data);
    for (const element of document.body.querySelectorAll("[aria-label], [title], [aria-valuetext]")) {
        for (const name of ["aria-label", "title", "aria-valuetext"]) look(element.getAttribute(name) ?? "");
    }
    return found;
"#;

/// Everything that shows or is spoken, in its order; numbers left out, since times differ from run to run.
const TEXTS: &str = r#"
    const texts = [];
    const note = text => { text = text.replace(/[0-9.,]+/g, "0").trim(); if (text) texts.push(text); };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) note(walk.currentNode.data);
    for (const element of document.body.querySelectorAll("[aria-label], [title], [aria-valuetext], [data-record]")) {
        for (const name of ["aria-label", "title", "aria-valuetext", "data-record"]) note(element.getAttribute(name) ?? "");
    }
    return [document.documentElement.lang, ...texts];
"#;

fn language(page: &Page) -> Value {
    page.run("return document.documentElement.lang")
}

/// Presses the button without leaving what is open: a press of the pointer closes panels.
fn switch(page: &Page) {
    page.run("window.marker = true; document.querySelector('#language').click()");
}

/// The page was not loaded anew since [`switch`].
#[track_caller]
fn assert_same_page(page: &Page) {
    assert_eq!(page.run("return window.marker ?? null"), true, "the page was loaded again");
}

#[track_caller]
fn assert_same_texts(page: &Page, fresh: &Page) {
    let (switched, fresh) = (page.run(TEXTS), fresh.run(TEXTS));
    let list = |texts: &Value| texts.as_array().cloned().unwrap_or_default();
    let (switched, fresh) = (list(&switched), list(&fresh));
    for (one, other) in switched.iter().zip(&fresh) {
        assert_eq!(one, other, "switched, and opened in that language");
    }
    assert_eq!(switched.len(), fresh.len());
}

/// A demonstration with measurements, calipers, a second trace and a panel open.
fn with_everything_open(lang: &str, panel: &str) -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open(&format!("?engine=cpu&demo=af&lang={lang}"));
    page.wait_for(ANSWERED);
    // The parts of the page that come later.
    for later in ["#newer", "#remember", "#spoken"] {
        page.wait_for(later);
    }
    page.click("#measure");
    page.wait_for("#measure-charts figure");
    page.click("#calipers");
    page.wait_for(".caliper-reading");
    page.click("#compare");
    page.wait_for(r#"#second[data-state="answered"]"#);
    page.run(&format!("document.querySelector('#{panel}').click()"));
    page.wait_for(&format!("#{panel}-panel"));
    if panel == "share" {
        page.until("it is copied, or not", || !page.text(".share-outcome").is_empty());
    }
    page
}

#[test]
fn speaks_chinese_where_the_browser_does() {
    let page = Page::new(Webgpu::Absent);
    page.run_before_others(CHINESE_BROWSER);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    assert_eq!(language(&page), "zh-Hans");
    assert_eq!(page.text(".class-name"), "心房颤动");

    // With everything open that can be.
    page.click("#demo-set");
    page.wait_for_within(r#"#room[data-state="over"]"#, Duration::from_secs(240));
    page.click(r#"#matrix .cell[data-truth="A"][data-predicted="A"]"#);
    page.wait_for(r#".trace-card:nth-child(2) .strip[data-explained="A"]"#);
    assert_eq!(page.run(ENGLISH), json!([]));
    page.screenshot("chinese");

    // To English without a reload, and for good.
    page.run("window.marker = true");
    page.click("#language");
    page.until("it speaks English", || language(&page) == "en");
    assert_same_page(&page);
    assert_eq!(page.text(".room-title .tag"), "synthetic");
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    assert_eq!(language(&page), "en");
    assert_eq!(page.text(".class-name"), "Atrial fibrillation");
}

#[test]
fn the_address_is_asked_first() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&lang=zh");
    page.wait_for(ANSWERED);
    assert_eq!(language(&page), "zh-Hans");
    // The address says what shows, so that a reload agrees.
    switch(&page);
    page.until("it speaks English", || language(&page) == "en");
    assert_eq!(page.run("return new URLSearchParams(location.search).get('lang')"), "en");
    assert_eq!(page.run("return new URLSearchParams(location.search).get('engine')"), "cpu");
    assert_same_page(&page);
    // What was chosen counts where the address says nothing, and not where it does.
    assert_eq!(page.run("return localStorage['ecg-lens:language']"), "en");
    page.open("?engine=cpu&lang=zh-CN");
    page.wait_for(ANSWERED);
    assert_eq!(language(&page), "zh-Hans");
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    assert_eq!(language(&page), "en");
}

#[test]
fn switches_with_everything_open() {
    for panel in ["export", "share"] {
        let fresh = [with_everything_open("en", panel), with_everything_open("zh", panel)];
        assert_eq!(fresh[1].run(ENGLISH), json!([]));
        let page = with_everything_open("en", panel);
        let shown = page.shown();
        for (lang, fresh) in [("zh-Hans", &fresh[1]), ("en", &fresh[0])] {
            switch(&page);
            page.until("the language changes", || language(&page) == lang);
            assert_same_page(&page);
            assert_same_texts(&page, fresh);
            // The buttons that are drawn as markup keep what they say.
            for pressed in ["calipers", "measure", "compare"] {
                assert_eq!(page.attributes(&format!("#{pressed}"), "aria-pressed"), ["true"], "{pressed}");
            }
        }
        let after = page.shown();
        assert_eq!((shown.path, shown.label), (after.path, after.label), "the recording stays");
    }
}

/// Four recordings with labels, one of them strange, and a fifth that is too short, classified; missed AF in the gallery.
fn with_an_evaluation(lang: &str) -> Page {
    let page = Page::new(Webgpu::Absent);
    let (sinus, af, short) = (made::demo("sinus"), made::demo("af"), made::sinus(3.0));
    let mut files = Files::new();
    let labels = [("R1", &af, "A"), ("R2", &sinus, "N"), ("R3", &sinus, "A"), ("R4", &sinus, "?"), ("R5", &short, "N")];
    labels.iter().for_each(|(name, record, _)| files.extend(made::cinc(name, record)));
    let reference: String = labels.iter().map(|(name, _, label)| format!("{name},{label}\n")).collect();
    files.push(("REFERENCE.csv".to_owned(), reference.into_bytes()));
    page.open(&format!("?engine=cpu&demo=af&lang={lang}"));
    page.wait_for(ANSWERED);
    for later in ["#newer", "#remember"] {
        page.wait_for(later);
    }
    page.drop_files(&[("set.zip", made::zip("set", &files))]);
    page.wait_for("#classify-all");
    page.click("#classify-all");
    page.wait_for_within(r#"#room[data-state="over"]"#, Duration::from_secs(240));
    page.click("#run-failures summary");
    page.click("#af-missed");
    page.wait_for(r#".trace-card[data-record="R3"] .strip[data-explained="N"]"#);
    page
}

#[test]
fn switches_an_evaluation() {
    let (page, fresh) = (with_an_evaluation("en"), with_an_evaluation("zh"));
    let failures = page.texts("#run-failures li");
    assert_eq!(failures.len(), 2, "{failures:?}");
    switch(&page);
    page.until("it speaks Chinese", || language(&page) == "zh-Hans");
    assert_same_page(&page);
    assert_eq!(page.run("return document.querySelector('#run-failures').open"), true, "the list of reasons stays open");
    assert_same_texts(&page, &fresh);
    let said = page.texts("#run-failures li");
    assert!(said.len() == 2 && said.iter().zip(&failures).all(|(one, other)| one != other), "{said:?}");
    assert_eq!(page.run(ENGLISH), json!([]));
}

/// What was said before the switch is said again in the other language: a drop of nothing, a link that is not whole.
#[test]
fn complaints_follow_the_language() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&lang=en&demo=nowhere");
    page.wait_for(ANSWERED);
    let english = page.texts("#problems li span");
    assert!(english[0].contains("no demonstration of this name"), "{english:?}");
    switch(&page);
    page.until("it speaks Chinese", || page.texts("#problems li span")[0].contains("没有此名称的演示记录"));
    assert_same_page(&page);
}

/// What a file's reader complains about and remarks is said in the language of the page, and again after a switch.
#[test]
fn a_reader_speaks_the_language_of_the_page() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&lang=zh");
    page.wait_for(ANSWERED);
    page.drop_files(&[("empty.csv", Vec::new())]);
    let problems = || page.texts("#problems li span");
    page.until("it complains in Chinese", || problems() == ["empty.csv：此文件为空，可能没有完整复制。"]);
    let numbers: String = made::sinus(10.0).leads[0].samples.iter().map(|sample| format!("{sample:.4}\n")).collect();
    page.drop_files(&[("column.csv", format!("# fs = 300\n{numbers}").into_bytes())]);
    page.wait_for(r#"#answer[data-state="answered"][data-record="column"]"#);
    assert!(page.text("#notes").contains("文件未注明幅值单位"), "{}", page.text("#notes"));
    assert_eq!(page.run(ENGLISH), json!([]));
    switch(&page);
    let english = "empty.csv: This file is empty; it may not have been copied whole.";
    page.until("it complains in English", || problems() == [english]);
    assert!(page.text("#notes").contains("millivolts were assumed"), "{}", page.text("#notes"));
    assert_same_page(&page);
}
