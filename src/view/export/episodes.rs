//! The AF episodes of a long recording as a table: CSV with a decimal point and commas (RFC 4180).

use std::ops::Range;

use super::number;
use crate::evaluate::burden::{Burden, Verdict};

/// One line for each episode of `burden`, which is that of these `windows` (samples at `fs` Hz) and `verdicts`. Times in s
/// from the recording's first sample.
pub fn episodes_csv(burden: &Burden, windows: &[Range<u64>], verdicts: &[Verdict], fs: f64) -> String {
    let mut text = String::from("episode,start (s),end (s),duration (s),windows,windows called AF\r\n");
    for (index, episode) in burden.episodes.iter().enumerate() {
        let own = episode.windows.clone();
        let (Some(first), Some(last)) = (windows.get(own.start), own.end.checked_sub(1).and_then(|it| windows.get(it)))
        else {
            continue;
        };
        let called = verdicts.get(own.clone()).unwrap_or_default().iter().filter(|verdict| verdict.is_af()).count();
        let (start, end) = (first.start as f64 / fs, last.end as f64 / fs);
        let cells = [
            (index + 1).to_string(),
            number(start, 12),
            number(end, 12),
            number(end - start, 12),
            own.len().to_string(),
            called.to_string(),
        ];
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::burden::windows;
    use crate::network::Class;

    /// By hand: windows of 30 s, AF in the third to the fifth with one called otherwise between, and in the ninth.
    #[test]
    fn a_line_for_each_episode() {
        let verdict = |is_af: bool| Verdict::Called(if is_af { Class::AtrialFibrillation } else { Class::Normal });
        let verdicts = [2, 4, 8].iter().fold([false; 10], |mut all, at| {
            all[*at] = true;
            all
        });
        let verdicts = verdicts.map(verdict);
        let windows = windows(300 * 360, 360.0);
        let text = episodes_csv(&Burden::of(&windows, &verdicts, 360.0), &windows, &verdicts, 360.0);
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(lines[1..], ["1,60,150,90,3,2", "2,240,270,30,1,1"]);
        assert_eq!(lines[0].split(',').count(), 6);
    }
}
