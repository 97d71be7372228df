//! Every word about measuring on the trace, and the list of keys: in Chinese.

use super::{percent, seconds};
use crate::network::Class;
use crate::signal::display_filter::{Band, DisplayFilter, Mains};
use crate::signal::rhythm::{AtrialWave, FEWEST_INTERVALS, Regularity, SMALL_P_WAVE_MV};
use crate::signal::rr::Irregularity;
use crate::view::geometry::{PaperScale, decimal};
use crate::view::measure::caliper::{Caliper, Part};

pub const PAPER: &str = "心电图纸";
pub const PAPER_TITLE: &str = "按心电图纸自身的比例显示，以真实毫米为单位（按键 P）";
pub const TOOLS: &str = "工具";
pub const CALIPERS: &str = "分规";
pub const CALIPERS_TITLE: &str = "在波形上测量时间和振幅（按键 C）";
pub const MEASUREMENTS: &str = "测量值";
pub const MEASUREMENTS_TITLE: &str = "RR 间期、心率、平均心搏（按键 M）";
pub const FILTER: &str = "滤波";
pub const FILTER_TITLE: &str = "仅用于显示：神经网络和测量读取的是未经滤波的记录。";
pub const NOTCH: &str = "陷波";
pub const NOTCH_TITLE: &str = "从图形中去除工频干扰；神经网络读取的是未经滤波的记录。";
pub const SPEED: &str = "走纸速度";
pub const GAIN: &str = "增益";
pub const MATCH_SCREEN: &str = "校准屏幕…";
pub const SNAP: &str = "吸附到 R 峰";
pub const SNAP_TITLE: &str = "边线靠近 R 峰时自动对准；按住 Alt 可自由移动";
pub const MARCH: &str = "等距延展";
pub const MARCH_TITLE: &str = "将该间距沿波形向两侧重复";
pub const CLOSE: &str = "关闭";

pub fn band(band: Band) -> &'static str {
    match band {
        Band::Whole => "无",
        Band::Diagnostic => "0.05\u{2013}150\u{2009}Hz",
        Band::Monitor => "0.5\u{2013}40\u{2009}Hz",
    }
}

pub fn notch(notch: Option<Mains>) -> &'static str {
    match notch {
        None => "无",
        Some(Mains::Fifty) => "50\u{2009}Hz",
        Some(Mains::Sixty) => "60\u{2009}Hz",
    }
}

/// On the trace, where a filter is at work: "滤波 0.5–40 Hz，50 Hz 陷波".
pub fn filter_note(filter: DisplayFilter) -> Option<String> {
    let notch = filter.notch.map(|mains| format!("{}\u{2009}Hz 陷波", decimal(mains.hz(), 0)));
    match (filter.band, notch) {
        (Band::Whole, None) => None,
        (Band::Whole, Some(notch)) => Some(format!("滤波 {notch}")),
        (some, None) => Some(format!("滤波 {}", band(some))),
        (some, Some(notch)) => Some(format!("滤波 {}，{notch}", band(some))),
    }
}

pub fn speed(mm_per_second: u8) -> String {
    format!("{mm_per_second}\u{2009}mm/s")
}

pub fn gain(mm_per_millivolt: u8) -> String {
    format!("{mm_per_millivolt}\u{2009}mm/mV")
}

/// On the paper: its scale, and whether its millimetres are true.
pub fn scale_note(scale: PaperScale, is_matched: bool) -> String {
    let scale = format!("{} \u{00b7} {}", speed(scale.mm_per_second), gain(scale.mm_per_millivolt));
    if is_matched { scale } else { format!("{scale} \u{00b7} 屏幕未校准") }
}

pub const SCREEN_TITLE: &str = "校准屏幕";
pub const SCREEN_WIDE: &str = "将一张银行卡贴在轮廓上，拖动滑块，直到轮廓与卡片完全同宽。左右方向键可微调。";
pub const SCREEN_NARROW: &str =
    "将一张银行卡竖着贴在轮廓上，拖动滑块，直到轮廓与卡片的短边完全同宽。左右方向键可微调。";
pub const SCREEN_SLIDER: &str = "轮廓的宽度";
pub const SCREEN_KEPT: &str = "保存在本浏览器中，任何缩放比例下均有效；更换屏幕后须重新校准。";
pub const SCREEN_SAVE: &str = "已对齐";
pub const SCREEN_FORGET: &str = "清除";

/// Of the outline that is held against a card.
pub fn card_width(millimetre: f64) -> String {
    format!("每毫米 {} 像素", decimal(millimetre, 2))
}

pub fn caliper_part(part: Part) -> &'static str {
    match part {
        Part::From => "左边线",
        Part::To => "右边线",
        Part::Low => "下水平线",
        Part::High => "上水平线",
        Part::Whole => "两条边线",
    }
}

/// "812 ms", "12.34 s".
fn duration(seconds: f64) -> String {
    if seconds < 9.9995 { decimal(seconds * 1000.0, 0) + "\u{2009}ms" } else { decimal(seconds, 2) + "\u{2009}s" }
}

