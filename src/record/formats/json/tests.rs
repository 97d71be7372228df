use super::*;
use crate::record::catalog;

fn reading(text: &str) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("x.json", text.as_bytes().to_vec());
    let found = catalog::catalog(&files);
    match found.entries.first() {
        Some(entry) => catalog::read(&files, entry),
        None => Err(found.problems[0].clone()),
    }
}

fn complete(text: &str) -> Record {
    match reading(text) {
        Ok(Reading::Complete(record)) => record,
        other => panic!("{other:?} from {text:.200}"),
    }
}

/// A trace with a beat of `height` every 50 samples, as a list.
fn beats(height: f64, n_samples: usize) -> String {
    let beat = |i: usize| if i % 50 == 7 { height } else { height * 0.1 * (i as f64 * 0.3).sin() };
    format!("[{}]", (0..n_samples).map(|i| format!("{:.6}", beat(i))).collect::<Vec<_>>().join(", "))
}

fn names(record: &Record) -> Vec<&str> {
    record.leads.iter().map(|lead| lead.name.as_str()).collect()
}

#[test]
fn a_list_of_numbers() {
    let Ok(Reading::NeedsSamplingRate(unsampled)) = reading(&beats(1.0, 400)) else { panic!("nothing says the rate") };
    let record = unsampled.at(250.0);
    assert_eq!((names(&record), record.len(), record.leads[0].samples[7]), (vec!["ECG"], 400, 1.0));
    assert!(record.provenance.remarks[0].to_string().contains("millivolts were assumed"));
}

#[test]
fn fields_that_look_like_an_ecg() {
    let (mv, uv) = (beats(1.5, 400), beats(1500.0, 400));
    for text in [
        format!("{{\"fs\": 250, \"ecg\": {mv}, \"ppg\": {uv}, \"rpeaks\": {uv}}}"),
        format!("{{\"sampling_rate\": \"250 Hz\", \"units\": \"uV\", \"samples\": {uv}}}"),
        format!("{{\"metadata\": {{\"samplingFrequency\": 250, \"unit\": \"mV\"}}, \"signals\": [{mv}]}}"),
        format!("{{\"frequency\": 250.0, \"data\": {{\"ecg_uV\": {uv}, \"acc_x\": {mv}}}}}"),
        format!("[{{\"name\": \"Jane Doe\", \"sampling_interval\": 4, \"milliVolt\": {mv}}}]"),
        format!("{{\"dt\": 0.004, \"unit\": [\"mV\"], \"values\": {mv}}}"),
    ] {
        let record = complete(&text);
        assert_eq!((record.fs, record.len(), names(&record)), (250.0, 400, vec!["ECG"]), "{text:.90}");
        assert!((record.leads[0].samples[7] - 1.5).abs() < 1e-6, "{text:.90}");
        assert!(!format!("{record:?}").contains("Jane"));
    }
}

#[test]
fn several_leads_in_every_arrangement() {
    let (i, ii) = (beats(1.0, 400), beats(2.0, 400));
    let columns = (0..400).map(|i| format!("[{}, 1, {}]", i as f64 / 250.0, if i == 7 { 2 } else { 0 }));
    let columns = columns.collect::<Vec<_>>().join(",");
    for text in [
        format!("{{\"fs\": 250, \"leads\": {{\"I\": {i}, \"II\": {ii}}}}}"),
        format!("{{\"fs\": 250, \"unit\": \"mV\", \"I\": {i}, \"II\": {ii}, \"data\": {i}}}"),
        format!("{{\"fs\": 250, \"leads\": [\"I\", \"II\"], \"signals\": [{i}, {ii}]}}"),
        format!("{{\"fs\": 250, \"sig_name\": [\"I\", \"II\"], \"p_signal\": [{columns}]}}"),
        format!(
            "{{\"fs\": 250, \"channels\": [{{\"name\": \"I\", \"samples\": {i}}}, {{\"name\": \"II\", \"samples\": {ii}}}]}}"
        ),
    ] {
        let record = complete(&text);
        assert_eq!((record.fs, names(&record), record.len()), (250.0, vec!["I", "II"], 400), "{text:.90}");
        assert_eq!((record.leads[0].samples[7], record.leads[1].samples[7]), (1.0, 2.0), "{text:.90}");
    }
    let time = (0..400).map(|i| (i * 4).to_string()).collect::<Vec<_>>().join(",");
    let record = complete(&format!("{{\"time_ms\": [{time}], \"ecg\": {i}}}"));
    assert_eq!((record.fs, record.leads.len()), (250.0, 1));
}

/// After the example in the description of Fitbit's Web API, "Get ECG Log List": samples ÷ scaling factor are mV.
#[test]
fn fitbit_and_google() {
    let counts = beats(10922.0, 400).replace(".000000", "");
    let reading = |n: &str| {
        format!(
            "{{\"startTime\": \"2022-09-28T17:12:30.222\", \"averageHeartRate\": 70, \"samplingFrequencyHz\": \"250\", \
             \"scalingFactor\": 10922, \"numberOfWaveformSamples\": 400, \"leadNumber\": 1, \"waveformSamples\": {n}}}"
        )
    };
    let record = complete(&format!("{{\"ecgReadings\": [{}], \"pagination\": {{\"limit\": 1}}}}", reading(&counts)));
    assert_eq!((record.fs, record.len(), record.leads[0].samples[7]), (250.0, 400, 1.0));
    assert_eq!(record.start.as_deref(), Some("2022-09-28T17:12:30"));
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    let two = format!("{{\"ecgReadings\": [{}, {}]}}", reading(&beats(10922.0, 300)), reading(&counts));
    let record = complete(&two);
    assert_eq!(record.len(), 400);
    assert!(record.provenance.remarks[0].to_string().contains("2 recordings"), "{:?}", record.provenance.remarks);
    let google =
        reading(&counts).replace("scalingFactor", "millivoltsScalingFactor").replace("FrequencyHz", "FrequencyHertz");
    assert_eq!(complete(&google).leads[0].samples[7], 1.0);
}

