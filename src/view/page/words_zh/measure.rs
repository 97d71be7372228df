//! Every word about measuring on the trace, and the list of keys.

use super::{percent, seconds};
use crate::network::Class;
use crate::signal::display_filter::{Band, DisplayFilter, Mains};
use crate::signal::rhythm::{AtrialWave, FEWEST_INTERVALS, Regularity, SMALL_P_WAVE_MV};
use crate::signal::rr::Irregularity;
use crate::view::geometry::{PaperScale, decimal};
use crate::view::measure::caliper::{Caliper, Part};

pub const PAPER: &str = "图纸";
pub const PAPER_TITLE: &str = "按图纸自身比例显示的心电图纸，毫米为真实毫米（按键 P）";
pub const TOOLS: &str = "工具";
pub const CALIPERS: &str = "分规";
pub const CALIPERS_TITLE: &str = "在波形上测量时间和幅值（按键 C）";
pub const MEASUREMENTS: &str = "测量";
pub const MEASUREMENTS_TITLE: &str = "RR 间期、心率、平均心搏（按键 M）";
pub const FILTER: &str = "滤波";
pub const FILTER_TITLE: &str = "仅供目视：神经网络和各项测量读取的仍是原始记录。";
pub const NOTCH: &str = "陷波";
pub const NOTCH_TITLE: &str = "从显示的波形中去除工频干扰；神经网络读取的仍是原始记录。";
pub const SPEED: &str = "走纸速度";
pub const GAIN: &str = "增益";
pub const MATCH_SCREEN: &str = "校准屏幕…";
pub const SNAP: &str = "吸附到 R 峰";
pub const SNAP_TITLE: &str = "边线靠近 R 峰时自动对准；按住 Alt 可自由移动";
pub const MARCH: &str = "等距延伸";
pub const MARCH_TITLE: &str = "将此间距沿波形向两侧重复";
pub const CLOSE: &str = "关闭";

pub fn band(band: Band) -> &'static str {
    match band {
        Band::Whole => "无",
        Band::Diagnostic => "0.05–150\u{2009}Hz",
        Band::Monitor => "0.5–40\u{2009}Hz",
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
    let scale = format!("{} · {}", speed(scale.mm_per_second), gain(scale.mm_per_millivolt));
    if is_matched { scale } else { format!("{scale} · 屏幕未校准") }
}

pub const SCREEN_TITLE: &str = "校准屏幕";
pub const SCREEN_WIDE: &str = "将一张银行卡贴在轮廓上，拖动滑块，直到轮廓与卡片正好等宽。左右方向键可微调。";
pub const SCREEN_NARROW: &str =
    "将一张银行卡竖着贴在轮廓上，拖动滑块，直到轮廓与卡片的短边正好等宽。左右方向键可微调。";
pub const SCREEN_SLIDER: &str = "轮廓的宽度";
pub const SCREEN_KEPT: &str = "保存在此浏览器中，任何缩放比例下都准确；换用其他屏幕须重新校准。";
pub const SCREEN_SAVE: &str = "已吻合";
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
    format!("{} · {}\u{2009}次/分", duration(caliper.seconds()), decimal(caliper.rate(), 1))
}

pub fn caliper_amplitude(caliper: Caliper) -> String {
    decimal(caliper.millivolts(), 2) + "\u{2009}mV"
}

