//! A recording's annotations along the trace: beats and other marks by their codes, rhythms as lines.

use super::Frame;
use crate::record::Annotation;

/// Marks nearer than this, on average, are a grey band that says nothing.
const LEAST_APART: f64 = 4.0;

/// A letter of a mark is about so wide, and so much is left between two marks; in pixels.
const LETTER: f64 = 7.5;
const BETWEEN: f64 = 5.0;

/// Longer texts are cut.
const MOST_LETTERS: usize = 24;

/// A mark that can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Pixels from the left edge.
    pub x: f64,
    /// What it says, where there is room to say it.
    pub label: Option<String>,
}

/// A rhythm that can be seen: from where to where, in pixels, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    pub from: f64,
    pub to: f64,
    /// Whether it begins here, or further left.
    pub begins: bool,
    pub label: String,
}

/// Whether an annotation says which rhythm begins.
pub fn is_rhythm(annotation: &Annotation) -> bool {
    annotation.rhythm().is_some()
}

/// The marks that show in `frame`. Those that say something else than a normal beat are the first to be labelled; if the
/// labels of the normal beats do not all find room, none of them is written, and likewise those of the others: a few
/// labels among many would tell a wrong story.
pub fn marks(annotations: &[Annotation], frame: &Frame) -> Vec<Mark> {
    let span = frame.span;
    let seen = |it: &&Annotation| (span.start..=span.end).contains(&it.time) && !is_rhythm(it);
    let seen: Vec<&Annotation> = annotations.iter().filter(seen).collect();
    let is_common = |it: &Annotation| it.text == "N";
    let fits = |some: &[&Annotation]| some.len() as f64 * LEAST_APART <= frame.width && has_room(some, frame);
    let others: Vec<&Annotation> = seen.iter().copied().filter(|it| !is_common(it)).collect();
    let (all_fit, others_fit) = (fits(&seen), fits(&others));
    let ticks_fit = seen.len() as f64 * LEAST_APART <= frame.width;
    let shown = seen.into_iter().filter(|it| ticks_fit || others_fit && !is_common(it));
    shown
        .map(|it| {
            let is_labelled = all_fit || others_fit && !is_common(it);
            Mark { x: frame.x(it.time), label: is_labelled.then(|| shortened(&it.text)) }
        })
        .collect()
}

/// Whether the labels of `annotations` stand free of each other.
fn has_room(annotations: &[&Annotation], frame: &Frame) -> bool {
    let mut places: Vec<(f64, f64)> = annotations
        .iter()
        .map(|it| (frame.x(it.time), shortened(&it.text).chars().count() as f64 * LETTER / 2.0))
        .collect();
    places.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    places.windows(2).all(|pair| pair[1].0 - pair[1].1 >= pair[0].0 + pair[0].1 + BETWEEN)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}\u{2026}", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The rhythms that show in `frame`; one lasts until the next begins. A label that would run over the next line is left
/// out; the line stays.
pub fn rhythms(annotations: &[Annotation], frame: &Frame) -> Vec<Rhythm> {
    let mut changes: Vec<&Annotation> = annotations.iter().filter(|it| is_rhythm(it)).collect();
    changes.sort_by(|a, b| a.time.total_cmp(&b.time));
    let ends = changes.iter().skip(1).map(|next| next.time).chain([f64::INFINITY]);
    let lines = changes.iter().zip(ends).filter(|(it, end)| it.time < frame.span.end && *end > frame.span.start);
    lines
        .map(|(it, end)| {
            let from = frame.x(it.time.max(frame.span.start));
            let to = frame.x(end.min(frame.span.end));
            let label = shortened(it.text.trim_start_matches('('));
            let has_room = label.chars().count() as f64 * LETTER + 2.0 * BETWEEN <= to - from;
            Rhythm {
                from,
                to,
                begins: it.time >= frame.span.start,
                label: if has_room { label } else { String::new() },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, Span};
    use super::*;

    fn frame(start: f64, end: f64, width: f64) -> Frame {
        Frame { span: Span { start, end }, limits: Limits { low: -1.0, high: 1.0 }, width, height: 100.0 }
    }

    fn at(time: f64, text: &str) -> Annotation {
        Annotation { time, text: text.to_owned() }
    }

    /// A beat a second; the tenth is ventricular.
    fn beats(n: usize) -> Vec<Annotation> {
        (0..n).map(|i| at(i as f64, if i == 10 { "V" } else { "N" })).collect()
    }

    fn labels(marks: &[Mark]) -> String {
        marks.iter().map(|mark| mark.label.as_deref().unwrap_or("-")).collect()
    }

    #[test]
    fn labels_what_there_is_room_for() {
        let marks = |frame: &Frame| marks(&beats(100), frame);
        assert_eq!(labels(&marks(&frame(7.5, 12.5, 500.0))), "NNVNN");
        assert_eq!(marks(&frame(7.5, 12.5, 500.0))[0].x, 50.0);
        // Ten pixels apart: only what is not normal is labelled.
        assert_eq!(labels(&marks(&frame(8.5, 12.5, 40.0))), "-V--");
        // A pixel apart: it alone shows.
        assert_eq!(labels(&marks(&frame(0.0, 100.0, 100.0))), "V");
        assert!(marks(&frame(200.0, 300.0, 500.0)).is_empty());
    }

    #[test]
    fn labels_all_of_a_kind_or_none() {
        let crowded = [at(1.0, "A"), at(1.01, "V"), at(5.0, "A")];
        assert_eq!(labels(&marks(&crowded, &frame(0.0, 10.0, 1000.0))), "---");
        let long = [at(1.0, "a comment that goes on and on and on"), at(9.0, "b")];
        assert_eq!(
            marks(&long, &frame(0.0, 10.0, 1000.0))[0].label.as_deref(),
            Some("a comment that goes on a\u{2026}")
        );
    }

    #[test]
    fn draws_a_rhythm_until_the_next_one() {
        let annotations = [at(0.0, "(N"), at(3.0, "N"), at(4.0, "(AFIB"), at(4.5, "("), at(9.9, "(N")];
        let line = |from, to, begins, label: &str| Rhythm { from, to, begins, label: label.to_owned() };
        assert_eq!(
            rhythms(&annotations, &frame(2.0, 12.0, 1000.0)),
            [line(0.0, 200.0, false, "N"), line(200.0, 790.0, true, "AFIB"), line(790.0, 1000.0, true, "N")]
        );
        // Whoever looks at its middle is told too; and a label stays on its own line.
        assert_eq!(rhythms(&annotations, &frame(5.0, 6.0, 100.0)), [line(0.0, 100.0, false, "AFIB")]);
        assert_eq!(rhythms(&annotations, &frame(9.0, 10.0, 100.0))[1].label, "");
        assert!(rhythms(&annotations[1..2], &frame(0.0, 9.0, 100.0)).is_empty());
    }
}
