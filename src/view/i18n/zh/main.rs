//! What is said on the page itself: the lists, the answer, the trace.

use super::Chinese;
use crate::engine::choice::GpuUnused;
use crate::engine::message::DeviceKind;
use crate::explain::Score;
use crate::network::{Class, Layer, PredictionSets};
use crate::synthetic::Demo;
use crate::view::geometry::{STANDARD_SAMPLES, STANDARD_SECONDS_OF_TWELVE, decimal};
use crate::view::i18n::{Main, format};

impl Main for Chinese {
    says! {
        code: "zh",
        name: "中文",
        html_lang: "zh-Hans",
        title: "ECG Lens",
        open_files: "打开文件",
        open_folder: "打开文件夹",
        drop_here: "松开即可打开",
        drop_hint: "将心电记录拖放到本页任意位置：支持 WFDB、MATLAB、EDF、DICOM、SCP-ECG、XML、CSV 等格式，\
            也可拖入包含它们的 zip 压缩包。",
        private: "数据不离开本页：记录的读取、分类和解释都在浏览器中完成。",
        aid: "计算机判读仅供辅助，须由医师复核。本工具不是医疗器械。",
        to_dark: "深色纸面",
        to_light: "浅色纸面",
        your_recordings: "我的记录",
        demonstrations: "演示记录",
        synthetic: "合成",
        synthetic_why: "由模型生成，并非来自真人。",
        cannot_be_read: "无法读取",
        rate_unknown: "采样率？",
        problems: "未能打开的内容",
        dismiss: "关闭",
        dismiss_all: "全部关闭",
        reading: "正在判读波形…",
        no_answer: "无判读结果",
        probabilities: "各类别的概率",
        first_view_title: "按 60 Hz 计的前 500 个采样点，即 8.3 秒；十二导联为 10 秒（按键 0）",
        whole_view: "完整记录",
        whole_view_title: "从第一个采样点到最后一个（按键 9）",
        views: "视图",
        time_axis: "时间轴",
        samples: "采样点（60 Hz）",
        seconds: "秒",
        amplitude: "幅值（mV）",
        lead: "导联",
        leads: "显示的导联",
        one_lead: "单个导联",
        all_leads: "全部导联",
        all_leads_hint: "拖动可移动；点击某一导联可单独打开。",
        all_leads_keys: "左右方向键移动；Home 和 End 跳到两端。每个导联按其自身的重要性着色。\
            下方的按钮可单独打开某一导联。",
        arrangement: "导联的排列",
        layer: "层",
        score: "得分",
        importance: "重要性",
        importance_scale: "重要性的标尺",
        normalised: "0–1",
        normalised_title: "归一化：1 为此图的最大值",
        raw: "原始",
        raw_title: "Grad-CAM 原始值，所有类别共用一个标尺",
        trace: "心电波形",
        trace_drawing: "按重要性着色的导联",
        skip_to_trace: "跳到心电波形",
        keys_hint: "拖动可移动，滚轮或双指可缩放。",
        keys: "左右方向键移动；加号和减号缩放；Home 和 End 跳到两端；0 显示前 500 个采样点，9 显示完整记录；\
            Shift 加方向键移动读数；C 打开分规，M 显示测量结果，P 铺上心电图纸；问号列出全部按键。",
        missing: "无采样",
        rate_question: "采样率是多少？",
        rate_label: "每秒采样点数（Hz）",
        rate_open: "打开",
        engine_starting: "引擎正在启动…",
        unreadable: "浏览器无法读取此文件；它可能已被移动或锁定。",
        nothing_dropped: "拖入的内容中没有文件。请从计算机中拖入文件或文件夹。",
        folder_empty: "该文件夹中没有文件。",
        unknown_demo: "没有此名称的演示记录；现有的演示记录见列表。",
        about: "关于此神经网络",
        close: "关闭",
        card_fetching: "正在获取模型卡…",
        card_failed: "未能获取模型卡。它与本页位于同一目录，名为 model-card.json；请重新加载页面，或联系页面的提供者。",
        card_purpose: "用途",
        card_limits: "不得用于",
        card_data: "训练数据",
        card_training: "训练方法",
        card_figure: "指标",
        card_value: "数值",
        card_interval: "95\u{2009}% 置信区间",
        card_recordings: "记录数",
        sets_why: "在与校准数据同类的记录中，这两个类别集合每 100 条分别有 90 条和 95 条包含真实类别\
            （分割共形预测）。实际的包含率见“关于此神经网络”。",
    }

