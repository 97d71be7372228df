//! Why a file could not be read.

use super::Chinese;
use crate::record::Fault;
use crate::record::fault::{
    AecgFault, AliveCorFault, ArchiveFault, ColumnsFault, DicomFault, EdfFault, FileKind, IoCause, IshneFault,
    JsonFault, MatlabFault, NamedSignal, ScpFault, SierraFault, SignalFileFault, SignalList, WaveformPart, WfdbFault,
    WfdbPart, WorkerCause, XmlFault,
};
use crate::view::i18n::ReadErrors;

impl ReadErrors for Chinese {
    fn fault(&self, fault: &Fault) -> String {
        match fault {
            Fault::Empty => "此文件为空，可能没有完整复制。".to_owned(),
            Fault::TooLarge { megabytes, limit } => {
                format!("此文件有 {megabytes} MB，最多可打开 {limit} MB。请裁剪文件，或只打开其中一部分。")
            }
            Fault::NotHere => "缺少此文件，请将它一并拖入。".to_owned(),
            Fault::Gone => "此文件已不存在，请重新拖入。".to_owned(),
            Fault::BecameShorter => "此文件在打开之后变短了，请重新拖入。".to_owned(),
            Fault::Unreadable { cause } => {
                format!("无法读取此文件（{}），它可能已被移动或锁定。", io_cause(cause))
            }
            Fault::UnknownFormat { known } => {
                format!("此文件的格式不受支持。可读取的格式有：{}、CSV 或其他文本。", known.join("、"))
            }
            Fault::NotOne { kind } => {
                format!("这不是{}，或只是其中的一部分；文件可能已损坏或不完整。", kind_of(*kind))
            }
            Fault::Damaged { kind } => format!("此{}已损坏或不完整，请重新复制或导出。", kind_of(*kind)),
            Fault::NoSamples => "此记录不含任何采样点。".to_owned(),
            Fault::NotLong => "此记录时长较短，没有全天时间轴。".to_owned(),
            Fault::NoSuchStretch => "此记录中没有这一时段。".to_owned(),
            Fault::NoWaveform { kind } => format!("此{}不含波形，没有可显示的内容。", kind_of(*kind)),
            Fault::FarApart { kind } => format!("此{}的各导联在时间上相距太远，文件已损坏。", kind_of(*kind)),
            Fault::NoRateOrAmplitude { kind } => {
                format!("此{}未给出采样率或幅值，文件已损坏。", kind_of(*kind))
            }
            Fault::TooManyLeads { leads } => {
                format!("按其内容应有 {leads} 个导联，多于任何心电设备的记录数；文件已损坏。")
            }
            Fault::Not16Bits => "其采样点不是 16 位（2 字节）数，无法读取。".to_owned(),
            Fault::ReaderDied => "读取此文件所需的内存超出上限，或遇到了本页的程序错误；已跳过此文件。".to_owned(),
            Fault::ReaderDoesNotStart { cause } => {
                format!(
                    "未读取此文件，因为本页读取文件的程序无法启动（{}）；请刷新页面后重新拖入文件。",
                    worker_cause(cause)
                )
            }
            Fault::Archive(fault) => archive(fault),
            Fault::Xml(fault) => xml(fault),
            Fault::Json(fault) => json(fault),
            Fault::Columns(fault) => columns(fault),
            Fault::Wfdb(fault) => wfdb(fault),
            Fault::Matlab(fault) => matlab(fault),
            Fault::Edf(fault) => edf(fault),
            Fault::Ishne(fault) => ishne(fault),
            Fault::Scp(fault) => scp(fault),
            Fault::Dicom(fault) => dicom(fault),
            Fault::AliveCor(fault) => alive_cor(*fault),
            Fault::Sierra(fault) => sierra(fault),
            Fault::Aecg(fault) => aecg(fault),
        }
    }

    fn of_file(&self, file: &str, sentence: &str) -> String {
        format!("{file}：{sentence}")
    }
}

/// After "此" or "不是": with a space before Latin letters.
fn kind_of(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Matlab => " MATLAB 文件",
        FileKind::Edf => " EDF 或 BDF 文件",
        FileKind::ScpEcg => " SCP-ECG 记录",
        FileKind::Dicom => " DICOM 文件",
        FileKind::AliveCor => " AliveCor 记录",
        FileKind::Muse => " MUSE 文件",
        FileKind::Sierra => " Sierra 心电文件",
        FileKind::Aecg => " aECG 文件",
    }
}

fn io_cause(cause: &IoCause) -> &str {
    match cause {
        IoCause::Refused => "浏览器拒绝读取",
        IoCause::EndedEarly => "文件提前结束",
        IoCause::OutOfMemory => "内存不足",
        IoCause::System(words) => words,
    }
}

