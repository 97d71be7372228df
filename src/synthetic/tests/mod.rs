//! The recordings are measured as a stranger would measure them: from their samples.
//!
//! - `measure`: R peaks, QRS duration, spectra.
//! - `rhythms`: rates, irregularity, premature beats.
//! - `shapes`: waves, amplitudes, noise; odd recipes.

mod measure;
mod rhythms;
mod shapes;

use super::{Noise, Recipe, Rhythm, demos};

/// Five minutes without noise, so that averages mean something.
fn long_and_clean(rhythm: Rhythm, heart_rate: f64) -> Recipe {
    Recipe { noise: Noise::NONE, duration: 300.0, ..Recipe::new(rhythm, heart_rate, 42) }
}

#[test]
#[ignore = "writes the demonstrations, and each from 20 other seeds, as CSV to the folder in SYNTHETIC_CSV"]
fn write_csv() {
    let folder = std::env::var("SYNTHETIC_CSV").expect("SYNTHETIC_CSV names the folder to write to");
    let write = |name: String, recipe: &Recipe| {
        let record = recipe.record("");
        let lines: Vec<String> = record.leads[0].samples.iter().map(|mv| format!("{mv}")).collect();
        std::fs::write(format!("{folder}/{name}.csv"), lines.join("\n")).expect("the folder can be written to");
    };
    for demo in demos() {
        write(demo.id.to_owned(), &demo.recipe);
        for seed in 100..120 {
            write(format!("{}-{seed}", demo.id), &Recipe { seed, ..demo.recipe });
        }
    }
}
