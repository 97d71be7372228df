//! One page for print: the recording in true millimetres, what the network says of it, and what one must know to trust
//! it or not. It stands beside the page, and shows on paper only.

use leptos::prelude::*;

use super::browser;
use crate::network::Class;
use crate::signal::quality::usable_samples;
use crate::signal::r_peaks;
use crate::signal::rr::{Beats, heart_rate, irregularity, rr_intervals};
use crate::view::colour::{Theme, glow, hex};
use crate::view::export::{Drawing, Traced, strips};
use crate::view::geometry::{
    Arrangement, Envelope, LeadSheet, MM_PER_MILLIVOLT, Reach, decimal, pixels, significant, standard_twelve,
};
use crate::view::i18n::format;
use crate::view::page::about;
use crate::view::page::all_leads::rhythm_lead;
use crate::view::page::day;
use crate::view::page::gradient::top_of;
use crate::view::page::language::words;
use crate::view::page::state::{Answer, Open, Page};

/// Units of a drawing in a millimetre, as in `view::export`.
const UNITS: f64 = 6.0;
/// All leads side by side: ten seconds and the calibration pulse before them; in mm.
const SHEET_MM: f64 = 260.0;
/// What a page has left for the drawing, upright and lying; in mm. A page that lies is 210 mm high (A4), of which the
/// margins and all else take 80.
const MOST_HEIGHT_MM: f64 = 146.0;
const MOST_SHEET_HEIGHT_MM: f64 = 125.0;
/// Beats are looked for in recordings up to so long, in s: printing must not make anybody wait.
const BEATS_WITHIN: f64 = 3600.0;

/// The page for print.
#[derive(Clone, Copy)]
pub struct Paper {
    page: Page,
    /// Whether what may tell whose recording it is stands on it.
    pub with_name: RwSignal<bool>,
    weights: RwSignal<Option<String>>,
}

impl Paper {
    /// Also hears of prints that the browser's own menu begins.
    pub fn new(page: Page) -> Self {
        let paper = Self { page, with_name: RwSignal::new(false), weights: RwSignal::new(None) };
        let begin = window_event_listener_untyped("beforeprint", move |_| paper.fill());
        let end = window_event_listener_untyped("afterprint", move |_| paper.clear());
        on_cleanup(move || [begin, end].into_iter().for_each(|handle| handle.remove()));
        // Another recording is told as little of as any.
        let row = Memo::new(move |_| page.open.with(|open| open.as_ref().map(|open| open.row)));
        Effect::new(move |_| {
            row.track();
            paper.with_name.set(false);
        });
        // So that the browser's own menu prints it too.
        leptos::task::spawn_local(async move { drop(paper.weights().await) });
        paper
    }

    /// What tells the network's weights, once that is known.
    pub async fn weights(self) -> Option<String> {
        if self.weights.with_untracked(Option::is_none) {
            self.weights.set(about::weights().await);
        }
        self.weights.get_untracked()
    }

    /// Has the browser print.
    pub async fn print(self) {
        self.weights().await;
        let _ = window().print();
    }

    /// At once: the browser prints what is there when this returns.
    fn fill(self) {
        // An evaluation prints as it shows.
        if self.page.room.is_shown.get_untracked() {
            return;
        }
        let Some(open) = self.page.open.get_untracked() else { return };
        let is_wide = untrack(|| self.page.shows_all_leads());
        let weights = self.weights.get_untracked();
        let markup = untrack(|| markup(self.page, &open, is_wide, weights.as_deref(), self.with_name.get()));
        if let (Some(sheet), Some(body)) = (sheet(), document().body()) {
            sheet.set_inner_html(&markup);
            body.set_class_name(if is_wide { "prints-sheet prints-wide" } else { "prints-sheet" });
        }
    }

    fn clear(self) {
        if let (Some(sheet), Some(body)) = (sheet(), document().body()) {
            sheet.set_inner_html("");
            body.set_class_name("");
        }
    }
}

