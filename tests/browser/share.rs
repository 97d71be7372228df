//! Links: what one person shares, another sees, in a fresh profile and on another host.

use ecg_lens::explain::Question;
use ecg_lens::network::{Class, Layer};

use crate::harness::{Page, Shown, Webgpu, made, native, recordings};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const ESCAPE: &str = "\u{e00c}";

fn open(query: &str) -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open(query);
    page.wait_for(ANSWERED);
    page
}

/// Presses Share, and reads the link in its field.
#[track_caller]
fn shared(page: &Page) -> String {
    page.click("#share");
    page.wait_for("#share-link");
    let link = page.run("return document.querySelector('#share-link').value");
    link.as_str().expect("a link").to_owned()
}

/// The part that another host's address would have too.
fn fragment(link: &str) -> &str {
    &link[link.find('#').expect("a fragment")..]
}

/// The same class, question, part and gradient. A view that was come by otherwise may have stops further out: those that
/// both have are held against each other, and both have what shows.
#[track_caller]
fn assert_same(one: &Shown, other: &Shown) {
    assert_eq!((&one.label, &one.explained, &one.layer), (&other.label, &other.explained, &other.layer));
    assert_eq!(one.width, other.width);
    let ((a, b), (c, d)) = (one.span(), other.span());
    assert!((a - c).abs() < 1e-3 && (b - d).abs() < 1e-3, "{a} to {b} s, and {c} to {d} s");
    let most = one.stops.iter().map(|stop| stop.importance).fold(f64::MIN_POSITIVE, f64::max);
    let (mut shared, mut visible) = (0, 0);
    for stop in &one.stops {
        let Some(twin) = other.stops.iter().find(|twin| (stop.time - twin.time).abs() < 1e-3) else {
            assert!(!(a..b).contains(&stop.time), "no stop at {} s", stop.time);
            continue;
        };
        shared += 1;
        visible += usize::from((a..b).contains(&stop.time));
        let off = (stop.importance - twin.importance).abs() / most;
        assert!(off < 1e-3, "at {} s {} became {}", stop.time, stop.importance, twin.importance);
        assert_eq!(stop.colour, twin.colour, "at {} s", stop.time);
    }
    assert!(visible > 2 && shared >= visible, "{visible} stops that show");
    for (probability, twin) in one.probabilities.iter().zip(&other.probabilities) {
        assert!((probability - twin).abs() < 1e-3);
    }
}

