//! Electronic calipers: two moments and two levels on the trace, and what lies between them.

use crate::view::geometry::Span;

/// Edges no closer than this, in s and mV: they can be told apart, and a rate is a number.
const LEAST_SECONDS: f64 = 0.001;
const LEAST_MILLIVOLTS: f64 = 0.001;
/// More marks than this across the view are a grey band.
const MOST_MARKS: usize = 200;

/// Two moments, in s from the recording's first sample, and two levels, in mV.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caliper {
    pub from: f64,
    pub to: f64,
    pub low: f64,
    pub high: f64,
}

/// What one can take hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    From,
    To,
    Low,
    High,
    /// All of it.
    Whole,
}

impl Part {
    pub const ALL: [Part; 5] = [Part::From, Part::To, Part::High, Part::Low, Part::Whole];

    /// Whether it moves up and down, and not sideways.
    pub fn is_level(self) -> bool {
        matches!(self, Part::Low | Part::High)
    }
}

impl Caliper {
    /// On two neighbouring R peaks near the moment `about` in `view`, if there are two in sight; else across a fifth of it.
    /// From `rest`, the trace's level between beats, to `top`, in mV.
    pub fn placed(view: Span, about: f64, beats: &[f64], (rest, top): (f64, f64)) -> Self {
        let off = |pair: &&[f64]| ((pair[0] + pair[1]) / 2.0 - about).abs();
        let pairs = beats.windows(2).filter(|pair| pair[0] >= view.start && pair[1] <= view.end);
        let (from, to) = match pairs.min_by(|a, b| off(a).total_cmp(&off(b))) {
            Some(pair) => (pair[0], pair[1]),
            None => {
                let half = view.length() / 10.0;
                let middle = about.min(view.end - half).max(view.start + half);
                (middle - half, middle + half)
            }
        };
        let (low, high) = if rest <= top { (rest, top) } else { (top, rest) };
        Self { from, to: to.max(from + LEAST_SECONDS), low, high: high.max(low + LEAST_MILLIVOLTS) }
    }

    pub fn seconds(self) -> f64 {
        self.to - self.from
    }

    /// Beats a minute, if a beat came at each moment.
    pub fn rate(self) -> f64 {
        60.0 / self.seconds()
    }

    pub fn millivolts(self) -> f64 {
        self.high - self.low
    }

    /// Where `part` is: in s, or in mV for a level.
    pub fn place(self, part: Part) -> f64 {
        match part {
            Part::From | Part::Whole => self.from,
            Part::To => self.to,
            Part::Low => self.low,
            Part::High => self.high,
        }
    }

    /// With `part` at `place`, in s within `whole`, or in mV; an edge stops short of the one across. The whole is placed
    /// by its first moment and keeps its length.
    pub fn with(self, part: Part, place: f64, whole: Span) -> Self {
        if !place.is_finite() {
            return self;
        }
        // One edge after another, as `clamp` would panic where there is no room at all.
        let within = |place: f64, least: f64, most: f64| place.min(most).max(least);
        match part {
            Part::From => Self { from: within(place, whole.start, self.to - LEAST_SECONDS), ..self },
            Part::To => Self { to: within(place, self.from + LEAST_SECONDS, whole.end), ..self },
            Part::Low => Self { low: place.min(self.high - LEAST_MILLIVOLTS), ..self },
            Part::High => Self { high: place.max(self.low + LEAST_MILLIVOLTS), ..self },
            Part::Whole => {
                let from = within(place, whole.start, whole.end - self.seconds());
                Self { from, to: from + self.seconds(), ..self }
            }
        }
    }

    /// Where the same distance, marched on to either side, falls in `view`; the two moments themselves left out. Empty
    /// where that would be more than a few hundred marks.
    pub fn marched(self, view: Span) -> Vec<f64> {
        let step = self.seconds();
        let (first, last) = (((view.start - self.from) / step).ceil(), ((view.end - self.from) / step).floor());
        // Neither is so of a number that is none.
        let are_few = step > 0.0 && last - first < MOST_MARKS as f64;
        if !are_few {
            return Vec::new();
        }
        let steps = first as i64..=last as i64;
        steps.filter(|step| !(0..=1).contains(step)).map(|index| self.from + index as f64 * step).collect()
    }
}

/// `time`, or the R peak nearest to it where that is at most `reach` away; both in s, `beats` in order.
pub fn snapped(time: f64, beats: &[f64], reach: f64) -> f64 {
    let after = beats.partition_point(|beat| *beat < time);
    let near = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|index| beats.get(index).copied());
    let nearest = near.min_by(|a, b| (a - time).abs().total_cmp(&(b - time).abs()));
    nearest.filter(|beat| (beat - time).abs() <= reach).unwrap_or(time)
}