/// Where it stands: beside the page.
fn sheet() -> Option<web_sys::Element> {
    const ID: &str = "print-sheet";
    let document = document();
    document.get_element_by_id(ID).or_else(|| {
        let sheet = document.create_element("div").ok()?;
        sheet.set_id(ID);
        document.body()?.append_child(&sheet).ok()?;
        Some(sheet)
    })
}

fn markup(page: Page, open: &Open, is_wide: bool, weights: Option<&str>, with_name: bool) -> String {
    let answer = page.answer.get();
    let (strip, strip_height) = day::printed(page);
    let (drawing, scale) = match is_wide {
        true => all_leads(page, open),
        false => one_lead(page, open, answer.as_ref(), MOST_HEIGHT_MM - strip_height),
    };
    let bar = colour_bar(page, answer.as_ref());
    let record = &open.record;
    let tells = with_name || record.provenance.synthetic;
    let about = [
        if tells { open.name() } else { String::new() },
        words().extent(record.duration(), if is_wide { record.leads.len() } else { 1 }),
        format::rate(record.fs),
        words().lead_name(&record.leads[open.lead].name),
        open.format(),
    ];
    let about: Vec<String> = about.iter().filter(|fact| !fact.is_empty()).map(|fact| escaped(fact)).collect();
    let remarks = match with_name {
        true => words().remarks().all_remarks(&record.provenance.remarks).join(" "),
        false => String::new(),
    };
    let facts: String = facts(open, answer.as_ref(), weights)
        .into_iter()
        .map(|(name, fact)| format!("<div><dt>{name}</dt><dd>{}</dd></div>", escaped(&fact)))
        .collect();
    format!(
        "<header><h1>{}</h1><p>{}</p></header>{}<div class=\"print-verdict\">{}{}</div>{drawing}\
         <div class=\"print-legend\"><div class=\"print-scales\">{scale}</div>{bar}</div><dl>{facts}</dl><p class=\"print-remarks\">{}</p>\
         <p class=\"print-aid\">{}</p>",
        words().title(),
        about.join(" \u{00b7} "),
        strip,
        verdict(page, answer.as_ref(), is_wide.then(|| page.consensus_said().0)),
        bars(answer.as_ref()),
        escaped(&remarks),
        words().aid()
    )
}

/// The class in words, how sure, and what is left open; or why there is no answer. Then what all leads say, where they
/// are printed.
fn verdict(page: Page, answer: Option<&Answer>, consensus: Option<String>) -> String {
    let consensus = consensus.map(|said| format!("<p>{said}</p>")).unwrap_or_default();
    let Some(answer) = answer else {
        let why = page.failure.get().map(|why| why.say(words())).unwrap_or_default();
        return format!("<div><h2>{}</h2><p>{}</p>{consensus}</div>", words().no_answer(), escaped(&why));
    };
    let it = &answer.explanation;
    let sets = it.sets.as_ref().map(|sets| words().sets(sets)).unwrap_or_default();
    let against = page.disagreement.get().map(|it| format!("<p>{}</p>", words().doubt().disagreement(&it)));
    let against = against.unwrap_or_default();
    let (class, sure) = (words().doubt().heading(it), words().doubt().how_sure(it));
    format!("<div><h2>{class}</h2><p>{sure}</p>{against}<p>{sets}</p>{consensus}</div>")
}

/// How probable each class is.
fn bars(answer: Option<&Answer>) -> String {
    let Some(answer) = answer else { return String::new() };
    let bar = |class: Class| {
        let probability = answer.explanation.probabilities[class.index()];
        format!(
            "<tr><th scope=\"row\">{}</th><td><svg width=\"120\" height=\"6\" aria-hidden=\"true\"><rect width=\"120\" \
             height=\"6\" fill=\"#e7e5e0\"/><rect width=\"{}\" height=\"6\" fill=\"#1d1e22\"/></svg></td><td>{}</td></tr>",
            words().class_name(class),
            pixels(f64::from(probability) * 120.0),
            format::percent(probability)
        )
    };
    format!("<table>{}</table>", Class::ALL.map(bar).concat())
}

