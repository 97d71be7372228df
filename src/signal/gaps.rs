//! Missing samples.

/// Replaces each run of NaN or infinite samples by the straight line between its neighbours, and at the ends by the
/// nearest sample. Gives `None` where no sample is finite.
pub fn bridge_gaps(samples: &[f32]) -> Option<Vec<f32>> {
    let first = samples.iter().position(|sample| sample.is_finite())?;
    let mut bridged = samples.to_vec();
    bridged[..first].fill(samples[first]);
    let mut last_finite = first;
    for index in first + 1..samples.len() {
        if !samples[index].is_finite() {
            continue;
        }
        let gap = index - last_finite;
        if gap > 1 {
            let (from, to) = (samples[last_finite], samples[index]);
            for step in 1..gap {
                bridged[last_finite + step] = from + (to - from) * step as f32 / gap as f32;
            }
        }
        last_finite = index;
    }
    bridged[last_finite + 1..].fill(samples[last_finite]);
    Some(bridged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_a_line_across_a_gap_and_holds_at_the_ends() {
        let nan = f32::NAN;
        let bridged = bridge_gaps(&[nan, 1.0, nan, nan, 4.0, f32::INFINITY]).unwrap();
        assert_eq!(bridged, vec![1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
    }

    #[test]
    fn has_nothing_to_say_of_no_samples() {
        assert_eq!(bridge_gaps(&[f32::NAN; 3]), None);
        assert_eq!(bridge_gaps(&[]), None);
    }
}
