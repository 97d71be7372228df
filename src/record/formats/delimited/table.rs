//! Where in a text the table of numbers is, and how its columns are parted.

use super::cell::Cell;

/// What parts the columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Delimiter {
    Byte(u8),
    /// Any number of spaces and tabs.
    Spaces,
}

/// What a column's cells are, by majority.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Number,
    Clock,
    Text,
    Empty,
}

/// A table of numbers found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub delimiter: Delimiter,
    /// Whether double quotes enclose cells; not where they do not pair up, or one would swallow the file.
    pub quoting: bool,
    pub kinds: Vec<Kind>,
    /// Where the first row of numbers begins.
    pub data_start: usize,
    /// The rows of words right above the numbers, as many cells wide as these: names, and maybe units.
    pub header: Vec<Vec<String>>,
}

/// Text looked at to find the table; more than any preamble has.
const SAMPLE_BYTES: usize = 128 * 1024;
const SAMPLE_ROWS: usize = 1000;
/// With fewer numbers than this it is no recording.
const FEWEST_NUMBERS: usize = 16;

struct SampleRow {
    start: usize,
    cells: Vec<Cell>,
}

impl Table {
    /// Finds the table; `None` where the text has none.
    pub fn find(text: &str) -> Option<Self> {
        let sample = sample_of(text);
        let quoting = sample.lines().all(|line| line.matches('"').count().is_multiple_of(2));
        // In this order where two explain the text equally well.
        let candidates = [Delimiter::Byte(b','), Delimiter::Byte(b';'), Delimiter::Byte(b'\t'), Delimiter::Spaces];
        let mut best: Option<((usize, usize, usize), Self)> = None;
        for delimiter in candidates {
            if delimiter == Delimiter::Byte(b';')
                && best.as_ref().is_some_and(|(_, table)| table.is_decimal_comma(sample))
            {
                // "-265,868" on each line: the comma is no delimiter after all.
                best = None;
            }
            let Some((n_rows, table)) = Self::with_delimiter(sample, delimiter, quoting) else { continue };
            let count = |kind: Kind| table.kinds.iter().filter(|k| **k == kind).count();
            let merit = (n_rows, usize::MAX - count(Kind::Text), count(Kind::Number) + count(Kind::Clock));
            if best.as_ref().is_none_or(|(known, _)| merit > *known) {
                best = Some((merit, table));
            }
        }
        best.map(|(_, table)| table)
    }

    /// Whether a comma stands for the decimal point.
    pub fn decimal_comma(&self) -> bool {
        self.delimiter != Delimiter::Byte(b',')
    }

    fn with_delimiter(sample: &str, delimiter: Delimiter, quoting: bool) -> Option<(usize, Self)> {
        let decimal_comma = delimiter != Delimiter::Byte(b',');
        let mut rows: Vec<SampleRow> = Vec::new();
        for_each_row(sample, delimiter, quoting, |start, cells| {
            rows.push(SampleRow { start, cells: cells.map(|cell| Cell::parse(cell, decimal_comma)).collect() });
            rows.len() < SAMPLE_ROWS
        });
        let has_number = |row: &&SampleRow| row.cells.iter().any(|cell| matches!(cell, Cell::Number(_)));
        let width = most_frequent(rows.iter().filter(has_number).map(|row| row.cells.len()))?;
        let numeric = || rows.iter().filter(has_number).filter(|row| row.cells.len() == width);
        let kinds: Vec<Kind> = (0..width).map(|column| kind_of(numeric().map(|row| row.cells[column]))).collect();
        let fits = |row: &SampleRow| {
            let same = |(cell, kind): (&Cell, &Kind)| match cell {
                Cell::Number(_) => *kind == Kind::Number,
                Cell::Clock(_) => *kind == Kind::Clock,
                Cell::Text => *kind == Kind::Text,
                Cell::Missing => true,
            };
            row.cells.len() == width && row.cells.iter().zip(&kinds).all(same)
        };
        let first = rows.iter().position(|row| has_number(&row) && fits(row))?;
        let n_fitting = rows[first..].iter().filter(|row| fits(row)).count();
        let count = |kind: Kind| kinds.iter().filter(|k| **k == kind).count();
        let enough = n_fitting * count(Kind::Number) >= FEWEST_NUMBERS && n_fitting * 5 >= (rows.len() - first) * 3;
        if !enough || count(Kind::Text) > count(Kind::Number) {
            return None;
        }
        let data_start = rows[first].start;
        let header = header_rows(&sample[..data_start], delimiter, quoting, width);
        Some((n_fitting, Self { delimiter, quoting, kinds, data_start, header }))
    }

