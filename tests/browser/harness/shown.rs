//! [`Shown`]: what the page says about the recording on it, and whether that is what the network says.

use ecg_lens::explain::Explanation;
use ecg_lens::network::Class;
use ecg_lens::view::i18n::Language;
use serde::Deserialize;

use super::Page;

/// How far probabilities and importance (as a share of the map's maximum) may be off: summing in another order, and
/// the four digits that the page writes.
const TOLERANCE: f64 = 1e-3;

/// One answer as it stands in the document.
#[derive(Debug, Deserialize)]
pub struct Shown {
    /// The recording's name.
    pub record: String,
    /// The class in words.
    pub heading: String,
    /// Codes of the class that was answered and of the one that is explained.
    pub label: String,
    pub explained: String,
    pub layer: String,
    pub device: String,
    /// By class, in the network's order: as data, and as it is written.
    pub probabilities: Vec<f64>,
    pub percents: Vec<String>,
    /// The trace's `d` and `stroke`.
    pub path: String,
    pub stroke: String,
    /// Width of the plot, and where the gradient begins and ends in it.
    pub width: f64,
    pub ends: (f64, f64),
    pub stops: Vec<Stop>,
}

/// One stop of the trace's gradient.
#[derive(Debug, Deserialize)]
pub struct Stop {
    pub offset: f64,
    /// In s.
    pub time: f64,
    pub importance: f64,
    pub colour: String,
}

const SCRIPT: &str = r##"
    const one = css => document.querySelector(css);
    const number = (element, name) => Number(element.getAttribute(name));
    const bars = ["N", "A", "O", "~"].map(code => one(`#probabilities .probability[data-class="${code}"]`));
    const answer = one("#answer"), gradient = one("#trace-gradient"), path = one("#trace-path");
    return {
        record: answer.dataset.record, label: answer.dataset.class, explained: answer.dataset.explained,
        layer: answer.dataset.layer, device: answer.dataset.device, heading: one(".class-name").innerText,
        probabilities: bars.map(bar => number(bar, "data-probability")),
        percents: bars.map(bar => bar.querySelector(".number").innerText),
        path: path.getAttribute("d"), stroke: path.getAttribute("stroke"),
        width: number(one("#trace-clip rect"), "width"), ends: [number(gradient, "x1"), number(gradient, "x2")],
        stops: [...gradient.querySelectorAll("stop")].map(stop => ({
            offset: number(stop, "offset"), time: number(stop, "data-time"),
            importance: number(stop, "data-importance"), colour: stop.getAttribute("stop-color"),
        })),
    };
"##;

impl Page {
    /// Waits until the recording called `record` is answered, and reads what is shown.
    #[track_caller]
    pub fn answer_to(&self, record: &str) -> Shown {
        self.wait_for(&format!(r#"#answer[data-state="answered"][data-record="{record}"]"#));
        self.shown()
    }

    /// The answer that is shown.
    #[track_caller]
    pub fn shown(&self) -> Shown {
        serde_json::from_value(self.run(SCRIPT)).expect("an answer on the page")
    }

    /// The name of the recording on the page, and of how many points its trace is drawn.
    #[track_caller]
    pub fn trace(&self) -> (String, usize) {
        let (record, path) = (self.attributes("#answer", "data-record"), self.attributes("#trace-path", "d"));
        (record.concat(), path.concat().matches(['M', 'L']).count())
    }

    /// The first and last moment that can be seen, in s.
    #[track_caller]
    pub fn span(&self) -> (f64, f64) {
        self.shown().span()
    }

    /// Brings the whole recording into view.
    #[track_caller]
    pub fn show_whole(&self) {
        self.click("#view-whole");
        self.wait_for(r#"#view-whole[aria-pressed="true"]"#);
    }
}

impl Shown {
    /// The first and last moment that can be seen, in s, from where the gradient stands on the plot.
    pub fn span(&self) -> (f64, f64) {
        let (first, last) = (&self.stops[0], &self.stops[self.stops.len() - 1]);
        let seconds_per_pixel = (last.time - first.time) / (self.ends.1 - self.ends.0);
        let start = first.time - self.ends.0 * seconds_per_pixel;
        (start, start + self.width * seconds_per_pixel)
    }

    /// The trace is drawn and coloured; the class, the probabilities and every stop are `expected`'s.
    #[track_caller]
    pub fn assert_is(&self, expected: &Explanation) {
        let asked = (expected.label.code(), expected.class.code(), expected.layer.name());
        assert_eq!((self.label.as_str(), self.explained.as_str(), self.layer.as_str()), asked);
        assert_eq!(self.heading, Language::English.words().doubt().heading(expected));
        for class in Class::ALL {
            let (shown, probability) = (self.probabilities[class.index()], expected.probabilities[class.index()]);
            assert!((shown - f64::from(probability)).abs() < TOLERANCE, "{class:?}: {shown}, and not {probability}");
        }
        assert!(self.path.starts_with('M') && self.path.len() > 100, "no trace: {}", self.path);
        assert_eq!(self.stroke, "url(#trace-gradient)");
        self.assert_stops(expected);
    }

    /// Every stop is one of the map's moments, none between two of them is left out, and each is where it belongs.
    #[track_caller]
    fn assert_stops(&self, expected: &Explanation) {
        let map = &expected.importance;
        assert!(self.stops.len() > 1, "no colours");
        let first = ((self.stops[0].time - map.grid.start) * map.grid.fs).round() as usize;
        let values = map.values.get(first..first + self.stops.len());
        let values = values.unwrap_or_else(|| panic!("{} stops from {first} are too many", self.stops.len()));
        let (start, end) = (self.stops[0].time, self.stops[self.stops.len() - 1].time);
        // A map may be nought throughout: nothing speaks for that class.
        let most = f64::from(map.max().max(f32::MIN_POSITIVE));
        for (index, (stop, value)) in self.stops.iter().zip(values).enumerate() {
            let time = map.grid.start + (first + index) as f64 / map.grid.fs;
            assert!((stop.time - time).abs() < 1e-3, "stop {index} is at {} s, and not at {time} s", stop.time);
            let offset = (stop.time - start) / (end - start);
            assert!((stop.offset - offset).abs() < 1e-4, "stop {index} has offset {}, and not {offset}", stop.offset);
            let off = (stop.importance - f64::from(*value)).abs() / most;
            assert!(off < TOLERANCE, "stop {index} says {}, and not {value}: off by {off:.5}", stop.importance);
        }
    }

    /// The stops are the whole map: one for each of its moments.
    #[track_caller]
    pub fn assert_is_whole(&self, expected: &Explanation) {
        assert_eq!(self.stops.len(), expected.importance.values.len(), "stops, and moments of the map");
        self.assert_is(expected);
    }
}
