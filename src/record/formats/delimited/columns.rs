//! What each column of a table is: a lead, the time, something else.

use super::cell::Cell;
use super::open_signals::OpenSignals;
use super::table::{Kind, Table, for_each_row};
use super::time_column::{TimeAxis, counts_rows, rises, seconds_per};
use crate::record::Remark;
use crate::record::fault::ColumnsFault;
use crate::record::lead_name::{is_other_signal, standard_name};
use crate::record::units::millivolts_per;

/// More columns than this are no leads; a table that is that wide and has few rows lies on its side.
const MOST_LEADS: usize = 64;

/// A table's columns, read.
pub struct Columns {
    /// At least one.
    pub leads: Vec<Found>,
    pub time: Option<TimeAxis>,
    /// A sampling rate to offer where the table does not tell it for certain.
    pub suggested_fs: Option<f64>,
    pub remarks: Vec<Remark>,
}

/// A lead as the table has it.
pub struct Found {
    /// As in the header row, without the unit; empty where there is none.
    pub name: String,
    /// Millivolts in one unit, where the header row names a unit.
    pub millivolts: Option<f64>,
    /// In the file's unit.
    pub samples: Vec<f32>,
}

/// A column while it is read. Only columns that may be times need more than the 24 bits of a sample.
struct Column {
    name: String,
    unit: String,
    kind: Kind,
    role: Role,
    samples: Vec<f32>,
    times: Vec<f64>,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// Called a time, or made of clock times.
    Time,
    /// Called a number of rows.
    Count,
    /// The first column without a telling name: its values tell.
    Maybe,
    Lead,
    Other,
}

/// Reads the table's rows.
///
/// # Errors
/// Where the columns are no leads or the rows do not hold together.
pub fn read(text: &str, table: &Table, stated: Option<&OpenSignals>) -> Result<Columns, ColumnsFault> {
    if table.kinds.len() > MOST_LEADS {
        return read_sideways(text, table);
    }
    let mut columns = roles(table);
    if let Some(stated) = stated {
        for (index, column) in columns.iter_mut().enumerate() {
            let known = stated.columns.get(index);
            column.role = if known.is_some_and(|known| known.is_ecg) { Role::Lead } else { Role::Other };
            column.name = known.map(|known| known.name.clone()).unwrap_or_default();
        }
    }
    fill(&mut columns, text, table)?;
    let mut remarks = Vec::new();
    decide(&mut columns, &mut remarks);
    let (time, suggested_fs) = choose_time(&columns);
    let named = columns.iter().any(|column| !column.name.is_empty());
    let left: Vec<String> = columns
        .iter()
        .filter(|c| named && c.role == Role::Other && !c.name.is_empty())
        .map(|c| c.name.clone())
        .collect();
    if !left.is_empty() {
        remarks.push(Remark::OtherColumns { names: left });
    }
    let leads: Vec<Found> = columns.into_iter().filter(|column| column.role == Role::Lead).map(found).collect();
    if leads.is_empty() {
        return Err(ColumnsFault::NoLead);
    }
    Ok(Columns { leads, time, suggested_fs, remarks })
}

fn found(column: Column) -> Found {
    Found { millivolts: millivolts_per(&column.unit), name: column.name, samples: column.samples }
}

/// What the header row says of each column.
fn roles(table: &Table) -> Vec<Column> {
    let cell = |row: usize, column: usize| table.header.get(row).map_or("", |row| row[column].as_str());
    let is_units = |row: &Vec<String>| {
        row.iter().any(|cell| millivolts_per(cell).is_some())
            && row.iter().all(|cell| standard_name(cell).is_none() || cell == "V")
    };
    let (names_row, units_row) = match table.header.as_slice() {
        [_, units] if is_units(units) => (0, Some(1)),
        [_, _] => (1, None),
        _ => (0, None),
    };
    let n_numbers = table.kinds.iter().filter(|kind| **kind == Kind::Number).count();
    let columns = table.kinds.iter().enumerate().map(|(index, &kind)| {
        let (name, unit) = name_and_unit(cell(names_row, index));
        let unit = units_row.map(|row| cell(row, index).to_string()).unwrap_or(unit);
        let role = match kind {
            Kind::Clock => Role::Time,
            Kind::Text | Kind::Empty => Role::Other,
            Kind::Number if is_time_name(&name) || seconds_per(&unit).is_some() => Role::Time,
            Kind::Number if is_count_name(&name) => Role::Count,
            Kind::Number if is_other_signal(&name) || !unit.is_empty() && millivolts_per(&unit).is_none() => {
                Role::Other
            }
            Kind::Number if index == 0 && n_numbers > 1 && standard_name(&name).is_none() => Role::Maybe,
            Kind::Number => Role::Lead,
        };
        Column { name, unit, kind, role, samples: Vec::new(), times: Vec::new() }
    });
    columns.collect()
}

