//! WFDB annotation files in MIT format: annot(5) of the WFDB Applications Guide.

use crate::record::Annotation;

/// What an annotation file says.
#[derive(Debug, PartialEq)]
pub struct Annotations {
    pub annotations: Vec<Annotation>,
    /// Whether the file ends where its own end mark says.
    pub is_whole: bool,
}

/// What is no annotation by itself: interval in the next four bytes; number, subtype, channel, text
/// of the annotation before.
const SKIP: u16 = 59;
const NUM: u16 = 60;
const SUB: u16 = 61;
const CHN: u16 = 62;
const AUX: u16 = 63;
/// A comment: in it, time resolution and own codes are declared too.
const NOTE: u16 = 22;
/// By code, as in ecgcodes.h and ecgmap.h of the WFDB library; empty where a code stands for nothing.
const MNEMONICS: [&str; 42] = [
    "", "N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "~", "", "|", "", "s", "T", "*", "D", "\"",
    "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e", "n", "@", "x", "f", "(", ")", "r",
];

/// Reads the annotations of a record of `fs` frames per second: beats by their mnemonics (`N`, `V`), rhythm changes
/// and comments by their text (`(AFIB`).
///
/// "Each annotation occupies an even number of bytes. The first byte in each pair is the least significant byte. The
/// six most significant bits (A) of each byte pair are the annotation type code, and the ten remaining bits (I)
/// specify the time of the annotation, measured in sample intervals from the previous annotation (or from the
/// beginning of the record for the first annotation)."
pub fn parse(bytes: &[u8], fs: f64) -> Annotations {
    let mut ticks_per_second = fs;
    let mut found: Vec<(i64, u16, Option<String>)> = Vec::new();
    let mut time: i64 = 0;
    let mut rest = bytes;
    let mut is_whole = false;
    while let Some((&[low, high], after)) = rest.split_first_chunk() {
        rest = after;
        let word = u16::from_le_bytes([low, high]);
        let (code, interval) = (word >> 10, word & 0x3ff);
        match code {
            0 if interval == 0 => {
                is_whole = true;
                break;
            }
            // "the next four bytes are the interval in PDP-11 long integer format (the high 16 bits first, then the
            // low 16 bits, with the low byte first in each pair)."
            SKIP => {
                let Some((&[c, d, a, b], after)) = rest.split_first_chunk() else { break };
                time = time.saturating_add(i32::from_le_bytes([a, b, c, d]).into());
                rest = after;
            }
            NUM | SUB | CHN => {}
            // "I = number of bytes of auxiliary information (which is contained in the next I bytes); an extra null,
            // not included in the byte count, is appended if I is odd."
            AUX => {
                let length = usize::from(interval);
                let Some(text) = rest.get(..length) else { break };
                rest = rest.get(length.next_multiple_of(2)..).unwrap_or_default();
                if let Some((_, _, aux)) = found.last_mut() {
                    *aux = Some(String::from_utf8_lossy(text).trim_end_matches('\0').trim().to_string());
                }
            }
            _ => {
                time = time.saturating_add(interval.into());
                found.push((time, code, None));
            }
        }
    }
    // Declarations stand at the beginning, at time 0, as comments: `## time resolution: 1000`.
    let mut annotations = Vec::new();
    for (time, code, aux) in found {
        let declaration = aux.as_ref().filter(|_| code == NOTE).and_then(|text| text.strip_prefix("##"));
        if let Some(declaration) = declaration {
            let resolution =
                declaration.trim().strip_prefix("time resolution:").and_then(|text| text.trim().parse().ok());
            ticks_per_second = resolution.filter(|hz: &f64| hz.is_finite() && *hz > 0.0).unwrap_or(ticks_per_second);
            continue;
        }
        let text = match aux {
            Some(aux) if !is_beat(code) && !aux.is_empty() => aux,
            _ => match MNEMONICS.get(usize::from(code)) {
                Some(mnemonic) => mnemonic.to_string(),
                None => format!("[{code}]"),
            },
        };
        // Codes without a mnemonic mark nothing.
        if !text.is_empty() {
            annotations.push(Annotation { time: time as f64 / ticks_per_second, text });
        }
    }
    Annotations { annotations, is_whole }
}

/// Whether a code marks a heartbeat (`isqrs` of the WFDB library's ecgmap.h).
pub fn is_beat(code: u16) -> bool {
    matches!(code, 1..=13 | 25 | 30 | 34 | 35 | 38 | 41)
}

#[cfg(test)]
pub mod tests;
