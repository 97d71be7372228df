//! What is said about files, prints and links, and about keeping the page itself.

use super::Chinese;
use crate::engine::message::DeviceKind;
use crate::network::Class;
use crate::view::geometry::decimal;
use crate::view::i18n::{Export, Main, format};

impl Export for Chinese {
    says! {
        remember: "记住我打开的记录",
        remember_why: "仅在此浏览器中保留最近八条，下次访问时仍在此处；关闭后即清除。",
        forget_recent: "清除这些记录",
        export: "导出",
        export_title: "将记录、判读结果及其重要性保存为文件",
        share: "分享",
        share_title: "生成链接，以当前视图打开此记录",
        svg: "图片（SVG）",
        svg_hint: "当前所示，矢量图",
        png: "图片（PNG）",
        png_hint: "当前所示，两倍像素",
        csv: "表格（CSV）",
        csv_hint: "时间、毫伏值、重要性",
        json: "文档（JSON）",
        json_hint: "全部内容，可供复现",
        print: "打印或存为 PDF",
        print_hint: "一页，毫米为实际尺寸",
        with_name: "附上文件名及读取时的备注",
        with_name_hint: "文件名可能透露记录属于谁；不勾选则不附上。",
        not_drawn: "未能生成图片：此浏览器无法绘制这么大的图。请放大视图，或导出矢量图（SVG）。",
        not_saved: "浏览器未接收该文件。请允许本页下载文件，然后重试。",
        no_medical_device: "ECG Lens。仅供辅助，不是医疗器械。",
        link: "链接",
        copy: "复制",
        copied: "已复制。",
        copy_by_hand: "浏览器不允许本页复制：链接已选中，请手动复制。",
        link_to_demo: "打开此演示记录，视图和所问的问题均相同。",
        not_packed: "这些采样无法放入链接：它们缺失，或不是心电信号的幅值。请改为导出文件。",
        shared_name: "分享的记录",
        shared_format: "来自链接",
        damaged_link: "此链接不完整：复制或发送时丢失了一部分。请重新索取。",
        newer_link: "此链接由本页的更新版本生成。请重新加载页面，或请页面的提供者更新。",
        printed: "打印时间",
        explained: "重要性对应的类别",
        heart_rate: "心率",
        variation: "RR 变异",
        answered_by: "判读设备",
        network: "神经网络",
        network_unknown: "未能取得其模型卡",
        page_version: "页面",
        smaller: "已缩小以适应页面",
        true_to_scale: "在 A4 或 Letter 纸上按 100\u{2009}% 打印时，毫米为实际尺寸",
        printed_trace: "心电波形，按重要性着色",
        newer_version: "本页已有新版本。",
        use_it: "加载新版本",
        others_are_open: "请先关闭本页的其他标签页：它们会一同更新。",
    }

    fn caption(&self, answer: &str, sure: &str, explained: Class) -> String {
        format!("{answer}，{sure}。重要性对应的类别：{}。", self.class_name(explained))
    }

    fn link_holds(&self, lead: &str, seconds: f64, characters: usize) -> String {
        let what = if lead.is_empty() { "波形本身".to_owned() } else { format!(" {lead}的波形本身") };
        format!(
            "链接中含有{what}，时长 {}，不含姓名和日期，共 {characters} 个字符。任何服务器都看不到它，\
             但持有链接的人也就持有这段记录。",
            format::seconds(seconds)
        )
    }

    fn too_long(&self, seconds: f64, most: f64) -> String {
        format!(
            "一个链接最多容纳单个导联 {}；此记录长 {}。请改为导出文件。",
            format::seconds(most),
            format::seconds(seconds)
        )
    }

    fn beats_a_minute(&self, rate: f64) -> String {
        format!("{}\u{2009}次/分", decimal(rate, 0))
    }

    fn rr_variation(&self, variation: f64, rmssd: f64) -> String {
        format!("变异系数 {}\u{2009}%，RMSSD {}\u{2009}ms", decimal(variation * 100.0, 0), decimal(rmssd * 1000.0, 0))
    }

    fn device_and_time(&self, kind: DeviceKind, time: f64) -> String {
        format!("{}，{}", format::device(kind), format::milliseconds(time))
    }

    fn print_scale(&self, start: f64, end: f64, length: f64, scale: (f64, f64)) -> String {
        let length = format::seconds(length);
        format!("{} 至 {}，共 {length} · {}", format::moment(start), format::moment(end), format::printed_scale(scale))
    }

    fn less_gain(&self, chosen: f64) -> String {
        format!("低于 {}：波形高于页面", format::printed_gain(chosen))
    }
}
