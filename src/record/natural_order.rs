//! The order in which people count: `A2` before `A10`.

use std::cmp::Ordering;

/// Compares names with runs of digits taken as numbers of any length and letters without regard to case; equal
/// names fall back to plain order, so that the result is total.
pub(super) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (digits_left, digits_right) = (leading_digits(left), leading_digits(right));
        if !digits_left.is_empty() && !digits_right.is_empty() {
            let (number_left, number_right) =
                (digits_left.trim_start_matches('0'), digits_right.trim_start_matches('0'));
            let order = number_left.len().cmp(&number_right.len()).then_with(|| number_left.cmp(number_right));
            if order.is_ne() {
                return order;
            }
            (left, right) = (&left[digits_left.len()..], &right[digits_right.len()..]);
            continue;
        }
        let (mut rest_left, mut rest_right) = (left.chars(), right.chars());
        match (rest_left.next(), rest_right.next()) {
            (Some(x), Some(y)) => {
                let order = x.to_lowercase().cmp(y.to_lowercase());
                if order.is_ne() {
                    return order;
                }
            }
            (None, None) => return a.cmp(b),
            (x, y) => return x.is_some().cmp(&y.is_some()),
        }
        (left, right) = (rest_left.as_str(), rest_right.as_str());
    }
}

fn leading_digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

#[cfg(test)]
mod tests {
    use super::natural_order;

    #[test]
    fn numbers_count_and_case_does_not() {
        let mut names = ["A10", "a2", "A2", "A02", "B1", "a", "100", "99", "A2b", "A2a10", "A2a9"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["99", "100", "a", "A02", "A2", "a2", "A2a9", "A2a10", "A2b", "A10", "B1"]);
    }
}
