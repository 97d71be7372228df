//! Looking around in the trace: the two views, pan and zoom, the axes, the colours, the read-out, and other questions.

use ecg_lens::explain::{Question, Score};
use ecg_lens::network::{Class, Layer};
use ecg_lens::record::Record;

use crate::harness::{Page, Webgpu, made, native};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
/// So many stops the page draws at most.
const MOST_STOPS: usize = 1024;
const RIGHT: &str = "\u{e014}";
const END: &str = "\u{e010}";
const HOME: &str = "\u{e011}";

/// The page with the AF demonstration on it, and that recording: 30 s at 300 Hz.
fn open() -> (Page, Record) {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=af");
    page.wait_for(ANSWERED);
    (page, made::demo("af"))
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01
}

#[track_caller]
fn assert_near(a: (f64, f64), b: (f64, f64)) {
    assert!(near(a, b), "{a:?} is not {b:?}");
}

fn length((start, end): (f64, f64)) -> f64 {
    end - start
}

#[test]
fn has_the_two_standard_views() {
    let (page, record) = open();
    let first = (0.0, 499.0 / 60.0);
    assert_near(page.span(), first);
    assert_eq!(page.attributes("#view-first", "aria-pressed"), ["true"]);
    let whole = (0.0, (record.len() - 1) as f64 / record.fs);
    page.click("#view-whole");
    page.until("the whole recording", || near(page.span(), whole));
    page.type_into("#trace", "0");
    page.until("the first 500 samples", || near(page.span(), first));
    page.type_into("#trace", "9");
    page.until("the whole recording", || near(page.span(), whole));
    page.click("#view-first");
    page.until("the first 500 samples", || near(page.span(), first));
}

#[test]
fn pans_and_zooms_by_wheel_drag_and_keys() {
    let (page, record) = open();
    let whole = (record.len() - 1) as f64 / record.fs;
    let start = page.span();
    let moved = |what: &str, test: &dyn Fn((f64, f64)) -> bool| {
        page.until(what, || test(page.span()));
        page.span()
    };
    // Drag: what was under the pointer stays under it.
    page.drag("#trace", (0.8, 0.4), (0.4, 0.4));
    let width = page.run("return document.querySelector('#trace').getBoundingClientRect().width");
    let pulled = 0.4 * width.as_f64().expect("a width") / page.shown().width * length(start);
    let dragged = moved("a drag to the left", &|span| (span.0 - pulled).abs() < 0.01);
    assert!((length(dragged) - length(start)).abs() < 1e-3, "a drag does not zoom");

    // Wheel: away from oneself is closer.
    page.wheel("#trace", (0.5, 0.4), (0, -200));
    let closer = moved("a wheel's zoom", &|span| length(span) < 0.9 * length(dragged));
    assert!(closer.0 > dragged.0 && closer.1 < dragged.1, "the zoom is about the pointer");
    page.wheel("#trace", (0.5, 0.4), (0, 200));
    moved("a wheel back", &|span| near(span, dragged));
    page.wheel("#trace", (0.5, 0.4), (150, 0));
    moved("a wheel sideways", &|span| span.0 > dragged.0 + 0.01 && (length(span) - length(dragged)).abs() < 1e-3);

    // Keys.
    page.type_into("#trace", HOME);
    let home = moved("Home", &|span| span.0.abs() < 1e-3);
    page.type_into("#trace", RIGHT);
    moved("a step to the right", &|span| (span.0 - 0.1 * length(home)).abs() < 0.01);
    page.type_into("#trace", END);
    moved("End", &|span| (span.1 - whole).abs() < 0.01);
    page.type_into("#trace", "+");
    moved("a zoom by key", &|span| (length(span) - 0.8 * length(home)).abs() < 0.01);
    page.type_into("#trace", "-");
    moved("a zoom back by key", &|span| (length(span) - length(home)).abs() < 0.01);

    // Never beyond the recording.
    page.type_into("#trace", &RIGHT.repeat(5));
    page.wheel("#trace", (0.5, 0.4), (0, 400));
    page.wheel("#trace", (0.5, 0.4), (0, 400));
    let span = page.span();
    assert!(span.0 > -1e-3 && span.1 < whole + 0.01, "{span:?}");
}

