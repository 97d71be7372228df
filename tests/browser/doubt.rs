//! Doubt: what is left open stands in the heading, what the map is empty of under the trace.

use ecg_lens::evaluate::burden::STRIP_SECONDS;
use ecg_lens::explain::Question;
use ecg_lens::view::i18n::Language;

use crate::harness::{Page, Webgpu, native};

/// Of every demonstration of one answer, the heading is that answer or says what is left open.
#[test]
fn the_heading_says_what_is_left_open() {
    let page = Page::new(Webgpu::Absent);
    for demo in ecg_lens::synthetic::demos() {
        let (id, record) = (demo.id, demo.record());
        if record.duration() > STRIP_SECONDS {
            continue;
        }
        let expected = native::explain(&record, record.preferred_lead(), Question::default());
        page.open(&format!("?engine=cpu&demo={id}"));
        page.wait_for(r#"#answer[data-state="answered"]"#);
        assert_eq!(page.text(".class-name"), Language::English.words().doubt().heading(&expected));
        let certain = page.attributes("#answer", "data-certain");
        assert_eq!(certain, [if expected.is_certain() { "true" } else { "false" }]);
        assert_eq!(page.attributes("#answer", "data-class"), [expected.label.code()]);
    }
}

#[test]
fn where_the_map_is_highest_is_there_to_see() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=af");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page.wait_for_text("#spoken", "Most important for Atrial fibrillation");
    assert_eq!(page.count("#spoken.visually-hidden"), 0);
    assert_eq!(page.text("#disagreement"), "");
}

#[test]
fn no_beat_is_premature_in_fibrillation() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu&demo=af");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    page.click("#measure");
    page.wait_for_text("#measure-figures", "not counted in atrial fibrillation");
}
