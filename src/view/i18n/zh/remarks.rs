//! What to know of how a recording was read.

use super::Chinese;
use super::read_errors::list;
use crate::record::Remark;
use crate::record::remark::{Filters, LeadRate, VoltageUnit};
use crate::view::i18n::Remarks;

impl Remarks for Chinese {
    fn remark(&self, remark: &Remark) -> String {
        match remark {
            Remark::AssumedUnit { unit } => {
                let unit = match unit {
                    VoltageUnit::Volts => "伏特",
                    VoltageUnit::Millivolts => "毫伏",
                    VoltageUnit::Microvolts => "微伏",
                };
                format!("文件未注明幅值单位；已根据幅值大小假定为{unit}。")
            }
            Remark::AssumedResolution { microvolts } => {
                format!("文件未注明分辨率；已假定为 {microvolts} µV。")
            }
            Remark::AssumedScale { gain } => format!("文件未注明比例；已假定每毫伏 {gain} 个 ADC 单位。"),
            Remark::AssumedGain { lead, gain } => {
                format!("{lead} 未经定标；已按 WFDB 的默认值假定每毫伏 {gain} 个 ADC 单位。")
            }
            Remark::SensorScale => "数字值已按传感器的数据手册换算：全量程为 ±1.5 mV。".to_owned(),
            Remark::NotEcg { signals } => format!("已略去非心电信号：{}。", list(signals)),
            Remark::Sparse { signals } => format!("已略去采样点远少于其他信号的信号：{}。", list(signals)),
            Remark::NotEcgOrSparse { signals } => {
                format!("已略去非心电信号或采样点过少的信号：{}。", list(signals))
            }
            Remark::OtherColumns { names } => format!("已略去非心电数据列：{}。", names.join("、")),
            Remark::NoneLabelled => "其信号均未标为心电信号；已显示所有以伏特为单位的信号。".to_owned(),
            Remark::NoneCalledEcg => "没有字段标为心电；已将最长的数字列表视为心电信号。".to_owned(),
            Remark::OtherRates { fs } => format!("已略去采样率不是 {fs} Hz 的波形。"),
            Remark::OtherRateSequences => "采样率与最长序列不同的序列未显示。".to_owned(),
            Remark::FirstLeads { leads, shown } => format!("共有 {leads} 个导联，只显示前 {shown} 个。"),
            Remark::SeveralRecordings { count } => format!("文件含有 {count} 条记录；显示其中最长的一条。"),
            Remark::SeveralSeries { count } => format!("文件含有 {count} 个序列；显示其中最长的节律。"),
            Remark::OnlyMedian => "文件不含节律，只有由其平均得出的心搏（中位心搏）；显示的即为该心搏。".to_owned(),
            Remark::OnlyDerived { kind } => {
                format!("文件不含节律，只有由其计算得出的结果（{kind}）；显示的即为该结果。")
            }
            Remark::AnnotationsNotRead => "此记录时间很长，未读取其标注。".to_owned(),
            Remark::DrawnOut { fs, leads } => {
                let rate = |LeadRate { lead, fs }: &LeadRate| format!("{lead}（{fs} Hz）");
                let leads = leads.iter().map(rate).collect::<Vec<_>>().join("、");
                format!("采样率较低的导联已用直线插值到 {fs} Hz：{leads}。")
            }
            Remark::ShorterLeads { leads } => {
                format!("以下导联短于其他导联，其余部分显示为缺失：{}。", leads.join("、"))
            }
            Remark::EarlyLeads { leads } => {
                format!("以下导联提前结束，其余部分显示为缺失：{}。", leads.join("、"))
            }
            Remark::EmptyLead { lead } => format!("导联 {lead} 为空，已略去。"),
            Remark::CalculatedLeads { leads } => {
                format!("以下导联文件中没有，由 I 和 II 计算得出：{}。", leads.join("、"))
            }
            Remark::ElectrodeOff { lead } => format!("设备注明 {lead} 的电极脱落。"),
            Remark::RowsAreLeads => "各行数量少而长，已将每一行视为一个导联。".to_owned(),
            Remark::Filtered { filters } => format!("记录设备已滤波：{}。", filtered(*filters)),
            Remark::CalibrationPulse { seconds } => {
                format!("自 {seconds:.1} s 起，所有导联均为设备的 1 mV 定标脉冲，而非心电信号。")
            }
            Remark::Interrupted { times } => format!("记录中断了 {times} 次；波形在中断处留空。"),
            Remark::DoubtfulTimes { records } => {
                format!("有 {records} 个数据记录的时间缺失或顺序有误；已将它们接在前一个之后。")
            }
            Remark::EmptySegments { empty, all } => {
                format!("{all} 个片段中有 {empty} 个没有采样点；它们显示为空缺。")
            }
            Remark::OneAfterAnother => "各采样序列依次相接显示，不含其间的时间。".to_owned(),
            Remark::RecordedTwice => "部分采样点被记录了两次；显示先出现的。".to_owned(),
            Remark::UnevenTime => "时间列不均匀；已假定为等间隔，间隔取平均值。".to_owned(),
            Remark::OtherRateByTime { stated, measured } => {
                format!("文件注明 {stated} Hz，而时间列为 {measured:.2} Hz；已采用时间列。")
            }
            Remark::FirstColumnIsTime => "第一列稳定递增，已视为时间。".to_owned(),
            Remark::FirstRowIsTime => "第一行稳定递增，已视为时间。".to_owned(),
            Remark::TimeGaps { samples } => format!("时间列跳过了 {samples} 个采样点，显示为缺失。"),
            Remark::PausesNotShown => "时间列跳过的部分比文件所含内容还多；停顿未予显示。".to_owned(),
            Remark::LongReadWhole => {
                "此记录超过一小时，已整体读取；全天时间轴适用于单片段且按位打包存储的 WFDB 记录、无间断的 EDF 和 BDF，\
                 以及 ISHNE 文件。"
                    .to_owned()
            }
            Remark::EndsEarly => "文件在记录结束之前就结束了；缺失的部分已略去。".to_owned(),
            Remark::DamagedEnd => "文件末尾缺失或损坏；该部分内容已略去。".to_owned(),
            Remark::DamagedAnnotations { file } => {
                format!("标注文件 {file} 不完整或为其他格式；已尽可能读取。")
            }
            Remark::RecordChecksum => "记录的校验和不符；其数据可能已损坏。".to_owned(),
            Remark::HeaderChecksum => "文件头的校验和不符；导联名称和比例可能已损坏。".to_owned(),
            Remark::LeadChecksum { lead } => format!("{lead} 的校验和不符；其采样点可能已损坏。"),
            Remark::BlockChecksum { block } => format!("数据块“{block}”的校验和不符；其数据可能已损坏。"),
            Remark::FewerSamples { stated, there } => {
                format!("各导联应有 {stated} 个采样点，但其中一个只有 {there} 个。")
            }
            Remark::LeadSamples { lead, stated, there } => {
                format!("{lead} 应有 {stated} 个采样点，实有 {there} 个。")
            }
            Remark::OtherSampleCount { promised, there } => {
                format!("文件头声明每个导联有 {promised} 个采样点，但文件含有 {there} 个，已全部读取。")
            }
            Remark::OtherRecordCount { promised, there } => {
                format!("文件头声明有 {promised} 个数据记录，但文件含有 {there} 个，已全部读取。")
            }
            Remark::OpenRecordCount { there } => {
                format!("文件头未注明数据记录的数目，似乎记录没有正常结束；已读取现有的 {there} 个。")
            }
            Remark::Synthetic => "由心电数学模型生成，并非来自真人。".to_owned(),
        }
    }
}

/// "60 Hz 工频、基线漂移"
fn filtered(filters: Filters) -> String {
    let names = [
        filters.mains.map(|hertz| format!("{hertz} Hz 工频")),
        filters.baseline.then(|| "基线漂移".to_owned()),
        filters.enhanced.then(|| "AliveCor 增强滤波".to_owned()),
    ];
    names.into_iter().flatten().collect::<Vec<_>>().join("、")
}
