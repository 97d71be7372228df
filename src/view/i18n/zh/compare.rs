//! What is said about the second trace.

use super::Chinese;
use crate::network::{Class, Layer};
use crate::view::i18n::{Compare, Main};

impl Compare for Chinese {
    says! {
        compare: "对比",
        compare_title: "在此波形下方再显示一条波形：另一类别、另一层，或另一条记录",
        second: "第二条波形",
        recording: "对比对象",
        same: "此记录",
        class: "重要性对应的类别",
        next_class: "其余中最可能的类别",
        answer: "预测类别",
    }

    fn no_rate(&self, name: &str) -> String {
        format!("{name}：文件未注明采样率。请从列表中打开它，并填写采样率。")
    }

    fn said(&self, answer: &str, sure: &str, explained: Class, of: Layer) -> String {
        format!("{}，{}。颜色：重要性，对应“{}”，{}。", answer, sure, self.class_name(explained), self.layer_name(of))
    }
}
