//! One time line for signals of several sampling rates, and for recordings with gaps.

use super::remark::{LeadRate, Remark};

/// Signals with far fewer samples than the densest would have to be filled up to many times their size.
const LARGEST_UPSAMPLING: usize = 8;

/// Samples of gaps that one sample of data can stand for, and those that any recording may have: files that claim
/// more would fill the memory with nothing.
const MOST_GAPS: u64 = 64;
const GAPS_OF_ANYONE: u64 = 1 << 16;
/// Above this many samples of gaps, half a gigabyte, there must be as many of data: a page has four in all.
const LARGE_GAPS: u64 = 1 << 27;

/// Whether a signal of `own` samples (a frame, a second) can be shown beside one of `densest`.
pub fn is_dense_enough(own: usize, densest: usize) -> bool {
    own.saturating_mul(LARGEST_UPSAMPLING) >= densest
}

/// The samples of a signal that has `own` samples where the recording has `densest`, at the recording's rate: drawn
/// out along straight lines, so that the signal's own samples stay where and what they are.
pub fn drawn_out(samples: Vec<f32>, own: usize, densest: usize) -> Vec<f32> {
    if own == densest || own == 0 {
        return samples;
    }
    // In 64 bits, since a day's samples times these outgrow the 32 of a page.
    let (own, densest) = (own as u64, densest as u64);
    let count = samples.len() as u64 * densest / own;
    let between = |index: u64| {
        // The position among the signal's own samples, in units of 1 / `densest`.
        let position = index * own;
        let (before, fraction) = ((position / densest) as usize, position % densest);
        let value = samples.get(before).copied().unwrap_or(f32::NAN);
        match samples.get(before + 1) {
            Some(next) if fraction != 0 => value + (next - value) * (fraction as f32 / densest as f32),
            _ => value,
        }
    };
    (0..count).map(between).collect()
}

/// For a recording's remarks: which leads were drawn out, from what rate to what, in Hz. `None` where none was.
pub fn drawn_out_remark(leads: &[(&str, f64)], fs: f64) -> Option<Remark> {
    let slower = leads.iter().filter(|(_, own)| *own < fs);
    let leads: Vec<LeadRate> = slower.map(|(name, own)| LeadRate { lead: (*name).to_owned(), fs: *own }).collect();
    (!leads.is_empty()).then_some(Remark::DrawnOut { fs, leads })
}

/// Whether `total` samples on the time line are in proportion to those that are `there`; the rest would be gaps.
pub fn is_in_proportion(there: u64, total: u64) -> bool {
    let allowed = there.saturating_mul(MOST_GAPS).saturating_add(GAPS_OF_ANYONE);
    total.saturating_sub(there) <= allowed.min(there.max(LARGE_GAPS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_samples_stay_and_lines_join_them() {
        assert_eq!(drawn_out(vec![0.0, 2.0, 4.0], 1, 2), [0.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
        assert_eq!(drawn_out(vec![0.0, 3.0, 6.0, 9.0], 2, 3), [0.0, 2.0, 4.0, 6.0, 8.0, 9.0]);
        assert_eq!(drawn_out(vec![1.0, 5.0], 4, 4), [1.0, 5.0]);
        assert!(drawn_out(vec![0.0, f32::NAN, 4.0], 1, 2)[1].is_nan(), "nothing is known beside a gap");
        assert!(drawn_out(Vec::new(), 1, 2).is_empty());
    }

    #[test]
    fn a_remark_names_the_slower_leads() {
        assert_eq!(drawn_out_remark(&[("I", 500.0)], 500.0), None);
        assert!(drawn_out_remark(&[("I", 500.0), ("V1", 250.0)], 500.0).unwrap().to_string().contains("V1 (250 Hz)"));
    }

    #[test]
    fn gaps_are_bounded_by_what_is_there() {
        assert!(is_in_proportion(0, 60_000) && is_in_proportion(1_000_000, 60_000_000));
        assert!(!is_in_proportion(1000, 10_000_000) && is_in_proportion(u64::MAX, u64::MAX));
        let a_day = 24 * 3600 * 1000;
        assert!(is_in_proportion(a_day, 2 * a_day) && !is_in_proportion(a_day, 10 * a_day));
    }
}
