//! What the fields around samples say of them: sampling rate, unit, lead, beginning.

use super::value::Value;
use crate::record::formats::delimited::preamble::Preamble;
use crate::record::lead_name::standard_name;
use crate::record::units::millivolts_per;

/// A field's name without case, spaces and marks: `sampling_rate` and `samplingRate` are one.
pub fn plain(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

const RATES: [&str; 17] = [
    "fs",
    "samplingrate",
    "samplerate",
    "samplingfrequency",
    "samplefrequency",
    "samplingfrequencyhz",
    "samplingfrequencyhertz",
    "samplingratehz",
    "sampleratehz",
    "frequency",
    "frequencyhz",
    "freq",
    "sfreq",
    "srate",
    "hz",
    "rate",
    "samplespersecond",
];
const INTERVALS: [&str; 6] = ["dt", "samplinginterval", "sampleinterval", "samplingperiod", "sampleperiod", "period"];
const UNITS: [&str; 7] = ["unit", "units", "amplitudeunit", "voltageunit", "physicalunit", "signalunit", "ecgunit"];
/// Numbers in a millivolt.
const GAINS: [&str; 5] = ["scalingfactor", "millivoltsscalingfactor", "gain", "adcgain", "adcunitspermv"];
const BEGINNINGS: [&str; 9] = [
    "start",
    "starttime",
    "startdate",
    "recordingtime",
    "recordedat",
    "recordeddate",
    "timestamp",
    "datetime",
    "effectivedatetime",
];
const LEADS: [&str; 5] = ["lead", "leadname", "channel", "label", "name"];
const LISTS_OF_LEADS: [&str; 8] =
    ["leads", "leadnames", "signame", "signames", "channels", "channelnames", "labels", "columns"];

/// What is known so far; inner fields are believed before outer ones.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// In Hz.
    pub fs: Option<f64>,
    /// Millivolts in one of the numbers.
    pub millivolts: Option<f64>,
    pub start: Option<String>,
    /// The lead's standard name. Others are not taken: the field `name` may be a person's.
    pub lead: Option<&'static str>,
    /// The names of several leads.
    pub leads: Vec<String>,
}

impl Context {
    /// The context within an object. Values that are grouped in objects of their own (`metadata`) count too.
    pub fn within(&self, fields: &[(String, Value)]) -> Self {
        let number = |names: &[&str]| find(fields, names, &|value| value.number().filter(|number| *number > 0.0));
        let fs = number(&RATES).filter(|fs| (10.0..=100_000.0).contains(fs));
        let interval = number(&INTERVALS).map(|interval| if interval < 0.2 { interval } else { interval / 1000.0 });
        let unit = find(fields, &UNITS, &|value| match value {
            Value::List(units) => millivolts_per(units.first()?.text()?),
            value => millivolts_per(value.text()?),
        });
        let gain = number(&GAINS).map(|gain| 1.0 / gain);
        // Withings' API says so in its description, not in the file; this is the field by which one knows it.
        let withings = fields.iter().any(|(key, _)| key == "wearposition").then_some(1e-3);
        let names = |value: &Value| match value {
            Value::List(names) => names.iter().map(|name| name.text().map(str::to_string)).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        Self {
            fs: fs.or(interval.map(|seconds| 1.0 / seconds)).or(self.fs),
            millivolts: gain.or(unit).or(withings).or(self.millivolts),
            start: find(fields, &BEGINNINGS, &|value| Preamble(value.text()?).start()).or_else(|| self.start.clone()),
            lead: own(fields, &LEADS, &|value| standard_name(value.text()?))
                .or_else(|| coded_lead(fields))
                .or(self.lead),
            leads: own(fields, &LISTS_OF_LEADS, &names).unwrap_or_else(|| self.leads.clone()),
        }
    }
}

/// The first of the object's own fields with one of the names that gives something.
fn own<T>(fields: &[(String, Value)], names: &[&str], give: &dyn Fn(&Value) -> Option<T>) -> Option<T> {
    names
        .iter()
        .find_map(|name| fields.iter().filter(|(key, _)| plain(key) == *name).find_map(|(_, value)| give(value)))
}

/// As `own`, else from the objects within.
fn find<T>(fields: &[(String, Value)], names: &[&str], give: &dyn Fn(&Value) -> Option<T>) -> Option<T> {
    own(fields, names, give).or_else(|| {
        fields.iter().find_map(|(_, value)| match value {
            Value::Object(inner) => own(inner, names, give),
            _ => None,
        })
    })
}

/// FHIR: `"code": {"coding": [{"code": "131329", "display": "MDC_ECG_ELEC_POTL_I"}]}`.
fn coded_lead(fields: &[(String, Value)]) -> Option<&'static str> {
    fn within(value: &Value, depth: usize) -> Option<&'static str> {
        match value {
            Value::Text(text) => {
                let name = text.rsplit_once("_POTL_").map_or(text.as_str(), |(_, name)| name);
                standard_name(name)
            }
            Value::Object(fields) if depth > 0 => fields.iter().find_map(|(_, value)| within(value, depth - 1)),
            Value::List(values) if depth > 0 => values.iter().find_map(|value| within(value, depth - 1)),
            _ => None,
        }
    }
    fields.iter().filter(|(key, _)| key == "code").find_map(|(_, value)| within(value, 3))
}

/// The unit that a field's name ends in, in millivolts: `ecg_uV`, `milliVolt`.
pub fn unit_of_key(key: &str) -> Option<f64> {
    let plain = plain(key);
    let last_word = key.rsplit(['_', ' ', '-', '[', '(']).next().unwrap_or_default();
    match () {
        () if plain.contains("microvolt") => Some(1e-3),
        () if plain.contains("millivolt") => Some(1.0),
        () if last_word.len() < key.len() && last_word != "V" => millivolts_per(last_word),
        () => None,
    }
}
