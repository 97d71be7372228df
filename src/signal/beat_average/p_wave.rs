//! The P wave in front of the QRS complex.
//!
//! In each beat the height of a wave of a P wave's shape is measured at one and the same place, and the mean over beats
//! is set against its own standard error. A P wave stands at the same distance before every R peak; fibrillatory waves
//! come at all distances and cancel out. A synthesised template stands for the P wave, as in I. Dotsinsky, "Atrial wave
//! detection algorithm for discovery of some rhythm abnormalities", Physiol Meas 28(5):595–610, 2007; here it is a
//! Gaussian on a straight line, fitted by least squares, since lines take away what is left of the T wave before.

/// Where the wave's peak is looked for, in s before the R peak. Later than that, what is found is the onset of the QRS
/// complex: among recordings of normal rhythm the peaks lie from 0.2 to 0.1 s before it, and then, apart from those and
/// as often in fibrillation, at less than 0.08 s.
const EARLIEST: f64 = 0.2;
const LATEST: f64 = 0.09;
/// The template reaches so far to either side of the peak, in s, but not into the QRS complex.
const TEMPLATE_SECONDS: f64 = 0.08;
const QRS_SECONDS: f64 = 0.045;
/// Standard deviation of the Gaussian, in s: a P wave of about 100 ms from foot to foot.
const WIDTH_SECONDS: f64 = 0.022;
/// Of fewer beats nothing can be said.
const FEWEST_BEATS: usize = 5;
/// A P wave is there from this height on, in mV,
const LOWEST_MV: f64 = 0.02;
/// at so many standard errors,
const STANDARD_ERRORS: f64 = 4.0;
/// and at this share of its deviation from beat to beat: over thousands of beats anything exceeds its standard error.
const OF_DEVIATION: f64 = 0.5;

/// What a P wave would be, before the QRS complex.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PWave {
    /// Of its peak, in s after the R peak: negative. Where the template fits highest between −0.2 and −0.09 s.
    pub time: f64,
    /// Mean over beats of the height above the line around it, in mV; negative where the wave points down.
    pub height: f64,
    /// Standard deviation of that height from beat to beat, in mV: noise, or fibrillatory waves.
    pub deviation: f64,
    /// Beats that were measured.
    pub beats: usize,
}

impl PWave {
    /// Standard error of `height`, in mV.
    pub fn standard_error(&self) -> f64 {
        self.deviation / (self.beats as f64).sqrt()
    }

    /// Whether there is a P wave: at least 0.02 mV, four standard errors, and half of its deviation from beat to beat.
    ///
    /// `false` is no proof of absence: noise hides P waves too. [`PWave::would_show`] tells.
    pub fn is_present(&self) -> bool {
        let height = self.height.abs();
        height >= LOWEST_MV
            && height >= STANDARD_ERRORS * self.standard_error()
            && height >= OF_DEVIATION * self.deviation
    }

    /// Whether a P wave of `mv` would be seen at this noise.
    pub fn would_show(&self, mv: f64) -> bool {
        PWave { height: mv, ..*self }.is_present()
    }
}

/// Measures the wave in shapes whose mean is `mean`, with the R peak at `r_peak`.
pub(super) fn measure(mean: &[f64], r_peak: usize, fs: f64, shapes: impl Iterator<Item = Vec<f64>>) -> Option<PWave> {
    let at = |seconds: f64| (seconds * fs).round() as usize;
    let last = r_peak.checked_sub(at(QRS_SECONDS))?;
    let mut templates: Vec<(usize, Template)> = (r_peak.checked_sub(at(EARLIEST))?..=r_peak - at(LATEST))
        .filter_map(|centre| {
            let from = centre.checked_sub(at(TEMPLATE_SECONDS))?;
            let to = (centre + at(TEMPLATE_SECONDS)).min(last);
            Some((centre, Template::new(centre, from, to, WIDTH_SECONDS * fs)?))
        })
        .collect();
    // A wave is higher than what is on either side of it: what only rises towards the T wave before or the QRS complex
    // is none, and is measured in the middle.
    let heights: Vec<f64> = templates.iter().map(|(_, template)| template.height(mean).abs()).collect();
    let is_peak = |place: &usize| heights[place - 1] <= heights[*place] && heights[*place] >= heights[place + 1];
    let peaks = (1..heights.len().saturating_sub(1)).filter(is_peak);
    let place = peaks.max_by(|a, b| heights[*a].total_cmp(&heights[*b])).unwrap_or(heights.len() / 2);
    if templates.is_empty() {
        return None;
    }
    let (centre, template) = templates.swap_remove(place);
    // Welford's running mean and variance: shapes pass by once.
    let (mut beats, mut height, mut squares) = (0, 0.0, 0.0);
    for shape in shapes {
        let value = template.height(&shape);
        beats += 1;
        let before = value - height;
        height += before / beats as f64;
        squares += before * (value - height);
    }
    (beats >= FEWEST_BEATS).then(|| PWave {
        time: (centre as f64 - r_peak as f64) / fs,
        height,
        deviation: (squares / (beats - 1) as f64).sqrt(),
        beats,
    })
}

/// Weights that give the height of a Gaussian in what they are laid upon, whatever straight line it stands on.
struct Template {
    from: usize,
    weights: Vec<f64>,
}

impl Template {
    /// A Gaussian at `centre` over the samples `from..=to`, made orthogonal to all straight lines: least squares with
    /// three unknowns comes down to that.
    fn new(centre: usize, from: usize, to: usize, width: f64) -> Option<Self> {
        // Hardly more samples than unknowns say little.
        if to < from + 5 || to < centre {
            return None;
        }
        let positions: Vec<f64> = (from..=to).map(|index| index as f64 - (from + to) as f64 / 2.0).collect();
        let gaussian: Vec<f64> =
            (from..=to).map(|index| (-((index as f64 - centre as f64) / width).powi(2) / 2.0).exp()).collect();
        let mean = gaussian.iter().sum::<f64>() / gaussian.len() as f64;
        let slope = dot(&gaussian, &positions) / dot(&positions, &positions);
        let rest: Vec<f64> = gaussian.iter().zip(&positions).map(|(g, x)| g - mean - slope * x).collect();
        let scale = dot(&rest, &gaussian);
        Some(Self { from, weights: rest.into_iter().map(|weight| weight / scale).collect() })
    }

    fn height(&self, shape: &[f64]) -> f64 {
        dot(&self.weights, &shape[self.from..self.from + self.weights.len()])
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