/// The next R peak after `time`, or before it where `forward` is false, in s; `beats` in order.
pub fn next_beat(time: f64, beats: &[f64], forward: bool) -> Option<f64> {
    // A peak on which one already stands is not the next one.
    const SAME: f64 = 1e-6;
    if forward {
        beats.get(beats.partition_point(|beat| *beat <= time + SAME)).copied()
    } else {
        beats[..beats.partition_point(|beat| *beat < time - SAME)].last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Span = Span { start: 0.0, end: 30.0 };
    const BEATS: [f64; 5] = [0.5, 1.3, 2.1, 3.0, 3.7];

    fn caliper(from: f64, to: f64) -> Caliper {
        Caliper { from, to, low: -0.1, high: 0.9 }
    }

    #[test]
    fn reads_time_rate_and_amplitude() {
        let caliper = caliper(1.0, 1.75);
        assert_eq!((caliper.seconds(), caliper.rate(), caliper.millivolts()), (0.75, 80.0, 1.0));
    }

    #[test]
    fn begins_on_two_beats_in_the_middle() {
        let placed = Caliper::placed(Span { start: 0.0, end: 4.0 }, 2.0, &BEATS, (0.0, 1.0));
        assert_eq!((placed.from, placed.to, placed.low, placed.high), (1.3, 2.1, 0.0, 1.0));
        let pointed_at = Caliper::placed(Span { start: 0.0, end: 4.0 }, 3.6, &BEATS, (0.0, 1.0));
        assert_eq!((pointed_at.from, pointed_at.to), (3.0, 3.7));
        let at_the_edge = Caliper::placed(Span { start: 10.0, end: 20.0 }, 19.9, &[], (0.0, 1.0));
        assert_eq!((at_the_edge.from, at_the_edge.to), (18.0, 20.0));
        let without = Caliper::placed(Span { start: 10.0, end: 20.0 }, 15.0, &BEATS, (0.2, -0.8));
        assert_eq!((without.from, without.to, without.low, without.high), (14.0, 16.0, -0.8, 0.2));
        let flat = Caliper::placed(Span { start: 1.0, end: 1.0 }, 1.0, &[], (0.0, 0.0));
        assert!(flat.seconds() > 0.0 && flat.millivolts() > 0.0 && flat.rate().is_finite());
    }

    #[test]
    fn edges_stop_short_of_each_other_and_of_the_ends() {
        let it = caliper(1.0, 2.0);
        assert_eq!(it.with(Part::From, 1.4, WHOLE), Caliper { from: 1.4, ..it });
        assert!((it.with(Part::From, 5.0, WHOLE).from - 1.999).abs() < 1e-9);
        assert_eq!(it.with(Part::From, -5.0, WHOLE).from, 0.0);
        assert_eq!(it.with(Part::To, 99.0, WHOLE).to, 30.0);
        assert!(it.with(Part::High, -4.0, WHOLE).high > it.low && it.with(Part::Low, 4.0, WHOLE).low < it.high);
        assert_eq!(it.with(Part::To, f64::NAN, WHOLE), it);
        let whole = it.with(Part::Whole, 29.9, WHOLE);
        assert_eq!((whole.from, whole.to), (29.0, 30.0));
        assert_eq!(it.with(Part::Whole, -1.0, WHOLE).from, 0.0);
        // A recording shorter than anything.
        assert!(it.with(Part::From, 3.0, Span { start: 0.0, end: 0.0 }).from.is_finite());
    }

    #[test]
    fn snaps_to_a_beat_that_is_near() {
        assert_eq!(snapped(1.32, &BEATS, 0.05), 1.3);
        assert_eq!(snapped(1.26, &BEATS, 0.05), 1.3);
        assert_eq!(snapped(1.5, &BEATS, 0.05), 1.5);
        assert_eq!(snapped(9.0, &BEATS, 0.05), 9.0);
        assert_eq!(snapped(0.45, &BEATS, 0.1), 0.5);
        assert_eq!(snapped(1.0, &[], 9.0), 1.0);
    }

    #[test]
    fn goes_from_beat_to_beat() {
        assert_eq!(next_beat(1.3, &BEATS, true), Some(2.1));
        assert_eq!(next_beat(1.3, &BEATS, false), Some(0.5));
        assert_eq!(next_beat(1.4, &BEATS, false), Some(1.3));
        assert_eq!((next_beat(3.7, &BEATS, true), next_beat(0.5, &BEATS, false)), (None, None));
    }

    #[test]
    fn marches_to_either_side() {
        let marks = caliper(2.0, 2.5).marched(Span { start: 1.0, end: 4.0 });
        assert_eq!(marks, [1.0, 1.5, 3.0, 3.5, 4.0]);
        assert!(caliper(2.0, 2.001).marched(WHOLE).is_empty(), "a grey band");
        assert!(caliper(2.0, 2.0).marched(WHOLE).is_empty());
        assert!(caliper(1.0, 2.0).marched(Span { start: 1.2, end: 1.8 }).is_empty());
    }
}
