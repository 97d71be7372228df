//! The waves of one beat: ECGSYN's P, Q, R, S and T events.
//!
//! ECGSYN gives each event an angle θ, a width b and a size a on a cycle whose length is the RR interval. Here they are
//! given as what they come to on the paper: time from the R peak, width in seconds, height in millivolts, with
//! θ = ωt, b = ωσ and a = hω/b², ω being the angular frequency of the cycle. Like the reference implementation, the
//! model scales them with the square root of the RR interval; unlike it, QRS keeps its duration, as it does in people,
//! and QT follows the mean RR interval more than the last one. Two events make T, which climbs slower than it falls.

use super::random::Random;
use super::rhythm::Origin;

/// One Gaussian event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wave {
    /// Of its peak, in s after the R peak.
    pub time: f64,
    /// Standard deviation, in s.
    pub width: f64,
    /// In mV.
    pub height: f64,
}

/// How somebody's beats look in this lead.
#[derive(Clone, Copy, Debug)]
pub struct Morphology {
    /// Height of the R wave, in mV; negative where the electrodes are reversed.
    amplitude: f64,
    /// Heights relative to R.
    p: f64,
    q: f64,
    s: f64,
    t: f64,
    /// Height of a ventricular complex relative to R; its T wave points the other way.
    ventricular: f64,
    /// Square root of the mean RR interval in s.
    stretch: f64,
}

impl Morphology {
    /// Draws somebody: P, Q, S and T differ from person to person.
    pub fn draw(amplitude: f64, mean_rr: f64, random: &mut Random) -> Self {
        Self {
            amplitude,
            p: random.between(0.08, 0.12),
            q: random.between(-0.10, -0.04),
            s: random.between(-0.28, -0.16),
            t: random.between(0.20, 0.29),
            ventricular: random.between(1.05, 1.3),
            stretch: mean_rr.sqrt(),
        }
    }

    /// The waves of a beat that comes `rr` s after the one before it; `gain` (about 1) varies from beat to beat.
    pub fn waves(&self, origin: Origin, rr: f64, gain: f64) -> Vec<Wave> {
        let stretch = self.stretch.powf(0.85) * rr.sqrt().powf(0.15);
        let mv = self.amplitude * gain;
        let wave = |time: f64, width: f64, height: f64| Wave { time, width, height: height * mv };
        let qrs = [
            wave(-0.027, 0.009, self.q),
            // The neighbours Q and S take away from R's flanks; R itself stands a little higher for it.
            wave(0.0, 0.0105, 1.03),
            wave(0.027, 0.010, self.s),
        ];
        let t = |share: f64| {
            let height = share * self.t;
            [
                wave(0.245 * stretch, 0.048 * stretch, 0.55 * height),
                wave(0.292 * stretch, 0.033 * stretch, 0.62 * height),
            ]
        };
        let p = |time: f64, height: f64| wave(time * stretch, 0.024 * stretch, height);
        let mut waves = Vec::with_capacity(6);
        match origin {
            Origin::Sinus => {
                waves.push(p(-0.165, self.p));
                waves.extend(qrs);
                waves.extend(t(1.0));
            }
            Origin::Fibrillation => {
                waves.extend(qrs);
                waves.extend(t(0.75));
            }
            Origin::Atrial => {
                // From elsewhere in the atria: narrow and upside down, closer to QRS.
                waves.push(Wave { width: 0.018 * stretch, ..p(-0.13, -0.9 * self.p) });
                waves.extend(qrs);
                waves.extend(t(0.95));
            }
            Origin::Ventricular => {
                let height = self.ventricular;
                waves.push(wave(-0.012, 0.027, 0.85 * height));
                waves.push(wave(0.038, 0.024, 0.42 * height));
                waves.push(wave(0.27 * stretch, 0.062 * stretch, -0.42 * height));
            }
        }
        waves
    }
}
