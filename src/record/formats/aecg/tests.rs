use super::*;
use crate::record::catalog;
use crate::record::remark::joined;

fn reading(text: &str) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("x.xml", text.as_bytes().to_vec());
    let found = catalog::catalog(&files);
    match found.entries.first() {
        Some(entry) => catalog::read(&files, entry),
        None => Err(found.problems[0].clone()),
    }
}

fn complete(text: &str) -> Record {
    match reading(text) {
        Ok(Reading::Complete(record)) => record,
        other => panic!("{other:?}"),
    }
}

fn times(kind: &str, head: &str, increment: &str) -> String {
    format!(
        "<component><sequence><code code='TIME_X'/><value xsi:type='{kind}'><head {head}/><increment {increment}/></value>\
         </sequence></component>"
    )
}

fn lead(code: &str, origin: &str, scale: &str, digits: &[i32]) -> String {
    let digits: Vec<String> = digits.iter().map(i32::to_string).collect();
    format!(
        "<component><sequence><code code='{code}'/><value xsi:type='SLIST_PQ'><origin {origin}/><scale {scale}/>\
         <digits>{}</digits></value></sequence></component>",
        digits.join("\n ")
    )
}

fn series(tag: &str, code: &str, content: &str) -> String {
    format!(
        "<component><{tag}><code code='{code}'/><effectiveTime><low value='20200102030405.5'/><high \
         value='20200102030406.5'/></effectiveTime>{content}</{tag}></component>"
    )
}

fn set(content: &str) -> String {
    format!("<component><sequenceSet>{content}</sequenceSet></component>")
}

fn document(content: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><!-- made by a test -->\n<AnnotatedECG xmlns='urn:hl7-org:v3' \
         xmlns:xsi='x'><id root='1'/><subjectDemographicPerson><name>Jane Doe</name><birthTime value='19530508'/>\
         </subjectDemographicPerson>{content}</AnnotatedECG>"
    )
}

const RHYTHM_TIMES: [&str; 3] = ["GLIST_TS", "value='20200102030405.5'", "value='0.004' unit='s'"];

fn rhythm_times() -> String {
    times(RHYTHM_TIMES[0], RHYTHM_TIMES[1], RHYTHM_TIMES[2])
}

fn ramp(n: i32) -> Vec<i32> {
    (0..n).collect()
}

#[test]
fn origins_scales_and_units() {
    let leads = [
        lead("MDC_ECG_LEAD_I", "value='10' unit='uV'", "value='2.5' unit='uV'", &ramp(100)),
        lead("MDC_ECG_LEAD_AVR", "value='0' unit='uV'", "value='0.5' unit='mV'", &ramp(100)),
        lead("MDC_ECG_LEAD_V1", "value='1' unit='mV'", "value='1000' unit='nV'", &ramp(100)),
        lead("MDC_ECG_LEAD_V2", "", "value='0.001' unit='V'", &ramp(99)),
        lead("MDC_PRESS_BLD_ART", "", "value='1' unit='mm[Hg]'", &ramp(100)),
    ];
    let record = complete(&document(&series("series", "RHYTHM", &set(&(rhythm_times() + &leads.concat())))));
    assert_eq!((record.fs, record.len(), record.start.as_deref()), (250.0, 100, Some("2020-01-02T03:04:05")));
    let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, ["I", "aVR", "V1", "V2"]);
    let second: Vec<f32> = record.leads.iter().map(|lead| lead.samples[1]).collect();
    assert_eq!(second, [0.0125, 0.5, 1.001, 1.0]);
    assert!(record.leads[3].samples[99].is_nan());
    let remarks = joined(&record.provenance.remarks);
    assert!(remarks.contains("left out: MDC_PRESS_BLD_ART") && remarks.contains("as missing: V2"), "{remarks}");
    assert!(!format!("{record:?}").contains("Jane") && !format!("{record:?}").contains("1953"));
}

