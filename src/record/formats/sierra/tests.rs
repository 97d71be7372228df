use super::*;
use crate::record::catalog;
use crate::record::remark::joined;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

fn reading(bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut files = FileSet::default();
    files.add("x.xml", bytes);
    let found = catalog::catalog(&files);
    match found.entries.first() {
        Some(entry) => catalog::read(&files, entry),
        None => Err(found.problems[0].clone()),
    }
}

fn complete(text: &str) -> Record {
    match reading(text.into()) {
        Ok(Reading::Complete(record)) => record,
        other => panic!("{other:?}"),
    }
}

fn document(version: &str, characteristics: &str, attributes: &str, data: &[u8]) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<restingecgdata xmlns=\"http://www3.medical.philips.com\"><documentinfo>\
         <documentversion>{version}</documentversion></documentinfo><dataacquisition date=\"2011-12-01\" \
         time=\"07:27:34\"><signalcharacteristics>{characteristics}</signalcharacteristics></dataacquisition><patient>\
         <name><lastname>Doe</lastname></name></patient><waveforms><parsedwaveforms {attributes}>\n{}\n\
         </parsedwaveforms></waveforms></restingecgdata>",
        BASE64_STANDARD.encode(data)
    )
}

/// Twelve leads of which III, aVR, aVL and aVF are sums of I and II but for some noise.
fn twelve(n_samples: usize) -> Vec<Vec<i16>> {
    let wave = |k: usize| -> Vec<i16> {
        (0..n_samples).map(|i| ((i * k) as f64 * 0.07).sin().mul_add(200.0, 3.0) as i16).collect()
    };
    let (i, ii) = (wave(1), wave(2));
    let from = |law: fn(i16, i16) -> i16| {
        i.iter().zip(&ii).enumerate().map(move |(at, (i, ii))| law(*i, *ii) + (at % 5) as i16)
    };
    let mut leads = vec![i.clone(), ii.clone(), from(|i, ii| ii - i).collect(), from(|i, ii| -(i + ii) / 2).collect()];
    leads.push(from(|i, ii| i - ii / 2).collect());
    leads.push(from(|i, ii| ii - i / 2).collect());
    leads.extend((3..9).map(wave));
    leads
}

/// What is stored in place of III, aVR, aVL and aVF: how far they are from what I and II make them.
fn residuals(leads: &[Vec<i16>]) -> Vec<Vec<i16>> {
    let mut stored = leads.to_vec();
    for at in 0..leads[0].len() {
        let value = |lead: usize| leads[lead][at];
        stored[2][at] = value(1) - value(0) - value(2);
        stored[3][at] = -value(3) - (value(0) + value(1)).div_euclid(2);
        stored[4][at] = (value(0) - value(2)).div_euclid(2) - value(4);
        stored[5][at] = (value(1) + value(2)).div_euclid(2) - value(5);
    }
    stored
}

fn compressed(leads: &[Vec<i16>]) -> Vec<u8> {
    leads.iter().flat_map(|lead| xli::tests::encode(lead)).collect()
}

const OF_1_03: &str = "<samplingrate>500</samplingrate><signalresolution>5</signalresolution><acquisitiontype>STD-12\
                       </acquisitiontype><numberchannelsvalid>12</numberchannelsvalid>";
const OF_1_04: &str = "dataencoding=\"Base64\" compression=\"XLI\" leadlabels=\"I II III aVR aVL aVF V1 V2 V3 V4 V5 V6\" \
                       durationperchannel=\"600\" samplespersecond=\"500\" resolution=\"5\" bitspersample=\"16\"";

fn assert_is_twelve(record: &Record) {
    let names: Vec<&str> = record.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, STANDARD_TWELVE);
    assert_eq!((record.fs, record.start.as_deref()), (500.0, Some("2011-12-01T07:27:34")));
    for (lead, expected) in record.leads.iter().zip(twelve(300)) {
        let expected: Vec<f32> = expected.iter().map(|&sample| (f64::from(sample) * 0.005) as f32).collect();
        assert_eq!(lead.samples, expected, "{}", lead.name);
    }
    assert!(record.provenance.remarks.is_empty(), "{:?}", record.provenance.remarks);
    assert!(!format!("{record:?}").contains("Doe"));
}

