//! What people typed, made printable: every character has a glyph, every long word can break, nothing acts.

use serde_json::Value;
use std::ops::RangeInclusive;
use typst::text::Font;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands for a character that the fonts don't have: one without a glyph would not be accessible (PDF/UA-1, 7.21.8).
const UNKNOWN: char = '\u{fffd}';

/// Words of more characters may break: an e-mail address, a serial number, a key pressed by an elbow.
const LONG_WORD: usize = 20;

/// Behind which they break rather than elsewhere.
const MARKS: [char; 10] = ['@', '.', '-', '_', '/', ':', '=', '&', '?', ','];

/// Where a long word may break; it has no width and prints nothing.
const BREAK: char = '\u{200b}';

/// Characters that show nothing of their own: joiners, direction marks (which could make a text read as another),
/// variation selectors, tags, the byte order mark, and what Unicode has deprecated or kept for private agreements.
const INVISIBLE: [RangeInclusive<char>; 11] = [
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{61c}'..='\u{61c}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{fff0}'..='\u{fffb}',
    '\u{e0000}'..='\u{e0fff}',
];

/// Makes every text in `value` printable; keys stay.
pub fn clean_all(value: &mut Value, fonts: &[Font]) {
    match value {
        Value::String(text) => *text = clean(text, fonts),
        Value::Array(values) => values.iter_mut().for_each(|value| clean_all(value, fonts)),
        Value::Object(map) => map.values_mut().for_each(|value| clean_all(value, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Composed letters that all `fonts` have, in words that fit on a line.
pub fn clean(text: &str, fonts: &[Font]) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for (at, line) in lines(text).enumerate() {
        if at > 0 {
            cleaned.push('\n');
        }
        for (at, word) in line.split(' ').enumerate() {
            if at > 0 {
                cleaned.push(' ');
            }
            push_word(&mut cleaned, word, fonts);
        }
    }
    cleaned
}

/// The lines that show something, without invisible characters and spaces at their ends, and one empty line where
/// there were any between two of them.
pub fn lines(text: &str) -> impl Iterator<Item = String> {
    let breaks = ['\n', '\u{b}', '\u{c}', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut shown: Vec<String> = Vec::new();
    for line in text.replace("\r\n", "\n").split(breaks) {
        let line: String = line.nfc().filter_map(visible).collect();
        let line = line.trim();
        if !line.is_empty() || shown.last().is_some_and(|last| !last.is_empty()) {
            shown.push(line.to_owned());
        }
    }
    if shown.last().is_some_and(String::is_empty) {
        shown.pop();
    }
    shown.into_iter()
}

/// At most `limit` characters; an ellipsis at the end tells that there were more.
pub fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

fn visible(c: char) -> Option<char> {
    match c {
        '\t' | '\u{2002}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => Some(' '),
        // A space of an amount; the narrow one is not in every font.
        '\u{202f}' => Some('\u{a0}'),
        c if c.is_control() || INVISIBLE.iter().any(|range| range.contains(&c)) => None,
        c => Some(c),
    }
}

fn push_word(cleaned: &mut String, word: &str, fonts: &[Font]) {
    let long = is_long(word);
    for (part, text) in word.split_inclusive(MARKS).enumerate() {
        // A part that is too long by itself breaks anywhere.
        let endless = long && is_long(text);
        for (at, c) in text.chars().enumerate() {
            let may_break = if at == 0 { long && part > 0 } else { endless };
            if may_break && !is_combining_mark(c) {
                cleaned.push(BREAK);
            }
            // What a font has in the private area means something to its maker alone.
            let private = ('\u{e000}'..='\u{f8ff}').contains(&c);
            let shown = !private && fonts.iter().all(|font| font.info().coverage.contains(u32::from(c)));
            cleaned.push(if shown { c } else { UNKNOWN });
        }
    }
}

fn is_long(text: &str) -> bool {
    text.chars().nth(LONG_WORD).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts;
    use proptest::prelude::*;

    fn clean(text: &str) -> String {
        super::clean(text, &fonts::all())
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for text in [
            "Zażółć gęślą jaźń, ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
            "Blåbærsyltetøy på ærlig ØKS, 1\u{a0}234,50\u{a0}kr",
            "Підошва відклеїлась. Подошва отклеилась.",
            "„Tak” – «nei» … € ½ × −5 °C",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn lines_are_kept_and_emptiness_is_not() {
        assert_eq!(clean("\r\n  a \r\n\r\n\n\nb\u{2028}c\u{b}\t\n\n"), "a\n\nb\nc");
        assert_eq!(clean(" \n \t"), "");
    }

    #[test]
    fn what_has_no_glyph_is_shown_as_such() {
        assert_eq!(clean("ok 😀 漢"), "ok \u{fffd} \u{fffd}");
        assert_eq!(clean("👩‍🔧"), "\u{fffd}\u{fffd}");
        assert_eq!(clean("o\u{308}sz, z\u{307}"), "ösz, ż");
    }

    #[test]
    fn what_acts_is_left_out() {
        assert_eq!(clean("in\u{202e}voice\u{0}\u{7}\u{feff} \u{200f}1\u{ad}2"), "invoice 12");
    }

    #[test]
    fn long_words_can_break_and_others_cannot() {
        assert_eq!(clean(&"x".repeat(20)), "x".repeat(20));
        let long = clean(&format!("a {}", "x".repeat(300)));
        assert_eq!(long.matches(BREAK).count(), 299);
        assert_eq!(long.replace(BREAK, ""), format!("a {}", "x".repeat(300)));
        assert_eq!(clean("ase.bjornoy@example.com").replace(BREAK, "|"), "ase.|bjornoy@|example.|com");
    }

    #[test]
    fn shortening_shows() {
        assert_eq!(shorten("Łódź", 4), "Łódź");
        assert_eq!(shorten("Łódź 1", 5), "Łódź…");
    }

    proptest! {
        #[test]
        fn everything_can_be_printed(text in any::<String>()) {
            let fonts = fonts::all();
            for c in super::clean(&text, &fonts).chars().filter(|c| !matches!(*c, '\n' | BREAK)) {
                for font in &fonts {
                    prop_assert!(font.info().coverage.contains(u32::from(c)), "{c:?}");
                }
            }
        }

        #[test]
        fn twice_is_once_for_short_words(text in "[a-zæøåąćęłńóśźż \n]{0,20}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }
    }
}