    /// Whether a table of two columns parted by a comma is one column of numbers with a decimal comma. What tells is
    /// a second part that no number begins like: `05`. Exports drop trailing zeros, never leading ones.
    fn is_decimal_comma(&self, sample: &str) -> bool {
        if self.kinds != [Kind::Number, Kind::Number] {
            return false;
        }
        let pairs = || sample[self.data_start..].lines().filter_map(|line| line.trim().split_once(','));
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let no_number = |(whole, part): (&str, &str)| part.len() > 1 && part.starts_with('0') || whole == "-0";
        pairs().all(|(_, part)| all_digits(part)) && pairs().any(no_number)
    }
}

/// The text up to the end of a line beyond [`SAMPLE_BYTES`].
fn sample_of(text: &str) -> &str {
    let end = text.as_bytes().iter().skip(SAMPLE_BYTES).position(|byte| *byte == b'\n');
    // A line feed is never part of a longer character, so this is a boundary.
    end.map_or(text, |end| &text[..SAMPLE_BYTES + end])
}

fn most_frequent(values: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0usize) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}

fn kind_of(cells: impl Iterator<Item = Cell>) -> Kind {
    let (mut numbers, mut clocks, mut texts) = (0, 0, 0);
    for cell in cells {
        match cell {
            Cell::Number(_) => numbers += 1,
            Cell::Clock(_) => clocks += 1,
            Cell::Text => texts += 1,
            Cell::Missing => {}
        }
    }
    match numbers.max(clocks).max(texts) {
        0 => Kind::Empty,
        most if most == numbers => Kind::Number,
        most if most == clocks => Kind::Clock,
        _ => Kind::Text,
    }
}

/// The one or two rows of words that end the preamble.
fn header_rows(preamble: &str, delimiter: Delimiter, quoting: bool, width: usize) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in preamble.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(2) {
        let line = line.trim_start_matches(['#', '%']).trim_start();
        let mut cells: Vec<String> = Vec::new();
        for_each_row(line, delimiter, quoting, |_, row| {
            cells.extend(row.map(|cell| cell.trim().trim_matches(['"', '\'']).trim().to_string()));
            true
        });
        // One cell wide: "Unit,µV" above a column of numbers is a note, not the column's name.
        let is_note = width == 1 && line.contains([',', ';', ':', '=', '\t']);
        let words = cells.iter().all(|cell| matches!(Cell::parse(cell, true), Cell::Text | Cell::Missing));
        if cells.len() != width || is_note || !words {
            break;
        }
        rows.insert(0, cells);
    }
    rows
}

