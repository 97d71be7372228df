use super::*;

#[test]
fn every_field_of_a_full_header_is_read() {
    let text = "# made for this test\n\
                rec_1 2 360/1000(-12.5) 650000 9:05:07.25 3/12/1999\n\
                \n\
                rec_1.dat 212x4:3+24 1.25e3(-20)/uV 11 1024 995 -22131 512 chest lead  V5\n\
                rec_2.dat 16 0 12\n\
                # 69 M\n";
    let header = Header::parse(text).unwrap();
    assert_eq!((header.record_name.as_str(), header.n_signals, header.fs), ("rec_1", 2, 360.0));
    assert_eq!((header.counter_frequency, header.base_counter), (Some(1000.0), Some(-12.5)));
    assert_eq!(header.n_frames, Some(650_000));
    assert_eq!(header.start().as_deref(), Some("1999-12-03T09:05:07.25"));
    assert_eq!(header.comments, ["made for this test", "69 M"]);
    let full = Signal {
        file_name: "rec_1.dat".into(),
        format: 212,
        samples_per_frame: 4,
        skew: 3,
        byte_offset: 24,
        gain: Some(1250.0),
        baseline: -20.0,
        units: "uV".into(),
        adc_resolution: 11,
        adc_zero: 1024,
        initial_value: 995,
        checksum: Some(-22131),
        block_size: 512,
        description: "chest lead  V5".into(),
    };
    assert_eq!(header.signals[0], full);
    let bare = &header.signals[1];
    assert_eq!((bare.gain, bare.units.as_str(), bare.checksum, bare.description.as_str()), (None, "mV", None, ""));
}

#[test]
fn what_is_left_out_has_the_defaults_of_the_specification() {
    let header = Header::parse("r 1\nr.dat 16 100 16 7\n").unwrap();
    assert_eq!((header.fs, header.n_frames, header.start()), (250.0, None, None));
    let signal = &header.signals[0];
    assert_eq!((signal.baseline, signal.initial_value), (7.0, 7), "baseline and first value are the ADC zero");
    assert_eq!(Header::parse("r 1 250 0\nr.dat 16\n").unwrap().n_frames, None, "0 stands for unknown");
}

#[test]
fn segments_are_listed() {
    let header = Header::parse("m/3 2 125 1000\nm_layout 0\n~ 400\nm_1 600\n").unwrap();
    let segments = header.segments.unwrap();
    assert_eq!(segments.len(), 3);
    assert_eq!((segments[1].record_name.as_str(), segments[2].n_frames), ("~", 600));
}

#[test]
fn what_is_no_header_is_a_sentence() {
    for (text, part) in [
        ("", "first line"),
        ("hello world, this is text", "first line"),
        ("r 1 -5 100\n", "first line"),
        ("r 1 inf 100\n", "first line"),
        ("r 0 250 100\n", "no signals"),
        ("r 3 250\nr.dat 16\n", "promises 3 signals and describes 1"),
        ("r 1 250\nr.dat sixteen\n", "signal 1"),
        ("r 1 250\nr.dat 16x0\n", "signal 1"),
        ("r 1 250\nr.dat 16 inf/mV\n", "signal 1"),
        ("r 1 250\nr.dat 16 200(1\n", "signal 1"),
        ("r 18446744073709551615 250\n", "describes 0"),
    ] {
        let reason = Header::parse(text).unwrap_err().to_string();
        assert!(reason.contains(part), "{text:?}: {reason}");
    }
}
