//! What the network reads of a lead: the stretches that hold an electrocardiogram, each prepared by itself.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::quality::{Reason, Stretch, unusable};
use super::windows::CELL_SAMPLES;
use super::{MIN_SECONDS, NETWORK_FS, Prepared, Unusable, prepare};

/// A stretch of a recording that was not read, in s after its first sample, and why.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotRead {
    pub from: f64,
    pub to: f64,
    pub reason: Reason,
}

impl NotRead {
    pub fn holds(&self, time: f64) -> bool {
        (self.from..self.to).contains(&time)
    }
}

/// A stretch that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// How many cells of the coarsest feature map (0.16 s) the recording has before it.
    pub cells_before: usize,
    pub prepared: Prepared,
}

impl Part {
    /// How long it is, in s.
    pub fn seconds(&self) -> f64 {
        self.prepared.samples.len() as f64 / NETWORK_FS
    }
}

/// A lead as the network reads it: nothing between the parts is made up.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// In order; at least one.
    pub parts: Vec<Part>,
    /// In order, without overlap.
    pub not_read: Vec<NotRead>,
}

impl Reading {
    /// How much each part counts, by its length; 1 in all.
    pub fn weights(&self) -> Vec<f32> {
        let all: f64 = self.parts.iter().map(Part::seconds).sum();
        self.parts.iter().map(|part| (part.seconds() / all) as f32).collect()
    }
}

/// Reads one lead: `samples` in mV (NaN where missing), `fs` in Hz.
///
/// Where nothing is unusable that is [`prepare`] of all of it. Else each usable stretch of [`MIN_SECONDS`] and more is
/// prepared by itself, from the next whole cell of the coarsest feature map on, so that the maps of all parts share one grid.
pub fn read(samples: &[f32], fs: f64) -> Result<Reading, Unusable> {
    let stretches = unusable(samples, fs);
    if stretches.is_empty() {
        return Ok(Reading {
            parts: vec![Part { cells_before: 0, prepared: prepare(samples, fs)? }],
            not_read: Vec::new(),
        });
    }
    if !(50.0..=100_000.0).contains(&fs) || (samples.len() as f64 / fs) < MIN_SECONDS {
        // Says which of these it is.
        return Err(prepare(samples, fs).err().unwrap_or(Unusable::Empty));
    }
    let mut parts = Vec::new();
    let mut lost: Vec<Stretch> = stretches.clone();
    let mut longest = 0.0f64;
    for usable in between(&stretches, samples.len()) {
        let seconds = usable.len() as f64 / fs;
        longest = longest.max(seconds);
        let reason = match read_part(samples, fs, &usable) {
            _ if seconds < MIN_SECONDS => Reason::TooShort,
            Ok(part) => {
                parts.push(part);
                continue;
            }
            Err(Unusable::Tone) => Reason::Hum,
            Err(Unusable::Flat) => Reason::Flat,
            Err(_) => Reason::TooShort,
        };
        lost.push(Stretch { part: usable, reason });
    }
    if parts.is_empty() {
        return Err(nothing_in(&stretches, longest, fs));
    }
    lost.sort_by_key(|stretch| stretch.part.start);
    let time = |sample: usize| sample as f64 / fs;
    let not_read =
        lost.into_iter().map(|it| NotRead { from: time(it.part.start), to: time(it.part.end), reason: it.reason });
    Ok(Reading { parts, not_read: not_read.collect() })
}

/// What lies before, between and after the stretches.
fn between(stretches: &[Stretch], len: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(stretches.iter().map(|stretch| stretch.part.end));
    let ends = stretches.iter().map(|stretch| stretch.part.start).chain(std::iter::once(len));
    starts.zip(ends).filter(|(start, end)| start < end).map(|(start, end)| start..end).collect()
}

fn read_part(samples: &[f32], fs: f64, part: &Range<usize>) -> Result<Part, Unusable> {
    let cell = CELL_SAMPLES as f64 / NETWORK_FS;
    // A part that begins a hair after a cell's beginning, by a rounded sampling rate, begins with it.
    let cells_before = (part.start as f64 / fs / cell - 1e-6).ceil().max(0.0) as usize;
    let start = ((cells_before as f64 * cell * fs).round() as usize).clamp(part.start, part.end);
    // It is long enough before these at most 0.16 s are cut off: those do not make it too short.
    let least = (MIN_SECONDS * fs).ceil() as usize;
    let start = if part.end - start < least { part.end.saturating_sub(least).max(part.start) } else { start };
    Ok(Part { cells_before, prepared: prepare(&samples[start..part.end], fs)? })
}

