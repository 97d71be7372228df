//! The measurements under the trace: rate and irregularity, the signs of atrial fibrillation, three small charts.

use std::fmt::Write;
use std::ops::Range;

use leptos::prelude::*;

use super::state::{Beats, Source};
use crate::evaluate::agreement::marked_rhythms;
use crate::explain::Explanation;
use crate::network::{Class, Layer};
use crate::signal::beat_average::{REACH_SECONDS, importance_shares, mean_around};
use crate::signal::rhythm::Rhythm;
use crate::signal::rr;
use crate::view::i18n::format;
use crate::view::measure::charts;
use crate::view::page::language::{t, words};
use crate::view::page::state::{Page, Shared};

/// Empty until measurements are wanted.
#[component]
pub fn Panel() -> impl IntoView {
    let measure = expect_context::<Page>().measure;
    move || measure.panel.get().then(|| view! { <Measurements /> })
}

#[component]
fn Measurements() -> impl IntoView {
    let page = expect_context::<Page>();
    let measure = page.measure;
    let beats = Memo::new(move |_| {
        let beats = measure.beats.get()?;
        let is_here = page.open.with(|open| open.as_ref().is_some_and(|open| Source::of(open) == beats.of));
        is_here.then_some(beats)
    });
    let explanation =
        Memo::new(move |_| page.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.clone())));
    // Beats and importance of one and the same lead.
    let weighed =
        Memo::new(move |_| Some(Shared::new(Weighed::new(beats.get()?, explanation.get(), page.answered_part()))));
    let which = move || beats.with(|beats| beats.as_ref().map(|it| which(it)));
    let fibrillation = Memo::new(move |_| {
        let is_called = explanation.with(|it| it.as_ref().is_some_and(|it| it.label == Class::AtrialFibrillation));
        beats.with(|beats| beats.as_ref().map_or_else(Vec::new, |it| fibrillation_in(page, it, is_called)))
    });
    let figures = move || {
        let fibrillation = fibrillation.get();
        beats.with(|beats| beats.as_ref().map(|it| figures(&it.rhythm, &fibrillation)))
    };
    let signs = move || weighed.with(|weighed| weighed.as_ref().map(|it| signs(it)));
    let charts = move || weighed.with(|weighed| weighed.as_ref().map(|it| charts_of(it)));
    let is_coarse = Memo::new(move |_| {
        weighed.with(|it| {
            it.as_ref().is_some_and(|it| it.explanation.is_some() && it.before_qrs.is_none() && it.is_coarse())
        })
    });
    let finer = move || {
        is_coarse.get().then(|| {
            view! {
                <button type="button" class="link" id="look-finer" on:click=move |_| page.choose_layer(Layer::Stage2)>
                    {t(|words| words.measurements().look_finer())}
                </button>
            }
        })
    };
    let caution = move || {
        let is_noisy = explanation.with(|explanation| explanation.as_ref().is_some_and(|it| it.label == Class::Noisy));
        is_noisy.then_some(words().measurements().noisy())
    };
    view! {
        <section id="measurements" class="measurements" class:hidden=move || page.shows_all_leads()
            aria-labelledby="measurements-title">
            <div class="measure-head">
                <h2 id="measurements-title">{t(|words| words.measurements().measurements())}</h2>
                <span class="hint">{which}</span>
                <button type="button" class="button quiet" id="measure-close" on:click=move |_| measure.show_panel(false)>
                    {t(|words| words.measurements().close())}
                </button>
            </div>
            <p class="measure-caution" id="measure-caution">{caution}</p>
            <dl class="measure-figures" id="measure-figures" inner_html=figures></dl>
            <div class="measure-signs">
                <h3>{t(|words| words.measurements().signs())}</h3>
                <dl id="signs" inner_html=signs></dl>
                {finer}
                <p class="hint">{t(|words| words.measurements().signs_hint())}</p>
            </div>
            <div class="measure-charts" id="measure-charts" inner_html=charts></div>
        </section>
    }
}

/// The beats, and what the importance says of them.
struct Weighed {
    beats: Shared<Beats>,
    /// The beats that the importance is about: on a strip, those of the window that is explained.
    explained: Rhythm,
    explanation: Option<Shared<Explanation>>,
    before_qrs: Option<f64>,
    shares: Vec<f64>,
    around: Option<Vec<f64>>,
}

