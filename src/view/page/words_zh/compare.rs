//! Every word about the second trace.

use super::{class, layer, percent};
use crate::network::{Class, Layer};

pub const COMPARE: &str = "对比";
pub const COMPARE_TITLE: &str = "在此波形下方再显示一条波形：另一类别、另一层，或另一条记录";
pub const SECOND: &str = "第二条波形";
pub const RECORDING: &str = "对比对象";
pub const SAME: &str = "此记录";
pub const CLASS: &str = "重要性对应的类别";
pub const NEXT_CLASS: &str = "其余中最可能的类别";
pub const ANSWER: &str = "预测类别";

/// A recording that cannot be shown.
pub fn no_rate(name: &str) -> String {
    format!("{name}：文件未注明采样率。请从列表中打开它，并填写采样率。")
}

/// "心房颤动，97.2 %。颜色：重要性，对应“其他节律”，阶段 4（最后）。"
pub fn said(label: Class, probability: f32, explained: Class, of: Layer) -> String {
    format!("{}，{}。颜色：重要性，对应“{}”，{}。", class(label), percent(probability), class(explained), layer(of))
}
