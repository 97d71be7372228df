//! Batch normalisation (Ioffe & Szegedy 2015, arXiv:1502.03167), over the windows of a shard and over time.

use super::map::Maps;

/// Added to the variance, as elsewhere.
pub const EPSILON: f32 = 1e-5;

/// Mean and 1/√(variance + ε) of each channel.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    pub mean: Vec<f32>,
    pub variance: Vec<f32>,
}

impl Statistics {
    /// Of a convolution's output.
    pub fn of(maps: &Maps) -> Self {
        let channels = maps.channels;
        let count = (maps.windows * maps.length) as f32;
        let mut mean = vec![0.0f32; channels];
        let mut square = vec![0.0f32; channels];
        let mut sums = vec![0.0f64; 2 * channels];
        for window in maps.inner() {
            mean.fill(0.0);
            square.fill(0.0);
            for moment in window.chunks_exact(channels) {
                for ((mean, square), value) in mean.iter_mut().zip(&mut square).zip(moment) {
                    *mean += value;
                    *square += value * value;
                }
            }
            // One window's sums are short enough for f32; their sum is not.
            for (sum, part) in sums.iter_mut().zip(mean.iter().chain(&square)) {
                *sum += f64::from(*part);
            }
        }
        let (first, second) = sums.split_at(channels);
        for ((mean, square), (first, second)) in mean.iter_mut().zip(&mut square).zip(first.iter().zip(second)) {
            let average = first / f64::from(count);
            *mean = average as f32;
            *square = (second / f64::from(count) - average * average).max(0.0) as f32;
        }
        Self { mean, variance: square }
    }

    fn deviation_inverse(&self) -> Vec<f32> {
        self.variance.iter().map(|variance| 1.0 / (variance + EPSILON).sqrt()).collect()
    }

    /// `γ · (x − μ)/σ + β` as `scale · x + offset`.
    pub fn scale_and_offset(&self, gamma: &[f32], beta: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let scale: Vec<f32> =
            self.deviation_inverse().iter().zip(gamma).map(|(inverse, gamma)| inverse * gamma).collect();
        let offset =
            beta.iter().zip(self.mean.iter().zip(&scale)).map(|(beta, (mean, scale))| beta - mean * scale).collect();
        (scale, offset)
    }

    /// From the gradient of the normalised output to that of the convolution's, in place. `input` is the convolution's
    /// output. Where the statistics are the input's own (training) the gradient passes through them too. Adds to the
    /// gradients of γ and β if asked for.
    pub fn backward(
        &self,
        input: &Maps,
        gamma: &[f32],
        gradient: &mut Maps,
        own: bool,
        mut parameters: Option<(&mut [f32], &mut [f32])>,
    ) {
        let channels = input.channels;
        let inverse = self.deviation_inverse();
        let mut sum = vec![0.0f32; channels];
        let mut product = vec![0.0f32; channels];
        if own || parameters.is_some() {
            for (window, gradient) in input.inner().zip(gradient.inner()) {
                for (moment, gradient) in window.chunks_exact(channels).zip(gradient.chunks_exact(channels)) {
                    for channel in 0..channels {
                        sum[channel] += gradient[channel];
                        product[channel] += gradient[channel] * (moment[channel] - self.mean[channel]);
                    }
                }
            }
            product.iter_mut().zip(&inverse).for_each(|(product, inverse)| *product *= inverse);
            if let Some((gamma, beta)) = &mut parameters {
                gamma.iter_mut().zip(&product).for_each(|(to, from)| *to += from);
                beta.iter_mut().zip(&sum).for_each(|(to, from)| *to += from);
            }
        }
        let scale: Vec<f32> = inverse.iter().zip(gamma).map(|(inverse, gamma)| inverse * gamma).collect();
        if !own {
            for gradient in gradient.inner_mut() {
                for moment in gradient.chunks_exact_mut(channels) {
                    moment.iter_mut().zip(&scale).for_each(|(value, scale)| *value *= scale);
                }
            }
            return;
        }
        // scale · (g − mean(g) − x̂ · mean(g·x̂)) as scale · g + slope · x + offset.
        let count = (input.windows * input.length) as f32;
        let slope: Vec<f32> = (0..channels).map(|c| -scale[c] * product[c] * inverse[c] / count).collect();
        let offset: Vec<f32> = (0..channels).map(|c| -scale[c] * sum[c] / count - slope[c] * self.mean[c]).collect();
        for (window, gradient) in input.inner().zip(gradient.inner_mut()) {
            for (moment, gradient) in window.chunks_exact(channels).zip(gradient.chunks_exact_mut(channels)) {
                for channel in 0..channels {
                    gradient[channel] =
                        scale[channel] * gradient[channel] + slope[channel] * moment[channel] + offset[channel];
                }
            }
        }
    }
}