#[test]
fn pinches_on_a_phone() {
    let page = Page::new(Webgpu::Absent);
    page.on_phone();
    page.open("?engine=cpu&demo=af");
    page.wait_for(ANSWERED);
    let before = page.span();
    page.run("document.querySelector('#trace').scrollIntoView({ block: 'center' })");
    page.pinch("#trace", 0.3, 0.6);
    page.until("a pinch to bring it closer", || length(page.span()) < 0.7 * length(before));
    let sideways = page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(sideways, 0, "a phone has to scroll sideways");
    let apart = page.run(
        "const title = document.querySelector('#amplitude-title');
         const numbers = [...title.parentElement.querySelectorAll('text:not(.axis-title)')];
         const left = numbers.map(number => number.getBoundingClientRect().left);
         return Math.min(...left) - title.getBoundingClientRect().right",
    );
    assert!(apart.as_f64().is_some_and(|pixels| pixels > 0.0), "the axis' title touches its numbers: {apart}");
    page.screenshot("phone");
}

#[test]
fn counts_samples_or_seconds() {
    let (page, _) = open();
    let ticks = || page.texts("#trace-svg .axis").concat();
    assert_eq!(page.text("#time-title"), "Samples (60 Hz)");
    assert!(ticks().contains("400"), "{}", ticks());
    page.click("#unit-seconds");
    page.until("the axis in seconds", || page.text("#time-title") == "Seconds");
    assert!(ticks().contains("8") && !ticks().contains("400"), "{}", ticks());
    page.click("#unit-samples");
    page.until("the axis in samples", || page.text("#time-title") == "Samples (60 Hz)" && ticks().contains("400"));
}

