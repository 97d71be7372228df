//! What is said about measuring on the trace, and the list of keys.

use super::Chinese;
use crate::network::Class;
use crate::signal::display_filter::{Band, DisplayFilter, Mains};
use crate::signal::rhythm::{AtrialWave, FEWEST_INTERVALS, Regularity, SMALL_P_WAVE_MV};
use crate::signal::rr::Irregularity;
use crate::view::geometry::{PaperScale, decimal};
use crate::view::i18n::{Main, Measurements, format};
use crate::view::measure::caliper::{Caliper, Part};

impl Measurements for Chinese {
    says! {
        paper: "图纸",
        paper_title: "按图纸自身比例显示的心电图纸，毫米为真实毫米（按键 P）",
        tools: "工具",
        calipers: "分规",
        calipers_title: "在波形上测量时间和幅值（按键 C）",
        measurements: "测量",
        measurements_title: "RR 间期、心率、平均心搏（按键 M）",
        filter: "滤波",
        filter_title: "仅供目视：神经网络和各项测量读取的仍是原始记录。",
        notch: "陷波",
        notch_title: "从显示的波形中去除工频干扰；神经网络读取的仍是原始记录。",
        speed: "走纸速度",
        gain: "增益",
        match_screen: "校准屏幕…",
        snap: "吸附到 R 峰",
        snap_title: "边线靠近 R 峰时自动对准；按住 Alt 可自由移动",
        march: "等距延伸",
        march_title: "将此间距沿波形向两侧重复",
        close: "关闭",
        screen_title: "校准屏幕",
        screen_wide: "将一张银行卡贴在轮廓上，拖动滑块，直到轮廓与卡片正好等宽。左右方向键可微调。",
        screen_narrow: "将一张银行卡竖着贴在轮廓上，拖动滑块，直到轮廓与卡片的短边正好等宽。左右方向键可微调。",
        screen_slider: "轮廓的宽度",
        screen_kept: "保存在此浏览器中，任何缩放比例下都准确；换用其他屏幕须重新校准。",
        screen_save: "已吻合",
        screen_forget: "清除",
        rr_row: "RR (ms)",
        noisy: "神经网络认为此记录噪声过大，无法判读：被当作心搏的可能是噪声。",
        no_beats: "在此导联中未找到心搏，没有可测量的内容。",
        heart_rate: "心率",
        mean_rr: "平均 RR 间期",
        variation: "RR 变异",
        variation_title: "变异系数：标准差除以均值",
        rmssd: "RMSSD",
        rmssd_title: "相邻 RR 间期差值的均方根",
        premature: "早搏",
        premature_title: "RR 间期短于其前后中位数五分之四的心搏。心房颤动时各间期都不同，因此不计早搏。",
        too_few: "心搏过少",
        signs: "心房颤动的征象",
        signs_hint: "仅为征象，不是诊断：早搏、起搏器和噪声也会改变它们，而心房扑动可能十分规整。\
            所列比例来自 PhysioNet/CinC Challenge 2017 的记录。",
        sign_rr: "RR 间期",
        sign_p: "P 波",
        sign_network: "神经网络关注之处",
        sign_network_none: "没有可供衡量的重要性。",
        look_finer: "改用更精细的阶段 2",
        poincare: "Poincaré 散点图：每个 RR 间期（ms）与其后一个",
        poincare_rings: "圆环：早搏及其间歇。",
        mean_beat_band: "下方：平均重要性。",
        shares: "每个心搏在重要性中所占的份额",
        keys: "按键",
        keys_title: "选中波形时的按键",
    }

