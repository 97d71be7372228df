//! Every word of the room in which a labelled set is looked at.

use super::percent;
pub use super::short;
use crate::evaluate::around_beats::Quartiles;
use crate::evaluate::intervals::Estimate;
use crate::network::Class;
use crate::view::geometry::decimal;

pub const DEMO_SET: &str = "评估一个合成数据集";
pub const DEMO_SET_WHY: &str = "两百条记录，由本页中的心电图模型生成，并以各自的生成设定为标签。它们演示评估的过程，\
    并不说明神经网络的优劣。";
pub const ROOM: &str = "评估";
pub const STOP: &str = "停止";
pub const NOT_NOW: &str = "暂不";
pub const BACK: &str = "返回评估";
pub const PREVIOUS: &str = "上一条";
pub const NEXT: &str = "下一条";
pub const NO_RATE: &str = "文件未注明采样率。";

pub const TOO_LONG: &str = "这段记录超过一小时；请单独打开以查看全天。";

pub const MATRIX: &str = "混淆矩阵";
pub const MATRIX_HINT: &str = "行：标签。列：神经网络的预测。选择单元格可查看其中的记录。";
pub const LABEL: &str = "标签";
pub const FIGURES: &str = "指标";
pub const INTERVAL_HINT: &str = "括号内为 95\u{2009}% 置信区间。";
pub const CLASS: &str = "类别";
pub const PRECISION: &str = "精确率";
pub const RECALL: &str = "召回率";
pub const F1: &str = "F1";
pub const MEAN_F1: &str = "正常、房颤、其他的平均 F1";
pub const ACCURACY: &str = "准确率";
pub const N_AGAINST_A: &str = "房颤对正常";
pub const ANSWERS: &str = "预测结果";

pub const ROC: &str = "ROC 曲线";
pub const ROC_X: &str = "假阳性率";
pub const ROC_Y: &str = "真阳性率";
pub const PR: &str = "精确率–召回率曲线";
pub const RELIABILITY: &str = "可靠性图";
pub const RELIABILITY_X: &str = "预测类别的概率";
pub const RELIABILITY_Y: &str = "正确的比例";
pub const RELIABILITY_HINT: &str = "落在虚线上时，神经网络的置信度与正确率一致。";

pub const GALLERY: &str = "记录";
pub const AF_FOUND: &str = "检出的房颤";
pub const AF_MISSED: &str = "漏检的房颤";
pub const AF_WRONGLY: &str = "误判为房颤";
pub const SORT: &str = "排序";
pub const BY_PROBABILITY: &str = "概率";
pub const BY_DOUBT: &str = "不确定度";
pub const BY_NAME: &str = "名称";
pub const NONE_HERE: &str = "此数据集中没有这样的记录。";

pub const FILES_ARE_GONE: &str = "上次访问只保留了预测结果。再次拖入相同的文件即可查看记录。";
pub const FORGET: &str = "清除此次评估";
pub const FORGET_WHY: &str = "预测结果保存在此浏览器中，重新加载后仍在。记录本身不保存。";

pub const AVERAGES: &str = "记录汇总";
pub const NOTHING_TO_AVERAGE: &str = "这些记录中均未找到可供平均的心搏。";
pub const AROUND_BEATS: &str = "R 峰前后的重要性";
pub const AROUND_X: &str = "距 R 峰的秒数";
pub const AROUND_Y: &str = "重要性";
pub const P_PLACE: &str = "P";
pub const QRS_PLACE: &str = "QRS";
pub const BY_CHANGE: &str = "心搏的重要性，按该处节律变化的大小分组";
pub const CHANGE_X: &str = "RR 间期相对前一间期的变化";
pub const CHANGE_HINT: &str = "1 为该记录自身的平均值。柱形向右升高时，说明神经网络关注的是不按时出现的心搏。";
pub const HEART_RATE: &str = "心率";
pub const PER_MINUTE: &str = "\u{2009}次/分";
pub const RR_VARIATION: &str = "RR 不规则度（标准差/均值）";
pub const RMSSD: &str = "RMSSD";
pub const QUARTILES_HINT: &str = "数值为这些记录的中位数；括号内为上下四分位数。";

