use super::*;
use crate::signal::quality::Reason;

/// Names and signs that are written alike in both languages.
const ALIKE: [&str; 7] = ["ECG Lens", "0\u{2013}1", "RR (ms)", "RMSSD", "F1", "P", "QRS"];
/// Names of several English words.
const NAMES: [&str; 4] = ["ECG Lens", "PhysioNet/CinC Challenge", "Page Up", "Page Down"];

/// Every word without arguments, by topic and name, and the list of keys.
fn all(language: Language) -> Vec<(String, &'static str)> {
    let words = language.words();
    let topics = [
        ("main", words.all()),
        ("compare", words.compare().all()),
        ("doubt", words.doubt().all()),
        ("holter", words.holter().all()),
        ("strip", words.strip().all()),
        ("measurements", words.measurements().all()),
        ("quality", words.quality().all()),
        ("records", words.records().all()),
        ("sheet", words.sheet().all()),
        ("export", words.export().all()),
        ("evaluation", words.evaluation().all()),
    ];
    let keys = words.measurements().key_list().iter().map(|(keys, what)| (format!("key {keys}"), *what));
    let of_topic = |(topic, words): (&str, Vec<(&'static str, &'static str)>)| {
        let topic = topic.to_owned();
        words.into_iter().map(move |(name, text)| (format!("{topic}.{name}"), text)).collect::<Vec<_>>()
    };
    topics.into_iter().flat_map(of_topic).chain(keys).collect()
}

/// Two English words of three letters or more next to each other.
pub(super) fn has_english(text: &str) -> bool {
    let text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, "\u{00b7}"));
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let letters = |c: char| c.is_ascii_alphabetic();
    let ends = |word: &str| word.chars().rev().take_while(|c| letters(*c)).count() >= 3;
    let begins = |word: &str| word.chars().take_while(|c| letters(*c)).count() >= 3;
    words.windows(2).any(|pair| ends(pair[0]) && begins(pair[1]))
}

#[test]
fn knows_english_where_it_sees_it() {
    assert!(has_english("未使用 WebGPU：device lost。"));
    assert!(!has_english("ECG Lens。仅供辅助"));
    assert!(!has_english("Page Up、Page Down"));
}

#[test]
fn every_word_is_said_in_chinese() {
    let (english, chinese) = (all(Language::English), all(Language::Chinese));
    assert!(english.len() > 250, "{}", english.len());
    let find = |name: &str| english.iter().find(|(its, _)| its == name).map(|(_, text)| *text);
    for (name, text) in &chinese {
        assert!(!text.trim().is_empty(), "{name} is empty");
        assert!(!has_english(text), "{name} is English: {text}");
        let is_alike = ALIKE.contains(text) || name.starts_with("key ");
        assert!(is_alike || find(name) != Some(text), "{name} is the same in both languages: {text}");
    }
    let keys = |words: &[(String, &str)]| words.iter().filter(|(name, _)| name.starts_with("key ")).count();
    assert_eq!(chinese.len() - keys(&chinese), english.len() - keys(&english));
}

#[test]
fn english_has_no_chinese_left_over() {
    let is_chinese = |c: char| ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    for (name, text) in all(Language::English) {
        assert!(!text.trim().is_empty() && !text.contains(is_chinese), "{name}: {text}");
    }
}

#[test]
fn demonstrations_are_named_in_every_language() {
    for demo in crate::synthetic::demos() {
        let [title, description] = [Chinese.demo_title(demo), Chinese.demo_description(demo)];
        assert!(title != demo.title && description != demo.description, "{} is not translated", demo.id);
        assert!(!has_english(title) && !has_english(description), "{title} {description}");
    }
}

#[test]
fn the_first_language_that_the_page_speaks_is_taken() {
    assert_eq!(Language::first_of(["fr-FR", "zh-CN", "en"]), Language::Chinese);
    assert_eq!(Language::first_of(["EN-gb", "zh"]), Language::English);
    assert_eq!(Language::first_of(["zhx", ""]), Language::English);
    assert_eq!(Language::first_of(Vec::<String>::new()), Language::English);
    for language in Language::ALL {
        assert_eq!(Language::of_tag(language.words().html_lang()), Some(language));
        assert_ne!(language.next(), language);
    }
}

#[test]
fn a_sentence_is_said_in_the_language_of_the_moment() {
    let sentence = Sentence::new(|words| words.not_classified("A", "could not be classified: it broke"));
    assert_eq!(sentence.say(&English), "A could not be classified: it broke.");
    assert_eq!(sentence.say(&Chinese), "A 无法分类：引擎出错。");
    assert_eq!(sentence, Sentence::text("A could not be classified: it broke."));
    assert_ne!(sentence, Sentence::word(|words| words.title()));
}

#[test]
fn every_reason_for_not_reading_is_said_in_every_language() {
    for reason in Reason::ALL {
        let said = [Chinese.reason(reason).to_owned(), Chinese.stretch_not_read(reason, 9.0, 18.0)];
        assert!(said.iter().all(|text| !text.is_empty() && !has_english(text)), "{said:?}");
        assert_ne!(Quality::reason(&English, reason), Quality::reason(&Chinese, reason));
    }
    assert_eq!(
        English.stretch_not_read(Reason::Flat, 9.0, 18.0),
        "Not read from 9.0\u{2009}s to 18.0\u{2009}s: it is a flat line."
    );
}

#[test]
fn a_strip_is_told_in_episodes_in_every_language() {
    use crate::evaluate::Overall;
    use crate::network::Class;
    let rest = vec![(Class::Normal, 1260.0)];
    let three = Overall { episodes: 3, longest: 270.0, af: 540.0, analysed: 1800.0, rest, ..Overall::default() };
    assert_eq!(English.headline(&three, false), "AF episodes: 3, longest 4 min 30 s; otherwise Normal");
    let none =
        Overall { episodes: 0, af: 0.0, rest: vec![(Class::Normal, 1770.0), (Class::Other, 30.0)], ..three.clone() };
    assert_eq!(English.headline(&none, true), "So far: No AF episode; mostly Normal, Other rhythm in 30\u{2009}s");
    let all = Overall { episodes: 1, rest: Vec::new(), ..three.clone() };
    assert_eq!(English.headline(&all, false), "AF episodes: 1, of 4 min 30 s; AF in all that was analysed");
    for overall in [three, none, all, Overall::default()] {
        for is_running in [false, true] {
            let said = Chinese.headline(&overall, is_running);
            assert!(!said.is_empty() && !has_english(&said), "{said}");
        }
    }
}
