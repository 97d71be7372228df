use super::*;
use crate::record::catalog;
use crate::record::remark::joined;

fn reading(text: &str) -> Result<Reading, ReadError> {
    reading_of(text.as_bytes().to_vec())
}

fn reading_of(bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("x.csv", bytes);
    let found = catalog::catalog(&files);
    match found.entries.first() {
        Some(entry) => catalog::read(&files, entry),
        None => Err(found.problems[0].clone()),
    }
}

fn complete(text: &str) -> Record {
    match reading(text).unwrap() {
        Reading::Complete(record) => record,
        Reading::NeedsSamplingRate(_) => panic!("the file tells its sampling rate"),
    }
}

fn unsampled(text: &str) -> Unsampled {
    match reading(text).unwrap() {
        Reading::NeedsSamplingRate(unsampled) => unsampled,
        Reading::Complete(record) => panic!("nothing tells {} Hz", record.fs),
    }
}

/// A trace with a beat of `height` every 50 samples.
fn beat(i: usize, height: f64) -> f64 {
    if i % 50 == 7 { height } else { height * 0.1 * (i as f64 * 0.3).sin() }
}

fn rows(line: impl Fn(usize) -> String) -> String {
    (0..1200).map(|i| line(i) + "\n").collect()
}

#[test]
fn one_column_asks_for_its_sampling_rate() {
    let unsampled = unsampled(&rows(|i| format!("{:.3}", beat(i, 1.0))));
    assert_eq!((unsampled.len(), unsampled.suggested_fs(), unsampled.name()), (1200, None, "x"));
    let record = unsampled.at(250.0);
    assert_eq!((record.leads[0].name.as_str(), record.leads[0].samples[7]), ("ECG", 1.0));
    assert!(record.provenance.remarks[0].to_string().contains("millivolts were assumed"));
}

#[test]
fn microvolts_are_inferred_from_their_size() {
    let record = unsampled(&rows(|i| format!("{:.0}", beat(i, 1100.0)))).at(250.0);
    assert_eq!(record.leads[0].samples[7], 1.1);
    assert!(record.provenance.remarks[0].to_string().contains("microvolts were assumed"));
}

#[test]
fn names_units_and_time_come_from_the_header_row() {
    let text = "time (ms),Lead I (uV),lead_ii_mV,HR (bpm)\n".to_string()
        + &rows(|i| format!("{},{:.1},{:.4},71", i * 4, beat(i, 900.0), beat(i, 1.5)));
    let record = complete(&text);
    assert_eq!(record.fs, 250.0);
    assert_eq!(record.leads.iter().map(|lead| lead.name.as_str()).collect::<Vec<_>>(), ["I", "II"]);
    assert_eq!((record.leads[0].samples[7], record.leads[1].samples[7]), (0.9, 1.5));
    assert_eq!(joined(&record.provenance.remarks), "Columns that are no ECG were left out: HR.");
}

#[test]
fn an_unnamed_first_column_that_rises_is_the_time_and_one_that_counts_is_not() {
    let record = complete(&rows(|i| format!("{:.4};{:.3}", i as f64 / 360.0, beat(i, 1.0))));
    assert_eq!((record.fs, record.leads.len()), (360.0, 1));
    let counted = unsampled(&rows(|i| format!("{i} {:.3}", beat(i, 1.0)))).at(100.0);
    assert_eq!(counted.leads.len(), 1);
    let named = "time,ecg\n".to_string() + &rows(|i| format!("{i},{:.3}", beat(i, 1.0)));
    assert_eq!(unsampled(&named).suggested_fs(), Some(1000.0), "milliseconds or a count: it must be asked");
}

#[test]
fn decimal_commas() {
    let comma = |value: f64, digits: usize| format!("{value:.digits$}").replace('.', ",");
    let record = complete(&rows(|i| format!("{};{}", comma(i as f64 / 200.0, 3), comma(beat(i, 1.25), 2))));
    assert_eq!((record.fs, record.leads[0].samples[7]), (200.0, 1.25));
    let apple = "Name,\nAbtastrate,512 Hertz\nAbleitung,Ableitung I\nEinheit,µV\n\n".to_string()
        + &rows(|i| comma(beat(i, -265.868), 3));
    let record = complete(&apple);
    assert_eq!((record.fs, record.leads[0].name.as_str()), (512.0, "I"));
    assert_eq!(record.leads[0].samples[7], -0.265_868);
}

