//! The page in 简体中文: chosen by the browser's language or by hand, and without a word of English left over.

use crate::harness::{Page, Webgpu};

/// Two words of English next to each other in what shows or is spoken.
const ENGLISH: &str = r#"
    const found = [];
    const look = text => { if (/[A-Za-z]{3,}[ ,]+[A-Za-z]{3,}/.test(text.replaceAll("ECG Lens", ""))) found.push(text); };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) look(walk.currentNode.data);
    for (const element of document.body.querySelectorAll("[aria-label], [title]")) {
        look(element.getAttribute("aria-label") ?? "");
        look(element.getAttribute("title") ?? "");
    }
    return found;
"#;

#[test]
fn speaks_chinese_where_the_browser_does() {
    let page = Page::new(Webgpu::Absent);
    page.run_before_others("Object.defineProperty(navigator, 'languages', { get: () => ['zh-CN', 'zh', 'en'] });");
    page.open("?engine=cpu");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    assert_eq!(page.run("return document.documentElement.lang"), "zh-Hans");
    assert_eq!(page.text(".class-name"), "心房颤动");

    // With everything open that can be.
    page.click("#demo-set");
    page.wait_for_within(r#"#room[data-state="over"]"#, std::time::Duration::from_secs(240));
    page.click(r#"#matrix .cell[data-truth="A"][data-predicted="A"]"#);
    page.wait_for(r#".trace-card:nth-child(2) .strip[data-explained="A"]"#);
    let english = page.run(ENGLISH);
    assert_eq!(english, serde_json::json!([]));
    page.screenshot("chinese");

    // And back, for good.
    page.click("#language");
    page.until("it speaks English", || page.run("return document.documentElement.lang") == "en");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    assert_eq!(page.text(".class-name"), "Atrial fibrillation");
    page.open("?engine=cpu");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    assert_eq!(page.run("return document.documentElement.lang"), "en");
}
