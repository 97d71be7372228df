//! Formats 508, 516 and 524: signals compressed by FLAC, 8, 16 and 24 bits a sample.
//!
//! Each signal is a channel of the FLAC stream, so that a file has at most eight, all with as many samples a frame; a
//! byte offset in the header counts samples here (WFDB library, flac.c: `t * packspf + start`). The crate `claxon`
//! decodes; it starts at the beginning, so no slice of such a file can be read by itself.

use claxon::frame::FrameReader;
use claxon::input::BufferedReader;

use super::header::Signal;
use crate::record::fault::SignalFileFault;

/// Bits a sample, where `format` is one of these formats.
pub fn bits_of(format: u16) -> Option<u32> {
    matches!(format, 508 | 516 | 524).then(|| u32::from(format) - 500)
}

/// The digital values of all signals of a file: whole WFDB frames, no more of them than `n_frames`.
///
/// # Errors
/// Where it is damaged, or not what the header says.
pub fn decode(
    bytes: &[u8],
    signals: &[&Signal],
    bits: u32,
    n_frames: Option<u64>,
) -> Result<Vec<Vec<i32>>, SignalFileFault> {
    let Some(first) = signals.first() else { return Ok(Vec::new()) };
    if signals.iter().any(|signal| signal.samples_per_frame != first.samples_per_frame) {
        return Err(SignalFileFault::UnevenFlac);
    }
    let stream = Stream::parse(bytes).ok_or(SignalFileFault::NoFlac)?;
    if stream.channels != signals.len() || stream.bits > bits {
        return Err(SignalFileFault::OtherChannels {
            channels: stream.channels,
            bits: stream.bits,
            promised: signals.len(),
            promised_bits: bits,
        });
    }
    let wanted = n_frames.map(|count| {
        let samples = count.saturating_mul(first.samples_per_frame as u64);
        usize::try_from(samples.saturating_add(first.byte_offset as u64)).unwrap_or(usize::MAX)
    });
    let wanted = wanted.unwrap_or(usize::MAX);
    let mut channels: Vec<Vec<i32>> = signals.iter().map(|_| Vec::new()).collect();
    let mut reader = FrameReader::new(BufferedReader::new(stream.frames));
    let mut buffer = Vec::new();
    while channels.first().is_some_and(|channel| channel.len() < wanted) {
        let block = match reader.read_next_or_eof(buffer) {
            Ok(Some(block)) => block,
            Ok(None) => break,
            Err(_) => return Err(SignalFileFault::DamagedFlac),
        };
        if block.channels() as usize != channels.len() {
            return Err(SignalFileFault::FlacChannels);
        }
        for (number, channel) in (0..).zip(&mut channels) {
            channel.extend_from_slice(block.channel(number));
        }
        buffer = block.into_buffer();
    }
    for channel in &mut channels {
        channel.drain(..first.byte_offset.min(channel.len()));
    }
    Ok(channels)
}

/// What comes before the compressed frames, understood.
struct Stream<'a> {
    channels: usize,
    bits: u32,
    frames: &'a [u8],
}

impl<'a> Stream<'a> {
    /// By hand, since `claxon` allocates what a metadata block claims to be long before it sees that it is not there.
    /// RFC 9639, 8.1: each block begins with one bit that marks the last, seven of its type and 24 of its length,
    /// big-endian; 8.2: of the first, STREAMINFO, byte 12 (from 0) begins with the last four of 20 bits of sample rate,
    /// then three of the number of channels less one, five of the bits a sample less one.
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"fLaC")?;
        let mut properties = None;
        loop {
            let (&[kind, high, middle, low], after) = rest.split_first_chunk()?;
            let length = u32::from_be_bytes([0, high, middle, low]) as usize;
            let (block, after) = after.split_at_checked(length)?;
            if properties.is_none() {
                let &[first, second] = block.get(12..14)?.first_chunk()?;
                properties = Some((first, second)).filter(|_| kind & 0x7f == 0);
            }
            rest = after;
            if kind & 0x80 != 0 {
                break;
            }
        }
        let (first, second) = properties?;
        let channels = usize::from(first >> 1 & 0x07) + 1;
        let bits = (u32::from(first & 1) << 4 | u32::from(second >> 4)) + 1;
        Some(Self { channels, bits, frames: rest })
    }
}

#[cfg(test)]
mod tests;