/// "812 ms · 73.9 次/分".
pub fn caliper_time(caliper: Caliper) -> String {
    format!("{} \u{00b7} {}\u{2009}次/分", duration(caliper.seconds()), decimal(caliper.rate(), 1))
}

pub fn caliper_amplitude(caliper: Caliper) -> String {
    decimal(caliper.millivolts(), 2) + "\u{2009}mV"
}

/// For those who hear it: where `part` stands, and what lies between the edges.
pub fn caliper_spoken(caliper: Caliper, part: Part) -> String {
    match part {
        Part::Low | Part::High => format!(
            "{} 毫伏；两条水平线相距 {} 毫伏",
            decimal(caliper.place(part), 2),
            decimal(caliper.millivolts(), 2)
        ),
        _ => format!(
            "{} 秒；两条边线相距 {} 毫秒，每分钟 {} 次",
            decimal(caliper.place(part), 3),
            decimal(caliper.seconds() * 1000.0, 0),
            decimal(caliper.rate(), 1)
        ),
    }
}

/// The group of all handles.
pub fn calipers_reading(caliper: Caliper) -> String {
    format!(
        "分规：{} 毫秒，每分钟 {} 次，{} 毫伏",
        decimal(caliper.seconds() * 1000.0, 0),
        decimal(caliper.rate(), 1),
        decimal(caliper.millivolts(), 2)
    )
}

pub const RR_ROW: &str = "RR (ms)";

/// Which beats were measured.
pub fn measured(beats: usize, lead: &str, part: Option<(f64, f64)>) -> String {
    let lead = super::lead(lead);
    match part {
        None => format!("{lead}，全部记录，共 {beats} 次心搏").trim_start_matches('，').to_owned(),
        Some((from, to)) => format!("{lead}，{} 至 {}，共 {beats} 次心搏", seconds(from), seconds(to))
            .trim_start_matches('，')
            .to_owned(),
    }
}

pub const NOISY: &str = "神经网络认为该记录噪声过大，无法判读：被当作心搏的可能是噪声。";
pub const NO_BEATS: &str = "该导联中未检出心搏，无可测量。";
pub const HEART_RATE: &str = "心率";
pub const MEAN_RR: &str = "平均 RR";
pub const VARIATION: &str = "RR 变异";
pub const VARIATION_TITLE: &str = "变异系数：标准差除以均值";
pub const RMSSD: &str = "RMSSD";
pub const RMSSD_TITLE: &str = "相邻 RR 间期之差的均方根";
pub const PREMATURE: &str = "早搏";
pub const PREMATURE_TITLE: &str = "RR 间期短于邻近间期中位数五分之四的心搏。心房颤动时，短间期也会被计入。";
pub const TOO_FEW: &str = "心搏过少";

/// The mean, and the slowest and fastest eight intervals.
pub fn heart_rate(mean: f64, (low, high): (f64, f64)) -> (String, String) {
    let range = format!("任意 8 次心搏：{}\u{2013}{}", decimal(low, 0), decimal(high, 0));
    (decimal(mean, 0) + "\u{2009}次/分", range)
}

pub fn milliseconds(seconds: f64) -> String {
    decimal(seconds * 1000.0, 0) + "\u{2009}ms"
}

/// A share of 1: "19.1 %".
pub fn share(share: f64) -> String {
    percent(share as f32)
}

pub fn without_premature(figure: &str) -> String {
    format!("不计早搏为 {figure}")
}

pub fn premature(count: usize, all: usize) -> String {
    format!("{all} 次中 {count} 次")
}

pub const SIGNS: &str = "心房颤动的征象";
pub const SIGNS_HINT: &str = "这些是征象，不是诊断：早搏、起搏器和噪声也会改变它们，而心房扑动的心搏可能十分规整。\
    所述比例来自 PhysioNet/CinC Challenge 2017 的记录。";
pub const SIGN_RR: &str = "RR 间期";
pub const SIGN_P: &str = "P 波";
pub const SIGN_NETWORK: &str = "神经网络关注之处";

/// Whether RR intervals are irregular; figures of premature beats left out.
pub fn sign_rr(regularity: Regularity, figures: Option<Irregularity>, intervals: usize) -> String {
    let vary = figures.map(|it| share(it.variation)).unwrap_or_default();
    match regularity {
        Regularity::TooFewBeats => {
            format!(
                "心搏过少，无法判断：有 {intervals} 个间期，至少需要 {FEWEST_INTERVALS} 个，且其中至少三个不含早搏。"
            )
        }
        Regularity::Regular => format!("规整：不计早搏，变异为 {vary}。每 100 条心房颤动记录中有 4 条如此。"),
        Regularity::Between => format!("既不规整，也不明显不规整：不计早搏，变异为 {vary}。"),
        Regularity::Irregular => format!(
            "不规整：不计早搏，变异为 {vary}。每 100 条心房颤动记录中有 88 条如此，每 100 条正常节律记录中有 15 条如此。"
        ),
    }
}

