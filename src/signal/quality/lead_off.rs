//! An electrode that came off: the level jumps, and stays away or drifts back.

use std::ops::Range;

use super::level::{Blocks, usual_range};

/// Levels are medians of so many s: a QRS complex is shorter than half of that.
const BLOCK_SECONDS: f64 = 0.25;
/// A jump is so many times what the lead usually covers in 2 s, and at least so many mV.
const JUMP_RANGES: f32 = 6.0;
const JUMP_MV: f32 = 2.0;
/// The level stays away for so many blocks, or it was an artefact of a moment.
const STAYS: usize = 4;
/// It has settled where it moves by less than this share of the usual range in as many blocks.
const SETTLED: f32 = 0.5;
/// It is not waited for longer, in s: what still drifts then is baseline wander, which is filtered out.
const LONGEST_SECONDS: f64 = 10.0;

/// From each jump of the level until it has settled, there or where it was.
pub fn stretches(samples: &[f32], fs: f64) -> Vec<Range<usize>> {
    let Some(usual) = usual_range(samples, fs) else { return Vec::new() };
    let blocks = Blocks::of(samples, fs, BLOCK_SECONDS);
    let levels = &blocks.levels;
    let jump = (JUMP_RANGES * usual).max(JUMP_MV);
    let longest = (LONGEST_SECONDS / BLOCK_SECONDS) as usize;
    let mut parts = Vec::new();
    let mut block = 1;
    while block + STAYS <= levels.len() {
        let before = levels[block - 1];
        // The block of the jump itself may lie on both sides of it.
        let stays = (block + 1..block + STAYS).all(|it| (levels[it] - before).abs() > jump / 2.0);
        if !(stays && (levels[block + 1] - before).abs() > jump) {
            block += 1;
            continue;
        }
        let end = (block + STAYS..levels.len())
            .take(longest)
            .find(|it| {
                let later = levels[(*it + STAYS).min(levels.len() - 1)];
                levels[*it].is_nan() || (later - levels[*it]).abs() <= SETTLED * usual
            })
            .unwrap_or((block + longest).min(levels.len()));
        parts.push(block * blocks.len..(end * blocks.len).min(samples.len()));
        block = end + 1;
    }
    super::joined(parts, (BLOCK_SECONDS * fs) as usize * STAYS)
}
