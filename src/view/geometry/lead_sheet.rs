//! Several leads on one sheet of ECG paper, at one scale: which stands where.

use super::{Frame, Limits, Span, polyline::write_tenths};
use crate::record::lead_name::STANDARD_TWELVE;

/// Millimetres of ECG paper: 25 mm/s and 10 mm/mV, the usual speed and gain (Kligfield et al. 2007, "Recommendations
/// for the Standardization and Interpretation of the Electrocardiogram").
pub const MM_PER_SECOND: f64 = 25.0;
pub const MM_PER_MILLIVOLT: f64 = 10.0;

/// What a printed sheet is wide, in s; what a screen shows where there is room.
const SECONDS_ACROSS: f64 = 10.0;

/// Pixels of a millimetre: with fewer a trace cannot be read, with more a sheet is larger than a screen.
const LEAST_PIXELS: f64 = 2.4;
const MOST_PIXELS: f64 = 6.0;

/// Left of the leads, for the calibration pulse, and under each, for its ribbon; in mm.
const MARGIN_MM: f64 = 10.0;
const RIBBON_MM: f64 = 3.0;

/// A row is at least so tall above its baseline (the calibration pulse stands there) and below, and at most; in mV. What
/// goes further crosses its neighbours, as on paper.
const LEAST_ABOVE: f64 = 1.0;
const LEAST_BELOW: f64 = 0.5;
const MOST_MILLIVOLTS: f64 = 2.5;

/// Between two rows: room above the one's level of rest and below the other's, in mV, from the most to the least. Where a
/// page is too low for the most, rows move together, and a tall wave crosses its neighbours, as machines print it.
const ROOMS: [(f64, f64); 5] =
    [(MOST_MILLIVOLTS, MOST_MILLIVOLTS), (2.0, 2.0), (1.5, 1.5), (1.0, 1.0), (LEAST_ABOVE, LEAST_BELOW)];

/// How the leads are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Three rows of four standard leads, 2.5 s each, and one lead all along below.
    #[default]
    ThreeByFour,
    /// Six rows of two standard leads.
    SixByTwo,
    /// Every lead in a row of its own.
    OneColumn,
}

impl Arrangement {
    pub const ALL: [Arrangement; 3] = [Arrangement::ThreeByFour, Arrangement::SixByTwo, Arrangement::OneColumn];

    /// The rows of leads called `names`, each from left to right, by their numbers. `rhythm` is the lead that runs along
    /// the bottom. Without the standard twelve, every lead has a row of its own.
    pub fn rows(self, names: &[&str], rhythm: usize) -> Vec<Vec<usize>> {
        let columns = match self {
            Arrangement::ThreeByFour => 4,
            Arrangement::SixByTwo => 2,
            Arrangement::OneColumn => 1,
        };
        match standard_twelve(names).filter(|_| columns > 1) {
            None => in_usual_order(names).into_iter().map(|lead| vec![lead]).collect(),
            // Down the columns: I, II, III, then aVR, aVL, aVF …
            Some(twelve) => {
                let n_rows = twelve.len() / columns;
                let row = |row: usize| (0..columns).map(|column| twelve[column * n_rows + row]).collect();
                let strip = (self == Arrangement::ThreeByFour).then(|| vec![rhythm]);
                (0..n_rows).map(row).chain(strip).collect()
            }
        }
    }
}

/// Where the standard twelve leads stand among `names`, in their usual order, if all are there.
pub fn standard_twelve(names: &[&str]) -> Option<[usize; 12]> {
    let mut places = [0; 12];
    for (place, wanted) in places.iter_mut().zip(STANDARD_TWELVE) {
        *place = names.iter().position(|name| *name == wanted)?;
    }
    Some(places)
}

/// The leads called `names`, by their numbers: the standard twelve in their usual order, where all are there, then the
/// others as they come.
pub fn in_usual_order(names: &[&str]) -> Vec<usize> {
    let twelve = standard_twelve(names).map_or(Vec::new(), Vec::from);
    let others = (0..names.len()).filter(|lead| !twelve.contains(lead));
    twelve.iter().copied().chain(others).collect()
}

/// The amplitudes of one lead, in mV: its lowest and highest, and the level that it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    pub low: f64,
    pub high: f64,
    pub rest: f64,
}