/// After the description of Withings' API, "Heart v2 - Get": the signal is in microvolts.
#[test]
fn withings() {
    let body = format!("{{\"signal\": {}, \"sampling_frequency\": 500, \"wearposition\": 1}}", beats(800.0, 400));
    let record = complete(&format!("{{\"status\": 0, \"body\": {body}}}"));
    assert_eq!((record.fs, record.leads[0].samples[7]), (500.0, 0.8));
    assert!(record.provenance.remarks.is_empty());
}

/// After the description of the app Health Auto Export, and of react-native-health.
#[test]
fn exports_of_apples_healthkit() {
    let rows = |row: &dyn Fn(usize) -> String| (0..400).map(row).collect::<Vec<_>>().join(",");
    let objects = rows(&|i| {
        let volts = if i == 7 { "0.0012" } else { "0.00001" };
        format!("{{\"date\": \"2024-02-06 14:30:00.000 -0800\", \"voltage\": {volts}, \"units\": \"V\"}}")
    });
    let record = complete(&format!(
        "{{\"data\": {{\"ecg\": [{{\"start\": \"2024-02-06 14:30:00 -0800\", \"averageHeartRate\": 72, \
         \"voltageMeasurements\": [{objects}], \"samplingFrequency\": 512}}]}}}}"
    ));
    assert_eq!((record.fs, record.len(), record.leads[0].samples[7]), (512.0, 400, 1.2));
    assert_eq!(record.start.as_deref(), Some("2024-02-06T14:30:00"));
    let pairs = rows(&|i| format!("[{}, {}]", i as f64 / 512.0, if i == 7 { "0.0012" } else { "0.00001" }));
    let record = complete(&format!("[{{\"samplingFrequency\": 512.6, \"voltageMeasurements\": [{pairs}]}}]"));
    assert_eq!((record.fs, names(&record), record.leads[0].samples[7]), (512.6, vec!["ECG"], 1.2));
}

/// After FHIR R4, "SampledData", and its example "ekg".
#[test]
fn fhir_sampled_data() {
    let data = (0..400)
        .map(|i| if i == 7 { "2548".into() } else { if i == 9 { "E".into() } else { (2048 + i % 3).to_string() } });
    let data = data.collect::<Vec<String>>().join(" ");
    let component = |lead: &str| {
        format!(
            "{{\"code\": {{\"coding\": [{{\"code\": \"131329\", \"display\": \"MDC_ECG_ELEC_POTL_{lead}\"}}]}}, \
             \"valueSampledData\": {{\"origin\": {{\"value\": -4096, \"unit\": \"uV\"}}, \"period\": 10, \"factor\": 2, \
             \"dimensions\": 1, \"data\": \"{data}\"}}}}"
        )
    };
    let text = format!(
        "{{\"resourceType\": \"Observation\", \"subject\": {{\"display\": \"P. van de Heuvel\"}}, \
         \"effectiveDateTime\": \"2015-02-19T09:30:35+01:00\", \"component\": [{}, {}]}}",
        component("I"),
        component("AVF")
    );
    let record = complete(&text);
    assert_eq!((record.fs, names(&record), record.len()), (100.0, vec!["I", "aVF"], 400));
    assert_eq!((record.leads[1].samples[7], record.leads[1].samples[1]), (1.0, 0.002));
    assert!(record.leads[0].samples[9].is_nan() && !format!("{record:?}").contains("Heuvel"));
    assert_eq!(record.start.as_deref(), Some("2015-02-19T09:30:35"));
}

#[test]
fn what_is_no_recording_is_a_sentence() {
    let long = format!("{{\"note\": \"ecg\", \"text\": \"{}\"}}", "x".repeat(20_000));
    for (text, part) in [
        ("{\"error\": 404}", "no ECG"),
        ("{}", "no ECG"),
        ("[1, 2, 3]", "no ECG"),
        ("{\"ecg\": [1, 2", "cut off"),
        ("{\"ecg\": [1, 2]]", "damaged"),
        (&format!("{{\"rr_intervals\": {}}}", beats(1.0, 90)), "no ECG"),
        (&long, "no ECG"),
    ] {
        let problem = reading(text).unwrap_err();
        assert!(problem.fault.to_string().contains(part) && problem.file == "x.json", "{problem}");
    }
}

#[test]
fn cut_anywhere_it_is_a_sentence_and_no_panic() {
    let text = format!("{{\"fs\": 250, \"unit\": \"µV\", \"leads\": {{\"I\": {0}, \"II\": {0}}}}}", beats(1.0, 40));
    assert!(reading(&text).is_ok());
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert!(reading(&text[..end]).unwrap_err().fault.to_string().ends_with('.'), "{end}");
    }
}
