//! Which part of the recording shows.

/// Samples in the standard view, as in the MathWorks example; and their rate in Hz. The example resamples its signals to
/// 60 Hz before its network reads them, so its first 500 samples are 8.3 s, whatever the recording's own rate.
pub const STANDARD_SAMPLES: usize = 500;
pub const STANDARD_FS: f64 = 60.0;
/// The standard view of a twelve-lead recording, in s, as on paper.
pub const STANDARD_SECONDS_OF_TWELVE: f64 = 10.0;

/// The fewest samples a view can be zoomed to.
const FEWEST_SAMPLES: f64 = 20.0;

/// A stretch of time, in seconds from the recording's first sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub start: f64,
    pub end: f64,
}

impl Span {
    /// The whole of `len` samples: from the first to the last, so that the limits are tight.
    pub fn whole(len: usize, fs: f64) -> Self {
        Self { start: 0.0, end: (len.max(2) - 1) as f64 / fs }
    }

    /// The standard view of `len` samples: from the first of [`STANDARD_SAMPLES`] at [`STANDARD_FS`] to the last of them, or
    /// the whole where that is shorter.
    pub fn first(len: usize, fs: f64) -> Self {
        Self::first_seconds((STANDARD_SAMPLES - 1) as f64 / STANDARD_FS, len, fs)
    }

    /// The first `seconds` of `len` samples, or the whole where that is shorter.
    pub fn first_seconds(seconds: f64, len: usize, fs: f64) -> Self {
        let whole = Self::whole(len, fs);
        Self { start: 0.0, end: whole.end.min(seconds) }
    }

    /// Seconds that show.
    pub fn length(self) -> f64 {
        self.end - self.start
    }

    /// Moved by `seconds`, to the right where positive, no further than `whole` reaches.
    pub fn panned(self, seconds: f64, whole: Span) -> Self {
        self.placed_at(self.start + seconds, whole)
    }

    /// Made `factor` times as long (shorter than 1: closer), the moment `about` staying where it is as far as `whole`
    /// allows. `fs` bounds how close one can get.
    pub fn zoomed(self, factor: f64, about: f64, whole: Span, fs: f64) -> Self {
        if !(factor.is_finite() && factor > 0.0) {
            return self;
        }
        let shortest = (FEWEST_SAMPLES / fs).min(whole.length());
        let length = (self.length() * factor).clamp(shortest, whole.length());
        let share = if self.length() > 0.0 { (about - self.start) / self.length() } else { 0.5 };
        Span { start: 0.0, end: length }.placed_at(about - share * length, whole)
    }

    /// Of the same length, with `time` inside: unmoved where it already is.
    pub fn showing(self, time: f64, whole: Span) -> Self {
        if time < self.start {
            self.placed_at(time, whole)
        } else if time > self.end {
            self.placed_at(time - self.length(), whole)
        } else {
            self
        }
    }

    /// Of the same length, beginning at `start` as far as `whole` allows.
    pub fn placed_at(self, start: f64, whole: Span) -> Self {
        let length = self.length().min(whole.length());
        let latest = whole.end - length;
        let start = start.clamp(whole.start, latest.max(whole.start));
        // The end is taken from `whole` where the view reaches it, so that "the whole" compares equal to itself.
        let end = if start >= latest { whole.end } else { start + length };
        Span { start, end }
    }

    /// `seconds` with `time` in the middle, as far as `whole` allows.
    pub fn around(time: f64, seconds: f64, whole: Span) -> Self {
        Span { start: 0.0, end: seconds }.placed_at(time - seconds / 2.0, whole)
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Samples inside, with one more on either side so that the line runs to the edges: first, and one past the last.
    pub fn samples(self, len: usize, fs: f64) -> std::ops::Range<usize> {
        let first = ((self.start * fs).floor().max(0.0) as usize).saturating_sub(1).min(len);
        let end = ((self.end * fs).ceil().max(0.0) as usize).saturating_add(2).min(len);
        first..end.max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FS: f64 = 300.0;

    #[test]
    fn shows_500_samples_of_60_hz_or_all_of_fewer() {
        for fs in [60.0, FS, 1000.0] {
            assert_eq!(Span::first(60_000, fs), Span { start: 0.0, end: 499.0 / 60.0 });
        }
        assert_eq!(Span::first(100, FS), Span { start: 0.0, end: 99.0 / FS });
        assert_eq!(Span::first(100, FS), Span::whole(100, FS));
    }

    #[test]
    fn surrounds_a_moment_as_far_as_the_recording_reaches() {
        let whole = Span { start: 0.0, end: 30.0 };
        assert_eq!(Span::around(12.0, 8.0, whole), Span { start: 8.0, end: 16.0 });
        assert_eq!(Span::around(1.0, 8.0, whole), Span { start: 0.0, end: 8.0 });
        assert_eq!(Span::around(29.0, 8.0, whole), Span { start: 22.0, end: 30.0 });
        assert_eq!(Span::around(2.0, 8.0, Span { start: 0.0, end: 5.0 }), Span { start: 0.0, end: 5.0 });
    }

    #[test]
    fn pans_no_further_than_the_recording() {
        let whole = Span::whole(9000, FS);
        let view = Span::first(9000, FS);
        assert_eq!(view.panned(-5.0, whole), view);
        let last = view.panned(1e9, whole);
        assert_eq!(last.end, whole.end);
        assert!((last.length() - view.length()).abs() < 1e-9);
    }

    #[test]
    fn zooms_about_the_pointer() {
        let whole = Span::whole(9000, FS);
        let view = Span { start: 10.0, end: 14.0 };
        let closer = view.zoomed(0.5, 11.0, whole, FS);
        assert!((closer.start - 10.5).abs() < 1e-9 && (closer.end - 12.5).abs() < 1e-9);
        assert_eq!(view.zoomed(1e6, 11.0, whole, FS), whole);
        assert!(view.zoomed(1e-9, 11.0, whole, FS).length() >= 19.9 / FS);
        assert_eq!(view.zoomed(f64::NAN, 11.0, whole, FS), view);
    }

    #[test]
    fn follows_the_cursor_only_as_far_as_needed() {
        let whole = Span::whole(9000, FS);
        let view = Span { start: 10.0, end: 14.0 };
        assert_eq!(view.showing(12.0, whole), view);
        assert_eq!(view.showing(9.0, whole).start, 9.0);
        assert_eq!(view.showing(15.0, whole).end, 15.0);
    }

    #[test]
    fn takes_one_sample_more_on_either_side() {
        assert_eq!(Span { start: 1.0, end: 2.0 }.samples(9000, FS), 299..602);
        assert_eq!(Span::whole(10, FS).samples(10, FS), 0..10);
        assert_eq!(Span { start: 5.0, end: 6.0 }.samples(10, FS), 10..10);
    }
}
