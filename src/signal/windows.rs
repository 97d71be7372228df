//! Where a long recording is cut.

use super::NETWORK_FS;

/// Samples in a window: 30 s at the network's rate.
pub const WINDOW_SAMPLES: usize = 30 * NETWORK_FS as usize;
/// Window starts fall on whole cells of the coarsest feature map (16 samples), so that maps of neighbouring windows
/// share one grid; 15 s rounded to that.
const HOP_SAMPLES: usize = 93 * CELL_SAMPLES;
/// A cell of the coarsest feature map, in samples at the network's rate.
pub const CELL_SAMPLES: usize = 16;

/// Starts of the windows over `len` samples at the network's rate.
///
/// Up to 30 s there is one window, as long as the recording. Beyond, windows of 30 s overlap by half and the last one
/// ends at the end, but for at most 0.15 s (less than one cell of the coarsest feature map).
pub fn window_starts(len: usize) -> Vec<usize> {
    let Some(surplus) = len.checked_sub(WINDOW_SAMPLES + 1) else { return vec![0] };
    let last = (surplus + 1) / CELL_SAMPLES * CELL_SAMPLES;
    let mut starts: Vec<usize> = (0..last).step_by(HOP_SAMPLES).collect();
    starts.push(last);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_seen_and_starts_share_the_grid() {
        for len in [500, 2999, 3000, 3001, 3016, 4500, 6000, 6100, 360_000] {
            let starts = window_starts(len);
            assert_eq!(starts[0], 0);
            assert!(starts.iter().all(|start| start % CELL_SAMPLES == 0));
            assert!(starts.windows(2).all(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= WINDOW_SAMPLES / 2));
            if len > WINDOW_SAMPLES {
                let end = starts.last().unwrap() + WINDOW_SAMPLES;
                assert!(end <= len && len - end < CELL_SAMPLES, "{len}: {end}");
            } else {
                assert_eq!(starts.len(), 1);
            }
        }
    }
}
