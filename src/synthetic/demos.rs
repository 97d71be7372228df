//! The recordings that the page shows to those who have none at hand.

use super::fibrillation::FibrillatoryWaves;
use super::noise::Noise;
use super::recipe::Recipe;
use super::rhythm::Rhythm;
use crate::network::Class;
use crate::record::Record;

/// A demonstration recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demo {
    /// Fit for an address: lower-case letters and hyphens.
    pub id: &'static str,
    pub title: &'static str,
    /// One sentence that tells anybody what to look at.
    pub description: &'static str,
    /// What it was made to show.
    pub expected: Class,
    pub recipe: Recipe,
}

impl Demo {
    /// Whether it lasts minutes, and is told window by window.
    pub fn is_strip(&self) -> bool {
        self.recipe.duration > 60.0
    }

    /// Whether it is to be seen whole at first: its rhythm changes part-way.
    pub fn opens_whole(&self) -> bool {
        matches!(self.recipe.rhythm, Rhythm::Paroxysm { .. }) && !self.is_strip()
    }

    /// Makes the recording: 30 s (or a strip's minutes) at 300 Hz, one lead, named after the demonstration's title.
    pub fn record(&self) -> Record {
        self.recipe.record(self.title)
    }
}

/// All demonstrations; the first one is what somebody sees first.
pub fn demos() -> &'static [Demo] {
    &DEMOS
}

const fn waves(amplitude: f64, frequency: f64) -> FibrillatoryWaves {
    FibrillatoryWaves { amplitude, frequency }
}

const AF: Rhythm = Rhythm::AtrialFibrillation;

static DEMOS: [Demo; 10] = [
    Demo {
        id: "paroxysm",
        title: "Fibrillation begins",
        description: "A regular rhythm turns into atrial fibrillation half-way, at 15 seconds: see whether the \
                      importance does too.",
        expected: Class::AtrialFibrillation,
        recipe: Recipe {
            fibrillatory_waves: waves(0.04, 6.0),
            // A little livelier than usual: half a recording must outweigh the other half.
            sinus_variation: 0.05,
            fibrillation_variation: 0.24,
            ..Recipe::new(Rhythm::Paroxysm { onset: 15.0, fibrillating_rate: 95.0 }, 78.0, 111)
        },
    },
    Demo {
        id: "af",
        title: "Atrial fibrillation",
        description: "No two gaps between the tall spikes are alike, and the line between them ripples where a small \
                      bump should stand before each spike.",
        expected: Class::AtrialFibrillation,
        recipe: Recipe { amplitude: 0.95, fibrillatory_waves: waves(0.055, 6.2), ..Recipe::new(AF, 95.0, 1) },
    },
    Demo {
        id: "sinus",
        title: "Sinus rhythm",
        description: "Evenly spaced spikes, each with a small rounded bump, the P wave, just before it.",
        expected: Class::Normal,
        recipe: Recipe { amplitude: 1.1, ..Recipe::new(Rhythm::Sinus, 70.0, 2) },
    },
    Demo {
        id: "af-slow",
        title: "Atrial fibrillation, slow",
        description: "The pulse is calm at about 60 a minute, yet the spikes still come at uneven distances and \
                      without P waves.",
        expected: Class::AtrialFibrillation,
        recipe: Recipe { amplitude: 0.8, fibrillatory_waves: waves(0.045, 5.6), ..Recipe::new(AF, 60.0, 3) },
    },
    Demo {
        id: "af-fast",
        title: "Atrial fibrillation, fast",
        description: "At about 140 beats a minute the unevenness is harder to see: compare the gaps between \
                      neighbouring spikes.",
        expected: Class::AtrialFibrillation,
        recipe: Recipe { amplitude: 0.9, fibrillatory_waves: waves(0.05, 6.8), ..Recipe::new(AF, 140.0, 4) },
    },
    Demo {
        id: "ectopic",
        title: "Premature ventricular beats",
        description: "Among regular narrow spikes some broad ones come too early, each followed by a pause.",
        expected: Class::Other,
        recipe: Recipe::new(Rhythm::VentricularEctopy { share: 0.3, couplets: 0.12 }, 74.0, 5),
    },
    Demo {
        id: "atrial-ectopic",
        title: "Premature atrial beats",
        description: "Now and then a beat of the usual narrow shape comes early; irregular, but not without a rule \
                      as in fibrillation.",
        expected: Class::Other,
        recipe: Recipe::new(Rhythm::AtrialEctopy { share: 0.3 }, 68.0, 6),
    },
    Demo {
        id: "sinus-arrhythmia",
        title: "Sinus arrhythmia",
        description: "The spikes come closer and wider apart with every breath, and each still has its P wave: as in \
                      many young people, and normal.",
        expected: Class::Normal,
        recipe: Recipe { sinus_variation: 0.1, ..Recipe::new(Rhythm::Sinus, 62.0, 9) },
    },
    Demo {
        id: "strip",
        title: "Five minutes with an episode",
        description: "A rhythm strip: each half minute has an answer of its own. Fibrillation begins in the middle and \
                      stays; a mean over all of it would be neither the one nor the other.",
        expected: Class::AtrialFibrillation,
        recipe: Recipe {
            duration: 300.0,
            amplitude: 0.9,
            ..Recipe::new(Rhythm::Paroxysm { onset: 150.0, fibrillating_rate: 100.0 }, 72.0, 21)
        },
    },
    Demo {
        id: "noise",
        title: "Too noisy",
        description: "Moving hands and tense muscles bury the heartbeat: an honest answer is that nothing can be read.",
        expected: Class::Noisy,
        recipe: Recipe { amplitude: 0.3, noise: Noise::UNREADABLE, ..Recipe::new(Rhythm::Sinus, 80.0, 8) },
    },
];
