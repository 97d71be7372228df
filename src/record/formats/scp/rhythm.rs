//! Section 6 made whole again: samples that were left out are drawn in, the reference beat is added where it was
//! subtracted (EN 1064, 5.9 and annex C).

use super::huffman::{Packing, integrate};
use super::sections::{Lead, QrsLocations, Signals};

/// How section 6 has to be completed; the same for all its leads.
pub struct Completion<'a> {
    pub packing: &'a Packing,
    pub rhythm: &'a Signals<'a>,
    /// Where beats lie, where anything depends on it.
    pub beats: Option<&'a QrsLocations>,
    /// Samples that one of section 6 stands for outside the protected stretches; 1 where all are stored.
    pub decimation: usize,
    /// For each lead the reference beat in mV, empty where none was subtracted.
    pub reference: Vec<Vec<f32>>,
}

impl Completion<'_> {
    /// The samples of a lead in mV; fewer than the lead should have where the data end before.
    pub fn lead(&self, number: usize, lead: &Lead) -> Vec<f32> {
        let packed = self.rhythm.leads.get(number).copied().unwrap_or_default();
        let length = lead.length().unwrap_or(0);
        let mut values = self.packing.unpack(packed, length);
        integrate(&mut values, self.rhythm.differences);
        let stored: Vec<f32> = values.iter().map(|value| (f64::from(*value) * self.rhythm.millivolts) as f32).collect();
        let mut samples = match self.decimation {
            0 | 1 => stored,
            decimation => expand(&stored, &stretches(lead, length, self.protected()), decimation),
        };
        if let (Some(reference), Some(beats)) = (self.reference.get(number), self.beats) {
            add_reference(&mut samples, reference, lead, beats);
        }
        samples
    }

    fn protected(&self) -> &[(i64, i64)] {
        match self.beats {
            Some(beats) if self.rhythm.is_bimodal => &beats.protected,
            _ => &[],
        }
    }
}

/// A run of samples that are all stored, or all decimated.
struct Stretch {
    length: usize,
    is_protected: bool,
}

/// The lead from its first sample to its last, divided where protected stretches begin and end.
fn stretches(lead: &Lead, length: usize, protected: &[(i64, i64)]) -> Vec<Stretch> {
    let mut sorted = protected.to_vec();
    sorted.sort_unstable();
    let first = i64::from(lead.first);
    let mut all = Vec::new();
    let mut at = 0;
    for (start, end) in sorted {
        let place = |sample: i64| usize::try_from(sample - first).unwrap_or(0).min(length);
        // From the lead's own first sample on; `end` is the last that is protected.
        let (start, end) = (place(start).max(at), place(end + 1));
        if end > start {
            all.push(Stretch { length: start - at, is_protected: false });
            all.push(Stretch { length: end - start, is_protected: true });
            at = end;
        }
    }
    all.push(Stretch { length: length - at, is_protected: false });
    all
}

/// Draws in the samples that were left out: annex C keeps one of each `decimation`, their mean, which stands in their
/// middle; between two of them the signal is a straight line.
///
/// Samples that are left over at a stretch's end are stored as they are. Where fewer are there than that takes, one of
/// them was kept, and is held.
fn expand(stored: &[f32], stretches: &[Stretch], decimation: usize) -> Vec<f32> {
    let decimated = || stretches.iter().filter(|stretch| !stretch.is_protected).map(|stretch| stretch.length);
    let protected: usize = stretches.iter().filter(|stretch| stretch.is_protected).map(|stretch| stretch.length).sum();
    let with_left_over: usize = decimated().map(|length| length / decimation + length % decimation).sum();
    let keeps_left_over = stored.len() >= protected + with_left_over;
    let mut samples = Vec::new();
    let mut stored = stored;
    let mut take = |count: usize| {
        let (taken, rest) = stored.split_at(count.min(stored.len()));
        stored = rest;
        taken
    };
    for stretch in stretches {
        if stretch.is_protected {
            samples.extend_from_slice(take(stretch.length));
            continue;
        }
        let (groups, left_over) = (stretch.length / decimation, stretch.length % decimation);
        draw_lines(take(groups), decimation, &mut samples);
        match keeps_left_over {
            true => samples.extend_from_slice(take(left_over)),
            false if left_over > 0 => {
                take(1).iter().for_each(|sample| samples.extend(std::iter::repeat_n(*sample, left_over)));
            }
            false => {}
        }
    }
    samples
}

fn draw_lines(kept: &[f32], decimation: usize, samples: &mut Vec<f32>) {
    let half = decimation / 2;
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return };
    samples.extend(std::iter::repeat_n(*first, half));
    for pair in kept.windows(2) {
        let [from, to] = pair else { continue };
        samples.extend((0..decimation).map(|step| from + (to - from) * step as f32 / decimation as f32));
    }
    samples.extend(std::iter::repeat_n(*last, decimation - half));
}

/// 5.7: the reference beat was subtracted from the beats of type 0, from their first sample to their last, its
/// fiducial point on theirs.
fn add_reference(samples: &mut [f32], reference: &[f32], lead: &Lead, beats: &QrsLocations) {
    let mut done = i64::from(lead.first) - 1;
    for beat in beats.beats.iter().filter(|beat| beat.kind == 0) {
        let shift = beats.reference_fiducial - 1 - beat.fiducial;
        // Beats do not overlap; a file in which they do must not be gone over again and again.
        let first = beat.first.max(done + 1).max(-shift);
        // No further than the reference beat goes, however far the file says that it was subtracted.
        let last = beat.last.min(reference.len() as i64 - 1 - shift);
        done = done.max(last);
        for sample in first..=last {
            let place = |index: i64| usize::try_from(index).ok();
            let target = place(sample - i64::from(lead.first)).and_then(|index| samples.get_mut(index));
            let (Some(target), Some(added)) = (target, place(sample + shift).and_then(|index| reference.get(index)))
            else {
                break;
            };
            *target += added;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_left_over_are_stored_or_held() {
        let stretches =
            [(6, false), (2, true), (6, false)].map(|(length, is_protected)| Stretch { length, is_protected });
        let stored = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        let expected = [1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 6.0, 6.0, 7.0, 8.0];
        assert_eq!(expand(&stored, &stretches, 4), expected);
        let expected = [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 5.0, 5.0, 5.0, 6.0, 6.0];
        assert_eq!(expand(&stored[..6], &stretches, 4), expected);
        assert_eq!(expand(&stored[..4], &stretches, 4), expected[..8], "cut off");
    }

    #[test]
    fn stretches_are_cut_to_the_lead_and_to_each_other() {
        let lead = Lead { first: 11, last: 30, code: 1 };
        let lengths = |protected: &[(i64, i64)]| -> Vec<usize> {
            stretches(&lead, 20, protected).iter().map(|stretch| stretch.length).collect()
        };
        assert_eq!(lengths(&[]), [20]);
        assert_eq!(lengths(&[(1, 12), (15, 18), (29, 99)]), [0, 2, 2, 4, 10, 2, 0]);
        assert_eq!(lengths(&[(21, 24), (12, 13), (13, 15), (0, 5), (40, 50)]), [1, 2, 0, 2, 5, 4, 6]);
    }
}
