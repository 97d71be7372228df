//! Finds the samples in a document.

use super::context::{Context, plain, unit_of_key};
use super::value::Value;
use crate::record::Remark;
use crate::record::formats::delimited::time_column::{TimeAxis, counts_rows, rises, seconds_per};
use crate::record::lead_name::{is_other_signal, standard_name};

/// With fewer numbers than this it is no recording.
const FEWEST_SAMPLES: usize = 32;
const MOST_LEADS: usize = 64;

/// How sure it is that a list of numbers is an ECG.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Rank {
    /// A list of numbers under a name that says nothing.
    Unnamed,
    /// `samples`, `data`, `signal`.
    Signal,
    /// `ecg`, `leads`, `waveformSamples`.
    Ecg,
    /// Called like a lead.
    Lead,
}

/// Leads that belong together.
pub struct Candidate {
    rank: Rank,
    /// Name (empty where there is none) and samples in the file's unit.
    pub leads: Vec<(String, Vec<f32>)>,
    /// Millivolts in one of the numbers, where that is told.
    pub millivolts: Option<f64>,
    pub context: Context,
    pub time: Option<TimeAxis>,
}

impl Candidate {
    fn n_samples(&self) -> usize {
        self.leads.iter().map(|(_, samples)| samples.len()).sum()
    }
}

/// The likeliest ECG in a document; the longest, where it holds several recordings, which is said in the remarks.
pub fn find(document: &Value, remarks: &mut Vec<Remark>) -> Option<Candidate> {
    let mut candidates = Vec::new();
    scan(document, "", &Context::default(), &mut candidates);
    let best = candidates.iter().map(|candidate| candidate.rank).fold(Rank::Unnamed, |a, b| if b > a { b } else { a });
    candidates.retain(|candidate| candidate.rank == best);
    match best {
        Rank::Unnamed if candidates.len() > 1 => {
            remarks.push(Remark::NoneCalledEcg);
        }
        _ if candidates.len() > 1 => {
            remarks.push(Remark::SeveralRecordings { count: candidates.len() });
        }
        _ => {}
    }
    // The first of those that are equally long: `max_by_key` would give the last.
    candidates.into_iter().rev().max_by_key(Candidate::n_samples)
}

/// What a field's name says; `None` where it is known to be something else.
fn rank(key: &str) -> Option<Rank> {
    let plain = plain(key);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if standard_name(key).is_some() {
        return Some(Rank::Lead);
    }
    if is_other_signal(key) || is_time(key) || has(&["peak", "interval", "annot", "label", "index", "marker", "heart"])
    {
        return None;
    }
    Some(match () {
        () if has(&["ecg", "ekg", "lead", "waveform", "voltage", "millivolt", "microvolt"]) => Rank::Ecg,
        () if plain.is_empty() || has(&["sample", "signal", "data", "value", "channel"]) => Rank::Signal,
        () => Rank::Unnamed,
    })
}

fn is_time(key: &str) -> bool {
    let plain = plain(key);
    plain == "t" || plain == "x" || plain == "date" || plain.contains("time") || seconds_per(&plain).is_some()
}

fn scan(value: &Value, key: &str, context: &Context, found: &mut Vec<Candidate>) {
    match value {
        Value::Object(fields) => {
            let context = context.within(fields);
            of_object(fields, key, &context, found);
            for (key, value) in fields.iter().filter(|(_, value)| !matches!(value, Value::Numbers(_))) {
                scan(value, key, &context, found);
            }
        }
        Value::List(values) => {
            let before = found.len();
            if of_matrix(values, key, context, found) || of_rows(values, key, context, found) {
                return;
            }
            for value in values {
                scan(value, key, context, found);
            }
            join_leads(values.len(), before, found);
        }
        Value::Numbers(numbers) => {
            if let Some(rank) = rank(key).filter(|_| numbers.len() >= FEWEST_SAMPLES) {
                push(rank, vec![(String::new(), single(numbers))], unit_of_key(key), context, None, found);
            }
        }
        Value::Text(_) | Value::Number(_) | Value::Nothing => {}
    }
}

fn single(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|number| *number as f32).collect()
}