    fn band_name(&self, band: Band) -> &'static str {
        match band {
            Band::Whole => "无",
            Band::Diagnostic => "0.05–150\u{2009}Hz",
            Band::Monitor => "0.5–40\u{2009}Hz",
        }
    }

    fn notch_name(&self, notch: Option<Mains>) -> &'static str {
        match notch {
            None => "无",
            Some(Mains::Fifty) => "50\u{2009}Hz",
            Some(Mains::Sixty) => "60\u{2009}Hz",
        }
    }

    fn filter_note(&self, filter: DisplayFilter) -> Option<String> {
        let notch = filter.notch.map(|mains| format!("{}\u{2009}Hz 陷波", decimal(mains.hz(), 0)));
        match (filter.band, notch) {
            (Band::Whole, None) => None,
            (Band::Whole, Some(notch)) => Some(format!("滤波 {notch}")),
            (some, None) => Some(format!("滤波 {}", self.band_name(some))),
            (some, Some(notch)) => Some(format!("滤波 {}，{notch}", self.band_name(some))),
        }
    }

    fn scale_note(&self, scale: PaperScale, is_matched: bool) -> String {
        let scale =
            format!("{} · {}", format::paper_speed(scale.mm_per_second), format::paper_gain(scale.mm_per_millivolt));
        if is_matched { scale } else { format!("{scale} · 屏幕未校准") }
    }

    fn card_width(&self, millimetre: f64) -> String {
        format!("每毫米 {} 像素", decimal(millimetre, 2))
    }

    fn caliper_part(&self, part: Part) -> &'static str {
        match part {
            Part::From => "左边线",
            Part::To => "右边线",
            Part::Low => "下水平线",
            Part::High => "上水平线",
            Part::Whole => "两条边线",
        }
    }

    fn caliper_time(&self, caliper: Caliper) -> String {
        format!("{} · {}\u{2009}次/分", format::duration(caliper.seconds()), decimal(caliper.rate(), 1))
    }

    fn caliper_spoken(&self, caliper: Caliper, part: Part) -> String {
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

    fn calipers_reading(&self, caliper: Caliper) -> String {
        format!(
            "分规：{} 毫秒，每分钟 {} 次，{} 毫伏",
            decimal(caliper.seconds() * 1000.0, 0),
            decimal(caliper.rate(), 1),
            decimal(caliper.millivolts(), 2)
        )
    }

    fn measured(&self, beats: usize, lead: &str, part: Option<(f64, f64)>) -> String {
        let lead = self.lead_name(lead);
        let of = if lead.is_empty() { String::new() } else { format!("{lead}的 ") };
        match part {
            None => format!("{of}{beats} 个心搏，整段记录"),
            Some((from, to)) => format!("{of}{beats} 个心搏，{} 至 {}", format::seconds(from), format::seconds(to)),
        }
    }

    fn heart_rates(&self, mean: f64, (low, high): (f64, f64)) -> (String, String) {
        let range = format!("任意连续 8 个心搏：{}–{}", decimal(low, 0), decimal(high, 0));
        (decimal(mean, 0) + "\u{2009}次/分", range)
    }

    fn without_premature(&self, figure: &str) -> String {
        format!("不计早搏为 {figure}")
    }

    fn premature_count(&self, count: usize, all: usize) -> String {
        format!("{count} / {all}")
    }

    fn rr_finding(&self, regularity: Regularity, figures: Option<Irregularity>, intervals: usize) -> String {
        let vary = figures.map(|it| format::percent(it.variation as f32)).unwrap_or_default();
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

    fn p_finding(&self, wave: &AtrialWave) -> String {
        let small = decimal(SMALL_P_WAVE_MV, 2);
        match wave {
            AtrialWave::TooFewBeats => "无法判断：心搏过少，或心率过快，以致 T 波落在 P 波应在的位置。".to_owned(),
            AtrialWave::Present(wave) => format!(
                "可见：{}\u{2009}mV，位于 R 峰前 {}，见于 {} 个心搏的平均波形。心房颤动的记录中，每 100 条有 12 条如此；\
                 正常节律的记录中，每 100 条有 90 条如此。",
                decimal(wave.height, 2),
                format::interval(-wave.time),
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

    fn network_finding(&self, class: Class, ratio: f64) -> String {
        let class = self.class_name(class);
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

    fn network_too_coarse(&self, seconds: f64) -> String {
        format!("此层的特征图每 {} 才有一个值：过于粗略，无法区分 P 波的位置与 QRS 波群。", format::interval(seconds))
    }

    fn poincare_spoken(&self, (across, along): (f64, f64), points: usize) -> String {
        format!(
            "{points} 对 RR 间期的 Poincaré 散点图：SD1 {} ms，SD2 {} ms",
            decimal(across * 1000.0, 0),
            decimal(along * 1000.0, 0)
        )
    }

    fn poincare_figures(&self, (across, along): (f64, f64)) -> String {
        format!("SD1 {}，SD2 {}", format::interval(across), format::interval(along))
    }

    fn mean_beat(&self, beats: usize) -> String {
        format!("{beats} 个心搏的平均（mV；横轴为距 R 峰的秒数）")
    }

    fn mean_beat_spoken(&self, beats: usize, wave: &AtrialWave) -> String {
        format!("{beats} 个心搏的平均。P 波：{}", self.p_finding(wave))
    }

    fn largest_share(&self, time: f64, largest: f64) -> String {
        format!("最大：{}，位于 {}\u{2009}s 处的心搏", format::percent(largest as f32), decimal(time, 1))
    }

    fn key_list(&self) -> &'static [(&'static str, &'static str); 21] {
        &[
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
            ("↑ ↓，显示全部导联时", "将分规移到前一或后一导联"),
            ("M", "测量"),
            ("Delete，在列表中", "将记录移出列表"),
            ("?", "此列表"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_caliper_reads() {
        let caliper = Caliper { from: 1.0, to: 1.812, low: -0.1, high: 0.92 };
        assert_eq!(Chinese.caliper_time(caliper), "812\u{2009}ms · 73.9\u{2009}次/分");
        assert_eq!(format::caliper_amplitude(caliper), "1.02\u{2009}mV");
        assert_eq!(Chinese.caliper_spoken(caliper, Part::To), "1.812 秒；两条边线相距 812 毫秒，每分钟 73.9 次");
        assert_eq!(Chinese.caliper_spoken(caliper, Part::High), "0.92 毫伏；两条水平线相距 1.02 毫伏");
        assert_eq!(format::duration(12.345), "12.35\u{2009}s");
    }

    #[test]
    fn names_the_filter_that_is_at_work() {
        let note = |band, notch| Chinese.filter_note(DisplayFilter { band, notch });
        assert_eq!(note(Band::Whole, None), None);
        assert_eq!(note(Band::Whole, Some(Mains::Sixty)).as_deref(), Some("滤波 60\u{2009}Hz 陷波"));
        let both = note(Band::Monitor, Some(Mains::Fifty));
        assert_eq!(both.as_deref(), Some("滤波 0.5–40\u{2009}Hz，50\u{2009}Hz 陷波"));
    }
}