    fn demo_title(&self, demo: &Demo) -> &'static str {
        match demo.id {
            "af" => "心房颤动",
            "sinus" => "窦性心律",
            "af-slow" => "心房颤动，慢心室率",
            "af-fast" => "心房颤动，快心室率",
            "ectopic" => "室性早搏",
            "atrial-ectopic" => "房性早搏",
            "sinus-arrhythmia" => "窦性心律不齐",
            "paroxysm" => "房颤发作",
            "strip" => "含一次发作的五分钟",
            "noise" => "噪声过大",
            _ => demo.title,
        }
    }

    fn demo_description(&self, demo: &Demo) -> &'static str {
        match demo.id {
            "af" => "高耸的尖波之间，没有两个间隔相同；每个尖波之前本应有一个小小的隆起，这里却只见细碎的颤动。",
            "sinus" => "尖波间隔均匀，每个尖波之前都有一个圆钝的小隆起，即 P 波。",
            "af-slow" => "心率平缓，约每分钟 60 次，但尖波间隔仍然不等，且不见 P 波。",
            "af-fast" => "约每分钟 140 次时，不齐较难看出：请比较相邻尖波之间的间隔。",
            "ectopic" => "在规则的窄尖波之间，有些宽大的尖波提前出现，其后各有一个间歇。",
            "atrial-ectopic" => "时而有一次形态如常的窄波提前出现；虽不规则，却有规律可循，与颤动不同。",
            "sinus-arrhythmia" => "尖波间隔随每次呼吸时密时疏，但每个尖波之前都有 P 波：常见于年轻人，属正常。",
            "paroxysm" => "规则的心律在中途（第 15 秒）转为心房颤动：请看重要性是否也随之出现。",
            "strip" => "节律条图：每半分钟各有一个结果。房颤从中间开始并一直持续；若对全段取平均，则两者都不是。",
            "noise" => "手的晃动和肌肉紧张淹没了心搏：诚实的回答是无法判读。",
            _ => demo.description,
        }
    }

    fn first_view(&self, has_twelve_leads: bool) -> String {
        if has_twelve_leads {
            return format!("前 {STANDARD_SECONDS_OF_TWELVE} 秒");
        }
        format!("前 {STANDARD_SAMPLES} 个采样点")
    }

    fn class_name(&self, class: Class) -> &'static str {
        ["正常", "心房颤动", "其他节律", "噪声过大"][class.index()]
    }

    fn class_short(&self, class: Class) -> &'static str {
        ["正常", "房颤", "其他", "噪声"][class.index()]
    }

    fn highest_importance(&self, of: Class, (from, to): (f64, f64), beats: usize) -> String {
        let beats = match beats {
            0 => "位于两次心搏之间".to_owned(),
            _ => format!("涵盖 {beats} 次心搏"),
        };
        format!("对“{}”最重要：{}\u{2013}{}\u{2009}s，{beats}。", self.class_name(of), decimal(from, 1), decimal(to, 1))
    }

    fn nothing_important(&self, of: Class) -> String {
        format!("此记录没有任何部分支持“{}”。", self.class_name(of))
    }

    fn why(&self, class: Class) -> &'static str {
        ["为何正常？", "为何房颤？", "为何其他？", "为何噪声？"][class.index()]
    }

    fn layer_name(&self, layer: Layer) -> &'static str {
        match layer {
            Layer::Stem => "Stem（最精细）",
            Layer::Stage1 => "阶段 1",
            Layer::Stage2 => "阶段 2",
            Layer::Stage3 => "阶段 3",
            Layer::Stage4 => "阶段 4",
            Layer::Stage5 => "阶段 5",
            Layer::Stage6 => "阶段 6（最后）",
        }
    }

    fn score_name(&self, score: Score) -> &'static str {
        match score {
            Score::Logit => "Logit",
            Score::Softmax => "Softmax",
        }
    }

    fn sure(&self, probability: f32) -> String {
        format!("置信度 {}", format::percent(probability))
    }

    fn extent(&self, length: f64, leads: usize) -> String {
        if leads == 1 { format::seconds(length) } else { format!("{} · {leads} 导联", format::seconds(length)) }
    }

    fn lead_name(&self, name: &str) -> String {
        if name == "ECG" { String::new() } else { format!("{name} 导联") }
    }

    fn lead_itself(&self, name: &str) -> String {
        if name == "ECG" { "该导联".to_owned() } else { format!("{name} 导联") }
    }

    fn open_alone(&self, lead: &str) -> String {
        format!("单独打开 {lead} 导联")
    }

    fn answer_is_of(&self, lead: &str) -> String {
        format!("上方为 {lead} 导联的判读结果。逐个导联判读的结果：")
    }

    fn sheet_scale(&self, start: f64, end: f64, length: f64) -> String {
        let length = format::seconds(length);
        format!(
            "{} 至 {}，共 {length} · 按方格计 25\u{2009}mm/s · 10\u{2009}mm/mV",
            format::moment(start),
            format::moment(end)
        )
    }

    fn answered_by(&self, kind: DeviceKind, time: f64) -> String {
        format!("由 {} 判读，用时 {}。", format::device(kind), format::milliseconds(time))
    }

    fn gpu_unused(&self, why: &GpuUnused) -> String {
        match why {
            GpuUnused::NotAsked => "WebGPU 已由 ?engine=cpu 关闭。".to_owned(),
            GpuUnused::Gone { reason } => sentence(format!("未使用 WebGPU：{}", self.translated(reason))),
            GpuUnused::Software { adapter } if adapter.is_empty() => {
                "未使用 WebGPU：它由软件模拟，没有显卡。".to_owned()
            }
            GpuUnused::Software { adapter } => format!("未使用 WebGPU：它由软件模拟，没有显卡（{adapter}）。"),
            GpuUnused::Slower { gpu, cpu } => {
                format!(
                    "未使用 WebGPU：判读一条记录需 {}，而 CPU 只需 {}。",
                    format::milliseconds(*gpu),
                    format::milliseconds(*cpu)
                )
            }
        }
    }

    fn not_classified(&self, name: &str, clause: &str) -> String {
        // Between two Chinese characters there is no space.
        let space = if name.ends_with(|it: char| it.is_ascii()) { " " } else { "" };
        sentence(format!("{name}{space}{}", self.translated(clause)))
    }

    fn translated(&self, english: &str) -> String {
        let between = |start: &str, end: &str| english.strip_prefix(start)?.strip_suffix(end);
        if let Some(seconds) = between("is ", " s long; the network needs at least 5 s to see a rhythm") {
            return format!("时长 {seconds} s；神经网络至少需要 5 s 才能判断节律");
        }
        if let Some(rate) = between("has a sampling rate of ", " Hz; the network reads recordings of 50 Hz and more") {
            return format!("采样率为 {rate} Hz；神经网络只能读取 50 Hz 及以上的记录");
        }
        let no_stretch = between("has no signal in ", " s, which is too short for a rhythm");
        if let Some((lost, longest)) =
            no_stretch.and_then(|it| it.split_once(" s, and no stretch of 5 s between: the longest is "))
        {
            return format!(
                "有 {lost} s 没有信号，其间没有连续 5 s 的可用信号：最长的只有 {longest} s，不足以判断节律"
            );
        }
        if let Some(reason) = between("could not be classified: ", "") {
            return format!("无法分类：{}", self.translated(reason));
        }
        if let Some(off) = between("its answer to a known input is off by ", " of the largest value") {
            return format!("对已知输入的结果有误，偏差为最大值的 {off} 倍");
        }
        if let Some(error) = between("the browser's GPU could not be opened (", ")") {
            return format!("无法打开浏览器的 GPU（{error}）");
        }
        let known = match english {
            "is a flat line, or mains hum alone: no electrode seems to have been connected, so there is nothing to classify" => {
                "为一条平线，或只有工频干扰：似乎未连接电极，没有可供分类的内容"
            }
            "is one even tone, as a signal generator makes it; no heart does, so there is nothing to classify" => {
                "为单一均匀的正弦音，如信号发生器所产生；心脏不会如此，没有可供分类的内容"
            }
            "has no valid sample in this lead; choose another lead" => "没有有效的采样点；请选择其他导联",
            "this browser has none" => "此浏览器不支持",
            "this browser offers no WebGPU here" => "此浏览器在此处不提供 WebGPU",
            "this browser has WebGPU but no adapter for it" => "此浏览器支持 WebGPU，但没有可用的适配器",
            "the browser took the GPU away" => "浏览器收回了 GPU",
            "the browser refused it" => "浏览器拒绝了它",
            "it belongs to another version of this page" => "引擎与页面的版本不一致",
            "it could not be loaded" => "引擎未能加载",
            "it broke" => "引擎出错",
            "the engine was not there" => "引擎未就绪",
            "the network's weights did not arrive" => "未收到神经网络的权重",
            "the weights file carries no stored answer to compare with" => "权重文件中没有可供核对的结果",
            other => other,
        };
        known.to_owned()
    }

    fn at_sample(&self, index: usize) -> String {
        format!("采样点 {index}")
    }

    fn small_square(&self, seconds: f64, millivolts: f64) -> String {
        format!("小格 {}", format::square(seconds, millivolts))
    }

    fn progress(&self, done: usize, all: usize) -> String {
        format!("正在读取 {done} / {all}…")
    }

    fn and_more(&self, count: usize) -> String {
        format!("…另有 {count} 项；均已在列表中标出。")
    }

    fn rate_why(&self, name: &str, samples: usize) -> String {
        format!("{name} 含 {samples} 个采样点，但未注明每秒有多少个。")
    }

    fn rate_same_for(&self, count: usize) -> String {
        let others = if count == 1 { "另一条".to_owned() } else { format!("其余 {count} 条") };
        format!("{others}未注明采样率的记录也用此值")
    }

    fn rate_impossible(&self) -> &'static str {
        "采样率应在 50 至 10\u{2009}000 Hz 之间。"
    }

    fn importance_at(&self, importance: &str) -> String {
        format!("重要性 {importance}")
    }

    fn card_parts(&self, [train, validation, calibration, test]: [usize; 4]) -> String {
        format!("训练 {train} 条记录，模型选择 {validation} 条，校准 {calibration} 条，测试 {test} 条。")
    }

    fn card_version(&self, weights: &str) -> String {
        format!("权重 {weights}。重新训练的方法：ecg-lens train，见本项目的 README。")
    }

    fn sets(&self, sets: &PredictionSets) -> String {
        match (sets.at_90.as_slice(), sets.at_95.as_slice()) {
            ([_], [_]) => format!("95\u{2009}% 水平：仅{}。", any_of(&sets.at_95)),
            ([_], more) => {
                format!("90\u{2009}% 水平：{}；95\u{2009}% 水平：{}。", any_of(&sets.at_90), any_of(more))
            }
            (some, more) if some == more => format!("{}：不能确定。", any_of(some)),
            (some, more) => {
                format!("90\u{2009}% 水平：{}；95\u{2009}% 水平：{}；不能确定。", any_of(some), any_of(more))
            }
        }
    }
}

