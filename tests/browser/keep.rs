//! The page without a network, after one visit; and a newer version of it.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::harness::{Page, Webgpu, made, native};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

/// Waits until the browser has kept the page.
#[track_caller]
fn wait_until_kept(page: &Page) {
    page.until("the page to be kept", || {
        page.run(
            "const all = await navigator.serviceWorker.getRegistrations();
             return all.some(it => it.active?.state === 'activated')",
        ) == true
    });
}

/// Everything works that worked before: the answer, the reader, sharing, the evaluation.
#[test]
fn works_without_a_network_after_one_visit() {
    let page = Page::new(Webgpu::Absent);
    page.open("");
    page.wait_for(ANSWERED);
    let seen = page.shown();
    wait_until_kept(&page);
    page.go_offline();
    page.expect_console_error("net::ERR_");
    page.open("");
    page.wait_for(ANSWERED);
    let again = page.shown();
    assert_eq!((again.label, again.stops.len()), (seen.label, seen.stops.len()));
    assert_eq!(page.run("return !!navigator.serviceWorker.controller"), true);

    page.drop_files(&made::wfdb("later", 300.0, &[("I", &made::sinus(12.0).leads[0].samples)]));
    page.answer_to("later");
    page.click("#about-open");
    page.wait_for("#about .card-facts");
    page.run("document.querySelector('#about').close()");
    page.click("#share");
    page.wait_for("#share-link");
    page.click("#demo-set");
    page.wait_for(".shows-room");
}

/// The first visit fetches nothing a second time for what is kept, and no GPU's engine where there is no GPU.
#[test]
fn keeping_costs_no_second_download() {
    let page = Page::new(Webgpu::Absent);
    page.open("");
    page.wait_for(ANSWERED);
    wait_until_kept(&page);
    let requests = page.requests();
    for file in ["page_bg.wasm", "engine-cpu_bg.wasm", "network.safetensors", "reader_bg.wasm", "style.css"] {
        let count = requests.iter().filter(|url| url.ends_with(&format!("/{file}"))).count();
        assert_eq!(count, 1, "requests for {file}");
    }
    let kept = page.run(
        "const [name] = await caches.keys();
         return (await (await caches.open(name)).keys()).map(request => request.url)",
    );
    let kept = kept.to_string();
    assert!(kept.contains("/engine-cpu_bg.wasm") && kept.contains("/reader_bg.wasm"), "{kept}");
    assert!(!kept.contains("engine-gpu"), "{kept}");
    let place = |file: &str| requests.iter().position(|url| url.ends_with(file)).expect("a request");
    assert!(place("/service-worker.js") > place("/engine-cpu_bg.wasm"), "keeping came before the first answer");
}

/// A copy of the page that can be changed, and published as another version.
struct Published(tempfile::TempDir);

impl Published {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&native::dist(), folder.path());
        let published = Self(folder);
        published.publish(1);
        published
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Version `number` says so in two of its files.
    fn publish(&self, number: u32) {
        let change = |file: &str, change: &dyn Fn(String) -> String| {
            let path = self.path().join(file);
            let text = std::fs::read_to_string(&path).expect("a file of the page");
            std::fs::write(&path, change(text)).expect("a written file");
        };
        let mark = |text: String, before: &str, after: &str| {
            let from = text.rfind(before).map_or(text.len(), |at| at);
            text[..from].to_owned() + before + &number.to_string() + after
        };
        change("index.html", &|text| mark(text, "<!-- version ", " -->"));
        change("style.css", &|text| mark(text, "html { --version: ", "; }"));
        let stamp = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/stamp");
        let status = Command::new("node").arg(stamp).arg(self.path()).status().expect("node");
        assert!(status.success(), "the service worker is not stamped");
    }
}

/// Copies a folder, without the GPU's engine, which is large and of no use here.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the built page").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if !name.to_string_lossy().starts_with("engine-gpu") {
            std::fs::copy(path, to.join(name)).expect("a copy");
        }
    }
}

/// Versions of the document and of the style sheet that show.
fn versions(page: &Page) -> (String, String) {
    let versions = page.run(
        "const comment = [...document.childNodes].concat([...document.documentElement.childNodes], [...document.body.childNodes])
             .map(node => node.nodeType === 8 ? node.data.match(/version (\\d+)/)?.[1] : null).find(it => it) ?? '';
         const style = getComputedStyle(document.documentElement).getPropertyValue('--version').trim();
         return [comment, style]",
    );
    serde_json::from_value(versions).expect("two versions")
}

/// The older version is served whole until somebody takes the newer one; never some of each.
#[test]
fn a_newer_version_takes_over_whole_and_when_asked() {
    let published = Published::new();
    let page = Page::of(Webgpu::Absent, published.path());
    page.open("");
    page.wait_for(ANSWERED);
    wait_until_kept(&page);
    page.open("");
    page.wait_for(ANSWERED);
    assert_eq!(versions(&page), ("1".to_owned(), "1".to_owned()));

    published.publish(2);
    page.open("");
    page.wait_for(ANSWERED);
    assert_eq!(versions(&page), ("1".to_owned(), "1".to_owned()), "a mix, or too soon");
    page.wait_for("#use-newer");
    page.screenshot("newer-version");
    page.run("window.isOld = true");
    page.click("#use-newer");
    page.until("a page loaded anew", || {
        page.run("return window.isOld !== true && document.readyState === 'complete'") == true
    });
    page.wait_for(ANSWERED);
    assert_eq!(versions(&page), ("2".to_owned(), "2".to_owned()));
    // Of the older version nothing is left.
    page.until("one cache", || page.run_with("return (await caches.keys()).length", json!([])) == 1);
    assert_eq!(page.count("#use-newer"), 0);
}

/// What a browser needs to install the page: a manifest whose pictures are there.
#[test]
fn can_be_installed() {
    let page = Page::new(Webgpu::Absent);
    page.open("");
    page.wait_for(ANSWERED);
    let icons = page.run(
        "const link = document.querySelector('link[rel=manifest]').href;
         const manifest = await (await fetch(link)).json();
         const sizes = await Promise.all(manifest.icons.map(async icon => {
            const image = new Image(); image.src = new URL(icon.src, link); await image.decode();
            return icon.type === 'image/svg+xml' || icon.sizes === `${image.naturalWidth}x${image.naturalHeight}`;
         }));
         return [sizes.every(it => it), manifest.icons.some(icon => icon.purpose === 'maskable'), manifest.display,
             new URL(manifest.start_url, link).href === new URL('./', location).href, manifest.file_handlers.length]",
    );
    assert_eq!(icons, json!([true, true, "standalone", true, 1]));
}
