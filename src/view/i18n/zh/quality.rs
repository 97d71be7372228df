//! What is said about stretches of a recording that were not read.

use super::Chinese;
use crate::signal::quality::Reason;
use crate::view::i18n::{Quality, format};

impl Quality for Chinese {
    says! {
        unread_here: "未判读",
    }

    fn reason(&self, reason: Reason) -> &'static str {
        match reason {
            Reason::Missing => "无信号",
            Reason::Flat => "平线",
            Reason::Saturated => "饱和",
            Reason::LeadOff => "导联脱落",
            Reason::Hum => "仅有干扰",
            Reason::Motion => "运动伪差",
            Reason::TooShort => "过短",
        }
    }

    fn stretch_not_read(&self, reason: Reason, from: f64, to: f64) -> String {
        let why = match reason {
            Reason::Missing => "文件中此处没有采样点",
            Reason::Flat => "此处为一条平线",
            Reason::Saturated => "放大器达到上限",
            Reason::LeadOff => "电极脱落，电平尚未稳定",
            Reason::Hum => "只有工频干扰，看不到心搏",
            Reason::Motion => "运动伪差掩盖了所有心搏",
            Reason::TooShort => "夹在这类片段之间，过短而无法判断节律",
        };
        format!("{} 至 {} 未判读：{why}。", format::seconds(from), format::seconds(to))
    }
}