fn worker_cause(cause: &WorkerCause) -> &str {
    match cause {
        WorkerCause::OtherVersion => "它与本页面的版本不一致",
        WorkerCause::NotLoaded => "它未能加载",
        WorkerCause::Broke => "它出错了",
        WorkerCause::Refused => "浏览器拒绝启动它",
        WorkerCause::Browser(words) => words,
    }
}

/// "ABP（mmHg）、RESP，另有 38 个"
pub(super) fn list(signals: &SignalList) -> String {
    let name = |NamedSignal { name, unit }: &NamedSignal| match unit {
        Some(unit) => format!("{name}（{unit}）"),
        None => name.clone(),
    };
    let named = signals.named.iter().map(name).collect::<Vec<_>>().join("、");
    if signals.more > 0 { format!("{named}，另有 {} 个", signals.more) } else { named }
}

fn archive(fault: &ArchiveFault) -> String {
    match fault {
        ArchiveFault::DamagedGzip => "此 gzip 文件已损坏或不完整，请重新下载或生成。".to_owned(),
        ArchiveFault::DamagedZip => "此 zip 压缩包已损坏或不完整，请重新下载或生成。".to_owned(),
        ArchiveFault::OfficeDocument => "这是 Office 文档，不是心电记录；请将工作表另存为 CSV 后拖入。".to_owned(),
        ArchiveFault::DamagedInside { archive } => {
            format!("此文件在压缩包 {archive} 中已损坏，请重新下载或生成。")
        }
        ArchiveFault::Locked { archive } => {
            format!("此文件在 {archive} 中受密码保护；请解压后拖入其中的文件。")
        }
        ArchiveFault::OtherMethod { archive } => {
            format!("此文件在 {archive} 中的压缩方式不受支持（仅支持 deflate）；请解压后拖入其中的文件。")
        }
        ArchiveFault::WouldGrow { archive, packed, size } => format!(
            "此文件解压后将从 {packed} 字节增至 {size} 字节，超出心电记录应有的大小；如果它确为记录，请自行解压 {archive} \
             后拖入该文件。"
        ),
    }
}

fn xml(fault: &XmlFault) -> String {
    match fault {
        XmlFault::Damaged { line } => format!("此 XML 在第 {line} 行损坏或中断，请重新复制或导出文件。"),
        XmlFault::CutOff => "此 XML 在最后一个元素结束之前就中断了，文件不完整。".to_owned(),
        XmlFault::TooDeep { most } => format!("此 XML 的元素嵌套超过 {most} 层，心电文件不会如此。"),
        XmlFault::NotBase64 => "其采样数据不是 base64 编码，或不完整；请重新复制或导出文件。".to_owned(),
        XmlFault::OtherDocument { root } => {
            format!("此 XML（<{root}>）不是可读取的心电格式；可读取 HL7 aECG、GE MUSE 和飞利浦 Sierra 的 XML。")
        }
    }
}

fn json(fault: &JsonFault) -> String {
    match fault {
        JsonFault::CutOff => "此 JSON 提前结束，文件不完整。".to_owned(),
        JsonFault::Damaged { line, column } => format!("此 JSON 在第 {line} 行第 {column} 列损坏。"),
        JsonFault::NoSamples => "此 JSON 不是可读取的心电记录：其中没有采样点列表。".to_owned(),
    }
}

fn columns(fault: &ColumnsFault) -> String {
    match fault {
        ColumnsFault::OtherText => "此文本不是可读取的心电格式。".to_owned(),
        ColumnsFault::NoColumns => "此文本不含数字列，没有可显示的心电图。".to_owned(),
        ColumnsFault::NoLead => "其数字列中没有以毫伏或其他电压单位表示的心电信号。".to_owned(),
        ColumnsFault::StrangeRow { row } => format!("第 {row} 行数字与之前各行不符，文件可能已损坏。"),
        ColumnsFault::NeitherIsLeads { columns, rows } => {
            format!("数字表有 {columns} 列，且超过 {rows} 行；行和列都不可能是导联。")
        }
        ColumnsFault::UnevenRows => "各行数字的长度不一，不可能是导联。".to_owned(),
    }
}

