//! What is taken away from the page, as text: plain functions without a page.
//!
//! - `table`: time, amplitude and importance of each sample, as CSV.
//! - `document`: everything that makes an answer reproducible, as JSON.
//! - `episodes`: the AF episodes of a long recording, as CSV.
//! - `drawing`: traces on ECG paper in true millimetres, as SVG, for print.
//! - `number`: numbers as both write them.
//!
//! A recording may last a day, so that tables and documents are written in pieces.

mod document;
mod drawing;
mod episodes;
mod number;
mod table;

pub use document::{Facts, head, tail};
pub use drawing::{Drawing, Traced, strips};
pub use episodes::episodes_csv;
pub use number::number;
pub use table::{CSV_HEAD, rows};

/// Samples in a piece: a few hundred kilobytes of text.
pub const PIECE: usize = 20_000;

/// `items` written one after the other with commas between; `first` where nothing was written before.
pub fn list(items: impl Iterator<Item = f32>, mut first: bool) -> String {
    let mut text = String::new();
    for item in items {
        if !std::mem::take(&mut first) {
            text.push(',');
        }
        match item.is_finite() {
            true => text += &number(f64::from(item), 7),
            // JSON has no number for a missing sample.
            false => text += "null",
        }
    }
    text
}

#[cfg(test)]
mod tests;
