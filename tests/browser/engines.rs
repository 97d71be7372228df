//! Which device answers, and what happens when it goes away.

use std::time::Duration;

use ecg_lens::explain::Question;
use ecg_lens::network::Class;

use crate::harness::{Page, Webgpu, made, native};

/// A software GPU compiles its kernels on the CPU.
const SOFTWARE_GPU: Duration = Duration::from_secs(240);

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

/// Asks why `code` and waits for that answer; the device that gave it.
fn ask_why(page: &Page, code: &str) -> String {
    page.click(&format!(r#"#probabilities button[data-class="{code}"]"#));
    page.wait_for_within(&format!(r#"{ANSWERED}[data-explained="{code}"]"#), SOFTWARE_GPU);
    page.shown().device
}

#[test]
fn prefers_the_cpu_to_a_software_gpu() {
    let page = Page::new(Webgpu::Software);
    page.open("");
    page.wait_for(ANSWERED);
    page.until_within("the page to say why WebGPU is not used", SOFTWARE_GPU, || {
        page.text("#gpu-unused").contains("no graphics card behind it")
    });
    assert!(page.requests().iter().any(|url| url.ends_with("/engine-gpu_bg.wasm")), "it was never tried");
    assert_eq!(ask_why(&page, "N"), "cpu");
    assert!(page.text("#device").contains("CPU"), "{}", page.text("#device"));
}

#[test]
fn the_cpu_can_be_forced() {
    let page = Page::new(Webgpu::Software);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    assert_eq!(ask_why(&page, "O"), "cpu");
    assert!(page.text("#gpu-unused").contains("?engine=cpu"), "{}", page.text("#gpu-unused"));
    assert!(!page.requests().iter().any(|url| url.contains("engine-gpu")), "the GPU's engine is of no use here");
}

#[test]
fn says_that_webgpu_is_missing() {
    for query in ["", "?engine=webgpu"] {
        let page = Page::new(Webgpu::Absent);
        page.open(query);
        page.wait_for(ANSWERED);
        page.wait_for_text("#gpu-unused", "no adapter");
        let engine = page.requests().into_iter().find(|url| url.contains("engine-gpu"));
        assert_eq!(engine, None, "an engine that can do nothing was fetched");
        assert_eq!(ask_why(&page, "~"), "cpu", "{query}");
        let milliseconds = page.attributes("#device", "data-milliseconds").concat();
        assert!(milliseconds.parse::<f64>().is_ok_and(|time| time > 0.0), "{milliseconds} ms");
    }
}

/// The browser's GPU process ends while the GPU works; the CPU does the work again.
#[test]
fn repeats_on_the_cpu_what_a_lost_gpu_left_undone() {
    let page = Page::new(Webgpu::Software);
    page.open("?engine=webgpu");
    page.wait_for_within(ANSWERED, SOFTWARE_GPU);
    assert_eq!(page.shown().device, "webgpu");

    // Long enough for the GPU to be at it when it goes.
    let long = ecg_lens::synthetic::Recipe {
        duration: 60.0,
        ..ecg_lens::synthetic::Recipe::new(ecg_lens::synthetic::Rhythm::AtrialFibrillation, 100.0, 21)
    };
    let record = long.record("long");
    let files = made::wfdb("long", record.fs, &[("I", &record.leads[0].samples)]);
    page.drop_files(&files);
    page.wait_for(r#"#answer[data-state="working"][data-record="long"]"#);
    page.crash_gpu();
    page.wait_for_within(&format!(r#"{ANSWERED}[data-record="long"]"#), SOFTWARE_GPU);
    let shown = page.shown();
    assert_eq!(shown.device, "cpu");
    shown.assert_is(&native::explain(&native::record(&files, None), 0, Question::default()));
    page.wait_for_text("#gpu-unused", "WebGPU is not used");

    // And from then on.
    let class = Class::ALL.into_iter().find(|class| class.code() != shown.explained).expect("another class");
    assert_eq!(ask_why(&page, class.code()), "cpu");
}