impl Weighed {
    fn new(beats: Shared<Beats>, explanation: Option<Shared<Explanation>>, part: Option<Range<usize>>) -> Self {
        let explained = beats.rhythm.places_within(&part.unwrap_or(0..usize::MAX));
        let weighed = Self { beats, explained, explanation, before_qrs: None, shares: Vec::new(), around: None };
        let Some(explanation) = weighed.explanation.clone() else { return weighed };
        let (rhythm, map) = (&weighed.explained, &explanation.importance);
        let (fs, first) = (rhythm.fs, rhythm.measured.start);
        let importance: Vec<f32> = rhythm.measured.clone().map(|index| map.at(index as f64 / fs)).collect();
        let peaks: Vec<usize> = rhythm.peaks.iter().map(|peak| peak - first).collect();
        let before_qrs = rhythm.importance_before_qrs(|time| map.at(time), map.grid.fs);
        let shares = importance_shares(&importance, &peaks);
        let all = &weighed.beats.rhythm;
        let averaged = all.average.as_ref().map(|average| {
            let own = average.beats.iter().map(|beat| all.peaks[*beat]).filter(|peak| rhythm.measured.contains(peak));
            let averaged: Vec<usize> = own.map(|peak| peak - first).collect();
            mean_around(&importance, &averaged, average.r_peak)
        });
        Self { before_qrs, shares, around: averaged.flatten(), ..weighed }
    }

    fn is_coarse(&self) -> bool {
        self.explained.importance_before_qrs(|_| 1.0, self.map_hz()).is_none() && !self.explained.peaks.is_empty()
    }

    fn map_hz(&self) -> f64 {
        self.explanation.as_ref().map_or(0.0, |explanation| explanation.importance.grid.fs)
    }
}

/// What was measured.
fn which(beats: &Beats) -> String {
    let words = words().measurements();
    let (rhythm, record) = (&beats.rhythm, &beats.of.record);
    let seconds = |sample: usize| sample as f64 / rhythm.fs;
    let part =
        (rhythm.measured.len() < record.len()).then(|| (seconds(rhythm.measured.start), seconds(rhythm.measured.end)));
    words.measured(rhythm.peaks.len(), &record.leads[beats.of.lead].name, part)
}

/// The samples that are in atrial fibrillation: by the file's marks, by the windows of a strip that were called so, and,
/// where it `is_called` so, all that the answer is about.
fn fibrillation_in(page: Page, beats: &Beats, is_called: bool) -> Vec<Range<usize>> {
    let (fs, record) = (beats.rhythm.fs, &beats.of.record);
    let marked = marked_rhythms(&record.annotations, record.duration()).into_iter().filter(|it| it.is_af());
    // The last rhythm lasts to the last sample.
    let mut found: Vec<Range<usize>> =
        marked.map(|it| (it.start * fs) as usize..(it.end * fs).ceil() as usize).collect();
    if let Some(strip) = page.day.shown.get().filter(|strip| strip.is_whole()) {
        let verdicts = page.day.verdicts.get();
        let called = strip.windows.iter().zip(verdicts.iter()).filter(|(_, verdict)| verdict.is_af());
        found.extend(called.map(|(window, _)| window.start as usize..window.end as usize));
    }
    // Which part that is may change without another answer.
    page.day.answered.track();
    if is_called {
        found.push(page.answered_part().unwrap_or(0..record.len()));
    }
    found
}