#[test]
fn both_versions_in_every_encoding() {
    let mut sixteen = residuals(&twelve(300));
    sixteen.extend(vec![vec![0; 300]; 4]);
    let attributes = "compressmethod=\"XLI\" dataencoding=\"Base64\" durationperchannel=\"600\" nbitspersample=\"16\"";
    assert_is_twelve(&complete(&document("1.03", OF_1_03, attributes, &compressed(&sixteen))));
    let text = document("1.04", "", OF_1_04, &compressed(&residuals(&twelve(300))));
    assert_is_twelve(&complete(&text));
    for (mark, bytes) in
        [(true, u16::to_le_bytes as fn(u16) -> [u8; 2]), (true, u16::to_be_bytes), (false, u16::to_le_bytes)]
    {
        let mark = mark.then_some(0xfeff);
        let file = mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect();
        let Ok(Reading::Complete(record)) = reading(file) else { panic!("it is complete") };
        assert_is_twelve(&record);
    }
}

#[test]
fn plain_samples_whether_limb_leads_are_whole_or_what_is_left_of_them() {
    let attributes = OF_1_04.replace("compression=\"XLI\"", "");
    for leads in [twelve(300), residuals(&twelve(300))] {
        let data: Vec<u8> = leads.concat().iter().flat_map(|sample| sample.to_le_bytes()).collect();
        assert_is_twelve(&complete(&document("1.04", "", &attributes, &data)));
    }
}

#[test]
fn padding_is_cut_and_a_calibration_pulse_is_named() {
    let mut leads = residuals(&twelve(300));
    leads.iter_mut().for_each(|lead| lead.resize(310, 9));
    assert_is_twelve(&complete(&document("1.04", "", OF_1_04, &compressed(&leads))));
    let attributes = OF_1_04.replace("600", "1000");
    let mut leads = twelve(300);
    leads.iter_mut().for_each(|lead| lead.extend([&[0; 50][..], &[200; 100], &[0; 50]].concat()));
    let record = complete(&document("1.04", "", &attributes, &compressed(&residuals(&leads))));
    assert_eq!((record.len(), record.leads[2].samples[400]), (500, 1.0));
    assert!(record.provenance.remarks[0].to_string().contains("From 0.7 s on"), "{:?}", record.provenance.remarks);
}

#[test]
fn what_is_not_said_is_assumed_or_asked() {
    let data = compressed(&[(0..100).collect(), (0..90).collect()]);
    let Ok(Reading::NeedsSamplingRate(unsampled)) = reading(document("1.03", "", "compression=\"XLI\"", &data).into())
    else {
        panic!("nothing says the rate")
    };
    assert_eq!((unsampled.len(), unsampled.suggested_fs()), (100, Some(500.0)));
    let record = unsampled.at(500.0);
    assert_eq!((record.leads[1].name.as_str(), record.leads[0].samples[99]), ("Channel 2", 0.495));
    let remarks = joined(&record.provenance.remarks);
    assert!(remarks.contains("5 µV were assumed") && remarks.contains("Channel 2"), "{remarks}");
}

#[test]
fn what_is_no_recording_is_a_sentence() {
    let data = compressed(&residuals(&twelve(300)));
    let attributes = |from: &str, to: &str| OF_1_04.replace(from, to);
    for (text, part) in [
        (document("1.04", "", OF_1_04, &[]), "holds no waveform"),
        ("<restingecgdata/>".to_string(), "holds no waveform"),
        (document("1.04", "", &attributes("XLI", "ZIP"), &data), "compressed by ZIP"),
        (document("1.04", "", &attributes("Base64", "Plain"), &data), "another way than base64"),
        (document("1.04", "", &attributes("\"16\"", "\"24\""), &data), "16 bits"),
        (document("1.04", "", OF_1_04, &data[..data.len() - 9]), "cut off"),
        (document("1.04", "", OF_1_04, &xli::tests::encode(&vec![0; 600_000])), "more than 1048576 bytes"),
        (document("1.04", "", OF_1_04, &data.repeat(3)), "more than 32 leads"),
    ] {
        let problem = reading(text.into()).unwrap_err();
        assert!(problem.fault.to_string().contains(part) && problem.file == "x.xml", "{problem}");
    }
}

#[test]
fn cut_anywhere_it_is_a_sentence_and_no_panic() {
    let text = document("1.04", "", OF_1_04, &compressed(&[vec![1; 50], vec![2; 50]]));
    for end in 0..text.len() {
        assert!(reading(text[..end].into()).unwrap_err().fault.to_string().ends_with('.'), "{end}");
    }
    let data = compressed(&residuals(&twelve(40)));
    for end in 0..data.len() {
        // Cut between two leads, what is there is read.
        if let Err(problem) = reading(document("1.04", "", OF_1_04, &data[..end]).into()) {
            assert!(problem.fault.to_string().ends_with('.'), "{problem}");
        }
    }
}