/// `ECG (mV)`, `ecg [uV]`, `voltage_mV`, `I/mV`: the name and the unit. A unit that is none of voltage or time is kept
/// only from brackets.
fn name_and_unit(cell: &str) -> (String, String) {
    if let Some((name, rest)) = cell.split_once(['(', '[']) {
        let unit = rest.trim_end_matches([')', ']', ' ']);
        let is_unit = unit.chars().count() <= 12 && !unit.contains(' ');
        return (name.trim_matches([' ', '_']).to_string(), if is_unit { unit.to_string() } else { String::new() });
    }
    let is_unit = |unit: &str| millivolts_per(unit).is_some() && unit != "V" || seconds_per(unit).is_some();
    match cell.rsplit_once(['/', '_', ' ']) {
        Some((name, unit)) if is_unit(unit) => (name.trim().to_string(), unit.to_string()),
        _ => (cell.to_string(), String::new()),
    }
}

fn is_time_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let names =
        ["t", "s", "ms", "sec", "secs", "seconds", "zeit", "temps", "tiempo", "tempo", "date", "clock", "时间", "時間"];
    names.contains(&lower.as_str()) || lower.contains("time") && !lower.contains("times")
}

fn is_count_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let names =
        ["n", "no", "no.", "nr", "#", "index", "idx", "id", "row", "frame", "seq", "sample", "samples", "unnamed: 0"];
    names.contains(&lower.as_str()) || lower.starts_with("sample ") && lower.len() < 16
}

/// Reads the cells. A row that does not look like the others is missing samples; too many of them are an error.
fn fill(columns: &mut [Column], text: &str, table: &Table) -> Result<(), ColumnsFault> {
    let width = columns.len();
    let decimal_comma = table.decimal_comma();
    let (mut n_rows, mut n_strange, mut strange_at_end) = (0usize, 0usize, 0usize);
    let mut strange_row = 0;
    let mut cells: Vec<Cell> = Vec::new();
    for_each_row(&text[table.data_start..], table.delimiter, table.quoting, |_, row| {
        cells.clear();
        // One more than wide: enough to see that a row is too long.
        cells.extend(row.take(2 * width + 2).map(|cell| Cell::parse(cell, decimal_comma)));
        let numeric = cells.iter().zip(columns.iter()).all(|(cell, column)| match column.kind {
            Kind::Number => matches!(cell, Cell::Number(_) | Cell::Missing),
            Kind::Clock => matches!(cell, Cell::Clock(_) | Cell::Missing),
            Kind::Text | Kind::Empty => true,
        });
        let is_strange = !numeric || cells.len() * 2 < width || cells.len() > 2 * width;
        n_rows += 1;
        if is_strange {
            n_strange += 1;
            strange_at_end += 1;
            strange_row = n_rows;
            cells.clear();
        } else {
            strange_at_end = 0;
        }
        for (index, column) in columns.iter_mut().enumerate() {
            let value = match cells.get(index) {
                Some(Cell::Number(value) | Cell::Clock(value)) => *value,
                _ => f64::NAN,
            };
            match column.role {
                Role::Time | Role::Count | Role::Maybe => column.times.push(value),
                Role::Lead => column.samples.push(value as f32),
                Role::Other => {}
            }
        }
        n_strange <= 3 + n_rows / 20
    });
    if n_strange > 3 + n_rows / 20 {
        return Err(ColumnsFault::StrangeRow { row: strange_row });
    }
    // A footer is no missing samples.
    let n_kept = n_rows - strange_at_end;
    for column in columns.iter_mut() {
        column.samples.truncate(n_kept);
        column.times.truncate(n_kept);
    }
    Ok(())
}