/// For those who hear it: where `part` stands, and what lies between the edges.
pub fn caliper_spoken(caliper: Caliper, part: Part) -> String {
    let place = match part {
        Part::Low | Part::High => decimal(caliper.place(part), 2) + " 毫伏",
        _ => decimal(caliper.place(part), 3) + " 秒",
    };
    let between = match part {
        Part::Low | Part::High => format!("两条水平线相距 {} 毫伏", decimal(caliper.millivolts(), 2)),
        _ => format!(
            "两条边线相距 {} 毫秒，每分钟 {} 次",
            decimal(caliper.seconds() * 1000.0, 0),
            decimal(caliper.rate(), 1)
        ),
    };
    format!("{place}；{between}")
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

/// Which beats were measured: "II 导联的 45 个心搏，整段记录"
pub fn measured(beats: usize, lead: &str, part: Option<(f64, f64)>) -> String {
    let lead = super::lead(lead);
    let of = if lead.is_empty() { String::new() } else { format!("{lead}的 ") };
    match part {
        None => format!("{of}{beats} 个心搏，整段记录"),
        Some((from, to)) => format!("{of}{beats} 个心搏，{} 至 {}", seconds(from), seconds(to)),
    }
}

pub const NOISY: &str = "神经网络认为此记录噪声过大，无法判读：被当作心搏的可能是噪声。";
pub const NO_BEATS: &str = "在此导联中未找到心搏，没有可测量的内容。";
pub const HEART_RATE: &str = "心率";
pub const MEAN_RR: &str = "平均 RR 间期";
pub const VARIATION: &str = "RR 变异";
pub const VARIATION_TITLE: &str = "变异系数：标准差除以均值";
pub const RMSSD: &str = "RMSSD";
pub const RMSSD_TITLE: &str = "相邻 RR 间期差值的均方根";
pub const PREMATURE: &str = "早搏";
pub const PREMATURE_TITLE: &str = "RR 间期短于其前后中位数五分之四的心搏。心房颤动时，短间期也会这样计入。";
pub const TOO_FEW: &str = "心搏过少";

/// "93 次/分", and the slowest and fastest eight intervals.
pub fn heart_rate(mean: f64, (low, high): (f64, f64)) -> (String, String) {
    let range = format!("任意连续 8 个心搏：{}–{}", decimal(low, 0), decimal(high, 0));
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
    format!("{count} / {all}")
}

pub const SIGNS: &str = "心房颤动的征象";
pub const SIGNS_HINT: &str = "仅为征象，不是诊断：早搏、起搏器和噪声也会改变它们，而心房扑动可能十分规整。\
    所列比例来自 PhysioNet/CinC Challenge 2017 的记录。";
pub const SIGN_RR: &str = "RR 间期";
pub const SIGN_P: &str = "P 波";
pub const SIGN_NETWORK: &str = "神经网络关注之处";

/// Whether RR intervals are irregular; figures of premature beats left out.
pub fn sign_rr(regularity: Regularity, figures: Option<Irregularity>, intervals: usize) -> String {
    let vary = figures.map(|it| share(it.variation)).unwrap_or_default();
    match regularity {
        Regularity::TooFewBeats => {
            format!("心搏过少，无法判断：共 {intervals} 个间期，需要 {FEWEST_INTERVALS} 个，其中三个须不涉及早搏。")
        }
        Regularity::Regular => {
            format!(
                "规则：不计早搏，变异为 {vary}。心房颤动的记录中，每 100 条有 4 条如此；\
                 正常节律的记录中，每 100 条有 62 条如此。"
            )
        }
        Regularity::Between => {
            format!("介于规则与明显不规则之间：不计早搏，变异为 {vary}。")
        }
        Regularity::Irregular => format!(
            "不规则：不计早搏，变异为 {vary}。心房颤动的记录中，每 100 条有 88 条如此；\
             正常节律的记录中，每 100 条有 15 条如此。"
        ),
    }
}

/// Whether there is a P wave.
pub fn sign_p(wave: &AtrialWave) -> String {
    let small = decimal(SMALL_P_WAVE_MV, 2);
    match wave {
        AtrialWave::TooFewBeats => "无法判断：心搏过少，或心率过快，以致 T 波落在 P 波应在的位置。".to_owned(),
        AtrialWave::Present(wave) => format!(
            "可见：{}\u{2009}mV，位于 R 峰前 {}，见于 {} 个心搏的平均波形。心房颤动的记录中，每 100 条有 12 条如此；\
             正常节律的记录中，每 100 条有 90 条如此。",
            decimal(wave.height, 2),
            milliseconds(-wave.time),
            wave.beats
        ),
        AtrialWave::NotSeen(wave) => {
            format!(
                "在 {} 个心搏的平均波形中未见；若有 {small}\u{2009}mV 的 P 波，应能看到。心房颤动的记录中，\
                 每 100 条有 70 条如此；正常节律的记录中，每 100 条有 6 条如此。",
                wave.beats
            )
        }
        AtrialWave::HiddenByNoise(wave) => {
            format!("在 {} 个心搏的平均波形中未见；但噪声足以掩盖 {small}\u{2009}mV 的 P 波。", wave.beats)
        }
    }
}

/// How densely the importance for `class` lies where a P wave would stand, over an even spread.
pub fn sign_network(class: Class, ratio: f64) -> String {
    let class = super::class(class);
    if ratio < 0.05 {
        return format!("支持“{class}”的依据几乎不在 QRS 波群之前（P 波应在的位置）。");
    }
    let times = decimal(ratio, 1);
    let compared = if ratio >= 1.5 {
        "高于均匀分布"
    } else if ratio <= 0.67 {
        "低于均匀分布"
    } else {
        "与均匀分布相近"
    };
    format!("支持“{class}”的依据在 QRS 波群之前（P 波应在的位置）的密度是平均密度的 {times} 倍：{compared}。")
}

/// The map of the layer is too coarse.
pub fn sign_network_coarse(seconds: f64) -> String {
    format!("此层的特征图每 {} 才有一个值：过于粗略，无法区分 P 波的位置与 QRS 波群。", milliseconds(seconds))
}

pub const SIGN_NETWORK_NONE: &str = "没有可供衡量的重要性。";
pub const LOOK_FINER: &str = "改用更精细的阶段 2";

pub const POINCARE: &str = "Poincaré 散点图：每个 RR 间期（ms）与其后一个";
pub const POINCARE_RINGS: &str = "圆环：早搏及其间歇。";

pub fn poincare_spoken((across, along): (f64, f64), points: usize) -> String {
    format!(
        "{points} 对 RR 间期的 Poincaré 散点图：SD1 {} ms，SD2 {} ms",
        decimal(across * 1000.0, 0),
        decimal(along * 1000.0, 0)
    )
}

pub fn poincare_figures((across, along): (f64, f64)) -> String {
    format!("SD1 {}，SD2 {}", milliseconds(across), milliseconds(along))
}

pub fn mean_beat(beats: usize) -> String {
    format!("{beats} 个心搏的平均（mV；横轴为距 R 峰的秒数）")
}

pub const MEAN_BEAT_BAND: &str = "下方：平均重要性。";

pub fn mean_beat_spoken(beats: usize, wave: &AtrialWave) -> String {
    format!("{beats} 个心搏的平均。P 波：{}", sign_p(wave))
}

pub const SHARES: &str = "每个心搏在重要性中所占的份额";

/// The beat with the largest share.
pub fn largest_share(time: f64, largest: f64) -> String {
    format!("最大：{}，位于 {}\u{2009}s 处的心搏", share(largest), decimal(time, 1))
}

pub const KEYS: &str = "按键";
pub const KEYS_TITLE: &str = "选中波形时的按键";

/// Every key of the page: what to press, and what it does. The one list; the dialog under `?` shows it.
pub const KEY_LIST: [(&str, &str); 19] = [
    ("← →", "沿波形移动"),
    ("Page Up、Page Down", "移动一个显示范围"),
    ("Home、End", "跳到两端"),
    ("+ −", "放大、缩小（图纸上不可用）"),
    ("0", "前 500 个采样点"),
    ("9", "完整记录"),
    ("P", "心电图纸"),
    ("Shift ← →", "移动读数"),
    ("Esc", "收起读数"),
    ("C", "分规"),
    ("Tab", "依次选择分规的各条边线"),
    ("← →，选中边线时", "移动一个采样点；加 Shift 移动十个"),
    ("↑ ↓，选中水平线时", "移动 0.01 mV；加 Shift 移动 0.1 mV"),
    ("Page Up、Page Down，选中边线时", "从一个 R 峰到另一个 R 峰"),
    ("Page Up、Page Down，选中两条边线时", "按其间距步进"),
    ("S，选中边线时", "开关 R 峰吸附"),
    ("X，选中边线时", "开关等距延伸"),
    ("M", "测量"),
    ("?", "此列表"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_caliper_reads() {
        let caliper = Caliper { from: 1.0, to: 1.812, low: -0.1, high: 0.92 };
        assert_eq!(caliper_time(caliper), "812\u{2009}ms · 73.9\u{2009}次/分");
        assert_eq!(caliper_amplitude(caliper), "1.02\u{2009}mV");
        assert_eq!(caliper_spoken(caliper, Part::To), "1.812 秒；两条边线相距 812 毫秒，每分钟 73.9 次");
        assert_eq!(caliper_spoken(caliper, Part::High), "0.92 毫伏；两条水平线相距 1.02 毫伏");
        assert_eq!(duration(12.345), "12.35\u{2009}s");
    }

    #[test]
    fn names_the_filter_that_is_at_work() {
        let note = |band, notch| filter_note(DisplayFilter { band, notch });
        assert_eq!(note(Band::Whole, None), None);
        assert_eq!(note(Band::Whole, Some(Mains::Sixty)).as_deref(), Some("滤波 60\u{2009}Hz 陷波"));
        let both = note(Band::Monitor, Some(Mains::Fifty));
        assert_eq!(both.as_deref(), Some("滤波 0.5–40\u{2009}Hz，50\u{2009}Hz 陷波"));
    }
}