/// Rate, intervals, irregularity; a figure and what goes with it. In `fibrillation` (stretches of samples) no beat is
/// early or late, and none is counted as premature.
fn figures(rhythm: &Rhythm, fibrillation: &[Range<usize>]) -> String {
    let said = words();
    let words = said.measurements();
    let Some((rate, range)) = rhythm.rates() else {
        return format!("<div><dt>{}</dt><dd>{}</dd></div>", words.heart_rate(), words.no_beats());
    };
    let (all, usual) = (rhythm.irregularity(rr::Beats::All), rhythm.irregularity(rr::Beats::Normal));
    let mut html = String::new();
    let mut figure = |name: &str, title: &str, value: String, beside: Option<String>| {
        let beside = beside.map(|it| format!("<small>{it}</small>")).unwrap_or_default();
        let _ = write!(html, "<div title=\"{title}\"><dt>{name}</dt><dd>{value}{beside}</dd></div>");
    };
    let (rate, range) = words.heart_rates(rate, range);
    figure(words.heart_rate(), "", rate, Some(range));
    let total: f64 = rhythm.intervals.iter().map(|interval| interval.seconds).sum();
    figure(words.mean_rr(), "", format::interval(total / rhythm.intervals.len() as f64), None);
    let or_few = |text: Option<String>| text.unwrap_or_else(|| words.too_few().to_owned());
    let (premature, outside) = rhythm.premature_outside(fibrillation);
    // Said twice only where it makes a difference.
    let beside = |text: Option<String>| {
        text.filter(|_| premature > 0 && fibrillation.is_empty()).map(|it| words.without_premature(&it))
    };
    figure(
        words.variation(),
        words.variation_title(),
        or_few(all.map(|it| format::percent(it.variation as f32))),
        beside(usual.map(|it| format::percent(it.variation as f32))),
    );
    figure(
        words.rmssd(),
        words.rmssd_title(),
        or_few(all.map(|it| format::interval(it.rmssd))),
        beside(usual.map(|it| format::interval(it.rmssd))),
    );
    let count = match outside {
        0 => said.doubt().not_counted_in_fibrillation().to_owned(),
        _ => words.premature_count(premature, outside),
    };
    figure(words.premature(), words.premature_title(), count, None);
    html
}

fn signs(weighed: &Weighed) -> String {
    let words = words().measurements();
    let rhythm = &weighed.beats.rhythm;
    let usual = rhythm.irregularity(rr::Beats::Normal);
    let network = match (&weighed.explanation, weighed.before_qrs) {
        (Some(explanation), Some(ratio)) => words.network_finding(explanation.class, ratio),
        (Some(_), None) if weighed.is_coarse() => words.network_too_coarse(1.0 / weighed.map_hz()),
        _ => words.sign_network_none().to_owned(),
    };
    let sign = |name: &str, said: &str| format!("<dt>{name}</dt><dd>{said}</dd>");
    sign(words.sign_rr(), &words.rr_finding(rhythm.regularity(), usual, rhythm.intervals.len()))
        + &sign(words.sign_p(), &words.p_finding(&rhythm.atrial_wave()))
        + &sign(words.sign_network(), &network)
}

fn charts_of(weighed: &Weighed) -> String {
    let words = words().measurements();
    let rhythm = &weighed.beats.rhythm;
    let mut html = String::new();
    let mut chart = |id: &str, drawing: String, caption: &str| {
        if !drawing.is_empty() {
            let _ = write!(html, "<figure id=\"{id}\">{drawing}<figcaption>{caption}</figcaption></figure>");
        }
    };
    if let Some(average) = &rhythm.average {
        let spoken = words.mean_beat_spoken(average.beats.len(), &rhythm.atrial_wave());
        let drawing = charts::mean_beat(&average.mean, weighed.around.as_deref(), REACH_SECONDS, &spoken);
        let band = if weighed.around.is_some() { words.mean_beat_band() } else { "" };
        chart("mean-beat", drawing, &format!("{} {band}", words.mean_beat(average.beats.len())));
    }
    let all = rr::poincare_points(&rhythm.intervals, rr::Beats::All);
    let usual = rr::poincare_points(&rhythm.intervals, rr::Beats::Normal);
    if let Some(deviations) = rr::poincare_deviations(&all) {
        // Pairs come in order of time, those of normal beats too.
        let mut left = usual.as_slice();
        let others: Vec<(f64, f64)> = all
            .iter()
            .filter(|pair| match left.split_first() {
                Some((first, rest)) if first == *pair => {
                    left = rest;
                    false
                }
                _ => true,
            })
            .copied()
            .collect();
        let drawing = charts::poincare(&usual, &others, &words.poincare_spoken(deviations, all.len()));
        let rings = if others.is_empty() { "" } else { words.poincare_rings() };
        let caption = format!("{}. {}. {rings}", words.poincare(), words.poincare_figures(deviations));
        chart("poincare", drawing, &caption);
    }
    let largest = weighed.shares.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((beat, largest)) = largest.filter(|(_, share)| *share > 0.0) {
        let own = &weighed.explained;
        let times: Vec<f64> = (0..own.peaks.len()).map(|beat| own.time(beat)).collect();
        let ends = (own.measured.start as f64 / own.fs, own.measured.end as f64 / own.fs);
        let said = format!("{}; {}", words.shares(), words.largest_share(times[beat], largest));
        chart("shares", charts::shares(&times, &weighed.shares, ends, &said), &said);
    }
    html
}
