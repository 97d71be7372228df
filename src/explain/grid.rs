//! From the network's coarse time grid to the recording's samples.

use serde::{Deserialize, Serialize};

use crate::signal::NotRead;

/// Evenly spaced moments: value `i` belongs to `start + i / fs` seconds after the recording's first sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeGrid {
    /// Time of the first value, in s: the centre of the network's first stride cell.
    pub start: f64,
    /// Values a second, in Hz.
    pub fs: f64,
}

/// Importance over time: raw Grad-CAM values, zero or more, on the grid of one layer's feature map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportanceMap {
    pub grid: TimeGrid,
    /// Nought where nothing was read, so that they can be drawn; [`ImportanceMap::at`] and [`ImportanceMap::known`] tell.
    pub values: Vec<f32>,
    /// What was not read, in order: there is no importance.
    pub unusable: Vec<NotRead>,
}

impl ImportanceMap {
    /// Importance at `time` seconds: linear between the grid's moments, constant before the first and after the last, and
    /// towards what was not read; NaN in that.
    pub fn at(&self, time: f64) -> f32 {
        if self.is_unread(time) {
            return f32::NAN;
        }
        let Some(last) = self.values.len().checked_sub(1) else { return 0.0 };
        let position = ((time - self.grid.start) * self.grid.fs).clamp(0.0, last as f64);
        let left = position.floor() as usize;
        let right = (left + 1).min(last);
        let share = (position - left as f64) as f32;
        let (a, b) = match (self.is_cell_unread(left), self.is_cell_unread(right)) {
            (true, false) => (self.values[right], self.values[right]),
            (false, true) => (self.values[left], self.values[left]),
            _ => (self.values[left], self.values[right]),
        };
        a * (1.0 - share) + b * share
    }

    /// Whether the network did not read that moment, in s.
    pub fn is_unread(&self, time: f64) -> bool {
        self.unusable.iter().any(|it| it.holds(time))
    }

    fn is_cell_unread(&self, index: usize) -> bool {
        self.is_unread(self.grid.start + index as f64 / self.grid.fs)
    }

    /// The values, `None` where nothing was read.
    pub fn known(&self) -> impl Iterator<Item = Option<f32>> {
        self.values.iter().enumerate().map(|(index, value)| (!self.is_cell_unread(index)).then_some(*value))
    }

    /// When the importance is highest, in s; the first such moment.
    pub fn peak(&self) -> Option<f64> {
        let highest = self.values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let index = self.values.iter().position(|value| *value == highest)?;
        Some(self.grid.start + index as f64 / self.grid.fs)
    }

    /// Importance of each of `len` samples taken at `fs` Hz.
    pub fn at_samples(&self, len: usize, fs: f64) -> Vec<f32> {
        (0..len).map(|index| self.at(index as f64 / fs)).collect()
    }

    /// The map of a window that begins `start` seconds into a recording, on that recording's time: nought outside of the
    /// window, which lasts `seconds`.
    pub fn placed_at(self, start: f64, seconds: f64) -> Self {
        let TimeGrid { start: first, fs } = self.grid;
        // A value beyond the window's end, where padding made one, belongs to no sample.
        let count = (((seconds - first) * fs).floor().max(0.0) as usize + 1).min(self.values.len());
        let inner = self.values.into_iter().take(count);
        let values = std::iter::once(0.0).chain(inner).chain(std::iter::once(0.0)).collect();
        let placed = |it: &NotRead| NotRead { from: it.from + start, to: it.to + start, reason: it.reason };
        let unusable = self.unusable.iter().map(placed).collect();
        Self { grid: TimeGrid { start: start + first - 1.0 / fs, fs }, values, unusable }
    }

    /// One map of those of several stretches of a recording (from, to; in s), on the first one's grid: within each stretch
    /// its own map, nought where there is none.
    pub fn joined(parts: &[((f64, f64), &Self)]) -> Self {
        let Some((_, first)) = parts.first() else {
            return Self { grid: TimeGrid { start: 0.0, fs: 1.0 }, values: Vec::new(), unusable: Vec::new() };
        };
        let TimeGrid { start: origin, fs } = first.grid;
        let earliest = parts.iter().map(|((from, _), _)| *from).fold(f64::INFINITY, f64::min);
        let latest = parts.iter().map(|((_, to), _)| *to).fold(f64::NEG_INFINITY, f64::max);
        // One moment before and one after, where it is nought.
        let before = ((origin - earliest) * fs).floor().max(0.0) + 1.0;
        let start = origin - before / fs;
        let count = ((latest - start) * fs).ceil().max(0.0) as usize + 2;
        let value = |index: usize| {
            let time = start + index as f64 / fs;
            let part = parts.iter().find(|((from, to), _)| (*from..*to).contains(&time));
            part.map_or(0.0, |(_, map)| map.at(time)).max(0.0)
        };
        let mut unusable: Vec<NotRead> = parts.iter().flat_map(|(_, map)| map.unusable.clone()).collect();
        unusable.sort_by(|a, b| a.from.total_cmp(&b.from));
        Self { grid: TimeGrid { start, fs }, values: (0..count).map(value).collect(), unusable }
    }