#[test]
fn without_a_unit_it_is_inferred_and_without_an_increment_asked() {
    let beats: Vec<i32> = (0..600).map(|i| if i % 200 == 50 { 1100 } else { 0 }).collect();
    let times = "<component><sequence><code code='TIME_ABSOLUTE'/></sequence></component>";
    let text =
        document(&series("series", "RHYTHM", &set(&(times.to_string() + &lead("MDC_ECG_LEAD_II", "", "", &beats)))));
    let Ok(Reading::NeedsSamplingRate(unsampled)) = reading(&text) else { panic!("nothing says the rate") };
    assert_eq!((unsampled.suggested_fs(), unsampled.len()), (Some(600.0), 600), "600 samples in the second it states");
    let record = unsampled.at(600.0);
    assert_eq!(record.leads[0].samples[50], 1.1);
    assert!(record.provenance.remarks[0].to_string().contains("microvolts were assumed"));
}

#[test]
fn the_rhythm_comes_before_what_is_derived_from_it() {
    let relative = times("GLIST_PQ", "value='0' unit='s'", "value='2' unit='ms'");
    let scale = "value='1' unit='mV'";
    let beat = set(&(relative.clone() + &lead("MDC_ECG_LEAD_I", "", scale, &[7; 400])));
    let derived = format!("<derivation>{}</derivation>", series("derivedSeries", "REPRESENTATIVE_BEAT", &beat));
    let rhythm = set(&(rhythm_times() + &lead("MDC_ECG_LEAD_I", "", scale, &[1; 300])));
    let record = complete(&document(&series("series", "RHYTHM", &(rhythm + &derived))));
    assert_eq!((record.fs, record.len(), record.leads[0].samples[0]), (250.0, 300, 1.0));
    assert!(record.provenance.remarks.is_empty());
    let record = complete(&document(&series("series", "RHYTHM", &derived)));
    assert_eq!((record.fs, record.len(), record.leads[0].samples[0]), (500.0, 400, 7.0));
    assert!(
        record.provenance.remarks[0].to_string().contains("representative beat"),
        "{:?}",
        record.provenance.remarks
    );
    let other = series("series", "RHYTHM", &set(&(relative + &lead("MDC_ECG_LEAD_I", "", scale, &[3; 200]))));
    let long = series("series", "RHYTHM", &set(&(rhythm_times() + &lead("MDC_ECG_LEAD_I", "", scale, &[1; 300]))));
    let record = complete(&document(&(other + &long)));
    assert_eq!(record.len(), 300);
    assert!(record.provenance.remarks[0].to_string().contains("2 series"));
}

#[test]
fn sets_are_placed_at_their_times() {
    let scale = "value='1' unit='mV'";
    let at = |head: &str, code: &str, value: i32| {
        let times = times(RHYTHM_TIMES[0], &format!("value='{head}'"), RHYTHM_TIMES[2]);
        set(&(times + &lead(code, "", scale, &[value; 250])))
    };
    let two = at("20200102030405", "MDC_ECG_LEAD_I", 1) + &at("20200102030406", "MDC_ECG_LEAD_V1", 2);
    let record = complete(&document(&series("series", "RHYTHM", &two)));
    assert_eq!(record.len(), 500);
    let (i, v1) = (&record.leads[0].samples, &record.leads[1].samples);
    assert!(i[249] == 1.0 && i[250].is_nan() && v1[249].is_nan() && v1[250] == 2.0);
    // One lead with a pause, the pieces in the wrong order.
    let paused = at("20200102030407", "MDC_ECG_LEAD_I", 2) + &at("20200102030405", "MDC_ECG_LEAD_I", 1);
    let record = complete(&document(&series("series", "RHYTHM", &paused)));
    assert_eq!((record.leads.len(), record.len()), (1, 750));
    let i = &record.leads[0].samples;
    assert!(i[0] == 1.0 && i[300].is_nan() && i[749] == 2.0);
    // A day between them is not drawn.
    let far = at("20200102030405", "MDC_ECG_LEAD_I", 1) + &at("20200103030405", "MDC_ECG_LEAD_I", 2);
    let record = complete(&document(&series("series", "RHYTHM", &far)));
    assert_eq!(record.len(), 500);
    assert!(record.provenance.remarks[0].to_string().contains("one after another"));
    // The same twice.
    let twice = at("20200102030405", "MDC_ECG_LEAD_I", 1) + &at("20200102030405", "MDC_ECG_LEAD_I", 2);
    let record = complete(&document(&series("series", "RHYTHM", &twice)));
    assert_eq!((record.len(), record.leads[0].samples[0]), (250, 1.0));
    assert!(record.provenance.remarks[0].to_string().contains("twice"));
}

