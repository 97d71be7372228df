//! Which of a file's values are the ECG, and what stands beside it: sampling rate, unit.

use super::value::{Matrix, Named, Value};
use crate::record::lead_name::{is_other_signal, standard_name};
use crate::record::units::millivolts_per;

/// Most leads that a matrix can have: the shorter side of one with more is no row of leads.
pub const MOST_LEADS: usize = 64;
/// Below this many samples something is a table of marks rather than a signal, if there is something longer.
const LONG: usize = 256;

/// The signal, and the groups that it lies in, outermost (the file itself) first.
pub struct Found<'f, 'a> {
    /// The names of the groups and, last, of the value itself.
    pub path: Vec<&'f str>,
    groups: Vec<&'f [Named<'a>]>,
    pub signal: Signal<'f, 'a>,
}

pub enum Signal<'f, 'a> {
    /// Leads along the shorter side.
    Matrix(&'f Matrix<'a>),
    /// A vector for each lead, under the lead's name.
    Leads(Vec<(&'static str, &'f Matrix<'a>)>),
}

impl Signal<'_, '_> {
    fn length(&self) -> usize {
        match self {
            Signal::Matrix(matrix) => matrix.length(),
            Signal::Leads(leads) => leads.first().map_or(0, |(_, lead)| lead.length()),
        }
    }

    pub fn n_leads(&self) -> usize {
        match self {
            Signal::Matrix(matrix) => matrix.n_leads(),
            Signal::Leads(leads) => leads.len(),
        }
    }
}

/// The value that is most like an ECG: by its name and its group's, then by its size. `None` where there is none of
/// more than one number.
pub fn find<'f, 'a>(file: &'f [Named<'a>]) -> Option<Found<'f, 'a>> {
    let mut all = Vec::new();
    collect(&mut Vec::new(), &mut vec![file], &mut all);
    all.into_iter().rev().max_by_key(|found| {
        let length = found.signal.length();
        let plausible = found.signal.n_leads() <= MOST_LEADS;
        (plausible, length >= LONG, likeness(found), length.saturating_mul(found.signal.n_leads()))
    })
}

fn collect<'f, 'a>(path: &mut Vec<&'f str>, groups: &mut Vec<&'f [Named<'a>]>, all: &mut Vec<Found<'f, 'a>>) {
    let Some(group) = groups.last().copied() else { return };
    let found = |path: &[&'f str], name: Option<&'f str>, groups: &[&'f [Named<'a>]], signal| Found {
        path: path.iter().copied().chain(name).collect(),
        groups: groups.to_vec(),
        signal,
    };
    let leads: Vec<_> = group
        .iter()
        .filter_map(|named| match &named.value {
            Value::Matrix(matrix) if matrix.n_leads() == 1 && matrix.length() > 1 => {
                Some((standard_name(&named.name)?, matrix))
            }
            _ => None,
        })
        .collect();
    if let Some(length) = leads.first().map(|(_, lead)| lead.length())
        && leads.len() <= MOST_LEADS
    {
        let leads = leads.into_iter().filter(|(_, lead)| lead.length() == length).collect();
        all.push(found(path, None, groups, Signal::Leads(leads)));
    }
    for named in group {
        match &named.value {
            Value::Matrix(matrix) if matrix.n_leads() >= 1 && matrix.length() > 1 => {
                all.push(found(path, Some(&named.name), groups, Signal::Matrix(matrix)));
            }
            Value::Group(inner) => {
                path.push(&named.name);
                groups.push(inner);
                collect(path, groups, all);
                groups.pop();
                path.pop();
            }
            _ => {}
        }
    }
}

fn likeness(found: &Found) -> i32 {
    let is_ecg = |name: &str| name.contains("ecg") || name.contains("ekg");
    let names: Vec<String> = found.path.iter().map(|name| name.to_lowercase()).collect();
    let Some((own, groups)) = names.split_last() else { return 5 };
    let within = i32::from(groups.iter().any(|name| is_ecg(name)));
    let own = match own.as_str() {
        _ if matches!(found.signal, Signal::Leads(_)) => 5,
        "val" => 4,
        // The times of beats, a channel's settings.
        name if is_ecg(name)
            && ["time", "peak", "qrs", "ann", "label", "idx", "index"].iter().any(|w| name.contains(w)) =>
        {
            -1
        }
        name if is_ecg(name) => 4,
        "signal" | "signals" | "sig" | "data" | "p_signal" | "d_signal" | "leads" | "samples" | "waveform" | "y" => 2,
        "t" | "tm" | "time" | "times" | "timestamps" | "peaks" | "ann" | "qrs" => -1,
        name if is_other_signal(name) => -1,
        _ => 0,
    };
    own + within
}

impl Found<'_, '_> {
    /// The sampling rate in Hz that stands beside the signal: a number called like one, in the signal's own group or
    /// below, else in the groups around it; else as a time axis in seconds says.
    pub fn sampling_rate(&self) -> Option<f64> {
        let named = self.groups.iter().rev().find_map(|group| {
            named_number(group, &|name| RATE_NAMES.contains(&name)).filter(|fs| fs.is_finite() && *fs > 0.0)
        });
        named.or_else(|| self.groups.iter().rev().find_map(|group| self.rate_of_time_axis(group)))
    }

    fn rate_of_time_axis(&self, group: &[Named]) -> Option<f64> {
        let length = self.signal.length();
        group.iter().find_map(|named| {
            let is_time = ["t", "tm", "time", "times", "timesec", "tsec"].contains(&plain(&named.name).as_str());
            let Value::Matrix(axis) = &named.value else { return None };
            (is_time && axis.n_leads() == 1 && axis.length() == length && length >= LONG).then_some(())?;
            let step = (axis.value(length - 1) - axis.value(0)) / (length - 1) as f64;
            let is_even = (0..length).all(|index| {
                let expected = axis.value(0) + index as f64 * step;
                (axis.value(index) - expected).abs() < 0.05 * step
            });
            // Rounded to what devices have: the axis is itself rounded.
            let fs = (1000.0 / step).round() / 1000.0;
            (is_even && (20.0..=20_000.0).contains(&fs)).then_some(fs)
        })
    }

    /// Millivolts in one of the unit that is named beside the signal.
    pub fn millivolts(&self) -> Option<f64> {
        let unit = |named: &Named| match &named.value {
            Value::Text(text) if ["unit", "units"].contains(&plain(&named.name).as_str()) => millivolts_per(text),
            _ => None,
        };
        self.groups.iter().rev().find_map(|group| group.iter().find_map(unit))
    }

    /// Whether this is a recording of CPSC 2018: a struct of `sex`, `age` and `data`.
    pub fn is_cpsc_2018(&self) -> bool {
        let beside = self.groups.last().copied().unwrap_or_default();
        let has = |name: &str| beside.iter().any(|named| named.name == name);
        self.path == ["ECG", "data"] && has("sex") && has("age") && self.signal.n_leads() == 12
    }
}

/// In lower case, letters only.
fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

const RATE_NAMES: [&str; 23] = [
    "fs",
    "sf",
    "sr",
    "hz",
    "freq",
    "frequency",
    "sfreq",
    "srate",
    "samplerate",
    "samplingrate",
    "samplefrequency",
    "samplingfrequency",
    "samplefreq",
    "samplingfreq",
    "sampfreq",
    "samprate",
    "fsamp",
    "fsecg",
    "ecgfs",
    "fsample",
    "fsampling",
    "samplingratehz",
    "fshz",
];

/// The first number of such a name in the group, then in the groups within it.
fn named_number(group: &[Named], is_wanted: &dyn Fn(&str) -> bool) -> Option<f64> {
    let own = group.iter().filter(|named| is_wanted(&plain(&named.name))).find_map(|named| named.value.scalar());
    own.or_else(|| {
        group.iter().find_map(|named| match &named.value {
            Value::Group(inner) => named_number(inner, is_wanted),
            _ => None,
        })
    })
}
