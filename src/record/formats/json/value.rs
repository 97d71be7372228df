//! JSON as far as recordings need it: lists of numbers lie as numbers, not as a tree.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::record::fault::JsonFault;

/// A value.
#[derive(Debug, PartialEq)]
pub enum Value {
    Number(f64),
    /// A list of numbers only; NaN for `null`.
    Numbers(Vec<f64>),
    Text(String),
    List(Vec<Value>),
    /// In the file's order.
    Object(Vec<(String, Value)>),
    /// `null`, `true`, `false`.
    Nothing,
}

impl Value {
    /// Parses a text. `NaN` and `Infinity`, which Python writes and JSON does not know, are taken for `null`.
    ///
    /// # Errors
    /// Where it is cut off, or no JSON.
    pub fn parse(text: &str) -> Result<Self, JsonFault> {
        let text = text.trim_start_matches('\u{feff}');
        let result = serde_json::from_str(text).or_else(|error| {
            if !text.contains("NaN") && !text.contains("Infinity") {
                return Err(error);
            }
            serde_json::from_str(&text.replace("NaN", "null").replace("-Infinity", "null").replace("Infinity", "null"))
        });
        result.map_err(|error: serde_json::Error| match error.is_eof() {
            true => JsonFault::CutOff,
            false => JsonFault::Damaged { line: error.line(), column: error.column() },
        })
    }

    /// A number, or one that a text begins with: `250`, `"250"`, `"250 Hz"`.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Text(text) => {
                let text = text.trim_start();
                let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+' | 'e' | 'E'));
                text[..end.unwrap_or(text.len())].parse().ok()
            }
            _ => None,
        }
        .filter(|number| number.is_finite())
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut numbers: Vec<f64> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        while let Some(value) = list.next_element()? {
            match value {
                Value::Number(number) if values.is_empty() => numbers.push(number),
                Value::Nothing if values.is_empty() => numbers.push(f64::NAN),
                value => {
                    values.extend(numbers.drain(..).map(Value::Number));
                    values.push(value);
                }
            }
        }
        Ok(if values.is_empty() { Value::Numbers(numbers) } else { Value::List(values) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let object = Value::parse("\u{feff}{\"a\": [1, -2.5e3, null], \"b\": [1, [], \"x\", true]}").unwrap();
        let Value::Object(fields) = object else { panic!("{object:?}") };
        let Value::Numbers(numbers) = &fields[0].1 else { panic!("{fields:?}") };
        assert!(numbers[..2] == [1.0, -2500.0] && numbers[2].is_nan());
        let expected =
            [Value::Number(1.0), Value::Numbers(vec![]), Value::Text("x".to_string()), Value::Nothing].into_iter();
        assert_eq!(fields[1].1, Value::List(expected.collect()));
        assert!(matches!(Value::parse("[NaN, -Infinity]"), Ok(Value::Numbers(numbers)) if numbers.len() == 2));
        assert_eq!(Value::Text("250.5 Hz".to_string()).number(), Some(250.5));
        assert_eq!(Value::Text("Hz".to_string()).number(), None);
    }

    #[test]
    fn damage_is_a_sentence() {
        assert!(Value::parse("{\"a\": [1, 2").unwrap_err().to_string().contains("cut off"));
        assert!(Value::parse("{\"a\": [1,\n 2 3]}").unwrap_err().to_string().contains("line 2"));
        assert!(Value::parse(&"[".repeat(100_000)).unwrap_err().to_string().contains("damaged"), "no deep recursion");
    }
}
