//! Everything about one answer as a JSON object, so that somebody else can come to the same: what was read, by which
//! network on which device, what it said, and its map. The fields that the command line's `ecg-lens explain` prints have
//! the same names here.
//!
//! The object is [`head`], then the samples and their importance as two lists ([`super::list`]), then [`tail`]:
//!
//! ```text
//! head "amplitude":[ list ], "importance":[ list ] tail
//! ```

use super::{list, number};
use crate::explain::{Explanation, Score};
use crate::network::Class;
use crate::signal::NotRead;
use crate::view::geometry::Span;

/// What a document says besides the numbers.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// This page's version, and what tells the network's weights.
    pub version: &'static str,
    pub weights: Option<&'a str>,
    /// When it was made: ISO 8601.
    pub made: &'a str,
    /// The device that answered, and how long it took.
    pub device: &'static str,
    pub milliseconds: f64,
    /// The recording's name and files, only where somebody wants them told.
    pub identity: Option<(&'a str, &'a [String])>,
    pub format: &'a str,
    pub synthetic: bool,
    pub lead: &'a str,
    pub fs: f64,
    pub n_samples: usize,
    /// The part that showed.
    pub view: Span,
    /// Of a strip, the window that the answer and the map are about.
    pub window: Option<Span>,
    pub explanation: &'a Explanation,
}

/// All fields before the two long lists, and the brace before them.
pub fn head(facts: &Facts) -> String {
    let explanation = facts.explanation;
    let mut object = Object { text: "{".to_owned() };
    object.text("app", "ECG Lens");
    object.text("app_version", facts.version);
    object.text_or_null("weights", facts.weights);
    object.text("made", facts.made);
    object.text("device", facts.device);
    object.number("ms", facts.milliseconds, 6);
    if let Some((name, files)) = facts.identity {
        object.text("record", name);
        let files: Vec<String> = files.iter().map(|file| quoted(file)).collect();
        object.raw("files", &format!("[{}]", files.join(",")));
    }
    object.text("format", facts.format);
    object.raw("synthetic", if facts.synthetic { "true" } else { "false" });
    object.text("lead", facts.lead);
    object.number("fs", facts.fs, 12);
    object.raw("n_samples", &facts.n_samples.to_string());
    let stretch = |span: Span| format!("[{},{}]", number(span.start, 9), number(span.end, 9));
    object.raw("view", &stretch(facts.view));
    object.raw("window", &facts.window.map_or("null".to_owned(), stretch));
    let probability = |class: Class| {
        let value = number(f64::from(explanation.probabilities[class.index()]), 7);
        format!("{}:{value}", quoted(class.code()))
    };
    object.raw("probabilities", &format!("{{{}}}", Class::ALL.map(probability).join(",")));
    object.raw("logits", &format!("[{}]", list(explanation.logits.into_iter(), true)));
    object.text("label", explanation.label.code());
    let set = |classes: &[Class]| {
        let codes: Vec<String> = classes.iter().map(|class| quoted(class.code())).collect();
        format!("[{}]", codes.join(","))
    };
    let sets = explanation.sets.as_ref();
    object.raw("set_90", &sets.map_or("null".to_owned(), |sets| set(&sets.at_90)));
    object.raw("set_95", &sets.map_or("null".to_owned(), |sets| set(&sets.at_95)));
    object.raw("certain", if explanation.is_certain() { "true" } else { "false" });
    object.text("class", explanation.class.code());
    object.text("layer", explanation.layer.name());
    let score = if explanation.score == Score::Softmax { "softmax" } else { "logit" };
    object.text("score", score);
    let map = &explanation.importance;
    object.number("map_fs", map.grid.fs, 12);
    object.number("map_start", map.grid.start, 12);
    object.raw("map", &format!("[{}]", list(map.known().map(|value| value.unwrap_or(f32::NAN)), true)));
    let unread = |it: &NotRead| format!("[{},{},{}]", number(it.from, 9), number(it.to, 9), quoted(it.reason.name()));
    object.raw("unusable", &format!("[{}]", map.unusable.iter().map(unread).collect::<Vec<_>>().join(",")));
    object.text + ","
}

/// What closes the object.
pub fn tail() -> &'static str {
    "}\n"
}

/// An object that is being written.
struct Object {
    text: String,
}

impl Object {
    fn raw(&mut self, key: &str, value: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        self.text += &quoted(key);
        self.text.push(':');
        self.text += value;
    }

    fn text(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    fn text_or_null(&mut self, key: &str, value: Option<&str>) {
        self.raw(key, &value.map_or("null".to_owned(), quoted));
    }

    fn number(&mut self, key: &str, value: f64, digits: u32) {
        self.raw(key, &number(value, digits));
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control < ' ' => quoted += &format!("\\u{:04x}", control as u32),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
