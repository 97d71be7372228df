//! Every word about what is taken away from the page, and about keeping the page itself.

use super::{device, milliseconds, percent};
use crate::engine::message::DeviceKind;
use crate::network::Class;
use crate::view::geometry::decimal;

pub const REMEMBER: &str = "记住我打开的记录";
pub const REMEMBER_WHY: &str = "仅在此浏览器中保留最近八条，下次访问时仍在此处；关闭后即清除。";
pub const FORGET_RECENT: &str = "清除这些记录";

pub const EXPORT: &str = "导出";
pub const EXPORT_TITLE: &str = "将记录、判读结果及其重要性保存为文件";
pub const SHARE: &str = "分享";
pub const SHARE_TITLE: &str = "生成链接，以当前视图打开此记录";

pub const SVG: &str = "图片（SVG）";
pub const SVG_HINT: &str = "当前所示，矢量图";
pub const PNG: &str = "图片（PNG）";
pub const PNG_HINT: &str = "当前所示，两倍像素";
pub const CSV: &str = "表格（CSV）";
pub const CSV_HINT: &str = "时间、毫伏值、重要性";
pub const JSON: &str = "文档（JSON）";
pub const JSON_HINT: &str = "全部内容，可供复现";
pub const PRINT: &str = "打印或存为 PDF";
pub const PRINT_HINT: &str = "一页，25\u{2009}mm/s，10\u{2009}mm/mV";
pub const WITH_NAME: &str = "附上文件名及读取时的备注";
pub const WITH_NAME_HINT: &str = "文件名可能透露记录属于谁；不勾选则不附上。";
pub const NOT_DRAWN: &str = "未能生成图片：此浏览器无法绘制这么大的图。请放大视图，或导出矢量图（SVG）。";
pub const NOT_SAVED: &str = "浏览器未接收该文件。请允许本页下载文件，然后重试。";

/// Under an exported picture: "心房颤动，97.2 %。重要性对应的类别：心房颤动。"
pub fn caption(label: Class, probability: f32, explained: Class) -> String {
    let (label, explained) = (super::class(label), super::class(explained));
    format!("{label}，{}。重要性对应的类别：{explained}。", percent(probability))
}

pub const NO_MEDICAL_DEVICE: &str = "ECG Lens。仅供辅助，不是医疗器械。";

pub const LINK: &str = "链接";
pub const COPY: &str = "复制";
pub const COPIED: &str = "已复制。";
pub const COPY_BY_HAND: &str = "浏览器不允许本页复制：链接已选中，请手动复制。";
pub const LINK_TO_DEMO: &str = "打开此演示记录，视图和所问的问题均相同。";

/// What a link with a recording in it holds; `lead` is "II 导联" or empty.
pub fn link_holds(lead: &str, seconds: f64, characters: usize) -> String {
    let what = if lead.is_empty() { "波形本身".to_owned() } else { format!(" {lead}的波形本身") };
    format!(
        "链接中含有{what}，时长 {}，不含姓名和日期，共 {characters} 个字符。任何服务器都看不到它，\
         但持有链接的人也就持有这段记录。",
        super::seconds(seconds)
    )
}

pub fn too_long(seconds: f64, most: f64) -> String {
    format!("一个链接最多容纳单个导联 {}；此记录长 {}。请改为导出文件。", super::seconds(most), super::seconds(seconds))
}

pub const NOT_PACKED: &str = "这些采样无法放入链接：它们缺失，或不是心电信号的幅值。请改为导出文件。";

/// The name of a recording that came in a link, and what stands for its file's format.
pub const SHARED_NAME: &str = "分享的记录";
pub const SHARED_FORMAT: &str = "来自链接";
pub const DAMAGED_LINK: &str = "此链接不完整：复制或发送时丢失了一部分。请重新索取。";
pub const NEWER_LINK: &str = "此链接由本页的更新版本生成。请重新加载页面，或请页面的提供者更新。";

// On the printed page.

pub const PRINTED: &str = "打印时间";
pub const EXPLAINED: &str = "重要性对应的类别";
pub const HEART_RATE: &str = "心率";
pub const VARIATION: &str = "RR 变异";
pub const ANSWERED_BY: &str = "判读设备";
pub const NETWORK: &str = "神经网络";
pub const NETWORK_UNKNOWN: &str = "未能取得其模型卡";
pub const PAGE_VERSION: &str = "页面";

pub fn beats_a_minute(rate: f64) -> String {
    format!("{}\u{2009}次/分", decimal(rate, 0))
}

/// "变异系数 24 %，RMSSD 210 ms"; `variation` is a share of 1, `rmssd` in s.
pub fn rr_variation(variation: f64, rmssd: f64) -> String {
    format!("变异系数 {}\u{2009}%，RMSSD {}\u{2009}ms", decimal(variation * 100.0, 0), decimal(rmssd * 1000.0, 0))
}

pub fn device_and_time(kind: DeviceKind, time: f64) -> String {
    format!("{}，{}", device(kind), milliseconds(time))
}

/// "0.0 s 至 30.0 s，共 30 min 06 s · 25 mm/s · 10 mm/mV".
pub fn print_scale(start: f64, end: f64, length: f64, gain: f64) -> String {
    let at = |time: f64| if time < 120.0 { decimal(time, 1) + "\u{2009}s" } else { super::seconds(time) };
    let gain = decimal(gain, if gain.fract() == 0.0 { 0 } else { 2 });
    let length = super::seconds(length);
    format!("{} 至 {}，共 {length} · 25\u{2009}mm/s · {gain}\u{2009}mm/mV", at(start), at(end))
}

pub const SMALLER: &str = "已缩小以适应页面";

/// The alternative text of the printed trace.
pub const PRINTED_TRACE: &str = "心电波形，按重要性着色";

// Keeping the page.

pub const NEWER_VERSION: &str = "本页已有新版本。";
pub const USE_IT: &str = "加载新版本";
pub const OTHERS_ARE_OPEN: &str = "请先关闭本页的其他标签页：它们会一同更新。";