fn wfdb(fault: &WfdbFault) -> String {
    match fault {
        WfdbFault::NoRecordLine => "首行不是 WFDB 头文件的记录行（名称、信号数、采样率）。".to_owned(),
        WfdbFault::UnclearHeader => "无法理解此 WFDB 头文件。".to_owned(),
        WfdbFault::UnclearSignalLine { signal, line } => {
            format!("无法理解头文件中第 {signal} 个信号的描述行：“{line}”。")
        }
        WfdbFault::NoSignals => "此头文件未描述任何信号，没有可显示的内容。".to_owned(),
        WfdbFault::NothingStored => "此头文件描述的信号都没有存储在文件中。".to_owned(),
        WfdbFault::FewerSignals { promised, there } => {
            format!("头文件声明有 {promised} 个信号，却只描述了 {there} 个；它可能不完整。")
        }
        WfdbFault::FewerSegments { promised, there } => {
            format!("头文件声明有 {promised} 个片段，却只列出了 {there} 个；它可能不完整。")
        }
        WfdbFault::WithoutHeader { part, header } => {
            let part = match part {
                WfdbPart::Signals => "信号文件",
                WfdbPart::Annotations => "标注文件",
            };
            format!("这似乎是 WFDB {part}，没有头文件 {header} 就无法读取；请将两者一并拖入。")
        }
        WfdbFault::SignalFileMissing { header, missing } => {
            format!("缺少其信号文件 {missing}；请将 {header} 和 {missing} 一并拖入。")
        }
        WfdbFault::SignalFile { name, fault } => format!("{name}：{}", signal_file(fault)),
        WfdbFault::NoEcg { signals } => {
            format!("其信号中没有以毫伏或其他电压单位表示的心电信号：{}。", list(signals))
        }
        WfdbFault::CutOff { header, promised, file, there } => format!(
            "头文件 {header} 声明每个信号有 {promised} 个采样点，但 {file} 只有 {there} 个；文件不完整，或属于另一个头文件。"
        ),
        WfdbFault::TooLong => "此记录太长，无法在此读取。".to_owned(),
        WfdbFault::SegmentMissing { file } => {
            format!("它由多个片段组成，其中缺少 {file}；请将该记录的所有文件一并拖入。")
        }
        WfdbFault::NestedSegments { file } => format!("它将 {file} 列为片段，而后者自身又分为多个片段。"),
        WfdbFault::SegmentRate { segment, fs, of_record } => {
            format!("片段 {segment} 每秒有 {fs} 帧，而记录每秒有 {of_record} 帧；两者不符。")
        }
        WfdbFault::EmptySegments => "其所有片段均为空，没有可显示的内容。".to_owned(),
        WfdbFault::MostlyGaps { frames } => {
            format!("此头文件声明的 {frames} 帧几乎全是空缺或重复；请改为拖入某个片段自己的头文件及其文件。")
        }
    }
}

fn signal_file(fault: &SignalFileFault) -> String {
    match fault {
        SignalFileFault::MixedFormats => "头文件为其中的信号给出了不同的存储格式。".to_owned(),
        SignalFileFault::UnknownFormat { format } => format!("它以 WFDB 格式 {format} 存储，无法读取。"),
        SignalFileFault::UnevenFlac => "头文件为其中的信号给出了不同的每帧采样点数，FLAC 不支持这样存储。".to_owned(),
        SignalFileFault::NoFlac => "这不是 FLAC 流，或只是其中的一部分；文件可能已损坏。".to_owned(),
        SignalFileFault::OtherChannels { channels, bits, promised, promised_bits } => format!(
            "它含有 {channels} 个 {bits} 位信号，而头文件声明有 {promised} 个 {promised_bits} 位信号；它属于另一个头文件。"
        ),
        SignalFileFault::DamagedFlac => "其 FLAC 流已损坏或不完整。".to_owned(),
        SignalFileFault::FlacChannels => "其 FLAC 流的通道数中途改变，文件已损坏。".to_owned(),
    }
}

fn matlab(fault: &MatlabFault) -> String {
    match fault {
        MatlabFault::Hdf5 => {
            "此文件为 MATLAB 7.3 格式（HDF5），无法读取；请在 MATLAB 中用 save('x.mat','-v7') 重新保存后拖入。"
                .to_owned()
        }
        MatlabFault::NoMatrix => "此 MATLAB 文件不含采样点矩阵。".to_owned(),
        MatlabFault::CutOff { name, rows, columns, there } => {
            format!("矩阵 {name} 应有 {rows} × {columns} 个数，但文件在第 {there} 个数后结束；文件不完整。")
        }
        MatlabFault::NotLeads { name, rows, columns } => {
            format!("矩阵 {name} 有 {rows} 行 {columns} 列，不可能是导联和采样点。")
        }
        MatlabFault::WouldGrow => {
            "此 MATLAB 文件解压后远远超出心电记录的大小；请只将信号及其采样率保存到一个文件中。".to_owned()
        }
    }
}

fn edf(fault: &EdfFault) -> String {
    match fault {
        EdfFault::UnclearHeader => "无法理解此 EDF 文件头，文件可能已损坏。".to_owned(),
        EdfFault::HeaderCutOff { signals } => {
            format!("文件头应描述 {signals} 个信号，但文件在此之前就结束了；文件不完整。")
        }
        EdfFault::NoDuration => "其数据记录没有时长，因此无法得知采样率。".to_owned(),
        EdfFault::NoRecord => "其中没有一个完整的数据记录；文件不完整。".to_owned(),
        EdfFault::MostlyGaps => "按其时间，各数据记录相距太远，几乎全是空缺；文件可能已损坏。".to_owned(),
        EdfFault::NoSignals => "其中只有标注而没有信号，没有可显示的内容。".to_owned(),
        EdfFault::NoEcg { signals } => {
            format!("其信号均未标为心电信号，也没有以伏特为单位的：{}。", list(signals))
        }
    }
}