/// Why nothing is read, the `longest` usable stretch being so many s.
fn nothing_in(stretches: &[Stretch], longest: f64, fs: f64) -> Unusable {
    let is_all = |reason: Reason| longest == 0.0 && stretches.iter().all(|stretch| stretch.reason == reason);
    if is_all(Reason::Missing) {
        return Unusable::Empty;
    }
    if is_all(Reason::Flat) {
        return Unusable::Flat;
    }
    let lost = stretches.iter().map(|stretch| stretch.part.len()).sum::<usize>() as f64 / fs;
    Unusable::NoStretch { lost, longest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::{Recipe, Rhythm};

    fn sinus() -> Vec<f32> {
        Recipe::new(Rhythm::Sinus, 70.0, 5).record("made").leads[0].samples.clone()
    }

    #[test]
    fn a_sound_lead_is_read_whole() {
        let lead = sinus();
        let reading = read(&lead, 300.0).unwrap();
        assert_eq!(reading.parts, [Part { cells_before: 0, prepared: prepare(&lead, 300.0).unwrap() }]);
        assert_eq!((reading.not_read.len(), reading.weights()), (0, vec![1.0]));
    }

    #[test]
    fn what_lies_around_a_gap_is_read_by_itself() {
        let mut lead = sinus();
        lead[3000..5400].fill(f32::NAN);
        // A flat end, after a stretch that is too short.
        lead[8000..].fill(0.25);
        lead[6000..6700].fill(f32::NAN);
        let reading = read(&lead, 300.0).unwrap();
        let stretches: Vec<(f64, f64, Reason)> =
            reading.not_read.iter().map(|it| (it.from, it.to, it.reason)).collect();
        assert_eq!(stretches.len(), 5, "{stretches:?}");
        assert_eq!(stretches[0], (10.0, 18.0, Reason::Missing));
        assert_eq!(stretches[1], (18.0, 20.0, Reason::TooShort));
        assert_eq!(stretches[4].2, Reason::Flat);
        assert_eq!(reading.parts.len(), 1);
        assert_eq!(reading.parts[0].prepared, prepare(&lead[..3000], 300.0).unwrap());
    }

    #[test]
    fn parts_share_the_grid_of_the_coarsest_map() {
        for (fs, gap) in [(300.0, 3000..5411), (360.0, 3600..5003), (1000.0, 9000..15_003)] {
            let mut lead = Recipe { fs, ..Recipe::new(Rhythm::Sinus, 70.0, 5) }.record("made").leads[0].samples.clone();
            lead[gap.clone()].fill(f32::NAN);
            let reading = read(&lead, fs).unwrap();
            let second = &reading.parts[1];
            let begins = second.cells_before as f64 * 0.16;
            let gap_ends = gap.end as f64 / fs;
            assert!((0.0..0.16 + 1e-6).contains(&(begins - gap_ends)), "{fs} Hz: {begins} s, {gap_ends} s");
            assert!((begins + second.seconds() - lead.len() as f64 / fs).abs() < 0.02, "{fs} Hz");
            assert!((reading.weights().iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn says_why_there_is_nothing_to_read() {
        assert_eq!(read(&[0.5; 9000], 300.0), Err(Unusable::Flat));
        assert_eq!(read(&[f32::NAN; 9000], 300.0), Err(Unusable::Empty));
        assert_eq!(read(&[f32::NAN; 900], 300.0), Err(Unusable::TooShort(3.0)));
        assert_eq!(read(&[f32::NAN; 900], 20.0), Err(Unusable::SamplingRate(20.0)));
        let mut lead = sinus();
        lead[900..].fill(f32::NAN);
        lead[7500..].fill(0.0);
        assert_eq!(read(&lead, 300.0), Err(Unusable::NoStretch { lost: 27.0, longest: 3.0 }));
    }
}