fn push(
    rank: Rank,
    mut leads: Vec<(String, Vec<f32>)>,
    millivolts: Option<f64>,
    context: &Context,
    time: Option<TimeAxis>,
    found: &mut Vec<Candidate>,
) {
    if let ([(name, _)], Some(lead)) = (leads.as_mut_slice(), context.lead)
        && name.is_empty()
    {
        *name = lead.to_string();
    }
    found.push(Candidate {
        rank,
        leads,
        millivolts: millivolts.or(context.millivolts),
        context: context.clone(),
        time,
    });
}

/// The lists of numbers that are fields of an object: those that are named best and as long as the first of them are
/// its leads.
fn of_object(fields: &[(String, Value)], key: &str, context: &Context, found: &mut Vec<Candidate>) {
    if of_sampled_data(fields, context, found) {
        return;
    }
    let lists = || {
        fields.iter().filter_map(|(name, value)| match value {
            Value::Numbers(numbers) if numbers.len() >= FEWEST_SAMPLES => Some((name, numbers)),
            _ => None,
        })
    };
    let ranked: Vec<(Rank, &String, &Vec<f64>)> =
        lists().filter_map(|(name, numbers)| Some((rank(name)?, name, numbers))).collect();
    let Some(best) = ranked.iter().map(|(rank, ..)| *rank).reduce(|a, b| if b > a { b } else { a }) else { return };
    let chosen: Vec<_> = ranked.into_iter().filter(|(rank, ..)| *rank == best).collect();
    let length = chosen.first().map_or(0, |(.., numbers)| numbers.len());
    let time = lists().find(|(name, numbers)| is_time(name) && numbers.len() == length);
    let time = time.and_then(|(name, numbers)| TimeAxis::of(numbers, seconds_per(&plain(name))));
    let chosen = chosen.into_iter().filter(|(.., numbers)| numbers.len() == length).take(MOST_LEADS);
    let mut leads = Vec::new();
    let mut millivolts = unit_of_key(key);
    for (_, name, numbers) in chosen {
        millivolts = millivolts.or(unit_of_key(name));
        // A name that is no lead's (`samples`) is no name.
        let is_name = best == Rank::Lead || plain(key).contains("lead");
        leads.push((if is_name { name.clone() } else { String::new() }, single(numbers)));
    }
    // Within a field that is called an ECG, whatever its parts are called.
    let outer = rank(key).filter(|_| !key.is_empty()).unwrap_or(best);
    push(if outer > best { outer } else { best }, leads, millivolts, context, time, found);
}

/// FHIR's SampledData: samples as one text, `origin` + `factor` × number, `period` milliseconds apart.
fn of_sampled_data(fields: &[(String, Value)], context: &Context, found: &mut Vec<Candidate>) -> bool {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let (Some(Value::Text(data)), Some(Value::Object(origin))) = (field("data"), field("origin")) else {
        return false;
    };
    let (origin, factor) = (
        origin.iter().find(|(key, _)| key == "value").and_then(|(_, value)| value.number()).unwrap_or(0.0),
        field("factor").and_then(Value::number).unwrap_or(1.0),
    );
    // "E", "L" and "U" stand for samples that are missing or out of range.
    let samples = data.split_ascii_whitespace().map(|word| {
        let number: f64 = word.parse().unwrap_or(f64::NAN);
        (origin + factor * number) as f32
    });
    let samples: Vec<f32> = samples.collect();
    if samples.len() >= FEWEST_SAMPLES {
        push(Rank::Ecg, vec![(String::new(), samples)], None, context, None, found);
    }
    true
}

