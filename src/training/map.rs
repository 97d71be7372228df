//! Feature maps of several windows, and the memory they live in.

use std::cell::RefCell;

/// Zeros before and after each window's feature map, in moments: as far as any convolution sees to either side.
pub const MARGIN: usize = 12;

/// Feature maps of `windows` windows, each `[length, channels]` with a margin of zeros at either end.
///
/// Channels last: a convolution's unrolled input (im2col) is then the map itself read in overlapping rows, and nothing
/// is copied.
pub struct Maps {
    pub values: Vec<f32>,
    pub windows: usize,
    pub length: usize,
    pub channels: usize,
}

impl Maps {
    /// With margins of zeros, and anything at all between them.
    pub fn new(windows: usize, length: usize, channels: usize, pool: &mut Pool) -> Self {
        let margin = MARGIN * channels;
        let item = (length + 2 * MARGIN) * channels;
        let mut values = pool.take(windows * item);
        for window in values.chunks_exact_mut(item) {
            window[..margin].fill(0.0);
            window[item - margin..].fill(0.0);
        }
        Self { values, windows, length, channels }
    }

    fn item(&self) -> usize {
        (self.length + 2 * MARGIN) * self.channels
    }

    /// Each window's numbers, `[length, channels]`, without the margins.
    pub fn inner(&self) -> impl Iterator<Item = &[f32]> {
        let (margin, len) = (MARGIN * self.channels, self.length * self.channels);
        self.values.chunks_exact(self.item()).map(move |window| &window[margin..margin + len])
    }

    pub fn inner_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        let (margin, len, item) = (MARGIN * self.channels, self.length * self.channels, self.item());
        self.values.chunks_exact_mut(item).map(move |window| &mut window[margin..margin + len])
    }

    /// Each window's numbers with its margins, `[MARGIN + length + MARGIN, channels]`.
    pub fn padded(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.item())
    }
}

/// Buffers that are used again: a step would else ask the system for hundreds of megabytes, a page fault at a time.
#[derive(Default)]
pub struct Pool(Vec<Vec<f32>>);

impl Pool {
    /// A buffer of `len` numbers, whatever they are.
    pub fn take(&mut self, len: usize) -> Vec<f32> {
        // The smallest that is large enough.
        let fitting = (0..self.0.len()).filter(|&i| self.0[i].capacity() >= len).min_by_key(|&i| self.0[i].capacity());
        let mut buffer = fitting.map_or_else(Vec::new, |place| self.0.swap_remove(place));
        buffer.resize(len, 0.0);
        buffer
    }

    pub fn give(&mut self, buffer: Vec<f32>) {
        self.0.push(buffer);
    }

    pub fn give_maps(&mut self, maps: Maps) {
        self.give(maps.values);
    }
}

/// Runs `run` with this thread's buffers.
pub fn with_pool<R>(run: impl FnOnce(&mut Pool) -> R) -> R {
    thread_local! { static POOL: RefCell<Pool> = RefCell::default(); }
    POOL.with(|pool| run(&mut pool.borrow_mut()))
}