/// What the watch writes: header keys, hertz and numbers are in its language; the name and the birth date stay out.
#[test]
fn apple_watch_exports_in_many_languages() {
    let export = |keys: [&str; 4], rate: &str, lead: &str, unit: &str, number: &dyn Fn(f64) -> String| {
        let [name, birth, sampling, unit_key] = keys;
        let header = format!(
            "{name},Jane Doe\n{birth},\"Jan 2, 1950\"\nX,2026-05-30 16:32:18 -0700\nX,1.90\nX,\"Watch7,12\"\n{sampling},{rate}\n\n\
             \n{lead}\n{unit_key},{unit}\n\n"
        );
        header + &rows(|i| number(beat(i, -265.868)))
    };
    let point = |value: f64| format!("{value:.3}");
    let comma = |value: f64| point(value).replace('.', ",");
    let quoted = |value: f64| format!("\"{}\"", comma(value));
    // As a formatter of numbers writes them: no zeros at the end, so that some have no comma at all.
    let short = |value: f64| comma(value).trim_end_matches('0').trim_end_matches(',').to_string();
    let minus = |value: f64| comma(value).replace('-', "\u{2212}");
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(c);
    let arabic =
        |value: f64| format!("\u{61c}{}", point(value).chars().map(digit).collect::<String>().replace('.', "\u{66b}"));
    let english = ["Name", "Date of Birth", "Sample Rate", "Unit"];
    for text in [
        export(english, "512 hertz", "Lead,Lead I", "µV", &point),
        export(english, "512 hertz", "Lead,Lead I", "µV", &short),
        export(["Name", "Geburtsdatum", "Abtastrate", "Einheit"], "512 Hertz", "Ableitung,Ableitung I", "µV", &comma),
        export(
            ["Name", "Geburtsdatum", "Messrate", "Einheit"],
            "\"512,00\u{a0}Hertz\"",
            "X,Ableitung I",
            "µV",
            &quoted,
        ),
        export(["Nom", "Naissance", "Taux", "Unité"], "512 hertz", "Dérivation,Dérivation I", "μV", &comma),
        export(["Namn", "Född", "Frekvens", "Enhet"], "512 hertz", "Avledning,Avledning I", "µV", &minus),
        export(["Имя", "Дата рождения", "Частота", "Единица"], "512 герц", "Отведение,Отведение I", "мкВ", &comma),
        export(["名前", "生年月日", "サンプルレート", "単位"], "512ヘルツ", "誘導,誘導I", "µV", &point),
        export(["الاسم", "الميلاد", "المعدل", "الوحدة"], "\u{665}\u{661}\u{662} هرتز", "اتجاه,اتجاه I", "µV", &arabic),
    ] {
        let record = complete(&text);
        assert_eq!((record.fs, record.len(), record.leads.len()), (512.0, 1200, 1), "{text:.200}");
        assert_eq!((record.leads[0].name.as_str(), record.leads[0].samples[7]), ("I", -0.265_868), "{text:.200}");
        assert_eq!(record.start.as_deref(), Some("2026-05-30T16:32:18"));
        assert!(record.provenance.remarks.is_empty(), "{:?} {text:.200}", record.provenance.remarks);
        assert!(!format!("{record:?}").contains("Jane") && !format!("{record:?}").contains("1950"));
    }
}

/// After PLUX's description of OpenSignals' text files; rows end in a tab.
#[test]
fn open_signals() {
    let header = "# OpenSignals Text File Format\n# {\"20:16:12\": {\"sensor\": [\"ECGBIT\", \"RAW\"], \"device name\": \"Jane\", \
                  \"column\": [\"nSeq\", \"I1\", \"O1\", \"A1\", \"A2\"], \"time\": \"9:5:1.5\", \"date\": \"2018-7-5\", \
                  \"device\": \"bitalino_rev\", \"sampling rate\": 1000, \"label\": [\"A1\", \"A2\"], \
                  \"resolution\": [4, 1, 1, 10, 10]}}\n# EndOfHeader\n";
    let text = header.to_string() + &rows(|i| format!("{}\t1\t0\t{:.0}\t77\t", i % 16, 512.0 + beat(i, 256.0)));
    let record = complete(&text);
    assert_eq!((record.fs, record.len(), record.leads.len()), (1000.0, 1200, 1));
    assert_eq!((record.leads[0].name.as_str(), record.leads[0].samples[7]), ("ECG", 0.75));
    assert_eq!(record.start.as_deref(), Some("2018-07-05T09:05:01"));
    let remarks = joined(&record.provenance.remarks);
    assert!(remarks.contains("left out: nSeq, I1, O1, A2") && remarks.contains("±1.5 mV"), "{remarks}");
    assert!(!format!("{record:?}").contains("Jane"));
}

#[test]
fn biosppy_headers() {
    let header = "# Simple Text Format\n# Sampling Rate (Hz):= 1000.00\n# Resolution:= 12\n# Labels:= ECG\n";
    let record = complete(&(header.to_string() + &rows(|i| format!("{:.1}", 2048.0 + beat(i, 900.0)))));
    assert_eq!((record.fs, record.leads.len(), record.len()), (1000.0, 1, 1200));
}

