//! What is said on the sheet of all leads.

use super::Chinese;
use crate::view::consensus::{Colours, Consensus};
use crate::view::i18n::{Main, Sheet};

impl Sheet for Chinese {
    says! {
        measure_hint: "拖动可移动；点按某一导联，即在其中测量。",
        measure_keys: "按 C 键使用或收起分规；上下方向键将分规移到前一或后一导联。",
    }

    fn consensus(&self, leads: &Consensus) -> String {
        let said = leads.counts.iter().map(|(class, count)| format!("{count} 个：{}", self.class_name(*class)));
        let refused = (leads.refused > 0).then(|| format!("{} 个：无结果", leads.refused));
        let awaited = (leads.awaited > 0).then(|| format!("{} 个正在判读", leads.awaited));
        let all: Vec<String> = said.chain(refused).chain(awaited).collect();
        format!("{} 个导联中，{}。", leads.all, all.join("；"))
    }

    fn colours(&self, colours: Option<Colours>) -> String {
        match colours {
            None => String::new(),
            Some(Colours::Of(class)) => format!("着色：对{}的重要性", self.class_name(class)),
            Some(Colours::OwnAnswer) => "着色：各导联对其自身结果的重要性".to_owned(),
        }
    }

    fn measured_in(&self, lead: &str) -> String {
        format!("{lead} 导联。")
    }
}