    /// The highest value; 0 for a map without values.
    pub fn max(&self) -> f32 {
        self.values.iter().copied().fold(0.0, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::quality::Reason;

    fn ramp() -> ImportanceMap {
        ImportanceMap { grid: TimeGrid { start: 0.08, fs: 6.25 }, values: vec![0.0, 1.0, 3.0], unusable: Vec::new() }
    }

    #[test]
    fn is_linear_between_and_constant_outside() {
        let map = ramp();
        assert_eq!(map.at(0.0), 0.0);
        assert!((map.at(0.08 + 0.08) - 0.5).abs() < 1e-6);
        assert!((map.at(0.08 + 0.24) - 2.0).abs() < 1e-6);
        assert_eq!(map.at(9.0), 3.0);
        assert_eq!(map.max(), 3.0);
    }

    #[test]
    fn tells_when_it_is_highest() {
        let map = ImportanceMap {
            grid: TimeGrid { start: 0.5, fs: 2.0 },
            values: vec![0.0, 3.0, 1.0, 3.0],
            unusable: Vec::new(),
        };
        assert_eq!(map.peak(), Some(1.0));
        assert_eq!(ImportanceMap { values: Vec::new(), ..map }.peak(), None);
    }

    #[test]
    fn a_window_is_placed_on_the_recordings_time() {
        let placed = ramp().placed_at(30.0, 30.0);
        for time in [0.08, 0.2, 0.4] {
            assert!((placed.at(30.0 + time) - ramp().at(time)).abs() < 1e-5);
        }
        assert_eq!((placed.at(0.0), placed.at(29.9), placed.at(31.0), placed.max()), (0.0, 0.0, 0.0, 3.0));
        // 0.2 s hold only the first of its moments.
        assert_eq!(ramp().placed_at(0.0, 0.2).values, [0.0, 0.0, 0.0]);
        let nothing = ImportanceMap { values: Vec::new(), ..ramp() };
        assert_eq!(nothing.placed_at(5.0, 30.0).max(), 0.0);
    }

    #[test]
    fn stretches_are_joined_each_with_its_own_map() {
        let flat = |value: f32, start: f64| {
            let map = ImportanceMap {
                grid: TimeGrid { start: 0.08, fs: 6.25 },
                values: vec![value; 188],
                unusable: Vec::new(),
            };
            map.placed_at(start, 30.0)
        };
        let (late, early, far) = (flat(2.0, 60.0), flat(1.0, 30.0), flat(3.0, 150.0));
        let joined = ImportanceMap::joined(&[((60.0, 90.0), &late), ((30.0, 60.0), &early), ((150.0, 180.0), &far)]);
        assert_eq!([45.0, 75.0, 165.0].map(|time| joined.at(time)), [1.0, 2.0, 3.0]);
        assert_eq!([0.0, 29.0, 120.0, 181.0].map(|time| joined.at(time)), [0.0; 4]);
        // The window's own moments stay where they are.
        let moment = late.grid.start + 9.0 / late.grid.fs;
        let place = (moment - joined.grid.start) * joined.grid.fs;
        assert!((place - place.round()).abs() < 1e-6 && ImportanceMap::joined(&[]).max() == 0.0);
    }

    #[test]
    fn nothing_is_important_where_nothing_was_read() {
        let gap = NotRead { from: 2.0, to: 4.0, reason: Reason::Flat };
        let grid = TimeGrid { start: 0.0, fs: 1.0 };
        let map = ImportanceMap { grid, values: vec![1.0, 2.0, 0.0, 0.0, 5.0], unusable: vec![gap] };
        // Towards the gap its neighbours' values hold: they do not fade.
        assert_eq!([0.5, 1.0, 1.9, 4.0, 4.5].map(|time| map.at(time)), [1.5, 2.0, 2.0, 5.0, 5.0]);
        assert!([2.0, 3.0, 3.99].iter().all(|time| map.at(*time).is_nan()));
        assert_eq!(map.known().collect::<Vec<_>>(), [Some(1.0), Some(2.0), None, None, Some(5.0)]);
        assert_eq!(map.max(), 5.0);
        let placed = map.clone().placed_at(30.0, 5.0);
        assert!(placed.at(33.0).is_nan() && placed.at(31.0) == 2.0);
        let joined = ImportanceMap::joined(&[((30.0, 35.0), &placed)]);
        assert!(joined.at(33.0).is_nan() && joined.values.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn reads_zero_from_an_empty_map() {
        let map = ImportanceMap { grid: TimeGrid { start: 0.0, fs: 6.25 }, values: vec![], unusable: Vec::new() };
        assert_eq!(map.at_samples(3, 300.0), vec![0.0; 3]);
    }
}