#[test]
fn beats_and_rhythms_are_marked() {
    let boundary = |kind: &str, low: &str, high: &str| {
        format!(
            "<support><supportingROI><code code='ROIPS'/><component><boundary><code code='TIME_X'/><value \
             xsi:type='{kind}'><low value='{low}'/><high value='{high}'/></value></boundary></component></supportingROI>\
             </support>"
        )
    };
    let annotation = |code: &str, value: &str, content: &str| {
        format!("<component><annotation><code code='{code}'/><value code='{value}'/>{content}</annotation></component>")
    };
    let qrs =
        annotation("MDC_ECG_WAVC", "MDC_ECG_WAVC_QRSWAVE", &boundary("IVL_TS", "20200102030405.7", "20200102030405.8"));
    let marks = [
        annotation("MDC_ECG_RHY", "MDC_ECG_RHY_ATR_FIB", &boundary("IVL_TS", "20200102030405.6", "")),
        annotation("MDC_ECG_BEAT", "MDC_ECG_BEAT_V_P_C", &qrs),
        annotation("MDC_ECG_BEAT", "MDC_ECG_BEAT_NORMAL", &boundary("IVL_PQ", "0.9", "1.0")),
        annotation("MDC_ECG_RHY", "MDC_ECG_RHY_SINUS_RHY", ""),
        annotation("MDC_ECG_BEAT", "MDC_ECG_BEAT_NORMAL", ""),
        annotation("MDC_ECG_BEAT", "MDC_ECG_BEAT_NORMAL", &boundary("IVL_TS", "20210102030405.7", "")),
        annotation("MDC_ECG_TIME_PD_PR", "", ""),
    ];
    let leads = rhythm_times() + &lead("MDC_ECG_LEAD_I", "", "value='1' unit='mV'", &[1; 300]);
    let set = set(&leads) + "<subjectOf><annotationSet>" + &marks.concat() + "</annotationSet></subjectOf>";
    let record = complete(&document(&series("series", "RHYTHM", &set)));
    let marks: Vec<(f64, &str)> =
        record.annotations.iter().map(|mark| ((mark.time * 1e4).round() / 1e4, mark.text.as_str())).collect();
    assert_eq!(marks, [(0.0, "(SINUS_RHY"), (0.1, "(ATR_FIB"), (0.25, "V_P_C"), (0.95, "NORMAL")]);
}

#[test]
fn what_is_no_recording_is_a_sentence() {
    let snippet = rhythm_times() + &lead("MDC_ECG_LEAD_II", "", "value='1' unit='uV'", &ramp(13));
    let pressure = rhythm_times() + &lead("MDC_PRESS", "", "value='1' unit='mm[Hg]'", &ramp(99));
    for (text, part) in [
        (document(""), "holds no waveform"),
        (document(&series("series", "RHYTHM", "")), "holds no waveform"),
        (document(&series("series", "RHYTHM", &set(&snippet))), "13 samples"),
        (document(&series("series", "RHYTHM", &set(&pressure))), "None of its sequences"),
        (document("<series>"), "damaged or cut off"),
        ("<AnnotatedECG>".to_string(), "cut off"),
        ("<ClinicalDocument/>".to_string(), "(<ClinicalDocument>) is no ECG"),
    ] {
        let problem = reading(&text).unwrap_err();
        assert!(problem.fault.to_string().contains(part) && problem.file == "x.xml", "{problem}");
    }
}

#[test]
fn cut_anywhere_it_is_a_sentence_and_no_panic() {
    let leads = rhythm_times() + &lead("MDC_ECG_LEAD_I", "value='0' unit='uV'", "value='2' unit='uV'", &ramp(60));
    let text = document(&series("series", "RHYTHM", &set(&leads)));
    assert!(reading(&text).is_ok());
    for end in 0..text.len() {
        let problem = reading(&text[..end]).unwrap_err();
        assert!(problem.fault.to_string().ends_with('.'), "{problem}");
    }
}
