//! The first thing anyone sees: a synthetic recording in which fibrillation begins, whole and already explained. What the page shows is
//! held against the network run natively, so these are the checks that CPU, WebGPU and native answers agree.

use std::time::Duration;

use ecg_lens::explain::{Explanation, Question};

use crate::harness::{Page, Shown, Webgpu, made, native};

/// A software GPU compiles its kernels on the CPU.
const SOFTWARE_GPU: Duration = Duration::from_secs(240);

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

fn expected() -> Explanation {
    native::explain(&made::demo("paroxysm"), 0, Question::default())
}

/// Opens the page and waits for its first answer.
fn first_visit(webgpu: Webgpu, query: &str) -> (Page, Shown) {
    let page = Page::new(webgpu);
    page.open(query);
    page.wait_for_within(ANSWERED, SOFTWARE_GPU);
    let shown = page.shown();
    (page, shown)
}

fn explains_the_demonstration(page: &Page, shown: &Shown) {
    shown.assert_is(&expected());
    assert_eq!(shown.record, "Fibrillation begins");
    let sum: f64 = shown.probabilities.iter().sum();
    assert!((sum - 1.0).abs() < 5e-4, "the probabilities sum to {sum}");
    let percent = |text: &String| text.trim_end_matches('%').trim().parse::<f64>().expect("a number");
    let written: f64 = shown.percents.iter().map(percent).sum();
    assert!((written - 100.0).abs() < 0.25, "the written probabilities sum to {written} %");
    let colours: std::collections::BTreeSet<&str> = shown.stops.iter().map(|stop| stop.colour.as_str()).collect();
    assert!(colours.len() > 3, "the trace has the colours {colours:?}");

    assert!(page.text("#answer").to_lowercase().contains("synthetic"), "not marked as synthetic");
    assert!(page.texts("#colour-bar").concat().contains("Importance"));
    assert_eq!(page.text("#time-title"), "Samples (60 Hz)");
    assert_eq!(page.text("#amplitude-title"), "Amplitude (mV)");
    assert!(page.text("body").contains("not a medical device"));

    page.show_whole();
    page.shown().assert_is_whole(&expected());
}

#[test]
fn shows_an_explained_demonstration_without_webgpu() {
    let (page, shown) = first_visit(Webgpu::Absent, "");
    assert_eq!(shown.device, "cpu");
    explains_the_demonstration(&page, &shown);
    page.screenshot("first-visit");
}

#[test]
fn shows_an_explained_demonstration_with_webgpu_there() {
    let (page, shown) = first_visit(Webgpu::Software, "");
    assert_eq!(shown.device, "cpu", "the first answer comes from the CPU, which starts sooner");
    explains_the_demonstration(&page, &shown);
}

#[test]
fn webgpu_says_what_the_cpu_says() {
    let (page, shown) = first_visit(Webgpu::Software, "?engine=webgpu");
    assert_eq!(shown.device, "webgpu");
    explains_the_demonstration(&page, &shown);
    assert!(page.text("#device").contains("WebGPU"));
}

/// The page, the engine and the weights are fetched once each: what index.html names in advance is what is used. The
/// reader comes after all that, before anybody needs it, and once as well.
#[test]
fn fetches_nothing_twice() {
    let (page, _) = first_visit(Webgpu::Absent, "");
    let place = |file: &str| page.requests().iter().position(|url| url.ends_with(&format!("/{file}")));
    page.until("the reader to be fetched in advance", || place("reader_bg.wasm").is_some());
    page.drop_files(&made::wfdb("first", 300.0, &[("I", &made::sinus(10.0).leads[0].samples)]));
    page.answer_to("first");
    let first = ["page_bg.wasm", "page.js", "engine-cpu_bg.wasm", "engine-cpu.js", "network.safetensors"];
    let reader = ["reader_loader.js", "reader.js", "reader_bg.wasm"];
    let requests = page.requests();
    for file in first.iter().chain(&reader) {
        let count = requests.iter().filter(|url| url.ends_with(&format!("/{file}"))).count();
        assert_eq!(count, 1, "requests for {file}");
    }
    let last_of_first = first.iter().filter_map(|file| place(file)).max();
    assert!(reader.iter().all(|file| place(file) > last_of_first), "the reader was in the way: {requests:?}");
}

/// Demonstrations of every kind are listed, marked, and explained when they are chosen.
#[test]
fn lists_further_demonstrations() {
    let (page, _) = first_visit(Webgpu::Absent, "?engine=cpu");
    let demos = ecg_lens::synthetic::demos();
    assert_eq!(page.count("#recordings .row"), demos.len() as u64);
    let marks = page.texts("#recordings .row-finding");
    assert!(marks.iter().all(|mark| mark == "synthetic"), "{marks:?}");
    for demo in demos {
        page.click(&format!(r#"#recordings .row[data-name="{}"]"#, demo.title));
        let shown = page.answer_to(demo.title);
        if demo.is_strip() {
            page.wait_for_within(r#"#day[data-state="over"]"#, std::time::Duration::from_secs(120));
            assert_eq!(page.text("#day-headline"), "AF episodes: 1, of 2 min 30 s; otherwise Normal");
        } else {
            shown.assert_is(&native::explain(&demo.record(), 0, Question::default()));
        }
        assert!(page.text("#notes").contains(demo.description));
    }
}
