//! Tables and documents.

use std::ops::Range;

use js_sys::Array;
use leptos::prelude::*;

use super::browser;
use crate::view::export::{CSV_HEAD, Facts, PIECE, head, list, rows, tail};
use crate::view::i18n::Word;
use crate::view::page::language::words_now;
use crate::view::page::state::{Open, Page};

/// The browser did not take a file.
pub const NOT_SAVED: Word = |words| words.export().not_saved();

/// Pieces between two breaths.
const AT_ONCE: usize = 8;

/// What a file is called: after the recording only where that is nobody's name, or where it is wanted.
pub fn file_name(open: &Open, with_name: bool, extension: &str) -> String {
    let name =
        if with_name || open.record.provenance.synthetic { open.heading.name.say(words_now()) } else { String::new() };
    let slug: String = name.chars().map(|it| if it.is_alphanumeric() { it } else { '-' }).take(60).collect();
    let slug = slug.trim_matches('-').to_lowercase();
    if slug.is_empty() { format!("ecg-lens.{extension}") } else { format!("ecg-lens-{slug}.{extension}") }
}

/// Time, amplitude and importance of every sample, as CSV.
pub async fn save_table(page: Page, with_name: bool) -> Result<(), Word> {
    let Some(open) = page.open.get_untracked() else { return Ok(()) };
    let explanation = page.answer.get_untracked().map(|answer| answer.explanation);
    let map = explanation.as_ref().map(|it| &it.importance);
    let pieces = Array::of1(&CSV_HEAD.into());
    let all = 0..open.samples().len();
    // Of a strip, the importance is known of one window.
    let known = page.answered_part().unwrap_or(all.clone());
    let parts = [(all.start..known.start, None), (known.clone(), map), (known.end..all.end, None)];
    let steps = |(part, map): (Range<usize>, _)| {
        let end = part.end;
        part.step_by(PIECE).map(move |start| (start..(start + PIECE).min(end), map))
    };
    for (count, (piece, map)) in parts.into_iter().flat_map(steps).enumerate() {
        if count % AT_ONCE == AT_ONCE - 1 {
            browser::breathe().await;
        }
        pieces.push(&rows(open.samples(), open.record.fs, map, piece).into());
    }
    browser::save_text(&file_name(&open, with_name, "csv"), "text/csv", &pieces).map_err(|_| NOT_SAVED)
}

/// Everything that makes the answer reproducible, as JSON.
pub async fn save_document(page: Page, with_name: bool, weights: Option<String>) -> Result<(), Word> {
    let (Some(open), Some(answer)) = (page.open.get_untracked(), page.answer.get_untracked()) else { return Ok(()) };
    let (record, samples) = (&open.record, open.samples());
    let provenance = &record.provenance;
    let tells = with_name || provenance.synthetic;
    let name = open.heading.name.say(words_now());
    let facts = Facts {
        version: env!("CARGO_PKG_VERSION"),
        weights: weights.as_deref(),
        made: &browser::now(),
        device: answer.device.name(),
        milliseconds: answer.milliseconds,
        identity: tells.then_some((name.as_str(), provenance.files.as_slice())),
        format: &provenance.format,
        synthetic: provenance.synthetic,
        lead: &record.leads[open.lead].name,
        fs: record.fs,
        n_samples: samples.len(),
        view: page.span.get_untracked(),
        window: untrack(|| page.answered_window()).map(|(window, _)| window),
        explanation: &answer.explanation,
    };
    let pieces = Array::of2(&head(&facts).into(), &"\"amplitude\":[".into());
    for (count, piece) in samples.chunks(PIECE).enumerate() {
        if count % AT_ONCE == AT_ONCE - 1 {
            browser::breathe().await;
        }
        pieces.push(&list(piece.iter().copied(), count == 0).into());
    }
    pieces.push(&"],\"importance\":[".into());
    let map = &answer.explanation.importance;
    // Of a strip, the importance is known of one window.
    let known = page.answered_part().unwrap_or(0..samples.len());
    for (count, start) in (0..samples.len()).step_by(PIECE).enumerate() {
        if count % AT_ONCE == AT_ONCE - 1 {
            browser::breathe().await;
        }
        let end = (start + PIECE).min(samples.len());
        let at = |index: usize| if known.contains(&index) { map.at(index as f64 / record.fs) } else { f32::NAN };
        let values = (start..end).map(at);
        pieces.push(&list(values, count == 0).into());
    }
    pieces.push(&"]".into());
    pieces.push(&tail().into());
    browser::save_text(&file_name(&open, with_name, "json"), "application/json", &pieces).map_err(|_| NOT_SAVED)
}
