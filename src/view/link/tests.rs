use super::*;
use crate::synthetic;

fn link(shared: Shared) -> Link {
    Link { shared, part: Part::First, question: Question::default(), normalised: true, seconds: false }
}

fn read(fragment: &str) -> Link {
    Link::from_fragment(fragment).expect("a link").expect("a whole one")
}

#[test]
fn a_demonstration_is_a_short_link() {
    let plain = link(Shared::Demo("af".to_owned()));
    assert_eq!(plain.to_fragment(), "demo=af");
    assert_eq!(read("#demo=af"), plain);
    let asked = Link {
        part: Part::Span(Span { start: 1.25, end: 4.000_001 }),
        question: Question { class: Some(Class::Noisy), layer: Layer::Stage2, score: Score::Softmax },
        normalised: false,
        seconds: true,
        ..plain
    };
    let text = asked.to_fragment();
    assert_eq!(text, "demo=af&from=1.25&to=4.000001&class=noisy&layer=stage2&score=softmax&scale=raw&axis=seconds");
    assert_eq!(read(&text), asked);
}

#[test]
fn a_recording_comes_back_as_it_was_looked_at() {
    let mut record = synthetic::demos()[1].record();
    record.name = "Jane Doe".to_owned();
    record.leads[0].name = "II".to_owned();
    let shared = Shared::lead(&record, 0).unwrap();
    let text = Link { part: Part::Whole, ..link(shared) }.to_fragment();
    assert!(!text.contains("Jane") && text.contains("&lead=II&view=whole"));
    let back = read(&text);
    assert_eq!(back.part, Part::Whole);
    let opened = back.shared.record("Shared", "link").unwrap().unwrap();
    assert_eq!((opened.fs, opened.len(), opened.leads[0].name.as_str()), (record.fs, record.len(), "II"));
    for (sample, was) in opened.leads[0].samples.iter().zip(&record.leads[0].samples) {
        assert!((sample - was).abs() <= 0.000_501, "{sample} was {was}");
    }
}

/// A link's length for half a minute of somebody's own: what the page says of it must be near that.
#[test]
fn half_a_minute_fits_a_message() {
    let record = synthetic::demos()[1].record();
    let text = link(Shared::lead(&record, 0).unwrap()).to_fragment();
    assert!(text.len() < 12_000, "{} characters", text.len());
}

#[test]
fn digital_samples_come_back_exactly() {
    // 200 ADC units in a millivolt, and missing samples.
    let digital = |index: usize| ((index as f32 / 9.0).sin() * 180.0).round() / 200.0;
    let mut samples: Vec<f32> = (0..3000).map(digital).collect();
    samples[0] = f32::NAN;
    samples[700..900].fill(f32::NAN);
    samples[2999] = f32::NAN;
    let bytes = pack(&samples, 250.0).unwrap();
    let (back, fs) = unpack(&bytes).unwrap();
    assert_eq!((fs, back.len()), (250.0, 3000));
    for (index, (sample, was)) in back.iter().zip(&samples).enumerate() {
        assert!(sample.is_nan() == was.is_nan() && (was.is_nan() || (sample - was).abs() < 1e-6), "{index}: {sample}");
    }
    let one_unit: Vec<f32> = samples.iter().map(|sample| sample / 5.0).collect();
    assert_eq!(pack(&one_unit, 250.0).unwrap().len(), bytes.len(), "five microvolts take no more room than one");
}

#[test]
fn small_amplitudes_keep_their_shape() {
    let samples: Vec<f32> = (0..3000).map(|index| (index as f32 / 9.0).sin() * 1e-4).collect();
    let (back, _) = unpack(&pack(&samples, 250.0).unwrap()).unwrap();
    let worst = back.iter().zip(&samples).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 1e-6, "{worst}");
}

#[test]
fn says_why_it_cannot_be_packed() {
    assert_eq!(pack(&[], 300.0), Err(PackError::Empty));
    assert_eq!(pack(&[f32::NAN; 9], 300.0), Err(PackError::Empty));
    assert!(pack(&[0.5; 18_001], 300.0).is_ok(), "from 0 to 60 s");
    assert_eq!(pack(&vec![0.5; 30_001], 300.0), Err(PackError::TooLong(100.0)));
    assert_eq!(pack(&[f32::INFINITY, 1.0], 300.0), Err(PackError::TooLarge));
}

/// Whatever an address says, a sentence can be said of it.
#[test]
fn refuses_what_is_not_whole() {
    let record = synthetic::demos()[2].record();
    let bytes = pack(&record.leads[0].samples, record.fs).unwrap();
    for len in 0..bytes.len() {
        assert_eq!(unpack(&bytes[..len]).unwrap_err(), LinkError::Damaged, "{len} of {} bytes", bytes.len());
    }
    for place in (1..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x10;
        assert_eq!(unpack(&changed).unwrap_err(), LinkError::Damaged, "byte {place}");
    }
    assert_eq!(unpack(&[2, 0, 0]), Err(LinkError::TooNew));
    assert_eq!(Link::from_fragment("#ecg=A+"), Some(Err(LinkError::Damaged)));
    for other in ["", "#", "#top", "#demo", "#view=whole", "#demo=af&ecg=AAAA"] {
        assert_eq!(Link::from_fragment(other), None, "{other}");
    }
}

/// A checksum can be forged; sizes that it vouches for must not be believed.
#[test]
fn believes_no_size() {
    let forged = |rest: &[u8]| {
        let sum = rest.iter().fold(0x811c_9dc5u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        [&[1], &sum.to_le_bytes()[..], rest].concat()
    };
    let head = |fs: f64| [&fs.to_le_bytes()[..], &0.001f32.to_le_bytes()].concat();
    for tail in
        [&[0xff, 0xff, 0xff, 0x7f, 0][..], &[4, 1, 2, 3], &[4, 0xff, 0xff, 0xff, 0x7f], &[0x80, 0x80, 0x80, 0x80]]
    {
        for fs in [f64::MAX, 300.0, f64::NAN, -1.0, 1e-300] {
            assert_eq!(unpack(&forged(&[&head(fs)[..], tail].concat())).unwrap_err(), LinkError::Damaged);
        }
    }
}

#[test]
fn keeps_a_view_within_the_recording() {
    let (first, whole) = (Span::first(9000, 300.0), Span::whole(9000, 300.0));
    for span in [first, whole, Span { start: 3.0, end: 4.0 }] {
        assert_eq!(Part::of(span, first, whole).span(first, whole), span);
    }
    let far = Part::Span(Span { start: 500.0, end: 900.0 }).span(first, whole);
    assert_eq!(far, whole);
    let thin = Part::Span(Span { start: 2.0, end: 2.000_001 }).span(first, whole);
    assert!(thin.length() >= 0.009);
    let before = Part::Span(Span { start: -9.0, end: -4.0 }).span(first, whole);
    assert_eq!((before.start, before.length()), (0.0, 5.0));
}