/// The open lead in rows, `most` mm high together, and what the paper's squares are worth.
fn one_lead(page: Page, open: &Open, answer: Option<&Answer>, most: f64) -> (String, String) {
    let chosen = page.measure.paper.get().unwrap_or_default();
    let sheet = strips(open.samples(), open.record.fs, chosen, page.span.get().start, most - 1.0);
    let (gain, chosen_gain) = (sheet.gain, f64::from(chosen.mm_per_millivolt));
    let importance = answer.map(|it| (&it.explanation.importance, top_of(page, &it.explanation)));
    let name = open.record.leads[open.lead].name.as_str();
    let unread = |reason| words().quality().reason(reason);
    let lead = Traced { name, samples: open.samples(), envelope: &open.envelope, importance, unread };
    let drawing = Drawing { sheet, fs: open.record.fs, leads: vec![lead], named: false };
    let svg = drawing.svg(words().export().printed_trace(), most);
    let why = (gain < chosen_gain).then(|| words().export().less_gain(chosen_gain));
    let scale = scale_of(&drawing, most, open.record.duration(), why);
    (svg, format!("{}<div>{scale}</div>", pulse(gain)))
}

/// What the paper's squares are worth as they are printed; and in another line why that is so, and whether the millimetres
/// are true.
fn scale_of(drawing: &Drawing, most: f64, length: f64, why: Option<String>) -> String {
    let Some(span) = drawing.sheet.span else { return String::new() };
    let (scale, is_true) = drawing.scale(most);
    // Speed and gain stay on one line.
    let printed = format::printed_scale(scale);
    let scale = words().export().print_scale(span.start, span.end, length, scale);
    let scale = scale.replace(&printed, &format!("<span class=\"print-scale\">{printed}</span>"));
    let true_or_not = if is_true { words().export().true_to_scale() } else { words().export().smaller() };
    let remarks: Vec<String> = why.into_iter().chain([true_or_not.to_owned()]).collect();
    format!("<p>{scale}</p><p>{}</p>", remarks.join(" \u{00b7} "))
}

/// All leads, as they are arranged on the page.
fn all_leads(page: Page, open: &Open) -> (String, String) {
    let record = &open.record;
    let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    // Twelve rows do not fit a page.
    let arrangement = match page.all_leads.arrangement.get() {
        Arrangement::OneColumn if standard_twelve(&names).is_some() => Arrangement::SixByTwo,
        other => other,
    };
    let rows = arrangement.rows(&names, rhythm_lead(page, &names));
    let reaches: Vec<Reach> = record.leads.iter().map(|lead| Reach::of(&lead.samples)).collect();
    let envelopes: Vec<Envelope> = record.leads.iter().map(|lead| Envelope::of(&lead.samples)).collect();
    let part = (open.whole(), page.all_leads.start.get());
    let sheet = LeadSheet::on_page(&rows, &reaches, part, SHEET_MM * UNITS, MOST_SHEET_HEIGHT_MM);
    let why = (sheet.gain < MM_PER_MILLIVOLT).then(|| words().export().less_gain(MM_PER_MILLIVOLT));
    let explanations: Vec<_> = (0..names.len()).map(|lead| page.lead_explanation(lead)).collect();
    let lead = |lead: usize| Traced {
        name: names[lead],
        samples: &record.leads[lead].samples,
        envelope: &envelopes[lead],
        importance: explanations[lead].as_ref().map(|it| (&it.importance, top_of(page, it))),
        unread: |reason| words().quality().reason(reason),
    };
    let drawing = Drawing { sheet, fs: record.fs, leads: (0..names.len()).map(lead).collect(), named: true };
    let scale = scale_of(&drawing, MOST_SHEET_HEIGHT_MM, record.duration(), why);
    let colours = page.consensus_said().1;
    let said = format!("<div>{scale}<p>{colours}</p></div>");
    (drawing.svg(words().export().printed_trace(), MOST_SHEET_HEIGHT_MM), said)
}

