//! A finished evaluation as files: predictions as CSV and figures as JSON, as `ecg-lens evaluate` writes them.

use crate::evaluate::intervals::Estimate;
use crate::evaluate::{Prediction, Summary};
use crate::network::Class;
use crate::view::geometry::decimal;

/// One line of the predictions: a recording, its class where it has a label, and the four probabilities.
pub struct Line<'a> {
    pub record: &'a str,
    pub truth: Option<Class>,
    pub probabilities: [f32; 4],
}

/// The columns of `ecg-lens evaluate --predictions`; the label is empty where there is none.
pub fn predictions_csv<'a>(lines: impl Iterator<Item = Line<'a>>) -> String {
    let mut text = String::from("record,label,predicted,p_N,p_A,p_O,p_~\n");
    for line in lines {
        push_cell(&mut text, line.record);
        for cell in [line.truth.map_or("", Class::code), Class::of_highest(&line.probabilities).code()] {
            text.push(',');
            text.push_str(cell);
        }
        for probability in line.probabilities {
            text.push(',');
            text.push_str(&decimal(f64::from(probability), 6));
        }
        text.push('\n');
    }
    text
}

/// RFC 4180: quoted where it holds a comma, a quote or a line's end.
fn push_cell(text: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

/// The keys of `ecg-lens evaluate`'s report, and `intervals`: each figure's value, the ends of its 95 % interval, and the
/// recordings that it was measured on. `left_out`: a sentence for each recording that could not be classified.
pub fn figures_json(predictions: &[Prediction], left_out: &[String]) -> String {
    let summary = Summary::of(predictions);
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let object = |pairs: Vec<(&str, String)>| {
        let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{}: {value}", quoted(key))).collect();
        format!("{{{}}}", pairs.join(", "))
    };
    let estimate = |estimate: &Estimate| {
        object(vec![
            ("value", number(estimate.value)),
            ("low", number(estimate.low)),
            ("high", number(estimate.high)),
            ("recordings", estimate.recordings.to_string()),
        ])
    };
    let by_class = |read: &dyn Fn(usize) -> String| {
        object(Class::ALL.iter().map(|class| (class.code(), read(class.index()))).collect())
    };
    let confusion = summary.confusion.0.iter().map(|row| list(row.iter().map(usize::to_string).collect())).collect();
    let detection = &summary.n_vs_a;
    let intervals = object(vec![
        ("precision", by_class(&|class| estimate(&summary.classes[class].precision))),
        ("recall", by_class(&|class| estimate(&summary.classes[class].recall))),
        ("f1", by_class(&|class| estimate(&summary.classes[class].f1))),
        ("mean_f1_nao", estimate(&summary.mean_f1_nao)),
        ("accuracy", estimate(&summary.accuracy)),
        (
            "n_vs_a",
            object(vec![
                ("precision", estimate(&detection.precision)),
                ("recall", estimate(&detection.recall)),
                ("f1", estimate(&detection.f1)),
            ]),
        ),
    ]);
    let fields = [
        ("records", predictions.len().to_string()),
        ("left_out", list(left_out.iter().map(|reason| quoted(reason)).collect())),
        ("classes", list(Class::ALL.iter().map(|class| quoted(class.code())).collect())),
        ("confusion", list(confusion)),
        ("accuracy", number(summary.accuracy.value)),
        ("f1", by_class(&|class| number(summary.classes[class].f1.value))),
        ("mean_f1_nao", number(summary.mean_f1_nao.value)),
        (
            "n_vs_a",
            object(vec![
                ("precision", number(detection.precision.value)),
                ("recall", number(detection.recall.value)),
                ("f1", number(detection.f1.value)),
                ("auc", number(detection.auc)),
            ]),
        ),
        ("intervals", intervals),
    ];
    let lines: Vec<String> = fields.into_iter().map(|(key, value)| format!("  {}: {value}", quoted(key))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// JSON has no word for what is not a number.
fn number(value: f64) -> String {
    if value.is_finite() { decimal(value, 9).replace('\u{2212}', "-") } else { "null".to_owned() }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control < ' ' => quoted.push(' '),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(record: &str, truth: Class, probabilities: [f32; 4]) -> Prediction {
        Prediction { record: record.to_owned(), truth, probabilities }
    }

    #[test]
    fn predictions_are_written_as_the_command_line_writes_them() {
        let lines = [
            Line { record: "A1", truth: Some(Class::AtrialFibrillation), probabilities: [0.1, 0.2, 0.7, 0.0] },
            Line { record: "a, \"b\"", truth: None, probabilities: [0.25, 0.25, 0.25, 0.25] },
        ];
        let expected = "record,label,predicted,p_N,p_A,p_O,p_~\nA1,A,O,0.100000,0.200000,0.700000,0.000000\n\
                        \"a, \"\"b\"\"\",,N,0.250000,0.250000,0.250000,0.250000\n";
        assert_eq!(predictions_csv(lines.into_iter()), expected);
    }

    /// Read back by serde_json, which is no part of the page.
    #[cfg(feature = "read")]
    #[test]
    fn figures_are_json_with_the_counts_of_a_hand() {
        let predictions = [
            prediction("1", Class::Normal, [0.9, 0.1, 0.0, 0.0]),
            prediction("2", Class::Normal, [0.2, 0.8, 0.0, 0.0]),
            prediction("3", Class::AtrialFibrillation, [0.1, 0.9, 0.0, 0.0]),
            prediction("4", Class::Other, [0.1, 0.0, 0.9, 0.0]),
        ];
        let left_out = ["x\\y: \"no\"\nvalues.".to_owned()];
        let read: serde_json::Value = serde_json::from_str(&figures_json(&predictions, &left_out)).expect("JSON");
        assert_eq!(read["records"], 4);
        assert_eq!(read["left_out"][0], "x\\y: \"no\" values.");
        assert_eq!(read["confusion"].to_string(), "[[1,1,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,0]]");
        assert_eq!(read["accuracy"], 0.75);
        assert!(read["f1"]["~"].is_null());
        assert_eq!(read["n_vs_a"]["precision"], 0.5);
        assert_eq!(read["intervals"]["recall"]["N"]["recordings"], 2);
        let low = read["intervals"]["recall"]["N"]["low"].as_f64().expect("a number");
        assert!((low - crate::evaluate::intervals::share(1, 2).low).abs() < 1e-9);
    }
}
