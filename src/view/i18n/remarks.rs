//! What to know of how a recording was read.

use crate::record::Remark;

/// What to know of how a recording was read.
pub trait Remarks {
    /// What was assumed, left out, or does not match: a whole sentence.
    fn remark(&self, remark: &Remark) -> String;

    fn all_remarks(&self, remarks: &[Remark]) -> Vec<String> {
        remarks.iter().map(|remark| self.remark(remark)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::record::Remark;
    use crate::record::fault::{NamedSignal, SignalList};
    use crate::record::remark::{Filters, LeadRate, VoltageUnit};
    use crate::view::i18n::Language;
    use crate::view::i18n::read_errors::tests::{numbers, one_of_each};
    use crate::view::i18n::tests::has_english;

    fn all_remarks() -> Vec<Remark> {
        let text = |text: &str| text.to_owned();
        let signals = || SignalList {
            named: vec![
                NamedSignal { name: text("ABP"), unit: Some(text("mmHg")) },
                NamedSignal { name: text("RESP"), unit: None },
            ],
            more: 38,
        };
        let leads = || vec![text("V1"), text("aVL")];
        let lead = || text("V1");
        let all_filters = Filters { mains: Some(60), baseline: true, enhanced: true };
        let mut remarks = one_of_each!(Remark:
            AssumedUnit { unit: VoltageUnit::Microvolts },
            AssumedResolution { microvolts: 5.0 },
            AssumedScale { gain: 1000.0 },
            AssumedGain { lead: lead(), gain: 200.0 },
            SensorScale,
            NotEcg { signals: signals() },
            Sparse { signals: signals() },
            NotEcgOrSparse { signals: signals() },
            OtherColumns { names: vec![text("HR"), text("nSeq")] },
            NoneLabelled,
            NoneCalledEcg,
            OtherRates { fs: 500.0 },
            OtherRateSequences,
            FirstLeads { leads: 77, shown: 64 },
            SeveralRecordings { count: 7 },
            SeveralSeries { count: 7 },
            OnlyMedian,
            OnlyDerived { kind: text("beat") },
            AnnotationsNotRead,
            DrawnOut { fs: 500.0, leads: vec![LeadRate { lead: lead(), fs: 250.0 }] },
            ShorterLeads { leads: leads() },
            EarlyLeads { leads: leads() },
            EmptyLead { lead: lead() },
            CalculatedLeads { leads: leads() },
            ElectrodeOff { lead: lead() },
            RowsAreLeads,
            Filtered { filters: all_filters },
            CalibrationPulse { seconds: 10.74 },
            Interrupted { times: 7 },
            DoubtfulTimes { records: 7 },
            EmptySegments { empty: 7, all: 77 },
            OneAfterAnother,
            RecordedTwice,
            UnevenTime,
            OtherRateByTime { stated: 500.0, measured: 511.555 },
            FirstColumnIsTime,
            FirstRowIsTime,
            TimeGaps { samples: 777 },
            PausesNotShown,
            LongReadWhole,
            EndsEarly,
            DamagedEnd,
            DamagedAnnotations { file: text("r.atr") },
            RecordChecksum,
            HeaderChecksum,
            LeadChecksum { lead: lead() },
            BlockChecksum { block: text("ecg2") },
            FewerSamples { stated: 777, there: 77 },
            LeadSamples { lead: lead(), stated: 777, there: 77 },
            OtherSampleCount { promised: 777, there: 77 },
            OtherRecordCount { promised: 777, there: 77 },
            OpenRecordCount { there: 77 },
            Synthetic,
        );
        remarks.extend(VoltageUnit::ALL.map(|unit| Remark::AssumedUnit { unit }));
        remarks.push(Remark::Filtered { filters: Filters { mains: Some(50), ..Filters::default() } });
        remarks
    }

    #[test]
    fn every_remark_is_a_sentence_in_every_language() {
        for remark in all_remarks() {
            let english = remark.to_string();
            assert!(english.ends_with('.') && english.len() > 20, "{english}");
            assert_eq!(Language::English.words().remarks().remark(&remark), english);
            let chinese = Language::Chinese.words().remarks().remark(&remark);
            let n_chinese = chinese.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
            assert!(chinese.ends_with('。') && n_chinese >= 5 && !has_english(&chinese), "{chinese}");
            assert_eq!(numbers(&chinese), numbers(&english), "{english} {chinese}");
        }
    }

    #[test]
    fn different_remarks_are_different_sentences() {
        for language in Language::ALL {
            let mut said: Vec<(String, Remark)> = Vec::new();
            for remark in all_remarks() {
                let sentence = language.words().remarks().remark(&remark);
                let known = said.iter().find(|(its, _)| *its == sentence).map(|(_, its)| its);
                assert!(known.is_none_or(|known| *known == remark), "{known:?} and {remark:?}: {sentence}");
                said.push((sentence, remark));
            }
        }
    }

    /// One interruption has a sentence of its own in English.
    #[test]
    fn one_interruption_is_no_plural() {
        let [english, chinese] =
            Language::ALL.map(|language| language.words().remarks().remark(&Remark::Interrupted { times: 1 }));
        assert_eq!(english, "The recording was interrupted once; the trace has a gap there.");
        assert!(chinese.contains("1 次"), "{chinese}");
    }

    #[test]
    fn remarks_cross_the_reader_as_they_are() {
        for remark in all_remarks() {
            let text = serde_json::to_string(&remark).unwrap();
            assert_eq!(serde_json::from_str::<Remark>(&text).unwrap(), remark);
        }
    }
}