/// A calibration pulse of 1 mV and 0.2 s at `gain` mm/mV.
fn pulse(gain: f64) -> String {
    format!(
        "<svg width=\"10mm\" height=\"{0}mm\" viewBox=\"0 0 10 {0}\" role=\"img\" aria-label=\"1 mV\"><path d=\"M0 {1}H2.5V0.2H7.5V{1}H10\" \
         fill=\"none\" stroke=\"#54565c\" stroke-width=\"0.3\"/></svg><span class=\"print-scale\">1\u{2009}mV</span>",
        decimal(gain + 0.4, 2),
        decimal(gain + 0.2, 2)
    )
}

fn colour_bar(page: Page, answer: Option<&Answer>) -> String {
    let Some(answer) = answer else { return String::new() };
    let most = if page.normalised.get() { 1.0 } else { f64::from(top_of(page, &answer.explanation)) };
    let stop = |step: u32| {
        let share = step as f32 / 16.0;
        let colour = hex(glow(Theme::Light, share));
        format!("<stop offset=\"{}\" stop-color=\"{colour}\"/>", decimal(f64::from(share), 4))
    };
    let stops: String = (0..=16).map(stop).collect();
    let tick = |share: f64, anchor: &str| {
        let (x, label) = (pixels(90.0 + 200.0 * share), significant(most * share));
        format!("<text x=\"{x}\" y=\"28\" text-anchor=\"{anchor}\" font-size=\"12\" fill=\"#54565c\">{label}</text>")
    };
    format!(
        "<svg width=\"294\" height=\"32\" viewBox=\"0 0 294 32\" role=\"img\" aria-label=\"{0}\"><defs><linearGradient \
         id=\"print-bar\">{stops}</linearGradient></defs><text y=\"13\" font-size=\"13\" fill=\"#1d1e22\">{0}</text>\
         <rect x=\"90\" y=\"4\" width=\"200\" height=\"9\" fill=\"url(#print-bar)\"/>{1}{2}{3}</svg>",
        words().importance(),
        tick(0.0, "start"),
        tick(0.5, "middle"),
        tick(1.0, "end")
    )
}

/// What one must know to trust it or not, and what was measured.
fn facts(open: &Open, answer: Option<&Answer>, weights: Option<&str>) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(answer) = answer {
        let it = &answer.explanation;
        facts.push((words().export().explained(), words().class_name(it.class).to_owned()));
        facts.push((words().layer(), words().layer_name(it.layer).to_owned()));
        facts.push((words().score(), words().score_name(it.score).to_owned()));
    }
    if open.record.duration() <= BEATS_WITHIN {
        let samples = usable_samples(open.samples(), open.record.fs);
        let peaks = r_peaks(&samples, open.record.fs);
        let intervals = rr_intervals(&peaks, &samples, open.record.fs);
        facts.extend(
            heart_rate(&intervals).map(|rate| (words().export().heart_rate(), words().export().beats_a_minute(rate))),
        );
        let all = irregularity(&intervals, Beats::All);
        facts.extend(
            all.map(|it| (words().export().variation(), words().export().rr_variation(it.variation, it.rmssd))),
        );
    }
    if let Some(answer) = answer {
        facts.push((
            words().export().answered_by(),
            words().export().device_and_time(answer.device, answer.milliseconds),
        ));
    }
    let version = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned();
    facts.push((words().export().network(), weights.unwrap_or(words().export().network_unknown()).to_owned()));
    facts.push((words().export().page_version(), version));
    facts.push((words().export().printed(), browser::now_for_people()));
    facts
}

/// Text that markup may hold.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
