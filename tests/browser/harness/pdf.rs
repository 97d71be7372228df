//! [`Printed`]: what the browser printed, measured on the PDF itself.

use std::path::PathBuf;

/// Points in a millimetre of paper.
pub const POINTS_A_MM: f64 = 72.0 / 25.4;

/// A printed document.
pub struct Printed {
    pub path: PathBuf,
    pub text: String,
    /// How many pages it has.
    pub pages: usize,
}

impl Printed {
    /// Where the straight upright lines of one colour stand on the first page, in points from the left, in order; each
    /// place once. `colour` in 255ths.
    #[track_caller]
    pub fn upright_lines(&self, colour: [f64; 3]) -> Vec<f64> {
        let drawing = run("pdftocairo", &["-svg", "-f", "1", "-l", "1"], &self.path);
        let mut places = Vec::new();
        for element in drawing.split("<path").skip(1).filter_map(|rest| rest.split('>').next()) {
            let is_of_colour = stroke(element).map(channels).is_some_and(|stroke| {
                stroke.len() == 3 && stroke.iter().zip(colour).all(|(one, other)| (one - other).abs() < 1.0)
            });
            if !is_of_colour {
                continue;
            }
            let matrix = attribute(element, "transform").map(numbers).unwrap_or_default();
            let (scale, offset) = match matrix[..] {
                [a, b, _, _, e, _] if b.abs() < 1e-9 => (a, e),
                [] => (1.0, 0.0),
                _ => panic!("a turned drawing: {matrix:?}"),
            };
            let uprights = uprights(attribute(element, "d").unwrap_or_default());
            places.extend(uprights.into_iter().map(|x| x * scale + offset));
        }
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| (*a - *b).abs() < 0.05);
        places
    }

    /// Millimetres on the page of the squares between the paper's heavy lines, which stand for 5 mm: their mean, and the
    /// distance from the first line to the last.
    #[track_caller]
    pub fn heavy_squares(&self) -> (f64, f64) {
        // As src/view/export/drawing.rs has it: #e6c8bc.
        let lines = self.upright_lines([230.0, 200.0, 188.0]);
        assert!(lines.len() > 10, "no paper in {}: {lines:?}", self.path.display());
        let across = (lines[lines.len() - 1] - lines[0]) / POINTS_A_MM;
        (across / (lines.len() - 1) as f64, across)
    }
}

/// Runs one of poppler's programs on a document, and reads what it writes.
#[track_caller]
pub fn run(program: &str, arguments: &[&str], path: &std::path::Path) -> String {
    let output = std::process::Command::new(program).args(arguments).arg(path).arg("-").output();
    let output = output.unwrap_or_else(|error| panic!("{program} ({error}): `make setup-tests` installs it"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The colour of a line, as newer and as older versions of poppler write it.
fn stroke(element: &str) -> Option<&str> {
    attribute(element, "stroke")
        .or_else(|| attribute(element, "style")?.split(';').find_map(|it| it.strip_prefix("stroke:")))
}

fn numbers(text: &str) -> Vec<f64> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | 'e');
    text.split(|c| !is_number(c)).filter_map(|number| number.parse().ok()).collect()
}

/// Of `rgb(90.2%, 78.4%, 73.7%)`, in 255ths.
fn channels(colour: &str) -> Vec<f64> {
    let unit = if colour.contains('%') { 2.55 } else { 1.0 };
    numbers(colour).into_iter().map(|channel| channel * unit).collect()
}

/// The places of a path's upright lines, in its own units. Poppler writes moves and lines for these.
fn uprights(path: &str) -> Vec<f64> {
    let mut places = Vec::new();
    let mut words = path.split_whitespace();
    let mut at = (f64::NAN, f64::NAN);
    while let Some(word) = words.next() {
        if !matches!(word, "M" | "L") {
            continue;
        }
        let mut number = || words.next().and_then(|number| number.parse().ok()).unwrap_or(f64::NAN);
        let (x, y): (f64, f64) = (number(), number());
        if word == "L" && (x - at.0).abs() < 1e-6 && (y - at.1).abs() > 1.0 {
            places.push(x);
        }
        at = (x, y);
    }
    places
}
