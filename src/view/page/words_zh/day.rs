//! Every word of the day: a recording of hours.

use super::room::count;
use super::seconds;
use crate::view::geometry::decimal;

pub const DAY: &str = "整段记录";
pub const LINE: &str = "记录的时间轴";
pub const KEYS: &str = "点击，或使用按键：左右键在各次房颤发作之间移动，上下键移动一分钟，Home 和 End 跳到开头和结尾。\
    所选的一分钟在下方打开。";
pub const LEAD: &str = "用于分类的导联";
pub const PROGRESS: &str = "记录的分类进度";
pub const STOP: &str = "停止";
pub const GO_ON: &str = "继续";
pub const NOTHING: &str = "–";

pub const BURDEN: &str = "房颤负荷";
pub const EPISODES: &str = "房颤发作次数";
pub const LONGEST: &str = "最长一次";
pub const ANALYSED: &str = "已分析";
pub const LOST: &str = "噪声过大，无法判读";
pub const LIST: &str = "全部房颤发作";
pub const HOW: &str = "每 30 s 单独分类。房颤负荷是已分析时间中判为房颤的比例；一次发作是一串连续的房颤窗口，\
    其间允许有一个窗口判为其他类别。单个窗口可能是误报：请打开查看。";

pub const SIGNAL: &str = "信号";
pub const AF: &str = "房颤";
pub const OTHER: &str = "其他";
pub const NOISY: &str = "噪声";

/// "03:05:00", "第 2 天 03:05:00".
pub fn time_of_day(time: &str, midnights: u32) -> String {
    if midnights == 0 { time.to_owned() } else { format!("第 {} 天 {time}", midnights + 1) }
}

/// A minute's name: "holter，03:05:00".
pub fn moment(name: &str, time: &str) -> String {
    format!("{name}，{time}")
}

/// What is at the place on the line, for a screen reader.
pub fn here(time: &str, is_af: bool) -> String {
    if is_af { format!("{time}，心房颤动") } else { time.to_owned() }
}

/// "12 min 30 s（03:05:00）".
pub fn longest(length: f64, time: &str) -> String {
    format!("{}（{time}）", seconds(length))
}

/// "03:05:00，12 min 30 s".
pub fn episode(time: &str, length: f64) -> String {
    format!("{time}，{}", seconds(length))
}

/// "22.9 h，共 24.0 h".
pub fn hours_of(analysed: f64, all: f64) -> String {
    let hours = |seconds: f64| decimal(seconds / 3600.0, 1) + "\u{2009}h";
    format!("{}，共 {}", hours(analysed), hours(all))
}

/// "6 h": a mark of the time line.
pub fn hours(hours: f64) -> String {
    decimal(hours, 0) + "\u{2009}h"
}

/// How far the classification is, and how long the rest will take: `done_now` windows took `seconds`.
pub fn progress(done: usize, all: usize, done_now: usize, took: f64, is_running: bool) -> String {
    let so_far = format!("{} / {} 个窗口", count(done), count(all));
    if !is_running {
        return match done < all {
            true => format!("已停止：{so_far}；以上数值仅基于这些窗口。"),
            false => format!("已分类 {} 个窗口。", count(all)),
        };
    }
    if done_now < 16 || took < 0.5 {
        return so_far;
    }
    let left = (all.saturating_sub(done) as f64 * took / done_now as f64).ceil();
    let left = if left < 120.0 { decimal(left, 0) + "\u{2009}s" } else { seconds(left) };
    format!("{so_far} · 剩余 {left}")
}