impl Reach {
    /// Of a lead's `samples`. The level of rest is their median: a machine's offset would leave no room for the trace.
    pub fn of(samples: &[f32]) -> Self {
        // A few thousand of them tell the median well enough.
        let step = samples.len().div_ceil(4096).max(1);
        let mut some: Vec<f32> = samples.iter().step_by(step).copied().filter(|sample| sample.is_finite()).collect();
        some.sort_unstable_by(f32::total_cmp);
        let rest = some.get(some.len() / 2).map_or(0.0, |rest| f64::from(*rest));
        let (low, high) = samples.iter().fold((f32::NAN, f32::NAN), |(low, high), &it| (low.min(it), high.max(it)));
        let or_rest = |value: f32| if value.is_finite() { f64::from(value) } else { rest };
        Self { low: or_rest(low), high: or_rest(high), rest }
    }
}

/// One lead's place on the sheet, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub lead: usize,
    pub left: f64,
    pub top: f64,
    /// The part of the recording that shows, and the amplitudes between the cell's top and bottom.
    pub frame: Frame,
    /// The ribbon under the trace.
    pub ribbon_height: f64,
    /// From the cell's top to the lead's level of rest.
    pub baseline: f64,
}

/// The sheet, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadSheet {
    /// A millimetre of the paper.
    pub millimetre: f64,
    /// In mm/s and mm/mV.
    pub speed: f64,
    pub gain: f64,
    pub width: f64,
    pub height: f64,
    /// Row by row, each from left to right.
    pub cells: Vec<Cell>,
    /// What the whole width shows.
    pub span: Option<Span>,
}

impl LeadSheet {
    /// Sets `rows` of leads with these `reaches` on paper that is at most `width` pixels wide. The sheet begins `start`
    /// seconds after the recording's first sample, as far as `whole`, the recording, allows; the columns of a row follow
    /// one another in time, as a machine prints them.
    pub fn new(rows: &[Vec<usize>], reaches: &[Reach], whole: Span, start: f64, width: f64) -> Self {
        Self::laid_out(rows, reaches, (whole, start), width, MM_PER_MILLIVOLT, ROOMS[0])
    }

    /// The same for a page that has room for `most` mm from top to bottom. Rows move together where they must, and where
    /// that is not enough the gain is halved; the speed stays. With very many rows, the sheet may still be taller.
    pub fn on_page(rows: &[Vec<usize>], reaches: &[Reach], (whole, start): (Span, f64), width: f64, most: f64) -> Self {
        let tries =
            [MM_PER_MILLIVOLT, MM_PER_MILLIVOLT / 2.0].into_iter().flat_map(|gain| ROOMS.map(|room| (gain, room)));
        let mut sheets = tries.map(|(gain, room)| Self::laid_out(rows, reaches, (whole, start), width, gain, room));
        let first_that_fits = sheets.find(|sheet| sheet.height <= most * sheet.millimetre + 1e-6);
        first_that_fits.unwrap_or_else(|| {
            Self::laid_out(rows, reaches, (whole, start), width, MM_PER_MILLIVOLT, ROOMS[ROOMS.len() - 1])
        })
    }

    /// At `gain` mm/mV, with `rooms` mV above and below each row's level of rest.
    fn laid_out(
        rows: &[Vec<usize>],
        reaches: &[Reach],
        (whole, start): (Span, f64),
        width: f64,
        gain: f64,
        (room_above, room_below): (f64, f64),
    ) -> Self {
        let seconds = whole.length().min(SECONDS_ACROSS);
        let pixels = width / (seconds * MM_PER_SECOND + MARGIN_MM);
        let millimetre = pixels.clamp(LEAST_PIXELS, MOST_PIXELS);
        let margin = MARGIN_MM * millimetre;
        // What the width has room for at this scale.
        let seconds = seconds.min((width - margin).max(1.0) / (MM_PER_SECOND * millimetre));
        let span = Span { start: 0.0, end: seconds }.placed_at(start, whole);
        let plot = span.length() * MM_PER_SECOND * millimetre;
        let per_millivolt = gain * millimetre;
        let mut sheet = Self {
            millimetre,
            speed: MM_PER_SECOND,
            gain,
            width: margin + plot,
            height: 0.0,
            cells: Vec::new(),
            span: Some(span),
        };
        for (index, row) in rows.iter().enumerate() {
            let reach = |lead: &usize| reaches.get(*lead).copied().unwrap_or(Reach { low: 0.0, high: 0.0, rest: 0.0 });
            let room = |least: f64, most: f64, of: fn(Reach) -> f64| {
                let millivolts = row.iter().map(|lead| of(reach(lead))).fold(0.0, f64::max);
                // Baselines stand on heavy lines, and a little air is left.
                let millivolts = (millivolts + 0.1).clamp(least, most);
                (millivolts * gain / 5.0 - 1e-6).ceil() * 5.0 / gain
            };
            // Beyond the first row and the last there is no neighbour to cross, but the paper's edge.
            let most_above = if index == 0 { MOST_MILLIVOLTS } else { room_above };
            let most_below = if index + 1 == rows.len() { MOST_MILLIVOLTS } else { room_below };
            let above = room(LEAST_ABOVE, most_above, |it| it.high - it.rest);
            let below = room(LEAST_BELOW, most_below, |it| it.rest - it.low);
            let height = (above + below) * per_millivolt;
            let columns = row.len().max(1) as f64;
            for (column, lead) in row.iter().enumerate() {
                let rest = reach(lead).rest;
                let column = column as f64;
                let time = |columns_before: f64| span.start + span.length() * columns_before / columns;
                let frame = Frame {
                    span: Span { start: time(column), end: time(column + 1.0) },
                    limits: Limits { low: rest - below, high: rest + above },
                    width: plot / columns,
                    height,
                };
                sheet.cells.push(Cell {
                    lead: *lead,
                    left: margin + plot * column / columns,
                    top: sheet.height,
                    frame,
                    ribbon_height: RIBBON_MM * millimetre,
                    baseline: above * per_millivolt,
                });
            }
            // The ribbon takes a heavy square, so that the next baseline stands on a heavy line too.
            sheet.height += height + 5.0 * millimetre;
        }
        sheet
    }