/// A list of lists of numbers, all of one length: leads along the shorter side; a first column that rises is the time.
fn of_matrix(values: &[Value], key: &str, context: &Context, found: &mut Vec<Candidate>) -> bool {
    let rows: Option<Vec<&Vec<f64>>> =
        values.iter().map(|value| if let Value::Numbers(numbers) = value { Some(numbers) } else { None }).collect();
    let Some(rows) = rows else { return false };
    let (Some(width), Some(rank)) = (rows.first().map(|row| row.len()), rank(key)) else { return false };
    if rows.iter().any(|row| row.len() != width) || width.min(rows.len()) > MOST_LEADS {
        return false;
    }
    let column = |at: usize| -> Vec<f64> { rows.iter().filter_map(|row| row.get(at).copied()).collect() };
    let mut leads: Vec<Vec<f64>> = match rows.len() <= width {
        true => rows.iter().map(|row| row.to_vec()).collect(),
        false => (0..width).map(column).collect(),
    };
    let has_time = leads.len() > 1 && leads.first().is_some_and(|first| rises(first));
    let times = if has_time { leads.remove(0) } else { Vec::new() };
    let time = TimeAxis::of(&times, None).filter(|_| has_time && !counts_rows(&times));
    if leads.first().is_none_or(|lead| lead.len() < FEWEST_SAMPLES) {
        return false;
    }
    let names: Vec<String> =
        if context.leads.len() == leads.len() { context.leads.clone() } else { vec![String::new(); leads.len()] };
    let leads = names.into_iter().zip(leads).map(|(name, lead)| (name, single(&lead))).collect();
    push(rank, leads, unit_of_key(key), context, time, found);
    true
}

/// A list of objects that hold a sample each: `{"date": …, "voltage": 0.1, "units": "V"}`.
fn of_rows(values: &[Value], key: &str, context: &Context, found: &mut Vec<Candidate>) -> bool {
    let Some(Value::Object(first)) = values.first() else { return false };
    if values.len() < FEWEST_SAMPLES {
        return false;
    }
    let column = |name: &str| -> Vec<f64> {
        let cell = |value: &Value| match value {
            Value::Object(fields) => fields.iter().find(|(key, _)| key == name)?.1.number(),
            _ => None,
        };
        values.iter().map(|value| cell(value).unwrap_or(f64::NAN)).collect()
    };
    let numeric = || first.iter().filter(|(_, value)| matches!(value, Value::Number(_))).take(MOST_LEADS);
    let times = numeric().find(|(name, _)| is_time(name));
    let time = times.and_then(|(name, _)| {
        let times = column(name);
        TimeAxis::of(&times, seconds_per(&plain(name))).filter(|_| !counts_rows(&times))
    });
    let ranked: Vec<(Rank, &String)> = numeric().filter_map(|(name, _)| Some((rank(name)?, name))).collect();
    let Some(best) = ranked.iter().map(|(rank, _)| *rank).reduce(|a, b| if b > a { b } else { a }) else {
        return false;
    };
    let context = context.within(first);
    let mut millivolts = None;
    let mut leads = Vec::new();
    for (_, name) in ranked.into_iter().filter(|(rank, _)| *rank == best) {
        millivolts = millivolts.or(unit_of_key(name)).or(unit_of_key(key));
        leads.push((if best == Rank::Lead { name.clone() } else { String::new() }, single(&column(name))));
    }
    let outer = rank(key).unwrap_or(best);
    push(if outer > best { outer } else { best }, leads, millivolts, &context, time, found);
    true
}

/// Where each of a list's objects held one lead, all equally long and differently named, they are leads of one
/// recording.
fn join_leads(n_values: usize, before: usize, found: &mut Vec<Candidate>) {
    let candidates = found.get(before..).unwrap_or_default();
    let name = |candidate: &Candidate| candidate.leads.first().map(|(name, _)| name.clone()).unwrap_or_default();
    let names: std::collections::HashSet<String> = candidates.iter().map(name).collect();
    let alike = |pair: &[Candidate]| {
        (pair[0].rank, pair[0].n_samples(), pair[0].millivolts)
            == (pair[1].rank, pair[1].n_samples(), pair[1].millivolts)
    };
    let is_set = (2..=MOST_LEADS).contains(&n_values)
        && candidates.len() == n_values
        && candidates.iter().all(|candidate| candidate.leads.len() == 1)
        && names.len() == n_values
        && !names.contains("")
        && candidates.windows(2).all(alike);
    if is_set {
        let others: Vec<Candidate> = found.drain(before + 1..).collect();
        if let Some(first) = found.last_mut() {
            first.leads.extend(others.into_iter().flat_map(|candidate| candidate.leads));
        }
    }
}
