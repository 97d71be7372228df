//! What the XML formats share: walking through a document, and samples in base64.
//!
//! The crate `quick-xml` reads the markup. A document is walked through once, element by element, so that a day's
//! digits need no tree. Names are compared without their namespace prefix, which writers choose as they like.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::text;
use crate::record::fault::XmlFault;
use crate::record::file_set::Head;

/// Elements inside elements; ECG documents have some twenty.
const DEEPEST: usize = 100;

/// Sees the elements of a document in their order. A fault ends the walk.
pub trait Visitor {
    /// An element begins; `path` ends in its name.
    fn open(&mut self, path: &Path, attributes: &Attributes) -> Result<(), XmlFault>;

    /// An element ends; `text` is what stands in it after its last child, entities resolved.
    fn close(&mut self, path: &Path, text: &str) -> Result<(), XmlFault>;
}

/// The names of the elements from the root to the present one, without namespace prefixes.
#[derive(Default)]
pub struct Path(Vec<String>);

impl Path {
    /// The present element's name.
    pub fn name(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// Whether the present element and those around it are called so, the outermost first.
    pub fn ends_with(&self, names: &[&str]) -> bool {
        let start = self.0.len().checked_sub(names.len());
        start.is_some_and(|start| self.0[start..].iter().zip(names).all(|(have, wanted)| have == wanted))
    }

    /// Whether the present element or one around it is called so.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|have| have == name)
    }
}

/// The attributes of an element.
pub struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of the attribute called so, whatever its namespace prefix (`type` of `xsi:type`).
    pub fn get(&self, name: &str) -> Option<String> {
        // Without the check for repeated names, whose cost grows with their square.
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned);
        value.ok().map(|value| value.trim().to_string())
    }

    /// The attribute as a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

/// The name of the root element, where the file begins like XML.
pub fn root_of(head: &Head) -> Option<String> {
    let text = text::is_text(&head.bytes).then(|| text::decode(&head.bytes))?;
    if !text.trim_start().starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => return Some(element.local_name().as_ref().to_string()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Walks through a document.
///
/// # Errors
/// The visitor's own, or that the document is cut off or no XML.
pub fn visit(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlFault> {
    let mut reader = Reader::from_str(text);
    // "R&D" without `&amp;` is a fault of its writer that harms nothing here.
    reader.config_mut().allow_dangling_amp = true;
    let mut path = Path::default();
    let mut content = String::new();
    loop {
        let event = reader.read_event().map_err(|_| {
            let line = text[..(reader.error_position() as usize).min(text.len())].matches('\n').count() + 1;
            XmlFault::Damaged { line }
        })?;
        match event {
            Event::Start(element) => {
                content.clear();
                open(&mut path, &element, visitor)?;
            }
            Event::Empty(element) => {
                content.clear();
                open(&mut path, &element, visitor)?;
                visitor.close(&path, "")?;
                path.0.pop();
                if path.0.is_empty() {
                    return Ok(());
                }
            }
            Event::End(_) => {
                visitor.close(&path, &content)?;
                content.clear();
                path.0.pop();
                if path.0.is_empty() {
                    return Ok(());
                }
            }
            Event::Text(part) => content.push_str(&part),
            Event::CData(part) => content.push_str(&part),
            // `&#13;` at the end of each line is what some writers make of a line break. Entities that the document
            // defines itself are never samples.
            Event::GeneralRef(reference) => content.extend(match reference.resolve_char_ref() {
                Ok(Some(character)) => Some(character),
                _ => None,
            }),
            Event::Eof => return Err(XmlFault::CutOff),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn open(path: &mut Path, element: &BytesStart, visitor: &mut dyn Visitor) -> Result<(), XmlFault> {
    if path.0.len() >= DEEPEST {
        return Err(XmlFault::TooDeep { most: DEEPEST });
    }
    path.0.push(element.local_name().as_ref().to_string());
    visitor.open(path, &Attributes(element))
}

/// Bytes from base64 with line breaks anywhere, with or without padding.
///
/// # Errors
/// Where it is none.
pub fn decode_base64(text: &str) -> Result<Vec<u8>, XmlFault> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let plain: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    GeneralPurpose::new(&STANDARD, config).decode(plain).map_err(|_| XmlFault::NotBase64)
}

/// Samples of 16 bits with a sign, low byte first.
pub fn int16_samples(bytes: &[u8]) -> impl Iterator<Item = i16> {
    bytes.as_chunks::<2>().0.iter().map(|two| i16::from_le_bytes(*two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<String>);

    impl Visitor for Seen {
        fn open(&mut self, path: &Path, attributes: &Attributes) -> Result<(), XmlFault> {
            let (unit, value) = (attributes.get("unit"), attributes.number("value"));
            self.0.push(format!("<{} {} {value:?}", path.name(), unit.unwrap_or_default()));
            Ok(())
        }

        fn close(&mut self, path: &Path, text: &str) -> Result<(), XmlFault> {
            self.0.push(format!("{} {text}", path.name()));
            Ok(())
        }
    }

    fn seen(text: &str) -> Result<Vec<String>, XmlFault> {
        let mut seen = Seen::default();
        visit(text, &mut seen).map(|()| seen.0)
    }

    #[test]
    fn elements_in_their_order() {
        let text = "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'a.dtd'><!-- <b> --><h:a>\n<b h:unit='&#181;V' value=\" 2.5 \"\
                    /><c>1&#13;\n2<![CDATA[ 3]]> R & D</c></h:a>\n";
        let expected = ["<a  None", "<b µV Some(2.5)", "b ", "<c  None", "c 1\r\n2 3 R & D", "a "];
        assert_eq!(seen(text).unwrap(), expected);
    }

    #[test]
    fn damage_is_a_sentence() {
        for (text, part) in [
            ("<a><b>", "cut off"),
            ("<a>\n<b></a>", "line 2"),
            ("<a b='", "cut off"),
            ("no XML", "cut off"),
            (&"<a>".repeat(1000), "inside each other"),
        ] {
            let reason = seen(text).unwrap_err().to_string();
            assert!(reason.contains(part) && reason.ends_with('.'), "{text}: {reason}");
        }
    }

    #[test]
    fn the_root_is_found_in_any_encoding() {
        let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n<!-- note -->\r\n<x:AnnotatedECG xmlns:x='µ'>";
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let latin_1 = text.chars().map(|c| c as u8).collect();
        for bytes in [text.into(), latin_1, wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
            let head = Head { path: "x", size: bytes.len() as u64, bytes: Cow::Owned(bytes) };
            assert_eq!(root_of(&head).as_deref(), Some("AnnotatedECG"));
        }
        let root = |bytes: &'static [u8]| root_of(&Head { path: "x", size: 9, bytes: Cow::Borrowed(bytes) });
        assert_eq!(root(b"1,2,3<a>"), None);
        assert_eq!(root(b"<!-- never closed"), None);
        assert_eq!(root(b""), None);
    }

    #[test]
    fn base64_with_line_breaks() {
        assert_eq!(decode_base64(" AQ\r\nID\n"), Ok(vec![1, 2, 3]));
        assert_eq!(decode_base64("AQI"), Ok(vec![1, 2]));
        assert_eq!(decode_base64("AQI="), Ok(vec![1, 2]));
        assert!(decode_base64("A!").unwrap_err().to_string().contains("base64"));
        assert_eq!(int16_samples(&[1, 0, 0xff, 0xff, 9]).collect::<Vec<_>>(), [1, -1]);
    }
}