#[test]
fn clock_times_and_a_row_of_units() {
    let text = "'Elapsed time','MLII','V5'\n'hh:mm:ss.mmm','mV','mV'\n".to_string()
        + &rows(|i| format!("'0:{:02}.{:03}',{:.3},{:.3}", i / 125, i % 125 * 8, beat(i, 1.0), beat(i, 2.0)));
    let record = complete(&text);
    assert_eq!((record.fs, record.leads[0].name.as_str(), record.leads[1].name.as_str()), (125.0, "MLII", "V5"));
    assert_eq!(record.leads[1].samples[7], 2.0);
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
}

#[test]
fn the_most_regular_time_column_is_believed() {
    // Polar's sensor logger: the phone's clock comes in batches, the sensor's is even.
    let text = "Phone timestamp;sensor timestamp [ns];timestamp [ms];ecg [uV]\n".to_string()
        + &rows(|i| {
            let (batch, sensor) = (i / 73 * 73, 599_616_000_000_000_000 + i as u64 * 7_692_308);
            format!(
                "2022-03-01T10:00:{:06.3};{sensor};{:.3};{:.0}",
                batch as f64 / 130.0,
                i as f64 / 0.13,
                beat(i, 800.0)
            )
        });
    let record = complete(&text);
    assert_eq!((record.fs, record.leads.len(), record.leads[0].samples[7]), (130.0, 1, 0.8));
}

#[test]
fn missing_samples_are_nan() {
    let text = rows(|i| {
        format!("{:.3},{}", i as f64 / 100.0, if i == 9 { "NaN".into() } else { format!("{:.3}", beat(i, 1.0)) })
    });
    assert!(complete(&text).leads[0].samples[9].is_nan());
    let gap = rows(|i| format!("{:.3},{:.3}", (i + if i >= 600 { 30 } else { 0 }) as f64 / 100.0, beat(i, 1.0)));
    let record = complete(&gap);
    assert_eq!(record.len(), 1230);
    assert!(record.leads[0].samples[600..630].iter().all(|sample| sample.is_nan()));
    assert_eq!(record.leads[0].samples[637], beat(607, 1.0) as f32);
    assert!(record.provenance.remarks.iter().any(|remark| remark.to_string().contains("30 samples")));
}

#[test]
fn a_table_on_its_side() {
    let row = |k: f64| (0..1200).map(|i| format!("{:.3}", beat(i, k))).collect::<Vec<_>>().join(",");
    let record = unsampled(&[row(1.0), row(1.5)].join("\n")).at(500.0);
    assert_eq!((record.leads.len(), record.len(), record.leads[1].samples[57]), (2, 1200, 1.5));
    assert_eq!(unsampled(&row(1.0)).len(), 1200);
}

#[test]
fn footers_are_left_out_and_damage_is_told() {
    let record = complete(&(rows(|i| format!("{:.3},{:.3}", i as f64 / 100.0, beat(i, 1.0))) + "end of file\n"));
    assert_eq!(record.len(), 1200);
    let damaged =
        rows(|i| if i > 1100 { "# % & !".into() } else { format!("{:.3},{:.3}", i as f64 / 100.0, beat(i, 1.0)) });
    assert!(reading(&damaged).unwrap_err().fault.to_string().contains("Row 11"), "{:?}", reading(&damaged));
}

#[test]
fn other_encodings() {
    let text = "time [s];ECG [µV]\n".to_string() + &rows(|i| format!("{:.3};{:.1}", i as f64 / 500.0, beat(i, 700.0)));
    let latin_1 = text.chars().map(|c| c as u8).collect();
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [latin_1, utf_16] {
        let Ok(Reading::Complete(record)) = reading_of(bytes) else { panic!("the file tells its sampling rate") };
        assert_eq!((record.fs, record.leads[0].samples[7]), (500.0, 0.7));
    }
}

#[test]
fn text_that_is_no_recording_is_a_sentence() {
    for (text, part) in [
        ("", "empty"),
        ("Dear all,\nthe recordings are on the other disk.\n", "no columns of numbers"),
        ("<html><body>404</body></html>", "no ECG"),
        ("{\"error\": 404}", "no ECG"),
        (&("pressure (mmHg)\n".to_string() + &rows(|i| i.to_string())), "None of its columns"),
        (&rows(|_| "1,2,3,4,5,6,7,8,9,0".repeat(12)), "neither can be leads"),
    ] {
        let problem = reading(text).unwrap_err();
        assert!(problem.fault.to_string().contains(part) && problem.file == "x.csv", "{problem}");
    }
}
