//! Format 8: first differences.
//!
//! "Each sample is represented as an 8-bit first difference; i.e., to get the value of sample n, sum the first n bytes
//! of the sample data file together with the initial value from the header file. […] the first differences stored in
//! multiplexed format 8 files are always determined by subtraction of successive samples from the same signal"
//! (signal(5)). So it can be read from its beginning only.

use super::header::Signal;

/// Its number in header files.
pub const FORMAT_8: u16 = 8;

/// The digital values of all signals of a file, whole frames only.
pub fn decode(bytes: &[u8], signals: &[&Signal]) -> Vec<Vec<i32>> {
    let frame = signals.iter().fold(0usize, |sum, signal| sum.saturating_add(signal.samples_per_frame)).max(1);
    let mut place = 0usize;
    let channels = signals.iter().map(|signal| {
        let mut value = signal.initial_value as i32;
        let own = place..signal.samples_per_frame.saturating_add(place);
        place = own.end;
        let differences = bytes.chunks_exact(frame).flat_map(|frame| frame.get(own.clone()).unwrap_or_default());
        let values = differences.map(|&difference| {
            value = value.wrapping_add((difference as i8).into());
            value
        });
        values.collect()
    });
    channels.collect()
}
