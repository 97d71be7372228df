//! A convolution and its gradients as matrix products.
//!
//! Weights are `[width · channels_in, channels_out]`: what a row of the unrolled input is multiplied with.

use gemm::{Parallelism, gemm};

use super::map::{MARGIN, Maps, Pool};

/// What a convolution looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub channels_in: usize,
    pub channels_out: usize,
    pub width: usize,
    pub stride: usize,
    /// Moments from one tap to the next (Yu & Koltun 2016, arXiv:1511.07122); 1 where the stride is more than 1.
    pub dilation: usize,
}

/// A matrix in memory: numbers from one row to the next, and from one column to the next.
#[derive(Clone, Copy)]
struct Strides {
    row: usize,
    column: usize,
}

/// `to = left · right`, or `to += left · right`. `to` is `[rows, columns]`, `depth` is what is summed over.
#[allow(clippy::too_many_arguments)]
fn multiply(
    [rows, columns, depth]: [usize; 3],
    to: (&mut [f32], Strides),
    add: bool,
    left: (&[f32], Strides),
    right: (&[f32], Strides),
) {
    let last =
        |strides: Strides, rows: usize, columns: usize| (rows - 1) * strides.row + (columns - 1) * strides.column;
    assert!(last(to.1, rows, columns) < to.0.len());
    assert!(last(left.1, rows, depth) < left.0.len());
    assert!(last(right.1, depth, columns) < right.0.len());
    // SAFETY: every element that the strides reach lies in its slice, as just checked; no two elements of `to` coincide,
    // since its rows lie at least a row's length apart.
    unsafe {
        gemm(
            rows,
            columns,
            depth,
            to.0.as_mut_ptr(),
            to.1.column as isize,
            to.1.row as isize,
            add,
            left.0.as_ptr(),
            left.1.column as isize,
            left.1.row as isize,
            right.0.as_ptr(),
            right.1.column as isize,
            right.1.row as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

impl Shape {
    pub fn weights(&self) -> usize {
        self.width * self.channels_in * self.channels_out
    }

    /// Where the first output's row begins in a padded map, and how far the next one is.
    fn rows_in_input(&self) -> (usize, usize) {
        ((MARGIN - self.reach()) * self.channels_in, self.stride * self.channels_in)
    }

    /// How far to either side it sees, in moments of its input.
    fn reach(&self) -> usize {
        self.width / 2 * self.dilation
    }

    /// Taps that lie next to each other in the input are one matrix product, others one each: how many products, and
    /// of how many taps each.
    fn products(&self) -> (usize, usize) {
        if self.dilation == 1 { (1, self.width) } else { (self.width, 1) }
    }

    /// `[length, channels_in]` to `[⌈length / stride⌉, channels_out]`, without a bias (normalisation follows).
    pub fn forward(&self, weights: &[f32], input: &Maps, pool: &mut Pool) -> Maps {
        let length = input.length.div_ceil(self.stride);
        let mut output = Maps::new(input.windows, length, self.channels_out, pool);
        let (from, step) = self.rows_in_input();
        let columns = Strides { row: self.channels_out, column: 1 };
        let (products, taps) = self.products();
        let depth = taps * self.channels_in;
        for (to, window) in output.inner_mut().zip(input.padded()) {
            for product in 0..products {
                let left = &window[from + product * self.dilation * self.channels_in..];
                let right = &weights[product * depth * self.channels_out..];
                let left = (left, Strides { row: step, column: 1 });
                multiply([length, self.channels_out, depth], (to, columns), product > 0, left, (right, columns));
            }
        }
        output
    }

    /// Adds the gradient of the weights to `gradient`.
    pub fn weight_gradient(&self, input: &Maps, output_gradient: &Maps, gradient: &mut [f32]) {
        let (from, step) = self.rows_in_input();
        let columns = Strides { row: self.channels_out, column: 1 };
        let (products, taps) = self.products();
        let depth = taps * self.channels_in;
        for (window, output) in input.padded().zip(output_gradient.inner()) {
            for product in 0..products {
                let left = &window[from + product * self.dilation * self.channels_in..];
                let to = &mut gradient[product * depth * self.channels_out..];
                let left = (left, Strides { row: 1, column: step });
                multiply(
                    [depth, self.channels_out, output_gradient.length],
                    (to, columns),
                    true,
                    left,
                    (output, columns),
                );
            }
        }
    }

    /// Adds the gradient of the input to `gradient`.
    ///
    /// Input moment `p` met output moment `t` through tap `p + width/2 − stride·t`. So among the moments of one
    /// remainder modulo the stride this is a convolution of the output's gradient with every stride-th tap, reversed.
    pub fn input_gradient(&self, weights: &[f32], output_gradient: &Maps, gradient: &mut Maps, pool: &mut Pool) {
        if self.dilation > 1 {
            return self.dilated_input_gradient(weights, output_gradient, gradient);
        }
        let (half, stride) = (self.width / 2, self.stride);
        let mut reversed = pool.take(self.weights());
        for remainder in 0..stride.min(self.width) {
            let taps = (self.width - remainder).div_ceil(stride);
            // Moments p with (p + half) mod stride = remainder; the first of them, and how many there are.
            let first = (remainder + stride * half - half) % stride;
            let count = gradient.length.saturating_sub(first).div_ceil(stride);
            // [taps, channels_out, channels_in]: tap `remainder + stride · (taps − 1 − j)` in place j.
            let block = self.channels_in * self.channels_out;
            for j in 0..taps {
                let tap = remainder + stride * (taps - 1 - j);
                for input in 0..self.channels_in {
                    let from = &weights[(tap * self.channels_in + input) * self.channels_out..][..self.channels_out];
                    for (output, weight) in from.iter().enumerate() {
                        reversed[j * block + output * self.channels_in + input] = *weight;
                    }
                }
            }
            // Moment p = first + stride · i meets output moments from (p + half − remainder) / stride − (taps − 1) on.
            let start = MARGIN + (first + half - remainder) / stride - (taps - 1);
            let size = [count, self.channels_in, taps * self.channels_out];
            for (to, output) in gradient.inner_mut().zip(output_gradient.padded()) {
                let to = (&mut to[first * self.channels_in..], Strides { row: stride * self.channels_in, column: 1 });
                let left = (&output[start * self.channels_out..], Strides { row: self.channels_out, column: 1 });
                let right = (&reversed[..taps * block], Strides { row: self.channels_in, column: 1 });
                multiply(size, to, true, left, right);
            }
        }
        pool.give(reversed);
    }
    /// Input moment `p` met output moment `p + reach − dilation · tap` through each tap; the stride is 1.
    fn dilated_input_gradient(&self, weights: &[f32], output_gradient: &Maps, gradient: &mut Maps) {
        let tap_weights = self.channels_in * self.channels_out;
        let columns = Strides { row: self.channels_in, column: 1 };
        let size = [gradient.length, self.channels_in, self.channels_out];
        for (to, output) in gradient.inner_mut().zip(output_gradient.padded()) {
            for (tap, weights) in weights.chunks_exact(tap_weights).enumerate() {
                let start = MARGIN + self.reach() - self.dilation * tap;
                let left = (&output[start * self.channels_out..], Strides { row: self.channels_out, column: 1 });
                let right = (weights, Strides { row: 1, column: self.channels_out });
                multiply(size, (to, columns), true, left, right);
            }
        }
    }
}
