//! A rhythm strip: a recording of more than a minute, up to an hour. Its headline speaks of episodes and never of a mean, a
//! click goes there, and the window in view is the one that is explained.

use std::time::Duration;

use ecg_lens::evaluate::Overall;
use ecg_lens::evaluate::burden::windows;
use ecg_lens::evaluate::trend::{Extremes, beats_of_windows};
use ecg_lens::explain::Question;
use ecg_lens::view::i18n::{English, Strip};

use super::day::{FS, expected, hours};
use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const OVER: &str = r#"#day[data-state="over"]"#;
const PATIENCE: Duration = Duration::from_secs(240);

fn open(files: &Files) -> Page {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_files(files);
    page.wait_for_within(OVER, PATIENCE);
    page
}

/// Waits until window `window` is the one that is answered.
#[track_caller]
fn wait_for_window(page: &Page, window: usize) {
    page.wait_for(&format!(r#"#answer[data-state="answered"][data-window="{window}"]"#));
}

#[test]
fn five_minutes_are_told_in_episodes() {
    // From 22:30 on; AF from 120 s to 210 s, which the file marks ten seconds too early.
    let mut files = hours(10, |index| (4..7).contains(&index));
    files.push(made::rhythms("holter", FS, &[(0.0, "(N"), (110.0, "(AFIB"), (210.0, "(N")]));
    let whole = native::record(&files, None);
    assert_eq!(whole.annotations.len(), 3, "{:?}", whole.annotations);
    let (burden, verdicts) = expected(&whole);
    let windows = windows(whole.len() as u64, FS);
    assert_eq!(burden.episodes.iter().map(|it| (it.windows.start, it.windows.end)).collect::<Vec<_>>(), [(4, 7)]);

    let page = open(&files);
    // Of the whole, and not of a mean over it.
    let headline = page.text("#day-headline");
    assert_eq!(headline, "AF episodes: 1, of 1 min 30 s; otherwise Normal");
    assert_eq!(headline, English.headline(&Overall::of(&burden, &windows, &verdicts, FS), false));
    assert_eq!(page.text("#day-af-time"), "1.5 of 5\u{2009}min");
    assert_eq!(page.text("#day-episodes"), "1");
    page.until("heart rates", || page.count("#day-slowest") == 1 && page.count("#day-fastest") == 1);
    let beats = beats_of_windows(&whole.leads[0].samples, FS, &windows).into_iter().map(Some).collect::<Vec<_>>();
    let extremes = Extremes::of(&beats, &verdicts);
    assert_eq!(page.text("#day-pauses"), extremes.pauses.to_string());
    for (id, rate) in [("#day-slowest", extremes.lowest), ("#day-fastest", extremes.highest)] {
        assert_eq!(page.text(id), format!("{:.0}", rate.expect("a rate").0));
    }
    // By hand: of the ten windows three are marked and called; 100 s are marked, of which 90 s are called.
    assert_eq!(
        page.text("#day-agreement").replace('\u{2009}', " "),
        "Against the rhythms marked in the file, 10 windows: AF sensitivity 100.0 % (3 of 3), positive predictivity \
         100.0 % (3 of 3); by duration 90.0 % and 100.0 %."
    );
    assert_eq!(page.texts("#day-marked span"), ["N", "AFIB", "N"]);

    // The first window is the one that is explained; all of the recording is on the paper.
    wait_for_window(&page, 0);
    assert_eq!(page.shown().label, "N");
    assert_eq!(page.text("#of-window"), "Window 1 of 10, 22:30:00\u{2013}22:30:30");
    assert!(page.text("#answer").contains("5 min 00 s"));

    // A click in the midst of the episode goes there, and explains the window that is looked at.
    page.drag("#day-line .day-overlay", (165.0 / 300.0, 0.3), (165.0 / 300.0, 0.3));
    wait_for_window(&page, 5);
    let shown = page.shown();
    let (start, end) = shown.span();
    assert!(start < 164.0 && end > 166.0, "{start} to {end} s");
    let answer = native::explain_window(&whole, 0, 5, Question::default());
    assert_eq!((shown.label.as_str(), shown.heading.as_str()), ("A", "Atrial fibrillation"));
    for (probability, expected) in shown.probabilities.iter().zip(answer.probabilities) {
        assert!((probability - f64::from(expected)).abs() < 1e-3, "{:?}", shown.probabilities);
    }
    let inner: Vec<_> = shown.stops.iter().filter(|stop| (151.0..179.0).contains(&stop.time)).collect();
    assert!(inner.len() > 60, "{} stops", inner.len());
    let most = f64::from(answer.importance.max());
    for stop in inner {
        let expected = f64::from(answer.importance.at(stop.time));
        assert!((stop.importance - expected).abs() < 2e-3 * most, "{} s: {}", stop.time, stop.importance);
    }
    page.screenshot("strip");

    // The keys: to the episode's beginning, half a minute on, to the end and the beginning.
    page.type_into("#day-line", "\u{E012}");
    wait_for_window(&page, 4);
    page.until("the episode's beginning", || (page.span().0 - 120.0).abs() < 0.1);
    page.type_into("#day-line", "\u{E015}");
    wait_for_window(&page, 5);
    page.type_into("#day-line", "\u{E010}");
    wait_for_window(&page, 9);
    page.type_into("#day-line", "\u{E011}");
    wait_for_window(&page, 0);
    // The trace itself is paged through all of it.
    page.type_into("#trace", "\u{E00F}\u{E00F}\u{E00F}\u{E00F}");
    wait_for_window(&page, 1);

    let (name, bytes) = page.download(|| page.click("#save-episodes"));
    let table = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(name, "ecg-lens-episodes.csv");
    assert_eq!(table.split_terminator("\r\n").nth(1), Some("1,120,210,90,3,3"), "{table}");
    page.click("#share");
    page.wait_for_text("#share-panel", "the window that is explained, 22:30:30\u{2013}22:31:00");
}

#[test]
fn a_minute_has_one_answer_and_what_cannot_be_read_is_no_class() {
    let minute = made::sinus(60.0).leads.remove(0).samples;
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_files(&made::wfdb("minute", 300.0, &[("I", &minute)]));
    page.answer_to("minute");
    assert_eq!((page.count("#day"), page.count("#of-window")), (0, 0));

    // Half a minute more, in which the electrode was off.
    let samples: Vec<f32> = minute.iter().copied().chain(std::iter::repeat_n(0.0, 9000)).collect();
    page.drop_files(&made::wfdb("off", 300.0, &[("I", &samples)]));
    page.wait_for_within(OVER, PATIENCE);
    assert_eq!(page.text("#day-headline"), "No AF episode; Normal");
    assert_eq!(page.text("#day-unread"), "30\u{2009}s");
    assert_eq!(page.text("#day-analysed"), "60 of 90\u{2009}s");
    assert_eq!(page.count("#save-episodes"), 0);
    page.type_into("#day-line", "\u{E010}");
    page.wait_for(r#"#answer[data-state="failed"][data-window="2"]"#);
    page.type_into("#day-line", "\u{E011}");
    wait_for_window(&page, 0);
}
