//! What is said about a rhythm strip: a recording of more than a minute.

use super::Chinese;
use crate::evaluate::Overall;
use crate::evaluate::agreement::Agreement;
use crate::evaluate::burden::Verdict;
use crate::view::geometry::decimal;
use crate::view::i18n::{Main, Strip, format};

impl Strip for Chinese {
    says! {
        keys: "点击，或使用按键：左右键在各次房颤发作之间移动，上下键移动 30 s，Home 和 End 跳到开头和结尾。下方波形随之移动。",
        how: "每 30 s 单独分类，不取平均。下方的结果、概率和颜色属于视图中央所在的窗口。一次发作是一串连续的房颤窗口，\
            其间允许有一个窗口判为其他类别；单个窗口可能是误报：请打开查看。心率为八次心搏的平均值，噪声窗口和未判读的窗口不计入。",
        marked: "标注",
        rate: "心率",
        time_in_af: "房颤时间",
        rates: "心率（次/分）",
        longest_rr: "最长 RR 间期",
        pauses: "超过 2\u{2009}s 的长间歇",
        not_read: "未判读",
        lowest_title: "八次心搏平均的最低心率：转到该处",
        highest_title: "八次心搏平均的最高心率：转到该处",
        longest_rr_title: "相邻两个 R 波之间的最长时间：转到该处",
        not_read_title: "没有可用信号的窗口：平直、缺失或不是心电信号。既不计为正确，也不计为错误。",
        save: "房颤发作（CSV）",
        averaged: "在带标签的数据集中，每份记录只有一个结果：超过 30\u{2009}s 的记录取各窗口的平均值。打开该记录可逐个查看窗口。",
        begins: "房颤发作开始",
        lasts: "持续",
    }

    fn headline(&self, overall: &Overall, is_running: bool) -> String {
        let so_far = if is_running { "目前：" } else { "" };
        if overall.analysed == 0.0 {
            return match is_running {
                true => self.reading().to_owned(),
                false => "整段记录均无法分类".to_owned(),
            };
        }
        let length = format::length(overall.longest);
        let af = match overall.episodes {
            0 => "无房颤发作".to_owned(),
            1 => format!("房颤发作 1 次，{length}"),
            episodes => format!("房颤发作 {episodes} 次，最长 {length}"),
        };
        let otherwise = if overall.episodes > 0 { "其余" } else { "" };
        let rest = match overall.rest.as_slice() {
            [] if overall.is_af_throughout() => "；已分析部分均为房颤".to_owned(),
            [] => String::new(),
            [(class, _)] => format!("；{otherwise}为{}", self.class_name(*class)),
            [(most, _), (least, seconds), ..] => format!(
                "；{otherwise}大部分为{}，{} {}",
                self.class_name(*most),
                self.class_name(*least),
                format::length(*seconds)
            ),
        };
        format!("{so_far}{af}{rest}")
    }

    fn part_of(&self, part: f64, all: f64) -> String {
        let (part, all) = format::part_of(part, all);
        format!("{part}，共 {all}")
    }

    fn rr_at(&self, seconds: f64, time: &str) -> String {
        format!("{}\u{2009}s（{time}）", decimal(seconds, 2))
    }

    fn window(&self, number: usize, all: usize, from: &str, to: &str) -> String {
        format!("第 {number} / {all} 个窗口，{from}\u{2013}{to}")
    }

    fn here(&self, time: &str, verdicts: &[Verdict]) -> String {
        let said = verdicts.iter().filter_map(|verdict| match verdict {
            Verdict::Waiting => None,
            Verdict::Unusable => Some("未判读"),
            Verdict::Called(class) => Some(self.class_name(*class)),
        });
        let said: Vec<&str> = said.collect();
        if said.is_empty() { time.to_owned() } else { format!("{time}：{}", said.join("，然后")) }
    }

    fn agreement(&self, agreement: &Agreement) -> String {
        let (marked, called, both) = (agreement.marked(), agreement.called(), agreement.both);
        let windows = format!("与文件中标注的节律比较，{} 个窗口：", format::count(agreement.windows()));
        let share =
            |share: Option<f64>| share.map_or_else(|| format::NOTHING.to_owned(), |it| format::percent(it as f32));
        let rest = match (marked, called) {
            (0, 0) => "无一标注为房颤，也无一判为房颤。".to_owned(),
            (0, called) => format!("无一标注为房颤，{called} 个判为房颤。"),
            (marked, 0) => format!("{marked} 个标注为房颤，无一判为房颤。"),
            _ => format!(
                "房颤灵敏度 {}（{both} / {marked}），阳性预测率 {}（{both} / {called}）；按时长计为 {} 和 {}。",
                share(agreement.sensitivity()),
                share(agreement.predictivity()),
                share(agreement.duration_sensitivity()),
                share(agreement.duration_predictivity())
            ),
        };
        windows + &rest
    }

    fn more_episodes(&self, count: usize) -> String {
        format!("另有 {count} 次发作未打印。")
    }

    fn link_window(&self, from: &str, to: &str) -> String {
        format!("链接只包含本记录中被解释的窗口：{from}\u{2013}{to}。")
    }
}