    /// The lead at a place of the sheet, in pixels; its ribbon is its own, and the margin the first one's of the row.
    pub fn cell_at(&self, x: f64, y: f64) -> Option<Cell> {
        let is_on_sheet = (0.0..self.width).contains(&x) && (0.0..self.height).contains(&y);
        let row = self.cells.iter().rfind(|cell| cell.top <= y).filter(|_| is_on_sheet)?.top;
        self.cells.iter().find(|cell| cell.top == row && x < cell.left + cell.frame.width).copied()
    }

    /// The lines of the paper as paths (`d`): 1 mm (none where they would run together) and 5 mm apart.
    pub fn grid(&self) -> (String, String) {
        let lines = |step: usize, skip: Option<usize>| {
            let mut path = String::new();
            let places = |length: f64| {
                let n = (length / self.millimetre + 1e-6) as usize;
                (0..=n).step_by(step).filter(move |place| skip.is_none_or(|skip| !place.is_multiple_of(skip)))
            };
            for place in places(self.width) {
                path.push('M');
                write_tenths(&mut path, place as f64 * self.millimetre);
                path.push_str(" 0V");
                write_tenths(&mut path, self.height);
            }
            for place in places(self.height) {
                path.push_str("M0 ");
                write_tenths(&mut path, place as f64 * self.millimetre);
                path.push('H');
                write_tenths(&mut path, self.width);
            }
            path
        };
        let fine = if self.millimetre < 3.0 { String::new() } else { lines(1, Some(5)) };
        (fine, lines(5, None))
    }

