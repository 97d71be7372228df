//! The page starts at all, and keeps its promises about the network while it does.

use crate::harness::{Page, Webgpu};

/// Starts, answers and stays within its own files. The end of every test checks the console, the content security policy
/// and the origin of each request; here nothing but that is looked at.
fn starts(webgpu: Webgpu) {
    let page = Page::new(webgpu);
    page.open("");
    page.wait_for("body > *");
    assert_eq!(page.run("return 'gpu' in navigator && !!(await navigator.gpu.requestAdapter())"), webgpu.is_present());
    page.until("a request for the page's module", || page.requests().iter().any(|url| url.ends_with("/page_bg.wasm")));
}

#[test]
fn page_starts_with_webgpu() {
    starts(Webgpu::Software);
}

#[test]
fn page_starts_without_webgpu() {
    starts(Webgpu::Absent);
}

/// The policy binds the page's workers too, because they are started from `blob:` addresses and inherit it.
#[test]
fn workers_cannot_talk_to_other_hosts() {
    let page = Page::new(Webgpu::Absent);
    page.open("");
    page.expect_console_error("http://elsewhere.test/");
    let answer = page.run(
        "const code = `fetch('http://elsewhere.test/').then(() => postMessage('sent'), () => postMessage('refused'))`;
         const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
         const worker = new Worker(address, { type: 'module' });
         return await new Promise(resolve => worker.onmessage = event => resolve(event.data))",
    );
    assert_eq!(answer, "refused");
    assert!(!page.requests().iter().any(|url| url.contains("elsewhere.test")), "the request has left the browser");
    assert!(
        page.console_errors().iter().any(|error| error.contains("Content Security Policy")),
        "something else refused"
    );
}