/// Calls `action` with the place of each row that is not empty, and its cells, until it says `false`.
pub fn for_each_row(
    text: &str,
    delimiter: Delimiter,
    quoting: bool,
    mut action: impl FnMut(usize, &mut dyn Iterator<Item = &str>) -> bool,
) {
    match delimiter {
        Delimiter::Spaces => {
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                if !line.trim().is_empty() && !action(start, &mut line.split_ascii_whitespace()) {
                    return;
                }
                start += line.len();
            }
        }
        Delimiter::Byte(delimiter) => {
            let mut builder = csv::ReaderBuilder::new();
            builder.delimiter(delimiter).quoting(quoting).has_headers(false).flexible(true);
            let mut reader = builder.from_reader(text.as_bytes());
            let mut record = csv::StringRecord::new();
            // Reading valid UTF-8 from memory with rows of any width cannot fail; if it did, the rows end.
            while let Ok(true) = reader.read_record(&mut record) {
                let start = record.position().map_or(0, |position| position.byte() as usize);
                let blank = record.len() == 1 && record[0].trim().is_empty();
                if !blank && !action(start, &mut record.iter()) {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Delimiter, usize, usize) {
        let table = Table::find(text).unwrap_or_else(|| panic!("no table in {text:?}"));
        (table.delimiter, table.kinds.len(), table.data_start)
    }

    fn rows(line: impl Fn(usize) -> String) -> String {
        (0..40).map(|i| line(i) + "\n").collect()
    }

    #[test]
    fn delimiters_and_decimal_commas_are_told_apart() {
        let value = |i: usize| (i as f64 * 0.7).sin() * 300.0;
        let comma = |i: usize| format!("{:.3}", value(i)).replace('.', ",");
        assert_eq!(found(&rows(|i| format!("{:.3}", value(i)))), (Delimiter::Byte(b','), 1, 0));
        assert_eq!(found(&rows(|i| format!("{:.3},{i}", value(i)))), (Delimiter::Byte(b','), 2, 0));
        assert_eq!(found(&rows(|i| format!("{:.3}, {i}", value(i)))), (Delimiter::Byte(b','), 2, 0));
        assert_eq!(found(&rows(|i| format!("{:.3}  {i}", value(i)))), (Delimiter::Spaces, 2, 0));
        assert_eq!(found(&rows(|i| format!("{}\t{i}", comma(i)))), (Delimiter::Byte(b'\t'), 2, 0));
        assert_eq!(found(&rows(|i| format!("{};{}", comma(i), comma(i + 1)))), (Delimiter::Byte(b';'), 2, 0));
        assert_eq!(found(&rows(comma)).1, 1, "one column with a decimal comma");
        assert_eq!(found(&rows(|i| format!("{},{}", 900 + i % 7, 1000 + i % 5))).1, 2, "two columns of whole numbers");
    }

    #[test]
    fn the_table_begins_below_its_notes_and_names() {
        let text =
            format!("Patient,X\nRate,500\n\ntime,lead I,lead II\ns,mV,mV\n{}", rows(|i| format!("{i},0.5,0.25")));
        let table = Table::find(&text).unwrap();
        assert_eq!(&text[table.data_start..][..10], "0,0.5,0.25");
        assert_eq!(table.header, [["time", "lead I", "lead II"], ["s", "mV", "mV"]]);
        let commented = format!("# a note\n# t\tecg\n{}", rows(|i| format!("{i}\t0.5")));
        assert_eq!(Table::find(&commented).unwrap().header, [["t", "ecg"]]);
    }

    #[test]
    fn clocks_quotes_and_gaps_belong_to_the_table() {
        let text =
            rows(|i| format!("\"10:00:{i:02}.5\",\"{}\",", if i == 7 { "NaN".to_string() } else { i.to_string() }));
        assert_eq!(Table::find(&text).unwrap().kinds, [Kind::Clock, Kind::Number, Kind::Empty]);
    }

    #[test]
    fn prose_and_lists_of_labels_are_no_tables() {
        for text in [
            "",
            "no numbers here\nnone at all\n",
            "1\n2\n3\n",
            &"A00001,N\nA00002,A\n".repeat(40),
            &"On page 7 there are 3 of them.\nNo. 4 is elsewhere, as said.\n\n".repeat(40),
        ] {
            assert_eq!(Table::find(text), None, "{text:?}");
        }
    }

    #[test]
    fn one_long_row_is_a_table() {
        let text = (0..9000).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(found(&text), (Delimiter::Byte(b','), 9000, 0));
    }
}
