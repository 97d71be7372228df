//! What is said about a recording of hours.

use super::Chinese;
use crate::view::geometry::decimal;
use crate::view::i18n::{Holter, format};

impl Holter for Chinese {
    says! {
        whole_recording: "整段记录",
        line: "记录的时间轴",
        keys: "点击，或使用按键：左右键在各次房颤发作之间移动，上下键移动一分钟，Home 和 End 跳到开头和结尾。\
            所选的一分钟在下方打开。",
        lead: "用于分类的导联",
        progress: "记录的分类进度",
        stop: "停止",
        go_on: "继续",
        burden: "房颤负荷",
        episodes: "房颤发作次数",
        longest: "最长一次",
        analysed: "已分析",
        lost: "噪声过大，无法判读",
        list: "全部房颤发作",
        how: "每 30 s 单独分类。房颤负荷是已分析时间中判为房颤的比例；一次发作是一串连续的房颤窗口，\
            其间允许有一个窗口判为其他类别。单个窗口可能是误报：请打开查看。",
        signal: "信号",
        af: "房颤",
        other: "其他",
        noisy: "噪声",
    }

    fn time_of_day(&self, time: &str, midnights: u32) -> String {
        if midnights == 0 { time.to_owned() } else { format!("第 {} 天 {time}", midnights + 1) }
    }

    fn moment(&self, name: &str, time: &str) -> String {
        format!("{name}，{time}")
    }

    fn longest_episode(&self, length: f64, time: &str) -> String {
        format!("{}（{time}）", format::seconds(length))
    }

    fn episode(&self, time: &str, length: f64) -> String {
        format!("{time}，{}", format::seconds(length))
    }

    fn hours_of(&self, analysed: f64, all: f64) -> String {
        let hours = |seconds: f64| decimal(seconds / 3600.0, 1) + "\u{2009}h";
        format!("{}，共 {}", hours(analysed), hours(all))
    }

    fn windows_done(&self, done: usize, all: usize, done_now: usize, took: f64, is_running: bool) -> String {
        let so_far = format!("{} / {} 个窗口", format::count(done), format::count(all));
        if !is_running {
            return match done < all {
                true => format!("已停止：{so_far}；以上数值仅基于这些窗口。"),
                false => format!("已分类 {} 个窗口。", format::count(all)),
            };
        }
        if done_now < 16 || took < 0.5 {
            return so_far;
        }
        let left = (all.saturating_sub(done) as f64 * took / done_now as f64).ceil();
        let left = if left < 120.0 { decimal(left, 0) + "\u{2009}s" } else { format::seconds(left) };
        format!("{so_far} · 剩余 {left}")
    }
}