pub const SAVE_SVG: &str = "保存此图（SVG）";
pub const SAVE_PNG: &str = "保存此图（PNG，两倍像素）";
pub const SAVE_PREDICTIONS: &str = "预测结果（CSV）";
pub const SAVE_FIGURES: &str = "指标（JSON）";

/// 7404 as "7 404".
pub fn count(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// "7404 条带标签的记录：正常 4434，房颤 640，…"
pub fn offer(counts: [usize; 4], without: usize) -> String {
    if counts == [0; 4] {
        return format!("{} 条记录，均无标签。", count(without));
    }
    let parts: Vec<String> = Class::ALL
        .iter()
        .zip(counts)
        .filter(|(_, of_class)| *of_class > 0)
        .map(|(class, of_class)| format!("{} {}", short(*class), count(of_class)))
        .collect();
    format!("{} 条带标签的记录：{}。", count(counts.iter().sum()), parts.join("，"))
}

pub fn classify_all(all: usize) -> String {
    format!("将 {} 条全部分类", count(all))
}

/// "1204 / 7404 · 每秒 163 条 · 剩余 38.0 s"
pub fn run_progress(done: usize, all: usize, seconds: f64) -> String {
    let mut text = format!("{} / {}", count(done), count(all));
    let rate = done as f64 / seconds.max(0.001);
    if done >= 16 && seconds > 0.5 {
        let left = ((all - done) as f64 / rate).ceil();
        text.push_str(&format!(" · 每秒 {} 条 · 剩余 {}", decimal(rate, 0), super::seconds(left)));
    }
    text
}

/// "7404 条记录，用时 61.0 s", and whether it was stopped.
pub fn run_over(done: usize, all: usize, seconds: f64) -> String {
    let took = super::seconds(seconds);
    if done < all {
        format!("已停止：完成 {} 条，共 {} 条（{took}）。各项指标仅基于已完成的记录。", count(done), count(all))
    } else {
        format!("{} 条记录，用时 {took}。", count(done))
    }
}

pub fn could_not(count_of: usize) -> String {
    format!("{} 条记录无法分类", count(count_of))
}

pub fn and_more(count_of: usize) -> String {
    format!("…另有 {} 条。", count(count_of))
}

/// A label that is none of the four classes.
pub fn strange_label(name: &str, label: &str) -> String {
    format!("{name} 的标签为“{label}”，不是 N、A、O、~ 中的任何一个。")
}

/// A whole percentage; a dash where there is nothing to share.
pub fn share(share: f64) -> String {
    if share.is_finite() { decimal(share * 100.0, 0) + "\u{2009}%" } else { "–".to_owned() }
}

/// "0.853".
pub fn figure(value: f64) -> String {
    decimal(value, 3)
}

/// "(0.832–0.871)"; nothing where there is no figure.
pub fn interval(estimate: &Estimate) -> String {
    if !estimate.value.is_finite() {
        return String::new();
    }
    format!("({}–{})", figure(estimate.low), figure(estimate.high))
}

pub fn auc(value: f64) -> String {
    format!("曲线下面积 {}", decimal(value, 3))
}

pub fn average_precision(value: f64) -> String {
    format!("平均精确率 {}", decimal(value, 3))
}

/// One bar of the reliability diagram.
pub fn reliability_bin(sure: f64, right: f64, recordings: usize) -> String {
    format!("置信度 {}，正确率 {}，{} 条记录", share(sure), share(right), count(recordings))
}

/// What the gallery shows.
pub fn cell_title(truth: Class, predicted: Class) -> String {
    format!("{}判为{}", short(truth), short(predicted))
}

pub fn missed(class: Class) -> String {
    format!("漏检的{}", short(class))
}

pub fn wrongly(class: Class) -> String {
    format!("误判为{}", short(class))
}

pub fn called(class: Class) -> String {
    format!("判为{}", short(class))
}

/// "标签为房颤，判为其他，62.1 %".
pub fn verdict(truth: Option<Class>, predicted: Class, probability: f32) -> String {
    let answer = format!("判为{}，{}", short(predicted), percent(probability));
    truth.map_or(answer.clone(), |truth| format!("标签为{}，{answer}", short(truth)))
}

/// Under a trace: what its colour speaks for.
pub fn explained_for(class: Class) -> String {
    format!("对“{}”的重要性", short(class))
}

/// "为何不是房颤？"
pub fn why_not(class: Class) -> String {
    format!("为何不是{}？", short(class))
}

pub fn open_whole(name: &str) -> String {
    format!("打开 {name} 的完整记录")
}

/// "3 / 41 · 漏检的房颤".
pub fn walk(at: usize, all: usize, title: &str) -> String {
    format!("{} / {} · {title}", count(at + 1), count(all))
}

/// A button: "汇总这 41 条".
pub fn average_these(count_of: usize) -> String {
    match count_of <= 100 {
        true => format!("汇总这 {} 条", count(count_of)),
        false => format!("汇总这 {} 条中的 100 条", count(count_of)),
    }
}

pub fn averaging(done: usize, all: usize) -> String {
    format!("已解释 {} / {}", count(done), count(all))
}

/// "38 条记录的汇总", and of how many.
pub fn averaged(recordings: usize, all: usize) -> String {
    match recordings < all {
        true => format!("{} 条记录的汇总（共 {} 条）", count(recordings), count(all)),
        false => format!("{} 条记录的汇总", count(recordings)),
    }
}

/// Under the importance around the R peak.
pub fn around_hint(at_p: f64, at_qrs: f64) -> String {
    format!(
        "面积：重要性，1 为该记录自身的平均值。曲线：平均心搏。P 波应在的位置：{}。QRS 波群处：{}。",
        decimal(at_p, 2),
        decimal(at_qrs, 2)
    )
}

/// "10–20 %", "高于 40 %".
pub fn change(from: Option<f64>, to: Option<f64>) -> String {
    let percent = |share: f64| decimal(share * 100.0, 0);
    match (from, to) {
        (Some(from), Some(to)) => format!("{}–{}\u{2009}%", percent(from), percent(to)),
        (None, Some(to)) => format!("低于 {}\u{2009}%", percent(to)),
        (from, None) => format!("高于 {}\u{2009}%", percent(from.unwrap_or(0.0))),
    }
}

pub fn beats(count_of: usize) -> String {
    format!("{} 个心搏", count(count_of))
}

/// One bar of the importance by change.
pub fn change_group(importance: f64, count_of: usize) -> String {
    format!("平均重要性的 {} 倍，{}", decimal(importance, 2), beats(count_of))
}

/// "72 次/分（64–81）".
pub fn quartiles(it: Quartiles, unit: &str) -> String {
    let said = |value: f64| decimal(value, 0);
    format!("{}{unit}（{}–{}）", said(it.median), said(it.lower), said(it.upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_fast_and_how_long_still() {
        let said = run_progress(1000, 7000, 10.0);
        assert_eq!(said, "1000 / 7000 · 每秒 100 条 · 剩余 60.0\u{2009}s");
        assert_eq!(run_progress(3, 7000, 0.1), "3 / 7000");
        assert_eq!((count(85_280), count(8528)), ("85\u{2009}280".to_owned(), "8528".to_owned()));
    }

    #[test]
    fn says_what_a_set_holds_in_chinese() {
        assert_eq!(offer([4434, 640, 0, 0], 12), "5074 条带标签的记录：正常 4434，房颤 640。");
        assert_eq!(offer([0; 4], 12), "12 条记录，均无标签。");
        let missed = verdict(Some(Class::AtrialFibrillation), Class::Other, 0.621);
        assert_eq!(missed, "标签为房颤，判为其他，62.1\u{2009}%");
    }
}
