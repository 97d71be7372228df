//! When the heart beats, and what kind of beat each is.

use super::random::Random;
use super::tachogram::Tachogram;
use super::within;

/// What sets the pace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rhythm {
    /// The sinus node: regular but for breathing and Mayer waves.
    Sinus,
    /// RR intervals drawn one by one, each without regard to the last; no P waves, fibrillatory waves instead.
    AtrialFibrillation,
    /// Sinus rhythm with premature ventricular complexes.
    VentricularEctopy {
        /// How likely a sinus beat is to be followed by one; 1 is bigeminy.
        share: f64,
        /// How likely one is to be followed by a second at once.
        couplets: f64,
    },
    /// Sinus rhythm with premature atrial beats.
    AtrialEctopy {
        /// How likely a sinus beat is to be followed by one.
        share: f64,
    },
    /// Sinus rhythm that turns into atrial fibrillation.
    Paroxysm {
        /// When, in s from the recording's start.
        onset: f64,
        /// Mean ventricular rate from then on, beats a minute.
        fibrillating_rate: f64,
    },
}

impl Rhythm {
    /// When atrial fibrillation begins, in s, if it does; −∞ where it always was.
    pub fn fibrillation_onset(self) -> Option<f64> {
        match self {
            Rhythm::AtrialFibrillation => Some(f64::NEG_INFINITY),
            // An onset that is no number never comes.
            Rhythm::Paroxysm { onset, .. } if !onset.is_nan() => Some(onset),
            _ => None,
        }
    }
}

/// Where a beat comes from, and with it its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Sinus,
    /// Conducted from fibrillating atria: a narrow QRS without a P wave.
    Fibrillation,
    /// Premature, from the atria: a narrow QRS after a P wave of another shape.
    Atrial,
    /// Premature, from a ventricle: a wide QRS without a P wave.
    Ventricular,
}

impl Origin {
    /// The code of WFDB annotation files.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Sinus | Origin::Fibrillation => "N",
            Origin::Atrial => "A",
            Origin::Ventricular => "V",
        }
    }
}

/// One heartbeat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beat {
    /// Time of the R peak, in s from the recording's first sample.
    pub time: f64,
    pub origin: Origin,
}

/// What the rhythm is drawn from, all times in s.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub rhythm: Rhythm,
    /// Mean RR interval (of the sinus node, where it paces).
    pub mean_rr: f64,
    /// Coefficient of variation of the sinus node's RR intervals.
    pub sinus_variation: f64,
    /// Coefficient of variation of RR intervals in fibrillation.
    pub fibrillation_variation: f64,
    /// Breathing frequency in Hz.
    pub breathing: f64,
}

/// Beats from before `start` until after `end`, at least two.
pub fn beats(pace: &Pace, start: f64, end: f64, random: &mut Random) -> Vec<Beat> {
    let sinus_end = pace.rhythm.fibrillation_onset().unwrap_or(f64::INFINITY);
    let deviation = pace.sinus_variation * pace.mean_rr;
    let tachogram = Tachogram::new(pace.mean_rr, deviation, pace.breathing, end - start, random);
    let fibrillating_rr = match pace.rhythm {
        Rhythm::Paroxysm { fibrillating_rate, .. } => 60.0 / within(fibrillating_rate, 20.0, 250.0, 95.0),
        _ => pace.mean_rr,
    };
    let mut beats = Vec::new();
    let mut time = start - pace.mean_rr * (1.0 + random.uniform());
    while time < end || beats.len() < 2 {
        if time >= sinus_end {
            beats.push(Beat { time, origin: Origin::Fibrillation });
            time += fibrillation_interval(fibrillating_rr, pace.fibrillation_variation, random);
        } else {
            beats.push(Beat { time, origin: Origin::Sinus });
            time = after_sinus_beat(pace.rhythm, time, tachogram.at(time), &mut beats, random);
        }
    }
    beats.push(Beat { time, origin: if time < sinus_end { Origin::Sinus } else { Origin::Fibrillation } });
    beats
}

/// Adds the premature beats that follow a sinus beat at `time`, and gives the time of the next sinus beat.
fn after_sinus_beat(rhythm: Rhythm, time: f64, rr: f64, beats: &mut Vec<Beat>, random: &mut Random) -> f64 {
    match rhythm {
        Rhythm::VentricularEctopy { share, couplets } if random.chance(share) => {
            let coupling = random.between(0.56, 0.62) * rr;
            beats.push(Beat { time: time + coupling, origin: Origin::Ventricular });
            if random.chance(couplets) {
                let second = coupling + random.between(0.52, 0.58) * rr;
                beats.push(Beat { time: time + second, origin: Origin::Ventricular });
            }
            // The sinus node fires on, unheard once: the pause is fully compensatory.
            time + 2.0 * rr
        }
        Rhythm::AtrialEctopy { share } if random.chance(share) => {
            let coupling = random.between(0.55, 0.66) * rr;
            beats.push(Beat { time: time + coupling, origin: Origin::Atrial });
            // The premature beat resets the sinus node: it starts its interval anew, a little late.
            time + coupling + random.between(1.05, 1.15) * rr
        }
        _ => time + rr,
    }
}

/// An RR interval in fibrillation: the refractory time of the AV node, and a log-normal wait beyond it.
///
/// The refractory time shortens with the rate, as it does in people; intervals above 2.5 times the mean are drawn anew.
fn fibrillation_interval(mean: f64, variation: f64, random: &mut Random) -> f64 {
    let refractory = (0.2 + 0.25 * mean).min(0.8 * mean);
    let wait = mean - refractory;
    let log_variance = (1.0 + (variation * mean / wait).powi(2)).ln();
    for _ in 0..16 {
        let rr = refractory + wait * (random.normal() * log_variance.sqrt() - log_variance / 2.0).exp();
        if rr <= 2.5 * mean {
            return rr;
        }
    }
    mean
}