/// Whether there is a P wave.
pub fn sign_p(wave: &AtrialWave) -> String {
    let small = decimal(SMALL_P_WAVE_MV, 2);
    match wave {
        AtrialWave::TooFewBeats => "无法判断：心搏过少，或心率过快以致 T 波落在 P 波应在的位置。".to_owned(),
        AtrialWave::Present(wave) => format!(
            "可见：{}\u{2009}mV，位于 R 峰前 {}，取自 {} 次心搏的平均。",
            decimal(wave.height, 2),
            milliseconds(-wave.time),
            wave.beats
        ),
        AtrialWave::NotSeen(wave) => {
            format!("在 {} 次心搏的平均中未见；若有 {small}\u{2009}mV 的 P 波，应能看到。", wave.beats)
        }
        AtrialWave::HiddenByNoise(wave) => {
            format!("在 {} 次心搏的平均中未见；噪声会掩盖 {small}\u{2009}mV 的 P 波。", wave.beats)
        }
    }
}

/// How densely the importance for `class` lies where a P wave would stand, over an even spread.
pub fn sign_network(class: Class, ratio: f64) -> String {
    let class = super::class(class);
    if ratio < 0.05 {
        return format!("支持“{class}”的部分几乎不在 QRS 波群之前 P 波应在的位置。");
    }
    let compared = if ratio >= 1.5 {
        "多于均匀分布"
    } else if ratio <= 0.67 {
        "少于均匀分布"
    } else {
        "与均匀分布相近"
    };
    format!("支持“{class}”的部分在 QRS 波群之前 P 波应在位置的密度为平均的 {} 倍：{compared}。", decimal(ratio, 1))
}

/// The map of the layer is too coarse.
pub fn sign_network_coarse(seconds: f64) -> String {
    format!("该层的图每 {} 才有一个值：过于粗略，无法区分 P 波的位置与 QRS 波群。", milliseconds(seconds))
}

pub const SIGN_NETWORK_NONE: &str = "没有可衡量的重要性。";
pub const LOOK_FINER: &str = "改看更精细的阶段 2";

pub const POINCARE: &str = "庞加莱散点图：每个 RR 间期（ms）与下一个";
pub const POINCARE_RINGS: &str = "空心圈：早搏及其代偿间歇。";

pub fn poincare_spoken((across, along): (f64, f64), points: usize) -> String {
    format!(
        "庞加莱散点图，{points} 对 RR 间期：SD1 {} ms，SD2 {} ms",
        decimal(across * 1000.0, 0),
        decimal(along * 1000.0, 0)
    )
}

pub fn poincare_figures((across, along): (f64, f64)) -> String {
    format!("SD1 {}，SD2 {}", milliseconds(across), milliseconds(along))
}

pub fn mean_beat(beats: usize) -> String {
    format!("{beats} 次心搏的平均（mV；横轴为距 R 峰的秒数）")
}

pub const MEAN_BEAT_BAND: &str = "下方：平均重要性。";

pub fn mean_beat_spoken(beats: usize, wave: &AtrialWave) -> String {
    format!("{beats} 次心搏的平均。P 波：{}", sign_p(wave))
}

pub const SHARES: &str = "每次心搏占重要性的份额";

/// The beat with the largest share.
pub fn largest_share(time: f64, largest: f64) -> String {
    format!("最大：{}\u{2009}s 处的心搏，{}", decimal(time, 1), share(largest))
}

pub const KEYS: &str = "按键";
pub const KEYS_TITLE: &str = "选中波形时的按键";

/// Every key of the page: what to press, and what it does.
pub const KEY_LIST: [(&str, &str); 19] = [
    ("← →", "沿波形移动"),
    ("Page Up、Page Down", "移动一屏"),
    ("Home、End", "跳到两端"),
    ("+ −", "放大和缩小（心电图纸除外）"),
    ("0", "前 500 个采样点"),
    ("9", "全部记录"),
    ("P", "心电图纸"),
    ("Shift ← →", "移动读数"),
    ("Esc", "收起读数"),
    ("C", "分规"),
    ("Tab", "在分规的边线之间切换"),
    ("← →，在边线上", "移动一个采样点；按住 Shift 为十个"),
    ("↑ ↓，在水平线上", "移动 0.01 mV；按住 Shift 为 0.1 mV"),
    ("Page Up、Page Down，在边线上", "从 R 峰到 R 峰"),
    ("Page Up、Page Down，在两条边线上", "按其间距移动"),
    ("S，在边线上", "是否吸附到 R 峰"),
    ("X，在边线上", "是否沿波形等距延展"),
    ("M", "测量值"),
    ("?", "本列表"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_caliper_reads() {
        let caliper = Caliper { from: 1.0, to: 1.812, low: -0.1, high: 0.92 };
        assert_eq!(caliper_time(caliper), "812\u{2009}ms \u{00b7} 73.9\u{2009}次/分");
        assert_eq!(caliper_spoken(caliper, Part::To), "1.812 秒；两条边线相距 812 毫秒，每分钟 73.9 次");
        assert_eq!(measured(25, "II", None), "II 导联，全部记录，共 25 次心搏");
        assert_eq!(measured(25, "ECG", None), "全部记录，共 25 次心搏");
    }
}
