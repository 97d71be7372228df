//! What is said on the sheet of all leads.

use super::English;
use crate::view::consensus::{Colours, Consensus};
use crate::view::i18n::{Main, Sheet};

impl Sheet for English {
    says! {
        measure_hint: "Drag to move, click in a lead to measure there.",
        measure_keys: "C takes up calipers and puts them away; up and down arrows take them to the lead before and after.",
    }

    fn consensus(&self, leads: &Consensus) -> String {
        let all = leads.all;
        let said = leads.counts.iter().enumerate().map(|(index, (class, count))| {
            let of_all = if index == 0 { format!(" of {all} leads") } else { String::new() };
            format!("{count}{of_all}: {}", self.class_name(*class))
        });
        let refused = (leads.refused > 0).then(|| match leads.counts.is_empty() {
            true => format!("{} of {all} leads: no answer", leads.refused),
            false => format!("{}: no answer", leads.refused),
        });
        let nothing_yet = leads.counts.is_empty() && leads.refused == 0;
        let awaited = (leads.awaited > 0).then(|| match (leads.awaited, nothing_yet) {
            (count, true) => format!("{count} leads are being read"),
            (1, false) => "1 is being read".to_owned(),
            (count, false) => format!("{count} are being read"),
        });
        said.chain(refused).chain(awaited).collect::<Vec<_>>().join("; ") + "."
    }

    fn colours(&self, colours: Option<Colours>) -> String {
        match colours {
            None => String::new(),
            Some(Colours::Of(class)) => format!("Colours: importance for {}", self.class_name(class)),
            Some(Colours::OwnAnswer) => "Colours: importance for each lead\u{2019}s own answer".to_owned(),
        }
    }

    fn measured_in(&self, lead: &str) -> String {
        format!("Lead {lead}. ")
    }
}