/// Settles what could not be told without the values.
fn decide(columns: &mut [Column], remarks: &mut Vec<Remark>) {
    let has_time = columns.iter().any(|column| column.role == Role::Time);
    for column in columns.iter_mut() {
        if column.kind == Kind::Clock {
            unwrap_midnight(&mut column.times);
        }
        // A count of rows counts rows; else it was a name for something else.
        let counts = counts_rows(&column.times);
        column.role = match column.role {
            Role::Count if !counts => Role::Maybe,
            role => role,
        };
        if column.role != Role::Maybe {
            continue;
        }
        column.role = if counts {
            Role::Count
        } else if rises(&column.times) {
            Role::Time
        } else {
            column.samples = std::mem::take(&mut column.times).into_iter().map(|value| value as f32).collect();
            Role::Lead
        };
        if column.role == Role::Time && !has_time {
            remarks.push(Remark::FirstColumnIsTime);
        }
    }
}

/// Times of day fall back to 0 at midnight.
fn unwrap_midnight(times: &mut [f64]) {
    let mut days = 0.0;
    let mut last = f64::NAN;
    for time in times {
        if last - *time > 43_200.0 {
            days += 86_400.0;
        }
        last = *time;
        *time += days;
    }
}

/// The most regular of the columns of times. One that counts rows is no time, whatever it is called: it may be
/// milliseconds or a number, so it only suggests.
fn choose_time(columns: &[Column]) -> (Option<TimeAxis>, Option<f64>) {
    let times = || columns.iter().filter(|column| column.role == Role::Time);
    let unit = |column: &Column| match column.kind {
        Kind::Clock => Some(1.0),
        _ => seconds_per(&column.unit).or_else(|| seconds_per(&column.name)),
    };
    let certain = times().filter(|column| unit(column).is_some() || !counts_rows(&column.times));
    let axes = certain.filter_map(|column| TimeAxis::of(&column.times, unit(column)));
    let axis = axes.min_by(|a, b| a.unevenness.total_cmp(&b.unevenness));
    let suggests = axis.is_none() && times().any(|column| counts_rows(&column.times));
    (axis, suggests.then_some(1000.0))
}

/// A table that lies on its side: each row is a lead, or the time.
fn read_sideways(text: &str, table: &Table) -> Result<Columns, ColumnsFault> {
    let decimal_comma = table.decimal_comma();
    let mut rows: Vec<Vec<f32>> = Vec::new();
    for_each_row(&text[table.data_start..], table.delimiter, table.quoting, |_, row| {
        rows.push(row.map(|cell| number(cell, decimal_comma) as f32).collect());
        rows.len() <= MOST_LEADS
    });
    let n_samples = rows.iter().map(Vec::len).max().unwrap_or(0);
    if rows.len() > MOST_LEADS {
        return Err(ColumnsFault::NeitherIsLeads { columns: table.kinds.len(), rows: MOST_LEADS });
    }
    if rows.iter().any(|row| row.len() != n_samples) {
        return Err(ColumnsFault::UnevenRows);
    }
    let mut remarks = vec![Remark::RowsAreLeads];
    let mut time = None;
    let first: Vec<f64> = rows.first().into_iter().flatten().map(|value| f64::from(*value)).collect();
    if rows.len() > 1 && rises(&first) {
        rows.remove(0);
        if !counts_rows(&first) {
            time = TimeAxis::of(&first, None);
            remarks.push(Remark::FirstRowIsTime);
        }
    }
    let leads = rows.into_iter().map(|samples| Found { name: String::new(), millivolts: None, samples }).collect();
    Ok(Columns { leads, time, suggested_fs: None, remarks })
}

fn number(cell: &str, decimal_comma: bool) -> f64 {
    match Cell::parse(cell, decimal_comma) {
        Cell::Number(value) => value,
        _ => f64::NAN,
    }
}

/// Puts missing samples where the time column skips them, unless that would more than double the recording.
pub fn fill_gaps(leads: &mut [Found], gaps: &[(usize, usize)], remarks: &mut Vec<Remark>) {
    let n_rows = leads.first().map_or(0, |lead| lead.samples.len());
    let n_missing = gaps.iter().fold(0usize, |sum, (_, count)| sum.saturating_add(*count));
    if n_missing == 0 {
        return;
    }
    if n_missing > n_rows {
        remarks.push(Remark::PausesNotShown);
        return;
    }
    remarks.push(Remark::TimeGaps { samples: n_missing });
    for lead in leads {
        let mut filled = Vec::with_capacity(n_rows + n_missing);
        let mut from = 0;
        for &(row, count) in gaps {
            filled.extend_from_slice(&lead.samples[from..row]);
            filled.extend(std::iter::repeat_n(f32::NAN, count));
            from = row;
        }
        filled.extend_from_slice(&lead.samples[from..]);
        lead.samples = filled;
    }
}