    /// A pulse of 1 mV and 0.2 s before the first lead of each row, as one path (`d`).
    pub fn calibration(&self) -> String {
        let mut path = String::new();
        let mm = self.millimetre;
        for cell in self.cells.iter().filter(|cell| cell.left <= MARGIN_MM * mm) {
            let foot = cell.top + cell.baseline;
            let top = foot - self.gain * mm;
            let corners = [(1.5, foot), (2.5, foot), (2.5, top), (7.5, top), (7.5, foot), (8.5, foot)];
            for (index, (x, y)) in corners.into_iter().enumerate() {
                path.push(if index == 0 { 'M' } else { 'L' });
                write_tenths(&mut path, x * mm);
                path.push(' ');
                write_tenths(&mut path, y);
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REACH: Reach = Reach { low: -0.3, high: 1.2, rest: 0.0 };

    fn names(rows: &[Vec<usize>], names: &[&str]) -> Vec<String> {
        rows.iter().map(|row| row.iter().map(|lead| names[*lead]).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn arranges_the_standard_leads_as_machines_print_them() {
        let rows = |arrangement: Arrangement| names(&arrangement.rows(&STANDARD_TWELVE, 1), &STANDARD_TWELVE);
        assert_eq!(rows(Arrangement::ThreeByFour), ["I aVR V1 V4", "II aVL V2 V5", "III aVF V3 V6", "II"]);
        assert_eq!(rows(Arrangement::SixByTwo), ["I V1", "II V2", "III V3", "aVR V4", "aVL V5", "aVF V6"]);
        assert_eq!(rows(Arrangement::OneColumn), STANDARD_TWELVE);
    }

    #[test]
    fn finds_the_standard_leads_in_any_order_and_among_others() {
        let mixed = ["V6", "X", "II", "I", "III", "aVF", "aVL", "aVR", "V5", "V4", "V3", "V2", "V1"];
        let rows = Arrangement::SixByTwo.rows(&mixed, 0);
        assert_eq!(names(&rows, &mixed)[5], "aVF V6");
        let column = names(&Arrangement::OneColumn.rows(&mixed, 0), &mixed);
        assert_eq!((&column[..12], column[12].as_str()), (&STANDARD_TWELVE.map(str::to_owned)[..], "X"));
        let two = ["MLII", "V5"];
        assert_eq!(names(&Arrangement::ThreeByFour.rows(&two, 0), &two), two);
    }

    /// Ten seconds of twelve leads on 1040 pixels: 4 pixels a millimetre, as the sheet's 260 mm tell.
    #[test]
    fn has_one_scale_for_all_leads() {
        let rows = Arrangement::ThreeByFour.rows(&STANDARD_TWELVE, 1);
        let whole = Span { start: 0.0, end: 10.0 };
        let sheet = LeadSheet::new(&rows, &[REACH; 12], whole, 0.0, 1040.0);
        assert_eq!((sheet.millimetre, sheet.width, sheet.cells.len()), (4.0, 1040.0, 13));
        for cell in &sheet.cells {
            assert!((cell.frame.pixels_per_second() - 100.0).abs() < 1e-9);
            assert!((cell.frame.pixels_per_millivolt() - 40.0).abs() < 1e-9);
            assert!((cell.frame.y(0.0) - cell.baseline).abs() < 1e-9);
            assert!(((cell.top + cell.baseline) / 20.0).fract().abs() < 1e-9, "a baseline beside a heavy line");
        }
        // V1 is the third of its row: from 5 s to 7.5 s.
        let v1 = sheet.cells[2];
        assert_eq!((v1.lead, v1.left, v1.frame.span), (6, 540.0, Span { start: 5.0, end: 7.5 }));
        assert_eq!((sheet.cells[12].lead, sheet.cells[12].frame.span), (1, whole));
        let lead_at = |x, y| sheet.cell_at(x, y).map(|cell| cell.lead);
        assert_eq!((lead_at(1.0, 1.0), lead_at(540.0, 99.0), lead_at(1039.0, 101.0)), (Some(0), Some(6), Some(10)));
        assert_eq!((lead_at(1000.0, 399.0), lead_at(10.0, 400.0), lead_at(-1.0, 5.0)), (Some(1), None, None));
        // 1.5 mV above, 0.5 mV below, and a heavy square for the ribbon: 25 mm a row.
        assert_eq!((sheet.cells[4].top, sheet.height), (100.0, 400.0));
    }

    #[test]
    fn shows_less_time_where_there_is_less_room() {
        let whole = Span { start: 0.0, end: 60.0 };
        let sheet = LeadSheet::new(&[vec![0]], &[REACH], whole, 58.0, 360.0);
        assert_eq!(sheet.millimetre, LEAST_PIXELS);
        let span = sheet.span.expect("a span");
        assert!((span.length() - (360.0 - 24.0) / 60.0).abs() < 1e-9 && span.end == 60.0, "{span:?}");
        assert!(sheet.width <= 360.0 + 1e-9);
        // A short recording is not drawn larger than paper is.
        let short = LeadSheet::new(&[vec![0]], &[REACH], Span { start: 0.0, end: 2.0 }, 0.0, 1500.0);
        assert_eq!((short.millimetre, short.width), (MOST_PIXELS, 360.0));
    }

    #[test]
    fn sets_every_lead_on_its_level_of_rest_and_bounds_its_room() {
        let spike: Vec<f32> = (0..500).map(|i| if i == 250 { 30.0 } else { 7.0 }).collect();
        let reach = Reach::of(&spike);
        assert_eq!((reach.rest, reach.low, reach.high), (7.0, 7.0, 30.0));
        assert_eq!(Reach::of(&[f32::NAN; 9]), Reach { low: 0.0, high: 0.0, rest: 0.0 });
        let sheet = LeadSheet::new(&[vec![0]], &[reach], Span { start: 0.0, end: 10.0 }, 0.0, 1040.0);
        // 2.5 mV above, 0.5 mV below.
        assert_eq!((sheet.cells[0].baseline, sheet.cells[0].frame.height), (100.0, 120.0));
        assert!((sheet.cells[0].frame.y(7.0) - 100.0).abs() < 1e-9);
    }

    /// A second of a printed page is 25 mm, in the pixels of a style sheet, of which 96 make 25.4 mm; a millivolt is 10.
    #[test]
    fn a_page_has_true_millimetres_whatever_the_leads_reach() {
        let millimetre = 96.0 / 25.4;
        let rows = Arrangement::ThreeByFour.rows(&STANDARD_TWELVE, 1);
        // Chest leads of nearly 3 mV upwards and 2 mV downwards: more than a page has room for without crossing.
        let tall = Reach { low: -2.2, high: 2.9, rest: 0.0 };
        let whole = Span { start: 0.0, end: 12.0 };
        let natural = LeadSheet::new(&rows, &[tall; 12], whole, 0.0, 260.0 * millimetre);
        assert!(natural.height > 125.0 * millimetre, "{}", natural.height);
        let sheet = LeadSheet::on_page(&rows, &[tall; 12], (whole, 0.0), 260.0 * millimetre, 125.0);
        assert!(sheet.height <= 125.0 * millimetre + 1e-6);
        assert!((sheet.millimetre - millimetre).abs() < 1e-9);
        assert_eq!((sheet.speed, sheet.gain), (25.0, 10.0));
        let rhythm = sheet.cells[12];
        // Ten seconds are 250 mm, or 944.88 pixels.
        assert!((rhythm.frame.span.length() - 10.0).abs() < 1e-9);
        assert!((rhythm.frame.width - 944.881_889_763_8).abs() < 1e-6, "{}", rhythm.frame.width);
        for cell in &sheet.cells {
            assert!((cell.frame.pixels_per_second() * 25.4 / 96.0 - 25.0).abs() < 1e-9);
            assert!((cell.frame.pixels_per_millivolt() * 25.4 / 96.0 - 10.0).abs() < 1e-9);
            assert!(((cell.top + cell.baseline) / (5.0 * millimetre) + 1e-6).fract() < 1e-5, "beside a heavy line");
        }
        // At the paper's upper and lower edge nothing is cut off.
        assert!(sheet.cells[0].frame.limits.high >= 2.5 && rhythm.frame.limits.low <= -2.2);
        // What fits is left as it is on the screen.
        let low = LeadSheet::on_page(&rows, &[REACH; 12], (whole, 0.0), 260.0 * millimetre, 125.0);
        assert_eq!(low, LeadSheet::new(&rows, &[REACH; 12], whole, 0.0, 260.0 * millimetre));
    }

    #[test]
    fn six_tall_rows_have_half_the_gain_and_the_same_speed() {
        let rows = Arrangement::SixByTwo.rows(&STANDARD_TWELVE, 1);
        let tall = Reach { low: -2.2, high: 2.9, rest: 0.0 };
        let sheet = LeadSheet::on_page(&rows, &[tall; 12], (Span { start: 0.0, end: 10.0 }, 0.0), 1560.0, 125.0);
        assert_eq!((sheet.speed, sheet.gain, sheet.millimetre), (25.0, 5.0, 6.0));
        assert!(sheet.height <= 125.0 * 6.0);
        assert!((sheet.cells[0].frame.pixels_per_millivolt() - 30.0).abs() < 1e-9);
        // The pulse is 5 mm tall: from the first baseline, 15 mm down.
        assert!(sheet.calibration().starts_with("M9 90L15 90L15 60"), "{}", sheet.calibration());
        // Thirty leads fit no page: the caller draws them smaller, and says so.
        let many: Vec<Vec<usize>> = (0..30).map(|lead| vec![lead]).collect();
        let sheet = LeadSheet::on_page(&many, &[REACH; 30], (Span { start: 0.0, end: 10.0 }, 0.0), 1560.0, 125.0);
        assert!(sheet.height > 125.0 * 6.0 && sheet.gain == 10.0);
    }

    #[test]
    fn draws_squares_of_one_and_five_millimetres() {
        let sheet = LeadSheet::new(&[vec![0]], &[REACH], Span { start: 0.0, end: 10.0 }, 0.0, 1040.0);
        // 260 mm by 25 mm.
        let (fine, heavy) = sheet.grid();
        assert_eq!((heavy.matches('V').count(), heavy.matches('H').count()), (53, 6));
        assert_eq!((fine.matches('V').count(), fine.matches('H').count()), (208, 20));
        // The foot of the pulse is 15 mm down, its top 10 mm higher.
        assert_eq!(sheet.calibration(), "M6 60L10 60L10 20L30 20L30 60L34 60");
    }
}
