//! What is said about the evaluation of a labelled set.

use super::Chinese;
use crate::evaluate::around_beats::Quartiles;
use crate::network::Class;
use crate::view::geometry::decimal;
use crate::view::i18n::{Evaluation, Main, format};

impl Evaluation for Chinese {
    says! {
        demo_set: "评估一个合成数据集",
        demo_set_why: "两百条记录，由本页中的心电图模型生成，并以各自的生成设定为标签。它们演示评估的过程，\
            并不说明神经网络的优劣。",
        evaluation: "评估",
        stop: "停止",
        not_now: "暂不",
        back: "返回评估",
        previous: "上一条",
        next: "下一条",
        no_rate: "文件未注明采样率。",
        too_long: "这段记录超过一小时；请单独打开以查看全天。",
        matrix: "混淆矩阵",
        matrix_hint: "行：标签。列：神经网络的预测。选择单元格可查看其中的记录。",
        label: "标签",
        figures: "指标",
        interval_hint: "括号内为 95\u{2009}% 置信区间。",
        class: "类别",
        precision: "精确率",
        recall: "召回率",
        f1: "F1",
        mean_f1: "正常、房颤、其他的平均 F1",
        accuracy: "准确率",
        n_against_a: "房颤对正常",
        answers: "预测结果",
        roc: "ROC 曲线",
        roc_x: "假阳性率",
        roc_y: "真阳性率",
        pr: "精确率–召回率曲线",
        reliability: "可靠性图",
        reliability_x: "预测类别的概率",
        reliability_y: "正确的比例",
        reliability_hint: "落在虚线上时，神经网络的置信度与正确率一致。",
        gallery: "记录",
        af_found: "检出的房颤",
        af_missed: "漏检的房颤",
        af_wrongly: "误判为房颤",
        sort: "排序",
        by_probability: "概率",
        by_doubt: "不确定度",
        by_name: "名称",
        excerpt: "片段",
        around_highest: "重要性最高处前后",
        beginning: "从头开始",
        card_scale: "1 为各条记录自身的最高重要性。",
        none_here: "此数据集中没有这样的记录。",
        files_are_gone: "上次访问只保留了预测结果。再次拖入相同的文件即可查看记录。",
        forget: "清除此次评估",
        forget_why: "预测结果保存在此浏览器中，重新加载后仍在。记录本身不保存。",
        averages: "记录汇总",
        nothing_to_average: "这些记录中均未找到可供平均的心搏。",
        around_beats: "R 峰前后的重要性",
        around_x: "距 R 峰的秒数",
        around_y: "重要性",
        p_place: "P",
        qrs_place: "QRS",
        by_change: "心搏的重要性，按该处节律变化的大小分组",
        change_x: "RR 间期相对前一间期的变化",
        change_hint: "1 为该记录自身的平均值。柱形向右升高时，说明神经网络关注的是不按时出现的心搏。",
        heart_rate: "心率",
        per_minute: "\u{2009}次/分",
        rr_variation: "RR 不规则度（标准差/均值）",
        rmssd: "RMSSD",
        quartiles_hint: "数值为这些记录的中位数；括号内为上下四分位数。",
        save_svg: "保存此图（SVG）",
        save_png: "保存此图（PNG，两倍像素）",
        save_predictions: "预测结果（CSV）",
        save_figures: "指标（JSON）",
    }

    fn offer(&self, counts: [usize; 4], without: usize) -> String {
        if counts == [0; 4] {
            return format!("{} 条记录，均无标签。", format::count(without));
        }
        let parts: Vec<String> = Class::ALL
            .iter()
            .zip(counts)
            .filter(|(_, of_class)| *of_class > 0)
            .map(|(class, of_class)| format!("{} {}", self.class_short(*class), format::count(of_class)))
            .collect();
        format!("{} 条带标签的记录：{}。", format::count(counts.iter().sum()), parts.join("，"))
    }

    fn classify_all(&self, all: usize) -> String {
        format!("将 {} 条全部分类", format::count(all))
    }

    fn run_progress(&self, done: usize, all: usize, seconds: f64) -> String {
        let mut text = format!("{} / {}", format::count(done), format::count(all));
        let rate = done as f64 / seconds.max(0.001);
        if done >= 16 && seconds > 0.5 {
            let left = ((all - done) as f64 / rate).ceil();
            text.push_str(&format!(" · 每秒 {} 条 · 剩余 {}", decimal(rate, 0), format::seconds(left)));
        }
        text
    }

    fn run_over(&self, done: usize, all: usize, seconds: f64) -> String {
        let took = format::seconds(seconds);
        if done < all {
            format!(
                "已停止：完成 {} 条，共 {} 条（{took}）。各项指标仅基于已完成的记录。",
                format::count(done),
                format::count(all)
            )
        } else {
            format!("{} 条记录，用时 {took}。", format::count(done))
        }
    }

    fn could_not(&self, count_of: usize) -> String {
        format!("{} 条记录无法分类", format::count(count_of))
    }

    fn and_more(&self, count_of: usize) -> String {
        format!("…另有 {} 条。", format::count(count_of))
    }