fn ishne(fault: &IshneFault) -> String {
    match fault {
        IshneFault::Annotations => "这是 ISHNE 标注文件，无法读取；请拖入记录本身，即其 .ecg 文件。".to_owned(),
        IshneFault::HeaderCutOff => "此 ISHNE 文件在文件头内就结束了；文件不完整。".to_owned(),
        IshneFault::LeadCount { leads } => format!("文件头声明有 {leads} 个导联，这不可能；文件已损坏。"),
        IshneFault::NoSamples => "此 ISHNE 文件在第一个采样点之前就结束了；文件不完整。".to_owned(),
    }
}

fn scp(fault: &ScpFault) -> String {
    match fault {
        ScpFault::NoLeadDefinition => "此 SCP-ECG 记录未说明有哪些导联。".to_owned(),
        ScpFault::NoRhythm => "此 SCP-ECG 记录不含节律数据（第 6 节），只有由其得出的结果。".to_owned(),
        ScpFault::NoReferenceBeat => {
            "此 SCP-ECG 记录缺少其节律数据所依赖的参考心搏或各心搏的位置，请重新导出。".to_owned()
        }
        ScpFault::Intervals { reference, rhythm } => {
            format!("此 SCP-ECG 记录的参考心搏每 {reference} µs 一个采样点，节律数据每 {rhythm} µs 一个，两者不符。")
        }
    }
}

fn dicom(fault: &DicomFault) -> String {
    match fault {
        DicomFault::BigEndian => "此 DICOM 文件采用已废弃的大端序，无法读取；请以显式 VR 小端序导出。".to_owned(),
        DicomFault::NoWaveform => "此 DICOM 文件不含波形，而是图像或报告；请拖入心电记录本身的文件。".to_owned(),
        DicomFault::Missing { part } => {
            let part = match part {
                WaveformPart::SamplingFrequency => "采样频率",
                WaveformPart::NumberOfSamples => "采样点数",
                WaveformPart::ChannelDefinitions => "通道定义",
            };
            format!("此 DICOM 文件的波形缺少{part}，文件已损坏。")
        }
        DicomFault::NotSamples => "此 DICOM 文件的采样数据是声音或其他非心电类型。".to_owned(),
        DicomFault::OnlyAverage => "此 DICOM 文件只有平均心搏，没有包含多个心搏的记录。".to_owned(),
        DicomFault::NoEcg => "此 DICOM 文件中的波形都不是心电图。".to_owned(),
    }
}

fn alive_cor(fault: AliveCorFault) -> String {
    match fault {
        AliveCorFault::NoFormatBlock => "缺少格式块；文件已损坏或不完整。",
        AliveCorFault::ShortFormatBlock => "其格式块太短，请重新复制文件。",
        AliveCorFault::OtherCoding => "其采样点未以 16 位数存储，而这是唯一已知的方式。",
        AliveCorFault::NoEcg => "此文件不含心电图；文件已损坏或不完整。",
    }
    .to_owned()
}

fn sierra(fault: &SierraFault) -> String {
    match fault {
        SierraFault::OtherEncoding => "其采样数据未以 base64 编码存储，无法读取。".to_owned(),
        SierraFault::OtherCompression { method } => format!("其采样数据以 {method} 方式压缩，无法读取。"),
        SierraFault::MoreLeads { most } => {
            format!("其采样数据包含超过 {most} 个导联，多于任何心电设备的记录数。")
        }
        SierraFault::Damaged => "其压缩的采样数据已损坏，请重新复制或导出文件。".to_owned(),
        SierraFault::LeadCutOff { lead, size, there } => {
            format!("第 {lead} 个导联应有 {size} 字节，但只有 {there} 字节；文件不完整。")
        }
        SierraFault::LeadTooLong { limit } => {
            format!("其压缩的采样数据每个导联超过 {limit} 字节，静息心电图不会如此。")
        }
    }
}

fn aecg(fault: &AecgFault) -> String {
    match fault {
        AecgFault::NoLead => "其序列中没有以毫伏或其他电压单位表示的导联。".to_owned(),
        AecgFault::Pieces => "其导联的记录过于零散，各段互不衔接。".to_owned(),
        AecgFault::Snippet { samples } => {
            format!("此 aECG 文件没有可显示的波形：最长的导联只有 {samples} 个采样点，不足一个心搏。")
        }
    }
}
