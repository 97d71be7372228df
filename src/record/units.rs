//! Units of amplitude, and what to assume where a file names none.

use super::remark::{Remark, VoltageUnit};

/// Millivolts in one of `unit`; `None` where the unit is no voltage. Case is not trusted: nobody records megavolts.
pub fn millivolts_per(unit: &str) -> Option<f64> {
    let unit = unit.trim().trim_matches(['[', ']', '(', ')', '.']).to_lowercase();
    match unit.as_str() {
        // Russian and Ukrainian write "В" for volt, Chinese and Japanese the word.
        "mv" | "millivolt" | "millivolts" | "мв" | "毫伏" | "ミリボルト" => Some(1.0),
        // The micro sign (U+00B5) lowers to itself, the Greek letter (U+03BC) too; both are in use.
        "uv" | "µv" | "μv" | "mcv" | "microvolt" | "microvolts" | "мкв" | "微伏" | "マイクロボルト" => {
            Some(1e-3)
        }
        "nv" | "nanovolt" | "nanovolts" => Some(1e-6),
        "v" | "volt" | "volts" => Some(1e3),
        _ => None,
    }
}

/// A unit that was assumed from how large the signal is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AssumedUnit {
    pub unit: VoltageUnit,
    /// Millivolts in one of it.
    pub millivolts: f64,
}

impl AssumedUnit {
    /// For a recording's remarks.
    pub fn remark(self) -> Remark {
        Remark::AssumedUnit { unit: self.unit }
    }
}

/// The unit in which the leads' excursions are those of a heartbeat.
///
/// A QRS complex spans some 0.2 to 5 mV. So a typical excursion above 20 cannot be in millivolts, and one below 0.02
/// is hardly anything else than volts.
pub fn assume_unit<'a>(leads: impl IntoIterator<Item = &'a [f32]>) -> AssumedUnit {
    let mut excursions: Vec<f32> = leads.into_iter().filter_map(typical_excursion).filter(|&size| size > 0.0).collect();
    match median(&mut excursions) {
        Some(size) if size > 20.0 => AssumedUnit { unit: VoltageUnit::Microvolts, millivolts: 1e-3 },
        Some(size) if size < 0.02 => AssumedUnit { unit: VoltageUnit::Volts, millivolts: 1e3 },
        _ => AssumedUnit { unit: VoltageUnit::Millivolts, millivolts: 1.0 },
    }
}

/// Median over stretches of 512 samples (half a second to four, at the rates in use) of highest minus lowest: about
/// a heartbeat's height, whatever the baseline does over the recording.
fn typical_excursion(samples: &[f32]) -> Option<f32> {
    let spans = samples.chunks(512).filter_map(|chunk| {
        let finite = || chunk.iter().copied().filter(|sample| sample.is_finite());
        let highest = finite().reduce(f32::max)?;
        Some(highest - finite().reduce(f32::min)?)
    });
    median(&mut spans.collect::<Vec<f32>>())
}

fn median(values: &mut [f32]) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voltages_are_known_and_other_units_are_not() {
        for (unit, millivolts) in [
            ("mV", 1.0),
            ("MV", 1.0),
            ("uV", 1e-3),
            ("µV", 1e-3),
            ("μV", 1e-3),
            ("[uV]", 1e-3),
            ("V", 1e3),
            (" volts ", 1e3),
            ("мкВ", 1e-3),
            ("微伏", 1e-3),
        ] {
            assert_eq!(millivolts_per(unit), Some(millivolts), "{unit}");
        }
        for unit in ["mmHg", "NU", "", "bpm", "mV/s"] {
            assert_eq!(millivolts_per(unit), None, "{unit}");
        }
    }

    #[test]
    fn the_unit_follows_from_the_height_of_a_beat() {
        let beats = |height: f32, drift: f32| -> Vec<f32> {
            (0..5000).map(|i| drift * i as f32 / 5000.0 + if i % 300 == 0 { height } else { 0.0 }).collect()
        };
        assert_eq!(assume_unit([&beats(1.2, 3.0)[..]]).unit, VoltageUnit::Millivolts);
        assert_eq!(assume_unit([&beats(1200.0, 0.0)[..]]).unit, VoltageUnit::Microvolts);
        assert_eq!(assume_unit([&beats(0.0012, 0.0)[..]]).unit, VoltageUnit::Volts);
        assert_eq!(
            assume_unit([&beats(1.0, 150.0)[..]]).unit,
            VoltageUnit::Millivolts,
            "a drifting baseline is no QRS"
        );
        assert_eq!(assume_unit([&[0.0; 900][..]]).unit, VoltageUnit::Millivolts, "a flat line tells nothing");
        assert_eq!(assume_unit([&[f32::NAN; 900][..], &beats(900.0, 0.0)]).unit, VoltageUnit::Microvolts);
    }
}
