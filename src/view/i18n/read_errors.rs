//! Why a file could not be read.

use crate::record::{Fault, ReadError};

/// Why a file could not be read.
pub trait ReadErrors {
    /// What is wrong with a file, and what to do about it: a whole sentence, after the file's name.
    fn fault(&self, fault: &Fault) -> String;

    /// A sentence about a file, after its name.
    fn of_file(&self, file: &str, sentence: &str) -> String;

    /// The same of what its reader says.
    fn read_error(&self, error: &ReadError) -> String {
        self.of_file(&error.file, &self.fault(&error.fault))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::record::fault::{
        AecgFault, AliveCorFault, ArchiveFault, ColumnsFault, DicomFault, EdfFault, FileKind, IoCause, IshneFault,
        JsonFault, MatlabFault, NamedSignal, ScpFault, SierraFault, SignalFileFault, SignalList, WaveformPart,
        WfdbFault, WfdbPart, WorkerCause, XmlFault,
    };
    use crate::record::{Fault, ReadError};
    use crate::view::i18n::Language;
    use crate::view::i18n::tests::has_english;

    /// One of each variant of an enum. A variant that is not listed does not compile.
    macro_rules! one_of_each {
        ($type:ident: $($variant:ident $({ $($field:ident: $value:expr),* $(,)? })? $(($inner:expr))?,)*) => {{
            let known = |it: &$type| match it { $($type::$variant { .. } => ()),* };
            let all = vec![$($type::$variant $({ $($field: $value),* })? $(($inner))?),*];
            all.iter().for_each(known);
            all
        }};
    }
    pub(in crate::view::i18n) use one_of_each;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn signals() -> SignalList {
        let unit = |unit: &str| Some(unit.to_owned());
        let named =
            vec![NamedSignal { name: text("ABP"), unit: unit("mmHg") }, NamedSignal { name: text("RESP"), unit: None }];
        SignalList { named, more: 38 }
    }

    fn signal_file_faults() -> Vec<SignalFileFault> {
        one_of_each!(SignalFileFault:
            MixedFormats,
            UnknownFormat { format: 77 },
            UnevenFlac,
            NoFlac,
            OtherChannels { channels: 2, bits: 24, promised: 3, promised_bits: 16 },
            DamagedFlac,
            FlacChannels,
        )
    }

    fn io_causes() -> Vec<IoCause> {
        one_of_each!(IoCause: Refused, EndedEarly, OutOfMemory, System(text("EIO")),)
    }

    fn worker_causes() -> Vec<WorkerCause> {
        one_of_each!(WorkerCause: OtherVersion, NotLoaded, Broke, Refused, Browser(text("unreachable")),)
    }

    fn wfdb_faults() -> Vec<WfdbFault> {
        let mut faults = one_of_each!(WfdbFault:
            NoRecordLine,
            UnclearHeader,
            UnclearSignalLine { signal: 3, line: text("r.dat 16x0") },
            NoSignals,
            NothingStored,
            FewerSignals { promised: 12, there: 11 },
            FewerSegments { promised: 12, there: 11 },
            WithoutHeader { part: WfdbPart::Signals, header: text("r.hea") },
            SignalFileMissing { header: text("r.hea"), missing: text("r.dat") },
            SignalFile { name: text("r.dat"), fault: SignalFileFault::NoFlac },
            NoEcg { signals: signals() },
            CutOff { header: text("r.hea"), promised: 9000, file: text("r.dat"), there: 350 },
            TooLong,
            SegmentMissing { file: text("r_1.hea") },
            NestedSegments { file: text("r_1.hea") },
            SegmentRate { segment: text("r_1"), fs: 250.0, of_record: 125.0 },
            EmptySegments,
            MostlyGaps { frames: 77_777 },
        );
        faults.push(WfdbFault::WithoutHeader { part: WfdbPart::Annotations, header: text("r.hea") });
        let of_file = |fault| WfdbFault::SignalFile { name: text("r.dat"), fault };
        faults.extend(signal_file_faults().into_iter().map(of_file));
        faults
    }

    fn dicom_faults() -> Vec<DicomFault> {
        let mut faults = one_of_each!(DicomFault:
            BigEndian,
            NoWaveform,
            Missing { part: WaveformPart::SamplingFrequency },
            NotSamples,
            OnlyAverage,
            NoEcg,
        );
        faults.extend(WaveformPart::ALL.map(|part| DicomFault::Missing { part }));
        faults
    }

    /// One of each fault that there is, those of the formats among them.
    fn all_faults() -> Vec<Fault> {
        let of = FileKind::Edf;
        let archive = || text("x.zip");
        let mut faults = one_of_each!(Fault:
            Empty,
            TooLarge { megabytes: 600, limit: 512 },
            NotHere,
            Gone,
            BecameShorter,
            Unreadable { cause: IoCause::Refused },
            UnknownFormat { known: vec![text("WFDB"), text("MATLAB")] },
            NotOne { kind: of },
            Damaged { kind: of },
            NoSamples,
            NotLong,
            NoSuchStretch,
            NoWaveform { kind: of },
            FarApart { kind: of },
            NoRateOrAmplitude { kind: of },
            TooManyLeads { leads: 65 },
            Not16Bits,
            ReaderDied,
            ReaderDoesNotStart { cause: WorkerCause::Broke },
            Archive(ArchiveFault::DamagedZip),
            Xml(XmlFault::CutOff),
            Json(JsonFault::CutOff),
            Columns(ColumnsFault::NoLead),
            Wfdb(WfdbFault::TooLong),
            Matlab(MatlabFault::Hdf5),
            Edf(EdfFault::NoRecord),
            Ishne(IshneFault::NoSamples),
            Scp(ScpFault::NoRhythm),
            Dicom(DicomFault::NoEcg),
            AliveCor(AliveCorFault::NoEcg),
            Sierra(SierraFault::Damaged),
            Aecg(AecgFault::NoLead),
        );
        faults.extend(io_causes().into_iter().map(|cause| Fault::Unreadable { cause }));
        faults.extend(worker_causes().into_iter().map(|cause| Fault::ReaderDoesNotStart { cause }));
        for kind in FileKind::ALL {
            faults.extend([Fault::NotOne { kind }, Fault::Damaged { kind }, Fault::NoWaveform { kind }]);
            faults.extend([Fault::FarApart { kind }, Fault::NoRateOrAmplitude { kind }]);
        }
        let archives = one_of_each!(ArchiveFault:
            DamagedGzip,
            DamagedZip,
            OfficeDocument,
            DamagedInside { archive: archive() },
            Locked { archive: archive() },
            OtherMethod { archive: archive() },
            WouldGrow { archive: archive(), packed: 1000, size: 999_999 },
        );
        faults.extend(archives.into_iter().map(Fault::from));
        let xml = one_of_each!(XmlFault:
            Damaged { line: 7 },
            CutOff,
            TooDeep { most: 100 },
            NotBase64,
            OtherDocument { root: text("html") },
        );
        faults.extend(xml.into_iter().map(Fault::from));
        let json = one_of_each!(JsonFault: CutOff, Damaged { line: 7, column: 77 }, NoSamples,);
        faults.extend(json.into_iter().map(Fault::from));
        let columns = one_of_each!(ColumnsFault:
            OtherText,
            NoColumns,
            NoLead,
            StrangeRow { row: 77 },
            NeitherIsLeads { columns: 777, rows: 64 },
            UnevenRows,
        );
        faults.extend(columns.into_iter().map(Fault::from));
        let matlab = one_of_each!(MatlabFault:
            Hdf5,
            NoMatrix,
            CutOff { name: text("val"), rows: 12, columns: 5000, there: 777 },
            NotLeads { name: text("val"), rows: 77, columns: 777 },
            WouldGrow,
        );
        faults.extend(matlab.into_iter().map(Fault::from));
        let edf = one_of_each!(EdfFault:
            UnclearHeader,
            HeaderCutOff { signals: 77 },
            NoDuration,
            NoRecord,
            MostlyGaps,
            NoSignals,
            NoEcg { signals: signals() },
        );
        faults.extend(edf.into_iter().map(Fault::from));
        let ishne = one_of_each!(IshneFault: Annotations, HeaderCutOff, LeadCount { leads: -7 }, NoSamples,);
        faults.extend(ishne.into_iter().map(Fault::from));
        let scp = one_of_each!(ScpFault:
            NoLeadDefinition,
            NoRhythm,
            NoReferenceBeat,
            Intervals { reference: 2000, rhythm: 777 },
        );
        faults.extend(scp.into_iter().map(Fault::from));
        let alive_cor = one_of_each!(AliveCorFault: NoFormatBlock, ShortFormatBlock, OtherCoding, NoEcg,);
        faults.extend(alive_cor.into_iter().map(Fault::from));
        let sierra = one_of_each!(SierraFault:
            OtherEncoding,
            OtherCompression { method: text("ZIP") },
            MoreLeads { most: 32 },
            Damaged,
            LeadCutOff { lead: 7, size: 7777, there: 777 },
            LeadTooLong { limit: 1_048_576 },
        );
        faults.extend(sierra.into_iter().map(Fault::from));
        let aecg = one_of_each!(AecgFault: NoLead, Pieces, Snippet { samples: 13 },);
        faults.extend(aecg.into_iter().map(Fault::from));
        faults.extend(wfdb_faults().into_iter().map(Fault::from));
        faults.extend(dicom_faults().into_iter().map(Fault::from));
        faults
    }

    /// Runs of digits, whatever separates them: "9000" and "350".
    pub(in crate::view::i18n) fn numbers(sentence: &str) -> Vec<&str> {
        let mut numbers: Vec<&str> =
            sentence.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
        numbers.sort_unstable();
        numbers
    }

    #[test]
    fn every_fault_is_a_sentence_in_every_language() {
        let faults = all_faults();
        assert!(faults.len() > 150, "{}", faults.len());
        for fault in faults {
            let english = fault.to_string();
            assert!(english.ends_with('.') && english.len() > 20, "{english}");
            assert_eq!(Language::English.words().read_errors().fault(&fault), english);
            let chinese = Language::Chinese.words().read_errors().fault(&fault);
            let n_chinese = chinese.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
            assert!(chinese.ends_with('。') && n_chinese >= 5 && !has_english(&chinese), "{chinese}");
            // No fact is lost on the way.
            assert_eq!(numbers(&chinese), numbers(&english), "{english} {chinese}");
        }
    }

    #[test]
    fn different_faults_are_different_sentences() {
        for language in Language::ALL {
            let mut said: Vec<(String, Fault)> = Vec::new();
            for fault in all_faults() {
                let sentence = language.words().read_errors().fault(&fault);
                let known = said.iter().find(|(its, _)| *its == sentence).map(|(_, its)| its);
                assert!(known.is_none_or(|known| *known == fault), "{known:?} and {fault:?}: {sentence}");
                said.push((sentence, fault));
            }
        }
    }

    #[test]
    fn faults_cross_the_reader_as_they_are() {
        for fault in all_faults() {
            let error = ReadError::new("r.dat", fault);
            let text = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<ReadError>(&text).unwrap(), error);
        }
    }

    #[test]
    fn a_file_is_named_before_what_is_wrong_with_it() {
        let error = ReadError::new("a/r.hea", WfdbFault::NoSignals);
        let [english, chinese] = Language::ALL.map(|language| language.words().read_errors().read_error(&error));
        assert_eq!(english, error.to_string());
        assert!(english.starts_with("a/r.hea: ") && chinese.starts_with("a/r.hea："), "{chinese}");
    }
}