/// Every class, layer and score is explained anew, and as the network does it.
#[test]
fn answers_other_questions() {
    let (page, record) = open();
    page.show_whole();
    let mut seen = std::collections::HashSet::new();
    let mut check = |question: Question| {
        let shown = page.shown();
        let expected = native::explain(&record, 0, question);
        if expected.importance.values.len() <= MOST_STOPS {
            shown.assert_is_whole(&expected);
        } else {
            let most = shown.stops.iter().map(|stop| stop.importance).fold(0.0, f64::max);
            let expected = f64::from(expected.importance.max());
            assert!((most - expected).abs() <= 1e-3 * expected, "the highest stop is {most}, and not {expected}");
        }
        seen.insert(shown.stops.iter().map(|stop| stop.importance.to_string()).collect::<Vec<_>>());
    };
    for class in Class::ALL {
        page.click(&format!(r#"#probabilities button[data-class="{}"]"#, class.code()));
        page.wait_for(&format!(r#"{ANSWERED}[data-explained="{}"]"#, class.code()));
        check(Question { class: Some(class), ..Question::default() });
    }
    let class = Some(Class::AtrialFibrillation);
    page.click(r#"#probabilities button[data-class="A"]"#);
    page.wait_for(&format!(r#"{ANSWERED}[data-explained="A"]"#));
    for layer in Layer::ALL {
        page.click(&format!(r#"#layer option[value="{}"]"#, layer.name()));
        page.wait_for(&format!(r#"{ANSWERED}[data-layer="{}"]"#, layer.name()));
        check(Question { class, layer, ..Question::default() });
    }
    let before = page.measures("ecg-lens:explain").len();
    page.click(r#"#score option[value="softmax"]"#);
    page.until("another answer", || page.measures("ecg-lens:explain").len() > before);
    check(Question { class, layer: Layer::default(), score: Score::Softmax });
    // The last layer's map for AF twice; the classes that nothing speaks for may share a map of noughts.
    assert!(seen.len() > Layer::ALL.len(), "{} different maps", seen.len());
}

#[test]
fn scales_the_colours() {
    let (page, record) = open();
    let most = native::explain(&record, 0, Question::default()).importance.max();
    let top =
        || page.texts("#colour-bar .colour-bar-ticks span").pop().expect("a tick").parse::<f32>().expect("a number");
    let colours = || page.shown().stops.iter().map(|stop| stop.colour.clone()).collect::<Vec<_>>();
    assert_eq!((page.attributes("#colour-bar", "data-scale").concat().as_str(), top()), ("normalised", 1.0));
    // The soft band behind the line runs along it, and has its colours.
    assert_eq!(page.attributes("#trace-svg .trace-band", "d"), page.attributes("#trace-path", "d"));
    assert_eq!(page.attributes("#trace-svg .trace-band", "stroke"), ["url(#soft-trace-gradient)"]);
    assert_eq!(page.attributes("#soft-trace-gradient stop", "stop-color"), colours());
    let normalised = colours();
    page.click("#scale-raw");
    page.wait_for(r#"#colour-bar[data-scale="raw"]"#);
    assert!(top() >= most && top() < 2.6 * most, "the raw bar ends at {}; the map at {most}", top());
    assert_ne!(colours(), normalised);
    page.click("#scale-normalised");
    page.until("the normalised colours", || colours() == normalised);
}

#[test]
fn reads_out_the_sample_under_the_pointer() {
    let (page, record) = open();
    let samples = &record.leads[0].samples;
    let map = native::explain(&record, 0, Question::default()).importance;
    for place in [0.3, 0.5, 0.7] {
        page.hover("#trace", (place, 0.4));
        page.wait_for_text("#readout", "sample");
        let text = page.texts("#readout span").join(" ").replace('\u{2212}', "-").replace('\u{2009}', " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let after =
            |word: &str| words[words.iter().position(|it| *it == word).expect(word) + 1].parse::<f64>().expect(word);
        let before =
            |word: &str| words[words.iter().position(|it| *it == word).expect(word) - 1].parse::<f64>().expect(word);
        let index = after("sample") as usize;
        let time = index as f64 / record.fs;
        // The pointer's own place, by the geometry of the element.
        let at = page.run(&format!(
            "const box = document.querySelector('#trace').getBoundingClientRect();
             const plot = document.querySelector('#trace-svg .box').getBoundingClientRect();
             return (Math.trunc(box.x + box.width * {place}) - plot.x) / plot.width"
        ));
        let pointed = at.as_f64().expect("a place") * 499.0 / 60.0;
        assert!((pointed - time).abs() < 4.0 / 300.0, "the pointer is at {pointed} s, the read-out at {time} s");
        assert!((before("s") - time).abs() < 1e-3, "{text}");
        assert!((before("mV") - f64::from(samples[index])).abs() < 1e-3, "{text}; the sample is {}", samples[index]);
        let importance = f64::from(map.at(time) / map.max());
        assert!((after("importance") - importance).abs() < 0.006, "{text}; the importance is {importance}");
    }
}

/// A minute or more is drawn for what can be seen, not for what there is.
#[test]
fn draws_no_more_than_can_be_seen() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    let samples = made::sinus(600.0).leads.remove(0).samples;
    page.drop_files(&made::wfdb("ten-minutes", 300.0, &[("I", &samples)]));
    page.answer_to("ten-minutes");
    page.show_whole();
    let shown = page.shown();
    assert!(shown.path.len() < 40 * shown.width as usize, "{} bytes for {} pixels", shown.path.len(), shown.width);
    assert!(shown.stops.len() <= MOST_STOPS, "{} stops", shown.stops.len());
}

#[test]
fn has_dark_paper() {
    let page = Page::new(Webgpu::Absent);
    page.prefer_dark(true);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    let lightness = |css: &str, property: &str| {
        let script = format!(
            "const context = new OffscreenCanvas(1, 1).getContext('2d');
             context.fillStyle = getComputedStyle(document.querySelector('{css}')).{property};
             context.fillRect(0, 0, 1, 1);
             return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).reduce((a, b) => a + b) / 765"
        );
        page.run(&script).as_f64().expect("a lightness")
    };
    let (paper, ink) = (lightness("html", "backgroundColor"), lightness("body", "color"));
    assert!(paper < 0.2 && ink > 0.6, "dark paper: {paper}, ink {ink}");
    let dark = page.shown().stops[0].colour.clone();
    page.show_whole();
    page.screenshot("dark");
    page.click("#theme");
    page.until("light paper", || lightness("html", "backgroundColor") > 0.8);
    assert!(lightness("body", "color") < 0.5);
    assert_ne!(page.shown().stops[0].colour, dark, "the trace's ink follows the paper");
    page.screenshot("light");
}