    fn strange_label(&self, name: &str, label: &str) -> String {
        format!("{name} 的标签为“{label}”，不是 N、A、O、~ 中的任何一个。")
    }

    fn auc(&self, value: f64) -> String {
        format!("曲线下面积 {}", decimal(value, 3))
    }

    fn average_precision(&self, value: f64) -> String {
        format!("平均精确率 {}", decimal(value, 3))
    }

    fn reliability_bin(&self, sure: f64, right: f64, recordings: usize) -> String {
        format!(
            "置信度 {}，正确率 {}，{} 条记录",
            format::whole_percent(sure),
            format::whole_percent(right),
            format::count(recordings)
        )
    }

    fn cell_title(&self, truth: Class, predicted: Class) -> String {
        format!("{}判为{}", self.class_short(truth), self.class_short(predicted))
    }

    fn missed(&self, class: Class) -> String {
        format!("漏检的{}", self.class_short(class))
    }

    fn wrongly(&self, class: Class) -> String {
        format!("误判为{}", self.class_short(class))
    }

    fn called(&self, class: Class) -> String {
        format!("判为{}", self.class_short(class))
    }

    fn verdict(&self, truth: Option<Class>, predicted: Class, probability: f32) -> String {
        let answer = format!("判为{}，{}", self.class_short(predicted), format::percent(probability));
        truth.map_or(answer.clone(), |truth| format!("标签为{}，{answer}", self.class_short(truth)))
    }

    fn explained_for(&self, class: Class) -> String {
        format!("对“{}”的重要性", self.class_short(class))
    }

    fn why_not(&self, class: Class) -> String {
        format!("为何不是{}？", self.class_short(class))
    }

    fn open_whole(&self, name: &str) -> String {
        format!("打开 {name} 的完整记录")
    }

    fn show_more(&self, count_of: usize) -> String {
        format!("再显示 {} 条", format::count(count_of))
    }

    fn walk(&self, at: usize, all: usize, title: &str) -> String {
        format!("{} / {} · {title}", format::count(at + 1), format::count(all))
    }

    fn average_these(&self, count_of: usize) -> String {
        match count_of <= 100 {
            true => format!("汇总这 {} 条", format::count(count_of)),
            false => format!("汇总这 {} 条中的 100 条", format::count(count_of)),
        }
    }

    fn averaging(&self, done: usize, all: usize) -> String {
        format!("已解释 {} / {}", format::count(done), format::count(all))
    }

    fn averaged(&self, recordings: usize, all: usize) -> String {
        match recordings < all {
            true => format!("{} 条记录的汇总（共 {} 条）", format::count(recordings), format::count(all)),
            false => format!("{} 条记录的汇总", format::count(recordings)),
        }
    }

    fn around_hint(&self, at_p: f64, at_qrs: f64) -> String {
        format!(
            "面积：重要性，1 为该记录自身的平均值。曲线：平均心搏。P 波应在的位置：{}。QRS 波群处：{}。",
            decimal(at_p, 2),
            decimal(at_qrs, 2)
        )
    }

    fn change(&self, from: Option<f64>, to: Option<f64>) -> String {
        let percent = |share: f64| decimal(share * 100.0, 0);
        match (from, to) {
            (Some(from), Some(to)) => format!("{}–{}\u{2009}%", percent(from), percent(to)),
            (None, Some(to)) => format!("低于 {}\u{2009}%", percent(to)),
            (from, None) => format!("高于 {}\u{2009}%", percent(from.unwrap_or(0.0))),
        }
    }

    fn beats(&self, count_of: usize) -> String {
        format!("{} 个心搏", format::count(count_of))
    }

    fn change_group(&self, importance: f64, count_of: usize) -> String {
        format!("平均重要性的 {} 倍，{}", decimal(importance, 2), self.beats(count_of))
    }

    fn quartiles(&self, it: Quartiles, unit: &str) -> String {
        let said = |value: f64| decimal(value, 0);
        format!("{}{unit}（{}–{}）", said(it.median), said(it.lower), said(it.upper))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_fast_and_how_long_still() {
        let said = Chinese.run_progress(1000, 7000, 10.0);
        assert_eq!(said, "1000 / 7000 · 每秒 100 条 · 剩余 60.0\u{2009}s");
        assert_eq!(Chinese.run_progress(3, 7000, 0.1), "3 / 7000");
        assert_eq!((format::count(85_280), format::count(8528)), ("85\u{2009}280".to_owned(), "8528".to_owned()));
    }

    #[test]
    fn says_what_a_set_holds_in_chinese() {
        assert_eq!(Chinese.offer([4434, 640, 0, 0], 12), "5074 条带标签的记录：正常 4434，房颤 640。");
        assert_eq!(Chinese.offer([0; 4], 12), "12 条记录，均无标签。");
        let missed = Chinese.verdict(Some(Class::AtrialFibrillation), Class::Other, 0.621);
        assert_eq!(missed, "标签为房颤，判为其他，62.1\u{2009}%");
    }
}
