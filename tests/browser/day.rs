//! A recording of hours: the same burden as this very process gets, a click and the keys that open the moment, a Stop that
//! keeps what is done.

use std::time::Duration;

use burn::tensor::Device;
use ecg_lens::evaluate::burden::{Burden, Verdict, windows};
use ecg_lens::explain::{Question, classify_leads};
use ecg_lens::network::{Class, Network};
use ecg_lens::record::Record;
use ecg_lens::synthetic::{Recipe, Rhythm};
use ecg_lens::view::geometry::decimal;

use crate::harness::made::{self, Files};
use crate::harness::{Page, Webgpu, native};

const ANSWERED: &str = r#"#answer[data-state="answered"]"#;
const OVER: &str = r#"#day[data-state="over"]"#;
const PATIENCE: Duration = Duration::from_secs(240);

pub const FS: f64 = 200.0;
/// Samples in 30 s.
const WINDOW: usize = 6000;
/// Different half minutes of each rhythm; a recording is made of them over and over.
const KINDS: usize = 6;

/// A recording of so many half minutes from 22:30 on, with AF in those that `is_af` says.
pub fn hours(count: usize, is_af: impl Fn(usize) -> bool) -> Files {
    let half_minute = |rhythm: Rhythm, kind: usize| {
        let recipe = Recipe { fs: FS, ..Recipe::new(rhythm, 64.0 + 4.0 * kind as f64, 300 + kind as u64) };
        recipe.record("part").leads.remove(0).samples
    };
    let [sinus, fibrillation] = [Rhythm::Sinus, Rhythm::AtrialFibrillation]
        .map(|rhythm| (0..KINDS).map(|kind| half_minute(rhythm, kind)).collect::<Vec<_>>());
    let part = |index: usize| if is_af(index) { &fibrillation[index % KINDS] } else { &sinus[index % KINDS] };
    let samples: Vec<f32> = (0..count).flat_map(|index| part(index).iter().copied()).collect();
    assert_eq!(samples.len(), count * WINDOW);
    let mut files = made::wfdb("holter", FS, &[("I", &samples)]);
    let header = String::from_utf8(files[0].1.clone()).expect("text");
    let (first, rest) = header.split_once('\n').expect("lines");
    files[0].1 = format!("{first} 22:30:00 05/06/2024\n{rest}").into_bytes();
    files
}

/// What this process makes of the same recording: AF in it, and the answer for each window.
pub fn expected(record: &Record) -> (Burden, Vec<Verdict>) {
    let device = Device::flex();
    let network = Network::from_safetensors(&native::weights(), &device).expect("the weights");
    let samples = &record.leads[0].samples;
    // Read as the page reads it: 16 bits, so the same half minutes are the same numbers.
    let mut known: Vec<(&[f32], Verdict)> = Vec::new();
    let windows = windows(samples.len() as u64, FS);
    let mut verdicts = Vec::new();
    for window in &windows {
        let part = &samples[window.start as usize..window.end as usize];
        let before = known.iter().find(|(known, _)| *known == part).map(|(_, verdict)| *verdict);
        let verdict = before.unwrap_or_else(|| {
            let answer = pollster::block_on(classify_leads(&network, &device, &[(part.to_vec(), FS)])).remove(0);
            let verdict = answer.map_or(Verdict::Unusable, |it| Verdict::Called(Class::of_highest(&it)));
            known.push((part, verdict));
            verdict
        });
        verdicts.push(verdict);
    }
    (Burden::of(&windows, &verdicts, FS), verdicts)
}

/// The name under which the minute that begins after so many minutes is on the paper.
fn name_of(minute: usize) -> String {
    let of_day = (22 * 60 + 30 + minute) % (24 * 60);
    let day = if minute >= 90 { " on day 2" } else { "" };
    format!("holter, {:02}:{:02}:00{day}", of_day / 60, of_day % 60)
}