/// With a full stop.
fn sentence(mut text: String) -> String {
    if !text.ends_with(['。', '！', '？', '.', '!', '?']) {
        text.push('。');
    }
    text
}

/// What an answer leaves open: "房颤", "房颤或其他".
fn any_of(classes: &[Class]) -> String {
    classes.iter().map(|class| Chinese.class_short(*class)).collect::<Vec<_>>().join("或")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Unusable;

    #[test]
    fn says_how_long_a_recording_is() {
        assert_eq!(format::seconds(29.98), "30.0\u{2009}s");
        assert_eq!(format::seconds(1806.0), "30 min 06 s");
        assert_eq!(format::seconds(86_400.0), "24 h 00 min");
        assert_eq!(Chinese.extent(10.0, 12), "10.0\u{2009}s · 12 导联");
    }

    #[test]
    fn says_why_the_gpu_does_not_answer_in_whole_sentences() {
        let slower = Chinese.gpu_unused(&GpuUnused::Slower { gpu: 31.4, cpu: 9.04 });
        assert_eq!(slower, "未使用 WebGPU：判读一条记录需 31\u{2009}ms，而 CPU 只需 9.0\u{2009}ms。");
        let gone = |reason: &str| Chinese.gpu_unused(&GpuUnused::Gone { reason: reason.to_owned() });
        assert_eq!(gone("this browser has none"), "未使用 WebGPU：此浏览器不支持。");
        assert_eq!(gone("device lost"), "未使用 WebGPU：device lost。");
    }

    #[test]
    fn says_in_chinese_why_a_recording_has_no_answer() {
        for unusable in
            [Unusable::TooShort(2.0), Unusable::Flat, Unusable::Tone, Unusable::Empty, Unusable::SamplingRate(25.0)]
        {
            let english = unusable.to_string();
            assert_ne!(Chinese.translated(&english), english);
        }
        let lost = Unusable::NoStretch { lost: 27.0, longest: 3.0 }.to_string();
        let said = "有 27.0 s 没有信号，其间没有连续 5 s 的可用信号：最长的只有 3.0 s，不足以判断节律";
        assert_eq!(Chinese.translated(&lost), said);
        let short = Unusable::TooShort(2.0).to_string();
        assert_eq!(Chinese.not_classified("A00001", &short), "A00001 时长 2.0 s；神经网络至少需要 5 s 才能判断节律。");
        let broken = "could not be classified: it broke";
        assert_eq!(Chinese.not_classified(&Chinese.lead_itself("ECG"), broken), "该导联无法分类：引擎出错。");
    }

    #[test]
    fn says_what_an_answer_leaves_open() {
        use Class::{AtrialFibrillation, Other};
        let said = |at_90: &[Class], at_95: &[Class]| {
            Chinese.sets(&PredictionSets { at_90: at_90.to_vec(), at_95: at_95.to_vec() })
        };
        let both = [AtrialFibrillation, Other];
        assert_eq!(said(&both[..1], &both[..1]), "95\u{2009}% 水平：仅房颤。");
        assert_eq!(said(&both[..1], &both), "90\u{2009}% 水平：房颤；95\u{2009}% 水平：房颤或其他。");
        assert_eq!(said(&both, &both), "房颤或其他：不能确定。");
    }
}
