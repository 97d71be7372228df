//! A labelled set to try an evaluation on when there is none at hand: what a recording was made to be is its label.

use super::fibrillation::FibrillatoryWaves;
use super::noise::Noise;
use super::random::Random;
use super::recipe::Recipe;
use super::rhythm::Rhythm;
use crate::network::Class;

/// One recording of the set before it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    pub name: String,
    pub class: Class,
    pub recipe: Recipe,
}

/// Recordings of each class, in [`Class::ALL`]'s order: about as PhysioNet/CinC 2017 has them, with more of the rare ones.
const COUNTS: [usize; 4] = [90, 50, 40, 20];

/// Two hundred recordings of 10 to 30 s in mixed order, the same ones each time. Every fourth is made hard: regular
/// fibrillation without visible fibrillatory waves, sinus rhythm that varies much, rare premature beats, more noise.
pub fn labelled_set() -> Vec<Labelled> {
    let mut random = Random::for_purpose(2017, 9);
    let mut classes: Vec<Class> =
        Class::ALL.into_iter().zip(COUNTS).flat_map(|(class, count)| std::iter::repeat_n(class, count)).collect();
    // Fisher and Yates.
    for last in (1..classes.len()).rev() {
        classes.swap(last, ((random.uniform() * (last + 1) as f64) as usize).min(last));
    }
    let recording = |(number, class): (usize, Class)| Labelled {
        name: format!("S{:03}", number + 1),
        class,
        recipe: recipe(class, number % 4 == 3, 1000 + number as u64, &mut random),
    };
    classes.into_iter().enumerate().map(recording).collect()
}

fn recipe(class: Class, hard: bool, seed: u64, random: &mut Random) -> Recipe {
    let mut between = |low: f64, high: f64| low + (high - low) * random.uniform();
    let duration = between(10.0, 30.0).round();
    let amplitude = match class {
        Class::Noisy => between(0.2, 0.35),
        _ => between(0.6, 1.5),
    };
    let rate = between(58.0, 98.0);
    let recipe = match class {
        Class::Normal | Class::Noisy => Recipe {
            sinus_variation: if hard { between(0.07, 0.12) } else { between(0.015, 0.045) },
            ..Recipe::new(Rhythm::Sinus, rate, seed)
        },
        Class::AtrialFibrillation => Recipe {
            fibrillation_variation: if hard { between(0.07, 0.12) } else { between(0.17, 0.28) },
            fibrillatory_waves: FibrillatoryWaves {
                amplitude: if hard { 0.01 } else { between(0.03, 0.08) },
                frequency: between(5.0, 7.5),
            },
            ..Recipe::new(Rhythm::AtrialFibrillation, between(65.0, 130.0), seed)
        },
        Class::Other => {
            let share = if hard { 0.06 } else { between(0.15, 0.35) };
            let rhythm = match seed % 2 {
                0 => Rhythm::VentricularEctopy { share, couplets: 0.1 },
                _ => Rhythm::AtrialEctopy { share },
            };
            Recipe::new(rhythm, rate, seed)
        }
    };
    let noise = match (class, hard) {
        (Class::Noisy, false) => Noise::UNREADABLE,
        (Class::Noisy, true) => Noise { muscle: 0.12, motion: 0.6, ..Noise::UNREADABLE },
        (_, false) => Noise::HANDHELD,
        (_, true) => Noise { muscle: 0.05, muscle_rate: 0.3, wander: 0.12, ..Noise::HANDHELD },
    };
    Recipe { duration, amplitude, noise, ..recipe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_has_two_hundred_different_recordings_that_can_be_made() {
        let set = labelled_set();
        assert_eq!(set, labelled_set());
        assert_eq!(set.len(), 200);
        for (class, count) in Class::ALL.into_iter().zip(COUNTS) {
            assert_eq!(set.iter().filter(|it| it.class == class).count(), count);
        }
        let mut seeds: Vec<u64> = set.iter().map(|it| it.recipe.seed).collect();
        seeds.dedup();
        assert_eq!(seeds.len(), 200);
        for it in set.iter().step_by(23) {
            let record = it.recipe.record(&it.name);
            assert!(record.provenance.synthetic && (10.0..=30.1).contains(&record.duration()), "{}", it.name);
            let begins = record.annotations.first().map(|first| first.text.as_str());
            assert_eq!(begins == Some("(AFIB"), it.class == Class::AtrialFibrillation);
        }
    }
}