#[test]
fn the_burden_is_right_and_a_click_opens_the_moment() {
    // Half an hour of AF after 50 minutes, and a minute after two hours.
    let is_af = |index: usize| (100..160).contains(&index) || (240..242).contains(&index);
    let files = hours(300, is_af);
    let whole = native::record(&files, None);
    let (burden, _) = expected(&whole);

    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    page.drop_files(&files);
    page.wait_for_within(OVER, PATIENCE);
    let share = burden.share().expect("something that was analysed");
    assert_eq!(page.text("#day-burden"), decimal(share * 100.0, 1) + "\u{2009}%");
    assert!((share - 62.0 / 300.0).abs() < 0.04, "a burden of {share}");
    assert_eq!(page.text("#day-episodes"), burden.episodes.len().to_string());
    assert!((2..8).contains(&burden.episodes.len()), "{:?}", burden.episodes);
    assert_eq!(
        page.text("#day-analysed"),
        format!("{}\u{2009}h of 2.5\u{2009}h", decimal(burden.analysed / 3600.0, 1))
    );
    page.until("the whole outline", || page.attributes("#day-outline", "d").concat().contains("L1000.0 "));
    let minutes: Vec<usize> = burden.episodes.iter().map(|episode| episode.windows.start / 2).collect();

    // The first minute is open; one in the midst of the AF is clicked on.
    page.answer_to(&name_of(0));
    page.drag("#day-line .day-overlay", (65.5 / 150.0, 0.3), (65.5 / 150.0, 0.3));
    let shown = page.answer_to(&name_of(65));
    let mut minute = whole.clone();
    minute.leads[0].samples = whole.leads[0].samples[65 * 2 * WINDOW..66 * 2 * WINDOW].to_vec();
    shown.assert_is(&native::explain(&minute, 0, Question::default()));
    assert_eq!(shown.label, "A");

    // The keys go on to the next episode and back, and by a minute.
    let next = minutes.iter().copied().find(|minute| *minute > 65).expect("a later episode");
    page.type_into("#day-line", "\u{E014}");
    page.answer_to(&name_of(next));
    let before = minutes.iter().copied().rev().find(|minute| *minute < next).expect("an earlier episode");
    page.type_into("#day-line", "\u{E012}");
    page.answer_to(&name_of(before));
    page.type_into("#day-line", "\u{E015}");
    page.answer_to(&name_of(before + 1));
    // The trace's own keys go on into the minute after.
    page.type_into("#trace", &"\u{E00F}".repeat(7));
    page.answer_to(&name_of(before + 2));
    page.click("#day-list summary");
    assert_eq!(page.count("#day-list button"), burden.episodes.len() as u64);

    // Another recording takes the sheet; the day that comes back knows what it found.
    page.click(r#".row[data-name="Sinus rhythm"]"#);
    page.until("no day", || page.count("#day") == 0);
    page.click(r#".row[data-name="holter"]"#);
    page.wait_for(OVER);
    assert_eq!(page.text("#day-progress"), "300 windows classified.");
    assert_eq!(page.text("#day-burden"), decimal(share * 100.0, 1) + "\u{2009}%");
    page.answer_to(&name_of(0));
}

#[test]
fn a_stopped_day_keeps_what_is_done_and_goes_on() {
    let page = Page::new(Webgpu::Absent);
    page.open("?engine=cpu");
    page.wait_for(ANSWERED);
    // In an archive, too.
    page.drop_files(&[("holter.zip", made::zip("h", &hours(900, |index| index < 450)))]);
    page.wait_for_within("#stop-day", PATIENCE);
    page.click("#stop-day");
    page.wait_for_within(r#"#day[data-state="stopped"]"#, PATIENCE);
    let text = page.text("#day-progress");
    assert!(text.starts_with("Stopped after ") && text.contains(" of 900 windows"), "{text}");
    page.answer_to(&name_of(0));
    page.click("#go-on-day");
    page.wait_for_within(OVER, PATIENCE);
    let burden: f64 = page.text("#day-burden").trim_end_matches("\u{2009}%").parse().expect("a number");
    assert!((burden - 50.0).abs() < 6.0, "{burden}");
}
