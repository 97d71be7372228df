//! OpenSignals text files, as PLUX's programs for biosignalsplux and BITalino write them: a header line of JSON, one
//! object a device, then columns of digital values.
//!
//! After PLUX, "OpenSignals Sensor File Specifications (.TXT Format)", and the data sheets of both ECG sensors.

use crate::record::formats::json::value::Value;

/// Millivolts that the whole range of the converter spans. Both data sheets have ECG (V) = (ADC / 2^n − 1/2) · VCC / G,
/// biosignalsplux with VCC = 3 V and G = 1000, BITalino with 3.3 V and 1100.
const SPAN: f64 = 3.0;

/// What the header says.
#[derive(Debug, Default, PartialEq)]
pub struct OpenSignals {
    /// One a column of the table, from the left.
    pub columns: Vec<Column>,
    /// In Hz.
    pub fs: Option<f64>,
    /// In ISO 8601.
    pub start: Option<String>,
}

/// A column of the table.
#[derive(Debug, Default, PartialEq)]
pub struct Column {
    /// `nSeq`, `I1`, `A1`.
    pub name: String,
    pub is_ecg: bool,
    /// Bits of the converter, where the values are digital.
    pub bits: Option<i32>,
}

impl Column {
    /// A value in mV; as it is where it was converted already.
    pub fn millivolts(&self, value: f32) -> f32 {
        self.bits.map_or(value, |bits| ((f64::from(value) / 2f64.powi(bits) - 0.5) * SPAN) as f32)
    }
}

impl OpenSignals {
    /// Parses the lines above the numbers; `None` where they are no such header, or none of its sensors is for ECGs.
    pub fn parse(preamble: &str) -> Option<Self> {
        let line = preamble.lines().find(|line| line.starts_with("# {") && line.contains("\"sampling rate\""))?;
        let Ok(Value::Object(devices)) = Value::parse(line.strip_prefix("# ")?) else { return None };
        let mut header = Self::default();
        for (_, device) in &devices {
            let Value::Object(fields) = device else { return None };
            let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value);
            let text = |name: &str| field(name).and_then(Value::text).unwrap_or_default();
            let (columns, labels, sensors) = (texts(field("column")?), texts(field("label")?), texts(field("sensor")?));
            let resolutions = match field("resolution") {
                Some(Value::Numbers(bits)) => bits.as_slice(),
                _ => &[],
            };
            let is_converted = field("convertedValues").and_then(Value::number) == Some(1.0);
            // Sequence numbers and digital ports come first, the channels with sensors last.
            let n_before = columns.len().checked_sub(labels.len())?;
            for (place, name) in columns.iter().enumerate() {
                let channel = place.checked_sub(n_before);
                let sensor = channel.and_then(|channel| sensors.get(channel)).copied().unwrap_or_default();
                // Resolutions are those of the channels, or of all columns.
                let from_end = columns.len() - place;
                let bits = resolutions.len().checked_sub(from_end).and_then(|place| resolutions.get(place));
                let bits = bits.filter(|bits| !is_converted && (1.0..=32.0).contains(*bits)).map(|bits| *bits as i32);
                let is_ecg = sensor.to_ascii_uppercase().contains("ECG");
                header.columns.push(Column { name: name.to_string(), is_ecg, bits });
            }
            header.fs = header.fs.or(field("sampling rate").and_then(Value::number).filter(|fs| *fs > 0.0));
            header.start = header.start.or(start(text("date"), text("time")));
        }
        header.columns.iter().any(|column| column.is_ecg).then_some(header)
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::List(values) => values.iter().map(|value| value.text().unwrap_or_default()).collect(),
        _ => Vec::new(),
    }
}

/// `2018-7-5` and `9:5:43.249`, without leading zeros.
fn start(date: &str, time: &str) -> Option<String> {
    let numbers = |text: &str, mark: char| -> Option<[u32; 3]> {
        let numbers: Option<Vec<u32>> = text.split(mark).map(|part| part.split('.').next()?.parse().ok()).collect();
        numbers?.try_into().ok()
    };
    let ([year, month, day], [hour, minute, second]) = (numbers(date, '-')?, numbers(time, ':')?);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header of PLUX's description, and one of BITalino with five columns before the channels.
    #[test]
    fn headers() {
        let plux = "# OpenSignals Text File Format\n# {\"00:07:80:79:6F:DB\": {\"sensor\": [\"ECG\"], \"device name\": \
                    \"00:07:80:79:6F:DB\", \"column\": [\"nSeq\", \"DI\", \"CH1\"], \"time\": \"10:29:43.249\", \
                    \"convertedValues\": 0, \"sampling rate\": 1000, \"label\": [\"CH1\"], \"resolution\": [16], \
                    \"date\": \"2018-7-5\", \"special\": [{}, {}]}}\n# EndOfHeader\n";
        let header = OpenSignals::parse(plux).unwrap();
        assert_eq!((header.fs, header.start.as_deref()), (Some(1000.0), Some("2018-07-05T10:29:43")));
        assert_eq!(header.columns.iter().map(|column| column.is_ecg).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!([0.0, 32768.0, 65536.0].map(|value| header.columns[2].millivolts(value)), [-1.5, 0.0, 1.5]);
        let bitalino = "# {\"20:16\": {\"sensor\": [\"EMG\", \"ECGBIT\"], \"column\": [\"nSeq\", \"I1\", \"A1\", \"A2\"], \
                        \"sampling rate\": 100, \"label\": [\"A1\", \"A2\"], \"resolution\": [4, 1, 10, 10]}}\n";
        let header = OpenSignals::parse(bitalino).unwrap();
        let expected = Column { name: "A2".to_string(), is_ecg: true, bits: Some(10) };
        assert_eq!((&header.columns[3], header.columns[2].is_ecg, header.start), (&expected, false, None));
        let converted = OpenSignals::parse(&plux.replace("Values\": 0", "Values\": 1")).unwrap();
        assert_eq!(converted.columns[2].millivolts(0.7), 0.7);
        for other in [plux.replace("ECG", "EDA"), plux.replace("\"CH1\"]", ""), "# fs = 3\n".to_string()] {
            assert_eq!(OpenSignals::parse(&other), None, "{other}");
        }
    }
}
