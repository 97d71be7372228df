//! The worker that reads files: it never holds up the page, and its death costs no more than the file it died of.

use std::io::Write;

use ecg_lens::explain::Question;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;

/// Recordings in the archive.
const MANY: usize = 400;

/// The first 24 MB of the archive are noise, so that it is large; the recordings come after it.
fn large_archive() -> Files {
    // xorshift64 (Marsaglia 2003), which does not compress.
    let mut state = 1u64;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let noise = (0..3 << 20).flat_map(|_| noise()).collect();
    let mut files: Files = vec![("noise.md".to_owned(), noise)];
    let record = made::demo("sinus");
    for number in 0..MANY {
        files.extend(made::cinc(&format!("R{number:03}"), &record));
    }
    let labels: String = (0..MANY).map(|number| format!("R{number:03},N\n")).collect();
    files.push(("REFERENCE.csv".to_owned(), labels.into_bytes()));
    vec![("large.zip".to_owned(), made::zip("set", &files))]
}

/// Waits until so many recordings are in the list and all of them have been looked at.
#[track_caller]
fn wait_until_read(page: &Page, recordings: usize) {
    page.until(&format!("{recordings} recordings"), || {
        let listed = page.attributes("#recordings section:first-of-type .rows", "aria-rowcount");
        listed.first() == Some(&recordings.to_string()) && page.text("#recordings .progress").is_empty()
    });
}

#[test]
fn a_large_archive_does_not_hold_up_the_page() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.run(
        "window.frames_ = []; let last = performance.now();
         const frame = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(frame) };
         requestAnimationFrame(frame)",
    );
    let archive = large_archive();
    let start = std::time::Instant::now();
    page.drop_files(&archive);
    wait_until_read(&page, MANY);
    let took = start.elapsed();
    let frames: Vec<f64> =
        serde_json::from_value(page.run("return window.frames_")).expect("the time between frames, in ms");
    let longest = frames.iter().copied().fold(0.0, f64::max);
    // Past libtest's capture: a figure to watch, not to fail on, since the machine does other things meanwhile.
    let words = format!(
        "{MANY} recordings of a {} MB archive in {took:.1?}: {} frames, the longest wait for one {longest:.0} ms\n",
        archive[0].1.len() >> 20,
        frames.len()
    );
    let _ = std::io::stderr().write_all(words.as_bytes());
    assert!(frames.len() > 2, "the page stood still");
    assert_eq!(page.count("#problems li"), 0, "{:?}", page.texts("#problems"));
    page.answer_to("R000");
}

/// The browser ends the worker while it looks through an archive: the recording that it was at is named, and the others
/// are there.
#[test]
fn a_reader_that_is_killed_is_replaced() {
    let page = Page::new(Webgpu::Absent);
    // Two messages for each recording, one when the set is listed and one when it is looked at: two thirds of the way.
    page.run_before_others(&format!(
        "const Plain = Worker;
         window.Worker = class extends Plain {{
             constructor(...all) {{
                 super(...all);
                 let heard = 0;
                 this.addEventListener('message', () => {{
                     if (++heard !== {}) return;
                     this.terminate();
                     this.dispatchEvent(new ErrorEvent('error', {{ message: 'killed' }}));
                 }});
             }}
         }}",
        MANY + MANY / 3
    ));
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_files(&large_archive());
    wait_until_read(&page, MANY);
    let problems = page.texts("#problems li span");
    assert!(problems.len() == 1 && problems[0].contains("large.zip/set/R1"), "{problems:?}");
    assert!(problems[0].contains("more memory than there is") && problems[0].ends_with('.'), "{problems:?}");
    page.click(r#"#recordings .row[data-name="R002"]"#);
    page.answer_to("R002");
}

/// Reading a file breaks the worker, be it at its beginning or when it is read whole. The files beside it are read, and
/// what was dropped before can still be opened.
#[test]
fn a_file_that_breaks_the_reader_is_named_and_left_out() {
    let page = Page::new(Webgpu::Absent);
    // An error that the reader cannot catch, as when memory runs out: what it is handed for a file with the word POISON
    // in it is no longer there when it is looked at. Large ones can be begun, and not read.
    page.run_before_others(
        r#"const poison = `
             const read = FileReaderSync.prototype.readAsArrayBuffer;
             FileReaderSync.prototype.readAsArrayBuffer = function (blob) {
                 const buffer = read.call(this, blob);
                 const text = new TextDecoder("latin1").decode(buffer);
                 const isBad = text.includes("POISON") || buffer.byteLength > 1 << 20 && text.includes("VENOM");
                 if (isBad) structuredClone(buffer, { transfer: [buffer] });
                 return buffer;
             };`;
         const Plain = Blob;
         window.Blob = class extends Plain {
             constructor(parts, options) {
                 super(String(parts?.[0]).includes("reader_loader") ? [poison, ...parts] : parts, options);
             }
         }"#,
    );
    page.expect_console_error("detached ArrayBuffer");
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    let early = made::cinc("early", &made::sinus(10.0));
    page.drop_files(&early);
    page.answer_to("early");

    let poisoned = |seconds: f64, word: &str| {
        let text = String::from_utf8(made::csv_with_time(&made::sinus(seconds))).expect("text");
        text.replace("ECG", word).into_bytes()
    };
    let good = made::csv_with_time(&made::sinus(12.0));
    let files: Files = vec![
        ("a-poisoned.csv".to_owned(), poisoned(10.0, "POISON")),
        ("b-poisoned.csv".to_owned(), poisoned(300.0, "VENOM")),
        ("c-good.csv".to_owned(), good.clone()),
        ("d-good.csv".to_owned(), good.clone()),
    ];
    page.drop_files(&files);
    let shown = page.answer_to("c-good");
    let expected = native::record(&vec![("c-good.csv".to_owned(), good)], None);
    shown.assert_is(&native::explain(&expected, 0, Question::default()));
    // b, c and d, and the one before.
    wait_until_read(&page, 4);
    for name in ["a-poisoned.csv", "b-poisoned.csv"] {
        page.wait_for_text("#problems li span", &format!("{name}: Reading this file took more memory"));
    }
    assert_eq!(page.count("#problems li"), 2, "{:?}", page.texts("#problems"));
    let broken = r#"#recordings .row.broken[data-name="b-poisoned"]"#;
    page.wait_for(broken);
    // Its death takes the reader along again; what is on the page stays.
    page.click(broken);
    page.click(r#"#recordings .row[data-name="d-good"]"#);
    page.answer_to("d-good");
    page.click(r#"#recordings .row[data-name="early"]"#);
    page.answer_to("early");
}
