//! Samples of one signal, from the data records.

use super::header::{Header, Signal};

/// Where a signal's samples lie in each data record: enough to decode any records from their bytes alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    pub bytes_per_sample: usize,
    pub samples_per_record: usize,
    /// Bytes of other signals before this one's in a data record.
    pub place: usize,
    /// Bytes of a whole data record.
    pub record_bytes: usize,
}

impl Layout {
    /// One for each of the header's signals, in order.
    pub fn all(header: &Header) -> Vec<Self> {
        let bytes_of = |signal: &Signal| signal.samples_per_record.saturating_mul(header.bytes_per_sample);
        let record_bytes = header.signals.iter().fold(0usize, |sum, signal| sum.saturating_add(bytes_of(signal)));
        let mut place = 0usize;
        let layouts = header.signals.iter().map(|signal| {
            let (bytes_per_sample, samples_per_record) = (header.bytes_per_sample, signal.samples_per_record);
            let layout = Self { bytes_per_sample, samples_per_record, place, record_bytes };
            place = place.saturating_add(bytes_of(signal));
            layout
        });
        layouts.collect()
    }

    /// This signal's bytes in each of the data `records`, which begin with a whole one; of one cut off, nothing.
    pub fn stretches<'a>(&self, records: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let own = self.place..self.place.saturating_add(self.samples_per_record.saturating_mul(self.bytes_per_sample));
        records.chunks_exact(self.record_bytes.max(1)).map(move |record| record.get(own.clone()).unwrap_or_default())
    }

    /// Gives the digital values of this signal in the data `records`, in order. "Each sample value is represented as a
    /// 2-byte integer in 2's complement format", least significant byte first; 3 bytes in BDF.
    pub fn decode(&self, records: &[u8], mut each: impl FnMut(i32)) {
        for stretch in self.stretches(records) {
            match self.bytes_per_sample {
                2 => stretch.as_chunks().0.iter().for_each(|sample| each(i16::from_le_bytes(*sample).into())),
                _ => {
                    let sample = |[low, middle, high]: &[u8; 3]| i32::from_le_bytes([0, *low, *middle, *high]) >> 8;
                    stretch.as_chunks().0.iter().for_each(|bytes| each(sample(bytes)));
                }
            }
        }
    }
}

/// How digital values become amplitudes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub gain: f64,
    pub offset: f64,
}

impl Scale {
    /// In the signal's own unit; `None` where the header's ranges are none.
    pub fn of(signal: &Signal) -> Option<Self> {
        let ((low, high), (from, to)) = (signal.physical, signal.digital);
        let gain = (high - low) / (to - from);
        (gain.is_finite() && gain != 0.0).then_some(Self { gain, offset: low - from * gain })
    }

    pub fn amplitude(self, digital: i32) -> f64 {
        f64::from(digital) * self.gain + self.offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_records_are_decoded_from_their_own_bytes() {
        // Two signals, of two samples and of one, in two records of 24 bits.
        let bytes: Vec<u8> = [1, -1, 7, -0x80_0000, 0x7f_ffff, -7]
            .iter()
            .flat_map(|value: &i32| value.to_le_bytes()[..3].to_vec())
            .collect();
        let layout = Layout { bytes_per_sample: 3, samples_per_record: 2, place: 0, record_bytes: 9 };
        let decode = |layout: Layout, bytes: &[u8]| {
            let mut values = Vec::new();
            layout.decode(bytes, |value| values.push(value));
            values
        };
        assert_eq!(decode(layout, &bytes), [1, -1, -0x80_0000, 0x7f_ffff]);
        assert_eq!(decode(layout, &bytes[9..]), [-0x80_0000, 0x7f_ffff]);
        assert_eq!(decode(layout, &bytes[..17]), [1, -1], "a record cut off");
        assert_eq!(decode(Layout { samples_per_record: 1, place: 6, ..layout }, &bytes), [7, -7]);
        let narrow = Layout { bytes_per_sample: 2, samples_per_record: 2, place: 0, record_bytes: 4 };
        assert_eq!(decode(narrow, &[1, 0, 0, 0x80, 0xff, 0xff]), [1, -0x8000]);
    }

    #[test]
    fn ranges_may_run_either_way_but_must_be_some() {
        let signal = |physical, digital| Signal {
            label: String::new(),
            unit: String::new(),
            physical,
            digital,
            samples_per_record: 1,
            is_annotations: false,
        };
        let up = Scale::of(&signal((-10.0, 10.0), (0.0, 100.0))).unwrap();
        assert_eq!((up.amplitude(0), up.amplitude(75)), (-10.0, 5.0));
        let down = Scale::of(&signal((10.0, -10.0), (0.0, 100.0))).unwrap();
        assert_eq!((down.amplitude(0), down.amplitude(75)), (10.0, -5.0));
        assert_eq!(Scale::of(&signal((0.0, 0.0), (0.0, 100.0))), None);
        assert_eq!(Scale::of(&signal((0.0, 1.0), (5.0, 5.0))), None);
        assert_eq!(Scale::of(&signal((f64::NAN, 1.0), (0.0, 5.0))), None);
    }
}