/// With another class, layer, part, scale and axis than the first view has.
#[test]
fn a_demonstration_opens_in_the_same_view() {
    let page = open("?engine=cpu&demo=ectopic");
    page.click(r#"#probabilities button[data-class="N"]"#);
    page.click(r#"#layer option[value="stage3"]"#);
    page.click("#scale-raw");
    page.click("#unit-seconds");
    page.wheel("#trace", (0.5, 0.4), (0, -200));
    page.wheel("#trace", (0.5, 0.4), (600, 0));
    page.wait_for(&format!(r#"{ANSWERED}[data-explained="N"][data-layer="stage3"]"#));
    let link = shared(&page);
    assert!(
        link.starts_with("http") && fragment(&link).starts_with("#demo=ectopic&from=") && !link.contains('?'),
        "{link}"
    );
    let seen = page.shown();

    let fresh = open(fragment(&link));
    assert_same(&seen, &fresh.shown());
    assert_eq!(fresh.attributes("#colour-bar", "data-scale"), ["raw"]);
    assert_eq!(fresh.text("#time-title"), "Seconds");
    assert_eq!(fresh.attributes("#answer", "data-record"), ["Premature ventricular beats"]);
    // The address speaks of this recording only as long as it is open.
    fresh.click(r#"#recordings .row[data-name="Sinus rhythm"]"#);
    fresh.answer_to("Sinus rhythm");
    fresh.until("an address without it", || fresh.run("return location.hash") == "");
}

/// A recording of one's own travels in the link; what its file is called does not.
#[test]
fn a_recording_travels_in_the_link() {
    let real = recordings::cinc2017("A00264");
    let made = made::cinc("Jane-Doe", &made::demo("paroxysm"));
    for (name, files) in [("Jane-Doe", Some(made)), ("A00264", real)] {
        let Some(files) = files else { continue };
        let page = open("?engine=cpu");
        page.drop_files(&files);
        page.answer_to(name);
        page.click(r#"#probabilities button[data-class="A"]"#);
        page.wait_for(&format!(r#"{ANSWERED}[data-explained="A"]"#));
        page.show_whole();
        let link = shared(&page);
        assert!(!link.contains(name), "the file's name is in the link");
        assert!(link.len() < 14_000, "{} characters for 30 s", link.len());
        let seen = page.shown();

        let fresh = open(fragment(&link));
        let opened = fresh.answer_to("Shared recording");
        assert_same(&seen, &opened);
        let question = Question { class: Some(Class::AtrialFibrillation), ..Question::default() };
        opened.assert_is_whole(&native::explain(&native::record(&files, None), 0, question));
        assert_eq!(fresh.attributes("#view-whole", "aria-pressed"), ["true"]);
        assert!(!fresh.text("body").contains(name), "the file's name is on the page");
        // No server was told of it, and it can be shared again.
        assert!(fresh.requests().iter().all(|url| !url.contains("ecg=")));
        assert_eq!(fragment(&shared(&fresh)), fragment(&link));
    }
}

#[test]
fn one_lead_of_several_and_a_link_into_an_open_page() {
    let page = open("?engine=cpu");
    let (first, second) = (made::demo("sinus"), made::demo("af"));
    let leads = [("I", first.leads[0].samples.as_slice()), ("V5", second.leads[0].samples.as_slice())];
    let files = made::wfdb("two", first.fs, &leads);
    page.drop_files(&files);
    page.answer_to("two");
    page.click(r#"#lead option[value="1"]"#);
    page.until("lead V5", || page.texts("#answer").concat().contains("V5") && page.count(ANSWERED) == 1);
    page.click(r#"#layer option[value="stage2"]"#);
    page.wait_for(&format!(r#"{ANSWERED}[data-layer="stage2"]"#));
    let link = shared(&page);
    assert!(page.text("#share-panel").contains("lead V5"), "{}", page.text("#share-panel"));
    page.press_keys(ESCAPE);
    page.until("a closed panel", || page.count("#share-panel") == 0);
    assert_eq!(page.run("return document.activeElement.id"), "share");

    let fresh = open("?engine=cpu");
    fresh.run_with("location.hash = arguments[0]", serde_json::json!([fragment(&link)]));
    let opened = fresh.answer_to("Shared recording");
    let question = Question { layer: Layer::Stage2, ..Question::default() };
    opened.assert_is(&native::explain(&native::record(&files, None), 1, question));
    assert!(fresh.text("#answer").contains("lead V5"));
}

#[test]
fn says_what_of_a_long_recording_fits_a_link() {
    let page = open("?engine=cpu");
    let samples = made::sinus(60.9).leads.remove(0).samples;
    page.drop_files(&made::wfdb("long", 300.0, &[("I", &samples)]));
    page.answer_to("long");
    page.click("#share");
    page.wait_for_text("#share-panel", "up to 60.0");
    assert_eq!(page.count("#share-link"), 0);
    // Of a strip, the window that is explained.
    let samples = made::sinus(90.0).leads.remove(0).samples;
    page.drop_files(&made::wfdb("strip", 300.0, &[("I", &samples)]));
    page.wait_for(r#"#answer[data-state="answered"][data-window="0"]"#);
    if page.count("#share-panel") == 0 {
        page.click("#share");
    }
    page.wait_for_text("#share-panel", "the window that is explained");
    page.wait_for("#share-link");
}

#[test]
fn says_that_a_link_is_not_whole() {
    let page = Page::new(Webgpu::Absent);
    page.open("#ecg=AQID");
    page.wait_for_text("#problems", "This link is not whole");
    // Somebody who has only that sees what everybody sees first.
    assert_eq!(page.answer_to("Fibrillation begins").label, "A");
    page.open("?again#demo=nothing");
    page.wait_for_text("#problems", "nothing: There is no demonstration");
    page.wait_for(ANSWERED);
}
