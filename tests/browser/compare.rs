//! A second trace under the first: it shows what this process computes for the same question, and pans with the first.

use ecg_lens::explain::{Explanation, Question};
use ecg_lens::network::{Class, Layer};

use crate::harness::{Page, Webgpu, made, native};

/// Every stop of the second trace is one of the map's moments with its importance.
#[track_caller]
fn assert_second_is(page: &Page, expected: &Explanation) {
    let numbers = |name: &str| -> Vec<f64> {
        let texts = page.attributes("#second-gradient stop", name);
        texts.iter().map(|text| text.parse().expect("a number")).collect()
    };
    let (times, values) = (numbers("data-time"), numbers("data-importance"));
    assert!(times.len() > 3, "no colours");
    let most = f64::from(expected.importance.max());
    for (time, value) in times.iter().zip(values) {
        let of_map = f64::from(expected.importance.at(*time));
        assert!((value - of_map).abs() < 0.01 * most, "{value} at {time} s, and not {of_map}");
    }
    assert_eq!(page.attributes("#second-path", "stroke"), ["url(#second-gradient)"]);
}

fn wait_for_second(page: &Page, record: &str, class: Class) {
    let code = class.code();
    page.wait_for(&format!(
        r#"#second[data-state="answered"][data-record="{record}"][data-explained="{code}"] #second-gradient stop"#
    ));
}

#[test]
fn two_classes_two_layers_two_recordings() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=af");
    let af = made::demo("af");
    page.answer_to(&af.name);
    page.click("#compare");
    // The same recording for the class that comes next.
    let answer = native::explain(&af, 0, Question::default());
    let others = Class::ALL.into_iter().filter(|class| *class != answer.label);
    let next = others.max_by(|a, b| answer.probabilities[a.index()].total_cmp(&answer.probabilities[b.index()]));
    let next = next.expect("three others");
    wait_for_second(&page, &af.name, next);
    let question = Question { class: Some(next), ..Question::default() };
    assert_second_is(&page, &native::explain(&af, 0, question));

    // Another layer.
    page.click(r#"#second-layer option[value="stage2"]"#);
    page.wait_for_text("#second-said", "stage 2.");
    let question = Question { class: Some(next), layer: Layer::Stage2, ..Question::default() };
    assert_second_is(&page, &native::explain(&af, 0, question));
    page.click(r#"#second-layer option[value="stage6"]"#);

    // Another recording, for its own answer.
    let sinus = made::demo("sinus");
    page.run(
        "const it = document.querySelector('#second-recording');\
         it.value = [...it.options].find(option => option.text == 'Sinus rhythm').value;\
         it.dispatchEvent(new Event('change'));",
    );
    wait_for_second(&page, &sinus.name, Class::Normal);
    assert_second_is(&page, &native::explain(&sinus, 0, Question::default()));
    assert!(page.text("#second-said").starts_with("Normal"), "{}", page.text("#second-said"));
    page.screenshot("compare");

    // Moved by one, the other moves as well.
    let (first, second) = (page.span(), page.attributes("#second-path", "d"));
    page.type_into("#second-trace", "\u{E014}");
    page.until("the first trace moves", || page.span().0 > first.0 + 0.05);
    page.until("the second trace moves", || page.attributes("#second-path", "d") != second);

    page.click("#compare");
    page.until("it is gone", || page.count("#second") == 0);
}
